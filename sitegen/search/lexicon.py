"""Cuts the archive's words, spelled backwards, into blocks: what queries that begin with a wildcard look through."""

from collections.abc import Iterable, Iterator
from zlib import crc32

from sitegen.search.bits import pack_fronted, pack_varints
from sitegen.search.columns import utf16_order

SMALLEST_BLOCK = 2000
CUT_CHANCE = 1000
BIGGEST_BLOCK = 6000


def reverse_key(key: str) -> str:
    """`key` from its end to its beginning, by characters."""
    return key[::-1]


def cut_reversed(keys: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """Blocks of reversed keys in UTF-16 order, each with the first key in it; cuts depend on the keys around them."""
    block: list[str] = []
    for key in sorted(map(reverse_key, keys), key=utf16_order):
        marked = len(block) >= SMALLEST_BLOCK and crc32(key.encode("utf-8", "surrogatepass")) % CUT_CHANCE == 0
        if marked or len(block) >= BIGGEST_BLOCK:
            yield block[0], _pack(block)
            block = []
        block.append(key)
    if block:
        yield block[0], _pack(block)


def _pack(block: list[str]) -> bytes:
    return pack_varints([len(block)]) + pack_fronted(block)
