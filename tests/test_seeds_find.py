"""The seeds folder: what is found in it, what is set aside and why, and how files are read."""

import os
import socket
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from sitegen.errors import InputError
from sitegen.model import Severity
from sitegen.seeds import SeedFile, Stamp, find_seeds, parse_seed, read_seed

RUNS_AS_ROOT = os.geteuid() == 0


def write(folder: Path, *names: str, content: bytes = b"Judul\nIsi.") -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def found(folder: Path) -> list[str]:
    return [file.path for file in find_seeds(folder).files]


def complaints(folder: Path) -> dict[str, str]:
    return {problem.path: problem.message for problem in find_seeds(folder).problems}


def test_folders_set_apart_hold_no_seeds(tmp_path: Path) -> None:
    for path in ("looks/static/robots.txt", "looks/static2/a.txt", "static/b.txt"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("Judul\n\nIsi.\n")
    found = find_seeds(tmp_path, apart=("looks/static/", ""))
    assert [file.path for file in found.files] == ["looks/static2/a.txt", "static/b.txt"]


def test_seeds_are_found_in_order_of_their_paths(tmp_path: Path) -> None:
    write(tmp_path, "b.txt", "a/z.md", "a/b/c.TXT", "tanpa-akhiran", "c.markdown", "d.text", "a-b.txt")
    assert found(tmp_path) == ["a-b.txt", "a/b/c.TXT", "a/z.md", "b.txt", "c.markdown", "d.text", "tanpa-akhiran"]
    assert find_seeds(tmp_path).problems == ()


def test_size_and_time_are_those_of_the_file(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", content=b"12345")
    os.utime(tmp_path / "a.txt", ns=(1, 1_700_000_000_123_456_789))
    status = (tmp_path / "a.txt").stat()
    stamp = Stamp(5, 1_700_000_000_123_456_789, status.st_ctime_ns, status.st_ino)
    assert find_seeds(tmp_path).files == (SeedFile("a.txt", stamp, None),)


def test_editorial_files_and_hidden_ones_are_left_alone(tmp_path: Path) -> None:
    write(
        tmp_path,
        "site.toml",
        "entities.toml",
        "addresses.tsv",
        "README.md",
        "2021/README",
        "readme.txt",
        ".a.txt",
        ".git/b.txt",
    )
    assert find_seeds(tmp_path) == type(find_seeds(tmp_path))((), ())


def test_a_form_that_is_not_read_is_noted(tmp_path: Path) -> None:
    write(tmp_path, "foto.jpg", "2021/site.toml")
    problems = find_seeds(tmp_path).problems
    assert [str(problem) for problem in problems] == [
        "2021/site.toml: not a form that sitegen reads: .toml; save it as .txt or .md",
        "foto.jpg: not a form that sitegen reads: .jpg; save it as .txt or .md",
    ]
    assert {problem.severity for problem in problems} == {Severity.NOTE}


def test_a_missing_folder_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no such folder; make it and put articles in it"):
        find_seeds(tmp_path / "seeds")
    write(tmp_path, "seeds")
    with pytest.raises(InputError, match="is no folder"):
        find_seeds(tmp_path / "seeds")


def test_what_cannot_be_a_seed_is_set_aside_and_the_rest_is_found(tmp_path: Path) -> None:
    outside = tmp_path / "luar"
    folder = tmp_path / "seeds"
    write(outside, "rahasia.txt")
    write(folder, "baik.txt", "dalam/asli.txt")
    write(folder, "kosong.txt", content=b"")
    with (folder / "besar.txt").open("wb") as large:
        large.truncate(10_000_001)
    os.mkfifo(folder / "pipa.txt")
    with socket.socket(socket.AF_UNIX) as plug:
        plug.bind(str(folder / "soket.txt"))
    links = {
        "putus.txt": "tidak-ada.txt",
        "putar.txt": "putar.txt",
        "keluar.txt": str(outside / "rahasia.txt"),
        "keluar2.txt": "../luar/rahasia.txt",
        "alat.txt": "/dev/zero",
        "map.txt": "dalam",
        "taut.txt": "dalam/asli.txt",
    }
    for name, target in links.items():
        (folder / name).symlink_to(target)
    (folder / "induk").symlink_to("..")
    assert found(folder) == ["baik.txt", "dalam/asli.txt", "taut.txt"]
    said = complaints(folder)
    assert {path: message.split()[0:4] for path, message in said.items()} == {
        "kosong.txt": ["empty;", "write", "the", "article"],
        "besar.txt": ["over", "10", "MB,", "the"],
        "pipa.txt": ["no", "file", "but", "a"],
        "soket.txt": ["no", "file", "but", "a"],
        "putus.txt": ["a", "link", "that", "leads"],
        "putar.txt": ["a", "link", "that", "leads"],
        "keluar.txt": ["a", "link", "that", "leads"],
        "keluar2.txt": ["a", "link", "that", "leads"],
        "alat.txt": ["a", "link", "that", "leads"],
        "map.txt": ["a", "link", "to", "a"],
        "induk": ["a", "link", "that", "leads"],
    }
    assert all(";" in message or "," in message for message in said.values())


def test_a_seed_of_just_ten_megabytes_is_found(tmp_path: Path) -> None:
    with (tmp_path / "a.txt").open("wb") as large:
        large.truncate(10_000_000)
    assert found(tmp_path) == ["a.txt"]


@pytest.mark.skipif(RUNS_AS_ROOT, reason="root may read everything")
def test_files_and_folders_without_permission_are_set_aside(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "b/c.txt", "d.txt")
    (tmp_path / "a.txt").chmod(0)
    (tmp_path / "b").chmod(0)
    try:
        assert found(tmp_path) == ["d.txt"]
        assert sorted(complaints(tmp_path)) == ["a.txt", "b/"]
    finally:
        (tmp_path / "b").chmod(0o700)


def test_names_that_are_not_utf_8_or_hold_controls_are_shown_escaped(tmp_path: Path) -> None:
    for name in (b"caf\xe9.txt", b"a\nb.txt", b"f\xff/c.txt"):
        path = os.path.join(os.fsencode(tmp_path), name)  # noqa: PTH118
        os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120
        with open(path, "wb") as file:  # noqa: PTH123
            file.write(b"x")
    assert found(tmp_path) == []
    assert sorted(complaints(tmp_path)) == ["a\\nb.txt", "caf\\xe9.txt", "f\\xff"]


@pytest.mark.parametrize(
    "names",
    [
        ("Berita.txt", "berita.txt"),
        (unicodedata.normalize("NFC", "café.txt"), unicodedata.normalize("NFD", "café.txt")),
        ("A/x.txt", "a/x.txt"),
        ("A.txt", "a.md"),
        ("straße.txt", "STRASSE.txt"),
    ],
)
def test_names_that_differ_only_in_case_or_normalization_are_both_set_aside(
    tmp_path: Path, names: tuple[str, str]
) -> None:
    write(tmp_path, *names, "lain.txt")
    assert found(tmp_path) == ["lain.txt"]
    said = complaints(tmp_path)
    assert set(said) == set(names)
    assert names[1] in said[names[0]]
    assert names[0] in said[names[1]]
    assert "only in case or normalization" in said[names[0]]


@pytest.mark.parametrize(
    "names", [("a.txt", "a.text"), ("a.txt", "a"), ("a.md", "a.markdown"), ("a.md", "a.text", "a.txt")]
)
def test_seeds_that_would_be_one_article_are_all_set_aside(tmp_path: Path, names: tuple[str, ...]) -> None:
    write(tmp_path, *names)
    assert found(tmp_path) == []
    said = complaints(tmp_path)
    assert set(said) == set(names)
    assert all(other in said[name] for name in names for other in names if other != name)


def test_markdown_beside_a_text_is_its_correction(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", content=b"Salah\nIsi.")
    write(tmp_path, "a.md", content=b"# Benar\n\nIsi.")
    (file,) = find_seeds(tmp_path).files
    assert file.path == "a.txt"
    assert file.correction is not None
    raw = read_seed(tmp_path, file)
    assert raw.content == b"Salah\nIsi."
    assert raw.correction is not None
    assert raw.correction.path == "a.md"
    document = parse_seed(raw).document
    assert document.title is not None
    assert document.prose[slice(*document.title)] == "Benar"


def test_a_text_is_not_built_without_its_correction(tmp_path: Path) -> None:
    write(tmp_path, "a.txt")
    write(tmp_path, "a.md", content=b"")
    assert found(tmp_path) == []
    assert sorted(complaints(tmp_path)) == ["a.md", "a.txt"]


def test_reading_gives_the_bytes_and_their_hash(tmp_path: Path) -> None:
    write(tmp_path, "x/a.txt", content=b"abc")
    (file,) = find_seeds(tmp_path).files
    raw = read_seed(tmp_path, file)
    assert raw.content == b"abc"
    assert raw.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert raw.correction is None


def test_a_link_to_a_file_inside_is_read(tmp_path: Path) -> None:
    write(tmp_path, "x/a.txt", content=b"abc")
    (tmp_path / "b.txt").symlink_to("x/a.txt")
    assert [read_seed(tmp_path, file).content for file in find_seeds(tmp_path).files] == [b"abc", b"abc"]


def change_to_nothing(path: Path) -> None:
    path.unlink()


def change_to_fifo(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def change_to_link_out(path: Path) -> None:
    path.unlink()
    path.symlink_to("/etc/passwd")


def change_to_folder_elsewhere(path: Path) -> None:
    path.unlink()
    path.parent.rmdir()
    (path.parents[2] / "luar").mkdir()
    (path.parents[2] / "luar" / path.name).write_bytes(b"rahasia")
    path.parent.symlink_to(path.parents[2] / "luar")


def change_to_much(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(10_000_001)


def change_to_empty(path: Path) -> None:
    path.write_bytes(b"")


CHANGES: dict[Callable[[Path], None], str] = {
    change_to_nothing: "gone",
    change_to_fifo: "no file any more",
    change_to_link_out: "out of the seeds folder",
    change_to_folder_elsewhere: "out of the seeds folder",
    change_to_much: "over 10 MB",
    change_to_empty: "empty",
}


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_a_seed_that_changes_before_it_is_read_is_reported(tmp_path: Path, change: Callable[[Path], None]) -> None:
    folder = tmp_path / "seeds"
    write(folder, "x/a.txt")
    (file,) = find_seeds(folder).files
    change(folder / "x/a.txt")
    with pytest.raises(InputError, match=f"x/a.txt: .*{CHANGES[change]}"):
        read_seed(folder, file)
