"""The search page in a real browser: what a reader types, and what it finds and says."""

import csv
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import LatexDecodingMiddleware
from playwright.sync_api import Browser, ConsoleMessage, Page, Route, expect

from sitegen.config import Settings
from sitegen.model import TermKind
from tests.search.archive import Note, make_archive
from tests.search.site import serve, write_site

pytestmark = pytest.mark.browser

PERSON, PLACE, ORGANIZATION = TermKind.PERSON, TermKind.PLACE, TermKind.ORGANIZATION
BASE = "/arsip/berita/"
FLOODS = 24
FORMULA = '=HYPERLINK("http://x.example") 50% & $5 #1 a_b~c \\d'
BRACE = "Kurung } tunggal"
VICTORY = "Presiden Korut Beri Selamat pada Presiden Rusia Putin Atas Kemenangannya"
VISIT = "Putin berkunjung ke Beijing"
NOTES = [
    Note(
        VICTORY,
        "Kemenangan! Kim mengirimkan ucapan dan selamat.\n"
        "Ia menyampaikan ucapan selamat setelah Putin kembali menang.\n"
        "DPRK mendukung perang di Ukraina.",
        date="2024-03-20",
        source="sputnik.example",
        names=((PERSON, "Vladimir Putin"), (PLACE, "Korea Utara"), (PLACE, "Ukraina")),
        tags=("Pemilihan umum",),
    ),
    Note(
        VISIT,
        "Presiden Rusia tiba di ibu kota Tiongkok.\nIa memberi ucapan dan selamat.",
        date="2024-05-16",
        source="antara.example",
        names=((PERSON, "Vladimir Putin"),),
    ),
    Note("Путин прибыл в Пекин", "Президент говорил про выборы на выборах.", "ru", "2024-05"),
    Note("الرئيس يستقبل الوزير", "لبحث الانتخابات القادمة", "ar", "2023"),
    Note("北京大学举行研讨会", "与会者讨论了选举制度的改革。", "zh", "2022-06-01"),
    Note("Cumhurbaşkanı seçimi", "İstanbul'da seçimler.", "tr"),
    Note(FORMULA, "Formulir ini bukan rumus.", date="2001-02-03", source="＋62 & rekan"),
    Note(BRACE, "Formulir lain.", "und"),
    *(
        Note(
            f"Banjir ke-{n}",
            "Air meluap. <b>Tebal</b> & tinggi.",
            date=f"20{10 + n % 3}-01-{n + 1:02}",
            source="x.example",
        )
        for n in range(FLOODS)
    ),
]
ALIASES = {"Korea Utara": ("Korut", "DPRK", "Republik Demokratik Rakyat Korea"), "Vladimir Putin": ("Putin",)}
QUERIES = [
    ("menang", [VICTORY]),
    ("kemenangan putin", [VICTORY]),
    ('"ucapan selamat"', [VICTORY]),
    ("korut", [VICTORY]),
    ("DPRK", [VICTORY]),
    ("republik demokratik rakyat korea", [VICTORY]),
    ("-ukraina putin", [VISIT]),
    ("title:berkunjung", [VISIT]),
    ("tag:pemilihan", [VICTORY]),
    ('entity:"Korea Utara"', [VICTORY]),
    ("source:antara", [VISIT]),
    ("berkunjng~1", [VISIT]),
    ("*kunjung", [VISIT]),
    ("выборы", ["Путин прибыл в Пекин"]),
    ("الانتخابات", ["الرئيس يستقبل الوزير"]),
    ("选举", ["北京大学举行研讨会"]),
    ("北京大学", ["北京大学举行研讨会"]),
    ("CUMHURBASKANI", ["Cumhurbaşkanı seçimi"]),
    ("kemen", [VICTORY]),
    ("dimenangkan", [VICTORY]),
    ("избирательных", []),
    ("президентами", ["Путин прибыл в Пекин"]),
]
"""What is typed, and the titles of what has all of it."""

WATCH_SHIFTS = """() => {
  window.shifts = [];
  const observer = new PerformanceObserver((list) => {
    for (const { value, sources } of list.getEntries()) {
      window.shifts.push(`${value}: ${sources.map(({ node }) => node?.id || node?.className || node?.nodeName)}`);
    }
  });
  observer.observe({type: "layout-shift"});
}"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("site")
    write_site(make_archive(NOTES, ALIASES), Settings(base_url=f"http://localhost{BASE}", language="en"), folder)
    with serve(folder) as origin:
        yield f"{origin}{BASE}search/"


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """A page on which nothing may go wrong in silence."""
    page = browser.new_page()
    page.set_default_timeout(10_000)
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on(
        "console", lambda message: wrong.append(f"{message.text} {message.location}") if is_fault(message) else None
    )
    yield page
    page.close()
    assert wrong == []


def is_fault(message: ConsoleMessage) -> bool:
    """Whether a message of the browser tells of a fault; the bare article pages have no icon."""
    return message.type in {"error", "warning"} and "favicon.ico" not in str(message.location)


@pytest.fixture
def search(page: Page, address: str) -> Callable[[str], list[str]]:
    """Asks for the query given and answers with the titles of the articles that have all of it."""
    page.goto(address)
    expect(page.locator("#search-examples a").first).to_be_attached()

    def ask(query: str) -> list[str]:
        page.fill("#search-query", query)
        page.press("#search-query", "Enter")
        wait_for_answer(page)
        return titles(page)

    return ask


def wait_for_answer(page: Page) -> None:
    """Until the answer to what the address asks is shown."""
    query = urlsplit(page.url).query
    expect(page.locator("body")).to_have_attribute("data-answered", query and f"?{query}")


def titles(page: Page) -> list[str]:
    """The titles found, up to the line below which only some of the words are found."""
    found = page.locator("#search-list:visible > li").all_inner_texts()
    divider = next((place for place, text in enumerate(found) if "These have some" in text), len(found))
    return [text.split("\n")[0].strip() for text in found[:divider]]


@pytest.mark.parametrize(("query", "expected"), QUERIES)
def test_the_query_finds(search: Callable[[str], list[str]], query: str, expected: list[str]) -> None:
    assert search(query) == expected


@pytest.mark.parametrize(
    ("query", "answer"),
    [
        *((sign, "There is no word in this that could be searched for.") for sign in ("^", "+", "-", "*", '"', "🙂")),
        ("a" * 10_000, "There is no word in this that could be searched for."),
        ("13:30", "No article has the word “30”."),
        ("covid: x", "No article has the word “covid”."),
        ("x~", "articles found"),
        ("berkunjung~", "1 article found"),
        ("berkunjung^", "1 article found"),
        ("\ud800berkunjung\ud83d", "1 article found"),
        ("berkunjung " * 2_000, "only its first words were searched for"),
        ("<img src=x onerror=alert(1)>", "No article has the word “img”."),
    ],
)
def test_whatever_is_typed_gets_a_plain_answer(
    search: Callable[[str], list[str]], page: Page, query: str, answer: str
) -> None:
    search("meluap")
    type_units(page, query)
    expect(page.locator("#search")).to_contain_text(answer)
    assert search("berkunjung") == [VISIT]


def type_units(page: Page, text: str) -> None:
    """Type any UTF-16 units, which a browser's text may consist of and ours may not."""
    units = memoryview(text.encode("utf-16-le", "surrogatepass")).cast("H").tolist()
    page.locator("#search-query").evaluate(
        "(field, units) => { field.value = units.map((unit) => String.fromCharCode(unit)).join('');"
        " field.dispatchEvent(new Event('input', {bubbles: true})); }",
        units,
    )


def test_results_that_have_only_some_of_the_words_follow_and_say_so(
    search: Callable[[str], list[str]], page: Page
) -> None:
    assert search("putin kemenangan") == [VICTORY]
    expect(page.locator(".search-divider")).to_contain_text("some of them")
    expect(page.locator("#search-list")).to_contain_text(VISIT)


def test_that_no_article_has_all_of_the_words_is_said_first(search: Callable[[str], list[str]], page: Page) -> None:
    search("banjir putin")
    expect(page.locator("#search-found")).to_have_text(
        f"No article has all of the words, {FLOODS + 2} have some of them"
    )
    expect(page.locator("#search-notes")).to_contain_text("“putin” is in 2 articles.")
    expect(page.locator("#search-list h3")).to_have_count(10)


def test_a_form_that_no_article_has_is_told_of_with_what_was_found_instead(
    search: Callable[[str], list[str]], page: Page
) -> None:
    assert search("dimenangkan") == [VICTORY]
    expect(page.locator("#search-notes")).to_contain_text("No article has “dimenangkan”.")
    expect(page.locator("#search-notes")).to_contain_text("menang")
    search("kemenang")
    expect(page.locator("#search-notes")).to_be_empty()


def test_the_extract_shows_the_words_found_and_leads_to_their_paragraph(
    search: Callable[[str], list[str]], page: Page
) -> None:
    search('"ucapan selamat"')
    expect(page.locator(".search-extract mark")).to_have_text(["ucapan", "selamat"])
    assert str(page.locator("#search-list h3 a").get_attribute("href")).endswith("/#p2")


def test_markup_in_an_article_is_shown_as_text(search: Callable[[str], list[str]], page: Page) -> None:
    search("meluap")
    expect(page.locator(".search-extract").first).to_contain_text("<b>Tebal</b> & tinggi.")


def test_an_alias_says_what_it_also_means(search: Callable[[str], list[str]], page: Page) -> None:
    search("DPRK")
    expect(page.locator("#search-notes")).to_contain_text("DPRK also means Korea Utara.")


def test_a_word_that_is_nowhere_is_named_with_one_like_it(search: Callable[[str], list[str]], page: Page) -> None:
    assert search("Selammat") == []
    expect(page.locator("#search-notes")).to_contain_text("No article has the word “Selammat”. Did you mean: selamat")
    expect(page.get_by_role("status")).to_contain_text("No article found. No article has the word “Selammat”.")
    page.get_by_role("link", name="selamat").click()
    expect(page.locator("#search-list")).to_contain_text(VICTORY)


def test_words_that_rule_everything_out_are_told_of(search: Callable[[str], list[str]], page: Page) -> None:
    assert search("berkunjung -beijing") == []
    expect(page.locator("#search-notes")).to_contain_text("Without the words ruled out by “-” 1 article is found.")


def test_filters_narrow_and_their_counts_are_kept(search: Callable[[str], list[str]], page: Page) -> None:
    search("banjir")
    expect(page.locator("#search-found")).to_have_text(f"{FLOODS} articles found")
    year = page.locator('[data-filter="year"] li', has_text="2011")
    count = int(year.locator(".search-count").inner_text())
    year.locator("input").check()
    expect(page.locator("#search-found")).to_have_text(f"{count} articles found")
    assert "year=2011" in page.url
    page.locator("#search-clear").click()
    expect(page.locator("#search-found")).to_have_text(f"{FLOODS} articles found")


def test_a_range_of_dates_narrows(search: Callable[[str], list[str]], page: Page) -> None:
    search("putin")
    page.fill('[name="from"]', "2024-04-01")
    expect(page.locator("#search-list")).not_to_contain_text(VICTORY)
    assert VISIT in titles(page)


def test_results_are_sorted_by_date_when_asked(search: Callable[[str], list[str]], page: Page) -> None:
    search("banjir")
    for order, expected in (("newest", ["2012-01-24", "2012-01-21"]), ("oldest", ["2010-01-01", "2010-01-04"])):
        page.select_option("#search-sort", order)
        wait_for_answer(page)
        dates = [item.get_attribute("datetime") for item in page.locator("#search-list time").all()]
        assert dates[:2] == expected


def test_the_address_holds_the_query_and_back_returns_to_it(search: Callable[[str], list[str]], page: Page) -> None:
    search("banjir")
    page.locator('[data-filter="year"] input').first.check()
    wait_for_answer(page)
    page.select_option("#search-sort", "oldest")
    wait_for_answer(page)
    shown = titles(page)
    page.reload()
    wait_for_answer(page)
    assert titles(page) == shown
    page.go_back()
    page.go_back()
    expect(page.locator("#search-found")).to_have_text(f"{FLOODS} articles found")
    expect(page.locator("#search-sort")).to_have_value("relevance")


def test_back_returns_to_the_queries_that_were_done_with(search: Callable[[str], list[str]], page: Page) -> None:
    search("meluap")
    page.locator("#search-query").press_sequentially(" 7", delay=20)
    page.locator("#search-query").fill("berkunjung")
    expect(page.locator("#search-found")).to_have_text("1 article found")
    page.go_back()
    expect(page.locator("#search-query")).to_have_value("meluap")
    expect(page.locator("#search-found")).to_have_text(f"{FLOODS} articles found")
    page.go_forward()
    expect(page.locator("#search-query")).to_have_value("berkunjung")


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_moves_as_results_come_in(browser: Browser, address: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(f"{address}?q=banjir")
    page.evaluate(WATCH_SHIFTS)
    for query in ("meluap", "tinggi", "banjir"):
        page.fill("#search-query", query)
        page.press("#search-query", "Enter")
        wait_for_answer(page)
        expect(page.locator(".search-extract").last).not_to_be_empty()
    assert page.evaluate("window.shifts") == []
    page.close()


def test_on_a_phone_the_filters_come_before_the_results(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 800})
    page.goto(f"{address}?q=banjir")
    expect(page.locator("#search-list h3").first).to_be_visible()
    page.locator("#search-help summary").focus()
    page.keyboard.press("Tab")
    expect(page.locator("#search-filters summary")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator('[data-filter="year"] li').first).to_be_visible()
    below = page.locator("#search-found").bounding_box()
    above = page.locator("#search-filters").bounding_box()
    assert below is not None
    assert above is not None
    assert above["y"] + above["height"] <= below["y"]
    page.close()


def test_an_answer_that_takes_its_time_is_announced(browser: Browser, address: str) -> None:
    page = browser.new_page(service_workers="block")
    page.goto(address)
    expect(page.locator("#search-examples a").first).to_be_attached()
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/search/*.bin", hold)
    page.fill("#search-query", "meluap")
    expect(page.locator("#search-found")).to_have_text("Searching …")
    page.unroute("**/search/*.bin", hold)
    expect(page.locator("#search-found")).to_have_text(f"{FLOODS} articles found")
    page.close()


def test_the_arrows_lead_from_a_fresh_page_into_the_results(page: Page, address: str) -> None:
    page.goto(f"{address}?q=banjir")
    expect(page.locator("#search-list h3 a").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#search-list h3 a").first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.locator("#search-query")).to_be_focused()


def test_the_page_is_used_with_the_keyboard_alone(search: Callable[[str], list[str]], page: Page) -> None:
    search("banjir")
    page.locator("#search-list h3 a").first.focus()
    page.keyboard.press("/")
    expect(page.locator("#search-query")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#search-list h3 a").nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/articles/**")


def test_the_number_of_results_is_announced_once_typing_has_paused(
    search: Callable[[str], list[str]], page: Page
) -> None:
    page.evaluate(
        "() => { window.said = []; new MutationObserver(() => window.said.push("
        "document.querySelector('#search-status').textContent))"
        ".observe(document.querySelector('#search-status'), {childList: true, characterData: true, subtree: true}) }"
    )
    page.locator("#search-query").press_sequentially("berkunjung", delay=20)
    expect(page.locator("#search-status")).to_have_text("1 article found.")
    assert page.evaluate("window.said") == ["1 article found."]


def test_more_results_are_shown_on_demand(search: Callable[[str], list[str]], page: Page) -> None:
    search("banjir")
    assert len(titles(page)) == 10
    page.locator("#search-more").click()
    expect(page.locator("#search-list h3")).to_have_count(20)


def test_the_help_panel_searches_with_words_of_this_archive(search: Callable[[str], list[str]], page: Page) -> None:
    examples = page.locator("#search-examples a")
    examples.first.click()
    wait_for_answer(page)
    expect(examples.first).to_be_hidden()
    page.locator("#search-help summary").click()
    assert examples.count() >= 8
    for place in range(examples.count()):
        examples.nth(place).click()
        wait_for_answer(page)
        assert titles(page), examples.nth(place).inner_text()


def test_without_an_index_the_page_says_so_and_shows_a_way_on(browser: Browser, address: str) -> None:
    page = browser.new_page(service_workers="block")
    page.route("**/search/root*", lambda route: route.abort())
    page.goto(f"{address}?q=banjir")
    expect(page.get_by_role("alert")).to_contain_text("could not be loaded")
    expect(page.get_by_role("alert").get_by_role("link")).to_have_attribute("href", f"{BASE}articles/")
    page.close()


@pytest.mark.parametrize("body", [b"", b"\x1f\x8b\x08\x00cut", b"<!doctype html><title>Not found</title>"])
def test_a_broken_shard_is_told_of_with_a_way_on(browser: Browser, address: str, body: bytes) -> None:
    page = browser.new_page(service_workers="block")
    page.goto(address)
    expect(page.locator("#search-examples a").first).to_be_attached()
    page.route(
        "**/search/*.bin", lambda route: route.continue_() if "root" in route.request.url else route.fulfill(body=body)
    )
    page.fill("#search-query", "banjir")
    expect(page.get_by_role("alert")).to_contain_text("could not be loaded")
    expect(page.get_by_role("alert").get_by_role("link")).to_be_visible()
    page.unroute("**/search/*.bin")
    page.fill("#search-query", "meluap")
    expect(page.locator("#search-found")).to_have_text(f"{FLOODS} articles found")
    expect(page.get_by_role("alert")).to_be_empty()
    page.close()


def test_an_answer_without_its_suggestions_is_still_an_answer(browser: Browser, address: str) -> None:
    page = browser.new_page(service_workers="block")
    page.goto(f"{address}?q=selamat")
    expect(page.locator("#search-list")).to_contain_text(VICTORY)
    # What the first answer still loads is not what must be missing.
    page.wait_for_load_state("networkidle")
    page.route("**/search/*.bin", lambda route: route.abort())
    page.fill("#search-query", "selammat")
    expect(page.locator("#search-notes")).to_have_text("No article has the word “selammat”.")
    expect(page.get_by_role("alert")).to_be_empty()
    page.close()


def test_a_site_built_anew_is_searched_without_a_reload(browser: Browser, address: str) -> None:
    page = browser.new_page(service_workers="block")
    page.goto(address)
    expect(page.locator("#search-examples a").first).to_be_attached()
    gone: list[str] = []

    def refuse_first(route: Route) -> None:
        if gone:
            route.continue_()
        else:
            gone.append(route.request.url)
            route.fulfill(status=404)

    page.route("**/search/*.bin", refuse_first)
    page.fill("#search-query", "berkunjung")
    expect(page.locator("#search-list")).to_contain_text(VISIT)
    expect(page.get_by_role("alert")).to_be_empty()
    page.close()


def test_an_old_answer_never_overtakes_a_new_one(browser: Browser, address: str) -> None:
    page = browser.new_page(service_workers="block")
    page.goto(address)
    expect(page.locator("#search-examples a").first).to_be_attached()
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/articles/**", hold)
    with page.expect_request("**/articles/**"):
        page.fill("#search-query", '"ucapan selamat"')
    page.fill("#search-query", "meluap")
    expect(page.locator("#search-found")).to_have_text(f"{FLOODS} articles found")
    with page.expect_response(re.compile("/articles/presiden")):
        while held:
            held.pop().continue_()
    expect(page.locator("#search-list")).not_to_contain_text(VICTORY)
    expect(page.locator("#search-found")).to_have_text(f"{FLOODS} articles found")
    page.close()


def save(page: Page, format: str) -> str:
    """What the results that are shown are saved as."""
    with page.expect_download() as download:
        page.locator(f'[data-format="{format}"]').click()
    return Path(download.value.path()).read_text("utf-8")


def test_results_are_saved_as_a_table_that_runs_nothing(
    search: Callable[[str], list[str]], page: Page, address: str
) -> None:
    search("formulir")
    saved = save(page, "csv")
    assert saved.startswith("\ufeff")
    rows = {row["date"]: row for row in csv.DictReader(saved.lstrip("\ufeff").splitlines())}
    assert set(rows) == {"", "2001-02-03"}
    row = rows["2001-02-03"]
    assert row["title"] == f"'{FORMULA}"
    assert row["source"] == "'＋62 & rekan"
    assert row["url"].startswith(address.removesuffix("search/") + "articles/hyperlink-")
    page.goto(row["url"])
    expect(page.locator("body")).to_contain_text("bukan rumus")


def test_results_are_saved_as_a_bibliography(search: Callable[[str], list[str]], page: Page) -> None:
    search("formulir")
    saved = save(page, "bib")
    library = parse_string(saved, append_middleware=[LatexDecodingMiddleware()])
    assert library.failed_blocks == []
    titles = {str(entry["title"]): entry for entry in library.entries}
    assert len(titles) == 2
    entry = titles[FORMULA]
    assert entry.entry_type == "article"
    assert [entry[name] for name in ("journal", "year", "month", "day", "langid")] == [
        *("＋62 & rekan", "2001", "2", "3", "id")
    ]
    # A brace on its own would end the field: BibTeX counts it even after a backslash.
    assert "{{Kurung \\textbraceright{} tunggal}}" in saved
    assert "langid = {und}" not in saved


def test_the_scripts_asked_for_at_once_are_those_that_are_needed_at_once(page: Page, address: str) -> None:
    page.goto(address)
    asked = page.locator("script[type=module]").evaluate_all("(scripts) => scripts.map(({src}) => src)")
    needed = {urljoin(address, f"{BASE}static/js/search/main.js")}
    for script in (pending := list(needed)):
        imported = re.findall(r'^import .* from "(.+)";$', page.request.get(script).text(), re.MULTILINE)
        found = {urljoin(script, name) for name in imported} - needed
        needed |= found
        pending.extend(found)
    assert len(asked) > 10
    assert set(asked) <= needed


def test_without_javascript_the_page_shows_the_ways_to_browse(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    assert "needs JavaScript" in page.locator("noscript").inner_text()
    expect(page.locator("main").get_by_role("link", name="People")).to_have_attribute("href", f"{BASE}people/")
    context.close()
