"""What makes a term's page more than a list: its stories and key pieces, and how a source stands to others."""

from sitegen.config import Settings
from sitegen.model import Url
from sitegen.urls import output_path
from tests.archives import Story, make_archive
from tests.rendered import build_files, html_pages
from tests.site import BuiltSite

SETTINGS = Settings(title="Arsip", base_url="https://arsip.example/", language="en")


def beside(site: BuiltSite, url: str, section: str) -> list[str]:
    """Where the links of a section beside a term's articles lead."""
    links: list[str] = site.page(url).xpath(f"//section[@aria-labelledby='{section}']//a/@href")
    return links


def test_a_source_says_whom_it_cites_and_who_cites_it() -> None:
    stories = [
        Story(title="Satu", source="satu.example", attribution=("Kantor", "Radio"), path="1.txt"),
        Story(title="Dua", source="satu.example", attribution=("Kantor",), path="2.txt"),
        Story(title="Tiga", source="Kantor", attribution=("satu.example",), path="3.txt"),
    ]
    files = build_files(make_archive(stories), SETTINGS)
    pages = dict(html_pages(files))
    own = pages[output_path(Url("/sources/satu-example/"))]
    cites, cited_by = (
        own.split('id="cites"')[1].split("</section>")[0],
        own.split('id="cited-by"')[1].split("</section>")[0],
    )
    assert cites.index("Kantor") < cites.index("Radio")
    assert "Kantor" in cited_by
    assert "Radio" not in cited_by
    assert 'id="cites"' not in pages[output_path(Url("/sources/radio/"))]


def test_a_source_shows_where_nearly_its_texts_stand_too(demo: BuiltSite) -> None:
    own, other = (demo.record(f"2011/{name}.txt")["url"] for name in ("kim-jong-il-wafat-kcna", "kim-jong-il-wafat"))
    assert beside(demo, "/sources/harian-khatulistiwa-example/", "copies")[:2] == [own, other]
    assert beside(demo, "/sources/lintas-asia-example/", "copies")[:2] == [other, own]


def test_a_topic_and_a_person_show_the_stories_that_several_of_their_articles_tell(demo: BuiltSite) -> None:
    stories = {thread.url for thread in demo.archive().threads}
    of_topic = beside(demo, "/tags/tsunami/", "stories")
    assert len(of_topic) == 2
    assert set(of_topic) < stories
    assert set(beside(demo, "/people/kim-jong-un/", "stories")) < stories
