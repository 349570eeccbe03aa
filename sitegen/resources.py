"""Finds the templates and static files that sitegen ships with, in a wheel and in a checkout alike."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def shipped_folder(name: str) -> Path:
    """The folder "templates" or "static" of this sitegen: inside the package in a wheel, beside it in a checkout.

    Raises:
        FileNotFoundError: the installation is broken.
    """
    for parent in (PACKAGE, PACKAGE.parent):
        if (parent / name).is_dir():
            return parent / name
    message = f"sitegen was installed without its folder {name!r}"
    raise FileNotFoundError(message)
