"""Sources, data and libraries -> one version, so that nobody has to remember to change it when a rule does."""

import hashlib
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version
from pathlib import Path

PACKAGE = Path(__file__).parent
ENDINGS = frozenset({".py", ".txt", ".tsv", ".json", ".npz", ".gz", ".toml", ".po"})
APART = frozenset({"__pycache__", "training"})


@cache
def version_of(sources: tuple[str, ...], libraries: tuple[str, ...]) -> str:
    """Sixteen characters that differ when one of the sources or libraries does.

    Args:
        sources: files and folders of this package.
        libraries: names under which they are installed.
    """
    hashed = hashlib.sha256()
    for path in sorted(path for source in sources for path in _files(PACKAGE / source)):
        hashed.update(f"{path.relative_to(PACKAGE).as_posix()}\0{path.stat().st_size}\0".encode())
        hashed.update(path.read_bytes())
    hashed.update("".join(f"{library} {version(library)}\n" for library in libraries).encode())
    return hashed.hexdigest()[:16]


def _files(source: Path) -> Iterable[Path]:
    if not source.is_dir():
        return [source]
    return (path for path in source.rglob("*") if path.suffix in ENDINGS and APART.isdisjoint(path.parts))
