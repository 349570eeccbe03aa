"""Records -> what an article's page says of how each derived value is known: by which rule, how surely, and where.

What a rule is called in the reader's language is the template's affair (pieces/reason.html).
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from sitegen.locale import format_date, language_name
from sitegen.model import ENTITY_KINDS, Article, Citation, Document, Record, RecordEntity, Span, TermKind
from sitegen.pages.edition import Edition
from sitegen.pages.text import show
from sitegen.pages.views import Link

TITLE, ELSEWHERE = 0, -1
"""Places of a text that are no paragraphs."""
STATED, IN_TEXT = "stated", "text"


class Reason(NamedTuple):
    """How something is known: the rules that found it, and how sure they are in percent (-1 where nothing tells)."""

    rules: tuple[str, ...]
    percent: int


class Finding(NamedTuple):
    """A derived value ("": unknown), how it is known, and where the text supports it: paragraphs from 1, ascending."""

    value: Link
    reason: Reason
    in_title: bool = False
    paragraphs: tuple[int, ...] = ()


Findings = tuple[str, tuple[Finding, ...]]
"""A kind of value ("date", "person", …) and what was found of it."""


def find_places(document: Document, spans: Iterable[Span]) -> list[int]:
    """For each stretch the paragraph (from 1) in which it begins, or TITLE, or ELSEWHERE."""
    starts = [start for start, _ in document.paragraphs]
    title = document.title or Span(0, 0)
    places = []
    for start, _ in spans:
        number = bisect_right(starts, start)
        if not number or start >= document.paragraphs[number - 1].end:
            number = TITLE if title.start <= start < title.end else ELSEWHERE
        places.append(number)
    return places


def find_entities(edition: Edition, record: Record, document: Document) -> Mapping[TermKind, list[Finding]]:
    """The entities of an article by kind, most mentioned first, and how they are known."""
    found: dict[TermKind, list[Finding]] = {kind: [] for kind in ENTITY_KINDS}
    places = find_places(document, [mention.span for mention in record.article.mentions])
    for entity in record.entities:
        found[entity.ref.kind].append(_entity(edition, record.article, entity, places))
    return found


def _entity(edition: Edition, article: Article, entity: RecordEntity, places: list[int]) -> Finding:
    """An entity, with the rules that found its mentions, by their first use, and the surest of them."""
    link = edition.link(entity.ref)
    if len(entity.mentions) == 1:
        (index,) = entity.mentions
        mention, place = article.mentions[index], places[index]
        return Finding(
            link, _reason((mention.rule,), mention.confidence), place == TITLE, (place,) if place > TITLE else ()
        )
    named = [article.mentions[index] for index in entity.mentions]
    held = {places[index] for index in entity.mentions}
    rules = tuple(dict.fromkeys([mention.rule for mention in named]))
    surest = max([mention.confidence for mention in named])
    return Finding(link, _reason(rules, surest), TITLE in held, tuple(sorted(held - {TITLE, ELSEWHERE})))


@lru_cache(maxsize=4096)
def _reason(rules: tuple[str, ...], confidence: float) -> Reason:
    return Reason(rules, percent(confidence))


def explain(
    edition: Edition, record: Record, document: Document, entities: Mapping[TermKind, list[Finding]]
) -> tuple[Findings, ...]:
    """Every derived value of an article with how it is known, by kind."""
    groups = (
        ("language", _language(edition, record)),
        ("source", _source(edition, record, document)),
        ("date", _date(edition, record, document)),
        ("dateline", _dateline(edition, record, document)),
        ("byline", _byline(record, document)),
        ("attribution", _attribution(edition, record, document)),
        *((kind.value, found) for kind, found in entities.items()),
        ("tag", _tags(edition, record, document)),
    )
    return tuple((kind, found) for kind, findings in groups if (found := tuple(findings)))


def percent(confidence: float) -> int:
    """A share as a whole number of hundredths; 100 is only what is certain."""
    return round(100 * confidence) if confidence == 1 else min(99, round(100 * confidence))


def _found(value: Link, rules: tuple[str, ...], confidence: float, document: Document, span: Span | None) -> Finding:
    [place] = find_places(document, [span]) if span else [ELSEWHERE]
    return Finding(value, _reason(rules, confidence), place == TITLE, (place,) if place > TITLE else ())


def _language(edition: Edition, record: Record) -> Iterator[Finding]:
    language = record.article.language
    name = language_name(language.code, edition.settings.language)
    rules = (STATED,) if language.method == STATED else ("words of the body",)
    yield Finding(Link(name, edition.languages.get(language.code)), Reason(rules, percent(language.confidence)))


def _source(edition: Edition, record: Record, document: Document) -> Iterator[Finding]:
    if record.source and record.article.source:
        yield _cited(edition.link(record.source), record.article.source, document)


def _attribution(edition: Edition, record: Record, document: Document) -> Iterator[Finding]:
    # Two ways of writing one medium are one term, so that there may be fewer terms than citations.
    for ref in record.attribution:
        term = edition.archive.terms[ref]
        spelled = {name.casefold() for name in (term.name, *term.aliases)}
        citations = (one for one in record.article.attribution if (one.domain or one.name).casefold() in spelled)
        yield from (_cited(edition.link(ref), citation, document) for citation in islice(citations, 1))


def _cited(medium: Link, citation: Citation, document: Document) -> Finding:
    return _found(medium, (citation.rule,), citation.confidence, document, citation.span)


def _date(edition: Edition, record: Record, document: Document) -> Iterator[Finding]:
    published = record.article.published
    if published is None:
        yield Finding(Link("", None), Reason(("no date",), -1))
        return
    value = Link(format_date(published.date, edition.settings.language), None)
    rules = (published.method, *published.signs)
    told = published.signs if published.method == IN_TEXT and published.signs else rules
    yield _found(value, told, published.confidence, document, published.evidence)


def _dateline(edition: Edition, record: Record, document: Document) -> Iterator[Finding]:
    dateline = record.article.dateline
    if dateline:
        value = Link(show(dateline.text), edition.link(record.dateline).url if record.dateline else None)
        yield _found(value, (dateline.rule,), dateline.confidence, document, dateline.span)


def _byline(record: Record, document: Document) -> Iterator[Finding]:
    rule = STATED if document.stated.byline is not None else "line of authors"
    for name in record.article.byline:
        yield Finding(Link(show(name), None), Reason((rule,), -1 if rule != STATED else 100))


def _tags(edition: Edition, record: Record, document: Document) -> Iterator[Finding]:
    if not record.tags:
        return
    prose = document.prose
    title, paragraphs = record.article.title.lower(), [prose[start:end].lower() for start, end in document.paragraphs]
    for ref, word in zip(record.tags, record.tag_words, strict=True):
        if word:
            held = tuple([number for number, text in enumerate(paragraphs, 1) if word in text])
            yield Finding(edition.link(ref), Reason(("dwelt on",), -1), word in title, held)
        else:
            yield Finding(edition.link(ref), Reason((STATED,), 100))
