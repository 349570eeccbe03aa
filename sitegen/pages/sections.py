"""A term's articles under headings: by year, by source, and those that it shares with its companions.

What a number on the term's page opens. A term whose list is one page has its sections there; of another they stand on
pages of their own, titles alone: `years/` and `with/`, and of one with very many articles each section on its own.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sitegen.model import Page, Term, TermKind, TermRef, Url
from sitegen.pages.edition import Edition
from sitegen.pages.lists import full_pages
from sitegen.pages.periods import YEAR
from sitegen.pages.views import Head, Item, Link
from sitegen.urls import FOLDERS

MOST_TITLES = 2000
"""A term with more articles than this has each section on a page of its own."""

YEARS, WITH = "years/", "with/"
MOST_SOURCES = 8


class Section(NamedTuple):
    """Some of a term's articles.

    Attributes:
        anchor: its id on the page that it stands on.
        href: what opens it, as pages link to it.
        date: the year, where that is the heading; "" for the articles without a date.
        link: the other term, where that is the heading.
        numbers: the articles', ascending.
    """

    anchor: str
    href: str
    date: str
    link: Link | None
    numbers: tuple[int, ...]

    @property
    def size(self) -> int:
        """How many articles there are."""
        return len(self.numbers)


class Titles(NamedTuple):
    """A section with its articles in the order in which it shows them."""

    section: Section
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class SectionsView:
    """What a page of sections sees.

    Attributes:
        link: the term.
        page: the address of the whole, when this is one section of it.
        is_by_year: whether years are the headings.
        sections: with their articles, or without where each is on a page of its own.
    """

    head: Head
    kind: TermKind
    link: Link
    page: Url | None
    is_by_year: bool
    sections: tuple[Titles, ...]


def is_long(edition: Edition, term: Term) -> bool:
    """Whether a term's list goes on beyond its landing page."""
    return full_pages(len(term.numbers), edition.settings.list_size) > 0


def section_hrefs(edition: Edition, term: Term, page: str) -> tuple[str, str]:
    """What opens a section of a term, from anywhere: what stands before its anchor, and what after it."""
    if not is_long(edition, term):
        return f"{edition.site.href(term.url)}#", ""
    base = edition.site.href(Url(f"{term.url}{page}"))
    return (f"{base}#", "") if len(term.numbers) <= MOST_TITLES else (base, "/")


def year_of(edition: Edition, number: int) -> str:
    """The year in which an article was published, or "" where that is not known."""
    return edition.archive.records[number].article.date[:YEAR]


def year_sections(edition: Edition, term: Term) -> tuple[Section, ...]:
    """A term's articles by year, ascending; first those without a date."""
    numbers: dict[str, list[int]] = {}
    for number in term.numbers:
        numbers.setdefault(year_of(edition, number), []).append(number)
    before, after = section_hrefs(edition, term, YEARS)
    anchors = map(year_anchor, numbers)
    return tuple(
        Section(anchor, f"{before}{anchor}{after}", date, None, tuple(held))
        for anchor, (date, held) in zip(anchors, numbers.items(), strict=True)
    )


def year_anchor(date: str) -> str:
    """The id of the section of a year, or of the articles without a date."""
    return f"y{date}" if date else "undated"


def companion_sections(edition: Edition, term: Term) -> tuple[Section, ...]:
    """What a term shares with each of its companions, the strongest first."""
    terms, held = edition.archive.terms, frozenset(term.numbers)
    companions = edition.archive.companions.get(TermRef(term.kind, term.id), ())
    shared = ((companion.ref, sorted(held.intersection(terms[companion.ref].numbers))) for companion in companions)
    return term_sections(edition, term, shared)


def source_sections(edition: Edition, term: Term) -> tuple[Section, ...]:
    """A term's articles by the sources that published most of them; none where a single article says it all."""
    if term.kind is TermKind.SOURCE or len(term.numbers) == 1:
        return ()
    numbers: dict[TermRef, list[int]] = {}
    for number in term.numbers:
        if source := edition.archive.records[number].source:
            numbers.setdefault(source, []).append(number)
    known = [(source, held) for source, held in numbers.items() if edition.link(source).url]
    return term_sections(edition, term, sorted(known, key=lambda pair: (-len(pair[1]), pair[0]))[:MOST_SOURCES])


def term_sections(edition: Edition, term: Term, others: Iterable[tuple[TermRef, Sequence[int]]]) -> tuple[Section, ...]:
    """The articles that a term has in common with each of some others."""
    before, after = section_hrefs(edition, term, WITH)
    anchored = ((companion_anchor(other), other, numbers) for other, numbers in others)
    return tuple(
        Section(anchor, f"{before}{anchor}{after}", "", edition.link(other), tuple(numbers))
        for anchor, other, numbers in anchored
    )


def companion_anchor(other: TermRef) -> str:
    """The id of the section of articles in common with another term."""
    return f"{FOLDERS[other.kind]}-{other.id}"


def show_titles(edition: Edition, section: Section) -> Titles:
    """A section with its articles, oldest first."""
    return Titles(section, tuple(map(edition.item, section.numbers)))


def plan_sections(edition: Edition, term: Term) -> Iterator[Page]:
    """The pages of the sections of a term with a long list."""
    yield from section_pages(edition, term, YEARS, year_sections(edition, term))
    if shared := (*companion_sections(edition, term), *source_sections(edition, term)):
        yield from section_pages(edition, term, WITH, shared)


def section_pages(edition: Edition, term: Term, page: str, sections: Sequence[Section]) -> Iterator[Page]:
    """One page of all sections, or one of their headings and one for each."""
    url, link, head = Url(f"{term.url}{page}"), edition.link(TermRef(term.kind, term.id)), Head(indexed=False)
    is_split = len(term.numbers) > MOST_TITLES
    shown = tuple(Titles(section, ()) if is_split else show_titles(edition, section) for section in sections)
    yield Page(url, "sections.html", SectionsView(head, term.kind, link, None, page == YEARS, shown))
    for section in sections if is_split else ():
        titles = (show_titles(edition, section),)
        own = Url(f"{url}{section.anchor}/")
        yield Page(own, "sections.html", SectionsView(head, term.kind, link, url, page == YEARS, titles))
