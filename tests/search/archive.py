"""Archives of few words for search tests and benchmarks: what search reads of an article, and nothing else."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sitegen.model import (
    Archive,
    Article,
    Dating,
    Document,
    Language,
    Precision,
    RawSeed,
    Record,
    RecordEntity,
    SeedFormat,
    Span,
    Stated,
    Term,
    TermKind,
    TermRef,
    Text,
)
from sitegen.urls import article_id, article_url, slug, term_slug, term_url

PRECISIONS = {4: Precision.YEAR, 7: Precision.MONTH, 10: Precision.DAY}


@dataclass(frozen=True, slots=True)
class Note:
    """What search reads of an article.

    Attributes:
        names: entities, as kind and name.
    """

    title: str
    text: str
    language: str = "id"
    date: str = ""
    source: str = ""
    names: tuple[tuple[TermKind, str], ...] = ()
    tags: tuple[str, ...] = ()
    path: str = ""


def make_archive(notes: Iterable[Note], aliases: dict[str, tuple[str, ...]] | None = None) -> Archive:
    """The archive of some notes, numbered by date.

    Args:
        aliases: other names by an entity's name.
    """
    found: dict[TermRef, list[int]] = defaultdict(list)
    names: dict[TermRef, str] = {}
    records = []
    for number, note in enumerate(sorted(notes, key=lambda note: note.date)):
        records.append(make_record(number, note))
        for ref, name in note_terms(note):
            names[ref] = name
            found[ref].append(number)
    terms = {
        ref: Term(
            kind=ref.kind,
            id=ref.id,
            url=term_url(ref.kind, ref.id),
            has_page=True,
            name=names[ref],
            language="",
            aliases=(aliases or {}).get(names[ref], ()),
            wikidata="",
            numbers=tuple(found[ref]),
        )
        for ref in sorted(found)
    }
    return Archive(tuple(records), terms, (), ())


def note_terms(note: Note) -> list[tuple[TermRef, str]]:
    """Every term of a note once, with its name."""
    named = [*note.names, *((TermKind.TAG, tag) for tag in note.tags)]
    if note.source:
        named.append((TermKind.SOURCE, note.source))
    return list({TermRef(kind, term_slug(name)): name for kind, name in named}.items())


def make_record(number: int, note: Note) -> Record:
    """The record of a note."""
    path = note.path or f"{number:06}.txt"
    document = make_document(note, path)
    article = Article(
        id=article_id(path),
        seed=document.seed.facts,
        encoding_confidence=document.encoding_confidence,
        slug=slug(note.title),
        title=note.title,
        language=Language(note.language, 0.99, "text"),
        source=None,
        published=Dating(note.date, PRECISIONS[len(note.date)], 0.9, "stated", None) if note.date else None,
        yearless=None,
        dateline=None,
        byline=(),
        attribution=(),
        mentions=(),
        surfaces=(),
        tags=None,
        keywords=(),
        words=len(note.text.split()),
        fingerprint=b"",
        opening=document.opening,
        text=Text(document, ""),
    )
    refs = [ref for ref, _ in note_terms(note)]
    groups = (TermKind.TAG, TermKind.SOURCE)
    return Record(
        number=number,
        url=article_url(article.slug, article.id),
        article=article,
        source=next((ref for ref in refs if ref.kind is TermKind.SOURCE), None),
        dateline=None,
        attribution=(),
        entities=tuple(RecordEntity(ref, ()) for ref in refs if ref.kind not in groups),
        tags=tuple(ref for ref in refs if ref.kind is TermKind.TAG),
        tag_words=tuple("" for ref in refs if ref.kind is TermKind.TAG),
        related=(),
        copies=(),
    )


def make_document(note: Note, path: str) -> Document:
    """The document of a note: its lines are its paragraphs."""
    spans, start = [], 0
    for line in note.text.split("\n"):
        spans.append(Span(start, start + len(line)))
        start += len(line) + 1
    return Document(
        seed=RawSeed(path, b"", ""),
        format=SeedFormat.TEXT,
        encoding="utf-8",
        encoding_confidence=1.0,
        text=note.text,
        prose=note.text,
        stated=Stated(),
        title=None,
        source=None,
        byline=None,
        body=Span(0, len(note.text)),
        paragraphs=tuple(spans),
    )
