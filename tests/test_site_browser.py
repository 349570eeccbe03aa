"""Whole sites in a browser, as the preview serves them: nothing goes wrong in silence, and hostile text stays text."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, Request, Response, expect

from sitegen.serve.files import Site
from sitegen.serve.handler import PreviewHandler
from sitegen.serve.reloads import Reloads
from tests.site import BuiltSite, build_seeds

pytestmark = pytest.mark.browser

WIDTHS = (1280, 360)
TOO_WIDE = "document.documentElement.scrollWidth > innerWidth"
LEFT_EARLY = "net::ERR_ABORTED"
"""What becomes of an icon when the next page is asked for before it came."""
STRINGS_IN_A_SEED = 100
REDIRECT = b'<meta http-equiv="refresh"'


@contextmanager
def served(public: Path) -> Iterator[str]:
    """The address at which the preview serves a built site while the block runs."""
    reloads = Reloads()
    reloads.succeed()
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(PreviewHandler, Site(public, "/"), reloads)) as server:
        server.daemon_threads = True
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_port}"
        server.shutdown()


class Reader:
    """Opens one page after the other, and notes everything that a page does beside being read."""

    def __init__(self, context: BrowserContext, origin: str) -> None:
        self.origin = origin
        self.wrong: list[str] = []
        self.page = context.new_page()
        self.page.on("console", lambda message: self.note(f"console: {message.text}"))
        self.page.on("pageerror", lambda error: self.note(f"error: {error}"))
        self.page.on("dialog", self.refuse)
        self.page.on("popup", lambda popup: self.note(f"popup: {popup.url}"))
        self.page.on("request", self.note_stranger)
        self.page.on("requestfailed", self.note_failure)
        self.page.on("response", self.note_refusal)

    def open(self, path: str) -> Page:
        """The page at `path`, loaded."""
        self.page.goto(self.origin + path, wait_until="load")
        return self.page

    def note(self, what: str) -> None:
        self.wrong.append(f"{self.page.url}: {what}")

    def refuse(self, dialog: Dialog) -> None:
        self.note(f"dialog: {dialog.message}")
        dialog.dismiss()

    def note_stranger(self, request: Request) -> None:
        if not request.url.startswith(self.origin + "/"):
            self.note(f"asks another host: {request.url}")

    def note_failure(self, request: Request) -> None:
        if request.failure != LEFT_EARLY:
            self.note(f"{request.failure}: {request.url}")

    def note_refusal(self, response: Response) -> None:
        if response.status >= 400:
            self.note(f"{response.status}: {response.url}")


@contextmanager
def reading(browser: Browser, site: BuiltSite, *, javascript: bool = True) -> Iterator[Reader]:
    """A reader of the site, whose pages did nothing wrong by the end of the block."""
    with served(site.public) as origin:
        context = browser.new_context(java_script_enabled=javascript)
        reader = Reader(context, origin)
        yield reader
        context.close()
    assert reader.wrong == []


def pages(public: Path, below: str = "") -> list[str]:
    """The paths of the pages that stay where they are: a redirect leaves while the next page is asked for."""
    places = sorted((public / below).rglob("index.html"))
    stay = [place.parent.relative_to(public).as_posix() for place in places if REDIRECT not in place.read_bytes()]
    return [f"/{path}/" if path != "." else "/" for path in stay]


def pages_of_every_kind(public: Path) -> list[str]:
    """One page of each kind and depth, the one with the longest address; and the page for what is not there."""
    longest: dict[tuple[str, int, bool], str] = {}
    for path in pages(public):
        parts = path.split("/")
        key = (parts[1], len(parts), "page" in parts)
        longest[key] = max(longest.get(key, ""), path, key=len)
    return ["/404.html", *longest.values()]


@pytest.fixture(params=["demo", "news", "real_seed"])
def site(request: pytest.FixtureRequest) -> BuiltSite:
    found: BuiltSite = request.getfixturevalue(request.param)
    return found


def test_every_kind_of_page_is_clean_and_fits_a_phone(site: BuiltSite, browser: Browser) -> None:
    with reading(browser, site) as reader:
        for path in pages_of_every_kind(site.public):
            page = reader.open(path)
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 800})
                if page.evaluate(TOO_WIDE):
                    reader.note(f"wider than {width} pixels")


def test_every_kind_of_page_is_read_without_javascript(site: BuiltSite, browser: Browser) -> None:
    with reading(browser, site, javascript=False) as reader:
        for path in pages_of_every_kind(site.public):
            page = reader.open(path)
            if not page.locator("main h1").is_visible() or not page.locator("body > header a").first.is_visible():
                reader.note("shows no heading, or no way on")


@pytest.mark.parametrize(
    ("name", "query", "seed"),
    [
        ("real_seed", "menang", "000_22c53a7ddbce3348.txt"),
        ("real_seed", "kemenangan putin", "000_22c53a7ddbce3348.txt"),
        ("real_seed", '"ucapan selamat"', "000_22c53a7ddbce3348.txt"),
        ("real_seed", "korut", "000_22c53a7ddbce3348.txt"),
        ("real_seed", "-ukraina putin", ""),
        ("demo", "космосе", "1961/gagarin-v-kosmose.txt"),
        ("demo", "باندونغ", "1955/abdel-nasser-fi-bandung.txt"),
        ("demo", "万隆", "1955/zhou-enlai-wanlong.txt"),
    ],
)
def test_typing_finds(name: str, query: str, seed: str, request: pytest.FixtureRequest, browser: Browser) -> None:
    site: BuiltSite = request.getfixturevalue(name)
    with reading(browser, site) as reader:
        page = reader.open("/search/")
        page.fill("#search-query", query)
        expect(page.locator("body")).to_have_attribute("data-answered", re.compile(r"^\?q="))
        first = page.locator("#search-list > li a").first
        if seed:
            expect(first).to_have_attribute("href", re.compile(re.escape(site.record(seed)["url"])))
        else:
            expect(first).to_have_count(0)


@pytest.fixture(scope="module")
def attacked(shared_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """A site whose titles, tags and bodies, as Markdown and as plain text, are attacks."""
    folder = tmp_path_factory.mktemp("attacked")
    rows = (shared_folder / "samples/hostile/xss.jsonl").read_text("utf-8").splitlines()
    attacks = [json.loads(row)["input"] for row in rows]
    seeds = folder / "seeds"
    seeds.mkdir()
    (seeds / "site.toml").write_text("list_size = 200\n")
    for start in range(0, len(attacks), STRINGS_IN_A_SEED):
        some = attacks[start : start + STRINGS_IN_A_SEED]
        head = f"---\ntitle: {json.dumps(some[0])}\ntags: {json.dumps(some[:9])}\n---\n"
        parts = {"md": (head, "\n\n"), "html.md": (head, "\n\n<!-- -->\n\n# "), "txt": (f"{some[-1]}\n\n", "\n\n")}
        for ending, (before, between) in parts.items():
            place = seeds / f"{start}-{ending[0]}.{ending.split('.')[-1]}"
            place.write_bytes((before + between.join(some) + "\n").encode("utf-8", "surrogatepass"))
    for number, attack in enumerate(attacks):
        (seeds / f"title-{number}.txt").write_bytes(
            " ".join(attack.split()).encode("utf-8", "surrogatepass") + b"\n\nx\n"
        )
    return build_seeds(seeds, folder / "public", jobs=2)


def test_attacks_are_shown_and_do_nothing(attacked: BuiltSite, browser: Browser) -> None:
    records = attacked.records()
    assert len(records) >= 3400
    bodies = [record["url"] for seed, record in records.items() if not seed.startswith("title-")]
    assert len(bodies) >= 100
    titles = pages(attacked.public, "articles/page")
    assert len(titles) >= 17
    with reading(browser, attacked) as reader:
        for path in (*bodies, *titles, "/", "/tags/", "/search/?q=%3Csvg%20onload%3Dalert(1)%3E"):
            page = reader.open(path)
            # Handlers that wait for a key or a click have something to wait for here.
            page.keyboard.press("Tab")
