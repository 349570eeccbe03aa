"""Archives made by hand -> the files of their sites, in memory, for tests of pages and templates."""

from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from typing import NamedTuple

from sitegen.config import Settings
from sitegen.model import Archive, Line, Page, Unit
from sitegen.pages import plan
from sitegen.remembered import files_of_rows, pack_lines
from sitegen.render import Renderer
from sitegen.resources import shipped_folder
from tests.archives import markdown_of


def build_files(archive: Archive, settings: Settings) -> Mapping[str, bytes]:
    """Every file of the site but the search index and the manifest; one path twice is an error."""
    renderer = Renderer(settings, (shipped_folder("templates"),))
    files: dict[str, bytes] = {}
    lines: list[Line] = []
    for unit in plan(archive, settings, markdown_of, (shipped_folder("static"),)):
        for piece in unit.make():
            if isinstance(piece, Line):
                lines.append(piece)
                continue
            assert not isinstance(piece, Unit)
            file = renderer.render(piece) if isinstance(piece, Page) else piece
            assert file.path not in files, f"{file.path} is planned twice"
            files[file.path] = file.content
    return files | {file.path: file.content for file in files_of_rows(dict(pack_lines(b"", lines)))}


def html_pages(files: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """The HTML pages of a site: path and text."""
    return ((path, content.decode()) for path, content in sorted(files.items()) if path.endswith(".html"))


class Element(NamedTuple):
    """A start tag with its attributes."""

    name: str
    attributes: Mapping[str, str]


class Elements(HTMLParser):
    """The start tags and the text of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[Element] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append(Element(tag, {name: value or "" for name, value in attrs}))


def elements(text: str, name: str = "") -> list[Element]:
    """The elements of a page, all or those of one name."""
    return [element for element in Elements(text).found if name in {"", element.name}]
