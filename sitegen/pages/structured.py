"""Records -> JSON-LD (schema.org NewsArticle), so that reference managers and search engines read a page rightly."""

from typing import Any

import orjson

from sitegen.model import Record, Term, TermKind
from sitegen.pages.edition import Edition
from sitegen.pages.text import show

WIKIDATA = "http://www.wikidata.org/entity/"
SCHEMA_TYPES = {
    TermKind.PERSON: "Person",
    TermKind.ORGANIZATION: "Organization",
    TermKind.PLACE: "Place",
    TermKind.EVENT: "Event",
}
HEADLINE_LENGTH = 250


def describe_article(edition: Edition, record: Record) -> str:
    """The JSON-LD of one article; what is not known is not there."""
    article, item = record.article, edition.item(record.number)
    address = edition.site.absolute(record.url)
    facts: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": address,
        "url": address,
        "headline": item.title[:HEADLINE_LENGTH],
        "inLanguage": article.language.code,
        "isPartOf": {"@type": "WebSite", "name": edition.settings.title, "url": edition.site.base_url},
    }
    if item.date:
        facts["datePublished"] = item.date
    if item.source:
        facts["publisher"] = {"@type": "Organization", "name": item.source.name}
    if article.byline:
        facts["author"] = [{"@type": "Person", "name": show(name)} for name in article.byline]
    terms = (edition.archive.terms[entity.ref] for entity in record.entities)
    if mentioned := [describe_term(edition, term) for term in terms if term.has_page]:
        facts["mentions"] = mentioned
    return orjson.dumps(facts).decode()


def describe_term(edition: Edition, term: Term) -> dict[str, Any]:
    """An entity by its page here and its Wikidata item where one is known."""
    facts = {"@type": SCHEMA_TYPES[term.kind], "name": edition.name(term), "url": edition.site.absolute(term.url)}
    if term.wikidata:
        facts["sameAs"] = WIKIDATA + term.wikidata
    return facts
