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
    """The vector space of the archive, in which a term is a number: the weightier, the smaller.

    Attributes:
        terms: by number.
        squares: of each term's weight.
        postings: each term's articles; none of a term that relates nobody.
        terms_of: for each article, those of its terms that relate it to others.
        norms: each article's length.
        scores: scratch paper, one place an article, left clean by whoever used it.
    """

    terms: Sequence[TermRef]
    squares: Sequence[float]
    postings: Sequence[NDArray[np.int64]]
    terms_of: Sequence[frozenset[int]]
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
    space = _make_space(terms_of, numbers_of)
    return tuple(_related(number, space, {number, *copies[number]}) for number in range(len(terms_of)))


def _make_space(terms_of: Sequence[Sequence[TermRef]], numbers_of: Mapping[TermRef, Sequence[int]]) -> _Space:
    count = len(terms_of)
    weights = {ref: _weight(ref, len(numbers), count) for ref, numbers in numbers_of.items()}
    squares = {ref: weight**2 for ref, weight in weights.items()}
    terms = sorted(weights, key=lambda ref: (-weights[ref], ref))
    able = {ref: number for number, ref in enumerate(terms) if 1 < len(numbers_of[ref]) <= LONGEST_POSTING}
    return _Space(
        terms=terms,
        squares=[squares[ref] for ref in terms],
        postings=[np.asarray(numbers_of[ref] if ref in able else (), np.int64) for ref in terms],
        terms_of=[frozenset([able[ref] for ref in refs if ref in able]) for refs in terms_of],
        norms=np.array([math.sqrt(sum([squares[ref] for ref in refs])) or 1.0 for refs in terms_of]),
        scores=np.zeros(count),
    )


def _weight(ref: TermRef, held: int, count: int) -> float:
    return math.log(1 + count / held) * (1 if ref.kind is TermKind.TAG else 2)


def _related(number: int, space: _Space, excluded: Collection[int]) -> tuple[Related, ...]:
    terms = sorted(space.terms_of[number])
    if not terms:
        return ()
    return tuple([Related(other, _shared(number, other, space)) for other in _nearest(terms, space, excluded)])


def _nearest(terms: Sequence[int], space: _Space, excluded: Collection[int]) -> Sequence[int]:
    """The articles nearest to one with these terms; of equally near ones, the newer first."""
    postings = [space.postings[term] for term in terms]
    for term, posting in zip(terms, postings, strict=True):
        space.scores[posting] += space.squares[term]
    hits = np.concatenate(postings)
    nearness = np.round(space.scores[hits] / space.norms[hits], NEARNESS_DIGITS) + hits * NEWER_BY
    space.scores[hits] = 0.0
    # Every article stands among the hits at most once for each term.
    enough = min((MOST + len(excluded)) * len(terms), len(hits))
    best = nearness.argpartition(len(hits) - enough)[-enough:]
    ranked = dict.fromkeys(hits[best[np.argsort(-nearness[best])]].tolist())
    return [other for other in ranked if other not in excluded][:MOST]


def _shared(number: int, other: int, space: _Space) -> tuple[TermRef, ...]:
    both = sorted(space.terms_of[number] & space.terms_of[other])
    return tuple([space.terms[term] for term in both[:MOST_REASONS]])
