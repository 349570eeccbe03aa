"""Chooses words of an archive with which the help panel teaches the query language."""

from itertools import pairwise

from sitegen.model import ENTITY_KINDS, Archive, Record
from sitegen.search.analyzer import words

EXAMPLE_LENGTH = 4
EXAMPLES_READ = 100


def choose_examples(archive: Archive) -> dict[str, str]:
    """Words of this archive for the help panel, so that every example finds something.

    They come from one article, the newest of the entity named in most: two words and a phrase of its title, the
    entity, a tag and the source; `other` is a word of another article's title. What there is none of is left out.
    """
    if not archive.records:
        return {}
    entities = [term for kind in ENTITY_KINDS for term in archive.of_kind(kind)]
    entity = min(entities, key=lambda term: (-len(term.numbers), term.id), default=None)
    numbers = entity.numbers[-EXAMPLES_READ:] if entity else range(len(archive.records))[-EXAMPLES_READ:]
    record = max((archive.records[number] for number in numbers), key=_usefulness)
    word, second = (*_long_words(record), "", "")[:2]
    chosen = {
        "word": word,
        "second": second,
        "phrase": _phrase(record),
        "entity": entity.name if entity else "",
        "tag": archive.terms[record.tags[0]].name if record.tags else "",
        "source": archive.terms[record.source].name if record.source else "",
        "other": _other_word(archive, record),
    }
    return {name: value for name, value in chosen.items() if value}


def _usefulness(record: Record) -> tuple[int, int]:
    has = (record.tags, record.source, _phrase(record), len(_long_words(record)) > 1)
    return sum(map(bool, has)), record.number


def _long_words(record: Record) -> list[str]:
    """The words of a title that are long enough to be examples, each once."""
    found = (word for word in record.article.title.split() if word.isalpha() and len(word) >= EXAMPLE_LENGTH)
    return list(dict.fromkeys(found))


def _phrase(record: Record) -> str:
    """The first two neighbouring long words of a title."""
    long = set(_long_words(record))
    pairs = pairwise(record.article.title.split())
    return next((f"{one} {other}" for one, other in pairs if one in long and other in long), "")


def _other_word(archive: Archive, record: Record) -> str:
    """A long word of the newest title that shares no word with `record`'s title and text; "" when there is none."""
    used = set(words("\n".join((record.article.title, *record.article.paragraphs))))
    found = (word for other in reversed(archive.records[-EXAMPLES_READ:]) for word in _long_words(other))
    return next((word for word in found if used.isdisjoint(words(word))), "")
