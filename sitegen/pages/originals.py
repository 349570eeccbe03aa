"""The file that an article was read from -> what is said of it on its page, and the files published beside that."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from posixpath import splitext
from typing import Any

from sitegen.model import Document, OutputFile, Record, Url
from sitegen.pages.edition import published_day
from sitegen.pages.records import to_json
from sitegen.pages.text import show
from sitegen.urls import output_path

SURE_ENCODINGS = frozenset({"utf-8", "utf_8", "utf-8-sig", "utf_8_sig", "ascii"})
INERT_ENDINGS = frozenset({".txt", ".text", ".md", ".markdown"})
"""Endings that no browser runs; a seed with another is published as text."""
WAYBACK_MACHINE = "https://web.archive.org/web/"


@dataclass(frozen=True, slots=True)
class SeedView:
    """The original file of an article; the addresses are None when files are not published."""

    path: str
    url: Url | None
    sha256: str
    size: int
    encoding: str
    encoding_confidence: float
    correction: Url | None


@dataclass(frozen=True, slots=True)
class OriginalView:
    """Where an article stood on the web before it came into the archive.

    Attributes:
        url: as the seed states it.
        day: when it stood there: the day of its publication, or "".
        archived: where the Wayback Machine shows what stood there then, or lists what it has.
    """

    url: str
    day: str
    archived: str


def original_view(record: Record, document: Document) -> OriginalView | None:
    """The original address of an article; None when its seed states none."""
    url = document.stated.source_url
    if not url:
        return None
    day = published_day(record)
    return OriginalView(url, day, f"{WAYBACK_MACHINE}{day.replace('-', '') or '*'}/{url}")


def seed_view(record: Record, document: Document, published: bool) -> SeedView:
    """The facts about the file that an article was read from."""
    seed = record.article.seed
    sure = document.encoding.lower() in SURE_ENCODINGS
    return SeedView(
        path=show(seed.path),
        url=seed_url(record) if published else None,
        sha256=seed.sha256,
        size=seed.size,
        encoding="" if sure else document.encoding,
        encoding_confidence=document.encoding_confidence,
        correction=Url(f"{record.url}correction.md") if published and seed.correction else None,
    )


def seed_url(record: Record) -> Url:
    """Where the exact bytes of an article's seed are published: as something that no browser runs."""
    ending = splitext(record.article.seed.path)[1].lower()
    if not (ending[1:].isascii() and ending[1:].isalnum()):
        ending = ""
    return Url(f"{record.url}seed{ending if ending in INERT_ENDINGS else ending + '.txt'}")


def article_files(
    record: Record, published: Mapping[str, Any], markdown: Callable[[Document], str]
) -> Iterator[OutputFile]:
    """The document, the record, as it is `published`, and the seed of an article."""
    document = record.article.document
    correction = document.seed.correction
    yield OutputFile(output_path(Url(f"{record.url}index.md")), markdown(document).encode())
    yield OutputFile(output_path(Url(f"{record.url}index.json")), to_json(published))
    yield OutputFile(output_path(seed_url(record)), document.seed.content)
    if correction:
        yield OutputFile(output_path(Url(f"{record.url}correction.md")), correction.content)
