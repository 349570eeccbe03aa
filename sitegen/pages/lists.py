"""Lists of articles in parts that last: counted from the oldest, so that what is full never changes.

The landing page shows the newest. `page/n/` is published when there is something newer than what it holds, which makes
it the n-th `list_size` articles for ever. The address after the last full page leads to the landing page until it is
full itself, so that a full page can link to its successor and still never change.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

from sitegen.model import OutputFile, Page, Unit, Url
from sitegen.pages.edition import Edition
from sitegen.pages.faces import digest
from sitegen.pages.views import Head, ListPage, RedirectView
from sitegen.urls import list_page_url

LEAST_WEIGHT, ITEM_WEIGHT = 0.3, 0.05
"""How much work a list and each of its articles are, measured by the page of an article."""

LINE_WEIGHT = ITEM_WEIGHT / 3
"""The same of an article that has a line alone."""


class ListPart(NamedTuple):
    """Which articles a part of a list holds, newest first; the fields are those of `ListPage`."""

    landing: Url
    page: int
    numbers: tuple[int, ...]
    total: int
    older: Url | None
    newer: Url | None


def full_pages(total: int, size: int) -> int:
    """How many numbered pages a list of `total` articles has."""
    return max(total - 1, 0) // size


def list_addresses(landing: Url, total: int, size: int) -> Iterator[Url]:
    """The landing page and every numbered page of a list."""
    yield landing
    for page in range(1, full_pages(total, size) + 1):
        yield list_page_url(landing, page)


def list_parts(edition: Edition, landing: Url, numbers: Sequence[int]) -> Iterator[ListPart]:
    """The parts of the list of `numbers` (ascending): the landing page, then the numbered ones, oldest first."""
    size = edition.settings.list_size
    full = full_pages(len(numbers), size)
    for page in range(full + 1):
        shown = numbers[(page - 1) * size : page * size] if page else numbers[-size:]
        older = full if page == 0 else page - 1
        yield ListPart(
            landing=landing,
            page=page,
            numbers=tuple(reversed(shown)),
            total=0 if page else len(numbers),
            older=list_page_url(landing, older) if older else None,
            newer=list_page_url(landing, page + 1) if page else None,
        )


def list_page(edition: Edition, part: ListPart) -> ListPage:
    """What a template sees of a part of a list."""
    return ListPage(
        landing=part.landing,
        page=part.page,
        numbers=part.numbers,
        items=tuple(map(edition.item, part.numbers)),
        total=part.total,
        older=part.older,
        newer=part.newer,
    )


@dataclass(frozen=True, slots=True)
class ListPlan:
    """A list, and how its parts are shown.

    Attributes:
        numbers: its articles, ascending.
        template, make_view: of its parts.
        shows: what each of its parts shows besides articles.
        landing_shows: what only the landing page and what is beside it shows besides articles.
        plan_feeds: gives its feeds; None when it has none.
    """

    landing: Url
    numbers: Sequence[int]
    template: str
    make_view: Callable[[ListPage], Any]
    shows: bytes = b""
    landing_shows: bytes = b""
    plan_feeds: Callable[[], Iterator[Page | OutputFile]] | None = None


def list_units(edition: Edition, plan: ListPlan) -> Iterator[Unit]:
    """The pages and feeds of a list: the landing page with the feeds, and each numbered page by itself."""
    for part in list_parts(edition, plan.landing, plan.numbers):
        if part.page:
            key = digest((part.landing, part.page), (plan.shows, *edition.faces_of(part.numbers)))
            make = partial(plan_part, edition, plan, part)
            yield Unit(key, part_weight(part), (plan.template,), make)
            continue
        shown = (plan.shows, plan.landing_shows, *edition.faces_of(plan.numbers))
        key = digest((part.landing, plan.plan_feeds is not None), shown)
        weight = part_weight(part) * (2 if plan.plan_feeds else 1)
        yield Unit(
            key, weight, (plan.template, "redirect.html", "feed.xml"), partial(plan_landing, edition, plan, part)
        )


def part_weight(part: ListPart) -> float:
    """How much work a part of a list is, in pages of articles."""
    return LEAST_WEIGHT + len(part.numbers) * ITEM_WEIGHT


def plan_landing(edition: Edition, plan: ListPlan, part: ListPart) -> Iterator[Page | OutputFile]:
    """The landing page of a list, its feeds, and the page that its next full page will replace."""
    yield from plan_part(edition, plan, part)
    if full := full_pages(len(plan.numbers), edition.settings.list_size):
        yield plan_redirect(list_page_url(plan.landing, full + 1), plan.landing)
    if plan.plan_feeds:
        yield from plan.plan_feeds()


def plan_part(edition: Edition, plan: ListPlan, part: ListPart) -> Iterator[Page]:
    """The page of one part of a list."""
    url = list_page_url(part.landing, part.page) if part.page else part.landing
    yield Page(url, plan.template, plan.make_view(list_page(edition, part)))


def plan_redirect(old: Url, target: Url) -> Page:
    """A page at `old` that leads to `target`."""
    return Page(old, "redirect.html", RedirectView(Head(indexed=False), target))
