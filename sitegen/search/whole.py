"""Writes an inverted index in lunr's own published form: one value that lunr.js and lunr.py load as it is."""

import math
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from lunr.builder import Builder

from sitegen.search.columns import FIELDS, Columns
from sitegen.search.fields import BOOSTS, Field
from sitegen.search.vocabulary import utf16_order
from sitegen.search.words import Counted

VERSION = "2.3.9"
K1, B = 1.2, 0.75
"""lunr's own defaults: how soon a repeated word adds no more, and how much a long field counts for less."""


def whole_index(columns: Columns) -> dict[str, Any]:
    """The index of `columns`, ready to be written as JSON: lunr's weights, rounded to three decimals as lunr does."""
    idf = lunr_idf(columns)
    inverted: list[list[Any]] = [[term, {"_index": rank}] for rank, term in enumerate(columns.terms)]
    vectors: dict[str, list[float]] = {f"{field}/{n}": [] for n in range(columns.count) for field in BOOSTS}
    for place, (field, boost) in enumerate(BOOSTS.items()):
        lengths = columns.lengths[field]
        average = int(lengths.sum()) / max(columns.count, 1)
        for rank, entry in enumerate(inverted):
            part = slice(*columns.starts[rank * FIELDS + place :][:2])
            documents = columns.documents[part].tolist()
            entry[1][field.value] = {str(document): {} for document in documents}
            for document, frequency in zip(documents, columns.frequencies[part].tolist(), strict=True):
                norm = 1 - B + B * (int(lengths[document]) / average)
                weight = idf[rank] * ((K1 + 1) * frequency) / (K1 * norm + frequency) * boost
                vectors[f"{field}/{document}"] += (rank, round(weight, 3))
    return _serialized(inverted, list(vectors.items()))


def lunr_idf(columns: Columns) -> list[float]:
    """Lunr's inverse document frequency of each term: a document counts once for each field that has the term."""
    known: dict[int, float] = {}
    for frequency in np.unique(columns.document_frequencies()).tolist():
        known[frequency] = math.log(1 + abs((columns.count - frequency + 0.5) / (frequency + 0.5)))
    return [known[frequency] for frequency in columns.document_frequencies().tolist()]


def build_with_lunr(documents: Iterable[Mapping[Field, Counted]]) -> dict[str, Any]:
    """The same index as the lunr package builds it, some ten times slower: what `whole_index` is held against."""
    builder = Builder()
    builder.ref("number")
    for field, boost in BOOSTS.items():
        builder.field(field.value, boost=boost)
    for number, document in enumerate(documents):
        builder.add({"number": number} | {field.value: terms.elements() for field, terms in document.items()})
    if not builder.document_count:
        return _serialized([], [])
    built = builder.build().serialize()
    ranks = {
        term: rank for rank, term in enumerate(sorted((term for term, _ in built["invertedIndex"]), key=utf16_order))
    }
    by_index = {entry["_index"]: ranks[term] for term, entry in built["invertedIndex"]}
    inverted = [[term, entry | {"_index": ranks[term]}] for term, entry in built["invertedIndex"]]
    vectors = [[ref, _renumbered(elements, by_index)] for ref, elements in built["fieldVectors"]]
    return _serialized(sorted(inverted, key=lambda entry: entry[1]["_index"]), vectors)


def _renumbered(elements: list[float], ranks: Mapping[int, int]) -> list[float]:
    pairs = sorted((ranks[int(index)], weight) for index, weight in zip(elements[::2], elements[1::2], strict=True))
    return [number for pair in pairs for number in pair]


def _serialized(inverted: list[list[Any]], vectors: list[Any]) -> dict[str, Any]:
    return {
        "version": VERSION,
        "fields": [field.value for field in BOOSTS],
        "fieldVectors": [list(vector) for vector in vectors],
        "invertedIndex": inverted,
        "pipeline": [],
    }
