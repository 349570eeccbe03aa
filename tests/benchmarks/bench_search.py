"""What search costs and finds, as a table in Markdown; beside Pagefind's on the same articles, if one is at hand.

    python tests/benchmarks/bench_search.py CORPUS [ARTICLES] [--pagefind FOLDER] [--text-only]

CORPUS is a script that makes articles (its class Corpus makes article i), or a folder of seeds with a gold.jsonl that
knows their titles. FOLDER has what `npm install pagefind@1.6.0` puts into it.
"""

import argparse
import gc
import gzip
import importlib.util
import json
import multiprocessing
import pickle
import random
import re
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path
from shutil import copytree, ignore_patterns
from typing import Any

from playwright.sync_api import expect

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from sitegen.config import Settings  # noqa: E402
from sitegen.model import Archive, TermKind  # noqa: E402
from sitegen.scripts import strip_comments  # noqa: E402
from sitegen.search.analyzer import words  # noqa: E402
from tests.benchmarks.search_peer import measure_pagefind  # noqa: E402
from tests.search.archive import Note, make_archive  # noqa: E402
from tests.search.chromium import start_chromium  # noqa: E402
from tests.search.files import index_files  # noqa: E402
from tests.search.node import run_node  # noqa: E402
from tests.search.site import serve  # noqa: E402

KINDS = (TermKind.PERSON, TermKind.ORGANIZATION, TermKind.PLACE, TermKind.EVENT)
QUERIES = 300
MEGABYTE = 1 << 20
IMPORTED = re.compile(r'^(?:import|export) .*?"\./(.+?)";', re.MULTILINE)


def make_notes(script: Path, count: int, newest: int = 0) -> Iterator[Note]:
    """Articles 0 to `count` of the yardstick, and `newest` more that are dated after them all."""
    spec = importlib.util.spec_from_file_location("corpus", script)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    corpus = module.Corpus()
    kinds = {name: KINDS[place % len(KINDS)] for place, name in enumerate(corpus.ents)}
    for number in range(count + newest):
        made = corpus.article(number, newest=number >= count)
        yield Note(
            title=made["title"],
            text="\n".join((f"{made['dateline']} – {made['paras'][0]}", *made["paras"][1:])),
            language=made["lang"],
            date=f"{made['date']:%Y-%m-%d}",
            source=made["source"],
            names=tuple((kinds[name], name) for name in made["entities"]),
            tags=tuple(made["tags"]),
            path=made["slug"],
        )


def read_notes(folder: Path) -> Iterator[Note]:
    """The articles of a folder of marked seeds: headline, "- domain", paragraphs."""
    for line in (folder / "gold.jsonl").read_text("utf-8").splitlines():
        gold = json.loads(line)
        text = (folder / gold["file"]).read_text("utf-8").split("\n", 2)[2].strip()
        yield Note(gold["title"], text, gold["lang"], gold["date"] or "", gold["source"], path=gold["file"])


def peak() -> float:
    """The most memory this process has held, in MB (Linux; what getrusage tells includes the parent's)."""
    [line] = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM:")]
    return int(line.split()[1]) / 1024


def write_index(pickled: Path, folder: Path) -> dict[str, float]:
    """Writes the index of an archive and tells what that took, and the memory that the archive itself takes."""
    gc.disable()
    archive = pickle.loads(pickled.read_bytes())
    # As in the worker that writes the index of a site.
    gc.freeze()
    gc.enable()
    before, wall, cpu = peak(), time.perf_counter(), time.process_time()
    for file in index_files(archive, Settings()):
        target = folder / file.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.content)
    taken = {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}
    return taken | {"archive": before, "peak": peak()}


def measure_writing(archive: Archive, folder: Path) -> dict[str, float]:
    """`write_index` in a process of its own, which has nothing but the archive."""
    folder.mkdir()
    pickled = folder / "archive.pickle"
    pickled.write_bytes(pickle.dumps(archive, protocol=pickle.HIGHEST_PROTOCOL))
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as processes:
        taken = processes.submit(write_index, pickled, folder).result()
    pickled.unlink()
    return taken


def choose_queries(archive: Archive, titles: Sequence[str]) -> dict[str, Any]:
    """Words as frequent as they are in texts, and queries each made from one article that is to be found again.

    Args:
        titles: of all articles by number; the archive may be without them.
    """
    chance = random.Random(5)
    texts = [words(" ".join(record.article.paragraphs)) for record in archive.records]
    long = [[word for word in text if len(word) > 3 and word.isalpha()] for text in texts]
    numbers = chance.choices(
        [number for number, text in enumerate(long) if len(text) > 3 and titles[number]], k=QUERIES
    )
    return {
        "words": [chance.choice(long[number]) for number in numbers],
        "known": {
            "title": [{"q": titles[number], "number": number} for number in numbers],
            "three words": [{"q": " ".join(chance.sample(long[n], 3)), "number": n} for n in numbers],
            "two words": [{"q": " ".join(chance.sample(long[n], 2)), "number": n} for n in numbers],
        },
    }


def measure_browser(folder: Path, asked: dict[str, Any]) -> dict[str, float]:
    """The time of warm queries in Chromium."""
    copytree(ROOT / "static/js/search", folder / "static/js/search", dirs_exist_ok=True)
    copytree(ROOT / "tests/search", folder / "tests/search", ignore=ignore_patterns("*.py", "__pycache__"))
    (folder / "question.json").write_text(json.dumps({"words": asked["words"]}))
    (folder / "index.html").write_text(
        '<!doctype html><script src="static/js/lunr.js"></script>'
        '<script type="module" src="tests/search/bench_browser.mjs"></script><body></body>'
    )
    with serve(folder) as address, start_chromium() as browser:
        page = browser.new_page()
        page.goto(address)
        expect(page.locator("body")).to_contain_text("median", timeout=600_000)
        outcome: dict[str, float] = json.loads(page.inner_text("body"))
    return outcome


def code_size(scripts: Path, first: str = "main.js") -> int:
    """Bytes of the scripts that a first query of words waits for, as a server that compresses sends them."""
    needed, size = [first], 0
    for name in needed:
        script = strip_comments((scripts / name).read_text("utf-8"))
        needed += [other for other in IMPORTED.findall(script) if other not in needed]
        size += len(gzip.compress(script.encode()))
    return size


def measure_ours(archive: Archive, folder: Path, asked: dict[str, Any]) -> dict[str, Any]:
    """Our search over `archive`: what indexing and queries cost, and what is found."""
    taken = measure_writing(archive, folder)
    published = [path.stat().st_size for path in (folder / "search").iterdir()]
    question = {"lunr": str(folder / "static/js/lunr.js"), "folder": str(folder / "search"), **asked}
    answered = run_node("bench_node.mjs", question, seconds=1800)
    code = code_size(ROOT / "static/js/search")
    for cost in answered["cold"].values():
        cost["code"] = code
    warm = measure_browser(folder, asked)
    return {"taken": taken, "bytes": sum(published), "files": len(published), "warm": warm, **answered}


def measure_change(before: Path, more: Archive, folder: Path) -> float:
    """Which share of the bytes has to be sent anew when the archive grows to `more`."""
    measure_writing(more, folder)
    known = {path.name: path.read_bytes() for path in (before / "search").iterdir()}
    changed = [path for path in (folder / "search").iterdir() if path.read_bytes() != known.get(path.name)]
    return sum(path.stat().st_size for path in changed) / sum(map(len, known.values()))


def rows(one: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What was measured, row by row."""
    taken, cold = one["taken"], one["cold"]
    yield "indexing", f"{taken['wall']:.1f} s ({taken['cpu']:.1f} s CPU)"
    held = f", {taken['archive']:.0f} of it the archive" if "archive" in taken else ""
    yield "peak memory", f"{taken['peak']:.0f} MB{held}"
    yield "all files", f"{one['bytes'] / MEGABYTE:.2f} MB in {one['files']:,}"
    yield "code before the first answer", f"{cold['hits']['code'] / 1000:.1f} kB"
    for name, kind in (("one word, to its hits", "hits"), ("with ten results shown", "shown")):
        cost = cold[kind]
        yield name, f"{cost['bytes'] / 1000:.1f} kB (most {cost['most'] / 1000:.1f}), {cost['requests']} requests"
    for kind, at in one["known"].items():
        yield f"found by {kind}, first / in ten", f"{at['first']:.3f} / {at['ten']:.3f}"
    if "warm" in one:
        yield "warm query in Chromium", f"{one['warm']['median']:.1f} ms (most {one['warm']['most']:.1f})"
    if "change" in one:
        yield "one article more", f"{100 * one['change']:.1f} % of the bytes are new"


def print_table(ours: dict[str, Any], theirs: dict[str, Any] | None) -> None:
    others = dict(rows(theirs)) if theirs else {}
    print("| | sitegen |" + (" Pagefind 1.6 |" if theirs else ""))
    print("|---|---|" + ("---|" if theirs else ""))
    for name, value in rows(ours):
        print(f"| {name} | {value} |" + (f" {others.get(name, '–')} |" if theirs else ""))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("articles", type=int, nargs="?", default=10_000)
    parser.add_argument("--pagefind", type=Path, help="folder in which pagefind is installed")
    parser.add_argument("--text-only", action="store_true", help="index the articles without their titles")
    given = parser.parse_args()
    is_script = given.corpus.is_file()
    notes = list(make_notes(given.corpus, given.articles) if is_script else read_notes(given.corpus))
    titles = [record.article.title for record in make_archive(notes).records]
    if given.text_only:
        notes = [replace(note, title="") for note in notes]
    archive = make_archive(notes)
    asked = choose_queries(archive, titles)
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        ours = measure_ours(archive, place / "ours", asked)
        if is_script and not given.text_only:
            more = make_archive(make_notes(given.corpus, given.articles, newest=1))
            ours["change"] = measure_change(place / "ours", more, place / "more")
        theirs = measure_pagefind(given.pagefind, archive, place / "theirs", asked) if given.pagefind else None
    print_table(ours, theirs)


if __name__ == "__main__":
    main()
