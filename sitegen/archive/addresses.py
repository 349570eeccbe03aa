"""Which address each thing has, and where addresses once in use lead: seeds/addresses.tsv.

A line is address, TAB, kind ("article", "thread" or a kind of term), TAB, id; a thread's id is that of its first
article. What is frozen keeps its address when its title or name changes; an address whose thing is gone leads to where
it went, or to the list where it used to be found.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sitegen.errors import InputError
from sitegen.model import (
    Archive,
    Article,
    ArticleId,
    Problem,
    Record,
    Redirect,
    Severity,
    Slug,
    Term,
    TermKind,
    TermRef,
    Thread,
    Url,
)
from sitegen.urls import ARTICLES, THREADS, article_url, kind_url

FILE_NAME = "addresses.tsv"
ARTICLE, THREAD = "article", "thread"


@dataclass(frozen=True, slots=True)
class Frozen:
    """A frozen address, what it is the address of, and its line in the file."""

    url: Url
    kind: str
    id: str
    line: int


def parse_addresses(text: str, path: str) -> tuple[Frozen, ...]:
    """The frozen addresses that the text of an addresses.tsv lists.

    Raises:
        InputError: lines of another form, and addresses listed twice for different things.
    """
    rows: dict[Url, Frozen] = {}
    problems = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        parts = line.split("\t")
        if len(parts) != 3 or not parts[0].startswith("/") or parts[1] not in {ARTICLE, THREAD, *TermKind}:
            message = f"not an address, a kind and an id with tabs between: {line!r}; run freeze to write it anew"
            problems.append(Problem(path, number, "", message, Severity.ERROR))
            continue
        row = Frozen(Url(parts[0]), parts[1], parts[2], number)
        other = rows.setdefault(row.url, row)
        if (other.kind, other.id) != (row.kind, row.id):
            message = f"{row.url} is already the address of {other.kind} {other.id} (line {other.line}); keep one"
            problems.append(Problem(path, number, "", message, Severity.ERROR))
    if problems:
        raise InputError(problems)
    return tuple(rows.values())


def format_addresses(archive: Archive, frozen: Iterable[Frozen]) -> str:
    """The text of addresses.tsv with every address in use and every one frozen before, sorted."""
    rows = {row.url: (row.kind, row.id) for row in frozen}
    rows.update({record.url: (ARTICLE, record.article.id) for record in archive.records})
    firsts = ((thread.url, archive.records[thread.numbers[0]]) for thread in archive.threads)
    # An address stays with the article that it was frozen for, whatever joins its thread.
    rows.update({url: (THREAD, first.article.id) for url, first in firsts if url not in rows})
    rows.update({term.url: (ref.kind.value, ref.id) for ref, term in archive.terms.items() if term.has_page})
    lines = [f"{url}\t{kind}\t{name}\n" for url, (kind, name) in sorted(rows.items())]
    return "# Written by `python build.py freeze`: address, kind, id. What stands here keeps its address.\n" + "".join(
        lines
    )


def article_urls(articles: Iterable[Article], frozen: Iterable[Frozen], path: str) -> dict[ArticleId, Url]:
    """The address of every article.

    Raises:
        InputError: two articles claim one id or one address; names both seeds.
    """
    kept = {row.id: row.url for row in frozen if row.kind == ARTICLE}
    urls: dict[ArticleId, Url] = {}
    claimed: dict[str, str] = {}
    problems = []
    for article in articles:
        url = kept.get(article.id) or article_url(article.slug, article.id)
        seed = article.seed.path
        for claim, field in ((article.id, "id"), (url, "address")):
            other = claimed.setdefault(claim, seed)
            if other != seed:
                message = f"{claim} is also claimed by {other}; give one of the two another id in its front matter"
                problems.append(Problem(f"{path}/{seed}", 0, field, message, Severity.ERROR))
        urls[article.id] = url
    if problems:
        raise InputError(problems)
    return urls


def frozen_threads(frozen: Iterable[Frozen]) -> dict[str, Url]:
    """The frozen addresses of threads, by the id of the article that each was frozen for."""
    return {row.id: row.url for row in frozen if row.kind == THREAD}


def thread_addresses(records: Sequence[Record], threads: Iterable[Thread]) -> dict[ArticleId, Url]:
    """The address of the thread of each article that is in one."""
    return {records[number].article.id: thread.url for thread in threads for number in thread.numbers}


def redirects(
    frozen: Iterable[Frozen],
    urls: Mapping[ArticleId, Url],
    terms: Mapping[TermRef, Term],
    moved: Mapping[TermRef, TermRef],
    threads: Mapping[ArticleId, Url],
) -> Iterator[Redirect]:
    """A redirect for every frozen address at which nothing stands any more.

    Args:
        frozen: the addresses once in use.
        urls: where each article stands.
        terms: every term.
        moved: where entities went that stood elsewhere before a merge, split, retype or veto.
        threads: the address of the thread of each article that is in one.
    """
    standing = {*urls.values(), *threads.values(), *(term.url for term in terms.values() if term.has_page)}
    for row in frozen:
        if row.url in standing:
            continue
        if row.kind == ARTICLE:
            yield Redirect(row.url, urls.get(ArticleId(row.id), ARTICLES))
            continue
        if row.kind == THREAD:
            article = ArticleId(row.id)
            yield Redirect(row.url, threads.get(article) or urls.get(article, THREADS))
            continue
        ref = TermRef(TermKind(row.kind), Slug(row.id))
        term = terms.get(moved.get(ref, ref))
        yield Redirect(row.url, term.url if term and term.has_page else kind_url(ref.kind))
