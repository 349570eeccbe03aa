"""Fields of front matter -> Stated: what a document says of itself, each value checked. Knows nothing of YAML."""

import difflib
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from sitegen.errors import InputError
from sitegen.model import Problem, Severity, Stated
from sitegen.seeds.front_matter import Fields, Value
from sitegen.seeds.values import (
    WrongValue,
    normal_key,
    read_date,
    read_entities,
    read_id,
    read_language,
    read_list,
    read_names,
    read_slug,
    read_source,
    read_source_url,
    read_text,
)

SYNONYMS = {
    "id": ("id",),
    "slug": ("slug",),
    "title": ("title", "headline"),
    "description": ("description", "summary"),
    "date": ("date", "published"),
    "language": ("language", "lang"),
    "source": ("source",),
    "source_url": ("source_url", "url", "link"),
    "dateline": ("dateline",),
    "byline": ("byline", "author", "authors"),
    "attribution": ("attribution",),
    "tags": ("tags", "keywords"),
    "entities": ("entities",),
    "licence": ("licence", "license"),
}
"""The names of each field; where a document uses several, the first of these counts."""
FIELDS = {name: field for field, names in SYNONYMS.items() for name in names}
NEAR = 0.8


class Reading(NamedTuple):
    """What was stated, and notes on fields that were not read."""

    stated: Stated
    notes: tuple[Problem, ...]


def read_stated(fields: Fields, path: str) -> Reading:
    """What the fields of the front matter of `path` state.

    Raises:
        InputError: with a problem for every value that its field cannot have.
    """
    chosen: dict[str, tuple[str, Value]] = {}
    notes: list[Problem] = []
    for key, line, value in sorted(fields.pairs, key=_rank):
        name = normal_key(key)
        field = FIELDS.get(name)
        if field is None:
            notes.extend(_note_near(path, line, key, name))
        elif field in chosen:
            message = f"not read, for {chosen[field][0]!r} says the same: keep one"
            notes.append(Problem(path, line, key, message, Severity.NOTE))
        else:
            chosen[field] = (key, value)
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for field, (key, value) in chosen.items():
        try:
            values[field] = None if value == (value.line, None) else READERS[field](value)
        except WrongValue as wrong:
            problems.append(Problem(path, wrong.line, key, str(wrong), Severity.ERROR))
    if problems:
        raise InputError(problems)
    return Reading(Stated(**values), tuple(sorted(notes)))


def _rank(pair: tuple[str, int, Value]) -> tuple[int, int]:
    """Puts a field's own name before its synonyms."""
    key, line, _ = pair
    name = normal_key(key)
    names = SYNONYMS.get(FIELDS.get(name, ""), (name,))
    return names.index(name), line


def _note_near(path: str, line: int, key: str, name: str) -> Iterator[Problem]:
    near = _nearest(name)
    if near:
        yield Problem(path, line, key, f"not a field; did you mean {near!r}?", Severity.NOTE)


@lru_cache(maxsize=1024)
def _nearest(name: str) -> str:
    return next(iter(difflib.get_close_matches(name[:40], sorted(FIELDS), 1, NEAR)), "")


READERS: dict[str, Callable[[Value], Any]] = {
    "id": read_id,
    "slug": read_slug,
    "title": read_text,
    "description": read_text,
    "date": read_date,
    "language": read_language,
    "source": read_source,
    "source_url": read_source_url,
    "dateline": read_text,
    "byline": read_names,
    "attribution": read_names,
    "tags": read_list,
    "entities": read_entities,
    "licence": read_text,
}
