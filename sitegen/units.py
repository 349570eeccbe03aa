"""Units -> written files: makes those that no earlier build made, and keeps the files of the others.

What a unit gave is remembered under a key of all that it was made from. Units are independent of one another, and are
made by several processes at once.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b

from sitegen import parallel
from sitegen.model import Line, OutputFile, Page, Unit
from sitegen.remembered import EVERY_TIME, KEY_LENGTH, Kept_co, Made, Output, Remembered, Written

BATCH = 200.0
"""How much work is handed to a process at once, in pages of articles."""


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes units.

    Attributes:
        render: makes the file of a page.
        version: what pages of these templates owe to the templates, the settings and our own rules.
        compile: makes templates ready, so that no process need do it for itself.
        jobs: how many processes may work at once.
    """

    render: Callable[[Page], OutputFile]
    version: Callable[[tuple[str, ...]], bytes]
    compile: Callable[[Set[str]], None]
    jobs: int

    def key(self, unit: Unit) -> bytes:
        """Under which what a unit gave is remembered."""
        if not unit.shows:
            return EVERY_TIME
        return blake2b(self.version(unit.templates) + unit.shows, digest_size=KEY_LENGTH).digest()

    def make_all(
        self, units: Iterable[Unit], remembered: Remembered[Written, Kept_co], advance: Callable[[int], None]
    ) -> tuple[list[Written], Kept_co | None]:
        """Write every file of the units; returns all that are there now, and remembers them.

        Files that stand there already may all be given at once, as the output gave them.

        Args:
            advance: is told each time that so many more units are done.
        """
        used: set[bytes] = set()
        missing: list[Unit] = []
        for unit in units:
            if remembered.has(key := self.key(unit)):
                used.add(key)
            else:
                missing.append(unit)
        advance(len(used))
        self.compile({template for unit in missing for template in unit.templates})
        fresh: list[tuple[bytes, Made]] = []
        batches = list(in_batches(missing))
        task = partial(self.make_batch, remembered)
        for batch, results in zip(batches, parallel.run(task, batches, self.jobs), strict=True):
            fresh.extend(results)
            advance(len(batch))
        # Not before: as long as others read the store, writing it might wait for them, and they for that.
        together = tuple(map(remembered.output.write, remembered.replace_lines(used, fresh)))
        fresh.append((EVERY_TIME, Made(together, ())))
        written, kept = remembered.keep(used)
        written += [file for _, made in fresh for file in made.files]
        remembered.replace_files(used, fresh)
        return written, kept

    def make_batch(self, remembered: Remembered[Written, Kept_co], batch: Sequence[Unit]) -> list[tuple[bytes, Made]]:
        """What each unit gave, by their keys."""
        return [(self.key(unit), self.make(unit, remembered.output)) for unit in batch]

    def make(self, unit: Unit, output: Output[Written, Kept_co]) -> Made:
        """Write the files of one unit."""
        files, lines = [], []
        for piece in unit.make():
            if isinstance(piece, Line):
                lines.append(piece)
            else:
                files.append(output.write(self.render(piece) if isinstance(piece, Page) else piece))
        return Made(tuple(files), tuple(lines))


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
