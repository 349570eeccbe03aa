"""Numbers -> bits and bytes: Rice codes for postings, variable-length bytes for everything small."""

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]


def pack_rice(numbers: NDArray[Any], shifts: NDArray[Any]) -> bytes:
    """Each number v >= 0 with parameter k as v >> k zeros, a one, and the k low bits of v; padded to whole bytes."""
    values, parameters = numbers.astype(np.int64), shifts.astype(np.int64)
    quotients = values >> parameters
    ends = np.cumsum(quotients + 1 + parameters)
    if not len(ends):
        return b""
    bits = np.zeros(int(ends[-1]), np.uint8)
    bits[ends - parameters - 1] = 1
    for place in range(int(parameters.max())):
        has = parameters > place
        bits[ends[has] - 1 - place] = (values[has] >> place) & 1
    return np.packbits(bits).tobytes()


def rice_parameters(values: Integers, starts: Integers) -> Integers:
    """The parameter that makes each stretch of `values` shortest.

    Args:
        starts: where each stretch begins, and the end of the last; empty stretches get 0.
    """
    counts = np.diff(starts)
    sums = stretch_sums(values, starts)
    guess = np.log2(np.maximum(sums / np.maximum(counts, 1) * np.log(2), 1)).astype(np.int64)
    best, cheapest = np.zeros_like(counts), np.full(len(counts), np.iinfo(np.int64).max)
    for step in (-1, 0, 1):
        parameters = np.maximum(guess + step, 0)
        cost = stretch_sums(values >> np.repeat(parameters, counts), starts) + counts * (1 + parameters)
        better = cost < cheapest
        best[better], cheapest[better] = parameters[better], cost[better]
    return best


def stretch_sums(values: Integers, starts: Integers) -> Integers:
    """The sum of each stretch of `values`."""
    sums = np.zeros(len(values) + 1, np.int64)
    np.cumsum(values, out=sums[1:])
    total: Integers = sums[starts[1:]] - sums[starts[:-1]]
    return total


def pack_varints(numbers: Iterable[int]) -> bytes:
    """Each number >= 0 in groups of seven bits, the lowest first; the top bit says that more follow."""
    packed = bytearray()
    for number in numbers:
        rest = number
        while rest > 0x7F:
            packed.append(rest & 0x7F | 0x80)
            rest >>= 7
        packed.append(rest)
    return bytes(packed)


def pack_fronted(keys: Iterable[str]) -> bytes:
    """Sorted strings as three columns, each preceded by its length in bytes: shared bytes, further bytes, the text."""
    shared, further, text = [], [], bytearray()
    before = b""
    for key in keys:
        now = key.encode("utf-8", "surrogatepass")
        same = common_length(before, now)
        shared.append(same)
        further.append(len(now) - same)
        text += now[same:]
        before = now
    columns = (pack_varints(shared), pack_varints(further), bytes(text))
    return b"".join(pack_varints([len(column)]) + column for column in columns)


def common_length(one: bytes, other: bytes) -> int:
    """How many bytes both begin with."""
    limit = min(len(one), len(other))
    return next((place for place in range(limit) if one[place] != other[place]), limit)
