"""Mentions of all articles -> entities: who is who across the archive, after the authority and the corrections.

Names of several words are one entity when their slugs agree. A single word that the authority does not know may be
anybody: as a person's name it stays its article's own.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import NamedTuple

from sitegen.archive.corrections import Corrections, Row, article_key, normal
from sitegen.authority import Authority
from sitegen.model import Article, EntityType, RecordEntity, Slug, TermKind, TermRef
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
class _Sayings:
    """What is said in all mentions, each different thing but once.

    Attributes:
        distinct: by number.
        of_articles: for each article the number of what each of its mentions says.
    """

    distinct: Sequence[_Said]
    of_articles: Sequence[Sequence[int]]


class _Claim(NamedTuple):
    """What is meant, after corrections: a name, its slug, its type and its id in the authority; the rest as said."""

    name: str
    slug: Slug
    type: EntityType
    key: str
    settled: bool
    known: bool


def resolve(articles: Sequence[Article], corrections: Corrections, authority: Authority) -> Identities:
    """The entities of `articles`, given in the order of their numbers."""
    sayings = _gather(articles, corrections.places())
    claims = [_meant(corrections, authority, said) for said in sayings.distinct]
    types = _elected_types(articles, sayings, claims)
    refs = [claim and _shared_ref(claim, types) for claim in claims]
    own: set[TermRef] = set()
    uses: defaultdict[TermRef, Counter[tuple[int, str]]] = defaultdict(Counter)
    entities = []
    for article, numbers in zip(articles, sayings.of_articles, strict=True):
        language = article.language.code
        mentions: dict[TermRef, list[int]] = {}
        for index, number in enumerate(numbers):
            ref = refs[number]
            if ref is None:
                claim = claims[number]
                if claim is None:
                    continue
                ref = TermRef(TermKind.PERSON, Slug(f"{claim.slug}-{article.id}"))
                own.add(ref)
            mentions.setdefault(ref, []).append(index)
            uses[ref][number, language] += 1
        # Sorting leaves those with as many mentions in the order of their first.
        ordered = sorted(mentions.items(), key=lambda pair: -len(pair[1]))
        entities.append(tuple([RecordEntity(ref, tuple(indices)) for ref, indices in ordered]))
    return Identities(
        entities=tuple(entities),
        namings={ref: _naming(counts, sayings.distinct, claims) for ref, counts in uses.items()},
        own=frozenset(own),
        moved=_moved(uses, sayings.distinct),
        names=frozenset(normal(name) for said in sayings.distinct for name in (said.name, said.surface)),
    )


def _gather(articles: Iterable[Article], claimed: Collection[str]) -> _Sayings:
    """What articles say in their mentions; `claimed` are those that some correction is for alone."""
    numbers: defaultdict[tuple[str, str, str, EntityType, str, bool, bool], int] = defaultdict(count().__next__)
    of_articles = []
    for article in articles:
        place = article_key(article.seed.path) if claimed else ""
        where = place if place in claimed else ""
        of_articles.append(
            [
                numbers[where, surface, name, type_, key, confidence >= DOUBTFUL, rule == "stated"]
                for surface, (_, name, type_, key, confidence, rule) in zip(
                    article.surfaces, article.mentions, strict=True
                )
            ]
        )
    return _Sayings(list(map(_Said._make, numbers)), of_articles)


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
    articles: Iterable[Article], sayings: _Sayings, claims: Sequence[_Claim | None]
) -> dict[Slug, EntityType]:
    """For each name, by slug, the type that most of the archive's confidence is behind."""
    candidates = [claim and (claim.slug, claim.type) for claim in claims]
    votes: defaultdict[tuple[Slug, EntityType], float] = defaultdict(float)
    for article, numbers in zip(articles, sayings.of_articles, strict=True):
        for number, mention in zip(numbers, article.mentions, strict=True):
            candidate = candidates[number]
            if candidate:
                votes[candidate] += mention.confidence
    elected: dict[Slug, EntityType] = {}
    for slug, type_ in sorted(votes, key=lambda vote: (-votes[vote], TYPE_ORDER.index(vote[1]))):
        elected.setdefault(slug, type_)
    return elected


TYPE_ORDER = tuple(EntityType)
"""Of types with as many votes the first wins."""


def _shared_ref(claim: _Claim, types: Mapping[Slug, EntityType]) -> TermRef | None:
    """The entity that is meant wherever this is claimed; None for whom each article may know another one by."""
    if claim.key:
        return TermRef(KINDS[claim.type], Slug(claim.key))
    type_ = claim.type if claim.settled else types[claim.slug]
    if type_ is EntityType.PERSON and not claim.known and _is_single_word(claim.name):
        return None
    return TermRef(KINDS[type_], claim.slug)


KINDS = {type_: TermKind(type_) for type_ in EntityType}


def _is_single_word(name: str) -> bool:
    """Whether a name is one word of a script that sets words apart (those from Thai onwards mostly do not)."""
    return " " not in name and max(map(ord, name), default=0) < 0x0E00


def _naming(counts: Mapping[tuple[int, str], int], said: Sequence[_Said], claims: Sequence[_Claim | None]) -> Naming:
    naming = Naming()
    for (number, language), times in counts.items():
        claim = claims[number]
        assert claim
        naming.names[claim.name] += times
        naming.surfaces[said[number].surface] += times
        naming.languages[language] += times
    return naming


def _moved(uses: Mapping[TermRef, Iterable[tuple[int, str]]], said: Sequence[_Said]) -> dict[TermRef, TermRef]:
    """Where each entity went that would stand where none stands now."""
    unmoved = [TermRef(KINDS[each.type], term_slug(each.name)) for each in said]
    moved: dict[TermRef, TermRef] = {}
    for ref, numbers in uses.items():
        for number, _ in numbers:
            before = unmoved[number]
            if before != ref and before not in uses:
                moved.setdefault(before, ref)
    return moved
