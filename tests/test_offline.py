"""What was read is read again without a network, and nothing that was kept hides a new build."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.search.site import serve
from tests.site import build, build_seeds, write_seeds
from tests.test_site_browser import served

pytestmark = pytest.mark.browser

BASE = "/arsip/berita/"
FLOOD = "-- banjir.txt --\nBanjir melanda kota\n\nAir meluap ke jalan raya pada malam hari.\n"
QUAKE = "-- gempa.txt --\nGempa terasa di pesisir\n\nTanah berguncang selama semenit.\n"
ERUPTION = "-- letusan.txt --\nGunung meletus di timur\n\nAbu turun sampai ke kota.\n"
KEPT = """async () => {
  const names = await caches.keys();
  const kept = await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys())));
  return kept.flat().map((request) => request.url);
}"""

LOADED_IS_KEPT = """
  Promise.all(performance.getEntriesByType("resource").map((entry) => caches.match(entry.name)))
    .then((kept) => kept.every(Boolean))
"""
PATIENCE_FRAMES = 1200


def publish(folder: Path, files: str) -> None:
    """Build these seeds, and no others, where `site` serves them."""
    seeds = folder / "seeds"
    for place in seeds.glob("*.txt"):
        place.unlink()
    write_seeds(seeds, '-- site.toml --\nlanguage = "en"\n' + files)
    build_seeds(seeds, folder / "served" / BASE.strip("/"), base_url=f"http://localhost{BASE}")


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    """The address of a site with two articles, which stands below a path of its host."""
    publish(tmp_path, FLOOD + QUAKE)
    with serve(tmp_path / "served") as origin:
        yield origin + BASE


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A reader who has never been here."""
    context = browser.new_context()
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    yield page
    assert wrong == []


def visit(page: Page, address: str) -> None:
    """Open a page and wait until it is kept."""
    page.goto(address)
    wait_until(page, f"caches.match({address.partition('?')[0]!r})")


def wait_until(page: Page, truth: str) -> None:
    """Wait until an expression, or what it promises, is true: what a worker does shows nowhere else."""
    page.evaluate(f"""async () => {{
      for (let frame = 0; frame < {PATIENCE_FRAMES}; frame += 1) {{
        if (await ({truth})) return;
        await new Promise(requestAnimationFrame);
      }}
      throw new Error("it never came true");
    }}""")


def search(page: Page, query: str) -> None:
    page.fill("#search-query", query)
    expect(page.locator("body")).to_have_attribute("data-answered", f"?q={query}")


def test_what_was_read_is_read_again_without_a_network(page: Page, site: str) -> None:
    visit(page, site)
    page.get_by_role("link", name="Banjir melanda kota").first.click()
    article = page.url
    visit(page, article)
    page.context.set_offline(True)
    page.goto(site)
    expect(page.get_by_role("link", name="Gempa terasa di pesisir").first).to_be_visible()
    page.goto(article)
    expect(page.locator("main")).to_contain_text("Air meluap")
    assert page.evaluate("[...document.styleSheets].every((sheet) => sheet.cssRules.length > 0)")


def test_what_was_searched_for_is_found_again_without_a_network(page: Page, site: str) -> None:
    visit(page, f"{site}search/")
    search(page, "meluap")
    expect(page.locator(".search-extract")).to_contain_text("Air meluap")
    wait_until(page, LOADED_IS_KEPT)
    page.context.set_offline(True)
    page.goto(f"{site}search/?q=meluap")
    expect(page.locator("#search-list h3")).to_have_text(["Banjir melanda kota"])
    expect(page.locator(".search-extract")).to_contain_text("Air meluap")


def test_what_was_never_read_is_told_of_plainly_without_a_network(page: Page, site: str) -> None:
    visit(page, site)
    page.context.set_offline(True)
    for path in ("dates/", "search/?q=gempa"):
        page.goto(site + path)
        expect(page.locator("h1")).to_have_text("There is no connection")
        expect(page.get_by_role("link", name="Start from the beginning")).to_have_attribute("href", BASE)
    page.context.set_offline(False)
    page.get_by_role("link", name="Try again").click()
    expect(page.locator("#search-list h3")).to_have_text(["Gempa terasa di pesisir"])


def test_a_part_of_the_index_that_was_not_loaded_is_told_of_plainly(page: Page, site: str) -> None:
    visit(page, f"{site}search/")
    page.context.set_offline(True)
    page.fill("#search-query", "gempa")
    expect(page.get_by_role("alert")).to_contain_text("no connection")
    page.context.set_offline(False)
    search(page, "pesisir")
    expect(page.locator("#search-list h3")).to_have_text(["Gempa terasa di pesisir"])
    expect(page.get_by_role("alert")).to_be_empty()


def test_a_new_build_is_shown_at_once(page: Page, site: str, tmp_path: Path) -> None:
    visit(page, site)
    visit(page, f"{site}search/")
    search(page, "meluap")
    publish(tmp_path, FLOOD + ERUPTION)
    page.goto(site)
    expect(page.get_by_role("link", name="Gunung meletus di timur").first).to_be_visible()
    expect(page.get_by_role("link", name="Gempa terasa di pesisir")).to_have_count(0)
    page.goto(f"{site}search/?q=gunung")
    expect(page.locator("#search-list h3")).to_have_text(["Gunung meletus di timur"])


def test_an_index_of_another_build_is_dropped(page: Page, site: str, tmp_path: Path) -> None:
    visit(page, f"{site}search/")
    search(page, "meluap")
    wait_until(page, LOADED_IS_KEPT)
    before = index_files(page)
    publish(tmp_path, ERUPTION)
    page.goto(f"{site}search/?q=gunung")
    expect(page.locator("#search-list h3")).to_have_text(["Gunung meletus di timur"])
    wait_until(page, LOADED_IS_KEPT)
    after = index_files(page)
    assert before - after
    published = tmp_path / "served" / BASE.strip("/")
    assert [address for address in after if not (published / address.removeprefix(site)).is_file()] == []


def index_files(page: Page) -> set[str]:
    return {address for address in page.evaluate(KEPT) if address.endswith(".bin")}


def test_a_page_of_a_new_build_does_not_search_the_index_of_an_old_one(page: Page, site: str, tmp_path: Path) -> None:
    visit(page, f"{site}search/")
    search(page, "gempa")
    publish(tmp_path, ERUPTION)
    page.context.route("**/search/root.bin", lambda route: route.abort())
    page.goto(f"{site}search/?q=gempa")
    expect(page.get_by_role("alert")).to_contain_text("could not be loaded")
    expect(page.locator("#search-list h3")).to_have_count(0)


def test_what_is_kept_has_a_limit(page: Page, site: str, tmp_path: Path) -> None:
    worker = tmp_path / "served" / BASE.strip("/") / "service-worker.js"
    script = worker.read_text("utf-8")
    worker.write_text(script.replace("PAGES_KEPT = 200", "PAGES_KEPT = 3"), "utf-8")
    assert worker.read_text("utf-8") != script
    visit(page, site)
    for path in ("people/", "places/", "tags/", "dates/"):
        visit(page, site + path)
    kept = [address.removeprefix(site) for address in page.evaluate(KEPT) if address.endswith("/")]
    assert kept == ["places/", "tags/", "dates/"]


def test_another_site_on_the_same_host_keeps_its_own(page: Page, site: str) -> None:
    page.goto(site)
    page.evaluate("caches.open(`${location.origin}/ pages 1`).then((cache) => cache.put('/mine', new Response('')))")
    visit(page, site)
    assert any(address.endswith("/mine") for address in page.evaluate(KEPT))


def test_a_preview_keeps_nothing_and_forgets_what_was_kept(page: Page, tmp_path: Path) -> None:
    """`serve` shows each change at once, also where another site was served before from the same port."""
    with served(build(tmp_path, FLOOD).public) as origin:
        page.route("**/_sitegen/reload.js*", lambda route: route.fulfill(body=""))
        visit(page, f"{origin}/")
        page.unroute("**/_sitegen/reload.js*")
        page.add_init_script("ServiceWorkerContainer.prototype.register = async () => { window.registered = true; }")
        page.goto(origin)
        wait_until(page, "navigator.serviceWorker.getRegistrations().then((all) => all.length === 0)")
        assert page.evaluate("window.registered") is None
