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


def manifest_bytes(written: Iterable[Written]) -> bytes:
    """The manifest of these files.

    Raises:
        PublishError: two of them have the same path.
    """
    rows = sorted(written)
    for before, after in pairwise(rows):
        if before.path == after.path:
            raise PublishError(f"{after.path}: two pages claim this address; give one of them another")
    return "".join(f"{row.sha256}  {row.path}\n" for row in rows).encode()


def write_manifest(folder: Path, written: Iterable[Written]) -> None:
    """Write the manifest of a build's files into its folder.

    Raises:
        PublishError: two files have the same path, or the disk refuses.
    """
    content = manifest_bytes(written)
    place = folder / MANIFEST_PATH
    with failing_at(place):
        place.write_bytes(content)


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
