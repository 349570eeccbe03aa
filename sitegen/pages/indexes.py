"""All terms of a kind -> its A-Z index, in parts when there are many."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import groupby

from sitegen.model import Page, TermKind, TermRef, Unit, Url
from sitegen.pages.edition import Edition
from sitegen.pages.faces import digest
from sitegen.pages.map import Map, map_of_places
from sitegen.pages.views import Counted, Head
from sitegen.urls import kind_url, list_page_url

INDEX_SIZE = 500
"""Terms on one part of an index; more than that, and the landing page shows the biggest and the letters."""

BIGGEST = 100
ENTRY_WEIGHT = 0.02
"""How much work a term in an index is, measured by the page of an article."""

DIGITS, OTHERS = "0–9", "…"
WHOLE_SCRIPTS = {
    "CJK": "漢字",
    "HANGUL": "한글",
    "HIRAGANA": "かな",
    "KATAKANA": "かな",
    "KATAKANA-HIRAGANA": "かな",
    "HALFWIDTH": "かな",
}
"""Scripts whose single letters are too many to be headings."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A heading of an index, and where its terms begin."""

    name: str
    anchor: str
    url: Url


@dataclass(frozen=True, slots=True)
class LetterGroup:
    """The terms under one letter, or those of them that a part shows."""

    letter: Letter
    entries: tuple[Counted, ...]


@dataclass(frozen=True, slots=True)
class IndexView:
    """What the A-Z template sees.

    Attributes:
        total: all terms of the kind; 0 on numbered parts.
        page: 0 on the landing page.
        letters: of the whole index.
        biggest: the terms with most articles, when the letters are on pages of their own.
        previous, next: the parts before and after.
        map: of all places, on the landing page of their index.
    """

    head: Head
    kind: TermKind
    landing: Url
    page: int
    total: int
    letters: tuple[Letter, ...]
    biggest: tuple[Counted, ...]
    groups: tuple[LetterGroup, ...]
    previous: Url | None = None
    next: Url | None = None
    map: Map | None = None


@cache
def script_letter(char: str) -> tuple[int, str]:
    """The heading for a name that begins with `char`, and its rank: digits, letters, whole scripts."""
    if char.isdigit():
        return 0, DIGITS
    script = unicodedata.name(char, "").split(" ", maxsplit=1)[0]
    if script in WHOLE_SCRIPTS:
        return 2, WHOLE_SCRIPTS[script]
    base = unicodedata.normalize("NFKD", char)[0].upper()[0]
    return (1, base) if base.isalpha() else (3, OTHERS)


def index_key(term: Counted) -> tuple[int, str, str, str]:
    """Where a term stands in an index, first by script and letter."""
    first = next((char for char in term.name if char.isalnum()), "")
    rank, letter = script_letter(first) if first else (3, OTHERS)
    bare = "".join(char for char in unicodedata.normalize("NFKD", term.name) if not unicodedata.combining(char))
    return rank, letter, bare.casefold(), term.url


def index_addresses(edition: Edition, kind: TermKind) -> tuple[Url, ...]:
    """The landing page of an index and its parts, if it has terms; a part of its own holds INDEX_SIZE of many."""
    landing = kind_url(kind)
    total = len(edition.kinds[kind])
    parts = -(-total // INDEX_SIZE) if total > INDEX_SIZE else 0
    return (landing, *(list_page_url(landing, page) for page in range(1, parts + 1))) if total else ()


def index_unit(edition: Edition, kind: TermKind) -> Unit:
    """The index of one kind."""
    terms = edition.kinds[kind]
    counts = [len(term.numbers) for term in terms]
    key = digest((kind.value, counts), (edition.link_faces[TermRef(kind, term.id)] for term in terms))
    return Unit(key, 1 + len(terms) * ENTRY_WEIGHT, ("terms.html",), partial(plan_index, edition, kind))


def plan_index(edition: Edition, kind: TermKind) -> Iterator[Page]:
    """The index of one kind: one page, or a landing page and parts of INDEX_SIZE terms."""
    landing = kind_url(kind)
    terms = sorted(map(edition.counted, edition.kinds[kind]), key=index_key)
    places = zip(edition.kinds[kind], map(edition.counted, edition.kinds[kind]), strict=True)
    shown = map_of_places(places) if kind is TermKind.PLACE else None
    urls = index_addresses(edition, kind)[1:]
    if not urls:
        letters = find_letters([terms], [landing])
        view = IndexView(
            Head(indexed=bool(terms)),
            kind,
            landing,
            0,
            len(terms),
            letters,
            (),
            group_terms(terms, letters),
            map=shown,
        )
        yield Page(landing, "terms.html", view)
        return
    parts = [terms[start : start + INDEX_SIZE] for start in range(0, len(terms), INDEX_SIZE)]
    letters = find_letters(parts, urls)
    biggest = biggest_terms(terms, BIGGEST)
    yield Page(landing, "terms.html", IndexView(Head(), kind, landing, 0, len(terms), letters, biggest, (), map=shown))
    for page, (url, part) in enumerate(zip(urls, parts, strict=True), start=1):
        previous = urls[page - 2] if page > 1 else None
        following = urls[page] if page < len(urls) else None
        groups = group_terms(part, letters)
        yield Page(
            url, "terms.html", IndexView(Head(), kind, landing, page, 0, letters, (), groups, previous, following)
        )


def biggest_terms(terms: Iterable[Counted], limit: int) -> tuple[Counted, ...]:
    """At most `limit` of the terms, those with most articles first."""
    return tuple(sorted(terms, key=lambda term: (-term.count, term.url))[:limit])


def find_letters(parts: Sequence[Sequence[Counted]], urls: Sequence[Url]) -> tuple[Letter, ...]:
    """Every letter of an index, with the part that it begins on."""
    first_urls: dict[str, Url] = {}
    for part, url in zip(parts, urls, strict=True):
        for term in part:
            first_urls.setdefault(index_key(term)[1], url)
    anchors = ((name, f"letter-{number}", url) for number, (name, url) in enumerate(first_urls.items(), start=1))
    return tuple(Letter(name, anchor, Url(f"{url}#{anchor}")) for name, anchor, url in anchors)


def group_terms(terms: Sequence[Counted], letters: Sequence[Letter]) -> tuple[LetterGroup, ...]:
    """Sorted terms under their letters."""
    by_name = {letter.name: letter for letter in letters}
    return tuple(
        LetterGroup(by_name[name], tuple(group)) for name, group in groupby(terms, key=lambda term: index_key(term)[1])
    )
