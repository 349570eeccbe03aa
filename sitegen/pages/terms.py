"""Terms -> their pages: one planner and one view for every kind."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import NamedTuple

from sitegen.config import SourceFacts
from sitegen.model import ENTITY_KINDS, Term, TermKind, TermRef, Unit
from sitegen.pages.edition import Edition
from sitegen.pages.faces import digest, term_face
from sitegen.pages.feeds import FeedPlanner
from sitegen.pages.lists import ITEM_WEIGHT, ListPlan, list_units
from sitegen.pages.map import Map, map_of_place
from sitegen.pages.quotes import NO_QUOTES, Quotes, quote_mentions
from sitegen.pages.sections import (
    Section,
    Titles,
    companion_sections,
    is_long,
    plan_sections,
    show_titles,
    source_sections,
    year_anchor,
    year_of,
    year_sections,
)
from sitegen.pages.standing import Found, Standing, find_standing
from sitegen.pages.structured import describe_term_page
from sitegen.pages.text import show
from sitegen.pages.timeline import Timeline, make_timeline
from sitegen.pages.views import Head, Item, Link, ListPage


class Entry(NamedTuple):
    """An article of a term's list, and where it mentions the term; nowhere when that is no entity."""

    item: Item
    quotes: Quotes


class Group(NamedTuple):
    """Articles under one heading: a year with its id, the articles without a date, or, with no id, all there are."""

    date: str
    anchor: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Around:
    """What a term's landing page shows beside its articles.

    Attributes:
        timeline: its articles by year.
        companions: the entities that share more of its articles than by chance, and
        sources: those that published most of them, with the articles in question.
        shared: the same, where the landing page itself lists those articles.
        is_long: whether its list has more pages.
        map: where it lies, when it is a place.
        standing: its stories, key pieces, and how a source stands to others; None on numbered pages.
    """

    timeline: Timeline | None = None
    companions: tuple[Section, ...] = ()
    sources: tuple[Section, ...] = ()
    shared: tuple[Titles, ...] = ()
    is_long: bool = False
    map: Map | None = None
    standing: Standing | None = None


@dataclass(frozen=True, slots=True)
class TermView:
    """What the term template sees.

    Attributes:
        aliases, around: only on the landing page.
        groups: the articles of the list, by year where that is more than one and the list is whole.
        facts: what the editors wrote, when it is a source.
    """

    head: Head
    kind: TermKind
    link: Link
    aliases: tuple[str, ...]
    wikidata: str
    list: ListPage
    groups: tuple[Group, ...]
    around: Around
    facts: SourceFacts


def term_units(edition: Edition, plan_feeds: FeedPlanner, term: Term) -> Iterator[Unit]:
    """The pages and feeds of a term."""
    ref = TermRef(term.kind, term.id)
    companions = edition.archive.companions.get(ref, ())
    known = term_face(term)
    if companions:
        faces = [edition.link_faces[companion.ref] for companion in companions]
        known = digest([companion.shared for companion in companions], [known, *faces])
    standing = find_standing(edition, term)
    feeds = partial(plan_feeds, term.url, edition.name(term), term.numbers)
    yield from list_units(
        edition,
        ListPlan(
            landing=term.url,
            numbers=term.numbers,
            template="term.html",
            make_view=partial(term_view, edition, term, standing),
            shows=edition.link_faces[ref],
            landing_shows=known + standing.shows(edition),
            plan_feeds=feeds if edition.has_feed(term) else None,
        ),
    )
    if is_sectioned(term) and is_long(edition, term):
        shown = digest((term.url, "sections"), [edition.link_faces[ref], known, *edition.faces_of(term.numbers)])
        weight = len(term.numbers) * ITEM_WEIGHT
        yield Unit(shown, weight, ("sections.html",), partial(plan_sections, edition, term))


def is_sectioned(term: Term) -> bool:
    """Whether a term's articles are told apart by year and company; those of a language nearly are the archive."""
    return term.kind is not TermKind.LANGUAGE


def term_view(edition: Edition, term: Term, standing: Found, part: ListPage) -> TermView:
    """What one part of a term's list shows."""
    ref = TermRef(term.kind, term.id)
    is_landing = part.page == 0
    feeds = edition.feeds(term.url) if is_landing and edition.has_feed(term) else ()
    around = term_surroundings(edition, term, standing) if is_landing else Around()
    return TermView(
        head=Head(feeds=feeds, structured=describe_term_page(edition, term) if is_landing else ""),
        kind=term.kind,
        link=edition.link(ref),
        aliases=tuple(map(show, term.aliases)) if is_landing else (),
        wikidata=term.wikidata,
        list=part,
        groups=group_entries(edition, ref, part, by_year=around.timeline is not None and not around.is_long),
        around=around,
        facts=edition.facts(term) if term.kind is TermKind.SOURCE else SourceFacts(),
    )


def term_surroundings(edition: Edition, term: Term, standing: Found) -> Around:
    """What stands beside a term's articles."""
    place = map_of_place(term, edition.counted(term))
    if not is_sectioned(term):
        return Around(map=place)
    long = is_long(edition, term)
    companions, sources = companion_sections(edition, term), source_sections(edition, term)
    return Around(
        timeline=make_timeline(year_sections(edition, term)),
        companions=companions,
        sources=sources,
        shared=() if long else tuple(show_titles(edition, section) for section in (*companions, *sources)),
        is_long=long,
        map=place,
        standing=standing.view(edition),
    )


def group_entries(edition: Edition, ref: TermRef, part: ListPage, *, by_year: bool) -> tuple[Group, ...]:
    """The articles of a part of a list with their quotes, by year or all together."""
    entries = list_entries(edition, ref, part)
    if not by_year:
        return (Group("", "", entries),)
    pairs = zip(part.numbers, entries, strict=True)
    years = groupby(pairs, key=lambda pair: year_of(edition, pair[0]))
    return tuple(Group(date, year_anchor(date), tuple(entry for _, entry in of_year)) for date, of_year in years)


def list_entries(edition: Edition, ref: TermRef, part: ListPage) -> tuple[Entry, ...]:
    """The articles of a part of a list, each with the sentences that mention the term."""
    records = edition.archive.records
    quotes: Sequence[Quotes]
    if ref.kind in ENTITY_KINDS:
        found = (records[number] for number in part.numbers)
        quotes = [quote_mentions(record, edition.sentences(record.article), ref) for record in found]
    else:
        quotes = [NO_QUOTES] * len(part.numbers)
    return tuple(map(Entry, part.items, quotes))
