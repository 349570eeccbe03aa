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
from sitegen.model import Article, ArticleId, Problem, RawSeed, Severity
from sitegen.model.packing import pack, plain_facts
from sitegen.options import Observer, Options
from sitegen.pages import Sentence, cut_sentences
from sitegen.pipeline.shelf import Shelf, Understood
from sitegen.pipeline.unchanged import records, unchanged
from sitegen.search import WORDS_VERSION, ArticleWords, pack_words, read_words, unpack_words
from sitegen.seeds import SeedFile, find_seeds, parse_seed, read_seed
from sitegen.store import Store, Table
from sitegen.understand import RULES_VERSION, understand
from sitegen.versions import version_of

READING_SOURCES, READING_LIBRARIES = ("seeds",), ("charset-normalizer", "pyyaml")
"""What seeds are read by."""

SENTENCES_SOURCES = ("pages/sentences.py", "pages/text.py")
SENTENCES_KEPT = 4096
"""Of how many articles a process has the sentences at hand; each is on the pages of some eight terms."""

TABLES = (Table.ARTICLES, Table.TEXTS, Table.SENTENCES, Table.WORDS)
"""Where what came of a seed is kept."""

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Understanding:
    """What came of all seeds.

    Attributes:
        articles: of every seed that can be read; their texts lie in the store.
        sentences: gives the sentence of each mention of an article, in any process.
        words: gives what search needs of an article, in any process.
        keys: of each article one that is another when its words are.
        problems: of those that cannot be read, and others.
    """

    articles: Sequence[Article]
    sentences: Callable[[Article], Sequence[Sentence]]
    words: Callable[[ArticleId], ArticleWords]
    keys: Mapping[ArticleId, bytes]
    problems: tuple[Problem, ...]


class Packed(NamedTuple):
    """What came of one seed, as bytes for each of TABLES.

    Attributes:
        facts: the article's, and what should be mended.
        sentences, words: what pages and search need of the text, so that it need not be opened for that.
    """

    facts: bytes
    text: bytes = b""
    sentences: bytes = b""
    words: bytes = b""


def understand_seeds(
    options: Options, settings: Settings, store: Store, observer: Observer, shelf: Shelf
) -> Understanding:
    """What all seeds say.

    Args:
        shelf: what builds before this one, of this process, have read from the store.

    Raises:
        InputError: there is no seeds folder, or no article in it.
    """
    found = find_seeds(options.seeds, apart=(settings.templates, settings.static))
    observer.begin("understand", len(found.files))
    articles: list[Article] = []
    keys: dict[ArticleId, bytes] = {}
    problems = [*_below(options.seeds, found.problems), *store.problems]
    for key, understood in shelf.fill(store, _results(found.files, options, store)):
        problems.extend(_below(options.seeds, understood.problems))
        if understood.article:
            articles.append(understood.article)
            keys[understood.article.id] = key
        observer.advance()
    if not articles:
        problems.append(Problem(str(options.seeds), 0, "", "holds no article; put texts into it", Severity.ERROR))
        raise InputError(problems)
    sentences, words = _stored_sentences(store, keys), partial(_stored_words, store, keys)
    return Understanding(articles, sentences, words, keys, tuple(problems))


def _stored_sentences(store: Store, keys: Mapping[ArticleId, bytes]) -> Callable[[Article], Sequence[Sentence]]:
    @lru_cache(SENTENCES_KEPT)
    def read(article: ArticleId) -> Sequence[Sentence]:
        rows = pickle.loads(store.get(Table.SENTENCES, keys[article]))  # noqa: S301 (our own store)
        return tuple(map(Sentence._make, rows))

    return lambda article: read(article.id)


def _stored_words(store: Store, keys: Mapping[ArticleId, bytes], article: ArticleId) -> ArticleWords:
    return unpack_words(store.get(Table.WORDS, keys[article]))


def _results(files: Sequence[SeedFile], options: Options, store: Store) -> Iterator[tuple[bytes, bytes | None]]:
    """The key of each seed in the store, in order, and the facts of it, packed; None for those that the store knew.

    The key is b"" when a seed cannot be read. Seeds whose stamps are as they were are not opened.
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
            for table, value in zip(TABLES, packed, strict=True):
                store.put(table, [(key, value)])
        yield key, packed and packed.facts
    read = (pair for pair in zip(files, keys, strict=True) if pair[0].path not in kept)
    store.put(Table.SEEDS, records(read, store.opened, version))
    store.keep_only(Table.SEEDS, frozenset(file.path.encode() for file in files))
    for table in TABLES:
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
    return Packed(
        facts=pack((plain_facts(article), problems)),
        text=pack(article.text),
        sentences=pickle.dumps(tuple(map(tuple, cut_sentences(article)))),
        words=pack_words(read_words(article)),
    )


def understand_seed(raw: RawSeed, cache: Path | None = None) -> Understood:
    """The article of one seed, or why there is none; see `understand`."""
    try:
        parsed = parse_seed(raw)
    except InputError as error:
        return Understood(None, error.problems)
    return Understood(understand(parsed.document, cache), parsed.problems)


def _version() -> str:
    """Another one when the same seed would be understood otherwise."""
    made_by = version_of((*READING_SOURCES, *SENTENCES_SOURCES), READING_LIBRARIES)
    return f"{made_by}\0{RULES_VERSION}\0{WORDS_VERSION}"


def _store_key(raw: RawSeed) -> bytes:
    correction = raw.correction.sha256 if raw.correction else ""
    return hashlib.sha256(f"{_version()}\0{raw.path}\0{raw.sha256}\0{correction}".encode()).digest()
