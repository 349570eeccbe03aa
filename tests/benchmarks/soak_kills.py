"""Whether builds survive being killed: python tests/benchmarks/soak_kills.py --articles 1000 --kills 100.

Builds an archive that changes to and fro between two states, and kills each build (SIGKILL) at a random moment: half of
them anywhere, half within the short time in which the new build is put in place. After each kill the output
folder must be the old build or the new one, byte for byte, with a manifest that fits; and the next build must equal one
from nothing. Exit status 1 and the folder kept when something is wrong.
"""

import argparse
import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parents[2]
MANIFEST = "manifest-sha256.txt"
CLOSE = 0.5
"""Seconds within which a small build is put in place."""
PATIENCE = 120.0
"""Seconds after which a process that should have ended, or begun, will not."""
OPENINGS = ("Presiden", "Menteri", "Gubernur", "Wali Kota", "Juru bicara", "Ketua", "Direktur")
VERBS = ("mengatakan", "menolak", "membahas", "meresmikan", "menunda", "meninjau", "mengumumkan")
THINGS = ("anggaran daerah", "jembatan baru", "panen padi", "hasil pemilu", "jalur kereta", "pasar lama", "harga beras")
PLACES = ("Jakarta", "Surabaya", "Medan", "Makassar", "Denpasar", "Ambon", "Kupang", "Jayapura")
MONTHS = ("Januari", "Maret", "Mei", "Juli", "September", "November")

Tree = Mapping[str, str]
"""The SHA-256 of every file below a folder, by path."""


class Broken(Exception):  # noqa: N818 (a finding)
    """A promise that was not kept."""


@dataclass(frozen=True, slots=True)
class Site:
    """A site that is built, and killed, again and again.

    Attributes:
        folder: holds its seeds, output and cache.
    """

    folder: Path
    jobs: int

    @property
    def public(self) -> Path:
        return self.folder / "public"

    def start(self) -> subprocess.Popen[bytes]:
        """Begin a build, in a session of its own so that it can be killed with its workers."""
        seeds, cache = self.folder / "seeds", self.folder / "cache"
        folders = ["--seeds", str(seeds), "--output", str(self.public), "--cache", str(cache)]
        command = [sys.executable, str(ROOT / "build.py"), "build", *folders, "--jobs", str(self.jobs)]
        log = (self.folder / "log.txt").open("wb")
        with log:
            return subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)

    def build(self) -> float:
        """Build to the end; returns the seconds it took. Workers that outlive a killed build are waited for."""
        deadline = time.monotonic() + PATIENCE
        while True:
            started = time.monotonic()
            if self.start().wait() == 0:
                return time.monotonic() - started
            log = (self.folder / "log.txt").read_text("utf-8", "replace")
            if "another build writes here" not in log or time.monotonic() > deadline:
                raise Broken(f"a build failed:\n{log}")
            time.sleep(0.2)


def write_article(place: Path, chance: random.Random) -> None:
    """Write a seed of made-up news."""
    place.parent.mkdir(parents=True, exist_ok=True)
    town = chance.choice(PLACES)
    day = f"{chance.randint(1, 28)} {chance.choice(MONTHS)} {chance.randint(2018, 2024)}"
    lines = [
        f"{chance.choice(OPENINGS)} {chance.choice(VERBS)} {chance.choice(THINGS)} {town}".title(),
        f"- contoh{chance.randint(1, 9)}.co.id",
    ]
    for number in range(chance.randint(3, 9)):
        words = (chance.choice(group) for group in (OPENINGS, VERBS, THINGS, PLACES) * 3)
        lines.append((f"{town} ({day}) – " if not number else "") + " ".join(words) + ".")
    place.write_text("\n".join(lines) + "\n", "utf-8")


def make_states(folder: Path, given: Path | None, articles: int, chance: random.Random) -> tuple[Path, Path]:
    """Two folders of seeds: one has so many articles, the other some more, some less and some changed."""
    one, other = folder / "one", folder / "other"
    if given:
        shutil.copytree(given, one)
    else:
        for number in range(articles):
            write_article(one / f"{number % 20}/{number}.txt", chance)
    shutil.copytree(one, other)
    texts = sorted(path for path in other.rglob("*.txt") if path.is_file())
    for path in chance.sample(texts, min(len(texts), 1 + articles // 50)):
        path.write_text(path.read_text("utf-8", "replace") + "\nTambahan.\n", "utf-8")
    for path in chance.sample(texts, len(texts) // 100):
        path.unlink()
    write_article(other / "new.txt", chance)
    return one, other


def hash_tree(folder: Path) -> Tree:
    """What stands in an output folder, read to the last byte; its manifest must say the same."""
    if not folder.exists():
        return {}
    files = {str(path.relative_to(folder)): path for path in folder.rglob("*") if not path.is_dir()}
    found = {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in sorted(files.items())}
    listed = {line[66:]: line[:64] for line in files[MANIFEST].read_text("utf-8").splitlines()}
    if listed != {name: digest for name, digest in found.items() if name != MANIFEST}:
        raise Broken(f"{folder}: the manifest does not fit")
    return found


def become(seeds: Path, state: Path) -> None:
    """Make a folder of seeds equal to another; files that are equal are left alone."""
    for path in sorted(seeds.rglob("*"), reverse=True):
        if path.is_file() and not (state / path.relative_to(seeds)).is_file():
            path.unlink()
    for path in sorted(path for path in state.rglob("*") if path.is_file()):
        place = seeds / path.relative_to(state)
        place.parent.mkdir(parents=True, exist_ok=True)
        if not place.is_file() or place.read_bytes() != path.read_bytes():
            shutil.copyfile(path, place)


def kill_one(site: Site, seconds: float, chance: random.Random) -> str:
    """Begin a build and kill it; returns where it was, as far as it shows."""
    staged = site.public.with_name(f".{site.public.name}.next") / MANIFEST
    process = site.start()
    closing = chance.random() < 0.5
    deadline = time.monotonic() + (PATIENCE if closing else chance.uniform(0, seconds))
    while time.monotonic() < deadline and process.poll() is None and not (closing and staged.exists()):
        time.sleep(0.002)
    if closing:
        time.sleep(chance.uniform(0, CLOSE))
    was = "had ended" if process.poll() is not None else "killed while it published" if closing else "killed anywhere"
    if chance.random() < 0.5 and process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()
    return was


def soak(folder: Path, arguments: argparse.Namespace) -> Counter[str]:
    """Kill so many builds; returns how often what was found.

    Raises:
        Broken: a promise was not kept.
    """
    chance = random.Random(arguments.seed)
    states = make_states(folder, arguments.seeds, arguments.articles, chance)
    clean: list[Tree] = []
    sites = [Site(folder / name, arguments.jobs) for name in ("site", "clean")]
    for site, state in zip(sites, states, strict=True):
        become(site.folder / "seeds", state)
        seconds = site.build()
        clean.append(hash_tree(site.public))
    site, at, found = sites[0], 0, Counter[str]()
    for kill in range(arguments.kills):
        to = 1 - at
        become(site.folder / "seeds", states[to])
        was = kill_one(site, seconds, chance)
        tree = hash_tree(site.public)
        if tree not in (clean[at], clean[to]):
            raise Broken(f"kill {kill} ({was}): the output folder is neither the old build nor the new one")
        found[f"{was}: {'new' if tree == clean[to] else 'old'} build"] += 1
        seconds = site.build()
        if hash_tree(site.public) != clean[to]:
            raise Broken(f"kill {kill} ({was}): the next build is not equal to one from nothing")
        at = to
        print(f"{kill + 1}: {was}; next build {seconds:.1f} s", flush=True)
    return found


def main() -> NoReturn:
    """Soak, and say what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=200, help="made-up articles (200)")
    parser.add_argument("--seeds", type=Path, help="a folder of seeds to take instead")
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1, help="of the random moments (1)")
    parser.add_argument("--jobs", type=int, default=2, help="processes of a build (2)")
    arguments = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="soak-"))
    try:
        found = soak(folder, arguments)
    except Broken as broken:
        sys.exit(f"{broken}\nsee {folder}")
    shutil.rmtree(folder)
    for line, count in sorted(found.items()):
        print(f"{count:5} {line}")
    sys.exit(0)


if __name__ == "__main__":
    main()
