"""Codes the postings of a field as small numbers, each with the Rice parameter that makes it short.

Nothing in a term's code depends on other terms or on how many documents there are, so that a term which no new article
has keeps its bytes.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sitegen.search.bits import Integers, rice_parameters, stretch_sums
from sitegen.search.columns import Columns
from sitegen.search.fields import Field

SPARSE = 16

Small = NDArray[np.uint8]
Numbers = NDArray[np.uint32]


class Run(NamedTuple):
    """Numbers to be packed, the parameter of each, and what the header says of them."""

    header: int
    values: NDArray[np.integer]
    parameters: NDArray[np.integer]


@dataclass(frozen=True, slots=True)
class Runs:
    """One run a term.

    Attributes:
        starts: where each term's run begins in `values` and `parameters`, and the end.
        bits: how many bits each run takes.
    """

    starts: Integers
    headers: Integers
    values: Numbers
    parameters: Small
    bits: Integers

    def run(self, rank: int) -> Run:
        """The run of one term."""
        part = slice(int(self.starts[rank]), int(self.starts[rank + 1]))
        return Run(int(self.headers[rank]), self.values[part], self.parameters[part])


@dataclass(frozen=True, slots=True)
class Coded:
    """One field's postings, ready to be packed."""

    starts: Integers
    counts: Integers
    documents: Numbers
    lengths: Numbers
    gaps: Runs
    frequencies: Runs

    @property
    def bits(self) -> Integers:
        """How many bits each term's postings take."""
        return self.gaps.bits + self.frequencies.bits

    def part(self, rank: int) -> slice:
        """Where one term's postings are in `documents`."""
        return slice(int(self.starts[rank]), int(self.starts[rank + 1]))


def code_postings(columns: Columns, field: Field) -> Coded:
    """The postings of one field."""
    postings = columns.postings[field]
    starts = postings.starts
    return Coded(
        starts=starts,
        counts=np.diff(starts),
        documents=postings.documents,
        lengths=columns.lengths[field],
        gaps=_dense(_gaps(postings.documents, starts), starts),
        frequencies=code_frequencies(postings.frequencies.astype(np.int64) - 1, starts),
    )


def _gaps(documents: Numbers, starts: Integers) -> Integers:
    """How many documents lie between each and the one before it in its term; before the first, all from 0."""
    numbers = documents.astype(np.int64)
    gaps = np.diff(numbers, prepend=-1) - 1
    firsts = starts[:-1][np.diff(starts) > 0]
    gaps[firsts] = numbers[firsts]
    return gaps


def _dense(values: Integers, starts: Integers) -> Runs:
    """Every value with its term's parameter, which is also the header."""
    parameters = rice_parameters(values, starts)
    counts = np.diff(starts)
    spread = np.repeat(parameters.astype(np.uint8), counts)
    bits = np.asarray(stretch_sums(values >> spread, starts) + counts * (1 + parameters), np.int64)
    return Runs(starts, parameters, values.astype(np.uint32), spread, bits)


def code_frequencies(beyond: Integers, starts: Integers) -> Runs:
    """How often each term stands in each document, less one: of all documents, or of those where it is not once.

    A header of 0 says that all are 0, and nothing follows. A dense run's header is its parameter and one. A sparse run
    holds, in turn, how many zeros are passed over and the next number less one, and ends with the zeros that remain;
    its header is SPARSE and the parameter of the passings.
    """
    dense, sparse = _dense(beyond, starts), _sparse(beyond, starts)
    counts = np.diff(starts)
    silent = sparse.headers == 0
    thin = ~silent & (sparse.bits < dense.bits)
    thick = ~silent & ~thin
    lengths = np.where(thin, np.diff(sparse.starts), np.where(thick, counts, 0))
    merged = np.concatenate(([0], np.cumsum(lengths)))
    values = np.empty(int(merged[-1]), np.uint32)
    parameters = np.empty(len(values), np.uint8)
    for chosen, runs in ((thin, sparse), (thick, dense)):
        target, origin = np.repeat(chosen, lengths), np.repeat(chosen, np.diff(runs.starts))
        values[target], parameters[target] = runs.values[origin], runs.parameters[origin]
    headers = np.where(thin, sparse.headers, np.where(thick, dense.headers + 1, 0))
    bits = np.where(thin, sparse.bits, np.where(thick, dense.bits, 0))
    return Runs(merged, headers, values, parameters, bits)


def _sparse(beyond: Integers, starts: Integers) -> Runs:
    """Every term's run as passings and numbers; empty, with a header of 0, where all numbers are 0."""
    counts = np.diff(starts)
    places = np.flatnonzero(beyond)
    terms = np.repeat(np.arange(len(counts)), counts)[places]
    above = np.bincount(terms, minlength=len(counts))
    firsts = np.concatenate(([0], np.cumsum(above)))
    within = places - starts[terms]
    passed = np.diff(within, prepend=-1) - 1
    heads = firsts[:-1][above > 0]
    passed[heads] = within[heads]
    token_starts = np.concatenate(([0], np.cumsum(np.where(above > 0, 2 * above + 1, 0))))
    tokens = np.zeros(int(token_starts[-1]), np.int64)
    at = token_starts[terms] + 2 * (np.arange(len(places)) - firsts[terms])
    tokens[at], tokens[at + 1] = passed, beyond[places] - 1
    has = np.flatnonzero(above)
    tokens[token_starts[has + 1] - 1] = counts[has] - 1 - within[firsts[has + 1] - 1]
    return _with_parameters(tokens, token_starts, above)


def _with_parameters(tokens: Integers, starts: Integers, above: Integers) -> Runs:
    """Sparse runs with the parameter of each passing; the numbers between them have parameter 0."""
    lengths = np.diff(starts)
    is_passing = (np.arange(len(tokens)) - np.repeat(starts[:-1], lengths)) % 2 == 0
    passing_counts = np.where(above > 0, above + 1, 0)
    parameters = rice_parameters(tokens[is_passing], np.concatenate(([0], np.cumsum(passing_counts))))
    spread = np.where(is_passing, np.repeat(parameters, lengths), 0)
    bits = stretch_sums((tokens >> spread) + 1 + spread, starts)
    headers = np.where(above > 0, SPARSE + parameters, 0)
    return Runs(starts, headers, tokens.astype(np.uint32), spread.astype(np.uint8), bits)
