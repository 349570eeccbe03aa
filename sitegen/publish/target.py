"""Which folder a build may replace: one that is empty, absent, or an earlier build's, and no other."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sitegen.errors import PublishError
from sitegen.publish.index import Index
from sitegen.publish.manifest import read_manifest
from sitegen.publish.staging import MANIFEST_PATH

LITTER = frozenset({".DS_Store", "Thumbs.db", "desktop.ini", MANIFEST_PATH})
"""What a build may replace although its manifest does not list it: what file managers leave behind."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where a publisher writes: the output folder, and hidden names beside it, so on the same file system.

    Attributes:
        target: the output folder itself, no link.
        staging: what is new in a build that is not published yet.
        standby: the tree that takes turns with the output folder.
        index: what is remembered of both.
        aside: the old build, for a moment, where names cannot be exchanged.
        lock: held by the publisher at work.
    """

    target: Path
    staging: Path
    standby: Path
    index: Path
    aside: Path
    lock: Path


def find_places(output: Path) -> Places:
    """Where a publisher of `output` writes. A symbolic link is followed: what it leads to is replaced, not the link.

    Raises:
        PublishError: the link leads back to itself.
    """
    try:
        target = output.resolve()
    except (OSError, RuntimeError) as error:
        raise PublishError(f"{output}: a symbolic link leads back to itself; remove it") from error
    hidden = {ending: target.parent / f".{target.name}.{ending}" for ending in ("next", "standby", "old", "lock")}
    return Places(
        target=target,
        staging=hidden["next"],
        standby=hidden["standby"] / "site",
        index=hidden["standby"] / "index.json",
        aside=hidden["old"],
        lock=hidden["lock"],
    )


def refuse_overlap(target: Path, apart: Iterable[Path]) -> None:
    """Raise PublishError when `target` (resolved) cannot be replaced, whatever it holds.

    Args:
        apart: folders that must neither hold the output nor lie in it, such as the seeds.
    """
    if target == target.parent:
        raise PublishError(f"{target}: the root of the file system cannot be the output folder; choose a folder in it")
    for folder in apart:
        resolved = folder.resolve()
        if resolved == target or resolved in target.parents:
            raise PublishError(f"{target}: lies inside {folder}, which is read; choose an output folder outside it")
        if target in resolved.parents:
            raise PublishError(f"{target}: {folder} lies inside it and would be deleted; choose another output folder")


def refuse_strangers(target: Path, last: Index) -> None:
    """Raise PublishError when `target` holds more than an earlier build of ours.

    Args:
        last: that build, as it is remembered; the manifest there may know of more.

    Raises:
        OSError: it cannot be looked into.
    """
    if not target.exists():
        return
    if not target.is_dir():
        raise PublishError(f"{target}: is a file; move it away or choose another output folder")
    present = {entry.name for entry in target.iterdir()}
    if MANIFEST_PATH not in present:
        if present - LITTER:
            message = "is not empty and holds no build of ours; empty it yourself or choose another output folder"
            raise PublishError(f"{target}: {message}")
        return
    strangers = {name for name in present - LITTER if not last.files.get(name) and name not in last.folders}
    if strangers := strangers and strangers - {path.partition("/")[0] for path in read_manifest(target)}:
        message = "was not built by us, and building would delete it; move it out of the output folder"
        raise PublishError(f"{target / min(strangers)}: {message}")
