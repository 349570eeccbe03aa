"""A folder in any state -> a tree of links to exactly the files of a build, with work in proportion to what differs.

What the folder holds is found by looking, not from a journal, so that it may have been left by a crash, be a build
behind, be edited or be missing. Folders with the stamps that they were left with are taken to be as they were left.
"""

import os
import shutil
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path

from sitegen.publish.index import Stamp, parent, stamp_folder, stamp_folders

FOLDER = 0
"""Stands for the inode of a folder, which may have any."""

AFTER_SLASH = chr(ord("/") + 1)


@dataclass(frozen=True, slots=True)
class Standby:
    """The tree that will be put in the place of the output folder.

    Attributes:
        root: where it lies; anything or nothing may be there.
        known: the stamps of those folders that hold what the build last published has in them.
    """

    root: Path
    known: Mapping[str, Stamp]

    def become(
        self,
        files: Mapping[str, Stamp],
        folders: Sequence[str],
        touched: Set[str],
        source: Callable[[str], str],
    ) -> dict[str, Stamp]:
        """Make the tree hold these files and nothing else; returns the stamps of its folders.

        Args:
            files: the whole build: the stamp of each file, by path.
            folders: those that the files are in, the outer before the inner.
            touched: the folders in which the build has another name, or another inode, than the one last published.
            source: where the file of a path lies now; it gets a second name in the tree, or a copy where it cannot.

        Raises:
            OSError: the tree is in disorder; becoming something again mends it.
        """
        if self.root.is_symlink() or self.root.is_file():
            self.root.unlink()
        trusted = self._trusted(folders)
        doubtful = [folder for folder in folders if folder in touched or folder not in trusted]
        paths = sorted(files)
        for folder in doubtful:
            self._mend(folder, dict(_contents(folder, paths, files)), source)
        mended = stamp_folders(self.root, doubtful)
        return {folder: mended.get(folder) or trusted[folder] for folder in folders}

    def _trusted(self, folders: Iterable[str]) -> dict[str, Stamp]:
        """Those of the folders that are as they were left, and in a folder, not in a link to one."""
        found: dict[str, Stamp] = {}
        for folder in folders if self.known else ():
            stamp = stamp_folder(f"{self.root}/{folder}")
            if stamp and (not folder or parent(folder) in found):
                found[folder] = stamp
        return {folder: stamp for folder, stamp in found.items() if stamp == self.known.get(folder)}

    def _mend(self, folder: str, expected: Mapping[str, int], source: Callable[[str], str]) -> None:
        """Make one folder hold the expected names; those that are folders themselves follow."""
        place = f"{self.root}/{folder}" if folder else str(self.root)
        prefix = f"{folder}/" if folder else ""
        for name in expected.keys() - _rightful(place, expected):
            if expected[name] != FOLDER:
                link(source(prefix + name), f"{place}/{name}")


def _contents(folder: str, paths: Sequence[str], files: Mapping[str, Stamp]) -> Iterator[tuple[str, int]]:
    """What a folder is to hold: names, with the inodes of files.

    Args:
        paths: of all files, sorted; what lies in folders of the folder is passed over at one go.
    """
    prefix = f"{folder}/" if folder else ""
    place = bisect_left(paths, prefix)
    while place < len(paths) and paths[place].startswith(prefix):
        name, slash, _ = paths[place][len(prefix) :].partition("/")
        if slash:
            yield name, FOLDER
            place = bisect_left(paths, prefix + name + AFTER_SLASH, place)
        else:
            yield name, files[paths[place]][1]
            place += 1


def _rightful(place: str, expected: Mapping[str, int]) -> set[str]:
    """The names in a folder that are as expected, after all others were removed; the folder is made when missing."""
    try:
        with os.scandir(place) as listing:
            entries = list(listing)
    except FileNotFoundError:
        os.mkdir(place)  # noqa: PTH102 (a thousand at once)
        return set()
    rightful = set()
    for entry in entries:
        is_folder = entry.is_dir(follow_symlinks=False)
        if expected.get(entry.name) == (FOLDER if is_folder else entry.inode()):
            rightful.add(entry.name)
        else:
            remove(Path(entry.path))
    return rightful


def link(source: str, place: str) -> None:
    """Give a file a second name; where its file system, or its owner, allows none, a copy with the same time.

    Raises:
        OSError: it cannot be copied either.
    """
    try:
        os.link(source, place)
    except FileNotFoundError:
        raise
    except OSError:
        shutil.copy2(source, place, follow_symlinks=False)


def remove(path: Path) -> None:
    """Remove whatever is at `path`, if anything is.

    Raises:
        OSError: it cannot be removed.
    """
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
