"""One build on its way into the output folder: its new files, those it takes over, and the step that shows it."""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from sitegen.errors import PublishError
from sitegen.model import OutputFile
from sitegen.publish.exchange import flush_files, flush_names, replace_folder
from sitegen.publish.failures import failing_at
from sitegen.publish.index import Index, folders_of, parent, stamp_folders, write_index
from sitegen.publish.listing import Entry, Listing, Stamp, path_of
from sitegen.publish.manifest import manifest_bytes
from sitegen.publish.staging import MANIFEST_PATH, Staging, Written
from sitegen.publish.standby import Standby, remove
from sitegen.publish.standing import Standing
from sitegen.publish.target import Places, refuse_strangers


@dataclass(frozen=True, slots=True)
class Published:
    """What a commit did. The manifest is counted nowhere.

    Attributes:
        files: how many the build has.
        bytes: how many they have together.
        files_written: how many of them the build before did not have, or not with these bytes.
        bytes_written: how many those have together.
        name: another one for a build of other files or bytes.
        folders: the time (nanoseconds) and the inode of every folder of the build, "" being the output folder itself.
    """

    files: int
    bytes: int
    files_written: int
    bytes_written: int
    name: str = field(default="", compare=False)
    folders: Mapping[str, Stamp] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class Publication:
    """A build that is being made, while its publisher holds the lock.

    Forked processes may write and keep too, if `standing` was asked for before they were forked.

    Attributes:
        last: the build before, as it is remembered.
        look: waits for what of it can be taken over; the same each time.
    """

    places: Places
    last: Index
    look: Callable[[], Standing]

    @property
    def standing(self) -> Standing:
        """What of the build before can be taken over.

        Raises:
            PublishError: something there cannot be read.
        """
        return self.look()

    @property
    def staging(self) -> Staging:
        """Where files are written; it can be pickled and used in other processes."""
        return Staging(self.places.staging, self.standing.files)

    def write(self, file: OutputFile) -> Written:
        """Write a file of the build; one that the build before has with the same bytes is left alone.

        Raises:
            PublishError: the path is taken or would not stay inside the folder, or the disk refuses.
        """
        return self.staging.write(file)

    @property
    def before(self) -> str:
        """The name of the build before, when the output folder holds exactly that, as it was written; else ""."""
        manifest = self.standing.files.get(MANIFEST_PATH)
        return manifest.sha256 if manifest and self.standing.is_whole else ""

    def keep_all(self, files: Sequence[Written]) -> bool:
        """Whether the build before has all of these, still as they were written; they may be committed unwritten.

        Costs a search for each. Naming their hashes, not their paths alone, guards against keeping what another build
        wrote than the one that the caller remembers.
        """
        standing = self.standing.files
        return all(standing.get(file.path) == file for file in files)

    def keep_all_but(self, paths: Set[str]) -> Listing:
        """The files of the build before that are as they were written, but its manifest and those at `paths`."""
        return self.standing.files.without(paths | {MANIFEST_PATH})

    def commit(self, written: Iterable[Written], kept: Listing | None = None) -> Published:
        """Put the build in place of the old one, in one step if possible; see `publisher` for what is guaranteed.

        Args:
            written: what `write` returned and what `keep_all` found, in any order.
            kept: what `keep_all_but` gave. A file of the build before that is in neither is gone from this one.

        Raises:
            PublishError: two files have the same path, or the disk refuses. The old build is untouched.
        """
        standing = self.standing
        kept = kept or Listing()
        files = in_order(written, kept)
        known = [entry for file in files if (entry := standing.files.entry(file.path)) and entry.file == file]
        found = {entry.file for entry in known}
        fresh = [file for file in files if file not in found]
        manifest = standing.files.entry(MANIFEST_PATH)
        count, size = len(kept) + len(files), sum(kept.sizes) + sum(file.size for file in files)
        if fresh or not manifest or not standing.is_whole or count + 1 != len(standing.files):
            with failing_at(self.places.target):
                build = kept.merged([*known, *map(self._staged, fresh)])
                manifest = self._write_manifest(build)
                new = [file.path for file in (*fresh, manifest.file) if standing.files.get(file.path) != file]
                folders = self._exchange(build.merged([manifest]), frozenset(new))
        else:
            folders = self.last.folders
            if standing.standby and not self.last.standby:
                self._remember(Index(standing.files, folders, standing.standby))
        fresh_size = sum(file.size for file in fresh)
        return Published(count, size, len(fresh), fresh_size, manifest.file.sha256, folders)

    def _write_manifest(self, build: Listing) -> Entry:
        file = self.staging.put(MANIFEST_PATH, manifest_bytes(build))
        entry = self.standing.files.entry(MANIFEST_PATH)
        return entry if entry and entry.file == file else self._staged(file)

    def _staged(self, file: Written) -> Entry:
        """A file that is staged, with its stamp."""
        status = os.lstat(f"{self.places.staging}/{file.path}")
        return Entry(file, (status.st_mtime_ns, status.st_ino))

    def _exchange(self, build: Listing, staged: Set[str]) -> Mapping[str, Stamp]:
        """Put the build in the place of the one before; returns the stamps of its folders."""
        places, last = self.places, self.last
        folders = folders_of(build.paths())
        if len(self.standing.files):
            # Lines of files that are gone or others now.
            gone = map(path_of, set(last.files.lines).difference(build.lines))
            touched = {parent(path) for some in (staged, gone, last.folders.keys() ^ folders) for path in some}
            made = self._prepare_standby(build, folders, staged, touched)
            standby = {folder: last.folders[folder] for folder in (last.folders.keys() & folders) - touched}
            self._put_in_place(places.standby)
        else:
            # What was staged is the whole build; the next one, if there is one, makes a standby.
            remove(places.standby)
            made, standby = stamp_folders(places.staging, folders), {}
            self._put_in_place(places.staging)
        self._remember(Index(build, made, standby))
        return made

    def _remember(self, index: Index) -> None:
        """The build is published: what cannot be remembered for the next one now is found out by it."""
        with suppress(OSError):
            # A server of the folder above must not show the build before, which may have what was withdrawn.
            self.places.standby.parent.mkdir(mode=0o700, exist_ok=True)
            write_index(self.places.index, index)

    def _prepare_standby(
        self, build: Listing, folders: Sequence[str], staged: Set[str], touched: Set[str]
    ) -> dict[str, Stamp]:
        """Make the standby hold the build; returns the stamps of its folders."""
        places = self.places
        roots = {True: str(places.staging), False: str(places.target)}
        places.standby.parent.mkdir(mode=0o700, exist_ok=True)
        known = {folder: stamp for folder, stamp in self.standing.standby.items() if folder not in touched}
        return Standby(places.standby).become(
            build, folders, staged, known, lambda path: f"{roots[path in staged]}/{path}"
        )

    def _put_in_place(self, folder: Path) -> None:
        """Make `folder` the output folder."""
        places = self.places
        flush_files(folder)
        refuse_strangers(places.target, self.last)
        replace_folder(folder, places.target, places.aside)
        flush_names(places.target.parent)


def in_order(written: Iterable[Written], kept: Listing) -> list[Written]:
    """These files by path.

    Raises:
        PublishError: two of them, or one and what is kept, have the same path.
    """
    files = sorted(written)
    twice = [after.path for before, after in pairwise(files) if before.path == after.path]
    twice += [file.path for file in files if len(kept) and kept.get(file.path)]
    if twice:
        raise PublishError(f"{twice[0]}: two pages claim this address; give one of them another")
    return files
