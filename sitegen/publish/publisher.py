"""The one writer of the output folder: stages a build beside it, commits it whole, or leaves the old one as it was."""

import os
import shutil
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

from sitegen.model import OutputFile
from sitegen.publish.exchange import flush_files, flush_names, recover, replace_folder
from sitegen.publish.failures import failing_at
from sitegen.publish.lock import locked
from sitegen.publish.manifest import write_manifest
from sitegen.publish.staging import Staging, Written
from sitegen.publish.target import beside, refuse_target, resolve_target


class Publisher:
    """Replaces an output folder by a new build, or not at all.

    Inside `with`, it holds the folder's lock and a fresh staging folder beside it. Leaving without `commit`, by an
    error or not, removes what was staged; the old build is then untouched. A process that is killed leaves hidden
    folders beside the output, which the next publisher removes.

    Attributes:
        staging: where files are written; it can be pickled and used in other processes.
    """

    def __init__(self, output: Path, *, apart: Iterable[Path] = ()) -> None:
        """Look at nothing but the name.

        Args:
            output: the folder to replace; need not exist. A symbolic link is followed.
            apart: folders that must neither hold the output nor lie in it, such as the seeds.
        """
        self._target = resolve_target(output)
        self._aside = beside(self._target, "old")
        self._apart = tuple(apart)
        self._held = ExitStack()
        self.staging = Staging(beside(self._target, "next"), self._target)

    def __enter__(self) -> Self:
        """Take the lock, clear what a crash left, and stage.

        Raises:
            PublishError: the folder is not one to replace, is being written by another process, or cannot be written.
        """
        refuse_target(self._target, self._apart)
        with ExitStack() as stack:
            with failing_at(self._target):
                self._target.parent.mkdir(parents=True, exist_ok=True)
            stack.enter_context(locked(beside(self._target, "lock"), self._target))
            with failing_at(self._target):
                recover(self._target, self._aside)
                _remove_tree(self._aside)
                _remove_tree(self.staging.root)
                # Not tempfile: its folders have mode 0700, which no web server could read.
                self.staging.root.mkdir()
            stack.callback(shutil.rmtree, self.staging.root, ignore_errors=True)
            self._held = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Remove what is still staged and release the lock."""
        self._held.__exit__(kind, error, traceback)

    def write(self, file: OutputFile) -> Written:
        """Stage a file; see `Staging.write`."""
        return self.staging.write(file)

    def keep_all(self, files: Sequence[Written]) -> bool:
        """Take over files from the build that stands, as they are; False when it has not all of them just so."""
        return self.staging.keep_all(files)

    def commit(self, written: Iterable[Written]) -> None:
        """Add the manifest and put the staged build in place of the old one, in one step if possible; delete the old.

        Args:
            written: what `write` returned for every staged file, in any order, from any process.

        Raises:
            PublishError: a path was written twice, or the disk refuses. The old build is untouched.
        """
        write_manifest(self.staging.root, written)
        with failing_at(self._target):
            flush_files(self.staging.root)
            refuse_target(self._target, self._apart)
            replace_folder(self.staging.root, self._target, self._aside)
            flush_names(self._target.parent)
        # What is left of the old build here, the next publisher removes.
        shutil.rmtree(self.staging.root, ignore_errors=True)


def _remove_tree(folder: Path) -> None:
    if os.path.lexists(folder):
        shutil.rmtree(folder)
