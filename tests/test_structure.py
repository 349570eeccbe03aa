"""The house as it is meant to stand: who may import whom, and how long a file may be."""

import ast
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "sitegen"
STAGES = {"seeds", "understand", "archive", "pages", "render", "search", "publish", "check"}
DRIVERS = {"pipeline", "inspection", "cli", "serve", "__main__"}
SHARED_LIBRARIES = {"numpy", "orjson", "regex"}
"""Libraries that are part of the language here, as arithmetic, JSON and text patterns are; others have one importer."""


def imports(path: Path) -> Iterator[str]:
    """The dotted names that a module imports."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def modules() -> list[tuple[str, Path]]:
    """Every module with the room it is in: its stage's or its own name."""
    paths = sorted(PACKAGE.rglob("*.py"))
    return [(path.relative_to(PACKAGE).parts[0].removesuffix(".py"), path) for path in paths]


@pytest.mark.parametrize(("room", "path"), modules(), ids=lambda value: str(value).removeprefix(str(ROOT)))
def test_a_module_imports_only_what_lies_below_it(room: str, path: Path) -> None:
    rooms = {name.split(".")[1] for name in imports(path) if name.startswith("sitegen.")} - {room}
    if room in STAGES:
        assert not rooms & (STAGES | DRIVERS)
    elif room not in DRIVERS:
        assert not rooms & (STAGES | DRIVERS), "the ground imports nothing above it"
    elif room == "pipeline":
        assert not rooms & DRIVERS


def test_each_outside_library_has_one_importer() -> None:
    importers = defaultdict(set)
    for room, path in modules():
        for name in imports(path):
            library = name.split(".")[0]
            if library not in sys.stdlib_module_names | SHARED_LIBRARIES | {"sitegen"}:
                importers[library].add(room)
    assert {library: rooms for library, rooms in importers.items() if len(rooms) > 1} == {}


def test_no_file_is_so_long_that_it_is_two() -> None:
    assert {str(path): n for _, path in modules() if (n := len(path.read_text("utf-8").splitlines())) > 300} == {}


def test_only_the_command_line_and_the_preview_print_exit_or_read_the_clock() -> None:
    offenders = []
    for room, path in modules():
        names = set(imports(path))
        calls = {
            node.func.id
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        if room not in {"cli", "serve"} and (calls & {"print", "exit"} or names & {"time", "time.time"}):
            offenders.append(str(path))
    assert offenders == []


def test_the_top_level_holds_what_it_should() -> None:
    allowed = {
        *("sitegen", "templates", "static", "seeds", "tests", "build.py", "pyproject.toml"),
        *("README.md", "LICENSE", "CHANGELOG.md", "CONTRIBUTING.md", "public"),
    }
    assert {path.name for path in ROOT.iterdir() if not path.name.startswith(".")} - allowed == set()
