"""Mentions of all articles -> entities: who is who across the archive, after the authority and the corrections.

Names of several words are one entity when their slugs agree. A single word that the authority does not know may be
anybody: as a person's name it stays its article's own.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache, partial
from typing import NamedTuple

from sitegen.archive.corrections import Corrections, Row, article_key, normal
from sitegen.authority import Authority
from sitegen.model import Article, ArticleId, EntityType, RecordEntity, Slug, TermKind, TermRef
from sitegen.urls import term_slug

DOUBTFUL = 0.75
"""Below this confidence a mention's type yields to what the rest of the archive says of the name."""


@dataclass(frozen=True, slots=True)
class Naming:
    """Under which names an entity occurs, how often, and in articles of which languages."""

    names: Counter[str] = field(default_factory=Counter)
    surfaces: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Identities:
    """Who is named where.

    Attributes:
        entities: for each article, its entities, most mentioned first.
        namings: for each entity, its names.
        own: entities known from one article alone, by a single word.
        moved: where an entity went that would have stood elsewhere without authority or corrections.
        names: the normal form of every name that occurs.
    """

    entities: tuple[tuple[RecordEntity, ...], ...]
    namings: Mapping[TermRef, Naming]
    own: frozenset[TermRef]
    moved: Mapping[TermRef, TermRef]
    names: frozenset[str]


class _Said(NamedTuple):
    """What an article says in a mention. `where` is the article, if a correction is for it alone, else ""."""

    where: str
    surface: str
    name: str
    type: EntityType
    key: str
    settled: bool
    known: bool


class _Claim(NamedTuple):
    """What is meant, after corrections: a name, its slug, its type and its id in the authority.

    `settled`: its type is not put to the vote. `known`: a person or the authority says who it is.
    """

    name: str
    slug: Slug
    type: EntityType
    key: str
    settled: bool
    known: bool


def resolve(articles: Sequence[Article], corrections: Corrections, authority: Authority) -> Identities:
    """The entities of `articles`, given in the order of their numbers."""
    meant = cache(partial(_meant, corrections, authority))
    claimed = corrections.places()
    said = [_said(article, claimed) for article in articles]
    claims = [[(index, each, claim) for index, each in enumerate(found) if (claim := meant(each))] for found in said]
    types = _elected_types(articles, claims)
    own: set[TermRef] = set()
    namings: defaultdict[TermRef, Counter[tuple[_Said, str]]] = defaultdict(Counter)
    entities = []
    for article, found in zip(articles, claims, strict=True):
        language = article.language.code
        mentions: dict[TermRef, list[int]] = {}
        for index, each, claim in found:
            ref = _ref(claim, article.id, types, own)
            mentions.setdefault(ref, []).append(index)
            namings[ref][each, language] += 1
        ordered = sorted(mentions.items(), key=lambda pair: (-len(pair[1]), pair[1][0]))
        entities.append(tuple(RecordEntity(ref, tuple(indices)) for ref, indices in ordered))
    distinct = dict.fromkeys(each for found in said for each in found)
    return Identities(
        entities=tuple(entities),
        namings={ref: _naming(counts, meant) for ref, counts in namings.items()},
        own=frozenset(own),
        moved=_moved(namings),
        names=frozenset(normal(name) for each in distinct for name in (each.name, each.surface)),
    )


def _said(article: Article, claimed: Collection[str]) -> list[_Said]:
    place = article_key(article.seed.path)
    where = place if place in claimed else ""
    found = []
    for surface, (_, name, type_, key, confidence, rule) in zip(article.surfaces, article.mentions, strict=True):
        known = bool(key) or rule == "stated"
        found.append(_Said(where, surface, name, type_, key, known or confidence >= DOUBTFUL, known))
    return found


def _meant(corrections: Corrections, authority: Authority, said: _Said) -> _Claim | None:
    """What a mention means by what a person says of its name, else by the article; None when a person says nothing."""
    keys = (normal(said.surface), normal(said.name))
    if any(_applies(row, said.where) for key in keys for row in corrections.veto.get(key, ())):
        return None
    claim = _Claim(said.name, term_slug(said.name), said.type, said.key, said.settled, said.known)
    if into := _corrected(keys, said.where, corrections):
        entry = authority.find(into)
        claim = _Claim(
            into,
            term_slug(into),
            entry.type if entry else said.type,
            entry.id if entry else "",
            bool(entry) or said.settled,
            known=True,
        )
    retyped = next((row for each in (normal(claim.name), *keys) if (row := corrections.retype.get(each))), None)
    return _retyped(claim, EntityType(retyped.value), authority) if retyped else claim


def _retyped(claim: _Claim, type_: EntityType, authority: Authority) -> _Claim:
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


def _elected_types(
    articles: Iterable[Article], claims: Iterable[list[tuple[int, _Said, _Claim]]]
) -> dict[Slug, EntityType]:
    """For each name, by slug, the type that most of the archive's confidence is behind."""
    votes: defaultdict[tuple[Slug, EntityType], float] = defaultdict(float)
    for article, found in zip(articles, claims, strict=True):
        for index, _, claim in found:
            votes[claim.slug, claim.type] += article.mentions[index].confidence
    elected: dict[Slug, EntityType] = {}
    for slug, type_ in sorted(votes, key=lambda vote: (-votes[vote], TYPE_ORDER.index(vote[1]))):
        elected.setdefault(slug, type_)
    return elected


TYPE_ORDER = tuple(EntityType)
"""Of types with as many votes the first wins."""


def _ref(claim: _Claim, article: ArticleId, types: Mapping[Slug, EntityType], own: set[TermRef]) -> TermRef:
    if claim.key:
        return TermRef(KINDS[claim.type], Slug(claim.key))
    type_ = claim.type if claim.settled else types[claim.slug]
    if type_ is EntityType.PERSON and not claim.known and _is_single_word(claim.name):
        ref = TermRef(TermKind.PERSON, Slug(f"{claim.slug}-{article}"))
        own.add(ref)
        return ref
    return TermRef(KINDS[type_], claim.slug)


KINDS = {type_: TermKind(type_) for type_ in EntityType}


@lru_cache(maxsize=1 << 18)
def _is_single_word(name: str) -> bool:
    """Whether a name is one word of a script that sets words apart (those from Thai onwards mostly do not)."""
    return " " not in name and max(map(ord, name), default=0) < 0x0E00


def _naming(counts: Counter[tuple[_Said, str]], meant: Callable[[_Said], _Claim | None]) -> Naming:
    naming = Naming()
    for (said, language), count in counts.items():
        claim = meant(said)
        assert claim
        naming.names[claim.name] += count
        naming.surfaces[said.surface] += count
        naming.languages[language] += count
    return naming


def _moved(namings: Mapping[TermRef, Counter[tuple[_Said, str]]]) -> dict[TermRef, TermRef]:
    """Where each entity went that would stand where none stands now."""
    moved: dict[TermRef, TermRef] = {}
    for ref, counts in namings.items():
        for said, _ in counts:
            before = TermRef(KINDS[said.type], term_slug(said.name))
            if before != ref and before not in namings:
                moved.setdefault(before, ref)
    return moved
