"""Which folder a build may replace: one that is empty, absent, or an earlier build's, and no other."""

from collections.abc import Iterable
from pathlib import Path

from sitegen.errors import PublishError
from sitegen.publish.failures import failing_at
from sitegen.publish.manifest import read_manifest
from sitegen.publish.staging import MANIFEST_PATH

LITTER = frozenset({".DS_Store", "Thumbs.db", "desktop.ini", MANIFEST_PATH})
"""What a build may replace although its manifest does not list it: what file managers leave behind."""


def resolve_target(output: Path) -> Path:
    """The folder that `output` means. A symbolic link is followed: what it leads to is replaced, not the link."""
    try:
        return output.resolve()
    except (OSError, RuntimeError) as error:
        raise PublishError(f"{output}: a symbolic link leads back to itself; remove it") from error


def beside(target: Path, ending: str) -> Path:
    """A hidden name of ours next to `target`, and so on the same file system."""
    return target.parent / f".{target.name}.{ending}"


def refuse_target(target: Path, apart: Iterable[Path]) -> None:
    """Raise PublishError unless a build may replace `target` (resolved).

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
    with failing_at(target):
        _refuse_strangers(target)


def _refuse_strangers(target: Path) -> None:
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
    built = {path.partition("/")[0] for path in read_manifest(target)}
    strangers = sorted(present - built - LITTER)
    if strangers:
        message = "was not built by us, and building would delete it; move it out of the output folder"
        raise PublishError(f"{target / strangers[0]}: {message}")
