"""Terms of all articles -> for each article the few others that share most with it, and what they share.

The measure is the cosine between articles as vectors over their terms; see `vectors`.

Few pairs are compared. Some neighbours of an article, found by its weightiest terms, tell how near the last of its
related articles is at least. What shares none of its terms before some term shares at most what that term and those
after it weigh together, in either of the two: most articles with a light term cannot come as near by it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

import numpy as np

from sitegen.archive.columns import Numbers, Weights, bounds, first_of_groups, split, spread
from sitegen.archive.holdings import Holdings
from sitegen.archive.vectors import Space, make_space
from sitegen.model import Related, TermRef

MOST = 5
MOST_REASONS = 3
UNITS = 1e6
"""Nearness is compared in whole numbers of so many to one, so that no sum's order decides."""
FIRST_LOOK = 16
"""How many neighbours of an article, and seldom many more, tell how near the last related one is at least."""
SCRATCH = 1 << 20
"""How many numbers the scratch paper holds, if that is a line for one article at least."""
MOST_AT_ONCE = 64
# What the class' own method does, at a third of the cost.
NEW_RELATED = partial(tuple.__new__, Related)


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
    """Articles of a block, by their places, others, by their numbers, and how near these are, in UNITS."""

    place: Numbers
    other: Numbers
    near: Numbers


def relate(holdings: Holdings, copies: Sequence[Sequence[int]]) -> list[tuple[Related, ...]]:
    """For each article, in the order of their numbers, its related articles, nearest first; copies are left out.

    Args:
        holdings: each article's entities and tags.
        copies: each article's near-copies.
    """
    space = make_space(holdings)
    count, width = holdings.articles, len(space.squares)
    size = max(1, min(MOST_AT_ONCE, SCRATCH // width))
    scratch = np.zeros((size, width))
    related: list[tuple[Related, ...]] = []
    for start in range(0, count, size):
        block = _make_block(range(start, min(start + size, count)), copies, space, scratch)
        related += _related(block, space)
        scratch[block.place, block.term] = 0.0
    return related


def _make_block(numbers: range, copies: Sequence[Sequence[int]], space: Space, scratch: Weights) -> _Block:
    """A block whose lines of squares are written on `scratch`, which is full of zeros."""
    ends = space.rows[numbers.start : numbers.stop + 1]
    place = np.repeat(np.arange(len(numbers)), np.diff(ends))
    term = space.term[ends[0] : ends[-1]]
    scratch[place, term] = space.squares[term]
    count = len(space.norms)
    own = copies[numbers.start : numbers.stop]
    unrelated = [place * count + other for place, others in enumerate(own) for other in others]
    return _Block(numbers, place, term, scratch, unrelated)


def _related(block: _Block, space: Space) -> list[tuple[Related, ...]]:
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

    found = list(map(NEW_RELATED, zip(pairs.other.tolist(), _shared(block, space, pairs), strict=True)))
    return split(found, pairs.place, len(block.numbers))


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
    sums = np.bincount(pair, weights.sum(axis=0), len(codes))
    near = np.rint(sums / space.norms[other] * UNITS).astype(np.int64)
    enough = (near >= floors[place] * UNITS) & (other != block.numbers.start + place)
    return _best(_Pairs(place[enough], other[enough], near[enough]), len(floors), count)


def _best(pairs: _Pairs, places: int, count: int) -> _Pairs:
    """The first MOST of each place; pairs are sorted as one number each, which takes a fourth of the time."""
    top = int(pairs.near.max(initial=0))
    codes = np.sort((pairs.place * (top + 1) + top - pairs.near) * count + (count - 1 - pairs.other))
    place, code = np.divmod(codes, (top + 1) * count)
    first = first_of_groups(place, places, MOST)
    far, old = np.divmod(code[first], count)
    return _Pairs(place[first], count - 1 - old, top - far)


def _common(block: _Block, space: Space, place: Numbers, other: Numbers) -> tuple[Numbers, Weights, Numbers]:
    """Of all lines of all `other`: whose it is, the squares of its terms that the article at `place` has, the terms."""
    starts = space.lines[other]
    pair, line = spread(starts, space.lines[other + 1] - starts)
    term = space.line.take(line, axis=1)
    return pair, block.squares.take(term + (place * block.squares.shape[1])[pair]), term


def _shared(block: _Block, space: Space, pairs: _Pairs) -> list[tuple[TermRef, ...]]:
    """For each pair the weightiest terms that both have, weightiest first."""
    pair, weights, term = _common(block, space, pairs.place, pairs.other)
    line, place = np.nonzero(weights.T)
    count = len(pairs.place)
    first = first_of_groups(pair[line], count, MOST_REASONS)
    line, place = line[first], place[first]
    shared = list(map(space.terms.__getitem__, term[place, line].tolist()))
    return split(shared, pair[line], count)


def _floors(pairs: _Pairs, articles: int) -> Weights:
    """How near the last of each article's related ones is at least, given pairs; 0 where that cannot be told."""
    last = np.flatnonzero(np.arange(len(pairs.place)) - bounds(pairs.place, articles)[pairs.place] == MOST - 1)
    floors = np.zeros(articles)
    floors[pairs.place[last]] = (pairs.near[last] - 1) / UNITS
    return floors
