"""seeds/site.toml -> Settings: what the editors decided about the site as a whole."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Any, get_type_hints
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from sitegen.errors import InputError
from sitegen.locale import available_languages, speaks
from sitegen.model import Problem, Severity
from sitegen.toml_file import line_of, parse_toml, unknown_key, wrong_type

FILE_NAME = "site.toml"
DEFAULT_BASE_URL = "http://localhost:8000/"


class CardImages(StrEnum):
    """For what there are images that stand for it where a link is shared."""

    NONE = "none"
    SITE = "site"
    ARTICLES = "articles"


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """What an editor wrote about a source. Empty strings: nothing was written."""

    name: str = ""
    description: str = ""
    homepage: str = ""
    rights: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """The editorial settings of a site.

    Attributes:
        base_url: scheme, host and path where the site will stand, ending in "/".
        language: BCP 47 code of the interface, which has a catalog for it.
        time_zone: IANA name; where a date's day begins.
        licence, licence_url: under which the archive's own work (not the articles) is offered.
        article_files: whether index.md, index.json, the seed and citations stand beside each article.
        card_images: whether links that are shared show no image, one for the whole site, or one of each article.
        list_size: articles on a page of a list.
        term_page_minimum, term_feed_minimum: how many articles a tag or entity needs for a page, a feed.
        lunr_index: whether the whole search index is published too, as one file that lunr.js loads.
        templates, static: folders of the site's own inside the seeds folder, whose files come before ours.
        sources: facts by domain, as written in [sources."…"].
    """

    title: str = "Arsip Berita"
    description: str = ""
    base_url: str = DEFAULT_BASE_URL
    language: str = "id"
    time_zone: str = "Asia/Jakarta"
    licence: str = ""
    licence_url: str = ""
    article_files: bool = True
    card_images: CardImages = CardImages.SITE
    list_size: int = 50
    term_page_minimum: int = 1
    term_feed_minimum: int = 1
    lunr_index: bool = False
    templates: str = ""
    static: str = ""
    sources: Mapping[str, SourceFacts] = field(default_factory=lambda: MappingProxyType({}))


CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; "
    "require-trusted-types-for 'script'; trusted-types service-worker"
)
"""What every page may load: nothing from another origin, nothing inline, no string turned into script.

The one exception is the address of the service worker, which browsers take from a trusted policy alone.
"""

OWN_FOLDERS = frozenset({"templates", "static"})
EXPECTED = {str: "a text in quotes", int: "a whole number of 1 or more", bool: "true or false"}


def parse_settings(text: str, path: str) -> Settings:
    """The settings that the text of a site.toml gives; what it leaves out is as Settings has it.

    Raises:
        InputError: every unknown key and unfit value, each with its line.
    """
    tables = parse_toml(text, path)
    problems = list(_problems(tables, text, path))
    if problems:
        raise InputError(problems)
    if "base_url" in tables:
        tables["base_url"] = with_base_url(tables["base_url"])
    if "card_images" in tables:
        tables["card_images"] = CardImages(tables["card_images"])
    sources = {domain.lower(): SourceFacts(**facts) for domain, facts in sorted(tables.pop("sources", {}).items())}
    return Settings(**tables, sources=MappingProxyType(sources)) if sources else Settings(**tables)


def with_base_url(base_url: str) -> str:
    """`base_url` ending in "/".

    Raises:
        ValueError: it has no scheme and host, or has a query or fragment.
    """
    parts = urlsplit(base_url)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.query or parts.fragment:
        raise ValueError(base_url)
    return base_url if base_url.endswith("/") else base_url + "/"


def _problems(tables: Mapping[str, Any], text: str, path: str) -> Iterator[Problem]:
    hints = get_type_hints(Settings) | {"card_images": str}
    for key, value in tables.items():
        line = line_of(text, key)
        if key == "sources":
            yield from _source_problems(value, text, path)
        elif key not in hints:
            yield unknown_key(path, line, key, hints)
        elif type(value) is not hints[key] or (hints[key] is int and value < 1):
            yield wrong_type(path, line, key, value, EXPECTED[hints[key]])
        else:
            yield from _value_problems(key, value, path, line)


def _value_problems(key: str, value: Any, path: str, line: int) -> Iterator[Problem]:  # noqa: ANN401 (TOML has any)
    if key == "base_url" and not _is_base_url(value):
        expected = "an address of a site", "like 'https://archive.example.org/news/'"
    elif key == "time_zone" and value not in available_timezones():
        expected = "a time zone", "an IANA name like 'Asia/Jakarta'"
    elif key == "language" and not speaks(value):
        expected = "a language of the interface", f"one of {', '.join(available_languages())}"
    elif key == "card_images" and value not in set(CardImages):
        expected = "for what there are images", f"one of {', '.join(CardImages)}"
    elif key in OWN_FOLDERS and not _is_inside(value):
        expected = "a folder inside the seeds folder", f"like '{key}'"
    else:
        return
    yield Problem(path, line, key, f"not {expected[0]}: {value!r} (expected {expected[1]})", Severity.ERROR)


def _is_inside(folder: str) -> bool:
    """Whether a relative path stays below where it starts; "" means no folder at all."""
    path = PurePosixPath(folder)
    return not folder or (path.parts != () and not path.is_absolute() and ".." not in path.parts)


def _is_base_url(value: str) -> bool:
    try:
        with_base_url(value)
    except ValueError:
        return False
    return True


def _source_problems(sources: object, text: str, path: str) -> Iterator[Problem]:
    known = [item.name for item in fields(SourceFacts)]
    if not isinstance(sources, dict):
        yield wrong_type(path, line_of(text, "sources"), "sources", sources, 'tables like [sources."example.org"]')
        return
    for domain, facts in sources.items():
        if not isinstance(facts, dict):
            yield wrong_type(path, line_of(text, domain), domain, facts, f'a table like [sources."{domain}"]')
            continue
        for key, value in facts.items():
            line = line_of(text, key, after=line_of(text, domain))
            if key not in known:
                yield unknown_key(path, line, key, known)
            elif not isinstance(value, str):
                yield wrong_type(path, line, key, value, EXPECTED[str])
