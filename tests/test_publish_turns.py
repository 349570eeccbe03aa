"""Builds take turns in two trees: each costs what it changes, and whatever happened to either tree is mended."""

import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.cli import commands
from sitegen.errors import PublishError
from sitegen.model import OutputFile
from sitegen.publish import Published, Publisher, Written, read_manifest
from sitegen.publish.listing import Entry, Listing
from sitegen.publish.standby import link
from tests.site import write_seeds

Build = Mapping[str, bytes]

FIRST = {"index.html": b"home 1", "a/b/page.html": b"page", "a/c/page.html": b"other page", "a/data.json": b"{}"}
SECOND = FIRST | {"index.html": b"home 2", "a/b/new.html": b"new"}
NEARLY_SECOND = SECOND | {"index.html": b"home 4"}
THIRD = {"index.html": b"home 3", "a/b/page.html": b"page", "d/e/f.html": b"deep"}


def publish(output: Path, build: Build, jobs: int = 1) -> Published:
    with Publisher(output, jobs=jobs) as publication:
        return publication.commit([publication.write(OutputFile(path, content)) for path, content in build.items()])


def built(output: Path) -> Build:
    """What stands in the output folder but for its manifest, which must fit."""
    assert not any(path.is_symlink() for path in output.rglob("*"))
    assert not any(path.is_dir() and not any(path.iterdir()) for path in output.rglob("*"))
    files = {str(path.relative_to(output)): path.read_bytes() for path in output.rglob("*") if path.is_file()}
    del files["manifest-sha256.txt"]
    assert read_manifest(output).keys() == files.keys()
    return files


def standby(output: Path) -> Path:
    return output.parent / f".{output.name}.standby/site"


def memory_folder() -> TemporaryDirectory[str]:
    """A folder where flushing to disk costs nothing, where the system has one: hundreds of builds are made here."""
    return TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None)


@pytest.fixture
def folder() -> Iterator[Path]:
    with memory_folder() as place:
        yield Path(place)


@pytest.fixture
def output(folder: Path) -> Path:
    return folder / "public"


def test_a_commit_says_what_it_wrote(output: Path) -> None:
    assert publish(output, FIRST) == Published(4, 22, 4, 22)
    assert publish(output, SECOND) == Published(5, 25, 2, 9)
    assert publish(output, FIRST) == Published(4, 22, 1, 6)


def test_a_build_that_changes_nothing_moves_nothing(output: Path) -> None:
    publish(output, FIRST)
    publish(output, SECOND)
    before = {path: path.stat() for path in output.parent.rglob("*")}
    assert publish(output, SECOND).files_written == 0
    assert {path: path.stat() for path in output.parent.rglob("*")} == before


def test_what_is_kept_need_not_be_written(output: Path) -> None:
    publish(output, FIRST)
    with Publisher(output) as publication:
        kept = [publication.write(OutputFile(path, FIRST[path])) for path in ("a/b/page.html", "a/data.json")]
    with Publisher(output) as publication:
        assert publication.keep_all(kept)
        publication.write(OutputFile("a/b/page.html", b"page"))
        assert list(publication.staging.root.iterdir()) == []
        publication.commit([*kept, publication.write(OutputFile("index.html", b"home 2"))])
    assert built(output) == {"index.html": b"home 2", "a/b/page.html": b"page", "a/data.json": b"{}"}


def test_only_what_stands_just_so_can_be_kept(output: Path) -> None:
    publish(output, FIRST)
    with Publisher(output) as publication:
        page = publication.write(OutputFile("a/b/page.html", b"page"))
        other = publication.write(OutputFile("a/c/page.html", b"another page"))
        new = publication.write(OutputFile("a/new.html", b"new"))
    (output / "a/data.json").write_bytes(b"[]")
    with Publisher(output) as publication:
        assert publication.keep_all([page])
        assert publication.keep_all([])
        assert not publication.keep_all([page, other])
        assert not publication.keep_all([new])
        assert not publication.keep_all([page._replace(path="a/data.json")])


def test_what_did_not_change_lies_on_the_disk_once(output: Path) -> None:
    publish(output, FIRST)
    publish(output, SECOND)
    publish(output, SECOND | {"index.html": b"home 3"})
    for path in FIRST.keys() - {"index.html"}:
        assert (output / path).samefile(standby(output) / path)


def test_a_file_that_is_written_again_with_the_same_bytes_keeps_inode_and_time_for_ever(output: Path) -> None:
    publish(output, FIRST)
    before = (output / "a/c/page.html").stat()
    for number in range(5):
        publish(output, FIRST | {"index.html": b"home %d" % number, f"a/{number}/x.html": b""})
        after = (output / "a/c/page.html").stat()
        assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_who_holds_the_old_build_open_finds_it_whole_until_the_next_is_committed(output: Path) -> None:
    publish(output, FIRST)
    publish(output, SECOND)
    held = os.open(output, os.O_RDONLY)
    try:
        publish(output, THIRD)
        with Publisher(output) as publication:
            publication.write(OutputFile("index.html", b"home 4"))
            assert built(Path(f"/proc/self/fd/{held}")) == SECOND
    finally:
        os.close(held)
    assert built(output) == THIRD


def test_nobody_else_may_read_the_standby_and_everybody_the_output(output: Path) -> None:
    before = os.umask(0o022)
    try:
        for build in (FIRST, SECOND, THIRD):
            publish(output, build)
            assert standby(output).parent.stat().st_mode & 0o777 == 0o700
            assert {path.stat().st_mode & 0o777 for path in (output, *output.rglob("*")) if path.is_dir()} == {0o755}
    finally:
        os.umask(before)


def edit_in_place(tree: Path) -> None:
    # Of the same length: only the time betrays it.
    (tree / "a/b/page.html").write_bytes(b"PAGE")


def lengthen_with_the_old_time(tree: Path) -> None:
    status = (tree / "a/b/page.html").stat()
    (tree / "a/b/page.html").write_bytes(b"longer page")
    os.utime(tree / "a/b/page.html", ns=(status.st_atime_ns, status.st_mtime_ns))


def edit_what_changes(tree: Path) -> None:
    (tree / "index.html").write_bytes(b"HOME")


def delete_a_file(tree: Path) -> None:
    (tree / "a/c/page.html").unlink()


def delete_a_folder(tree: Path) -> None:
    shutil.rmtree(tree / "a/b")


def delete_everything(tree: Path) -> None:
    shutil.rmtree(tree)


def add_a_file(tree: Path) -> None:
    (tree / "a/b/foreign.html").write_bytes(b"not ours")


def add_a_folder(tree: Path) -> None:
    (tree / "a/foreign/empty").mkdir(parents=True)


def put_a_folder_in_place_of_a_file(tree: Path) -> None:
    (tree / "a/data.json").unlink()
    (tree / "a/data.json").mkdir()


def put_a_file_in_place_of_a_folder(tree: Path) -> None:
    shutil.rmtree(tree / "a/c")
    (tree / "a/c").write_bytes(b"no folder")


def put_a_link_in_place_of_a_file(tree: Path) -> None:
    (tree / "a/data.json").unlink()
    (tree / "a/data.json").symlink_to(tree.parent.parent / "outside/own.txt")


def put_a_link_in_place_of_a_folder(tree: Path) -> None:
    shutil.rmtree(tree / "a/b")
    (tree / "a/b").symlink_to(tree.parent.parent / "outside")


def put_a_link_to_itself_in_place_of_a_folder(tree: Path) -> None:
    (tree / "a").rename(tree.parent / "moved")
    (tree / "a").symlink_to(tree.parent / "moved")


def put_a_copy_in_place_of_all(tree: Path) -> None:
    shutil.copytree(tree, tree.parent / "copy", copy_function=shutil.copy2)
    shutil.rmtree(tree)
    (tree.parent / "copy").rename(tree)


def copy_without_times(tree: Path) -> None:
    shutil.copytree(tree, tree.parent / "copy", copy_function=shutil.copyfile)
    shutil.rmtree(tree)
    (tree.parent / "copy").rename(tree)


def exchange_the_contents_of_two_files(tree: Path) -> None:
    (tree / "a/b/page.html").rename(tree / "third")
    (tree / "a/c/page.html").rename(tree / "a/b/page.html")
    (tree / "third").rename(tree / "a/c/page.html")


MISHAPS = [
    *(edit_in_place, edit_what_changes, delete_a_file, delete_a_folder, delete_everything, add_a_file, add_a_folder),
    *(put_a_folder_in_place_of_a_file, put_a_file_in_place_of_a_folder, put_a_link_in_place_of_a_file),
    *(put_a_link_in_place_of_a_folder, put_a_copy_in_place_of_all, copy_without_times),
    *(exchange_the_contents_of_two_files, lengthen_with_the_old_time, put_a_link_to_itself_in_place_of_a_folder),
]


@pytest.mark.parametrize("mishap", MISHAPS)
@pytest.mark.parametrize("where", [lambda output: output, standby], ids=["output", "standby"])
@pytest.mark.parametrize("then", [SECOND, NEARLY_SECOND, THIRD], ids=["same", "similar", "other"])
def test_whatever_happens_to_a_tree_the_next_build_is_as_from_nothing(
    folder: Path, mishap: Callable[[Path], None], where: Callable[[Path], Path], then: Build
) -> None:
    output = folder / "site/public"
    (folder / "outside").mkdir()
    (folder / "outside/own.txt").write_text("own")
    publish(output, FIRST)
    publish(output, SECOND)
    mishap(where(output))
    publish(output, then)
    # What changes nothing in the output folder need not look into the standby; the next build that does, must.
    assert built(output) == then
    for following in (THIRD, SECOND):
        publish(output, following)
        assert built(output) == following
    assert (folder / "outside/own.txt").read_text() == "own"


@pytest.mark.parametrize("empty", [False, True], ids=["deleted", "emptied"])
def test_when_the_output_is_deleted_what_the_standby_has_of_it_is_not_written_again(output: Path, empty: bool) -> None:
    publish(output, FIRST)
    publish(output, SECOND)
    before = {path: (output / path).stat() for path in FIRST}
    shutil.rmtree(output)
    if empty:
        output.mkdir()
    assert publish(output, SECOND | {"a/data.json": b"[]"}).files_written == 3
    assert built(output) == SECOND | {"a/data.json": b"[]"}
    for path in ("a/b/page.html", "a/c/page.html"):
        after = (output / path).stat()
        assert (after.st_ino, after.st_mtime_ns) == (before[path].st_ino, before[path].st_mtime_ns)
    for build in (THIRD, SECOND):
        publish(output, build)
        assert built(output) == build


@pytest.mark.parametrize("mishap", MISHAPS)
def test_when_the_output_is_deleted_a_standby_that_was_meddled_with_is_believed_no_more_than_it_deserves(
    folder: Path, mishap: Callable[[Path], None]
) -> None:
    output = folder / "site/public"
    (folder / "outside").mkdir()
    # What it holds is what the build has where the link will be: only the link betrays it.
    for name in ("own.txt", "page.html", "new.html"):
        (folder / "outside" / name).write_bytes(SECOND.get(f"a/b/{name}", b"own"))
    publish(output, FIRST)
    publish(output, SECOND)
    publish(output, NEARLY_SECOND)
    mishap(standby(output))
    shutil.rmtree(output)
    for build in (SECOND, THIRD, FIRST):
        publish(output, build)
        assert built(output) == build
    assert (folder / "outside/own.txt").read_bytes() == b"own"


def test_a_standby_that_is_a_link_is_not_followed(folder: Path, output: Path) -> None:
    (folder / "outside").mkdir()
    (folder / "outside/own.txt").write_text("own")
    publish(output, FIRST)
    publish(output, THIRD)
    shutil.rmtree(standby(output))
    standby(output).symlink_to(folder / "outside")
    publish(output, SECOND)
    assert built(output) == SECOND
    assert (folder / "outside/own.txt").exists()
    assert not output.is_symlink()


def test_another_process_may_look_at_what_stands_and_make_the_standby(output: Path) -> None:
    publish(output, FIRST, jobs=2)
    with Publisher(output, jobs=2) as publication:
        assert publication.before
        assert (standby(output) / "a/b/page.html").samefile(output / "a/b/page.html")
        publication.commit([publication.write(OutputFile(path, content)) for path, content in FIRST.items()])
    edit_in_place(output)
    for build in (SECOND, THIRD, SECOND):
        publish(output, build, jobs=2)
        assert built(output) == build
    assert publish(output, SECOND, jobs=2).files_written == 0
    (output / "a/b/new.html").unlink()
    with Publisher(output, jobs=2) as publication:
        assert not publication.before


def test_of_the_build_before_all_can_be_taken_over_but_some(output: Path) -> None:
    publish(output, FIRST)
    with Publisher(output) as publication:
        kept = publication.keep_all_but({"a/data.json", "a/b/page.html"})
        new = publication.write(OutputFile("a/b/page.html", b"PAGE"))
        with pytest.raises(PublishError, match=r"index\.html: two pages claim this address"):
            publication.commit([publication.write(OutputFile("index.html", b"home 1"))], kept)
        assert publication.commit([new], kept) == Published(3, 20, 1, 4)
    assert built(output) == {"index.html": b"home 1", "a/b/page.html": b"PAGE", "a/c/page.html": b"other page"}


def test_whatever_parts_lines_elsewhere_may_stand_in_a_path(output: Path) -> None:
    for build in (FIRST | {"a/\u2028\x85.html": b"1"}, SECOND | {"a/\u2028\x85.html": b"1"}):
        publish(output, build)
        assert built(output) == build


paths = st.text(alphabet="ab/é", min_size=1, max_size=4)
listings = st.dictionaries(paths, st.integers(0, 2**63 - 1), max_size=12)


def listing(files: Mapping[str, int]) -> Listing:
    entries = (Entry(Written(path, f"{number:064x}", number), (number, number)) for path, number in files.items())
    return Listing().merged(entries)


@given(listings, listings, st.frozensets(paths))
def test_a_listing_is_a_mapping_in_columns(some: dict[str, int], others: dict[str, int], gone: frozenset[str]) -> None:
    both = listing(some).merged(filter(None, map(listing(others).entry, others)))
    assert both == listing(some | others)
    assert both.without(gone) == listing({path: n for path, n in (some | others).items() if path not in gone})
    assert both.paths() == sorted(some | others)
    assert [both.get(path) is None for path in sorted(gone)] == [path not in some | others for path in sorted(gone)]


@pytest.mark.parametrize("left", [b"", b"{", b"[]", b'{"version": 0}', b'{"version": 2}', None])
def test_without_its_memory_a_publisher_reads_and_keeps_what_is_the_same(output: Path, left: bytes | None) -> None:
    publish(output, FIRST)
    before = (output / "a/b/page.html").stat()
    place = standby(output).with_name("index.json")
    if left is None:
        shutil.rmtree(place.parent)
    else:
        place.write_bytes(left)
    (output / "a/data.json").write_bytes(b"[]")
    assert publish(output, SECOND).files_written == 3
    assert built(output) == SECOND
    assert (output / "a/b/page.html").stat().st_ino == before.st_ino


def test_the_memory_of_another_build_is_believed_only_where_it_fits(output: Path) -> None:
    """As after a crash between the exchange and the writing of the index, or when a backup was put back."""
    publish(output, FIRST)
    index = standby(output).with_name("index.json")
    memory = index.read_bytes()
    publish(output, THIRD)
    index.write_bytes(memory)
    publish(output, SECOND)
    assert built(output) == SECOND
    publish(output, THIRD)
    assert built(output) == THIRD


def test_files_that_were_only_touched_are_read_once(output: Path) -> None:
    publish(output, FIRST)
    for path in FIRST:
        os.utime(output / path, ns=(1, 1))
    assert publish(output, FIRST).files_written == 0
    before = output.stat().st_ino
    for path, content in FIRST.items():
        # Were they read again, the edit would show; size, time and inode hide it.
        (output / path).write_bytes(b"?" * len(content))
        os.utime(output / path, ns=(1, 1))
    assert publish(output, FIRST).files_written == 0
    assert output.stat().st_ino == before


def test_an_edit_in_the_same_tick_of_the_clock_as_the_build_is_noticed(output: Path) -> None:
    """Where the file system's clock is coarse, the edited file's time is the one that the build gave it."""
    publish(output, FIRST)
    tick = (output / "a/b/page.html").stat().st_mtime_ns
    (output / "a/b/page.html").write_bytes(b"PAGE")
    for path in (output / "a/b/page.html", standby(output).with_name("index.json")):
        os.utime(path, ns=(tick, tick))
    assert publish(output, FIRST).files_written == 1
    assert built(output) == FIRST


PATHS = ["a", "a/b", "a/b/c", "a/b/d", "e/f", "e/f/g", "e/h", "i"]


def is_a_tree(paths: set[str]) -> bool:
    """Whether no path is a folder of another."""
    return not any(other.startswith(f"{path}/") for path in paths for other in paths)


builds = (
    st.sets(st.sampled_from(PATHS))
    .filter(is_a_tree)
    .flatmap(lambda paths: st.fixed_dictionaries({path: st.sampled_from([b"", b"1", b"2"]) for path in sorted(paths)}))
)
mishaps = st.tuples(
    st.sampled_from(["output", "standby"]), st.sampled_from(["edit", "delete", "add", "none"]), st.sampled_from(PATHS)
)


def meddle(tree: Path, what: str, path: str) -> None:
    """Let somebody change one thing in a tree, if it is there to be changed."""
    place = tree / path
    if what == "edit" and place.is_file():
        place.write_bytes(b"3")
    elif what == "delete" and place.is_dir():
        shutil.rmtree(place)
    elif what == "delete" and place.is_file():
        place.unlink()
    elif what == "add" and place.parent.is_dir() and place.parent != tree:
        place.with_name("foreign").write_bytes(b"3")


@settings(deadline=None, max_examples=100)
@given(st.lists(st.tuples(builds, mishaps), max_size=6))
def test_any_run_of_builds_and_mishaps_ends_in_the_last_build(
    steps: list[tuple[Build, tuple[str, str, str]]],
) -> None:
    with memory_folder() as place:
        output = Path(place) / "public"
        for build, (where, what, path) in steps:
            publish(output, build)
            assert built(output) == build
            meddle(output if where == "output" else standby(output), what, path)
        publish(output, SECOND)
        assert built(output) == SECOND


def test_where_no_second_name_can_be_given_a_copy_with_the_same_time_is_made(tmp_path: Path) -> None:
    elsewhere = Path("/dev/shm")
    if not elsewhere.is_dir() or elsewhere.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("there is only one file system")
    source = elsewhere / f"{tmp_path.name}.{os.getpid()}"
    source.write_bytes(b"bytes")
    try:
        link(str(source), str(tmp_path / "copy"))
        assert (tmp_path / "copy").read_bytes() == b"bytes"
        assert (tmp_path / "copy").stat().st_mtime_ns == source.stat().st_mtime_ns
    finally:
        source.unlink()


def reported(folder: Path) -> dict[str, int]:
    """What a build of the seeds in a folder reports."""
    options = {"--seeds": "seeds", "--output": "public", "--cache": "cache", "--report": "report.json"}
    arguments = [word for option, name in options.items() for word in (option, str(folder / name))]
    commands.main(["build", *arguments, "--jobs", "1"], standalone_mode=False)
    report: dict[str, int] = json.loads((folder / "report.json").read_text())
    return report


def test_a_site_that_is_built_again_says_how_little_it_wrote(tmp_path: Path) -> None:
    write_seeds(tmp_path / "seeds", "-- a.txt --\nJudul\n- contoh.id\nJakarta – Isi.\n")
    first, again = reported(tmp_path), reported(tmp_path)
    write_seeds(tmp_path / "seeds", "-- b.txt --\nLain\n- contoh.id\nSurabaya – Isi lain.\n")
    more = reported(tmp_path)
    assert (first["files_written"], first["bytes_written"]) == (first["files"], first["bytes"])
    assert (again["files"], again["files_written"], again["bytes_written"]) == (first["files"], 0, 0)
    assert 0 < more["files_written"] < more["files"]
