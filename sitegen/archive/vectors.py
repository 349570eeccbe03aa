"""Terms of all articles -> a space: the articles as vectors over their terms, in columns.

A term is a number here: the weightier, the smaller. Its weight is log(1 + N / df); entities count twice as much as
tags, by judgement.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sitegen.model import TermKind, TermRef

LONGEST_POSTING = 2000
"""A term that more articles than this share relates nobody to anybody, and is passed over."""

Numbers = NDArray[np.int64]
Weights = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Space:
    """The vector space of an archive.

    Attributes:
        terms: by number.
        squares: of each term's weight.
        rows: where the rows of each article begin, and where the last ones end. There is one for each of its terms
            that relates it to others, weightiest first.
        term: of each row.
        rest: of each row the squares of its term and of those after it, together.
        before: of each row, how many articles have the terms before it.
        norms: each article's length as a vector.
        shortest: the articles' numbers, by their norms.
        lengths: their norms in that order.
        postings: where the articles of each term begin, and where those of the last one end.
        entries: of each term and article that has it, the term times the number of articles, plus the article's place
            among the shortest; ascending.
        reach: of each entry, how near its article comes to what has its term, and none of its terms before, at most.
    """

    terms: Sequence[TermRef]
    squares: Weights
    rows: Numbers
    term: Numbers
    rest: Weights
    before: Numbers
    norms: Weights
    shortest: Numbers
    lengths: Weights
    postings: Numbers
    entries: Numbers
    reach: Weights


def make_space(terms_of: Sequence[Sequence[TermRef]], numbers_of: Mapping[TermRef, Sequence[int]]) -> Space:
    count = len(terms_of)
    weights = {ref: _weight(ref, len(numbers), count) for ref, numbers in numbers_of.items()}
    terms = sorted(weights, key=lambda ref: (-weights[ref], ref))
    places = {ref: number for number, ref in enumerate(terms)}
    squares = np.array([weights[ref] ** 2 for ref in terms], np.float64)
    held = np.array([len(numbers_of[ref]) for ref in terms], np.int64)

    article = np.repeat(np.arange(count), [len(refs) for refs in terms_of])
    term = np.array([places[ref] for refs in terms_of for ref in refs], np.int64)
    norms = np.sqrt(np.bincount(article, squares[term], count))
    able = (held[term] > 1) & (held[term] <= LONGEST_POSTING)
    order = np.lexsort((term[able], article[able]))
    article, term = article[able][order], term[able][order]
    rows, postings = bounds(article, count), bounds(term, len(terms))
    before, _ = _sums(np.diff(postings)[term], rows)
    _, rest = _sums(squares[term], rows)
    shortest = np.argsort(norms, kind="stable")
    entries = term * count + np.argsort(shortest)[article]
    order = np.argsort(entries)
    return Space(
        terms=terms,
        squares=squares,
        rows=rows,
        term=term,
        rest=rest,
        before=before,
        norms=norms,
        shortest=shortest,
        lengths=norms[shortest],
        postings=postings,
        entries=entries[order],
        reach=(rest / norms[article])[order],
    )


def _weight(ref: TermRef, held: int, count: int) -> float:
    return math.log(1 + count / held) * (1 if ref.kind is TermKind.TAG else 2)


def bounds(groups: Numbers, count: int) -> Numbers:
    """Where each of `count` groups begins when members stand by group, and where the last one ends."""
    return np.append(0, np.cumsum(np.bincount(groups, minlength=count)))


def _sums(values: NDArray[Any], bounds: Numbers) -> tuple[NDArray[Any], NDArray[Any]]:
    """For each value the sum of those before it in its group, and the sum of it and those after it."""
    sums = np.append(0, np.cumsum(values))
    sizes = np.diff(bounds)
    return sums[:-1] - np.repeat(sums[bounds[:-1]], sizes), np.repeat(sums[bounds[1:]], sizes) - sums[:-1]


def spread(starts: Numbers, lengths: Numbers) -> tuple[Numbers, Numbers]:
    """From each start on so many numbers as its length, all in a row; and for each number, the how manieth start's."""
    owner = np.repeat(np.arange(len(lengths)), lengths)
    return owner, np.arange(len(owner)) + np.repeat(starts + lengths - np.cumsum(lengths), lengths)
