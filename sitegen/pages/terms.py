"""Terms -> their pages and the A-Z index of each kind: one planner and one view for every kind."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice

from sitegen.config import SourceFacts
from sitegen.model import Term, TermKind, TermRef, Unit
from sitegen.pages.edition import ENTITY_KINDS, Edition
from sitegen.pages.faces import term_face
from sitegen.pages.lists import ListPlan, list_units
from sitegen.pages.quotes import Quote, quote_mentions
from sitegen.pages.text import show
from sitegen.pages.views import Head, Link, ListPage

COMPANIONS = 12
COMPANION_SAMPLE = 1000
"""How many of a term's newest articles say what it appears with."""


@dataclass(frozen=True, slots=True)
class TermView:
    """What the term template sees.

    Attributes:
        quotes: for each article of the list, sentences that mention the term; empty for what is no entity.
        sources: those that write about the term most, first; only on the landing page.
        companions: the entities that appear with it most, first; only on the landing page.
        facts: what the editors wrote, when it is a source.
    """

    head: Head
    kind: TermKind
    link: Link
    aliases: tuple[str, ...]
    wikidata: str
    list: ListPage
    quotes: tuple[tuple[Quote, ...], ...]
    sources: tuple[Link, ...]
    companions: tuple[Link, ...]
    facts: SourceFacts


def term_units(edition: Edition, term: Term) -> Iterator[Unit]:
    """The pages and feeds of a term."""
    yield from list_units(
        edition,
        ListPlan(
            landing=term.url,
            numbers=term.numbers,
            template="term.html",
            make_view=partial(term_view, edition, term),
            shows=edition.link_faces[TermRef(term.kind, term.id)],
            landing_shows=term_face(term),
            feed_name=edition.name(term) if edition.has_feed(term) else None,
        ),
    )


def term_view(edition: Edition, term: Term, part: ListPage) -> TermView:
    """What one part of a term's list shows."""
    ref = TermRef(term.kind, term.id)
    records = edition.archive.records
    is_landing = part.page == 0
    feeds = edition.feeds(term.url) if is_landing and edition.has_feed(term) else ()
    return TermView(
        head=Head(feeds=feeds),
        kind=term.kind,
        link=edition.link(ref),
        aliases=tuple(map(show, term.aliases)) if is_landing else (),
        wikidata=term.wikidata,
        list=part,
        quotes=tuple(quote_mentions(records[number], ref) for number in part.numbers)
        if term.kind in ENTITY_KINDS
        else ((),) * len(part.numbers),
        sources=common_sources(edition, term) if is_landing else (),
        companions=common_entities(edition, ref, term.numbers) if is_landing else (),
        facts=edition.facts(term) if term.kind is TermKind.SOURCE else SourceFacts(),
    )


def common_sources(edition: Edition, term: Term) -> tuple[Link, ...]:
    """The sources of a term's articles, most articles first."""
    if term.kind is TermKind.SOURCE:
        return ()
    records = edition.archive.records
    newest = islice(reversed(term.numbers), COMPANION_SAMPLE)
    return most_common(edition, Counter(source for number in newest if (source := records[number].source)))


def common_entities(edition: Edition, ref: TermRef, numbers: tuple[int, ...]) -> tuple[Link, ...]:
    """The entities that most of a term's articles mention besides itself."""
    records = edition.archive.records
    newest = islice(reversed(numbers), COMPANION_SAMPLE)
    counts = Counter(entity.ref for number in newest for entity in records[number].entities if entity.ref != ref)
    return most_common(edition, counts)


def most_common(edition: Edition, counts: Counter[TermRef]) -> tuple[Link, ...]:
    """Links to the most counted terms that have pages, at most COMPANIONS."""
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    shown = islice((ref for ref, _ in ordered if edition.archive.terms[ref].has_page), COMPANIONS)
    return tuple(map(edition.link, shown))
