"""Units -> written files: makes those that no earlier build made, and keeps the files of the others.

What a unit gave is remembered under a key of all that it was made from. Units are independent of one another, and are
made by several processes at once.
"""

import pickle
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b
from typing import Any, Protocol, TypeVar

from sitegen import parallel
from sitegen.model import Line, OutputFile, Page, Unit
from sitegen.store import Store, Table

BATCH = 200.0
"""How much work is handed to a process at once, in pages of articles."""


Written = TypeVar("Written")
"""What is known of a file that was written: its path, its bytes' digest."""


class Output(Protocol[Written]):
    """Where files are written, from any process, and where those of the build before are."""

    def write(self, file: OutputFile) -> Written: ...

    def keep_all(self, files: Sequence[Written]) -> bool:
        """Take these files over from the build before; False when it has not all of them just so."""


@dataclass(frozen=True, slots=True)
class Made:
    """What a unit gave: its files, and its lines of others."""

    files: tuple[Any, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes units.

    Attributes:
        render: makes the file of a page.
        version: what pages of these templates owe to the templates, the settings and our own rules.
        store: where what units gave is remembered.
        jobs: how many processes may work at once.
    """

    render: Callable[[Page], OutputFile]
    version: Callable[[tuple[str, ...]], bytes]
    store: Store
    jobs: int

    def key(self, unit: Unit) -> bytes:
        """Under which what a unit gave is remembered; b"" for what is made in every build."""
        if not unit.shows:
            return b""
        return blake2b(self.version(unit.templates) + unit.shows, digest_size=16).digest()

    def make_all(
        self, units: Iterable[Unit], output: Output[Written], advance: Callable[[int], None]
    ) -> list[Written]:
        """Write every file of the units; returns all that are there now.

        Args:
            advance: is told each time that so many more units are done.
        """
        known = self.store.all(Table.UNITS)
        used: set[bytes] = set()
        written: list[Written] = []
        lines: list[Line] = []
        missing: list[tuple[bytes, Unit]] = []
        for unit in units:
            key = self.key(unit)
            made = pickle.loads(known[key]) if key in known else None  # noqa: S301 (our own store)
            if made and output.keep_all(made.files):
                used.add(key)
                written.extend(made.files)
                lines.extend(made.lines)
            else:
                missing.append((key, unit))
        advance(len(used))
        batches = list(in_batches(missing))
        for batch, results in zip(
            batches, parallel.run(partial(self.make_batch, output), batches, self.jobs), strict=True
        ):
            fresh = []
            for (key, _), (files, own_lines) in zip(batch, results, strict=True):
                written.extend(files)
                lines.extend(own_lines)
                if key:
                    fresh.append((key, pickle.dumps(Made(tuple(files), own_lines))))
            self.store.put(Table.UNITS, fresh)
            used.update(key for key, _ in fresh)
            advance(len(batch))
        self.store.keep_only(Table.UNITS, frozenset(used))
        written.extend(map(output.write, files_of_lines(lines)))
        return written

    def make_batch(
        self, output: Output[Written], batch: Sequence[tuple[bytes, Unit]]
    ) -> list[tuple[list[Written], tuple[Line, ...]]]:
        """For each unit the files that were written and the lines that were not."""
        return [self.make(unit, output) for _, unit in batch]

    def make(self, unit: Unit, output: Output[Written]) -> tuple[list[Written], tuple[Line, ...]]:
        """Write the files of one unit."""
        files, lines = [], []
        for piece in unit.make():
            if isinstance(piece, Line):
                lines.append(piece)
            else:
                files.append(output.write(self.render(piece) if isinstance(piece, Page) else piece))
        return files, tuple(lines)


def in_batches(things: Sequence[tuple[bytes, Unit]]) -> Iterator[Sequence[tuple[bytes, Unit]]]:
    """`things` in runs that weigh BATCH at least, but for the last."""
    start, weight = 0, 0.0
    for end, (_, unit) in enumerate(things, start=1):
        weight += unit.weight
        if weight >= BATCH:
            yield things[start:end]
            start, weight = end, 0.0
    if start < len(things):
        yield things[start:]


def files_of_lines(lines: Iterable[Line]) -> Iterator[OutputFile]:
    """The files that units wrote together, each with its lines in order."""
    files: defaultdict[str, list[tuple[str, bytes]]] = defaultdict(list)
    for line in lines:
        files[line.path].append((line.key, line.content))
    for path in sorted(files):
        yield OutputFile(path, b"".join(content for _, content in sorted(files[path])))
