"""Mentions of all articles -> what they say, each different thing once, and what is meant by that.

What a person says of a name counts first, then what the article says. Who it is that is meant, the archive decides.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, count, repeat, starmap
from operator import attrgetter
from typing import NamedTuple

import numpy as np

from sitegen.archive.columns import Numbers, Weights
from sitegen.archive.corrections import Corrections, Row, article_key, normal
from sitegen.authority import Authority
from sitegen.model import Article, EntityType, Slug
from sitegen.urls import term_slug

DOUBTFUL = 0.75
"""Below this confidence a mention's type yields to what the rest of the archive says of the name."""


class Said(NamedTuple):
    """What an article says in a mention. `where` is the article, if a correction is for it alone, else ""."""

    where: str
    surface: str
    name: str
    type: EntityType
    key: str
    sure: bool
    stated: bool

    @property
    def known(self) -> bool:
        """Whether a person or the authority says who it is."""
        return bool(self.key) or self.stated

    @property
    def settled(self) -> bool:
        """Whether its type is not put to the vote."""
        return self.known or self.sure


@dataclass(frozen=True, slots=True)
class Sayings:
    """What is said in all mentions, each different thing but once, and a row for each mention, by article.

    Attributes:
        distinct: by number, in the order of their first mentions.
        article: of each row.
        number: of each row what it says.
        confidence: of each row.
    """

    distinct: Sequence[Said]
    article: Numbers
    number: Numbers
    confidence: Weights


class Claim(NamedTuple):
    """What is meant, after corrections: a name, its slug, its type and its id in the authority; the rest as said."""

    name: str
    slug: Slug
    type: EntityType
    key: str
    settled: bool
    known: bool


def gather_sayings(articles: Sequence[Article], claimed: Collection[str]) -> Sayings:
    """What articles say in their mentions; `claimed` are those that some correction is for alone."""
    mentions = list(chain.from_iterable(article.mentions for article in articles))
    sizes = [len(article.mentions) for article in articles]
    confidence = np.fromiter((mention.confidence for mention in mentions), np.float64, len(mentions))
    # Columns, and not a loop with a row in hand: an archive of ten thousand has a hundred thousand mentions.
    rows = zip(
        chain.from_iterable(map(repeat, _places(articles, claimed), sizes)),
        chain.from_iterable(article.surfaces for article in articles),
        *(map(attrgetter(field), mentions) for field in ("name", "type", "key")),
        (confidence >= DOUBTFUL).tolist(),
        map("stated".__eq__, map(attrgetter("rule"), mentions)),
        strict=True,
    )
    numbers: defaultdict[tuple[str, str, str, EntityType, str, bool, bool], int] = defaultdict(count().__next__)
    number = np.fromiter(map(numbers.__getitem__, rows), np.int64, len(mentions))
    return Sayings(list(starmap(Said, numbers)), np.repeat(np.arange(len(sizes)), sizes), number, confidence)


def _places(articles: Iterable[Article], claimed: Collection[str]) -> Iterator[str]:
    """The key of each article that some correction is for alone, "" for others."""
    keys = (article_key(article.seed.path) if claimed else "" for article in articles)
    return (key if key in claimed else "" for key in keys)


def claim_all(sayings: Sequence[Said], corrections: Corrections, authority: Authority) -> list[Claim | None]:
    """What is meant by each saying; None where a person says that it is nothing."""
    about = corrections.about()
    return [
        _meant(corrections, authority, said)
        if normal(said.surface) in about or normal(said.name) in about
        else _as_said(said)
        for said in sayings
    ]


def _meant(corrections: Corrections, authority: Authority, said: Said) -> Claim | None:
    """What a mention means by what a person says of its name, else by the article; None when a person says nothing."""
    keys = (normal(said.surface), normal(said.name))
    if any(_applies(row, said.where) for key in keys for row in corrections.veto.get(key, ())):
        return None
    claim = _as_said(said)
    if into := _corrected(keys, said.where, corrections):
        entry = authority.find(into)
        claim = Claim(
            into,
            term_slug(into),
            entry.type if entry else said.type,
            entry.id if entry else "",
            bool(entry) or said.settled,
            known=True,
        )
    retyped = next((row for each in (normal(claim.name), *keys) if (row := corrections.retype.get(each))), None)
    return _retyped(claim, EntityType(retyped.value), authority) if retyped else claim


def _as_said(said: Said) -> Claim:
    return Claim(said.name, term_slug(said.name), said.type, said.key, said.settled, said.known)


def _retyped(claim: Claim, type_: EntityType, authority: Authority) -> Claim:
    agrees = bool(claim.key) and authority.entries[Slug(claim.key)].type is type_
    return claim._replace(type=type_, key=claim.key if agrees else "", settled=True)


def _corrected(keys: Iterable[str], where: str, corrections: Corrections) -> str:
    """The name that a person says is meant by one of `keys` in this article, or ""."""
    for key in keys:
        for row in corrections.split.get(key, ()):
            if _applies(row, where):
                return row.value
    return next((corrections.target(key) for key in keys if key in corrections.merge), "")


def _applies(row: Row, where: str) -> bool:
    return not row.articles or where in row.articles
