"""An HTML page -> what it links to, lists and claims, and what it may not hold: inline code, other sites' files."""

import re
from dataclasses import dataclass
from typing import NamedTuple

import orjson

from sitegen.check.markup import Element, Fault, Markup
from sitegen.check.tags import DATA_BLOCKS, LOADING_ATTRIBUTES, LOADING_RELATIONS

REFRESH = re.compile(r"\s*\d+\s*;\s*url\s*=\s*(.+)", re.IGNORECASE)
LINKING = frozenset(("href", "action", *LOADING_ATTRIBUTES))


class Link(NamedTuple):
    """An address that a page names.

    Attributes:
        target: as a browser reads it.
        claim: how many things it leads to, as it says (`data-count`), or "".
        loaded: whether a browser fetches it by itself.
    """

    offset: int
    target: str
    claim: str
    loaded: bool


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a page says.

    Attributes:
        items: every distinct `data-item`.
        items_within: how many distinct ones each element with an id holds, where it holds any.
        canonical: the address that the page gives as its own, or "".
        noindex: whether it asks not to be indexed.
    """

    ids: frozenset[str]
    links: tuple[Link, ...]
    items: frozenset[str]
    items_within: dict[str, int]
    canonical: str
    noindex: bool
    faults: tuple[Fault, ...]


def read_page(text: str) -> PageFacts:
    """Everything that a page says."""
    reader = _PageReader(Markup(text))
    for element in reader.markup.elements():
        reader.take(element)
    return PageFacts(
        ids=frozenset(reader.ids),
        links=tuple(reader.links),
        items=frozenset(reader.items),
        items_within={name: len(items) for name, items in reader.items_within.items()},
        canonical=reader.canonical,
        noindex=reader.noindex,
        faults=tuple(reader.markup.faults),
    )


class _PageReader:
    """Collects what the elements of one page say."""

    def __init__(self, markup: Markup) -> None:
        self.markup = markup
        self.ids: set[str] = set()
        self.links: list[Link] = []
        self.items: set[str] = set()
        self.items_within: dict[str, set[str]] = {}
        self.canonical = ""
        self.noindex = False

    def take(self, element: Element) -> None:
        attributes = element.attributes
        if element.name in ("script", "style", "base"):
            self._judge_code(element)
        if not attributes:
            return
        for name in attributes:
            if name in LINKING:
                self._take_link(element, name)
            elif name == "style" or name.startswith("on"):
                self._fault(element, "inline", f"attribute {name}; use a file of styles or scripts")
        if "id" in attributes:
            self._take_id(element)
        if "data-item" in attributes:
            self._take_item(element)
        elif "data-count" in attributes and "href" not in attributes:
            self._fault(element, "count", "data-count on an element that is no link")
        if element.name == "meta":
            self._take_meta(element)

    def _fault(self, element: Element, field: str, message: str) -> None:
        self.markup.faults.append(Fault(element.offset, field, message))

    def _take_id(self, element: Element) -> None:
        name = element.attributes["id"]
        if not name or any(char.isspace() for char in name):
            self._fault(element, "id", f"empty or with white space: {name!r}")
        elif name in self.ids:
            self._fault(element, "id", f"{name!r} is used twice")
        self.ids.add(name)

    def _take_item(self, element: Element) -> None:
        item = element.attributes["data-item"]
        self.items.add(item)
        for outer in (*self.markup.open, element):
            if name := outer.attributes.get("id"):
                self.items_within.setdefault(name, set()).add(item)

    def _take_link(self, element: Element, attribute: str) -> None:
        value = element.attributes[attribute].strip()
        relations = element.attributes.get("rel", "").lower().split() if element.name == "link" else []
        if "canonical" in relations:
            self.canonical = value
        loaded = (
            attribute in LOADING_ATTRIBUTES
            or element.name in ("use", "image", "form")
            or not LOADING_RELATIONS.isdisjoint(relations)
        )
        targets = [part.split()[0] for part in value.split(",") if part.split()] if attribute == "srcset" else [value]
        claim = element.attributes.get("data-count", "") if attribute == "href" else ""
        self.links.extend(Link(element.offset, target, claim, loaded) for target in targets)

    def _take_meta(self, element: Element) -> None:
        content = element.attributes.get("content", "")
        name = element.attributes.get("name", element.attributes.get("property", "")).lower()
        if name == "robots":
            self.noindex = "noindex" in content.lower()
        elif name.startswith("og:") and content.startswith(("http://", "https://")):
            self.links.append(Link(element.offset, content, "", loaded=False))
        elif element.attributes.get("http-equiv", "").lower() == "refresh" and (found := REFRESH.match(content)):
            self.links.append(Link(element.offset, found[1].strip(), "", loaded=False))

    def _judge_code(self, element: Element) -> None:
        kind = element.attributes.get("type", "").strip().lower()
        if element.name == "base":
            self._fault(element, "link", "<base> changes what every address means, and the site's policy forbids it")
        elif element.name == "style":
            self._fault(element, "inline", "<style>; use a file of styles")
        elif kind in DATA_BLOCKS:
            self._judge_data(element)
        elif "src" not in element.attributes:
            self._fault(element, "inline", "<script> without src; use a file")

    def _judge_data(self, element: Element) -> None:
        try:
            orjson.loads(element.content)
        except orjson.JSONDecodeError as error:
            self._fault(element, "data", f"not JSON: {error}")
