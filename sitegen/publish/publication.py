"""One build on its way into the output folder: its new files, those it takes over, and the step that shows it."""

import os
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from sitegen.model import OutputFile
from sitegen.publish.exchange import flush_files, flush_names, replace_folder
from sitegen.publish.failures import failing_at
from sitegen.publish.index import Index, Stamp, folders_of, parent, stamp_folders, write_index
from sitegen.publish.manifest import in_order, manifest_bytes
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
    """

    files: int
    bytes: int
    files_written: int
    bytes_written: int
    name: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Publication:
    """A build that is being made, while its publisher holds the lock. Forked processes may write and keep too.

    Attributes:
        last: the build before, as it is remembered.
        standing: what of it can be taken over.
        staging: where files are written; it can be pickled and used in other processes.
    """

    places: Places
    last: Index
    standing: Standing
    staging: Staging

    def write(self, file: OutputFile) -> Written:
        """Write a file of the build; one that the build before has with the same bytes is left alone.

        Raises:
            PublishError: the path is taken or would not stay inside the folder, or the disk refuses.
        """
        return self.staging.write(file)

    def keep_all(self, files: Sequence[Written]) -> bool:
        """Whether the build before has all of these, still as they were written; they may be committed unwritten.

        Costs a look into a dictionary for each. Naming their hashes, not their paths alone, guards against keeping
        what another build wrote than the one that the caller remembers.
        """
        standing = self.standing.files
        return all(standing.get(file.path) == file for file in files)

    @property
    def before(self) -> str:
        """The name of the build before, when the output folder holds exactly that, as it was written; else ""."""
        return self.standing.files[MANIFEST_PATH].sha256 if self.standing.is_whole else ""

    def keep_all_but(self, paths: Set[str]) -> list[Written]:
        """The files of the build before that are as they were written, but its manifest and those at `paths`."""
        standing = self.standing.files.items()
        return [file for path, file in standing if path not in paths and path != MANIFEST_PATH]

    def commit(self, written: Iterable[Written]) -> Published:
        """Put the build in place of the old one, in one step if possible; see `publisher` for what is guaranteed.

        Args:
            written: every file of the build: what `write` returned and what `keep_all` found, in any order. A file of
                the build before that is not among them is gone from this one.

        Raises:
            PublishError: a path was written twice, or the disk refuses. The old build is untouched.
        """
        files = in_order(written)
        fresh = [file for file in files if self.standing.files.get(file.path) != file]
        manifest = self.standing.files.get(MANIFEST_PATH)
        if fresh or not manifest or not self.standing.is_whole or len(files) + 1 != len(self.standing.files):
            manifest = self.staging.put(MANIFEST_PATH, manifest_bytes(files))
            build = {file.path: file for file in (*files, manifest)}
            new = [file.path for file in (*fresh, manifest) if self.standing.files.get(file.path) != file]
            with failing_at(self.places.target):
                self._exchange(build, self._stamp_staged(new))
        sizes, fresh_sizes = ([size for _, _, size in some] for some in (files, fresh))
        return Published(len(files), sum(sizes), len(fresh), sum(fresh_sizes), manifest.sha256)

    def _stamp_staged(self, paths: Sequence[str]) -> dict[str, Stamp]:
        """The stamps of the files that are staged at these paths."""
        statuses = (os.lstat(f"{self.staging.root}/{path}") for path in paths)
        return {path: (status.st_mtime_ns, status.st_ino) for path, status in zip(paths, statuses, strict=True)}

    def _exchange(self, build: Mapping[str, Written], staged: Mapping[str, Stamp]) -> None:
        places, last = self.places, self.last
        stamps = {**self.standing.stamps, **staged}
        for path in stamps.keys() - build.keys():
            del stamps[path]
        folders = folders_of(build)
        if self.standing.files:
            changed = chain(staged, last.files.keys() - build.keys(), last.folders.keys() ^ folders)
            touched = {parent(path) for path in changed}
            made = self._prepare_standby(stamps, staged, folders, touched)
            standby = {folder: last.folders[folder] for folder in (last.folders.keys() & folders) - touched}
            self._put_in_place(places.standby)
        else:
            # What was staged is the whole build; the next one, if there is one, makes a standby.
            remove(places.standby)
            made, standby = stamp_folders(places.staging, folders), {}
            self._put_in_place(places.staging)
        # The build is published: what cannot be remembered for the next one now is found out by it.
        with suppress(OSError):
            # A server of the folder above must not show the build before, which may have what was withdrawn.
            places.standby.parent.mkdir(mode=0o700, exist_ok=True)
            write_index(places.index, Index(build, stamps, made, standby))

    def _prepare_standby(
        self, stamps: Mapping[str, Stamp], staged: Collection[str], folders: Sequence[str], touched: Set[str]
    ) -> dict[str, Stamp]:
        """Make the standby hold the build; returns the stamps of its folders."""
        places = self.places
        roots = {True: str(places.staging), False: str(places.target)}
        places.standby.parent.mkdir(mode=0o700, exist_ok=True)
        standby = Standby(places.standby, self.last.standby)
        return standby.become(stamps, folders, touched, lambda path: f"{roots[path in staged]}/{path}")

    def _put_in_place(self, folder: Path) -> None:
        """Make `folder` the output folder."""
        places = self.places
        flush_files(folder)
        refuse_strangers(places.target, self.last)
        replace_folder(folder, places.target, places.aside)
        flush_names(places.target.parent)
