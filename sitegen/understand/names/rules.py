"""One sentence -> names, by capitals, the words beside them and the names already known. Needs no training."""

import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from sitegen.model import EntityType
from sitegen.understand.names.cues import Cues
from sitegen.understand.names.gazetteer import NAME_TOKENS, Known
from sitegen.understand.names.sentences import begins_clause, touches
from sitegen.understand.names.tokens import Token, look_up_forms

YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
ADJECTIVE_ENDINGS = ("ской", "ская", "скую", "ском", "ского", "скому", "ским", "ский", "ный", "ной", "ном", "ного")
JOINERS = frozenset("&-'’")
THING = "thing"
"""The rule of what is a name, but of a thing that no page is made for."""

KNOWN, SURE, LIKELY, GUESSED = 0.9, 0.8, 0.65, 0.5


class Found(NamedTuple):
    """A name among the tokens of a sentence: from `first` up to and without `end`, and how it was found; see Known."""

    first: int
    end: int
    type: EntityType
    key: str
    confidence: float
    rule: str
    cut: tuple[int, int] = (0, 0)


class Sentence(NamedTuple):
    """A sentence as the rules see it: its tokens, the form of each, and the names known in it by their first token."""

    tokens: Sequence[Token]
    forms: Sequence[str]
    known: Mapping[int, Known]


def read_sentence(tokens: Sequence[Token], known: Sequence[Known]) -> Sentence:
    """A sentence with its forms, and its known names by where they begin."""
    return Sentence(tokens, [look_up_forms(token.text)[0] for token in tokens], {each.first: each for each in known})


def found_by_gazetteer(known: Known) -> Found:
    """A known name as something found."""
    return Found(known.first, known.end, known.sense.type, known.sense.key, KNOWN, "gazetteer", known.cut)


def find_by_cues(sentence: Sentence, cues: Cues, words: AbstractSet[str]) -> Iterator[Found]:
    """The names in a sentence that capitals and cues betray, in order, none overlapping another.

    Args:
        sentence: see `read_sentence`.
        cues: those of the article's language.
        words: every word that the article has in lower case: with a capital in a first place it is no name.
    """
    index = 0
    while index < len(sentence.tokens):
        if not is_capital(sentence, index):
            index += 1
            continue
        end = run_end(sentence, index, cues)
        for found in names_in_run(sentence, index, end, cues, words):
            yield with_class_word(sentence, found, cues)
        index = end


def with_class_word(sentence: Sentence, found: Found, cues: Cues) -> Found:
    """A Russian place that is an adjective, with the noun after it: no city, but a region (Саратовской области)."""
    adjective = sentence.tokens[found.end - 1].text.endswith(ADJECTIVE_ENDINGS)
    noun = sentence.forms[found.end] if found.end < len(sentence.forms) else ""
    if found.type is EntityType.PLACE and adjective and noun in cues.place_tails:
        return found._replace(end=found.end + 1, key="", rule="cue")
    return found


def is_capital(sentence: Sentence, index: int) -> bool:
    """Whether a word begins with a capital."""
    return sentence.tokens[index].text[0].isupper()


def run_end(sentence: Sentence, first: int, cues: Cues) -> int:
    """Where the run of capitalised words that begins at `first` ends; joined by hyphens, "&" and small words."""
    tokens, end = sentence.tokens, first + 1
    while end < len(tokens) and end - first < NAME_TOKENS:
        if is_capital(sentence, end):
            end += 1
        elif (
            end + 1 < len(tokens)
            and is_capital(sentence, end + 1)
            and (
                sentence.forms[end] in cues.connectors
                or (tokens[end].text in JOINERS and touches(tokens, end + 1) == touches(tokens, end))
                or (tokens[end].text == "." and touches(tokens, end) and len(tokens[end - 1].text) <= 3)
            )
        ):
            end += 2
        else:
            break
    return end


def names_in_run(sentence: Sentence, first: int, end: int, cues: Cues, words: AbstractSet[str]) -> Iterator[Found]:
    """The names that a run of capitalised words holds: known ones, and what is left between them."""
    start = trim_start(sentence, first, end, cues, words)
    index = start
    while index < end:
        known = sentence.known.get(index)
        if known and known.end <= end and stands_alone(sentence, start, known, end, cues):
            if start < index:
                yield from name_between(sentence, start, index, cues)
            yield found_by_gazetteer(known)
            start = index = trim_start(sentence, known.end, end, cues, words) if known.end < end else end
        else:
            index += 1
    if start < end:
        yield from name_between(sentence, start, end, cues)


def trim_start(sentence: Sentence, first: int, end: int, cues: Cues, words: AbstractSet[str]) -> int:
    """The first token of a run that can begin a name: no role, honorific, common word, joiner or sentence opener."""
    while first < end:
        form = sentence.forms[first]
        opener = first not in sentence.known and form in words and begins_clause(sentence.tokens, first)
        dropped = form in cues.roles or form in cues.honorifics or form in cues.common or form in cues.connectors
        if not (opener or dropped or not is_capital(sentence, first)) or known_through(sentence, first):
            break
        first += 1
    return first


def known_through(sentence: Sentence, first: int) -> bool:
    """Whether a known name of several words begins at `first`, whatever its first word is."""
    known = sentence.known.get(first)
    return known is not None and known.end - known.first > 1


def stands_alone(sentence: Sentence, start: int, known: Known, end: int, cues: Cues) -> bool:
    """Whether a known name in a run is a name of its own, not a part of a longer one (Universitas Indonesia)."""
    whole = known.first == start and known.end == end
    if whole or known.sense.type is EntityType.PERSON:
        return True
    head = sentence.forms[start]
    if (
        head in cues.organization_heads
        or head in cues.place_heads
        or sentence.forms[end - 1] in cues.organization_tails
    ):
        return False
    joined = {sentence.tokens[side].text for side in (known.first - 1, known.end) if start <= side < end}
    if joined and joined <= JOINERS:
        return True
    if known.first == start and known.end < end:
        return role_before(sentence, start, cues) or known.sense.type is EntityType.ORGANIZATION
    return known.sense.key != "" and known.end - known.first > 1


def role_before(sentence: Sentence, first: int, cues: Cues) -> bool:
    """Whether a role or an honorific stands right before a token, a full stop or comma apart."""
    index = first - 1
    while index >= 0 and sentence.tokens[index].text in ".,":
        index -= 1
    return index >= 0 and (sentence.forms[index] in cues.roles or sentence.forms[index] in cues.honorifics)


def name_between(sentence: Sentence, first: int, end: int, cues: Cues) -> Iterator[Found]:
    """The one name that the tokens from `first` to `end` are, when they look like one."""
    while end > first and not is_capital(sentence, end - 1):
        end -= 1
    while end > first and (sentence.forms[end - 1] in cues.roles and end - first > 1):
        end -= 1
    if first >= end:
        return
    known = sentence.known.get(first)
    if known and known.end == end:
        yield found_by_gazetteer(known)
        return
    verdict = judge(sentence, first, end, cues)
    if verdict and verdict[0] is EntityType.EVENT:
        first, end = with_year(sentence, first, end)
        verdict = verdict if end - first > 1 else None
    if verdict:
        yield Found(first, end, verdict[0], "", verdict[1], "cue")


def find_events(sentence: Sentence, cues: Cues) -> Iterator[Found]:
    """Events by the first word of their name, with the year or whatever has capitals after it: KTT G20, Pemilu 2024."""
    first = 0
    while first < len(sentence.tokens):
        end = first + 1
        inner = first > 0 and is_capital(sentence, first - 1) and sentence.forms[first - 1] not in cues.common
        head = is_capital(sentence, first) and sentence.forms[first] in cues.event_heads
        if head and not inner and first not in sentence.known:
            _, end = with_year(sentence, first, run_end(sentence, first, cues))
            if end - first > 1 and "-".join(sentence.forms[first:end]) not in cues.phrases:
                yield Found(first, end, EntityType.EVENT, "", LIKELY, "cue")
        first = end


def with_year(sentence: Sentence, first: int, end: int) -> tuple[int, int]:
    """The bounds of an event's name together with the year beside it."""
    tokens = sentence.tokens
    if end < len(tokens) and YEAR.fullmatch(tokens[end].text):
        return first, end + 1
    if first and YEAR.fullmatch(tokens[first - 1].text):
        return first - 1, end
    return first, end


def judge(sentence: Sentence, first: int, end: int, cues: Cues) -> tuple[EntityType, float] | None:
    """What an unknown name seems to be, and how sure that is; None when it looks like no name."""
    by_words = judge_by_own_words(sentence.forms[first], sentence.forms[end - 1], end - first > 1, cues)
    if by_words:
        return by_words, SURE
    if is_thing(sentence, first, end, cues) or names_thing(sentence, first, cues) or of_place(sentence, end):
        return None
    return judge_by_neighbours(sentence, first, end, cues) or judge_alone(sentence, first, end, cues)


def judge_by_own_words(head: str, tail: str, several: bool, cues: Cues) -> EntityType | None:
    """What a name is that begins with `head` and ends with `tail`, when one of these tells."""
    if head in cues.event_heads or (several and tail in cues.event_tails):
        return EntityType.EVENT
    if several and (head in cues.organization_heads or tail in cues.organization_tails):
        return EntityType.ORGANIZATION
    if several and (head in cues.place_heads or tail in cues.place_tails):
        return EntityType.PLACE
    return None


def judge_by_neighbours(sentence: Sentence, first: int, end: int, cues: Cues) -> tuple[EntityType, float] | None:
    """What a name seems to be by the word before it."""
    before = sentence.forms[first - 1] if first else ""
    if before in cues.place_heads:
        return EntityType.PLACE, LIKELY
    if end - first == 1 and sentence.tokens[first].text.isupper():
        return None
    if end - first <= 5 and role_before(sentence, first, cues):
        return EntityType.PERSON, SURE
    if before in cues.place_prepositions and end - first <= 3:
        return EntityType.PLACE, GUESSED
    return None


def is_thing(sentence: Sentence, first: int, end: int, cues: Cues) -> bool:
    """Whether the first or the last word of a name says that it is a law, a treaty or the like."""
    head, tail = sentence.forms[first], sentence.forms[end - 1]
    if "-".join(sentence.forms[first:end]) in cues.phrases:
        return True
    return head in cues.thing_heads or (end - first > 1 and tail in cues.thing_tails)


def names_thing(sentence: Sentence, first: int, cues: Cues) -> bool:
    """Whether a name is that of a thing: one of the two words before it says so (mobil mewah …)."""
    return any(form in cues.things for form in sentence.forms[max(0, first - 2) : first])


def of_place(sentence: Sentence, end: int) -> bool:
    """Whether a known place follows at once, so that no person's name ends here (Urusan Negara | Korea)."""
    known = sentence.known.get(end)
    return known is not None and known.sense.type is EntityType.PLACE


def judge_alone(sentence: Sentence, first: int, end: int, cues: Cues) -> tuple[EntityType, float] | None:
    """What an unknown name without a telling head, role or preposition seems to be."""
    forms, text, several = sentence.forms, sentence.tokens[first].text, end - first > 1
    opener = begins_clause(sentence.tokens, first)
    after = forms[end] if end < len(forms) else ""
    before = forms[first - 1] if first else ""
    if not several and text.isupper():
        return (EntityType.ORGANIZATION, GUESSED) if 2 <= len(text) <= 8 and text.isalpha() else None
    if not several and forms[first] in cues.listed:
        return None
    if after in cues.after_person or before in cues.person_verbs:
        return (EntityType.PERSON, LIKELY) if several or not opener else None
    if forms[first] in cues.given_names:
        return (EntityType.PERSON, LIKELY) if several or not opener else None
    if (
        before not in cues.articles
        and 2 <= end - first <= 4
        and all(sentence.tokens[index].text[-1].islower() for index in range(first, end))
    ):
        return EntityType.PERSON, GUESSED
    return None
