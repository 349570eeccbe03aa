"""Names found by the tagger + names known to the gazetteer -> the names of a sentence, none overlapping another."""

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import partial

from sitegen.model import EntityType
from sitegen.understand.names.cues import Cues
from sitegen.understand.names.features import words_of_people
from sitegen.understand.names.gazetteer import Known, may_end
from sitegen.understand.names.judge import is_thing, judge_by_own_words, names_thing
from sitegen.understand.names.people import find_holders, find_speakers, speaks
from sitegen.understand.names.rules import find_events
from sitegen.understand.names.runs import (
    GUESSED,
    JOINERS,
    SURE,
    THING,
    Found,
    Sentence,
    found_by_gazetteer,
    given_name_end,
    is_capital,
    known_through,
    role_before,
    run_end,
)
from sitegen.understand.names.sentences import begins_clause, stands_apart, touches
from sitegen.understand.names.tokens import Tokens

ROMAN = re.compile(r"(?=..)X{0,3}(?:IX|IV|VI{0,3}|I{1,3})")
ABBREVIATED = frozenset(("jr", "sr", "inc", "corp", "co", "ltd", "tbk", "bros"))
"""What may end a name together with a full stop, in English and Indonesian company and family names."""
FOREIGN_SIGNS = frozenset(':;!?#@*=<>|[]{}_"“”„«»『』「」【】…•·→+$%^~\\')


def combine(sentence: Sentence, tagged: Sequence[Found], cues: Cues, words: AbstractSet[str]) -> list[Found]:
    """The names of a sentence, in order.

    A longer name that the tagger sees around a known one wins (Universitas Indonesia), but not one that only joins
    known names or sets a place before a person; elsewhere what is known wins.

    Args:
        sentence: with the known names that can be trusted.
        tagged: what the tagger found in it.
        cues: those of its language.
        words: every word that the article has in lower case.
    """
    known = list(sentence.known.values())
    kept: list[Found] = list(find_events(sentence, cues))
    passed = {index for each in kept for index in range(each.first, each.end)}
    known = [each for each in known if passed.isdisjoint(range(each.first, each.end))]
    for name in separate(sentence, tagged):
        if not passed.isdisjoint(range(name.first, name.end)):
            continue
        inside = [each for each in known if name.first <= each.first and each.end <= name.end]
        crossing = [each for each in known if each not in inside and each.first < name.end and name.first < each.end]
        if not crossing:
            kept += split_name(sentence, name, inside, cues, words)
    taken = {index for each in kept for index in range(each.first, each.end)}
    for each in known:
        if taken.isdisjoint(range(each.first, each.end)):
            kept.append(known_or_longer(sentence, each, taken, cues))
            taken.update(range(kept[-1].first, kept[-1].end))
    kept += find_speakers(sentence, taken, cues, words)
    kept += find_holders(sentence, taken, cues)
    return sorted(kept)


def known_or_longer(sentence: Sentence, known: Known, taken: AbstractSet[int], cues: Cues) -> Found:
    """A known name that the tagger passed over, or the organization of which its run of capitals is the name."""
    first, end = known.first, run_end(sentence, known.first, cues)
    while first and is_capital(sentence, first - 1) and not is_plain(sentence.forms[first - 1], cues):
        first -= 1
    if end > known.end and taken.isdisjoint(range(first, end)):
        told = judge_by_own_words(sentence.forms[first], sentence.forms[end - 1], True, cues)
        if told is EntityType.ORGANIZATION:
            return Found(first, end, told, "", GUESSED, "cue")
    return found_by_gazetteer(known)


def is_plain(form: str, cues: Cues) -> bool:
    """Whether a word is but a word or a role, whatever its first letter."""
    return form in cues.common or form in cues.roles


def split_name(
    sentence: Sentence, name: Found, inside: Sequence[Known], cues: Cues, words: AbstractSet[str]
) -> Iterator[Found]:
    """A tagged name, or the known names in it and what is left of it."""
    name = trim(sentence, name, cues)
    inside = [each for each in inside if name.first <= each.first and each.end <= name.end]
    if name.first >= name.end:
        return
    if inside and inside[0].first == name.first and inside[0].end == name.end:
        yield agree(name, inside[0], sentence.forms, cues)
    elif inside and all(sentence.tokens.texts[index] in JOINERS for index in uncovered(name, inside)):
        yield from map(found_by_gazetteer, inside)
    elif inside and is_office_of_state(sentence, name, inside[-1], cues):
        yield found_by_gazetteer(inside[-1])
    elif inside and is_state_and_more(sentence, name, inside[0], cues):
        yield found_by_gazetteer(inside[0])
    elif inside and name.type is EntityType.PERSON and is_place_of_role(sentence, name, inside[0], cues):
        yield found_by_gazetteer(inside[0])
        yield from split_name(sentence, name._replace(first=inside[0].end), inside[1:], cues, words)
    elif (
        names_thing(sentence, name.first, cues)
        or is_thing(sentence, name.first, name.end, cues)
        or is_model(sentence, name, cues)
    ):
        yield name._replace(rule=THING)
    elif not (is_word_at_beginning(sentence, name, cues, words) or is_generic(sentence, name, cues)):
        yield from map(partial(settle_type, sentence, cues=cues), split_pair(sentence, name))


def is_model(sentence: Sentence, name: Found, cues: Cues) -> bool:
    """Whether a number betrays the name of a model (Palapa A2): people have none, and places none beside a letter."""
    texts = [text for text in sentence.tokens.texts[name.first : name.end] if text[-1].isdigit()]
    if name.type is EntityType.PERSON:
        return bool(texts)
    lettered = any(text[0].isalpha() for text in texts)
    return name.type is EntityType.PLACE and lettered and sentence.forms[name.first] not in cues.place_heads


def is_office_of_state(sentence: Sentence, name: Found, state: Known, cues: Cues) -> bool:
    """Whether a state's full name ends what the tagger took for an organization, though nothing says that it is one."""
    head = sentence.forms[name.first]
    several = state.end - state.first > 1 and state.end == name.end and state.first > name.first
    return (
        several
        and state.sense.type is EntityType.PLACE
        and state.sense.key != ""
        and not (head in cues.organization_heads or head in cues.place_heads or head in cues.event_heads)
    )


def is_state_and_more(sentence: Sentence, name: Found, state: Known, cues: Cues) -> bool:
    """Whether what the tagger took for a place is a state's name of several words and something after it."""
    several = state.end - state.first > 1 and state.sense.type is name.type is EntityType.PLACE
    return several and state.first == name.first and sentence.forms[name.end - 1] not in cues.place_tails


def is_place_of_role(sentence: Sentence, name: Found, place: Known, cues: Cues) -> bool:
    """Whether a person's name begins with the place of the role that stands before it (Bupati Klaten Sri Hartini)."""
    at_edge = place.first == name.first and place.sense.type is EntityType.PLACE
    return at_edge and role_before(sentence, name.first, cues)


def is_word_at_beginning(sentence: Sentence, name: Found, cues: Cues, words: AbstractSet[str]) -> bool:
    """Whether a name is but a common word whose capital is that of a sentence's beginning."""
    form = sentence.forms[name.first]
    single = name.end - name.first == 1 and not sentence.tokens.texts[name.first].isupper()
    return single and (form in cues.common or (form in words and begins_clause(sentence.tokens, name.first)))


def is_generic(sentence: Sentence, name: Found, cues: Cues) -> bool:
    """Whether a name is but the first word of names of its kind: a Summit, the Association."""
    form, text = sentence.forms[name.first], sentence.tokens.texts[name.first]
    of_kind = form in cues.organization_heads or form in cues.organization_tails
    return name.end - name.first == 1 and (
        form in cues.event_heads
        or form in cues.roles
        or (name.type is EntityType.ORGANIZATION and of_kind and not text.isupper())
    )


def split_pair(sentence: Sentence, name: Found) -> list[Found]:
    """A person's name, or two where a hyphen joins words of known people's names (Anies-Muhaimin)."""
    first, end = name.first, name.end
    pair = name.type is EntityType.PERSON and end - first == 3 and sentence.tokens.texts[first + 1] == "-"
    if pair and {sentence.forms[first], sentence.forms[end - 1]} <= words_of_people():
        return [name._replace(end=first + 1), name._replace(first=end - 1)]
    return [name]


def settle_type(sentence: Sentence, name: Found, cues: Cues) -> Found:
    """A tagged name with the type that its own first or last word gives away, if it does."""
    head, tail = sentence.forms[name.first], sentence.forms[name.end - 1]
    several = name.end - name.first > 1
    if not several and name.type is EntityType.PLACE and speaks(sentence, name.first, cues):
        return name._replace(type=EntityType.PERSON)
    told = judge_by_own_words(head, tail, several, cues)
    clear = head in cues.place_heads or head in cues.organization_heads
    return name._replace(type=told) if told and clear and EntityType.EVENT not in (told, name.type) else name


def trim(sentence: Sentence, name: Found, cues: Cues) -> Found:
    """A name that begins with a capital or a number and ends with a word: a person's without roles and honorifics."""
    tokens, forms = sentence.tokens, sentence.forms
    first, end = name.first, name.end
    if (
        name.type is EntityType.ORGANIZATION
        and end - first > 1
        and forms[first] in cues.roles
        and forms[first] not in cues.organization_heads
    ):
        name = name._replace(type=EntityType.PERSON)
    titles = (cues.roles, cues.honorifics) if name.type is EntityType.PERSON else ()
    while (
        first < end
        and not known_through(sentence, first)
        and not given_name_end(tokens, first, first + 2)
        and (any(forms[first] in words for words in titles) or not may_begin(tokens.texts[first], name.type))
    ):
        first += 1
    while first < end and not may_close(tokens, forms, end - 1, name.type, cues):
        end -= 1
    if (
        end + 1 < len(tokens)
        and tokens.texts[end] == "-"
        and may_end(tokens, end + 1)
        and tokens.texts[end + 1].islower()
    ):
        end += 2 if name.type is EntityType.PERSON else 0
    if not any(text[0].isupper() for text in tokens.texts[first:end]):
        end = first
    return name._replace(first=first, end=end)


def may_close(tokens: Tokens, forms: Sequence[str], index: int, kind: EntityType, cues: Cues) -> bool:
    """Whether a token may end a name: no small word, and no date or number but an event's."""
    text = tokens.texts[index]
    if kind is EntityType.EVENT:
        return text[-1].isalnum()
    if text[0].isdigit() and kind is not EntityType.ORGANIZATION:
        return False
    if text == ".":
        return index > 0 and forms[index - 1] in ABBREVIATED
    return forms[index] not in cues.calendar and (text == ")" or (text[-1].isalnum() and may_end(tokens, index)))


def may_begin(text: str, kind: EntityType) -> bool:
    """Whether a token may begin a name: with a capital, or a number where no person or place is named.

    No Roman number does, for it belongs to what stands before it.
    """
    if ROMAN.fullmatch(text):
        return False
    return text[0].isupper() or (text[0].isdigit() and kind in (EntityType.ORGANIZATION, EntityType.EVENT))


def agree(name: Found, known: Known, forms: Sequence[str], cues: Cues) -> Found:
    """A name both tagged and known: what is known, but for a word that may be another's name."""
    other_type = known.sense.type is not name.type
    doubtful = (
        known.sense.weak or forms[known.first] in cues.ambiguous or (not known.sense.key and name.confidence > SURE)
    )
    if other_type and doubtful:
        return name
    return found_by_gazetteer(known)


def uncovered(name: Found, inside: Sequence[Known]) -> list[int]:
    """The tokens of a name that no known name in it covers."""
    covered = {index for each in inside for index in range(each.first, each.end)}
    return [index for index in range(name.first, name.end) if index not in covered]


def separate(sentence: Sentence, tagged: Sequence[Found]) -> list[Found]:
    """Tagged names, cut where signs part two of them, and where an office or a state runs into a person's name."""
    parts = [part for each in tagged for part in split_at_signs(sentence.tokens, each)]
    for number in range(1, len(parts)):
        office, holder = parts[number - 1 : number + 1]
        known = sentence.known.get(office.first)
        beside = office.end == holder.first and holder.type is EntityType.PERSON
        if beside and known and known.end < office.end and known.sense.key and known.sense.type is office.type:
            parts[number - 1] = office._replace(end=known.end)
            parts[number] = holder._replace(first=known.end)
    return parts


def split_at_signs(tokens: Tokens, name: Found) -> Iterator[Found]:
    """A tagged name cut at what stands in no name: signs, words of an address, dashes between spaces, wide gaps."""
    first = name.first
    for index in range(name.first, name.end):
        dash = tokens.texts[index] in "-–—" and index and not touches(tokens, index)
        apart = dash and index + 1 < name.end and not touches(tokens, index + 1)
        if apart or tokens.texts[index] in FOREIGN_SIGNS or "_" in tokens.texts[index]:
            yield name._replace(first=first, end=index)
            first = index + 1
        elif index > first and stands_apart(tokens, index):
            yield name._replace(first=first, end=index)
            first = index
    yield name._replace(first=first)
