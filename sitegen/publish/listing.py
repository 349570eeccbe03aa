"""The files of a build in the order of their paths, as columns: what differs is told without looking at each file.

A line is that of the manifest: the SHA-256 in hexadecimal digits, two spaces and the path.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any, NamedTuple

from sitegen.publish.staging import Written

Stamp = tuple[int, int]
"""By which a file or folder is known again without being read: its time (nanoseconds) and its inode's number.

A file's size counts as well. A folder's time changes whenever a name in it is added, removed or replaced.
"""

UNSURE: Stamp = (0, 0)
"""No stamp of anything that is there."""

PATH_STARTS = 66
AFTER_SLASH = chr(ord("/") + 1)

path_of = itemgetter(slice(PATH_STARTS, None))
"""The path in a line."""


class Entry(NamedTuple):
    """A file where it lies: its size and its stamp are what a look at it shows."""

    file: Written
    stamp: Stamp


def _signed() -> "array[int]":
    return array("q")


def _unsigned() -> "array[int]":
    return array("Q")


@dataclass(frozen=True, slots=True)
class Listing:
    """Files by path. A file stands in the same row of each column."""

    lines: list[str] = field(default_factory=list)
    sizes: "array[int]" = field(default_factory=_signed)
    mtimes: "array[int]" = field(default_factory=_signed)
    inodes: "array[int]" = field(default_factory=_unsigned)

    def __len__(self) -> int:
        return len(self.lines)

    def rows(self) -> Iterator[tuple[str, int, int, int]]:
        """The path, size, time and inode of every file."""
        return zip(map(path_of, self.lines), self.sizes, self.mtimes, self.inodes, strict=True)

    def paths(self) -> list[str]:
        """Of all files, in order."""
        return list(map(path_of, self.lines))

    def get(self, path: str) -> Written | None:
        """The file at this path."""
        entry = self.entry(path)
        return entry.file if entry else None

    def entry(self, path: str) -> Entry | None:
        """The file at this path, with its stamp."""
        row = self._row(path)
        if row is None:
            return None
        return Entry(Written(path, self.lines[row][:64], self.sizes[row]), (self.mtimes[row], self.inodes[row]))

    def names_in(self, folder: str) -> Iterator[tuple[str, int | None]]:
        """What a folder holds, "" being the outermost: names, with the inodes of files, and None for folders."""
        prefix = f"{folder}/" if folder else ""
        row = bisect_left(self.lines, prefix, key=path_of)
        while row < len(self.lines) and self.lines[row].startswith(prefix, PATH_STARTS):
            name, slash, _ = self.lines[row][PATH_STARTS + len(prefix) :].partition("/")
            if slash:
                yield name, None
                row = bisect_left(self.lines, prefix + name + AFTER_SLASH, row, key=path_of)
            else:
                yield name, self.inodes[row]
                row += 1

    def merged(self, entries: Iterable[Entry]) -> "Listing":
        """These files and others of different paths; one at a path of these takes its place."""
        others = sorted(entries)
        cuts: list[tuple[int, int]] = []
        row = 0
        for file, _ in others:
            row = bisect_left(self.lines, file.path, row, key=path_of)
            is_there = row < len(self.lines) and path_of(self.lines[row]) == file.path
            cuts.append((row, row + is_there))
        return Listing(
            _spliced(self.lines, cuts, [f"{file.sha256}  {file.path}" for file, _ in others]),
            _spliced(self.sizes, cuts, [file.size for file, _ in others]),
            _spliced(self.mtimes, cuts, [mtime for _, (mtime, _) in others]),
            _spliced(self.inodes, cuts, [inode for _, (_, inode) in others]),
        )

    def without(self, paths: Set[str]) -> "Listing":
        """These files but those at some paths."""
        rows = sorted(row for path in paths if (row := self._row(path)) is not None)
        cuts = [(row, row + 1) for row in rows]
        columns = (self.lines, self.sizes, self.mtimes, self.inodes)
        return Listing(*(_spliced(column, cuts, []) for column in columns))

    def _row(self, path: str) -> int | None:
        row = bisect_left(self.lines, path, key=path_of)
        return row if row < len(self.lines) and path_of(self.lines[row]) == path else None


def _spliced(column: Any, cuts: Sequence[tuple[int, int]], values: Sequence[object]) -> Any:  # noqa: ANN401 (list or array)
    """A column in which each of these ranges gave way to one value, or to nothing where there are no values."""
    spliced = column[:0]
    start = 0
    for number, (cut, end) in enumerate(cuts):
        spliced += column[start:cut]
        if values:
            spliced.append(values[number])
        start = end
    spliced += column[start:]
    return spliced
