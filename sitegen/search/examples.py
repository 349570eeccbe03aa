"""Chooses words of an archive with which the help panel teaches the query language."""

from sitegen.model import Archive, Record
from sitegen.search.analyzer import words
from sitegen.search.dictionary import ENTITY_KINDS

EXAMPLE_LENGTH = 4
EXAMPLES_READ = 100


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
