"""Turns a record into the fields that are searched, each a list of index terms."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from sitegen.model import Record, Term, TermRef
from sitegen.search.analyzer import Analyzer, name_key


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
    """Reads the terms of each field of a record: words of its texts, and one key for each name."""

    analyzer: Analyzer
    terms: Mapping[TermRef, Term]

    def read(self, record: Record) -> dict[Field, list[str]]:
        """The terms of every field of `record`, in the order they stand."""
        article, language = record.article, record.article.language.code
        return {
            Field.TITLE: self.analyzer.words(article.title, language),
            Field.TEXT: self.analyzer.words("\n".join(article.paragraphs), language),
            Field.ENTITY: list(self._keys(entity.ref for entity in record.entities)),
            Field.TAG: list(self._keys(record.tags)),
            Field.SOURCE: list(self._keys([record.source] if record.source else [])),
        }

    def _keys(self, refs: Iterable[TermRef]) -> Iterator[str]:
        keys = (name_key(self.terms[ref].name) for ref in refs if ref in self.terms)
        return (key for key in keys if key)
