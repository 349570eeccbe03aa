"""An OSError -> a PublishError that says which file it was and what to do about it."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sitegen.errors import PublishError

REMEDIES = {
    errno.ENOSPC: "the disk is full; make room and build again",
    errno.EDQUOT: "your quota of disk space is used up; make room and build again",
    errno.EFBIG: "the file is larger than this file system or the limit (ulimit -f) allows; raise it and build again",
    errno.EROFS: "the file system is read-only; choose another output folder",
    errno.EACCES: "no permission to write here; choose another output folder or mend its permissions",
    errno.EPERM: "no permission to write here; choose another output folder or mend its permissions",
    errno.ENOENT: "the folder vanished while it was written; let nothing else delete it and build again",
    errno.ENOTDIR: "a file stands where a folder is needed; move it away and build again",
    errno.EISDIR: "a folder stands where a file is needed",
    errno.ENAMETOOLONG: "the address is too long for this file system; choose an output folder with a shorter path",
    errno.EMFILE: "too many open files; raise the limit (ulimit -n) and build again",
    errno.EBUSY: "the output folder is a mount point; choose a folder inside it",
    errno.EXDEV: "the output folder is a mount point; choose a folder inside it",
    errno.ELOOP: "a symbolic link leads back to itself; remove it",
}


def publish_error(error: OSError, path: Path | str) -> PublishError:
    """What `error`, met at `path`, means to the person who builds."""
    place = error.filename or path
    known = REMEDIES.get(error.errno or 0)
    return PublishError(f"{place}: {known or error.strerror or error}")


@contextmanager
def failing_at(path: Path | str) -> Iterator[None]:
    """Turn every OSError inside into a PublishError that names the file it names, or else `path`."""
    try:
        yield
    except OSError as error:
        raise publish_error(error, path) from error
