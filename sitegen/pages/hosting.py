"""The files that hosts and crawlers read: robots.txt, sitemaps, headers and static files."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from sitegen.config import CONTENT_SECURITY_POLICY
from sitegen.errors import InputError
from sitegen.model import OutputFile, Page, Problem, Severity, TermKind, Url
from sitegen.pages.anniversaries import anniversary_addresses
from sitegen.pages.coverage import coverage_addresses
from sitegen.pages.edition import Edition
from sitegen.pages.indexes import index_addresses
from sitegen.pages.lists import list_addresses, plan_redirect
from sitegen.pages.network import has_network
from sitegen.pages.threads import thread_addresses
from sitegen.pages.times import Times
from sitegen.scripts import strip_comments
from sitegen.urls import ABOUT, ARTICLES, DATA, DATES, HOME, NETWORK, SEARCH, UNDATED, date_url, output_path

SITEMAP_SIZE = 50_000
SITEMAP = Url("/sitemap.xml")


@dataclass(frozen=True, slots=True)
class SitemapView:
    """What the sitemap template sees: addresses of pages, or of sitemaps when `is_index`."""

    is_index: bool
    urls: tuple[Url, ...]


def plan_hosting(edition: Edition) -> Iterator[Page | OutputFile]:
    """What a host needs to serve the site well, and the pages at addresses once in use."""
    site = edition.site
    yield OutputFile("robots.txt", f"User-agent: *\nAllow: /\n\nSitemap: {site.absolute(SITEMAP)}\n".encode())
    yield OutputFile("_headers", headers(site.base_path).encode())
    yield OutputFile(".nojekyll", b"")
    for redirect in edition.archive.redirects:
        yield plan_redirect(redirect.old, redirect.new)


def headers(base_path: str) -> str:
    """The response headers in the form that Netlify and Cloudflare Pages read."""
    return f"""{base_path}*
  Content-Security-Policy: {CONTENT_SECURITY_POLICY}; frame-ancestors 'none'
  X-Content-Type-Options: nosniff
  Referrer-Policy: strict-origin-when-cross-origin
  Cross-Origin-Opener-Policy: same-origin
  Access-Control-Allow-Origin: *
"""


def plan_sitemap(edition: Edition, times: Times, size: int = SITEMAP_SIZE) -> Iterator[Page]:
    """Every address that search engines should list, `size` in a file; when each last changed is not known."""
    urls = sorted(site_addresses(edition, times))
    if len(urls) <= size:
        yield Page(SITEMAP, "sitemap.xml", SitemapView(False, tuple(urls)))
        return
    parts = [urls[start : start + size] for start in range(0, len(urls), size)]
    names = [Url(f"/sitemap-{number}.xml") for number in range(1, len(parts) + 1)]
    yield Page(SITEMAP, "sitemap.xml", SitemapView(True, tuple(names)))
    for name, part in zip(names, parts, strict=True):
        yield Page(name, "sitemap.xml", SitemapView(False, tuple(part)))


def site_addresses(edition: Edition, times: Times) -> Iterator[Url]:
    """The address of every page but redirects and errors."""
    size = edition.settings.list_size
    records = edition.archive.records
    yield from (HOME, SEARCH, ABOUT, DATA, DATES)
    if has_network(edition):
        yield NETWORK
    yield from (record.url for record in records)
    yield from thread_addresses(edition)
    yield from anniversary_addresses(times.anniversaries)
    yield from coverage_addresses(times.coverage)
    yield from chain.from_iterable(index_addresses(edition, kind) for kind in TermKind)
    lists = [(term.url, len(term.numbers)) for term in edition.archive.terms.values() if term.has_page]
    lists += [(date_url(date), len(numbers)) for date, numbers in times.calendar.numbers.items()]
    lists += [(ARTICLES, len(records))]
    lists += [(UNDATED, len(times.calendar.undated))] if times.calendar.undated else []
    for url, total in lists:
        yield from list_addresses(url, total, size)


def plan_static(folders: Sequence[Path]) -> Iterator[OutputFile]:
    """The static files of these folders under `static/`; the first folder that has a file wins.

    The last folder is ours: its scripts go without their comments.

    Raises:
        InputError: a folder is missing, or holds links that lead out of it.
    """
    found: dict[str, Path] = {}
    for folder in reversed(folders):
        found |= {path.relative_to(folder).as_posix(): path for path in static_files(folder)}
    for name in sorted(found):
        content = found[name].read_bytes()
        if name.endswith(".js") and found[name].is_relative_to(folders[-1]):
            content = strip_comments(content.decode()).encode()
        yield OutputFile(output_path(Url(f"/static/{name}")), content)


def static_files(folder: Path) -> list[Path]:
    """The files below `folder` but hidden ones."""
    if not folder.is_dir():
        message = "there is no such folder; make it, or take the setting out of site.toml"
        raise InputError([Problem(str(folder), 0, "static", message, Severity.ERROR)])
    files = [path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(".")]
    outside = [path for path in files if not path.resolve().is_relative_to(folder.resolve())]
    if outside:
        message = "a link that leads out of its folder is not followed; put the file itself here"
        raise InputError(Problem(str(path), 0, "", message, Severity.ERROR) for path in outside)
    return files
