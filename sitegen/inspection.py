"""One seed -> what is understood from it and why, as lines for a person; and its document, to be corrected."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from sitegen.errors import InputError
from sitegen.model import Article, Citation, Problem, RawSeed, Severity, Span
from sitegen.pipeline import understand_seed
from sitegen.seeds import document_markdown, find_seed, parse_seed, read_seed

CONTEXT = 30
"""Characters of the text shown on either side of a mention."""


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

    Raises:
        InputError: the seed would be set aside; says why.
    """
    understood = understand_seed(read_one_seed(file, seeds))
    if understood.article is None:
        raise InputError(understood.problems)
    yield from map(str, understood.problems)
    yield from _facts(understood.article)
    yield from _mentions(understood.article)


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


def _facts(article: Article) -> Iterator[str]:
    document = article.document
    yield f"title       {article.title or 'none'}"
    yield f"id          {article.id}"
    yield f"encoding    {document.encoding} ({document.encoding_confidence:.2f})"
    language = article.language
    yield f"language    {language.code} ({language.confidence:.2f}, {language.method})"
    yield f"source      {_cited(article, article.source) if article.source else 'unknown'}"
    if dating := article.published:
        where = _where(article, dating.evidence) if dating.evidence else ""
        yield f"published   {dating.date} ({dating.precision}, {dating.confidence:.2f}, {dating.method}){where}"
    else:
        yield "published   unknown: nothing in the text supports a date"
    if article.dateline:
        yield f"dateline    {article.dateline.text}{_where(article, article.dateline.span)}"
    yield f"byline      {', '.join(article.byline) or 'none'}"
    for citation in article.attribution:
        yield f"cites       {_cited(article, citation)}"
    yield f"words       {article.words}"
    yield f"keywords    {', '.join(word for word, _ in article.keywords[:12]) or 'none'}"


def _cited(article: Article, citation: Citation) -> str:
    return f"{citation.name}{_where(article, citation.span)}"


def _where(article: Article, span: Span | None) -> str:
    if span is None:
        return ", stated"
    before = article.document.text[: span.start]
    text = " ".join(article.document.text[span.start : span.end].split())
    return f", line {before.count(chr(10)) + 1}, characters {span.start}-{span.end}: “{text}”"


def _mentions(article: Article) -> Iterator[str]:
    prose = article.document.prose
    yield f"mentions    {len(article.mentions)}"
    for mention in article.mentions:
        start, end = mention.span
        left, right = prose[max(0, start - CONTEXT) : start], prose[end : end + CONTEXT]
        line = f"{left}[{prose[start:end]}]{right}".replace("\n", " ")
        known = f" = {mention.key}" if mention.key else ""
        why = f"({mention.confidence:.2f}, {mention.rule})"
        yield f"  {mention.type:12} {mention.name}{known} {why} {start}-{end}: …{line}…"
