"""What earlier builds saw of the seeds -> which need not be opened: unchanged by their stamps, and understood."""

import struct
from collections.abc import Collection, Iterable, Iterator, Mapping

from sitegen.seeds import SeedFile

STAMP = struct.Struct("<qqqQ")
KEY_LENGTH = 32


def unchanged(
    files: Iterable[SeedFile], seen: Mapping[bytes, bytes], known: Collection[bytes], version: bytes
) -> Iterator[tuple[str, bytes]]:
    """The path of every seed that is as it was, with the key of what was understood of it.

    Args:
        seen: what `records` gave.
        known: the keys under which anything is kept.
        version: of the rules; what was understood by others does not count.
    """
    for file in files:
        record = seen.get(file.path.encode())
        if record is not None and record[KEY_LENGTH:] == version + _pack(file) and record[:KEY_LENGTH] in known:
            yield file.path, record[:KEY_LENGTH]


def records(files: Iterable[tuple[SeedFile, bytes]], opened: int, version: bytes) -> Iterator[tuple[bytes, bytes]]:
    """What to remember of seeds and the keys of what was understood of them.

    Args:
        opened: from when on (in nanoseconds, by the clock of the file system) they may have changed unseen.
        version: of the rules that understood them.
    """
    return ((file.path.encode(), key + version + _pack(file)) for file, key in files if key and file.is_settled(opened))


def _pack(file: SeedFile) -> bytes:
    return b"".join(STAMP.pack(*stamp) for stamp in file.stamps)
