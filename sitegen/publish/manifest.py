"""The list of a build's files with their SHA-256, in the form that `sha256sum -c` reads.

A line is 64 hexadecimal digits, two spaces and a path; lines are sorted by path. The list does not name itself.
"""

import re
from collections.abc import Mapping
from pathlib import Path

from sitegen.errors import PublishError
from sitegen.publish.failures import failing_at
from sitegen.publish.listing import Listing
from sitegen.publish.staging import MANIFEST_PATH

LINE = re.compile(r"([0-9a-f]{64})  (.+)")


def manifest_bytes(files: Listing) -> bytes:
    """The manifest of files."""
    return "\n".join([*files.lines, ""]).encode()


def read_manifest(folder: Path) -> Mapping[str, str]:
    """The SHA-256 of each file of the build in `folder`, by path, as its manifest says.

    Raises:
        PublishError: there is no manifest, or it is damaged.
    """
    place = folder / MANIFEST_PATH
    with failing_at(place):
        content = place.read_bytes()
    hashes: dict[str, str] = {}
    # Not splitlines: what parts lines elsewhere may stand in a path.
    lines = content.decode("utf-8", "replace").removesuffix("\n").split("\n") if content else []
    for number, line in enumerate(lines, 1):
        match = LINE.fullmatch(line)
        if match is None:
            raise PublishError(f"{place}:{number}: not a line of a manifest: {line[:80]!r}")
        hashes[match[2]] = match[1]
    return hashes
