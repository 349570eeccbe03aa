"""Mentions of all articles -> entities: who is who across the archive, after the authority and the corrections.

Names of several words are one entity when their slugs agree. A single word that the authority does not know may be
anybody: as a person's name it stays its article's own.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, count
from typing import NamedTuple

import numpy as np

from sitegen.archive.claims import Claim, Said, Sayings, claim_all, gather_sayings
from sitegen.archive.columns import Numbers, bounds, split
from sitegen.archive.corrections import Corrections, normal
from sitegen.authority import Authority
from sitegen.model import Article, EntityType, RecordEntity, Slug, TermKind, TermRef
from sitegen.urls import term_slug

# What the class' own method does, at a third of the cost.
NEW_ENTITY = partial(tuple.__new__, RecordEntity)


class Naming(NamedTuple):
    """Under which names an entity occurs, and in articles of which languages: the most frequent first."""

    names: tuple[str, ...]
    surfaces: tuple[str, ...]
    languages: tuple[str, ...]


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

    entities: Sequence[tuple[RecordEntity, ...]]
    namings: Mapping[TermRef, Naming]
    own: frozenset[TermRef]
    moved: Mapping[TermRef, TermRef]
    names: frozenset[str]

    def named(self) -> Iterator[frozenset[str]]:
        """For each article the names of its entities in their normal form."""
        names = {ref: [normal(name) for name in naming.names] for ref, naming in self.namings.items()}
        return (frozenset(chain.from_iterable(names[ref] for ref, _ in found)) for found in self.entities)


@dataclass(frozen=True, slots=True)
class _Uses:
    """Which entities are meant, in rows: for each mention, but those that mean nothing, which it is and whom it means.

    Attributes:
        refs: the entities, by number.
        own: those of them that are known by a single word alone.
        row: the mention's row among the sayings, ascending.
        ref: the number of its entity.
    """

    refs: Sequence[TermRef]
    own: frozenset[TermRef]
    row: Numbers
    ref: Numbers


def resolve(articles: Sequence[Article], corrections: Corrections, authority: Authority) -> Identities:
    """The entities of `articles`, given in the order of their numbers."""
    sayings = gather_sayings(articles, corrections.places())
    claims = claim_all(sayings.distinct, corrections, authority)
    uses = _find_uses(articles, sayings, claims)
    return Identities(
        entities=_entities(sayings, uses, len(articles)),
        namings=_namings(articles, sayings, claims, uses),
        own=uses.own,
        moved=_moved(uses, sayings.number[uses.row], sayings.distinct),
        names=frozenset(normal(name) for said in sayings.distinct for name in (said.name, said.surface)),
    )


def _find_uses(articles: Sequence[Article], sayings: Sayings, claims: Sequence[Claim | None]) -> _Uses:
    """Whom each mention means; what a single word claims may be another person in each article."""
    numbers: defaultdict[TermRef, int] = defaultdict(count().__next__)
    types = _elected_types(sayings, claims)
    meant = [_shared_ref(claim, types) if claim else None for claim in claims]
    by_saying = np.array([-1 if ref is None else numbers[ref] for ref in meant], np.int64)
    ref = by_saying[sayings.number]
    own: set[TermRef] = set()
    for row in np.flatnonzero(ref < 0).tolist():
        if claim := claims[sayings.number[row]]:
            single = TermRef(TermKind.PERSON, Slug(f"{claim.slug}-{articles[sayings.article[row]].id}"))
            own.add(single)
            ref[row] = numbers[single]
    known = np.flatnonzero(ref >= 0)
    return _Uses(list(numbers), frozenset(own), known, ref[known])


def _elected_types(sayings: Sayings, claims: Sequence[Claim | None]) -> dict[Slug, EntityType]:
    """For each name, by slug, the type that most of the archive's confidence is behind."""
    numbers: defaultdict[tuple[Slug, EntityType] | None, int] = defaultdict(count().__next__)
    candidates = np.array([numbers[claim and (claim.slug, claim.type)] for claim in claims], np.int64)
    votes = np.bincount(candidates[sayings.number], sayings.confidence).tolist()
    cast = [(-votes[number], TYPE_ORDER.index(each[1]), each) for each, number in numbers.items() if each]
    elected: dict[Slug, EntityType] = {}
    for _, _, (slug, type_) in sorted(cast):
        elected.setdefault(slug, type_)
    return elected


TYPE_ORDER = tuple(EntityType)
"""Of types with as many votes the first wins."""


def _shared_ref(claim: Claim, types: Mapping[Slug, EntityType]) -> TermRef | None:
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


def _entities(sayings: Sayings, uses: _Uses, articles: int) -> list[tuple[RecordEntity, ...]]:
    """For each article its entities, most mentioned first, then in the order of their first mentions."""
    article, row = sayings.article[uses.row], uses.row
    codes = article * len(uses.refs) + uses.ref
    order = np.argsort(codes, kind="stable")
    codes, starts, sizes = np.unique(codes[order], return_index=True, return_counts=True)
    owner, ref = np.divmod(codes, max(1, len(uses.refs)))
    by_size = np.lexsort((row[order[starts]], -sizes, owner))
    places = (row - bounds(sayings.article, articles)[article])[order].tolist()
    spans = zip(starts[by_size].tolist(), (starts + sizes)[by_size].tolist(), strict=True)
    # Of so few different ones, one for all takes less room.
    different: dict[tuple[int, ...], tuple[int, ...]] = {}
    mentions = (tuple(places[start:end]) for start, end in spans)
    mentions = (different.setdefault(own, own) for own in mentions)
    refs = map(uses.refs.__getitem__, ref[by_size].tolist())
    made = list(map(NEW_ENTITY, zip(refs, mentions, strict=True)))
    return split(made, owner, articles)


def _namings(
    articles: Sequence[Article], sayings: Sayings, claims: Sequence[Claim | None], uses: _Uses
) -> dict[TermRef, Naming]:
    count = len(uses.refs)
    said = sayings.number[uses.row]
    languages = [article.language.code for article in articles]
    columns = (
        _most_used(uses.ref, said, [claim.name if claim else "" for claim in claims], count),
        _most_used(uses.ref, said, [said.surface for said in sayings.distinct], count),
        _most_used(uses.ref, sayings.article[uses.row], languages, count),
    )
    return dict(zip(uses.refs, map(Naming, *columns), strict=True))


def _most_used(owner: Numbers, number: Numbers, texts: Sequence[str], owners: int) -> list[tuple[str, ...]]:
    """The texts of each owner's rows, by how often they are used, then by spelling.

    Args:
        owner, number: of each row the number of its owner, and that of its text.
    """
    spelt = sorted(set(texts))
    places = {text: place for place, text in enumerate(spelt)}
    place = np.array([places[text] for text in texts], np.int64)
    codes, times = np.unique(owner * len(spelt) + place[number], return_counts=True)
    owner, place = np.divmod(codes, max(1, len(spelt)))
    order = np.lexsort((place, -times, owner))
    found = list(map(spelt.__getitem__, place[order].tolist()))
    return split(found, owner, owners)


def _moved(uses: _Uses, said: Numbers, distinct: Sequence[Said]) -> dict[TermRef, TermRef]:
    """Where each entity went that would stand where none stands now.

    Args:
        said: of each use, the number of what is said.
    """
    standing = frozenset(uses.refs)
    unmoved = [TermRef(KINDS[each.type], term_slug(each.name)) for each in distinct]
    gone = np.array([ref not in standing for ref in unmoved], bool)[said]
    _, first = np.unique(uses.ref, return_index=True)
    ref, said = np.divmod(np.unique(uses.ref[gone] * len(distinct) + said[gone]), max(1, len(distinct)))
    moved: dict[TermRef, TermRef] = {}
    for pair in np.argsort(first[ref], kind="stable").tolist():
        moved.setdefault(unmoved[said[pair]], uses.refs[ref[pair]])
    return moved
