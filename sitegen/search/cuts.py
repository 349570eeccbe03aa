"""Decides where shards begin: by the keys around, so that cuts come again where they were."""

from collections.abc import Iterator, Sequence
from zlib import crc32

import numpy as np

from sitegen.search.bits import bit_lengths, run_starts
from sitegen.search.columns import FIELDS, Columns
from sitegen.search.vocabulary import Integers

SMALLEST_TARGET = 6 << 10
MOST_SHARDS = 900
LINE_OVERHEAD = 3
FORM_OVERHEAD = 3


def key_hashes(keys: Sequence[str]) -> Integers:
    """Of each key a number from 0 to 2**32 - 1 that says nothing."""
    encoded = (key.encode("utf-8", "surrogatepass") for key in keys)
    return np.fromiter(map(crc32, encoded), np.int64, len(keys))


def weigh_lines(columns: Columns, starts: Integers) -> Integers:
    """About how many bytes each line takes with its postings, judged by their number and the last document alone.

    No more than the two highest bits of it, so that one posting more rarely weighs more and moves no cut.
    """
    counts = np.diff(columns.starts)
    has = counts > 0
    lasts = columns.documents[columns.starts[1:][has] - 1].astype(np.int64)
    bits = np.zeros_like(counts)
    bits[has] = counts[has] * (3 + np.maximum(bit_lengths(lasts + 1) - bit_lengths(counts[has]), 0))
    weights = bits.reshape(-1, FIELDS).sum(1) // 8 + FORM_OVERHEAD
    spare = np.maximum(bit_lengths(weights) - 2, 0)
    sums: Integers = run_starts(weights >> spare << spare)[starts]
    return np.diff(sums) + LINE_OVERHEAD


def cut_keys(hashes: Integers, weights: Integers) -> Iterator[range]:
    """The lines of each shard.

    Args:
        hashes: of their keys.
        weights: bytes that each line takes.
    """
    sizes = run_starts(weights)
    target = _target(int(sizes[-1]))
    # The chance of a cut grows with the weight: cuts come again where they were soon after a line has grown.
    marked = np.append(np.flatnonzero(hashes % target < 4 * weights), len(weights))
    first = 0
    while first < len(weights):
        least = max(int(np.searchsorted(sizes, sizes[first] + target // 2)), first + 1)
        most = max(int(np.searchsorted(sizes, sizes[first] + 2 * target, "right")) - 1, first + 1)
        end = min(int(marked[min(int(np.searchsorted(marked, least)), len(marked) - 1)]), most)
        yield range(first, end)
        first = end


def _target(total: int) -> int:
    """Bytes a shard: the smallest of 6, 7.5, 9, 10.5, 12, 15, 18, ... kB that keeps the number of files in bounds."""
    steps = (SMALLEST_TARGET * (4 + step % 4) // 4 << step // 4 for step in range(64))
    return next(step for step in steps if total <= step * MOST_SHARDS)
