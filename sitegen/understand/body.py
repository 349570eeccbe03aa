"""A document's body and the mentions in it -> safe HTML.

Paragraph n (from 1) of the document has id="pN" and mention k is <a data-mention="k">, without an address: what a
mention links to is settled later. Plain text becomes paragraphs directly, and so does Markdown in which nothing can be
markup; the rest goes through `body_markdown`.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from html import unescape

from sitegen.locale.format import text_direction
from sitegen.model import Document, Mention, SeedFormat, Span
from sitegen.understand.body_markdown import markdown_body
from sitegen.understand.body_text import ESCAPED, RIGHT_TO_LEFT, escape, first_direction, show_forbidden

MARKDOWN_LENGTH = 200_000
MARKDOWN_BLOCK = 20_000
MOST_IN_BLOCK = {"[": 600, "`": 2_000, "*": 4_000, "_": 4_000}
MOST_IN_BODY = {"[": 5_000, "<": 3_000, ">": 20_000}
"""Longer bodies and blocks, in characters, and those with more of these signs are shown as plain text: no article is
like that, and the time that Markdown takes for them grows with their square."""
MARKS = "\\`*_[<|\t\r"
REFERENCE = re.compile(r"&(?:\w+|#\w+);")
LINE_START = re.compile(r" |[#>+=:~-]|\d+[.)]")
"""With a space at a line's end and a third line end in a row, what may mean something to Markdown, or a little more."""
TAG = re.compile(r"<[^>]*>")
NO_LETTERS = re.compile(r"[\W_]+")
BLANK_LINES = re.compile(r"\n[ \t\r]*\n")


def make_body(document: Document, mentions: Sequence[Mention], language: str) -> str:
    """The body of `document` as safe HTML; `mentions` are sorted by their start, `language` is its BCP 47 code."""
    directions = paragraph_directions(document, text_direction(language))
    if document.format is SeedFormat.MARKDOWN and not _has_no_markup(document) and _fits_markdown(document):
        body = markdown_body(document, mentions, directions)
        if _shows_prose(body, document):
            return body
    return plain_body(document, mentions, directions)


def _has_no_markup(document: Document) -> bool:
    """Whether Markdown would make of the body just the paragraphs that it has."""
    body = document.text[slice(*document.body)]
    if any(mark in body for mark in MARKS) or "\n\n\n" in body or ("&" in body and REFERENCE.search(body)):
        return False
    if any(line.endswith(" ") or LINE_START.match(line) for line in body.split("\n")):
        return False
    return body.strip("\n").split("\n\n") == [document.text[start:end] for start, end in document.paragraphs]


def _fits_markdown(document: Document) -> bool:
    body = document.text[slice(*document.body)]
    return (
        len(body) <= MARKDOWN_LENGTH
        and _has_at_most(body, MOST_IN_BODY)
        and all(
            len(block) <= MARKDOWN_BLOCK and _has_at_most(block, MOST_IN_BLOCK) for block in BLANK_LINES.split(body)
        )
    )


def _shows_prose(body: str, document: Document) -> bool:
    """Whether as many letters and digits are shown as there are in the paragraphs: no markup may swallow words."""
    written = sum(_letters(document.prose[start:end]) for start, end in document.paragraphs)
    return _letters(TAG.sub("", body)) >= written


def _letters(text: str) -> int:
    return len(NO_LETTERS.sub("", unescape(text)))


def _has_at_most(text: str, most: Mapping[str, int]) -> bool:
    return all(text.count(sign) <= count for sign, count in most.items())


def paragraph_directions(document: Document, direction: str) -> Mapping[int, str]:
    """The direction of each paragraph (from 1) whose first strong character runs against `direction`."""
    if direction != "rtl" and not RIGHT_TO_LEFT.search(document.prose, *document.body):
        return {}
    usual = "rtl" if direction == "rtl" else "ltr"
    own = ((n, first_direction(document.prose[start:end])) for n, (start, end) in enumerate(document.paragraphs, 1))
    return {n: found for n, found in own if found and found != usual}


def plain_body(document: Document, mentions: Sequence[Mention], directions: Mapping[int, str]) -> str:
    """Each paragraph as it stands in the text, which is no markup."""
    text = show_forbidden(document.text)
    show = escape if any(sign in text for sign in ESCAPED) else str
    starts = [mention.span.start for mention in mentions]
    html = []
    for n, paragraph in enumerate(document.paragraphs, 1):
        direction = f' dir="{directions[n]}"' if n in directions else ""
        own = range(bisect_left(starts, paragraph.start), bisect_left(starts, paragraph.end))
        inside = _mark(text, paragraph, [(k, mentions[k].span) for k in own], show)
        html.append(f'<p id="p{n}"{direction}>{inside}</p>')
    return "\n".join(html)


def _mark(text: str, paragraph: Span, mentions: Iterable[tuple[int, Span]], show: Callable[[str], str]) -> str:
    """The text of a paragraph, each mention within it in an element of its own; of two that overlap, the first."""
    html: list[str] = []
    place, last = paragraph
    for k, (start, end) in mentions:
        if start < place or end > last or start == end:
            continue
        html += (show(text[place:start]), f'<a data-mention="{k}">', show(text[start:end]), "</a>")
        place = end
    html.append(show(text[place:last]))
    return "".join(html)
