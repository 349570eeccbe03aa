"""The entities that a document's front matter names -> mentions, wherever its prose has those names."""

from collections.abc import Sequence
from functools import lru_cache
from operator import itemgetter

from sitegen.authority import AuthorityEntry, load_authority
from sitegen.model import Document, EntityType, Mention, Span, StatedEntity
from sitegen.understand.names.cues import load_cues
from sitegen.understand.names.judge import judge
from sitegen.understand.names.runs import read_sentence
from sitegen.understand.names.tokens import tokenize
from sitegen.understand.words import UNSPACED

RULE = "stated"
CERTAIN = 1.0
BY_SHAPE = 0.4
"""Confidence of a type that only the shape of a name suggests."""
WORDS_BEFORE, WORDS_AFTER = 3, 1
CHARACTERS_BEFORE, CHARACTERS_AFTER = 40, 24
"""How much of the text round a name is asked for its type, at most; words of scripts without spaces may be long."""
PERSON_WORDS = range(2, 4)
TAKEN = b"\1"
SPAN_AND_NAME = itemgetter(0, 1)


def mention_stated(document: Document, entities: Sequence[StatedEntity], language: str) -> tuple[Mention, ...]:
    """Every occurrence of the names of `entities` in the prose, sorted, none overlapping another.

    The longest name wins. An entity that the prose never names still has one mention: of nothing, at the body's start.
    """
    mentions: list[Mention] = []
    taken = bytearray(len(document.prose))
    for entity in sorted(entities, key=lambda entity: (-len(entity.name), entity.name)):
        places = _occurrences(document.prose, entity.name)
        kind, confidence = _settle_type(entity, places, document, language)
        key = _known_key(entity.name, kind, language)
        spans = [span for span in places if TAKEN not in taken[span.start : span.end]]
        for start, end in spans:
            taken[start:end] = TAKEN * (end - start)
        nowhere = Span(document.body.start, document.body.start)
        mentions += [Mention(span, entity.name, kind, key, confidence, RULE) for span in spans or [nowhere]]
    return tuple(sorted(mentions, key=SPAN_AND_NAME))


def _occurrences(prose: str, name: str) -> list[Span]:
    """Each stretch that spells `name`, with the borders of words on both sides."""
    places = []
    start = prose.find(name) if name else -1
    while start >= 0:
        end = start + len(name)
        if _is_border(prose[start - 1 : start], name[0]) and _is_border(name[-1], prose[end : end + 1]):
            places.append(Span(start, end))
        start = prose.find(name, end)
    return places


def _is_border(left: str, right: str) -> bool:
    """Whether a word may end between two characters; scripts without spaces have no borders to ask for."""
    return not (left.isalnum() and right.isalnum()) or UNSPACED.search(left + right) is not None


@lru_cache(maxsize=1 << 14)
def _known(name: str, language: str) -> AuthorityEntry | None:
    return load_authority().find(name, language)


def _known_key(name: str, type: EntityType, language: str) -> str:
    entry = _known(name, language)
    return str(entry.id) if entry and entry.type is type else ""


def _settle_type(
    entity: StatedEntity, places: Sequence[Span], document: Document, language: str
) -> tuple[EntityType, float]:
    """The type of an entity and how sure it is: stated, else known, else told by the words round it, else its shape.

    Asked are the words round the first of its `places` in the body, where articles introduce whom they name.
    """
    if entity.type:
        return entity.type, CERTAIN
    known = _known(entity.name, language)
    if known:
        return known.type, CERTAIN
    first = next((place for place in places if place.start >= document.body.start), None)
    told = _judge_place(first, document.prose, language) if first else None
    return told or (_by_shape(entity.name), BY_SHAPE)


def _judge_place(place: Span, prose: str, language: str) -> tuple[EntityType, float] | None:
    """What the name at `place` seems to be by the rules for names that nobody knows."""
    tokens = tokenize(prose, _surroundings(place, prose))
    inside = [n for n, (start, _) in enumerate(tokens.places) if place.start <= start < place.end]
    return judge(read_sentence(tokens, ()), inside[0], inside[-1] + 1, load_cues(language)) if inside else None


def _surroundings(place: Span, prose: str) -> Span:
    """The stretch with the words that may tell what is named at `place`."""
    before = prose[max(0, place.start - CHARACTERS_BEFORE) : place.start]
    after = prose[place.end : place.end + CHARACTERS_AFTER]
    farther, nearer = before.rsplit(None, WORDS_BEFORE), after.split(None, WORDS_AFTER)
    start = place.start - len(before) + (len(farther[0]) if len(farther) > WORDS_BEFORE else 0)
    return Span(start, place.end + len(after) - (len(nearer[-1]) if len(nearer) > WORDS_AFTER else 0))


def _by_shape(name: str) -> EntityType:
    """Two or three capitalised words are mostly a person; nothing tells of the others but that few are places."""
    words = name.split()
    capitalised = all(word[0].isupper() and not word.isupper() for word in words)
    return EntityType.PERSON if len(words) in PERSON_WORDS and capitalised else EntityType.ORGANIZATION
