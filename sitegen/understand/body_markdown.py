"""A Markdown body -> safe HTML: markdown-it-py, then nh3, then `body_weave` for ids, mentions and links.

The only importer of the two libraries. Paragraphs and mentions are marked in the source and found again in the result.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from sitegen.model import Document, Mention
from sitegen.understand.body_marks import choose_script, mark_mention, mark_paragraph
from sitegen.understand.body_text import show_forbidden
from sitegen.understand.body_weave import weave

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

DEEPEST = 100
"""How many quotations and lists may stand in one another; Markdown takes two levels for each item of a list."""
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
    source = show_forbidden(document.text)
    script = choose_script(source)
    html = _converter().render(_mark(document, source, _marks(document, mentions, script)))
    return weave(_sanitize(html.rstrip()), script, len(document.paragraphs), directions)


@cache
def _converter() -> "MarkdownIt":
    from markdown_it import MarkdownIt  # noqa: PLC0415 (plain text needs none)

    return MarkdownIt("commonmark", {"maxNesting": DEEPEST}).enable("table")


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


def _mark(document: Document, source: str, marks: Iterable[tuple[int, int, str]]) -> str:
    """The body in `source` with its marks."""
    start, end = document.body
    pieces, place = [], start
    for offset, _, mark in sorted(marks):
        if start <= offset <= end:
            pieces += [source[place:offset], mark]
            place = offset
    return "".join([*pieces, source[place:end]])


def _marks(document: Document, mentions: Sequence[Mention], script: int | None) -> Iterator[tuple[int, int, str]]:
    """Each mark with its offset and its rank among marks of the same offset."""
    for n, paragraph in enumerate(document.paragraphs, 1):
        yield _before_markup(document, paragraph.start), 1, mark_paragraph(n)
    if script is None:
        return
    reached = document.body.start
    for k, mention in enumerate(mentions):
        span = mention.span
        if span.start < reached or span.start == span.end or _in_label(document.text, span.start):
            continue
        reached = span.end
        yield _before_escape(document, span.start), 2, mark_mention(script, k, begins=True)
        yield span.end, 0, mark_mention(script, k, begins=False)


def _before_markup(document: Document, offset: int) -> int:
    """Where the markup begins that opens the first word of a paragraph, which a mark inside it would break."""
    text, floor = document.text, document.body.start
    while offset > floor and text[offset - 1] in MARKUP_BEFORE:
        offset -= 1
    return offset


def _before_escape(document: Document, offset: int) -> int:
    """A mark between a backslash and the sign that it escapes would undo the escape."""
    if document.text[offset].isalnum():
        return offset
    before = document.text[max(0, offset - LABEL_REACH) : offset]
    return offset - (len(before) - len(before.rstrip("\\"))) % 2


def _in_label(text: str, offset: int) -> bool:
    """Whether `offset` is in square brackets: a mark would change the label of a link, which has no mention anyway."""
    return IN_LABEL.search(text[max(0, offset - LABEL_REACH) : offset]) is not None
