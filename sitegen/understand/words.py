"""Prose -> words and their number. What search makes of words is its own affair."""

import re

import regex

UNSPACED_RANGES = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
"""Thai, Lao, Burmese, Khmer, kana and Han, for the inside of a class of characters."""
UNSPACED = re.compile(rf"[{UNSPACED_RANGES}]")
MARK = re.compile(r"[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u0670\u06d6-\u0dff\u0e31-\u109f]")
"""Letters of several characters, which `re` would tear apart: only texts with one of these need `regex`."""
WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
WORD_WITH_MARKS = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:['’.-][\p{L}\p{M}\p{N}]+)*")
CHARACTERS_A_WORD = 2


def count_words(text: str) -> int:
    """How many words `text` has.

    A word is a run of letters, marks and digits, with the apostrophes, hyphens and points inside it. In scripts that
    put no spaces between words, two characters count as one word.
    """
    if text.isascii():
        return len(WORD.findall(text))
    spaced, characters = UNSPACED.subn(" ", text)
    pattern = WORD_WITH_MARKS if MARK.search(spaced) else WORD
    return len(pattern.findall(spaced)) + (characters + 1) // CHARACTERS_A_WORD
