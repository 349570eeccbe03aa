"""Articles of all terms -> for each term the entities that share more of its articles than chance would have it.

The measure is the log-likelihood ratio G² over the four-fold table of articles with and without each of the two
(T. Dunning, "Accurate methods for the statistics of surprise and coincidence", Computational Linguistics 19(1), 1993):
G² = 2 Σ k ln(k N / (row · column)). It says how much evidence there is, and holds for rare terms too.
"""

from collections.abc import Mapping
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from sitegen.archive.columns import bounds, spread
from sitegen.model import ENTITY_KINDS, Companion, Term, TermRef

MOST = 12
LEAST_SHARED = 2
LEAST_STRENGTH = 6.63
"""What chance alone exceeds once in a hundred times (chi-squared with one degree of freedom)."""
DIGITS = 6
"""As many as every machine agrees on."""


def find_companions(terms: Mapping[TermRef, Term], articles: int) -> dict[TermRef, tuple[Companion, ...]]:
    """The companions of each term that has any, strongest first, equally strong ones by kind and id.

    Args:
        terms: all terms; those without a page have no companions and are none.
        articles: how many the archive has.
    """
    refs = [ref for ref in sorted(terms) if terms[ref].has_page and len(terms[ref].numbers) >= LEAST_SHARED]
    held = np.array([len(terms[ref].numbers) for ref in refs], np.int64)
    numbers = np.fromiter(chain.from_iterable(terms[ref].numbers for ref in refs), np.int64, int(held.sum()))
    owners = np.repeat(np.arange(len(refs)), held)
    is_entity = np.array([ref.kind in ENTITY_KINDS for ref in refs], bool)
    ones, others, shared = _pairs(numbers, owners, is_entity, articles)
    strengths = _log_likelihood(shared, held[ones], held[others], articles)
    kept = (strengths >= LEAST_STRENGTH) & (shared * articles > held[ones] * held[others])
    order = np.lexsort((others[kept], -strengths[kept], ones[kept]))
    rows = zip(*(column[kept][order].tolist() for column in (ones, others, shared, strengths)), strict=True)
    found: dict[TermRef, list[Companion]] = {}
    for one, other, count, strength in rows:
        companions = found.setdefault(refs[one], [])
        if len(companions) < MOST:
            companions.append(Companion(refs[other], count, strength))
    return {ref: tuple(companions) for ref, companions in found.items()}


def _pairs(
    numbers: NDArray[np.int64], owners: NDArray[np.int64], is_entity: NDArray[np.bool_], articles: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Every term and entity with LEAST_SHARED articles in common, and how many those are.

    Args:
        numbers, owners: an article and one of its terms, in each place.
        is_entity: whether each term is one.
    """
    order = np.argsort(numbers)
    entities = order[is_entity[owners[order]]]
    starts = bounds(numbers[entities], articles)
    row, place = spread(starts[numbers], np.diff(starts)[numbers])
    ones, others = owners[row], owners[entities[place]]
    keys, shared = np.unique(ones * len(is_entity) + others, return_counts=True)
    often = shared >= LEAST_SHARED
    ones, others = np.divmod(keys[often], max(1, len(is_entity)))
    apart = ones != others
    return ones[apart], others[apart], shared[often][apart]


def _log_likelihood(
    both: NDArray[np.int64], one: NDArray[np.int64], other: NDArray[np.int64], articles: int
) -> NDArray[np.float64]:
    """G² of pairs that share `both` articles, of which one has `one` and the other `other`."""
    cells = (both, one - both, other - both, articles - one - other + both)
    margins = (one, articles - one, other, articles - other)
    total = sum(map(_times_log, cells)) - sum(map(_times_log, margins)) + _times_log(np.asarray(articles))
    return np.round(2 * total, DIGITS)


def _times_log(count: NDArray[np.int64]) -> NDArray[np.float64]:
    """The values of k ln k, 0 for 0."""
    return np.asarray(count * np.log(np.maximum(count, 1)), np.float64)
