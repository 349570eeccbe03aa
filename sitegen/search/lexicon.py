"""Cuts the archive's words, spelled backwards, into blocks: what queries that begin with a wildcard look through."""

from collections.abc import Iterable, Iterator, Sequence
from zlib import crc32

from sitegen.search.bits import pack_fronted, pack_varints
from sitegen.search.vocabulary import utf16_sorted

SMALLEST_BLOCK = 2000
CUT_CHANCE = 1000
BIGGEST_BLOCK = 6000


def cut_reversed(keys: Iterable[str]) -> Iterator[list[str]]:
    """Blocks of reversed keys in UTF-16 order; cuts depend on the keys around them."""
    every = utf16_sorted([key[::-1] for key in keys])
    first = 0
    while first < len(every):
        places = range(first + SMALLEST_BLOCK, min(first + BIGGEST_BLOCK, len(every)))
        ends = (place for place in places if crc32(every[place].encode("utf-8", "surrogatepass")) % CUT_CHANCE == 0)
        end = next(ends, min(first + BIGGEST_BLOCK, len(every)))
        yield every[first:end]
        first = end


def pack_block(block: Sequence[str]) -> tuple[bytes]:
    """A block as bytes."""
    return (pack_varints([len(block)]) + pack_fronted(block),)
