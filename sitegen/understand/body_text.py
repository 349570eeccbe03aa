"""Characters as they may stand in a page: escaped, visible where HTML forbids them, with the direction they run in."""

import re
import unicodedata

FORBIDDEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(f"\\U{plane:04x}fffe\\U{plane:04x}ffff" for plane in range(1, 17))
    + "]"
)
RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc\U00010800-\U0001efff]")
"""What may run from right to left; one range beyond the basic plane, for speed."""
SUSPECT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe-\U0010ffff]")
"""All that is forbidden and more, in one range beyond the basic plane, where `re` is ten times as quick."""
ESCAPED = "&\xa0<>"
"""All that `escape` changes."""
DIRECTIONS = {"L": "ltr", "R": "rtl", "AL": "rtl"}


def show_forbidden(text: str) -> str:
    """`text`, of the same length, with what HTML forbids made visible.

    Control characters become their pictures (U+2400 and on); C1 controls, noncharacters and surrogates, which have
    none, U+FFFD. Carriage returns become spaces: they belong to line ends.
    """
    text = text.replace("\r", " ")
    return FORBIDDEN.sub(_show, text) if SUSPECT.search(text) else text


def _show(match: re.Match[str]) -> str:
    char = match[0]
    if char < " ":
        return chr(0x2400 + ord(char))
    return "\u2421" if char == "\x7f" else "\ufffd"


def escape(text: str) -> str:
    """`text` for the inside of an element, written as nh3 writes it."""
    return text.replace("&", "&amp;").replace("\xa0", "&nbsp;").replace("<", "&lt;").replace(">", "&gt;")


def escape_attribute(text: str) -> str:
    """`text` for the inside of a double-quoted attribute."""
    return escape(text).replace('"', "&quot;")


def first_direction(text: str) -> str:
    """The direction of the first strongly directed character ("ltr" or "rtl"), or "" where there is none.

    Rule P2 of the Unicode Bidirectional Algorithm, isolates not skipped.
    """
    return next((DIRECTIONS[kind] for kind in map(unicodedata.bidirectional, text) if kind in DIRECTIONS), "")
