"""Which characters of a seed are prose, and where visible text begins and ends."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from sitegen.model import Span

BIDI_CONTROLS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
UNREADABLE = re.compile(f"[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f{BIDI_CONTROLS}\ufeff\ufffe\uffff]")
INVISIBLE = (
    "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff"
    "\uffa0\ufff9-\ufffb\ufffe\uffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
VISIBLE = re.compile(rf"[^\s\0-\x1f\x7f-\x9f{INVISIBLE}]")
INK = re.compile(r"[^\r\n]+")
LINE = re.compile(r"([^\r\n]*)(?:\r\n|\r|\n|\Z)")


class Line(NamedTuple):
    """A line with something visible: its tight stretch, and whether it is the first or stands below a blank line."""

    start: int
    end: int
    after_blank: bool


def readable(text: str) -> str:
    """`text` with control and direction characters replaced by spaces; joiners and combining marks stay."""
    return UNREADABLE.sub(" ", text)


def blanked(text: str) -> str:
    """As many spaces as `text` has characters; line ends stay."""
    return INK.sub(lambda match: " " * len(match[0]), text)


def is_visible(prose: str, start: int, end: int) -> bool:
    """Whether a reader would see anything in this stretch."""
    return VISIBLE.search(prose, start, end) is not None


def tight(prose: str, start: int, end: int) -> Span:
    """The stretch from `start` to `end` without the white space around it."""
    piece = prose[start:end]
    left = start + len(piece) - len(piece.lstrip())
    return Span(left, max(left, start + len(piece.rstrip())))


def all_lines(text: str, start: int) -> Iterator[Span]:
    """Every line from `start` on, without its end (CRLF, CR or LF)."""
    return (Span(*match.span(1)) for match in LINE.finditer(text, start))


def visible_lines(prose: str, start: int) -> list[Line]:
    """The lines from `start` on in which there is something to see."""
    found: list[Line] = []
    after_blank = True
    for span in all_lines(prose, start):
        left, right = tight(prose, *span)
        if left < right and is_visible(prose, left, right):
            found.append(Line(left, right, after_blank))
            after_blank = False
        else:
            after_blank = True
    return found
