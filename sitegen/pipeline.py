"""The way through, stage by stage: a folder of seeds becomes a published site.

The only place where the stages meet. Prints nothing and knows no clock: an Observer is told what goes on.
"""

import hashlib
import pickle
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Protocol, TypeVar

from sitegen import parallel
from sitegen.archive import (
    ADDRESSES_FILE,
    CORRECTIONS_FILE,
    NO_CORRECTIONS,
    Corrections,
    Frozen,
    connect,
    format_addresses,
    parse_addresses,
    parse_corrections,
    review,
)
from sitegen.authority import load_authority
from sitegen.config import FILE_NAME as SETTINGS_FILE
from sitegen.config import Settings, parse_settings
from sitegen.errors import InputError
from sitegen.model import Archive, Article, OutputFile, Problem, RawSeed, Severity
from sitegen.pages import Planner, plan
from sitegen.publish import Publisher, Written
from sitegen.render import Renderer
from sitegen.resources import shipped_folder
from sitegen.search import index_archive
from sitegen.seeds import SeedFile, document_markdown, find_seeds, parse_seed, read_seed
from sitegen.store import Store
from sitegen.understand import RULES_VERSION, understand

__all__ = ["Built", "Edited", "Observer", "Options", "build_site", "freeze_addresses", "review", "understand_seed"]

Value = TypeVar("Value")


class Observer(Protocol):
    """Is told which stage begins, of how many steps, and of each step done."""

    def begin(self, stage: str, steps: int) -> None: ...

    def advance(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Options:
    """What one run of the program was asked for.

    Attributes:
        cache: where the store lies; None builds from nothing and remembers nothing.
        base_url: in place of the settings'; None leaves them as they are.
        jobs: how many processes may work at once.
        strict: whether problems that are more than notes keep the site from being published.
    """

    seeds: Path
    output: Path
    cache: Path | None
    base_url: str | None
    jobs: int
    strict: bool


@dataclass(frozen=True, slots=True)
class Edited:
    """What people wrote beside the seeds: settings, corrections, lasting addresses."""

    settings: Settings
    corrections: Corrections
    frozen: tuple[Frozen, ...]


@dataclass(frozen=True, slots=True)
class Understood:
    """What came of one seed: its article, unless it had to be set aside, and what should be mended."""

    article: Article | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Built:
    """A published site, in numbers, and what should be mended."""

    archive: Archive
    files: int
    bytes: int
    problems: tuple[Problem, ...]


def build_site(options: Options, observer: Observer) -> Built:
    """Build and publish the site.

    Raises:
        InputError: nothing was published; what must be mended first.
        PublishError: the output folder is as it was.
    """
    edited = read_edited(options)
    with Publisher(options.output, apart=(options.seeds,)) as publisher:
        articles, problems = understand_seeds(options, edited.settings, observer)
        observer.begin("connect", 1)
        archive = connect_articles(articles, edited)
        problems = tuple(sorted({*problems, *archive.problems}))
        refuse_problems(problems, options)
        written = write_site(archive, edited.settings, options, publisher.write, observer)
        observer.begin("publish", 1)
        publisher.commit(written)
    return Built(archive, len(written), sum(file.size for file in written), problems)


def freeze_addresses(options: Options, observer: Observer) -> tuple[Path, int]:
    """Record every address now in use beside the seeds; returns the file and how many it lists.

    Raises:
        InputError: the seeds must be mended first, or nothing can be written beside them.
    """
    edited = read_edited(options)
    articles, problems = understand_seeds(options, edited.settings, observer)
    refuse_problems(problems, options)
    text = format_addresses(connect_articles(articles, edited), edited.frozen)
    place = options.seeds / ADDRESSES_FILE
    draft = place.with_name(f".{ADDRESSES_FILE}.next")
    try:
        draft.write_text(text, "utf-8")
        draft.replace(place)
    except OSError as error:
        message = f"cannot be written ({error.strerror}); allow writing beside the seeds"
        raise InputError([Problem(str(place), 0, "", message, Severity.ERROR)]) from error
    return place, text.count("\n") - 1


def read_edited(options: Options) -> Edited:
    """The files beside the seeds; each may be missing.

    Raises:
        InputError: the problems of all of them together.
    """
    problems: list[Problem] = []
    settings = _read_beside(options, SETTINGS_FILE, parse_settings, Settings(), problems)
    corrections = _read_beside(options, CORRECTIONS_FILE, parse_corrections, NO_CORRECTIONS, problems)
    none_frozen: tuple[Frozen, ...] = ()
    frozen = _read_beside(options, ADDRESSES_FILE, parse_addresses, none_frozen, problems)
    if problems:
        raise InputError(problems)
    return Edited(replace(settings, base_url=options.base_url or settings.base_url), corrections, frozen)


def _read_beside(
    options: Options, name: str, parse: Callable[[str, str], Value], default: Value, problems: list[Problem]
) -> Value:
    path = options.seeds / name
    try:
        return parse(path.read_text("utf-8-sig"), str(path))
    except (FileNotFoundError, NotADirectoryError):
        return default
    except (OSError, UnicodeDecodeError) as error:
        problems.append(Problem(str(path), 0, "", f"cannot be read: {error}; save it as UTF-8 text", Severity.ERROR))
    except InputError as error:
        problems.extend(error.problems)
    return default


def understand_seeds(
    options: Options, settings: Settings, observer: Observer
) -> tuple[list[Article], tuple[Problem, ...]]:
    """The article of every seed that can be read, and the problems of those that cannot.

    Raises:
        InputError: there is no seeds folder, or no article in it.
    """
    found = find_seeds(options.seeds, apart=(settings.templates, settings.static))
    observer.begin("understand", len(found.files))
    store = Store(options.cache)
    articles: list[Article] = []
    problems = [*_below(options.seeds, found.problems), *store.problems]
    fresh: dict[bytes, bytes] = {}
    used: set[bytes] = set()
    task = partial(_understand_seed, options.seeds, store.keys())
    for key, pickled in _naming_the_seed(parallel.run(task, found.files, options.jobs), options.seeds):
        value = pickled if pickled is not None else store.get(key)
        understood: Understood = pickle.loads(value)  # noqa: S301 (our own store)
        if pickled is not None:
            fresh[key] = pickled
        used.add(key)
        problems.extend(_below(options.seeds, understood.problems))
        if understood.article:
            articles.append(understood.article)
        observer.advance()
    store.put(fresh.items())
    store.keep_only(frozenset(used))
    store.close()
    if not articles:
        problems.append(Problem(str(options.seeds), 0, "", "holds no article; put texts into it", Severity.ERROR))
        raise InputError(problems)
    return articles, tuple(problems)


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


def _understand_seed(folder: Path, known: frozenset[bytes], file: SeedFile) -> tuple[bytes, bytes | None]:
    """The key of a seed's result in the store, and the result, pickled, unless the store knows it."""
    try:
        raw = read_seed(folder, file)
    except InputError as error:
        return b"", pickle.dumps(Understood(None, error.problems))
    key = _store_key(raw)
    if key in known:
        return key, None
    return key, pickle.dumps(understand_seed(raw), protocol=pickle.HIGHEST_PROTOCOL)


def understand_seed(raw: RawSeed) -> Understood:
    """The article of one seed, or why there is none."""
    try:
        parsed = parse_seed(raw)
    except InputError as error:
        return Understood(None, error.problems)
    return Understood(understand(parsed.document), parsed.problems)


def _store_key(raw: RawSeed) -> bytes:
    correction = raw.correction.sha256 if raw.correction else ""
    return hashlib.sha256(f"{RULES_VERSION}\0{raw.path}\0{raw.sha256}\0{correction}".encode()).digest()


def connect_articles(articles: Iterable[Article], edited: Edited) -> Archive:
    """The articles as one archive."""
    return connect(articles, edited.settings, load_authority(), edited.corrections, edited.frozen)


def refuse_problems(problems: Iterable[Problem], options: Options) -> None:
    """Raise InputError when a strict run met a problem that is more than a note."""
    grave = [problem for problem in problems if problem.severity is not Severity.NOTE]
    if options.strict and grave:
        raise InputError(grave)


def write_site(
    archive: Archive,
    settings: Settings,
    options: Options,
    write: Callable[[OutputFile], Written],
    observer: Observer,
) -> list[Written]:
    """Write every file of the site but the manifest; returns what was written."""
    renderer = Renderer(settings, _folders("templates", settings.templates, options.seeds))
    planners: list[Planner] = [
        partial(index_archive, archive, settings),
        *plan(archive, settings, document_markdown, _folders("static", settings.static, options.seeds)),
    ]

    def write_planned(planner: Planner) -> list[Written]:
        return [
            write(planned if isinstance(planned, OutputFile) else renderer.render(planned)) for planned in planner()
        ]

    observer.begin("write", len(planners))
    written: list[Written] = []
    for files in parallel.run(write_planned, planners, options.jobs):
        written.extend(files)
        observer.advance()
    return written


def watched_folders(options: Options) -> tuple[Path, ...]:
    """Every folder whose files make up the site."""
    settings = read_edited(options).settings
    return (
        options.seeds,
        *_folders("templates", settings.templates, options.seeds),
        *_folders("static", settings.static, options.seeds),
    )


def _folders(name: str, own: str, seeds: Path) -> tuple[Path, ...]:
    """Where files of a kind lie: the site's own folder first, where the settings name one, then ours."""
    return (*((seeds / own,) if own else ()), shipped_folder(name))
