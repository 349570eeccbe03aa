"""What every value is made of: addresses, kinds, stretches of text, and problems."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, NewType

Url = NewType("Url", str)
"""An address within the site, from its root: begins with "/", and ends with "/" or a file name."""

Slug = NewType("Slug", str)
"""Lower-case ASCII letters, digits and hyphens."""

ArticleId = NewType("ArticleId", str)
"""Ten characters that name an article for ever."""


class Severity(StrEnum):
    NOTE = "note"
    WARNING = "warning"
    ERROR = "error"


class SeedFormat(StrEnum):
    TEXT = "text"
    MARKDOWN = "markdown"


class Precision(StrEnum):
    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class EntityType(StrEnum):
    PERSON = "person"
    ORGANIZATION = "organization"
    PLACE = "place"
    EVENT = "event"


class TermKind(StrEnum):
    TAG = "tag"
    PERSON = "person"
    ORGANIZATION = "organization"
    PLACE = "place"
    EVENT = "event"
    SOURCE = "source"
    LANGUAGE = "language"


ENTITY_KINDS = tuple(TermKind(kind.value) for kind in EntityType)
"""The kinds of terms that are entities; the search index keeps them as bits, in this order."""

UNKNOWN_LANGUAGE = "und"
"""BCP 47's code where no language is known."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something a person should mend.

    Attributes:
        path: the file at fault, as the person knows it.
        line: counted from 1; 0 when no line is to blame.
        field: the key or part at fault, or "".
        message: what is wrong, with the value, and the remedy.
    """

    path: str
    line: int
    field: str
    message: str
    severity: Severity = Severity.WARNING

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        return ": ".join(part for part in (place, self.field, self.message) if part)


class Span(NamedTuple):
    """A stretch of a seed's decoded text, end excluded."""

    start: int
    end: int
