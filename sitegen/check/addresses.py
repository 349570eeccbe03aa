"""An address as a page names it -> the file of the site that it leads to, or why it leads to none."""

from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import SplitResult, unquote, urljoin, urlsplit

UNKNOWN_BASE = "http://unknown.invalid/"
TOP = ("", "top")


class Destination(NamedTuple):
    """Where an address leads.

    Attributes:
        file: path of the file below the site's folder; "" when it leads to another site or nowhere.
        fragment: the id in that file, or "".
        fault: why it leads nowhere, or "".
    """

    file: str
    fragment: str
    fault: str


@dataclass(frozen=True, slots=True)
class Addresses:
    """The addresses of one site.

    Attributes:
        base_url: where the site stands, ending in "/".
        base_path: the path of `base_url`.
        files: paths of all files below its folder.
    """

    base_url: str
    base_path: str
    files: frozenset[str]

    def find(self, page: str, target: str) -> Destination:
        """Where `target` leads when the page at path `page` names it."""
        if target.startswith("#"):
            return Destination(page, _fragment(target[1:]), "")
        if target.startswith(self.base_path) and not target.startswith("//") and "/." not in target:
            return self._inside(target[len(self.base_path) :], target)
        try:
            absolute = urljoin(self.base_url + page, target)
            parts = urlsplit(absolute)
        except ValueError:
            return Destination("", "", f"not an address: {target[:80]!r}")
        if absolute.startswith(self.base_url):
            return self._inside(absolute[len(self.base_url) :], target)
        return Destination("", "", self._outside(parts, target))

    def _outside(self, parts: SplitResult, target: str) -> str:
        """Why an address outside the site is at fault, or ""."""
        own = urlsplit(self.base_url)
        if parts.scheme == "javascript":
            return f"script instead of an address: {target[:80]!r}"
        if (parts.scheme, parts.netloc) == (own.scheme, own.netloc):
            return f"{target} lies outside the site, which stands at {self.base_path}"
        return ""

    def _inside(self, rest: str, target: str) -> Destination:
        before, _, fragment = rest.partition("#")
        path = before.partition("?")[0]
        if "%" in path:
            path = unquote(path)
        file = f"{path}index.html" if not path or path.endswith("/") else path
        if file in self.files:
            return Destination(file, _fragment(fragment), "")
        written = "" if target == f"/{path}" else f" (written as {target})"
        remedy = "; the address ends in /" if f"{path}/index.html" in self.files else ""
        return Destination("", "", f"/{path} does not exist{written}{remedy}")


def addresses_of(canonical: str, files: frozenset[str]) -> Addresses:
    """The addresses of the site with these files whose home page calls itself `canonical` ("" when it does not)."""
    base_url = canonical if urlsplit(canonical).netloc and canonical.endswith("/") else UNKNOWN_BASE
    return Addresses(base_url, urlsplit(base_url).path, files)


def _fragment(written: str) -> str:
    """The id that a fragment names; "" when it is the page's top or a stretch of text."""
    named = written.partition(":~:")[0]
    return "" if named in TOP else unquote(named)
