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

LEAST_BATCH, MOST_BATCH = 50.0, 200.0
"""How much work is handed to a process at once, in pages of articles."""
BATCHES_A_PROCESS = 8
"""How many batches there are at least for each process, if they are not the least."""


@dataclass(frozen=True, slots=True)
class Makings:
    """What came of units.

    Attributes:
        used: the keys of those that earlier builds made.
        fresh: what the others gave, by their keys.
    """

    used: frozenset[bytes]
    fresh: tuple[tuple[bytes, Made], ...]


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
        self,
        units: Iterable[Unit],
        remembered: Remembered[Written, Kept_co],
        advance: Callable[[int], None] = lambda _: None,
    ) -> Makings:
        """Write every file of those units that no earlier build made.

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
        if templates := {template for unit in missing for template in unit.templates}:
            self.compile(templates)
        fresh: list[tuple[bytes, Made]] = []
        batches = list(in_batches(missing, self.jobs))
        task = partial(self.make_batch, remembered)
        for batch, results in zip(batches, parallel.run(task, batches, self.jobs, here=True), strict=True):
            fresh.extend(results)
            advance(len(batch))
        return Makings(frozenset(used), tuple(fresh))

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


def in_batches(units: Sequence[Unit], jobs: int) -> Iterator[Sequence[Unit]]:
    """`units` in runs that weigh about the same, but for the last; few enough, and enough for `jobs` processes."""
    least = sum(unit.weight for unit in units) / (jobs * BATCHES_A_PROCESS)
    least = max(LEAST_BATCH, min(least, MOST_BATCH))
    start, weight = 0, 0.0
    for end, unit in enumerate(units, start=1):
        weight += unit.weight
        if weight >= least:
            yield units[start:end]
            start, weight = end, 0.0
    if start < len(units):
        yield units[start:]


def keep_all(
    remembered: Remembered[Written, Kept_co], makings: Sequence[Makings]
) -> tuple[list[Written], Kept_co | None]:
    """Remember what all units gave, while no other process reads the store; returns all files that are there now.

    Files that stand there already may all be given at once, as the output gave them.
    """
    used = frozenset[bytes]().union(*(making.used for making in makings))
    fresh = [given for making in makings for given in making.fresh]
    together = tuple(map(remembered.output.write, remembered.replace_lines(used, fresh)))
    fresh.append((EVERY_TIME, Made(together, ())))
    written, kept = remembered.keep(used)
    written += [file for _, made in fresh for file in made.files]
    remembered.replace_files(used, fresh)
    return written, kept
