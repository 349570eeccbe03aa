"""Numbers -> bits and bytes: Rice codes for postings, variable-length bytes for everything small."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]
COMPARED = 64
"""How many bytes of two keys are compared, so that no key, however long, makes the comparison big."""


def pack_rice(numbers: NDArray[Any], parameters: NDArray[Any]) -> bytes:
    """Each number v >= 0 with parameter k as v >> k zeros, a one, and the k low bits of v; padded to whole bytes."""
    values, shifts = numbers.astype(np.int64), parameters.astype(np.int64)
    ends = np.cumsum((values >> shifts) + 1 + shifts)
    if not len(ends):
        return b""
    bits = np.zeros(int(ends[-1]), np.uint8)
    bits[ends - shifts - 1] = 1
    for place in range(int(shifts.max())):
        has = shifts > place
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
        cost = rice_bits(values, starts, parameters)
        better = cost < cheapest
        best[better], cheapest[better] = parameters[better], cost[better]
    return best


def rice_bits(values: Integers, starts: Integers, parameters: Integers) -> Integers:
    """How many bits each stretch of `values` takes with its parameter."""
    counts = np.diff(starts)
    quotients = stretch_sums(values >> np.repeat(parameters, counts), starts)
    return np.asarray(quotients + counts * (1 + parameters), np.int64)


def distances(values: Integers, middle: Integers | int) -> Integers:
    """How far each value is from the middle, as a number from 0: odd below the middle, even from it on."""
    return np.where(values < middle, 2 * (middle - values) - 1, 2 * (values - middle))


def stretch_sums(values: Integers, starts: Integers) -> Integers:
    """The sum of each stretch of `values`."""
    sums = np.zeros(len(values) + 1, np.int64)
    np.cumsum(values, out=sums[1:])
    total: Integers = sums[starts[1:]] - sums[starts[:-1]]
    return total


def run_starts(counts: Integers) -> Integers:
    """Where runs of these lengths begin, one after the other, and the end of the last."""
    starts = np.zeros(len(counts) + 1, np.int64)
    np.cumsum(counts, out=starts[1:])
    return starts


def bit_lengths(numbers: Integers) -> Integers:
    """How many bits each number from 0 to 2**53 has."""
    lengths: Integers = np.frexp(numbers.astype(np.float64))[1].astype(np.int64)
    return lengths


def pack_raw(columns: Iterable[NDArray[Any]]) -> bytes:
    """Columns of numbers below 2**32 as bytes that differ where they do."""
    return b"".join(part for column in columns for part in (b"%d " % len(column), column.astype(np.uint32).tobytes()))


def pack_varints(numbers: Sequence[int]) -> bytes:
    """Each number >= 0 in groups of seven bits, the lowest first; the top bit says that more follow."""
    if max(numbers, default=0) < 0x80:
        return bytes(numbers)
    packed = bytearray()
    for number in numbers:
        rest = number
        while rest > 0x7F:
            packed.append(rest & 0x7F | 0x80)
            rest >>= 7
        packed.append(rest)
    return bytes(packed)


def sized(content: bytes) -> bytes:
    """`content` after its length."""
    return pack_varints([len(content)]) + content


def pack_fronted(keys: Sequence[str]) -> bytes:
    """Sorted strings as three columns, each after its length: bytes shared with the one before, further bytes, text."""
    encoded = [key.encode("utf-8", "surrogatepass") for key in keys]
    shared = common_lengths(encoded)
    text = [key[same:] for key, same in zip(encoded, shared, strict=True)]
    return sized(pack_varints(shared)) + sized(pack_varints(list(map(len, text)))) + sized(b"".join(text))


def common_lengths(keys: Sequence[bytes]) -> list[int]:
    """How many bytes each key has in common with the beginning of the one before, as far as the first COMPARED go."""
    if not keys:
        return []
    lengths = np.minimum(np.fromiter(map(len, keys), np.int64, len(keys)), COMPARED)
    letters = np.array(keys, f"S{COMPARED}").view(np.uint8).reshape(len(keys), COMPARED)
    differs = np.ones((len(keys) - 1, COMPARED + 1), np.bool_)
    np.not_equal(letters[1:], letters[:-1], out=differs[:, :-1])
    shared: list[int] = np.minimum(differs.argmax(1), np.minimum(lengths[1:], lengths[:-1])).tolist()
    return [0, *shared]


def common_length(one: bytes, other: bytes) -> int:
    """How many bytes both begin with."""
    limit = min(len(one), len(other))
    different = int.from_bytes(one[:limit], "big") ^ int.from_bytes(other[:limit], "big")
    return limit - (different.bit_length() + 7) // 8


def pack_beside(texts: Iterable[tuple[str, Sequence[str]]]) -> bytes:
    """Texts written beside keys that they resemble: what a text has of its key, and what stands around that.

    In columns, each after its length: how many texts a key has, bytes of the key left out at its beginning and at its
    end, bytes before and after what is kept, and those bytes.
    """
    text: list[bytes] = []
    counts, front, back, before, after = [], [], [], [], []
    for key, own in texts:
        counts.append(len(own))
        written = key.encode("utf-8", "surrogatepass")
        for one in own:
            parts = relate(written, one.encode("utf-8", "surrogatepass"))
            front.append(parts[0])
            back.append(parts[1])
            before.append(len(parts[2]))
            after.append(len(parts[3]))
            text += parts[2:]
    columns = (counts, front, back, before, after)
    return b"".join(sized(pack_varints(column)) for column in columns) + sized(b"".join(text))


def relate(key: bytes, text: bytes) -> tuple[int, int, bytes, bytes]:
    """What of `key` stands in `text`: bytes left out at its two ends, and the bytes of `text` before and after it."""
    place = text.find(key)
    if place >= 0:
        return 0, 0, text[:place], text[place + len(key) :]
    place = key.find(text)
    if place >= 0:
        return place, len(key) - len(text) - place, b"", b""
    first, last = common_length(key, text), common_length(key[::-1], text[::-1])
    if first >= last:
        return 0, len(key) - first, b"", text[first:]
    return len(key) - last, 0, text[: len(text) - last], b""
