"""The preview in a real browser: an open page follows the site, under the policy that forbids nearly everything."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.test_serve import PATIENCE_SECONDS, preview_at

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    page.set_default_timeout(1000 * PATIENCE_SECONDS)
    yield page
    page.close()


def test_an_open_page_shows_the_next_build_and_why_there_is_none(tmp_path: Path, page: Page) -> None:
    messages: list[str] = []
    page.on("console", lambda message: messages.append(message.text))
    page.on("pageerror", lambda error: messages.append(str(error)))
    with preview_at(tmp_path, "/") as preview:
        page.goto(f"http://localhost:{preview.port}/")
        expect(page.locator("body")).to_have_text("first")
        preview.seed.write_text("bad")
        expect(page.get_by_role("alert")).to_have_text("seeds/a.txt:1: title: <b>bad</b>")
        expect(page.locator("body")).to_contain_text("first")
        preview.seed.write_text("second")
        expect(page.locator("body")).to_have_text("second")
        expect(page.get_by_role("alert")).to_have_count(0)
    # No icon in this site: the browser asks for one by itself.
    assert [text for text in messages if "404" not in text] == []
