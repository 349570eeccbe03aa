"""Prose -> words and their number. What search makes of words is its own affair."""

import regex

WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:['’.-][\p{L}\p{M}\p{N}]+)*")
UNSPACED_RANGES = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
"""Thai, Lao, Burmese, Khmer, kana and Han, for the inside of a class of characters."""
UNSPACED = regex.compile(rf"[{UNSPACED_RANGES}]")
CHARACTERS_A_WORD = 2


def count_words(text: str) -> int:
    """How many words `text` has.

    A word is a run of letters, marks and digits, with the apostrophes, hyphens and points inside it. In scripts that
    put no spaces between words, two characters count as one word.
    """
    characters = 0 if text.isascii() else len(UNSPACED.findall(text))
    spaced = UNSPACED.sub(" ", text) if characters else text
    return len(WORD.findall(spaced)) + (characters + 1) // CHARACTERS_A_WORD
