"""A seed's file -> its bytes, hashed. Never blocks on a pipe and never leaves the seeds folder."""

import errno
import hashlib
import os
import stat
from pathlib import Path

from sitegen.errors import InputError
from sitegen.model import RawSeed, Severity
from sitegen.seeds.find import LARGEST, OUTSIDE, TOO_LARGE, SeedFile, is_inside, problem

FOLDER_FLAGS = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC | os.O_NOFOLLOW
FILE_FLAGS = os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY
LINKED = frozenset({errno.ELOOP, errno.ENOTDIR, errno.EMLINK})
GONE = "gone since the seeds were listed; build again"


def read_seed(folder: Path, file: SeedFile) -> RawSeed:
    """The bytes of a seed that `find_seeds` found in `folder`, and of its correction.

    Raises:
        InputError: it vanished, grew too large, became unreadable, or is no longer a file inside the folder.
    """
    correction = read_seed(folder, file.correction) if file.correction is not None else None
    try:
        content = _read(folder, file.path)
    except FileNotFoundError:
        message = GONE
    except OSError as error:
        message = f"cannot be read ({(error.strerror or 'unknown error').lower()}); allow reading it"
    except ValueError as error:
        message = str(error)
    else:
        return RawSeed(file.path, content, hashlib.sha256(content).hexdigest(), correction)
    raise InputError([problem(file.path, message, Severity.ERROR)])


def _read(folder: Path, path: str) -> bytes:
    descriptor = _open(os.fsencode(folder), os.fsencode(path))
    # Without a buffer: asked for all, it makes room for as much as there is, and not for as much as may be.
    with os.fdopen(descriptor, "rb", buffering=0) as opened:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise ValueError("no file any more; build again")
        content = opened.readall() if status.st_size <= LARGEST else b""
    if max(status.st_size, len(content)) > LARGEST:
        raise ValueError(TOO_LARGE)
    if not content:
        raise ValueError("empty; write the article into it or remove it")
    return content


def _open(folder: bytes, path: bytes) -> int:
    """Opens `path` step by step; where a step is a link, what it leads to inside the folder."""
    try:
        return _open_steps(folder, path)
    except OSError as error:
        if error.errno not in LINKED:
            raise
    root = os.path.realpath(folder)
    real = os.path.realpath(root + b"/" + path, strict=True)
    if not is_inside(root, real):
        raise ValueError(OUTSIDE)
    return _open_steps(root, os.path.relpath(real, root))


def _open_steps(folder: bytes, path: bytes) -> int:
    *folders, name = path.split(b"/")
    at = os.open(folder, FOLDER_FLAGS & ~os.O_NOFOLLOW)
    try:
        for step in folders:
            below = os.open(step, FOLDER_FLAGS, dir_fd=at)
            os.close(at)
            at = below
        return os.open(name, FILE_FLAGS, dir_fd=at)
    finally:
        os.close(at)
