"""The head of the first paragraph -> the place that an article was filed from.

Recognised are the forms in which newspapers set it apart: "Pyongyang – ", "JAKARTA, Rabu (15/8) -",
"LONDON (Reuters) -", "WASHINGTON, Feb 26 -", "warta.example, Jakarta -", "МОСКВА, 12 июня.": a place, what may follow
it, and a dash (or, after a place in capitals with a date, a full stop). Scripts without capitals need the place to be
a known one. The forms were written down for this project from the habits of the press.
"""

import re
from collections.abc import Sequence

from sitegen.model import Dateline, Document, EntityType, Mention, Span

KNOWN_PLACE, SHAPE = "known place", "shape"
REACH = 140
MOST_WORDS = 4
CAPITAL = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĢĪĶŁĻŃŅŇŌŐŘŚŞŠŢŤŪŮŰŹŻŽА-ЯЁЄІЇҐΑ-ΩΆΈΉΊΌΎΏ"
WORD = rf"[{CAPITAL}][\w'’]*\.?"
PLACE = rf"{WORD}(?:(?:[ -]|\s(?:de|del|da|do|la|of|upon|am|an der|sur)\s){WORD}){{0,{MOST_WORDS - 1}}}"
WIDER = rf"(?:\s?[,/]\s?{PLACE})?"
BRACKETS = r"\s?\([^()\n]{2,40}\)"
MONTH = r"[^\W\d_]{3,12}"
DAY = rf"\([^()\n]{{2,24}}\)|\d{{1,2}}\s{MONTH}\.?(?:\s\d{{4}})?|{MONTH}\.?\s\d{{1,2}}(?:,\s\d{{4}})?"
DATED = rf"\s?,\s?(?:{MONTH},?\s)?(?:{DAY})"
PUBLISHER = r"\s?,\s?[\w-]+(?:\.[\w-]+)+|\s?,\s?(?:[A-Z][\w.]*\s?){1,3}"
DASH = r"\s?(?:--|—|–|―|-(?=\s))\s?"
DOMAIN = r"(?:[\w-]+(?:\.[\w-]+)+\s?,\s?)?"
BEGINNING = rf"(?=[{CAPITAL}\d\"'“‘«„(\[¿¡])"
WITH_DASH = re.compile(rf"{DOMAIN}(?P<place>{PLACE}){WIDER}(?:{BRACKETS}|{DATED}|{PUBLISHER}){{0,2}}{DASH}{BEGINNING}")
WITH_STOP = re.compile(rf"(?P<place>[{CAPITAL}]{{3,}}(?:[ -][{CAPITAL}]{{2,}}){{0,2}})(?:{DATED})\s?[./]\s?")
WITHOUT_CAPITALS = re.compile(rf"(?P<place>[^\W\d_]+(?:\s[^\W\d_]+){{0,2}})(?:{BRACKETS}|{DATED})?{DASH}")
BEFORE_NEWS = re.compile(r"(?P<place>[^\W\d_]{2,8})(?:\d{4}年)?\d{1,2}月\d{1,2}日(?:消息|[电電讯訊])")
NO_PLACE = re.compile(
    r"(?:Reuters|AFP|AP|Video|Foto|Photo|Update|Opini|Opinion|Live|Oleh|By|Breaking)\b", re.IGNORECASE
)


def find_dateline(document: Document, mentions: Sequence[Mention]) -> Dateline | None:
    """The dateline as written, and where; None where the first paragraph opens without one.

    Args:
        mentions: of the whole article; one that begins where the place would, and is no place, speaks against it.
    """
    if not document.paragraphs:
        return None
    start, end = document.paragraphs[0]
    head = document.prose[start : min(end, start + REACH)]
    match = WITH_DASH.match(head) or WITH_STOP.match(head)
    cased = match is not None
    match = match or WITHOUT_CAPITALS.match(head) or BEFORE_NEWS.match(head)
    if match is None or match.end() >= end - start or NO_PLACE.match(match["place"]):
        return None
    span = Span(start + match.start("place"), start + match.end("place"))
    known = next((mention.type for mention in mentions if mention.span.start == span.start), None)
    if known is EntityType.PLACE:
        return Dateline(document.prose[span.start : span.end], span, KNOWN_PLACE, 0.98)
    return Dateline(document.prose[span.start : span.end], span, SHAPE, 0.8) if cased and known is None else None
