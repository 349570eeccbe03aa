"""A document's prose -> the date of its publication, or None where nothing supports one.

Dates are found by `dates_found` and weighed by `dates_weighed`; this module decides. A day is answered when it is more
likely right than wrong. Otherwise a month or a year is answered where a line of its own or a note of copyright states
it. Relative dates are never taken: they say when something happened, not when the text was published.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sitegen.model import Dating, Document, Precision, Span
from sitegen.understand.dates_found import FoundDate, find_dates, find_years
from sitegen.understand.dates_weighed import NO_RIVALS, PROMINENT, Feature, Signs, read_signs, supporting, weigh

ENOUGH = 0.5
HEAD_LENGTH, TAIL_LENGTH = 40_000, 10_000
"""How much of a very long text is read for dates, in characters."""
METHOD = "text"
COPYRIGHT_NOTE, LATEST_SOURCE = "in the note of copyright", "latest of the sources"
COPYRIGHT = re.compile(r"(?:©|\(c\)|\bcopyright\b|\bhak cipta\b)[^\n\d]{0,40}(?P<year>(?:19|20)\d\d)\b", re.IGNORECASE)
YEAR_FROM_WEEKDAY = 0.6
YEAR_FROM_COPYRIGHT = 0.6
MONTH_ALONE = 0.7
MONTH_FROM_SOURCES = 0.6
"""An article appears on the day of its latest source or soon after: in the same month, mostly."""
MOST_DATES = 200


def date_document(document: Document, language: str) -> Dating | None:
    """When `document` was published, as far as its prose supports it; `language` is its BCP 47 code."""
    prose = document.prose
    found = find_dates(prose[:HEAD_LENGTH], language)
    if len(prose) > HEAD_LENGTH:
        shift = max(HEAD_LENGTH, len(prose) - TAIL_LENGTH)
        found += tuple(_shifted(one, shift) for one in find_dates(prose[shift:], language))
    if not found:
        return _from_copyright(prose)
    years = find_years(prose[:HEAD_LENGTH])
    return _day(document, found, years) or _month(document, found) or _from_copyright(prose)


def _shifted(found: FoundDate, shift: int) -> FoundDate:
    return replace(found, span=Span(found.span.start + shift, found.span.end + shift))


def _day(document: Document, found: Sequence[FoundDate], years: Sequence[int]) -> Dating | None:
    full = [one for one in found if one.is_full]
    completed = [one for one in (_complete(one, years) for one in found) if one is not None]
    judged = _judge(document, [*full, *completed][:MOST_DATES], years)
    capped = [(min(YEAR_FROM_WEEKDAY, sure) if one in completed else sure, one, signs) for sure, one, signs in judged]
    best = max(capped, key=lambda each: (each[0], _iso(each[1]), -each[1].span.start), default=None)
    if best and best[0] >= ENOUGH:
        confidence, chosen, signs = best
        return Dating(_iso(chosen), Precision.DAY, confidence, METHOD, chosen.span, supporting(signs))
    sources = [one for _, one, signs in judged if Feature.SOURCES in signs and Feature.EARLIER_YEAR not in signs]
    if sources:
        latest = max(sources, key=_iso)
        month = _iso(replace(latest, day=0))
        return Dating(month, Precision.MONTH, MONTH_FROM_SOURCES, METHOD, latest.span, (LATEST_SOURCE,))
    return None


def _judge(
    document: Document, dates: Sequence[FoundDate], years: Sequence[int]
) -> list[tuple[float, FoundDate, Signs]]:
    latest_year = max([*years, *(one.year for one in dates)], default=0)
    signs = read_signs(document, dates, latest_year)
    return [(weigh(have), one, have) for one, have in zip(dates, signs, strict=True)]


def _complete(found: FoundDate, years: Sequence[int]) -> FoundDate | None:
    """The date "Selasa (15/11)" with the only year named in the text in which that is a Tuesday; or None."""
    if found.year or found.weekday < 0:
        return None
    fitting = {year for year in years if _weekday(year, found) == found.weekday}
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
                return Dating(_iso(one), Precision.MONTH, MONTH_ALONE, METHOD, one.span, supporting(signs))
    return None


def _from_copyright(prose: str) -> Dating | None:
    notes = list(COPYRIGHT.finditer(prose[-TAIL_LENGTH:]))
    if not notes:
        return None
    shift = max(0, len(prose) - TAIL_LENGTH)
    latest = max(notes, key=lambda note: (note["year"], note.start()))
    evidence = Span(shift + latest.start(), shift + latest.end())
    return Dating(latest["year"], Precision.YEAR, YEAR_FROM_COPYRIGHT, METHOD, evidence, (COPYRIGHT_NOTE,))


def _iso(found: FoundDate) -> str:
    parts = [f"{found.year:04}", f"{found.month:02}"] + ([f"{found.day:02}"] if found.day else [])
    return "-".join(parts)
