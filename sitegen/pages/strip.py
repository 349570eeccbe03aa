"""Dated articles -> a strip of time drawn to scale: bars of equal spans from the first to the last, gaps too."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sitegen.model import Url
from sitegen.pages.periods import MONTH, YEAR, Calendar, Period, periods
from sitegen.urls import DATES

MOST_BARS, FEWEST_BARS = 36, 12
"""What wide and narrow screens have room for, where a bar is wide enough for a finger."""
MONTHS = 12
DECADE = 10
YEARS_OF_A_BAR = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
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
    """Bars from the first to the last dated article; none when nothing is dated.

    Attributes:
        bars: for wide screens.
        coarse: the same time in fewer bars, for narrow ones.
        years_of_a_group: in which the page of all dates lists the years, and to which bars of several years lead.
    """

    bars: tuple[Bar, ...]
    coarse: tuple[Bar, ...]
    years_of_a_group: int


def make_strip(calendar: Calendar) -> Strip:
    """The strip of an archive: months of a few years, years, or runs of years."""
    years = calendar.of_length[YEAR]
    if not years:
        return Strip((), (), DECADE)
    span = range(int(years[0]), int(years[-1]) + 1)
    group = max(DECADE, choose_step(span, MOST_BARS))
    return Strip(make_bars(calendar, span, MOST_BARS, group), make_bars(calendar, span, FEWEST_BARS, group), group)


def choose_step(span: range, most: int) -> int:
    """How many years a bar is, so that there are at most `most`."""
    counts = ((step, span[-1] // step - span[0] // step + 1) for step in YEARS_OF_A_BAR)
    return next((step for step, count in counts if count <= most), YEARS_OF_A_BAR[-1])


def make_bars(calendar: Calendar, span: range, most: int, years_of_a_group: int) -> tuple[Bar, ...]:
    """At most `most` bars for a span of years."""
    if MONTHS * len(span) <= most and knows_months(calendar):
        months = [f"{year:04}-{month:02}" for year in span for month in range(1, MONTHS + 1)]
        return tuple(with_ticks(periods(calendar, months)))
    step = choose_step(span, most)
    if step == 1:
        return tuple(with_ticks(periods(calendar, [f"{year:04}" for year in span])))
    starts = range(span[0] - span[0] % step, span[-1] + 1, step)
    return tuple(run_bars(calendar, starts, years_of_a_group))


def knows_months(calendar: Calendar) -> bool:
    """Whether every dated article says its month."""
    counts = (sum(len(calendar.numbers[date]) for date in calendar.of_length[length]) for length in (YEAR, MONTH))
    return len(set(counts)) == 1


def with_ticks(found: Sequence[Period]) -> Iterator[Bar]:
    """Bars for periods that have lists of their own."""
    every = tick_distance(len(found))
    for place, period in enumerate(found):
        yield Bar(period.date, "", period.url, period.count, period.percent, place % every == 0)


def run_bars(calendar: Calendar, starts: range, years_of_a_group: int) -> Iterator[Bar]:
    """Bars for runs of years, which lead to where the latest of them stand among all."""
    known = {int(year): len(calendar.numbers[year]) for year in calendar.of_length[YEAR]}
    counts = [sum(known.get(year, 0) for year in run(start, starts.step)) for start in starts]
    every, most = tick_distance(len(counts)), max(counts)
    for place, (start, count) in enumerate(zip(starts, counts, strict=True)):
        years = run(start, starts.step)
        percent = max(4, round(100 * count / most)) if count else 0
        latest = max((year for year in years if year in known), default=start)
        url = Url(f"{DATES}#{run_anchor(latest, years_of_a_group)}")
        yield Bar(f"{years[0]:04}", f"{years[-1]:04}", url, 0, percent, place % every == 0)


def run(start: int, step: int) -> range:
    """The years of a bar, none before the first of all."""
    return range(max(start, 1), start + step)


def run_anchor(year: int, step: int) -> str:
    """Where among all years those of a group stand."""
    return f"from-{year - year % step:04}"


def tick_distance(bars: int) -> int:
    """Every how many bars have a name, so that about TICKS do."""
    return max(1, -(-bars // TICKS))


def year_groups(calendar: Calendar, strip: Strip) -> tuple[tuple[str, tuple[Period, ...]], ...]:
    """The years with articles, newest first, in groups under their anchors."""
    groups: dict[str, list[Period]] = {}
    for period in reversed(periods(calendar, calendar.of_length[YEAR])):
        groups.setdefault(run_anchor(int(period.date), strip.years_of_a_group), []).append(period)
    return tuple((anchor, tuple(group)) for anchor, group in groups.items())
