"""One build on its way into the output folder: its new files, those it takes over, and the step that shows it."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sitegen.model import OutputFile
from sitegen.publish.exchange import flush_files, flush_names, replace_folder
from sitegen.publish.failures import failing_at
from sitegen.publish.index import Index, Stamp, stamp_folders, write_index
from sitegen.publish.manifest import in_order, manifest_bytes
from sitegen.publish.staging import MANIFEST_PATH, Staging, Written
from sitegen.publish.standby import Standby, remove, touched_folders
from sitegen.publish.standing import Standing
from sitegen.publish.target import beside, refuse_strangers


@dataclass(frozen=True, slots=True)
class Places:
    """Where a publisher writes: the output folder, and hidden names beside it, so on the same file system.

    Attributes:
        target: the output folder itself, no link.
    """

    target: Path

    @property
    def staging(self) -> Path:
        """What is new in a build that is not published yet."""
        return beside(self.target, "next")

    @property
    def standby(self) -> Path:
        """The tree that takes turns with the output folder."""
        return beside(self.target, "standby") / "site"

    @property
    def index(self) -> Path:
        """What is remembered of both trees."""
        return beside(self.target, "standby") / "index.json"

    @property
    def aside(self) -> Path:
        """The old build, for a moment, where names cannot be exchanged."""
        return beside(self.target, "old")

    @property
    def lock(self) -> Path:
        """Held by the publisher at work."""
        return beside(self.target, "lock")


@dataclass(frozen=True, slots=True)
class Published:
    """What a commit did. The manifest is counted nowhere.

    Attributes:
        files: how many the build has.
        bytes: how many they have together.
        files_written: how many of them the build before did not have, or not with these bytes.
        bytes_written: how many those have together.
    """

    files: int
    bytes: int
    files_written: int
    bytes_written: int


@dataclass(frozen=True, slots=True)
class Publication:
    """A build that is being made, while its publisher holds the lock. Forked processes may write and keep too.

    Attributes:
        last: the build before, as it is remembered.
        standing: what of it can be taken over.
    """

    places: Places
    last: Index
    standing: Standing

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

    def keep_all(self, files: Sequence[Written]) -> bool:
        """Whether the build before has all of these, still as they were written; they may be committed unwritten.

        Costs a look into a dictionary for each. Naming their hashes, not their paths alone, guards against keeping
        what another build wrote than the one that the caller remembers.
        """
        standing = self.standing.files
        return all(standing.get(file.path) == file for file in files)

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
        if fresh or not self.standing.is_whole or len(files) + 1 != len(self.standing.files):
            manifest = self.staging.put(MANIFEST_PATH, manifest_bytes(files))
            build = {file.path: file for file in (*files, manifest)}
            with failing_at(self.places.target):
                self._exchange(build, self._stage_stamps(build))
        return Published(len(files), sum(f.size for f in files), len(fresh), sum(f.size for f in fresh))

    def _stage_stamps(self, build: Mapping[str, Written]) -> dict[str, Stamp]:
        """The stamps of the files of `build` that the build before has not."""
        staged = {}
        for path, file in build.items():
            if self.standing.files.get(path) != file:
                status = (self.places.staging / path).lstat()
                staged[path] = Stamp(status.st_mtime_ns, status.st_ino)
        return staged

    def _exchange(self, build: Mapping[str, Written], staged: Mapping[str, Stamp]) -> None:
        places, last = self.places, self.last

        def source(path: str) -> str:
            return f"{places.staging if path in staged else places.target}/{path}"

        stamps = {path: staged.get(path) or self.standing.stamps[path] for path in build}
        touched = touched_folders(last.folders, stamps, staged.keys() | (last.files.keys() - build.keys()))
        places.standby.parent.mkdir(exist_ok=True)
        folders = Standby(places.standby, last.standby).become(stamps, touched, source)
        flush_files(places.standby)
        refuse_strangers(places.target, last.files)
        replace_folder(places.standby, places.target, places.aside)
        flush_names(places.target.parent)
        if last.files:
            standby = {name: last.folders[name] for name in folders.keys() & last.folders.keys() - touched}
        else:
            remove(places.standby)
            places.staging.rename(places.standby)
            standby = stamp_folders(places.standby, folders)
        # The build is published: a memory that cannot be written is done without.
        with suppress(OSError):
            write_index(places.index, Index(build, stamps, folders, standby))
