"""Prose -> tokens, and the form in which a token is looked up. Knows scripts, not names."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from sitegen.model import Span

UNSPACED = "\u3005\u3007\u3041-\u309f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
"""Letters of scripts that put no spaces between words: each is a token of its own."""

KATAKANA = "\u30a1-\u30fa\u30fc-\u30ff\uff66-\uff9f"
MARKS = "\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0df4"
LETTER = rf"[^\W{UNSPACED}{KATAKANA}]"
SOFT = "\xad\u200b\u2060"
SOFT_SIGNS = re.compile(f"[{SOFT}]")
"""Soft hyphen, zero width space, word joiner: they part no word."""

WORD = rf"{LETTER}+(?:[{MARKS}{SOFT}]+{LETTER}*)*"
TOKEN = re.compile(
    rf"(?<!\w)(?:[^\W\d_a-zа-яё]\.){{1,6}}(?=[\s,;:)\]]|\w)|[{UNSPACED}]|[{KATAKANA}]+"
    rf"|{WORD}(?:['’ʼ](?![sS]\b){WORD})*|[^\w\s]|_"
)
CYRILLIC_ENDING = re.compile(r"(?<=...)(?:[аеёийоуыьэюя]+[мх]?|ами|ями|ого|его)$")
"""The endings of Russian and Ukrainian nouns and names in all cases, by school grammar; longer words only."""

ARABIC_SIGNS = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه", "ـ": None, "ی": "ي", "ک": "ك"}
    | {chr(code): None for code in range(0x64B, 0x660)}
)
"""Letters that Arabic and Persian newspapers write in two ways, made one; vowel signs (U+064B to U+065F) go."""

ARABIC_PREFIX = re.compile(r"[وفبلك](?=.{4})|ال(?=.{3})")
"""What Arabic writes together with the next word: and, so, in, by, for, like, the."""

HANGUL_PARTICLE = re.compile(r"(?<=..)(?:에서|에게|으로|부터|까지|은|는|이|가|을|를|의|에|와|과|도|로)$")
"""The Korean postpositions that are written together with a name."""

APOSTROPHE = re.compile(r"['’ʼ‘`]")
SIGNS = str.maketrans({"’": "'", "ʼ": "'", "‘": "'", "`": "'"})
DOTTED_I = "i\u0307"
"""What Turkish İ becomes when case is ignored; "İstanbul" is "Istanbul"."""

SEVERAL_FORMS = re.compile("['’ʼ\u0600-\u06ff\uac00-\ud7a3]")
"""What is in every token that has several forms, see `look_up_forms`; one set, for speed."""

MEMORY = 1 << 16


@dataclass(frozen=True, slots=True)
class Tokens:
    """Words, signs and letters of unspaced scripts, in order; what is known of them lies side by side.

    Attributes:
        texts: without soft hyphens and the like.
        forms: the likeliest form of each.
        places: where each begins and ends in the prose.
        plain: whether each has one form alone.
    """

    texts: Sequence[str]
    forms: Sequence[str]
    places: Sequence[tuple[int, int]]
    plain: bool

    def __len__(self) -> int:
        return len(self.texts)

    def part(self, first: int, end: int) -> "Tokens":
        """The tokens from `first` up to and without `end`."""
        return Tokens(self.texts[first:end], self.forms[first:end], self.places[first:end], self.plain)


def tokenize(prose: str, span: Span) -> Tokens:
    """The tokens of a stretch of prose."""
    places = [found.span() for found in TOKEN.finditer(prose, span.start, span.end)]
    texts = [prose[start:end] for start, end in places]
    if SOFT_SIGNS.search(prose, span.start, span.end):
        texts = list(map(without_soft_signs, texts))
        places = [place for place, text in zip(places, texts, strict=True) if text]
        texts = list(filter(None, texts))
    plain = not SEVERAL_FORMS.search(prose, span.start, span.end)
    return Tokens(texts, list(map(first_forms().__getitem__, texts)), places, plain)


def without_soft_signs(text: str) -> str:
    """A text without what only says where a line may break."""
    return SOFT_SIGNS.sub("", text)


@lru_cache(maxsize=MEMORY)
def look_up_forms(text: str) -> tuple[str, ...]:
    """The forms under which a token may stand in a dictionary, likeliest first; never empty.

    Case is ignored; Russian and Ukrainian endings go; Arabic particles and Korean postpositions may be dropped.
    """
    first = text[0]
    if first.isascii() or first < "\u0370":
        return latin_forms(text)
    if "\u0400" <= first <= "\u04ff":
        return (CYRILLIC_ENDING.sub("", text.casefold().replace("ё", "е")),)
    if "\u0600" <= first <= "\u06ff":
        plain = text.translate(ARABIC_SIGNS)
        return tuple(dict.fromkeys((plain, ARABIC_PREFIX.sub("", plain, count=1))))
    if "\uac00" <= first <= "\ud7a3":
        return tuple(dict.fromkeys((text, HANGUL_PARTICLE.sub("", text))))
    return (text.casefold(),)


class FirstForms(dict[str, str]):
    """The likeliest form of each token. A dict: to ask `lru_cache` for every token of a text takes twice as long."""

    def __missing__(self, text: str) -> str:
        if len(self) >= MEMORY:
            self.clear()
        self[text] = form = look_up_forms(text)[0]
        return form


@cache
def first_forms() -> FirstForms:
    """The forms that were looked up so far in this process."""
    return FirstForms()


def cut_of_form(text: str, form: int) -> tuple[int, int]:
    """How many characters of a token, at its beginning and its end, its form of that number leaves out."""
    if not form:
        return 0, 0
    prefix = ARABIC_PREFIX.match(text.translate(ARABIC_SIGNS))
    particle = HANGUL_PARTICLE.search(text)
    apostrophe = APOSTROPHE.search(text)
    if prefix and "\u0600" <= text[0] <= "\u06ff":
        return prefix.end(), 0
    return 0, len(particle[0]) if particle else len(text) - apostrophe.start() if apostrophe else 0


def latin_forms(text: str) -> tuple[str, ...]:
    """Latin words as they are compared; what stands before an apostrophe is a second guess (Ankara'da)."""
    folded = text.translate(SIGNS).casefold().replace(DOTTED_I, "i")
    base, apostrophe, _ = folded.partition("'")
    return (folded, base) if apostrophe and len(base) > 3 else (folded,)


@lru_cache(maxsize=MEMORY)
def name_key(name: str) -> str:
    """A name as a dictionary of names holds it: the first form of each of its tokens, a space between them."""
    if name.isascii() and name.replace(" ", "").isalpha():
        return " ".join(name.lower().split())  # thousands of names are looked up at the start
    return " ".join(tokenize(name, Span(0, len(name))).forms)
