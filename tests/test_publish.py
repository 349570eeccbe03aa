"""A build is published whole or not at all, and nobody's own files are deleted."""

import hashlib
import os
import pickle
import shutil
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from threading import Event, Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.errors import PublishError
from sitegen.model import OutputFile
from sitegen.publish import Publisher, Staging, read_manifest
from sitegen.publish.exchange import replace_by_renames
from sitegen.publish.failures import failing_at

HOME = OutputFile("index.html", b"<h1>home</h1>")
ARTICLE = OutputFile("articles/a/index.html", "<p>Pyongyang – 你好</p>".encode())


def publish(output: Path, *files: OutputFile) -> None:
    with Publisher(output) as publisher:
        publisher.commit([publisher.write(file) for file in files])


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def beside(output: Path) -> set[str]:
    """The names of what lies in the folder that the output is in, but for the output."""
    return {path.name for path in output.parent.iterdir()} - {output.name}


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return tmp_path / "public"


def test_a_published_build_holds_exactly_its_files_and_their_manifest(output: Path) -> None:
    publish(output, HOME, OutputFile("gone/index.html", b"old"))
    publish(output, ARTICLE, HOME)
    files = tree(output)
    del files["manifest-sha256.txt"]
    assert files == {file.path: file.content for file in (HOME, ARTICLE)}


def test_a_file_with_the_same_bytes_keeps_its_time_and_inode(output: Path) -> None:
    publish(output, HOME, ARTICLE)
    before = {path: (output / path).stat() for path in (HOME.path, ARTICLE.path)}
    publish(output, HOME, OutputFile(ARTICLE.path, b"changed"))
    after = {path: (output / path).stat() for path in (HOME.path, ARTICLE.path)}
    assert (after[HOME.path].st_ino, after[HOME.path].st_mtime_ns) == (
        before[HOME.path].st_ino,
        before[HOME.path].st_mtime_ns,
    )
    assert after[ARTICLE.path].st_ino != before[ARTICLE.path].st_ino


def test_a_file_that_was_tampered_with_or_replaced_by_a_link_is_written_anew(output: Path, tmp_path: Path) -> None:
    publish(output, HOME, ARTICLE)
    (output / HOME.path).write_bytes(b"<h1>HOME</h1>")
    (tmp_path / "elsewhere").write_bytes(ARTICLE.content)
    (output / ARTICLE.path).unlink()
    (output / ARTICLE.path).symlink_to(tmp_path / "elsewhere")
    publish(output, HOME, ARTICLE)
    assert (output / HOME.path).read_bytes() == HOME.content
    assert not (output / ARTICLE.path).is_symlink()


def test_nothing_is_left_beside_the_output_but_its_standby(output: Path) -> None:
    publish(output, HOME)
    publish(output, ARTICLE)
    assert beside(output) == {".public.standby"}


def test_written_says_hash_and_size(output: Path) -> None:
    with Publisher(output) as publisher:
        written = publisher.write(ARTICLE)
    assert written == ("articles/a/index.html", hashlib.sha256(ARTICLE.content).hexdigest(), len(ARTICLE.content))


def test_sha256sum_accepts_the_manifest_and_names_a_flipped_byte(output: Path) -> None:
    publish(output, HOME, ARTICLE, OutputFile("name with space.txt", b""))
    command = ["sha256sum", "--strict", "-c", "manifest-sha256.txt"]
    good = subprocess.run(command, check=False, cwd=output, capture_output=True, text=True)
    (output / HOME.path).write_bytes(b"<h1>Home</h1>")
    bad = subprocess.run(
        command, check=False, cwd=output, capture_output=True, text=True, env={**os.environ, "LC_ALL": "C"}
    )
    assert good.returncode == 0, good.stderr
    assert good.stdout.count(": OK") == 3
    assert "index.html: FAILED" in bad.stdout


def test_the_manifest_is_sorted_and_read_back(output: Path) -> None:
    publish(output, HOME, OutputFile("b-c/x", b"2"), OutputFile("b/x", b"1"), ARTICLE)
    lines = (output / "manifest-sha256.txt").read_text().splitlines()
    assert [line[66:] for line in lines] == ["articles/a/index.html", "b-c/x", "b/x", "index.html"]
    assert read_manifest(output)["b/x"] == hashlib.sha256(b"1").hexdigest()


def test_published_folders_can_be_read_by_a_web_server(output: Path) -> None:
    before = os.umask(0o022)
    try:
        publish(output, ARTICLE)
    finally:
        os.umask(before)
    modes = {path.stat().st_mode & 0o777 for path in (output, output / "articles")}
    assert modes == {0o755}
    assert (output / ARTICLE.path).stat().st_mode & 0o777 == 0o644


def fail_halfway(output: Path) -> None:
    with Publisher(output) as publisher:
        publisher.write(OutputFile("index.html", b"half"))
        raise ZeroDivisionError


def test_an_error_while_building_leaves_the_old_build_as_it_was(output: Path) -> None:
    publish(output, HOME, ARTICLE)
    before = tree(output)
    with pytest.raises(ZeroDivisionError):
        fail_halfway(output)
    assert tree(output) == before
    assert beside(output) == {".public.standby"}


def test_leaving_without_commit_publishes_nothing(output: Path) -> None:
    with Publisher(output) as publisher:
        publisher.write(HOME)
    assert not output.exists()


def test_nothing_can_be_committed_twice(output: Path) -> None:
    publish(output, ARTICLE)
    with Publisher(output) as publisher:
        written = [publisher.write(HOME)]
        publisher.commit(written)
        with pytest.raises(PublishError):
            publisher.commit(written)
    assert sorted(tree(output)) == ["index.html", "manifest-sha256.txt"]


def test_two_files_at_one_path_are_refused_by_name(output: Path) -> None:
    with Publisher(output) as publisher:
        publisher.write(ARTICLE)
        with pytest.raises(PublishError, match=r"articles/a/index\.html: two pages claim this address"):
            publisher.write(ARTICLE)


def test_a_path_in_the_manifest_twice_is_refused_by_name(output: Path) -> None:
    with Publisher(output) as publisher:
        written = publisher.write(ARTICLE)
        with pytest.raises(PublishError, match=r"articles/a/index\.html: two pages claim this address"):
            publisher.commit([written, written])
    assert not output.exists()


BAD_PATHS = ["", "/", "/etc/passwd", "../a", "a/../b", "a/..", "./a", "a//b", "a/", "a/.", "a\0b", "a\nb", "a\\b"]
LONG_PATHS = ["x" * 256, "é" * 128, "a/" + "x" * 256 + "/b"]


@pytest.mark.parametrize("path", [*BAD_PATHS, *LONG_PATHS, "\ud800", "manifest-sha256.txt"])
def test_a_path_that_is_not_inside_the_folder_is_refused(output: Path, path: str) -> None:
    with Publisher(output) as publisher, pytest.raises(PublishError, match=r".+: .+"):
        publisher.write(OutputFile(path, b""))
    assert sorted(path.name for path in output.parent.iterdir()) == []


@given(st.text(alphabet=st.sampled_from("ab./\\\0\n é🙂"), max_size=12))
def test_every_path_is_refused_or_written_where_it_says(tmp_path_factory: pytest.TempPathFactory, path: str) -> None:
    root = tmp_path_factory.getbasetemp() / "any path" / "root"
    shutil.rmtree(root.parent, ignore_errors=True)
    root.mkdir(parents=True)
    try:
        Staging(root).write(OutputFile(path, b"x"))
    except PublishError:
        assert tree(root.parent) == {}
    else:
        assert tree(root) == {path: b"x"}
        assert tree(root.parent) == {f"root/{path}": b"x"}


def test_a_file_where_a_folder_is_needed_is_an_error_that_names_it(output: Path) -> None:
    with Publisher(output) as publisher:
        publisher.write(OutputFile("a", b""))
        with pytest.raises(PublishError, match=r"a/b: a file stands where a folder is needed"):
            publisher.write(OutputFile("a/b", b""))


def test_processes_share_the_staging_folder(output: Path) -> None:
    files = [OutputFile(f"articles/{number % 7}/{number}.html", b"%d" % number) for number in range(100)]
    with Publisher(output) as publisher, ProcessPoolExecutor(2, get_context("spawn")) as pool:
        publisher.commit(pool.map(publisher.staging.write, files, chunksize=10))
    assert len(tree(output)) == 101


def test_folders_that_another_process_makes_at_the_same_time_are_shared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mkdir = os.mkdir

    def be_second(folder: str) -> None:
        if folder == f"{tmp_path}/a":
            mkdir(folder)
            mkdir(f"{folder}/b")
        mkdir(folder)

    monkeypatch.setattr("os.mkdir", be_second)
    Staging(tmp_path).write(OutputFile("a/b/index.html", b"x"))
    assert tree(tmp_path) == {"a/b/index.html": b"x"}


def test_the_staging_folder_survives_pickling(tmp_path: Path) -> None:
    staging = Staging(tmp_path)
    assert pickle.loads(pickle.dumps(staging)) == staging


def test_a_second_publisher_is_told_which_process_is_at_work(output: Path) -> None:
    code = "import sys, pathlib, sitegen.publish as p; p.Publisher(pathlib.Path(sys.argv[1])).__enter__()"
    with Publisher(output) as publisher:
        second = subprocess.run([sys.executable, "-c", code, output], check=False, capture_output=True, text=True)
        publisher.commit([publisher.write(HOME)])
    assert second.returncode != 0
    assert f"another build writes here (process {os.getpid()})" in second.stderr
    assert (output / "index.html").exists()


def test_the_lock_is_free_again_after_an_error(output: Path) -> None:
    with pytest.raises(ZeroDivisionError), Publisher(output):
        raise ZeroDivisionError
    publish(output, HOME)


def test_a_folder_with_files_that_are_not_a_build_is_not_replaced(output: Path) -> None:
    output.mkdir()
    (output / "thesis.txt").write_text("all my work")
    with pytest.raises(PublishError, match=r"public: is not empty and holds no build of ours; empty it yourself"):
        publish(output, HOME)
    assert tree(output) == {"thesis.txt": b"all my work"}


def test_a_file_that_somebody_put_into_the_build_is_not_deleted(output: Path) -> None:
    publish(output, HOME)
    (output / ".git").write_text("gitdir: elsewhere")
    with pytest.raises(PublishError, match=r"public/\.git: was not built by us"):
        publish(output, HOME)
    assert (output / ".git").exists()


def test_a_file_put_into_the_build_during_the_next_one_is_not_deleted(output: Path) -> None:
    publish(output, HOME)
    with Publisher(output) as publisher:
        (output / "CNAME").write_text("arsip.example")
        with pytest.raises(PublishError, match="CNAME"):
            publisher.commit([publisher.write(ARTICLE)])
    assert (output / "CNAME").exists()


def test_an_empty_folder_is_replaced(output: Path) -> None:
    output.mkdir()
    publish(output, HOME)
    assert (output / "index.html").exists()


def test_a_damaged_manifest_is_named_with_its_line(output: Path) -> None:
    publish(output, HOME)
    shutil.rmtree(output.parent / ".public.standby")
    (output / "manifest-sha256.txt").write_text("hello\n")
    with pytest.raises(PublishError, match=r"manifest-sha256.txt:1: not a line of a manifest: 'hello'"):
        publish(output, HOME)


def test_the_root_of_the_file_system_is_refused() -> None:
    with pytest.raises(PublishError, match="root of the file system"), Publisher(Path("/")):
        pass


@pytest.mark.parametrize(("seeds", "output"), [("seeds", "seeds/public"), ("site/seeds", "site"), ("seeds", "seeds")])
def test_output_and_seeds_may_not_hold_each_other(tmp_path: Path, seeds: str, output: str) -> None:
    (tmp_path / seeds).mkdir(parents=True)
    publisher = Publisher(tmp_path / output, apart=(tmp_path / seeds,))
    with pytest.raises(PublishError, match=r"lies inside"), publisher:
        pass
    assert [path.name for path in (tmp_path / seeds).rglob("*")] == []


def test_seeds_are_found_through_links(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "seeds")
    with (
        pytest.raises(PublishError, match="lies inside"),
        Publisher(tmp_path / "link/public", apart=[tmp_path / "seeds"]),
    ):
        pass


def test_a_file_is_not_replaced(output: Path) -> None:
    output.write_text("mine")
    with pytest.raises(PublishError, match="public: is a file"):
        publish(output, HOME)
    assert output.read_text() == "mine"


def test_a_linked_output_is_replaced_where_the_link_leads(tmp_path: Path, output: Path) -> None:
    (tmp_path / "www").mkdir()
    output.symlink_to("www/site")
    publish(output, HOME)
    publish(output, ARTICLE)
    assert output.is_symlink()
    assert (tmp_path / "www/site" / ARTICLE.path).exists()
    assert beside(tmp_path / "www/site") == {".site.standby"}


def test_a_looping_link_is_an_error_that_says_so(output: Path) -> None:
    output.symlink_to(output)
    with pytest.raises(PublishError, match="symbolic link"):
        publish(output, HOME)


def test_a_vanished_staging_folder_is_an_error_that_leaves_the_old_build(output: Path) -> None:
    publish(output, HOME)
    for path in ("index.html", "new/index.html"):
        with Publisher(output) as publisher:
            shutil.rmtree(publisher.staging.root)
            with pytest.raises(PublishError, match="the folder vanished"):
                publisher.write(OutputFile(path, b""))
            with pytest.raises(PublishError, match="the folder vanished"):
                publisher.commit([])
    assert (output / "index.html").read_bytes() == HOME.content


def fill_the_disk() -> None:
    full = Path("/dev/full")
    with failing_at(full):
        full.write_bytes(b"x")


def test_a_full_disk_is_an_error_that_says_what_to_do() -> None:
    with pytest.raises(PublishError, match=r"/dev/full: the disk is full; make room"):
        fill_the_disk()


def test_leftovers_of_a_crash_are_cleared(output: Path) -> None:
    publish(output, HOME)
    (output.parent / ".public.next/half").mkdir(parents=True)
    (output.parent / ".public.old/half").mkdir(parents=True)
    publish(output, HOME)
    assert beside(output) == {".public.standby"}


def test_two_renames_replace_a_folder_where_names_cannot_be_exchanged(tmp_path: Path) -> None:
    for name in ("new", "place"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "name").write_text(name)
    replace_by_renames(tmp_path / "new", tmp_path / "place", tmp_path / "aside")
    assert tree(tmp_path) == {"place/name": b"new", "new/name": b"place"}


def test_a_crash_between_two_renames_is_undone(output: Path) -> None:
    publish(output, HOME)
    output.rename(output.parent / ".public.old")
    with Publisher(output):
        assert (output / "index.html").read_bytes() == HOME.content


def test_a_reader_never_finds_the_site_missing_or_mixed(output: Path) -> None:
    """Whatever the moment, the addresses of both builds answer."""
    publish(output, HOME, OutputFile("version", b"0"))
    done = Event()
    failures = []

    def read() -> None:
        while not done.is_set():
            try:
                (output / "version").read_bytes()
                (output / "index.html").read_bytes()
            except FileNotFoundError as error:
                failures.append(error)

    reader = Thread(target=read)
    reader.start()
    for version in range(100):
        publish(output, HOME, OutputFile("version", b"%d" % version))
    done.set()
    reader.join()
    assert failures == []
