"""What a publisher remembers of the build that it put in place, so that the next one need not read it again.

A memory of hashes and no authority: an entry counts only while the file on disk still has the stamp that it names.
Losing it, or finding one of another build, costs time and changes no byte of the output.
"""

import os
from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISDIR
from typing import Any

import orjson

from sitegen.publish.listing import UNSURE, Listing, Stamp

VERSION = 2


@dataclass(frozen=True, slots=True)
class Index:
    """A build as it was put in place.

    Attributes:
        files: every file of the build, its manifest among them.
        folders: the stamps of the folders that they are in, the outer before the inner; "" is the output folder itself.
        standby: the stamps of those folders of the standby tree that hold the same names for the same inodes as the
            build's.
    """

    files: Listing
    folders: Mapping[str, Stamp]
    standby: Mapping[str, Stamp]


def parent(path: str) -> str:
    """The folder that `path` is in; "" for the output folder."""
    return path.rpartition("/")[0]


def folders_of(paths: Iterable[str]) -> list[str]:
    """Every folder that files at these paths are in, however deep, the outer before the inner; "" comes first."""
    found = {""}
    for folder in {path.rpartition("/")[0] for path in paths}:
        part = folder
        while part not in found:
            found.add(part)
            part = parent(part)
    return sorted(found)


def stamp_folder(path: str) -> Stamp | None:
    """The stamp of a folder, no link; None where there is none."""
    try:
        status = os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    return (status.st_mtime_ns, status.st_ino) if S_ISDIR(status.st_mode) else None


def stamp_folders(root: Path, folders: Iterable[str]) -> dict[str, Stamp]:
    """The stamps of those folders below `root` that are there."""
    stamps = ((folder, stamp_folder(f"{root}/{folder}")) for folder in folders)
    return {folder: stamp for folder, stamp in stamps if stamp}


def read_index(place: Path) -> Index | None:
    """The index in a file; None where there is none that this version wrote, whole."""
    try:
        columns = orjson.loads(place.read_bytes())
        if columns["version"] != VERSION:
            return None
        # Changed after the index was written, but in the same tick of a coarse clock, a file would have the same time.
        late = place.stat().st_mtime_ns
        return Index(
            _listing(columns["files"], late), _stamps(columns["folders"], late), _stamps(columns["standby"], late)
        )
    except (OSError, ValueError, TypeError, KeyError, AttributeError, OverflowError):
        return None


def write_index(place: Path, index: Index) -> None:
    """Write the index into a file, in one step.

    Raises:
        OSError: the disk refuses.
    """
    files = index.files
    columns = {
        "version": VERSION,
        "files": {
            "lines": "\n".join(files.lines),
            "sizes": files.sizes.tolist(),
            "mtimes": files.mtimes.tolist(),
            "inodes": files.inodes.tolist(),
        },
        "folders": _columns(index.folders),
        "standby": _columns(index.standby),
    }
    draft = place.with_name(f"{place.name}.next")
    draft.write_bytes(orjson.dumps(columns))
    draft.replace(place)


def _columns(stamps: Mapping[str, Stamp]) -> dict[str, list[str] | list[int]]:
    return {
        "paths": list(stamps),
        "mtimes": [mtime for mtime, _ in stamps.values()],
        "inodes": [inode for _, inode in stamps.values()],
    }


def _listing(columns: Mapping[str, Any], late: int) -> Listing:
    """The files; UNSURE where the time is not before `late`.

    Raises:
        ValueError: the columns are not of the same length.
    """
    lines = columns["lines"].split("\n") if columns["lines"] else []
    mtimes, inodes = array("q", columns["mtimes"]), array("Q", columns["inodes"])
    listing = Listing(lines, array("q", columns["sizes"]), mtimes, inodes)
    for row, (_, _, mtime, _) in enumerate(listing.rows()):
        if mtime >= late:
            mtimes[row], inodes[row] = UNSURE
    return listing


def _stamps(columns: Mapping[str, Any], late: int) -> dict[str, Stamp]:
    """The stamps; UNSURE where the time is not before `late`."""
    stamps = dict(zip(columns["paths"], zip(columns["mtimes"], columns["inodes"], strict=True), strict=True))
    unsure = [path for path, stamp in stamps.items() if stamp[0] >= late]
    return stamps | dict.fromkeys(unsure, UNSURE) if unsure else stamps
