"""Turns an archive's records into what the page shows and filters: blocks of summaries, columns, lengths."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

import numpy as np
import regex

from sitegen.locale import language_name
from sitegen.model import Archive, Record, TermKind, Url
from sitegen.search.bits import Integers, pack_rice, pack_varints, rice_parameters
from sitegen.search.columns import Numbers
from sitegen.search.dictionary import ENTITY_KINDS
from sitegen.urls import SLUG_LENGTH

BLOCK_SMALLEST = 16
MOST_BLOCKS = 800
WORD = regex.compile("[a-z0-9]+")


def block_size(count: int) -> int:
    """How many summaries share a file: a power of two, so that blocks rarely move."""
    size = BLOCK_SMALLEST
    while count > size * MOST_BLOCKS:
        size *= 2
    return size


def summary_blocks(archive: Archive, size: int) -> Iterator[dict[str, list[str]]]:
    """What results show, `size` articles a block, one list a column; `urls` are shortened."""
    for start in range(0, len(archive.records), size):
        records = archive.records[start : start + size]
        yield {
            "titles": [record.article.title for record in records],
            "urls": [short_url(record) for record in records],
            "dates": [record_date(record) for record in records],
            "sources": [archive.terms[record.source].name if record.source else "" for record in records],
            "languages": [record.article.language.code for record in records],
        }


def record_date(record: Record) -> str:
    """The date as far as it is known: "2024-03-20", "2024-03", "2024" or ""."""
    return record.article.published.date if record.article.published else ""


def short_url(record: Record) -> str:
    """The article's id where the address follows from it and the title, as `longUrl` of the page has it; else all."""
    slug = "-".join(WORD.findall(record.article.title.lower())) if record.article.title.isascii() else ""
    short = record.article.id
    if slug and len(slug) <= SLUG_LENGTH and record.url == Url(f"/articles/{slug}-{short}/"):
        return short
    return record.url


def describe_columns(archive: Archive, language: str) -> dict[str, Any]:
    """What filters compare, by article number, and what the values mean.

    `sources` and `languages` are places in the lists of names, -1 for none; `types` has a bit for each kind of entity
    that the article names; `dates` are runs of one date and how many articles have it, "" when unknown.
    """
    sources = [term for ref, term in sorted(archive.terms.items()) if ref.kind is TermKind.SOURCE]
    codes = sorted({record.article.language.code for record in archive.records})
    source_places = {term.id: place for place, term in enumerate(sources)}
    code_places = {code: place for place, code in enumerate(codes)}
    records = archive.records
    return {
        "names": {
            "sources": [{"name": term.name} for term in sources],
            "languages": [{"code": code, "name": language_name(code, language)} for code in codes],
            "types": [{"code": kind.value} for kind in ENTITY_KINDS],
        },
        "sources": [source_places.get(record.source.id, -1) if record.source else -1 for record in records],
        "languages": [code_places[record.article.language.code] for record in records],
        "types": [type_bits(record) for record in records],
        "dates": [[date, len(list(run))] for date, run in groupby(map(record_date, records))],
    }


def type_bits(record: Record) -> int:
    """A bit for each kind of entity that the article names, the first kind lowest."""
    kinds = {entity.ref.kind for entity in record.entities}
    return sum(1 << bit for bit, kind in enumerate(ENTITY_KINDS) if kind in kinds)


def pack_lengths(lengths: Iterable[Numbers]) -> bytes:
    """The lengths of some fields, each as its Rice parameter, its middle value, and how far each is from the middle.

    Distances below the middle are odd, those from it on are even, so that all are numbers from 0.
    """
    packed = (_pack_column(column.astype(np.int64)) for column in lengths)
    return b"".join(pack_varints([len(column)]) + column for column in packed)


def _pack_column(column: Integers) -> bytes:
    middle = int(np.median(column)) if len(column) else 0
    distances = np.where(column < middle, 2 * (middle - column) - 1, 2 * (column - middle))
    [parameter] = rice_parameters(distances, np.array([0, len(column)])).tolist()
    return pack_varints([parameter, middle]) + pack_rice(distances, np.full(len(column), parameter))
