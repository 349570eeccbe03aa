"""What came of each seed, as this process has read it from the store: its next build need not read that again."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from sitegen.model import Article, Problem, Text
from sitegen.model.packing import article_of_facts, unpack
from sitegen.store import Store, Table

TEXTS_KEPT = 256
"""How many texts that were opened stay open: those of a page or two of a list."""


@dataclass(frozen=True, slots=True)
class Understood:
    """What came of one seed: its article, unless it had to be set aside, and what should be mended."""

    article: Article | None
    problems: tuple[Problem, ...]


class Shelf:
    """What came of the seeds of the last build, by its keys in the store. One build after the other may use a shelf."""

    def __init__(self) -> None:
        self._held: dict[bytes, Understood] = {}
        self._store: Store | None = None
        self.open_text = lru_cache(TEXTS_KEPT)(self._open_text)

    def fill(self, store: Store, packed: Iterable[tuple[bytes, bytes | None]]) -> Iterator[tuple[bytes, Understood]]:
        """What came of every seed, with its key; when all is given, the shelf holds this and nothing else.

        Args:
            store: of the build that is at work; the texts of all articles are read from it from now on.
            packed: the key of each seed, and what came of it; None for what the store has.
        """
        self._store = store
        held: dict[bytes, Understood] = {}
        for key, facts in packed:
            held[key] = self._held.get(key) or self._unpack(key, facts or store.get(Table.ARTICLES, key))
            yield key, held[key]
        # What has no key could not be read: it says nothing about the next seed of which that is true.
        held.pop(b"", None)
        self._held = held

    def _unpack(self, key: bytes, packed: bytes) -> Understood:
        facts, problems = unpack(packed)
        return Understood(facts and article_of_facts(facts, StoredText(self, key)), problems)

    def _open_text(self, key: bytes) -> Text:
        assert self._store
        text: Text = unpack(self._store.get(Table.TEXTS, key))
        return text


@dataclass(frozen=True, slots=True)
class StoredText:
    """The text of an article, in the store under `key`."""

    shelf: Shelf
    key: bytes

    def read(self) -> Text:
        """The text, in any process."""
        return self.shelf.open_text(self.key)
