"""What Pagefind makes of the same articles: the other side of bench_search.py's table."""

import gzip
import json
import os
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from html import escape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import quote

from playwright.sync_api import Browser, expect

from sitegen.model import Archive
from tests.search.chromium import start_chromium

LANGUAGE = "id"
"""One language for all: Pagefind keeps an index for each, and searches that of the page alone."""

SEARCH_PAGE = """<!doctype html><html lang="id"><body><script type="module">
const pagefind = await import("/pagefind/pagefind.js");
await pagefind.init();
const asked = new URLSearchParams(location.search);
const ask = async (q, shown) => {
  const { results } = await pagefind.search(q);
  return Promise.all(results.slice(0, shown).map(async (result) => (await result.data()).url));
};
const answers = asked.has("q")
  ? [await ask(asked.get("q"), Number(asked.get("shown")))]
  : await (async () => {
      const all = [];
      for (const { q } of await (await fetch("/questions.json")).json()) all.push(await ask(q, 10));
      return all;
    })();
document.body.textContent = JSON.stringify({ answers });
</script></body></html>"""


def write_pages(archive: Archive, folder: Path) -> None:
    """A bare page for each article, and one that searches."""
    for record in archive.records:
        title = f"<h1>{escape(record.article.title)}</h1>" if record.article.title else ""
        text = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in record.article.paragraphs)
        page = folder / f"a/{record.number}/index.html"
        page.parent.mkdir(parents=True)
        page.write_text(f'<!doctype html><html lang="{LANGUAGE}"><body data-pagefind-body>{title}{text}</body></html>')
    (folder / "search.html").write_text(SEARCH_PAGE)


def run_pagefind(peers: Path, folder: Path) -> dict[str, float]:
    """Seconds, CPU seconds and MB that indexing a folder takes."""
    [program] = peers.glob("node_modules/@pagefind/*/bin/pagefind_extended")
    command = [str(program), "--site", str(folder), "--force-language", LANGUAGE, "--quiet"]
    before = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    assert status == 0, f"{program} failed"
    return {
        "wall": time.perf_counter() - before,
        "cpu": used.ru_utime + used.ru_stime,
        "peak": used.ru_maxrss / 1024,
    }


@contextmanager
def serve_counting(folder: Path) -> Iterator[tuple[str, list[str]]]:
    """The folder's address, and the list of what is asked for, while the block runs."""
    asked: list[str] = []

    class Counting(SimpleHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path.split("?")[0])
            super().do_GET()

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Counting, directory=str(folder)))
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def is_code(path: str) -> bool:
    return path.endswith((".js", ".pagefind"))


def travelled(folder: Path, path: str) -> int:
    """Bytes of a file as a server that compresses text sends it."""
    content = (folder / path.lstrip("/")).read_bytes()
    return len(gzip.compress(content)) if path.endswith((".js", ".json")) else len(content)


def ask_cold(browser: Browser, address: str, asked: list[str], word: str, shown: int) -> list[str]:
    """What a query asks the server for in a browser that has nothing yet."""
    asked.clear()
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}/search.html?shown={shown}&q={quote(word)}")
    expect(page.locator("body")).to_contain_text("answers", timeout=60_000)
    context.close()
    return [path for path in asked if path.startswith("/pagefind/")]


def median_cost(folder: Path, loads: Sequence[Sequence[str]]) -> dict[str, float]:
    """Medians over queries: bytes of code and of data, and requests for data."""
    middle = len(loads) // 2
    data = [[path for path in paths if not is_code(path)] for paths in loads]
    sizes = [sum(travelled(folder, path) for path in paths) for paths in data]
    code = [sum(travelled(folder, path) for path in paths if is_code(path)) for paths in loads]
    return {
        "bytes": sorted(sizes)[middle],
        "most": max(sizes),
        "requests": sorted(map(len, data))[middle],
        "code": sorted(code)[middle],
    }


def measure_pagefind(peers: Path, archive: Archive, folder: Path, asked: dict[str, Any]) -> dict[str, Any]:
    """Pagefind over `archive`: what indexing and queries cost, and what is found; see bench_search.py for `asked`."""
    write_pages(archive, folder)
    taken = run_pagefind(peers, folder)
    published = [path.stat().st_size for path in (folder / "pagefind").rglob("*") if path.is_file()]
    known: dict[str, dict[str, float]] = {}
    with serve_counting(folder) as (address, log), start_chromium() as browser:
        cold = {
            name: median_cost(folder, [ask_cold(browser, address, log, word, shown) for word in asked["words"][:40]])
            for name, shown in (("hits", 0), ("shown", 10))
        }
        for kind, questions in asked["known"].items():
            (folder / "questions.json").write_text(json.dumps(questions))
            page = browser.new_page()
            page.goto(f"{address}/search.html")
            expect(page.locator("body")).to_contain_text("answers", timeout=600_000)
            answers = json.loads(page.inner_text("body"))["answers"]
            page.close()
            wanted = [f"/a/{question['number']}/" for question in questions]
            known[kind] = {
                "first": sum(found[:1] == [url] for url, found in zip(wanted, answers, strict=True)) / len(wanted),
                "ten": sum(url in found for url, found in zip(wanted, answers, strict=True)) / len(wanted),
            }
    return {"taken": taken, "bytes": sum(published), "files": len(published), "cold": cold, "known": known}
