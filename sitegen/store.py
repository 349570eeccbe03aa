"""What earlier builds learned, keyed by content, in one SQLite file. Deleting it changes no byte of the output.

Keys are made by whoever stores; values are bytes. A file that is no store of this version is thrown away.
"""

import os
import sqlite3
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Self

from sitegen.model import Problem, Severity

FILE_NAME = "store.sqlite"
SCHEMA_VERSION = 9
APPLICATION_ID = 0x73697465
WAIT = 30.0
"""Seconds that another build is waited for."""
OUT_OF_REACH = frozenset(
    {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM}
)
"""SQLite's codes for a file that may be in order and cannot be used: it is left alone."""


class Table(StrEnum):
    """What is stored of each kind of thing."""

    SEEDS = "seeds"
    ARTICLES = "articles"
    TEXTS = "texts"
    SENTENCES = "sentences"
    WORDS = "words"
    RUNS = "runs"
    UNITS = "units"
    LINES = "lines"
    TEMPLATES = "templates"
    BUILDS = "builds"


class Store:
    """Mappings from keys to bytes, one for each table, that outlive the process.

    Forked processes may get what was committed before they were forked. While they do, nobody had better put anything:
    each waits for the other.

    Args:
        folder: made when missing; None keeps nothing.

    Attributes:
        opened: when, in nanoseconds by the clock of the file system; 0 for a store that keeps nothing.
    """

    def __init__(self, folder: Path | None) -> None:
        self.problems: list[Problem] = []
        self.opened = 0
        self._path = folder / FILE_NAME if folder else None
        self._process = os.getpid()
        self._inherited: sqlite3.Connection | None = None
        self._database = self._open()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Write everything down, also when what came after failed: what was learned stays true."""
        self.close()

    def keys(self, table: Table) -> frozenset[bytes]:
        """The keys of everything that builds before this one put here."""
        return frozenset(key for (key,) in self._own().execute(f"SELECT key FROM {table}"))

    def get(self, table: Table, key: bytes) -> bytes:
        """The value under `key`; KeyError when there is none."""
        row = self._own().execute(f"SELECT value FROM {table} WHERE key = ?", (key,)).fetchone()
        if row is None:
            raise KeyError(key)
        return bytes(row[0])

    def all(self, table: Table) -> dict[bytes, bytes]:
        """Everything that is stored in a table."""
        return dict(self._own().execute(f"SELECT key, value FROM {table}"))

    def put(self, table: Table, rows: Iterable[tuple[bytes, bytes]]) -> None:
        """Remember values by their keys."""
        self._database.executemany(f"INSERT OR REPLACE INTO {table} VALUES (?, ?)", rows)

    def keep_only(self, table: Table, keys: frozenset[bytes]) -> None:
        """Forget everything that is not under one of `keys`."""
        self.drop(table, self.keys(table) - keys)

    def drop(self, table: Table, keys: Iterable[bytes]) -> None:
        """Forget what is under these keys."""
        self._database.executemany(f"DELETE FROM {table} WHERE key = ?", ((key,) for key in keys))

    def commit(self) -> None:
        """Write down what was put so far, so that no crash can lose it."""
        self._database.commit()

    def close(self) -> None:
        """Write everything down."""
        self._database.commit()
        self._database.close()

    def _own(self) -> sqlite3.Connection:
        """The connection of this process: a forked one opens the file for itself, what is in memory it has already."""
        if self._process != os.getpid():
            self._process = os.getpid()
            if self._path:
                # Closing it would undo what its owner has not committed.
                self._inherited = self._database
                self._database = sqlite3.connect(f"{self._path.absolute().as_uri()}?mode=ro", WAIT, uri=True)
        return self._database

    def _open(self) -> sqlite3.Connection:
        if self._path is None:
            return self._prepared(sqlite3.connect(":memory:"))
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            return self._do_without(str(error.strerror))
        try:
            return self._on_disk(self._path)
        except sqlite3.DatabaseError as error:
            if getattr(error, "sqlite_errorcode", None) in OUT_OF_REACH:
                return self._do_without(str(error))
            message = f"thrown away, because it could not be read ({error}); this build starts from nothing"
            self.problems.append(Problem(str(self._path), 0, "", message, Severity.NOTE))
            for path in self._path.parent.glob(FILE_NAME + "*"):
                path.unlink()
            return self._on_disk(self._path)

    def _on_disk(self, path: Path) -> sqlite3.Connection:
        database = self._prepared(sqlite3.connect(path, timeout=WAIT))
        try:
            os.utime(path)
            self.opened = path.stat().st_mtime_ns
        except OSError as error:
            database.close()
            return self._do_without(str(error.strerror))
        return database

    def _do_without(self, reason: str) -> sqlite3.Connection:
        """A store that forgets, because the folder, or the file in it, is not ours to write now."""
        message = f"nothing can be kept here ({reason}); choose another folder with --cache"
        self.problems.append(Problem(str(self._path and self._path.parent), 0, "", message, Severity.NOTE))
        self._path = None
        return self._prepared(sqlite3.connect(":memory:"))

    @staticmethod
    def _prepared(database: sqlite3.Connection) -> sqlite3.Connection:
        try:
            fresh = not database.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
            if fresh:
                for table in Table:
                    # With row ids: values then lie in the order of writing, not among keys that have none.
                    database.execute(f"CREATE TABLE {table} (key BLOB PRIMARY KEY, value BLOB NOT NULL)")
                database.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
                database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            version = database.execute("PRAGMA user_version").fetchone()[0]
            application = database.execute("PRAGMA application_id").fetchone()[0]
            if (version, application) != (SCHEMA_VERSION, APPLICATION_ID):
                raise sqlite3.DatabaseError("it is not a store of this version")
            for table in Table:
                database.execute(f"SELECT key, value FROM {table} LIMIT 1").fetchone()
        except sqlite3.DatabaseError:
            database.close()
            raise
        return database
