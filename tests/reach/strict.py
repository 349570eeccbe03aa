"""What is promised of each page: small, still, whole without scripts, and nothing that its policy refuses."""

import gzip
import re
from collections.abc import Iterable, Iterator

from playwright.sync_api import Browser, Page

from sitegen.model import Url
from tests.reach.axe import REDIRECT
from tests.reach.serving import served
from tests.reach.sites import Reached, examples
from tests.search.chromium import start_chromium

ARTICLE = "article.html"
ARTICLE_BYTES = 30_000
"""At most, of HTML and CSS, compressed."""

STYLESHEET = re.compile(rb'<link rel="stylesheet" href="([^"]+)"')
WIDTHS = (360, 1280)
TRIES = 3
SHIFTS = """
() => new Promise((done) => {
  let total = 0;
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) total += entry.value;
  });
  observer.observe({type: "layout-shift", buffered: true});
  setTimeout(() => done(total), 100);
})
"""


def check(sites: Iterable[Reached]) -> Iterator[str]:
    """Every broken promise."""
    with start_chromium() as browser:
        for site in sites:
            what = (*heavy_articles(site), *check_pages(site, browser), *check_without_scripts(site, browser))
            yield from (f"{site.name} {finding}" for finding in what)


def heavy_articles(site: Reached) -> Iterator[str]:
    """Articles of more HTML and CSS than promised."""
    for url in site.pages.get(ARTICLE, ()):
        page = site.file(url).read_bytes()
        sheets = [site.site.bytes(address.decode()) for address in STYLESHEET.findall(page)]
        size = sum(len(gzip.compress(content, 6)) for content in (page, *sheets))
        if size > ARTICLE_BYTES:
            yield f"{url}: {size} bytes of HTML and CSS"


def check_pages(site: Reached, browser: Browser) -> Iterator[str]:
    """Pages that move as they load, or do what their policy refuses."""
    with served(site.site.public) as origin:
        for width in WIDTHS:
            page = browser.new_page(viewport={"width": width, "height": 800})
            said = listen(page)
            for url in looked_at(site):
                if shift := min(shifts(page, origin + url)):
                    said.append(f"moves as it loads, by {shift:.3f}")
                yield from (f"{url} at {width}: {what}" for what in said)
                said.clear()
            page.close()


def shifts(page: Page, address: str) -> Iterator[float]:
    """How much a page moves as it loads, to three digits; looked at again when it does, for the machine may be busy."""
    for _ in range(TRIES):
        page.goto(address, wait_until="load")
        shift = round(page.evaluate(SHIFTS), 3)
        yield shift
        if not shift:
            return


def listen(page: Page) -> list[str]:
    """What a page says on its console, refusals by its policy among it, from now on."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


def check_without_scripts(site: Reached, browser: Browser) -> Iterator[str]:
    """Pages that show no heading, no text or no way on where scripts are off."""
    with served(site.site.public) as origin:
        context = browser.new_context(java_script_enabled=False)
        page = context.new_page()
        for url in looked_at(site):
            page.goto(origin + url, wait_until="load")
            yield from (f"{url} without scripts: no {what}" for what in invisible(page))
        context.close()


def invisible(page: Page) -> Iterator[str]:
    """What every page has and this one does not show."""
    wanted = {"heading": "main h1", "way on": "body > header nav a", "content": "main :is(p, ul, ol, table, svg)"}
    yield from (what for what, selector in wanted.items() if not page.locator(selector).first.is_visible())


def looked_at(site: Reached) -> Iterator[Url]:
    """One page of each type and kind of address."""
    return (url for template, url in examples(site) if template != REDIRECT)
