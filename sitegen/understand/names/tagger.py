"""Sentences -> names, by a linear-chain conditional random field whose weights come with the package.

The weights are made by `train`. Scores of words are remembered, so that a word costs a look-up from its second time on.
"""

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
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
from sitegen.understand.names.tokens import Tokens
from sitegen.understand.names.weights import Curve, Scores, Weights, read_weights, weights_file

TYPES = {"PER": EntityType.PERSON, "ORG": EntityType.ORGANIZATION, "LOC": EntityType.PLACE, "EVT": EntityType.EVENT}
LABELS = ("O", *(f"{part}-{kind}" for kind in TYPES for part in "BI"))
IMPOSSIBLE = -50.0
LEAST_CHANCE = 0.45
"""Names less sure than this are none: of 0.30, 0.35 … 0.65 the best on unseen sentences of both languages."""

NEVER = 1e-4
"""No model is surer than this that it is right or wrong."""

REMEMBERED = 100_000
SCALED_EVERY = 4
"""Steps after which sums are made small again: four lose less than half of the range of 32 bits."""


class Memory(dict[str, int]):
    """A growing table of score rows, and the number of each key's. Row 0 is of zeros, for what has no weight."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.rows: Scores = np.zeros((1024, width, len(LABELS)), np.float32)
        self.used = 1

    def add(self, keys: Sequence[str], rows: Scores) -> None:
        """Keep a row for each key. Rows are never changed once they are in."""
        end = self.used + len(keys)
        while end > len(self.rows):
            self.rows = np.concatenate([self.rows, np.zeros_like(self.rows)])
        self.rows[self.used : end] = rows
        self.update(zip(keys, range(self.used, end), strict=True))
        self.used = end


class Places(Memory):
    """The scores of what places say, each made when it is met for the first time."""

    def __init__(self, weights: Mapping[str, Scores]) -> None:
        super().__init__(1)
        self.weights = weights

    def __missing__(self, feature: str) -> int:
        found = [self.weights[each] for each in expand(feature) if each in self.weights]
        if found:
            self.add([feature], np.sum(found, axis=0))
            return self[feature]
        self[feature] = 0
        return 0


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
        self.word_rows, self.place_rows = Memory(WIDTH), Places(self.weights)

    def tag(self, sentences: Sequence[Tokens], known: Sequence[Sequence[Known]]) -> list[list[Found]]:
        """The names in each sentence, given the names known in each."""
        if not sentences:
            return []
        if len(self.words) > REMEMBERED or len(self.place_rows) > REMEMBERED:
            self.words, self.word_rows, self.place_rows = {}, Memory(WIDTH), Places(self.weights)
        # One by one: what is taken from a set of texts by `- self.words.keys()` costs a walk over all words known.
        self.learn({text for sentence in sentences for text in sentence.texts if text not in self.words})
        scores = self.score(sentences, known)
        lengths = [len(sentence) for sentence in sentences]
        chances = label_chances(scores, lengths, self.transitions)
        return [list(read_names(each, self.curve)) for each in np.split(chances, np.cumsum(lengths)[:-1])]

    def score(self, sentences: Sequence[Tokens], known: Sequence[Sequence[Known]]) -> Scores:
        """The score of each label for each token of all sentences, one after the other."""
        numbers, places, sizes = [0, 0], list[int](), list[int]()
        kept: list[int] = []
        number_of, place_of = self.word_rows, self.place_rows
        for sentence, names in zip(sentences, known, strict=True):
            kept += range(len(numbers), len(numbers) + len(sentence))
            numbers += [number_of[text] for text in sentence.texts]
            numbers += (0, 0)
            rows = describe_places([self.words[text] for text in sentence.texts], names, sentence)
            sizes += map(len, rows)
            places += [place_of[each] for row in rows for each in row]
        at, of_words = np.array(kept), np.array(numbers)
        scores = sum(self.word_rows.rows[of_words[at + offset - WIDTH // 2], offset] for offset in range(WIDTH))
        firsts = np.cumsum([0, *sizes[:-1]])
        total: Scores = scores + np.add.reduceat(self.place_rows.rows[places, 0], firsts)
        return total

    def learn(self, texts: Collection[str]) -> None:
        """Keep the descriptions of words met for the first time, and their scores as seen from each place."""
        texts = sorted(texts)
        words = [describe_word(text, self.lexicon) for text in texts]
        self.words.update(zip(texts, words, strict=True))
        numbers, firsts = list[int](), list[int]()
        for word in words:
            firsts.append(len(numbers))
            numbers.append(0)
            numbers += [self.numbers[feature] for feature in word.features if feature in self.numbers]
        if words:
            self.word_rows.add(texts, np.add.reduceat(self.views[numbers], firsts))


def by_word(features: Sequence[str], rows: Scores) -> tuple[Scores, dict[str, int]]:
    """The rows of the features of words, those of one feature side by side, and the number of each; row 0 is of zeros.

    Side by side: as it counts for the word REACH places after it, and so on to the one REACH places before it.
    """
    numbers: dict[str, int] = {}
    kept, at, offsets = list[int](), list[int](), list[int]()
    for row, feature in enumerate(features):
        sign = 2 if feature[0] == "-" else 1
        if feature[:sign].lstrip("-").isdigit():
            kept.append(row)
            at.append(numbers.setdefault(feature[sign:], len(numbers) + 1))
            offsets.append(int(feature[:sign]) + REACH)
    views = np.zeros((len(numbers) + 1, WIDTH, len(LABELS)), np.float32)
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

    Both sums take their steps together, the one from the first token of each sentence, the other from its last.

    Args:
        scores: of each label for each token, the sentences one after the other.
        lengths: of the sentences, in tokens.
        transitions: the score of each label after each other.
    """
    sizes = np.array(lengths)
    ends, steps = np.cumsum(sizes), np.arange(max(lengths))[:, None]
    ways = np.stack([ends - sizes + steps, ends - 1 - steps], axis=1)
    weights = np.exp(scores - scores.max(axis=1, keepdims=True))[np.where(steps[:, None] < sizes, ways, 0)]
    turns = np.exp(np.stack([transitions, transitions.T]))
    # What has reached a token, without and with what the token itself says.
    reached, sums = np.ones_like(weights), weights.copy()
    sums[0, 0] *= turns[0, 0]
    for step in range(1, len(weights)):
        np.matmul(sums[step - 1], turns, out=reached[step])
        np.multiply(reached[step], weights[step], out=sums[step])
        if step % SCALED_EVERY == 0:
            sums[step] /= sums[step].sum(axis=2, keepdims=True)
    sentence = np.repeat(np.arange(len(sizes)), sizes)
    place = np.arange(len(scores)) - (ends - sizes)[sentence]
    chances: Scores = sums[place, 0, sentence] * reached[sizes[sentence] - 1 - place, 1, sentence]
    chances /= chances.sum(axis=1, keepdims=True)
    return chances


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
