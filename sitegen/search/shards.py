"""Cuts the dictionary and its postings into shards: small files that answer for a range of keys each.

A shard changes only when a line in it changes: cuts depend on the keys around them, and nothing in a shard depends on
how many documents there are. The format is written down in static/js/search/shard.js, which reads it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from zlib import crc32

import numpy as np
import orjson
from numpy.typing import NDArray

from sitegen.search.bits import Integers, common_length, pack_fronted, pack_rice, pack_varints, rice_parameters
from sitegen.search.columns import Columns
from sitegen.search.dictionary import Line
from sitegen.search.fields import BOOSTS, Field
from sitegen.search.postings import Coded, Run, code_postings

SMALLEST_TARGET = 8 << 10
MOST_SHARDS = 1400
CUT_CHANCE = 64
LINE_OVERHEAD = 6
HAS_FORMS, HAS_POINTERS, HAS_NAMES, IS_FORM = 1, 2, 4, 8
INLINE_FROM = 32768
INLINE_MOST = 24


@dataclass(frozen=True, slots=True)
class Shard:
    """The lines from `first` on, as bytes.

    Attributes:
        last: the key of its last line.
    """

    first: str
    last: str
    content: bytes


def inlines_lengths(columns: Columns) -> bool:
    """Whether rare terms carry the lengths of their documents, which spares the reader the file of all lengths."""
    return columns.count >= INLINE_FROM


def cut_shards(columns: Columns, lines: Mapping[str, Line]) -> Iterator[Shard]:
    """All shards, in the order of their keys."""
    most_inline = INLINE_MOST if inlines_lengths(columns) else 0
    coded = {field: code_postings(columns, field) for field in BOOSTS}
    packer = _Packer(columns.terms, coded, columns.document_frequencies(), most_inline)
    sizes = sum((one.bits for one in coded.values()), np.zeros(len(columns.terms), np.int64)) // 8
    weights = [
        (key, LINE_OVERHEAD + len(key) + sum(int(sizes[rank]) + LINE_OVERHEAD for rank in line.forms))
        for key, line in lines.items()
    ]
    for keys in _cut(weights):
        yield Shard(keys[0], keys[-1], packer.pack({key: lines[key] for key in keys}))


def _cut(weights: list[tuple[str, int]]) -> Iterator[list[str]]:
    target = _target(sum(weight for _, weight in weights))
    keys: list[str] = []
    size = 0
    for key, weight in weights:
        marked = size >= target // 2 and crc32(key.encode("utf-8", "surrogatepass")) % CUT_CHANCE == 0
        if keys and (marked or size + weight > 2 * target):
            yield keys
            keys, size = [], 0
        keys.append(key)
        size += weight
    if keys:
        yield keys


def _target(total: int) -> int:
    """Bytes a shard: the smallest of 8, 10, 12, 16, 20, 24, 32, ... kB that keeps the number of files in bounds."""
    steps = (SMALLEST_TARGET * (4 + step % 4) // 4 << step // 4 for step in range(64))
    return next(step for step in steps if total <= step * MOST_SHARDS)


@dataclass(frozen=True, slots=True)
class _Packer:
    """Turns lines into a shard's bytes."""

    terms: tuple[str, ...]
    coded: Mapping[Field, Coded]
    frequencies: Integers
    most_inline: int

    def pack(self, lines: Mapping[str, Line]) -> bytes:
        forms = {key: self._forms(key, line) for key, line in lines.items()}
        listed = {key: [self.terms[rank] for rank in ranks if self.terms[rank] != key] for key, ranks in forms.items()}
        ranks = [rank for ranks in forms.values() for rank in ranks]
        header, values, parameters = self._entries(ranks)
        head = (
            pack_varints([len(lines)]),
            pack_fronted(lines),
            bytes(_flags(line, len(line.forms) > len(listed[key]), bool(listed[key])) for key, line in lines.items()),
            _beside(listed),
            _pointers(lines),
            _sized(header),
            _names(lines),
        )
        packed = pack_rice(np.concatenate(values), np.concatenate(parameters)) if ranks else b""
        return b"".join(head) + packed

    def _forms(self, key: str, line: Line) -> list[int]:
        """The ranks of a line's forms, the one that is the key itself first."""
        return sorted(line.forms, key=lambda rank: (self.terms[rank] != key, rank))

    def _entries(self, ranks: list[int]) -> tuple[bytes, list[NDArray[Any]], list[NDArray[Any]]]:
        """The header of each term's postings, and all their numbers with the parameter of each."""
        header: list[int] = []
        values: list[NDArray[Any]] = []
        parameters: list[NDArray[Any]] = []
        for rank in ranks:
            inline = int(self.frequencies[rank]) <= self.most_inline
            parts = [(place, one, one.part(rank)) for place, one in enumerate(self.coded.values()) if one.counts[rank]]
            header.append(sum(1 << place for place, _, _ in parts) | inline << len(self.coded))
            for _, one, part in parts:
                runs = [one.gaps.run(rank), one.frequencies.run(rank)]
                if inline:
                    runs.append(_run_of_lengths(one.lengths[one.documents[part]]))
                header += (part.stop - part.start, *(run.header for run in runs))
                values += (run.values for run in runs)
                parameters += (run.parameters for run in runs)
        return pack_varints(header), values, parameters


def _run_of_lengths(lengths: NDArray[np.uint32]) -> Run:
    values = lengths.astype(np.int64)
    parameter = int(rice_parameters(values, np.array([0, len(values)]))[0])
    return Run(parameter, values, np.full(len(values), parameter))


def _flags(line: Line, is_form: bool, lists_forms: bool) -> int:
    names = HAS_NAMES if line.keys or line.aliases else 0
    pointers = HAS_POINTERS if line.pointers else 0
    return (HAS_FORMS if lists_forms else 0) | pointers | names | (IS_FORM if is_form else 0)


def _beside(texts: Mapping[str, list[str]]) -> bytes:
    """Texts under keys, in columns: how many a key that has any, bytes shared with it, bytes further, those bytes."""
    counts, shared, further, text = [], [], [], bytearray()
    for key, others in texts.items():
        if others:
            counts.append(len(others))
        stem = key.encode("utf-8", "surrogatepass")
        for other in others:
            written = other.encode("utf-8", "surrogatepass")
            shared.append(common_length(stem, written))
            further.append(len(written) - shared[-1])
            text += written[shared[-1] :]
    return b"".join(_sized(pack_varints(column)) for column in (counts, shared, further)) + _sized(bytes(text))


def _pointers(lines: Mapping[str, Line]) -> bytes:
    """For every pointer of every line its frequency, then their keys."""
    frequencies = [line.pointers[key] for line in lines.values() for key in sorted(line.pointers)]
    return _sized(pack_varints(frequencies)) + _beside({key: sorted(line.pointers) for key, line in lines.items()})


def _names(lines: Mapping[str, Line]) -> bytes:
    """For each line that has names, as JSON: keys of names by the place of their field, and aliases."""
    places = {field: place for place, field in enumerate(BOOSTS)}
    named = [
        [[[places[field], keys] for field, keys in line.keys.items()], line.aliases]
        for line in lines.values()
        if line.keys or line.aliases
    ]
    return _sized(orjson.dumps(named))


def _sized(content: bytes) -> bytes:
    return pack_varints([len(content)]) + content
