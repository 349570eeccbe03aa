"""Cuts the dictionary and its postings into shards: small files that answer for a range of keys each.

A shard changes only when a line in it changes: cuts depend on the keys around them, and nothing in a shard depends on
how many documents there are. Nor does every new article change the shards of its words: each shard takes up the newest
articles every TURN-th time, another part of all shards at a time, and until then they are in one shard of their own,
the recent one, which travels with the root. The format is written down in static/js/search/shard.js, which reads it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from zlib import crc32

import numpy as np
import orjson

from sitegen.search.bits import run_starts
from sitegen.search.columns import FIELDS, Columns, Integers
from sitegen.search.dictionary import Dictionary
from sitegen.search.lines import Line, LineReader, line_reader, pack_lines
from sitegen.search.numbering import INLINE_MOST, Languages, Numbered, Numberer, join, take
from sitegen.search.postings import bit_lengths, pack_postings

SMALLEST_TARGET = 6 << 10
MOST_SHARDS = 900
LINE_OVERHEAD = 3
FORM_OVERHEAD = 3
TURN = 8


@dataclass(frozen=True, slots=True)
class Shard:
    """What a shard is made from.

    Attributes:
        lines: numbers of the dictionary's lines.
        bound: how many of the documents it has taken up.
    """

    lines: range
    bound: int


@dataclass(frozen=True, slots=True)
class Contents:
    """What stands in a shard."""

    lines: Sequence[Line]
    postings: Numbered

    def digest(self) -> bytes:
        """Differs where the bytes do."""
        return blake2b(orjson.dumps(self.lines, default=tuple) + self.postings.digest(), digest_size=16).digest()

    def pack(self) -> tuple[bytes, bytes]:
        """The lines and the postings as bytes."""
        return pack_lines(self.lines), pack_postings(self.postings)


@dataclass(frozen=True, slots=True)
class ShardedIndex:
    """All shards of an index.

    Attributes:
        columns: in the order of the dictionary.
        shards: in the order of their keys.
    """

    columns: Columns
    dictionary: Dictionary
    reader: LineReader
    numberer: Numberer
    shards: Sequence[Shard]

    def read(self, shard: Shard) -> Contents:
        """What stands in a shard."""
        before, _ = take(self.columns, self._places(shard)).split(shard.bound)
        totals = before.counts.reshape(-1, FIELDS).sum(1)
        return Contents(self.reader.read(shard.lines, range(shard.bound)), self.numberer.number(before, totals))

    def read_recent(self) -> Contents:
        """What stands in the recent shard: what the others have not taken up."""
        count, keys = self.columns.count, self.dictionary.keys
        lines: list[Line] = []
        for shard in self.shards:
            late = [number for number in shard.lines if keys[number] in self.reader.late_keys]
            lines += self.reader.read(late, range(shard.bound, count))
        recent = join([take(self.columns, self._places(shard)).split(shard.bound)[1] for shard in self.shards])
        return Contents(lines, self.numberer.number(recent, self.columns.document_frequencies()[recent.places]))

    def separators(self) -> list[str]:
        """For each shard, the shortest text that sorts after the shard before it and not after its first key."""
        keys = self.dictionary.keys
        cuts = [(keys[shard.lines.start - 1], keys[shard.lines.start]) for shard in self.shards[1:]]
        return ["", *(_separator(before, first) for before, first in cuts)] if self.shards else []

    def _places(self, shard: Shard) -> range:
        """The terms of a shard."""
        return range(self.dictionary.starts[shard.lines.start], self.dictionary.starts[shard.lines.stop])


def cut_shards(columns: Columns, dictionary: Dictionary, languages: Languages, with_lengths: bool) -> ShardedIndex:
    """The shards of an index.

    Args:
        columns: in the order of the dictionary.
        with_lengths: whether rare terms carry the lengths of their documents, which spares whoever asks for them the
            file of all lengths.
    """
    numberer = Numberer(languages, np.stack(list(columns.lengths.values())), INLINE_MOST if with_lengths else 0)
    shards = [
        Shard(lines, taken_up(columns.count, dictionary.keys[lines.start]))
        for lines in cut_keys(dictionary, weigh_lines(columns, dictionary.starts))
    ]
    return ShardedIndex(columns, dictionary, line_reader(columns, dictionary, columns.count - TURN), numberer, shards)


def _separator(before: str, first: str) -> str:
    """The shortest text that begins `first` and not `before`, the key before it."""
    same = next((place for place, char in enumerate(first) if before[place : place + 1] != char), len(first))
    return first[: same + 1]


def taken_up(count: int, first: str) -> int:
    """How many of the documents the shard that begins with `first` has taken up."""
    # The low bits of the hash say where shards begin.
    return max(count - (count + (key_hash(first) >> 16)) % TURN, 0)


def key_hash(key: str) -> int:
    """A number from 0 to 2**32 - 1 that says nothing."""
    return crc32(key.encode("utf-8", "surrogatepass"))


def weigh_lines(columns: Columns, starts: Sequence[int]) -> list[int]:
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
    weighed: list[int] = (np.diff(sums) + LINE_OVERHEAD).tolist()
    return weighed


def cut_keys(dictionary: Dictionary, weights: Sequence[int]) -> Iterator[range]:
    """The lines of each shard.

    Args:
        weights: bytes that each line takes.
    """
    target = _target(sum(weights))
    first = size = 0
    for number, (key, weight) in enumerate(zip(dictionary.keys, weights, strict=True)):
        # The chance of a cut grows with the weight: cuts come again where they were soon after a line has grown.
        marked = size >= target // 2 and key_hash(key) % target < 4 * weight
        if number > first and (marked or size + weight > 2 * target):
            yield range(first, number)
            first, size = number, 0
        size += weight
    if dictionary.keys:
        yield range(first, len(dictionary.keys))


def _target(total: int) -> int:
    """Bytes a shard: the smallest of 6, 7.5, 9, 10.5, 12, 15, 18, ... kB that keeps the number of files in bounds."""
    steps = (SMALLEST_TARGET * (4 + step % 4) // 4 << step // 4 for step in range(64))
    return next(step for step in steps if total <= step * MOST_SHARDS)
