"""What pages say of themselves to programs: JSON-LD in the words of schema.org, links, cards, lists of feeds."""

import importlib
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any
from xml.etree import ElementTree

import lxml.html
import pytest
from PIL import Image
from pyld import jsonld

from sitegen.config import CardImages, Settings
from sitegen.model import EntityType
from tests.archives import Story, make_archive
from tests.rendered import build_files
from tests.site import BuiltSite, build

SCHEMA = "https://schema.org/"
STORIES = (
    Story(
        title="Gempa di Cianjur",
        paragraphs=("Gempa mengguncang Cianjur, kata Ani Wijaya dari BMKG.",),
        date="2024-03-20",
        source="kabar.example",
        dateline="Cianjur",
        byline=("Ani Wijaya",),
        attribution=("KCNA",),
        names=(("Ani Wijaya", EntityType.PERSON), ("Cianjur", EntityType.PLACE), ("BMKG", EntityType.ORGANIZATION)),
        tags=("gempa",),
    ),
    Story(title="Tanpa tanggal", paragraphs=("Tidak ada yang tahu.",)),
    Story(title="زلزال في حلب", date="2023", language="ar"),
)
SETTINGS = Settings(
    title="Arsip Uji <&>",
    description="Contoh arsip.",
    base_url="https://arsip.example/berita/",
    licence="CC BY 4.0",
    licence_url="https://creativecommons.org/licenses/by/4.0/",
)
CITED = """
-- site.toml --
base_url = "https://arsip.example/"
-- a.md --
---
title: Banjir di Semarang
date: 2021-02-06
source_url: https://kabar.example/banjir?x=1&y=2
licence: https://creativecommons.org/licenses/by/4.0/
---

Banjir merendam Semarang, lihat [peta](https://peta.example/). Air surut pada sore hari.
-- b.md --
---
title: Kapan saja
source_url: https://kabar.example/kapan
---

Tidak ada yang tahu kapan, lihat [peta](https://peta.example/).
"""


@cache
def files(cards: CardImages = CardImages.SITE) -> dict[str, bytes]:
    return dict(build_files(make_archive(STORIES), replace(SETTINGS, card_images=cards)))


def article(number: int) -> str:
    rows = [json.loads(line) for line in files()["data/articles.jsonl"].splitlines()]
    return next(str(row["url"]).strip("/") for row in rows if row["title"] == STORIES[number].title)


def links(page: Any, relation: str) -> list[str]:
    return [link.get("href") for link in page.xpath("//link") if relation in link.get("rel").split()]


def expanded(html: bytes) -> list[dict[str, Any]]:
    """The JSON-LD of a page, expanded; schema.org's own context would have to be fetched."""
    [block] = lxml.html.fromstring(html).xpath("//script[@type = 'application/ld+json']")
    data = json.loads(block.text)
    assert data["@context"] == "https://schema.org"
    return list(jsonld.expand({**data, "@context": {"@vocab": SCHEMA}}))


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Every typed node within an expanded value."""
    if isinstance(value, list):
        for item in value:
            yield from nodes(item)
    elif isinstance(value, dict):
        if "@type" in value:
            yield value
        for item in value.values():
            yield from nodes(item)


@cache
def properties(kind: str) -> frozenset[str]:
    """The properties that a type of schema.org has, by another party's list of them."""
    name = kind.removeprefix(SCHEMA)
    return frozenset(getattr(importlib.import_module(f"pydantic2_schemaorg.{name}"), name).__fields__)


PAGES = ["", "data/", "article", "people/ani-wijaya/", "places/cianjur/", "tags/gempa/", "sources/kabar-example/"]


@pytest.mark.parametrize("path", PAGES)
def test_structured_data_uses_no_word_that_schema_org_has_not(path: str) -> None:
    html = files()[f"{article(0)}/index.html" if path == "article" else f"{path}index.html"]
    found = list(nodes(expanded(html)))
    assert found
    for node in found:
        known = {SCHEMA + name for kind in node["@type"] for name in properties(kind)}
        assert {name for name in node if not name.startswith("@")} <= known, node["@type"]


def test_an_article_is_described_as_news_that_an_archive_holds() -> None:
    [news] = [
        node for node in nodes(expanded(files()[f"{article(0)}/index.html"])) if SCHEMA + "NewsArticle" in node["@type"]
    ]
    values = {name.removeprefix(SCHEMA): value for name, value in news.items()}
    assert news["@type"] == [SCHEMA + "NewsArticle", SCHEMA + "ArchiveComponent"]
    assert values["datePublished"] == [{"@value": "2024-03-20"}]
    assert values["author"][0][SCHEMA + "name"] == [{"@value": "Ani Wijaya"}]
    assert values["citation"] == [{"@value": "KCNA"}]
    assert {node["@type"][0].removeprefix(SCHEMA) for node in values["mentions"]} == {"Person", "Place", "Organization"}
    assert values["holdingArchive"][0]["@type"] == [SCHEMA + "ArchiveOrganization"]
    seed = values["encoding"][0]
    assert seed[SCHEMA + "contentUrl"][0]["@value"].removeprefix(SETTINGS.base_url) in files()
    assert "isBasedOn" not in values, "no address is known"


def test_an_undated_article_has_no_date_and_no_author_in_structured_data() -> None:
    [news] = [
        node for node in nodes(expanded(files()[f"{article(1)}/index.html"])) if SCHEMA + "NewsArticle" in node["@type"]
    ]
    assert not {SCHEMA + "datePublished", SCHEMA + "author", SCHEMA + "publisher"} & set(news)


def test_an_article_links_to_what_it_is_and_what_describes_it() -> None:
    page = lxml.html.fromstring(files()[f"{article(0)}/index.html"])
    address = f"{SETTINGS.base_url}{article(0)}/"
    assert links(page, "cite-as") == links(page, "canonical") == [address]
    assert SCHEMA + "NewsArticle" in links(page, "type")
    assert links(page, "collection") == [SETTINGS.base_url]
    assert links(page, "author") == ["/berita/people/ani-wijaya/"]
    described = [link.removeprefix("/berita/") for link in (*links(page, "describedby"), *links(page, "item"))]
    assert len(described) == 5
    assert set(described) <= set(files())
    [markdown] = page.xpath("//link[@type = 'text/markdown']")
    assert markdown.get("hreflang") == "id"


def test_the_link_set_names_the_parts_of_the_archive() -> None:
    [archive, *parts] = json.loads(files()["linkset.json"])["linkset"]
    assert archive["anchor"] == SETTINGS.base_url
    assert [link["href"] for link in archive["license"]] == [SETTINGS.licence_url]
    local = [
        link["href"]
        for context in (archive, *parts)
        for name, links in context.items()
        if name != "anchor"
        for link in links
    ]
    inside = [href.removeprefix(SETTINGS.base_url) for href in local if href.startswith(SETTINGS.base_url)]
    assert {"data/articles.jsonl", "data/articles.bib", "feed.xml", "data/schemas/article.json"} <= set(inside)
    assert {path for path in inside if path and not path.endswith("/")} <= set(files())


def test_a_browser_can_search_here_and_a_reader_follow_everything() -> None:
    description = ElementTree.fromstring(files()["opensearch.xml"])
    name = description.find("{*}ShortName")
    assert name is not None
    assert len(name.text or "") <= 16
    templates = [url.get("template") for url in description.iterfind("{*}Url")]
    assert "https://arsip.example/berita/search/?q={searchTerms}" in templates
    feeds = [outline.get("xmlUrl", "") for outline in ElementTree.fromstring(files()["feeds.opml"]).iter("outline")]
    listed = {feed.removeprefix(SETTINGS.base_url) for feed in feeds if feed}
    assert listed == {path for path in files() if path.endswith("feed.xml")}
    manifest = json.loads(files()["site.webmanifest"])
    assert (manifest["name"], manifest["start_url"]) == (SETTINGS.title, "/berita/")
    assert manifest["icons"][0]["src"].removeprefix("/berita/") in files()


def card_of(html: bytes) -> str:
    [image] = lxml.html.fromstring(html).xpath("//meta[@property = 'og:image']/@content")
    return str(image).removeprefix(SETTINGS.base_url)


@pytest.mark.parametrize(
    ("cards", "first", "arabic"), [("site", "card.png", "card.png"), ("articles", None, "card.png")]
)
def test_a_shared_link_shows_a_card(cards: str, first: str | None, arabic: str) -> None:
    made = files(CardImages(cards))
    assert card_of(made[f"{article(0)}/index.html"]) == (first or f"{article(0)}/card.png")
    # Letters that would have to be joined are not set, so that the card is the same on every machine.
    assert card_of(made[f"{article(2)}/index.html"]) == card_of(made["index.html"]) == arabic
    for path in {
        card_of(content) for path, content in made.items() if path.endswith("index.html") and b"og:image" in content
    }:
        with Image.open(io.BytesIO(made[path])) as image:
            assert (image.format, image.size) == ("PNG", (1200, 630))
            assert len(image.convert("RGB").getcolors() or ()) > 10, "letters are drawn"
        assert len(made[path]) < 60_000


def test_cards_can_be_left_out() -> None:
    made = files(CardImages.NONE)
    assert not [path for path in made if path.endswith(".png")]
    assert not [path for path, content in made.items() if b"og:image" in content]


@pytest.fixture(scope="module")
def cited(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    return build(tmp_path_factory.mktemp("cited"), CITED)


def test_what_an_article_was_taken_from_is_named_with_the_day_and_an_archive_of_the_web(cited: BuiltSite) -> None:
    url = cited.record("a.md")["url"]
    original = "https://kabar.example/banjir?x=1&y=2"
    [link] = cited.page(url).xpath("//a[@data-originalurl]")
    assert (link.get("href"), link.get("data-versiondate")) == (original, "2021-02-06")
    assert cited.page(url).xpath(f"//a[@href = 'https://web.archive.org/web/20210206/{original}']")
    [inner] = cited.page(url).xpath("//div[@class = 'body']//a[starts-with(@href, 'http')]")
    assert inner.get("data-versiondate") == "2021-02-06"
    [news] = [node for node in nodes(expanded(cited.bytes(f"{url}index.html"))) if SCHEMA + "isBasedOn" in node]
    assert news[SCHEMA + "isBasedOn"] == [{"@value": original}]
    assert "https://creativecommons.org/licenses/by/4.0/" in links(cited.page(url), "license")


def test_where_no_day_is_known_none_is_said_of_a_link(cited: BuiltSite) -> None:
    page = cited.page(cited.record("b.md")["url"])
    assert not page.xpath("//*[@data-versiondate]")
    assert page.xpath("//a[@href = 'https://web.archive.org/web/*/https://kabar.example/kapan']")
