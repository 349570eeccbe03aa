"""The promise: shards answer exactly as lunr does over the whole index, in the same order and with the same scores.

SITEGEN_CONTRACT=10000 pytest tests/test_search_contract.py asks the same of an archive of that many articles.
"""

import json
import os
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path
from shutil import copytree, ignore_patterns
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from sitegen.config import Settings
from sitegen.model import Archive, Record
from sitegen.search import LARGE, read_words
from sitegen.search.analyzer import name_key
from sitegen.search.fields import Field
from sitegen.search.whole import build_with_lunr, whole_index
from sitegen.search.words import Counted, count_terms
from tests.search.archive import Note, make_archive
from tests.search.corpus import make_notes, make_queries
from tests.search.files import index_files, read_columns
from tests.search.node import run_node
from tests.search.site import PROJECT, serve

ARTICLES = int(os.environ.get("SITEGEN_CONTRACT", "1000"))
SECONDS = 300 + ARTICLES // 10
NEWEST = Note("Satu kabar", "Dua kata baru", date="2030-01-01")
QUERIES = 500


@pytest.fixture(scope="module")
def archive() -> Archive:
    return make_archive(make_notes(ARTICLES))


def write_files(folder: Path, files: dict[str, bytes]) -> None:
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


@pytest.fixture(scope="module", params=[LARGE, 0], ids=["lengths-with-root", "lengths-apart"])
def published(
    archive: Archive, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> dict[str, Any]:
    """What a node script needs: where lunr.js, the shards and the whole index are, and queries to ask."""
    folder = tmp_path_factory.mktemp("index")
    files = index_files(archive, Settings(), large=request.param)
    write_files(folder, {file.path: file.content for file in files})
    columns = read_columns(archive)
    whole = folder / "whole.json"
    whole.write_text(json.dumps(whole_index(columns)))
    words = [term for term in columns.terms if term.isascii() and term.isalpha()]
    return {
        "lunr": str(folder / "static/js/lunr.js"),
        "folder": str(folder / "search"),
        "whole": str(whole),
        "queries": make_queries(words, QUERIES, seed=request.param),
    }


def fields_of(record: Record, archive: Archive) -> dict[Field, Counted]:
    """What a record's fields hold."""
    own = read_words(record.article)
    entities = [entity.ref for entity in record.entities]
    named = {Field.ENTITY: entities, Field.TAG: record.tags, Field.SOURCE: [record.source] if record.source else []}
    return {Field.TITLE: own.title, Field.TEXT: own.text} | {
        field: count_terms(Counter(name_key(archive.terms[ref].name) for ref in refs)) for field, refs in named.items()
    }


def test_columns_hold_what_lunrs_builder_holds() -> None:
    small = make_archive(make_notes(150))
    ours = whole_index(read_columns(small))
    theirs = build_with_lunr(fields_of(record, small) for record in small.records)
    assert ours["fields"] == theirs["fields"]
    assert [entry[0] for entry in ours["invertedIndex"]] == [entry[0] for entry in theirs["invertedIndex"]]
    assert ours["invertedIndex"] == theirs["invertedIndex"]
    assert dict(ours["fieldVectors"]) == dict(theirs["fieldVectors"])


def test_shards_answer_as_lunr_does_over_the_whole_index(published: dict[str, Any]) -> None:
    outcome = run_node("contract.mjs", published, SECONDS)
    assert outcome["differences"] == []
    assert outcome["asked"] >= 2 * QUERIES
    assert outcome["found"] > outcome["asked"] / 2
    assert outcome["worst"] < 1e-9


@pytest.mark.browser
def test_shards_answer_in_chromium_as_lunr_does(published: dict[str, Any], browser: Browser) -> None:
    folder = Path(published["folder"]).parent
    copytree(PROJECT / "static/js/search", folder / "static/js/search")
    copytree(PROJECT / "tests/search", folder / "tests/search", ignore=ignore_patterns("*.py", "__pycache__"))
    (folder / "question.json").write_text(json.dumps({"queries": published["queries"]}))
    (folder / "index.html").write_text(
        '<!doctype html><script src="static/js/lunr.js"></script>'
        '<script type="module" src="tests/search/browser.mjs"></script><body></body>'
    )
    with serve(folder) as address:
        page = browser.new_page()
        page.goto(address)
        expect(page.locator("body")).to_have_text(re.compile("asked"), timeout=1000 * SECONDS)
        outcome = json.loads(page.inner_text("body"))
        page.close()
    assert outcome["differences"] == []
    assert outcome["asked"] >= 2 * QUERIES


def test_the_same_archive_gives_the_same_files(archive: Archive) -> None:
    assert list(index_files(archive, Settings())) == list(index_files(archive, Settings()))


def test_a_name_of_a_file_says_all_that_is_in_it() -> None:
    archive = make_archive([Note("kata", "kata", path=f"{number}.txt") for number in range(40)])
    small, large = ({file.path: file.content for file in index_files(archive, Settings(), most)} for most in (LARGE, 0))
    both = {path for path in small.keys() & large.keys() if path != "search/root.bin"}
    assert both
    assert {path for path in both if small[path] != large[path]} == set()


def files_of(notes: list[Note]) -> dict[str, bytes]:
    return {file.path: file.content for file in index_files(make_archive(notes), Settings())}


def test_one_article_more_leaves_most_files_alone() -> None:
    notes = sorted(make_notes(600), key=lambda note: note.date)
    grown = [files_of(notes[:count]) for count in range(580, 588)]
    changed = sum(before.get(path) != after[path] for before, after in pairwise(grown) for path in after)
    assert changed < 0.25 * sum(map(len, grown[1:]))


def test_the_newest_article_is_found_at_once(tmp_path: Path) -> None:
    write_files(tmp_path, files_of([*make_notes(30), NEWEST]))
    question = {"lunr": str(tmp_path / "static/js/lunr.js"), "folder": str(tmp_path / "search")}
    assert run_node("ask.mjs", question | {"queries": ["kabar", "baru title:satu", "kabar*", "kabra~1"]}) == [[30]] * 4


@pytest.mark.parametrize("notes", [[], [Note("", "")], [Note("😀 — …", "!")]])
@pytest.mark.parametrize("large", [LARGE, 0])
def test_an_archive_without_words_answers_nothing(tmp_path: Path, notes: list[Note], large: int) -> None:
    files = index_files(make_archive(notes), Settings(), large=large)
    write_files(tmp_path, {file.path: file.content for file in files})
    question = {"lunr": str(tmp_path / "static/js/lunr.js"), "folder": str(tmp_path / "search")}
    assert run_node("ask.mjs", question | {"queries": ["kabar", "+kab* -x", "*r", "kabra~1"]}) == [[]] * 4


def test_the_whole_index_is_published_on_request_for_lunr_to_load(tmp_path: Path) -> None:
    archive = make_archive([Note("Banjir besar", "Air naik.", date="2024-01-01"), NEWEST])
    write_files(tmp_path, {file.path: file.content for file in index_files(archive, Settings(lunr_index=True))})
    question = {"lunr": str(tmp_path / "static/js/lunr.js"), "index": str(tmp_path / "search/lunr-index.json")}
    assert run_node("whole.mjs", question | {"queries": ["banjir", "kata", "+air -besar"]}) == [
        [archive.records[0].url],
        [archive.records[1].url],
        [],
    ]
    assert "search/lunr-index.json" not in files_of([NEWEST])
