"""Units -> written files: makes those that no earlier build made, and keeps the files of the others.

What a unit gave is remembered under a key of all that it was made from. Units are independent of one another, and are
made by several processes at once.
"""

import pickle
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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

    def make_all(self, units: Iterable[Unit], output: Output[Written], advance: Callable[[int], None]) -> list[Written]:
        """Write every file of the units; returns all that are there now.

        Args:
            advance: is told each time that so many more units are done.
        """
        known = {key: pickle.loads(made) for key, made in self.store.all(Table.UNITS).items()}  # noqa: S301 (ours)
        task = partial(self.make_batch, output, known)
        kept: dict[bytes, Made] = {}
        missing: list[Unit] = []
        for unit in units:
            key = self.key(unit)
            if (made := known.get(key)) and output.keep_all(made.files):
                kept[key] = made
            else:
                missing.append(unit)
        advance(len(kept))
        every = list(kept.values())
        used = set(kept)
        batches = list(in_batches(missing))
        fresh: list[tuple[bytes, bytes]] = []
        for batch, results in zip(batches, parallel.run(task, batches, self.jobs), strict=True):
            named = [(key, made) for key, made in results if key]
            fresh.extend((key, pickle.dumps(made)) for key, made in named if known.get(key) != made)
            used.update(key for key, _ in named)
            every.extend(made for _, made in results)
            advance(len(batch))
        # Not before: as long as others read the store, writing it might wait for them, and they for that.
        self.store.put(Table.UNITS, fresh)
        self.store.keep_only(Table.UNITS, frozenset(used))
        written = [file for made in every for file in made.files]
        written.extend(map(output.write, files_of_lines(line for made in every for line in made.lines)))
        return written

    def make_batch(
        self, output: Output[Written], known: Mapping[bytes, Made], batch: Sequence[Unit]
    ) -> list[tuple[bytes, Made]]:
        """What each unit gave, and the smaller ones that some gave, by their keys."""
        return [made for unit in batch for made in self.make(unit, output, known)]

    def make(self, unit: Unit, output: Output[Written], known: Mapping[bytes, Made]) -> Iterator[tuple[bytes, Made]]:
        """Write the files of one unit, and of the smaller ones that it gives and that are not known."""
        files, lines = [], []
        for piece in unit.make():
            if isinstance(piece, Line):
                lines.append(piece)
            elif not isinstance(piece, Unit):
                files.append(output.write(self.render(piece) if isinstance(piece, Page) else piece))
            elif (made := known.get(key := self.key(piece))) and output.keep_all(made.files):
                yield key, made
            else:
                yield from self.make(piece, output, known)
        yield self.key(unit), Made(tuple(files), tuple(lines))


def in_batches(units: Sequence[Unit]) -> Iterator[Sequence[Unit]]:
    """`units` in runs that weigh BATCH at least, but for the last."""
    start, weight = 0, 0.0
    for end, unit in enumerate(units, start=1):
        weight += unit.weight
        if weight >= BATCH:
            yield units[start:end]
            start, weight = end, 0.0
    if start < len(units):
        yield units[start:]


def files_of_lines(lines: Iterable[Line]) -> Iterator[OutputFile]:
    """The files that units wrote together, each with its lines in order."""
    files: defaultdict[str, list[tuple[str, bytes]]] = defaultdict(list)
    for line in lines:
        files[line.path].append((line.key, line.content))
    for path in sorted(files):
        yield OutputFile(path, b"".join(content for _, content in sorted(files[path])))
