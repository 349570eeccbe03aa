"""Names the files of the index by what they are made from, so that those that stand already need not be made again.

A file begins with its name and its length: what tells the browser that it is the one that was asked for, and whole.
"""

import zlib
from collections.abc import Callable, Iterator
from functools import partial
from hashlib import blake2b

from sitegen.model import OutputFile, Unit
from sitegen.search.bits import pack_varints

FOLDER = "search"
FORMAT = 3
"""Goes up when the same would be written otherwise, so that no browser takes what it kept for what is published."""
NAME_BYTES = 5
WEIGHT = 1
"""How much work a file is, in pages of articles."""
GZIP = 16 + zlib.MAX_WBITS


class Files:
    """The files of an index, each once."""

    def __init__(self) -> None:
        self._units: dict[str, Unit] = {}

    def add(self, made_from: bytes, make: Callable[[], tuple[bytes, ...]]) -> str:
        """The name of a file.

        Args:
            made_from: differs where the file does.
            make: gives its parts.
        """
        name = blake2b(b"%d " % FORMAT + made_from, digest_size=NAME_BYTES).hexdigest()
        shows = f"{name} {zlib.ZLIB_RUNTIME_VERSION}".encode()
        self._units[name] = Unit(shows, WEIGHT, (), partial(_make_file, name, make))
        return name

    def add_content(self, content: bytes) -> str:
        """The name of a file of this content."""
        return self.add(content, lambda: (content,))

    def units(self) -> Iterator[Unit]:
        """What makes the files."""
        yield from self._units.values()


def _make_file(name: str, make: Callable[[], tuple[bytes, ...]]) -> tuple[OutputFile]:
    parts = make()
    head = bytes.fromhex(name) + pack_varints([sum(map(len, parts))])
    return (OutputFile(f"{FOLDER}/{name}.bin", pack_gzip(head + parts[0], *parts[1:])),)


def pack_gzip(*parts: bytes) -> bytes:
    """Parts of one file in gzip's form; each begins a block of its own, for texts and numbers are coded differently."""
    compressor = zlib.compressobj(9, zlib.DEFLATED, GZIP)
    packed = [compressor.compress(part) + compressor.flush(zlib.Z_BLOCK) for part in parts[:-1]]
    return b"".join((*packed, compressor.compress(parts[-1]), compressor.flush()))
