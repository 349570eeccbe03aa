"""Takes the postings of some terms out of the index, and numbers them as they are written.

Only what the bytes are made from is here: shards that have the same numbers have the same bytes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sitegen.search.bits import pack_raw, run_starts
from sitegen.search.columns import FIELDS, Columns
from sitegen.search.fields import PLACES, TEXTS, Field
from sitegen.search.vocabulary import Integers, Numbers

INLINE_MOST = 24
"""Postings of a term that is rare and carries lengths, where those of all texts are apart."""
RARE = 4
"""Documents of a text that are numbered among all: to name a language would take as much as it saves."""
INLINE = 1 << FIELDS
TEXT = PLACES[Field.TEXT]
"""The field whose lengths are apart; those of the others are short, and all postings carry them."""


@dataclass(frozen=True, slots=True)
class Part:
    """The postings of some terms, or some of them.

    Attributes:
        places: of the terms that have any, ascending.
        starts: where the postings of each of these terms begin in each field, and the end.
        documents, frequencies: of all postings, term by term and field by field.
    """

    places: Integers
    starts: Integers
    documents: Numbers
    frequencies: NDArray[Any]

    def within(self, places: range) -> "Part":
        """The postings of neighbouring terms."""
        begin, end = np.searchsorted(self.places, [places.start, places.stop])
        starts = self.starts[begin * FIELDS : end * FIELDS + 1]
        own = slice(starts[0], starts[-1])
        return Part(self.places[begin:end], starts - starts[0], self.documents[own], self.frequencies[own])


def split(columns: Columns, late: Integers) -> tuple[Part, Part]:
    """All postings of an index but those at `late`, and those."""
    stretches = np.searchsorted(columns.starts, late, "right") - 1
    counts = np.bincount(stretches, minlength=len(columns.starts) - 1)
    documents, frequencies = columns.documents, columns.frequencies
    return (
        _part(np.diff(columns.starts) - counts, np.delete(documents, late), np.delete(frequencies, late)),
        _part(counts, documents[late], frequencies[late]),
    )


def _part(counts: Integers, documents: Numbers, frequencies: NDArray[Any]) -> Part:
    """Postings of terms that have as many in each field as `counts` says."""
    has = np.flatnonzero(counts.reshape(-1, FIELDS).any(1))
    return Part(has, run_starts(counts.reshape(-1, FIELDS)[has].ravel()), documents, frequencies)


@dataclass(frozen=True, slots=True)
class Languages:
    """The language of each document. A word is mostly of one language, and skips the documents of others.

    Attributes:
        numbers: by document.
        within: how many documents of the same language come before each.
    """

    numbers: NDArray[Any]
    within: Numbers


def count_within(numbers: Integers) -> Languages:
    """The languages of documents with these numbers."""
    within = np.zeros(len(numbers), np.uint32)
    for number in range(numbers.max(initial=-1) + 1):
        own = numbers == number
        within[own] = np.arange(own.sum())
    # Every posting looks its language up: narrow columns are quicker.
    return Languages(numbers.astype(np.min_scalar_type(numbers.max(initial=0))), within)


@dataclass(frozen=True, slots=True)
class Numbered:
    """What is written of the postings of some terms: of each field of each term a stretch.

    Attributes:
        masks: the fields of each term as bits, and INLINE when it carries the lengths of texts.
        fields, counts: of each stretch its field, and how many documents it has.
        rare: up to how many documents of a text count all documents.
        skipping: of each stretch that has more, the number of its language plus one, 0 for several.
        documents: numbered within that language, or among all.
        frequencies: one for each document.
        lengths: of the field in each document, where carried.
    """

    masks: Integers
    fields: Integers
    counts: Integers
    rare: int
    skipping: Integers
    documents: Numbers
    frequencies: NDArray[Any]
    lengths: Numbers

    def carry_lengths(self) -> NDArray[np.bool_]:
        """Of each stretch whether lengths are carried."""
        carry: NDArray[np.bool_] = np.repeat(self.masks >= INLINE, self._count_fields()) | (self.fields != TEXT)
        return carry

    def _count_fields(self) -> Integers:
        """How many stretches each term has."""
        counts: Integers = (self.masks[:, None] >> np.arange(FIELDS) & 1).sum(1)
        return counts

    def cut(self, bounds: Integers) -> "Iterator[Numbered]":
        """Parts of this.

        Args:
            bounds: where each begins among the terms, and the end.
        """
        stretches = run_starts(self._count_fields())[bounds]
        documents = run_starts(self.counts)[stretches]
        skips = run_starts(can_skip(self.fields, self.counts, self.rare).astype(np.int64))[stretches]
        lengths = run_starts(np.where(self.carry_lengths(), self.counts, 0))[stretches]
        ends = np.stack([bounds, stretches, documents, skips, lengths]).T.tolist()
        for begin, end in pairwise(ends):
            terms, own, postings, skipping, carried = map(slice, begin, end)
            yield Numbered(
                self.masks[terms],
                self.fields[own],
                self.counts[own],
                self.rare,
                self.skipping[skipping],
                self.documents[postings],
                self.frequencies[postings],
                self.lengths[carried],
            )

    def made_from(self) -> bytes:
        """What makes the bytes: the same where they are."""
        columns = (self.masks, self.counts, self.skipping, self.documents, self.frequencies, self.lengths)
        return b"%d " % self.rare + pack_raw(columns)


def can_skip(fields: Integers, counts: Integers, rare: int) -> NDArray[np.bool_]:
    """Of each stretch whether it says of which language its documents are."""
    return (counts > rare) & (fields < len(TEXTS))


@dataclass(frozen=True, slots=True)
class Numberer:
    """Numbers postings as they are written.

    Attributes:
        languages: of all documents.
        lengths: of each field, of all documents.
        most_inline: up to how many documents a term carries the lengths of texts.
    """

    languages: Languages
    lengths: Numbers
    most_inline: int

    def number(self, part: Part, totals: Integers) -> Numbered:
        """The postings of `part` as they are written.

        Args:
            totals: of each term, how many postings decide whether it carries lengths.
        """
        all_counts = np.diff(part.starts)
        has = all_counts > 0
        short = totals <= self.most_inline
        fields = np.tile(np.arange(FIELDS), len(part.places))[has]
        masks = (has.reshape(-1, FIELDS) << np.arange(FIELDS)).sum(1) | np.where(short, INLINE, 0)
        inline = np.repeat(short, FIELDS)[has] | (fields != TEXT)
        counts = all_counts[has]
        rare = max(self.most_inline, RARE)
        skipping, documents = _skip(part.documents, counts, can_skip(fields, counts, rare), self.languages)
        at = np.repeat(inline, counts)
        lengths = self.lengths[np.repeat(fields, counts)[at], part.documents[at]]
        return Numbered(masks, fields, counts, rare, skipping, documents, part.frequencies, lengths)


def _skip(
    documents: Numbers, counts: Integers, may: NDArray[np.bool_], languages: Languages
) -> tuple[Integers, Numbers]:
    """The language of each stretch that may skip, plus one, 0 for several; and the documents numbered within it."""
    if not len(documents):
        return np.zeros(0, np.int64), documents
    spoken = languages.numbers[documents]
    least, most = (reduce.reduceat(spoken, run_starts(counts)[:-1]) for reduce in (np.minimum, np.maximum))
    of_one = may & (least == most)
    within = np.where(np.repeat(of_one, counts), languages.within[documents], documents)
    return np.where(of_one, least.astype(np.int64) + 1, 0)[may], within
