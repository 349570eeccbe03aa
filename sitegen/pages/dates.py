"""The calendar: articles by year, month and day, and those without a date."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from sitegen.model import Page, Url
from sitegen.pages.edition import Edition
from sitegen.pages.lists import plan_list
from sitegen.pages.views import Head, ListPage
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
class DateListView:
    """What a list of articles by date sees.

    Attributes:
        date: the period; "" for all articles or those without a date.
        above: the longer periods that hold it, longest first.
        parts: the shorter periods in it; only on the landing page.
        before, after: the nearest periods of the same length that have articles; only on the landing page.
    """

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


def plan_calendar(edition: Edition, calendar: Calendar) -> Iterator[Page]:
    """The page of all dates, the list of all articles, and of those without a date."""
    yield Page(DATES, "calendar.html", CalendarView(Head(), year_periods(calendar), len(calendar.undated)))
    everything = range(len(edition.archive.records))
    feeds = edition.feeds(HOME)
    yield from plan_list(
        edition, ARTICLES, everything, "list.html", lambda part: DateListView(Head(feeds=feeds), "", (), (), part)
    )
    if calendar.undated:
        yield from plan_list(
            edition, UNDATED, calendar.undated, "list.html", lambda part: DateListView(Head(), "", (), (), part)
        )


def plan_dates(edition: Edition, calendar: Calendar, dates: Sequence[str]) -> Iterator[Page]:
    """The lists of some periods."""
    for date in dates:
        view = partial(date_view, calendar, date)
        yield from plan_list(edition, date_url(date), calendar.numbers[date], "list.html", view)


def date_view(calendar: Calendar, date: str, part: ListPage) -> DateListView:
    """One part of the list of a period."""
    above = tuple(Period(longer, date_url(longer), 0, 0) for longer in (date[:4], date[:7]) if len(longer) < len(date))
    if part.page:
        return DateListView(Head(), date, above, (), part)
    return DateListView(Head(), date, above, shorter_periods(calendar, date), part, *neighbours(calendar, date))


def neighbours(calendar: Calendar, date: str) -> tuple[Period | None, Period | None]:
    """The periods with articles just before and after `date`, as long as itself."""
    dates = calendar.of_length[len(date)]
    place = bisect_left(dates, date)
    before = dates[place - 1 : place] if place else ()
    found = (periods(calendar, near) for near in (before, dates[place + 1 : place + 2]))
    older, newer = (near[0] if near else None for near in found)
    return older, newer
