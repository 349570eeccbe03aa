"""The lines above an article's body: headline, source and byline. Does not read datelines or dates."""

import re
from typing import NamedTuple

from sitegen.model import Span
from sitegen.seeds.characters import Line

LONGEST_HEAD_LINE = 300
LONGEST_NAME = 60
HOST = r"(?P<host>(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.){1,8}(?:[^\W\d_]{2,24}|xn--[a-z0-9-]{1,59}))"
DOMAIN = re.compile(rf"(?:https?://)?{HOST}(?:[/?#]\S*)?")
DASH = re.compile(r"[-–—―•*]\s*")
SOURCE_LABEL = re.compile(
    r"(?:sumber(?:\s+berita)?|source|fuente|fonte|quelle|источник|المصدر|来源|來源|出典)\s*[:：]\s*", re.IGNORECASE
)
NAME = re.compile(r"[^\s.,:;!?]\S*(?:\s\S+){0,5}")
SENTENCE_END = re.compile(r"[.!?…。！？؟۔।:：;,]$")
LIST_MARK = re.compile(r"(?:[-*•–—]|\d{1,3}[.)])\s")

BYLINE_LABEL = re.compile(
    r"[(\[]?\s*(?:oleh|penulis|reporter|pewarta|wartawan|jurnalis|laporan|(?:written |reported )?by|authors?"
    r"|par|por|von|autor|автор|بقلم|作者|記者|记者)\s*[:：]\s*(?P<names>\S.*?)\s*[)\]]?",
    re.IGNORECASE,
)
BYLINE_WORD = re.compile(r"[(\[]?(?:Oleh|OLEH|By|BY|Laporan|LAPORAN|Par|Por|Von)\s+(?P<names>\S.*?)[)\]]?")
PARTICLES = frozenset(
    {"al", "bin", "binti", "da", "dan", "and", "de", "del", "den", "der", "di", "dos", "du", "e",
     "ibn", "la", "le", "van", "von", "y", "&", "/", "et", "und"}
)  # fmt: skip
LONGEST_BYLINE = 150
MOST_BYLINE_WORDS = 12
BYLINE_FOOT = 4
"""A labelled byline may be followed by an editor's name and a copyright line."""


class Head(NamedTuple):
    """What stands above the body, and how many visible lines it takes."""

    title: Span | None
    source: Span | None
    byline: Span | None
    lines: int


def find_head(prose: str, lines: list[Line]) -> Head:
    """The head of a text whose visible lines are `lines`: the headline, then source and byline in either order."""
    if not lines:
        return Head(None, None, None, 0)
    title: Span | None = Span(lines[0].start, lines[0].end)
    used = 1
    if find_source(prose, lines, 0, marked=True) is not None:
        title, used = None, 0
    source = byline = None
    while used < len(lines):
        if source is None and (found := find_source(prose, lines, used)):
            source = found
        elif byline is None and (found := find_byline(prose, lines[used])):
            byline = found
        else:
            break
        used += 1
    return Head(title, source, byline, used)


def find_source(prose: str, lines: list[Line], index: int, *, marked: bool = False) -> Span | None:
    """The domain or name that the line names as the source; `marked`: only a domain behind a dash or a label."""
    start, end, _ = lines[index]
    if end - start > LONGEST_HEAD_LINE:
        return None
    label = SOURCE_LABEL.match(prose, start, end)
    dash = DASH.match(prose, start, end)
    sign = label or dash
    begin = sign.end() if sign else start
    domain = DOMAIN.fullmatch(prose, begin, end)
    if domain is not None and (sign is not None or not marked):
        return Span(*domain.span("host"))
    is_name = (label is not None or dash is not None) and not marked and _is_name(prose[begin:end])
    if is_name and (label is not None or not _is_list_item(prose, lines, index + 1)):
        return Span(begin, end)
    return None


def find_byline(prose: str, line: Line) -> Span | None:
    """The names in a line that says who wrote the article, and nothing else."""
    start, end, _ = line
    if end - start > LONGEST_BYLINE:
        return None
    labelled = BYLINE_LABEL.fullmatch(prose, start, end)
    if labelled is not None:
        return Span(*labelled.span("names"))
    bare = BYLINE_WORD.fullmatch(prose, start, end)
    return Span(*bare.span("names")) if bare is not None and _are_names(bare["names"]) else None


def find_foot_byline(prose: str, lines: list[Line]) -> tuple[int, Span] | None:
    """The byline at the end of the text, with the index of its line: the last line, or a labelled one just above it."""
    for index in range(len(lines) - 1, max(-1, len(lines) - 1 - BYLINE_FOOT), -1):
        start, end, _ = lines[index]
        byline = find_byline(prose, lines[index])
        if byline is not None and (index == len(lines) - 1 or BYLINE_LABEL.fullmatch(prose, start, end)):
            return index, byline
    return None


def _is_name(text: str) -> bool:
    named = len(text) <= LONGEST_NAME and NAME.fullmatch(text) and not SENTENCE_END.search(text)
    return bool(named) and not text[0].islower() and not text[0].isdigit()


def _is_list_item(prose: str, lines: list[Line], index: int) -> bool:
    return index < len(lines) and LIST_MARK.match(prose, lines[index].start) is not None


def _are_names(text: str) -> bool:
    words = text.replace(",", " ").split()
    if not words or len(words) > MOST_BYLINE_WORDS or any(char.isdigit() for char in text):
        return False
    if SENTENCE_END.search(text) or words[0].lower() in PARTICLES:
        return False
    return all(not word[0].islower() or word in PARTICLES for word in words)
