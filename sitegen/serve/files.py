"""The path of a request -> an open file of the site, or the reason why there is none; nothing outside is opened."""

import os
import re
import stat
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote_to_bytes

# Encoded, these could pass for something that they are not.
SUSPICIOUS = re.compile(r"%(?:2[eEfF5]|5[cC]|00)|[\\\x00-\x20\x7f-\U0010ffff]")

CONTENT_TYPES = {
    ".bib": "application/x-bibtex; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".gz": "application/octet-stream",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/vnd.microsoft.icon",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".jsonl": "application/jsonl",
    ".md": "text/plain; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".opml": "text/x-opml; charset=utf-8",
    ".png": "image/png",
    ".ris": "application/x-research-info-systems; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}
TYPES_BY_NAME = {
    "feed.xml": "application/atom+xml",
    "feed.json": "application/feed+json",
    "linkset.json": "application/linkset+json",
    "opensearch.xml": "application/opensearchdescription+xml",
}


class Refused(Exception):  # noqa: N818 (a refusal is an answer, not an error of ours)
    """A request that is not answered with a file.

    Attributes:
        status: the HTTP status instead.
        message: why, for the person who made it.
    """

    def __init__(self, status: HTTPStatus, message: str) -> None:
        self.status = status
        self.message = message
        super().__init__(status, message)


class Moved(Exception):  # noqa: N818
    """The address lacks the "/" at its end, or the site's base path; `location` has both."""

    def __init__(self, location: str) -> None:
        self.location = location
        super().__init__(location)


@dataclass(frozen=True, slots=True)
class Site:
    """A built site that is served.

    Attributes:
        folder: where it lies; another build may take its place at any time.
        base_path: where its addresses begin: "/" or "/sub/".
    """

    folder: Path
    base_path: str

    def open(self, path: str) -> tuple[BinaryIO, str]:
        """The file that a request's path (as sent, without query) names, and its content type.

        Raises:
            Refused: there is no such file, or the path tries to be clever.
            Moved: a folder is named without its "/".
        """
        inner = self._inner_path(path)
        parts = inner.split("/")
        if parts[-1] == "":
            parts[-1] = "index.html"
        if any(part == "" or part.startswith(".") for part in parts):
            raise Refused(HTTPStatus.FORBIDDEN, "Hidden files and folders above are not served.")
        try:
            return open_below(self.folder, parts), content_type(parts[-1])
        except IsADirectoryError:
            raise Moved(f"{path}/") from None

    def _inner_path(self, path: str) -> str:
        if not path.startswith("/") or SUSPICIOUS.search(path):
            raise Refused(HTTPStatus.BAD_REQUEST, "This is not an address of a page.")
        if path != self.base_path and path in ("/", self.base_path.rstrip("/")):
            raise Moved(self.base_path)
        if not path.startswith(self.base_path):
            raise Refused(HTTPStatus.NOT_FOUND, f"The site begins at {self.base_path}")
        try:
            return unquote_to_bytes(path.removeprefix(self.base_path)).decode("utf-8")
        except UnicodeDecodeError:
            raise Refused(HTTPStatus.BAD_REQUEST, "This address is not UTF-8.") from None


def content_type(name: str) -> str:
    """The media type of a file, by its name."""
    return TYPES_BY_NAME.get(name) or CONTENT_TYPES.get(Path(name).suffix.lower(), "application/octet-stream")


def open_below(folder: Path, parts: list[str]) -> BinaryIO:
    """Open a regular file below `folder`, part by part, so that no symbolic link is followed on the way.

    Raises:
        Refused: there is none.
        IsADirectoryError: the parts name a folder.
    """
    missing = Refused(HTTPStatus.NOT_FOUND, "There is no such page.")
    try:
        descriptor = _descend(folder, parts)
    except OSError:
        raise missing from None
    mode = os.fstat(descriptor).st_mode
    if stat.S_ISREG(mode):
        return os.fdopen(descriptor, "rb")
    os.close(descriptor)
    if stat.S_ISDIR(mode):
        raise IsADirectoryError
    raise missing


def _descend(folder: Path, parts: list[str]) -> int:
    at = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    for part in parts:
        try:
            # O_NONBLOCK: opening a FIFO would wait for somebody to write.
            inner = os.open(part, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=at)
        finally:
            os.close(at)
        at = inner
    return at
