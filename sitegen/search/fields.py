"""The fields that are searched, and what stands in those of names: one term for each name."""

from array import array
from collections import Counter
from collections.abc import Mapping
from enum import StrEnum

from sitegen.model import Archive, Record, Term, TermRef
from sitegen.search.analyzer import name_key
from sitegen.search.words import Counted, count_terms


class Field(StrEnum):
    TITLE = "title"
    TEXT = "text"
    ENTITY = "entity"
    TAG = "tag"
    SOURCE = "source"


BOOSTS: Mapping[Field, int] = {Field.TITLE: 8, Field.TEXT: 1, Field.ENTITY: 2, Field.TAG: 2, Field.SOURCE: 1}
"""How much a hit in each field weighs; the order is the order of fields in the index."""

PLACES: Mapping[Field, int] = {field: place for place, field in enumerate(BOOSTS)}
TEXTS, NAMES = range(2), range(2, len(BOOSTS))
"""The places of the fields of texts, and of those of names."""


def key_names(terms: Mapping[TermRef, Term]) -> dict[TermRef, str]:
    """The key of every term's name; "" for a name without a word."""
    return {ref: name_key(term.name) for ref, term in terms.items()}


def count_names(archive: Archive) -> list[Counted]:
    """The keys of the names in each record's fields of names, record by record."""
    keys = key_names(archive.terms)
    return [_count(refs, keys) for record in archive.records for refs in name_fields(record)]


def name_fields(record: Record) -> tuple[list[TermRef], ...]:
    """The entities, tags and source of a record."""
    return [entity.ref for entity in record.entities], list(record.tags), [record.source] if record.source else []


def _count(refs: list[TermRef], keys: Mapping[TermRef, str]) -> Counted:
    own = [key for ref in refs if (key := keys.get(ref))]
    # Hardly ever do two names have the same key.
    return count_terms(Counter(own)) if len(set(own)) < len(own) else Counted(" ".join(own), array("I"))
