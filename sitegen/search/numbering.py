"""Takes the postings of a shard's terms out of the index, and numbers them as they are written.

Only what the bytes are made from is here: shards that have the same numbers have the same bytes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sitegen.search.bits import run_starts, stretch_sums
from sitegen.search.columns import FIELDS, Columns, Integers, Numbers
from sitegen.search.fields import PLACES, TEXTS, Field

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
        places: of the terms; those without postings may be left out.
        counts: how many postings each term has in each field.
        documents, frequencies: of all postings, term by term and field by field.
    """

    places: Integers
    counts: Integers
    documents: Numbers
    frequencies: NDArray[Any]

    def split(self, bound: int) -> "tuple[Part, Part]":
        """The postings of documents before `bound`, and the others."""
        early = self.documents < bound
        if early.all():
            return self, self._at(~early, np.zeros_like(self.counts))
        counts = stretch_sums(early.astype(np.int64), run_starts(self.counts))
        return self._at(early, counts), self._at(~early, self.counts - counts)

    def _at(self, chosen: NDArray[np.bool_], counts: Integers) -> "Part":
        has = counts.reshape(-1, FIELDS).any(1)
        return Part(self.places[has], counts[np.repeat(has, FIELDS)], self.documents[chosen], self.frequencies[chosen])


def take(columns: Columns, places: range) -> Part:
    """All postings of neighbouring terms."""
    starts = columns.starts[places.start * FIELDS : places.stop * FIELDS + 1]
    own = slice(starts[0], starts[-1])
    return Part(np.arange(places.start, places.stop), np.diff(starts), columns.documents[own], columns.frequencies[own])


def join(parts: Sequence[Part]) -> Part:
    """The postings of several parts, which have no term in common."""
    return Part(
        np.concatenate([np.zeros(0, np.int64), *(part.places for part in parts)]),
        np.concatenate([np.zeros(0, np.int64), *(part.counts for part in parts)]),
        np.concatenate([np.zeros(0, np.uint32), *(part.documents for part in parts)]),
        np.concatenate([np.zeros(0, np.uint8), *(part.frequencies for part in parts)]),
    )


@dataclass(frozen=True, slots=True)
class Languages:
    """The language of each document. A word is mostly of one language, and skips the documents of others.

    Attributes:
        numbers: by document.
        within: how many documents of the same language come before each.
    """

    numbers: Integers
    within: Integers


def count_within(numbers: Integers) -> Languages:
    """The languages of documents with these numbers."""
    within = np.zeros_like(numbers)
    for number in np.unique(numbers):
        own = numbers == number
        within[own] = np.arange(own.sum())
    return Languages(numbers, within)


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
    documents: Integers
    frequencies: NDArray[Any]
    lengths: Numbers

    def digest(self) -> bytes:
        """Differs where the bytes do."""
        hashed = blake2b(digest_size=16)
        columns = (self.masks, self.counts, self.skipping, self.documents, self.frequencies, self.lengths)
        for column in columns:
            hashed.update(b"%d " % len(column))
            hashed.update(column.astype(np.uint32).tobytes())
        return hashed.digest()


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
        has = part.counts > 0
        short = totals <= self.most_inline
        fields = np.tile(np.arange(FIELDS), len(part.places))[has]
        masks = (has.reshape(-1, FIELDS) << np.arange(FIELDS)).sum(1) | np.where(short, INLINE, 0)
        inline = np.repeat(short, FIELDS)[has] | (fields != TEXT)
        counts = part.counts[has]
        rare = max(self.most_inline, RARE)
        can_skip = (counts > rare) & (fields < len(TEXTS))
        skipping, documents = _skip(part.documents, counts, can_skip, self.languages)
        at = np.repeat(inline, counts)
        lengths = self.lengths[np.repeat(fields, counts)[at], part.documents[at]]
        return Numbered(masks, fields, counts, rare, skipping, documents, part.frequencies, lengths)


def _skip(
    documents: Numbers, counts: Integers, can_skip: NDArray[np.bool_], languages: Languages
) -> tuple[Integers, Integers]:
    """The language of each stretch that can skip, plus one, 0 for several; and the documents numbered within it."""
    if not len(documents):
        return np.zeros(0, np.int64), documents.astype(np.int64)
    spoken = languages.numbers[documents]
    least, most = (reduce.reduceat(spoken, run_starts(counts)[:-1]) for reduce in (np.minimum, np.maximum))
    of_one = can_skip & (least == most)
    within = np.where(np.repeat(of_one, counts), languages.within[documents], documents)
    return np.where(of_one, least + 1, 0)[can_skip], within
