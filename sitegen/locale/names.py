"""The names of months and weekdays as CLDR and the press write them -> numbers.

Keys are folded by `fold_name`. Narrow forms (J, F, M) are left out: they support nothing.
Press spellings are from reading newspapers; each is a spelling CLDR lacks, not a translation.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from types import MappingProxyType

from babel import Locale

from sitegen.locale.format import find_locale

PRESS_MONTHS: Mapping[str, Mapping[str, int]] = MappingProxyType(
    {
        "ar": {
            "كانون الثاني": 1, "شباط": 2, "آذار": 3, "نيسان": 4, "أيار": 5, "حزيران": 6, "تموز": 7, "آب": 8,
            "أيلول": 9, "تشرين الأول": 10, "تشرين الثاني": 11, "كانون الأول": 12,
            "جانفي": 1, "فيفري": 2, "أفريل": 4, "ماي": 5, "جوان": 6, "جويلية": 7, "أوت": 8,
            "يوليوز": 7, "غشت": 8, "شتنبر": 9, "نونبر": 11, "دجنبر": 12, "ابريل": 4, "اغسطس": 8, "اكتوبر": 10,
        },
        "de": {"jänner": 1, "feber": 2, "maerz": 3},
        "en": {"sept": 9, "june": 6, "july": 7},
        "eo": {"januaro": 1, "aug": 8, "augusto": 8},
        "es": {"setiembre": 9, "set": 9, "sep": 9},
        "fr": {"fevrier": 2, "aout": 8, "decembre": 12},
        "he": {
            "בינואר": 1, "בפברואר": 2, "במרץ": 3, "במרס": 3, "באפריל": 4, "במאי": 5, "ביוני": 6, "ביולי": 7,
            "באוגוסט": 8, "בספטמבר": 9, "באוקטובר": 10, "בנובמבר": 11, "בדצמבר": 12,
        },
        "hi": {"फरवरी": 2, "सितम्बर": 9, "नवम्बर": 11, "दिसम्बर": 12, "अक्तूबर": 10},
        "id": {
            "djanuari": 1, "pebruari": 2, "peb": 2, "djuni": 6, "djuli": 7, "agt": 8, "ags": 8, "agust": 8,
            "sept": 9, "nop": 11, "nopember": 11, "nov": 11, "desem": 12,
        },
        "ms": {"ogos": 8, "disember": 12, "sept": 9, "februari": 2, "mac": 3},
        "pt": {"marco": 3},
        "ru": {"сент": 9, "нояб": 11, "февр": 2},
        "tr": {"agustos": 8, "subat": 2},
    }
)  # fmt: skip
PRESS_WEEKDAYS: Mapping[str, Mapping[str, int]] = MappingProxyType(
    {
        "ar": {"الإثنين": 0, "الاربعاء": 2, "إثنين": 0, "اثنين": 0},
        "en": {"tues": 1, "thurs": 3, "weds": 2, "thur": 3},
        "eo": {"lundon": 0, "mardon": 1, "merkredon": 2, "ĵaŭdon": 3, "vendredon": 4, "sabaton": 5, "dimanĉon": 6},
        "id": {"jum'at": 4, "ahad": 6, "saptu": 5, "kemis": 3, "rebo": 2},
        "ms": {"sabtu": 5, "jumaat": 4},
        "pt": {"segunda": 0, "terça": 1, "quarta": 2, "quinta": 3, "sexta": 4},
        "ru": {"среду": 2, "пятницу": 4, "субботу": 5, "вторника": 1},
        "uk": {"середу": 2, "п'ятницю": 4, "суботу": 5, "неділю": 6},
        "zh": {"周日": 6, "星期天": 6},
    }
)  # fmt: skip


def fold_name(name: str) -> str:
    """`name` as a key: lower case, one kind of apostrophe, no full stop or mark of abbreviation at the end."""
    return name.lower().replace("’", "'").replace("ʼ", "'").replace("`", "'").rstrip(".׳॰")


@cache
def month_names(language: str) -> Mapping[str, int]:
    """Folded names of months in `language`, wide, abbreviated and as the press has them -> 1 to 12."""
    locale = find_locale(language)
    names = dict(_number(_contexts(locale, "months"))) if locale else {}
    return MappingProxyType(names | dict(PRESS_MONTHS.get(language.split("-", 1)[0], {})))


@cache
def weekday_names(language: str) -> Mapping[str, int]:
    """Folded names of weekdays in `language` -> 0 (Monday) to 6."""
    locale = find_locale(language)
    names = dict(_number(_contexts(locale, "days"))) if locale else {}
    return MappingProxyType(names | dict(PRESS_WEEKDAYS.get(language.split("-", 1)[0], {})))


def _contexts(locale: Locale, field: str) -> Iterator[Mapping[int, str]]:
    for context in ("stand-alone", "format"):
        widths = getattr(locale, field)[context]
        yield from (widths[width] for width in ("abbreviated", "wide"))


def _number(tables: Iterable[Mapping[int, str]]) -> Iterator[tuple[str, int]]:
    """Later tables win: a form used inside dates beats one that stands alone."""
    for table in tables:
        yield from ((fold_name(name), number) for number, name in sorted(table.items()) if not name[:1].isdigit())
