"""The seeds folder -> its seeds, sorted, and problems with what cannot be one. Opens no file."""

import os
import re
import stat
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import NamedTuple
from unicodedata import normalize

from sitegen.errors import InputError
from sitegen.model import Problem, SeedFormat, Severity
from sitegen.seeds.forms import CORRECTION, format_of, stem_of

LARGEST = 10_000_000
"""Bytes in a seed at most; an article has some thousands."""
EDITORIAL_FILES = frozenset({"site.toml", "entities.toml", "addresses.tsv"})
TOO_LARGE = f"over {LARGEST // 1_000_000} MB, the most that is read; split it into single articles"
CONTROL = re.compile(r"[\0-\x1f\x7f-\x9f]")
READ_BY_ALL = stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH
OUTSIDE = "a link that leads out of the seeds folder is not followed; put the file itself here"


class Stamp(NamedTuple):
    """What the file system says of a file without opening it; another content has another stamp (see `is_settled`).

    Attributes:
        size: in bytes.
        modified: when its content was written, or is said to have been; in nanoseconds, like `changed`.
        changed: when anything of it was last changed, which no program can set.
    """

    size: int
    modified: int
    changed: int
    inode: int


@dataclass(frozen=True, slots=True)
class SeedFile:
    """A seed as a listing of the folder shows it.

    Attributes:
        path: relative to the seeds folder, with "/" between parts.
        correction: the Markdown file beside it that corrects it, or None.
    """

    path: str
    stamp: Stamp
    correction: "SeedFile | None" = None

    @property
    def stamps(self) -> tuple[Stamp, ...]:
        """The file's, and its correction's."""
        return (self.stamp, self.correction.stamp) if self.correction else (self.stamp,)

    def is_settled(self, now: int) -> bool:
        """Whether what is written from `now` on (in nanoseconds, by the clock of the file system) gets another stamp.

        Clocks of file systems tick slowly: what was written in this tick, or has a time to come, may be written anew
        and look the same. Such a seed is read again next time, as git does with files as young as its index.
        """
        return all(max(stamp.modified, stamp.changed) < now for stamp in self.stamps)


@dataclass(frozen=True, slots=True)
class Found:
    """The seeds by path, and a problem for everything that was set aside."""

    files: tuple[SeedFile, ...]
    problems: tuple[Problem, ...]


class _Root(NamedTuple):
    """The seeds folder: as named, and with every link resolved."""

    path: bytes
    real: bytes


def find_seeds(folder: Path, apart: Iterable[str] = ()) -> Found:
    """Everything under `folder` that is a seed.

    Args:
        apart: folders in it, relative to it, that hold no seeds; "" for none.

    Raises:
        InputError: there is no such folder.
    """
    if not folder.is_dir():
        what = "is no folder" if folder.exists() else "there is no such folder"
        message = f"{what}; make it and put articles in it as .txt or .md files, or name another with --seeds"
        raise InputError([Problem(str(folder), 0, "", message, Severity.ERROR)])
    root = _Root(os.fsencode(folder), os.path.realpath(os.fsencode(folder)))
    found = list(_walk(root, {f"{PurePosixPath(path)}/" for path in apart if path}))
    files = [one for one in found if isinstance(one, SeedFile)]
    problems = [one for one in found if isinstance(one, Problem)]
    set_aside = frozenset(problem.path for problem in problems)
    kept, clashes = _pair(files, set_aside)
    return Found(tuple(kept), tuple(sorted([*problems, *clashes])))


def find_seed(folder: Path, path: str) -> SeedFile:
    """The seed at `path` below `folder`, or the one that the document there corrects, as a build finds it.

    Raises:
        InputError: there is none; says why it is set aside.
    """
    root = _Root(os.fsencode(folder), os.path.realpath(os.fsencode(folder)))
    found = list(_list_folder(root, path.rpartition("/")[0] + "/" if "/" in path else ""))
    problems = [one for one in found if isinstance(one, Problem)]
    set_aside = frozenset(problem.path for problem in problems)
    kept, clashes = _pair((one for one in found if isinstance(one, SeedFile)), set_aside)
    for file in kept:
        if path in (file.path, file.correction and file.correction.path):
            return file
    faults = [one for one in (*problems, *clashes) if one.path == path]
    raise InputError(faults or [problem(path, "there is no seed of this name", Severity.ERROR)])


def problem(path: str, message: str, severity: Severity = Severity.WARNING) -> Problem:
    """A problem with the whole file at `path`."""
    return Problem(path, 0, "", message, severity)


def _walk(root: _Root, apart: Collection[str]) -> Iterator[SeedFile | Problem]:
    folders = [""]
    while folders:
        for one in _list_folder(root, folders.pop()):
            if not isinstance(one, str):
                yield one
            elif one not in apart:
                folders.append(one)


def _list_folder(root: _Root, folder: str) -> Iterator[SeedFile | Problem | str]:
    """What lies in one folder: seeds, problems, and the paths of folders, each ending in "/"."""
    try:
        with os.scandir(root.path + b"/" + os.fsencode(folder)) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except OSError as error:
        yield problem(folder, f"a folder that cannot be listed ({_reason(error)}); allow reading it")
        return
    for entry in entries:
        if entry.name.startswith(b"."):
            continue
        try:
            name = entry.name.decode("utf-8")
        except UnicodeDecodeError:
            shown = entry.name.decode("utf-8", "backslashreplace")
            yield problem(folder + shown, "a name that is not UTF-8; rename it")
            continue
        path = folder + name
        if CONTROL.search(name):
            yield problem(path.encode("unicode_escape").decode("ascii"), "control characters in a name; rename it")
        elif entry.is_dir(follow_symlinks=False):
            yield path + "/"
        else:
            yield from _look_at(root, path, entry)


def _look_at(root: _Root, path: str, entry: "os.DirEntry[bytes]") -> Iterator[SeedFile | Problem]:
    """What one entry that is no folder amounts to; nothing for files that are no seeds by design."""
    if _is_editorial(path):
        return
    try:
        if entry.is_symlink() and not is_inside(root.real, os.path.realpath(entry.path, strict=True)):
            yield problem(path, OUTSIDE)
            return
        status = entry.stat()
    except OSError as error:
        kind = "a link that leads nowhere or to itself" if entry.is_symlink() else "cannot be looked at"
        yield problem(path, f"{kind} ({_reason(error)}); put the file itself here, or remove it")
        return
    known = format_of(path) is not None
    message = _fault(status, entry.path, known=known)
    if message is not None:
        yield problem(path, message)
    elif not known:
        ending = path.removeprefix(stem_of(path))
        yield problem(path, f"not a form that sitegen reads: {ending}; save it as .txt or .md", Severity.NOTE)
    else:
        yield SeedFile(path, Stamp(status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino))


def _fault(status: os.stat_result, location: bytes, *, known: bool) -> str | None:
    """What keeps a file from being a seed, whose form may be `known`."""
    if stat.S_ISDIR(status.st_mode):
        return "a link to a folder is not followed; put the files themselves here"
    if not stat.S_ISREG(status.st_mode):
        return "no file but a pipe, socket or device, which is never opened; remove it"
    if not known:
        return None
    if not 0 < status.st_size <= LARGEST:
        return TOO_LARGE if status.st_size else "empty; write the article into it or remove it"
    if status.st_mode & READ_BY_ALL != READ_BY_ALL and not os.access(location, os.R_OK):
        return "cannot be read (permission denied); allow reading it"
    return None


def _is_editorial(path: str) -> bool:
    name = path.rpartition("/")[2]
    if name[: len("readme")].lower() != "readme":
        return path in EDITORIAL_FILES
    return name.startswith("README") or stem_of(name).lower() == "readme"


def is_inside(folder: bytes, path: bytes) -> bool:
    """Whether `path` lies below `folder`; both with every link resolved."""
    return os.path.commonpath([folder, path]) == folder


def _reason(error: OSError) -> str:
    return (error.strerror or "unknown error").lower()


def _folded(path: str) -> str:
    stem = stem_of(path)
    return stem.lower() if stem.isascii() else normalize("NFC", normalize("NFC", stem).casefold())


def _pair(files: Iterable[SeedFile], set_aside: frozenset[str]) -> tuple[list[SeedFile], list[Problem]]:
    """The seeds with their corrections, and problems for those that would be the same article."""
    kept: list[SeedFile] = []
    problems: list[Problem] = []
    groups: dict[str, list[SeedFile]] = {}
    for file in sorted(files, key=lambda file: file.path):
        groups.setdefault(_folded(file.path), []).append(file)
    for same in groups.values():
        if len(same) == 1:
            lost = _lost_correction(same[0], set_aside)
            problems.extend(lost)
            kept.extend(same if not lost else ())
        elif (corrected := _corrected(same)) is not None:
            kept.append(corrected)
        else:
            problems.extend(_clashes(same))
    return sorted(kept, key=lambda file: file.path), problems


def _corrected(same: list[SeedFile]) -> SeedFile | None:
    """The text among two files of one stem, with the other as its correction; None when they are no such pair."""
    if len(same) != 2 or stem_of(same[0].path) != stem_of(same[1].path):
        return None
    texts = [file for file in same if format_of(file.path) is SeedFormat.TEXT]
    notes = [file for file in same if file.path.endswith(CORRECTION)]
    return replace(texts[0], correction=notes[0]) if len(texts) == len(notes) == 1 else None


def _lost_correction(file: SeedFile, set_aside: frozenset[str]) -> list[Problem]:
    """A text is not shown uncorrected because its correction cannot be read."""
    if not set_aside:
        return []
    correction = stem_of(file.path) + CORRECTION
    if format_of(file.path) is not SeedFormat.TEXT or correction not in set_aside:
        return []
    return [problem(file.path, f"not built, for {correction}, which corrects it, was set aside; mend that first")]


def _clashes(same: list[SeedFile]) -> Iterator[Problem]:
    stems = {stem_of(file.path) for file in same}
    why = "the same path but for its ending" if len(stems) == 1 else "a name that differs only in case or normalization"
    for file in same:
        others = ", ".join(other.path for other in same if other is not file)
        yield problem(file.path, f"{why} as {others}; both would be one article, so neither is built: rename one")
