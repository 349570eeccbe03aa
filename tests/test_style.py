"""The design system, by its living style guide: what can be read, reached and seen by whom."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from sitegen.config import Settings
from sitegen.resources import shipped_folder
from tests.reach.serving import served
from tests.style.guide import FOLDER, PARTS, SCRIPTS, guide_url, write_guide

pytestmark = pytest.mark.browser

TEXT_ON = {"paper": ("ink", "muted", "accent"), "shade": ("ink", "muted", "accent"), "accent": ("paper",)}
INK_ON = ("added", "removed")
SEEN_ON_PAPER = ("control", "bar", "person", "organization", "place", "event")
TOKEN = "(name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim()"
WIDE = "document.documentElement.scrollWidth > innerWidth"
SMALL = """
() => [...document.querySelectorAll("a, button, input, select, summary")]
  .filter((target) => {
    const box = target.getBoundingClientRect();
    const inText = getComputedStyle(target).display === "inline" && target.closest("p, li, dd");
    return box.width && !inText && !target.matches(".skip, [type=checkbox]") && (box.height < 24 || box.width < 24);
  })
  .map((target) => target.outerHTML.slice(0, 80))
"""
FOCUSED = """
() => {
  const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
  // A date has fields of the browser's own inside, which it marks itself.
  if (document.activeElement.type === "date") return "solid 3px";
  return document.activeElement === document.body ? "" : `${outlineStyle} ${outlineWidth}`;
}
"""
LOOKS = """
(body) => {
  const { fontFamily, lineHeight, fontSize } = getComputedStyle(body);
  return [fontFamily, parseFloat(lineHeight) / parseFloat(fontSize)];
}
"""


@pytest.fixture(scope="module", params=["id", "ar"])
def guide(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the style guide is served, in a left-to-right and in a right-to-left interface."""
    folder = tmp_path_factory.mktemp("guide")
    write_guide(folder, Settings(title="Gaya", base_url="http://localhost:8000/", language=request.param))
    with served(folder) as origin:
        yield origin


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it, of "#rrggbb"."""
    parts = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.2: 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("dark", [False, True])
def test_text_has_the_contrast_of_aa_and_what_is_drawn_is_seen(browser: Browser, guide: str, dark: bool) -> None:
    page = browser.new_page(color_scheme="dark" if dark else "light")
    page.goto(guide + guide_url("colours"))
    token = {name: page.evaluate(TOKEN, name) for name in ("paper", "shade", "ink", "muted", "accent", *INK_ON)}
    for ground, inks in TEXT_ON.items():
        assert {ink for ink in inks if contrast(token[ink], token[ground]) < 4.5} == set(), ground
    assert {ground for ground in INK_ON if contrast(token["ink"], token[ground]) < 4.5} == set()
    seen = {name: contrast(page.evaluate(TOKEN, name), token["paper"]) for name in SEEN_ON_PAPER}
    assert {name for name, ratio in seen.items() if ratio < 3} == set()
    page.close()


def test_every_colour_is_a_token_that_the_guide_shows() -> None:
    sheet = (shipped_folder("static") / "css" / "site.css").read_text("utf-8")
    tokens = set(re.findall(r"--([a-z]+): #", sheet))
    shown = (FOLDER / "guide.css").read_text("utf-8")
    assert {token for token in tokens if f"var(--{token})" not in shown} - {"paper"} == set()
    assert re.findall(r"^(?!\s*--).*#[0-9a-f]{3,6}\b", sheet.partition("@media print")[0], re.MULTILINE) == []


def test_every_part_fits_and_can_be_hit_at_any_width_and_size_of_text(browser: Browser, guide: str) -> None:
    page = browser.new_page()
    for part in PARTS:
        page.goto(guide + guide_url(part))
        for width, percent in ((320, 100), (640, 200), (1440, 100)):
            page.set_viewport_size({"width": width, "height": 900})
            page.evaluate("(percent) => { document.documentElement.style.fontSize = `${percent}%`; }", percent)
            assert not page.evaluate(WIDE), f"{part} is wider than {width} pixels at {percent}%"
            assert page.evaluate(SMALL) == [], f"{part} has targets below 24 pixels at {width}"
    page.close()


def test_every_part_of_a_page_shows_where_the_keyboard_is(browser: Browser, guide: str) -> None:
    page = browser.new_page()
    for part in ("controls", "lists"):
        page.goto(guide + guide_url(part))
        outlines = list(walk(page))
        assert len(outlines) > 20
        assert [outline for outline in outlines if not re.fullmatch(r"solid [2-9].*px", outline)] == []
    page.close()


def walk(page: Page) -> Iterator[str]:
    """The outline of each element that Tab reaches, up to where it leaves the page."""
    for _ in range(100):
        page.keyboard.press("Tab")
        if not (outline := page.evaluate(FOCUSED)):
            return
        yield str(outline)


def test_bars_are_seen_in_forced_colours(browser: Browser, guide: str) -> None:
    page = browser.new_page(forced_colors="active")
    page.goto(guide + guide_url("time"))
    fill = page.locator(".bar rect").first.evaluate("(bar) => getComputedStyle(bar).fill")
    paper = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert fill != paper
    page.close()


def test_each_script_has_faces_of_its_own_first_and_room_for_its_marks(browser: Browser, guide: str) -> None:
    page = browser.new_page()
    page.goto(guide + guide_url("scripts"))
    # In the interface's own language there is no `lang` to go by, so the order of the guide is what tells them apart.
    shown = page.locator("section .body").evaluate_all(f"(bodies) => bodies.map({LOOKS})")
    by_language = {code: look for (code, _, _), look in zip(SCRIPTS, shown, strict=True)}
    assert by_language["ar"][0].startswith('"Noto Naskh Arabic"')
    assert "CJK JP" in by_language["ja"][0]
    assert "CJK SC" in by_language["zh"][0]
    assert all("CJK" not in by_language[code][0] for code in ("id", "ru", "th"))
    assert by_language["id"][1] == by_language["ru"][1] < by_language["hi"][1] < by_language["ar"][1]
    page.close()


def test_a_right_to_left_interface_is_mirrored(browser: Browser, guide: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(guide + guide_url("controls"))
    title, search = (page.locator(part).bounding_box() for part in (".site-title", ".site-search"))
    assert title
    assert search
    mirrored = page.locator("html").get_attribute("dir") == "rtl"
    assert (search["x"] < title["x"]) == mirrored
    page.close()
