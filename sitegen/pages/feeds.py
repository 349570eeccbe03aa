"""Lists of articles -> an Atom feed and a JSON Feed 1.1 of their newest.

A feed says only what is known. Atom demands the moment of every entry, so the Atom feed holds the articles that are
dated to the day, at the hour when that day begins where the archive is; with no such article it is empty, for those
who wait for one. The JSON Feed, where a date may be missing, holds all.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
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
NO_MOMENT = "1970-01-01T00:00:00Z"
"""When an empty Atom feed was updated: it must say a moment, and nobody takes this one for news."""


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """An article in a feed; `moment` is RFC 3339."""

    item: Item
    moment: str
    authors: tuple[str, ...]


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


def plan_feeds(edition: Edition, landing: Url, name: str, numbers: Sequence[int]) -> Iterator[Page | OutputFile]:
    """The feeds of the list of `numbers` (ascending) that stands at `landing`; `name` is "" for the whole site."""
    title = f"{show(name)} – {edition.settings.title}" if name else edition.settings.title
    records = edition.archive.records
    newest = [records[number] for number in islice(reversed(numbers), FEED_SIZE)]
    yield OutputFile(output_path(Url(f"{landing}feed.json")), to_json(json_feed(edition, landing, title, newest)))
    dated = (records[number] for number in reversed(numbers) if published_day(records[number]))
    entries = tuple(feed_entry(edition, record) for record in islice(dated, FEED_SIZE))
    updated = entries[0].moment if entries else NO_MOMENT
    yield Page(Url(f"{landing}feed.xml"), "feed.xml", FeedView(title, landing, updated, entries))


def feed_entry(edition: Edition, record: Record) -> FeedEntry:
    """An article that is dated to the day as an Atom entry."""
    moment = day_begins(published_day(record), edition.settings.time_zone)
    return FeedEntry(edition.item(record.number), moment, tuple(map(show, record.article.byline)))


@lru_cache(maxsize=4096)
def day_begins(date: str, time_zone: str) -> str:
    """The moment when the day `date` begins in a time zone, as RFC 3339."""
    return datetime.fromisoformat(date).replace(tzinfo=ZoneInfo(time_zone)).isoformat()


def json_feed(edition: Edition, landing: Url, title: str, records: Sequence[Record]) -> dict[str, Any]:
    """The JSON Feed of some articles, newest first."""
    site = edition.site
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title,
        "home_page_url": site.absolute(landing),
        "feed_url": site.absolute(Url(f"{landing}feed.json")),
        "language": edition.settings.language,
        "items": [json_feed_item(edition, record) for record in records],
    }


def json_feed_item(edition: Edition, record: Record) -> dict[str, Any]:
    """An article in a JSON Feed: with its date when it is known to the day."""
    item = edition.item(record.number)
    address = edition.site.absolute(record.url)
    facts: dict[str, Any] = {"id": address, "url": address, "title": item.title, "content_text": item.lead}
    if record.article.language.code != UNKNOWN_LANGUAGE:
        facts["language"] = record.article.language.code
    if date := published_day(record):
        facts["date_published"] = day_begins(date, edition.settings.time_zone)
    if record.article.byline:
        facts["authors"] = [{"name": show(name)} for name in record.article.byline]
    if tags := [link.name for link in edition.links(record.tags)]:
        facts["tags"] = tags
    return facts
