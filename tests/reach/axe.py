"""axe-core over each type of page: light and dark, wide and at 320 pixels, and with text twice as large."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal, NamedTuple

from playwright.sync_api import Browser, Page, expect

from sitegen.model import Url
from sitegen.urls import SEARCH
from tests.reach.serving import served
from tests.reach.sites import Reached, examples
from tests.reach.tools import module
from tests.search.chromium import start_chromium

REDIRECT = "redirect.html"
"""The one template whose pages leave before anything could be looked at."""


class Setting(NamedTuple):
    """How a page is looked at: width in CSS pixels, colours, size of text in percent."""

    width: int
    colours: Literal["light", "dark"]
    text: int


SETTINGS = (
    Setting(1280, "light", 100),
    Setting(1280, "dark", 100),
    Setting(320, "light", 100),
    Setting(320, "dark", 100),
    Setting(640, "light", 200),
)
RUN = """
async () => {
  const options = {resultTypes: ["violations", "incomplete"], rules: {"target-size": {enabled: true}}};
  const {violations} = await axe.run(document, options);
  return violations.map(({id, nodes}) => [id, nodes.map(({html, failureSummary}) => [html, failureSummary])]);
}
"""
TOO_WIDE = "document.documentElement.scrollWidth > innerWidth"
OPEN = "document.querySelectorAll('details').forEach((details) => { details.open = true; })"
RESIZE = "(percent) => { document.documentElement.style.fontSize = `${percent}%`; }"


def check(sites: Iterable[Reached]) -> Iterator[str]:
    """Every violation that axe finds, and every page that must be scrolled sideways."""
    axe = module("axe-core/axe.min.js").read_text("utf-8")
    with start_chromium() as browser:
        for site in sites:
            yield from check_site(site, axe, browser)


def check_site(site: Reached, axe: str, browser: Browser) -> Iterator[str]:
    """The findings of one site: each type of page, everything on it unfolded; the search page with results too."""
    found = [Url(f"{SEARCH}?q={word_of(site)}")] if "search.html" in site.pages else []
    urls = [url for template, url in examples(site) if template != REDIRECT]
    with served(site.site.public) as origin:
        # Scripts run that the policy of our pages would not let in; what it lets in is `strict`'s matter.
        page = browser.new_page(bypass_csp=True)
        for url in (*urls, *found):
            page.goto(origin + url, wait_until="load")
            if url in found:
                expect(page.locator("body")).to_have_attribute("data-answered", re.compile("q="))
            page.evaluate(axe)
            for setting in SETTINGS:
                yield from (f"{site.name} {url} {setting}: {what}" for what in check_page(page, setting))
        page.close()


def check_page(page: Page, setting: Setting) -> Iterator[str]:
    """What is wrong with the page that is open."""
    page.set_viewport_size({"width": setting.width, "height": 800})
    page.emulate_media(color_scheme=setting.colours, reduced_motion="reduce")
    page.evaluate(RESIZE, setting.text)
    page.evaluate(OPEN)
    if page.evaluate(TOO_WIDE):
        yield "wider than the window"
    yield from (describe(rule, nodes) for rule, nodes in page.evaluate(RUN))


def describe(rule: str, nodes: Sequence[tuple[str, str]]) -> str:
    """A violation on one line: how many elements have it, and the first of them."""
    html, summary = nodes[0]
    return f"{rule} ({len(nodes)}): {html[:160]!r}: {' '.join(summary.split())[:300]}"


def word_of(site: Reached) -> str:
    """The longest word of the first title: a search for it has results."""
    records: list[dict[str, Any]] = [json.loads(row) for row in site.site.bytes("data/articles.jsonl").splitlines()]
    return str(max(records[0]["title"].split(), key=len))
