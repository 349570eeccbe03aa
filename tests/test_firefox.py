"""Search and reading offline in the other browser family: the same queries find the same as in Chromium."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sitegen.config import Settings
from tests.search.archive import make_archive
from tests.search.firefox import ENTER, Firefox, start_firefox
from tests.search.site import serve, write_site
from tests.test_offline import LOADED_IS_KEPT
from tests.test_search_page import ALIASES, BASE, FLOODS, NOTES, QUERIES, VISIT

pytestmark = pytest.mark.browser

TITLES = """(() => {
  const found = [...document.querySelectorAll("#search-list > li")];
  const divider = found.findIndex((item) => item.className === "search-divider");
  return found.slice(0, divider < 0 ? found.length : divider).map((item) => item.querySelector("h3").textContent);
})()"""


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    with start_firefox(tmp_path_factory.mktemp("profile")) as firefox:
        yield firefox


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    write_site(make_archive(NOTES, ALIASES), Settings(base_url=f"http://localhost{BASE}", language="en"), folder)
    return folder


def wait_for_answer(firefox: Firefox, text: str) -> None:
    firefox.wait_until(f"document.querySelector('#search-found').textContent.includes({text!r})")


def test_every_query_finds_in_firefox_what_it_finds_in_chromium(firefox: Firefox, site: Path) -> None:
    found = {}
    with serve(site) as origin:
        for query, _ in QUERIES:
            firefox.open(f"{origin}{BASE}search/")
            firefox.type(f"/{query}{ENTER}")
            firefox.wait_until("document.body.dataset.answered === location.search && location.search")
            found[query] = firefox.ask(f"document.querySelector('#search-results').hidden ? [] : {TITLES}")
        assert firefox.ask("document.querySelector('#search-failure').textContent") == ""
    assert found == dict(QUERIES)


def test_filters_and_marked_extracts_work_in_firefox(firefox: Firefox, site: Path) -> None:
    with serve(site) as origin:
        firefox.open(f"{origin}{BASE}search/?q=meluap")
        wait_for_answer(firefox, f"{FLOODS} articles found")
        firefox.wait_until("document.querySelector('.search-extract mark')?.textContent === 'meluap'")
        firefox.wait_until("document.querySelector('[data-filter=year] input')")
        firefox.ask("document.querySelector('[data-filter=year] input[value=\"2011\"]').click()")
        wait_for_answer(firefox, "8 articles found")


def test_what_was_read_is_read_again_in_firefox_without_a_network(firefox: Firefox, site: Path) -> None:
    with serve(site) as origin:
        address = f"{origin}{BASE}search/"
        firefox.open(f"{address}?q=berkunjung")
        wait_for_answer(firefox, "1 article found")
        firefox.wait_until(f"caches.match('{address}root.bin')")
        firefox.open(f"{address}?q=berkunjung")
        wait_for_answer(firefox, "1 article found")
        firefox.wait_until(LOADED_IS_KEPT)
    firefox.open(f"{address}?q=berkunjung")
    wait_for_answer(firefox, "1 article found")
    assert firefox.ask(TITLES) == [VISIT]
    firefox.open(f"{origin}{BASE}dates/")
    assert firefox.ask("document.querySelector('h1').textContent") == "There is no connection"
