"""Scores what is understood against marked articles and sentences, and says what it costs.

    python tests/benchmarks/score_understanding.py [SHARED]

SHARED is the folder of samples and yardsticks beside a developer's clone (default: ../shared from the root).
Builds each set in a temporary folder and prints what the yardsticks print; and before that what understanding costs:
the start of a process up to its first article, and articles of about 350 words, warm.

The sets of names leave many places unmarked that a reader may want to follow ("militer Israel", "Presiden Suriah").
So each set is scored a second time without the known places that it does not mark: what is left are our own mistakes.
"""

import json
import resource
import runpy
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from sitegen.authority import load_authority
from sitegen.seeds import find_seeds, parse_seed, read_seed
from sitegen.understand import understand

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("id_idner2k_dev", "en_wikigold", "ru_factrueval_devset")
WORDS = 350
ABOUT = range(250, 451)
"""The lengths of articles whose cost is measured, in words; the cost is then brought to WORDS."""
ROUNDS = 5
START = """
import resource, sys, time
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from sitegen.model import RawSeed
from sitegen.seeds import parse_seed
from sitegen.understand import understand
understand(parse_seed(RawSeed("a.txt", Path(sys.argv[2]).read_bytes(), "0" * 64)).document)
print(f"{time.process_time():.2f} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f}")
"""
"""A program that understands one article and says what that took."""


def run(*words: object) -> str:
    """What a Python program printed."""
    return subprocess.run([sys.executable, *map(str, words)], check=True, capture_output=True, text=True).stdout


def build(seeds: Path, public: Path) -> Path:
    """`public`, with the seeds built into it."""
    run(ROOT / "build.py", "build", "--seeds", seeds, "--output", public, "--no-cache")
    return public


def score_names(shared: Path, folder: Path) -> None:
    """Print the lines for all types of each set of marked sentences, as it is and without the places it leaves out."""
    yardstick = shared / "score" / "names.py"
    for name in NAMES:
        gold = shared / "samples" / "names" / f"{name}.tsv"
        run(yardstick, "prepare", gold, folder / name)
        public = build(folder / name, folder / f"{name}-public")
        print(name)
        print_totals(run(yardstick, "score", gold, public))
        left_out = leave_out_places(yardstick, gold, public)
        print(f"{name}, without {left_out} known places that it leaves unmarked")
        print_totals(run(yardstick, "score", gold, public))


def print_totals(said: str) -> None:
    """Print what a yardstick says of all types together."""
    print("\n".join(line for line in said.splitlines() if " all " in line))


def leave_out_places(yardstick: Path, gold: Path, public: Path) -> int:
    """Take from the records in `public` the places of the authority where the gold has no mark; how many they were."""
    marked = {name: spans for name, _, spans in runpy.run_path(str(yardstick))["seeds"](gold)}
    known, left_out = load_authority().entries, 0
    path = public / "data" / "articles.jsonl"
    records = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    for record in records:
        spans = marked[Path(record["seed"]["path"]).name]
        for entity in record["entities"]:
            if entity["type"] == "place" and entity["id"] in known:
                kept = [each for each in entity["mentions"] if touches_any(each, spans)]
                left_out += len(entity["mentions"]) - len(kept)
                entity["mentions"] = kept
    path.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    return left_out


def touches_any(mention: Sequence[int], spans: Iterable[Sequence[int]]) -> bool:
    """Whether a mention has a character in common with one of several marked stretches."""
    return any(mention[0] < end and start < mention[1] for start, end, *_ in spans)


def score_metadata(shared: Path, folder: Path) -> None:
    """Print how many titles, sources, languages and dates are right."""
    news = shared / "samples" / "news"
    print(run(shared / "score" / "metadata.py", news / "gold.jsonl", build(news, folder / "news-public")), end="")


def measure_start(shared: Path) -> None:
    """Print what a new process takes up to its first article: seconds of CPU and memory."""
    seed = next((shared / "seeds").glob("*.txt"))
    said = run("-c", START, ROOT, seed).split()
    print(f"start and first article: {said[0]} s of CPU, {said[1]} MB resident at most")


def measure_cost(shared: Path) -> None:
    """Print what understanding costs, after a first round that warms it up."""
    folders = (shared / "seeds", ROOT / "seeds", shared / "samples" / "news")
    documents = [
        parse_seed(read_seed(folder, file)).document
        for folder in folders
        for file in find_seeds(folder).files
        if file.path.endswith((".txt", ".md"))
    ]
    fit = [document for document in documents if understand(document).words in ABOUT]
    started = time.process_time()
    words = sum(understand(document).words for _ in range(ROUNDS) for document in fit)
    spent = time.process_time() - started
    print(f"warm, {len(fit)} articles, all but reading: {1000 * spent * WORDS / words:.1f} ms of CPU for {WORDS} words")
    print(f"memory after them: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB resident at most")


def main() -> None:
    """Score everything."""
    shared = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared"
    measure_start(shared)
    measure_cost(shared)
    with tempfile.TemporaryDirectory() as folder:
        score_names(shared, Path(folder))
        score_metadata(shared, Path(folder))


if __name__ == "__main__":
    main()
