"""What builds cost: python tests/benchmarks/bench_build.py YARDSTICK ARTICLES [--peers FOLDER].

YARDSTICK is a folder with gen_corpus.py, which makes the articles, and peers.sh, which installs Hugo and Pagefind and
builds the same articles with them; without --peers (where they are installed, or are to be) they are left out. Each
build is a process of its own, into a fresh folder where it is cold. Prints a table in Markdown: of each kind of build
the seconds, the processor's seconds, the peak memory of all its processes together and what it wrote.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MEGABYTE = 1 << 20
SAMPLED_EVERY = 0.1
"""Seconds between two looks at how much memory the processes of a build have."""

EQUAL = "article_files = false\nterm_feed_minimum = 1_000_000_000\n"
"""Settings for a site like Hugo's in the yardstick: no files beside articles, and a feed of the whole alone."""

OLD = 1_600_000_000
"""When all seeds were changed, as far as a build can tell: it takes for changed what was changed just now."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one command took: seconds, processor seconds, bytes at most in memory; and what it said."""

    wall: float
    processor: float
    memory: int
    said: str


def main() -> None:
    """Measure what the arguments name, and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("yardstick", type=resolved)
    parser.add_argument("articles", type=int)
    parser.add_argument("--peers", type=resolved, help="where Hugo and Pagefind are, or are to be installed")
    parser.add_argument("--folder", type=Path, help="where to work; a temporary folder when it is not given")
    parser.add_argument("--times", type=int, default=1, help="how often the cold builds and the peers take turns")
    given = parser.parse_args()
    with working_folder(given.folder) as folder:
        make_corpus(given.yardstick, folder / "corpus", given.articles)
        peers: list[Cost] = []
        cold: dict[str, list[Cost]] = {}
        for turn in range(given.times):
            if given.peers:
                peers.append(measure_peers(given.yardstick, given.peers, folder, turn))
            for name, cost in cold_builds(folder):
                cold.setdefault(name, []).append(cost)
        costs = {name: median(found) for name, found in cold.items()}
        costs |= dict(warm_builds(folder, given.yardstick, given.articles))
        print_tables(given.articles, costs, median(peers) if peers else None)


def resolved(path: str) -> Path:
    """A path that means the same in every folder: the peers work in another."""
    return Path(path).resolve()


@contextmanager
def working_folder(chosen: Path | None) -> Iterator[Path]:
    """The folder that was chosen, or one for as long as it is needed."""
    if chosen:
        chosen.mkdir(parents=True, exist_ok=True)
        yield chosen
        return
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


def make_corpus(yardstick: Path, folder: Path, articles: int) -> None:
    """The articles of the yardstick, as Markdown that says what it is about and as raw text."""
    if not folder.exists():
        subprocess.run([sys.executable, yardstick / "gen_corpus.py", folder, str(articles)], check=True)
        grow_old(folder)


def grow_old(folder: Path) -> None:
    """Make every file look as if it had been changed long ago."""
    for path in folder.rglob("*"):
        os.utime(path, (OLD, OLD))


def measure_peers(yardstick: Path, peers: Path, folder: Path, turn: int) -> Cost:
    """Hugo and Pagefind over the same articles."""
    if not peers.exists():
        subprocess.run(["bash", yardstick / "peers.sh", "install", peers], check=True)
    output = folder / f"peers-{turn}"
    return run(["bash", yardstick / "peers.sh", "both", peers, folder / "corpus" / "md", output], yardstick)


def cold_builds(folder: Path) -> Iterator[tuple[str, Cost]]:
    """Builds from nothing: equal pages, everything, and everything from raw text."""
    equal = folder / "equal"
    if not equal.exists():
        shutil.copytree(folder / "corpus" / "md", equal)
        (equal / "site.toml").write_text(EQUAL)
    for name, seeds in (("equal", equal), ("md", folder / "corpus" / "md"), ("raw", folder / "corpus" / "raw")):
        for made in ("site", "cache"):
            shutil.rmtree(folder / f"{made}-{name}", ignore_errors=True)
        label = {"equal": "cold, equal pages", "md": "cold, everything", "raw": "cold, everything, from raw text"}[name]
        yield label, build(seeds, folder, name)


def warm_builds(folder: Path, yardstick: Path, articles: int) -> Iterator[tuple[str, Cost]]:
    """Builds upon a build: nothing changed, one article more, one line of corrections, one template."""
    seeds = folder / "corpus" / "md"
    yield "nothing changed, first", build(seeds, folder, "md")
    yield "nothing changed", build(seeds, folder, "md")
    for label, options in (("one newest article more", ["--newest"]), ("one article more, among the others", [])):
        more = folder / "more"
        shutil.rmtree(more, ignore_errors=True)
        start = ["--start", str(articles)]
        script = [sys.executable, str(yardstick / "gen_corpus.py")]
        subprocess.run([*script, str(more), str(articles + 1), *start, *options], check=True)
        shutil.copytree(more / "md", seeds / f"more-{len(options)}")
        articles += 1
        yield label, build(seeds, folder, "md")
    name = most_named(folder / "site-md")
    (seeds / "entities.toml").write_text(f'[[rename]]\nname = "{name}"\nto = "{name} Baru"\n')
    yield "one line of entities.toml, on an entity of five articles", build(seeds, folder, "md")
    (seeds / "site.toml").write_text('templates = "looks"\n')
    template = (ROOT / "templates" / "term.html").read_text("utf-8")
    (seeds / "looks").mkdir()
    (seeds / "looks" / "term.html").write_text(template)
    yield "a setting", build(seeds, folder, "md")
    (seeds / "looks" / "term.html").write_text(template.replace("<h1", "<h1 id=name", 1))
    yield "one template, of entities and tags", build(seeds, folder, "md")


def most_named(site: Path) -> str:
    """An entity of five articles."""
    terms = (json.loads(line) for line in (site / "data" / "terms.jsonl").read_text("utf-8").splitlines())
    return str(next(term["name"] for term in terms if term["kind"] == "person" and len(term["articles"]) == 5))


def build(seeds: Path, folder: Path, name: str) -> Cost:
    """One build of the program as users run it."""
    places: list[str | Path] = [
        "--seeds",
        seeds,
        "--output",
        folder / f"site-{name}",
        "--cache",
        folder / f"cache-{name}",
    ]
    return run([sys.executable, ROOT / "build.py", "build", *places], ROOT)


def run(command: Sequence[str | Path], place: Path) -> Cost:
    """Run a command and measure it; its output is shown when it fails."""
    before = os.times()
    started = time.perf_counter()
    with subprocess.Popen(command, cwd=place, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        peak = [0]
        watch = threading.Thread(target=sample_memory, args=(process, peak))
        watch.start()
        said, _ = process.communicate()
        watch.join()
    wall = time.perf_counter() - started
    after = os.times()
    if process.returncode:
        sys.exit(said)
    processor = after.children_user + after.children_system - before.children_user - before.children_system
    return Cost(wall, processor, peak[0], said)


def sample_memory(process: "subprocess.Popen[str]", peak: list[int]) -> None:
    """Note the most memory that a process and its children were seen to have together, shared pages once."""
    while process.poll() is None:
        peak[0] = max(peak[0], sum(map(proportional, family(process.pid))))
        time.sleep(SAMPLED_EVERY)


def family(pid: int) -> Iterator[int]:
    """A process and all that descend from it."""
    yield pid
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return
    for child in children:
        yield from family(int(child))


def proportional(pid: int) -> int:
    """Bytes that a process has in memory, of shared ones its part."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


def median(costs: Sequence[Cost]) -> Cost:
    """The cost in the middle, by seconds."""
    return sorted(costs, key=lambda cost: cost.wall)[len(costs) // 2]


def print_tables(articles: int, costs: dict[str, Cost], peers: Cost | None) -> None:
    """The table of all builds."""
    print(f"{articles:,} articles, {os.cpu_count()} cores\n")
    print("| build | seconds | ÷ Hugo + Pagefind | processor seconds | articles a second | peak memory, MB | wrote |")
    print("|---|---|---|---|---|---|---|")
    if peers:
        print(row("Hugo + Pagefind, cold", articles, peers, peers))
    for name, cost in costs.items():
        print(row(name, articles, cost, peers))


def row(name: str, articles: int, cost: Cost, peers: Cost | None) -> str:
    """One line of the table."""
    ratio = f"{cost.wall / peers.wall:.3f}" if peers else "-"
    speed = f"{articles / cost.wall:.0f}"
    cells = (name, f"{cost.wall:.2f}", ratio, f"{cost.processor:.1f}", speed, f"{cost.memory / MEGABYTE:.0f}")
    return f"| {' | '.join(cells)} | {wrote(cost)} |"


def wrote(cost: Cost) -> str:
    """What a build of ours says that it wrote."""
    said = cost.said.splitlines()
    return next((line.removesuffix(" of it are new or changed") for line in said if "new or changed" in line), "-")


if __name__ == "__main__":
    main()
