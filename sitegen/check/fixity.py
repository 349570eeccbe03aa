"""The manifest and the files of a site -> what is missing, what is too much, and what was changed."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from sitegen.model import Problem, Severity
from sitegen.urls import MANIFEST, output_path

MANIFEST_PATH = output_path(MANIFEST)
LINE = re.compile(r"([0-9a-f]{64})  (.+)")


def read_hashes(folder: Path) -> tuple[Mapping[str, bytes], tuple[Problem, ...]]:
    """The SHA-256 of each file that the manifest lists, by path; and what is wrong with the manifest."""
    hashes: dict[str, bytes] = {}
    problems = []
    try:
        lines = (folder / MANIFEST_PATH).read_text("utf-8", "replace").splitlines()
    except OSError as error:
        return {}, (Problem(MANIFEST_PATH, 0, "", f"cannot be read: {error.strerror}", Severity.ERROR),)
    for number, line in enumerate(lines, 1):
        match = LINE.fullmatch(line)
        if match is None:
            problems.append(Problem(MANIFEST_PATH, number, "", f"not a hash and a path: {line[:80]!r}", Severity.ERROR))
        elif match[2] in hashes:
            problems.append(Problem(MANIFEST_PATH, number, "", f"{match[2]} is listed twice", Severity.ERROR))
        else:
            hashes[match[2]] = bytes.fromhex(match[1])
    return hashes, tuple(problems)


def compare_names(listed: Iterable[str], present: Iterable[str]) -> Iterator[Problem]:
    """What is listed and not there, or there and not listed."""
    listed, present = set(listed), set(present) - {MANIFEST_PATH}
    for path in listed - present:
        yield Problem(path, 0, "manifest", "the file is missing", Severity.ERROR)
    for path in present - listed:
        yield Problem(path, 0, "manifest", "the file is not listed; no build wrote it", Severity.ERROR)


def compare_hash(path: str, listed: Mapping[str, bytes], found: bytes) -> Iterator[Problem]:
    """Whether a file still is what was published."""
    if path in listed and listed[path] != found:
        message = f"the file was changed: its SHA-256 is {found.hex()}, not {listed[path].hex()}"
        yield Problem(path, 0, "manifest", message, Severity.ERROR)
