"""The pages that stand once: home, search, about, data, for what is not there, and what serves them offline."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from sitegen.config import SourceFacts
from sitegen.model import Page, TermKind, Url
from sitegen.pages.dates import Calendar, Period, year_periods
from sitegen.pages.edition import Edition
from sitegen.pages.indexes import biggest_terms
from sitegen.pages.views import Counted, Head, Item
from sitegen.urls import ABOUT, DATA, HOME, NOT_FOUND, OFFLINE, SEARCH, SERVICE_WORKER, kind_url

NEWEST = 10
BEHIND_A_DOOR = 6
DOORS = (TermKind.PERSON, TermKind.PLACE, TermKind.TAG, TermKind.SOURCE)


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
    """What the home page sees; `first` and `last` are the days between which the dated articles lie, or ""."""

    head: Head
    articles: int
    undated: int
    kinds: tuple[KindCount, ...]
    first: Period | None
    last: Period | None
    years: tuple[Period, ...]
    newest: tuple[Item, ...]
    doors: tuple[Door, ...]


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


def plan_front(edition: Edition, calendar: Calendar) -> Iterator[Page]:
    """Every page that stands once."""
    kinds = count_kinds(edition)
    articles, undated = len(edition.archive.records), len(calendar.undated)
    yield Page(HOME, "home.html", home_view(edition, calendar, kinds))
    yield Page(SEARCH, "search.html", SearchView(Head(), edition.settings.title, articles, kinds))
    yield Page(ABOUT, "about.html", AboutView(Head(), articles, undated, kinds, source_rights(edition)))
    yield Page(DATA, "data.html", PlainView(Head()))
    yield Page(NOT_FOUND, "404.html", PlainView(Head(indexed=False)))
    yield Page(OFFLINE, "offline.html", PlainView(Head(indexed=False)))
    yield Page(SERVICE_WORKER, "service-worker.js", PlainView(Head(indexed=False)))


def count_kinds(edition: Edition) -> tuple[KindCount, ...]:
    """The kinds that have terms."""
    counts = ((kind, len(edition.kinds[kind])) for kind in TermKind)
    return tuple(KindCount(kind, kind_url(kind), count) for kind, count in counts if count)


def home_view(edition: Edition, calendar: Calendar, kinds: Sequence[KindCount]) -> HomeView:
    """How much there is, from when to when, the newest, and the ways in."""
    years = year_periods(calendar)
    everything = range(len(edition.archive.records))
    newest = tuple(edition.item(number) for number in islice(reversed(everything), NEWEST))
    return HomeView(
        head=Head(edition.settings.description, edition.feeds(HOME)),
        articles=len(everything),
        undated=len(calendar.undated),
        kinds=tuple(kinds),
        first=years[0] if years else None,
        last=years[-1] if years else None,
        years=years,
        newest=newest,
        doors=tuple(door for kind in DOORS if (door := make_door(edition, kind)).biggest),
    )


def make_door(edition: Edition, kind: TermKind) -> Door:
    """The way into the archive by one kind of terms."""
    terms = map(edition.counted, edition.kinds[kind])
    return Door(kind, kind_url(kind), biggest_terms(terms, BEHIND_A_DOOR))


def source_rights(edition: Edition) -> tuple[tuple[Counted, SourceFacts], ...]:
    """The sources of which the editors wrote something."""
    sources = ((edition.counted(term), edition.facts(term)) for term in edition.kinds[TermKind.SOURCE])
    return tuple((source, facts) for source, facts in sources if facts != SourceFacts())
