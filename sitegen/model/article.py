"""The article that we believe in.

An article holds facts, which are small; the text that they were found in is opened when something of it is shown.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol, Self

from sitegen.model.document import Dating, Document, Seed
from sitegen.model.ground import ArticleId, EntityType, Slug, Span


@dataclass(frozen=True, slots=True)
class Yearless:
    """A day and month that the text states as that of its publication, without the year.

    Attributes:
        weekday: 0 (Monday) to 6 as written, or -1.
        confidence: 0 to 1, that the article was published on that day of some year.
        latest_year: the latest that the text names, or 0.
        signs: as a dating's.
    """

    month: int
    day: int
    weekday: int
    confidence: float
    latest_year: int
    evidence: Span
    signs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Language:
    """A BCP 47 code ("und" when unknown), a confidence from 0 to 1, and the rule: "stated" or "text"."""

    code: str
    confidence: float
    method: str


@dataclass(frozen=True, slots=True)
class Citation:
    """A publisher or a cited medium as an article names it.

    Attributes:
        span: where; None when the front matter states it.
        rule: what showed it: "stated", "head" (the line below the headline), or a rule of understand/attribution.py.
        confidence: 0 to 1.
    """

    name: str
    domain: str | None
    span: Span | None
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Dateline:
    """The place an article was filed from, as written.

    Attributes:
        rule: "stated", "known place" or "shape" (it stands as places do, and nobody knows the name).
        confidence: 0 to 1.
    """

    text: str
    span: Span | None
    rule: str
    confidence: float


class Mention(NamedTuple):
    """A stretch of an article's text that names an entity.

    Attributes:
        span: where.
        name: the longest name for it that the article's own text settles on ("Putin" -> "Vladimir Putin").
        type: what it seems to be.
        key: the authority's id when the name is known there, else "".
        confidence: 0 to 1.
        rule: the rule that found it: "gazetteer", "cue", "tagger", "alias", "acronym", "stated".
    """

    span: Span
    name: str
    type: EntityType
    key: str
    confidence: float
    rule: str


@dataclass(frozen=True, slots=True)
class Text:
    """What is large of an article, and needed only where its text is shown.

    Attributes:
        body: as safe HTML. Paragraph n (from 1) has id="pN"; mention k is <a data-mention="k">…</a>.
    """

    document: Document
    body: str

    def read(self) -> Self:
        """This text: it is at hand."""
        return self


class Readable(Protocol):
    """A text at hand, or one that lies in the store."""

    def read(self) -> Text: ...


@dataclass(frozen=True, slots=True)
class Article:
    """What we believe about a document, before the archive has its say.

    Attributes:
        encoding_confidence: the document's.
        slug: the words of its address: what the document states, or of the title.
        tags: what the document states, as there.
        title: "" when the seed has none.
        yearless: a day for which the archive may know the year; None where the text says enough or nothing.
        surfaces: the words of each mention as they are written, on one line.
        keywords: candidates for tags with their weight in this article, strongest first.
        words: how many words the body has.
        fingerprint: what near-copies have in common (see understand/fingerprint.py).
        opening: the document's.
        text: the document and the body; reading it may mean to fetch it from the disk, the other attributes do not.
    """

    id: ArticleId
    seed: Seed
    encoding_confidence: float
    slug: Slug
    title: str
    language: Language
    source: Citation | None
    published: Dating | None
    yearless: Yearless | None
    dateline: Dateline | None
    byline: tuple[str, ...]
    attribution: tuple[Citation, ...]
    mentions: tuple[Mention, ...]
    surfaces: tuple[str, ...]
    tags: tuple[str, ...] | None
    keywords: tuple[tuple[str, float], ...]
    words: int
    fingerprint: bytes
    opening: str
    text: Readable = field(compare=False, repr=False)

    @property
    def date(self) -> str:
        """When it was published, as a dating says it, or ""."""
        return self.published.date if self.published else ""

    @property
    def document(self) -> Document:
        """What the article was understood from. Opens the text."""
        return self.text.read().document

    @property
    def body(self) -> str:
        """The body as safe HTML; see Text. Opens the text."""
        return self.text.read().body

    @property
    def paragraphs(self) -> Iterator[str]:
        """The prose of each paragraph, in order. Opens the text."""
        document = self.document
        return (document.prose[start:end] for start, end in document.paragraphs)


def find_surfaces(prose: str, mentions: Iterable[Mention]) -> tuple[str, ...]:
    """The words of each mention as they are written in `prose`, on one line."""
    return tuple(" ".join(prose[start:end].split()) for (start, end), *_ in mentions)
