"""Seeds -> articles, from the store where it knows them, else by several processes at once."""

import hashlib
import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path
from typing import NamedTuple, TypeVar

from sitegen import parallel
from sitegen.config import Settings
from sitegen.errors import InputError
from sitegen.model import Article, ArticleId, Problem, RawSeed, Severity, Text
from sitegen.model.packing import article_of_facts, pack, plain_facts, unpack
from sitegen.options import Observer, Options
from sitegen.pipeline.unchanged import records, unchanged
from sitegen.search import WORDS_VERSION, ArticleWords, read_words
from sitegen.seeds import SeedFile, find_seeds, parse_seed, read_seed
from sitegen.store import Store, Table
from sitegen.understand import RULES_VERSION, understand

Value = TypeVar("Value")
TEXTS_KEPT = 256
"""How many texts that were opened a process keeps open: those of a page or two of a list."""


@dataclass(frozen=True, slots=True)
class Understood:
    """What came of one seed: its article, unless it had to be set aside, and what should be mended."""

    article: Article | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Understanding:
    """What came of all seeds.

    Attributes:
        articles: of every seed that can be read; their texts lie in the store.
        words: gives what search needs of an article, in any process.
        problems: of those that cannot be read, and others.
    """

    articles: Sequence[Article]
    words: Callable[[ArticleId], ArticleWords]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class StoredText:
    """The text of an article, in the store under `key`."""

    open: Callable[[bytes], Text]
    key: bytes

    def read(self) -> Text:
        """The text."""
        return self.open(self.key)


class Packed(NamedTuple):
    """What came of one seed, as bytes: the article's facts with what should be mended, its text and its words."""

    facts: bytes
    text: bytes = b""
    words: bytes = b""


def understand_seeds(options: Options, settings: Settings, store: Store, observer: Observer) -> Understanding:
    """What all seeds say.

    Raises:
        InputError: there is no seeds folder, or no article in it.
    """
    found = find_seeds(options.seeds, apart=(settings.templates, settings.static))
    observer.begin("understand", len(found.files))
    articles: list[Article] = []
    keys: dict[ArticleId, bytes] = {}
    problems = [*_below(options.seeds, found.problems), *store.problems]
    open_text = lru_cache(TEXTS_KEPT)(partial(_open_text, store))
    for key, packed in _results(found.files, options, store):
        facts, notes = unpack(packed)
        problems.extend(_below(options.seeds, notes))
        if facts:
            article = article_of_facts(facts, StoredText(open_text, key))
            articles.append(article)
            keys[article.id] = key
        observer.advance()
    if not articles:
        problems.append(Problem(str(options.seeds), 0, "", "holds no article; put texts into it", Severity.ERROR))
        raise InputError(problems)
    return Understanding(articles, partial(_stored_words, store, keys), tuple(problems))


def _open_text(store: Store, key: bytes) -> Text:
    text: Text = unpack(store.get(Table.TEXTS, key))
    return text


def _stored_words(store: Store, keys: Mapping[ArticleId, bytes], article: ArticleId) -> ArticleWords:
    words: ArticleWords = pickle.loads(store.get(Table.WORDS, keys[article]))  # noqa: S301 (our own store)
    return words


def _results(files: Sequence[SeedFile], options: Options, store: Store) -> Iterator[tuple[bytes, bytes]]:
    """The key of each seed in the store (b"" when it cannot be read) and the facts of it, packed, in order.

    Seeds whose stamps are as they were are not opened.
    """
    version = _version().encode()
    known, seen = store.keys(Table.ARTICLES), store.all(Table.SEEDS)
    kept = dict(unchanged(files, seen, known, version))
    opened = [file for file in files if file.path not in kept]
    task = partial(_understand_seed, options, known)
    fresh = _naming_the_seed(parallel.run(task, opened, options.jobs), options.seeds)
    keys: list[bytes] = []
    for file in files:
        key, packed = (kept[file.path], None) if file.path in kept else next(fresh)
        keys.append(key)
        if packed and key:
            for table, value in zip((Table.ARTICLES, Table.TEXTS, Table.WORDS), packed, strict=True):
                store.put(table, [(key, value)])
        yield key, packed.facts if packed else store.get(Table.ARTICLES, key)
    read = (pair for pair in zip(files, keys, strict=True) if pair[0].path not in kept)
    store.put(Table.SEEDS, records(read, store.opened, version))
    store.keep_only(Table.SEEDS, frozenset(file.path.encode() for file in files))
    for table in (Table.ARTICLES, Table.TEXTS, Table.WORDS):
        store.keep_only(table, frozenset(keys))
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


def _understand_seed(options: Options, known: frozenset[bytes], file: SeedFile) -> tuple[bytes, Packed | None]:
    """The key of a seed's result in the store, and the result, unless the store knows it."""
    try:
        raw = read_seed(options.seeds, file)
    except InputError as error:
        return b"", Packed(pack((None, error.problems)))
    key = _store_key(raw)
    return key, None if key in known else _pack(understand_seed(raw, options.cache))


def _pack(understood: Understood) -> Packed:
    article, problems = understood.article, understood.problems
    if article is None:
        return Packed(pack((None, problems)))
    return Packed(pack((plain_facts(article), problems)), pack(article.text), pickle.dumps(read_words(article)))


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
