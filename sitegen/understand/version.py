"""The sources and data of understanding -> one version, so that nobody has to remember to change it."""

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

PACKAGE = Path(__file__).parents[1]
SOURCES = ("understand", "data", "locale/format.py", "locale/names.py", "authority.py", "model", "urls.py")
ENDINGS = frozenset({".py", ".txt", ".tsv", ".json", ".npz", ".gz", ".toml"})
LIBRARIES = ("babel", "markdown", "nh3", "numpy", "py3langid", "python-slugify", "regex")
APART = frozenset({"__pycache__", "training"})


@cache
def rules_version() -> str:
    """Sixteen characters that differ when a rule, a list or a library that understanding rests on does."""
    hashed = hashlib.sha256()
    for path in sorted(path for source in SOURCES for path in _files(PACKAGE / source)):
        hashed.update(f"{path.relative_to(PACKAGE).as_posix()}\0{path.stat().st_size}\0".encode())
        hashed.update(path.read_bytes())
    hashed.update("".join(f"{library} {version(library)}\n" for library in LIBRARIES).encode())
    return hashed.hexdigest()[:16]


def _files(source: Path) -> list[Path]:
    if not source.is_dir():
        return [source]
    return [path for path in source.rglob("*") if path.suffix in ENDINGS and APART.isdisjoint(path.parts)]
