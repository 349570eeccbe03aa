"""Turns a record into the fields that are searched, each with its different index terms."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from sitegen.model import Record, Term, TermRef
from sitegen.search.analyzer import name_key
from sitegen.search.words import ArticleWords, Counted, count_terms


class Field(StrEnum):
    TITLE = "title"
    TEXT = "text"
    ENTITY = "entity"
    TAG = "tag"
    SOURCE = "source"


BOOSTS: Mapping[Field, int] = {Field.TITLE: 8, Field.TEXT: 1, Field.ENTITY: 2, Field.TAG: 2, Field.SOURCE: 1}
"""How much a hit in each field weighs; the order is the order of fields in the index."""

PLACES: Mapping[Field, int] = {field: place for place, field in enumerate(BOOSTS)}


@dataclass(frozen=True, slots=True)
class FieldReader:
    """Reads the terms of each field of a record: the words of its texts, and one key for each name.

    Attributes:
        keys: the key of every name.
    """

    keys: Mapping[TermRef, str]

    def read(self, record: Record, words: ArticleWords) -> dict[Field, Counted]:
        """How often each term stands in every field of `record`."""
        return {
            Field.TITLE: words.title,
            Field.TEXT: words.text,
            Field.ENTITY: self._count(entity.ref for entity in record.entities),
            Field.TAG: self._count(record.tags),
            Field.SOURCE: self._count([record.source] if record.source else []),
        }

    def _count(self, refs: Iterable[TermRef]) -> Counted:
        return count_terms(Counter([key for ref in refs if (key := self.keys.get(ref))]))


def key_names(terms: Mapping[TermRef, Term]) -> dict[TermRef, str]:
    """The key of every term's name; "" for a name without a word."""
    return {ref: name_key(term.name) for ref, term in terms.items()}
