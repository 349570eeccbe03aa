"""Ids, slugs and addresses: lasting, readable, never shared by two things."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.model import TermKind
from sitegen.urls import (
    SLUG_LENGTH,
    Site,
    article_id,
    article_url,
    date_url,
    list_page_url,
    output_path,
    slug,
    term_slug,
    term_url,
)

SAFE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@given(st.text(max_size=300))
def test_any_name_gets_a_slug_that_is_safe_in_an_address(name: str) -> None:
    made = term_slug(name)
    assert SAFE.fullmatch(made)
    assert len(made) <= 80


@given(st.text(max_size=300))
def test_any_title_gets_an_address_that_ends_in_its_id(title: str) -> None:
    url = article_url(slug(title), article_id("a/b.txt"))
    assert re.fullmatch(r"/articles/([a-z0-9-]+-)?[a-z2-7]{10}/", url)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Vladimir Putin", "vladimir-putin"),
        ("Côte d'Ivoire", "cote-d-ivoire"),
        ("sputniknews.com", "sputniknews-com"),
        ("Путин", "putin"),
        ("習近平", "xi-jin-ping"),
    ],
)
def test_a_name_in_any_script_gets_a_readable_slug(name: str, slug: str) -> None:
    assert term_slug(name) == slug


@given(st.from_regex("[A-Za-z0-9]+(?:[ -][A-Za-z0-9]+)*", fullmatch=True))
def test_a_plain_name_gets_the_slug_that_it_would_get_as_a_title(name: str) -> None:
    assert term_slug(name) == slug(name) or len(name) > SLUG_LENGTH


def test_names_that_differ_in_a_sign_that_slugs_drop_stay_apart() -> None:
    assert len({term_slug(name) for name in ("C", "C++", "C#", "🙂", "🙃", "")}) == 6


def test_the_id_of_an_article_does_not_depend_on_its_ending_but_on_its_folder() -> None:
    assert article_id("a/b.txt") == article_id("a/b.md")
    assert article_id("a/b.txt") != article_id("c/b.txt")
    assert re.fullmatch("[a-z2-7]{10}", article_id("a/b.txt"))


def test_an_article_without_a_sluggable_title_has_its_id_as_address() -> None:
    made = article_id("x.txt")
    assert article_url(slug("🙂"), made) == f"/articles/{made}/"
    assert article_url(slug(""), made) == f"/articles/{made}/"


def test_addresses_of_terms_dates_and_list_pages() -> None:
    assert term_url(TermKind.PERSON, term_slug("Kim Jong Un")) == "/people/kim-jong-un/"
    assert date_url("2024-03-20") == "/dates/2024/03/20/"
    assert date_url("2024") == "/dates/2024/"
    assert list_page_url(date_url("2024"), 1) == "/dates/2024/page/1/"


def test_the_file_of_an_address() -> None:
    assert output_path(date_url("2024")) == "dates/2024/index.html"
    assert output_path(article_url(slug(""), article_id("x"))).endswith("/index.html")


def test_a_site_below_a_path_links_from_the_hosts_root() -> None:
    site = Site("https://x.example/sub/")
    assert site.href(date_url("2024")) == "/sub/dates/2024/"
    assert site.absolute(date_url("2024")) == "https://x.example/sub/dates/2024/"
