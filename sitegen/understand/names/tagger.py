"""Sentences -> names, by a linear-chain conditional random field whose weights come with the package.

The weights are made by `train`. Scores of words are remembered, so that a word costs a look-up from its second time on.
"""

import math
from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np

from sitegen.model import EntityType
from sitegen.understand.names.features import (
    REACH,
    WIDTH,
    Lexicon,
    Word,
    describe_places,
    describe_word,
    expand,
    make_lexicon,
)
from sitegen.understand.names.gazetteer import Known
from sitegen.understand.names.runs import Found
from sitegen.understand.names.tokens import Token
from sitegen.understand.names.weights import Curve, Scores, Weights, read_weights, weights_file

TYPES = {"PER": EntityType.PERSON, "ORG": EntityType.ORGANIZATION, "LOC": EntityType.PLACE, "EVT": EntityType.EVENT}
LABELS = ("O", *(f"{part}-{kind}" for kind in TYPES for part in "BI"))
IMPOSSIBLE = -50.0
LEAST_CHANCE = 0.45
"""Names less sure than this are none: of 0.30, 0.35 … 0.65 the best on unseen sentences of both languages."""

NEVER = 1e-4
"""No model is surer than this that it is right or wrong."""

REMEMBERED = 100_000


class Memory:
    """A growing table of score rows by key. Rows are never changed once they are in."""

    def __init__(self, width: int) -> None:
        self.rows: Scores = np.zeros((1024, width, len(LABELS)), np.float32)
        self.numbers: dict[str, int] = {}

    def add(self, key: str, row: Scores) -> int:
        """Keep a row; its number."""
        number = len(self.numbers) + 1
        if number == len(self.rows):
            self.rows = np.concatenate([self.rows, np.zeros_like(self.rows)])
        self.rows[number] = row
        self.numbers[key] = number
        return number


class Tagger:
    """A trained model of one language."""

    def __init__(self, language: str, weights: Weights) -> None:
        rows = weights.rows.astype(np.float32) * weights.scale
        self.weights: dict[str, Scores] = dict(zip(weights.features, rows, strict=True))
        self.views, self.numbers = by_word(weights.features, rows)
        self.lexicon: Lexicon = make_lexicon(language, weights.words)
        self.transitions = weights.transitions + forbidden_transitions()
        self.curve = weights.curve
        self.words: dict[str, Word] = {}
        self.word_rows, self.place_rows = Memory(WIDTH), Memory(1)

    def tag(self, sentences: Sequence[Sequence[Token]], known: Sequence[Sequence[Known]]) -> list[list[Found]]:
        """The names in each sentence, given the names known in each."""
        if not sentences:
            return []
        if len(self.words) > REMEMBERED or len(self.place_rows.numbers) > REMEMBERED:
            self.words, self.word_rows, self.place_rows = {}, Memory(WIDTH), Memory(1)
        scores = self.score(sentences, known)
        lengths = [len(sentence) for sentence in sentences]
        chances = label_chances(scores, lengths, self.transitions)
        return [list(read_names(each, self.curve)) for each in np.split(chances, np.cumsum(lengths)[:-1])]

    def score(self, sentences: Sequence[Sequence[Token]], known: Sequence[Sequence[Known]]) -> Scores:
        """The score of each label for each token of all sentences, one after the other."""
        numbers, places = [0, 0], list[list[int]]()
        kept: list[int] = []
        remembered, row_of, known_places = self.words, self.word_rows.numbers, self.place_rows.numbers
        for sentence, names in zip(sentences, known, strict=True):
            words = [remembered.get(text) or self.word(text) for _, _, text in sentence]
            kept += range(len(numbers), len(numbers) + len(words))
            numbers += [row_of[text] for _, _, text in sentence]
            numbers += (0, 0)
            places += [
                [known_places.get(each) or self.place(each) for each in row]
                for row in describe_places(words, names, sentence)
            ]
        at, rows = np.array(kept), np.array(numbers)
        scores = sum(self.word_rows.rows[rows[at + offset - WIDTH // 2], offset] for offset in range(WIDTH))
        total: Scores = scores + self.place_scores(places)
        return total

    def place_scores(self, places: Sequence[list[int]]) -> Scores:
        """The sums of the rows of each place; most have a single one."""
        rows = self.place_rows.rows[:, 0]
        sums = rows[[place[0] for place in places]]
        several = [index for index, place in enumerate(places) if len(place) > 1]
        longest = max((len(places[index]) for index in several), default=0)
        padded = [places[index] + [0] * (longest - len(places[index])) for index in several]
        if several:
            sums[several] = rows[padded].sum(axis=1)
        return sums

    def word(self, text: str) -> Word:
        """The description of a word met for the first time; its scores as seen from each place are kept with it."""
        found = self.words[text] = describe_word(text, self.lexicon)
        numbers = [self.numbers[feature] for feature in found.features if feature in self.numbers]
        self.word_rows.add(text, self.views[numbers].sum(axis=0))
        return found

    def place(self, feature: str) -> int:
        """The number of the row of scores of one feature of a place, met for the first time."""
        return self.place_rows.add(feature, self.sum(expand(feature)))

    def sum(self, features: Sequence[str]) -> Scores:
        """The scores of several features together."""
        total = np.zeros(len(LABELS), np.float32)
        for feature in features:
            weight = self.weights.get(feature)
            if weight is not None:
                total += weight
        return total


def by_word(features: Sequence[str], rows: Scores) -> tuple[Scores, dict[str, int]]:
    """The rows of the features of words, those of one feature side by side, and the number of each.

    Side by side: as it counts for the word REACH places after it, and so on to the one REACH places before it.
    """
    numbers: dict[str, int] = {}
    kept, at, offsets = list[int](), list[int](), list[int]()
    for row, feature in enumerate(features):
        sign = 2 if feature[0] == "-" else 1
        if feature[:sign].lstrip("-").isdigit():
            kept.append(row)
            at.append(numbers.setdefault(feature[sign:], len(numbers)))
            offsets.append(int(feature[:sign]) + REACH)
    views = np.zeros((len(numbers), WIDTH, len(LABELS)), np.float32)
    views[at, offsets] = rows[kept]
    return views, numbers


def forbidden_transitions() -> Scores:
    """IMPOSSIBLE wherever a name would go on that has not begun, else 0."""
    barred = np.zeros((len(LABELS), len(LABELS)), np.float32)
    for after, label in enumerate(LABELS):
        for before, other in enumerate(LABELS):
            if label[0] == "I" and other[1:] != label[1:]:
                barred[before, after] = IMPOSSIBLE
    return barred


def label_chances(scores: Scores, lengths: Sequence[int], transitions: Scores) -> Scores:
    """How likely each label is for each token, all sentences at once (forward and backward sums).

    Args:
        scores: of each label for each token, the sentences one after the other.
        lengths: of the sentences, in tokens.
        transitions: the score of each label after each other.
    """
    longest, count, labels = max(lengths), len(lengths), len(LABELS)
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    inside = np.arange(longest)[:, None] < np.array(lengths)
    at = np.where(inside, starts + np.arange(longest)[:, None], 0)
    weights = np.exp(scores - scores.max(axis=1, keepdims=True))[at]
    steps = np.exp(transitions)
    forward, backward = np.ones((2, longest, count, labels), np.float32)
    forward[0] = weights[0] * steps[0]
    for step in range(1, longest):
        reached = forward[step - 1] @ steps * weights[step]
        forward[step] = reached / reached.sum(axis=1, keepdims=True)
    for step in range(longest - 2, -1, -1):
        reached = (backward[step + 1] * weights[step + 1]) @ steps.T
        going = inside[step + 1][:, None]
        backward[step] = np.where(going, reached / reached.sum(axis=1, keepdims=True), 1)
    chances = forward * backward
    chances /= chances.sum(axis=2, keepdims=True)
    ordered: Scores = chances.transpose(1, 0, 2)[inside.T]
    return ordered


def read_names(chances: Scores, curve: Curve) -> Iterator[Found]:
    """The names in a sentence, by the chances of its tokens' labels; each as sure as its least sure token allows."""
    best = chances.argmax(axis=1).tolist()
    sure = chances.max(axis=1).tolist()
    first = 0
    while first < len(best):
        label = LABELS[best[first]]
        end = first + 1
        if label != "O":
            while end < len(best) and LABELS[best[end]] == f"I-{label[2:]}":
                end += 1
            confidence = calibrated(min(sure[first:end]), curve)
            if confidence >= LEAST_CHANCE:
                yield Found(first, end, TYPES[label[2:]], "", round(confidence, 3), "tagger")
        first = end


def calibrated(chance: float, curve: Curve) -> float:
    """How often names are right of which the model says that it is this sure; see Curve."""
    held = min(max(chance, NEVER), 1 - NEVER)
    return 1 / (1 + math.exp(-curve.offset - curve.slope * math.log(held / (1 - held))))


@cache
def load_tagger(language: str) -> Tagger | None:
    """The tagger for a language (a code without region), or None where none was trained."""
    path = weights_file(language)
    return Tagger(language, read_weights(path)) if language.isalpha() and path.is_file() else None
