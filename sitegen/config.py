"""seeds/site.toml -> Settings: what the editors decided about the site as a whole."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

FILE_NAME = "site.toml"
DEFAULT_BASE_URL = "http://localhost:8000/"


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
        language: BCP 47 code of the interface.
        time_zone: IANA name; where a date's day begins.
        licence, licence_url: under which the archive's own work (not the articles) is offered.
        article_files: whether index.md, index.json and the seed stand beside each article.
        list_size: articles on a page of a list.
        term_page_minimum, term_feed_minimum: how many articles a tag or entity needs for a page, a feed.
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
    list_size: int = 50
    term_page_minimum: int = 1
    term_feed_minimum: int = 1
    sources: Mapping[str, SourceFacts] = field(default_factory=lambda: MappingProxyType({}))

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
"""What every page may load: nothing from another origin, nothing inline, no string turned into script."""
