"""What pages claim of one another (this id is there; so many things are listed there) -> the claims that do not hold.

A claim can be judged only when all pages were read, and a large archive makes millions: until then each is kept as a
few numbers, and the pages whose claims fail are read once more to say which they were.
"""

import re
from array import array
from collections.abc import Iterator
from typing import NamedTuple

from sitegen.check.addresses import Addresses
from sitegen.check.markup import Fault
from sitegen.check.page import Link, PageFacts

LIST_PAGE = re.compile(r"(?P<list>.*/|)page/[0-9]+/index\.html")
NO_COUNT = -1


class _Claim(NamedTuple):
    """Something of a page or of an element of it (`key`) that is to be proved.

    Attributes:
        number: how many things it lists, or NO_COUNT.
        is_fragment: whether `key` stands for an element, which must exist.
    """

    key: int
    number: int
    is_fragment: bool


class Claims:
    """The claims of a site's pages.

    Args:
        addresses: those of the site.
    """

    def __init__(self, addresses: Addresses) -> None:
        self._addresses = addresses
        self._pages: list[str] = []
        self._keys = array("Q")
        self._counts = array("q")
        self._are_fragments = array("B")
        self._claimants = array("L")
        self._ids = array("Q")
        self._listed: dict[int, int] = {}
        self._long_lists: dict[str, array[int]] = {}
        self._missing: set[int] = set()

    def enter(self, page: str, facts: PageFacts) -> None:
        """Note what a page has and what it claims of others."""
        number = len(self._pages)
        self._pages.append(page)
        self._ids.extend(_key(page, name) for name in facts.ids)
        self._enter_items(page, facts)
        for link in facts.links:
            if claim := self._claim(page, link):
                self._keys.append(claim.key)
                self._counts.append(claim.number)
                self._are_fragments.append(claim.is_fragment)
                self._claimants.append(number)

    def settle(self) -> tuple[str, ...]:
        """The pages with claims that do not hold; to be called when all pages are entered."""
        for path, items in self._long_lists.items():
            self._listed[_key(path, "")] = len(set(items))
        self._missing = {key for key, is_fragment in zip(self._keys, self._are_fragments, strict=True) if is_fragment}
        self._missing.difference_update(self._ids)
        rows = zip(self._keys, self._counts, self._are_fragments, self._claimants, strict=True)
        wrong = {page for key, count, is_fragment, page in rows if self._fails(_Claim(key, count, bool(is_fragment)))}
        return tuple(self._pages[page] for page in sorted(wrong))

    def faults(self, page: str, facts: PageFacts) -> Iterator[Fault]:
        """The claims of a page that do not hold, after `settle`."""
        for link in facts.links:
            claim = self._claim(page, link)
            if claim is None or not self._fails(claim):
                continue
            if claim.key in self._missing:
                yield Fault(link.offset, "fragment", f"{link.target}: there is no such id in that page")
            else:
                listed = self._listed.get(claim.key, 0)
                yield Fault(link.offset, "count", f"{link.target} lists {listed}, not {claim.number}")

    def _enter_items(self, page: str, facts: PageFacts) -> None:
        for name, count in facts.items_within.items():
            self._listed[_key(page, name)] = count
        self._listed[_key(page, "")] = len(facts.items)
        part = LIST_PAGE.fullmatch(page)
        landing = f"{part['list']}index.html" if part else page
        if landing.removesuffix("index.html") + "page/1/index.html" in self._addresses.files:
            items = self._long_lists.setdefault(landing, array("Q"))
            items.extend(_key("", item) for item in facts.items)

    def _claim(self, page: str, link: Link) -> _Claim | None:
        if not link.claim and "#" not in link.target:
            return None
        destination = self._addresses.find(page, link.target)
        if not destination.file or not (link.claim.isdecimal() or destination.fragment):
            return None
        count = int(link.claim) if link.claim.isdecimal() else NO_COUNT
        return _Claim(_key(destination.file, destination.fragment), count, bool(destination.fragment))

    def _fails(self, claim: _Claim) -> bool:
        if claim.is_fragment and claim.key in self._missing:
            return True
        return claim.number != NO_COUNT and self._listed.get(claim.key, 0) != claim.number


def _key(path: str, fragment: str) -> int:
    """64 bits that stand for an element of a page, or for the page when the fragment is empty."""
    return hash((path, fragment)) & 0xFFFF_FFFF_FFFF_FFFF
