"""The stages in order: everything is read, understood, connected, made and published."""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path

from sitegen import parallel
from sitegen.archive import ADDRESSES_FILE, connect, format_addresses, review
from sitegen.authority import load_authority
from sitegen.errors import InputError
from sitegen.last_build import LastBuild
from sitegen.model import Archive, Article, Built, Problem, Severity, TermKind
from sitegen.options import Observer, Options
from sitegen.pipeline.edited import Edited, read_edited
from sitegen.pipeline.indexing import make_index, remember_index
from sitegen.pipeline.shelf import Shelf
from sitegen.pipeline.site import page_units, site_maker
from sitegen.pipeline.understanding import understand_seeds
from sitegen.publish import Publisher
from sitegen.remembered import recall
from sitegen.store import Store
from sitegen.units import keep_all


def build_all(options: Options, store: Store, last: LastBuild, observer: Observer, shelf: Shelf) -> Built:
    """Build and publish the site, with what the store and the shelf hold; `last` is told what came of it.

    Raises:
        InputError: nothing was published; what must be mended first.
        PublishError: the output folder is as it was.
    """
    edited = read_edited(options)
    with Publisher(options.output, apart=(options.seeds,), jobs=options.jobs) as publisher:
        understanding = understand_seeds(options, edited.settings, store, observer, shelf)
        observer.begin("connect", 1)
        archive = connect_articles(understanding.articles, edited)
        problems = tuple(sorted({*understanding.problems, *archive.problems}))
        refuse_problems(problems, options)
        maker = site_maker(edited.settings, options, store)
        remembered = recall(store, publisher)
        observer.begin("index", 1)
        make = partial(replace(maker, jobs=1).make_all, remembered=remembered)
        indexing = partial(make_index, archive, understanding, edited.settings, store, make)
        # Beside the pages; its memory is gone before they need most.
        with parallel.beside(indexing, options.jobs) as index_made:
            units = list(page_units(archive, understanding.sentences, edited.settings, options))
            observer.begin("write", len(units))
            pages = maker.make_all(units, remembered, observer.advance)
            index = index_made()
        remember_index(index, store)
        observer.begin("publish", 1)
        published = publisher.commit(*keep_all(remembered, (index.makings, pages)))
        remembered.confirm(published.name)
    built = Built(
        articles=len(archive.records),
        terms={kind: len(archive.of_kind(kind)) for kind in TermKind},
        files=published.files,
        bytes=published.bytes,
        files_written=published.files_written,
        bytes_written=published.bytes_written,
        problems=problems,
        doubts=review(archive, load_authority()) if options.review else (),
    )
    last.remember(built, published.folders)
    return built


def freeze_addresses(options: Options, observer: Observer) -> tuple[Path, int]:
    """Record every address now in use beside the seeds; returns the file and how many it lists.

    Raises:
        InputError: the seeds must be mended first, or nothing can be written beside them.
    """
    edited = read_edited(options)
    with Store(options.cache) as store:
        understanding = understand_seeds(options, edited.settings, store, observer, Shelf())
        refuse_problems(understanding.problems, options)
        # Near-copies are told by their texts, which lie in the store.
        text = format_addresses(connect_articles(understanding.articles, edited), edited.frozen)
    place = options.seeds / ADDRESSES_FILE
    draft = place.with_name(f".{ADDRESSES_FILE}.next")
    try:
        draft.write_text(text, "utf-8")
        draft.replace(place)
    except OSError as error:
        message = f"cannot be written ({error.strerror}); allow writing beside the seeds"
        raise InputError([Problem(str(place), 0, "", message, Severity.ERROR)]) from error
    return place, text.count("\n") - 1


def connect_articles(articles: Iterable[Article], edited: Edited) -> Archive:
    """The articles as one archive."""
    return connect(articles, edited.settings, load_authority(), edited.corrections, edited.frozen)


def refuse_problems(problems: Iterable[Problem], options: Options) -> None:
    """Raise InputError when a strict run met a problem that is more than a note."""
    grave = [problem for problem in problems if problem.severity is not Severity.NOTE]
    if options.strict and grave:
        raise InputError(grave)
