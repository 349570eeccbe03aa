"""The calendar -> the page of all dates, and the list of every year, month and day, and of what has no date."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from sitegen.model import Page, Unit, Url
from sitegen.pages.edition import Edition
from sitegen.pages.faces import digest
from sitegen.pages.grids import NO_GRID, Grid, make_grid
from sitegen.pages.lists import ListPlan, list_units
from sitegen.pages.periods import YEAR, Calendar, Period, neighbours, periods
from sitegen.pages.strip import Strip, make_strip, year_groups
from sitegen.pages.views import Feed, Head, ListPage
from sitegen.urls import ARTICLES, DATES, HOME, UNDATED, date_url


@dataclass(frozen=True, slots=True)
class CalendarView:
    """What the page of all dates sees: years, newest first, under the anchors that the bars of the strip lead to."""

    head: Head
    strip: Strip
    groups: tuple[tuple[str, tuple[Period, ...]], ...]
    undated: int


@dataclass(frozen=True, slots=True)
class DateFrame:
    """What surrounds the list of a period.

    Attributes:
        date: the period; "" for all articles or those without a date.
        above: the longer periods that hold it, longest first.
        months: those of a year.
        grid: the days of a year or a month.
        before, after: the nearest periods of the same length that have articles.
        feeds: of the whole site, where it is listed.
    """

    date: str = ""
    above: tuple[Period, ...] = ()
    months: tuple[Period, ...] = ()
    grid: Grid = NO_GRID
    before: Period | None = None
    after: Period | None = None
    feeds: tuple[Feed, ...] = ()


@dataclass(frozen=True, slots=True)
class DateListView:
    """What a list of articles by date sees: its frame, of which the numbered pages show the first two fields."""

    head: Head
    date: str
    above: tuple[Period, ...]
    list: ListPage
    months: tuple[Period, ...] = ()
    grid: Grid = NO_GRID
    before: Period | None = None
    after: Period | None = None


def calendar_units(edition: Edition, calendar: Calendar) -> Iterator[Unit]:
    """The page of all dates, and the lists of all articles, of those without a date, and of every period."""
    strip, undated = make_strip(calendar), len(calendar.undated)
    groups = year_groups(calendar, strip)
    page = Page(DATES, "calendar.html", CalendarView(Head(), strip, groups, undated))
    yield Unit(digest((DATES, strip, groups, undated)), 1, (page.template,), lambda: [page])
    feeds = edition.feeds(HOME)
    yield from list_units(edition, date_list(ARTICLES, range(len(edition.archive.records)), DateFrame(feeds=feeds)))
    if calendar.undated:
        yield from list_units(edition, date_list(UNDATED, calendar.undated, DateFrame()))
    for date, numbers in calendar.numbers.items():
        frame = date_frame(calendar, date, edition.settings.language)
        yield from list_units(edition, date_list(date_url(date), numbers, frame))


def date_list(landing: Url, numbers: Sequence[int], frame: DateFrame) -> ListPlan:
    """The list of a period's articles."""
    return ListPlan(landing, numbers, "list.html", partial(date_view, frame), landing_shows=digest(frame))


def date_frame(calendar: Calendar, date: str, language: str) -> DateFrame:
    """What surrounds the list of a period."""
    above = tuple(Period(longer, date_url(longer), 0, 0) for longer in (date[:4], date[:7]) if len(longer) < len(date))
    months = [f"{date}-{month:02}" for month in range(1, 13)] if len(date) == YEAR else ()
    grid = make_grid(calendar, date, language)
    return DateFrame(date, above, periods(calendar, months), grid, *neighbours(calendar, date))


def date_view(frame: DateFrame, part: ListPage) -> DateListView:
    """One part of the list of a period; what surrounds the list is on the landing page."""
    head = Head(feeds=frame.feeds)
    if part.page:
        return DateListView(head, frame.date, frame.above, part)
    return DateListView(head, frame.date, frame.above, part, frame.months, frame.grid, frame.before, frame.after)
