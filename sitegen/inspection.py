"""One seed -> what is understood from it and why, as lines for a person; and its document, to be corrected."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from sitegen.errors import InputError
from sitegen.model import Article, Citation, Problem, RawSeed, Severity, Span
from sitegen.pipeline.understanding import understand_seed
from sitegen.seeds import document_markdown, find_seed, parse_seed, read_seed

CONTEXT = 30
"""Characters of the text shown on either side of a mention."""
MOST_KEYWORDS = 12
FIRST_COLUMN, LONGEST_CELL = 12, 48
"""Widths of columns, in characters; what is longer pushes the rest of its line aside."""


class Row(NamedTuple):
    """A line of the table: a value, how sure it is (0 to 1), by which rule, and where the text supports it."""

    what: str
    value: str
    sure: str
    rule: str
    where: str


HEADER = Row("what", "value", "sure", "rule", "where in the text")


def read_one_seed(file: Path, seeds: Path) -> RawSeed:
    """The seed in `file` as a build reads it, its correction too; out of `seeds`, its own folder stands for that.

    Raises:
        InputError: a build would set it aside; says why.
    """
    place, root = Path(os.path.abspath(file)), Path(os.path.abspath(seeds))  # noqa: PTH100 (resolve follows links)
    folder = root if place.is_relative_to(root) else place.parent
    path = place.relative_to(folder).as_posix()
    try:
        return read_seed(folder, find_seed(folder, path))
    except InputError as error:
        raise InputError(replace(problem, path=str(file)) for problem in error.problems) from None


def describe_seed(file: Path, seeds: Path) -> Iterator[str]:
    """Lines that say what was understood, how sure it is, by which rule, and where in the text it stands.

    What only the whole archive settles (tags, copies, related articles, the year of some dates) is not among them.

    Raises:
        InputError: the seed would be set aside; says why.
    """
    understood = understand_seed(read_one_seed(file, seeds))
    if understood.article is None:
        raise InputError(understood.problems)
    yield from map(str, understood.problems)
    yield from _table((*_facts(understood.article), *_mentions(understood.article)))


def write_document(file: Path, seeds: Path) -> Path:
    """Write the document of the seed in `file` beside it, and return its path.

    Raises:
        InputError: the seed cannot be read, is a document already, a document lies beside it, or none can.
    """
    place = file.with_suffix(".md")
    if place.exists():
        message = f"{place} is there already, and may hold somebody's corrections; move it away first"
        raise InputError([Problem(str(file), 0, "", message, Severity.ERROR)])
    text = document_markdown(parse_seed(read_one_seed(file, seeds)).document)
    try:
        with place.open("x", encoding="utf-8", newline="") as document:
            document.write(text)
    except OSError as error:
        message = f"cannot be written ({(error.strerror or 'unknown error').lower()}); allow writing beside the seed"
        raise InputError([Problem(str(place), 0, "", message, Severity.ERROR)]) from error
    return place


def _table(rows: Iterable[Row]) -> Iterator[str]:
    """The rows as lines in columns, each as wide as what it holds, but the first and the last."""
    held = [HEADER, *rows]
    wide = [min(LONGEST_CELL, max(len(row[column]) for row in held)) for column in range(1, len(HEADER) - 1)]
    for row in held:
        cells = (cell.ljust(width) for cell, width in zip(row[1:-1], wide, strict=True))
        yield "  ".join((row.what.ljust(FIRST_COLUMN), *cells, row.where)).rstrip()


def _facts(article: Article) -> Iterator[Row]:
    document, language, dating = article.document, article.language, article.published
    yield Row("title", article.title or "none", "", "", "")
    yield Row("id", article.id, "", "", "")
    yield Row("encoding", document.encoding, f"{document.encoding_confidence:.2f}", "the bytes", "")
    yield Row("language", language.code, f"{language.confidence:.2f}", language.method, "")
    yield _cited("source", article, article.source) if article.source else Row("source", "unknown", "", "", "")
    if dating:
        rule = "; ".join((dating.method, *dating.signs))
        yield Row("published", dating.date, f"{dating.confidence:.2f}", rule, _where(article, dating.evidence))
    else:
        yield Row("published", "unknown", "", "nothing in the text supports a date", "")
    if day := article.yearless:
        rule = "; ".join(("the archive may tell the year", *day.signs))
        where = _where(article, day.evidence)
        yield Row("day", f"--{day.month:02}-{day.day:02}", f"{day.confidence:.2f}", rule, where)
    if line := article.dateline:
        yield Row("dateline", line.text, f"{line.confidence:.2f}", line.rule, _where(article, line.span))
    yield from _authors(article)
    yield from (_cited("cites", article, citation) for citation in article.attribution)
    yield Row("words", str(article.words), "", "", "")
    yield from (
        Row("keyword", word, f"{weight:.2f}", "weight", "") for word, weight in article.keywords[:MOST_KEYWORDS]
    )


def _authors(article: Article) -> Iterator[Row]:
    stated = article.document.stated.byline is not None
    for name in article.byline or ("none",):
        where = "" if name == "none" or stated else _where(article, article.document.byline)
        yield Row("byline", name, "", "stated" if stated else "line of authors" if where else "", where)


def _cited(what: str, article: Article, citation: Citation) -> Row:
    return Row(what, citation.name, f"{citation.confidence:.2f}", citation.rule, _where(article, citation.span))


def _where(article: Article, span: Span | None) -> str:
    if span is None:
        return ""
    before = article.document.text[: span.start]
    text = " ".join(article.document.text[span.start : span.end].split())
    return f"line {before.count(chr(10)) + 1}, characters {span.start}-{span.end}: “{text}”"


def _mentions(article: Article) -> Iterator[Row]:
    prose = article.document.prose
    for mention in article.mentions:
        start, end = mention.span
        left, right = prose[max(0, start - CONTEXT) : start], prose[end : end + CONTEXT]
        line = f"{left}[{prose[start:end]}]{right}".replace("\n", " ")
        known = f" = {mention.key}" if mention.key else ""
        where = f"{start}-{end}: …{line}…"
        yield Row(mention.type, f"{mention.name}{known}", f"{mention.confidence:.2f}", mention.rule, where)
