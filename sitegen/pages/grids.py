"""The calendar -> tables of days that a keyboard and a screen reader can walk: a month in weeks, a year in months."""

import math
from calendar import Calendar as Weeks
from calendar import monthrange
from dataclasses import dataclass
from typing import NamedTuple

from sitegen.locale import weekdays
from sitegen.model import Url
from sitegen.pages.periods import DAY, MONTH, YEAR, Calendar, within
from sitegen.urls import date_url

LONGEST_MONTH = 31
SHADES = 4
DAYS_OF_A_TABLE = 8
"""With fewer days that have articles, a year's months and its list say all that a table would."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a table; nothing to open when the count is 0.

    Attributes:
        shade: from 0 (nothing) to SHADES (the most in its table).
    """

    date: str
    day: int
    url: Url
    count: int
    shade: int


class Row(NamedTuple):
    """A week (date "") or a month of a table; None where there is no such day."""

    date: str
    url: Url | None
    cells: tuple[Day | None, ...]


class Grid(NamedTuple):
    """A table of days: its columns' short and full names, and its rows; empty when a period is no table."""

    columns: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]


NO_GRID = Grid((), ())


def shade(count: int, most: int) -> int:
    """How dark a cell with `count` is where the fullest has `most`, by the logarithm: few are seen beside many."""
    return math.ceil(SHADES * math.log1p(count) / math.log1p(max(most, SHADES))) if count else 0


def make_grid(calendar: Calendar, date: str, language: str) -> Grid:
    """The table of the days of a month with dated days, or of a year with DAYS_OF_A_TABLE of them; else none."""
    found = len(within(calendar, date, DAY))
    if len(date) == MONTH and found:
        return month_grid(calendar, date, language)
    return year_grid(calendar, date) if len(date) == YEAR and found >= DAYS_OF_A_TABLE else NO_GRID


def month_grid(calendar: Calendar, date: str, language: str) -> Grid:
    """A month in weeks that begin as they do where `language` is spoken."""
    columns = weekdays(language)
    year, month = (int(part) for part in date.split("-"))
    weeks = Weeks(firstweekday=columns[0][0]).monthdayscalendar(year, month)
    most = max(len(calendar.numbers.get(f"{date}-{day:02}", ())) for day in range(1, LONGEST_MONTH + 1))
    rows = (tuple(find_day(calendar, date, day, most) if day else None for day in week) for week in weeks)
    return Grid(tuple((short, name) for _, short, name in columns), tuple(Row("", None, cells) for cells in rows))


def year_grid(calendar: Calendar, year: str) -> Grid:
    """A year in months, a column for each day of the month."""
    days = range(1, LONGEST_MONTH + 1)
    months = [f"{year}-{month:02}" for month in range(1, 13)]
    most = max(len(calendar.numbers.get(f"{month}-{day:02}", ())) for month in months for day in days)
    rows = []
    for month in months:
        last = monthrange(int(year), int(month[5:]))[1]
        cells = tuple(find_day(calendar, month, day, most) if day <= last else None for day in days)
        rows.append(Row(month, date_url(month) if month in calendar.numbers else None, cells))
    return Grid(tuple((str(day), str(day)) for day in days), tuple(rows))


def find_day(calendar: Calendar, month: str, day: int, most: int) -> Day:
    """One cell; `most` is the count of the fullest."""
    date = f"{month}-{day:02}"
    count = len(calendar.numbers.get(date, ()))
    return Day(date, day, date_url(date), count, shade(count, most))
