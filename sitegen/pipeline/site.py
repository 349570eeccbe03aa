"""Archive -> units of pages, and what makes them."""

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from functools import cache, partial
from hashlib import blake2b
from pathlib import Path

from sitegen.config import Settings
from sitegen.model import Archive, Article, Unit
from sitegen.options import Options
from sitegen.pages import Sentence, plan
from sitegen.pipeline.edited import read_edited
from sitegen.render import Renderer
from sitegen.resources import shipped_folder
from sitegen.seeds import document_markdown
from sitegen.store import Store, Table
from sitegen.understand import RULES_VERSION
from sitegen.units import Maker
from sitegen.versions import version_of

PAGES_SOURCES = ("pages", "search", "render", "locale", "model", "seeds", "urls.py", "config.py")
PAGES_LIBRARIES = ("babel", "jinja2", "markupsafe", "orjson", "pillow", "pymupdf-fonts", "pyyaml")
"""What pages are made by, besides what understanding rests on."""


def page_units(
    archive: Archive, sentences: Callable[[Article], Sequence[Sentence]], settings: Settings, options: Options
) -> Iterator[Unit]:
    """Everything that the site consists of but the search index and the manifest.

    Args:
        sentences: gives the sentence of each mention of an article.
    """
    return plan(archive, settings, document_markdown, _folders("static", settings.static, options.seeds), sentences)


def site_maker(settings: Settings, options: Options, store: Store) -> Maker:
    """What makes units of pages under these settings.

    Args:
        store: where the code of templates is kept.
    """
    rules = _digest((RULES_VERSION, version_of(PAGES_SOURCES, PAGES_LIBRARIES), settings))
    code = {
        key.removeprefix(rules): value for key, value in store.all(Table.TEMPLATES).items() if key.startswith(rules)
    }
    renderer = Renderer(settings, _folders("templates", settings.templates, options.seeds), code)
    return Maker(
        render=renderer.render,
        version=cache(lambda templates: _digest((rules, renderer.version(templates)))),
        compile=partial(_compile, renderer, store, code, rules),
        jobs=options.jobs,
    )


def _digest(value: object) -> bytes:
    return blake2b(repr(value).encode(), digest_size=16).digest()


def _compile(renderer: Renderer, store: Store, code: Mapping[bytes, bytes], rules: bytes, templates: Set[str]) -> None:
    """Make templates ready, and keep the code of all that are in use, under the rules that made it."""
    renderer.compile(templates)
    rows = {rules + key: value for key, value in code.items()}
    store.keep_only(Table.TEMPLATES, frozenset(rows))
    known = store.all(Table.TEMPLATES)
    store.put(Table.TEMPLATES, [(key, value) for key, value in rows.items() if known.get(key) != value])
    store.commit()


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
