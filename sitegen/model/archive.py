"""All articles together, and the pages and files that are made from them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sitegen.model.article import Article
from sitegen.model.ground import Problem, Slug, TermKind, Url


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


class RecordEntity(NamedTuple):
    """An entity in one article, with its mentions as indices into the article's mentions."""

    ref: TermRef
    mentions: tuple[int, ...]


class Related(NamedTuple):
    """Another article, and the terms that both share, strongest first."""

    number: int
    shared: tuple[TermRef, ...]


class Companion(NamedTuple):
    """An entity that appears with a term: in how many articles, and with which strength (see archive/companions.py)."""

    ref: TermRef
    shared: int
    strength: float


@dataclass(frozen=True, slots=True)
class Record:
    """An article in its archive: numbered, addressed, linked. What is published of it.

    Attributes:
        number: its place by date, ascending, undated first; also its reference in the search index.
        entities: most mentioned first.
        tag_words: for each of `tags` the word of this article that stands for it; "" where it is stated.
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
    tag_words: tuple[str, ...]
    related: tuple[Related, ...]
    copies: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Thread:
    """Articles on one event, over days and sources.

    Attributes:
        numbers: its articles', ascending, so by date; two or more.
        lead: the article that stands for it, nearest to all the others.
        shared: the terms that most of its articles have, most common first.
    """

    url: Url
    numbers: tuple[int, ...]
    lead: int
    shared: tuple[TermRef, ...]


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
        companions: of each term the entities that appear with it more than by chance, strongest first.
        threads: the stories that several articles tell, by their first articles' numbers; no article is in two.
    """

    records: tuple[Record, ...]
    terms: dict[TermRef, Term]
    redirects: tuple[Redirect, ...]
    problems: tuple[Problem, ...]
    threads: tuple[Thread, ...] = ()
    companions: Mapping[TermRef, tuple[Companion, ...]] = field(default_factory=dict)

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


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a file that many units write together, with its line break.

    Attributes:
        path: the file's, as of an output file.
        key: the file holds its lines in the order of their keys.
    """

    path: str
    key: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Unit:
    """A corner of the site that is made in one go, and need not be made again while it shows the same.

    Attributes:
        shows: a digest of all that it is made from, but for our own rules, the templates and the settings; b"" for
            what is made in every build.
        weight: how much work it is, in pages of articles.
        templates: the templates of its pages.
        make: gives its pages, files and lines.
    """

    shows: bytes
    weight: float
    templates: tuple[str, ...]
    make: Callable[[], Iterable[Page | OutputFile | Line]]
