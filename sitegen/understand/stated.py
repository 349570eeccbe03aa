"""The entities that a document's front matter names -> mentions, wherever its prose has those names."""

from collections import Counter
from collections.abc import Iterator, Sequence

from sitegen.authority import load_authority
from sitegen.model import Document, EntityType, Mention, Span, StatedEntity
from sitegen.understand.names import find_mentions
from sitegen.understand.words import UNSPACED

RULE = "stated"
CERTAIN = 1.0
BY_SHAPE = 0.4
"""Confidence of a type that only the shape of a name suggests."""
PERSON_WORDS = range(2, 4)


def mention_stated(document: Document, entities: Sequence[StatedEntity], language: str) -> tuple[Mention, ...]:
    """Every occurrence of the names of `entities` in the prose, sorted, none overlapping another.

    The longest name wins. An entity that the prose never names still has one mention: of nothing, at the body's start.
    """
    types = _settle_types(document, entities, language)
    taken: list[Mention] = []
    for entity in sorted(entities, key=lambda entity: (-len(entity.name), entity.name)):
        kind, confidence = types[entity]
        key = _known_key(entity.name, kind, language)
        spans = [span for span in _occurrences(document.prose, entity.name) if not _overlaps(span, taken)]
        nowhere = Span(document.body.start, document.body.start)
        taken += [Mention(span, entity.name, kind, key, confidence, RULE) for span in spans or [nowhere]]
    return tuple(sorted(taken, key=lambda mention: (mention.span, mention.name)))


def _occurrences(prose: str, name: str) -> Iterator[Span]:
    """Each stretch that spells `name`, with the borders of words on both sides."""
    start = prose.find(name) if name else -1
    while start >= 0:
        end = start + len(name)
        if _is_border(prose[max(0, start - 1) : start + 1]) and _is_border(prose[end - 1 : end + 1]):
            yield Span(start, end)
        start = prose.find(name, end)


def _is_border(pair: str) -> bool:
    """Whether a word may end between two characters; scripts without spaces have no borders to ask for."""
    return not (len(pair) == 2 and pair[0].isalnum() and pair[1].isalnum()) or UNSPACED.search(pair) is not None


def _overlaps(span: Span, taken: Sequence[Mention]) -> bool:
    return any(span.start < mention.span.end and mention.span.start < span.end for mention in taken)


def _known_key(name: str, type: EntityType, language: str) -> str:
    entry = load_authority().find(name, language)
    return str(entry.id) if entry and entry.type is type else ""


def _settle_types(
    document: Document, entities: Sequence[StatedEntity], language: str
) -> dict[StatedEntity, tuple[EntityType, float]]:
    """The type of each entity and how sure it is: stated, else known, else found in the text, else by its shape."""
    settled: dict[StatedEntity, tuple[EntityType, float]] = {}
    for entity in entities:
        known = None if entity.type else load_authority().find(entity.name, language)
        kind = entity.type or (known.type if known else None)
        if kind:
            settled[entity] = (kind, CERTAIN)
    untyped = [entity for entity in entities if entity not in settled]
    if untyped:
        found = find_mentions(document.prose, document.paragraphs, document.title, language)
        settled |= {entity: _by_text(entity, document.prose, found) for entity in untyped}
    return settled


def _by_text(entity: StatedEntity, prose: str, found: Sequence[Mention]) -> tuple[EntityType, float]:
    spans = list(_occurrences(prose, entity.name))
    votes = Counter(
        mention.type
        for mention in found
        if mention.name == entity.name or any(s < mention.span.end and mention.span.start < e for s, e in spans)
    )
    if votes:
        kind, count = max(votes.items(), key=lambda vote: (vote[1], vote[0]))
        return kind, round(count / votes.total(), 2)
    return _by_shape(entity.name), BY_SHAPE


def _by_shape(name: str) -> EntityType:
    """Two or three capitalised words are mostly a person; nothing tells of the others but that few are places."""
    words = name.split()
    capitalised = all(word[0].isupper() and not word.isupper() for word in words)
    return EntityType.PERSON if len(words) in PERSON_WORDS and capitalised else EntityType.ORGANIZATION
