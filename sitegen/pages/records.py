"""Records and terms -> the JSON that is published of them; its form is given by schemas.py."""

from array import array
from collections.abc import Iterator
from functools import partial
from typing import Any

import orjson

from sitegen.model import Citation, Dateline, Dating, Language, OutputFile, Record, RecordEntity, Term, TermRef, Unit
from sitegen.pages.edition import Edition
from sitegen.pages.faces import digest

ARTICLES_FILE = "data/articles.jsonl"
TERMS_FILE = "data/terms.jsonl"
TERM_WEIGHT = 0.02
"""How much work the record of a term is, measured by the page of an article."""


def to_json(value: object) -> bytes:
    """`value` as JSON on indented lines, for people to look at."""
    return orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def to_json_line(value: object) -> bytes:
    """`value` as one line of JSON."""
    return orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE)


def terms_unit(edition: Edition) -> Unit:
    """The records of all terms in one file, by kind and id."""
    ids = [record.article.id for record in edition.archive.records]
    terms = edition.archive.terms
    listed = (
        digest(term.aliases, (edition.link_faces[ref], array("Q", term.numbers).tobytes()))
        for ref, term in terms.items()
    )
    return Unit(digest((TERMS_FILE, ids), listed), len(terms) * TERM_WEIGHT, (), partial(plan_terms_file, edition))


def plan_terms_file(edition: Edition) -> Iterator[OutputFile]:
    """The file of all terms."""
    lines = (to_json_line(term_record(edition, term)) for _, term in sorted(edition.archive.terms.items()))
    yield OutputFile(TERMS_FILE, b"".join(lines))


def article_record(edition: Edition, record: Record) -> dict[str, Any]:
    """The published record of an article."""
    article = record.article
    records = edition.archive.records
    return {
        "id": article.id,
        "url": record.url,
        "title": article.title,
        "seed": seed_record(record),
        "language": language_record(article.language),
        "source": source_record(edition, record),
        "published": published_record(article.published, article.document.text),
        "dateline": dateline_record(article.dateline, record.dateline),
        "byline": article.byline,
        "attribution": [citation.name for citation in article.attribution],
        "attribution_evidence": [evidence_record(citation) for citation in article.attribution],
        "entities": [entity_record(edition, record, entity) for entity in record.entities],
        "tags": [edition.archive.terms[ref].name for ref in record.tags],
        "words": article.words,
        "related": [records[related.number].article.id for related in record.related],
        "copies": [records[number].article.id for number in record.copies],
    }


def seed_record(record: Record) -> dict[str, Any]:
    """The file an article was read from, and a person's correction of it if there is one."""
    seed = record.article.seed
    facts: dict[str, Any] = {"path": seed.path, "sha256": seed.sha256, "bytes": seed.size}
    if seed.correction:
        facts["correction"] = {"path": seed.correction.path, "sha256": seed.correction.sha256}
    return facts


def source_record(edition: Edition, record: Record) -> dict[str, Any] | None:
    """The publisher of an article."""
    source = record.article.source
    if source is None:
        return None
    page = edition.link(record.source).url if record.source else None
    return {"name": source.name, "domain": source.domain, "url": page, **evidence_record(source)}


def language_record(language: Language) -> dict[str, Any]:
    """The language of an article, and how it is known."""
    return {"code": language.code, "confidence": round(language.confidence, 4), "method": language.method}


def evidence_record(value: Citation | Dateline) -> dict[str, Any]:
    """By which rule a value is known, how surely, and where the text names it."""
    return {"rule": value.rule, "confidence": value.confidence, "span": list(value.span) if value.span else None}


def published_record(published: Dating | None, text: str) -> dict[str, Any] | None:
    """The date of an article with its evidence."""
    if published is None:
        return None
    span = published.evidence
    return {
        "date": published.date,
        "precision": published.precision,
        "confidence": round(published.confidence, 4),
        "method": published.method,
        "evidence": {"start": span.start, "end": span.end, "text": text[span.start : span.end]} if span else None,
        "signs": published.signs,
    }


def dateline_record(dateline: Dateline | None, place: TermRef | None) -> dict[str, Any] | None:
    """Where an article was filed from."""
    if dateline is None:
        return None
    return {"text": dateline.text, "entity": place.id if place else None, **evidence_record(dateline)}


def entity_record(edition: Edition, record: Record, entity: RecordEntity) -> dict[str, Any]:
    """An entity in an article, whether it has a page or not."""
    mentions = record.article.mentions
    named = [mentions[index] for index in entity.mentions]
    term = edition.archive.terms[entity.ref]
    return {
        "id": entity.ref.id,
        "type": entity.ref.kind,
        "name": term.name,
        "wikidata": term.wikidata or None,
        "confidence": max([mention.confidence for mention in named]),
        "rules": list(dict.fromkeys([mention.rule for mention in named])),
        "mentions": [list(mention.span) for mention in named],
    }


def term_record(edition: Edition, term: Term) -> dict[str, Any]:
    """The published record of a term."""
    records = edition.archive.records
    return {
        "kind": term.kind,
        "id": term.id,
        "url": term.url if term.has_page else None,
        "name": term.name,
        "language": term.language or None,
        "aliases": term.aliases,
        "wikidata": term.wikidata or None,
        "articles": sorted(records[number].article.id for number in term.numbers),
    }
