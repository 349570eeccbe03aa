"""What a run of the program is asked for, and who is told how it goes."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


class Observer(Protocol):
    """Is told which stage begins, of how many steps, and of each step done."""

    def begin(self, stage: str, steps: int) -> None: ...

    def advance(self, steps: int = 1) -> None: ...


@dataclass(frozen=True, slots=True)
class Options:
    """What one run of the program was asked for.

    Attributes:
        cache: where the store lies; None builds from nothing and remembers nothing.
        base_url: in place of the settings'; None leaves them as they are.
        jobs: how many processes may work at once.
        strict: whether problems that are more than notes keep the site from being published.
        review: whether to look for what a person should look at first.
    """

    seeds: Path
    output: Path
    cache: Path | None
    base_url: str | None
    jobs: int
    strict: bool
    review: bool = False
