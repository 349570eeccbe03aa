"""A small site as a whole: its markup, its numbers, its data, its feeds, its addresses."""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from xml.etree import ElementTree

import html5lib
import jsonschema
import lxml.html
import pytest

from sitegen.config import Settings, SourceFacts
from sitegen.model import EntityType, Redirect, Url
from sitegen.pages.edition import make_edition
from sitegen.pages.hosting import plan_sitemap
from sitegen.pages.times import make_times
from sitegen.render import Renderer
from sitegen.resources import shipped_folder
from sitegen.urls import output_path
from tests.archives import Story, make_archive
from tests.rendered import build_files, elements, html_pages

PERSON, PLACE, ORGANIZATION = EntityType.PERSON, EntityType.PLACE, EntityType.ORGANIZATION
ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"

STORIES = (
    Story(
        title="Kim Jong Un Kunjungi Moskow",
        paragraphs=(
            "Moskow – Pemimpin Korea Utara Kim Jong Un tiba di Moskow, Rabu, 20 Maret 2024. Ia disambut Putin.",
            "KCNA melaporkan bahwa Kim Jong Un membawa hadiah. Kota itu sedang bersalju.",
        ),
        date="2024-03-20",
        evidence="Rabu, 20 Maret 2024",
        source="kabar.example",
        dateline="Moskow",
        byline=("Ani Wijaya", "Budi"),
        attribution=("NK News", "KCNA"),
        names=(("Kim Jong Un", PERSON), ("Putin", PERSON), ("Moskow", PLACE), ("KCNA", ORGANIZATION)),
        tags=("diplomasi", "musim dingin"),
        path="2024/kim.txt",
    ),
    Story(title="Putin menang", paragraphs=("Putin menang lagi.",), date="2024-03", names=(("Putin", PERSON),)),
    Story(title="Tahun yang panjang", date="1999", source="kabar.example", path="lama.svg"),
    Story(title="Tanpa tanggal", paragraphs=("Tidak ada yang tahu & <b>kapan</b>.",), names=(("ada", PLACE),)),
    Story(title="", paragraphs=("Berita tanpa judul.",), date="2024-03-20", encoding="utf-16"),
    Story(
        title="زلزال في حلب",
        paragraphs=("ضرب زلزال مدينة حلب.",),
        date="2023-02-06",
        language="ar",
        names=(("حلب", PLACE),),
    ),
    Story(title="???", paragraphs=("¿?",), language="und"),
)
SETTINGS = Settings(
    title="Arsip Uji <&>",
    description='Sebuah "arsip" & contoh',
    base_url="https://arsip.example/berita/",
    sources={
        "kabar.example": SourceFacts(description="Koran.", rights="Hak cipta.", homepage="https://kabar.example/")
    },
    licence="CC BY 4.0",
    licence_url="https://creativecommons.org/licenses/by/4.0/",
)
REDIRECTS = (Redirect(Url("/people/presiden-putin/"), Url("/people/putin/")),)


@cache
def site(language: str = "id") -> Mapping[str, bytes]:
    return build_files(make_archive(STORIES, REDIRECTS), replace(SETTINGS, language=language))


def page(url: str, language: str = "id") -> str:
    return site(language)[output_path(Url(url))].decode()


def article_folder(title_slug: str) -> str:
    return next(path for path in sorted(site()) if path.startswith(f"articles/{title_slug}")).rsplit("/", 1)[0]


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_page_is_well_formed_html(language: str) -> None:
    for path, text in html_pages(site(language)):
        try:
            html5lib.HTMLParser(strict=True).parse(text)
        except html5lib.html5parser.ParseError as error:
            pytest.fail(f"{path}: {error}")


def test_no_page_has_code_or_styles_of_its_own() -> None:
    for path, text in html_pages(site()):
        for name, attributes in elements(text):
            assert name != "style", path
            assert not {key for key in attributes if key == "style" or key.startswith("on")}, path
            assert name != "script" or "src" in attributes or attributes["type"] == "application/ld+json", path


def test_every_link_stays_below_the_base_address_and_leads_to_a_file() -> None:
    types = {"https://schema.org/NewsArticle", "https://schema.org/AboutPage", "http://purl.org/dc/elements/1.1/"}
    external = {"https://kabar.example/", SETTINGS.licence_url, *types}
    search = {"static/js/lunr.js", "static/css/search.css", "static/js/search/main.js", "search/root.bin"}
    later = {"manifest-sha256.txt", *search}
    for path, text in html_pages(site()):
        for _, attributes in elements(text):
            for address in (attributes.get(key, "") for key in ("href", "src", "action")):
                if not address or address.startswith("#") or address in external:
                    continue
                assert address.startswith(("/berita/", "https://arsip.example/berita/")), f"{path}: {address}"
                file = output_path(Url("/" + address.split("/berita/", 1)[1].split("#")[0]))
                assert file in site() or file in later, f"{path}: {address}"


def test_every_number_is_a_link_to_exactly_that_many_things() -> None:
    counted = 0
    for path, text in html_pages(site()):
        for _, attributes in elements(text, "a"):
            if "data-count" in attributes:
                url, _, place = attributes["href"].partition("#")
                target = lxml.html.fromstring(page("/" + url.split("/berita/", 1)[1]))
                things = set(target.xpath("//@data-item" if not place else f"//*[@id='{place}']//@data-item"))
                assert len(things) == int(attributes["data-count"]), f"{path}: {attributes['href']}"
                counted += 1
    assert counted > 50


def test_an_article_says_where_everything_is_known_from() -> None:
    text = page(f"/{article_folder('kim-jong-un')}/")
    assert "Rabu, 20 Maret 2024" in text.split('class="evidence"')[1].split("</p>")[0]
    assert '<a href="/berita/dates/2024/03/20/"><time datetime="2024-03-20">20 Maret 2024</time></a>' in text
    people = text.split('class="named"')[1].split("</ul>")[0]
    kim = people.split("Kim Jong Un</a>")[1].split("</li>")[0]
    assert re.findall(r'href="(#p\d)"', kim) == ["#p1", "#p2"]
    assert text.count('<a class="mention" href="/berita/people/kim-jong-un/">Kim Jong Un</a>') == 2
    chain = text.split('class="chain"')[1].split("</ol>")[0]
    assert re.findall(r">([^<>]+)</a>", chain) == ["kabar.example", "NK News", "KCNA"]


def test_an_article_that_says_no_date_is_not_given_one() -> None:
    text = page(f"/{article_folder('tanpa-tanggal')}/")
    assert "Tanggal tidak diketahui" in text
    assert "<time" not in text
    assert "datePublished" not in text


def test_the_language_of_every_title_and_body_is_marked() -> None:
    text = page(f"/{article_folder('zlzl')}/")
    assert '<h1 lang="ar" dir="rtl">' in text
    assert '<div class="body" lang="ar" dir="rtl">' in text
    assert elements(text, "html")[0].attributes == {"lang": "id", "dir": "ltr"}
    [item] = [e for e in elements(page("/dates/2023/"), "article") if "data-item" in e.attributes]
    assert (item.attributes["lang"], item.attributes["dir"]) == ("ar", "rtl")


def test_an_entity_is_shown_in_the_sentences_that_name_it() -> None:
    text = page("/people/kim-jong-un/")
    quotes = text.split('class="quotes"')[1].split("</ul>")[0]
    assert "KCNA melaporkan bahwa <mark>Kim Jong Un</mark> membawa hadiah." in quotes
    assert "bersalju" not in quotes
    assert '#p2"' in quotes


def test_an_article_is_four_clicks_from_home_without_scripts() -> None:
    reached, frontier = {"index.html"}, {"index.html"}
    for _ in range(4):
        targets = {
            output_path(Url("/" + e.attributes["href"].split("/berita/", 1)[1].split("#")[0]))
            for path in frontier
            for e in elements(site()[path].decode(), "a")
            if e.attributes["href"].startswith("/berita/")
        }
        frontier = {target for target in targets - reached if target.endswith(".html")}
        reached |= frontier
    assert {path for path, _ in html_pages(site()) if path.startswith("articles/")} <= reached


def test_records_are_as_their_schema_says() -> None:
    for name in ("article", "term"):
        schema = json.loads(site()[f"data/schemas/{name}.json"])
        jsonschema.Draft202012Validator.check_schema(schema)
        lines = site()[f"data/{name}s.jsonl"].splitlines()
        assert lines
        for line in lines:
            jsonschema.validate(json.loads(line), schema)


def test_a_record_says_what_the_page_says() -> None:
    record = json.loads(site()[f"{article_folder('kim-jong-un')}/index.json"])
    assert record["seed"]["path"] == "2024/kim.txt"
    assert record["published"]["evidence"]["text"] == "Rabu, 20 Maret 2024"
    assert record["dateline"] == {"text": "Moskow", "entity": "moskow", "rule": "stated", "confidence": 1, "span": None}
    assert record["attribution"] == ["NK News", "KCNA"]
    assert [evidence["rule"] for evidence in record["attribution_evidence"]] == ["stated", "stated"]
    assert record["tags"] == ["diplomasi", "musim dingin"]
    text = STORIES[0].title + "\n" + "\n".join(STORIES[0].paragraphs)
    [kim] = [entity for entity in record["entities"] if entity["id"] == "kim-jong-un"]
    assert {text[start:end] for start, end in kim["mentions"]} == {"Kim Jong Un"}
    lines = [json.loads(line) for line in site()["data/articles.jsonl"].splitlines()]
    assert record in lines
    assert [line["id"] for line in lines] == sorted(line["id"] for line in lines)
    assert [line["published"] for line in lines].count(None) == 2


def test_the_seed_is_published_as_it_came_and_as_nothing_that_a_browser_runs() -> None:
    assert site()[f"{article_folder('tahun-yang')}/seed.svg.txt"].startswith(b"Tahun yang panjang")
    assert site()[f"{article_folder('kim-jong')}/seed.txt"].decode().startswith(STORIES[0].title)
    assert not [path for path in site() if path.startswith("articles/") and path.endswith((".svg", ".js", ".xml"))]


def test_atom_feeds_hold_only_what_is_dated_to_the_day() -> None:
    feed = ElementTree.fromstring(site()["feed.xml"])
    assert [feed.findtext(ATOM + name) for name in ("id", "title", "updated")] == [
        "https://arsip.example/berita/",
        "Arsip Uji <&>",
        "2024-03-20T00:00:00+07:00",
    ]
    entries = feed.findall(ATOM + "entry")
    assert len(entries) == 3
    for entry in entries:
        assert all(entry.findtext(ATOM + name) for name in ("id", "title", "updated", "published", "summary"))
    assert [author.text for author in entries[1].iter(ATOM + "name")] == ["Ani Wijaya", "Budi"]


def test_the_atom_feed_of_a_list_without_such_an_article_is_empty() -> None:
    feed = ElementTree.fromstring(site()["places/ada/feed.xml"])
    assert feed.findtext(ATOM + "updated") == "1970-01-01T00:00:00Z"
    assert feed.findall(ATOM + "entry") == []


def test_json_feeds_hold_everything_and_date_only_what_is_known_to_the_day() -> None:
    feed = json.loads(site()["feed.json"])
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert len(feed["items"]) == len(STORIES)
    assert sum("date_published" in item for item in feed["items"]) == 3
    assert all(item["id"] == item["url"] and item["content_text"] for item in feed["items"])


def test_the_sitemap_lists_every_page_that_may_be_indexed() -> None:
    listed = {loc.text for loc in ElementTree.fromstring(site()["sitemap.xml"]).iter(SITEMAP + "loc")}
    indexed = set()
    for _, text in html_pages(site()):
        canonical = [e.attributes["href"] for e in elements(text, "link") if e.attributes["rel"] == "canonical"]
        if not any(e.attributes.get("name") == "robots" for e in elements(text, "meta")):
            indexed |= set(canonical)
    assert listed == indexed


def test_a_sitemap_that_would_be_too_long_becomes_several() -> None:
    edition = make_edition(make_archive(STORIES), SETTINGS)
    index, *parts = plan_sitemap(edition, make_times(edition), size=20)
    renderer = Renderer(SETTINGS, (shipped_folder("templates"),))
    maps = {loc.text for loc in ElementTree.fromstring(renderer.render(index).content).iter(SITEMAP + "loc")}
    assert maps == {"https://arsip.example/berita" + part.url for part in parts}
    listed = [url for part in parts for url in part.view.urls]
    assert max(len(part.view.urls) for part in parts) == 20
    whole = ElementTree.fromstring(site()["sitemap.xml"])
    assert ["https://arsip.example/berita" + url for url in listed] == [loc.text for loc in whole.iter(SITEMAP + "loc")]


def test_an_address_once_in_use_leads_on() -> None:
    text = page("/people/presiden-putin/")
    assert '<meta http-equiv="refresh" content="0; url=/berita/people/putin/">' in text
    assert '<link rel="canonical" href="https://arsip.example/berita/people/putin/">' in text
    assert '<a href="/berita/people/putin/">' in text


def test_hosts_are_told_what_to_send() -> None:
    headers = site()["_headers"].decode().splitlines()
    assert headers[0] == "/berita/*"
    assert any(line.strip().startswith("Content-Security-Policy: default-src 'none'") for line in headers)
    assert max(map(len, headers)) < 2000
    assert "Sitemap: https://arsip.example/berita/sitemap.xml" in site()["robots.txt"].decode()
    assert site()[".nojekyll"] == b""


def test_the_same_archive_gives_the_same_bytes() -> None:
    assert build_files(make_archive(STORIES, REDIRECTS), SETTINGS) == site()


def test_a_site_may_leave_out_the_files_beside_articles_and_small_feeds() -> None:
    files = build_files(make_archive(STORIES), replace(SETTINGS, article_files=False, term_feed_minimum=2))
    assert not [path for path in files if path.startswith("articles/") and not path.endswith("index.html")]
    assert "people/putin/feed.json" in files
    assert "people/kim-jong-un/feed.json" not in files
    links = elements(files["people/kim-jong-un/index.html"].decode(), "link")
    assert "alternate" not in {link.attributes["rel"] for link in links}
