"""The dates found in a document -> what speaks for and against each, and how sure each is the day of publication.

The weights are fitted by dates_fit.py to articles that were written for this project (training/dates.txt): each is the
change in log odds that its sign makes. The odds are then brought to what cross-validation found to be true of them
(Platt, "Probabilistic outputs for support vector machines", 1999).
"""

import math
import re
import tomllib
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from sitegen.model import Document, Span
from sitegen.understand.attribution import names_medium
from sitegen.understand.dates_cues import Cue, find_cues
from sitegen.understand.dates_found import FoundDate

WEIGHTS_FILE = Path(__file__).with_name("dates_weights.toml")
HEAD_PARAGRAPHS = 4
HEAD_REACH = 96
ALONE_REST = 30
"""How much else a line may hold that is a date's own, in characters.

This and its neighbours were judged from how newspapers set their datelines; what a sign is worth is fitted.
"""
MOST_WORDS_BESIDE = 6
CLEARLY = 0.5
"""From this weight on a sign is worth telling a reader."""
MOST_LETTERS_OF_LABEL = 12
"""With more than these beside the date, and a full stop, a line is a sentence."""


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
    YEAR_ELSEWHERE = "its year stands elsewhere in the text"


NO_RIVALS = frozenset({Cue.SINCE, Cue.BORN, Cue.AHEAD, Cue.QUOTED_POST, Cue.POSTED_BY, Cue.IN_ADDRESS})
"""Dates with one of these are no measure of whether another is the latest."""
ALONE = frozenset({Feature.ALONE_IN_HEAD, Feature.ALONE_IN_TAIL})
PROMINENT = frozenset({Feature.ALONE_IN_HEAD, Feature.DATELINE})
OPENING = re.compile(r"[\s\"“(]*(?P<words>[\w.'’-]+(?:[ ,/]+[\w.'’-]+){0,3})?[\s,(]*")
AFTER_DATELINE = re.compile(
    r"[.)）,]*(?:\s?\([^()\n]{1,20}\)|\s?[A-ZÀ-Þ][\w' -]{1,30}\.?)?\s*[-–—―|~]|\s?(?:消息|[电電讯訊])"
)
AFTER_PLACE_AND_DATE = re.compile(r"(?:\s(?:года|г|року))?[.。]\s|[.)）]?\s*\n")
"""The full stop of "Djakarta, 17 Agustus 1950. Presiden …", or a new line: they count after what may be a place."""
SENTENCE_END = re.compile(r"[.!?。！？][\"”»）)]*\s*$")
DECORATION = re.compile(
    r"\d{1,2}[.:]\d{2}(?:[.:]\d{2})?|\b(?:WIB|WITA|WIT|GMT|UTC|WNI|[AP]\.?M|IST|CET|EST|PDT|MSK|at|on|pukul|jam)\b|\W",
    re.IGNORECASE,
)


Signs = frozenset[StrEnum]
"""Features and cues that hold for one date."""


class Fitted(NamedTuple):
    """What was fitted: the weight of each sign, the line that calibrates their sum, and what suffices for an answer."""

    weights: Mapping[str, float]
    slope: float
    shift: float
    enough: float


@cache
def fitted() -> Fitted:
    """The fitted numbers, as dates_fit.py wrote them."""
    read = tomllib.loads(WEIGHTS_FILE.read_text("utf-8"))
    return Fitted(MappingProxyType(read["weights"]), read["slope"], read["shift"], read["enough"])


def weigh(signs: Signs) -> float:
    """The probability that a date with these `signs` is the day of publication."""
    weights, slope, shift, _ = fitted()
    return round(1 / (1 + math.exp(-shift - slope * sum(weights[sign] for sign in sorted(signs)))), 3)


def supporting(signs: Signs) -> tuple[str, ...]:
    """Those of `signs` that clearly speak for a date, strongest first."""
    weights = fitted().weights
    clear = (sign for sign in signs if weights[sign] >= CLEARLY)
    chosen = sorted(clear, key=lambda sign: (-weights[sign], sign))
    return tuple(sign.value for sign in chosen)


def read_signs(document: Document, dates: Sequence[FoundDate], latest_year: int) -> list[Signs]:
    """What speaks for and against each of `dates`, which all have a year, or all have none.

    The weekday of a date without a year is taken to agree, for it is given a year in which it does.

    Args:
        latest_year: the latest that the text names; 0 when it is not to count.
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
    if Feature.BRACKETED_WEEKDAY in signs:
        signs -= {Cue.SINCE}
    if not signs.isdisjoint({Cue.QUOTED_POST, Cue.POSTED_BY}):
        # The line on which a post is signed is the post's own, not the article's, but at the top of a blog.
        signs -= {Feature.ALONE_IN_TAIL} if Cue.POSTED_BY in signs else ALONE
    return signs


def _day(found: FoundDate) -> tuple[int, int, int]:
    return found.year, found.month, found.day


def _own(found: FoundDate) -> Iterator[Feature]:
    agrees = found.weekday_agrees or (found.weekday >= 0 and not found.year)
    if found.weekday >= 0:
        yield Feature.WEEKDAY_AGREES if agrees else Feature.WEEKDAY_DIFFERS
    if found.bracketed and agrees:
        yield Feature.BRACKETED_WEEKDAY
    elif found.bracketed and found.in_numbers:
        yield Feature.BRACKETED
    if found.swapped and not agrees:
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
    in_head = place == 0 or (place < HEAD_PARAGRAPHS and 2 * place < len(paragraphs))
    if _is_alone(found.span, paragraphs[place], document.prose):
        if in_head:
            yield Feature.ALONE_IN_HEAD
        elif 2 * place >= len(paragraphs):
            yield Feature.ALONE_IN_TAIL
    elif place < HEAD_PARAGRAPHS and _opens(found.span, paragraphs[place], document.prose):
        yield Feature.DATELINE
    elif place == 0:
        yield Feature.FIRST_PARAGRAPH


def _is_alone(span: Span, paragraph: Span, prose: str) -> bool:
    """Whether the paragraph holds little but the date (a time, a place, a label), and is no sentence."""
    if paragraph.end - paragraph.start > span.end - span.start + 2 * ALONE_REST:
        return False
    rest = prose[paragraph.start : span.start] + " " + prose[span.end : paragraph.end]
    letters = DECORATION.sub("", rest)
    if len(letters) > MOST_LETTERS_OF_LABEL and SENTENCE_END.search(prose, span.end, paragraph.end):
        return False
    return len(letters) <= ALONE_REST and "." not in rest.strip(" .") and len(rest.split()) <= MOST_WORDS_BESIDE


def _opens(span: Span, paragraph: Span, prose: str) -> bool:
    """Whether the paragraph is "Place, date - text", with or without the place."""
    if span.start - paragraph.start > HEAD_REACH:
        return False
    opening = OPENING.fullmatch(prose[paragraph.start : span.start])
    if opening is None:
        return False
    words = (opening["words"] or "").split()
    if sum(word[0].islower() for word in words) > 1:
        return False
    after = prose[span.end : span.end + 2 * ALONE_REST]
    may_be_place = not any(word[0].islower() for word in words)
    return bool(AFTER_DATELINE.match(after) or (may_be_place and AFTER_PLACE_AND_DATE.match(after)))


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
