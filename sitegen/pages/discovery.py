"""What programs look for to find their way: how to search here, all feeds, the site as an app, its parts as links."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from sitegen.locale import load_messages
from sitegen.model import OutputFile, Page, TermKind, TermRef, Unit, Url
from sitegen.pages.citations import BIBLIOGRAPHY_FILE
from sitegen.pages.edition import Edition
from sitegen.pages.faces import digest
from sitegen.pages.records import ARTICLES_FILE, TERMS_FILE, to_json
from sitegen.pages.schemas import ARTICLE_SCHEMA, TERM_SCHEMA
from sitegen.pages.structured import describe_trail, graph, known
from sitegen.pages.views import Counted
from sitegen.urls import DATA, FEED_LIST, HOME, LINKSET, OPENSEARCH, WEB_MANIFEST, output_path

ICON = Url("/static/icons/icon.svg")
PAPER, ACCENT = "#fdfbf7", "#8a2b22"
SHORT_NAME_LENGTH = 16
"""Letters of a short name; the name itself where it has no more."""
FEED_WEIGHT = 0.02
"""How much work a feed in the list of feeds is, measured by the page of an article."""
JSON_LINES, BIBTEX = "application/jsonl", "application/x-bibtex"
DATA_FILES = (
    (ARTICLES_FILE, JSON_LINES, ARTICLE_SCHEMA),
    (TERMS_FILE, JSON_LINES, TERM_SCHEMA),
    (BIBLIOGRAPHY_FILE, BIBTEX, None),
)
"""The files of the whole archive: path, media type, and the schema of their lines where there is one."""


@dataclass(frozen=True, slots=True)
class FeedListView:
    """What the list of all feeds shows: for each kind the terms that have feeds."""

    groups: tuple[tuple[TermKind, tuple[Counted, ...]], ...]


def feed_list_unit(edition: Edition) -> Unit:
    """The list of all feeds of the site, as OPML."""
    listed = [(kind, [term for term in terms if edition.has_feed(term)]) for kind, terms in edition.kinds.items()]
    shown = [edition.link_faces[TermRef(term.kind, term.id)] for _, terms in listed for term in terms]
    groups = [(kind, terms) for kind, terms in listed if terms]

    def plan() -> Iterator[Page]:
        view = FeedListView(tuple((kind, tuple(map(edition.counted, terms))) for kind, terms in groups))
        yield Page(FEED_LIST, "feeds.opml", view)

    return Unit(digest(FEED_LIST, shown), 1 + FEED_WEIGHT * len(shown), ("feeds.opml",), plan)


def discovery_unit(edition: Edition) -> Unit:
    """How to search, the site as an app, and its parts: all of it follows from the settings."""
    return Unit(digest("discovery"), 1, ("opensearch.xml",), partial(plan_discovery, edition))


def plan_discovery(edition: Edition) -> Iterator[Page | OutputFile]:
    """The files of `discovery_unit`."""
    yield Page(OPENSEARCH, "opensearch.xml", None)
    yield OutputFile(output_path(WEB_MANIFEST), to_json(web_manifest(edition)))
    yield OutputFile(output_path(LINKSET), to_json(linkset(edition)))


def web_manifest(edition: Edition) -> dict[str, Any]:
    """The site as an application (W3C Web Application Manifest)."""
    settings, site = edition.settings, edition.site
    manifest: dict[str, Any] = {
        "name": settings.title,
        "lang": settings.language,
        "start_url": site.href(HOME),
        "scope": site.href(HOME),
        "display": "minimal-ui",
        "background_color": PAPER,
        "theme_color": ACCENT,
        "icons": [{"src": site.href(ICON), "type": "image/svg+xml", "sizes": "any"}],
    }
    if len(settings.title) <= SHORT_NAME_LENGTH:
        manifest["short_name"] = settings.title
    if settings.description:
        manifest["description"] = settings.description
    return manifest


def linkset(edition: Edition) -> dict[str, Any]:
    """The parts of the archive and what they are, as a link set (RFC 9264) of Signposting's relations."""
    absolute = edition.site.absolute
    archive: dict[str, Any] = {
        "anchor": absolute(HOME),
        "type": [{"href": "https://schema.org/ArchiveOrganization"}, {"href": "https://schema.org/WebSite"}],
        "describedby": [{"href": absolute(DATA), "type": "text/html"}],
        "item": [{"href": absolute(Url(f"/{path}")), "type": type_} for path, type_, _ in DATA_FILES],
        "alternate": [{"href": absolute(feed.url), "type": feed.type} for feed in edition.feeds(HOME)],
        "search": [{"href": absolute(OPENSEARCH), "type": "application/opensearchdescription+xml"}],
    }
    if edition.settings.licence_url:
        archive["license"] = [{"href": edition.settings.licence_url}]
    described = [
        {
            "anchor": absolute(Url(f"/{path}")),
            "collection": [{"href": absolute(HOME), "type": "text/html"}],
            "describedby": [{"href": absolute(schema), "type": "application/schema+json"}],
        }
        for path, _, schema in DATA_FILES
        if schema
    ]
    return {"linkset": [archive, *described]}


def describe_site(edition: Edition) -> str:
    """The JSON-LD of the home page: the archive as a site and as an institution."""
    settings, absolute = edition.settings, edition.site.absolute
    site = {
        "@type": ["WebSite", "Collection"],
        "@id": absolute(HOME),
        "url": absolute(HOME),
        "name": settings.title,
        "description": settings.description,
        "inLanguage": settings.language,
        "license": settings.licence_url,
    }
    holder = {"@type": "ArchiveOrganization", "name": settings.title, "url": absolute(HOME)}
    return graph(known(site), holder)


def describe_data(edition: Edition) -> str:
    """The JSON-LD of the page about data: the archive as a data set, and the catalog that it stands in."""
    settings, absolute = edition.settings, edition.site.absolute
    title = load_messages(settings.language).gettext("Data")
    downloads = [
        {"@type": "DataDownload", "contentUrl": absolute(Url(f"/{path}")), "encodingFormat": type_}
        for path, type_, _ in DATA_FILES
    ]
    dated = [record.article.published.date for record in edition.archive.records if record.article.published]
    dataset = {
        "@type": "Dataset",
        "@id": f"{absolute(DATA)}#dataset",
        "url": absolute(DATA),
        "name": settings.title,
        "description": settings.description or settings.title,
        "license": settings.licence_url,
        "creator": {"@type": "Organization", "name": settings.title, "url": absolute(HOME)},
        "temporalCoverage": f"{dated[0]}/{dated[-1]}" if dated else "",
        "isAccessibleForFree": True,
        "distribution": downloads,
        "includedInDataCatalog": {"@id": f"{absolute(DATA)}#catalog"},
    }
    catalog = {
        "@type": "DataCatalog",
        "@id": f"{absolute(DATA)}#catalog",
        "name": settings.title,
        "url": absolute(DATA),
    }
    return graph(known(dataset), catalog, describe_trail(edition, [(settings.title, HOME), (title, DATA)]))
