"""An archive with the settings that it is published under, and what every page asks of the two."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial

from sitegen.config import Settings, SourceFacts
from sitegen.locale import language_name
from sitegen.model import Archive, Article, Record, Term, TermKind, TermRef, Thread, Url
from sitegen.pages.faces import article_face, link_faces, thread_face
from sitegen.pages.sentences import Sentence, cut_sentences
from sitegen.pages.text import first_words, show
from sitegen.pages.views import Counted, Feed, Item, Link
from sitegen.urls import Site

ATOM = "application/atom+xml"
JSON_FEED = "application/feed+json"


@dataclass(frozen=True, slots=True)
class Edition:
    """An archive about to become pages.

    Attributes:
        item: an article's list item by number, made once.
        sentences: the sentence of each mention of an article.
        link: a term's name, leading to its page if it has one; made once.
        dated: the numbers of the articles with a date, ascending.
        languages: the address of a language's page, by its code.
        kinds: the terms of each kind that have a page, by id.
        faces: what pages show of each article, by number (see faces.py).
        link_faces: what a link to each term shows.
        threads: the story that an article is part of, by its number.
        thread_faces: what a link to each story shows, by its address.
    """

    archive: Archive
    settings: Settings
    site: Site
    item: Callable[[int], Item]
    sentences: Callable[[Article], Sequence[Sentence]]
    link: Callable[[TermRef], Link]
    dated: range
    languages: Mapping[str, Url]
    kinds: Mapping[TermKind, tuple[Term, ...]]
    faces: Sequence[bytes]
    link_faces: Mapping[TermRef, bytes]
    threads: Mapping[int, Thread]
    thread_faces: Mapping[Url, bytes]

    def faces_of(self, numbers: Iterable[int]) -> Iterator[bytes]:
        """What pages show of these articles."""
        return map(self.faces.__getitem__, numbers)

    def links(self, refs: Iterable[TermRef]) -> tuple[Link, ...]:
        """Links to those of the terms that have pages."""
        return tuple([link for link in map(self.link, refs) if link.url])

    def name(self, term: Term) -> str:
        """A term's name as pages show it."""
        return self.link(TermRef(term.kind, term.id)).name

    def counted(self, term: Term) -> Counted:
        """A term that has a page, and how many articles are on it."""
        return Counted(self.name(term), term.url, term.language, len(term.numbers))

    def facts(self, term: Term) -> SourceFacts:
        """What the editors wrote about a source."""
        names = (name.lower() for name in (term.name, *term.aliases))
        return next((self.settings.sources[name] for name in names if name in self.settings.sources), SourceFacts())

    def feeds(self, landing: Url) -> tuple[Feed, ...]:
        """The feeds of the list that stands at `landing`."""
        return (Feed(ATOM, Url(f"{landing}feed.xml")), Feed(JSON_FEED, Url(f"{landing}feed.json")))

    def has_feed(self, term: Term) -> bool:
        """Whether a term has feeds of its own."""
        return len(term.numbers) >= self.settings.term_feed_minimum


def published_day(record: Record) -> str:
    """The day that an article was published, or "" when it is not known to the day."""
    published = record.article.published
    return published.date if published and published.precision == "day" else ""


def make_edition(
    archive: Archive, settings: Settings, sentences: Callable[[Article], Sequence[Sentence]] = cut_sentences
) -> Edition:
    """The edition of an archive under these settings."""
    records = archive.records
    undated = next((record.number for record in records if record.article.published), len(records))
    link = cache(partial(make_link, archive, settings.language))
    kinds = {kind: archive.of_kind(kind) for kind in TermKind}
    links = link_faces(archive)
    faces = [article_face(record, links) for record in records]
    return Edition(
        archive=archive,
        settings=settings,
        site=Site(settings.base_url),
        item=cache(partial(make_item, archive, link)),
        sentences=sentences,
        link=link,
        dated=range(undated, len(records)),
        languages={
            records[term.numbers[0]].article.language.code: term.url
            for term in kinds[TermKind.LANGUAGE]
            if term.numbers
        },
        kinds=kinds,
        faces=faces,
        link_faces=links,
        threads={number: thread for thread in archive.threads for number in thread.numbers},
        thread_faces={thread.url: thread_face(thread, faces) for thread in archive.threads},
    )


def make_link(archive: Archive, language: str, ref: TermRef) -> Link:
    """A term's name as pages in `language` show it, leading to its page if it has one."""
    term = archive.terms[ref]
    name = language_name(term.name, language) if term.kind is TermKind.LANGUAGE else show(term.name)
    return Link(name, term.url if term.has_page else None, term.language)


def make_item(archive: Archive, link: Callable[[TermRef], Link], number: int) -> Item:
    """The list item of one article."""
    record = archive.records[number]
    article = record.article
    text = show(article.opening)
    lead = first_words(text)
    return Item(
        url=record.url,
        title=show(article.title),
        language=article.language.code,
        date=article.date,
        source=link(record.source) if record.source else None,
        lead=lead,
        shortened=len(lead) < len(text),
    )
