"""Dates and names as the citation styles want them, in the words of the reader's language."""

from datetime import date
from functools import lru_cache

from babel.dates import format_date as babel_date
from babel.dates import format_skeleton
from babel.lists import format_list

from sitegen.locale.format import format_date, format_month, interface_locale

MOST_NAMED = 2
"""MLA names two authors at most; more are the first "et al." (MLA Handbook, 9th edition, 5.7)."""
MOST_LISTED = 20
"""APA lists twenty authors at most; of more, nineteen and the last (Publication Manual, 7th edition, 9.8)."""


@lru_cache(maxsize=65536)
def apa_date(value: str, language: str) -> str:
    """The year first: "2024-03-20" -> "2024, March 20" (APA Publication Manual, 7th edition, 9.14)."""
    match value.split("-"):
        case [year, month]:
            return f"{year}, {format_month(int(month), language)}"
        case [year, *_] if len(value) > len(year):
            day = date.fromisoformat(value)
            return f"{year}, {format_skeleton('MMMMd', day, locale=interface_locale(language))}"
        case _:
            return value


@lru_cache(maxsize=65536)
def mla_date(value: str, language: str) -> str:
    """The day first: "2024-03-20" -> "20 March 2024" (MLA Handbook, 9th edition, 5.68)."""
    if len(value) < len("2024-03-20"):
        return format_date(value, language)
    return str(babel_date(date.fromisoformat(value), format="d MMMM y", locale=interface_locale(language)))


def apa_names(names: tuple[str, ...]) -> str:
    """Names as in "A, B, & C", as they are written, for who knows which part is the family's."""
    if len(names) > MOST_LISTED:
        return f"{', '.join(names[: MOST_LISTED - 1])}, … {names[-1]}"
    if len(names) <= 1:
        return "".join(names)
    return f"{', '.join(names[:-1])}{',' if len(names) > 2 else ''} & {names[-1]}"


def chicago_names(names: tuple[str, ...], language: str) -> str:
    """All names: "A", "A and B", "A, B, and C", with the word that the language has for "and"."""
    return str(format_list(list(names), locale=interface_locale(language)))


def mla_names(names: tuple[str, ...], language: str) -> str:
    """One name or two as Chicago has them, more as "A, et al."."""
    return f"{names[0]}, et al." if len(names) > MOST_NAMED else chicago_names(names, language)
