"""Codes postings as small numbers, each with the Rice parameter that makes it short.

Nothing in a term's code depends on other terms or on how many documents there are, so that a term which no new article
has keeps its bytes.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sitegen.search.bits import (
    bit_lengths,
    distances,
    pack_rice,
    pack_varints,
    rice_bits,
    rice_parameters,
    run_starts,
    sized,
    stretch_sums,
)
from sitegen.search.columns import FIELDS
from sitegen.search.numbering import Numbered
from sitegen.search.vocabulary import Integers

SPARSE = 16
WORTH = 4
"""Bits that a parameter must save over the expected one, which costs nothing to name."""


class Run(NamedTuple):
    """Numbers to be packed for some stretches, one after the other.

    Attributes:
        starts: where each stretch begins, and the end.
        heads: what is said of each stretch before.
    """

    starts: Integers
    heads: Integers
    values: Integers
    parameters: Integers


def pack_postings(numbered: Numbered) -> bytes:
    """Heads and postings of all terms that have any; the format is in static/js/search/shard.js."""
    counts, starts = numbered.counts, run_starts(numbered.counts)
    inline = numbered.carry_lengths()
    span = int(numbered.documents.max(initial=0)).bit_length()
    runs = [
        _gaps(numbered.documents.astype(np.int64), starts, span),
        code_frequencies(numbered.frequencies.astype(np.int64) - 1, starts),
    ]
    middles, lengths = _lengths(numbered, inline)
    gaps, frequencies = runs
    heads = (
        numbered.masks,
        counts,
        gaps.heads,
        numbered.skipping,
        frequencies.heads,
        middles,
        lengths.heads[inline],
    )
    packed = (sized(pack_varints(column.tolist())) for column in heads)
    return pack_varints([span, numbered.rare]) + b"".join(packed) + _interleaved([*runs, lengths])


def _interleaved(runs: Sequence[Run]) -> bytes:
    """Of each stretch the numbers of all runs, packed."""
    lengths = np.array([np.diff(run.starts) for run in runs])
    starts = run_starts(lengths.T.ravel())
    values, parameters = np.empty(starts[-1], np.int64), np.empty(starts[-1], np.int64)
    for place, run in enumerate(runs):
        at = np.repeat(starts[place :: len(runs)][: lengths.shape[1]] - run.starts[:-1], lengths[place])
        at += np.arange(len(run.values))
        values[at], parameters[at] = run.values, run.parameters
    return pack_rice(values, parameters)


def _gaps(documents: Integers, starts: Integers, span: int) -> Run:
    """How many documents lie between each and the one before it; before the first, all from 0.

    A head is how far, modulo 256, the parameter is from what `span` (the bits of the highest document) and the number
    of documents make likely.
    """
    gaps = np.diff(documents, prepend=-1) - 1
    gaps[starts[:-1]] = documents[starts[:-1]]
    counts = np.diff(starts)
    likely = np.maximum(span - bit_lengths(counts), 0)
    best = rice_parameters(gaps, starts)
    saved = rice_bits(gaps, starts, likely) - rice_bits(gaps, starts, best)
    chosen = np.where(saved > WORTH, best, likely)
    return Run(starts, (chosen - likely) & 0xFF, gaps, np.repeat(chosen, counts))


def _lengths(numbered: Numbered, inline: NDArray[np.bool_]) -> tuple[Integers, Run]:
    """The middle length in each field, and how far from it those are of the stretches that carry theirs."""
    counts = np.where(inline, numbered.counts, 0)
    own = np.repeat(numbered.fields, counts)
    values = numbered.lengths.astype(np.int64)
    middles = np.array([np.median(values[own == field]) if (own == field).any() else 0 for field in range(FIELDS)])
    numbers = distances(values, middles.astype(np.int64)[own])
    parameters = rice_parameters(numbers, run_starts(counts))
    return middles.astype(np.int64), Run(run_starts(counts), parameters, numbers, np.repeat(parameters, counts))


def code_frequencies(beyond: Integers, starts: Integers) -> Run:
    """How often each term stands in each document, less one: of all documents, or of those where it is not once.

    A head of 0 says that all are 0, and nothing follows. A dense run's head is its parameter and one. A sparse run
    holds, in turn, how many zeros are passed over and the next number less one, and ends with the zeros that remain;
    its head is SPARSE and the parameter of the passings.
    """
    counts = np.diff(starts)
    parameters = rice_parameters(beyond, starts)
    sparse, sparse_bits = _sparse(beyond, starts)
    silent = np.diff(sparse.starts) == 0
    thin = ~silent & (sparse_bits < rice_bits(beyond, starts, parameters))
    lengths = np.where(thin, np.diff(sparse.starts), np.where(silent, 0, counts))
    merged = run_starts(lengths)
    values, spread = np.empty(merged[-1], np.int64), np.empty(merged[-1], np.int64)
    for chosen, own, numbers, shifts in (
        (thin, sparse.starts, sparse.values, sparse.parameters),
        (~thin & ~silent, starts, beyond, np.repeat(parameters, counts)),
    ):
        target, origin = np.repeat(chosen, lengths), np.repeat(chosen, np.diff(own))
        values[target], spread[target] = numbers[origin], shifts[origin]
    return Run(merged, np.where(thin, sparse.heads, np.where(silent, 0, parameters + 1)), values, spread)


def _sparse(beyond: Integers, starts: Integers) -> tuple[Run, Integers]:
    """Every stretch as passings and numbers, empty where all numbers are 0; and how many bits that takes."""
    counts = np.diff(starts)
    places = np.flatnonzero(beyond)
    stretches = np.repeat(np.arange(len(counts)), counts)[places]
    above = np.bincount(stretches, minlength=len(counts))
    firsts = run_starts(above)
    within = places - starts[stretches]
    passed = np.diff(within, prepend=-1) - 1
    opening = firsts[:-1][above > 0]
    passed[opening] = within[opening]
    token_starts = run_starts(np.where(above > 0, 2 * above + 1, 0))
    tokens: NDArray[Any] = np.zeros(token_starts[-1], np.int64)
    at = token_starts[stretches] + 2 * (np.arange(len(places)) - firsts[stretches])
    tokens[at], tokens[at + 1] = passed, beyond[places] - 1
    has = np.flatnonzero(above)
    tokens[token_starts[has + 1] - 1] = counts[has] - 1 - within[firsts[has + 1] - 1]
    lengths = np.diff(token_starts)
    is_passing = (np.arange(len(tokens)) - np.repeat(token_starts[:-1], lengths)) % 2 == 0
    parameters = rice_parameters(tokens[is_passing], run_starts(np.where(above > 0, above + 1, 0)))
    spread = np.where(is_passing, np.repeat(parameters, lengths), 0)
    bits = stretch_sums(np.asarray((tokens >> spread) + 1 + spread, np.int64), token_starts)
    return Run(token_starts, np.where(above > 0, SPARSE + parameters, 0), tokens, spread), bits
