"""A date found in a document -> how sure it is the day of publication, from 0 to 1.

The weights were set by hand from how newspapers of several countries write, not fitted to any set of articles: each is
the change in log odds that its feature makes. Sources: which features matter is from measuring Indonesian, English and
Russian news (weekday as a checksum first of all); the words are the usual ones of each language.
"""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from sitegen.model import Document, Span
from sitegen.understand.dates_found import FoundDate
from sitegen.understand.wordlists import word_pattern, word_set

HEAD_PARAGRAPHS = 4
CUE_REACH = 48
ALONE_REST = 30


class Feature(StrEnum):
    """What speaks for or against a date being the day of publication."""

    ANY = "any"
    WEEKDAY_AGREES = "weekday agrees"
    WEEKDAY_DIFFERS = "weekday differs"
    ALONE_IN_HEAD = "alone on its line, near the top"
    ALONE_IN_TAIL = "alone on its line, at the end"
    DATELINE = "opens a paragraph near the top, then a dash"
    TITLE = "in the title"
    FIRST_PARAGRAPH = "in the first paragraph"
    BRACKETED_WEEKDAY = "weekday with the date in brackets"
    REPORTED = "after who reported or said it"
    PUBLISHED = "after a word for publishing"
    LATEST = "no later date in the text"
    EARLIER = "a later date stands in the text"
    EARLIER_YEAR = "a later year stands in the text"
    REPEATED = "written more than once"
    AGAINST = "after since, until, born, anniversary and the like"
    AHEAD = "after a word for things to come"
    QUOTED_POST = "in the signature of a quoted post"
    SWAPPED = "day and month may be the other way round"
    IN_ADDRESS = "inside a web address"


WEIGHTS: Mapping[Feature, float] = MappingProxyType(
    {
        Feature.ANY: -1.5,
        Feature.WEEKDAY_AGREES: 1.8,
        Feature.WEEKDAY_DIFFERS: -2.5,
        Feature.ALONE_IN_HEAD: 3.6,
        Feature.ALONE_IN_TAIL: 1.6,
        Feature.DATELINE: 3.2,
        Feature.TITLE: 0.4,
        Feature.FIRST_PARAGRAPH: 0.5,
        Feature.BRACKETED_WEEKDAY: 1.0,
        Feature.REPORTED: 2.0,
        Feature.PUBLISHED: 2.0,
        Feature.LATEST: 0.8,
        Feature.EARLIER: -1.0,
        Feature.EARLIER_YEAR: -0.8,
        Feature.REPEATED: 0.3,
        Feature.AGAINST: -2.2,
        Feature.AHEAD: -1.2,
        Feature.QUOTED_POST: -1.2,
        Feature.SWAPPED: -2.5,
        Feature.IN_ADDRESS: -1.0,
    }
)


_REPORTED = word_set(
    "melansir dilansir mengutip dikutip melaporkan dilaporkan lapor kata ujar tutur ungkap ucap jelas tegas sebut",
    "menurut kepada wartawan keterangan siaran konferensi pers said told reported reports statement according",
    "rapporte selon déclaré sagte berichtete según dijo informó сообщает сообщил сообщила заявил передает передаёт",
)
_PUBLISHED = word_set(
    "published posted updated issued diterbitkan dipublikasikan terbit tayang dimuat diperbarui diunggah disiarkan",
    "publié publiée publicado publicada pubblicato veröffentlicht gepubliceerd опубликовано обновлено publikigita",
    "yayınlandı đăng",
)
_AGAINST = word_set(
    "sejak hingga sampai lahir kelahiran wafat meninggal didirikan sebelum setelah antara peringatan mulai per",
    "since until till born died founded before after from between anniversary by through established signed",
    "depuis jusqu'au avant après né née dès entre anniversaire proclamé seit bis ab geboren vor nach zwischen",
    "desde hasta nacido nacida antes después dal fino nato nata até nascido с до после родился родилась между",
    "منذ حتى قبل بعد ekde ĝis naskiĝis antaŭ inter از تا",
)
_AHEAD = word_set(
    "akan mendatang rencananya dijadwalkan will scheduled due upcoming deadline expires prévu prévue prochain aura",
    "wird findet tendrá será próximo состоится запланирован okazos",
)
REPORTED = re.compile(rf"\b{word_pattern(_REPORTED)}\b[^.!?]*$", re.IGNORECASE)
PUBLISHED = re.compile(rf"(?:©|\b(?:copyright|{word_pattern(_PUBLISHED)}))\b[^.!?]*$", re.IGNORECASE)
AGAINST = re.compile(rf"(?:^|\W){word_pattern(_AGAINST)}\s+(?:[\w'’]+\s+){{0,2}}[\w'’]*\W*$", re.IGNORECASE)
AHEAD = re.compile(rf"\b{word_pattern(_AHEAD)}\b[^.!?]*$", re.IGNORECASE)
POST_SIGNATURE = re.compile(r"@\w+\)?[^.!?]*$|posted by [^.!?]*$", re.IGNORECASE)
ADDRESS = re.compile(r"\S*(?:https?:|www\.|\w/)\S*$")
OPENING = re.compile(r"[\s\"“(]*(?:[\w.'’-]+(?:[ ,/]+[\w.'’-]+){0,3}[\s,(]*)?", re.UNICODE)
AFTER_DATELINE = re.compile(r"[.)）,]*\s*[-–—―:|~]|[.)）]?\s*(?:$|\n)")
DECORATION = re.compile(
    r"\d{1,2}[.:]\d{2}(?:[.:]\d{2})?|\b(?:WIB|WITA|WIT|GMT|UTC|WNI|[AP]\.?M|IST|CET|EST|PDT|MSK|at|on|pukul|jam)\b|\W",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What weighing needs to know of the whole document.

    Attributes:
        full: every full date in the text.
        latest_year: the latest year named anywhere in it; 0 when none is.
    """

    document: Document
    full: Sequence[FoundDate]
    latest_year: int


def weigh(found: FoundDate, around: Surroundings) -> float:
    """The probability that the full date `found` is the day of publication."""
    odds = sum(WEIGHTS[feature] for feature in features(found, around))
    return round(1 / (1 + math.exp(-odds)), 3)


def features(found: FoundDate, around: Surroundings) -> tuple[Feature, ...]:
    """Everything that speaks for or against `found`, in the order of Feature."""
    have = {Feature.ANY, *_own(found), *_by_place(found, around), *_by_cues(found, around.document.prose)}
    have.update(_by_others(found, around, Feature.ALONE_IN_HEAD in have or Feature.DATELINE in have))
    return tuple(feature for feature in Feature if feature in have)


def _own(found: FoundDate) -> Iterable[Feature]:
    if found.weekday >= 0:
        yield Feature.WEEKDAY_AGREES if found.weekday_agrees else Feature.WEEKDAY_DIFFERS
        if found.bracketed and found.weekday_agrees:
            yield Feature.BRACKETED_WEEKDAY
    if found.swapped and not found.weekday_agrees:
        yield Feature.SWAPPED


def _by_place(found: FoundDate, around: Surroundings) -> Iterable[Feature]:
    document = around.document
    title = document.title
    if title and title.start <= found.span.start < title.end:
        yield Feature.TITLE
        return
    place = next((n for n, span in enumerate(document.paragraphs) if span.start <= found.span.start < span.end), None)
    if place is None:
        if found.span.start < document.body.start:
            yield Feature.ALONE_IN_HEAD
        return
    paragraph = document.paragraphs[place]
    if _is_alone(found.span, paragraph, document.prose):
        if place < HEAD_PARAGRAPHS:
            yield Feature.ALONE_IN_HEAD
        elif place >= len(document.paragraphs) - 2:
            yield Feature.ALONE_IN_TAIL
    elif place < HEAD_PARAGRAPHS and _opens(found.span, paragraph, document.prose):
        yield Feature.DATELINE
    elif place == 0:
        yield Feature.FIRST_PARAGRAPH


def _is_alone(span: Span, paragraph: Span, prose: str) -> bool:
    if paragraph.end - paragraph.start > span.end - span.start + 2 * ALONE_REST:
        return False
    rest = prose[paragraph.start : span.start] + " " + prose[span.end : paragraph.end]
    return len(DECORATION.sub("", rest)) <= ALONE_REST and "." not in rest.strip(" .") and len(rest.split()) <= 6


def _opens(span: Span, paragraph: Span, prose: str) -> bool:
    """Whether the paragraph is "Place, date - text", with or without the place."""
    if span.start - paragraph.start > 2 * CUE_REACH or not AFTER_DATELINE.match(prose[span.end : span.end + 8]):
        return False
    return OPENING.fullmatch(prose[paragraph.start : span.start]) is not None


def _by_cues(found: FoundDate, prose: str) -> Iterable[Feature]:
    line = prose.rfind("\n", 0, found.span.start) + 1
    before = prose[max(line, found.span.start - CUE_REACH) : found.span.start]
    cues = (
        (Feature.REPORTED, REPORTED),
        (Feature.PUBLISHED, PUBLISHED),
        (Feature.AGAINST, AGAINST),
        (Feature.AHEAD, AHEAD),
        (Feature.QUOTED_POST, POST_SIGNATURE),
        (Feature.IN_ADDRESS, ADDRESS),
    )
    return [feature for feature, cue in cues if cue.search(before)]


def _by_others(found: FoundDate, around: Surroundings, prominent: bool) -> Iterable[Feature]:
    """How the date stands to the text's other dates; what stands at the top need not be the latest."""
    day = (found.year, found.month, found.day)
    days = [(other.year, other.month, other.day) for other in around.full]
    if days.count(day) > 1:
        yield Feature.REPEATED
    if day >= max(days):
        yield Feature.LATEST
    elif not prominent:
        yield Feature.EARLIER
    if around.latest_year > found.year and not prominent:
        yield Feature.EARLIER_YEAR
