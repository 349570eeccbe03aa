"""The last build, as it is remembered -> those of its files that still stand as they were written.

Checked of every file: size, time of change and inode. One that does not fit (touched, copied, restored, edited) is
read and hashed. An edit that keeps size, time and inode passes for no edit; `check` finds it, since it reads all.
"""

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISREG

from sitegen.publish.index import Index, Stamp, read_index, stamp_folder
from sitegen.publish.manifest import read_manifest
from sitegen.publish.staging import MANIFEST_PATH, Written


@dataclass(frozen=True, slots=True)
class Standing:
    """What of the last build can be taken over.

    Attributes:
        files: those that are as the build wrote them, by path.
        stamps: theirs, as they are now.
        is_whole: whether the output folder holds exactly that build: nothing is missing, touched or added.
    """

    files: Mapping[str, Written]
    stamps: Mapping[str, Stamp]
    is_whole: bool


def recall(target: Path, place: Path) -> Index:
    """What is known of the build in `target`: by the index at `place`, or by the manifest alone, or nothing.

    Raises:
        PublishError: there is no index, and the manifest is damaged.
    """
    index = read_index(place)
    if index:
        return index
    if not (target / MANIFEST_PATH).exists():
        return Index({}, {}, {}, {})
    hashes = read_manifest(target)
    return Index({path: Written(path, sha256, 0) for path, sha256 in hashes.items()}, {}, {}, {})


def find_standing(tree: Path, index: Index) -> Standing:
    """Compare the build that `index` remembers with what is in `tree`, if anything is.

    Raises:
        OSError: something cannot be read.
    """
    root = f"{tree}/"
    changed = _changed(root, index)
    if not changed and MANIFEST_PATH in index.files:
        same = all(stamp_folder(root + folder) == stamp for folder, stamp in index.folders.items())
        return Standing(index.files, index.stamps, is_whole=same)
    files, stamps = dict(index.files), dict(index.stamps)
    for path, is_file in changed.items():
        remembered = files.pop(path)
        stamps.pop(path, None)
        if is_file and (found := _reread(root + path, remembered)):
            files[path], stamps[path] = found
    return Standing(files, stamps, is_whole=False)


def _changed(root: str, index: Index) -> dict[str, bool]:
    """The files that are not as they are remembered, each with whether one is there at all."""
    changed: dict[str, bool] = {}
    for path, file in index.files.items():
        try:
            status = os.lstat(root + path)
        except (FileNotFoundError, NotADirectoryError):
            changed[path] = False
            continue
        if (status.st_mtime_ns, status.st_ino) != index.stamps.get(path) or status.st_size != file.size:
            changed[path] = S_ISREG(status.st_mode)
    return changed


def _reread(place: str, file: Written) -> tuple[Written, Stamp] | None:
    """The file with its size and stamp, if what is at `place` can be read and has the bytes that it had."""
    try:
        descriptor = os.open(place, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        return None
    with os.fdopen(descriptor, "rb") as opened:
        status = os.fstat(descriptor)
        if hashlib.file_digest(opened, "sha256").hexdigest() != file.sha256:
            return None
    return file._replace(size=status.st_size), (status.st_mtime_ns, status.st_ino)
