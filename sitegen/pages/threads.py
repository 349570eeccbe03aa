"""Story threads -> a page each, and the list of all: what happened in order, who reported first, what each adds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import NamedTuple

from sitegen.model import Page, Record, TermRef, Thread, Unit, Url
from sitegen.pages.edition import Edition, published_day
from sitegen.pages.faces import digest
from sitegen.pages.lists import (
    ITEM_WEIGHT,
    LEAST_WEIGHT,
    ListPart,
    full_pages,
    list_addresses,
    list_parts,
    plan_redirect,
)
from sitegen.pages.views import Head, Item, Link
from sitegen.urls import THREADS, list_page_url

NAMES_SHOWN = 12


@dataclass(frozen=True, slots=True)
class ThreadLink:
    """A thread as other pages show it: by the article that stands for it.

    Attributes:
        title: "" when that article has none.
        first, last: the days of its first and last article.
        sources: the names of those who published its articles, first reports first.
    """

    url: Url
    title: str
    language: str
    first: str
    last: str
    count: int
    sources: tuple[str, ...]


class Report(NamedTuple):
    """An article of a thread.

    Attributes:
        adds: the entities that no article before it names; none for the first, which names everything first.
        copy_of: the first article of the thread with nearly the same text, if that is another.
    """

    item: Item
    adds: tuple[Link, ...]
    copy_of: Item | None


class Reporter(NamedTuple):
    """A source of a thread, its first article, and what its articles add."""

    source: Link
    first: Item
    adds: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class ThreadView:
    """What the page of a thread sees.

    Attributes:
        shared: the terms that hold it together.
        days: its articles by day.
        began: who reported on the first day; several where the day does not tell them apart.
        reporters: its sources, when there are several.
    """

    head: Head
    thread: ThreadLink
    shared: tuple[Link, ...]
    days: tuple[tuple[str, tuple[Report, ...]], ...]
    began: tuple[Link, ...]
    reporters: tuple[Reporter, ...]


@dataclass(frozen=True, slots=True)
class ThreadsView:
    """What a part of the list of all threads sees, those that began last first; the fields are those of a list."""

    head: Head
    landing: Url
    page: int
    total: int
    threads: tuple[ThreadLink, ...]
    older: Url | None
    newer: Url | None


def thread_link(edition: Edition, thread: Thread) -> ThreadLink:
    """A thread as other pages show it."""
    lead, items = edition.item(thread.lead), [edition.item(number) for number in thread.numbers]
    sources = dict.fromkeys(item.source.name for item in items if item.source)
    return ThreadLink(thread.url, lead.title, lead.language, items[0].date, items[-1].date, len(items), tuple(sources))


def thread_of_article(edition: Edition, number: int) -> ThreadLink | None:
    """The thread that an article is part of."""
    thread = edition.threads.get(number)
    return thread_link(edition, thread) if thread else None


def thread_units(edition: Edition) -> Iterator[Unit]:
    """The page of each thread, and the parts of the list of all."""
    threads = edition.archive.threads
    shown = [edition.thread_faces[thread.url] for thread in threads]
    for thread, face in zip(threads, shown, strict=True):
        key = digest(copies_within(edition, thread), [face])
        weight = LEAST_WEIGHT + 2 * ITEM_WEIGHT * len(thread.numbers)
        yield Unit(key, weight, ("thread.html",), partial(plan_thread, edition, thread))
    for part in list_parts(edition, THREADS, range(len(threads))):
        key = digest(part[:2] + part[3:], [shown[place] for place in part.numbers])
        weight = LEAST_WEIGHT + ITEM_WEIGHT * len(part.numbers)
        yield Unit(key, weight, ("threads.html", "redirect.html"), partial(plan_threads, edition, part))


def thread_addresses(edition: Edition) -> Iterator[Url]:
    """The addresses of all threads and of the parts of their list, if there are any."""
    threads = edition.archive.threads
    if threads:
        yield from list_addresses(THREADS, len(threads), edition.settings.list_size)
    yield from (thread.url for thread in threads)


def plan_threads(edition: Edition, part: ListPart) -> Iterator[Page]:
    """A part of the list of all threads; with the landing page the one that its next full part will replace."""
    found = (edition.archive.threads[place] for place in part.numbers)
    links = tuple(thread_link(edition, thread) for thread in found)
    head = Head(indexed=bool(links))
    view = ThreadsView(head, part.landing, part.page, part.total, links, part.older, part.newer)
    yield Page(list_page_url(THREADS, part.page) if part.page else THREADS, "threads.html", view)
    if not part.page and (full := full_pages(part.total, edition.settings.list_size)):
        yield plan_redirect(list_page_url(THREADS, full + 1), THREADS)


def plan_thread(edition: Edition, thread: Thread) -> Iterator[Page]:
    """The page of a thread."""
    records = [edition.archive.records[number] for number in thread.numbers]
    link = thread_link(edition, thread)
    reports = make_reports(edition, thread, records)
    days = groupby(zip(map(published_day, records), reports, strict=True), key=lambda pair: pair[0])
    by_day = tuple((day, tuple(report for _, report in group)) for day, group in days)
    began = dict.fromkeys(report.item.source for report in by_day[0][1] if report.item.source)
    view = ThreadView(
        head=Head(description=edition.item(thread.lead).lead),
        thread=link,
        shared=edition.links(thread.shared),
        days=by_day,
        began=tuple(began),
        reporters=make_reporters(reports),
    )
    yield Page(thread.url, "thread.html", view)


def make_reports(edition: Edition, thread: Thread, records: Sequence[Record]) -> tuple[Report, ...]:
    """The articles of a thread, each with the entities that it is the first to name."""
    named: set[TermRef] = set()
    reports = []
    for record, copied in zip(records, copies_within(edition, thread), strict=True):
        own = [entity.ref for entity in record.entities]
        adds = edition.links(ref for ref in own if ref not in named)[:NAMES_SHOWN] if named else ()
        copy = edition.item(thread.numbers[copied]) if copied >= 0 else None
        reports.append(Report(edition.item(record.number), adds, copy))
        named.update(own)
    return tuple(reports)


def make_reporters(reports: Sequence[Report]) -> tuple[Reporter, ...]:
    """The sources of a thread by their first articles; none when there are not several."""
    by_source: dict[Link, list[Report]] = {}
    for report in reports:
        if report.item.source:
            by_source.setdefault(report.item.source, []).append(report)
    if len(by_source) < 2:
        return ()
    return tuple(
        Reporter(source, own[0].item, tuple(link for report in own for link in report.adds)[:NAMES_SHOWN])
        for source, own in by_source.items()
    )


def copies_within(edition: Edition, thread: Thread) -> tuple[int, ...]:
    """For each article the place in the thread of the first one with nearly the same text, -1 where there is none."""
    places = {number: place for place, number in enumerate(thread.numbers)}
    copies = (edition.archive.records[number].copies for number in thread.numbers)
    firsts = (min((places[copy] for copy in own if copy in places), default=-1) for own in copies)
    return tuple(first if first < place else -1 for place, first in enumerate(firsts))
