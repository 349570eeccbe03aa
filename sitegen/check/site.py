"""A built site -> its Problems: every file is read in turn, and what files say of one another is judged at the end."""

import hashlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from sitegen.check.addresses import UNKNOWN_BASE, Addresses, addresses_of
from sitegen.check.claims import Claims
from sitegen.check.data import SITEMAP, css_addresses, read_json, read_json_lines, read_xml
from sitegen.check.fixity import compare_hash, compare_names, read_hashes
from sitegen.check.page import PageFacts, read_page
from sitegen.model import Problem, Severity
from sitegen.urls import HOME, output_path

HOME_PATH = output_path(HOME)
SITEMAP_PATH = "sitemap.xml"


def check_site(folder: Path) -> tuple[Problem, ...]:
    """All that is wrong with the site in `folder`, sorted; paths are relative to it, severities all ERROR."""
    if not folder.is_dir():
        return (_problem(str(folder), 0, "", "is no folder; build the site first"),)
    files, problems = _list_files(folder)
    hashes, manifest_problems = read_hashes(folder)
    problems += [*manifest_problems, *compare_names(hashes, files)]
    canonical = ""
    if HOME_PATH in files:
        canonical = read_page((folder / HOME_PATH).read_text("utf-8", "replace")).canonical
    addresses = addresses_of(canonical, frozenset(files))
    if addresses.base_url == UNKNOWN_BASE:
        problems.append(_problem(HOME_PATH, 0, "", "names no canonical address ending in /, so the site's is unknown"))
    check = _SiteCheck(folder, addresses, hashes)
    for path in files:
        problems += check.file(path)
    return tuple(sorted([*problems, *check.whole()]))


class _SiteCheck:
    """Judges a site's files one after the other, then the whole."""

    def __init__(self, folder: Path, addresses: Addresses, hashes: Mapping[str, bytes]) -> None:
        self._folder = folder
        self._addresses = addresses
        self._hashes = hashes
        self._claims = Claims(addresses)
        self._to_index: set[str] = set()
        self._in_sitemap: set[str] = set()

    def file(self, path: str) -> Iterator[Problem]:
        """The problems of one file."""
        try:
            yield from self._judge(path)
        except OSError as error:
            yield _problem(path, 0, "", f"cannot be read: {error.strerror}")

    def whole(self) -> Iterator[Problem]:
        """The problems that show only when every file was read."""
        for path in self._claims.settle():
            text = (self._folder / path).read_text("utf-8", "replace")
            for fault in self._claims.faults(path, read_page(text)):
                yield _problem(path, _line(text, fault.offset), fault.field, fault.message)
        if SITEMAP_PATH not in self._addresses.files:
            yield _problem(SITEMAP_PATH, 0, "", "does not exist")
            return
        for path in self._to_index - self._in_sitemap:
            yield _problem(path, 0, "sitemap", "is in no sitemap, and does not ask to be left out (noindex)")

    def _judge(self, path: str) -> Iterator[Problem]:
        place = PurePosixPath(path)
        judge = {".html": self._html, ".xml": self._xml, ".svg": self._xml, ".json": _json, ".css": self._css}.get(
            place.suffix
        )
        # A seed is published as it came, whatever its form.
        if judge is None or place.stem == "seed":
            yield from self._stream(path)
            return
        content = (self._folder / path).read_bytes()
        yield from compare_hash(path, self._hashes, hashlib.sha256(content).digest())
        yield from judge(path, content)

    def _stream(self, path: str) -> Iterator[Problem]:
        """Judge a file that may be too large to be held."""
        with (self._folder / path).open("rb") as file:
            yield from compare_hash(path, self._hashes, hashlib.file_digest(file, "sha256").digest())
            if path.endswith(".jsonl"):
                file.seek(0)
                for line, message in read_json_lines(file):
                    yield _problem(path, line, "data", message)

    def _html(self, path: str, content: bytes) -> Iterator[Problem]:
        try:
            text = content.decode("utf-8")
        except UnicodeDecodeError as error:
            yield _problem(path, content.count(b"\n", 0, error.start) + 1, "markup", "is not UTF-8")
            return
        facts = read_page(text)
        self._claims.enter(path, facts)
        if not facts.noindex:
            self._to_index.add(path)
        for fault in facts.faults:
            yield _problem(path, _line(text, fault.offset), fault.field, fault.message)
        yield from self._links(path, text, facts)

    def _links(self, path: str, text: str, facts: PageFacts) -> Iterator[Problem]:
        for link in facts.links:
            file, _, fault = self._addresses.find(path, link.target)
            if not file and not fault and link.loaded:
                fault = f"{link.target} would be loaded from elsewhere; serve it from the site"
            if fault:
                yield _problem(path, _line(text, link.offset), "link", fault)
            if link.claim and not (file and link.claim.isdecimal()):
                message = f"data-count={link.claim!r} cannot be proved; it must be a number, and lead to a page here"
                yield _problem(path, _line(text, link.offset), "count", message)

    def _xml(self, path: str, content: bytes) -> Iterator[Problem]:
        facts = read_xml(content)
        if facts.fault:
            yield _problem(path, facts.fault.line, "data", facts.fault.message)
        for line, address in facts.addresses:
            file, _, fault = self._addresses.find(path, address)
            if fault:
                yield _problem(path, line, "link", fault)
            elif facts.root == f"{SITEMAP} urlset":
                self._in_sitemap.add(file)

    def _css(self, path: str, content: bytes) -> Iterator[Problem]:
        text = content.decode("utf-8", "replace")
        for offset, address in css_addresses(text):
            file, _, fault = self._addresses.find(path, address)
            if not file:
                message = fault or f"{address[:80]} would be loaded from elsewhere; serve it from the site"
                yield _problem(path, _line(text, offset), "link", message)


def _json(path: str, content: bytes) -> Iterator[Problem]:
    if fault := read_json(content):
        yield _problem(path, fault.line, "data", fault.message)


def _list_files(folder: Path) -> tuple[list[str], list[Problem]]:
    """The paths of all files below `folder`, sorted, and a problem for each symbolic link, which is not followed."""
    files, problems, pending = [], [], [""]
    while pending:
        inner = pending.pop()
        for entry in os.scandir(folder / inner):
            path = inner + entry.name
            if entry.is_symlink():
                problems.append(_problem(path, 0, "", "is a symbolic link; a build has none"))
            elif entry.is_dir():
                pending.append(path + "/")
            else:
                files.append(path)
    return sorted(files), problems


def _line(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1


def _problem(path: str, line: int, field: str, message: str) -> Problem:
    return Problem(path, line, field, message, Severity.ERROR)
