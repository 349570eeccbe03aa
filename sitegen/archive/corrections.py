"""seeds/entities.toml -> Corrections: what a person says of names, which beats every rule.

[[merge]]     names = ["Bung Karno", "Soekarno"], into = "Sukarno"      several names, one entity
[[split]]     name = "Kim", into = "Kim Yo Jong", articles = ["2018/…"]  in these articles it is somebody else
[[rename]]    name = "Sukarno", to = "Soekarno"                          what pages call it; addresses stay
[[retype]]    name = "Persib", type = "organization"
[[identify]]  name = "Persib", wikidata = "Q…"
[[veto]]      name = "Aurus Senat"                                        no name at all; articles = […] limits it
"""

import posixpath
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any

from sitegen.errors import InputError
from sitegen.model import EntityType, Problem, Severity
from sitegen.toml_file import line_of, parse_toml, unknown_key, wrong_type

FILE_NAME = "entities.toml"
NEEDED = {
    "merge": {"names", "into"},
    "split": {"name", "into", "articles"},
    "rename": {"name", "to"},
    "retype": {"name", "type"},
    "identify": {"name", "wikidata"},
    "veto": {"name"},
}
ALLOWED = {**NEEDED, "veto": {"name", "articles"}}
LISTS = {"names", "articles"}


@dataclass(frozen=True, slots=True)
class Row:
    """One correction: what it says of a name, in which articles (none named: all), and its line."""

    value: str
    articles: frozenset[str]
    line: int


@dataclass(frozen=True, slots=True)
class Corrections:
    """All corrections, each by the normal form of the name it is about."""

    path: str
    merge: Mapping[str, Row]
    split: Mapping[str, tuple[Row, ...]]
    rename: Mapping[str, Row]
    retype: Mapping[str, Row]
    identify: Mapping[str, Row]
    veto: Mapping[str, tuple[Row, ...]]

    def about(self) -> frozenset[str]:
        """The normal form of every name that some row is about."""
        return frozenset().union(*(getattr(self, item.name) for item in fields(self)[1:]))

    def places(self) -> frozenset[str]:
        """The articles that some row is for alone."""
        rows = (row for rows in (*self.split.values(), *self.veto.values()) for row in rows)
        return frozenset().union(*(row.articles for row in rows))

    def target(self, name: str) -> str:
        """The name that `name` was merged into, or itself."""
        while row := self.merge.get(normal(name)):
            name = row.value
        return name


@lru_cache(maxsize=1 << 18)
def normal(name: str) -> str:
    """A name as it is compared: compatibility forms, case and white space do not count."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def article_key(seed_path: str) -> str:
    """How a correction names an article: its seed's path without the ending."""
    return posixpath.splitext(seed_path)[0]


def parse_corrections(text: str, path: str) -> Corrections:
    """The corrections that the text of an entities.toml makes.

    Raises:
        InputError: every unknown key, unfit value, contradiction and cycle; contradicting rows are both named.
    """
    tables = parse_toml(text, path)
    problems = list(_shape_problems(tables, text, path))
    if problems:
        raise InputError(problems)
    single: dict[str, dict[str, Row]] = {kind: {} for kind in ("merge", "rename", "retype", "identify")}
    several: dict[str, dict[str, tuple[Row, ...]]] = {"split": {}, "veto": {}}
    for kind, name, row in _rows(tables, text):
        if kind in several:
            several[kind][name] = (*several[kind].get(name, ()), row)
        elif (other := single[kind].setdefault(name, row)).value != row.value:
            problems.append(_contradiction(path, row, other, f"'{name}' cannot also be {other.value!r}"))
    made = Corrections(
        path,
        merge=single["merge"],
        split=several["split"],
        rename=single["rename"],
        retype=single["retype"],
        identify=single["identify"],
        veto=several["veto"],
    )
    problems += _cycles(made)
    problems += _vetoed_twice(made)
    if problems:
        raise InputError(problems)
    return made


NO_CORRECTIONS = Corrections(FILE_NAME, {}, {}, {}, {}, {}, {})


def unused(corrections: Corrections, names: frozenset[str]) -> Iterator[Problem]:
    """A problem for every correction about a name (in its normal form) that no article holds."""
    for item in fields(corrections)[1:]:
        for name, rows in sorted(getattr(corrections, item.name).items()):
            if name not in names:
                row = rows[0] if isinstance(rows, tuple) else rows
                message = f"no article names {name!r}; mend the name or drop the row"
                yield Problem(corrections.path, row.line, item.name, message, Severity.NOTE)


def _rows(tables: Mapping[str, Any], text: str) -> Iterator[tuple[str, str, Row]]:
    for kind, rows in tables.items():
        for nth, row in enumerate(rows):
            value = row.get("into") or row.get("to") or row.get("type") or row.get("wikidata") or ""
            articles = frozenset(article_key(article) for article in row.get("articles", ()))
            made = Row(value, articles, line_of(text, kind, nth))
            for name in row.get("names", ()) or (row["name"],):
                if not (kind == "merge" and normal(name) == normal(value)):
                    yield kind, normal(name), made


def _shape_problems(tables: Mapping[str, Any], text: str, path: str) -> Iterator[Problem]:
    for kind, rows in tables.items():
        if kind not in NEEDED:
            yield unknown_key(path, line_of(text, kind), kind, NEEDED)
        elif not isinstance(rows, list):
            yield wrong_type(path, line_of(text, kind), kind, rows, f"a list of tables, each headed [[{kind}]]")
        else:
            for nth, row in enumerate(rows):
                yield from _row_problems(kind, row, line_of(text, kind, nth), path, text)


def _row_problems(kind: str, row: Mapping[str, Any], row_line: int, path: str, text: str) -> Iterator[Problem]:
    for key in sorted(NEEDED[kind] - row.keys()):
        yield Problem(path, row_line, kind, f"'{key}' is missing", Severity.ERROR)
    for key, value in row.items():
        line = line_of(text, key, after=row_line)
        if key not in ALLOWED[kind]:
            yield unknown_key(path, line, key, ALLOWED[kind])
        elif key in LISTS and not (isinstance(value, list) and value and all(map(_is_text, value))):
            yield wrong_type(path, line, key, value, "a list of texts")
        elif key not in LISTS and not _is_text(value):
            yield wrong_type(path, line, key, value, "a text")
        elif key == "type" and value not in list(EntityType):
            yield wrong_type(path, line, key, value, f"one of {', '.join(EntityType)}")


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _contradiction(path: str, row: Row, other: Row, what: str) -> Problem:
    return Problem(path, row.line, "", f"contradicts line {other.line}: {what}; keep one of the two", Severity.ERROR)


def _cycles(corrections: Corrections) -> Iterator[Problem]:
    for name in sorted(corrections.merge):
        seen, following = [name], normal(corrections.merge[name].value)
        while following in corrections.merge and following not in seen:
            seen.append(following)
            following = normal(corrections.merge[following].value)
        if following == min(seen) == name:
            lines = ", ".join(str(corrections.merge[member].line) for member in seen)
            message = f"merges go round in a circle: {' -> '.join([*seen, name])} (lines {lines}); drop one"
            yield Problem(corrections.path, corrections.merge[name].line, "merge", message, Severity.ERROR)


def _vetoed_twice(corrections: Corrections) -> Iterator[Problem]:
    for name, rows in sorted(corrections.veto.items()):
        for row in rows:
            for kind in ("merge", "rename", "retype", "identify"):
                other = getattr(corrections, kind).get(name)
                if other and not row.articles:
                    yield _contradiction(corrections.path, row, other, f"'{name}' is vetoed here and kept there")
