"""An index that is not as it was published: the page says so and shows a way on, and never an empty answer."""

import gzip
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from sitegen.config import Settings
from tests.search.archive import Note, make_archive
from tests.search.site import serve, write_site

pytestmark = pytest.mark.browser

SITE = Settings(base_url="http://localhost/", language="en")
NOTES = [Note(f"Banjir ke-{n}", "Air meluap.", date=f"2024-01-{n + 1:02}", source="x.example") for n in range(20)]
OTHERS = [Note("Gempa", "Tanah bergoyang.", date="2023-01-01")]
Break = Callable[[bytes], tuple[int, bytes]]

ROOTS: dict[str, Break] = {
    "missing": lambda _: (404, b"Not found"),
    "empty": lambda _: (200, b""),
    "cut short": lambda whole: (200, whole[: len(whole) // 2]),
    "of the wrong type": lambda _: (200, b"<!doctype html><title>Home</title>"),
    "of another format": lambda _: (200, gzip.compress(b'\x0e{"format": 99}\x00\x00')),
}
SHARDS: dict[str, Break] = {
    "missing": lambda _: (404, b"Not found"),
    "empty": lambda _: (200, b""),
    "cut short": lambda whole: (200, whole[: len(whole) // 2]),
    "cut short, unpacked on the way": lambda whole: (200, gzip.decompress(whole)[:-1]),
    "of the wrong type": lambda _: (200, b"<!doctype html><title>Home</title>"),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    write_site(make_archive(NOTES), SITE, folder)
    return folder


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with serve(folder) as origin:
        yield f"{origin}/search/"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(service_workers="block")
    yield page
    page.close()


def break_files(page: Page, folder: Path, pattern: str, how: Break) -> None:
    """Answers requests for files of the index in a wrong way."""

    def answer(route: Route) -> None:
        name = route.request.url.rpartition("/")[2]
        if "root" in name and "root" not in pattern:
            route.continue_()
        else:
            status, body = how((folder / "search" / name).read_bytes())
            route.fulfill(status=status, body=body)

    page.route(pattern, answer)


def expect_failure(page: Page) -> None:
    expect(page.get_by_role("alert")).to_contain_text("could not be loaded", timeout=30_000)
    expect(page.get_by_role("alert").get_by_role("link")).to_have_attribute("href", "/articles/")
    expect(page.locator("#search-results")).to_be_hidden()


@pytest.mark.parametrize("how", ROOTS.values(), ids=ROOTS)
def test_a_broken_root_is_told_of(page: Page, folder: Path, address: str, how: Break) -> None:
    break_files(page, folder, "**/search/root.bin", how)
    page.goto(f"{address}?q=banjir")
    expect_failure(page)


@pytest.mark.parametrize("how", SHARDS.values(), ids=SHARDS)
def test_a_broken_file_is_told_of(page: Page, folder: Path, address: str, how: Break) -> None:
    break_files(page, folder, "**/search/*.bin", how)
    page.goto(f"{address}?q=banjir")
    expect_failure(page)


def test_a_file_of_another_build_is_told_of(page: Page, folder: Path, address: str, tmp_path: Path) -> None:
    write_site(make_archive(OTHERS), SITE, tmp_path)
    other = next(path for path in sorted((tmp_path / "search").glob("*.bin")) if path.name != "root.bin").read_bytes()
    break_files(page, folder, "**/search/*.bin", lambda _: (200, other))
    page.goto(f"{address}?q=banjir")
    expect_failure(page)


def test_another_build_published_meanwhile_is_read_instead(page: Page, tmp_path: Path) -> None:
    before, after = tmp_path / "before", tmp_path / "after"
    write_site(make_archive(NOTES), SITE, before)
    write_site(make_archive([*NOTES, *OTHERS]), SITE, after)
    with serve(before) as origin:
        page.goto(f"{origin}/search/")
        expect(page.locator("#search-examples a").first).to_be_attached()
        for path in (before / "search").glob("*.bin"):
            path.unlink()
        for path in (after / "search").glob("*.bin"):
            (before / "search" / path.name).write_bytes(path.read_bytes())
        page.fill("#search-query", "bergoyang")
        expect(page.locator("#search-list h3")).to_have_text("Gempa", timeout=30_000)
        expect(page.get_by_role("alert")).to_be_empty()
