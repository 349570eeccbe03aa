"""A document's prose -> the date of its publication, or None where nothing supports one.

Dates are found by `dates_found` and weighed by `dates_weighed`; this module decides. A day is answered when it is more
likely right than wrong. Otherwise a month or a year is answered where a line of its own or a note of copyright states
it. Relative dates are never taken: they say when something happened, not when the text was published.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from sitegen.model import Dating, Document, Precision, Span, Yearless
from sitegen.understand.dates_found import FoundDate, find_dates, find_years
from sitegen.understand.dates_weighed import (
    NO_RIVALS,
    PROMINENT,
    Feature,
    Signs,
    fitted,
    read_signs,
    supporting,
    weigh,
)

HEAD_LENGTH, TAIL_LENGTH = 40_000, 10_000
"""How much of a very long text is read for dates, in characters."""
METHOD = "text"
COPYRIGHT_NOTE, LATEST_SOURCE = "in the note of copyright", "latest of the sources"
COPYRIGHT = re.compile(r"(?:©|\(c\)|\bcopyright\b|\bhak cipta\b)[^\n\d]{0,40}(?P<year>(?:19|20)\d\d)\b", re.IGNORECASE)
IN_COPYRIGHT = ("©", "(c)", "copyr", "hak c")
"""One of these is in what COPYRIGHT matches, in lower case."""
YEAR_FROM_COPYRIGHT = 0.6
MONTH_ALONE = 0.7
MONTH_FROM_SOURCES = 0.6
"""An article appears on the day of its latest source or soon after: in the same month, mostly.

These three are estimates: too few texts go by them for a measurement.
"""
MOST_DATES = 200


class Judged(NamedTuple):
    """A date, how sure it is the day of publication, and by what signs."""

    sure: float
    date: FoundDate
    signs: Signs


def date_document(document: Document, language: str) -> tuple[Dating | None, Yearless | None]:
    """When `document` was published, as far as its prose supports it, and a day for which it lacks the year.

    The latter only where no day is known. `language` is a BCP 47 code.
    """
    found, years = read_dates(document.prose, language)
    days = judge_days(document, found, years)
    if dating := _day(days):
        return dating, None
    coarse = _month_of_sources(days) or _month(document, found) or _from_copyright(document.prose)
    return coarse, _yearless(document, found, years)


def read_dates(prose: str, language: str) -> tuple[Sequence[FoundDate], Sequence[int]]:
    """The dates in `prose` and the years that it names, each once; of a very long one, at its head and tail."""
    found = find_dates(prose[:HEAD_LENGTH], language)
    if len(prose) > HEAD_LENGTH:
        shift = max(HEAD_LENGTH, len(prose) - TAIL_LENGTH)
        found += tuple(_shifted(one, shift) for one in find_dates(prose[shift:], language))
    return found, sorted(set(find_years(prose[:HEAD_LENGTH]))) if found else ()


def _shifted(found: FoundDate, shift: int) -> FoundDate:
    return replace(found, span=Span(found.span.start + shift, found.span.end + shift))


def judge_days(document: Document, found: Sequence[FoundDate], years: Sequence[int]) -> list[Judged]:
    """The full dates among `found`, and those whose year stands elsewhere in the text, which names the `years`."""
    full = [one for one in found if one.is_full][:MOST_DATES]
    note = _copyright_note(document.prose) if len(full) < len(found) else None
    noted = int(note[0]) if note else 0
    unfinished = [one for one in found if not one.year][: MOST_DATES - len(full)]
    completed = [one for one in (_complete(one, years, noted) for one in unfinished) if one is not None]
    dates = [*full, *completed]
    latest_year = max([*years, *(one.year for one in dates)], default=0)
    signs = [
        have | {Feature.YEAR_ELSEWHERE} if number >= len(full) else have
        for number, have in enumerate(read_signs(document, dates, latest_year))
    ]
    return [Judged(weigh(have), one, have) for one, have in zip(dates, signs, strict=True)]


def judge_yearless(document: Document, found: Sequence[FoundDate]) -> list[Judged]:
    """The days and months without a year among `found`."""
    dates = [one for one in found if one.day and not one.year][:MOST_DATES]
    return [Judged(weigh(have), one, have) for one, have in zip(dates, read_signs(document, dates, 0), strict=True)]


def most_likely(judged: Iterable[Judged]) -> Judged | None:
    """The surest; of equally sure ones the latest, and of these the first."""
    return max(judged, key=lambda each: (each.sure, each.date.iso, -each.date.span.start), default=None)


def _day(days: Sequence[Judged]) -> Dating | None:
    best = most_likely(days)
    if best is None or best.sure < fitted().enough:
        return None
    return Dating(best.date.iso, Precision.DAY, best.sure, METHOD, best.date.span, supporting(best.signs))


def _month_of_sources(days: Sequence[Judged]) -> Dating | None:
    """The month of the latest source, where the text ends with a list of its sources."""
    sources = [one.date for one in days if Feature.SOURCES in one.signs and Feature.EARLIER_YEAR not in one.signs]
    if not sources:
        return None
    latest = max(sources, key=lambda one: one.iso)
    month = replace(latest, day=0).iso
    return Dating(month, Precision.MONTH, MONTH_FROM_SOURCES, METHOD, latest.span, (LATEST_SOURCE,))


def _yearless(document: Document, found: Sequence[FoundDate], years: Sequence[int]) -> Yearless | None:
    best = most_likely(judge_yearless(document, found))
    if best is None or best.sure < fitted().enough:
        return None
    day = best.date
    latest_year = max(years, default=0)
    return Yearless(day.month, day.day, day.weekday, best.sure, latest_year, day.span, supporting(best.signs))


def _complete(found: FoundDate, years: Iterable[int], noted: int) -> FoundDate | None:
    """A date without a year, with the one that the text has for it elsewhere; or None.

    For "Selasa (15/11)" that is the only year named in the text in which it is a Tuesday, for "15/11" that of the note
    of copyright (`noted`, or 0).
    """
    if found.year or not found.day:
        return None
    fitting = (
        {year for year in years if _weekday(year, found) == found.weekday} if found.weekday >= 0 else {noted} - {0}
    )
    return replace(found, year=fitting.pop()) if len(fitting) == 1 else None


def _weekday(year: int, found: FoundDate) -> int | None:
    try:
        return date(year, found.month, found.day).weekday()
    except ValueError:
        return None


def _month(document: Document, found: Sequence[FoundDate]) -> Dating | None:
    """A month and year that stand where a date of publication does."""
    for one in found[:MOST_DATES]:
        if one.year and not one.day:
            signs = read_signs(document, [replace(one, day=1)], 0)[0]
            if not signs.isdisjoint(PROMINENT) and signs.isdisjoint(NO_RIVALS):
                return Dating(one.iso, Precision.MONTH, MONTH_ALONE, METHOD, one.span, supporting(signs))
    return None


def _from_copyright(prose: str) -> Dating | None:
    note = _copyright_note(prose)
    return Dating(note[0], Precision.YEAR, YEAR_FROM_COPYRIGHT, METHOD, note[1], (COPYRIGHT_NOTE,)) if note else None


def _copyright_note(prose: str) -> tuple[str, Span] | None:
    """The latest year of the notes of copyright at the end of the text, and where it stands."""
    shift = max(0, len(prose) - TAIL_LENGTH)
    tail = prose[shift:].lower()
    if not any(sign in tail for sign in IN_COPYRIGHT):
        return None
    notes = list(COPYRIGHT.finditer(prose, shift))
    latest = max(notes, key=lambda note: (note["year"], note.start()), default=None)
    return (latest["year"], Span(*latest.span())) if latest else None
