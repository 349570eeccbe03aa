"""The last build, as it is remembered -> what of it still stands, in the output folder and in the standby.

Checked of every file: size, time of change and inode. One that does not fit (touched, copied, restored, edited) is
read and hashed. An edit that keeps size, time and inode passes for no edit; `check` finds it, since it reads all.
"""

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISREG
from typing import NamedTuple

from sitegen.publish.index import Index, read_index, stamp_folder
from sitegen.publish.listing import UNSURE, Entry, Listing, Stamp
from sitegen.publish.manifest import read_manifest
from sitegen.publish.staging import MANIFEST_PATH, Written
from sitegen.publish.standby import Standby
from sitegen.publish.target import Places


class Seen(NamedTuple):
    """What a look at the last build showed.

    Attributes:
        changed: the files that are not as they are remembered, by path, each as it is now; None for one that is not
            there, or not with the bytes that it had.
        same_folders: whether each folder of the output has the names that it had.
        prepared: the stamps of the standby's folders, where it was made just now.
    """

    changed: Mapping[str, Entry | None]
    same_folders: bool
    prepared: Mapping[str, Stamp]


@dataclass(frozen=True, slots=True)
class Standing:
    """What of the last build can be taken over.

    Attributes:
        files: those that are as the build wrote them, with their stamps as they are now.
        is_whole: whether the output folder holds exactly that build: nothing is missing, touched or added.
        standby: the stamps of those folders of the standby that were left with what the build's hold.
    """

    files: Listing
    is_whole: bool
    standby: Mapping[str, Stamp]


def recall(target: Path, place: Path) -> Index:
    """What is known of the build in `target`: by the index at `place`, or by the manifest alone, or nothing.

    Raises:
        PublishError: there is no index, and the manifest is damaged.
    """
    index = read_index(place)
    if index:
        return index
    if not (target / MANIFEST_PATH).exists():
        return Index(Listing(), {}, {})
    hashes = read_manifest(target)
    return Index(Listing().merged(Entry(Written(path, sha256, 0), UNSURE) for path, sha256 in hashes.items()), {}, {})


def look_at(places: Places, last: Index) -> Seen:
    """Compare the build that is remembered with what is there. Where it stands whole, it is given a standby.

    Raises:
        OSError: something cannot be read.
    """
    tree = _tree_of(places, last)
    root = f"{tree}/"
    changed = _changed(root, last.files)
    same = all(stamp_folder(root + folder) == stamp for folder, stamp in last.folders.items())
    # Where there is one, somebody may hold the build before open, in it.
    is_bare = not os.path.lexists(places.standby) and tree == places.target and same and not changed
    return Seen(changed, same, _prepared(Standby(places.standby), last, root) if is_bare else {})


def stand(last: Index, seen: Seen) -> Standing:
    """What of the last build can be taken over, after what was seen."""
    standby = seen.prepared or last.standby
    if not seen.changed and last.files.get(MANIFEST_PATH):
        return Standing(last.files, seen.same_folders, standby)
    gone = {path for path, entry in seen.changed.items() if entry is None}
    found = [entry for entry in seen.changed.values() if entry]
    return Standing(last.files.without(gone).merged(found), is_whole=False, standby=standby)


def _prepared(standby: Standby, last: Index, root: str) -> Mapping[str, Stamp]:
    """The stamps of the standby's folders, now that it holds what the build does; of none where it cannot be made."""
    try:
        return standby.become(last.files, list(last.folders), set(), {}, lambda path: root + path)
    except OSError:
        # Who commits makes it again, and says what is in the way.
        return {}


def _tree_of(places: Places, last: Index) -> Path:
    """Where files of the last build can be: in the output folder; when it was deleted, in the standby.

    A standby with links to folders is not looked into: what is found behind them is not in it.
    """
    standby = places.standby
    if (places.target / MANIFEST_PATH).exists() or standby.is_symlink():
        return places.target
    linked = any((standby / folder).is_symlink() for folder in last.folders)
    return places.target if linked else standby


def _changed(root: str, files: Listing) -> dict[str, Entry | None]:
    """The files that are not as they are remembered, each as it is now."""
    changed: dict[str, Entry | None] = {}
    lstat = os.lstat
    for path, size, mtime, inode in files.rows():
        try:
            status = lstat(root + path)
        except (FileNotFoundError, NotADirectoryError):
            changed[path] = None
            continue
        if status.st_mtime_ns != mtime or status.st_ino != inode or status.st_size != size:
            file = files.get(path)
            changed[path] = _reread(root + path, file) if file and S_ISREG(status.st_mode) else None
    return changed


def _reread(place: str, file: Written) -> Entry | None:
    """The file with its size and stamp, if what is at `place` can be read and has the bytes that it had."""
    try:
        descriptor = os.open(place, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        return None
    with os.fdopen(descriptor, "rb") as opened:
        status = os.fstat(descriptor)
        if hashlib.file_digest(opened, "sha256").hexdigest() != file.sha256:
            return None
    return Entry(file._replace(size=status.st_size), (status.st_mtime_ns, status.st_ino))
