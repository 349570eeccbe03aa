"""Dates, numbers and names of languages as CLDR writes them. Languages are BCP 47 codes."""

from datetime import date
from functools import cache, lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date as babel_date
from babel.dates import format_skeleton
from babel.numbers import format_decimal

from sitegen.model import UNKNOWN_LANGUAGE

FALLBACK = "en"
LEAP_YEAR = 2000


@cache
def find_locale(language: str) -> Locale | None:
    """CLDR's data for a language, or for its nearest parent ("zh-Hant-XX" -> "zh"); None when CLDR has none."""
    parts = language.split("-")
    while parts:
        try:
            return Locale.parse("-".join(parts), sep="-")
        except (UnknownLocaleError, ValueError, TypeError):
            parts.pop()
    return None


def interface_locale(language: str) -> Locale:
    """CLDR's data for a language, English where there is none."""
    return find_locale(language) or Locale(FALLBACK)


@lru_cache(maxsize=65536)
def format_date(value: str, language: str) -> str:
    """As much as is known: "2024-03-20" -> "20 Maret 2024", "2024-03" -> "Maret 2024", "2024" -> "2024"."""
    locale = interface_locale(language)
    match [int(part) for part in value.split("-")]:
        case [year, month, day]:
            return babel_date(date(year, month, day), format="long", locale=locale)
        case [year, month]:
            return format_skeleton("yMMMM", date(year, month, 1), locale=locale)
        case _:
            return value


@cache
def format_month(month: int, language: str) -> str:
    """3 -> "Maret"."""
    return str(interface_locale(language).months["stand-alone"]["wide"][month])


@cache
def format_day(month: int, day: int, language: str) -> str:
    """A day of any year: (3, 20) -> "20 Maret"."""
    return format_skeleton("MMMMd", date(LEAP_YEAR, month, day), locale=interface_locale(language))


@cache
def weekdays(language: str) -> tuple[tuple[int, str, str], ...]:
    """The days of a week, from the one that it begins with where the language is spoken: 0 to 6, short name, name."""
    locale = interface_locale(language)
    names = locale.days["stand-alone"]
    order = [(locale.first_week_day + place) % 7 for place in range(7)]
    return tuple((day, str(names["abbreviated"][day]), str(names["wide"][day])) for day in order)


@lru_cache(maxsize=65536)
def format_number(number: int, language: str) -> str:
    """12345 -> "12.345"."""
    return format_decimal(number, locale=interface_locale(language))


@cache
def language_name(code: str, language: str) -> str:
    """The name of the language `code` in `language`: ("ru", "id") -> "Rusia"; the code itself when CLDR has none."""
    reader = interface_locale(language)
    locale = find_locale(code) if code != UNKNOWN_LANGUAGE else None
    return (locale.get_display_name(reader) if locale else reader.languages.get(code)) or code


@cache
def text_direction(code: str) -> str:
    """Which way a language is written: "ltr" or "rtl"; "auto" when it is not known."""
    locale = find_locale(code) if code != UNKNOWN_LANGUAGE else None
    return locale.text_direction if locale else "auto"
