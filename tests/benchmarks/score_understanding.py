"""Scores what is understood against marked articles and sentences, and says what it costs.

    python tests/benchmarks/score_understanding.py [SHARED]

SHARED is the folder of samples and yardsticks beside a developer's clone (default: ../shared from the root).
Builds each set in a temporary folder and prints what the yardsticks print; then the seconds of CPU and the memory that
understanding articles of about 350 words takes, warm, in one process.
"""

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("id_idner2k_dev", "en_wikigold", "ru_factrueval_devset")
WORDS = 350
ABOUT = range(250, 451)
"""The lengths of articles whose cost is measured, in words; the cost is then brought to WORDS."""
ROUNDS = 5


def run(*words: object) -> str:
    """What a Python program printed."""
    return subprocess.run([sys.executable, *map(str, words)], check=True, capture_output=True, text=True).stdout


def build(seeds: Path, public: Path) -> Path:
    """`public`, with the seeds built into it."""
    run(ROOT / "build.py", "build", "--seeds", seeds, "--output", public, "--no-cache")
    return public


def score_names(shared: Path, folder: Path) -> None:
    """Print the lines for all types of each set of marked sentences."""
    yardstick = shared / "score" / "names.py"
    for name in NAMES:
        gold = shared / "samples" / "names" / f"{name}.tsv"
        run(yardstick, "prepare", gold, folder / name)
        said = run(yardstick, "score", gold, build(folder / name, folder / f"{name}-public"))
        print(name)
        print("\n".join(line for line in said.splitlines() if " all " in line))


def score_metadata(shared: Path, folder: Path) -> None:
    """Print how many titles, sources, languages and dates are right."""
    news = shared / "samples" / "news"
    print(run(shared / "score" / "metadata.py", news / "gold.jsonl", build(news, folder / "news-public")), end="")


def measure_cost(shared: Path) -> None:
    """Print what understanding costs, after a first round that warms it up."""
    started = time.process_time()
    from sitegen.seeds import find_seeds, parse_seed, read_seed
    from sitegen.understand import understand

    folders = (shared / "seeds", ROOT / "seeds", shared / "samples" / "news")
    documents = [
        parse_seed(read_seed(folder, file)).document
        for folder in folders
        for file in find_seeds(folder).files
        if file.path.endswith((".txt", ".md"))
    ]
    understand(documents[0])
    print(f"start and first article: {time.process_time() - started:.2f} s of CPU")
    fit = [document for document in documents if understand(document).words in ABOUT]
    started = time.process_time()
    words = sum(understand(document).words for _ in range(ROUNDS) for document in fit)
    spent = time.process_time() - started
    print(f"warm, {len(fit)} articles, all but reading: {1000 * spent * WORDS / words:.1f} ms of CPU for {WORDS} words")
    print(f"memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB resident at most")


def main() -> None:
    """Score everything."""
    shared = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared"
    sys.path.insert(0, str(ROOT))
    measure_cost(shared)
    with tempfile.TemporaryDirectory() as folder:
        score_names(shared, Path(folder))
        score_metadata(shared, Path(folder))


if __name__ == "__main__":
    main()
