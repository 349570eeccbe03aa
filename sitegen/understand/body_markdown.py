"""A Markdown body -> safe HTML: Python-Markdown, then nh3, then `body_weave` for ids, mentions and links.

The only importer of markdown and nh3. Paragraphs and mentions are marked in the source with noncharacters, which no
body holds (they were made visible before), and found again in what came of it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from sitegen.model import Document, Mention, Span
from sitegen.understand.body_text import show_forbidden
from sitegen.understand.body_weave import CLOSE_MARK, OPEN_MARK, PARAGRAPH_MARK, encode_mark, weave

if TYPE_CHECKING:
    import markdown

EXTENSIONS = ("fenced_code", "sane_lists", "tables")
TAGS = frozenset(
    {
        "a", "abbr", "b", "blockquote", "br", "caption", "cite", "code", "dd", "del", "dfn", "dl", "dt", "em", "h1",
        "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "ol", "p", "pre", "q", "rp", "rt", "ruby",
        "s", "samp", "small", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul",
        "var",
    }
)  # fmt: skip
ATTRIBUTES = {
    "*": {"lang", "dir"},
    "a": {"href", "title"},
    "abbr": {"title"},
    "img": {"src", "alt"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
SCHEMES = frozenset({"http", "https", "mailto"})
DROPPED_WITH_CONTENT = frozenset(
    {"script", "style", "template", "iframe", "noscript", "object", "svg", "math", "title"}
)
MARKUP_BEFORE = "[!*_\\~\"'("
IN_LABEL = re.compile(r"\[[^\[\]\n]*$")
LABEL_REACH = 200


def markdown_body(document: Document, mentions: Sequence[Mention], directions: Mapping[int, str]) -> str:
    """The body of `document` as safe HTML.

    Args:
        directions: of paragraphs (from 1) that run against the article's direction.
    """
    start, end = document.body
    source = show_forbidden(document.text)
    html = _converter().reset().convert("".join(_marked(document, source, mentions, start, end)))
    return weave(_sanitize(html), len(document.paragraphs), directions)


@cache
def _converter() -> "markdown.Markdown":
    import markdown  # noqa: PLC0415 (plain text needs none)

    return markdown.Markdown(extensions=list(EXTENSIONS), output_format="html")


def _sanitize(html: str) -> str:
    import nh3  # noqa: PLC0415 (plain text needs none)

    return nh3.clean(
        html,
        tags=set(TAGS),
        clean_content_tags=set(DROPPED_WITH_CONTENT),
        attributes=ATTRIBUTES,
        url_schemes=set(SCHEMES),
        link_rel=None,
    )


def _marked(document: Document, source: str, mentions: Sequence[Mention], start: int, end: int) -> Iterator[str]:
    """The pieces of `source` between `start` and `end`, with a mark wherever a paragraph or mention begins or ends."""
    place = start
    for offset, _, mark in sorted(_marks(document, mentions)):
        if start <= offset <= end:
            yield source[place:offset]
            yield mark
            place = offset
    yield source[place:end]


def _marks(document: Document, mentions: Sequence[Mention]) -> Iterator[tuple[int, int, str]]:
    """Each mark with its offset and its rank among marks of the same offset."""
    for n, paragraph in enumerate(document.paragraphs, 1):
        yield _before_markup(document, paragraph.start), 1, encode_mark(PARAGRAPH_MARK, n)
    reached = document.body.start
    for k, mention in enumerate(mentions):
        span = mention.span
        if span.start < reached or span.start == span.end or _is_bound(document.text, span):
            continue
        reached = span.end
        yield _before_escape(document, span.start), 2, encode_mark(OPEN_MARK, k)
        yield span.end, 0, encode_mark(CLOSE_MARK, k)


def _before_markup(document: Document, offset: int) -> int:
    """Where the markup begins that opens the first word of a paragraph, which a mark inside it would break."""
    text, floor = document.text, document.body.start
    while offset > floor and text[offset - 1] in MARKUP_BEFORE:
        offset -= 1
    return offset


def _before_escape(document: Document, offset: int) -> int:
    """A mark between a backslash and what it escapes would undo the escape."""
    before = document.text[max(0, offset - LABEL_REACH) : offset]
    return offset - (len(before) - len(before.rstrip("\\"))) % 2


def _is_bound(text: str, span: Span) -> bool:
    """Whether a mark would change the markup round it: in the label of a link, or at an underscore inside a word."""
    before, after = text[max(0, span.start - LABEL_REACH) : span.start], text[span.end : span.end + 2]
    return (
        IN_LABEL.search(before) is not None
        or (before[-1:] == "_" and before[-2:-1].isalnum())
        or (after[:1] == "_" and after[1:].isalnum())
    )
