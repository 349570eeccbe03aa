"""Turns a record into the fields that are searched, each a list of index terms."""

from collections import Counter
from collections.abc import Iterable, Mapping
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
    """Reads the terms of each field of a record: words of its texts, and one key for each name.

    Attributes:
        keys: the key of every name.
    """

    analyzer: Analyzer
    keys: Mapping[TermRef, str]

    def read(self, record: Record) -> dict[Field, Counter[str]]:
        """How often each term stands in every field of `record`."""
        article, language = record.article, record.article.language.code
        return {
            Field.TITLE: self.analyzer.count(article.title, language),
            Field.TEXT: self.analyzer.count("\n".join(article.paragraphs), language),
            Field.ENTITY: self._count(entity.ref for entity in record.entities),
            Field.TAG: self._count(record.tags),
            Field.SOURCE: self._count([record.source] if record.source else []),
        }

    def _count(self, refs: Iterable[TermRef]) -> Counter[str]:
        return Counter(key for ref in refs if (key := self.keys.get(ref)))


def key_names(terms: Mapping[TermRef, Term]) -> dict[TermRef, str]:
    """The key of every term's name; "" for a name without a word."""
    return {ref: name_key(term.name) for ref, term in terms.items()}
