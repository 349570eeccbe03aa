"""Plain text -> the form of a raw article: headline, source, byline, paragraphs. Leaves datelines where they are."""

import re
from itertools import pairwise
from typing import NamedTuple

from sitegen.model import Span
from sitegen.seeds.characters import Line, readable, visible_lines
from sitegen.seeds.head import LIST_MARK, find_foot_byline, find_head

SENTENCE_END = re.compile(r"[.!?…。！？؟۔।:：;][\"'”’»)\]」』]*$")
WRAPPED_MEAN = 100
"""Lines of a hard-wrapped text are shorter than this on average."""
WRAPPED_LONGEST = 110
FEWEST_WRAPPED = 5
LINES_WEIGHED = 2000
"""So many lines from the first are evidence enough."""


class Form(NamedTuple):
    """What the form of a text says, as the fields of a Document of the same names."""

    prose: str
    title: Span | None
    source: Span | None
    byline: Span | None
    body: Span
    paragraphs: tuple[Span, ...]


def parse_plain(text: str) -> Form:
    """The form of a plain text; offsets as in `text`."""
    prose = readable(text)
    lines = visible_lines(prose, 0)
    head = find_head(prose, lines)
    rest = lines[head.lines :]
    byline = head.byline
    if byline is None and (foot := find_foot_byline(prose, rest)):
        index, byline = foot
        del rest[index]
    paragraphs = tuple(join_lines(prose, rest))
    body = Span(paragraphs[0].start, paragraphs[-1].end) if paragraphs else Span(len(text), len(text))
    return Form(prose, head.title, head.source, byline, body, paragraphs)


def join_lines(prose: str, lines: list[Line]) -> list[Span]:
    """The paragraphs that the lines make up: one each, or several to a paragraph where the text was hard-wrapped."""
    if any(line.after_blank for line in lines[1:]):
        starts = [line.after_blank for line in lines] if _is_wrapped(prose, lines) else [True] * len(lines)
    else:
        starts = _starts_without_blanks(prose, lines)
    paragraphs: list[Span] = []
    for line, begins in zip(lines, starts, strict=True):
        if begins or not paragraphs or LIST_MARK.match(prose, line.start, line.end):
            paragraphs.append(Span(line.start, line.end))
        else:
            paragraphs[-1] = Span(paragraphs[-1].start, line.end)
    return paragraphs


def _is_wrapped(prose: str, lines: list[Line]) -> bool:
    """Whether single line ends inside blocks only fold long paragraphs.

    Short lines on average; most lines that another follows end in mid-sentence; and most break where they must (the
    next word would not have fitted) or go on with a small letter.
    """
    lines = lines[:LINES_WEIGHED]
    pairs = _inner_pairs(lines)
    if not pairs or sum(line.end - line.start for line in lines) >= WRAPPED_MEAN * len(lines):
        return False
    width = max(line.end - line.start for line in lines)
    ended = sum(_ends_sentence(prose, line) for line, _ in pairs)
    forced = sum(_was_full(prose, line, after, width) or prose[after.start].islower() for line, after in pairs)
    return 2 * ended < len(pairs) <= 2 * forced


def _starts_without_blanks(prose: str, lines: list[Line]) -> list[bool]:
    """Which lines begin paragraphs in a body without blank lines: every one, unless nearly all lines are full."""
    width = max((line.end - line.start for line in lines), default=0)
    if len(lines) < FEWEST_WRAPPED or width > WRAPPED_LONGEST:
        return [True] * len(lines)
    full = [_was_full(prose, line, after, width) for line, after in pairwise(lines)]
    ended = [_ends_sentence(prose, line) for line in lines[:-1]]
    begins = [done and not filled for done, filled in zip(ended, full, strict=True)]
    folded = begins.count(False)
    if 10 * sum(full) < 9 * folded or 2 * sum(ended) > len(ended):
        return [True] * len(lines)
    return [True, *begins]


def _inner_pairs(lines: list[Line]) -> list[tuple[Line, Line]]:
    return [(line, after) for line, after in pairwise(lines) if not after.after_blank]


def _ends_sentence(prose: str, line: Line) -> bool:
    return SENTENCE_END.search(prose[max(line.start, line.end - 8) : line.end]) is not None


def _was_full(prose: str, line: Line, after: Line, width: int) -> bool:
    """Whether the first word of the line after would have made this one longer than the longest."""
    word = prose[after.start : min(after.end, after.start + width)].split(maxsplit=1)[0]
    return line.end - line.start + 1 + len(word) > width
