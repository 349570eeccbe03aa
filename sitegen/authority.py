"""sitegen/data/authority.tsv -> Authority: who and what is known by name in every language, and under one id.

Tells names apart and nothing else: finding them in a text is `understand`'s work, and merging articles `archive`'s.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from sitegen.model import EntityType, Slug
from sitegen.urls import term_slug

AUTHORITY_FILE = Path(__file__).parent / "data" / "authority.tsv"
HOME_LANGUAGE = "id"
COLUMNS = 5
SHORT = 4
SIGNS = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "–": "-", "‑": "-", "\u00a0": " "})


@dataclass(frozen=True, slots=True)
class AuthorityEntry:
    """One known person, organization, place or event.

    Attributes:
        id: the slug of its Indonesian name, unique in the whole authority.
        names: its usual name by BCP 47 code; "id" is always there.
        aliases: its other names, in no particular language.
        wikidata: "Q…", or "" where we are not sure.
    """

    id: Slug
    type: EntityType
    names: Mapping[str, str]
    aliases: tuple[str, ...]
    wikidata: str


class KnownName(NamedTuple):
    """One name as it is looked up: whose it is, and the only language it counts in ("" for all)."""

    id: Slug
    language: str


def fold_name(name: str) -> str:
    """The form in which names are compared: white space and signs evened out, case ignored.

    Up to four capitals in a row keep their case, so that "AS", "US" and "WHO" are not "as", "us" and "who".
    """
    plain = " ".join(name.translate(SIGNS).split())
    return plain if len(plain) <= SHORT and plain.isupper() else plain.casefold()


@dataclass(frozen=True, slots=True)
class Authority:
    """Every entry, by id and by name.

    Attributes:
        entries: by id, in the order of the file.
        index: folded name -> whose it may be.
    """

    entries: Mapping[Slug, AuthorityEntry]
    index: Mapping[str, tuple[KnownName, ...]]

    def find(self, name: str, language: str = "") -> AuthorityEntry | None:
        """The entry known as `name` in `language` ("" when that is not known), or None when none or several are."""
        known = self.index.get(fold_name(name), ())
        ids = {each.id for each in known if not language or each.language in ("", language)}
        return self.entries[ids.pop()] if len(ids) == 1 else None

    def name(self, id: Slug, language: str) -> str:
        """The usual name of an entry in `language`, else in English, else in Indonesian; KeyError for an unknown id."""
        names = self.entries[id].names
        return names.get(language) or names.get("en") or names[HOME_LANGUAGE]


@cache
def load_authority() -> Authority:
    """The authority that comes with the package; ValueError with the line number when its file is malformed."""
    return parse_authority(AUTHORITY_FILE.read_text("utf-8"))


def parse_authority(text: str) -> Authority:
    """An authority from tab-separated rows: type, Wikidata id, Indonesian name, "en=…; ru=…", "alias; id:alias".

    An alias or name that begins with a language code and a colon counts in that language alone.
    """
    entries: dict[Slug, AuthorityEntry] = {}
    index: dict[str, dict[KnownName, None]] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        try:
            entry, known = parse_row(line)
        except ValueError as error:
            raise ValueError(f"{AUTHORITY_FILE.name}:{number}: {error}") from error
        if entry.id in entries:
            raise ValueError(f"{AUTHORITY_FILE.name}:{number}: {entry.id} is there already")
        entries[entry.id] = entry
        for name, language in known:
            index.setdefault(fold_name(name), {})[KnownName(entry.id, language)] = None
    return Authority(MappingProxyType(entries), MappingProxyType({name: tuple(ids) for name, ids in index.items()}))


def parse_row(line: str) -> tuple[AuthorityEntry, list[tuple[str, str]]]:
    """The entry of one row, and its names each with the language it is restricted to ("" for none)."""
    columns = [column.strip() for column in line.split("\t")]
    if len(columns) != COLUMNS:
        raise ValueError(f"{len(columns)} columns instead of {COLUMNS}")
    kind, wikidata, home, others, aliases = columns
    pairs = [part.partition("=")[::2] for part in parts(others)]
    names = {HOME_LANGUAGE: home, **{language: name for language, name in pairs if name}}
    tagged = [split_language(alias) for alias in parts(aliases)]
    entry = AuthorityEntry(term_slug(home), EntityType(kind), names, tuple(name for name, _ in tagged), wikidata)
    return entry, [*((name, "") for name in names.values()), *tagged]


def parts(cell: str) -> Iterable[str]:
    """The members of a cell, which stand between semicolons."""
    return (part.strip() for part in cell.split(";") if part.strip())


def split_language(alias: str) -> tuple[str, str]:
    """An alias and the language it is restricted to: "id:AS" -> ("AS", "id"), "Korut" -> ("Korut", "")."""
    language, colon, name = alias.partition(":")
    return (name, language) if colon and len(language) == 2 and language.islower() else (alias, "")
