"""Sanitised HTML with marks in it -> HTML with ids, mentions, and nothing but absolute links.

Expects what nh3 writes: well-formed, quoted, with "<" and ">" escaped everywhere but round tags.
"""

import html
import re
from collections.abc import Mapping
from functools import cache

from sitegen.understand.body_marks import Mark, mark_pattern, read_mark, strip_marks
from sitegen.understand.body_text import escape, escape_attribute

ATTRIBUTE = re.compile(r' (?P<name>[a-z]+)="(?P<value>[^"]*)"')
VOID = frozenset({"br", "hr", "img"})
BLOCKS = frozenset({"p", "h2", "h3", "h4", "h5", "h6", "li", "dt", "dd", "td", "th", "caption", "pre", "blockquote"})
NO_MENTIONS_IN = frozenset({"a", "code", "pre", "kbd", "samp"})
HEADING = re.compile(r"h[1-6]")
DROPPED = ""
"""Stands among the open elements for one whose tags are not written."""
ABSOLUTE = ("http://", "https://", "mailto:")


def weave(marked: str, script: int | None, paragraphs: int, directions: Mapping[int, str]) -> str:
    """`marked` HTML with its marks made into ids and mentions, or dropped where they would not nest.

    Headings go down one level, images become links to themselves, links that are not absolute lose their address.

    Args:
        script: the letters of the marks of mentions, or None where none are marked.
        paragraphs: how many there are; those that Markdown swallowed have their ids on empty elements at the start.
        directions: of paragraphs (from 1) that run against the article's direction.
    """
    weaver = _Weaver(script, directions)
    place = 0
    for token in _tokens(script).finditer(marked):
        weaver.add_text(marked[place : token.start()])
        place = token.end()
        if token["mark"]:
            weaver.add_mark(read_mark(token["mark"]))
        elif token["end"]:
            weaver.end_tag(token["tag"])
        else:
            weaver.start_tag(token["tag"], token["attributes"])
    weaver.add_text(marked[place:])
    swallowed = (n for n in range(1, paragraphs + 1) if n not in weaver.paragraphs)
    return "".join([*(f'<span id="p{n}"></span>' for n in swallowed), *weaver.pieces])


@cache
def _tokens(script: int | None) -> re.Pattern[str]:
    tag = r"<(?P<end>/?)(?P<tag>[a-z][a-z0-9]*)(?P<attributes>[^>]*)>"
    return re.compile(f"{tag}|(?P<mark>{mark_pattern(script)})")


class _Weaver:
    """The HTML so far, and what is open in it.

    Attributes:
        pieces: the HTML written; an element's start tag stays where it is, so that its id can still be added.
        opened: each open element's name and the number of its piece.
        levels: of the source, those of the headings that the next one may stand under.
        paragraphs: the numbers of those that have their ids.
        mention: the number and the piece of a mention that has begun, and how many elements were open then.
    """

    def __init__(self, script: int | None, directions: Mapping[int, str]) -> None:
        self.script = script
        self.pieces: list[str] = []
        self.opened: list[tuple[str, int]] = []
        self.levels: list[int] = []
        self.paragraphs: set[int] = set()
        self.mention: tuple[int, int, int] | None = None
        self.directions = directions

    def add_text(self, text: str) -> None:
        self.pieces.append(strip_marks(text, self.script))

    def start_tag(self, tag: str, attributes: str) -> None:
        attributes = strip_marks(attributes, self.script)
        if tag == "img":
            self._add_image(dict(ATTRIBUTE.findall(attributes)))
            return
        if tag == "a":
            attributes = _absolute_only(attributes)
            if "href=" not in attributes:
                self.opened.append((DROPPED, len(self.pieces)))
                return
            self.mention = None
        tag = self._fit_heading(tag) if HEADING.fullmatch(tag) else tag
        if tag not in VOID:
            self.opened.append((tag, len(self.pieces)))
        self.pieces.append(f"<{tag}{attributes}>")

    def _fit_heading(self, tag: str) -> str:
        """The highest heading stands right below the title, and none skips a level, whichever marks the text used."""
        level = int(tag[1])
        self.levels = [*(above for above in self.levels if above < level), level]
        return f"h{min(6, 1 + len(self.levels))}"

    def end_tag(self, tag: str) -> None:
        opened, piece = self.opened.pop()
        if self.mention and self.mention[2] > len(self.opened):
            self.mention = None
        if opened == DROPPED:
            return
        if tag == "a" and not "".join(self.pieces[piece + 1 :]).strip():
            address = dict(ATTRIBUTE.findall(self.pieces[piece])).get("href", "")
            self.pieces.append(escape(html.unescape(address)))
        self.pieces.append(f"</{opened}>")

    def add_mark(self, mark: Mark) -> None:
        if mark.begins_paragraph:
            self._begin_paragraph(mark.number)
        elif mark.begins_mention:
            self._begin_mention(mark.number)
        elif self.mention and self.mention[0] == mark.number and self.mention[2] == len(self.opened):
            self.pieces[self.mention[1]] = f'<a data-mention="{mark.number}">'
            self.pieces.append("</a>")
            self.mention = None

    def _begin_mention(self, number: int) -> None:
        if not any(tag in NO_MENTIONS_IN for tag, _ in self.opened):
            self.mention = (number, len(self.pieces), len(self.opened))
            self.pieces.append("")

    def _begin_paragraph(self, number: int) -> None:
        """The block that holds the mark gets the id; where it has one already, an empty element at the place."""
        self.paragraphs.add(number)
        direction = f' dir="{self.directions[number]}"' if number in self.directions else ""
        piece = next((piece for tag, piece in reversed(self.opened) if tag in BLOCKS), None)
        if piece is None or ' id="' in self.pieces[piece]:
            self.pieces.append(f'<span id="p{number}"></span>')
            return
        tag = self.pieces[piece][1:-1]
        name, _, rest = tag.partition(" ")
        direction = "" if ' dir="' in tag else direction
        self.pieces[piece] = f'<{name} id="p{number}"{direction}{" " + rest if rest else ""}>'

    def _add_image(self, attributes: Mapping[str, str]) -> None:
        """An image is not loaded but linked, by what it says instead."""
        source, instead = html.unescape(attributes.get("src", "")), html.unescape(attributes.get("alt", ""))
        in_link = any(tag == "a" for tag, _ in self.opened)
        words = escape(instead.strip() or source)
        if in_link or not source.startswith(ABSOLUTE):
            self.pieces.append(escape(instead) if in_link and not instead.strip() else words)
            return
        self.mention = None
        self.pieces.append(f'<a href="{escape_attribute(source)}">{words}</a>')


def _absolute_only(attributes: str) -> str:
    """An address within an author's own site leads nowhere in this one."""
    kept = ATTRIBUTE.findall(attributes)
    return "".join(
        f' {name}="{value}"' for name, value in kept if name != "href" or html.unescape(value).startswith(ABSOLUTE)
    )
