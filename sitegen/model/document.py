"""A seed's bytes, and the document that they say."""

from dataclasses import dataclass
from typing import NamedTuple

from sitegen.model.ground import EntityType, Precision, SeedFormat, Span

OPENING_PARAGRAPHS = 3
OPENING_LENGTH = 320
"""Characters of a text that an article holds of its opening: more than any list shows."""


class Seed(NamedTuple):
    """Which file an article was read from, without its bytes.

    Attributes:
        path: as a raw seed's.
        size: in bytes.
        correction: the document that a person wrote to correct it, or None.
    """

    path: str
    sha256: str
    size: int
    correction: "Seed | None"


@dataclass(frozen=True, slots=True)
class RawSeed:
    """A seed as it lies on disk.

    Attributes:
        path: relative to the seeds folder, with "/" between parts.
        correction: the document that a person wrote to correct this seed, or None.
    """

    path: str
    content: bytes
    sha256: str
    correction: "RawSeed | None" = None

    @property
    def facts(self) -> Seed:
        """The seed without its bytes."""
        correction = self.correction.facts if self.correction else None
        return Seed(self.path, self.sha256, len(self.content), correction)


@dataclass(frozen=True, slots=True)
class Dating:
    """A date as far as it is known, and how it is known.

    Attributes:
        date: "2024-03-20", "2024-03" or "2024", by precision.
        confidence: 0 to 1.
        method: the rule: "stated" (a person said so in the front matter), "text" (found in the prose), or "archive"
            (day and month from the prose, the year from the dated articles of the same source).
        evidence: where the text supports it; None when stated.
        signs: what spoke for it, strongest first, as understanding names its signs.
    """

    date: str
    precision: Precision
    confidence: float
    method: str
    evidence: Span | None
    signs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StatedEntity:
    """An entity that a document's front matter names; type None leaves the type to us."""

    name: str
    type: EntityType | None


@dataclass(frozen=True, slots=True)
class Stated:
    """What a document says of itself. None: it is silent. An empty tuple: it says there is none."""

    id: str | None = None
    slug: str | None = None
    title: str | None = None
    description: str | None = None
    date: Dating | None = None
    language: str | None = None
    source: str | None = None
    source_url: str | None = None
    dateline: str | None = None
    byline: tuple[str, ...] | None = None
    attribution: tuple[str, ...] | None = None
    tags: tuple[str, ...] | None = None
    entities: tuple[StatedEntity, ...] | None = None
    licence: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A seed in the one intermediate form: what it says, and where its body lies.

    Attributes:
        seed: the seed whose bytes are published.
        format: of `text`: a correction of a plain-text seed is Markdown.
        encoding: Python's name for the encoding `text` was decoded with, and how sure that is (0 to 1).
        text: the decoded text that every offset counts in: the seed's, or its correction's when there is one.
        prose: `text` with markup, front matter and characters that are no prose replaced by as many spaces,
            so that offsets agree; what understanding reads.
        title, source, byline: where the form says them, or None (the front matter, or nothing, says them).
        body: the stretch of `text` that is the article's body.
        paragraphs: the stretches of `prose` that are headings, paragraphs or list items, in order, within `body`.
    """

    seed: RawSeed
    format: SeedFormat
    encoding: str
    encoding_confidence: float
    text: str
    prose: str
    stated: Stated
    title: Span | None
    source: Span | None
    byline: Span | None
    body: Span
    paragraphs: tuple[Span, ...]

    @property
    def opening(self) -> str:
        """The first OPENING_LENGTH characters of the first paragraphs, on one line."""
        first = (self.prose[start:end] for start, end in self.paragraphs[:OPENING_PARAGRAPHS])
        return " ".join(" ".join(first).split())[:OPENING_LENGTH]
