"""Articles -> Archive: numbered by date, addressed, and joined by the terms that they share."""

from collections.abc import Iterable, Sequence

from sitegen.archive.addresses import FILE_NAME as ADDRESSES_FILE
from sitegen.archive.addresses import (
    Frozen,
    article_urls,
    format_addresses,
    frozen_threads,
    parse_addresses,
    redirects,
    thread_addresses,
)
from sitegen.archive.companions import find_companions
from sitegen.archive.copies import find_copies
from sitegen.archive.corrections import FILE_NAME as CORRECTIONS_FILE
from sitegen.archive.corrections import NO_CORRECTIONS, Corrections, parse_corrections, unused
from sitegen.archive.datelines import find_datelines
from sitegen.archive.holdings import gather_holdings
from sitegen.archive.identity import resolve
from sitegen.archive.related import relate
from sitegen.archive.review import review
from sitegen.archive.sources import gather_sources
from sitegen.archive.tags import choose_tags
from sitegen.archive.terms import entity_terms, language_terms, tag_terms
from sitegen.archive.threads import find_threads
from sitegen.archive.words import gather_words
from sitegen.archive.years import date_by_source
from sitegen.authority import Authority
from sitegen.config import Settings
from sitegen.model import Archive, Article, Record

__all__ = [
    "ADDRESSES_FILE",
    "CORRECTIONS_FILE",
    "NO_CORRECTIONS",
    "Corrections",
    "Frozen",
    "connect",
    "format_addresses",
    "parse_addresses",
    "parse_corrections",
    "review",
]


def connect(
    articles: Iterable[Article],
    settings: Settings,
    authority: Authority,
    corrections: Corrections,
    frozen: Sequence[Frozen],
) -> Archive:
    """All articles as one archive.

    Args:
        articles: in any order.
        settings: names of sources, least articles of a page, the interface's language.
        authority: who is known by which names.
        corrections: what a person says of names.
        frozen: addresses that must last.

    Raises:
        InputError: two articles claim one id or address.
    """
    dated = date_by_source(list(articles))
    ordered = sorted(dated, key=lambda article: (article.date, article.id))
    urls = article_urls(ordered, frozen, "seeds")
    who = resolve(ordered, corrections, authority)
    sources = gather_sources(ordered, settings.sources)
    words = gather_words(ordered)
    tags = choose_tags(ordered, words, who.named())
    copies = find_copies(ordered)

    terms_of = [
        (*(ref for ref, _ in found), *chosen) for found, chosen in zip(who.entities, tags.of_articles, strict=True)
    ]
    holdings = gather_holdings(terms_of)
    numbers_of = holdings.numbers_of()
    terms = dict(sources.terms)
    terms.update(entity_terms(who, numbers_of, settings, authority, corrections))
    terms.update(tag_terms(tags.spellings, tags.languages, numbers_of, settings))
    terms.update(language_terms(ordered))
    places = [urls[article.id] for article in ordered]
    threads = find_threads(ordered, holdings, words, places, frozen_threads(frozen))
    # In the order of a record's fields, which columns have as they are.
    records = tuple(
        map(
            Record,
            range(len(ordered)),
            places,
            ordered,
            sources.published,
            find_datelines(ordered, who, authority),
            sources.cited,
            who.entities,
            tags.of_articles,
            tags.words,
            relate(holdings, copies),
            copies,
        )
    )
    return Archive(
        records=records,
        terms={ref: terms[ref] for ref in sorted(terms)},
        redirects=tuple(redirects(frozen, urls, terms, who.moved, thread_addresses(records, threads))),
        problems=tuple(unused(corrections, who.names)),
        threads=threads,
        companions=find_companions(terms, len(records)),
    )
