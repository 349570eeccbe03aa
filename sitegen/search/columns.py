"""Gathers the terms of documents into columns: the inverted index as arrays, exactly what lunr's builder would hold."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sitegen.search.fields import BOOSTS, Field
from sitegen.search.words import Counted

Integers = NDArray[np.int64]
Numbers = NDArray[np.uint32]
FIELDS = len(BOOSTS)
SLICE = 1 << 20
"""How many postings are worked on at a time, so that what is needed on the way stays small."""


def utf16_order(term: str) -> bytes:
    """A key that sorts terms as JavaScript compares strings, which lunr.js demands."""
    return term.encode("utf-16-be", "surrogatepass")


@dataclass(frozen=True, slots=True)
class Columns:
    """An inverted index.

    Attributes:
        terms: in UTF-16 order; a term's place is its rank, which is lunr's index of it.
        starts: where the postings of each term and field begin, at rank * FIELDS + the field's place, and the end.
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


def gather(documents: Iterable[Mapping[Field, Counted]]) -> Columns:
    """The inverted index of `documents`, numbered in their order."""
    gathered = _Gathered()
    for document in documents:
        gathered.add(document)
    return gathered.finish()


class _Gathered:
    """The postings in the order of documents and, of each document, of fields."""

    def __init__(self) -> None:
        self.ids: defaultdict[str, int] = defaultdict()
        self.ids.default_factory = self.ids.__len__
        self.lengths = {field: array("I") for field in BOOSTS}
        self.different = array("I")
        self.terms = array("I")
        self.repeated = array("Q")
        self.repeats = array("I")

    def add(self, document: Mapping[Field, Counted]) -> None:
        for field, lengths in self.lengths.items():
            counted = document[field]
            begin = len(self.terms)
            self.terms.extend(map(self.ids.__getitem__, counted.words.split()))
            self.repeated.extend(range(begin, begin + len(counted.repeats)))
            self.repeats.extend(counted.repeats)
            self.different.append(len(self.terms) - begin)
            lengths.append(self.different[-1] + sum(counted.repeats) - len(counted.repeats))

    def finish(self) -> Columns:
        terms = sorted(self.ids, key=utf16_order)
        ranks = np.empty(len(terms), np.uint64)
        ranks[np.fromiter(map(self.ids.__getitem__, terms), np.int64, len(terms))] = np.arange(
            len(terms), dtype=np.uint64
        )
        self.ids.clear()
        count = len(self.different) // FIELDS
        # One number a posting, which sorts by term, field and document and carries the frequency: a quarter of the
        # memory that sorting places would take.
        widths = [int(max(self.repeats, default=1)).bit_length(), max(count - 1, 0).bit_length(), FIELDS.bit_length()]
        if sum(widths) + len(terms).bit_length() > np.iinfo(np.uint64).bits:
            raise OverflowError("too many terms, documents and repetitions for one index")
        postings = self._postings(ranks, widths)
        postings.sort()
        return _columns(count, tuple(terms), postings, widths, self.lengths)

    def _postings(self, ranks: NDArray[np.uint64], widths: list[int]) -> NDArray[np.uint64]:
        frequency, document, field = widths
        different = np.frombuffer(self.different, np.uint32) if self.different else np.zeros(0, np.uint32)
        begins = np.concatenate(([0], np.cumsum(different, dtype=np.int64)))
        terms = np.frombuffer(self.terms, np.uint32) if self.terms else np.zeros(0, np.uint32)
        postings = np.ones(len(terms), np.uint64)
        if self.repeats:
            postings[np.frombuffer(self.repeated, np.uint64).astype(np.int64)] = np.frombuffer(self.repeats, np.uint32)
        step = max(SLICE // 64, 1)
        for first in range(0, len(different), step):
            own = np.arange(first, min(first + step, len(different)), dtype=np.uint64)
            part = slice(int(begins[first]), int(begins[first + len(own)]))
            places = ((own % np.uint64(FIELDS)) << np.uint64(document)) | (own // np.uint64(FIELDS))
            spread = np.repeat(places, different[first : first + len(own)])
            spread |= ranks[terms[part]] << np.uint64(document + field)
            postings[part] |= spread << np.uint64(frequency)
        del terms, different
        self.terms, self.repeated, self.repeats = array("I"), array("Q"), array("I")
        return postings


def _columns(
    count: int,
    terms: tuple[str, ...],
    postings: NDArray[np.uint64],
    widths: list[int],
    lengths: "Mapping[Field, array[int]]",
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
        counts += np.bincount(stretches.astype(np.int64), minlength=len(counts)) if len(counts) else 0
    starts = np.concatenate(([0], np.cumsum(counts)))
    return Columns(
        count, terms, starts, documents, frequencies, {name: np.array(one, np.uint32) for name, one in lengths.items()}
    )
