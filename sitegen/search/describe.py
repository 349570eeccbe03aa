"""Turns an archive into what the search page shows of it: results, filters, aliases and examples."""

from typing import Any

from sitegen.locale import language_name
from sitegen.model import Archive, EntityType, Record, Term, TermKind
from sitegen.search.analyzer import words
from sitegen.search.fields import alias_targets

EXAMPLE_LENGTH = 4
EXAMPLES_READ = 100
ENTITY_KINDS = tuple(TermKind(kind) for kind in EntityType)
"""The kinds of entity, in the order of their bits in the type column."""


def describe_records(archive: Archive) -> dict[str, list[Any]]:
    """One list a column, by article number: what a result shows and what filters compare.

    `sources` and `languages` hold places in the lists of `describe_terms`, -1 for none; `types` has a bit for each
    kind of entity that the article names; `dates` are "" when unknown.
    """
    sources = {term.id: place for place, term in enumerate(_terms_of(archive, TermKind.SOURCE))}
    languages = {code: place for place, code in enumerate(language_codes(archive))}
    return {
        "titles": [record.article.title for record in archive.records],
        "urls": [record.url for record in archive.records],
        "dates": [record.article.published.date if record.article.published else "" for record in archive.records],
        "sources": [sources.get(record.source.id, -1) if record.source else -1 for record in archive.records],
        "languages": [languages[record.article.language.code] for record in archive.records],
        "types": [type_bits(record) for record in archive.records],
    }


def _terms_of(archive: Archive, kind: TermKind) -> list[Term]:
    return [term for ref, term in sorted(archive.terms.items()) if ref.kind is kind]


def language_codes(archive: Archive) -> list[str]:
    """The codes of all languages that articles are in, sorted."""
    return sorted({record.article.language.code for record in archive.records})


def type_bits(record: Record) -> int:
    """A bit for each kind of entity that the article names, the first kind lowest."""
    kinds = {entity.ref.kind for entity in record.entities}
    return sum(1 << bit for bit, kind in enumerate(ENTITY_KINDS) if kind in kinds)


def describe_terms(archive: Archive, language: str) -> dict[str, list[Any]]:
    """What the columns' values mean, in their order, named in the interface's language."""
    return {
        "sources": [{"name": term.name} for term in _terms_of(archive, TermKind.SOURCE)],
        "languages": [{"code": code, "name": language_name(code, language)} for code in language_codes(archive)],
        "types": [{"code": kind.value} for kind in ENTITY_KINDS],
    }


def describe_aliases(archive: Archive) -> dict[str, list[list[str]]]:
    """Name and address ("" without a page) of each term that an alias stands for, by the alias's key."""
    entities = [term for kind in ENTITY_KINDS for term in _terms_of(archive, kind)]
    found = alias_targets(entities)
    return {key: [[term.name, term.url if term.has_page else ""] for term in found[key]] for key in sorted(found)}


def choose_examples(archive: Archive) -> dict[str, str]:
    """Words of this archive for the help panel, so that every example finds something.

    They come from one article, the newest of the entity named in most: two words and a phrase of its title, the
    entity, a tag and the source; `other` is a word of another article's title. What there is none of is left out.
    """
    entities = [term for kind in ENTITY_KINDS for term in archive.of_kind(kind)]
    entity = min(entities, key=lambda term: (-len(term.numbers), term.id), default=None)
    if not archive.records:
        return {}
    record = archive.records[entity.numbers[-1] if entity else -1]
    title_words = record.article.title.split()
    long = [word for word in title_words if word.isalpha() and len(word) >= EXAMPLE_LENGTH]
    word, second = (*long, "", "")[:2]
    chosen = {
        "word": word,
        "second": second,
        "phrase": " ".join(title_words[:2]),
        "entity": entity.name if entity else "",
        "tag": archive.terms[record.tags[0]].name if record.tags else "",
        "source": archive.terms[record.source].name if record.source else "",
        "other": _other_word(archive, record),
    }
    return {name: value for name, value in chosen.items() if value}


def _other_word(archive: Archive, record: Record) -> str:
    """A long word of the newest title that shares no word with `record`'s title and text; "" when there is none."""
    used = set(words("\n".join((record.article.title, *record.article.paragraphs))))
    titles = (other.article.title for other in reversed(archive.records[-EXAMPLES_READ:]))
    found = (word for title in titles for word in title.split() if word.isalpha() and len(word) >= EXAMPLE_LENGTH)
    return next((word for word in found if used.isdisjoint(words(word))), "")
