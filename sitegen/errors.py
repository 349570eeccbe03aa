"""What can go wrong and whose it is to mend.

SitegenError
├── InputError     seeds, settings or corrections must be mended; carries Problems; exit status 1
└── PublishError   the output folder cannot be written or is in use; exit status 1
"""

from collections.abc import Iterable

from sitegen.model import Problem


class SitegenError(Exception):
    """Base of every error that a person, not a programmer, can mend."""


class InputError(SitegenError):
    """The input must be mended before anything is published.

    Args:
        problems: everything found, not only the first; shown sorted.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))


class PublishError(SitegenError):
    """The built site could not be put in place; what was there before is whole."""
