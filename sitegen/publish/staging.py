"""A fresh folder in which a build is written, file by file, before anybody sees it."""

import hashlib
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from sitegen.errors import PublishError
from sitegen.model import OutputFile
from sitegen.publish.failures import publish_error
from sitegen.urls import MANIFEST, output_path

MANIFEST_PATH = output_path(MANIFEST)
PART_BYTES = 255
# Control characters and "\" would need escapes in the manifest; "\" parts folders on some systems.
PART = r"(?!\.{1,2}(?:/|$))[^/\\\x00-\x1f\x7f]+"
PATH = re.compile(rf"{PART}(?:/{PART})*")


class Written(NamedTuple):
    """A file that was written: its path below the output folder, the SHA-256 and the number of its bytes."""

    path: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Staging:
    """The folder of a build that is not published yet. Any number of processes may write into it.

    Attributes:
        root: an existing folder.
        old: the build that stands now, or None. A file that has the same bytes there is taken over as it is, with its
            time and inode, so that what copies only changed files finds few.
    """

    root: Path
    old: Path | None = None

    def write(self, file: OutputFile) -> Written:
        """Write a new file, with the folders it needs.

        Raises:
            PublishError: the path is taken or would not stay inside the folder, or the disk refuses.
        """
        refuse_path(file.path)
        place = f"{self.root}/{file.path}"
        try:
            if not self._take_over(file, place):
                self._create(place, file.content)
        except FileExistsError as error:
            raise PublishError(f"{file.path}: two pages claim this address; give one of them another") from error
        except OSError as error:
            raise publish_error(error, place) from error
        return Written(file.path, hashlib.sha256(file.content).hexdigest(), len(file.content))

    def keep_all(self, files: Sequence[Written]) -> bool:
        """Give files of the old build a second name here; False when it has not all of them just so."""
        if self.old is None or any(not _has(f"{self.old}/{file.path}", file) for file in files):
            return False
        for file in files:
            place = f"{self.root}/{file.path}"
            try:
                os.link(f"{self.old}/{file.path}", place)
            except FileNotFoundError:
                self._create_folder(Path(place).parent)
                os.link(f"{self.old}/{file.path}", place)
        return True

    def _take_over(self, file: OutputFile, place: str) -> bool:
        """Give the old build's file a second name here, if it has these bytes and can be linked; whether it was."""
        if self.old is None:
            return False
        old = f"{self.old}/{file.path}"
        try:
            if not _holds(old, file.content):
                return False
            try:
                os.link(old, place)
            except FileNotFoundError:
                self._create_folder(Path(place).parent)
                os.link(old, place)
        except FileExistsError:
            raise
        except OSError:
            return False
        return True

    def _create(self, place: str, content: bytes) -> None:
        try:
            file = open(place, "xb")  # noqa: PTH123, SIM115 (Path.open is a fifth of the time of a small file)
        except FileNotFoundError:
            self._create_folder(Path(place).parent)
            file = open(place, "xb")  # noqa: PTH123, SIM115
        with file:
            file.write(content)

    def _create_folder(self, folder: Path) -> None:
        """Create the folder and those above it, but never the root: it may vanish, and that must be noticed."""
        place = self.root
        for part in folder.relative_to(self.root).parts:
            place /= part
            place.mkdir(exist_ok=True)


def _holds(path: str, content: bytes) -> bool:
    """Whether `path` is a file, no link, with exactly this content; OSError where there is none."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        same_size = os.fstat(descriptor).st_size == len(content)
        return same_size and os.read(descriptor, len(content) + 1) == content
    finally:
        os.close(descriptor)


def _has(path: str, file: Written) -> bool:
    """Whether `path` is a file, no link, with the bytes that were written."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        return False
    with open(descriptor, "rb") as opened:  # noqa: PTH123 (a path would follow links)
        return hashlib.file_digest(opened, "sha256").hexdigest() == file.sha256


def refuse_path(path: str) -> None:
    """Raise PublishError unless `path` names a file below the folder that every file system can hold."""
    if not PATH.fullmatch(path):
        raise PublishError(f"{path!r}: not a path inside the output folder")
    if path == MANIFEST_PATH:
        raise PublishError(f"{path}: this file is the build's own list of files; give the page another address")
    try:
        longest = max(len(part.encode()) for part in path.split("/"))
    except UnicodeEncodeError as error:
        raise PublishError(f"{path!r}: not text that UTF-8 can hold") from error
    if longest > PART_BYTES:
        raise PublishError(f"{path[:80]}…: a name in it is longer than {PART_BYTES} bytes; shorten the address")
