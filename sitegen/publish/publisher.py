"""The one writer of the output folder: puts a build in its place whole, or leaves the old one as it was.

What is guaranteed, where the file system has links and the kernel exchanges names (Linux, on its usual ones):

- Whoever opens the output folder finds one whole build, at any moment. Whoever holds the old build open, as a server or
  an upload at work does, finds it whole until the next build is committed.
- A process that is killed at any moment, or a power cut, leaves the old build or the new one. What else is left of it,
  the next publisher mends or discards, before anything else.
- Work is in proportion to what changed, plus one look at every file and folder (`lstat`), which another process takes
  while the build goes on. A file whose bytes are the same keeps its inode and time; it is not opened, copied or linked.
- Where the output folder was deleted, what the standby still has of it is taken over.
- A file of ours in the output folder that was edited, replaced or deleted is noticed (`standing` says by what) and
  written anew. What was put into folders of ours goes; what was put into the output folder itself is refused.

Two trees take turns: the output folder, and a standby beside it that has a second name (a hard link) for every file. A
build makes the standby hold what is to be published, and exchanges the two by one rename. The first build does without;
the second makes one first of all, beside its other work. The standby is then one build behind: what changed lies on the
disk twice, and nothing else does. Deleting it costs the next build time.
"""

import shutil
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from functools import cache, partial
from pathlib import Path
from types import TracebackType

from sitegen import parallel
from sitegen.publish.exchange import recover
from sitegen.publish.failures import failing_at
from sitegen.publish.index import Index
from sitegen.publish.lock import locked
from sitegen.publish.publication import Publication
from sitegen.publish.standby import remove
from sitegen.publish.standing import Seen, Standing, look_at, recall, stand
from sitegen.publish.target import Places, find_places, refuse_overlap, refuse_strangers


class Publisher:
    """Holds an output folder's lock, and gives the Publication by which it gets its next build.

    Leaving without a commit, by an error or not, removes what was staged; the old build is then untouched.
    """

    def __init__(self, output: Path, *, apart: Iterable[Path] = (), jobs: int = 1) -> None:
        """Look at nothing but the name.

        Args:
            output: the folder to replace; need not exist. A symbolic link is followed.
            apart: folders that must neither hold the output nor lie in it, such as the seeds.
            jobs: how many processes may work at once; with more than one, another looks at what stands meanwhile.
        """
        self._places = find_places(output)
        self._apart = tuple(apart)
        self._jobs = jobs
        self._held = ExitStack()

    def __enter__(self) -> Publication:
        """Take the lock, clear what a crash left, begin to see what stands, and open a folder for what is new.

        Raises:
            PublishError: the folder is not one to replace, is being written by another process, or cannot be written.
        """
        places = self._places
        refuse_overlap(places.target, self._apart)
        with ExitStack() as stack:
            with failing_at(places.target):
                places.target.parent.mkdir(parents=True, exist_ok=True)
            stack.enter_context(locked(places.lock, places.target))
            with failing_at(places.target):
                recover(places.target, places.aside)
                remove(places.aside)
                remove(places.staging)
                last = recall(places.target, places.index)
                refuse_strangers(places.target, last)
                # Not tempfile: its folders have mode 0700, which no web server could read.
                places.staging.mkdir()
            stack.callback(shutil.rmtree, places.staging, ignore_errors=True)
            with failing_at(places.target):
                seen = stack.enter_context(parallel.beside(partial(look_at, places, last), self._jobs))
            self._held = stack.pop_all()
        return Publication(places, last, cache(partial(_stand, places, last, seen)))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Remove what is still staged and release the lock."""
        self._held.__exit__(kind, error, traceback)


def _stand(places: Places, last: Index, seen: Callable[[], Seen]) -> Standing:
    """What of the last build can be taken over, once it has been looked at.

    Raises:
        PublishError: something there cannot be read.
    """
    with failing_at(places.target):
        return stand(last, seen())
