"""Pages as a browser lays them out: at phone width, in both colour schemes, under the policy of the site."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from sitegen.config import Settings
from sitegen.model import EntityType
from tests.archives import Story, make_archive
from tests.rendered import build_files

pytestmark = pytest.mark.browser

PATHS = ("/", "/articles/", "/people/", "/people/kim-jong-un/", "/dates/2024/", "/about/", "/data/", "/404.html")
STORY = Story(
    title="Presiden Kim Jong Un Beri Selamat kepada https://contoh.example/alamat-yang-sangat-panjang-tanpa-spasi",
    paragraphs=("Kim Jong Un mengirim pesan. " * 12, "Kata" * 60),
    date="2024-03-20",
    source="kabar-samudra-dan-angkasa-raya.example",
    byline=("Ani Wijaya",),
    attribution=("KCNA",),
    names=(("Kim Jong Un", EntityType.PERSON),),
    tags=("diplomasi",),
)
CONTRAST = """
() => {
  const parse = (color) => color.match(/[\\d.]+/g).slice(0, 3).map((part) => {
    const value = Number(part) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  const light = (color) => { const [r, g, b] = parse(color); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const paper = light(getComputedStyle(document.documentElement).backgroundColor);
  return [...document.querySelectorAll("main *, header *, footer *")]
    .filter((element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
    .map((element) => {
      const ink = light(getComputedStyle(element).color);
      return (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
    })
    .reduce((least, ratio) => Math.min(least, ratio), 21);
}
"""
MARGINS = """
() => [...document.querySelectorAll("main *, header *, footer *")]
  .filter((element) => {
    const box = element.getBoundingClientRect();
    const hidden = getComputedStyle(element).clipPath !== "none" || element.closest("pre, svg");
    return box.width && !hidden && (box.left < 12 || box.right > document.documentElement.clientWidth - 12);
  })
  .map((element) => `${element.tagName}.${element.className}: ${element.textContent.slice(0, 40)}`)
"""
SHIFTS = """
() => new Promise((done) => {
  let total = 0;
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) total += entry.value;
  });
  observer.observe({type: "layout-shift", buffered: true});
  requestAnimationFrame(() => requestAnimationFrame(() => done(total)));
})
"""


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module", params=["id", "ar"])
def address(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site served from memory's copy on disk, in a left-to-right and in a right-to-left interface."""
    folder = tmp_path_factory.mktemp("site")
    stories = [replace(STORY, path=str(number)) for number in range(4)]
    for path, content in build_files(make_archive(stories), Settings(language=request.param)).items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietHandler, directory=str(folder))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def article_path(page: Page, address: str) -> str:
    page.goto(address + "/articles/")
    return page.locator(".item h3 a").first.get_attribute("href") or ""


def assert_fits_and_is_readable(page: Page, what: str) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{what} is wider than a phone"
    assert page.evaluate(MARGINS) == [], f"{what} has something in the margin"
    assert page.evaluate(CONTRAST) >= 4.5, f"{what} has text too faint for AA"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_fit_a_small_phone_and_are_readable_and_still(
    browser: Browser, address: str, scheme: Literal["light", "dark"]
) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 640}, color_scheme=scheme)
    messages: list[str] = []
    page.on("console", lambda message: messages.append(message.text))
    page.on("pageerror", lambda error: messages.append(str(error)))
    for path in (*PATHS, article_path(page, address)):
        page.goto(address + path)
        assert_fits_and_is_readable(page, path)
        assert page.evaluate(SHIFTS) == 0, f"{path} moves as it loads"
    page.locator(".how summary").click()
    expect(page.locator(".how table")).to_be_visible()
    assert_fits_and_is_readable(page, "how we know")
    assert messages == []
    page.close()


def test_the_keyboard_reaches_the_text_and_the_search_first(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(address + "/people/")
    page.keyboard.press("Tab")
    skip = page.locator(".skip")
    expect(skip).to_be_focused()
    assert (skip.bounding_box() or {"height": 0})["height"] >= 24
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("/")
    expect(page.locator("#site-search")).to_be_focused()
    page.keyboard.type("a/b")
    expect(page.locator("#site-search")).to_have_value("a/b")
    page.close()


def test_paper_gets_the_text_and_how_to_cite_it_and_nothing_to_click(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(address + article_path(page, address))
    page.emulate_media(media="print")
    for shown in (".article h1", ".body", ".cite", ".provenance code"):
        expect(page.locator(shown).first).to_be_visible()
    for hidden in (".site-header", ".site-footer", ".around", ".switch", ".files"):
        expect(page.locator(hidden)).to_be_hidden()
    page.close()


def test_names_are_marked_until_a_reader_does_without(browser: Browser, address: str) -> None:
    page = browser.new_page()
    path = article_path(page, address)
    page.goto(address + path)
    mark, switch = page.locator(".mention").first, page.locator("button.switch")
    expect(mark).to_have_css("text-decoration-line", "underline")
    switch.focus()
    page.keyboard.press("Enter")
    page.goto(address + path)
    expect(switch).to_have_attribute("aria-pressed", "false")
    expect(mark).to_have_css("text-decoration-line", "none")
    switch.click()
    expect(mark).to_have_css("text-decoration-line", "underline")
    page.close()


def test_the_address_of_a_paragraph_and_a_citation_are_copied_at_a_click(browser: Browser, address: str) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    path = article_path(page, address)
    page.goto(address + path)
    page.locator("#p2 .anchor").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[role=status]").first).not_to_be_empty()
    assert page.evaluate("navigator.clipboard.readText()") == page.url == f"{address}{path}#p2"
    page.locator("button.copy").first.click()
    page.wait_for_function("async () => (await navigator.clipboard.readText()).includes('(2024, ')")
    assert page.evaluate("navigator.clipboard.readText()").startswith("Ani Wijaya. (2024, ")
    context.close()
