"""Archive -> units of the search index; what earlier builds gathered of runs of articles is not gathered again."""

import pickle
from collections.abc import Iterator, Sequence
from functools import partial
from hashlib import blake2b

from sitegen import parallel
from sitegen.config import Settings
from sitegen.model import Archive, ArticleId, Unit
from sitegen.pipeline.understanding import Understanding
from sitegen.search import Run, cut_runs, gather_words, index_archive
from sitegen.store import Store, Table
from sitegen.versions import version_of

RUNS_SOURCES = ("search/runs.py", "search/words.py")
RUNS_LIBRARIES = ("numpy",)


def index_units(
    archive: Archive, understanding: Understanding, settings: Settings, store: Store, jobs: int
) -> Iterator[Unit]:
    """Every file of the search index."""
    return index_archive(archive, settings, _gather_runs(archive, understanding, store, jobs))


def _gather_runs(archive: Archive, understanding: Understanding, store: Store, jobs: int) -> list[Run]:
    """The words of all articles, run by run."""
    ids = [record.article.id for record in archive.records]
    runs = {_key(understanding, run): run for run in (ids[own.start : own.stop] for own in cut_runs(ids))}
    known = store.keys(Table.RUNS)
    missing = [key for key in runs if key not in known]
    gathered = list(parallel.run(partial(_gather_run, understanding), [runs[key] for key in missing], jobs))
    # Not before: as long as others read the store, writing it might wait for them.
    store.put(Table.RUNS, zip(missing, gathered, strict=True))
    store.keep_only(Table.RUNS, frozenset(runs))
    store.commit()
    return [pickle.loads(store.get(Table.RUNS, key)) for key in runs]  # noqa: S301 (our own store)


def _key(understanding: Understanding, run: Sequence[ArticleId]) -> bytes:
    """Under which a run is remembered."""
    version = version_of(RUNS_SOURCES, RUNS_LIBRARIES).encode()
    return blake2b(version + b"".join(understanding.keys[own] for own in run), digest_size=16).digest()


def _gather_run(understanding: Understanding, run: Sequence[ArticleId]) -> bytes:
    return pickle.dumps(gather_words(map(understanding.words, run)))
