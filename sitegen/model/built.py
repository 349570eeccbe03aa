"""What came of a build."""

from collections.abc import Mapping
from dataclasses import dataclass

from sitegen.model.ground import Problem, TermKind


@dataclass(frozen=True, slots=True)
class Built:
    """A published site, in numbers, and what should be mended.

    Attributes:
        terms: how many of each kind have a page.
        files, bytes: of the whole site, without its manifest.
        files_written, bytes_written: of what this build wrote; the rest stood there already.
        doubts: what a person should look at first, where that was asked for.
    """

    articles: int
    terms: Mapping[TermKind, int]
    files: int
    bytes: int
    files_written: int
    bytes_written: int
    problems: tuple[Problem, ...]
    doubts: tuple[Problem, ...]
