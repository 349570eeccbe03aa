"""Datelines of all articles -> the place entities that they name."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from functools import cache

from sitegen.archive.corrections import normal
from sitegen.archive.identity import Identities
from sitegen.authority import Authority
from sitegen.model import Article, RecordEntity, TermKind, TermRef


def find_datelines(articles: Sequence[Article], who: Identities, authority: Authority) -> list[TermRef | None]:
    """For each article the place that its dateline names, when it is one of the article's entities."""
    called: defaultdict[str, set[TermRef]] = defaultdict(set)
    for ref, naming in who.namings.items():
        for surface in naming.surfaces if ref.kind is TermKind.PLACE else ():
            called[normal(surface)].add(ref)
    standing = {ref.id: ref for ref in who.namings if ref.kind is TermKind.PLACE}

    @cache
    def meant(text: str) -> frozenset[TermRef]:
        entry = authority.find(text) if text else None
        known = standing.get(entry.id) if entry else None
        return frozenset((*called.get(normal(text), ()), *((known,) if known else ())))

    texts = (article.dateline.text if article.dateline else "" for article in articles)
    return [_first(found, meant(text)) for found, text in zip(who.entities, texts, strict=True)]


def _first(found: Iterable[RecordEntity], refs: Collection[TermRef]) -> TermRef | None:
    return next((ref for ref, _ in found if ref in refs), None) if refs else None
