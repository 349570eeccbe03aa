"""A folder in any state -> a tree of links to exactly the files of a build, with work in proportion to what differs.

What the folder holds is found by looking, not from a journal, so that it may have been left by a crash, be a build
behind, be edited or be missing. Folders with the stamps that they were left with are taken to be as they were left.
"""

import os
import shutil
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path

from sitegen.publish.index import parent, stamp_folder, stamp_folders
from sitegen.publish.listing import Listing, Stamp


@dataclass(frozen=True, slots=True)
class Standby:
    """The tree that will be put in the place of the output folder.

    Attributes:
        root: where it lies; anything or nothing may be there.
    """

    root: Path

    def become(
        self,
        files: Listing,
        folders: Sequence[str],
        staged: Set[str],
        known: Mapping[str, Stamp],
        source: Callable[[str], str],
    ) -> dict[str, Stamp]:
        """Make the tree hold these files and nothing else; returns the stamps of its folders.

        Args:
            files: the whole build.
            folders: those that the files are in, the outer before the inner.
            staged: the paths of files that lie nowhere else, and are moved.
            known: the stamps of those folders that were left with what they are to hold.
            source: where the file of a path lies now; unless it is staged it gets a second name in the tree, or a copy
                where it cannot.

        Raises:
            OSError: the tree is in disorder; becoming something again mends it.
        """
        if self.root.is_symlink() or self.root.is_file():
            self.root.unlink()
        trusted = self._unchanged(folders, known)
        doubtful = [folder for folder in folders if folder not in trusted]
        for folder in doubtful:
            self._mend(folder, dict(files.names_in(folder)), staged, source)
        mended = stamp_folders(self.root, doubtful)
        return {folder: mended.get(folder) or trusted[folder] for folder in folders}

    def _unchanged(self, folders: Sequence[str], known: Mapping[str, Stamp]) -> dict[str, Stamp]:
        """The stamps of those folders that are as they were left, and in a folder, not in a link to one."""
        found: dict[str, Stamp] = {}
        for folder in folders if known else ():
            stamp = stamp_folder(f"{self.root}/{folder}")
            if stamp and (not folder or parent(folder) in found):
                found[folder] = stamp
        return {folder: stamp for folder, stamp in found.items() if stamp == known.get(folder)}

    def _mend(
        self, folder: str, expected: Mapping[str, int | None], staged: Set[str], source: Callable[[str], str]
    ) -> None:
        """Make one folder hold the expected names; those that are folders themselves follow."""
        place = f"{self.root}/{folder}" if folder else str(self.root)
        prefix = f"{folder}/" if folder else ""
        for name in sorted(expected.keys() - _rightful(place, expected)):
            if expected[name] is None:
                continue
            path = prefix + name
            if path in staged:
                os.rename(source(path), f"{place}/{name}")  # noqa: PTH104 (hundreds at once)
            else:
                link(source(path), f"{place}/{name}")


def _rightful(place: str, expected: Mapping[str, int | None]) -> set[str]:
    """The names in a folder that are as expected, after all others were removed; the folder is made when missing."""
    try:
        with os.scandir(place) as listing:
            entries = list(listing)
    except FileNotFoundError:
        os.mkdir(place)  # noqa: PTH102 (a thousand at once)
        return set()
    rightful = set()
    for entry in entries:
        inode = None if entry.is_dir(follow_symlinks=False) else entry.inode()
        if entry.name in expected and expected[entry.name] == inode:
            rightful.add(entry.name)
        elif inode is None:
            shutil.rmtree(entry.path)
        else:
            os.unlink(entry.path)  # noqa: PTH108 (hundreds at once)
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
