"""Records -> article pages, the files beside them, and their lines in the file of all records."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from sitegen.model import Document, Line, OutputFile, Page, Record, TermKind, Unit, Url
from sitegen.pages.cards import article_card, card_file
from sitegen.pages.citations import (
    BIBLIOGRAPHY_FILE,
    CitationView,
    Reference,
    citation_files,
    citation_view,
    make_reference,
    to_bibtex,
)
from sitegen.pages.copies import CopyView, copy_views, earliest_copy
from sitegen.pages.edition import Edition, published_day
from sitegen.pages.evidence import (
    Finding,
    Findings,
    explain,
    find_entities,
    find_places,
)
from sitegen.pages.faces import NOTHING, digest
from sitegen.pages.originals import OriginalView, SeedView, article_files, original_view, seed_view
from sitegen.pages.records import ARTICLES_FILE, article_record, to_json_line
from sitegen.pages.structured import describe_article, licence_address
from sitegen.pages.text import shorten, show
from sitegen.pages.threads import ThreadLink, thread_of_article
from sitegen.pages.views import Head, Item, Link
from sitegen.urls import UNDATED, date_url

EVIDENCE_LENGTH = 160
REASONS = 3
"""How many shared terms say why another article is related."""
WEB_LINK = '<a href="http'


@dataclass(frozen=True, slots=True)
class DateView:
    """An article's date and how it is known.

    Attributes:
        date: "" when unknown.
        evidence: the words of the text that say it; "" when a person stated it.
        paragraph: where they stand (from 1); 0 when in none.
    """

    date: str
    url: Url
    method: str
    confidence: float
    evidence: str
    paragraph: int


@dataclass(frozen=True, slots=True)
class RelatedView:
    """Another article, and what both share."""

    item: Item
    shared: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class ArticleView:
    """What the article template sees.

    Attributes:
        body: safe HTML in which mention k is `<a data-mention="k">`; `targets[k]` is where it leads.
        dateline: as written, and its place's page.
        entities: those that have pages, by kind, most mentioned first.
        origins: whom the article cites as its own sources, in order.
        thread: the story that it is part of.
        older, newer: its neighbours by date.
        earliest: of its near-copies and itself, the first by date; None where no date tells.
        findings: how each derived value is known.
        original: where it stood before it came into the archive, where that is stated.
        author_pages: those of its authors who are known as persons, absolute.
        licence: the address of the article's own licence, or "".
    """

    head: Head
    item: Item
    date: DateView
    language: Link
    dateline: Link | None
    byline: tuple[str, ...]
    body: str
    targets: tuple[Url | None, ...]
    entities: tuple[tuple[TermKind, tuple[Finding, ...]], ...]
    origins: tuple[Link, ...]
    tags: tuple[Link, ...]
    related: tuple[RelatedView, ...]
    copies: tuple[CopyView, ...]
    earliest: Item | None
    thread: ThreadLink | None
    older: Item | None
    newer: Item | None
    seed: SeedView
    has_files: bool
    findings: tuple[Findings, ...]
    reference: Reference
    citation: CitationView
    original: OriginalView | None
    author_pages: tuple[Url, ...]
    licence: str


def article_units(edition: Edition, markdown: Callable[[Document], str]) -> Iterator[Unit]:
    """The page of each article, with the files beside it and its record."""
    for record in edition.archive.records:
        story = edition.threads.get(record.number)
        near = (number for number in (record.number - 1, record.number + 1) if number in edition.dated)
        others = (*(related.number for related in record.related), *record.copies, *near)
        # What it shares with a related article says why that one is shown.
        shared = [edition.link_faces[ref] for related in record.related for ref in related.shared]
        shown = (
            *edition.faces_of((record.number, *others)),
            edition.thread_faces[story.url] if story else NOTHING,
            *shared,
        )
        counts = [len(related.shared) for related in record.related]
        key = digest((len(record.copies), record.number in edition.dated, counts), shown)
        yield Unit(key, 1, ("article.html",), partial(plan_article, edition, record, markdown))


def plan_article(
    edition: Edition, record: Record, markdown: Callable[[Document], str]
) -> Iterator[Page | OutputFile | Line]:
    """The page of an article, the files beside it, and its line among all records."""
    view = article_view(edition, record)
    yield Page(record.url, "article.html", view)
    published = article_record(edition, record)
    yield Line(ARTICLES_FILE, record.article.id, to_json_line(published))
    bibtex = to_bibtex(view.reference).encode()
    yield Line(BIBLIOGRAPHY_FILE, record.article.id, bibtex)
    if edition.settings.article_files:
        yield from article_files(record, published, markdown)
        yield from citation_files(view.reference, bibtex, record.url)
    yield from card_file(edition, record)


def article_view(edition: Edition, record: Record) -> ArticleView:
    """Everything that the page of one article shows."""
    article, text = record.article, record.article.text.read()
    document = text.document
    item = edition.item(record.number)
    older, newer = neighbours(edition, record.number)
    entities = find_entities(edition, record, document)
    reference = make_reference(edition, record)
    card = article_card(edition, record)
    return ArticleView(
        head=Head(item.lead, structured=describe_article(edition, record, document, card), card=card),
        item=item,
        date=date_view(record, document),
        language=language_link(edition, record),
        dateline=dateline_link(edition, record),
        byline=tuple(map(show, article.byline)),
        body=with_version_date(text.body, published_day(record)),
        targets=mention_targets(edition, record),
        entities=tuple(
            (kind, listed)
            for kind, found in entities.items()
            if (listed := tuple(entity for entity in found if entity.value.url))
        ),
        origins=tuple(map(edition.link, record.attribution)),
        tags=edition.links(record.tags),
        related=related_views(edition, record),
        copies=copy_views(edition, record),
        earliest=earliest_copy(edition, record),
        thread=thread_of_article(edition, record.number),
        older=older,
        newer=newer,
        seed=seed_view(record, document, edition.settings.article_files),
        has_files=edition.settings.article_files,
        findings=explain(edition, record, document, entities),
        reference=reference,
        citation=citation_view(reference, record.url, edition.settings),
        original=original_view(record, document),
        author_pages=author_pages(edition, record),
        licence=licence_address(document.stated),
    )


def with_version_date(body: str, day: str) -> str:
    """Safe HTML whose links to the web say as of which day they were meant: when it was published, if that is known.

    What a reader, or a reader's program, needs to find what stood there then (robustlinks.mementoweb.org).
    """
    return body.replace(WEB_LINK, f'<a data-versiondate="{day}" href="http') if day and WEB_LINK in body else body


def author_pages(edition: Edition, record: Record) -> tuple[Url, ...]:
    """The pages of those authors whom the text also names as persons."""
    if not record.article.byline:
        return ()
    names = set(map(show, record.article.byline))
    persons = (edition.link(entity.ref) for entity in record.entities if entity.ref.kind is TermKind.PERSON)
    return tuple(person.url for person in persons if person.url and person.name in names)


def related_views(edition: Edition, record: Record) -> tuple[RelatedView, ...]:
    """The articles that share most with this one."""
    return tuple(
        RelatedView(edition.item(related.number), edition.links(related.shared)[:REASONS]) for related in record.related
    )


def neighbours(edition: Edition, number: int) -> tuple[Item | None, Item | None]:
    """The articles just before and after this one by date; an undated article has none."""
    if number not in edition.dated:
        return None, None
    older, newer = (edition.item(near) if near in edition.dated else None for near in (number - 1, number + 1))
    return older, newer


def date_view(record: Record, document: Document) -> DateView:
    """The date of an article with its evidence."""
    published = record.article.published
    if published is None:
        return DateView("", UNDATED, "", 0.0, "", 0)
    evidence, place = "", 0
    if published.evidence:
        [found] = find_places(document, [published.evidence])
        place = max(0, found)
        text = document.text[published.evidence.start : published.evidence.end]
        evidence = shorten(show(text), EVIDENCE_LENGTH)
    return DateView(published.date, date_url(published.date), published.method, published.confidence, evidence, place)


def language_link(edition: Edition, record: Record) -> Link:
    """The language of an article; its address is None when it has no page."""
    code = record.article.language.code
    return Link(code, edition.languages.get(code))


def dateline_link(edition: Edition, record: Record) -> Link | None:
    """The place an article was filed from."""
    dateline = record.article.dateline
    if dateline is None:
        return None
    return Link(show(dateline.text), edition.link(record.dateline).url if record.dateline else None)


def mention_targets(edition: Edition, record: Record) -> tuple[Url | None, ...]:
    """Where each mention of an article leads."""
    targets: list[Url | None] = [None] * len(record.article.mentions)
    for entity in record.entities:
        for index in entity.mentions:
            targets[index] = edition.link(entity.ref).url
    return tuple(targets)
