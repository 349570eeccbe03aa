"""The program from outside: what goes in, what comes out, what it says, and with which exit status."""

import hashlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urljoin

import lxml.html
import pytest

from sitegen import __version__
from sitegen.check import check_site
from sitegen.errors import InputError
from tests.site import BuiltSite, build, build_seeds, write_seeds

ROOT = Path(__file__).resolve().parents[1]
SEEDS = """\
-- 2024/banjir.txt --
Banjir Surut di Kota Tua
- warta.example
Semarang (12/3/2024) – Air mulai surut di Kota Semarang, Selasa (12/3/2024), kata Wali Kota Budi Santoso Wijaya.
-- lain/tanpa-tanggal.txt --
Tanpa tanggal
Sebuah catatan pendek.
"""


def run(folder: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the program in `folder` and return what it said."""
    return subprocess.run(
        [sys.executable, str(ROOT / "build.py"), *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_newcomer_builds_with_one_command_and_is_told_how_to_look(tmp_path: Path) -> None:
    write_seeds(tmp_path / "seeds", SEEDS)
    done = run(tmp_path)
    assert done.returncode == 0, done.stderr
    assert "2 articles" in done.stdout
    assert "python build.py serve" in done.stdout
    assert (tmp_path / "public" / "index.html").is_file()


def test_build_may_be_left_out_before_options_and_a_report_tells_all(tmp_path: Path) -> None:
    write_seeds(tmp_path / "in", SEEDS + "-- x.pdf --\n%PDF\n")
    done = run(tmp_path, "--seeds", "in", "--output", "out", "--report", "report.json", "--no-cache")
    assert done.returncode == 0, done.stderr
    report = json.loads((tmp_path / "report.json").read_text("utf-8"))
    assert report["articles"] == 2
    assert report["seconds"]["all"] >= report["seconds"]["understand"] > 0
    assert [problem["path"] for problem in report["problems"]] == ["in/x.pdf"]
    assert not (tmp_path / ".sitegen").exists()


def test_wrong_usage_has_status_2(tmp_path: Path) -> None:
    assert run(tmp_path, "build", "--jbos", "2").returncode == 2
    assert run(tmp_path, "build", "--base-url", "archive.example").returncode == 2


def test_input_that_must_be_mended_has_status_1_and_publishes_nothing(tmp_path: Path) -> None:
    write_seeds(tmp_path / "seeds", SEEDS + '-- site.toml --\n\nlangauge = "id"\n')
    done = run(tmp_path)
    assert done.returncode == 1
    assert "error: seeds/site.toml:2: langauge: unknown key (did you mean 'language'?)" in done.stderr
    assert not (tmp_path / "public").exists()


@pytest.mark.parametrize("seeds", [None, "-- note.pdf --\nx\n"])
def test_no_article_at_all_publishes_nothing_and_says_what_to_do(tmp_path: Path, seeds: str | None) -> None:
    if seeds:
        write_seeds(tmp_path / "seeds", seeds)
    done = run(tmp_path)
    assert done.returncode == 1
    assert "seeds" in done.stderr
    assert "Traceback" not in done.stderr


def test_strict_turns_what_should_be_mended_into_failure(tmp_path: Path) -> None:
    write_seeds(tmp_path / "seeds", SEEDS + "-- rusak.md --\n---\ntitle: [x\n---\nTeks.\n")
    lenient = run(tmp_path)
    assert lenient.returncode == 0
    assert "seeds/rusak.md:" in lenient.stderr
    kept = (tmp_path / "public" / "manifest-sha256.txt").read_bytes()
    strict = run(tmp_path, "--strict")
    assert strict.returncode == 1
    assert "seeds/rusak.md:" in strict.stderr
    assert (tmp_path / "public" / "manifest-sha256.txt").read_bytes() == kept


def test_an_interrupted_build_leaves_the_old_site_and_has_status_130(tmp_path: Path) -> None:
    write_seeds(tmp_path / "seeds", SEEDS)
    assert run(tmp_path).returncode == 0
    old = manifest(tmp_path / "public")
    write_seeds(tmp_path / "seeds", "".join(f"-- m/{n}.txt --\nJudul {n}\n\nTeks {n}.\n" for n in range(3000)))
    command = [sys.executable, str(ROOT / "build.py"), "--jobs", "1"]
    # What runs in the background of a shell is deaf to interrupts, and its children are.
    deaf_or_not = signal.signal(signal.SIGINT, signal.default_int_handler)
    with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True) as build:
        signal.signal(signal.SIGINT, deaf_or_not)
        while not (tmp_path / ".public.next").exists():
            assert build.poll() is None
        build.send_signal(signal.SIGINT)
        _, said = build.communicate(timeout=60)
    assert build.returncode == 130
    assert "as it was" in said
    assert manifest(tmp_path / "public") == old


def test_inspect_says_what_is_understood_and_where_it_stands(shared: Path, tmp_path: Path) -> None:
    done = run(tmp_path, "inspect", str(shared / "seeds" / "000_22c53a7ddbce3348.txt"))
    assert done.returncode == 0, done.stderr
    (date,) = (line for line in done.stdout.splitlines() if line.startswith("published"))
    for said in ("2024-03-20", "0.9", "weekday agrees", "line 5, characters 784-803: “Rabu, 20 Maret 2024”"):
        assert said in date
    (cited,) = (line for line in done.stdout.splitlines() if line.startswith("cites") and "NK News" in line)
    assert "drawn on" in cited
    assert "Vladimir Putin" in done.stdout


def test_inspect_shows_a_day_whose_year_only_the_archive_may_tell(tmp_path: Path) -> None:
    write_seeds(
        tmp_path / "seeds", "-- a.txt --\nJudul\n- warta.example\nJAKARTA, Selasa (15/11) - Presiden tiba di sini.\n"
    )
    (day,) = (line for line in run(tmp_path, "inspect", "seeds/a.txt").stdout.splitlines() if line.startswith("day "))
    assert "--11-15" in day
    assert "line 3, characters 31-45: “Selasa (15/11)”" in day


def test_inspect_reads_a_seed_as_a_build_does(tmp_path: Path) -> None:
    seeds = write_seeds(tmp_path / "seeds", SEEDS + "-- 2024/banjir.md --\n---\ntitle: Banjir Besar\n---\nTeks.\n")
    record = build_seeds(seeds, tmp_path / "public").record("2024/banjir.txt")
    for path in ("seeds/2024/banjir.txt", "seeds/2024/banjir.md", str(seeds / "2024" / "banjir.txt")):
        said = run(tmp_path, "inspect", path).stdout
        assert f"id            {record['id']}\n" in said
        assert "title         Banjir Besar\n" in said


def test_inspect_refuses_what_a_build_sets_aside(tmp_path: Path) -> None:
    seeds = write_seeds(tmp_path / "seeds", SEEDS)
    os.mkfifo(seeds / "pipa.txt")
    (seeds / "nol.txt").symlink_to("/dev/zero")
    for path, said in (
        ("seeds/pipa.txt", "a pipe, socket or device, which is never opened"),
        ("seeds/nol.txt", "a link that leads out of the seeds folder is not followed"),
        ("/dev/zero", "never opened"),
        ("seeds/tiada.txt", "there is no seed of this name"),
        ("tiada/a.txt", "there is no seed of this name"),
    ):
        done = run(tmp_path, "inspect", path)
        assert done.returncode == 1
        assert f"{path}: " in done.stderr
        assert said in done.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_said_not_thrown(tmp_path: Path) -> None:
    seeds = write_seeds(tmp_path / "seeds", SEEDS)
    (seeds / "lain").chmod(0o555)
    done = run(tmp_path, "markdown", "seeds/lain/tanpa-tanggal.txt")
    assert done.returncode == 1
    assert "tanpa-tanggal.md: cannot be written (permission denied)" in done.stderr


def test_a_build_that_is_refused_reports_why(tmp_path: Path) -> None:
    seeds = write_seeds(
        tmp_path / "seeds", "-- a.md --\n---\ndate: 31/02/2021\n---\nTeks.\n-- b.txt --\nJudul\n\nTeks.\n"
    )
    done = run(tmp_path, "--strict", "--report", "laporan.json")
    assert done.returncode == 1
    report = json.loads((tmp_path / "laporan.json").read_text("utf-8"))
    assert report["published"] is False
    assert [(problem["path"], problem["field"]) for problem in report["problems"]] == [("seeds/a.md", "date")]
    (seeds / "a.md").write_text("---\ndate: 2021-02-28\n---\nTeks.\n")
    assert run(tmp_path, "--strict", "--report", "laporan.json").returncode == 0
    assert json.loads((tmp_path / "laporan.json").read_text("utf-8"))["published"] is True


def test_a_report_that_cannot_be_written_is_said_not_thrown(tmp_path: Path) -> None:
    write_seeds(tmp_path / "seeds", SEEDS)
    done = run(tmp_path, "--report", "tiada/laporan.json")
    assert done.returncode == 1
    assert "tiada/laporan.json: the site is published, but no report can be written here" in done.stderr
    assert (tmp_path / "public" / "index.html").is_file()


def test_the_version_is_told_wherever_the_program_lies(tmp_path: Path) -> None:
    assert run(tmp_path, "--version").stdout == f"sitegen, version {__version__}\n"


LOOKS = """\
-- site.toml --
templates = "looks/templates"
static = "looks/static"
-- looks/templates/404.html --
{% extends "base.html" %}
{% block title %}Hilang{% endblock %}
{% block content %}<h1>Halaman ini hilang</h1>{% endblock %}
-- looks/static/lencana.txt --
Milik situs ini.
"""


def test_a_site_has_templates_and_static_files_of_its_own(tmp_path: Path) -> None:
    site = build(tmp_path, SEEDS + LOOKS)
    assert b"<h1>Halaman ini hilang</h1>" in site.bytes("404.html")
    assert site.bytes("static/lencana.txt") == b"Milik situs ini.\n"
    assert (site.public / "static" / "css").is_dir()


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_template_that_fails_has_status_1_and_its_line(tmp_path: Path, jobs: str) -> None:
    write_seeds(tmp_path / "seeds", SEEDS + LOOKS + "-- looks/templates/home.html --\n\n{{ view.tiada }}\n")
    done = run(tmp_path, "build", "--jobs", jobs)
    assert done.returncode == 1, done.stderr
    assert "error: seeds/looks/templates/home.html:2: a template that fails (" in done.stderr
    assert not (tmp_path / "public").exists()


def test_static_files_do_not_leave_their_folder(tmp_path: Path) -> None:
    seeds = write_seeds(tmp_path / "seeds", SEEDS + LOOKS)
    (seeds / "looks" / "static" / "sandi").symlink_to("/etc/passwd")
    with pytest.raises(InputError, match="sandi: a link that leads out of its folder is not followed"):
        build_seeds(seeds, tmp_path / "public")


def test_a_folder_of_static_files_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="seeds/rupa: static: there is no such folder"):
        build(tmp_path, SEEDS + '-- site.toml --\nstatic = "rupa"\n')


def test_a_document_written_beside_a_seed_corrects_it_and_the_original_stays(tmp_path: Path) -> None:
    seeds = write_seeds(tmp_path / "seeds", SEEDS)
    before = build_seeds(seeds, tmp_path / "public").record("2024/banjir.txt")
    assert run(tmp_path, "markdown", "seeds/2024/banjir.txt").returncode == 0
    document = seeds / "2024" / "banjir.md"
    document.write_text(
        document.read_text("utf-8").replace("title: Banjir Surut", "title: Banjir Mulai Surut"), "utf-8"
    )
    site = build_seeds(seeds, tmp_path / "public")
    after = site.record("2024/banjir.txt")
    assert after["title"] == "Banjir Mulai Surut di Kota Tua"
    assert after["id"] == before["id"]
    assert after["seed"].pop("correction")["path"] == "2024/banjir.md"
    assert after["seed"] == before["seed"]
    assert site.bytes(after["url"] + "seed.txt") == (seeds / "2024" / "banjir.txt").read_bytes()


def test_markdown_never_overwrites_a_document(tmp_path: Path) -> None:
    write_seeds(tmp_path / "seeds", SEEDS + "-- 2024/banjir.md --\n---\ntitle: Milik orang\n---\nTeks.\n")
    done = run(tmp_path, "markdown", "seeds/2024/banjir.txt")
    assert done.returncode == 1
    assert "Milik orang" in (tmp_path / "seeds" / "2024" / "banjir.md").read_text("utf-8")


def manifest(public: Path) -> str:
    return (public / "manifest-sha256.txt").read_text("utf-8")


def test_the_same_seeds_give_the_same_bytes_wherever_and_however_built(tmp_path: Path) -> None:
    made = []
    for name, jobs, environment in (
        ("one", "1", {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C"}),
        ("two", "2", {"PYTHONHASHSEED": "2", "TZ": "Asia/Tokyo", "LC_ALL": "C.UTF-8"}),
        ("three", "4", {"PYTHONHASHSEED": "3", "TZ": "America/Lima", "SOURCE_DATE_EPOCH": "1"}),
    ):
        folder = tmp_path / name
        folder.mkdir()
        done = run(folder, "--seeds", str(ROOT / "seeds"), "--jobs", jobs, **environment)
        assert done.returncode == 0, done.stderr
        made.append(manifest(folder / "public"))
    again = run(tmp_path / "one", "--seeds", str(ROOT / "seeds"), "--jobs", "2")
    assert again.returncode == 0
    made.append(manifest(tmp_path / "one" / "public"))
    assert made[1:] == made[:1] * 3


def test_every_original_is_published_byte_for_byte_with_its_hash(demo: BuiltSite) -> None:
    for path, record in demo.records().items():
        content = (ROOT / "seeds" / path).read_bytes()
        ending = Path(path).suffix
        assert demo.bytes(f"{record['url']}seed{ending}") == content
        assert record["seed"] == {"path": path, "sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
        assert record["seed"]["sha256"] in demo.text(record["url"])


def test_the_manifest_verifies_with_sha256sum(demo: BuiltSite) -> None:
    done = subprocess.run(
        ["sha256sum", "-c", "--quiet", "manifest-sha256.txt"],
        cwd=demo.public,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_the_demo_holds_together(demo: BuiltSite) -> None:
    assert check_site(demo.public) == ()


def test_the_demo_asks_nobody_to_mend_anything(demo: BuiltSite) -> None:
    assert demo.built.problems == ()


def test_a_site_below_a_path_holds_together(tmp_path: Path) -> None:
    site = build(tmp_path, SEEDS, base_url="https://x.example/arsip/")
    assert check_site(site.public) == ()
    hrefs = site.page("/").xpath("//@href | //@src | //@action")
    assert {href for href in hrefs if not href.startswith(("/arsip/", "https://x.example/arsip/", "#"))} == set()


def links(site: BuiltSite, url: str) -> Iterator[str]:
    """The addresses of the site that a reader without JavaScript can go to from `url`."""
    for href in site.page(url).xpath("//body//a/@href"):
        address = urljoin("http://localhost:8000" + url, href).split("#")[0].removeprefix("http://localhost:8000")
        if address.endswith("/") and address.startswith("/"):
            yield address


def test_every_article_is_four_clicks_from_home_without_javascript(demo: BuiltSite) -> None:
    clicks: dict[str, int] = {"/": 0}
    front = ["/"]
    for distance in range(1, 5):
        front = [
            url
            for page in front
            for url in links(demo, page)
            if url not in clicks and not clicks.update({url: distance})
        ]
    missing = [record["url"] for record in demo.records().values() if record["url"] not in clicks]
    assert missing == []


@pytest.mark.parametrize("door", ["/dates/", "/sources/", "/people/", "/tags/"])
def test_an_article_is_reached_from_home_by_each_door(demo: BuiltSite, door: str) -> None:
    assert door in set(links(demo, "/"))
    doors = [url for url in links(demo, door) if url.startswith(door) and url != door]
    steps = {url for page in doors for url in links(demo, page)} | set(doors)
    beyond = {url for page in steps if page.startswith(door) for url in links(demo, page)}
    assert any(url.startswith("/articles/") and url != "/articles/" for url in steps | beyond)


def test_nothing_is_derived_from_the_name_of_a_folder_or_file(tmp_path: Path) -> None:
    site = build(tmp_path, "-- 2019/03/20190312-jakarta.txt --\nSebuah judul\n\nSebuah catatan pendek tanpa tanggal.\n")
    record = site.record("2019/03/20190312-jakarta.txt")
    assert record["published"] is None
    assert record["entities"] == []
    assert "/dates/undated/" in set(links(site, "/dates/"))


ODD = {
    "kosong.txt": b"",
    "biner.txt": bytes(range(256)) * 40,
    "spasi.txt": b" \n\t\n",
    "judul saja.txt": b"Judul saja",
    "\U0001f642.txt": "\U0001f642\n\nIsi dengan emoji.".encode(),
    "utf16.txt": "Judul UTF-16\n\nIsi dalam UTF-16.".encode("utf-16"),
    "nul.txt": b"Judul dengan\0 NUL\r\n\r\nIsi \x1b[31mmerah\x07.\r\n",
    "bidi.txt": "Judul \u202eterbalik\n\nIsi \u2066terisolasi tanpa tutup.".encode(),
}


def test_odd_seeds_are_built_or_set_aside_with_a_remedy_and_the_rest_is_built(tmp_path: Path) -> None:
    seeds = write_seeds(tmp_path / "seeds", SEEDS)
    for name, content in ODD.items():
        (seeds / name).write_bytes(content)
    os.mkfifo(seeds / "pipa.txt")
    (seeds / "putus.txt").symlink_to("tidak-ada.txt")
    (seeds / "lingkar.txt").symlink_to("lingkar.txt")
    (seeds / "keluar.txt").symlink_to("/etc/passwd")
    (seeds / "perangkat.txt").symlink_to("/dev/zero")
    (seeds / "SAMA.txt").write_text("Satu\n\nSatu.", "utf-8")
    (seeds / "sama.txt").write_text("Dua\n\nDua.", "utf-8")
    with open(os.fsencode(seeds) + b"/\xff\xfe.txt", "wb") as file:  # noqa: PTH123 (Path takes no bytes)
        file.write(b"Nama bukan UTF-8\n\nIsi.")
    with (seeds / "besar.txt").open("wb") as file:
        file.truncate(100 * 1024 * 1024)

    site = build_seeds(seeds, tmp_path / "public")

    built = set(site.records())
    assert {"2024/banjir.txt", "judul saja.txt", "\U0001f642.txt", "utf16.txt", "nul.txt", "bidi.txt"} <= built
    aside = {"kosong", "biner", "spasi", "pipa", "putus", "lingkar", "keluar", "perangkat", "SAMA", "sama", "besar"}
    assert not {f"{name}.txt" for name in aside} & built
    said = [str(problem) for problem in site.built.problems]
    assert {name for name in aside if not any(name in line for line in said)} == set()
    assert any("UTF-8" in line and "\\xff" in line for line in said)
    assert "root:" not in site.bytes("data/articles.jsonl").decode()
    assert check_site(site.public) == ()
    assert site.bytes(site.record("nul.txt")["url"] + "seed.txt") == ODD["nul.txt"]


@pytest.fixture(scope="module")
def hostile(shared_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[BuiltSite, Mapping[str, str]]:
    """A site of seeds whose titles and bodies are strings that break software."""
    folder = tmp_path_factory.mktemp("hostile")
    rows = [
        json.loads(line) for line in (shared_folder / "samples/hostile/strings.jsonl").read_text("utf-8").splitlines()
    ]
    strings = {f"{row['id']}.txt": row["input"] for row in rows if row["input"].strip() and "\n" not in row["input"]}
    (folder / "seeds").mkdir()
    for name, text in strings.items():
        (folder / "seeds" / name).write_bytes(f"{text}\n- a.example\n{text}\n".encode("utf-8", "surrogatepass"))
    return build_seeds(folder / "seeds", folder / "public", jobs=2), strings


def shown(text: str) -> str:
    """A text without white space, invisible characters, and the signs that stand for characters HTML forbids."""
    return "".join(
        c for c in text if c.isprintable() and not c.isspace() and not "\u2400" <= c <= "\u2421" and c != "\ufffd"
    )


def test_hostile_strings_are_shown_as_they_are(hostile: tuple[BuiltSite, Mapping[str, str]]) -> None:
    site, strings = hostile
    records = site.records()
    assert len(records) >= 490
    for name, record in records.items():
        page = lxml.html.fromstring(site.bytes(record["url"] + "index.html").decode("utf-8"))
        assert shown(page.xpath("string(//h1)")) in {shown(strings[name]), "Artikeltanpajudul"}, name
        assert shown(record["title"]) == shown(strings[name].strip()), name


def test_a_site_of_hostile_strings_holds_together(hostile: tuple[BuiltSite, Mapping[str, str]]) -> None:
    assert check_site(hostile[0].public) == ()


def test_a_sites_own_folders_are_not_read_as_seeds(tmp_path: Path) -> None:
    own = '-- site.toml --\nstatic = "own"\n-- own/robots.txt --\nBukan artikel\n\nTeks.\n'
    site = build(tmp_path, SEEDS + own)
    assert "own/robots.txt" not in site.records()
    assert site.bytes("static/robots.txt").startswith(b"Bukan artikel")


def test_addresses_that_cannot_be_written_are_an_error_with_a_remedy(tmp_path: Path) -> None:
    seeds = write_seeds(tmp_path / "seeds", SEEDS)
    (seeds / "addresses.tsv").mkdir()
    (seeds / ".addresses.tsv.next").mkdir()
    done = run(tmp_path, "freeze")
    assert done.returncode == 1
    assert "addresses.tsv" in done.stderr
