"""Mentions of all articles -> entities: who is who across the archive, after the authority and the corrections.

Names of several words are one entity when their slugs agree. A single word that the authority does not know may be
anybody: as a person's name it stays its article's own.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sitegen.archive.corrections import Corrections, Row, article_key, normal
from sitegen.authority import Authority
from sitegen.model import Article, EntityType, Mention, RecordEntity, Slug, TermKind, TermRef
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


@dataclass(frozen=True, slots=True)
class _Claim:
    """A mention with the archive's view of it: its name, type and authority id after corrections.

    `settled`: its type is not put to the vote. `known`: a person or the authority says who it is.
    """

    mention: int
    surface: str
    name: str
    type: EntityType
    key: str
    settled: bool
    known: bool


def resolve(articles: Sequence[Article], corrections: Corrections, authority: Authority) -> Identities:
    """The entities of `articles`, given in the order of their numbers."""
    claims = [_claims(article, corrections, authority) for article in articles]
    types = _elected_types(articles, claims)
    namings: defaultdict[TermRef, Naming] = defaultdict(Naming)
    own: set[TermRef] = set()
    moved: dict[TermRef, TermRef] = {}
    entities = []
    for article, found in zip(articles, claims, strict=True):
        mentions: defaultdict[TermRef, list[int]] = defaultdict(list)
        for claim in found:
            ref = _ref(claim, article, types, own)
            mentions[ref].append(claim.mention)
            naming = namings[ref]
            naming.names[claim.name] += 1
            naming.surfaces[claim.surface] += 1
            naming.languages[article.language.code] += 1
            mention = article.mentions[claim.mention]
            before = TermRef(TermKind(mention.type), term_slug(mention.name))
            if before != ref:
                moved.setdefault(before, ref)
        ordered = sorted(mentions.items(), key=lambda each: (-len(each[1]), each[1][0]))
        entities.append(tuple(RecordEntity(ref, tuple(indices)) for ref, indices in ordered))
    gone = {before: ref for before, ref in moved.items() if before not in namings}
    names = {normal(mention.name) for article in articles for mention in article.mentions}
    names |= {normal(claim.surface) for found in claims for claim in found}
    return Identities(tuple(entities), dict(namings), frozenset(own), gone, frozenset(names))


def _claims(article: Article, corrections: Corrections, authority: Authority) -> list[_Claim]:
    where = article_key(article.document.seed.path)
    prose = article.document.prose
    found = []
    for index, mention in enumerate(article.mentions):
        surface = " ".join(prose[mention.span.start : mention.span.end].split())
        keys = (normal(surface), normal(mention.name))
        if any(_applies(row, where) for key in keys for row in corrections.veto.get(key, ())):
            continue
        into = _meant(keys, where, corrections)
        claim = _meaning(index, mention, surface, authority, into)
        retyped = next((row for each in (normal(claim.name), *keys) if (row := corrections.retype.get(each))), None)
        found.append(_retyped(claim, EntityType(retyped.value), authority) if retyped else claim)
    return found


def _meaning(index: int, mention: Mention, surface: str, authority: Authority, into: str) -> _Claim:
    """The claim that a mention makes, or, when a person says what is meant, a claim to that name."""
    name, type_, key = mention.name, mention.type, mention.key
    settled = mention.rule == "stated" or bool(key) or mention.confidence >= DOUBTFUL
    known = bool(key) or mention.rule == "stated"
    if into:
        entry = authority.find(into)
        name, key = into, entry.id if entry else ""
        type_ = entry.type if entry else type_
        settled, known = bool(entry) or settled, True
    return _Claim(index, surface, name, type_, key, settled, known)


def _retyped(claim: _Claim, type_: EntityType, authority: Authority) -> _Claim:
    agrees = bool(claim.key) and authority.entries[Slug(claim.key)].type is type_
    return replace(claim, type=type_, key=claim.key if agrees else "", settled=True)


def _meant(keys: Iterable[str], where: str, corrections: Corrections) -> str:
    """The name that a person says is meant by one of `keys` in this article, or ""."""
    for key in keys:
        for row in corrections.split.get(key, ()):
            if _applies(row, where):
                return row.value
    return next((corrections.target(key) for key in keys if key in corrections.merge), "")


def _is_single_word(name: str) -> bool:
    """Whether a name is one word of a script that sets words apart (those from Thai onwards mostly do not)."""
    return " " not in name and max(map(ord, name), default=0) < 0x0E00


def _applies(row: Row, where: str) -> bool:
    return not row.articles or where in row.articles


def _elected_types(articles: Iterable[Article], claims: Iterable[list[_Claim]]) -> dict[Slug, EntityType]:
    """For each name, by slug, the type that most of the archive's confidence is behind."""
    votes: defaultdict[Slug, defaultdict[EntityType, float]] = defaultdict(lambda: defaultdict(float))
    for article, found in zip(articles, claims, strict=True):
        for claim in found:
            votes[term_slug(claim.name)][claim.type] += article.mentions[claim.mention].confidence
    return {name: max(EntityType, key=lambda type_: types.get(type_, 0.0)) for name, types in votes.items()}


def _ref(claim: _Claim, article: Article, types: Mapping[Slug, EntityType], own: set[TermRef]) -> TermRef:
    if claim.key:
        return TermRef(TermKind(claim.type), Slug(claim.key))
    made = term_slug(claim.name)
    type_ = claim.type if claim.settled else types[made]
    if type_ is EntityType.PERSON and not claim.known and _is_single_word(claim.name):
        ref = TermRef(TermKind.PERSON, Slug(f"{made}-{article.id}"))
        own.add(ref)
        return ref
    return TermRef(TermKind(type_), made)
