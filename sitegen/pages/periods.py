"""Dated articles -> the years, months and days that hold them, with their counts and addresses."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sitegen.model import Url
from sitegen.pages.edition import Edition
from sitegen.urls import date_url

YEAR, MONTH, DAY = 4, 7, 10
LENGTHS = (YEAR, MONTH, DAY)
"""How long a date is that is known so far."""


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


def make_calendar(edition: Edition) -> Calendar:
    """Which articles belong to which period: one that is known to the month belongs to no day."""
    found: dict[str, list[int]] = {}
    for number in edition.dated:
        date = edition.archive.records[number].article.date
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


def within(calendar: Calendar, date: str, length: int) -> tuple[str, ...]:
    """The periods with articles that are part of `date`, and of a length."""
    dates = calendar.of_length[length]
    return dates[bisect_left(dates, date) : bisect_left(dates, f"{date}.")]


def neighbours(calendar: Calendar, date: str) -> tuple[str, str]:
    """The dates with articles just before and after `date`, as long as itself; "" where there are none."""
    dates = calendar.of_length[len(date)]
    place = bisect_left(dates, date)
    return dates[place - 1] if place else "", dates[place + 1] if place + 1 < len(dates) else ""
