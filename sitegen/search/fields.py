"""Turns a record into the fields that are searched, each a list of index terms."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from sitegen.model import Record, Term, TermRef
from sitegen.search.analyzer import Analyzer, fold, name_key, words


class Field(StrEnum):
    TITLE = "title"
    TEXT = "text"
    ENTITY = "entity"
    TAG = "tag"
    SOURCE = "source"


BOOSTS: Mapping[Field, int] = {Field.TITLE: 8, Field.TEXT: 1, Field.ENTITY: 2, Field.TAG: 2, Field.SOURCE: 1}
"""How much a hit in each field weighs; the order is the order of fields in the index."""


@dataclass(frozen=True, slots=True)
class FieldReader:
    """Reads the terms of each field of a record."""

    analyzer: Analyzer
    terms: Mapping[TermRef, Term]

    def read(self, record: Record) -> dict[Field, list[str]]:
        """The terms of every field of `record`, in the order they stand."""
        article, language = record.article, record.article.language.code
        readers: dict[Field, Callable[[], Iterable[str]]] = {
            Field.TITLE: lambda: self.analyzer.terms(article.title, language),
            Field.TEXT: lambda: self.analyzer.terms("\n".join(article.paragraphs), language),
            Field.ENTITY: lambda: self._names(entity.ref for entity in record.entities),
            Field.TAG: lambda: self._names(record.tags),
            Field.SOURCE: lambda: self._names([record.source] if record.source else []),
        }
        return {field: list(readers[field]()) for field in BOOSTS}

    def _names(self, refs: Iterable[TermRef]) -> Iterator[str]:
        for ref in refs:
            if ref in self.terms:
                yield from name_terms(self.terms[ref].name)


def name_terms(name: str) -> Iterator[str]:
    """The terms under which a name is found: its folded words, and all of them as one."""
    parts = [fold(word) for word in words(name)]
    yield from dict.fromkeys(parts)
    if len(parts) > 1:
        yield name_key(name)


def alias_targets(terms: Iterable[Term]) -> dict[str, list[Term]]:
    """Which terms each alias stands for, by the alias's key.

    An alias whose words are all in the name itself needs no entry: the name is found by it anyway.
    """
    targets: dict[str, list[Term]] = {}
    for term in terms:
        own = {fold(word) for word in words(term.name)}
        for alias in term.aliases:
            key = name_key(alias)
            if key and not {fold(word) for word in words(alias)} <= own and term not in targets.get(key, []):
                targets.setdefault(key, []).append(term)
    return targets
