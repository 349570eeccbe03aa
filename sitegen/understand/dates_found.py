"""Prose -> the calendar dates written in it, as far as each is written. Judges none of them.

Relative dates ("Senin", "pekan lalu", "yesterday") are no calendar dates and are not found.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from types import MappingProxyType

from sitegen.locale.names import fold_name, month_names, weekday_names
from sitegen.model import Span

EARLIEST_YEAR, LATEST_YEAR = 1800, 2099
SHARED_LANGUAGES = ("id", "en")
"""Their names are tried in every text: quoted posts, credits and stamps of archives use them."""
NO_YEAR = -1
"""Stands for a year that cannot be one, such as 0000."""
LOOK_BACK = 40
LOOK_AHEAD = 24
BUDDHIST_ERA = 543
"""Thailand counts its years from that many before ours (by law since 1913)."""
JAPANESE_ERAS: Mapping[str, int] = MappingProxyType(
    {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
)
"""The year before the first of each era of modern Japan, as its emperors' accessions made them."""

_WORD = r"[^\s\d,.;:()\[\]/–—_\"«»“”!?|-]"
_MONTH = rf"(?P<month>(?:كانون|تشرين)\s\w+|(?:\w\w?\w?\.){{2}}|{_WORD}{{2,14}})(?:/{_WORD}{{2,14}})?"
_YEAR = r"(?<![\d$€£¥])(?P<year>\d{4})(?![\d%]|[.,]\d)"
_DAY = r"(?<![\d.,:/$€£¥])(?P<day>\d{1,2})"
_OF = r"(?:(?:de|of|del|van|bulan|da|tahun|พ\.ศ\.|ค\.ศ\.)\s?|d['’]|de\s)?"
DAY_FIRST = re.compile(
    rf"{_DAY}(?:st|nd|rd|th|er|º|ª|°|\.|-an?|-е|-го)?(?:\s{{1,2}}|-){_OF}{_MONTH}\.?(?:,?(?:\s{{1,2}}|-){_OF}{_YEAR})?"
)
MONTH_FIRST = re.compile(rf"{_DAY}(?:st|nd|rd|th)?(?![\d%]|[.,:/-]\d)(?:,?\s{{1,2}}{_YEAR})?")
NUMBERS = re.compile(
    r"(?<![\d.,/:$€£¥-])(?P<day>\d{1,2})(?P<sign>[/.-])(?P<month>\d{1,2})(?:(?P=sign)(?P<year>\d{4}|\d{2}))?(?![\d/%-])"
)
ISO = re.compile(r"(?<!\d)(?P<year>\d{4})(?P<sign>[-/.])(?P<month>\d{1,2})(?P=sign)(?P<day>\d{1,2})(?!\d)")
VIETNAMESE = re.compile(rf"{_DAY}\s+(?:tháng|thg)\s+(?P<month>\d{{1,2}})(?:(?:\s*,|\s+năm|\s*/)?\s*{_YEAR})?")
EAST_ASIAN = re.compile(
    r"(?:(?P<year>\d{1,4})\s?[年년]\s?)?(?P<month>\d{1,2})\s?[月월]\s?(?:(?P<day>\d{1,2})\s?[日號号일])?"
)
DIGITS = re.compile(r"\d+")
PLAIN_YEAR = re.compile(r"[12](?<![\d.,/$€£¥-].)(?:(?<=1)[89]|(?<=2)0)\d\d(?![\d%]|[.,]\d)")
"""What stands before it is looked at after its first digit, so that `re` passes over all else at once."""
MONTH_YEAR = re.compile(_YEAR)
MONTH_BEFORE = re.compile(rf"(?:^|[\s(\"“«])(?P<month>(?:\w\w?\w?\.){{2}}|{_WORD}{{2,14}})\.?,?\s{{1,2}}{_OF}$")
LONG_NUMBER = re.compile(r",?\s{1,2}\d{3}")
"""After a day and month no year, and they no date: "1 Januari 99999"."""
DAY_BEFORE = re.compile(r"(?<!\d)\d{1,2}\s{1,2}$")
"""Before a month and year the day of a date that does not exist: "31 Februari 2021"."""
PART_OF_DAY = r"(?:\s(?:dini hari|malam|pagi|siang|sore|petang|morning|afternoon|evening|night|matin|soir))?"
END_OF_DAY = re.compile(PART_OF_DAY + "$", re.IGNORECASE)
WEEKDAY_BEFORE = re.compile(
    rf"(?:^|[\s(\"“«—–/-])(?P<words>(?:{_WORD}{{2,12}}\s)?{_WORD}(?:{_WORD}|-){{0,16}}?){PART_OF_DAY}\.?\s?[,，]?\s?"
    r"(?P<open>[(（]?)(?:(?:tanggal|tgl|tarikh|the|le|den|der|el|la|de|dia|il|op|ngày|วันที่|ที่)\.?\s|,\s)?$",
    re.IGNORECASE,
)
WEEKDAY_AFTER = re.compile(
    r"(?:\sгода|\sг\.|\sроку)?(?:\s?[(（,]\s?(?:во?\s|у\s)?(?P<word>[^\W\d_]+)[)）]?|\s?[,，]?(?P<bare>星期.|周.|[^\W\d_]曜日|.요일))"
)
THAI_ORDINAL = "ที่"
LEAST_UNSPACED = 6
"""Thai names of weekdays have no space before them; shorter ones could be the end of anything."""


@dataclass(frozen=True, slots=True, order=True)
class FoundDate:
    """A date as the text writes it.

    Attributes:
        span: with the weekday, where one belongs to it.
        year, month, day: 0 where the text does not say.
        weekday: 0 (Monday) to 6 as written, or -1.
        swapped: day and month may as well be meant the other way round.
        bracketed: it stands in round brackets.
        in_numbers: its month is a number.
    """

    span: Span
    year: int
    month: int
    day: int
    weekday: int = -1
    swapped: bool = False
    bracketed: bool = False
    in_numbers: bool = False

    @property
    def weekday_agrees(self) -> bool:
        """Whether the weekday written is the weekday of that date."""
        return self.is_full and date(self.year, self.month, self.day).weekday() == self.weekday

    @property
    def iso(self) -> str:
        """Such as "2024-03-20", or "2024-03" where no day is written."""
        return f"{self.year:04}-{self.month:02}" + (f"-{self.day:02}" if self.day else "")

    @property
    def is_full(self) -> bool:
        """Whether year, month and day are all written."""
        return bool(self.year and self.day)


@cache
def _months(language: str) -> Mapping[str, int]:
    return MappingProxyType(
        {name: n for code in (*SHARED_LANGUAGES, language) for name, n in month_names(code).items()}
    )


@cache
def _weekdays(language: str) -> Mapping[str, int]:
    return MappingProxyType(
        {name: n for code in (*SHARED_LANGUAGES, language) for name, n in weekday_names(code).items()}
    )


def find_dates(text: str, language: str) -> tuple[FoundDate, ...]:
    """Every date that `text` writes with at least a month and a year or a month and a day, in order.

    Args:
        language: BCP 47 code; its names of months and weekdays are known, and whether 3/4 is in March.
    """
    found: list[FoundDate] = []
    place = 0
    for digits in DIGITS.finditer(text):
        if digits.start() < place or digits.end() - digits.start() > 4:
            continue
        readers = _LONG_READERS if digits.end() - digits.start() > 2 else _SHORT_READERS
        for pattern, read in readers:
            match = pattern.match(text, digits.start())
            candidate = read(match, language) if match else None
            if candidate is not None and _exists(candidate):
                place = candidate.span.end
                found.append(_with_weekday(candidate, text, language))
                break
    return tuple(found)


def find_years(text: str) -> tuple[int, ...]:
    """Every number that may be a year of the press, in order."""
    return tuple(int(year) for year in PLAIN_YEAR.findall(text))


def _exists(found: FoundDate) -> bool:
    if not (1 <= found.month <= 12 and (found.year or found.day)):
        return False
    if found.year and not EARLIEST_YEAR <= found.year <= LATEST_YEAR:
        return False
    try:
        date(found.year or 2000, found.month, found.day or 1)
    except ValueError:
        return False
    return True


def _year(match: re.Match[str], language: str) -> int:
    written = match["year"]
    if not written:
        return 0
    year = int(written) or NO_YEAR
    if len(written) == 2:
        return 2000 + year if year < 70 else 1900 + year
    return year - BUDDHIST_ERA if language == "th" and year > LATEST_YEAR + 300 else year


def _read_day_first(match: re.Match[str], language: str) -> FoundDate | None:
    month = _months(language).get(fold_name(match["month"]))
    if not month:
        return None
    end = match.end() if match["year"] else match.end("month")
    if not match["year"] and LONG_NUMBER.match(match.string, end):
        return None
    return FoundDate(Span(match.start(), end), _year(match, language), month, int(match["day"]))


def _read_month_first(match: re.Match[str], language: str) -> FoundDate | None:
    before, start = _month_before(match, language)
    if not before or (not match["year"] and LONG_NUMBER.match(match.string, match.end())):
        return None
    return FoundDate(Span(start, match.end()), _year(match, language), before, int(match["day"]))


def _read_month_year(match: re.Match[str], language: str) -> FoundDate | None:
    before, start = _month_before(match, language)
    if not before or DAY_BEFORE.search(match.string, max(0, start - LOOK_BACK), start):
        return None
    return FoundDate(Span(start, match.end()), _year(match, language), before, 0)


def _month_before(match: re.Match[str], language: str) -> tuple[int, int]:
    floor = max(0, match.start() - LOOK_BACK)
    before = MONTH_BEFORE.search(match.string[floor : match.start()])
    month = _months(language).get(fold_name(before["month"]), 0) if before else 0
    return month, floor + before.start("month") if before else 0


def _read_numbers(match: re.Match[str], language: str) -> FoundDate | None:
    day, month, year = int(match["day"]), int(match["month"]), _year(match, language)
    if not year and match["sign"] != "/":
        return None
    either = day <= 12 and month <= 12 and day != month
    if month > 12 or (language == "en" and day <= 12):
        day, month = month, day
    return FoundDate(Span(*match.span()), year, month, day, swapped=either and language == "en", in_numbers=True)


def _read_parts(match: re.Match[str], language: str) -> FoundDate:
    return FoundDate(Span(*match.span()), _year(match, language), int(match["month"]), int(match["day"]))


def _read_east_asian(match: re.Match[str], _: str) -> FoundDate | None:
    start, year = match.start(), int(match["year"] or 0)
    era = match.string[max(0, start - 2) : start]
    if era in JAPANESE_ERAS and match["year"]:
        start, year = start - 2, JAPANESE_ERAS[era] + year
    return FoundDate(Span(start, match.end()), year, int(match["month"]), int(match["day"] or 0))


Reader = Callable[[re.Match[str], str], FoundDate | None]
_SHORT_READERS: tuple[tuple[re.Pattern[str], Reader], ...] = (
    (EAST_ASIAN, _read_east_asian),
    (VIETNAMESE, _read_parts),
    (NUMBERS, _read_numbers),
    (DAY_FIRST, _read_day_first),
    (MONTH_FIRST, _read_month_first),
)
"""For a number of one or two digits, in this order."""
_LONG_READERS: tuple[tuple[re.Pattern[str], Reader], ...] = (
    (EAST_ASIAN, _read_east_asian),
    (ISO, _read_parts),
    (MONTH_YEAR, _read_month_year),
)
"""For a number of three or four digits."""


def _with_weekday(found: FoundDate, text: str, language: str) -> FoundDate:
    """`found` with the weekday that stands before or after it, the brackets round it, and its order settled."""
    start, end = found.span
    weekday, bracketed = -1, text[end : end + 1] in {")", "）"}
    floor = max(0, start - LOOK_BACK)
    before = WEEKDAY_BEFORE.search(text[floor:start])
    number, offset = _weekday_in(before["words"], language) if before else (-1, 0)
    if before and number >= 0:
        weekday, start = number, floor + before.start("words") + offset
        end += bool(before["open"]) and bracketed
    elif language == "th":
        weekday, start = _unspaced_weekday(text, floor, start)
    after = WEEKDAY_AFTER.match(text[end : end + LOOK_AHEAD]) if weekday < 0 else None
    if after:
        word = after["word"] or after["bare"]
        weekday = _weekdays(language).get(fold_name(word), -1)
        end += after.end() if weekday >= 0 else 0
    return _settle_order(replace(found, span=Span(start, end), weekday=weekday, bracketed=bracketed))


def _weekday_in(words: str, language: str) -> tuple[int, int]:
    """The weekday that `words` or its last word names, or -1; and where the name begins."""
    names, words = _weekdays(language), END_OF_DAY.sub("", words)
    last = words.rfind(" ") + 1
    for offset in dict.fromkeys((0, last)):
        number = names.get(fold_name(words[offset:]), -1)
        if number >= 0:
            return number, offset
    return -1, 0


def _unspaced_weekday(text: str, floor: int, start: int) -> tuple[int, int]:
    """The Thai weekday that ends right before `start`, or -1, and where the date then begins."""
    before = text[floor:start].rstrip().removesuffix(THAI_ORDINAL)
    for name, number in _weekdays("th").items():
        if len(name) >= LEAST_UNSPACED and before.endswith(name):
            return number, floor + len(before) - len(name)
    return -1, start


def _settle_order(found: FoundDate) -> FoundDate:
    """The weekday says whether 3/4/2019 is in March or in April."""
    if not (found.swapped and found.weekday >= 0 and found.year):
        return found
    settled = [
        replace(found, swapped=False),
        replace(found, month=found.day, day=found.month, swapped=False),
    ]
    agreeing = [one for one in settled if one.weekday_agrees]
    return agreeing[0] if len(agreeing) == 1 else found
