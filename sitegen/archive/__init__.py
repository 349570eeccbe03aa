"""Articles -> Archive: numbered by date, addressed, and joined by the terms that they share."""

from collections import defaultdict
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
from sitegen.archive.corrections import NO_CORRECTIONS, Corrections, normal, parse_corrections, unused
from sitegen.archive.identity import Identities, resolve
from sitegen.archive.related import relate
from sitegen.archive.review import review
from sitegen.archive.sources import gather_sources
from sitegen.archive.tags import choose_tags
from sitegen.archive.terms import entity_terms, language_terms, tag_terms
from sitegen.archive.threads import find_threads
from sitegen.archive.years import date_by_source
from sitegen.authority import Authority
from sitegen.config import Settings
from sitegen.model import Archive, Article, Record, TermKind, TermRef

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
    names = {ref: [normal(name) for name in naming.names] for ref, naming in who.namings.items()}
    tags = choose_tags(ordered, [{name for entity in found for name in names[entity.ref]} for found in who.entities])
    copies = find_copies(ordered)

    terms_of = [
        (*(entity.ref for entity in found), *chosen)
        for found, chosen in zip(who.entities, tags.of_articles, strict=True)
    ]
    numbers_of = _numbers_of(terms_of)
    terms = dict(sources.terms)
    terms.update(entity_terms(who, numbers_of, settings, authority, corrections))
    terms.update(tag_terms(tags.spellings, tags.languages, numbers_of, settings))
    terms.update(language_terms(ordered))
    related = relate(terms_of, numbers_of, copies)
    threads = find_threads(ordered, terms_of, [urls[article.id] for article in ordered], frozen_threads(frozen))

    records = tuple(
        Record(
            number=number,
            url=urls[article.id],
            article=article,
            source=sources.published[number],
            dateline=_dateline(article, who, number, authority),
            attribution=sources.cited[number],
            entities=who.entities[number],
            tags=tags.of_articles[number],
            tag_words=tags.words[number],
            related=related[number],
            copies=copies[number],
        )
        for number, article in enumerate(ordered)
    )
    return Archive(
        records=records,
        terms={ref: terms[ref] for ref in sorted(terms)},
        redirects=tuple(redirects(frozen, urls, terms, who.moved, thread_addresses(records, threads))),
        problems=tuple(unused(corrections, who.names)),
        threads=threads,
        companions=find_companions(terms, len(records)),
    )


def _numbers_of(terms_of: Sequence[Sequence[TermRef]]) -> dict[TermRef, list[int]]:
    numbers: defaultdict[TermRef, list[int]] = defaultdict(list)
    for number, refs in enumerate(terms_of):
        for ref in refs:
            numbers[ref].append(number)
    return dict(numbers)


def _dateline(article: Article, who: Identities, number: int, authority: Authority) -> TermRef | None:
    """The place entity that the dateline names, when it is one of the article's."""
    if article.dateline is None:
        return None
    wanted = normal(article.dateline.text)
    entry = authority.find(article.dateline.text)
    for entity in who.entities[number]:
        naming = who.namings[entity.ref]
        if entity.ref.kind is TermKind.PLACE and (
            (entry and entry.id == entity.ref.id) or any(normal(name) == wanted for name in naming.surfaces)
        ):
            return entity.ref
    return None
