"""The promise: shards answer exactly as lunr does over the whole index, in the same order and with the same scores."""

import json
import re
from pathlib import Path
from shutil import copytree, ignore_patterns
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from sitegen.config import Settings
from sitegen.model import Archive
from sitegen.search import gather_archive, read_words
from sitegen.search.fields import FieldReader, key_names
from sitegen.search.whole import build_with_lunr, whole_index
from tests.search.archive import Note, make_archive
from tests.search.corpus import make_notes, make_queries
from tests.search.files import index_files
from tests.search.node import run_node
from tests.search.site import PROJECT, serve

ARTICLES = 1000
NEWEST = Note("Satu kabar", "Dua kata baru", date="2030-01-01")
QUERIES = 500


@pytest.fixture(scope="module")
def archive() -> Archive:
    return make_archive(make_notes(ARTICLES))


@pytest.fixture(scope="module")
def published(archive: Archive, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a node script needs: where lunr.js, the shards and the whole index are, and queries to ask."""
    folder = tmp_path_factory.mktemp("index")
    for file in index_files(archive, Settings()):
        target = folder / file.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.content)
    columns, _ = gather_archive(archive)
    whole = folder / "whole.json"
    whole.write_text(json.dumps(whole_index(columns)))
    words = [term for term in columns.terms if term.isascii() and term.isalpha()]
    return {
        "lunr": str(folder / "static/js/lunr.js"),
        "folder": str(folder / "search"),
        "whole": str(whole),
        "queries": make_queries(words, QUERIES),
    }


def test_columns_hold_what_lunrs_builder_holds(archive: Archive) -> None:
    small = Archive(archive.records[:150], archive.terms, (), ())
    reader = FieldReader(key_names(small.terms))
    ours = whole_index(gather_archive(small)[0])
    theirs = build_with_lunr(reader.read(record, read_words(record.article)) for record in small.records)
    assert ours["fields"] == theirs["fields"]
    assert [entry[0] for entry in ours["invertedIndex"]] == [entry[0] for entry in theirs["invertedIndex"]]
    assert ours["invertedIndex"] == theirs["invertedIndex"]
    assert dict(ours["fieldVectors"]) == dict(theirs["fieldVectors"])


def test_shards_answer_as_lunr_does_over_the_whole_index(published: dict[str, Any]) -> None:
    outcome = run_node("contract.mjs", published)
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
        expect(page.locator("body")).to_have_text(re.compile("asked"), timeout=120_000)
        outcome = json.loads(page.inner_text("body"))
        page.close()
    assert outcome["differences"] == []
    assert outcome["asked"] >= 2 * QUERIES


def test_the_same_archive_gives_the_same_files(archive: Archive) -> None:
    assert list(index_files(archive, Settings())) == list(index_files(archive, Settings()))


def test_one_article_more_leaves_the_shards_of_other_words_alone(archive: Archive) -> None:
    notes = list(make_notes(ARTICLES))
    before = {file.path: file.content for file in index_files(make_archive(notes[:-1]), Settings())}
    after = {file.path: file.content for file in index_files(make_archive([*notes[:-1], NEWEST]), Settings())}
    kept = set(before) & set(after)
    assert all(before[path] == after[path] for path in kept if not path.endswith("root.bin"))
    assert len(kept) > 0.8 * len(before), f"{len(kept)} of {len(before)}"
