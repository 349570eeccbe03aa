"""Dated articles -> the days of the year: what is from the same day and month of any year."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from sitegen.model import Page, Unit, Url
from sitegen.pages.edition import Edition
from sitegen.pages.faces import digest
from sitegen.pages.lists import LEAST_WEIGHT, LINE_WEIGHT
from sitegen.pages.periods import DAY, Calendar
from sitegen.pages.views import Head, Item
from sitegen.urls import ANNIVERSARIES, anniversary_url


@dataclass(frozen=True, slots=True)
class Anniversary:
    """A day of the year, as (month, day), and how many articles are from it."""

    month: int
    day: int
    url: Url
    count: int


@dataclass(frozen=True, slots=True)
class AnniversaryView:
    """What the page of a day of the year sees: its articles by year, newest first, and the nearest other days."""

    head: Head
    here: Anniversary
    years: tuple[tuple[str, tuple[Item, ...]], ...]
    before: Anniversary
    after: Anniversary


@dataclass(frozen=True, slots=True)
class AnniversariesView:
    """What the page of all days of the year sees: those that have articles, by month."""

    head: Head
    months: tuple[tuple[int, tuple[Anniversary, ...]], ...]


Anniversaries = Mapping[tuple[int, int], tuple[int, ...]]
"""The articles of each day of the year, by (month, day), ascending."""


def make_anniversaries(calendar: Calendar) -> Anniversaries:
    """The articles that are dated to the day, by month and day; in each those of later years last."""
    found: dict[tuple[int, int], list[int]] = {}
    for date in calendar.of_length[DAY]:
        found.setdefault((int(date[5:7]), int(date[8:])), []).extend(calendar.numbers[date])
    return {day: tuple(found[day]) for day in sorted(found)}


def anniversary_addresses(anniversaries: Anniversaries) -> Iterator[Url]:
    """The page of all days of the year, if any has articles, and theirs."""
    if anniversaries:
        yield ANNIVERSARIES
    yield from (anniversary_url(*day) for day in anniversaries)


def days_of_months(anniversaries: Anniversaries) -> tuple[int, ...]:
    """For each month a number whose bit n is set when its n-th day has articles: what a script needs to know."""
    return tuple(sum(1 << day for own, day in anniversaries if own == month) for month in range(1, 13))


def anniversary_units(edition: Edition, anniversaries: Anniversaries) -> Iterator[Unit]:
    """The page of all days of the year, and each of theirs."""
    days = [Anniversary(*day, anniversary_url(*day), len(numbers)) for day, numbers in anniversaries.items()]
    by_month = tuple((month, tuple(own)) for month, own in groupby(days, key=lambda day: day.month))
    page = Page(ANNIVERSARIES, "anniversaries.html", AnniversariesView(Head(indexed=bool(days)), by_month))
    yield Unit(digest((ANNIVERSARIES, by_month)), LEAST_WEIGHT, (page.template,), lambda: [page])
    for place, (day, numbers) in enumerate(zip(days, anniversaries.values(), strict=True)):
        before, after = days[place - 1], days[(place + 1) % len(days)]
        # How many there are on other days, those pages say themselves.
        key = digest((day, before.url, after.url), edition.faces_of(numbers))
        make = partial(plan_anniversary, edition, day, numbers, before, after)
        yield Unit(key, LEAST_WEIGHT + LINE_WEIGHT * len(numbers), ("anniversary.html",), make)


def plan_anniversary(
    edition: Edition, here: Anniversary, numbers: tuple[int, ...], before: Anniversary, after: Anniversary
) -> Iterator[Page]:
    """The page of a day of the year."""
    items = map(edition.item, reversed(numbers))
    years = tuple((year, tuple(own)) for year, own in groupby(items, key=lambda item: item.date[:4]))
    yield Page(here.url, "anniversary.html", AnniversaryView(Head(), here, years, before, after))
