"""Turns an archive's records into what the page shows and filters: blocks of summaries, columns, lengths."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, groupby
from typing import Any

import numpy as np
import orjson

from sitegen.locale import language_name
from sitegen.model import ENTITY_KINDS, Archive, Record, TermRef
from sitegen.search.bits import Integers, distances, pack_rice, pack_varints, rice_parameters, sized
from sitegen.search.vocabulary import Numbers
from sitegen.urls import SLUG_LENGTH

BLOCK_SMALLEST = 16
MOST_BLOCKS = 800
WORD = re.compile("[a-z0-9]+")


def block_size(count: int) -> int:
    """How many summaries share a file: a power of two, so that blocks rarely move."""
    size = BLOCK_SMALLEST
    while count > size * MOST_BLOCKS:
        size *= 2
    return size


@dataclass(frozen=True, slots=True)
class Numbered:
    """Numbers for what many articles have in common, in the order in which they come up: new ones go to the end.

    Attributes:
        sources, languages: each with its number; 0 is the source of articles without one.
        source_of, language_of: the numbers of each article's.
        dates: of each article, as far as it is known: "2024-03-20", "2024-03", "2024" or "".
    """

    sources: Mapping[TermRef | None, int]
    languages: Mapping[str, int]
    source_of: list[int]
    language_of: list[int]
    dates: list[str]


def number_names(archive: Archive) -> Numbered:
    """The sources and languages of an archive's articles."""
    sources: dict[TermRef | None, int] = {None: 0}
    languages: dict[str, int] = {}
    articles = [record.article for record in archive.records]
    return Numbered(
        sources,
        languages,
        [sources.setdefault(record.source, len(sources)) for record in archive.records],
        [languages.setdefault(article.language.code, len(languages)) for article in articles],
        [article.date for article in articles],
    )


@dataclass(frozen=True, slots=True)
class Summaries:
    """What results show of some neighbouring articles."""

    records: Sequence[Record]
    dates: Sequence[str]
    sources: Sequence[int]
    languages: Sequence[int]

    def made_from(self) -> bytes:
        """What makes the bytes: the same where they are."""
        texts = [(record.article.title, record.url) for record in self.records]
        return orjson.dumps((texts, self.dates, self.sources, self.languages))

    def pack(self) -> tuple[bytes]:
        """A line each for all titles, all addresses (shortened), dates, sources, languages."""
        columns = (
            [" ".join(record.article.title.split()) for record in self.records],
            map(short_url, self.records),
            self.dates,
            map(str, self.sources),
            map(str, self.languages),
        )
        return ("\n".join(chain.from_iterable(columns)).encode(),)


def summary_blocks(archive: Archive, numbered: Numbered, size: int) -> Iterator[Summaries]:
    """What results show, `size` articles a block."""
    for start in range(0, len(archive.records), size):
        own = slice(start, start + size)
        yield Summaries(archive.records[own], numbered.dates[own], numbered.source_of[own], numbered.language_of[own])


def short_url(record: Record) -> str:
    """The article's id where the address follows from it and the title, as `longUrl` of the page has it; else all."""
    short = record.article.id
    slug = "-".join([*WORD.findall(record.article.title.lower()), ""]) if record.article.title.isascii() else ""
    kept = slug[: slug.rfind("-", 0, SLUG_LENGTH + 1) + 1]
    return short if record.url == f"/articles/{kept}{short}/" else record.url


def describe_names(archive: Archive, numbered: Numbered, language: str) -> dict[str, Any]:
    """What the numbers in summaries and columns stand for, in words of the interface's language."""
    return {
        "sources": [{"name": archive.terms[ref].name if ref else ""} for ref in numbered.sources],
        "languages": [{"code": code, "name": language_name(code, language)} for code in numbered.languages],
        "types": [{"code": kind.value} for kind in ENTITY_KINDS],
    }


def describe_columns(archive: Archive, numbered: Numbered) -> dict[str, Any]:
    """What filters compare, by article number.

    `types` has a bit for each kind of entity that the article names; `dates` are runs of one date and how many
    articles have it, "" when unknown.
    """
    return {
        "sources": numbered.source_of,
        "languages": numbered.language_of,
        "types": type_bits(archive),
        "dates": [[date, len(list(run))] for date, run in groupby(numbered.dates)],
    }


def type_bits(archive: Archive) -> list[int]:
    """Of each article a bit for each kind of entity that it names, the first kind lowest."""
    bits = np.zeros(len(archive.records), np.int64)
    for bit, kind in enumerate(ENTITY_KINDS):
        named = [term.numbers for term in archive.terms.values() if term.kind is kind]
        has = np.zeros(len(bits), np.bool_)
        has[np.fromiter(chain.from_iterable(named), np.int64)] = True
        bits |= has.astype(np.int64) << bit
    types: list[int] = bits.tolist()
    return types


def pack_languages(numbers: Integers) -> bytes:
    """The number of each article's language, in unary: the languages that came up first are frequent."""
    return sized(pack_rice(numbers, np.zeros_like(numbers)))


def pack_lengths(lengths: Numbers) -> bytes:
    """The lengths of a field, as their Rice parameter, their middle, and distances from the middle."""
    values = lengths.astype(np.int64)
    middle = int(np.median(values)) if len(values) else 0
    numbers = distances(values, middle)
    [parameter] = rice_parameters(numbers, np.array([0, len(numbers)])).tolist()
    return sized(pack_varints([parameter, middle]) + pack_rice(numbers, np.full(len(numbers), parameter)))
