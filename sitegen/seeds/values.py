"""Single values of front matter -> typed values. Raises WrongValue where a field cannot have a value."""

import re
from datetime import date as calendar_date
from datetime import time
from functools import lru_cache
from typing import TypeVar
from urllib.parse import urlsplit

from sitegen.model import Dating, EntityType, Precision, StatedEntity
from sitegen.seeds.front_matter import Fields, Items, Scalar, Value
from sitegen.seeds.names import split_names
from sitegen.urls import SLUG_LENGTH

Listed = TypeVar("Listed", bound=tuple[object, ...])

LONGEST_ID = 40
MOST_TEXTS = 200
"""In one list. Each becomes a page, and every page of a term shows all terms of its articles."""

ID = re.compile(r"[a-z0-9-]+")
DATE = re.compile(
    r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2})(?:(?:[Tt]|[ \t]+)(\d{1,2}):(\d\d)(?::(\d\d)(?:\.\d*)?)?"
    r"[ \t]*(?:Z|[+-]\d\d?(?::?\d\d)?)?)?)?)?",
    re.ASCII,
)
LANGUAGE = re.compile(
    r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|[0-9]{3}))?((?:[-_](?:[A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*)"
)
WEB_ADDRESS = re.compile(r"https?://[^\s/?#\x00-\x1f<>\"]+[^\s\x00-\x1f<>\"]*", re.IGNORECASE)
LINE_END = re.compile(r"\s*[\r\n]+\s*")


@lru_cache(maxsize=1024)
def normal_key(key: str) -> str:
    """A field's name whatever its case and hyphens."""
    return key.strip().lower().replace("-", "_").replace(" ", "_")


class WrongValue(Exception):  # noqa: N818 - of a person's making, and shown as a Problem
    """A value that its field cannot have: its line, and the message."""

    def __init__(self, value: Value, message: str) -> None:
        self.line = value.line
        super().__init__(message)


def read_text(value: Value) -> str:
    """A single text, on one line."""
    if isinstance(value, Scalar):
        text = (value.text or "").strip()
        return LINE_END.sub(" ", text) if "\n" in text or "\r" in text else text
    kind = "a list" if isinstance(value, Items) else "fields"
    raise WrongValue(value, f"not text: {kind} (expected a single text)")


def read_texts(value: Value) -> tuple[str, ...]:
    """A list of texts; a single text is a list of one."""
    if isinstance(value, Fields):
        raise WrongValue(value, "not a list: fields (expected a list of texts)")
    if isinstance(value, Scalar):
        return tuple(part for part in [read_text(value)] if part)
    return _few(value, tuple(text for text in map(read_text, value.values) if text))


def read_names(value: Value) -> tuple[str, ...]:
    """A list of people or media, or a text that names them."""
    return split_names(read_text(value)) if isinstance(value, Scalar) else read_texts(value)


def read_list(value: Value) -> tuple[str, ...]:
    """A list, or a text with commas."""
    if isinstance(value, Scalar):
        return _few(value, tuple(part.strip() for part in read_text(value).split(",") if part.strip()))
    return read_texts(value)


def _few(value: Value, listed: Listed) -> Listed:
    """`listed`, unless there is more of it than one article can have use for."""
    if len(listed) > MOST_TEXTS:
        raise WrongValue(value, f"a list of {len(listed)}, and {MOST_TEXTS} are the most; keep those that matter")
    return listed


def read_id(value: Value) -> str:
    """An article id that a person chose."""
    return _identifier(value, "an id", LONGEST_ID)


def read_slug(value: Value) -> str:
    """A slug that a person chose."""
    return _identifier(value, "a slug", SLUG_LENGTH)


def _identifier(value: Value, what: str, longest: int) -> str:
    text = read_text(value)
    if ID.fullmatch(text) and len(text) <= longest:
        return text
    raise WrongValue(value, f"not {what}: {_shown(text)} (expected 1 to {longest} of a-z, 0-9 and hyphens)")


def read_date(value: Value) -> Dating | None:
    """A date as written, to the day, month or year; a time of day is checked and left out."""
    text = read_text(value)
    match = DATE.fullmatch(text)
    if match is None or not _exists(match):
        raise WrongValue(value, f"not a date: {_shown(text)} (expected YYYY-MM-DD)")
    year, month, day = match.group(1, 2, 3)
    parts = [year, *(part.zfill(2) for part in (month, day) if part)]
    precision = (Precision.YEAR, Precision.MONTH, Precision.DAY)[len(parts) - 1]
    return Dating("-".join(parts), precision, 1.0, "stated", None)


def _exists(match: re.Match[str]) -> bool:
    year, month, day, hour, minute, second = (
        int(part or default) for part, default in zip(match.groups(), "011000", strict=True)
    )
    try:
        calendar_date(year, month, day)
        time(hour, minute, 59 if second == 60 else second)
    except ValueError:
        return False
    return True


def read_language(value: Value) -> str:
    """A BCP 47 code in its usual case."""
    text = read_text(value)
    match = LANGUAGE.fullmatch(text)
    if match is None:
        raise WrongValue(value, f"not a language code: {_shown(text)} (expected one such as id, en or zh-Hant)")
    language, script, region, variants = match.groups()
    parts = [language.lower(), *filter(None, (script and script.title(), region and region.upper()))]
    return "-".join(parts) + variants.replace("_", "-").lower()


def read_source(value: Value) -> str:
    """A domain or a name; of a web address its host."""
    text = read_text(value)
    return (_host(text) or text) if WEB_ADDRESS.fullmatch(text) else text


def read_source_url(value: Value) -> str:
    """An address on the web."""
    text = read_text(value)
    if WEB_ADDRESS.fullmatch(text) and _host(text):
        return text
    raise WrongValue(value, f"not a web address: {_shown(text)} (expected https://…)")


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def read_entities(value: Value) -> tuple[StatedEntity, ...]:
    """Names, or names with their types."""
    if isinstance(value, Items):
        return _few(value, tuple(_entity(item) for item in value.values))
    if isinstance(value, Fields):
        raise WrongValue(value, "not a list: fields (expected a list of names, or of `name:` with `type:`)")
    return tuple(StatedEntity(name, None) for name in read_list(value))


def _entity(value: Value) -> StatedEntity:
    if not isinstance(value, Fields):
        name, kind = read_text(value), None
    else:
        fields = {normal_key(key): field for key, _, field in value.pairs}
        name = read_text(fields["name"]) if "name" in fields else ""
        kind = fields.get("type")
    if not name:
        raise WrongValue(value, "an entity without a name (expected `name:`)")
    return StatedEntity(name, None if kind is None or kind == (kind.line, None) else _entity_type(kind))


def _entity_type(value: Value) -> EntityType:
    text = read_text(value).lower()
    text = "organization" if text == "organisation" else text
    if text in set(EntityType):
        return EntityType(text)
    raise WrongValue(value, f"not a type of entity: {_shown(text)} (expected {', '.join(EntityType)})")


def _shown(text: str) -> str:
    return repr(text if len(text) <= 80 else text[:79] + "…")
