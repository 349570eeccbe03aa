"""Entities, tags and languages with their articles -> terms."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from sitegen.archive.corrections import Corrections, normal
from sitegen.archive.identity import Identities
from sitegen.archive.sources import most_used
from sitegen.authority import Authority
from sitegen.config import Settings
from sitegen.model import Article, EntityType, Slug, Term, TermKind, TermRef
from sitegen.urls import term_url


def entity_terms(
    who: Identities,
    numbers_of: Mapping[TermRef, tuple[int, ...]],
    settings: Settings,
    authority: Authority,
    corrections: Corrections,
) -> Iterator[tuple[TermRef, Term]]:
    """A term for every entity, called as a person, else the authority, else most articles call it."""
    for ref, naming in who.namings.items():
        entry = authority.entries.get(ref.id)
        known = entry if entry and entry.type is EntityType(ref.kind) else None
        written = naming.names
        name = authority.name(known.id, settings.language) if known else written[0]
        keys = [normal(each) for each in (name, *written)]
        name = next((row.value for key in keys if (row := corrections.rename.get(key))), name)
        identified = next((row.value for key in keys if (row := corrections.identify.get(key))), "")
        aliases = dict.fromkeys([*naming.surfaces, *written])
        yield (
            ref,
            Term(
                kind=ref.kind,
                id=ref.id,
                url=term_url(ref.kind, ref.id),
                has_page=len(numbers_of[ref]) >= settings.term_page_minimum and ref not in who.own,
                name=name,
                language=settings.language if known else naming.languages[0],
                aliases=tuple(alias for alias in aliases if alias != name),
                wikidata=identified or (known.wikidata if known else ""),
                numbers=numbers_of[ref],
            ),
        )


def tag_terms(
    spellings: Mapping[TermRef, Counter[str]],
    languages: Mapping[TermRef, Counter[str]],
    numbers_of: Mapping[TermRef, tuple[int, ...]],
    settings: Settings,
) -> Iterator[tuple[TermRef, Term]]:
    """A term for every tag, spelt as most articles spell it."""
    for ref, written in spellings.items():
        name, *others = most_used(written)
        yield (
            ref,
            Term(
                kind=TermKind.TAG,
                id=ref.id,
                url=term_url(TermKind.TAG, ref.id),
                has_page=len(numbers_of[ref]) >= settings.term_page_minimum,
                name=name,
                language=most_used(languages[ref])[0],
                aliases=tuple(others),
                wikidata="",
                numbers=numbers_of[ref],
            ),
        )


def language_terms(articles: Sequence[Article]) -> Iterator[tuple[TermRef, Term]]:
    """A term for every language; its name is its code, which pages show in the reader's words."""
    numbers: defaultdict[str, list[int]] = defaultdict(list)
    for number, article in enumerate(articles):
        numbers[article.language.code].append(number)
    for code, held in numbers.items():
        ref = TermRef(TermKind.LANGUAGE, Slug(code.lower()))
        yield (
            ref,
            Term(
                kind=TermKind.LANGUAGE,
                id=ref.id,
                url=term_url(TermKind.LANGUAGE, ref.id),
                has_page=True,
                name=code,
                language="",
                aliases=(),
                wikidata="",
                numbers=tuple(held),
            ),
        )
