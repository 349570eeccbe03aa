"""Sentences -> names, by a linear-chain conditional random field whose weights come with the package.

The weights are made by `train`. Scores of words are remembered, so that a word costs a look-up from its second time on.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from itertools import accumulate, chain

import numpy as np
from numpy.typing import NDArray

from sitegen.understand.names.features import (
    BESIDE,
    LONGEST_RUN,
    PLACES,
    REACH,
    WIDTH,
    Lexicon,
    around,
    capital_runs,
    describe_known,
    describe_run,
    describe_window,
    describe_word,
    line_up,
    make_lexicon,
    place_in_run,
)
from sitegen.understand.names.gazetteer import Known
from sitegen.understand.names.labels import LABELS, forbidden_transitions, label_chances, read_names
from sitegen.understand.names.runs import Found
from sitegen.understand.names.tokens import Tokens
from sitegen.understand.names.weights import Scores, Weights, read_weights, weights_file

REMEMBERED = 100_000
NOTHING = (0,) * REACH
"""The rows of what is not there, before the first word of a sentence and after its last."""

Run = tuple[tuple[str, ...], int]
"""The kinds of the words about a run of capitals, see `around`, and how many words it has."""


class Table:
    """A growing table of scores. Row 0 is of zeros, for what has no weight."""

    def __init__(self, *shape: int) -> None:
        self.rows: Scores = np.zeros((1024, *shape), np.float32)
        self.used = 1

    def add(self, rows: Scores) -> range:
        """Keep more rows, and give their numbers. Rows are never changed once they are in."""
        first, end = self.used, self.used + len(rows)
        while end > len(self.rows):
            self.rows = np.concatenate([self.rows, np.zeros_like(self.rows)])
        self.rows[first:end] = rows
        self.used = end
        return range(first, end)


class Windows(dict[str, int]):
    """The row of the scores of each window of codes, made when it is met for the first time."""

    def __init__(self, places: Table, features: Mapping[str, int]) -> None:
        super().__init__()
        self.places, self.features = places, features

    def __missing__(self, codes: str) -> int:
        known = [self.features[each] for each in describe_window(codes) if each in self.features]
        self[codes] = self.places.add(add_up(self.places.rows, [known]))[0] if known else 0
        return self[codes]


class Runs(dict[Run, Mapping[str, Sequence[int]]]):
    """The rows of the scores that each place in a run has from the kinds of the words about it and its length."""

    def __init__(self, features: Mapping[str, int]) -> None:
        super().__init__()
        self.features = features

    def __missing__(self, run: Run) -> Mapping[str, Sequence[int]]:
        described = {place: describe_run(*run, place) for place in PLACES}
        self[run] = {
            place: [self.features[each] for each in some if each in self.features] for place, some in described.items()
        }
        return self[run]


class Tagger:
    """A trained model of one language."""

    def __init__(self, language: str, weights: Weights) -> None:
        self.rows = weights.rows.astype(np.float32) * weights.scale
        self.features = {feature: number for number, feature in enumerate(weights.features, start=1)}
        self.views, self.numbers = by_word(weights.features, self.rows)
        self.beside = by_word_beside(self.features)
        self.lexicon: Lexicon = make_lexicon(language, weights.words)
        self.transitions = weights.transitions + forbidden_transitions()
        self.curve = weights.curve
        self.forget()

    def forget(self) -> None:
        """Begin with an empty memory."""
        self.words, self.codes, self.forms = dict[str, int](), [""], [""]
        self.word_rows, self.place_rows = Table(WIDTH, len(LABELS)), Table(len(LABELS))
        self.place_rows.add(self.rows)
        self.windows, self.runs = Windows(self.place_rows, self.features), Runs(self.features)

    def tag(self, sentences: Sequence[Tokens], known: Sequence[Sequence[Known]]) -> list[list[Found]]:
        """The names in each sentence, given the names known in each; no sentence is empty."""
        if not sentences:
            return []
        if max(len(self.words), len(self.windows), len(self.runs)) > REMEMBERED:
            self.forget()
        # One by one: what is taken from a set of texts by `- self.words.keys()` costs a walk over all words known.
        self.learn({text for sentence in sentences for text in sentence.texts if text not in self.words})
        lengths = list(map(len, sentences))
        chances = label_chances(self.score(sentences, known), lengths, self.transitions)
        return read_names(chances, lengths, self.curve)

    def score(self, sentences: Sequence[Tokens], known: Sequence[Sequence[Known]]) -> Scores:
        """The score of each label for each token of all sentences, one after the other."""
        rows, codes = list[int](), ""
        named: list[tuple[int, tuple[str, str]]] = []
        for sentence, names in zip(sentences, known, strict=True):
            start = len(rows) + REACH
            words = list(map(self.words.__getitem__, sentence.texts))
            rows += (*NOTHING, *words, *NOTHING)
            codes += line_up([self.codes[word] for word in words])
            named += (each for name in names for each in describe_known(codes, start, name, sentence))
        of_words = np.array(rows)
        at = np.flatnonzero(of_words)
        return self.score_words(of_words, at) + self.score_places(codes, at, self.rows_in_names(codes, rows, named))

    def score_words(self, words: NDArray[np.int64], at: NDArray[np.int64]) -> Scores:
        """What the words of a line, themselves and their neighbours, say of those that are `at` some places."""
        views = self.word_rows.rows.reshape(-1, len(LABELS))
        scores: Scores = views.take(words[at - REACH] * WIDTH, axis=0)
        for view in range(1, WIDTH):
            scores += views.take(words[at - REACH + view] * WIDTH + view, axis=0)
        return scores

    def score_places(self, codes: str, at: NDArray[np.int64], in_names: Mapping[int, Sequence[int]]) -> Scores:
        """What the places of words in a line say of those that are `at` some of them."""
        windows = np.array([self.windows[codes[index - REACH : index + REACH + 1]] for index in at.tolist()])
        scores: Scores = self.place_rows.rows[windows]
        if in_names:
            chosen = np.searchsorted(at, list(in_names))
            rows = zip(windows[chosen].tolist(), in_names.values(), strict=True)
            scores[chosen] = add_up(self.place_rows.rows, [(window, *more) for window, more in rows])
        return scores

    def rows_in_names(
        self, codes: str, words: Sequence[int], known: Iterable[tuple[int, tuple[str, str]]]
    ) -> dict[int, list[int]]:
        """For each place of a line in a run of capitals or a known name, the rows of the scores that it has from there.

        Args:
            words: the rows of the line's words.
            known: what the known names say, and of which place.
        """
        rows: dict[int, list[int]] = {}
        for first, end in capital_runs(codes):
            by_kinds = self.runs[around(codes, first, end), min(end - first, LONGEST_RUN)]
            forms = [self.forms[word] for word in around(words, first, end)]
            by_forms = [places[form] for places, form in zip(self.beside, forms, strict=True) if form in places]
            for index in range(first, end):
                place = place_in_run(index, first, end)
                rows[index] = [each[place] for each in by_forms if place in each]
                rows[index] += by_kinds[place]
        for index, features in known:
            rows.setdefault(index, []).extend(self.features[each] for each in features if each in self.features)
        return rows

    def learn(self, texts: Collection[str]) -> None:
        """Keep the descriptions of words met for the first time, and their scores as seen from each place."""
        if not texts:
            return
        texts = sorted(texts)
        words = [describe_word(text, self.lexicon) for text in texts]
        features = [[0, *filter(None, map(self.numbers.get, word.features))] for word in words]
        self.words.update(zip(texts, self.word_rows.add(add_up(self.views, features)), strict=True))
        self.codes += (word.code for word in words)
        self.forms += (word.form for word in words)


def add_up(rows: Scores, groups: Sequence[Sequence[int]]) -> Scores:
    """The sum of some rows for each group of them; no group is empty."""
    firsts = [0, *accumulate(map(len, groups))][:-1]
    sums: Scores = np.add.reduceat(rows[list(chain.from_iterable(groups))], firsts)
    return sums


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


def by_word_beside(features: Mapping[str, int]) -> Sequence[Mapping[str, Mapping[str, int]]]:
    """For each of BESIDE the rows of the features of a form there, by a word's place in the run."""
    rows: dict[str, dict[str, dict[str, int]]] = {mark: {} for mark in BESIDE}
    for feature, row in features.items():
        if feature[0] in BESIDE:
            form, _, place = feature[2:].rpartition("|")
            rows[feature[0]].setdefault(form, {})[place] = row
    return [rows[mark] for mark in BESIDE]


@cache
def load_tagger(language: str) -> Tagger | None:
    """The tagger for a language (a code without region), or None where none was trained."""
    path = weights_file(language)
    return Tagger(language, read_weights(path)) if language.isalpha() and path.is_file() else None
