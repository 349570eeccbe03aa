"""Which folder a build may replace: one that is empty, absent, or an earlier build's, and no other."""

from collections.abc import Iterable
from pathlib import Path

from sitegen.errors import PublishError
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


def refuse_strangers(target: Path, built: Iterable[str]) -> None:
    """Raise PublishError when `target` holds more than an earlier build of ours.

    Args:
        built: the paths of the files of that build, as they are remembered; the manifest there may know of more.

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
    strangers = present - LITTER - _top_names(built)
    if strangers := strangers and strangers - _top_names(read_manifest(target)):
        message = "was not built by us, and building would delete it; move it out of the output folder"
        raise PublishError(f"{target / min(strangers)}: {message}")


def _top_names(paths: Iterable[str]) -> set[str]:
    return {path.partition("/")[0] for path in paths}
