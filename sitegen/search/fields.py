"""The fields that are searched."""

from collections.abc import Mapping
from enum import StrEnum


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
