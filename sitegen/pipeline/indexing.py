"""Archive -> units of the search index; what earlier builds gathered of runs of articles is not gathered again."""

import pickle
from collections.abc import Sequence
from functools import partial
from hashlib import blake2b

from sitegen import parallel
from sitegen.config import Settings
from sitegen.model import Archive, ArticleId, Unit
from sitegen.pipeline.understanding import Understanding
from sitegen.search import Run, Vocabulary, cut_runs, gather_words, index_archive, number_words
from sitegen.store import Store, Table
from sitegen.versions import version_of

RUNS_SOURCES = tuple(
    f"search/{name}.py" for name in ("affixes", "analyzer", "names", "runs", "stems", "vocabulary", "words")
)
RUNS_LIBRARIES = ("numpy", "regex", "snowballstemmer")


def index_units(
    archive: Archive, understanding: Understanding, settings: Settings, store: Store, jobs: int
) -> list[Unit]:
    """Every file of the search index."""
    ids = [record.article.id for record in archive.records]
    version = version_of(RUNS_SOURCES, RUNS_LIBRARIES).encode()
    keyed = {_key(version, understanding, run): run for run in (ids[own.start : own.stop] for own in cut_runs(ids))}
    known = store.keys(Table.RUNS)
    # Without the vocabulary of their words runs are worth nothing.
    vocabulary = Vocabulary.unpack(store.get(Table.RUNS, version)) if version in known else Vocabulary()
    missing = [key for key in keyed if key not in known]
    gathered = parallel.run(partial(_gather_run, understanding), [keyed[key] for key in missing], jobs)
    fresh = {key: number_words(run, vocabulary) for key, run in zip(missing, gathered, strict=True)}
    runs = [fresh.get(key) or pickle.loads(store.get(Table.RUNS, key)) for key in keyed]  # noqa: S301 (our own store)
    units = list(index_archive(archive, settings, runs, vocabulary))
    # Not before: as long as others read the store, writing it might wait for them.
    store.put(Table.RUNS, ((key, pickle.dumps(run)) for key, run in fresh.items()))
    store.put(Table.RUNS, [(version, vocabulary.pack())])
    store.keep_only(Table.RUNS, frozenset() if vocabulary.is_overgrown else frozenset({*keyed, version}))
    store.commit()
    return units


def _key(version: bytes, understanding: Understanding, run: Sequence[ArticleId]) -> bytes:
    """Under which a run is remembered."""
    return blake2b(version + b"".join(understanding.keys[own] for own in run), digest_size=16).digest()


def _gather_run(understanding: Understanding, run: Sequence[ArticleId]) -> Run[str]:
    return gather_words(map(understanding.words, run))
