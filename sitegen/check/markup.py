"""The text of an HTML page -> its elements, and where its markup is at fault.

Stricter than a browser, which repairs in silence: what is not a tag, a comment or plain text by the rules of HTML is a
fault. The standard library's parser repairs as well, and takes three times as long. Offsets count into the text.
"""

import re
from collections.abc import Iterator
from html import unescape
from html.entities import html5
from typing import NamedTuple

from sitegen.check.tags import CLOSED_BY, END_IS_OPTIONAL, FOREIGN, IMPLYING_ENDS, RAW, VOID

NAME = r"""[^\s"'<>/=\x00]++"""
TAG_NAME = r"[a-zA-Z][^\s/<>\x00]*+"
TOKEN = re.compile(
    rf"""<(?:
        ({TAG_NAME}) ((?:\s++ {NAME} (?:\s*+ = \s*+ (?:"[^"]*+" | '[^']*+' | [^\s"'=<>`]++))?+ )*+) \s*+ (/?) >
        | / ({TAG_NAME}) \s*+ >
        | !--(?!-?>) .*? -->
        | !doctype\s [^>]*+ >
    )""",
    re.DOTALL | re.IGNORECASE | re.VERBOSE,
)
ATTRIBUTE = re.compile(rf"""({NAME})(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'=<>`]++)))?+""")
DOCTYPE = re.compile(r"\s*<!doctype html>", re.IGNORECASE)
REFERENCE = re.compile(r"&(?:(#[0-9]+;|#x[0-9a-f]+;|[a-z][a-z0-9]*;)|[#a-z0-9])", re.IGNORECASE)
CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")


class Fault(NamedTuple):
    """A fault at an offset: what kind of thing is wrong, and how."""

    offset: int
    field: str
    message: str


class Element(NamedTuple):
    """A start tag, with its attributes' values as a browser reads them.

    Attributes:
        content: what is between the tags of an element that holds no others (script, style, title); else "".
    """

    name: str
    offset: int
    attributes: dict[str, str]
    content: str


class Markup:
    """Goes through a page once, and judges its form on the way.

    Attributes:
        faults: those met so far.
        open: the elements around the one that `elements` just gave, outermost first.
    """

    def __init__(self, text: str) -> None:
        self.faults: list[Fault] = []
        self.open: list[Element] = []
        self._text = text
        self._foreign = 0

    def elements(self) -> Iterator[Element]:
        """Every element in order."""
        text, place = self._text, 0
        self._judge_text()
        while (start := text.find("<", place)) >= 0:
            self._judge_references(place, start)
            token = TOKEN.match(text, start)
            if token is None:
                self._fault(start, f"not a tag; write &lt; for the sign itself: {self._excerpt(start)}")
                place = start + 1
                continue
            place = token.end()
            if token[1]:
                element, place = self._start(token)
                yield element
                self._push(element, token)
            elif token[4]:
                self._end(token[4].lower(), start)
        self._judge_references(place, len(text))
        self._close_until(0, implied=True)

    def _fault(self, offset: int, message: str) -> None:
        self.faults.append(Fault(offset, "markup", message))

    def _excerpt(self, offset: int) -> str:
        return repr(self._text[offset : offset + 40].partition("\n")[0])

    def _judge_text(self) -> None:
        if not DOCTYPE.match(self._text):
            self._fault(0, "does not begin with <!doctype html>")
        if found := CONTROL.search(self._text):
            self._fault(found.start(), f"a control character (U+{ord(found[0]):04X})")

    def _judge_references(self, start: int, end: int) -> None:
        if self._text.find("&", start, end) < 0:
            return
        for found in REFERENCE.finditer(self._text, start, end):
            if found[1] is None:
                self._fault(found.start(), f"write &amp; for the sign itself: {self._excerpt(found.start())}")
            elif found[1][0] != "#" and found[1] not in html5:
                self._fault(found.start(), f"there is no character called &{found[1]}")

    def _start(self, token: re.Match[str]) -> tuple[Element, int]:
        """The element whose start tag was met, and where reading goes on."""
        name, offset, place = token[1].lower(), token.start(), token.end()
        attributes = self._attributes(token) if token[2] else {}
        while self.open and name in CLOSED_BY.get(self.open[-1].name, ()):
            self.open.pop()
        if name not in RAW or self._foreign:
            return Element(name, offset, attributes, ""), place
        end = re.compile(f"</{name}[\\s/>]", re.IGNORECASE).search(self._text, place)
        stop = end.start() if end else len(self._text)
        if name in ("title", "textarea"):
            self._judge_references(place, stop)
        return Element(name, offset, attributes, self._text[place:stop]), stop

    def _attributes(self, token: re.Match[str]) -> dict[str, str]:
        self._judge_references(token.start(2), token.end(2))
        attributes: dict[str, str] = {}
        for name, double, single, bare in ATTRIBUTE.findall(token[2]):
            lower, value = name.lower(), double or single or bare
            if lower in attributes:
                self._fault(token.start(), f"<{token[1]}> has {lower} twice")
            attributes[lower] = unescape(value) if "&" in value else value
        return attributes

    def _push(self, element: Element, token: re.Match[str]) -> None:
        name = element.name
        if name == "a" and any(outer.name == "a" for outer in self.open):
            self._fault(element.offset, "a link inside a link")
        if name in VOID and not self._foreign:
            return
        if not token[3]:
            self.open.append(element)
            self._foreign += name in FOREIGN
        elif not self._foreign and name not in FOREIGN:
            self._fault(element.offset, f"<{name}/> does not close itself; write <{name}></{name}>")

    def _end(self, name: str, offset: int) -> None:
        depth = len(self.open) - 1
        while depth >= 0 and self.open[depth].name != name:
            depth -= 1
        if depth < 0:
            self._fault(offset, f"</{name}> closes nothing")
            return
        self._close_until(depth + 1, implied=name in IMPLYING_ENDS)
        self.open.pop()
        self._foreign -= name in FOREIGN

    def _close_until(self, depth: int, *, implied: bool) -> None:
        """Close the elements above `depth`; those that may not end by implication are at fault."""
        while len(self.open) > depth:
            element = self.open.pop()
            self._foreign -= element.name in FOREIGN
            if not (implied and element.name in END_IS_OPTIONAL):
                self._fault(element.offset, f"<{element.name}> is never closed")
