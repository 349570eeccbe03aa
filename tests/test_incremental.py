"""Builds upon builds: the same bytes as from nothing, and no more work than the change needs."""

import os
import random
import shutil
from collections.abc import Mapping
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from sitegen.errors import PublishError
from sitegen.model import Built
from sitegen.pipeline.shelf import Shelf
from sitegen.render.environment import TemplateEnvironment
from tests.site import build_seeds, write_seeds

STEPS = int(os.environ.get("SITEGEN_STEPS", "40"))
"""How many edits the test makes in all: a thousand, when somebody has the time."""

STEPS_AT_ONCE = 20

PLACES = ("Cianjur", "Pyongyang", "Moskow", "Jakarta")
PEOPLE = ("Kim Jong Un", "Vladimir Putin", "Retno Marsudi", "Siti Aminah", "Budi")
TOPICS = ("gempa bumi", "pemilihan umum", "harga beras", "kebakaran hutan")
DATES = ("Rabu, 20 Maret 2024", "Kamis (21/3/2024)", "2 Januari 2023", "Kamis (21/3)", "")
SOURCES = ("contoh.id", "kabar.example", "")
SETTINGS = (
    'title = "Arsip"\n',
    'title = "Lain"\nlist_size = 3\n',
    "term_page_minimum = 2\narticle_files = false\n",
    'language = "en"\n',
)
CORRECTIONS = (
    "",
    '[[merge]]\nnames = ["Kim Jong Un"]\ninto = "Kim Jong-un"\n',
    '[[veto]]\nname = "Moskow"\n[[rename]]\nname = "Retno Marsudi"\nto = "Menteri Retno"\n',
    '[[retype]]\nname = "Cianjur"\ntype = "organization"\n',
)
TEMPLATES: Mapping[str, str] = {
    "pieces/title.html": '<a href="{{ href(thing.url) }}">{{ thing.title or "?" }} *</a>\n',
    "list.html": '{% extends "base.html" %}{% block content %}{{ view.list.items|length }}{% endblock %}\n',
    "404.html": '{% extends "base.html" %}{% block content %}Tidak ada{% endblock %}\n',
}


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def article(chance: random.Random) -> str:
    """A seed that shares its names, words, dates and source with others, and is sometimes nearly another's copy."""
    person, place, topic = chance.choice(PEOPLE), chance.choice(PLACES), chance.choice(TOPICS)
    head = [f"{topic.capitalize()} di {place}", *([f"- {chance.choice(SOURCES)}"] if chance.random() < 0.8 else [])]
    lines = [
        f"{place} – {chance.choice(DATES)} {person} berbicara tentang {topic} di {place}.",
        f"Menurut {chance.choice(PEOPLE)}, {topic} di {chance.choice(PLACES)} menarik warga; {topic} lagi.",
        f"Warga {chance.choice(PLACES)} menunggu kabar tentang {chance.choice(TOPICS)} sejak pagi.",
    ]
    return "\n".join([*head, *lines[: chance.randint(1, 3)]]) + "\n"


class Edits(RuleBasedStateMachine):
    """Random edits of a folder of seeds, with a build upon the last one and one from nothing after each.

    Some builds are those of one process, which keeps something in between; others are by themselves.
    """

    folders = count()
    base: Path

    @initialize(seed=st.integers(0, 2**32))
    def begin(self, seed: int) -> None:
        """Some articles and nothing else."""
        self.chance = random.Random(seed)
        self.folder = self.base / str(next(self.folders))
        self.seeds = self.folder / "seeds"
        self.seeds.mkdir(parents=True)
        self.shelf = Shelf()
        for number in range(4):
            self.write(f"{number}.txt", article(self.chance))

    def write(self, name: str, text: str) -> None:
        place = self.seeds / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, "utf-8")

    def any_seed(self) -> Path:
        return self.chance.choice(sorted(self.seeds.rglob("*.txt")))

    @rule()
    def add(self) -> None:
        """A seed more, perhaps in a folder."""
        self.write(f"{self.chance.choice(['', 'a/', 'b/c/'])}{self.chance.randrange(10**6)}.txt", article(self.chance))

    @rule()
    def add_a_copy(self) -> None:
        """A seed more that says nearly what another says."""
        text = self.any_seed().read_text("utf-8")
        self.write(f"copy-{self.chance.randrange(10**6)}.txt", f"{text}Redaksi menambah satu kalimat.\n")

    @rule()
    def change(self) -> None:
        """Another text in a seed."""
        self.any_seed().write_text(article(self.chance), "utf-8")

    @rule()
    def correct(self) -> None:
        """A document beside a seed, or its removal."""
        document = self.any_seed().with_suffix(".md")
        if document.exists():
            document.unlink()
        else:
            document.write_text(f"---\ntitle: Dibetulkan\ndate: 2024-03-0{self.chance.randint(1, 9)}\n---\nIsi.\n")

    @precondition(lambda self: len(sorted(self.seeds.rglob("*.txt"))) > 1)
    @rule()
    def delete(self) -> None:
        """A seed less."""
        self.any_seed().unlink()

    @rule()
    def rename(self) -> None:
        """A seed elsewhere."""
        seed = self.any_seed()
        seed.rename(seed.with_name(f"{self.chance.randrange(10**6)}.txt"))

    @rule(text=st.sampled_from(SETTINGS))
    def edit_settings(self, text: str) -> None:
        """Other settings, perhaps with a template of the site's own."""
        name, template = self.chance.choice(sorted(TEMPLATES.items()))
        shutil.rmtree(self.seeds / "looks", ignore_errors=True)
        if self.chance.random() < 0.5:
            self.write(f"looks/{name}", template)
            text += 'templates = "looks"\n'
        self.write("site.toml", text)

    @rule(text=st.sampled_from(CORRECTIONS))
    def edit_entities(self, text: str) -> None:
        """Other corrections."""
        self.write("entities.toml", text)

    @rule()
    def damage_the_store(self) -> None:
        """A store that cannot be read."""
        (self.folder / "cache" / "store.sqlite").write_bytes(b"SQLite format 3\0 but no more")

    @rule()
    def edit_the_output(self) -> None:
        """A published file that somebody changed, and one that somebody took."""
        pages = sorted((self.folder / "public").rglob("index.html"))
        if pages:
            page = self.chance.choice(pages)
            page.write_text(page.read_text("utf-8") + "!", "utf-8")
            self.chance.choice(pages).unlink()

    @invariant()
    def a_build_upon_a_build_is_one_from_nothing(self) -> None:
        """Both trees are equal, byte for byte."""
        if not hasattr(self, "folder"):
            return
        shelf, jobs = self.chance.choice([None, self.shelf]), self.chance.choice([1, 2])
        build_seeds(self.seeds, self.folder / "public", cache=self.folder / "cache", jobs=jobs, shelf=shelf)
        shutil.rmtree(self.folder / "clean", ignore_errors=True)
        build_seeds(self.seeds, self.folder / "clean")
        upon, clean = files_of(self.folder / "public"), files_of(self.folder / "clean")
        assert [path for path in sorted({*upon, *clean}) if upon.get(path) != clean.get(path)] == []

    def teardown(self) -> None:
        """Leave nothing."""
        if hasattr(self, "folder"):
            shutil.rmtree(self.folder, ignore_errors=True)


def test_a_build_upon_a_build_gives_the_bytes_of_one_from_nothing(tmp_path: Path) -> None:
    Edits.base = tmp_path
    run_state_machine_as_test(
        Edits,
        settings=settings(
            max_examples=max(1, STEPS // STEPS_AT_ONCE),
            stateful_step_count=STEPS_AT_ONCE,
            deadline=None,
            phases=[Phase.generate],
            derandomize="SITEGEN_STEPS" not in os.environ,
            suppress_health_check=list(HealthCheck),
        ),
    )


def grown_old(folder: Path) -> Path:
    """A folder in which nothing was changed lately, as far as its times tell."""
    for path in (folder, *folder.rglob("*")):
        os.utime(path, (1_600_000_000, 1_600_000_000))
    return folder


TWO = "-- a.txt --\nSatu\n- contoh.id\nJakarta – Isi satu.\n-- b.txt --\nDua\n- contoh.id\nBogor – Isi dua.\n"


@pytest.fixture
def old_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Believe times of files at once: a test cannot wait until they are old."""
    monkeypatch.setattr("sitegen.last_build.MARGIN", -(10**18))


def again(folder: Path) -> Built:
    """What a build of the seeds in a folder gives, upon the last one."""
    return build_seeds(folder / "seeds", folder / "public", cache=folder / "cache").built


@pytest.mark.usefixtures("old_clock")
def test_where_nothing_has_changed_no_stage_begins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_seeds(tmp_path / "seeds", TWO)
    first = again(tmp_path)
    monkeypatch.setattr("sitegen.pipeline.build.build_all", None)
    second = again(tmp_path)
    assert (second.articles, second.files, second.problems) == (first.articles, first.files, first.problems)
    assert (second.files_written, second.bytes_written) == (0, 0)


@pytest.mark.usefixtures("old_clock")
@pytest.mark.parametrize("change", ["seed", "settings", "output", "removed"])
def test_whatever_changes_is_noticed(tmp_path: Path, change: str) -> None:
    write_seeds(tmp_path / "seeds", TWO)
    again(tmp_path)
    public = tmp_path / "public"
    if change == "seed":
        write_seeds(tmp_path / "seeds", "-- a.txt --\nSama\n- contoh.id\nJakarta – Isi satu.\n")
    elif change == "settings":
        write_seeds(tmp_path / "seeds", '-- site.toml --\ntitle = "Arsip lain"\n')
    elif change == "output":
        (public / "articles" / "index.html").unlink()
    else:
        shutil.rmtree(public)
    again(tmp_path)
    build_seeds(tmp_path / "seeds", tmp_path / "clean")
    assert files_of(public) == files_of(tmp_path / "clean")


def test_what_was_changed_just_now_is_not_taken_to_be_unchanged(tmp_path: Path) -> None:
    write_seeds(tmp_path / "seeds", TWO)
    again(tmp_path)
    seed = tmp_path / "seeds" / "a.txt"
    before = seed.stat()
    with seed.open("r+b") as file:
        file.write(b"Sama")
    os.utime(seed, ns=(before.st_atime_ns, before.st_mtime_ns))
    again(tmp_path)
    assert b"Sama" in (tmp_path / "public" / "data" / "articles.jsonl").read_bytes()


def test_an_article_more_writes_only_what_it_is_on(tmp_path: Path) -> None:
    chance = random.Random(1)
    for number in range(30):
        write_seeds(tmp_path / "seeds", f"-- {number}.txt --\n{article(chance)}")
    whole = again(tmp_path)
    write_seeds(tmp_path / "seeds", "-- new.txt --\nKucing hilang\nSeekor kucing belum pulang.\n")
    more = again(tmp_path)
    assert 0 < more.files_written < whole.files / 4


def test_templates_are_compiled_anew_only_when_they_or_the_settings_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_seeds(tmp_path / "seeds", TWO + '-- site.toml --\nlanguage = "id"\n')
    again(tmp_path)
    compiled: list[object] = []
    whole = TemplateEnvironment.compile

    def compile_and_tell(environment: TemplateEnvironment, source: str, name: str, *more: Any) -> object:
        compiled.append(name)
        return whole(environment, source, name, *more)

    monkeypatch.setattr(TemplateEnvironment, "compile", compile_and_tell)
    write_seeds(tmp_path / "seeds", "-- c.txt --\nTiga\n- contoh.id\nDepok – Isi tiga.\n")
    again(tmp_path)
    assert not compiled
    write_seeds(tmp_path / "seeds", '-- site.toml --\nlanguage = "en"\n')
    again(tmp_path)
    assert "article.html" in compiled
    assert b"About this archive" in next((tmp_path / "public" / "articles").glob("satu-*/index.html")).read_bytes()


def test_two_outputs_may_share_a_cache(tmp_path: Path) -> None:
    write_seeds(tmp_path / "seeds", TWO)
    again(tmp_path)
    write_seeds(tmp_path / "seeds", "-- b.txt --\nLain\n- contoh.id\nBogor – Isi lain.\n")
    build_seeds(tmp_path / "seeds", tmp_path / "other", cache=tmp_path / "cache")
    write_seeds(tmp_path / "seeds", TWO)
    again(tmp_path)
    build_seeds(tmp_path / "seeds", tmp_path / "clean")
    assert files_of(tmp_path / "public") == files_of(tmp_path / "clean")


def test_a_build_that_could_not_be_published_costs_only_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_seeds(tmp_path / "seeds", TWO)
    again(tmp_path)
    write_seeds(tmp_path / "seeds", "-- b.txt --\nLain\n- contoh.id\nBogor – Isi lain.\n")
    with monkeypatch.context() as failing:
        failing.setattr(
            "sitegen.publish.publication.replace_folder", lambda *_: (_ for _ in ()).throw(OSError(28, "full"))
        )
        with pytest.raises(PublishError):
            again(tmp_path)
    again(tmp_path)
    build_seeds(tmp_path / "seeds", tmp_path / "clean")
    assert files_of(tmp_path / "public") == files_of(tmp_path / "clean")


def test_a_setting_of_one_template_leaves_other_pages_alone(tmp_path: Path) -> None:
    write_seeds(tmp_path / "seeds", TWO + '-- site.toml --\ntemplates = "looks"\n-- looks/404.html --\nTidak ada.\n')
    again(tmp_path)
    write_seeds(tmp_path / "seeds", "-- looks/404.html --\nTidak ada di sini.\n")
    assert again(tmp_path).files_written == 1
