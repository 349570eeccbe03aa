"""Marks in a text that survive Markdown: where a paragraph begins, where a mention begins and ends.

A paragraph's mark is made of noncharacters, which no body holds (they were made visible before): to Markdown it is no
part of a word, so that emphasis may begin after it. A mention's is made of letters of a script that the body does not
use: to Markdown it is a part of the name, so that underscores beside it mean what they meant.
"""

import re
from functools import cache
from typing import NamedTuple

PARAGRAPH, PARAGRAPH_END, PARAGRAPH_ZERO = "\ufdd2", "\ufdd3", 0xFDE0
SCRIPTS = (0x10350, 0x10530, 0x10600)
"""Where Old Permic, Caucasian Albanian and Linear A begin; a mention's mark takes the first that a body lacks."""
OPEN, CLOSE, END, ZERO, LETTERS = 0, 1, 2, 3, 13
"""What each letter of a script stands for, by its place."""


class Mark(NamedTuple):
    """One mark as it is found again: what begins or ends, and the number of the paragraph or mention."""

    begins_paragraph: bool
    begins_mention: bool
    number: int


def choose_script(text: str) -> int | None:
    """The script for the marks of mentions in `text`; None when it uses all of them."""
    return next((script for script in SCRIPTS if not _letters(script).search(text)), None)


def mark_paragraph(number: int) -> str:
    """The mark for the beginning of a paragraph."""
    return PARAGRAPH + _digits(number, PARAGRAPH_ZERO) + PARAGRAPH_END


def mark_mention(script: int, number: int, *, begins: bool) -> str:
    """The mark for the beginning or the end of a mention, in letters of `script`."""
    return chr(script + (OPEN if begins else CLOSE)) + _digits(number, script + ZERO) + chr(script + END)


def read_mark(written: str) -> Mark:
    """A mark as `mark_paragraph` or `mark_mention` wrote it."""
    if written[0] == PARAGRAPH:
        return Mark(True, False, _number(written, PARAGRAPH_ZERO))
    script = next(script for script in SCRIPTS if script <= ord(written[0]) < script + LETTERS)
    return Mark(False, ord(written[0]) == script + OPEN, _number(written, script + ZERO))


@cache
def mark_pattern(script: int | None) -> str:
    """A regular expression for any mark."""
    paragraph = rf"{PARAGRAPH}[\ufde0-\ufde9]+{PARAGRAPH_END}"
    if script is None:
        return paragraph
    first, zero = script, script + ZERO
    mention = f"[{chr(first)}{chr(first + CLOSE)}][{chr(zero)}-{chr(zero + 9)}]+{chr(first + END)}"
    return f"{paragraph}|{mention}"


def strip_marks(text: str, script: int | None) -> str:
    """`text` without the remains of marks."""
    text = text if script is None else _letters(script).sub("", text)
    return _NONCHARACTERS.sub("", text)


_NONCHARACTERS = re.compile("[\ufdd0-\ufdef]")


@cache
def _letters(script: int) -> re.Pattern[str]:
    return re.compile(f"[{chr(script)}-{chr(script + LETTERS - 1)}]")


def _digits(number: int, zero: int) -> str:
    return "".join(chr(zero + int(digit)) for digit in str(number))


def _number(written: str, zero: int) -> int:
    return int("".join(str(ord(digit) - zero) for digit in written[1:-1]))
