"""Seeds -> articles, from the store where it knows them, else by several processes at once."""

import hashlib
import pickle
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from sitegen import parallel
from sitegen.config import Settings
from sitegen.errors import InputError
from sitegen.model import Article, ArticleId, Problem, RawSeed, Severity
from sitegen.model.packing import pack, unpack
from sitegen.options import Observer, Options
from sitegen.pipeline.unchanged import records, unchanged
from sitegen.search import WORDS_VERSION, read_words
from sitegen.seeds import SeedFile, find_seeds, parse_seed, read_seed
from sitegen.store import Store, Table
from sitegen.understand import RULES_VERSION, understand

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Understood:
    """What came of one seed: its article, unless it had to be set aside, and what should be mended."""

    article: Article | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Understanding:
    """What came of all seeds.

    Attributes:
        articles: of every seed that can be read.
        words: what search needs of each article, pickled.
        problems: of those that cannot be read, and others.
    """

    articles: Sequence[Article]
    words: Mapping[ArticleId, bytes]
    problems: tuple[Problem, ...]


def understand_seeds(options: Options, settings: Settings, store: Store, observer: Observer) -> Understanding:
    """What all seeds say.

    Raises:
        InputError: there is no seeds folder, or no article in it.
    """
    found = find_seeds(options.seeds, apart=(settings.templates, settings.static))
    observer.begin("understand", len(found.files))
    articles: list[Article] = []
    words: dict[ArticleId, bytes] = {}
    problems = [*_below(options.seeds, found.problems), *store.problems]
    for value in _results(found.files, options, store):
        packed, own_words = pickle.loads(value)  # noqa: S301 (our own store)
        article, notes = unpack(packed)
        problems.extend(_below(options.seeds, notes))
        if article:
            articles.append(article)
            words[article.id] = own_words
        observer.advance()
    if not articles:
        problems.append(Problem(str(options.seeds), 0, "", "holds no article; put texts into it", Severity.ERROR))
        raise InputError(problems)
    return Understanding(articles, words, tuple(problems))


def _results(files: Sequence[SeedFile], options: Options, store: Store) -> Iterator[bytes]:
    """What came of each seed, pickled, in order; seeds whose stamps are as they were are not opened."""
    version = _version().encode()
    known, seen = store.keys(Table.ARTICLES), store.all(Table.SEEDS)
    kept = dict(unchanged(files, seen, known, version))
    opened = [file for file in files if file.path not in kept]
    task = partial(_understand_seed, options, known)
    fresh = _naming_the_seed(parallel.run(task, opened, options.jobs), options.seeds)
    keys: list[bytes] = []
    for file in files:
        key, value = (kept[file.path], None) if file.path in kept else next(fresh)
        keys.append(key)
        if value is None:
            value = store.get(Table.ARTICLES, key)
        elif key:
            store.put(Table.ARTICLES, [(key, value)])
        yield value
    read = (pair for pair in zip(files, keys, strict=True) if pair[0].path not in kept)
    store.put(Table.SEEDS, records(read, store.opened, version))
    store.keep_only(Table.SEEDS, frozenset(file.path.encode() for file in files))
    store.keep_only(Table.ARTICLES, frozenset(keys))
    store.commit()


def _naming_the_seed(results: Iterable[Value], folder: Path) -> Iterator[Value]:
    """`results`, with the seed at fault named where a worker fails."""
    try:
        yield from results
    except parallel.WorkerError as failure:
        place = failure.item.path if isinstance(failure.item, SeedFile) else "?"
        raise RuntimeError(f"{folder}/{place}: {failure}") from failure


def _below(folder: Path, problems: Iterable[Problem]) -> list[Problem]:
    """Problems of seeds, with the paths under which the person who ran the program knows them."""
    return [replace(problem, path=f"{folder}/{problem.path}") for problem in problems]


def _understand_seed(options: Options, known: frozenset[bytes], file: SeedFile) -> tuple[bytes, bytes | None]:
    """The key of a seed's result in the store, and the result, pickled, unless the store knows it."""
    try:
        raw = read_seed(options.seeds, file)
    except InputError as error:
        return b"", pickle.dumps((pack((None, error.problems)), b""))
    key = _store_key(raw)
    if key in known:
        return key, None
    understood = understand_seed(raw, options.cache)
    words = pickle.dumps(read_words(understood.article)) if understood.article else b""
    return key, pickle.dumps((pack((understood.article, understood.problems)), words))


def understand_seed(raw: RawSeed, cache: Path | None = None) -> Understood:
    """The article of one seed, or why there is none; see `understand`."""
    try:
        parsed = parse_seed(raw)
    except InputError as error:
        return Understood(None, error.problems)
    return Understood(understand(parsed.document, cache), parsed.problems)


def _version() -> str:
    """Another one when the same seed would be understood otherwise."""
    return f"{RULES_VERSION}\0{WORDS_VERSION}"


def _store_key(raw: RawSeed) -> bytes:
    correction = raw.correction.sha256 if raw.correction else ""
    return hashlib.sha256(f"{_version()}\0{raw.path}\0{raw.sha256}\0{correction}".encode()).digest()
