"""Puts a finished folder where another one stands.

Where the kernel can exchange two names (Linux, on all usual file systems), the old folder gives way to the new in one
step. Elsewhere it takes two renames; whoever looks between them finds nothing, and `recover` undoes a crash there.
"""

import ctypes
import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

AT_FDCWD = -100
RENAME_EXCHANGE = 2
NOT_SUPPORTED = frozenset({errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP})

_libc = ctypes.CDLL(None, use_errno=True)


def replace_folder(new: Path, place: Path, aside: Path) -> None:
    """Make `place` the folder that `new` is; the folder that stood there is then called `new`.

    Args:
        aside: a free name on the same file system, used only where names cannot be exchanged.

    Raises:
        OSError: nothing was changed.
    """
    if not place.exists():
        new.rename(place)
    elif not _exchange_names(new, place):
        replace_by_renames(new, place, aside)


def _exchange_names(first: Path, second: Path) -> bool:
    """Exchange two names in one step; False where that cannot be done."""
    if not hasattr(_libc, "renameat2"):
        return False
    if _libc.renameat2(AT_FDCWD, os.fsencode(first), AT_FDCWD, os.fsencode(second), RENAME_EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in NOT_SUPPORTED:
        return False
    raise OSError(number, os.strerror(number), str(second))


def replace_by_renames(new: Path, place: Path, aside: Path) -> None:
    """As `replace_folder`, in two steps: `aside` exists only while `place` does not, and tells `recover` so."""
    place.rename(aside)
    try:
        new.rename(place)
    except OSError:
        aside.rename(place)
        raise
    aside.rename(new)


def recover(place: Path, aside: Path) -> None:
    """Put the old folder back if a crash in `replace_by_renames` left nothing at `place`."""
    if os.path.lexists(aside) and not os.path.lexists(place):
        aside.rename(place)


def flush_files(folder: Path) -> None:
    """Write to disk what the file system of `folder` still holds in memory, so that a power cut leaves whole builds.

    One call for all files: a call for each would take longer than writing them.
    """
    if not hasattr(_libc, "syncfs"):
        os.sync()
        return
    with _opened(folder) as descriptor:
        if _libc.syncfs(descriptor) != 0:
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number), str(folder))


def flush_names(folder: Path) -> None:
    """Write the names in `folder` to disk."""
    with _opened(folder) as descriptor:
        os.fsync(descriptor)


@contextmanager
def _opened(folder: Path) -> Iterator[int]:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        yield descriptor
    finally:
        os.close(descriptor)
