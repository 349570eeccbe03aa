"""Lists that last: what is full stays as it is whatever comes after."""

import re
from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from sitegen.config import Settings
from sitegen.model import EntityType, Url
from sitegen.pages.edition import make_edition
from sitegen.pages.lists import list_addresses, list_page, list_parts
from sitegen.urls import list_page_url
from tests.archives import Story, make_archive
from tests.rendered import build_files, elements

SETTINGS = Settings(title="Arsip", base_url="https://arsip.example/", list_size=3)
LANDING = Url("/articles/")
NAMES = (("Cianjur", EntityType.PLACE),)


def stories(count: int) -> list[Story]:
    return [
        Story(title=f"Berita {number}", date=f"2020-01-{number + 1:02}", names=NAMES, tags=("gempa",))
        for number in range(count)
    ]


@given(st.integers(0, 40), st.integers(1, 7))
def test_the_parts_of_a_list_hold_every_article(total: int, size: int) -> None:
    edition = make_edition(make_archive([Story(path=str(n)) for n in range(total)]), replace(SETTINGS, list_size=size))
    parts = list(list_parts(edition, LANDING, range(total)))
    assert {number for part in parts for number in part.numbers} == set(range(total))
    assert parts[0].numbers == tuple(range(total))[-size:][::-1]
    for part in parts[1:]:
        assert part.numbers == tuple(range((part.page - 1) * size, part.page * size))[::-1]
    addresses = [list_page_url(LANDING, part.page) if part.page else LANDING for part in parts]
    assert addresses == list(list_addresses(LANDING, total, size))


def test_a_newer_article_changes_no_full_page() -> None:
    sites = [build_files(make_archive(stories(count)), SETTINGS) for count in range(1, 12)]
    for count, (before, after) in enumerate(pairwise(sites), start=1):
        numbered = {path: content for path, content in before.items() if "/page/" in path}
        full = [path for path, content in numbered.items() if b'http-equiv="refresh"' not in content]
        assert len(full) >= 2 * ((count - 1) // 3)
        assert {path for path in full if before[path] != after[path]} == set()


def test_the_first_page_is_the_oldest_for_ever() -> None:
    files = build_files(make_archive(stories(8)), SETTINGS)
    text = files["places/cianjur/page/1/index.html"].decode()
    assert re.findall(r">(Berita \d)</a></h3>", text) == ["Berita 2", "Berita 1", "Berita 0"]


def test_a_list_can_be_walked_from_the_newest_to_the_oldest_and_back() -> None:
    files = build_files(make_archive(stories(8)), SETTINGS)
    for relation, start, end in (("next", "articles/", "articles/page/1/"), ("prev", "articles/page/1/", "articles/")):
        path, walked = start, [start]
        while path != end:
            text = files[f"{path}index.html"].decode()
            links = [e for e in elements(text, "a") if e.attributes.get("rel") == relation]
            if not links:
                [refresh] = [e for e in elements(text, "meta") if e.attributes.get("http-equiv") == "refresh"]
                path = refresh.attributes["content"].split("url=/")[1]
            else:
                path = links[-1].attributes["href"].removeprefix("/")
            walked.append(path)
        assert {"articles/", "articles/page/2/", "articles/page/1/"} <= set(walked)


def test_the_page_after_the_last_leads_to_the_newest_until_it_is_full() -> None:
    files = build_files(make_archive(stories(8)), SETTINGS)
    assert b'url=/articles/"' in files["articles/page/3/index.html"]
    assert b"noindex" in files["articles/page/3/index.html"]
    assert "articles/page/4/index.html" not in files


def test_undated_articles_are_listed_last() -> None:
    archive = make_archive([Story(title="Tanpa tanggal"), *stories(2)])
    edition = make_edition(archive, SETTINGS)
    [landing] = list_parts(edition, LANDING, range(3))
    assert [item.title for item in list_page(edition, landing).items] == ["Berita 1", "Berita 0", "Tanpa tanggal"]
