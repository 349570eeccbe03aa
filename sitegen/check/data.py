"""Files that programs read (XML, JSON, JSON Lines, style sheets) -> the addresses they name, and their faults."""

import re
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple
from xml.parsers import expat

import orjson

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
CSS_ADDRESS = re.compile(r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^)"'\s]*))\s*\)|@import\s+(?:"([^"]*)"|'([^']*)')""")
CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


class LineFault(NamedTuple):
    """What is wrong at a line (from 1)."""

    line: int
    message: str


class XmlFacts(NamedTuple):
    """What an XML file says.

    Attributes:
        root: namespace and name of the root element with a space between, or its name.
        addresses: text of every <loc> and every href, with their lines.
        fault: why it is not well-formed, or None.
    """

    root: str
    addresses: tuple[tuple[int, str], ...]
    fault: LineFault | None


class _XmlReader:
    """Collects addresses; refuses document types, by which entities could grow without bound."""

    def __init__(self) -> None:
        self.root = ""
        self.addresses: list[tuple[int, str]] = []
        self._text: list[str] | None = None
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self.parser.StartDoctypeDeclHandler = self._doctype

    def _doctype(self, name: str, *_rest: object) -> None:
        raise ValueError(f"has a document type ({name}), which may hide entities")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.root = self.root or name
        self._text = [] if name == f"{SITEMAP} loc" else None
        if "href" in attributes:
            self.addresses.append((self.parser.CurrentLineNumber, attributes["href"]))

    def _characters(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def _end(self, _name: str) -> None:
        if self._text is not None:
            self.addresses.append((self.parser.CurrentLineNumber, "".join(self._text).strip()))
        self._text = None


def read_xml(content: bytes) -> XmlFacts:
    """What an XML file says, without ever expanding an entity of its own."""
    reader = _XmlReader()
    fault = None
    try:
        reader.parser.Parse(content, True)
    except expat.ExpatError as error:
        fault = LineFault(error.lineno, f"not well-formed: {expat.ErrorString(error.code)}")
    except ValueError as error:
        fault = LineFault(reader.parser.CurrentLineNumber, str(error))
    return XmlFacts(reader.root, tuple(reader.addresses), fault)


def read_json(content: bytes) -> LineFault | None:
    """Why a file is not JSON, or None."""
    try:
        orjson.loads(content)
    except orjson.JSONDecodeError as error:
        return LineFault(error.lineno, f"not JSON: {error.msg}")
    return None


def read_json_lines(file: BinaryIO) -> Iterator[LineFault]:
    """Why lines of a file are not JSON."""
    for number, line in enumerate(file, 1):
        if fault := read_json(line):
            yield LineFault(number, fault.message)


def css_addresses(text: str) -> Iterator[tuple[int, str]]:
    """The addresses that a style sheet loads, with their offsets."""
    # Comments become as many spaces, so that offsets stay.
    bare = CSS_COMMENT.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    for found in CSS_ADDRESS.finditer(bare):
        yield found.start(), next(filter(None, found.groups()), "")
