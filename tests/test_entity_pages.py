"""Pages of entities through time, with whom and where, and the network of all: each number opens what it counts."""

import gzip
import json
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from xml.etree import ElementTree

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import expect

from sitegen.archive.companions import find_companions
from sitegen.check.page import read_page
from sitegen.config import Settings
from sitegen.model import Archive, EntityType, TermKind, TermRef
from sitegen.pages.edition import make_edition
from sitegen.pages.layout import lay_out
from sitegen.pages.map import COORDINATES_FILE, map_of_place, map_of_places
from sitegen.urls import output_path
from tests.archives import Story, make_archive
from tests.rendered import build_files, html_pages
from tests.site import BuiltSite
from tests.test_site_browser import Reader, served

SETTINGS = Settings(base_url="https://arsip.example/", language="en", list_size=4)
PERSON, PLACE, EVENT = EntityType.PERSON, EntityType.PLACE, EntityType.EVENT
ANI, BUDI, JAKARTA, NOWHERE = ("Ani", PERSON), ("Budi", PERSON), ("Jakarta", PLACE), ("Antah Berantah", PLACE)
LONG_NAME = " ".join(["Raden"] * 50)


def story(title: str, date: str, *names: tuple[str, EntityType], source: str = "kabar.example") -> Story:
    text = tuple(f"Kata {name} di sana." for name, _ in names) or ("Tidak ada nama.",)
    return Story(title, text, date, source=source, names=names)


STORIES = (
    *(story(f"Berdua {year}", f"{year}-05-01", ANI, BUDI, JAKARTA) for year in (1998, 1998, 2001, 2024)),
    *(story(f"Ani {day}", f"2010-01-0{day}", ANI, source="lain.example") for day in (1, 2, 3)),
    story("Ani, kapan?", "", ANI),
    *(story(f"Tempat {number}", "2011-02", NOWHERE, (LONG_NAME, PERSON)) for number in (1, 2)),
    *(story(f"Lain {number}", "2012", source="lain.example") for number in range(9)),
)


@cache
def archive() -> Archive:
    return connected(make_archive(STORIES))


def connected(made: Archive) -> Archive:
    return replace(made, companions=find_companions(made.terms, len(made.records)))


@cache
def site() -> Mapping[str, bytes]:
    return build_files(archive(), SETTINGS)


def page(url: str) -> lxml.html.HtmlElement:
    return lxml.html.fromstring(site()[output_path(url)])  # type: ignore[arg-type]


def opened(files: Mapping[str, bytes], href: str) -> set[str]:
    """The articles that stand where a link leads; all parts of a list, where it leads to its landing page."""
    url, _, anchor = href.partition("#")
    whole = lxml.html.fromstring(files[output_path(url)])  # type: ignore[arg-type]
    if anchor:
        (whole,) = whole.xpath("//*[@id=$id]", id=anchor)
    items = set(whole.xpath(".//@data-item"))
    parts = [path for path in files if path.startswith(f"{url.strip('/')}/page/")]
    for path in parts if not anchor else ():
        items |= set(lxml.html.fromstring(files[path]).xpath("//@data-item"))
    return items


def wrong_counts(files: Mapping[str, bytes]) -> list[tuple[str, str]]:
    """The links that do not lead to as many things as they say."""
    return [
        (path, link.target)
        for path, text in html_pages(files)
        for link in read_page(text).links
        if link.claim and len(opened(files, link.target)) != int(link.claim)
    ]


def counted(table: lxml.html.HtmlElement) -> dict[str, str]:
    """What each row of a table of names and numbers opens."""
    return {row.xpath("string(th)").strip(): row.xpath("td/a/@href")[0] for row in table.xpath("tbody/tr")}


@pytest.mark.parametrize("most_titles", [2000, 3])
def test_every_number_opens_as_many_articles_as_it_says(most_titles: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sitegen.pages.sections.MOST_TITLES", most_titles)
    files = build_files(archive(), SETTINGS)
    assert ("people/ani/years/y1998/index.html" in files) == (most_titles == 3)
    assert wrong_counts(files) == []


def test_the_bars_of_a_person_are_years_to_scale_and_a_table_says_the_same() -> None:
    (strip,) = page("/people/ani/").xpath("//*[@class='timeline']")
    bars = {bar.xpath("string(title)")[:4]: bar for bar in strip.xpath("svg/a")}
    assert list(bars) == ["1998", "2001", "2010", "2024"]
    starts = {year: int(bar.xpath("rect[1]/@x")[0]) for year, bar in bars.items()}
    assert (starts["2010"] - starts["1998"]) / (starts["2001"] - starts["1998"]) == pytest.approx(4, abs=0.1)
    rows = counted(strip.xpath(".//table")[0])
    assert list(rows) == ["1998", "2001", "2010", "2024", "Date unknown"]
    titles = page("/people/ani/years/").xpath("string(//section[@id='y2010'])").split("\n")
    assert [line.split("January")[0].strip() for line in titles if line.startswith("Ani")] == [
        "Ani 1",
        "Ani 2",
        "Ani 3",
    ]


def test_companions_open_exactly_the_shared_articles() -> None:
    companions = counted(page("/people/budi/").xpath("//*[h2[@id='companions']]/table")[0])
    assert list(companions) == ["Jakarta", "Ani"]
    numbers = archive().terms[TermRef(TermKind.PERSON, "budi")].numbers  # type: ignore[arg-type]
    assert opened(site(), companions["Ani"]) == {archive().records[number].url for number in numbers}
    sources = counted(page("/people/ani/").xpath("//*[h2[@id='sources']]/table")[0])
    assert [len(opened(site(), href)) for href in sources.values()] == [5, 3]


def test_an_entity_that_keeps_no_company_says_so_by_silence() -> None:
    lonely = lxml.html.fromstring(build_files(make_archive(STORIES), SETTINGS)["people/ani/index.html"])
    assert not lonely.xpath("//*[@id='companions']")
    assert lonely.xpath("//*[@id='sources']")


def test_a_place_is_where_it_is_and_an_unknown_one_has_no_map() -> None:
    svg = page("/places/jakarta/").xpath("//figure[@class='map']/svg")[0]
    left, top, width, height = map(float, svg.get("viewbox").split())
    point = svg.xpath("circle")[0]
    assert (float(point.get("cx")), float(point.get("cy"))) == (left + width / 2, top + height / 2)
    world = svg.xpath("image")[0]
    longitude = float(point.get("cx")) / (float(world.get("width")) / 2) * 180
    assert (longitude, float(point.get("cy")) / -100) == pytest.approx((106.85, -6.21), abs=0.1)
    assert not page("/places/antah-berantah/").xpath("//figure[@class='map']")
    shown = page("/places/").xpath("//figure[contains(@class, 'map')]//a/@href")
    assert shown == ["/places/jakarta/"]


def test_every_place_fits_on_its_map_and_on_that_of_all() -> None:
    lines = gzip.decompress(COORDINATES_FILE.read_bytes()).decode().splitlines()
    names = [line.split("\t")[0] for line in lines[::50]]
    edition = make_edition(make_archive([story("Di mana", "", *((name, PLACE) for name in names))]), SETTINGS)
    terms = [(term, edition.counted(term)) for term in edition.kinds[TermKind.PLACE]]
    for shown in (map_of_places(terms), *(map_of_place(*pair) for pair in terms)):
        assert shown
        for point in shown.points:
            assert shown.x <= point.x <= shown.x + shown.width
            assert shown.y <= point.y <= shown.y + shown.height


def test_the_network_draws_the_ties_and_its_table_and_files_say_the_same() -> None:
    network = page("/network/")
    nodes = {node.get("data-node"): node.get("data-name") for node in network.xpath("//a[@data-node]")}
    drawn = {tuple(nodes[end] for end in line.get("data-ends").split()) for line in network.xpath("//line")}
    rows = network.xpath("//table[@id='ties']/tbody/tr")
    told = {(row.xpath("string(th)"), row.xpath("string(td[1])")) for row in rows}
    record = json.loads(site()["data/network.json"])
    names = {node["key"]: node["name"] for node in record["nodes"]}
    assert drawn == told == {(names[tie["one"]], names[tie["other"]]) for tie in record["ties"]}
    assert {frozenset(pair) for pair in drawn} >= {frozenset(("Ani", "Budi")), frozenset(("Antah Berantah", LONG_NAME))}
    graph = ElementTree.fromstring(site()["data/network.graphml"]).find("{*}graph")
    assert graph is not None
    edges = {(names[edge.attrib["source"]], names[edge.attrib["target"]]) for edge in graph.iterfind("{*}edge")}
    assert edges == drawn


def test_an_archive_of_one_article_has_a_network_of_nobody() -> None:
    files = build_files(connected(make_archive(STORIES[:1])), SETTINGS)
    assert "No two names" in files["network/index.html"].decode()
    assert wrong_counts(files) == []
    assert b"/network/" not in files["sitemap.xml"]


@given(
    st.lists(st.tuples(st.integers(4, 200), st.integers(4, 60)), max_size=30),
    st.lists(st.tuples(st.integers(0, 29), st.integers(0, 29)), max_size=40),
)
def test_nothing_on_the_sheet_covers_anything_else(boxes: list[tuple[int, int]], pairs: list[tuple[int, int]]) -> None:
    ties = [(one, other) for one, other in pairs if one < other < len(boxes)]
    middles, (width, height) = lay_out([(float(w), float(h)) for w, h in boxes], ties)
    placed = list(zip(middles, boxes, strict=True))
    for number, ((x, y), (w, h)) in enumerate(placed):
        assert w / 2 <= x <= width - w / 2
        assert h / 2 <= y <= height - h / 2
        for (x2, y2), (w2, h2) in placed[:number]:
            assert abs(x - x2) >= (w + w2) / 2 or abs(y - y2) >= (h + h2) / 2
    assert (middles, (width, height)) == lay_out([(float(w), float(h)) for w, h in boxes], ties)


@pytest.mark.browser
def test_the_network_is_explored_with_keys_pointer_and_boxes(demo: BuiltSite, browser: object) -> None:
    with served(demo.public) as origin:
        context = browser.new_context()  # type: ignore[attr-defined]
        reader = Reader(context, origin)
        view = reader.open("/network/")
        kim = view.locator("[data-node][data-name='Kim Jong Un']")
        kim.focus()
        expect(view.locator("#network-told")).to_contain_text("Kim Jong Un: ")
        expect(view.locator("#network-told")).to_contain_text("Korea Utara")
        own = f"line[data-ends~='{kim.get_attribute('data-node')}']"
        assert view.locator("line.near").count() == view.locator(own).count() > 0
        view.keyboard.press("ArrowRight")
        expect(kim).not_to_be_focused()
        view.locator("input[value=place]").uncheck()
        expect(view.locator("[data-kind=place]:visible")).to_have_count(0)
        expect(view.locator("#ties tbody tr:visible").first).to_be_visible()
        assert not view.locator("#ties tbody tr:visible", has_text="Korea Utara").count()
        assert reader.wrong == []
        # Without script a number opens its articles, which were not seen before.
        view = reader.open("/people/kim-jong-un/")
        expect(view.locator(".shared:visible")).to_have_count(0)
        number = view.locator("[aria-labelledby=companions] td a").first
        number.click()
        expect(view.locator(".shared:visible li")).to_have_count(int(number.inner_text()))
        view.get_by_label("Terlama dulu").check()
        heights = view.eval_on_selector_all(".groups > .year", "all => all.map(each => each.getBoundingClientRect().y)")
        assert heights == sorted(heights, reverse=True) != []
        assert reader.wrong == []
        context.close()
