"""What units gave in earlier builds, as the store keeps it, and whether it still stands in the output.

While the output is just what the last build wrote, nobody looks at what single units gave: that they are remembered is
enough. Else each one's files are compared.
"""

import pickle
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Generic, Protocol, TypeVar

from sitegen.model import Line, OutputFile
from sitegen.store import Store, Table

EVERY_TIME = b""
"""The key of all that is made in every build."""

KEY_LENGTH = 16
NUMBER_LENGTH = 4
BUILD = b"of units"
"""Under which, among builds, the name of the one is kept that consists of what is remembered."""


class HasPath(Protocol):
    """What is known of a file that was written: its path, and what its writer knows it by."""

    @property
    def path(self) -> str: ...


Written = TypeVar("Written", bound=HasPath)
Kept_co = TypeVar("Kept_co", covariant=True)


class Output(Protocol[Written, Kept_co]):
    """Where files are written, from any process, and where those of the build before are."""

    @property
    def before(self) -> str:
        """The name of the build before, when the output is just what that wrote; else ""."""

    def write(self, file: OutputFile) -> Written: ...

    def keep_all(self, files: Sequence[Written]) -> bool:
        """Take these files over from the build before; False when it has not all of them just so."""

    def keep_all_but(self, paths: AbstractSet[str]) -> Kept_co:
        """Take over all files of the build before that are as it wrote them, but those at `paths`."""


@dataclass(frozen=True, slots=True)
class Made:
    """What a unit gave: its files, and its lines of others."""

    files: tuple[Any, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Remembered(Generic[Written, Kept_co]):
    """What units gave in earlier builds.

    Attributes:
        keys: of these units.
        is_whole: whether the output consists of what they gave, and of nothing else.
    """

    store: Store
    output: Output[Written, Kept_co]
    keys: frozenset[bytes]
    is_whole: bool

    def has(self, key: bytes) -> bool:
        """Whether the unit with this key need not be made: its files stand as they were written."""
        return key in self.keys and key != EVERY_TIME and (self.is_whole or self.output.keep_all(self.files(key)))

    def files(self, key: bytes) -> tuple[Written, ...]:
        """The files that a unit gave."""
        files: tuple[Written, ...] = pickle.loads(self.store.get(Table.UNITS, key))  # noqa: S301 (our own store)
        return files

    def keep(self, used: AbstractSet[bytes]) -> tuple[list[Written], Kept_co | None]:
        """The files of all these units, each of which this has: one by one, or all at once."""
        if self.is_whole:
            gone = {file.path for key in self.keys - used for file in self.files(key)}
            return [], self.output.keep_all_but(gone)
        return [file for key in used for file in self.files(key)], None

    def replace_lines(self, used: AbstractSet[bytes], fresh: Iterable[tuple[bytes, Made]]) -> Iterator[OutputFile]:
        """Forget all lines but those of `used` and what is fresh; gives the files that consist of these."""
        self.store.drop(Table.LINES, [key for key in self.store.keys(Table.LINES) if _unit_of(key) not in used])
        for key, made in fresh:
            self.store.put(Table.LINES, pack_lines(key, made.lines))
        return files_of_rows(self.store.all(Table.LINES))

    def replace_files(self, used: AbstractSet[bytes], fresh: Iterable[tuple[bytes, Made]]) -> None:
        """Forget all files but those of `used` and what is fresh.

        That is no build until `confirm`: should this one not be published, the output is another.
        """
        self.store.put(Table.BUILDS, [(BUILD, b"")])
        files: defaultdict[bytes, list[Any]] = defaultdict(list)
        for key, made in fresh:
            files[key].extend(made.files)
        self.store.drop(Table.UNITS, self.keys - used)
        self.store.put(Table.UNITS, ((key, pickle.dumps(tuple(own))) for key, own in files.items()))

    def confirm(self, build: str) -> None:
        """Note that a build of this name was published, and consists of what is remembered."""
        self.store.put(Table.BUILDS, [(BUILD, build.encode())])


def recall(store: Store, output: Output[Written, Kept_co]) -> Remembered[Written, Kept_co]:
    """What earlier builds made, and whether the output is that."""
    last = store.all(Table.BUILDS).get(BUILD, b"").decode()
    # Asked first of all: the processes that will be forked share the answer.
    before = output.before
    return Remembered(store, output, store.keys(Table.UNITS), last != "" and last == before)


def pack_lines(unit: bytes, lines: Iterable[Line]) -> Iterator[tuple[bytes, bytes]]:
    """The rows of a unit's lines in the store, whose keys are in the order in which the lines stand in their files."""
    for number, line in enumerate(lines):
        place = f"{line.path}\0{line.key}\0".encode()
        yield place + unit.ljust(KEY_LENGTH, b"\0") + number.to_bytes(NUMBER_LENGTH), line.content


def files_of_rows(rows: Mapping[bytes, bytes]) -> Iterator[OutputFile]:
    """The files that units wrote together, each with its lines in order."""
    placed = sorted((key[: -KEY_LENGTH - NUMBER_LENGTH], content) for key, content in rows.items())
    for path, lines in groupby(placed, lambda row: row[0].partition(b"\0")[0]):
        yield OutputFile(path.decode(), b"".join(content for _, content in lines))


def _unit_of(row: bytes) -> bytes:
    return row[-KEY_LENGTH - NUMBER_LENGTH : -NUMBER_LENGTH]
