"""What one article costs: python tests/benchmarks/bench_article.py [SEEDS].

SEEDS is a folder of seeds (default: the demo's). Prints a table in Markdown: the seconds of CPU from the start of a
process until its first article is understood, and the memory it has then, with nothing kept from earlier runs and with
the language model kept unpacked; then, warm, the milliseconds of CPU that each step takes for an article of 350 words.
"""

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
WORDS = 350
MOST = 500
"""Articles that are measured, at most."""
ROUNDS = 5
FIRST = "--first"

Given = TypeVar("Given")
Made = TypeVar("Made")


def understand_first(seed: Path, cache: Path) -> None:
    """Understand one seed in this fresh process; print the seconds of CPU and the bytes of memory until then."""
    from sitegen.pipeline.understanding import understand_seed
    from sitegen.seeds import find_seed, read_seed

    understand_seed(read_seed(seed.parent, find_seed(seed.parent, seed.name)), cache)
    print(time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)


def measure_start(seed: Path, cache: Path) -> tuple[float, float]:
    """Seconds of CPU and megabytes of a process that understands one seed."""
    command = [sys.executable, __file__, FIRST, str(seed), str(cache)]
    seconds, memory = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return float(seconds), float(memory) / 1e6


def measure(step: Callable[[Given], Made], things: Iterable[Given]) -> tuple[float, list[Made]]:
    """The seconds of CPU that a step takes for all things, at best; and what it makes of them."""
    given, best = list(things), float("inf")
    for _ in range(ROUNDS):
        started = time.process_time()
        made = [step(thing) for thing in given]
        best = min(best, time.process_time() - started)
    return best, made


def print_steps(folder: Path) -> None:
    """Print what each step takes for the seeds of a folder."""
    from sitegen.model.packing import pack, plain_facts, unpack
    from sitegen.seeds import find_seeds, parse_seed, read_seed
    from sitegen.understand import understand

    read, seeds = measure(lambda file: read_seed(folder, file), find_seeds(folder).files[:MOST])
    parsed, documents = measure(lambda seed: parse_seed(seed).document, seeds)
    understood, articles = measure(understand, documents)
    packed, packs = measure(lambda article: pack((plain_facts(article), article.text)), articles)
    unpacked, _ = measure(unpack, packs)
    words = sum(article.words for article in articles)
    steps = {"read": read, "parse": parsed, "understand": understood, "pack": packed, "unpack": unpacked}
    for name, seconds in [*steps.items(), ("all of it", sum(steps.values()))]:
        print(f"| {name} | {1000 * seconds * WORDS / words:.2f} ms |")
    print(f"| packed | {sum(map(len, packs)) * WORDS / words / 1000:.1f} kB |")


def main() -> None:
    """Measure everything."""
    if sys.argv[1:2] == [FIRST]:
        understand_first(Path(sys.argv[2]), Path(sys.argv[3]))
        return
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "seeds"
    seed = min(path for path in folder.rglob("*.*") if path.suffix in {".txt", ".md"} and path.stem != "README")
    print("| an article | cost |\n|---|---|")
    with tempfile.TemporaryDirectory() as cache:
        for name in ("nothing kept", "model kept unpacked"):
            seconds, memory = measure_start(seed, Path(cache))
            print(f"| the first, {name} | {seconds:.2f} s, {memory:.0f} MB |")
    print_steps(folder)


if __name__ == "__main__":
    main()
