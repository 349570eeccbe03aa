"""Dated articles -> a strip of time drawn to scale: bars of equal spans from the first to the last, gaps too."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sitegen.model import Url
from sitegen.pages.periods import MONTH, YEAR, Calendar, Period, periods
from sitegen.urls import DATES

MONTHLY_YEARS = 3
"""Up to so many years a bar is a month, if every date says its month."""
MOST_BARS = 40
YEARS_OF_A_BAR = (1, 2, 5, 10, 20, 50, 100, 250)
TICKS = 4


@dataclass(frozen=True, slots=True)
class Bar:
    """A span of time on the strip; several years have no list of their own, and lead to their place among all years.

    Attributes:
        date: "2024" or "2024-03", or the first of several years.
        to: the last of several years, or "".
        count: of its articles, where its link opens exactly those; else 0.
        percent: of the tallest bar; 0 where there is nothing.
        tick: whether its name stands below the strip.
    """

    date: str
    to: str
    url: Url
    count: int
    percent: int
    tick: bool


@dataclass(frozen=True, slots=True)
class Strip:
    """Bars from the first to the last dated article; none when nothing is dated."""

    bars: tuple[Bar, ...]
    years_of_a_bar: int


def make_strip(calendar: Calendar) -> Strip:
    """The strip of an archive: months of a few years, years, or runs of years, so that MOST_BARS are enough."""
    years = calendar.of_length[YEAR]
    if not years:
        return Strip((), 1)
    first, last = int(years[0]), int(years[-1])
    if last - first < MONTHLY_YEARS and knows_months(calendar):
        months = [f"{year:04}-{month:02}" for year in range(first, last + 1) for month in range(1, 13)]
        return Strip(tuple(with_ticks(periods(calendar, months))), 1)
    step = next((step for step in YEARS_OF_A_BAR if (last - first) // step < MOST_BARS), YEARS_OF_A_BAR[-1])
    if step == 1:
        found = periods(calendar, [f"{year:04}" for year in range(first, last + 1)])
        return Strip(tuple(with_ticks(found)), step)
    return Strip(tuple(run_bars(calendar, range(first - first % step, last + 1, step))), step)


def knows_months(calendar: Calendar) -> bool:
    """Whether every dated article says its month."""
    counts = (sum(len(calendar.numbers[date]) for date in calendar.of_length[length]) for length in (YEAR, MONTH))
    return len(set(counts)) == 1


def with_ticks(found: Sequence[Period]) -> Iterator[Bar]:
    """Bars for periods that have lists of their own."""
    every = tick_distance(len(found))
    for place, period in enumerate(found):
        yield Bar(period.date, "", period.url, period.count, period.percent, place % every == 0)


def run_bars(calendar: Calendar, starts: range) -> Iterator[Bar]:
    """Bars for runs of years."""
    counts = [sum(len(calendar.numbers.get(f"{year:04}", ())) for year in run(start, starts.step)) for start in starts]
    every, most = tick_distance(len(counts)), max(counts)
    for place, (start, count) in enumerate(zip(starts, counts, strict=True)):
        percent = max(4, round(100 * count / most)) if count else 0
        url = Url(f"{DATES}#{run_anchor(start, starts.step)}")
        to = f"{run(start, starts.step)[-1]:04}"
        yield Bar(f"{start:04}", to, url, 0, percent, place % every == 0)


def run(start: int, step: int) -> range:
    """The years of a bar, none before the first of all."""
    return range(max(start, 1), start + step)


def run_anchor(year: int, step: int) -> str:
    """Where among all years those of a bar stand."""
    return f"from-{year - year % step:04}"


def tick_distance(bars: int) -> int:
    """Every how many bars have a name, so that about TICKS do."""
    return max(1, -(-bars // TICKS))


def year_groups(calendar: Calendar, strip: Strip) -> tuple[tuple[str, tuple[Period, ...]], ...]:
    """The years with articles, newest first, under the anchors of the bars that hold them."""
    groups: dict[str, list[Period]] = {}
    for period in reversed(periods(calendar, calendar.of_length[YEAR])):
        groups.setdefault(run_anchor(int(period.date), strip.years_of_a_bar), []).append(period)
    if strip.years_of_a_bar == 1:
        return (("years", tuple(period for group in groups.values() for period in group)),) if groups else ()
    return tuple((anchor, tuple(group)) for anchor, group in groups.items())
