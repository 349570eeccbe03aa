"""The typed data that templates see and that several kinds of pages share."""

from dataclasses import dataclass
from typing import NamedTuple

from sitegen.model import Url
from sitegen.urls import SITE_CARD


class Link(NamedTuple):
    """A name that may lead somewhere within the site.

    Attributes:
        language: BCP 47 code of the name, "" when it is the page's own or unknown.
    """

    name: str
    url: Url | None
    language: str = ""


@dataclass(frozen=True, slots=True)
class Counted:
    """A link to a list, and how many things are on it."""

    name: str
    url: Url
    language: str
    count: int


class Feed(NamedTuple):
    """A feed that readers can follow: its media type and address."""

    type: str
    url: Url


@dataclass(frozen=True, slots=True)
class Head:
    """What a page says of itself to machines.

    Attributes:
        description: a sentence from the page's content, or "".
        feeds: those that follow what this page lists.
        indexed: whether search engines should list it.
        structured: JSON-LD, or "".
        card: the image that stands for the page where a link to it is shared; None where there are none.
    """

    description: str = ""
    feeds: tuple[Feed, ...] = ()
    indexed: bool = True
    structured: str = ""
    card: Url | None = SITE_CARD


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """An article as lists show it.

    Attributes:
        title: "" when the seed has none.
        date: "2024-03-20", "2024-03", "2024" or "".
        lead: its first words.
        shortened: whether the text goes on after the lead.
    """

    url: Url
    title: str
    language: str
    date: str
    source: Link | None
    lead: str
    shortened: bool


@dataclass(frozen=True, slots=True)
class ListPage:
    """A part of a list of articles, newest first.

    Attributes:
        landing: where the newest are.
        page: from 1, the oldest; 0 is the landing page.
        numbers: the articles' numbers, in the order of `items`.
        total: of the whole list; 0 on numbered pages, which never change.
        older, newer: the neighbouring parts.
    """

    landing: Url
    page: int
    numbers: tuple[int, ...]
    items: tuple[Item, ...]
    total: int
    older: Url | None
    newer: Url | None


@dataclass(frozen=True, slots=True)
class RedirectView:
    """A page that only says where its thing is now."""

    head: Head
    target: Url
