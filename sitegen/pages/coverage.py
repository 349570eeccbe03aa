"""The archive -> what it holds of which source from which time, and where it has gaps.

A table with a row a source and a column a period (days, months or years, by how many have articles), and a page a
period that lists its articles by source, so that every number of the table opens exactly those. Every article is in
one column: one whose date says less than the columns is in a column of its own, and those without a date are in the
last. So the numbers of the table add up to the archive's.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import pairwise

from sitegen.model import Page, TermRef, Unit, Url
from sitegen.pages.edition import Edition
from sitegen.pages.faces import NOTHING, digest
from sitegen.pages.grids import shade
from sitegen.pages.lists import LEAST_WEIGHT, LINE_WEIGHT
from sitegen.pages.periods import DAY, MONTH, YEAR, Calendar
from sitegen.pages.views import Head, Item, Link
from sitegen.urls import COVERAGE, coverage_url

MOST_COLUMNS = 120
"""Months from the first to the last date that are columns, else the years are; beyond so many, only years with some."""
MOST_DAYS = 31
"""Days from the first to the last date that are columns."""
ROWS = 25
OTHERS = "others"
GAPS = 12
SHORTEST_GAP = {DAY: 1, MONTH: 31, YEAR: 366}
"""Empty days from which on there is a gap: as many as a column's, at least."""


@dataclass(frozen=True, slots=True)
class Cell:
    """How many articles of a source are from a period, where to read them, and how dark that is."""

    url: Url
    count: int
    shade: int


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """A source's articles by period. No source: the rest of the sources ("others"), or those without one ("")."""

    source: Link | None
    anchor: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """A time without articles: the days of the articles on either side of it, and how many days lie between."""

    after: str
    before: str
    days: int


@dataclass(frozen=True, slots=True)
class CoverageView:
    """What the page of the coverage sees.

    Attributes:
        columns: the periods, ascending, and "" for what is not dated; with the addresses of their lists and counts.
        follows_gap: for each column whether times without articles lie before it.
        gaps: the longest, by time.
    """

    head: Head
    total: int
    columns: tuple[tuple[str, Url, int], ...]
    follows_gap: tuple[bool, ...]
    rows: tuple[CoverageRow, ...]
    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True)
class PeriodView:
    """What the page of one period sees: its articles by source; `others` those of the sources without a row."""

    head: Head
    date: str
    url: Url
    total: int
    sections: tuple[tuple[str, Link | None, tuple[Item, ...]], ...]
    others: tuple[tuple[str, Link | None, tuple[Item, ...]], ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which articles of which source are from which period.

    Attributes:
        columns: the articles of each period, of some none; the undated under "", which comes last.
        sources: that have a row, most articles first; None for what has no source.
        length: of a period's date that is known so far.
    """

    columns: Mapping[str, tuple[int, ...]]
    sources: tuple[TermRef | None, ...]
    length: int


def make_coverage(edition: Edition, calendar: Calendar) -> Coverage:
    """The periods and sources of the table."""
    length, span = choose_columns(calendar)
    found: dict[str, list[int]] = {period: [] for period in span}
    for number in edition.dated:
        found.setdefault(edition.archive.records[number].article.date[:length], []).append(number)
    columns = {period: tuple(found[period]) for period in sorted(found)}
    if calendar.undated:
        columns[""] = calendar.undated
    counts = Counter(record.source for record in edition.archive.records)
    ranked = sorted(counts, key=lambda ref: (-counts[ref], ref or ("", "")))
    return Coverage(columns, tuple(ranked[:ROWS]), length)


def choose_columns(calendar: Calendar) -> tuple[int, Sequence[str]]:
    """How much of a date the columns show, and those from the first to the last, if these are not too many."""
    days, years = calendar.of_length[DAY], [int(year) for year in calendar.of_length[YEAR]]
    if not years:
        return YEAR, ()
    span = range(years[0], years[-1] + 1)
    if (
        days
        and date.fromisoformat(days[-1]).toordinal() - (first := date.fromisoformat(days[0]).toordinal()) < MOST_DAYS
    ):
        last = date.fromisoformat(days[-1]).toordinal()
        return DAY, [date.fromordinal(day).isoformat() for day in range(first, last + 1)]
    if 12 * len(span) <= MOST_COLUMNS:
        months = calendar.of_length[MONTH] or ("", "")
        every = (f"{year:04}-{month:02}" for year in span for month in range(1, 13))
        return MONTH, [month for month in every if months[0] <= month <= months[-1]]
    return YEAR, [f"{year:04}" for year in span] if len(span) <= MOST_COLUMNS else ()


def coverage_addresses(coverage: Coverage) -> Iterator[Url]:
    """The page of the coverage, and those of its periods."""
    yield COVERAGE
    yield from (coverage_url(period) for period, numbers in coverage.columns.items() if numbers)


def coverage_units(edition: Edition, coverage: Coverage) -> Iterator[Unit]:
    """The page of the coverage, and those of its periods."""
    shown = [edition.link_faces[ref] if ref else NOTHING for ref in coverage.sources]
    counted = Counter(
        (period, edition.archive.records[number].source)
        for period, numbers in coverage.columns.items()
        for number in numbers
    )
    gaps = find_gaps(edition, coverage.length)
    key = digest((COVERAGE, list(coverage.columns), sorted(counted.items(), key=repr), gaps), shown)
    weight = LEAST_WEIGHT + LINE_WEIGHT * len(counted)
    yield Unit(key, weight, ("coverage.html",), partial(plan_coverage, edition, coverage, counted, gaps))
    for period, numbers in coverage.columns.items():
        if not numbers:
            continue
        key = digest((coverage_url(period), coverage.sources), edition.faces_of(numbers))
        weight = LEAST_WEIGHT + LINE_WEIGHT * len(numbers)
        yield Unit(key, weight, ("period.html",), partial(plan_period, edition, coverage, period))


def plan_coverage(
    edition: Edition,
    coverage: Coverage,
    counted: Mapping[tuple[str, TermRef | None], int],
    gaps: tuple[Gap, ...],
) -> Iterator[Page]:
    """The page of the coverage."""
    periods = list(coverage.columns)
    most = max(counted.values(), default=0)
    rows = [
        make_row(
            edition.link(ref) if ref else None,
            anchor_of(ref),
            [counted.get((p, ref), 0) for p in periods],
            periods,
            most,
        )
        for ref in coverage.sources
    ]
    totals = [len(coverage.columns[period]) for period in periods]
    rest = [total - sum(row.cells[place].count for row in rows) for place, total in enumerate(totals)]
    if any(rest):
        rows.append(make_row(None, OTHERS, rest, periods, most))
    columns = tuple((period, coverage_url(period), total) for period, total in zip(periods, totals, strict=True))
    total = len(edition.archive.records)
    yield Page(
        COVERAGE, "coverage.html", CoverageView(Head(), total, columns, after_gaps(periods, gaps), tuple(rows), gaps)
    )


def make_row(source: Link | None, anchor: str, counts: Sequence[int], periods: Sequence[str], most: int) -> CoverageRow:
    """A row of the table; `most` is its fullest cell's count."""
    cells = (
        Cell(Url(f"{coverage_url(period)}#{anchor}"), count, shade(count, most))
        for period, count in zip(periods, counts, strict=True)
    )
    return CoverageRow(source, anchor, tuple(cells))


def anchor_of(source: TermRef | None) -> str:
    """Where a source's articles stand on the page of a period."""
    return f"source-{source.id}" if source else "source"


def find_gaps(edition: Edition, length: int) -> tuple[Gap, ...]:
    """The longest times between two articles that are dated to the day and next to one another, by time."""
    dates = sorted({edition.archive.records[number].article.date for number in edition.dated})
    days = [
        Gap(one, other, (date.fromisoformat(other) - date.fromisoformat(one)).days - 1)
        for one, other in pairwise(dates)
        if len(one) == len(other) == DAY
    ]
    empty = [gap for gap in days if gap.days >= SHORTEST_GAP[length]]
    longest = sorted(empty, key=lambda gap: (-gap.days, gap.after))[:GAPS]
    return tuple(sorted(longest, key=lambda gap: gap.after))


def after_gaps(periods: Sequence[str], gaps: Sequence[Gap]) -> tuple[bool, ...]:
    """For each period whether a gap ends in it that began before it."""
    ends = [gap.before for gap in gaps]
    starts = [gap.after for gap in gaps]
    return tuple(
        any(end.startswith(period) and not start.startswith(period) for start, end in zip(starts, ends, strict=True))
        if period
        else False
        for period in periods
    )


def plan_period(edition: Edition, coverage: Coverage, period: str) -> Iterator[Page]:
    """The page of one period."""
    by_source: dict[TermRef | None, list[int]] = {}
    for number in coverage.columns[period]:
        by_source.setdefault(edition.archive.records[number].source, []).append(number)
    named = [ref for ref in coverage.sources if ref in by_source]
    others = sorted((ref for ref in by_source if ref not in coverage.sources), key=lambda ref: ref or ("", ""))
    url = coverage_url(period)
    sections, rest = (
        tuple(
            (anchor_of(ref), edition.link(ref) if ref else None, tuple(map(edition.item, by_source[ref])))
            for ref in group
        )
        for group in (named, others)
    )
    yield Page(url, "period.html", PeriodView(Head(), period, url, len(coverage.columns[period]), sections, rest))
