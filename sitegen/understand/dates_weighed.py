"""The dates found in a document -> how sure each is the day of publication, from 0 to 1.

The weights were set by hand from how newspapers of several countries write, not fitted to any set of articles: each is
the change in log odds that its feature makes. That a weekday which agrees counts most, and a bare date in the middle of
a text little, was measured on Indonesian, English and Russian news.
"""

import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType

from sitegen.model import Document, Span
from sitegen.understand.attribution import names_medium
from sitegen.understand.dates_cues import Cue, find_cues
from sitegen.understand.dates_found import FoundDate

HEAD_PARAGRAPHS = 4
HEAD_REACH = 96
ALONE_REST = 30
"""How much else a line may hold that is a date's own, in characters."""
MOST_WORDS_BESIDE = 6


class Feature(StrEnum):
    """What speaks for or against a date being the day of publication."""

    ANY = "any"
    WEEKDAY_AGREES = "weekday agrees"
    WEEKDAY_DIFFERS = "weekday differs"
    ALONE_IN_HEAD = "alone on its line, near the top"
    ALONE_IN_TAIL = "alone on its line, at the end"
    SOURCES = "after a medium's name, in the list of sources at the end"
    DATELINE = "opens a paragraph near the top, then a dash"
    TITLE = "in the title"
    FIRST_PARAGRAPH = "in the first paragraph"
    BRACKETED = "in brackets, in numbers"
    BRACKETED_WEEKDAY = "weekday with the date in brackets"
    LATEST = "no later date in the text"
    EARLIER = "a later date stands in the text"
    EARLIER_YEAR = "a later year stands in the text"
    REPEATED = "written more than once"
    SWAPPED = "day and month may be the other way round"


WEIGHTS: Mapping[StrEnum, float] = MappingProxyType(
    {
        Feature.ANY: -1.5,
        Feature.WEEKDAY_AGREES: 1.8,
        Feature.WEEKDAY_DIFFERS: -2.5,
        Feature.ALONE_IN_HEAD: 3.6,
        Feature.ALONE_IN_TAIL: 0.8,
        Feature.SOURCES: -2.0,
        Feature.DATELINE: 3.2,
        Feature.TITLE: 0.4,
        Feature.FIRST_PARAGRAPH: 0.3,
        Feature.BRACKETED: 0.9,
        Feature.BRACKETED_WEEKDAY: 1.0,
        Cue.TODAY: 2.2,
        Cue.CITED: 2.0,
        Cue.SAID: 1.2,
        Cue.PUBLISHED: 2.0,
        Feature.LATEST: 0.8,
        Feature.EARLIER: -1.0,
        Feature.EARLIER_YEAR: -0.8,
        Feature.REPEATED: 0.1,
        Cue.SINCE: -2.4,
        Cue.BORN: -2.4,
        Cue.AHEAD: -2.0,
        Cue.QUOTED_POST: -4.5,
        Cue.POSTED_BY: -2.5,
        Feature.SWAPPED: -2.5,
        Cue.IN_ADDRESS: -1.0,
    }
)


NO_RIVALS = frozenset({Cue.SINCE, Cue.BORN, Cue.AHEAD, Cue.QUOTED_POST, Cue.POSTED_BY, Cue.IN_ADDRESS})
"""Dates with one of these are no measure of whether another is the latest."""
PROMINENT = frozenset({Feature.ALONE_IN_HEAD, Feature.DATELINE})
OPENING = re.compile(r"[\s\"“(]*(?:[\w.'’-]+(?:[ ,/]+[\w.'’-]+){0,3}[\s,(]*)?", re.UNICODE)
AFTER_DATELINE = re.compile(
    r"[.)）,]*(?:\s?[A-ZÀ-Þ][\w' -]{1,30}\.?)?\s*[-–—―:|~]|[.)）]?\s*(?:$|\n)|\s?(?:消息|[电電讯訊])"
)
DECORATION = re.compile(
    r"\d{1,2}[.:]\d{2}(?:[.:]\d{2})?|\b(?:WIB|WITA|WIT|GMT|UTC|WNI|[AP]\.?M|IST|CET|EST|PDT|MSK|at|on|pukul|jam)\b|\W",
    re.IGNORECASE,
)


Signs = frozenset[StrEnum]
"""Features and cues that hold for one date."""


def weigh(signs: Signs) -> float:
    """The probability that a date with these `signs` is the day of publication."""
    return round(1 / (1 + math.exp(-sum(WEIGHTS[sign] for sign in sorted(signs)))), 3)


def supporting(signs: Signs) -> tuple[str, ...]:
    """Those of `signs` that speak for a date, strongest first."""
    chosen = sorted((sign for sign in signs if WEIGHTS[sign] > 0), key=lambda sign: (-WEIGHTS[sign], sign))
    return tuple(sign.value for sign in chosen)


def read_signs(document: Document, dates: Sequence[FoundDate], latest_year: int) -> list[Signs]:
    """What speaks for and against each of `dates`, which are full.

    Args:
        latest_year: the latest that the text names.
    """
    alone = _list_sources(dates, [_signs_of(one, document) for one in dates], document.prose)
    days = Counter(_day(one) for one in dates)
    rivals = [_day(one) for one, signs in zip(dates, alone, strict=True) if signs.isdisjoint(NO_RIVALS)]
    latest = max(rivals, default=(0, 0, 0))
    return [
        signs | frozenset(_by_others(one, signs, days, latest, latest_year))
        for one, signs in zip(dates, alone, strict=True)
    ]


def _signs_of(found: FoundDate, document: Document) -> Signs:
    """What holds for the date alone. "Hingga Rabu (26/12/2018)" is how a newspaper says until now."""
    cues = find_cues(document.prose, found.span.start)
    signs = frozenset({Feature.ANY, *_own(found), *_by_place(found, document), *cues})
    return signs - {Cue.SINCE} if Feature.BRACKETED_WEEKDAY in signs else signs


def _day(found: FoundDate) -> tuple[int, int, int]:
    return found.year, found.month, found.day


def _own(found: FoundDate) -> Iterator[Feature]:
    if found.weekday >= 0:
        yield Feature.WEEKDAY_AGREES if found.weekday_agrees else Feature.WEEKDAY_DIFFERS
    if found.bracketed and found.weekday_agrees:
        yield Feature.BRACKETED_WEEKDAY
    elif found.bracketed and found.in_numbers:
        yield Feature.BRACKETED
    if found.swapped and not found.weekday_agrees:
        yield Feature.SWAPPED


def _by_place(found: FoundDate, document: Document) -> Iterator[Feature]:
    start, paragraphs = found.span.start, document.paragraphs
    if document.title and document.title.start <= start < document.title.end:
        yield Feature.TITLE
        return
    place = bisect_right(paragraphs, start, key=lambda span: span.start) - 1
    if place < 0 or start >= paragraphs[place].end:
        if start < document.body.start:
            yield Feature.ALONE_IN_HEAD
        return
    if _is_alone(found.span, paragraphs[place], document.prose):
        if place < HEAD_PARAGRAPHS:
            yield Feature.ALONE_IN_HEAD
        elif 2 * place >= len(paragraphs):
            yield Feature.ALONE_IN_TAIL
    elif place < HEAD_PARAGRAPHS and _opens(found.span, paragraphs[place], document.prose):
        yield Feature.DATELINE
    elif place == 0:
        yield Feature.FIRST_PARAGRAPH


def _is_alone(span: Span, paragraph: Span, prose: str) -> bool:
    """Whether the paragraph holds little but the date: a time, a place, a label."""
    if paragraph.end - paragraph.start > span.end - span.start + 2 * ALONE_REST:
        return False
    rest = prose[paragraph.start : span.start] + " " + prose[span.end : paragraph.end]
    return (
        len(DECORATION.sub("", rest)) <= ALONE_REST
        and "." not in rest.strip(" .")
        and len(rest.split()) <= MOST_WORDS_BESIDE
    )


def _opens(span: Span, paragraph: Span, prose: str) -> bool:
    """Whether the paragraph is "Place, date - text", with or without the place."""
    if span.start - paragraph.start > HEAD_REACH or not AFTER_DATELINE.match(
        prose[span.end : span.end + 2 * ALONE_REST]
    ):
        return False
    return OPENING.fullmatch(prose[paragraph.start : span.start]) is not None


def _list_sources(dates: Sequence[FoundDate], signs: Sequence[Signs], prose: str) -> list[Signs]:
    """`signs` with SOURCES for dates at the end that date a source: a medium before them, or several in a row."""
    in_tail = sum(Feature.ALONE_IN_TAIL in one for one in signs)
    return [
        one - {Feature.ALONE_IN_TAIL} | {Feature.SOURCES}
        if Feature.ALONE_IN_TAIL in one and (in_tail > 1 or _after_medium(found.span.start, prose))
        else one
        for found, one in zip(dates, signs, strict=True)
    ]


def _after_medium(start: int, prose: str) -> bool:
    before = prose[max(prose.rfind("\n", 0, start) + 1, start - 2 * ALONE_REST) : start]
    return before.endswith("、") or names_medium(before.strip(" ,"))


def _by_others(
    found: FoundDate,
    signs: Signs,
    days: Mapping[tuple[int, int, int], int],
    latest: tuple[int, int, int],
    latest_year: int,
) -> Iterator[Feature]:
    """How the date stands to the text's other dates; what stands at the top need not be the latest."""
    prominent = not signs.isdisjoint(PROMINENT)
    if days[_day(found)] > 1:
        yield Feature.REPEATED
    if _day(found) >= latest:
        yield Feature.LATEST
    elif not prominent:
        yield Feature.EARLIER
    if latest_year > found.year and not prominent:
        yield Feature.EARLIER_YEAR
