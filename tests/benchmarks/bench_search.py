"""What search costs on an archive of many articles: python tests/benchmarks/bench_search.py CORPUS_SCRIPT ARTICLES.

CORPUS_SCRIPT is the generator of the yardstick articles (its class Corpus makes article i). Prints a table in Markdown.
"""

import argparse
import gzip
import importlib.util
import json
import multiprocessing
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree, ignore_patterns
from typing import Any

from playwright.sync_api import expect

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from sitegen.config import Settings  # noqa: E402
from sitegen.model import Archive, TermKind  # noqa: E402
from sitegen.search.analyzer import words  # noqa: E402
from tests.search.archive import Note, make_archive  # noqa: E402
from tests.search.chromium import start_chromium  # noqa: E402
from tests.search.files import index_files  # noqa: E402
from tests.search.node import run_node  # noqa: E402
from tests.search.site import serve  # noqa: E402

KINDS = (TermKind.PERSON, TermKind.ORGANIZATION, TermKind.PLACE, TermKind.EVENT)
QUERIES = 150
MEGABYTE = 1 << 20


def read_notes(script: Path, count: int, newest: int = 0) -> Iterator[Note]:
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


def peak() -> float:
    """The most memory this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def write_index(archive: Archive, folder: Path, outcome: "multiprocessing.Queue[dict[str, float]]") -> None:
    """Writes the index of `archive` and tells what that took, beyond the memory that the archive itself takes."""
    before, wall, cpu = peak(), time.perf_counter(), time.process_time()
    for file in index_files(archive, Settings()):
        target = folder / file.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.content)
    taken = {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}
    outcome.put(taken | {"archive": before, "peak": peak()})


def measure_writing(archive: Archive, folder: Path) -> dict[str, float]:
    """`write_index` in a process of its own, which begins with what the archive takes."""
    context = multiprocessing.get_context("fork")
    outcome: multiprocessing.Queue[dict[str, float]] = context.Queue()
    process = context.Process(target=write_index, args=(archive, folder, outcome))
    process.start()
    taken = outcome.get()
    process.join()
    return taken


def choose_queries(archive: Archive) -> dict[str, Any]:
    """Words as frequent as they are in texts, and queries each made from one article that is to be found again."""
    chance = random.Random(5)
    records = chance.choices(archive.records, k=QUERIES)
    texts = {record.number: words(" ".join(record.article.paragraphs)) for record in records}
    long = {number: [word for word in text if len(word) > 3 and word.isalpha()] for number, text in texts.items()}
    known: dict[str, list[dict[str, object]]] = {
        "title": [{"q": record.article.title, "number": record.number} for record in records]
    }
    for name, count in (("three words", 3), ("two words", 2)):
        known[name] = [{"q": " ".join(chance.sample(long[n], count)), "number": n} for n in (r.number for r in records)]
    return {"words": [chance.choice(long[record.number]) for record in records], "known": known}


def measure_browser(folder: Path, asked: dict[str, Any]) -> dict[str, float]:
    """The time of warm queries in Chromium."""
    copytree(ROOT / "static/js/search", folder / "static/js/search")
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


def code_size(folder: Path) -> int:
    """Bytes of the scripts that a first query needs, as a server that compresses sends them."""
    scripts = [folder / "static/js/lunr.js", *sorted((ROOT / "static/js/search").glob("*.js"))]
    return sum(len(gzip.compress(script.read_bytes())) for script in scripts)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("articles", type=int)
    given = parser.parse_args()
    archive = make_archive(read_notes(given.corpus, given.articles))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "one"
        taken = measure_writing(archive, folder)
        published = {path.name: path.stat().st_size for path in (folder / "search").iterdir()}
        asked = choose_queries(archive)
        lunr = folder / "static/js/lunr.js"
        node = run_node("bench_node.mjs", {"lunr": str(lunr), "folder": str(folder / "search"), **asked}, seconds=1800)
        warm = measure_browser(folder, asked)
        code = code_size(folder)
        more = Path(name) / "more"
        measure_writing(make_archive(read_notes(given.corpus, given.articles, newest=1)), more)
        rewritten = sum(path.stat().st_size for path in (more / "search").iterdir() if path.name not in published)
    cold, known = node["cold"], node["known"]
    rows = [
        ("articles", f"{given.articles:,}"),
        ("index and write, one core", f"{taken['wall']:.1f} s ({taken['cpu']:.1f} s CPU)"),
        ("peak memory, of which the archive", f"{taken['peak']:.0f} MB, {taken['archive']:.0f} MB"),
        ("all search files", f"{sum(published.values()) / MEGABYTE:.2f} MB, {len(published)} files"),
        ("code, compressed", f"{code / 1000:.1f} kB"),
        ("one word, cold: to its hits", f"{cold['hits']['bytes'] / 1000:.1f} kB, {cold['hits']['requests']} requests"),
        ("at most", f"{cold['hits']['most'] / 1000:.1f} kB"),
        (
            "with its first ten results, without filters",
            f"{cold['shown']['bytes'] / 1000:.1f} kB, {cold['shown']['requests']} requests",
        ),
        ("warm query in Chromium", f"{warm['median']:.1f} ms, at most {warm['most']:.1f} ms"),
        ("one article more", f"{100 * rewritten / sum(published.values()):.0f} % of bytes rewritten"),
        *((f"found by {kind}, first / in ten", f"{at['first']:.3f} / {at['ten']:.3f}") for kind, at in known.items()),
    ]
    print("\n".join(f"| {name} | {value} |" for name, value in rows))


if __name__ == "__main__":
    main()
