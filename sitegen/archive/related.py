"""Terms of all articles -> for each article the few others that share most with it, and what they share.

The measure is the cosine between articles as vectors over their terms; see `vectors`.

Few pairs are compared. Some neighbours of an article, found by its weightiest terms, tell how near the last of its
related articles is at least. What shares none of its terms before some term shares at most what that term and those
after it weigh together, in either of the two: most articles with a light term cannot come as near by it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from sitegen.archive.vectors import Numbers, Space, Weights, bounds, make_space, spread
from sitegen.model import Related, TermRef

MOST = 5
MOST_REASONS = 3
NEARNESS_DIGITS = 6
ROUNDED_BY = 1e-6
FIRST_LOOK = 32
"""How many neighbours of an article, and seldom many more, tell how near the last related one is at least."""
SCRATCH = 1 << 20
"""How many numbers the scratch paper holds, if that is a line for one article at least."""
MOST_AT_ONCE = 64


@dataclass(frozen=True, slots=True)
class _Block:
    """Some articles in a run.

    Attributes:
        numbers: theirs.
        place: of each of their rows, the how manieth of them it is of.
        term: of each of their rows.
        squares: for each of them a line with the squares of its terms' weights; zero for other terms.
        copies: pairs that are not related, as places and numbers: place * articles + number.
    """

    numbers: range
    place: Numbers
    term: Numbers
    squares: Weights
    copies: Sequence[int]


class _Pairs(NamedTuple):
    """Articles of a block, by their places, others, by their numbers, and how near these are."""

    place: Numbers
    other: Numbers
    near: Weights


def relate(
    terms_of: Sequence[Sequence[TermRef]], numbers_of: Mapping[TermRef, Sequence[int]], copies: Sequence[Sequence[int]]
) -> tuple[tuple[Related, ...], ...]:
    """For each article, in the order of their numbers, its related articles, nearest first; copies are left out.

    Args:
        terms_of: each article's entities and tags.
        numbers_of: each such term's articles.
        copies: each article's near-copies.
    """
    space = make_space(terms_of, numbers_of)
    count, width = len(terms_of), len(space.terms)
    size = max(1, min(MOST_AT_ONCE, SCRATCH // max(1, width)))
    scratch = np.zeros((size, width))
    related: list[tuple[Related, ...]] = []
    for start in range(0, count, size):
        block = _make_block(range(start, min(start + size, count)), copies, space, scratch)
        related += _related(block, space)
        scratch[block.place, block.term] = 0.0
    return tuple(related)


def _make_block(numbers: range, copies: Sequence[Sequence[int]], space: Space, scratch: Weights) -> _Block:
    """A block whose lines of squares are written on `scratch`, which is full of zeros."""
    ends = space.rows[numbers.start : numbers.stop + 1]
    place = np.repeat(np.arange(len(numbers)), np.diff(ends))
    term = space.term[ends[0] : ends[-1]]
    scratch[place, term] = space.squares[term]
    count = len(space.norms)
    unrelated = [index * count + other for index, number in enumerate(numbers) for other in copies[number]]
    return _Block(numbers, place, term, scratch, unrelated)


def _related(block: _Block, space: Space) -> Iterator[tuple[Related, ...]]:
    """The related articles of each article of the block."""
    rows = slice(space.rows[block.numbers.start], space.rows[block.numbers.stop])
    held = np.diff(space.postings)[block.term]
    some = np.where(space.before[rows] < FIRST_LOOK, np.minimum(held, FIRST_LOOK), 0)
    floors = _floors(_nearest(block, space, some, np.zeros(len(block.numbers))), len(block.numbers))

    longest = np.divide(
        space.rest[rows], floors[block.place], out=np.full(len(some), np.inf), where=floors[block.place] > 0
    )
    short = np.searchsorted(space.lengths, longest, "right")
    ends = np.searchsorted(space.entries, block.term * len(space.norms) + short)
    pairs = _nearest(block, space, ends - space.postings[block.term], floors)

    shared = _shared(block, space, pairs)
    found = [Related(other, terms) for other, terms in zip(pairs.other.tolist(), shared, strict=True)]
    return (tuple(found[start:end]) for start, end in pairwise(bounds(pairs.place, len(block.numbers)).tolist()))


def _nearest(block: _Block, space: Space, lengths: Numbers, floors: Weights) -> _Pairs:
    """For each article of the block the nearest, by it and nearest first; of equally near ones the newer first.

    Args:
        lengths: for each row of the block, how many articles with its term are looked at, the shortest first.
        floors: for each article, how near others must be at least.
    """
    count = len(space.norms)
    row, entry = spread(space.postings[block.term], lengths)
    able = space.reach[entry] >= floors[block.place[row]]
    row, entry = row[able], entry[able]
    codes = np.sort(block.place[row] * count + space.shortest[space.entries[entry] % count])
    codes = codes[np.append(True, codes[1:] != codes[:-1])[: len(codes)]]
    codes = codes[~np.isin(codes, block.copies)] if block.copies else codes
    place, other = np.divmod(codes, count)
    pair, weights, _ = _common(block, space, place, other)
    near = np.round(np.bincount(pair, weights, len(codes)) / space.norms[other], NEARNESS_DIGITS)
    enough = (near >= floors[place]) & (other != block.numbers.start + place)
    place, other, near = place[enough], other[enough], near[enough]
    order = np.lexsort((-other, -near, place))
    best = order[np.arange(len(order)) - bounds(place, len(floors))[place[order]] < MOST]
    return _Pairs(place[best], other[best], near[best])


def _common(block: _Block, space: Space, place: Numbers, other: Numbers) -> tuple[Numbers, Weights, Numbers]:
    """Of all terms of all `other`: whose in `other` it is, its square if the article at `place` has it too, and it."""
    starts = space.rows[other]
    lengths = space.rows[other + 1] - starts
    pair, row = spread(starts, lengths)
    term = space.term.take(row)
    return pair, block.squares.take(np.repeat(place * block.squares.shape[1], lengths) + term), term


def _shared(block: _Block, space: Space, pairs: _Pairs) -> Iterator[tuple[TermRef, ...]]:
    """For each pair the weightiest terms that both have, weightiest first."""
    pair, weights, term = _common(block, space, pairs.place, pairs.other)
    pair, term = pair[weights > 0], term[weights > 0]
    terms = [space.terms[each] for each in term.tolist()]
    return (tuple(terms[start:end][:MOST_REASONS]) for start, end in pairwise(bounds(pair, len(pairs.place)).tolist()))


def _floors(pairs: _Pairs, articles: int) -> Weights:
    """How near the last of each article's related ones is at least, given pairs; 0 where that cannot be told."""
    last = np.flatnonzero(np.arange(len(pairs.place)) - bounds(pairs.place, articles)[pairs.place] == MOST - 1)
    floors = np.zeros(articles)
    floors[pairs.place[last]] = pairs.near[last] - ROUNDED_BY
    return floors
