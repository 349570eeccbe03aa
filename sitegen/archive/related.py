"""Terms of all articles -> for each article the few others that share most with it, and what they share.

The measure is the cosine between articles as vectors over their terms, each weighted by log(1 + N / df); entities
count twice as much as tags, by judgement.
"""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sitegen.model import Related, TermKind, TermRef

MOST = 5
MOST_REASONS = 3
LONGEST_POSTING = 2000
"""A term that more articles than this share relates nobody to anybody, and is passed over."""
NEARNESS_DIGITS = 6
NEWER_BY = 1e-13
"""What an article's number adds to its nearness: less than any difference that counts, for up to a million articles."""


@dataclass(frozen=True, slots=True)
class _Space:
    """The vector space of the archive: each article's terms, each term's weight and articles, each article's length.

    `scores` is scratch paper, one place an article, left clean by whoever used it.
    """

    terms_of: Sequence[Sequence[TermRef]]
    weights: Mapping[TermRef, float]
    postings: Mapping[TermRef, NDArray[np.int64]]
    norms: NDArray[np.float64]
    scores: NDArray[np.float64]


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
    space = _Space(terms_of, weights, postings, norms, np.zeros(count))
    return tuple(_related(number, space, {number, *copies[number]}) for number in range(count))


def _weight(ref: TermRef, held: int, count: int) -> float:
    return math.log(1 + count / held) * (1 if ref.kind is TermKind.TAG else 2)


def _related(number: int, space: _Space, excluded: Collection[int]) -> tuple[Related, ...]:
    refs = [ref for ref in space.terms_of[number] if ref in space.postings]
    return (
        tuple(Related(other, _shared(refs, other, space)) for other in _nearest(refs, space, excluded)) if refs else ()
    )


def _nearest(refs: Sequence[TermRef], space: _Space, excluded: Collection[int]) -> Sequence[int]:
    """The articles nearest to one with the terms `refs`; of equally near ones, the newer first."""
    for ref in refs:
        space.scores[space.postings[ref]] += space.weights[ref] ** 2
    hits = np.concatenate([space.postings[ref] for ref in refs])
    nearness = np.round(space.scores[hits] / space.norms[hits], NEARNESS_DIGITS) + hits * NEWER_BY
    space.scores[hits] = 0.0
    # Every article stands among the hits at most once for each term.
    enough = min((MOST + len(excluded)) * len(refs), len(hits))
    best = np.argpartition(nearness, len(hits) - enough)[-enough:]
    ranked = dict.fromkeys(hits[best[np.argsort(-nearness[best])]].tolist())
    return [other for other in ranked if other not in excluded][:MOST]


def _shared(refs: Sequence[TermRef], other: int, space: _Space) -> tuple[TermRef, ...]:
    both = [ref for ref in refs if ref in space.terms_of[other]]
    return tuple(sorted(both, key=lambda ref: (-space.weights[ref], ref))[:MOST_REASONS])
