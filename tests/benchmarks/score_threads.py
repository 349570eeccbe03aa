"""Scores story threads against labelled events.

    python tests/benchmarks/score_threads.py

Two labelled sets, both written for this project: the demo (LEAST was chosen on it) and stories.txt beside this file,
whose folders are its events (nothing was chosen on it; its events share people, places and weeks on purpose). Says
pairwise precision and recall, and B-cubed (Bagga and Baldwin, 1998), in which an article alone counts too.
"""

import sys
import tempfile
from collections import defaultdict
from collections.abc import Collection, Mapping
from itertools import combinations
from pathlib import Path, PurePosixPath

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from sitegen.options import Options
from tests.site import BuiltSite, write_seeds

HERE = Path(__file__).resolve().parent
DEMO = HERE.parents[1] / "seeds"
DEMO_EVENTS = {
    "bandung": ("abdel-nasser-fi-bandung", "konferensi-asia-afrika-dibuka", "zhou-enlai-wanlong", "dasasila-bandung"),
    "asean": ("asean-bangkok-declaration", "asean-thai"),
    "aceh": ("gempa-tsunami-aceh", "sby-tiba-di-banda-aceh"),
    "kim": ("kim-jong-il-wafat", "kim-jong-il-wafat-kcna"),
    "singapore": ("pertemuan-singapura-trump-kim", "singapore-summit", "xinjiapo-huiwu"),
    "selat-sunda": ("tsunami-selat-sunda", "ralat-tsunami-selat-sunda"),
}
"""The events of the demo that several articles tell, by the names of their seeds."""

Labels = Mapping[str, str]
"""The event, or the thread, of each seed."""


def found_threads(seeds: Path) -> Labels:
    """The thread of each seed, or the seed's own path where it is in none."""
    archive = BuiltSite(seeds, None, Options(seeds, seeds, None, None, 1, strict=False)).archive()  # type: ignore[arg-type]
    labels = {record.article.document.seed.path: record.url for record in archive.records}
    paths = list(labels)
    return labels | {paths[number]: thread.url for thread in archive.threads for number in thread.numbers}


def pairs(labels: Labels) -> frozenset[frozenset[str]]:
    """All pairs of seeds that are together."""
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for path, label in labels.items():
        groups[label].append(path)
    return frozenset(frozenset(pair) for group in groups.values() for pair in combinations(group, 2))


def b_cubed(found: Labels, gold: Labels) -> float:
    """The mean over seeds of how much of what was put beside each belongs there; swapped, it is the recall."""
    shares = []
    for path, label in found.items():
        beside = [other for other, its in found.items() if its == label]
        shares.append(sum(gold[other] == gold[path] for other in beside) / len(beside))
    return sum(shares) / len(shares)


def score(name: str, found: Labels, gold: Labels) -> None:
    """Print what was found of the events of a set."""
    mine, true = pairs(found), pairs(gold)
    right = len(mine & true)
    print(
        f"{name}: {len(gold)} articles, {len(true)} pairs; "
        f"pairwise precision {right / max(1, len(mine)):.3f}, recall {right / max(1, len(true)):.3f}; "
        f"B-cubed precision {b_cubed(found, gold):.3f}, recall {b_cubed(gold, found):.3f}"
    )
    for pair in sorted(map(sorted, mine ^ true)):
        print("  wrongly together:" if frozenset(pair) in mine else "  missed:", " ~ ".join(pair))


def demo_gold(paths: Collection[str]) -> Labels:
    """The events of the demo; what is in none stands alone."""
    event = {name: event for event, names in DEMO_EVENTS.items() for name in names}
    return {path: event.get(PurePosixPath(path).stem, path) for path in paths}


def main() -> None:
    """Score both sets."""
    found = found_threads(DEMO)
    score("demo", found, demo_gold(found))
    with tempfile.TemporaryDirectory() as folder:
        seeds = write_seeds(Path(folder), (HERE / "stories.txt").read_text("utf-8"))
        found = found_threads(seeds)
    score("stories", found, {path: path.split("/")[0] for path in found})


if __name__ == "__main__":
    main()
