"""Document -> Article: what we believe about a document, each belief with its evidence and how sure it is.

What the document states is believed; for the rest, one module each finds the language, the date, the names, who is
cited, and makes the body HTML. Looks at one document alone: what several settle together is the archive's work.
"""

from pathlib import Path

from sitegen.model import (
    Article,
    ArticleId,
    Citation,
    Dateline,
    Dating,
    Document,
    Language,
    Mention,
    SeedFormat,
    Text,
    Yearless,
    find_surfaces,
)
from sitegen.understand.attribution import Rule, cite, find_attribution
from sitegen.understand.body import make_body
from sitegen.understand.body_text import show_forbidden
from sitegen.understand.byline import split_byline
from sitegen.understand.dateline import find_dateline
from sitegen.understand.dates import date_document
from sitegen.understand.fingerprint import fingerprint
from sitegen.understand.keywords import find_keywords
from sitegen.understand.language import identify
from sitegen.understand.names import find_mentions
from sitegen.understand.stated import mention_stated
from sitegen.understand.version import rules_version
from sitegen.understand.words import count_words, split_words
from sitegen.urls import article_id, slug

__all__ = ["RULES_VERSION", "understand"]

RULES_VERSION = rules_version()
"""Part of the key under which articles are remembered: another version understands anew."""
STATED = "stated"


def understand(document: Document, cache: Path | None = None) -> Article:
    """The article that `document` holds: what it states, and for the rest what its text supports. Raises nothing.

    Args:
        cache: a folder where data that is slow to unpack may be kept unpacked.
    """
    language = _language(document, cache)
    source = _source(document)
    mentions = _mentions(document, language.code)
    paragraphs = [document.prose[start:end] for start, end in document.paragraphs]
    words = split_words("\n".join(paragraphs))
    published, yearless = _published(document, language.code)
    title = _title(document)
    return Article(
        id=ArticleId(document.stated.id) if document.stated.id else article_id(document.seed.path),
        seed=document.seed.facts,
        encoding_confidence=document.encoding_confidence,
        slug=slug(document.stated.slug or title),
        title=title,
        language=language,
        source=source,
        published=published,
        yearless=yearless,
        dateline=_dateline(document, mentions),
        byline=_byline(document),
        attribution=_attribution(document, language.code, mentions, source),
        mentions=mentions,
        surfaces=find_surfaces(document.prose, mentions),
        tags=document.stated.tags,
        keywords=() if document.stated.tags is not None else find_keywords(document, mentions, language.code),
        words=count_words(paragraphs, len(words)),
        fingerprint=fingerprint(words),
        opening=document.opening,
        text=Text(document, make_body(document, mentions, language.code)),
    )


def _language(document: Document, cache: Path | None = None) -> Language:
    if document.stated.language:
        return Language(document.stated.language, 1.0, STATED)
    title = document.prose[slice(*document.title)] if document.title else ""
    return identify((document.prose[start:end] for start, end in document.paragraphs), title, cache)


def _published(document: Document, language: str) -> tuple[Dating | None, Yearless | None]:
    stated = document.stated.date
    return (stated, None) if stated else date_document(document, language)


def _title(document: Document) -> str:
    """The title without markup, on one line, with what HTML forbids made visible."""
    if document.stated.title is not None:
        return " ".join(show_forbidden(document.stated.title).split())
    if document.title is None:
        return ""
    text = document.text if document.format is SeedFormat.TEXT else document.prose
    return " ".join(show_forbidden(text[slice(*document.title)]).split())


def _source(document: Document) -> Citation | None:
    if document.stated.source is not None:
        return cite(document.stated.source, None, Rule.STATED) if document.stated.source else None
    span = document.source
    return cite(document.prose[slice(*span)], span, Rule.HEAD) if span else None


def _mentions(document: Document, language: str) -> tuple[Mention, ...]:
    if document.stated.entities is not None:
        return mention_stated(document, document.stated.entities, language)
    return find_mentions(document.prose, document.paragraphs, document.title, language)


def _dateline(document: Document, mentions: tuple[Mention, ...]) -> Dateline | None:
    if document.stated.dateline is not None:
        return Dateline(document.stated.dateline, None, STATED, 1.0) if document.stated.dateline else None
    return find_dateline(document, mentions)


def _byline(document: Document) -> tuple[str, ...]:
    if document.stated.byline is not None:
        return document.stated.byline
    return split_byline(document.prose[slice(*document.byline)]) if document.byline else ()


def _attribution(
    document: Document, language: str, mentions: tuple[Mention, ...], source: Citation | None
) -> tuple[Citation, ...]:
    if document.stated.attribution is not None:
        return tuple(cite(name, None, Rule.STATED) for name in document.stated.attribution)
    return find_attribution(document.prose, language, mentions, source)
