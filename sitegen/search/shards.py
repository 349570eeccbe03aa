"""Cuts the dictionary and its postings into shards: small files that answer for a range of keys each.

A shard changes only when a line in it changes: cuts depend on the keys around them, and nothing in a shard depends on
how many documents there are. Nor does every new article change the shards of its words: each shard takes up the newest
articles every TURN-th time, another part of all shards at a time, and until then they are in one shard of their own,
the recent one, which travels with the root. The format is written down in static/js/search/shard.js, which reads it.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np

from sitegen.search.columns import FIELDS, Columns
from sitegen.search.dictionary import Dictionary
from sitegen.search.lines import Line, LineReader, pack_lines
from sitegen.search.postings import INLINE_MOST, Languages, Part, bit_lengths, join, pack_postings, take

SMALLEST_TARGET = 6 << 10
MOST_SHARDS = 900
LINE_OVERHEAD = 3
FORM_OVERHEAD = 3
TURN = 8


@dataclass(frozen=True, slots=True)
class Shard:
    """The lines from `first` on, and their postings, as bytes.

    Attributes:
        last: the key of its last line.
    """

    first: str
    last: str
    lines: bytes
    postings: bytes


def cut_shards(
    columns: Columns, dictionary: Dictionary, languages: Languages, with_lengths: bool
) -> tuple[list[Shard], Shard]:
    """All shards in the order of their keys, and the recent one.

    Args:
        with_lengths: whether rare terms carry the lengths of their documents, which spares whoever asks for them the
            file of all lengths.
    """
    reader = LineReader(columns, dictionary, columns.document_frequencies().tolist(), late_documents(columns))
    most_inline = INLINE_MOST if with_lengths else 0
    shards: list[Shard] = []
    recent_lines: list[Line] = []
    recent_parts: list[Part] = []
    late_keys = reader.late_keys(columns.count - TURN)
    for keys in cut_keys(dictionary, weigh_terms(columns)):
        bound = taken_up(columns.count, keys[0])
        ranks = [rank for key in keys for rank in dictionary.forms.get(key, ())]
        before, after = take(columns, ranks).split(bound)
        lines = pack_lines(reader.read(keys, before, range(bound)))
        short = before.totals <= most_inline
        shards.append(Shard(keys[0], keys[-1], lines, pack_postings(before, columns, languages, short)))
        recent_lines += reader.read([key for key in keys if key in late_keys], after, range(bound, columns.count))
        recent_parts.append(after)
    recent = join(recent_parts)
    short = columns.document_frequencies()[np.array(recent.ranks, np.int64)] <= most_inline
    return shards, Shard("", "", pack_lines(recent_lines), pack_postings(recent, columns, languages, short))


def taken_up(count: int, first: str) -> int:
    """How many of the documents the shard that begins with `first` has taken up."""
    # The low bits of the hash say where shards begin.
    return max(count - (count + (key_hash(first) >> 16)) % TURN, 0)


def key_hash(key: str) -> int:
    """A number from 0 to 2**32 - 1 that says nothing."""
    return crc32(key.encode("utf-8", "surrogatepass"))


def late_documents(columns: Columns) -> dict[int, list[int]]:
    """Of each term that articles have which some shard has not taken up, the numbers of those, one for each field."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    places = np.flatnonzero(columns.documents >= max(columns.count - TURN, 0))
    ranks = (np.searchsorted(columns.starts, places, "right") - 1) // FIELDS
    for rank, document in zip(ranks.tolist(), columns.documents[places].tolist(), strict=True):
        found[rank].append(document)
    return dict(found)


def weigh_terms(columns: Columns) -> list[int]:
    """About how many bytes each term's postings take, judged by their number and the last document alone.

    No more than the two highest bits of it, so that one posting more rarely weighs more and moves no cut.
    """
    counts = np.diff(columns.starts)
    has = counts > 0
    lasts = columns.documents[columns.starts[1:][has] - 1].astype(np.int64)
    bits = np.zeros_like(counts)
    bits[has] = counts[has] * (3 + np.maximum(bit_lengths(lasts + 1) - bit_lengths(counts[has]), 0))
    weights = bits.reshape(-1, FIELDS).sum(1) // 8 + FORM_OVERHEAD
    spare = np.maximum(bit_lengths(weights) - 2, 0)
    rounded: list[int] = (weights >> spare << spare).tolist()
    return rounded


def cut_keys(dictionary: Dictionary, weights: Sequence[int]) -> Iterator[list[str]]:
    """The keys of each shard.

    Args:
        weights: bytes that each term takes.
    """
    forms = dictionary.forms
    weighed = [LINE_OVERHEAD + sum(weights[rank] for rank in forms.get(key, ())) for key in dictionary.keys]
    target = _target(sum(weighed))
    keys: list[str] = []
    size = 0
    for key, weight in zip(dictionary.keys, weighed, strict=True):
        # The chance of a cut grows with the weight: cuts come again where they were soon after a line has grown.
        marked = size >= target // 2 and key_hash(key) % target < 4 * weight
        if keys and (marked or size + weight > 2 * target):
            yield keys
            keys, size = [], 0
        keys.append(key)
        size += weight
    if keys:
        yield keys


def _target(total: int) -> int:
    """Bytes a shard: the smallest of 6, 7.5, 9, 10.5, 12, 15, 18, ... kB that keeps the number of files in bounds."""
    steps = (SMALLEST_TARGET * (4 + step % 4) // 4 << step // 4 for step in range(64))
    return next(step for step in steps if total <= step * MOST_SHARDS)
