"""What is known -> JSON-LD in the words of schema.org, so that search engines and other programs read pages rightly.

What is not known is not there.
"""

from collections.abc import Iterable
from typing import Any

import orjson

from sitegen.locale import load_messages
from sitegen.model import UNKNOWN_LANGUAGE, Document, Record, Stated, Term, TermKind, Url
from sitegen.pages.edition import Edition
from sitegen.pages.originals import seed_url
from sitegen.pages.text import show
from sitegen.urls import HOME, kind_url

WIKIDATA = "http://www.wikidata.org/entity/"
SCHEMA_TYPES = {
    TermKind.PERSON: "Person",
    TermKind.ORGANIZATION: "Organization",
    TermKind.PLACE: "Place",
    TermKind.EVENT: "Event",
    TermKind.SOURCE: "NewsMediaOrganization",
    TermKind.TAG: "DefinedTerm",
    TermKind.LANGUAGE: "Language",
}
KIND_NAMES = {
    TermKind.PERSON: "People",
    TermKind.ORGANIZATION: "Organizations",
    TermKind.PLACE: "Places",
    TermKind.EVENT: "Events",
    TermKind.SOURCE: "Sources",
    TermKind.TAG: "Topics",
    TermKind.LANGUAGE: "Languages",
}
"""As the interface says them, in English."""
HEADLINE_LENGTH = 250

Facts = dict[str, Any]


def describe_article(edition: Edition, record: Record, document: Document, card: Url | None) -> str:
    """The JSON-LD of an article's page.

    Args:
        card: the address of the image that stands for it.
    """
    article, item = record.article, edition.item(record.number)
    address = edition.site.absolute(record.url)
    facts = known(
        {
            "@type": ["NewsArticle", "ArchiveComponent"],
            "@id": address,
            "url": address,
            "headline": item.title[:HEADLINE_LENGTH],
            "inLanguage": article.language.code if article.language.code != UNKNOWN_LANGUAGE else "",
            "datePublished": item.date,
            "publisher": {"@type": "Organization", "name": item.source.name} if item.source else None,
            "author": [{"@type": "Person", "name": show(name)} for name in article.byline],
            "locationCreated": {"@type": "Place", "name": show(article.dateline.text)} if article.dateline else None,
            "citation": [show(citation.name) for citation in article.attribution],
            "isBasedOn": document.stated.source_url,
            "license": licence_address(document.stated),
            "keywords": [link.name for link in edition.links(record.tags)],
            "wordCount": article.words,
            "mentions": [
                describe_term(edition, term)
                for term in [edition.archive.terms[entity.ref] for entity in record.entities]
                if term.has_page
            ],
            "image": edition.site.absolute(card) if card else None,
            "encoding": describe_seed(edition, record) if edition.settings.article_files else None,
            "isPartOf": {"@type": ["WebSite", "Collection"], **_archive(edition)},
            "holdingArchive": {"@type": "ArchiveOrganization", **_archive(edition)},
        }
    )
    trail = [(edition.settings.title, HOME), (item.title or address, record.url)]
    if item.source and item.source.url:
        trail.insert(1, (item.source.name, item.source.url))
    return graph(facts, describe_trail(edition, trail))


def graph(*things: Facts) -> str:
    """Some things as one JSON-LD text."""
    return orjson.dumps({"@context": "https://schema.org", "@graph": things}).decode()


def known(facts: Facts) -> Facts:
    """Those facts that say something."""
    return {name: value for name, value in facts.items() if value}


def _archive(edition: Edition) -> Facts:
    return {"name": edition.settings.title, "url": edition.site.base_url}


def describe_seed(edition: Edition, record: Record) -> Facts:
    """The original file of an article."""
    seed = record.article.seed
    return {
        "@type": "MediaObject",
        "contentUrl": edition.site.absolute(seed_url(record)),
        "contentSize": f"{seed.size} B",
        "sha256": seed.sha256,
    }


def licence_address(stated: Stated) -> str:
    """The address of the licence that a document states for its text; "" where it states none."""
    licence = stated.licence or ""
    return licence if licence.startswith(("https://", "http://")) and not set(licence) & set(' "<>') else ""


def describe_trail(edition: Edition, trail: Iterable[tuple[str, Url]]) -> Facts:
    """The way from the home page to a page, as names and addresses."""
    steps = [
        {"@type": "ListItem", "position": position, "name": name, "item": edition.site.absolute(url)}
        for position, (name, url) in enumerate(trail, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": steps}


def describe_term(edition: Edition, term: Term) -> Facts:
    """A term by its page here and its Wikidata item where one is known."""
    facts = {"@type": SCHEMA_TYPES[term.kind], "name": edition.name(term), "url": edition.site.absolute(term.url)}
    if term.wikidata:
        facts["sameAs"] = WIKIDATA + term.wikidata
    return facts


def describe_term_page(edition: Edition, term: Term) -> str:
    """The JSON-LD of a term's page."""
    facts = {**describe_term(edition, term), "@id": edition.site.absolute(term.url)}
    if term.aliases:
        facts["alternateName"] = list(map(show, term.aliases))
    kinds = load_messages(edition.settings.language).gettext(KIND_NAMES[term.kind])
    trail = [(edition.settings.title, HOME), (kinds, kind_url(term.kind)), (facts["name"], term.url)]
    return graph(facts, describe_trail(edition, trail))
