"""Lists of articles in parts that last: counted from the oldest, so that what is full never changes.

The landing page shows the newest. `page/n/` is published when there is something newer than what it holds, which makes
it the n-th `list_size` articles for ever. The address after the last full page leads to the landing page until it is
full itself, so that a full page can link to its successor and still never change.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sitegen.model import Page, Url
from sitegen.pages.edition import Edition
from sitegen.pages.views import Head, ListPage, RedirectView
from sitegen.urls import list_page_url


def full_pages(total: int, size: int) -> int:
    """How many numbered pages a list of `total` articles has."""
    return max(total - 1, 0) // size


def list_addresses(landing: Url, total: int, size: int) -> Iterator[Url]:
    """The landing page and every numbered page of a list."""
    yield landing
    for page in range(1, full_pages(total, size) + 1):
        yield list_page_url(landing, page)


def list_pages(edition: Edition, landing: Url, numbers: Sequence[int]) -> Iterator[ListPage]:
    """The parts of the list of `numbers` (ascending): the landing page, then the numbered ones, oldest first."""
    size = edition.settings.list_size
    full = full_pages(len(numbers), size)
    for page in range(full + 1):
        shown = numbers[(page - 1) * size : page * size] if page else numbers[-size:]
        newest_first = tuple(reversed(shown))
        older = full if page == 0 else page - 1
        yield ListPage(
            landing=landing,
            page=page,
            numbers=newest_first,
            items=tuple(map(edition.item, newest_first)),
            total=0 if page else len(numbers),
            older=list_page_url(landing, older) if older else None,
            newer=list_page_url(landing, page + 1) if page else None,
        )


def plan_list(
    edition: Edition, landing: Url, numbers: Sequence[int], template: str, make_view: Callable[[ListPage], Any]
) -> Iterator[Page]:
    """The pages of one list, each with the view that `make_view` makes of its part."""
    for part in list_pages(edition, landing, numbers):
        yield Page(list_page_url(landing, part.page) if part.page else landing, template, make_view(part))
    if full := full_pages(len(numbers), edition.settings.list_size):
        yield plan_redirect(list_page_url(landing, full + 1), landing)


def plan_redirect(old: Url, target: Url) -> Page:
    """A page at `old` that leads to `target`."""
    return Page(old, "redirect.html", RedirectView(Head(indexed=False), target))
