"""Whether anything has changed since the last build, told at a glance: no file is opened, and no stage is loaded.

Compared are the names, sizes, times and inodes of all files that a build is made from, and the times and inodes of the
folders that it made: a file that was added to the output, taken from it or replaced is noticed, one that was edited in
place when the next change is built. Where a link leads, this cannot tell, and a build with one among its files is done.
"""

import os
import pickle
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from sitegen.model import Built, Severity
from sitegen.options import Options
from sitegen.resources import PACKAGE, shipped_folder
from sitegen.store import Store, Table

MARGIN = 2_000_000_000
"""Nanoseconds. What was changed so shortly before a build looked may be changed again and show the same time."""

MADE_BY_PYTHON = "__pycache__"


class Glance(NamedTuple):
    """What a look at files saw, and when the latest of them was changed, in nanoseconds of the file system's clock."""

    digest: bytes
    latest: int


@dataclass(frozen=True, slots=True)
class Remembered:
    """The last build into an output folder.

    Attributes:
        inputs: the digest of what it was made from.
        folders: of the output, with line breaks between them.
        output: the digest of these folders.
    """

    inputs: bytes
    folders: str
    output: bytes
    built: Built


class LastBuild:
    """The last build with these options into this output folder, and what is there now.

    Args:
        options: of the build that is asked for.
        store: where the last one is remembered.
    """

    def __init__(self, options: Options, store: Store) -> None:
        """Look at what a build would be made from, before anything of it is read."""
        self._options = options
        self._store = store
        self._key = blake2b(os.fsencode(options.output.resolve()), digest_size=16).digest()
        self._inputs = _glance_at_inputs(options) if store.opened else None

    def recall(self) -> Built | None:
        """What the last build gave, when this one would give the same; None when it must be done."""
        if self._options.review or not self._inputs:
            return None
        try:
            last: Remembered = pickle.loads(self._store.get(Table.BUILDS, self._key))  # noqa: S301 (our own store)
        except KeyError:
            return None
        same = last.inputs == self._inputs.digest and last.output == _glance_at_folders(
            self._options.output, last.folders
        )
        grave = any(problem.severity is not Severity.NOTE for problem in last.built.problems)
        if not same or (grave and self._options.strict):
            return None
        return replace(last.built, files_written=0, bytes_written=0)

    def remember(self, built: Built, folders: Mapping[str, tuple[int, int]]) -> None:
        """Note what was built; nothing when it may have been made from something else than was looked at.

        Args:
            folders: the times (nanoseconds) and inodes of the output folder, as "", and of every folder in it.
        """
        if not self._inputs or self._inputs.latest + MARGIN >= self._store.opened or self._store.problems:
            return
        remembered = Remembered(self._inputs.digest, "\n".join(folders), _digest(folders.values()), built)
        rows = [(self._key, pickle.dumps(remembered))]
        self._store.put(Table.BUILDS, rows)


def _glance_at_inputs(options: Options) -> Glance | None:
    """What the site would be made from: seeds, what lies beside them, and this program; None where that is unclear."""
    seen = blake2b(repr((sys.version, options.base_url, _libraries())).encode(), digest_size=16)
    latest = 0
    try:
        for folder in (options.seeds, PACKAGE, shipped_folder("templates"), shipped_folder("static")):
            for line, changed in _files_below(os.fsencode(folder)):
                seen.update(line)
                latest = max(latest, changed)
    except (OSError, _UnclearError):
        return None
    return Glance(seen.digest(), latest)


class _UnclearError(Exception):
    """There is something that names and times do not tell."""


def _files_below(folder: bytes) -> Iterator[tuple[bytes, int]]:
    """For every file below a folder all that is compared of it, and when it was changed."""
    with os.scandir(folder) as listing:
        entries = sorted(listing, key=lambda entry: entry.name)
    for entry in entries:
        if entry.is_symlink():
            raise _UnclearError
        if not entry.is_dir():
            status = entry.stat()
            changed = max(status.st_mtime_ns, status.st_ctime_ns)
            stamp = b"%s\0%d %d %d %d\n" % (entry.path, status.st_size, status.st_mtime_ns, changed, status.st_ino)
            yield stamp, changed
        elif entry.name != MADE_BY_PYTHON.encode():
            yield from _files_below(entry.path)


def _libraries() -> list[str]:
    """The installed libraries with their versions, as their folders are named."""
    places = (place for place in sys.path if place.endswith("-packages"))
    return sorted(name for place in places for name in _names_in(place) if name.endswith(".dist-info"))


def _names_in(folder: str) -> list[str]:
    return os.listdir(folder) if os.path.isdir(folder) else []  # noqa: PTH112, PTH208 (names are all that is wanted)


def _glance_at_folders(output: Path, folders: str) -> bytes:
    """The digest of the times and inodes of these folders; b"" when one of them is missing."""
    root = f"{output}/"
    try:
        statuses = [os.lstat(root + folder) for folder in folders.split("\n")]
    except OSError:
        return b""
    return _digest((status.st_mtime_ns, status.st_ino) for status in statuses)


def _digest(stamps: Iterable[tuple[int, int]]) -> bytes:
    return blake2b("".join(f"{mtime} {inode}\n" for mtime, inode in stamps).encode(), digest_size=16).digest()
