"""The store: remembers, forgets, and is thrown away when it cannot be trusted."""

import sqlite3
from pathlib import Path

import pytest

from sitegen.parallel import run
from sitegen.store import FILE_NAME, Store, Table


def test_what_one_build_put_the_next_one_gets(tmp_path: Path) -> None:
    store = Store(tmp_path / "cache")
    store.put(Table.UNITS, [(b"k", b"value")])
    store.close()
    again = Store(tmp_path / "cache")
    assert again.keys(Table.UNITS) == {b"k"}
    assert again.get(Table.UNITS, b"k") == b"value"
    assert again.problems == []
    again.close()


def test_only_what_a_build_used_is_kept(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put(Table.UNITS, [(b"k", b"1"), (b"old", b"2")])
    store.keep_only(Table.UNITS, frozenset([b"k"]))
    store.close()
    again = Store(tmp_path)
    assert again.keys(Table.UNITS) == {b"k"}
    again.close()


def test_without_a_folder_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    store = Store(None)
    store.put(Table.UNITS, [(b"k", b"value")])
    store.close()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "content", [b"not a database, but long enough to look at" * 50, b"SQLite format 3\0" + b"x" * 5000]
)
def test_a_damaged_store_is_thrown_away_with_a_note(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(content)
    store = Store(tmp_path)
    assert store.keys(Table.UNITS) == frozenset()
    assert "starts from nothing" in str(store.problems[0])
    store.close()


def test_a_store_of_something_else_is_thrown_away_with_a_note(tmp_path: Path) -> None:
    foreign = sqlite3.connect(tmp_path / FILE_NAME)
    foreign.execute("CREATE TABLE results (key TEXT, other TEXT)")
    foreign.commit()
    foreign.close()
    store = Store(tmp_path)
    assert len(store.problems) == 1
    store.put(Table.UNITS, [(b"k", b"v")])
    assert store.get(Table.UNITS, b"k") == b"v"
    store.close()


def test_a_folder_that_cannot_be_had_is_noted_and_done_without(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", "utf-8")
    store = Store(tmp_path / "file")
    assert "nothing can be kept here" in str(store.problems[0])
    store.put(Table.UNITS, [(b"k", b"v")])
    assert store.get(Table.UNITS, b"k") == b"v"
    store.close()


def test_a_store_that_another_build_holds_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = Store(tmp_path)
    first.put(Table.UNITS, [(b"k", b"v")])
    first.close()
    holder = sqlite3.connect(tmp_path / FILE_NAME)
    holder.execute("BEGIN EXCLUSIVE")
    monkeypatch.setattr("sitegen.store.WAIT", 0.0)
    other = Store(tmp_path)
    assert "locked" in str(other.problems[0])
    other.close()
    holder.close()
    again = Store(tmp_path)
    assert again.keys(Table.UNITS) == {b"k"}
    again.close()


def test_a_store_that_may_not_be_written_is_noted_and_done_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("os.utime", refuse)
    with Store(tmp_path) as store:
        assert "nothing can be kept here (Permission denied)" in str(store.problems[0])
        assert store.opened == 0
        store.put(Table.UNITS, [(b"k", b"v")])
        assert store.get(Table.UNITS, b"k") == b"v"
    monkeypatch.undo()
    with Store(tmp_path) as again:
        assert again.keys(Table.UNITS) == frozenset()
        assert again.opened == (tmp_path / FILE_NAME).stat().st_mtime_ns


@pytest.mark.parametrize("kept", [True, False])
def test_forked_processes_read_while_this_one_has_more_to_write(tmp_path: Path, kept: bool) -> None:
    rows = {number.to_bytes(2): number.to_bytes(2) * 4000 for number in range(1000)}
    with Store(tmp_path if kept else None) as store:
        store.put(Table.TEXTS, rows.items())
        store.commit()
        store.put(Table.UNITS, [(b"u", b"not yet committed")])
        keys = sorted(rows, reverse=True) + sorted(rows)
        assert list(run(lambda key: store.get(Table.TEXTS, key), keys, 4)) == [rows[key] for key in keys]
        assert store.get(Table.UNITS, b"u") == b"not yet committed"
    if kept:
        with Store(tmp_path) as again:
            assert again.keys(Table.UNITS) == {b"u"}
