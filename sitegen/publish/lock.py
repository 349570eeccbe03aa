"""One publisher at a time: a lock file beside the output folder, held until the publisher ends, however it ends."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sitegen.errors import PublishError
from sitegen.publish.failures import failing_at


@contextmanager
def locked(place: Path, output: Path) -> Iterator[None]:
    """Hold the lock file `place` for `output`; it is removed at the end.

    Forked processes share the lock. Those of a process that was killed are about to notice it, and are waited for.

    Raises:
        PublishError: another process holds it, whose number is named; or it cannot be written.
    """
    with failing_at(place):
        descriptor = _open_locked(place, output)
    try:
        with failing_at(place):
            os.truncate(descriptor, 0)
            os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        place.unlink(missing_ok=True)
        # Forked workers share the lock: it must be opened, not merely closed here.
        fcntl.flock(descriptor, fcntl.LOCK_UN)
        os.close(descriptor)


def _open_locked(place: Path, output: Path) -> int:
    while True:
        descriptor = os.open(place, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o644)
        try:
            _lock(descriptor, output)
        except BaseException:
            os.close(descriptor)
            raise
        # The last holder may have removed the file between our opening and our locking it.
        if _is_still(descriptor, place):
            return descriptor
        os.close(descriptor)


def _lock(descriptor: int, output: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        holder = os.pread(descriptor, 9, 0).decode("ascii", "replace").strip()
        if not holder.isdecimal() or _is_alive(int(holder)):
            message = f"another build writes here (process {holder or 'unknown'}); wait for it to end, or end it"
            raise PublishError(f"{output}: {message}") from error
        fcntl.flock(descriptor, fcntl.LOCK_EX)


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


def _is_still(descriptor: int, place: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), place.lstat())
    except FileNotFoundError:
        return False
