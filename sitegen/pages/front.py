"""The pages that stand once: home, search, about, data, for what is not there, and what serves them offline."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from sitegen.config import SourceFacts
from sitegen.model import Page, TermKind, Url
from sitegen.pages.anniversaries import days_of_months
from sitegen.pages.discovery import describe_data, describe_site
from sitegen.pages.edition import Edition
from sitegen.pages.indexes import biggest_terms
from sitegen.pages.strip import Strip, make_strip
from sitegen.pages.threads import ThreadLink, thread_link
from sitegen.pages.times import Times
from sitegen.pages.views import Counted, Head, Item
from sitegen.urls import ABOUT, DATA, HOME, NOT_FOUND, OFFLINE, SEARCH, SERVICE_WORKER, kind_url

NEWEST = 8
NEWEST_THREADS = 4
BEHIND_A_DOOR = 5
DOORS = (TermKind.PERSON, TermKind.PLACE, TermKind.SOURCE)


@dataclass(frozen=True, slots=True)
class KindCount:
    """How many terms of a kind there are, and their index."""

    kind: TermKind
    url: Url
    count: int


@dataclass(frozen=True, slots=True)
class Door:
    """A way into the archive: a kind and its terms with most articles."""

    kind: TermKind
    url: Url
    biggest: tuple[Counted, ...]


@dataclass(frozen=True, slots=True)
class HomeView:
    """What the home page sees.

    Attributes:
        first, last: the dates of the first and the last dated article, as far as they are known, or "".
        days: which days of the year have articles (see `days_of_months`).
        threads: the stories that began last.
    """

    head: Head
    articles: int
    undated: int
    kinds: tuple[KindCount, ...]
    first: str
    last: str
    strip: Strip
    days: tuple[int, ...]
    doors: tuple[Door, ...]
    threads: tuple[ThreadLink, ...]
    newest: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class SearchView:
    """What the search page sees.

    Attributes:
        articles: how many can be found.
        kinds: what can be browsed instead.
    """

    head: Head
    title: str
    articles: int
    kinds: tuple[KindCount, ...]


@dataclass(frozen=True, slots=True)
class AboutView:
    """What the page about the archive sees."""

    head: Head
    articles: int
    undated: int
    kinds: tuple[KindCount, ...]
    sources: tuple[tuple[Counted, SourceFacts], ...]


@dataclass(frozen=True, slots=True)
class PlainView:
    """What a page without data of its own sees."""

    head: Head


def plan_front(edition: Edition, times: Times) -> Iterator[Page]:
    """Every page that stands once."""
    kinds = count_kinds(edition)
    articles, undated = len(edition.archive.records), len(times.calendar.undated)
    yield Page(HOME, "home.html", home_view(edition, times, kinds))
    yield Page(SEARCH, "search.html", SearchView(Head(), edition.settings.title, articles, kinds))
    yield Page(ABOUT, "about.html", AboutView(Head(), articles, undated, kinds, source_rights(edition)))
    yield Page(DATA, "data.html", PlainView(Head(structured=describe_data(edition))))
    yield Page(NOT_FOUND, "404.html", PlainView(Head(indexed=False)))
    yield Page(OFFLINE, "offline.html", PlainView(Head(indexed=False)))
    yield Page(SERVICE_WORKER, "service-worker.js", PlainView(Head(indexed=False)))


def count_kinds(edition: Edition) -> tuple[KindCount, ...]:
    """The kinds that have terms."""
    counts = ((kind, len(edition.kinds[kind])) for kind in TermKind)
    return tuple(KindCount(kind, kind_url(kind), count) for kind, count in counts if count)


def home_view(edition: Edition, times: Times, kinds: Sequence[KindCount]) -> HomeView:
    """How much there is, from when to when, the newest, and the ways in."""
    records, threads = edition.archive.records, edition.archive.threads
    dated = [edition.item(number).date for number in (*edition.dated[:1], *edition.dated[-1:])]
    return HomeView(
        head=Head(edition.settings.description, edition.feeds(HOME), structured=describe_site(edition)),
        articles=len(records),
        undated=len(times.calendar.undated),
        kinds=tuple(kinds),
        first=dated[0] if dated else "",
        last=dated[-1] if dated else "",
        strip=make_strip(times.calendar),
        days=days_of_months(times.anniversaries),
        doors=tuple(door for kind in DOORS if (door := make_door(edition, kind)).biggest),
        threads=tuple(thread_link(edition, thread) for thread in islice(reversed(threads), NEWEST_THREADS)),
        newest=tuple(edition.item(record.number) for record in islice(reversed(records), NEWEST)),
    )


def make_door(edition: Edition, kind: TermKind) -> Door:
    """The way into the archive by one kind of terms."""
    terms = map(edition.counted, edition.kinds[kind])
    return Door(kind, kind_url(kind), biggest_terms(terms, BEHIND_A_DOOR))


def source_rights(edition: Edition) -> tuple[tuple[Counted, SourceFacts], ...]:
    """The sources of which the editors wrote something."""
    sources = ((edition.counted(term), edition.facts(term)) for term in edition.kinds[TermKind.SOURCE])
    return tuple((source, facts) for source, facts in sources if facts != SourceFacts())
