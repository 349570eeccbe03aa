"""The body of an article -> its language: by script where the script decides, else by py3langid's model.

The model comes with that package; the choice of languages, the words that tell Indonesian from Malay, and the limits
are our own.
"""

import re
import string
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from sitegen.model import UNKNOWN_LANGUAGE, Language
from sitegen.understand.wordlists import word_set

SAMPLE_LENGTH = 600
METHOD = "text"
NO_LANGUAGE = "zxx"
LEAST_LETTERS = 3
ENOUGH = 0.5
FOREIGN_TO_SCRIPT = 0.5
"""A script decides when it writes this share of the letters."""
KANA_IN_JAPANESE = 0.15
MALAY_IS_LIKELY = 0.85

SCRIPTS: Mapping[str, str] = MappingProxyType(
    {
        "Latin": "A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02af\u1e00-\u1eff",
        "Cyrillic": "\u0400-\u052f",
        "Arabic": "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc",
        "Han": "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff々〇\U00020000-\U0003ffff",
        "Kana": "\u3041-\u3096\u309d-\u30ff\u31f0-\u31ff\uff66-\uff9f",
        "Hangul": "\uac00-\ud7a3\u1100-\u11ff\u3130-\u318f",
        "Devanagari": "\u0900-\u097f",
        "Greek": "\u0370-\u03ff\u1f00-\u1fff",
        "Hebrew": "\u05d0-\u05ea",
        "Thai": "\u0e01-\u0e4e",
        "Armenian": "\u0531-\u058f",
        "Georgian": "\u10a0-\u10ff",
        "Bengali": "\u0980-\u09ff",
        "Gurmukhi": "\u0a00-\u0a7f",
        "Gujarati": "\u0a80-\u0aff",
        "Tamil": "\u0b80-\u0bff",
        "Telugu": "\u0c00-\u0c7f",
        "Kannada": "\u0c80-\u0cff",
        "Malayalam": "\u0d00-\u0d7f",
        "Sinhala": "\u0d80-\u0dff",
        "Lao": "\u0e80-\u0eff",
        "Khmer": "\u1780-\u17ff",
        "Myanmar": "\u1000-\u109f",
        "Ethiopic": "\u1200-\u137f",
    }
)
LANGUAGE_OF_SCRIPT: Mapping[str, str] = MappingProxyType(
    {
        "Han": "zh", "Kana": "ja", "Hangul": "ko", "Greek": "el", "Hebrew": "he", "Thai": "th", "Armenian": "hy",
        "Georgian": "ka", "Bengali": "bn", "Gurmukhi": "pa", "Gujarati": "gu", "Tamil": "ta", "Telugu": "te",
        "Kannada": "kn", "Malayalam": "ml", "Sinhala": "si", "Lao": "lo", "Khmer": "km", "Myanmar": "my",
        "Ethiopic": "am",
    }
)  # fmt: skip
LANGUAGES_OF_SCRIPT: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "Latin": word_set("id ms en fr es de pt it nl tr vi eo ca cs da fi hr hu no pl ro sv sw tl zxx"),
        "Cyrillic": word_set("ru uk be bg sr mk kk"),
        "Arabic": word_set("ar fa ur ps"),
        "Devanagari": word_set("hi mr ne"),
    }
)  # fmt: skip
LANGUAGES = frozenset[str]().union(*LANGUAGES_OF_SCRIPT.values())
INDONESIAN = word_set(
    "bahwa karena polisi mobil perusahaan uang bisa rapat kantor rusia yaitu senin kamis minggu maret juli agustus",
    "berbeda pesawat kualitas aktivitas universitas sementara namun kemarin dapat warga resmi jumat sebesar",
    "kabupaten provinsi pemerintah presiden",
)
MALAY = word_set(
    "bahawa kerana polis syarikat mesyuarat iaitu isnin khamis mac julai ogos berlainan sahaja manakala berkata",
    "kualiti aktiviti universiti ringgit jumaat berjumlah disember kewangan mahkamah",
)
WORD = re.compile(r"[a-z-]+")
NOT_ASCII = re.compile(r"[^\x00-\x7f]")
ASCII_LETTERS = string.ascii_letters.encode()
LATIN = "Latin"


def identify(paragraphs: Iterable[str], title: str, cache: Path | None = None) -> Language:
    """The language of the body's `paragraphs`; of the `title` only where there is no body to ask.

    Args:
        cache: a folder where the model may be kept unpacked.
    """
    sample = _sample(paragraphs) or title
    script, share = main_script(sample)
    if share < FOREIGN_TO_SCRIPT:
        return Language(UNKNOWN_LANGUAGE, 0.0, METHOD)
    if script in LANGUAGE_OF_SCRIPT:
        return Language(LANGUAGE_OF_SCRIPT[script], round(share, 2), METHOD)
    return _by_model(sample, script, cache)


def _sample(paragraphs: Iterable[str]) -> str:
    sample = ""
    for paragraph in paragraphs:
        sample += paragraph[: SAMPLE_LENGTH - len(sample)] + "\n"
        if len(sample) >= SAMPLE_LENGTH:
            break
    return sample.strip()


def main_script(text: str) -> tuple[str, float]:
    """The script that most letters of `text` belong to, and their share; ("", 0.0) where letters are too few.

    Japanese counts as Kana, whatever its share of Han.
    """
    others = "".join(NOT_ASCII.findall(text))
    counts = {name: len(pattern.findall(others)) for name, pattern in _letters()} if others else {LATIN: 0}
    ascii_only = text.encode("ascii", "ignore")
    counts[LATIN] += len(ascii_only) - len(ascii_only.translate(None, ASCII_LETTERS))
    letters = sum(counts.values())
    if letters < LEAST_LETTERS and not counts.get("Han"):
        return "", 0.0
    east_asian = counts.get("Han", 0) + counts.get("Kana", 0)
    if counts.get("Kana", 0) > KANA_IN_JAPANESE * east_asian:
        counts["Kana"], counts["Han"] = east_asian, 0
    script = max(counts, key=lambda name: counts[name])
    return script, counts[script] / letters


@cache
def _letters() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, re.compile(f"[{letters}]")) for name, letters in SCRIPTS.items())


def _by_model(sample: str, script: str, cache: Path | None) -> Language:
    from sitegen.understand.language_model import load_model  # noqa: PLC0415 (brings numpy, and may not be needed)

    chances = load_model(LANGUAGES_OF_SCRIPT[script], LANGUAGES, cache).chances(sample.lower())
    if script == LATIN:
        chances = _apart_malay(chances, sample)
    best = max(chances, key=lambda code: chances[code])
    if best == NO_LANGUAGE or (script == LATIN and chances[best] < ENOUGH):
        return Language(UNKNOWN_LANGUAGE, 0.0, METHOD)
    return Language(best, round(float(chances[best]), 2), METHOD)


def _apart_malay(chances: Mapping[str, float], sample: str) -> dict[str, float]:
    """What Indonesian and Malay have together goes to the one whose own words occur.

    Where none do, to Indonesian, unless Malay is much likelier.
    """
    both = chances["id"] + chances["ms"]
    if both < ENOUGH:
        return dict(chances)
    words = WORD.findall(sample.lower())
    lead = sum(word in INDONESIAN for word in words) - sum(word in MALAY for word in words)
    malay = lead < 0 or (lead == 0 and chances["ms"] > MALAY_IS_LIKELY * both)
    return {**chances, "id": 0.0 if malay else both, "ms": both if malay else 0.0}
