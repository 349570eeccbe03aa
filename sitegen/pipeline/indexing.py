"""Archive -> files of the search index; what earlier builds gathered of runs of articles is not gathered again."""

import pickle
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from sitegen.config import Settings
from sitegen.model import Archive, ArticleId, Unit
from sitegen.pipeline.understanding import Understanding
from sitegen.search import Vocabulary, cut_runs, gather_words, index_archive, number_words
from sitegen.store import Store, Table
from sitegen.units import Makings
from sitegen.versions import version_of

RUNS_SOURCES = tuple(
    f"search/{name}.py" for name in ("affixes", "analyzer", "names", "runs", "stems", "vocabulary", "words")
)
RUNS_LIBRARIES = ("numpy", "regex", "snowballstemmer")


@dataclass(frozen=True, slots=True)
class Index:
    """The search index as it was made, and what of it later builds need not work out again.

    Attributes:
        makings: of its units.
        runs: new rows of the store's runs.
        kept: the keys of the runs that are in use.
    """

    makings: Makings
    runs: tuple[tuple[bytes, bytes], ...]
    kept: frozenset[bytes]


def make_index(
    archive: Archive,
    understanding: Understanding,
    settings: Settings,
    store: Store,
    make_all: Callable[[Iterable[Unit]], Makings],
) -> Index:
    """Make every file of the search index, in any process: nothing is put into the store."""
    ids = [record.article.id for record in archive.records]
    version = version_of(RUNS_SOURCES, RUNS_LIBRARIES).encode()
    keyed = {_key(version, understanding, run): run for run in (ids[own.start : own.stop] for own in cut_runs(ids))}
    known = store.keys(Table.RUNS)
    # Without the vocabulary of their words runs are worth nothing.
    vocabulary = Vocabulary.unpack(store.get(Table.RUNS, version)) if version in known else Vocabulary()
    fresh = {
        key: number_words(gather_words(map(understanding.words, run)), vocabulary)
        for key, run in keyed.items()
        if key not in known
    }
    runs = [fresh.get(key) or pickle.loads(store.get(Table.RUNS, key)) for key in keyed]  # noqa: S301 (our own store)
    makings = make_all(index_archive(archive, settings, runs, vocabulary))
    rows = [*((key, pickle.dumps(run)) for key, run in fresh.items()), (version, vocabulary.pack())]
    return Index(makings, tuple(rows), frozenset() if vocabulary.is_overgrown else frozenset({*keyed, version}))


def remember_index(index: Index, store: Store) -> None:
    """Put what is worth it into the store."""
    store.put(Table.RUNS, index.runs)
    store.keep_only(Table.RUNS, index.kept)
    store.commit()


def _key(version: bytes, understanding: Understanding, run: Sequence[ArticleId]) -> bytes:
    """Under which a run is remembered."""
    return blake2b(version + b"".join(understanding.keys[own] for own in run), digest_size=16).digest()
