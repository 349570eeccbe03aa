"""A fresh folder in which the new files of a build are written, one by one, before anybody sees them."""

import hashlib
import os
import re
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, Protocol

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


class Files(Protocol):
    """The files of a build, by path."""

    def get(self, path: str, /) -> Written | None: ...


@dataclass(frozen=True, slots=True)
class Staging:
    """The folder of what is new in a build that is not published yet. Any number of processes may write into it.

    Attributes:
        root: an existing folder.
        standing: the files of the last build that can be taken over as they are, by path.
    """

    root: Path
    standing: Files = field(default_factory=dict[str, Written])

    def write(self, file: OutputFile) -> Written:
        """Write a file, with the folders it needs, unless the last build's has the same bytes.

        Raises:
            PublishError: the path is taken or would not stay inside the folder, or the disk refuses.
        """
        refuse_path(file.path)
        if file.path == MANIFEST_PATH:
            message = "this file is the build's own list of files; give the page another address"
            raise PublishError(f"{file.path}: {message}")
        return self.put(file.path, file.content)

    def put(self, path: str, content: bytes) -> Written:
        """As `write`, for a path that is known to be good.

        Raises:
            PublishError: the path is taken, or the disk refuses.
        """
        written = Written(path, hashlib.sha256(content).hexdigest(), len(content))
        if self.standing.get(path) == written:
            return written
        place = f"{self.root}/{path}"
        try:
            self._create(place, content)
        except FileExistsError as error:
            raise PublishError(f"{path}: two pages claim this address; give one of them another") from error
        except OSError as error:
            raise publish_error(error, place) from error
        return written

    def _create(self, place: str, content: bytes) -> None:
        try:
            file = open(place, "xb")  # noqa: PTH123, SIM115 (Path.open is a fifth of the time of a small file)
        except FileNotFoundError:
            self._create_folder(place.rpartition("/")[0])
            file = open(place, "xb")  # noqa: PTH123, SIM115
        with file:
            file.write(content)

    def _create_folder(self, folder: str) -> None:
        """Create the folder and those above it, but never the root: it may vanish, and that must be noticed."""
        if folder == str(self.root):
            return
        try:
            os.mkdir(folder)  # noqa: PTH102
        except FileExistsError:
            return
        except FileNotFoundError:
            self._create_folder(folder.rpartition("/")[0])
            # Another process may have made it meanwhile.
            with suppress(FileExistsError):
                os.mkdir(folder)  # noqa: PTH102


def refuse_path(path: str) -> None:
    """Raise PublishError unless `path` names a file below the folder that every file system can hold."""
    if not PATH.fullmatch(path):
        raise PublishError(f"{path!r}: not a path inside the output folder")
    try:
        longest = max(len(part.encode()) for part in path.split("/"))
    except UnicodeEncodeError as error:
        raise PublishError(f"{path!r}: not text that UTF-8 can hold") from error
    if longest > PART_BYTES:
        raise PublishError(f"{path[:80]}…: a name in it is longer than {PART_BYTES} bytes; shorten the address")
