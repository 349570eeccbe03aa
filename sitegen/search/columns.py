"""Gathers the terms of documents into columns: the inverted index as arrays, exactly what lunr's builder would hold."""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sitegen.search.fields import BOOSTS, Field

Numbers = NDArray[np.uint32]


def utf16_order(term: str) -> bytes:
    """A key that sorts terms as JavaScript compares strings, which lunr.js demands."""
    return term.encode("utf-16-be", "surrogatepass")


@dataclass(frozen=True, slots=True)
class Postings:
    """Which documents have which terms in one field.

    Attributes:
        starts: where each term's postings begin in the other columns, by the term's rank, and the end.
        documents: ascending within a term.
        frequencies: how often the term stands in the field of that document.
    """

    starts: NDArray[np.int64]
    documents: Numbers
    frequencies: Numbers


@dataclass(frozen=True, slots=True)
class Columns:
    """An inverted index.

    Attributes:
        terms: in UTF-16 order; a term's place is its rank, which is lunr's index of it.
        lengths: how many terms each document has in each field.
    """

    count: int
    terms: tuple[str, ...]
    postings: Mapping[Field, Postings]
    lengths: Mapping[Field, Numbers]

    def document_frequencies(self) -> NDArray[np.int64]:
        """For each term, its documents summed over the fields: what lunr's idf counts."""
        return sum((np.diff(self.postings[field].starts) for field in BOOSTS), np.zeros(len(self.terms), np.int64))


def gather(documents: Iterable[Mapping[Field, Counter[str]]]) -> Columns:
    """The inverted index of `documents`, numbered in their order: how often each term stands in each field."""
    ids: defaultdict[str, int] = defaultdict()
    ids.default_factory = ids.__len__
    columns = {field: _Column() for field in BOOSTS}
    for document in documents:
        for field, column in columns.items():
            column.add(document[field], ids)
    terms = sorted(ids, key=utf16_order)
    ranks = np.empty(len(terms), np.uint32)
    ranks[np.fromiter((ids[term] for term in terms), np.int64, len(terms))] = np.arange(len(terms), dtype=np.uint32)
    ids.clear()
    lengths = {field: np.array(column.lengths, np.uint32) for field, column in columns.items()}
    postings = {field: columns.pop(field).sort(ranks) for field in BOOSTS}
    return Columns(len(lengths[Field.TITLE]), tuple(terms), postings, lengths)


class _Column:
    """The postings of one field in the order of documents."""

    def __init__(self) -> None:
        self.lengths = array("I")
        self.different = array("I")
        self.terms = array("I")
        self.frequencies = array("I")

    def add(self, counted: Counter[str], ids: Mapping[str, int]) -> None:
        self.lengths.append(counted.total())
        self.different.append(len(counted))
        self.terms.extend(map(ids.__getitem__, counted))
        self.frequencies.extend(counted.values())

    def sort(self, ranks: Numbers) -> Postings:
        by_rank = ranks[np.frombuffer(self.terms, np.uint32)] if self.terms else np.zeros(0, np.uint32)
        order = np.argsort(by_rank, kind="stable")
        starts = np.zeros(len(ranks) + 1, np.int64)
        np.cumsum(np.bincount(by_rank, minlength=len(ranks)), out=starts[1:])
        del by_rank
        documents = np.repeat(np.arange(len(self.different), dtype=np.uint32), self.different)[order]
        if not len(order):
            return Postings(starts, documents, documents)
        return Postings(starts, documents, np.frombuffer(self.frequencies, np.uint32)[order])
