"""Terms of all articles -> a space: the articles as vectors over their terms, in columns.

A term is a number here: the weightier, the smaller. Its weight is log(1 + N / df); entities count twice as much as
tags, by judgement.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sitegen.archive.columns import Numbers, Weights, bounds
from sitegen.archive.holdings import Holdings
from sitegen.model import TermKind, TermRef

LONGEST_POSTING = 2000
"""A term that more articles than this share relates nobody to anybody, and is passed over."""
LINE = 12
"""How many terms stand in a line: most articles have as many at most."""


@dataclass(frozen=True, slots=True)
class Space:
    """The vector space of an archive.

    Attributes:
        terms: by number.
        squares: of each term's weight, and 0 for the term that fills up lines.
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
        lines: where the lines of each article begin, and where the last ones end.
        line: the terms of the rows once more, LINE in each line (a column here); what is left of an article's last
            line is filled up.
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
    lines: Numbers
    line: Numbers


def make_space(holdings: Holdings) -> Space:
    """The vector space of the articles that have these terms."""
    count, held = holdings.articles, holdings.held.tolist()
    weights = {ref: _weight(ref, own, count) for ref, own in zip(holdings.terms, held, strict=True)}
    terms = sorted(weights, key=lambda ref: (-weights[ref], ref))
    places = {ref: number for number, ref in enumerate(terms)}
    renumbered = np.array([places[ref] for ref in holdings.terms], np.int64)
    squares = np.array([*(weights[ref] ** 2 for ref in terms), 0.0], np.float64)

    article, term = holdings.article, renumbered[holdings.term]
    norms = np.sqrt(np.bincount(article, squares[term], count))
    able = ((holdings.held > 1) & (holdings.held <= LONGEST_POSTING))[holdings.term]
    article, term = article[able], term[able]
    # Sorted as one number, a row of an article is half as dear as sorted by two.
    article, term = np.divmod(np.sort(article * len(squares) + term), len(squares))
    rows, postings = bounds(article, count), bounds(term, len(terms))
    before, _ = _sums(np.diff(postings)[term], rows)
    _, rest = _sums(squares[term], rows)
    shortest = np.argsort(norms, kind="stable")
    entries = term * count + np.argsort(shortest)[article]
    order = np.argsort(entries)
    lines, line = _lines(article, term, rows, len(terms))
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
        lines=lines,
        line=line,
    )


def _weight(ref: TermRef, held: int, count: int) -> float:
    return math.log(1 + count / held) * (1 if ref.kind is TermKind.TAG else 2)


def _lines(article: Numbers, term: Numbers, rows: Numbers, filler: int) -> tuple[Numbers, Numbers]:
    """Where each article's lines begin, and the lines of all."""
    lines = np.append(0, np.cumsum(-(-np.diff(rows) // LINE)))
    line = np.full((LINE, lines[-1]), filler, np.int64)
    place = np.arange(len(term)) - rows[article]
    line[place % LINE, lines[article] + place // LINE] = term
    return lines, line


def _sums(values: NDArray[Any], bounds: Numbers) -> tuple[NDArray[Any], NDArray[Any]]:
    """For each value the sum of those before it in its group, and the sum of it and those after it."""
    sums = np.append(0, np.cumsum(values))
    sizes = np.diff(bounds)
    return sums[:-1] - np.repeat(sums[bounds[:-1]], sizes), np.repeat(sums[bounds[1:]], sizes) - sums[:-1]
