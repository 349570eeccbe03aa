"""Turns text into index terms: what a word is, how it is folded, what its stem is.

static/js/search/analyzer.js does the same for what a reader types, except for stemming, which happens here alone:
the browser learns stems from the published dictionary.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import regex
import snowballstemmer

SPACELESS = (
    r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3021-\u3029\u3041-\u30ff\u31f0-\u31ff"
    r"\u3400-\u4dbf\u4e00-\u9fff\ua9e0-\ua9ff\uaa60-\uaa7f\uf900-\ufaff\U0001b000-\U0001b16f\U00020000-\U0003ffff"
)
"""Thai, Lao, Burmese, Khmer, Kana and Han as plain ranges, so that no Unicode version changes them."""

RUN = regex.compile(r"[\p{L}\p{M}\p{N}]+")
SOLID = regex.compile(r"[\p{L}\p{N}]")
HAS_SPACELESS = regex.compile(f"[{SPACELESS}]")
STRETCH = regex.compile(f"[{SPACELESS}]+|[^{SPACELESS}]+")
QUIET_SIGNS = re.compile("[\u00a0\u2010\u2011\u2013\u2014\u2018\u2019\u201c\u201d\u2026\u00ab\u00bb\u2022\u2212]")
"""Signs in otherwise plain English or Indonesian text; no word has them, in any normalization."""

ASCII_WORDS = {code: chr(code).lower() if chr(code).isalnum() else " " for code in range(128)}
LIGHT_MARKS = regex.compile(
    r"[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed]"
)
"""Marks that readers leave out: accents, Hebrew points, Arabic vowels, the Arabic stretching stroke."""

PLAIN_LETTERS = str.maketrans(
    {
        "ø": "o", "đ": "d", "ł": "l", "ı": "i", "ħ": "h", "ŋ": "n", "ð": "d", "þ": "th", "ß": "ss",
        "æ": "ae", "œ": "oe", "ى": "ي", "ة": "ه", "ک": "ك", "ی": "ي", "ٱ": "ا",
    }
)  # fmt: skip

STEMMERS = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "eo": "esperanto", "es": "spanish", "et": "estonian", "eu": "basque", "fa": "persian", "fi": "finnish",
    "fr": "french", "ga": "irish", "hi": "hindi", "hu": "hungarian", "hy": "armenian", "id": "indonesian",
    "it": "italian", "lt": "lithuanian", "ms": "indonesian", "nb": "norwegian", "ne": "nepali", "nl": "dutch",
    "nn": "norwegian", "no": "norwegian", "pl": "polish", "pt": "portuguese", "ro": "romanian", "ru": "russian",
    "sr": "serbian", "st": "sesotho", "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
"""The stemmer for each language code; the other languages are searched by their words as they stand."""

STACKING = frozenset({"ar", "tr"})
"""Languages whose stemmer leaves some endings on: it is applied until nothing changes."""

ENCLITICS = {"id": re.compile(r"(?<=.{5})(?:nya|ku|mu|lah|kah|pun)$")}
"""Endings taken off before stemming: with them, the Indonesian stemmer goes too far (kemenangannya -> penang)."""

KEY_JOINT = "_"
"""Joins the words of a name into one term; no word contains it."""


def normalize(text: str) -> str:
    """`text` in compatibility form (NFKC) and lower case, with one small sigma."""
    return unicodedata.normalize("NFKC", text).lower().replace("ς", "σ")


def fold(word: str) -> str:
    """A normalized word as somebody types it who leaves accents, points and vowel marks out."""
    if word.isascii():
        return word
    bare = LIGHT_MARKS.sub("", unicodedata.normalize("NFKD", word)).translate(PLAIN_LETTERS)
    return unicodedata.normalize("NFC", bare)


def words(text: str) -> list[str]:
    """The words of `text` in order, normalized; of scripts without spaces, each pair of neighbouring characters."""
    plain = _without_signs(text)
    if plain.isascii():
        return plain.translate(ASCII_WORDS).split()
    return [word for run in RUN.findall(normalize(text)) for word in split_run(run)]


def _without_signs(text: str) -> str:
    """`text` as plain as it gets without changing a word; of ASCII alone, it is read the quick way."""
    return text if text.isascii() else QUIET_SIGNS.sub(" ", text)


def split_run(run: str) -> Iterable[str]:
    """The words in one run of letters, marks and digits."""
    if run.isascii():
        return (run,)
    if not HAS_SPACELESS.search(run):
        return (run,) if SOLID.search(run) else ()
    return (word for stretch in STRETCH.findall(run) for word in _split_stretch(stretch))


def _split_stretch(stretch: str) -> Iterator[str]:
    if not SOLID.search(stretch):
        return
    if len(stretch) == 1 or not HAS_SPACELESS.match(stretch):
        yield stretch
        return
    for first, second in pairwise(stretch):
        yield first + second


def name_key(name: str) -> str:
    """The one term that stands for a whole name: its folded words, joined."""
    return KEY_JOINT.join(map(fold, words(name)))


def count_words(text: str) -> Counter[str]:
    """How often each word stands in `text`, normalized."""
    plain = _without_signs(text)
    if plain.isascii():
        return Counter(plain.translate(ASCII_WORDS).split())
    counted = Counter(RUN.findall(normalize(text)))
    for run in [run for run in counted if not run.isascii()]:
        times = counted.pop(run)
        for word in split_run(run):
            counted[word] += times
    return counted


def group_forms(forms: Sequence[str], language: str) -> list[str]:
    """For each form of a word, the key that all forms of that word share: its folded stem.

    Where no stemmer serves it is the folded form itself.

    Args:
        language: code of the forms' language without region or script.
    """
    if language not in STEMMERS:
        return [fold(form) for form in forms]
    stems = _stem([ENCLITICS[language].sub("", form) for form in forms] if language in ENCLITICS else forms, language)
    return [(_is_stemmed(form) and fold(stem)) or fold(form) for form, stem in zip(forms, stems, strict=True)]


def _stem(words: Sequence[str], language: str) -> Sequence[str]:
    stemmer = snowballstemmer.stemmer(STEMMERS[language])
    stems: list[str] = stemmer.stemWords(words)
    while language in STACKING:
        shorter = [min(stem, stemmer.stemWord(stem) or stem, key=len) for stem in stems]
        if shorter == stems:
            break
        stems = shorter
    return stems


def _is_stemmed(form: str) -> bool:
    return form.isalpha() and (form.isascii() or not HAS_SPACELESS.search(form))
