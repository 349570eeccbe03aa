"""TOML that people write by hand -> values, with errors that name the line and the nearest known key."""

import re
import tomllib
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from sitegen.errors import InputError
from sitegen.model import Problem, Severity

DECODE_LINE = re.compile(r"at line (\d+)")


def parse_toml(text: str, path: str) -> dict[str, Any]:
    """The tables of a TOML text.

    Raises:
        InputError: it is not TOML; names the line.
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = DECODE_LINE.search(str(error))
        line = int(place[1]) if place else 0
        raise InputError([Problem(path, line, "", f"not valid TOML: {error}", Severity.ERROR)]) from error


def line_of(text: str, key: str, nth: int = 0, after: int = 0) -> int:
    """The line, from 1, that begins with `key` (or the table `[key]`) for the nth time; `after` when there is none.

    Args:
        after: the line of the table that holds the key, where it is in one; else 0.
    """
    pattern = re.compile(rf"^\s*(?:\[+\s*(?:[\w-]+\s*\.\s*)?)?[\"']?{re.escape(key)}[\"']?\s*(?:=|\.|\])", re.MULTILINE)
    found = [text.count("\n", 0, match.start()) + 1 + match[0].count("\n") for match in pattern.finditer(text)]
    found = [line for line in found if line > after]
    return found[nth] if nth < len(found) else after


def unknown_key(path: str, line: int, key: str, known: Iterable[str]) -> Problem:
    """The problem of a key that means nothing, with the key that was probably meant."""
    options = sorted(known)
    near = get_close_matches(key, options, n=1)
    remedy = f"did you mean '{near[0]}'?" if near else f"known keys: {', '.join(options)}"
    return Problem(path, line, key, f"unknown key ({remedy})", Severity.ERROR)


def wrong_type(path: str, line: int, key: str, value: object, expected: str) -> Problem:
    """The problem of a value of the wrong kind."""
    return Problem(path, line, key, f"not {expected}: {value!r}", Severity.ERROR)
