"""Records -> what an article's page says of near-copies: how much is the same, in what they differ, who was first."""

from itertools import zip_longest
from typing import NamedTuple

from sitegen.model import Article, Record
from sitegen.pages.differences import Differences, compare
from sitegen.pages.edition import Edition
from sitegen.pages.evidence import percent
from sitegen.pages.views import Item

FINGERPRINT_PLACE = 4
"""Bytes of one place in an article's fingerprint (see understand/fingerprint.py)."""
MOST_COMPARED = 3
"""Near-copies, the first by date, whose differences the page shows."""


class CopyView(NamedTuple):
    """A near-copy, how much of the text is the same, in percent, and what is not, where that is shown."""

    item: Item
    percent: int
    differences: Differences | None


def copy_views(edition: Edition, record: Record) -> tuple[CopyView, ...]:
    """The articles with nearly the same text, by date, undated ones last."""
    article = record.article
    numbers = sorted(record.copies, key=lambda number: (number not in edition.dated, number))
    others = [edition.archive.records[number].article for number in numbers]
    compared: list[Differences | None] = [compare(article, other) for other in others[:MOST_COMPARED]]
    return tuple(
        CopyView(edition.item(number), copy_overlap(article, other), differences)
        for number, other, differences in zip_longest(numbers, others, compared)
    )


def earliest_copy(edition: Edition, record: Record) -> Item | None:
    """The first by date of an article and its near-copies, where their dates tell that one is."""
    if not record.copies:
        return None
    items = [edition.item(number) for number in sorted((record.number, *record.copies)) if number in edition.dated]
    first = [item for item in items if may_be_same(item.date, items[0].date)]
    return first[0] if len(first) == 1 else None


def may_be_same(one: str, other: str) -> bool:
    """Whether two dates, as far as they are known, leave open which is the earlier; "" is known no further."""
    return one.startswith(other) or other.startswith(one)


def copy_overlap(one: Article, other: Article) -> int:
    """How much of the text of two articles is the same, in percent.

    The share of equal places in two fingerprints estimates the share of runs of words that both have (Broder, 1997).
    """
    places = range(0, len(one.fingerprint), FINGERPRINT_PLACE)
    pairs = (
        (one.fingerprint[at : at + FINGERPRINT_PLACE], other.fingerprint[at : at + FINGERPRINT_PLACE]) for at in places
    )
    return percent(sum(mine == its for mine, its in pairs) / max(1, len(places)))
