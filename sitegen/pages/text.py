"""Text from seeds -> text that a page, a feed or a citation can show."""

import re

LEAD_WORDS = 25
LEAD_LENGTH = 200
NONCHARACTERS = "".join(chr(plane + last) for plane in range(0, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF))
UNSEEN = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef{NONCHARACTERS}]")
SPACE = re.compile(r"\s+")


def show(text: str) -> str:
    """`text` on one line, without the characters that HTML and XML forbid."""
    # Most text is printable and has single spaces: then nothing is to be done, and that is quickly told.
    if text.isprintable() and "  " not in text:
        return text.strip()
    return SPACE.sub(" ", UNSEEN.sub("", text)).strip()


def shorten(text: str, length: int) -> str:
    """At most `length` characters from the start of `text`, cut between words where there are words."""
    if len(text) <= length:
        return text
    cut = text.rfind(" ", length // 2, length + 1)
    return text[: cut if cut > 0 else length].rstrip()


def first_words(text: str) -> str:
    """The first LEAD_WORDS words of `text`, or as many as LEAD_LENGTH characters hold."""
    return shorten(" ".join(text.split(maxsplit=LEAD_WORDS)[:LEAD_WORDS]), LEAD_LENGTH)
