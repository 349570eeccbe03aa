"""Catalogs of the interface's words (catalogs/*.po) -> gettext translations. A third language is one more file."""

import re
from functools import cache
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

CATALOGS = Path(__file__).resolve().parent / "catalogs"
SOURCE_LANGUAGE = "en"
CODE = r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*"


def available_languages() -> tuple[str, ...]:
    """The languages that the interface speaks, sorted."""
    return tuple(sorted(path.stem for path in CATALOGS.glob("*.po")))


def speaks(language: str) -> bool:
    """Whether a catalog serves `language`: its own, or its base language's."""
    return re.fullmatch(CODE, language) is not None and language.split("-", maxsplit=1)[0] in available_languages()


def choose_language(language: str) -> str:
    """The catalog that serves `language`: its own, its base language's ("id-ID" -> "id"), or English."""
    speaks = available_languages()
    return next((code for code in (language, language.split("-", maxsplit=1)[0]) if code in speaks), SOURCE_LANGUAGE)


@cache
def load_messages(language: str) -> GNUTranslations:
    """The translations for `language`; a message without one stays English."""
    with (CATALOGS / f"{choose_language(language)}.po").open("rb") as file:
        catalog = read_po(file, locale=choose_language(language))
    compiled = BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return GNUTranslations(compiled)
