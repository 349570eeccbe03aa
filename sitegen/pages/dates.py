"""The calendar -> the page of all dates, and the list of every year, month and day, and of what has no date."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import islice

from sitegen.model import Page, TermKind, Thread, Unit, Url
from sitegen.pages.edition import Edition
from sitegen.pages.faces import digest
from sitegen.pages.grids import NO_GRID, Grid, make_grid
from sitegen.pages.lists import ListPlan, list_units
from sitegen.pages.periods import LENGTHS, MONTH, YEAR, Calendar, Period, neighbours, periods, within
from sitegen.pages.strip import Strip, make_strip, year_groups
from sitegen.pages.threads import ThreadLink, thread_link
from sitegen.pages.views import Feed, Head, Link, ListPage
from sitegen.urls import ARTICLES, DATES, HOME, UNDATED, date_url

NAMED = (TermKind.PERSON, TermKind.ORGANIZATION, TermKind.EVENT)
MOST_NAMED = 10
MOST_STORIES = 5


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
    """What a list of articles by date sees: its frame, of which the numbered pages show the first two fields.

    Attributes:
        named: the people, organizations and events that most articles of a year or a month name.
        stories: those that began in it, the newest first.
    """

    head: Head
    date: str
    above: tuple[Period, ...]
    list: ListPage
    months: tuple[Period, ...] = ()
    grid: Grid = NO_GRID
    before: Period | None = None
    after: Period | None = None
    named: tuple[Link, ...] = ()
    stories: tuple[ThreadLink, ...] = ()


def calendar_units(edition: Edition, calendar: Calendar) -> Iterator[Unit]:
    """The page of all dates, and the lists of all articles, of those without a date, and of every period."""
    strip, undated = make_strip(calendar), len(calendar.undated)
    groups = year_groups(calendar, strip)
    page = Page(DATES, "calendar.html", CalendarView(Head(), strip, groups, undated))
    yield Unit(digest((DATES, strip, groups, undated)), 1, (page.template,), lambda: [page])
    everything, frame = range(len(edition.archive.records)), DateFrame(feeds=edition.feeds(HOME))
    yield from list_units(edition, date_list(edition, ARTICLES, everything, lambda: frame))
    if calendar.undated:
        yield from list_units(edition, date_list(edition, UNDATED, calendar.undated, DateFrame))
    for date, numbers in calendar.numbers.items():
        yield from list_units(edition, period_list(edition, calendar, date, numbers))


def date_list(edition: Edition, landing: Url, numbers: Sequence[int], frame: Callable[[], DateFrame]) -> ListPlan:
    """A list that is no period's."""
    return ListPlan(landing, numbers, "list.html", partial(date_view, edition, numbers, (), frame))


def period_list(edition: Edition, calendar: Calendar, date: str, numbers: Sequence[int]) -> ListPlan:
    """The list of a period's articles. Its frame is made with its pages: most builds want but what is shown there."""
    stories = stories_begun(edition, numbers) if len(date) in (YEAR, MONTH) else ()
    counts = [
        (part, len(calendar.numbers[part]))
        for length in LENGTHS
        if length > len(date)
        for part in within(calendar, date, length)
    ]
    shown = (date, counts, neighbours(calendar, date))
    frame = cache(partial(date_frame, calendar, date, edition.settings.language))
    return ListPlan(
        landing=date_url(date),
        numbers=numbers,
        template="list.html",
        make_view=partial(date_view, edition, numbers, stories, frame),
        landing_shows=digest(shown, [edition.thread_faces[thread.url] for thread in stories]),
    )


def stories_begun(edition: Edition, numbers: Sequence[int]) -> tuple[Thread, ...]:
    """The stories whose first article is one of these, the newest first."""
    found = (edition.threads.get(number) for number in reversed(numbers))
    begun = (
        thread
        for thread, number in zip(found, reversed(numbers), strict=True)
        if thread and thread.numbers[0] == number
    )
    return tuple(islice(begun, MOST_STORIES))


def most_named(edition: Edition, numbers: Sequence[int]) -> tuple[Link, ...]:
    """Whom several of these articles name, most first."""
    records = (edition.archive.records[number] for number in numbers)
    counts = Counter(entity.ref for record in records for entity in record.entities if entity.ref.kind in NAMED)
    ranked = sorted((-count, ref) for ref, count in counts.items() if count > 1 and edition.archive.terms[ref].has_page)
    return tuple(edition.link(ref) for _, ref in ranked[:MOST_NAMED])


def date_frame(calendar: Calendar, date: str, language: str) -> DateFrame:
    """What surrounds the list of a period."""
    above = tuple(link_period(longer) for longer in (date[:YEAR], date[:MONTH]) if len(longer) < len(date))
    older, newer = (link_period(near) if near else None for near in neighbours(calendar, date))
    months = [f"{date}-{month:02}" for month in range(1, 13)] if len(date) == YEAR else ()
    grid = make_grid(calendar, date, language)
    return DateFrame(date, above, periods(calendar, months), grid, older, newer)


def link_period(date: str) -> Period:
    """A period that is only led to."""
    return Period(date, date_url(date), 0, 0)


def date_view(
    edition: Edition,
    numbers: Sequence[int],
    stories: Sequence[Thread],
    make_frame: Callable[[], DateFrame],
    part: ListPage,
) -> DateListView:
    """One part of the list of a period; what surrounds the list is on the landing page."""
    frame = make_frame()
    head = Head(feeds=frame.feeds)
    if part.page:
        return DateListView(head, frame.date, frame.above, part)
    return DateListView(
        head=head,
        date=frame.date,
        above=frame.above,
        list=part,
        months=frame.months,
        grid=frame.grid,
        before=frame.before,
        after=frame.after,
        named=most_named(edition, numbers) if len(frame.date) in (YEAR, MONTH) else (),
        stories=tuple(thread_link(edition, thread) for thread in stories),
    )
