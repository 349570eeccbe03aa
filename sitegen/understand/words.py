"""Prose -> words and their number. What search makes of words is its own affair."""

import re
from collections.abc import Sequence

import regex

UNSPACED_RANGES = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
"""Thai, Lao, Burmese, Khmer, kana and Han, for the inside of a class of characters."""
UNSPACED = re.compile(rf"[{UNSPACED_RANGES}]")
MARK = re.compile(r"[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u0670\u06d6-\u0dff\u0e31-\u109f]")
"""Letters of several characters, which `re` would tear apart: only texts with one of these need `regex`."""
WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
WORD_WITH_MARKS = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:['’.-][\p{L}\p{M}\p{N}]+)*")
CHARACTERS_A_WORD = 2
RARE_SIGN = re.compile(r"[^\x00-\x7f\w]")
WORDS_ALONE = bytes(code if code > 0x7F or chr(code).isalnum() else 0x20 for code in range(0x100))
"""For bytes.translate: signs of ASCII become spaces."""
JOINT = re.compile(r"['’.-](?<=[^\W_].)(?=[^\W_])")
NOT_AS_SPLIT = re.compile(rf"[{UNSPACED_RANGES}\u0130\u0300-\u036f\u0483-\u0489\u0591-\u0670\u06d6-\u109f]")
"""Where runs of letters are not words; small capital I with dot is a letter and a mark."""


def split_words(text: str) -> list[bytes]:
    """The runs of letters and digits in `text`, in order, in lower case and UTF-8."""
    return split_lower(text.lower())


def split_lower(lower: str) -> list[bytes]:
    """`split_words` of a text in lower case."""
    plain = lower if lower.isascii() else RARE_SIGN.sub(" ", lower)
    return plain.encode().translate(WORDS_ALONE).split()


def count_words(paragraphs: Sequence[str], runs: int) -> int:
    """How many words there are in `paragraphs`, in which `split_words` finds so many `runs`.

    A word is a run of letters, marks and digits, with the apostrophes, hyphens and points inside it. In scripts that
    put no spaces between words, two characters count as one word.
    """
    text = "\n".join(paragraphs)
    if NOT_AS_SPLIT.search(text):
        return sum(map(_count_rare, paragraphs))
    return runs - len(JOINT.findall(text))


def _count_rare(text: str) -> int:
    spaced, characters = UNSPACED.subn(" ", text)
    pattern = WORD_WITH_MARKS if MARK.search(spaced) else WORD
    return len(pattern.findall(spaced)) + (characters + 1) // CHARACTERS_A_WORD
