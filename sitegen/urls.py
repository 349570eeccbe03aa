"""Names things for the web: ids, slugs and addresses. The one place where an address is put together."""

import hashlib
import re
from base64 import b32encode
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import category
from urllib.parse import urlsplit

from slugify import slugify

from sitegen.model import ArticleId, Slug, TermKind, Url

ID_LENGTH = 10
SLUG_LENGTH = 70
PLAIN_NAME = re.compile("[A-Za-z0-9]+(?:[ -][A-Za-z0-9]+)*")
"""Most names: what makes slugs of any text takes ten times as long for them, and says the same."""
KEPT_BY_SLUGS = frozenset(" \t\n\r\u00a0-–—_/.,:;!?'’‘\"“”«»()[]&")

FOLDERS = {
    TermKind.TAG: "tags",
    TermKind.PERSON: "people",
    TermKind.ORGANIZATION: "organizations",
    TermKind.PLACE: "places",
    TermKind.EVENT: "events",
    TermKind.SOURCE: "sources",
    TermKind.LANGUAGE: "languages",
}

HOME = Url("/")
ARTICLES = Url("/articles/")
DATES = Url("/dates/")
UNDATED = Url("/dates/undated/")
ANNIVERSARIES = Url("/dates/days/")
COVERAGE = Url("/coverage/")
THREADS = Url("/threads/")
SEARCH = Url("/search/")
ABOUT = Url("/about/")
NETWORK = Url("/network/")
DATA = Url("/data/")
NOT_FOUND = Url("/404.html")
OFFLINE = Url("/offline.html")
SERVICE_WORKER = Url("/service-worker.js")
SITE_CARD = Url("/card.png")
OPENSEARCH = Url("/opensearch.xml")
WEB_MANIFEST = Url("/site.webmanifest")
FEED_LIST = Url("/feeds.opml")
LINKSET = Url("/linkset.json")
MANIFEST = Url("/manifest-sha256.txt")


def digest(text: str, length: int) -> str:
    """`length` lower-case letters and digits 2-7 made from `text` (base 32 of its SHA-256)."""
    hashed = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
    # Five bytes make eight letters; making more of them would take longer than hashing does.
    return b32encode(hashed[: 5 * -(-length // 8)]).decode("ascii").lower()[:length]


def article_id(seed_path: str) -> ArticleId:
    """The id of the article from the seed at `seed_path` (below the seeds folder); its ending does not count."""
    dot, name = seed_path.rfind("."), seed_path.rfind("/") + 1
    return ArticleId(digest(seed_path[:dot] if name < dot < len(seed_path) - 1 else seed_path, ID_LENGTH))


def slug(text: str) -> Slug:
    """`text` as a slug of at most SLUG_LENGTH characters, cut between words; "" when nothing is left of it."""
    return Slug(slugify(text, max_length=SLUG_LENGTH, word_boundary=True, save_order=True))


@lru_cache(maxsize=1 << 18)
def term_slug(name: str) -> Slug:
    """A slug for a term: never empty, and different for names that differ in a sign that slugs drop (C, C++, C#)."""
    if PLAIN_NAME.fullmatch(name) and len(name) <= SLUG_LENGTH:
        return Slug(name.lower().replace(" ", "-"))
    made = slugify(name)
    lost = any(category(char)[0] not in "LNM" and char not in KEPT_BY_SLUGS for char in name)
    if made and not lost and len(made) <= SLUG_LENGTH:
        return Slug(made)
    return Slug("-".join(part for part in (slug(name), digest(name, 6)) if part))


def article_url(slug: Slug, id: ArticleId) -> Url:
    """The address of an article: its slug where there is one, and its id."""
    return Url(f"/articles/{slug}-{id}/" if slug else f"/articles/{id}/")


def thread_url(first: Url) -> Url:
    """The address of the thread that begins with the article at `first`: it lasts as that one does."""
    return Url(f"{THREADS}{first.strip('/').rpartition('/')[2]}/")


def kind_url(kind: TermKind) -> Url:
    """The address of the A-Z index of all terms of a kind."""
    return Url(f"/{FOLDERS[kind]}/")


def term_url(kind: TermKind, id: Slug) -> Url:
    """The address of a term's page."""
    return Url(f"/{FOLDERS[kind]}/{id}/")


def date_url(date: str) -> Url:
    """The address of the list for "2024", "2024-03" or "2024-03-20"."""
    return Url(f"/dates/{date.replace('-', '/')}/")


def anniversary_url(month: int, day: int) -> Url:
    """The address of what is from one day of any year."""
    return Url(f"{ANNIVERSARIES}{month:02}-{day:02}/")


def coverage_url(date: str) -> Url:
    """The address of what is from "2024", "2024-03" or "2024-03-20", by source; "" is what has no date."""
    return Url(f"{COVERAGE}{date.replace('-', '/') or 'undated'}/")


def list_page_url(url: Url, page: int) -> Url:
    """The lasting address of page `page` (from 1, the oldest) of the list that lands on `url`."""
    return Url(f"{url}page/{page}/")


def output_path(url: Url) -> str:
    """The file that a static host serves for `url`."""
    return (url + "index.html" if url.endswith("/") else url).lstrip("/")


@dataclass(frozen=True, slots=True)
class Site:
    """Where the site will stand.

    Attributes:
        base_url: scheme, host and path, ending in "/".
    """

    base_url: str

    @property
    def base_path(self) -> str:
        """The path of `base_url`: "/" or "/sub/"."""
        return urlsplit(self.base_url).path or "/"

    def href(self, url: Url) -> str:
        """`url` as pages link to it: from the host's root, so that it holds at any depth."""
        return self.base_path + url.lstrip("/")

    def absolute(self, url: Url) -> str:
        """`url` with scheme and host, for feeds, sitemaps and citations."""
        return self.base_url + url.lstrip("/")
