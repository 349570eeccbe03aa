"""The calendar: articles by year, month and day, and those without a date."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from sitegen.model import Page, Unit, Url
from sitegen.pages.edition import Edition
from sitegen.pages.faces import digest
from sitegen.pages.lists import ListPlan, list_units
from sitegen.pages.views import Feed, Head, ListPage
from sitegen.urls import ARTICLES, DATES, HOME, UNDATED, date_url

YEAR, MONTH, DAY = 4, 7, 10
LENGTHS = (YEAR, MONTH, DAY)
"""How long a date is that is known so far."""

LONGEST_WHOLE_SPAN = 60
"""Years between the first and the last article up to which years without articles are shown too."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """The articles of every year, month and day that has some, by "2024", "2024-03" and "2024-03-20".

    Attributes:
        undated: the articles without a date.
        of_length: the years (4), months (7) and days (10), ascending.
    """

    numbers: Mapping[str, tuple[int, ...]]
    undated: tuple[int, ...]
    of_length: Mapping[int, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Period:
    """A year, month or day among its neighbours; nothing to open when the count is 0."""

    date: str
    url: Url
    count: int
    percent: int


@dataclass(frozen=True, slots=True)
class CalendarView:
    """What the page of all dates sees."""

    head: Head
    years: tuple[Period, ...]
    undated: int


@dataclass(frozen=True, slots=True)
class DateFrame:
    """What surrounds the list of a period.

    Attributes:
        date: the period; "" for all articles or those without a date.
        above: the longer periods that hold it, longest first.
        parts: the shorter periods in it.
        before, after: the nearest periods of the same length that have articles.
        feeds: of the whole site, where it is listed.
    """

    date: str = ""
    above: tuple[Period, ...] = ()
    parts: tuple[Period, ...] = ()
    before: Period | None = None
    after: Period | None = None
    feeds: tuple[Feed, ...] = ()


@dataclass(frozen=True, slots=True)
class DateListView:
    """What a list of articles by date sees: its frame, of which the numbered pages show the first two fields."""

    head: Head
    date: str
    above: tuple[Period, ...]
    parts: tuple[Period, ...]
    list: ListPage
    before: Period | None = None
    after: Period | None = None


def make_calendar(edition: Edition) -> Calendar:
    """Which articles belong to which period: one that is known to the month belongs to no day."""
    found: dict[str, list[int]] = {}
    for number in edition.dated:
        published = edition.archive.records[number].article.published
        date = published.date if published else ""
        for length in LENGTHS:
            if len(date) >= length:
                found.setdefault(date[:length], []).append(number)
    dates = sorted(found)
    return Calendar(
        numbers={date: tuple(found[date]) for date in dates},
        undated=tuple(range(edition.dated.start)),
        of_length={length: tuple(date for date in dates if len(date) == length) for length in LENGTHS},
    )


def periods(calendar: Calendar, dates: Sequence[str]) -> tuple[Period, ...]:
    """These periods with their counts, to scale."""
    counts = [len(calendar.numbers.get(date, ())) for date in dates]
    most = max(counts, default=1)
    return tuple(
        Period(date, date_url(date), count, max(1, round(100 * count / most)) if count else 0)
        for date, count in zip(dates, counts, strict=True)
    )


def year_periods(calendar: Calendar) -> tuple[Period, ...]:
    """Every year from the first to the last, gaps too unless the span is very long."""
    years = calendar.of_length[YEAR]
    if not years:
        return ()
    first, last = int(years[0]), int(years[-1])
    if last - first > LONGEST_WHOLE_SPAN:
        return periods(calendar, years)
    return periods(calendar, [f"{year:04}" for year in range(first, last + 1)])


def shorter_periods(calendar: Calendar, date: str) -> tuple[Period, ...]:
    """The months of a year, all twelve; the days of a month that have articles."""
    if len(date) == YEAR:
        return periods(calendar, [f"{date}-{month:02}" for month in range(1, 13)])
    if len(date) == MONTH:
        days = (f"{date}-{day:02}" for day in range(1, 32))
        return periods(calendar, [day for day in days if day in calendar.numbers])
    return ()


def calendar_units(edition: Edition, calendar: Calendar) -> Iterator[Unit]:
    """The page of all dates, and the lists of all articles, of those without a date, and of every period."""
    years, undated = year_periods(calendar), len(calendar.undated)
    page = Page(DATES, "calendar.html", CalendarView(Head(), years, undated))
    yield Unit(digest((DATES, years, undated)), 1, (page.template,), lambda: [page])
    feeds = edition.feeds(HOME)
    yield from list_units(edition, date_list(ARTICLES, range(len(edition.archive.records)), DateFrame(feeds=feeds)))
    if calendar.undated:
        yield from list_units(edition, date_list(UNDATED, calendar.undated, DateFrame()))
    for date, numbers in calendar.numbers.items():
        yield from list_units(edition, date_list(date_url(date), numbers, date_frame(calendar, date)))


def date_list(landing: Url, numbers: Sequence[int], frame: DateFrame) -> ListPlan:
    """The list of a period's articles."""
    return ListPlan(landing, numbers, "list.html", partial(date_view, frame), landing_shows=digest(frame))


def date_frame(calendar: Calendar, date: str) -> DateFrame:
    """What surrounds the list of a period."""
    above = tuple(Period(longer, date_url(longer), 0, 0) for longer in (date[:4], date[:7]) if len(longer) < len(date))
    return DateFrame(date, above, shorter_periods(calendar, date), *neighbours(calendar, date))


def date_view(frame: DateFrame, part: ListPage) -> DateListView:
    """One part of the list of a period; what surrounds the list is on the landing page."""
    if part.page:
        return DateListView(Head(feeds=frame.feeds), frame.date, frame.above, (), part)
    return DateListView(Head(feeds=frame.feeds), frame.date, frame.above, frame.parts, part, frame.before, frame.after)


def neighbours(calendar: Calendar, date: str) -> tuple[Period | None, Period | None]:
    """The periods with articles just before and after `date`, as long as itself."""
    dates = calendar.of_length[len(date)]
    place = bisect_left(dates, date)
    before = dates[place - 1 : place] if place else ()
    found = (periods(calendar, near) for near in (before, dates[place + 1 : place + 2]))
    older, newer = (near[0] if near else None for near in found)
    return older, newer
