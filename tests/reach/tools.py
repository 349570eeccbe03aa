"""Where the outside tools are that the checks use."""

import shutil
from pathlib import Path

MODULES = Path(__file__).resolve().parent / "node_modules"


class ToolMissing(Exception):  # noqa: N818 (its message is the remedy)
    """A tool is not installed; the message says how to install it."""


def module(path: str) -> Path:
    """A file of a package from npm.

    Raises:
        ToolMissing: the packages are not installed.
    """
    found = MODULES / path
    if not found.is_file():
        message = f"no {path}: npm ci --ignore-scripts --prefix tests/reach"
        raise ToolMissing(message)
    return found


def program(*names: str) -> str:
    """The first of these programs that the machine has.

    Raises:
        ToolMissing: it has none.
    """
    for name in names:
        if found := shutil.which(name):
            return found
    message = f"no {names[0]}: apt-get install chromium nodejs default-jre-headless"
    raise ToolMissing(message)
