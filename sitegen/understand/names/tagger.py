"""Sentences -> names, by a linear-chain conditional random field whose weights come with the package.

The weights are made by `train`. Scores of words are remembered, so that a word costs a look-up from its second time on.
"""

import zlib
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sitegen.model import EntityType
from sitegen.understand.names.features import WIDTH, Lexicon, Word, describe_places, describe_word, make_lexicon
from sitegen.understand.names.gazetteer import Known
from sitegen.understand.names.rules import Found
from sitegen.understand.names.tokens import Token

DATA_FOLDER = Path(__file__).parents[2] / "data"
TYPES = {"PER": EntityType.PERSON, "ORG": EntityType.ORGANIZATION, "LOC": EntityType.PLACE, "EVT": EntityType.EVENT}
LABELS = ("O", *(f"{part}-{kind}" for kind in TYPES for part in "BI"))
IMPOSSIBLE = -1e4
REMEMBERED = 100_000

Scores = NDArray[np.float32]


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
    """A trained model of one language.

    Args:
        weights: feature -> score of each of LABELS.
        transitions: score of each label after each other.
        lexicon: what the features were made with.
    """

    def __init__(self, weights: dict[str, Scores], transitions: Scores, lexicon: Lexicon) -> None:
        self.weights, self.lexicon = weights, lexicon
        self.transitions = transitions + forbidden_transitions()
        self.words: dict[str, Word] = {}
        self.word_rows, self.place_rows = Memory(WIDTH), Memory(1)

    def tag(self, sentences: Sequence[Sequence[Token]], known: Sequence[Sequence[Known]]) -> list[list[Found]]:
        """The names in each sentence, given the names known in each."""
        if not sentences:
            return []
        if len(self.words) > REMEMBERED or len(self.place_rows.numbers) > REMEMBERED:
            self.words, self.word_rows, self.place_rows = {}, Memory(WIDTH), Memory(1)
        scores = self.score(sentences, known)
        paths = best_paths(scores, [len(sentence) for sentence in sentences], self.transitions)
        return [list(read_names(path)) for path in paths]

    def score(self, sentences: Sequence[Sequence[Token]], known: Sequence[Sequence[Known]]) -> Scores:
        """The score of each label for each token of all sentences, one after the other."""
        numbers, places = [0, 0], list[list[int]]()
        kept: list[int] = []
        for sentence, names in zip(sentences, known, strict=True):
            words = [self.word(token.text) for token in sentence]
            kept += range(len(numbers), len(numbers) + len(words))
            numbers += (self.word_rows.numbers[token.text] for token in sentence)
            numbers += (0, 0)
            places += [[self.place(each) for each in row] for row in describe_places(words, names, sentence)]
        at, rows = np.array(kept), np.array(numbers)
        scores = sum(self.word_rows.rows[rows[at + offset - WIDTH // 2], offset] for offset in range(WIDTH))
        longest = max(map(len, places))
        padded = np.array([row + [0] * (longest - len(row)) for row in places])
        total: Scores = scores + self.place_rows.rows[padded, 0].sum(axis=1)
        return total

    def word(self, text: str) -> Word:
        """A word's description; its scores as seen from each place are remembered with it."""
        found = self.words.get(text)
        if found is None:
            found = self.words[text] = describe_word(text, self.lexicon)
            # `seen` begins with what a word two places on sees of this one; that word looks two places back.
            self.word_rows.add(text, np.stack([self.sum(features) for features in found.seen[::-1]]))
        return found

    def place(self, feature: str) -> int:
        """The number of the row of scores of one feature of a place."""
        return self.place_rows.numbers.get(feature) or self.place_rows.add(feature, self.sum((feature,)))

    def sum(self, features: Sequence[str]) -> Scores:
        """The scores of several features together."""
        total = np.zeros(len(LABELS), np.float32)
        for feature in features:
            weight = self.weights.get(feature)
            if weight is not None:
                total += weight
        return total


def forbidden_transitions() -> Scores:
    """IMPOSSIBLE wherever a name would go on that has not begun, else 0."""
    barred = np.zeros((len(LABELS), len(LABELS)), np.float32)
    for after, label in enumerate(LABELS):
        for before, other in enumerate(LABELS):
            if label[0] == "I" and other[1:] != label[1:]:
                barred[before, after] = IMPOSSIBLE
    return barred


def best_paths(scores: Scores, lengths: Sequence[int], transitions: Scores) -> list[list[int]]:
    """The best label for each token of each sentence (Viterbi), all sentences at once."""
    longest, starts = max(lengths), np.concatenate([[0], np.cumsum(lengths)[:-1]])
    count, labels = len(lengths), len(LABELS)
    best = scores[starts] + transitions[0]
    back = np.zeros((longest, count, labels), np.int8)
    ends = np.array(lengths)
    for step in range(1, longest):
        paths = best[:, :, None] + transitions
        going = ends > step
        back[step] = np.where(going[:, None], paths.argmax(axis=1), np.arange(labels))
        here = scores[np.minimum(starts + step, len(scores) - 1)]
        best = np.where(going[:, None], paths.max(axis=1) + here, best)
    label = best.argmax(axis=1)
    path = np.zeros((longest, count), np.int8)
    for step in range(longest - 1, -1, -1):
        path[step] = label
        label = back[step, np.arange(count), label]
    return [path[:length, index].tolist() for index, length in enumerate(lengths)]


def read_names(path: Sequence[int]) -> Iterator[Found]:
    """The names that a row of labels marks."""
    first = None
    for index, number in enumerate((*path, 0)):
        if first is not None and LABELS[number][0] != "I":
            yield Found(first, index, TYPES[LABELS[path[first]][2:]], "", 0.75, "tagger")
            first = None
        if LABELS[number][0] == "B":
            first = index


def model_file(language: str) -> Path:
    """Where the weights for a language are, if there are any."""
    return DATA_FOLDER / f"tagger-{language}.npz"


@cache
def load_tagger(language: str) -> Tagger | None:
    """The tagger for a language (a code without region), or None where none was trained."""
    path = model_file(language)
    if not language.isalpha() or not path.is_file():
        return None
    with np.load(path) as stored:
        features = zlib.decompress(stored["features"].tobytes()).decode().split("\n")
        rows = stored["weights"].astype(np.float32) * stored["scale"]
        words = frozenset(zlib.decompress(stored["words"].tobytes()).decode().split("\n"))
        return Tagger(dict(zip(features, rows, strict=True)), stored["transitions"], make_lexicon(language, words))
