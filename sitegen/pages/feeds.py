"""Lists of articles -> an Atom feed and a JSON Feed 1.1 of their newest.

A feed says only what is known. Atom demands the moment of every entry, so the Atom feed holds the articles that are
dated to the day, at the hour when that day begins where the archive is; with no such article it is empty, for those
who wait for one. The JSON Feed, where a date may be missing, holds all.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache, partial
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from sitegen.model import UNKNOWN_LANGUAGE, OutputFile, Page, Record, Url
from sitegen.pages.edition import Edition, published_day
from sitegen.pages.records import to_json
from sitegen.pages.text import show
from sitegen.pages.views import Item
from sitegen.urls import output_path

FEED_SIZE = 50
ENTRIES_KEPT = 16384
NO_MOMENT = "1970-01-01T00:00:00Z"
"""When an empty Atom feed was updated: it must say a moment, and nobody takes this one for news."""


@dataclass(frozen=True, slots=True, eq=False)
class FeedEntry:
    """An article as feeds show it.

    Attributes:
        moment: when the day that it was published began, as RFC 3339; "" when that is not known to the day.
        facts: what a JSON Feed says of it.
    """

    item: Item
    moment: str
    authors: tuple[str, ...]
    facts: dict[str, Any]


@dataclass(frozen=True, slots=True)
class FeedView:
    """What the Atom template sees.

    Attributes:
        landing: the page that the feed follows.
        updated: the moment of its newest entry, NO_MOMENT when there is none.
    """

    title: str
    landing: Url
    updated: str
    entries: tuple[FeedEntry, ...]


FeedPlanner = Callable[[Url, str, Sequence[int]], Iterator[Page | OutputFile]]


def feed_planner(edition: Edition) -> FeedPlanner:
    """Plans feeds as `plan_feeds` does; an article, which is in a dozen of them, is described once."""
    entry = lru_cache(ENTRIES_KEPT)(partial(make_entry, edition))
    return partial(plan_feeds, edition, entry)


def plan_feeds(
    edition: Edition, entry: Callable[[int], FeedEntry], landing: Url, name: str, numbers: Sequence[int]
) -> Iterator[Page | OutputFile]:
    """The feeds of the list of `numbers` (ascending) that stands at `landing`; `name` is "" for the whole site.

    Args:
        entry: gives an article as feeds show it.
    """
    title = f"{show(name)} – {edition.settings.title}" if name else edition.settings.title
    newest = map(entry, islice(reversed(numbers), FEED_SIZE))
    yield OutputFile(output_path(Url(f"{landing}feed.json")), to_json(json_feed(edition, landing, title, newest)))
    dated = (found for found in map(entry, reversed(numbers)) if found.moment)
    entries = tuple(islice(dated, FEED_SIZE))
    updated = entries[0].moment if entries else NO_MOMENT
    yield Page(Url(f"{landing}feed.xml"), "feed.xml", FeedView(title, landing, updated, entries))


def make_entry(edition: Edition, number: int) -> FeedEntry:
    """An article as feeds show it."""
    record = edition.archive.records[number]
    day = published_day(record)
    moment = day_begins(day, edition.settings.time_zone) if day else ""
    authors = tuple(map(show, record.article.byline))
    return FeedEntry(edition.item(number), moment, authors, describe_entry(edition, record, moment, authors))


def day_begins(date: str, time_zone: str) -> str:
    """The moment when the day `date` begins in a time zone, as RFC 3339."""
    return datetime.fromisoformat(date).replace(tzinfo=ZoneInfo(time_zone)).isoformat()


def json_feed(edition: Edition, landing: Url, title: str, entries: Iterable[FeedEntry]) -> dict[str, Any]:
    """The JSON Feed of some articles, newest first."""
    site = edition.site
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title,
        "home_page_url": site.absolute(landing),
        "feed_url": site.absolute(Url(f"{landing}feed.json")),
        "language": edition.settings.language,
        "items": [entry.facts for entry in entries],
    }


def describe_entry(edition: Edition, record: Record, moment: str, authors: Sequence[str]) -> dict[str, Any]:
    """What a JSON Feed says of an article: with its date when it is known to the day."""
    item = edition.item(record.number)
    address = edition.site.absolute(record.url)
    facts: dict[str, Any] = {"id": address, "url": address, "title": item.title, "content_text": item.lead}
    if record.article.language.code != UNKNOWN_LANGUAGE:
        facts["language"] = record.article.language.code
    if moment:
        facts["date_published"] = moment
    if authors:
        facts["authors"] = [{"name": name} for name in authors]
    if tags := [link.name for link in edition.links(record.tags)]:
        facts["tags"] = tags
    return facts
