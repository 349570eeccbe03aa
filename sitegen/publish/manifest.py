"""The list of a build's files with their SHA-256, in the form that `sha256sum -c` reads.

A line is 64 hexadecimal digits, two spaces and a path; lines are sorted by path. The list does not name itself.
"""

import re
from collections.abc import Iterable, Mapping
from itertools import pairwise
from pathlib import Path

from sitegen.errors import PublishError
from sitegen.publish.failures import failing_at
from sitegen.publish.staging import MANIFEST_PATH, Written

LINE = re.compile(r"([0-9a-f]{64})  (.+)")


def in_order(written: Iterable[Written]) -> list[Written]:
    """These files by path.

    Raises:
        PublishError: two of them have the same path.
    """
    rows = sorted(written)
    for before, after in pairwise(rows):
        if before.path == after.path:
            raise PublishError(f"{after.path}: two pages claim this address; give one of them another")
    return rows


def manifest_bytes(files: Iterable[Written]) -> bytes:
    """The manifest of files that are in order."""
    return "".join([f"{sha256}  {path}\n" for path, sha256, _ in files]).encode()


def read_manifest(folder: Path) -> Mapping[str, str]:
    """The SHA-256 of each file of the build in `folder`, by path, as its manifest says.

    Raises:
        PublishError: there is no manifest, or it is damaged.
    """
    place = folder / MANIFEST_PATH
    with failing_at(place):
        content = place.read_bytes()
    hashes: dict[str, str] = {}
    for number, line in enumerate(content.decode("utf-8", "replace").splitlines(), 1):
        match = LINE.fullmatch(line)
        if match is None:
            raise PublishError(f"{place}:{number}: not a line of a manifest: {line[:80]!r}")
        hashes[match[2]] = match[1]
    return hashes
