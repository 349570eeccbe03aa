"""Joins the runs of an archive into columns: the inverted index as arrays, exactly what lunr's builder would hold."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sitegen.search.bits import run_starts
from sitegen.search.fields import BOOSTS, PLACES, TEXTS, Field
from sitegen.search.runs import Run
from sitegen.search.vocabulary import Integers, Numbers

FIELDS = len(BOOSTS)
SLICE = 1 << 16
"""How many postings are worked on at a time, so that what is needed on the way stays small and near."""


@dataclass(frozen=True, slots=True)
class Columns:
    """An inverted index.

    Attributes:
        terms: in any order.
        starts: where the postings of each term and field begin, at place * FIELDS + the field's place, and the end.
        documents: ascending within a term and field.
        frequencies: how often the term stands in the field of that document; unsigned, as narrow as they allow.
        lengths: how many terms each document has in each field.
    """

    count: int
    terms: tuple[str, ...]
    starts: Integers
    documents: Numbers
    frequencies: NDArray[Any]
    lengths: Mapping[Field, Numbers]

    def document_frequencies(self) -> Integers:
        """For each term, its documents summed over the fields: what lunr's idf counts."""
        return np.diff(self.starts[::FIELDS])


@dataclass(frozen=True, slots=True)
class Placed:
    """A run in its archive.

    Attributes:
        first: the number of its first article.
    """

    run: Run[Numbers]
    first: int

    def cells(self) -> Integers:
        """For each article and field of the run, the article's number * FIELDS + the field's place."""
        articles = self.first + np.arange(self.run.articles)
        cells: Integers = (articles[:, None] * FIELDS + np.array(self.run.fields)).ravel()
        return cells


@dataclass(frozen=True, slots=True)
class Gathered:
    """All that is to be indexed.

    Attributes:
        count: how many articles there are.
        runs: of their titles and texts, in order, and one of their names.
    """

    count: int
    runs: tuple[Placed, ...]

    def terms(self) -> Integers:
        """The numbers of all terms, ascending."""
        every = [placed.run.words for placed in self.runs]
        stands = np.zeros(max((int(words.max(initial=0)) for words in every), default=0) + 1, np.bool_)
        for words in every:
            stands[words] = True
        return np.flatnonzero(stands)

    def find_languages(self, spoken: Integers, count: int) -> NDArray[np.bool_]:
        """Whether each term, by number, stands in a title or text of each of `count` languages.

        Args:
            spoken: the number of each article's language.
        """
        stands_in = np.zeros((self.terms().max(initial=-1) + 1, count), np.bool_)
        flat = stands_in.ravel()
        for placed in self.runs:
            if placed.run.fields == TEXTS:
                languages = np.repeat(spoken[placed.cells() // FIELDS], placed.run.counts)
                flat[(placed.run.words.astype(np.int64) * count)[placed.run.terms] + languages] = True
        return stands_in

    def columns(self, order: Integers, texts: Sequence[str]) -> Columns:
        """The inverted index.

        Args:
            order: the numbers of all terms in the order that the index is to have.
            texts: by number.
        """
        places = np.empty(order.max(initial=-1) + 1, np.uint64)
        places[order] = np.arange(len(order), dtype=np.uint64)
        repeats = max((int(placed.run.repeats.max(initial=1)) for placed in self.runs), default=1)
        # One number a posting, which sorts by term, field and document and carries the frequency: a quarter of the
        # memory that sorting places would take.
        widths = [repeats.bit_length(), max(self.count - 1, 0).bit_length(), FIELDS.bit_length()]
        if sum(widths) + len(order).bit_length() > np.iinfo(np.uint64).bits:
            raise OverflowError("too many terms, documents and repetitions for one index")
        postings = np.empty(sum(len(placed.run.terms) for placed in self.runs), np.uint64)
        begin = 0
        for placed in self.runs:
            end = begin + len(placed.run.terms)
            postings[begin:end] = _postings(placed, places, widths)
            begin = end
        postings.sort()
        terms = tuple(map(texts.__getitem__, order.tolist()))
        return _columns(self.count, terms, postings, widths, self._lengths())

    def _lengths(self) -> dict[Field, Numbers]:
        lengths = np.zeros(self.count * FIELDS, np.uint32)
        for placed in self.runs:
            run = placed.run
            cells = np.repeat(np.arange(len(run.counts)), run.counts)[run.repeated]
            further = np.bincount(cells, run.repeats - 1, minlength=len(run.counts))
            lengths[placed.cells()] = run.counts + further.astype(np.uint32)
        return {field: lengths[place::FIELDS].copy() for field, place in PLACES.items()}


def join(texts: Iterable[Run[Numbers]], names: Run[Numbers]) -> Gathered:
    """All of an archive.

    Args:
        texts: the runs of its titles and texts, in order.
        names: one run of the names of all articles.
    """
    return Gathered(names.articles, (*_place(texts), Placed(names, 0)))


def _place(runs: Iterable[Run[Numbers]]) -> Iterator[Placed]:
    """Runs one after the other."""
    first = 0
    for run in runs:
        yield Placed(run, first)
        first += run.articles


def _postings(placed: Placed, places: NDArray[np.uint64], widths: Sequence[int]) -> NDArray[np.uint64]:
    """The postings of a run as one number each, in its own order."""
    run = placed.run
    frequency, document, field = widths
    articles, fields = np.divmod(placed.cells().astype(np.uint64), np.uint64(FIELDS))
    cells = (fields << np.uint64(document)) | articles
    postings: NDArray[np.uint64] = places[run.words][run.terms] << np.uint64(document + field)
    postings |= np.repeat(cells, run.counts)
    postings <<= np.uint64(frequency)
    frequencies = np.ones(len(run.terms), np.uint64)
    frequencies[run.repeated] = run.repeats
    postings |= frequencies
    return postings


def _columns(
    count: int,
    terms: tuple[str, ...],
    postings: NDArray[np.uint64],
    widths: Sequence[int],
    lengths: Mapping[Field, Numbers],
) -> Columns:
    """The columns of sorted postings."""
    frequency, document, field = widths
    documents = np.empty(len(postings), np.uint32)
    frequencies = np.empty(len(postings), np.min_scalar_type((1 << frequency) - 1))
    counts = np.zeros(len(terms) * FIELDS, np.int64)
    for first in range(0, len(postings), SLICE):
        part = slice(first, first + SLICE)
        frequencies[part] = postings[part] & np.uint64((1 << frequency) - 1)
        above = postings[part] >> np.uint64(frequency)
        documents[part] = above & np.uint64((1 << document) - 1)
        above >>= np.uint64(document)
        stretches = (above >> np.uint64(field)) * np.uint64(FIELDS) + (above & np.uint64((1 << field) - 1))
        first_stretch = int(stretches[0])
        own = np.bincount(stretches.astype(np.int64) - first_stretch)
        counts[first_stretch : first_stretch + len(own)] += own
    return Columns(count, terms, run_starts(counts), documents, frequencies, lengths)
