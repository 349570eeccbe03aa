"""Records -> how to cite an article: the parts of a citation in words, and the files that reference managers read.

Authors stay as the article names them: which part of a name is the family's is not known, and no author is invented.
An unknown date is none. When an address was read, its reader knows.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate
from typing import Any, NamedTuple

from sitegen.config import Settings
from sitegen.locale import apa_date, apa_names, chicago_names, format_date, load_messages, mla_date, mla_names
from sitegen.model import UNKNOWN_LANGUAGE, OutputFile, Record, Url
from sitegen.pages.edition import Edition
from sitegen.pages.records import to_json
from sitegen.pages.text import show
from sitegen.urls import output_path

BIBLIOGRAPHY_FILE = "data/articles.bib"
ENDS_ITSELF = tuple(".?!…。？！؟۔")
BIBTEX_SIGNS = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "#$%&_{}"},
}
LONE_BRACES = {r"\{": r"\textbraceleft{}", r"\}": r"\textbraceright{}"}
BIBTEX_SPECIAL = re.compile("|".join(map(re.escape, BIBTEX_SIGNS)))


class Reference(NamedTuple):
    """What a citation of an article says, in no style.

    Attributes:
        title: "" when the seed has none.
        source: the name of the publisher, or "".
        date: "2024-03-20", "2024-03", "2024" or "".
        archive: the title of this archive.
        address: absolute; lasts.
    """

    id: str
    title: str
    authors: tuple[str, ...]
    source: str
    date: str
    archive: str
    address: str
    language: str


class StyleView(NamedTuple):
    """A citation in one style: the authors, title, source, archive and address, and what stands between them."""

    style: str
    authors: str
    before_title: str
    after_title: str
    after_source: str
    after_archive: str
    after_address: str


class CitationFile(NamedTuple):
    """A citation for reference managers: what its form is called, its media type and its address."""

    name: str
    type: str
    url: Url


class CitationView(NamedTuple):
    """How to cite an article: in each style, and in the files that reference managers read."""

    styles: tuple[StyleView, ...]
    files: tuple[CitationFile, ...]


def make_reference(edition: Edition, record: Record) -> Reference:
    """What a citation of an article says."""
    item = edition.item(record.number)
    return Reference(
        id=record.article.id,
        title=item.title,
        authors=tuple(map(show, record.article.byline)),
        source=item.source.name if item.source else "",
        date=item.date,
        archive=show(edition.settings.title),
        address=edition.site.absolute(record.url),
        language="" if item.language == UNKNOWN_LANGUAGE else item.language,
    )


def citation_view(reference: Reference, url: Url, settings: Settings) -> CitationView:
    """How to cite the article at `url`, in the language of the interface."""
    styles = (_apa, _chicago, _mla)
    files = _files(url) if settings.article_files else ()
    return CitationView(tuple(style(reference, settings.language) for style in styles), files)


def _apa(reference: Reference, language: str) -> StyleView:
    """Authors. (Date). Title. Source. Archive. Address; the title first when there are no authors."""
    authors = apa_names(reference.authors)
    date = f"({_dates(reference.date, language)[0]}). "
    stop = _full_stop(reference.title)
    before, after = (f"{_full_stop(authors)} {date}", f"{stop} ") if authors else ("", f"{stop} {date}")
    return StyleView("APA", authors, before, after, ". " if reference.source else "", ". ", "")


def _chicago(reference: Reference, language: str) -> StyleView:
    """Authors. “Title.” Source, Date. Archive. Address."""
    authors = chicago_names(reference.authors, language) if reference.authors else ""
    before, after = _quoted(authors, reference.title)
    date = _dates(reference.date, language)[1]
    dated = f"{', ' if reference.source else ''}{date}{_full_stop(date)} "
    return StyleView("Chicago", authors, before, after, dated, ". ", ".")


def _mla(reference: Reference, language: str) -> StyleView:
    """Authors. “Title.” Source, Date, Archive, Address."""
    authors = mla_names(reference.authors, language) if reference.authors else ""
    before, after = _quoted(authors, reference.title)
    date = _dates(reference.date, language)[2]
    dated = f"{', ' if reference.source else ''}{date}, "
    return StyleView("MLA", authors, before, after, dated, ", ", ".")


def _quoted(authors: str, title: str) -> tuple[str, str]:
    """What stands before and after a title in quotation marks."""
    return f"{_full_stop(authors)} “" if authors else "“", f"{_full_stop(title)}” "


def _full_stop(text: str) -> str:
    """What ends `text`: nothing where it ends itself."""
    return "" if text.endswith(ENDS_ITSELF) else "."


@lru_cache(maxsize=65536)
def _dates(date: str, language: str) -> tuple[str, str, str]:
    """A date as APA, Chicago and MLA write it."""
    if not date:
        return (load_messages(language).gettext("n.d."),) * 3
    return apa_date(date, language), format_date(date, language), mla_date(date, language)


def _files(url: Url) -> tuple[CitationFile, ...]:
    return (
        CitationFile("BibTeX", "application/x-bibtex", Url(f"{url}cite.bib")),
        CitationFile("RIS", "application/x-research-info-systems", Url(f"{url}cite.ris")),
        CitationFile("CSL-JSON", "application/vnd.citationstyles.csl+json", Url(f"{url}cite.json")),
    )


def citation_files(reference: Reference, bibtex: bytes, url: Url) -> Iterator[OutputFile]:
    """The citation of the article at `url`, whose entry for BibTeX is given, in each form for reference managers."""
    bib, ris, csl = (output_path(file.url) for file in _files(url))
    yield OutputFile(bib, bibtex)
    yield OutputFile(ris, to_ris(reference).encode())
    yield OutputFile(csl, to_json([to_csl(reference)]))


def to_bibtex(reference: Reference) -> str:
    """An entry for BibTeX and biblatex: an article in what published it, or a thing of its own."""
    fields = {
        # Braces around each name keep it whole, those around the title its capitals.
        "author": " and ".join(f"{{{_bibtex(name)}}}" for name in reference.authors),
        "title": f"{{{_bibtex(reference.title)}}}" if reference.title else "",
        "journal": _bibtex(reference.source),
        "date": reference.date,
        "year": reference.date[:4],
        "month": reference.date[5:7].lstrip("0"),
        "url": reference.address,
        "language": reference.language,
        "note": _bibtex(reference.archive),
    }
    kind = "article" if reference.source else "misc"
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@{kind}{{article-{reference.id},\n{lines}}}\n"


def _bibtex(text: str) -> str:
    escaped = BIBTEX_SPECIAL.sub(lambda sign: BIBTEX_SIGNS[sign[0]], text)
    # For BibTeX a brace counts as one even behind a backslash; fewer programs know the words for it.
    if escaped is text or _is_nested(text):
        return escaped
    for brace, word in LONE_BRACES.items():
        escaped = escaped.replace(brace, word)
    return escaped


def _is_nested(text: str) -> bool:
    """Whether each brace that `text` opens is closed, and no other."""
    depths = list(accumulate((sign == "{") - (sign == "}") for sign in text if sign in "{}"))
    return not depths or (min(depths) == 0 == depths[-1])


def to_ris(reference: Reference) -> str:
    """A record of type NEWS; no field spans lines, as no text that pages show does."""
    fields = [
        ("TY", "NEWS"),
        ("ID", f"article-{reference.id}"),
        ("TI", reference.title),
        *(("AU", name) for name in reference.authors),
        ("T2", reference.source),
        ("PY", reference.date[:4]),
        ("DA", reference.date and "/".join([*reference.date.split("-"), "", "", ""][:4])),
        ("LA", reference.language),
        ("DP", reference.archive),
        ("UR", reference.address),
    ]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in fields if value) + "ER  - \r\n"


def to_csl(reference: Reference) -> dict[str, Any]:
    """An item of CSL-JSON."""
    item: dict[str, Any] = {
        "id": f"article-{reference.id}",
        "type": "article-newspaper",
        "title": reference.title,
        "author": [{"literal": name} for name in reference.authors],
        "container-title": reference.source,
        "issued": reference.date and {"date-parts": [[int(part) for part in reference.date.split("-")]]},
        "archive": reference.archive,
        "URL": reference.address,
        "language": reference.language,
    }
    return {name: value for name, value in item.items() if value}
