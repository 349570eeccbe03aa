"""Time on pages: the strip, tables of days, days of the year, coverage, and what a browser adds on the home page."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

import lxml.html
import pytest
from playwright.sync_api import Browser, expect

from sitegen.config import Settings
from sitegen.model import Archive, Url
from sitegen.pages.edition import make_edition
from sitegen.pages.strip import make_strip
from sitegen.pages.times import make_times
from sitegen.urls import output_path
from tests.archives import Story, make_archive
from tests.rendered import build_files
from tests.site import BuiltSite
from tests.test_site_browser import served

SETTINGS = Settings(title="Arsip", base_url="https://arsip.example/", language="id")


def archive_of(*dates: str, sources: Sequence[str] = ("satu.example",)) -> Archive:
    """Articles of these dates, whose sources take turns."""
    return make_archive(
        Story(title=f"Berita {number}", date=date, source=sources[number % len(sources)], path=f"{number:04}.txt")
        for number, date in enumerate(dates)
    )


def page_of(files: Mapping[str, bytes], url: str) -> lxml.html.HtmlElement:
    """A parsed page."""
    return lxml.html.fromstring(files[output_path(Url(url))].decode())


@pytest.mark.parametrize(
    ("dates", "first", "last", "bars", "coarse"),
    [
        (("2024-03-20",), "2024-01", "2024-12", 12, 12),
        (("2024-03-20", "2022-01"), "2022-01", "2024-12", 36, 3),
        (("2024-03-20", "2022"), "2022", "2024", 3, 3),
        (("1984-01-01", "2023-12-31"), "1984", "2022", 20, 9),
        (("1883-08-27", "2024-06-20"), "1880", "2020", 29, 8),
        (("0079-08-24", "1883-08-27", "2024-06-20"), "0001", "2000", 21, 11),
    ],
)
def test_the_strip_is_to_scale_and_fits(dates: tuple[str, ...], first: str, last: str, bars: int, coarse: int) -> None:
    strip = make_strip(make_times(make_edition(archive_of(*dates, ""), SETTINGS)).calendar)
    assert (strip.bars[0].date, strip.bars[-1].date, len(strip.bars)) == (first, last, bars)
    assert len(strip.coarse) == coarse
    assert sum(bar.percent > 0 for bar in strip.bars) == len(dates)


def test_every_bar_leads_to_what_it_stands_for() -> None:
    files = build_files(archive_of("1984-01-01", "1999-05-05", "2003-01-01", "2016-12-31"), SETTINGS)
    for home in (page_of(files, "/"), page_of(files, "/dates/")):
        bars = home.xpath("//ol[contains(@class, 'strip')]//a/@href")
        assert len(bars) == 4 + 4
        for url, _, place in (bar.partition("#") for bar in bars):
            assert page_of(files, url).xpath(f"//*[@id='{place}']" if place else "//h1")


def test_where_nothing_is_dated_time_says_so_and_nothing_else() -> None:
    files = build_files(archive_of("", ""), SETTINGS)
    home = page_of(files, "/")
    assert not home.xpath("//ol[contains(@class, 'strip')]")
    assert home.xpath("//a[@href='/dates/undated/']/@data-count") == ["2"]
    assert not home.xpath("//section[@class='today']")
    assert page_of(files, "/coverage/").xpath("//tfoot//a/@href") == ["/coverage/undated/"]


def test_the_days_of_a_month_stand_in_weeks_and_those_with_articles_lead_to_them() -> None:
    files = build_files(archive_of("2024-03-20", "2024-03-20", "2024-03-01"), SETTINGS)
    [table] = page_of(files, "/dates/2024/03/").xpath("//table")
    weekdays = [name.get("title") for name in table.xpath(".//th[@scope='col']/abbr")]
    assert weekdays.index("Rabu") == weekdays.index("Selasa") + 1
    links = {link.get("href"): link for link in table.xpath(".//a")}
    assert {href: link.get("data-count") for href, link in links.items()} == {
        "/dates/2024/03/01/": "1",
        "/dates/2024/03/20/": "2",
    }
    cell = links["/dates/2024/03/20/"].getparent()
    assert weekdays[cell.getparent().index(cell)] == "Rabu"


def test_a_year_with_many_days_shows_them_all() -> None:
    days = [f"2024-{month:02}-10" for month in range(1, 10)]
    files = build_files(archive_of(*days), SETTINGS)
    [table] = page_of(files, "/dates/2024/").xpath("//table")
    assert len(table.xpath(".//tbody/tr/td/a")) == len(days)
    assert [len(row.xpath("td[not(@class='none')]")) for row in table.xpath(".//tbody/tr")][:2] == [31, 29]


def test_a_day_of_the_year_has_its_articles_of_all_years() -> None:
    files = build_files(archive_of("1999-03-20", "2024-03-20", "2024-02-29", "2024-03", "2024"), SETTINGS)
    assert page_of(files, "/dates/days/").xpath("//ul[@class='boxes']//@data-count") == ["1", "2"]
    page = page_of(files, "/dates/days/03-20/")
    assert page.xpath("//section/h2/text()") == ["2024", "1999"]
    assert page.xpath("//h1/text()") == ["20 Maret"]


def test_the_numbers_of_the_coverage_are_all_articles_each_once() -> None:
    dates = ["2019-01-01", "2019-01-02", "2023-05", "2023", "2020-02-02", "", "2019-01-03", "2019-02-01"]
    sources = [f"{number}.example" for number in range(30)]
    archive = archive_of(*dates * 5, sources=("besar.example", *sources))
    files = build_files(archive, SETTINGS)
    page = page_of(files, "/coverage/")
    cells = page.xpath("//tbody//td/a")
    assert sum(int(cell.get("data-count")) for cell in cells) == len(archive.records)
    assert sum(int(cell.get("data-count")) for cell in page.xpath("//tfoot//a")) == len(archive.records)
    for cell in (*cells, *page.xpath("//tfoot//a")):
        url, _, place = cell.get("href").partition("#")
        items = page_of(files, url).xpath(f"//*[@id='{place}']//@data-item" if place else "//@data-item")
        assert len(set(items)) == int(cell.get("data-count")), cell.get("href")


def test_gaps_are_named_by_the_articles_on_either_side() -> None:
    files = build_files(archive_of("1955-04-18", "1955-04-24", "2011-12-19", "2024-06-20"), SETTINGS)
    gaps = page_of(files, "/coverage/").xpath("//section[@class='gaps']//li")
    assert [re.sub(r"\s+", " ", gap.text).strip() for gap in gaps] == [
        "Dari 24 April 1955 sampai 19 Desember 2011",
        "Dari 19 Desember 2011 sampai 20 Juni 2024",
    ]


@pytest.mark.parametrize("language", ["id", "ar"])
def test_home_counts_what_it_leads_to(language: str) -> None:
    files = build_files(archive_of("2024-03-20", "2023-01-01", ""), replace(SETTINGS, language=language))
    home = page_of(files, "/")
    bars = home.xpath("//ol[@class='strip fine']//a")
    assert [(bar.get("href"), bar.get("data-count")) for bar in bars] == [
        ("/dates/2023/01/", "1"),
        ("/dates/2024/03/", "1"),
    ]
    assert home.xpath("//section[@class='today']/@data-days")[0].split()[2] == str(1 << 20)


@pytest.mark.browser
def test_home_shows_the_day_nearest_to_today_that_has_articles(browser: Browser, demo: BuiltSite) -> None:
    with served(demo.public) as origin:
        page = browser.new_page()
        page.clock.set_fixed_time("2030-06-15T12:00:00")
        page.goto(origin)
        today = page.locator(".today")
        expect(today.locator(".which")).to_have_text("12 Juni")
        expect(today.locator("li")).to_have_count(3)
        today.locator("li a").first.click()
        expect(page.locator("time[datetime='2018-06-12']").first).to_be_visible()
        page.close()
