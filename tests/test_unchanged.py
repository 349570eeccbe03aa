"""A build on top of another: what did not change is neither read nor understood again, and whatever changed is."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from sitegen.config import Settings
from sitegen.errors import InputError
from sitegen.options import Options
from sitegen.pipeline import build_site
from sitegen.pipeline.shelf import Shelf
from sitegen.pipeline.unchanged import records, unchanged
from sitegen.pipeline.understanding import understand_seeds
from sitegen.seeds import SeedFile, Stamp
from sitegen.store import FILE_NAME, Store
from tests.site import Silent, write_seeds

ROOT = Path(__file__).resolve().parents[1]
SEEDS = """\
-- a.txt --
Banjir Surut
- warta.example
Air mulai surut di Kota Semarang.
-- b.txt --
Panen Raya
- warta.example
Petani di Kabupaten Demak mulai panen.
"""
OLD = 1_700_000_000_000_000_000
BUILD_AND_TELL_WHAT_IS_OPENED = """
import sys
from pathlib import Path
from sitegen.options import Options
from sitegen.pipeline import build_site
from tests.site import Silent
folder = Path(sys.argv[1])
sys.addaudithook(lambda event, args: event == "open" and print(args[0]))
build_site(Options(folder / "seeds", folder / "public", folder / "cache", None, 1, False), Silent())
"""


def titles(folder: Path) -> list[str]:
    """The titles of the articles, as understood on top of what was understood before."""
    options = Options(folder / "seeds", folder / "public", folder / "cache", None, 1, False)
    with Store(options.cache) as store:
        articles = understand_seeds(options, Settings(), store, Silent(), Shelf()).articles
    return sorted(article.title for article in articles)


def doctor(folder: Path) -> None:
    """Change what the store remembers of a.txt, so that it shows where that is used."""
    store = sqlite3.connect(folder / "cache" / FILE_NAME)
    for key, value in store.execute("SELECT key, value FROM articles").fetchall():
        store.execute("UPDATE articles SET value = ? WHERE key = ?", (value.replace(b"Banjir", b"Kering"), key))
    store.commit()
    store.close()


def opened(folder: Path) -> set[str]:
    """The files that a build opens, by name."""
    command = [sys.executable, "-c", BUILD_AND_TELL_WHAT_IS_OPENED, str(folder)]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return {Path(line.removeprefix("b'").removesuffix("'")).name for line in said.splitlines()}


def test_unchanged_seeds_are_not_opened(tmp_path: Path) -> None:
    write_seeds(tmp_path / "seeds", SEEDS)
    assert opened(tmp_path) >= {"a.txt", "b.txt"}
    write_seeds(tmp_path / "seeds", "-- c.txt --\nBaru\n\nTulisan baru.\n")
    assert opened(tmp_path) & {"a.txt", "b.txt", "c.txt"} == {"c.txt"}


def test_a_seed_that_was_only_touched_is_not_understood_again(tmp_path: Path) -> None:
    write_seeds(tmp_path / "seeds", SEEDS)
    titles(tmp_path)
    doctor(tmp_path)
    os.utime(tmp_path / "seeds" / "a.txt", ns=(OLD, OLD))
    assert titles(tmp_path) == ["Kering Surut", "Panen Raya"]


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_a_seed_or_correction_written_anew_is_noticed_whatever_its_size_and_time(tmp_path: Path, name: str) -> None:
    text = "-- {} --\n{}\n\nAir surut.\n"
    write_seeds(tmp_path / "seeds", text.format("a.txt", "Air Surut") + text.format(name, "Judul Satu"))
    seed = tmp_path / "seeds" / name
    os.utime(seed, ns=(OLD, OLD))
    assert titles(tmp_path) == ["Judul Satu"]
    seed.write_text("Judul Lain\n\nAir surut.\n", "utf-8")
    os.utime(seed, ns=(OLD, OLD))
    assert titles(tmp_path) == ["Judul Lain"]


def test_a_correction_that_comes_or_goes_is_noticed(tmp_path: Path) -> None:
    write_seeds(tmp_path / "seeds", SEEDS)
    assert "Banjir Surut" in titles(tmp_path)
    write_seeds(tmp_path / "seeds", "-- a.md --\nBanjir Reda\n\nAir surut.\n")
    assert "Banjir Reda" in titles(tmp_path)
    (tmp_path / "seeds" / "a.md").unlink()
    assert "Banjir Surut" in titles(tmp_path)


@pytest.mark.parametrize(("modified", "changed", "trusted"), [(99, 99, True), (99, 100, False), (100, 99, False)])
def test_a_seed_as_young_as_the_store_is_not_trusted(modified: int, changed: int, trusted: bool) -> None:
    key, file = b"k" * 32, SeedFile("a.txt", Stamp(5, modified, changed, 7))
    seen = dict(records([(file, key)], 100, b"1"))
    assert dict(unchanged([file], seen, {key}, b"1")) == ({"a.txt": key} if trusted else {})


def test_other_rules_understand_every_seed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seeds = write_seeds(tmp_path / "seeds", SEEDS)
    for path in seeds.iterdir():
        os.utime(path, ns=(OLD, OLD))
    monkeypatch.setattr(SeedFile, "is_settled", lambda *_: True)
    titles(tmp_path)
    doctor(tmp_path)
    assert "Kering Surut" in titles(tmp_path)
    monkeypatch.setattr("sitegen.pipeline.understanding.RULES_VERSION", "others")
    assert "Banjir Surut" in titles(tmp_path)


def test_what_was_understood_outlives_a_build_that_is_refused(tmp_path: Path) -> None:
    write_seeds(tmp_path / "seeds", SEEDS + "-- kosong.txt --\n")
    with pytest.raises(InputError, match="kosong"):
        build_site(Options(tmp_path / "seeds", tmp_path / "public", tmp_path / "cache", None, 1, True), Silent())
    doctor(tmp_path)
    (tmp_path / "seeds" / "kosong.txt").unlink()
    assert titles(tmp_path) == ["Kering Surut", "Panen Raya"]
