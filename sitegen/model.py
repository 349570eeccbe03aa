"""The values that pass between stages: frozen, complete, and free of behaviour beyond looking at themselves.

They follow the way through: RawSeed, Document, Article, Record and Term in an Archive, Page, OutputFile.
Offsets count Unicode code points in a seed's decoded text (without its byte order mark).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple, NewType

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


@dataclass(frozen=True, slots=True)
class Dating:
    """A date as far as it is known, and how it is known.

    Attributes:
        date: "2024-03-20", "2024-03" or "2024", by precision.
        confidence: 0 to 1.
        method: the rule: "stated" (a person said so in the front matter) or "text" (found in the prose).
        evidence: where the text supports it; None when stated.
    """

    date: str
    precision: Precision
    confidence: float
    method: str
    evidence: Span | None


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


@dataclass(frozen=True, slots=True)
class Language:
    """A BCP 47 code ("und" when unknown), a confidence from 0 to 1, and the rule: "stated" or "text"."""

    code: str
    confidence: float
    method: str


@dataclass(frozen=True, slots=True)
class Citation:
    """A publisher or a cited medium as an article names it; span None when the front matter states it."""

    name: str
    domain: str | None
    span: Span | None


@dataclass(frozen=True, slots=True)
class Dateline:
    """The place an article was filed from, as written."""

    text: str
    span: Span | None


@dataclass(frozen=True, slots=True)
class Mention:
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
class Article:
    """What we believe about a document, before the archive has its say.

    Attributes:
        title: "" when the seed has none.
        keywords: candidates for tags with their weight in this article, strongest first.
        words: how many words the body has.
        fingerprint: what near-copies have in common (see understand/fingerprint.py).
        body: the body as safe HTML. Paragraph n (from 1) has id="pN"; mention k is <a data-mention="k">…</a>.
    """

    id: ArticleId
    document: Document
    title: str
    language: Language
    source: Citation | None
    published: Dating | None
    dateline: Dateline | None
    byline: tuple[str, ...]
    attribution: tuple[Citation, ...]
    mentions: tuple[Mention, ...]
    keywords: tuple[tuple[str, float], ...]
    words: int
    fingerprint: bytes
    body: str

    @property
    def paragraphs(self) -> Iterable[str]:
        """The text of each paragraph, in order."""
        prose = self.document.prose
        return (prose[start:end] for start, end in self.document.paragraphs)


@dataclass(frozen=True, slots=True)
class Term:
    """Whatever groups articles: an entity, a tag, a source or a language.

    Attributes:
        id: the slug that its address ends in; unique among terms of its kind.
        name: in the archive's interface language where the authority knows one, else as most often written.
        language: BCP 47 code of the name, or "" when unknown.
        aliases: every other name under which articles mention it, most used first.
        wikidata: "Q…" or "".
        numbers: its articles' numbers, ascending. A source's are those it published and those that cite it.
        has_page: whether something stands at `url`: it has articles enough, and we know what the name stands for.
    """

    kind: TermKind
    id: Slug
    url: Url
    has_page: bool
    name: str
    language: str
    aliases: tuple[str, ...]
    wikidata: str
    numbers: tuple[int, ...]


class TermRef(NamedTuple):
    """Names one term of an archive."""

    kind: TermKind
    id: Slug


@dataclass(frozen=True, slots=True)
class RecordEntity:
    """An entity in one article, with its mentions as indices into the article's mentions."""

    ref: TermRef
    mentions: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Related:
    """Another article, and the terms that both share, strongest first."""

    number: int
    shared: tuple[TermRef, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """An article in its archive: numbered, addressed, linked. What is published of it.

    Attributes:
        number: its place by date, ascending, undated first; also its reference in the search index.
        entities: most mentioned first.
        copies: numbers of its near-copies, ascending.
    """

    number: int
    url: Url
    article: Article
    source: TermRef | None
    dateline: TermRef | None
    attribution: tuple[TermRef, ...]
    entities: tuple[RecordEntity, ...]
    tags: tuple[TermRef, ...]
    related: tuple[Related, ...]
    copies: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Redirect:
    """An address once in use, and where its thing is now."""

    old: Url
    new: Url


@dataclass(frozen=True, slots=True)
class Archive:
    """All articles and terms together, resolved and complete: the value that pages are made from.

    Attributes:
        records: `records[n].number == n`.
        terms: every term, also those without a page of their own.
    """

    records: tuple[Record, ...]
    terms: dict[TermRef, Term]
    redirects: tuple[Redirect, ...]
    problems: tuple[Problem, ...]

    def of_kind(self, kind: TermKind) -> tuple[Term, ...]:
        """The terms of one kind that have a page, by id."""
        return tuple(term for ref, term in sorted(self.terms.items()) if ref.kind is kind and term.has_page)


@dataclass(frozen=True, slots=True)
class Page:
    """An address with its template and the typed view that the template sees."""

    url: Url
    template: str
    view: Any


@dataclass(frozen=True, slots=True)
class OutputFile:
    """A file of the built site: its path below the output folder, with "/" between parts, and its bytes."""

    path: str
    content: bytes
