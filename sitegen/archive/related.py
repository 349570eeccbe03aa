"""Terms of all articles -> for each article the few others that share most with it, and what they share.

The measure is the cosine between articles as vectors over their terms, each weighted by log(1 + N / df); entities
count twice as much as tags.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sitegen.model import Related, TermKind, TermRef

MOST = 5
MOST_REASONS = 3
LONGEST_POSTING = 2000
"""A term that more articles than this share relates nobody to anybody, and is passed over."""


@dataclass(frozen=True, slots=True)
class _Space:
    """The vector space of the archive: each article's terms, each term's weight and articles, each article's length."""

    terms_of: Sequence[Sequence[TermRef]]
    weights: Mapping[TermRef, float]
    postings: Mapping[TermRef, NDArray[np.int64]]
    norms: NDArray[np.float64]


def relate(
    terms_of: Sequence[Sequence[TermRef]], numbers_of: Mapping[TermRef, Sequence[int]], copies: Sequence[Sequence[int]]
) -> tuple[tuple[Related, ...], ...]:
    """For each article, in the order of their numbers, its related articles, nearest first; copies are left out.

    Args:
        terms_of: each article's entities and tags.
        numbers_of: each such term's articles.
        copies: each article's near-copies.
    """
    count = len(terms_of)
    weights = {ref: _weight(ref, len(numbers), count) for ref, numbers in numbers_of.items()}
    postings = {
        ref: np.asarray(numbers, dtype=np.int64)
        for ref, numbers in numbers_of.items()
        if 1 < len(numbers) <= LONGEST_POSTING
    }
    norms = np.array([math.sqrt(sum(weights[ref] ** 2 for ref in refs)) or 1.0 for refs in terms_of])
    space = _Space(terms_of, weights, postings, norms)
    return tuple(_nearest(number, space, (number, *copies[number])) for number in range(count))


def _weight(ref: TermRef, held: int, count: int) -> float:
    return math.log(1 + count / held) * (1 if ref.kind is TermKind.TAG else 2)


def _nearest(number: int, space: _Space, excluded: Sequence[int]) -> tuple[Related, ...]:
    refs = [ref for ref in space.terms_of[number] if ref in space.postings]
    if not refs:
        return ()
    hits = np.concatenate([space.postings[ref] for ref in refs])
    worth = np.repeat([space.weights[ref] ** 2 for ref in refs], [len(space.postings[ref]) for ref in refs])
    others, places = np.unique(hits, return_inverse=True)
    scores = np.bincount(places, weights=worth) / space.norms[others]
    scores[np.isin(others, excluded)] = 0.0
    best = np.lexsort((-others, -np.round(scores, 9)))[:MOST]
    return tuple(Related(int(others[at]), _shared(refs, int(others[at]), space)) for at in best if scores[at] > 0)


def _shared(refs: Sequence[TermRef], other: int, space: _Space) -> tuple[TermRef, ...]:
    both = set(refs) & set(space.terms_of[other])
    return tuple(sorted(both, key=lambda ref: (-space.weights[ref], ref))[:MOST_REASONS])
