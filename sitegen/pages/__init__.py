"""Archive -> units of pages: which addresses there are, and what each shows. How it looks is the templates' matter."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import chain
from pathlib import Path

from sitegen.config import Settings
from sitegen.model import Archive, Article, Document, OutputFile, Page, TermKind, Unit
from sitegen.pages.anniversaries import anniversary_units
from sitegen.pages.articles import article_units
from sitegen.pages.cards import site_card_unit
from sitegen.pages.coverage import coverage_units
from sitegen.pages.dates import calendar_units
from sitegen.pages.discovery import discovery_unit, feed_list_unit
from sitegen.pages.edition import Edition, make_edition
from sitegen.pages.faces import digest
from sitegen.pages.feeds import FeedPlanner, feed_planner
from sitegen.pages.front import plan_front
from sitegen.pages.hosting import plan_hosting, plan_sitemap, plan_static
from sitegen.pages.indexes import index_unit
from sitegen.pages.network import network_unit
from sitegen.pages.records import terms_unit
from sitegen.pages.schemas import plan_schemas
from sitegen.pages.sentences import Sentence, cut_sentences
from sitegen.pages.terms import term_units
from sitegen.pages.threads import thread_units
from sitegen.pages.times import Times, make_times
from sitegen.urls import HOME

__all__ = ["Sentence", "cut_sentences", "plan"]

THE_REST = (
    *("home.html", "search.html", "about.html", "data.html", "404.html"),
    *("offline.html", "service-worker.js", "sitemap.xml", "redirect.html"),
)
"""The templates of what is made in every build."""


def plan(
    archive: Archive,
    settings: Settings,
    markdown: Callable[[Document], str],
    static: tuple[Path, ...],
    sentences: Callable[[Article], Sequence[Sentence]] = cut_sentences,
) -> Iterator[Unit]:
    """Everything that the site consists of but the search index.

    Args:
        markdown: writes a document as Markdown with front matter.
        static: folders of static files; the first that has a file wins.
        sentences: gives the sentence of each mention of an article.
    """
    edition = make_edition(archive, settings, sentences)
    times, plan_feeds = make_times(edition), feed_planner(edition)
    yield terms_unit(edition)
    yield from article_units(edition, markdown)
    listed = chain.from_iterable(edition.kinds.values())
    yield from chain.from_iterable(term_units(edition, plan_feeds, term) for term in listed)
    yield from calendar_units(edition, times.calendar)
    yield from anniversary_units(edition, times.anniversaries)
    yield from coverage_units(edition, times.coverage)
    yield from thread_units(edition)
    yield from (index_unit(edition, kind) for kind in TermKind)
    yield network_unit(edition)
    yield site_feeds(edition, plan_feeds)
    yield feed_list_unit(edition)
    yield discovery_unit(edition)
    yield site_card_unit(settings)
    # What changes in nearly every build, or is quickly made, is made in every build.
    yield Unit(b"", 1, THE_REST, partial(plan_the_rest, edition, times, static))


def site_feeds(edition: Edition, plan_feeds: FeedPlanner) -> Unit:
    """The feeds of the whole site."""
    everything = range(len(edition.archive.records))
    key = digest(HOME, edition.faces_of(everything))
    return Unit(key, 2, ("feed.xml",), partial(plan_feeds, HOME, "", everything))


def plan_the_rest(edition: Edition, times: Times, static: tuple[Path, ...]) -> Iterator[Page | OutputFile]:
    """The pages that stand once, and what hosts and crawlers read."""
    yield from plan_front(edition, times)
    yield from plan_sitemap(edition, times)
    yield from plan_schemas(edition)
    yield from plan_hosting(edition)
    yield from plan_static(static)
