"""How to cite an article: in words, in files that other people's programs read back, and in what Zotero looks for."""

import json
from dataclasses import replace
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Any

import lxml.html
import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import LatexDecodingMiddleware
from bibtexparser.model import Field
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.config import Settings
from sitegen.pages.citations import Reference, to_bibtex, to_csl, to_ris
from sitegen.pages.text import show
from tests.archives import Story, make_archive
from tests.rendered import build_files
from tests.site import build

TRICKY = 'Apa "itu" {kurung} \\garis\\ 50% & #1 $_~ @article'
STORIES = (
    Story(
        title="Gempa di Cianjur", date="2024-03-20", source="kabar.example", byline=("Ani Wijaya", "Budi", "C. Dewi")
    ),
    Story(title=TRICKY, date="2023-11", source="kabar & angin", byline=("Ani {A}",)),
    Story(title="Siapa yang tahu?", paragraphs=("Tidak ada.",)),
    Story(title="زلزال في حلب", date="2023-02-06", language="ar", source="الخبر", byline=("سارة",)),
    Story(title="", paragraphs=("Berita tanpa judul.",), date="1999"),
)
SETTINGS = Settings(title="Arsip Uji", base_url="https://arsip.example/")


@cache
def files(language: str = "id") -> dict[str, bytes]:
    return dict(build_files(make_archive(STORIES), replace(SETTINGS, language=language)))


def folder(title: str) -> str:
    """The folder of the article with a title."""
    rows = [json.loads(line) for line in files()["data/articles.jsonl"].splitlines()]
    return str(next(row["url"] for row in rows if row["title"] == title)).strip("/")


def page(title: str, language: str = "id") -> Any:
    return lxml.html.fromstring(files(language)[f"{folder(title)}/index.html"])


def cited(title: str, style: str, language: str = "id") -> str:
    [text] = page(title, language).xpath(f"//dt[. = '{style}']/../dd/span")
    return " ".join(text.text_content().split())


TITLES = st.text(max_size=60) | st.text("{}\\ab", max_size=12)


def parse_bibtex(text: str) -> Any:
    [entry] = parse_string(text, append_middleware=[LatexDecodingMiddleware()]).entries
    return entry


@pytest.mark.parametrize(
    ("title", "style", "language", "expected"),
    [
        (
            "Gempa di Cianjur",
            "APA",
            "en",
            "Ani Wijaya, Budi, & C. Dewi. (2024, March 20). Gempa di Cianjur. kabar.example. Arsip Uji. ADDRESS",
        ),
        (
            "Gempa di Cianjur",
            "Chicago",
            "id",
            "Ani Wijaya, Budi, dan C. Dewi. “Gempa di Cianjur.” kabar.example, 20 Maret 2024. Arsip Uji. ADDRESS.",
        ),
        (
            "Gempa di Cianjur",
            "MLA",
            "en",
            "Ani Wijaya, et al. “Gempa di Cianjur.” kabar.example, 20 March 2024, Arsip Uji, ADDRESS.",
        ),
        ("Siapa yang tahu?", "APA", "en", "Siapa yang tahu? (n.d.). Arsip Uji. ADDRESS"),
        ("Siapa yang tahu?", "MLA", "id", "“Siapa yang tahu?” t.t., Arsip Uji, ADDRESS."),
        (TRICKY, "APA", "id", f"Ani {{A}}. (2023, November). {TRICKY}. kabar & angin. Arsip Uji. ADDRESS"),
        ("", "Chicago", "en", "“Untitled article.” 1999. Arsip Uji. ADDRESS."),
    ],
)
def test_a_citation_says_what_is_known_and_nothing_else(title: str, style: str, language: str, expected: str) -> None:
    address = f"https://arsip.example/{folder(title)}/"
    assert cited(title, style, language) == expected.replace("ADDRESS", address)


def test_a_title_of_another_direction_stands_apart_in_its_citation() -> None:
    for style in ("APA", "Chicago", "MLA"):
        [title] = page("زلزال في حلب").xpath(f"//dt[. = '{style}']/../dd//bdi[@lang = 'ar']")
        assert (title.text, title.get("dir")) == ("زلزال في حلب", "rtl")
    [address] = page("Gempa di Cianjur", "ar").xpath("//dt[. = 'APA']/../dd//bdi[@class = 'address' and @dir = 'ltr']")
    assert address.text == f"https://arsip.example/{folder('Gempa di Cianjur')}/"


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.title[:8])
def test_the_files_say_to_reference_managers_what_the_page_says(story: Story) -> None:
    path = folder(story.title)
    address = f"https://arsip.example/{path}/"
    bibtex = parse_bibtex(files()[f"{path}/cite.bib"].decode())
    [ris] = rispy.loads(files()[f"{path}/cite.ris"].decode())
    [csl] = json.loads(files()[f"{path}/cite.json"])
    assert bibtex.fields_dict["title"].value.strip("{}") == story.title if story.title else "title" not in bibtex
    assert ris.get("title", "") == csl.get("title", "") == story.title
    assert ris.get("authors", []) == [name["literal"] for name in csl.get("author", [])] == list(story.byline)
    assert bibtex.fields_dict.get("date", Field("date", "")).value == story.date
    assert "-".join(part for part in ris.get("date", "").split("/") if part) == story.date
    assert csl.get("issued", {"date-parts": [[]]})["date-parts"] == [
        [int(part) for part in story.date.split("-") if part]
    ]
    assert ris.get("secondary_title", "") == csl.get("container-title", "") == story.source
    assert bibtex.fields_dict["url"].value == csl["URL"] == ris["urls"][0] == address


def test_a_processor_of_citation_styles_reads_the_csl_file() -> None:
    [item] = json.loads(files()[f"{folder('Gempa di Cianjur')}/cite.json"])
    source = CiteProcJSON([item])
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = CitationStylesBibliography(style, source, formatter.plain)
    bibliography.register(Citation([CitationItem(item["id"])]))
    [text] = map(str, bibliography.bibliography())
    assert all(part in text for part in ("Ani Wijaya", "2024", "Gempa di Cianjur", "kabar.example"))


@settings(deadline=None)
@given(TITLES, st.text(max_size=30))
def test_no_title_breaks_a_file_for_reference_managers(title: str, name: str) -> None:
    title, name = show(title), show(name)
    names = (name,) if name else ()
    reference = Reference("aaaaaaaaaa", title, names, "Kabar", "2024", "Arsip", "https://a.example/x/", "id")
    bibtex = to_bibtex(reference)
    library = parse_string(bibtex)
    assert (len(library.entries), library.failed_blocks) == (1, [])
    depths = list(accumulate((sign == "{") - (sign == "}") for sign in bibtex if sign in "{}"))
    assert depths.count(0) == 1, "BibTeX would end the entry elsewhere"
    [ris] = rispy.loads(to_ris(reference))
    assert ris.get("title", "") == title
    assert to_csl(reference).get("title", "") == title


def test_the_whole_bibliography_is_one_file() -> None:
    library = parse_string(files()["data/articles.bib"].decode())
    assert len(library.entries) == len(STORIES)
    assert library.failed_blocks == []


def test_zotero_finds_a_newspaper_article_with_its_source_and_no_date_that_is_not_known() -> None:
    metas = {meta.get("name"): meta.get("content") for meta in page("Gempa di Cianjur").xpath("//head/meta[@name]")}
    # Of several types Zotero takes this one, before what it guesses from a citation_title or og:type.
    assert metas["DC.type"] == "newspaperArticle"
    assert metas["prism.publicationName"] == metas["DC.publisher"] == "kabar.example"
    assert (metas["citation_publication_date"], metas["DC.date"]) == ("2024/03/20", "2024-03-20")
    assert "citation_journal_title" not in metas
    authors = page("Gempa di Cianjur").xpath("//head/meta[@name = 'citation_author']/@content")
    assert authors == ["Ani Wijaya", "Budi", "C. Dewi"]
    undated = page("Siapa yang tahu?")
    assert not undated.xpath("//meta[contains(@name, 'date') or @property = 'article:published_time']")
    # Where no meta says a date, it takes the first time on the page.
    assert not undated.xpath("//time")
    assert not undated.xpath("//meta[contains(@name, 'author') or contains(@name, 'creator')]")


def test_without_files_beside_articles_none_is_offered(tmp_path: Path) -> None:
    site = build(tmp_path, "-- site.toml --\narticle_files = false\n-- a.txt --\nJudul\n\nIsi berita ini singkat.\n")
    [row] = site.records().values()
    assert not site.page(row["url"]).xpath("//*[contains(@href, 'cite.') or contains(@href, 'index.json')]")
    assert not list(site.public.rglob("cite.*"))
    assert "Judul" in site.bytes("data/articles.bib").decode()
