"""Builds one lunr index of the whole archive, in lunr's own published form, with the lunr package."""

from collections.abc import Iterable, Mapping
from typing import Any

from lunr.builder import Builder

from sitegen.search.fields import BOOSTS, Field


def build_whole(documents: Iterable[Mapping[Field, list[str]]]) -> dict[str, Any]:
    """The index of `documents`, whose references are their places in order, ready to be written as JSON.

    lunr.js 2.3.9 loads it with `lunr.Index.load`; terms stand in UTF-16 order, which lunr.js demands.
    """
    builder = Builder()
    builder.ref("number")
    for field, boost in BOOSTS.items():
        builder.field(field.value, boost=boost)
    for number, document in enumerate(documents):
        builder.add({"number": number} | {field.value: terms for field, terms in document.items()})
    if not builder.document_count:
        return {"version": "2.3.9", "fields": list(BOOSTS), "fieldVectors": [], "invertedIndex": [], "pipeline": []}
    whole: dict[str, Any] = builder.build().serialize()
    whole["invertedIndex"].sort(key=lambda entry: utf16_order(entry[0]))
    return whole


def utf16_order(term: str) -> bytes:
    """A key that sorts terms as JavaScript compares strings."""
    return term.encode("utf-16-be", "surrogatepass")
