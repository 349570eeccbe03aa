"""Archive -> pages: which addresses there are, and what each shows. How it looks is the templates' matter.

`plan` gives independent pieces of work of moderate size, for workers to take in any order.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import repeat
from pathlib import Path
from typing import TypeVar

from sitegen.config import Settings
from sitegen.model import Archive, Document, OutputFile, Page, TermKind
from sitegen.pages.articles import plan_articles
from sitegen.pages.dates import make_calendar, plan_calendar, plan_dates
from sitegen.pages.edition import make_edition
from sitegen.pages.feeds import plan_feeds
from sitegen.pages.front import plan_front
from sitegen.pages.hosting import plan_hosting, plan_sitemap, plan_static
from sitegen.pages.indexes import plan_index
from sitegen.pages.records import plan_data
from sitegen.pages.schemas import plan_schemas
from sitegen.pages.terms import plan_terms
from sitegen.urls import HOME

__all__ = ["Planner", "plan"]

Planner = Callable[[], Iterator[Page | OutputFile]]
"""A piece of work: gives the pages and files of one corner of the site."""

BATCH = 200
"""How much one piece of work is: so many articles, or lists of so many articles."""

LIST_ITEM = 20
"""How many articles in lists are as much work as an article's own page."""

Thing = TypeVar("Thing")


def plan(
    archive: Archive, settings: Settings, markdown: Callable[[Document], str], static: tuple[Path, ...]
) -> tuple[Planner, ...]:
    """Everything that the site consists of but the search index.

    Args:
        markdown: writes a document as Markdown with front matter.
        static: folders of static files; the first that has a file wins.
    """
    edition = make_edition(archive, settings)
    calendar = make_calendar(edition)
    everything = range(len(archive.records))
    dates = tuple(calendar.numbers)
    terms = [term for _, term in sorted(archive.terms.items()) if term.has_page]
    return (
        partial(plan_data, edition),
        *(
            partial(plan_articles, edition, markdown, batch[0], batch[-1] + 1)
            for batch in batches(everything, repeat(1, len(everything)))
        ),
        *(
            partial(plan_terms, edition, batch)
            for batch in batches(terms, (1 + len(term.numbers) // LIST_ITEM for term in terms))
        ),
        *(
            partial(plan_dates, edition, calendar, batch)
            for batch in batches(dates, (1 + len(calendar.numbers[date]) // LIST_ITEM for date in dates))
        ),
        *(partial(plan_index, edition, kind) for kind in TermKind),
        partial(plan_calendar, edition, calendar),
        partial(plan_feeds, edition, HOME, "", everything),
        partial(plan_sitemap, edition, calendar),
        partial(plan_front, edition, calendar),
        partial(plan_schemas, edition),
        partial(plan_hosting, edition),
        partial(plan_static, static),
    )


def batches(things: Sequence[Thing], weights: Iterable[int]) -> Iterator[Sequence[Thing]]:
    """`things` in runs that weigh BATCH at least, but for the last."""
    start = weight = 0
    for end, more in enumerate(weights, start=1):
        weight += more
        if weight >= BATCH:
            yield things[start:end]
            start, weight = end, 0
    if start < len(things):
        yield things[start:]
