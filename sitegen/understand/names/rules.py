"""One sentence -> names, by capitals, the words beside them and the names already known. Needs no training."""

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from sitegen.model import EntityType
from sitegen.understand.names.cues import Cues
from sitegen.understand.names.gazetteer import Known
from sitegen.understand.names.judge import judge
from sitegen.understand.names.runs import (
    JOINERS,
    LIKELY,
    Found,
    Sentence,
    case_ending,
    found_by_gazetteer,
    given_name_end,
    is_capital,
    known_through,
    role_before,
    run_end,
)
from sitegen.understand.names.sentences import begins_clause

YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
ADJECTIVE_ENDINGS = ("ской", "ская", "скую", "ском", "ского", "скому", "ским", "ский", "ный", "ной", "ном", "ного")
"""How Russian adjectives made from places end, in all cases of the singular, by school grammar."""


def find_by_cues(sentence: Sentence, cues: Cues, words: AbstractSet[str]) -> Iterator[Found]:
    """The names in a sentence that capitals and cues betray, in order, none overlapping another.

    Args:
        sentence: see `read_sentence`.
        cues: those of the article's language.
        words: every word that the article has in lower case: with a capital in a first place it is no name.
    """
    if cues.apostrophe_endings:
        sentence = sentence._replace(forms=[form.partition("'")[0] for form in sentence.forms])
    index = 0
    while index < len(sentence.tokens):
        if not is_capital(sentence, index):
            index += 1
            continue
        end = run_end(sentence, index, cues)
        for found in names_in_run(sentence, index, end, cues, words):
            yield without_ending(sentence, with_class_word(sentence, found, cues), cues)
        index = end


def without_ending(sentence: Sentence, found: Found, cues: Cues) -> Found:
    """A Turkish name without the case ending after its apostrophe."""
    if found.key or not cues.apostrophe_endings:
        return found
    return found._replace(cut=(found.cut[0], case_ending(sentence.tokens.texts[found.end - 1])))


def with_class_word(sentence: Sentence, found: Found, cues: Cues) -> Found:
    """A Russian place that is an adjective, with the noun after it: no city, but a region (Саратовской области)."""
    adjective = sentence.tokens.texts[found.end - 1].endswith(ADJECTIVE_ENDINGS)
    noun = sentence.forms[found.end] if found.end < len(sentence.forms) else ""
    if found.type is EntityType.PLACE and adjective and noun in cues.place_tails:
        return found._replace(end=found.end + 1, key="", rule="cue")
    return found


def names_in_run(sentence: Sentence, first: int, end: int, cues: Cues, words: AbstractSet[str]) -> Iterator[Found]:
    """The names that a run of capitalised words holds: known ones, and what is left between them."""
    start = first if ends_as_name(sentence, first, end, cues) else trim_start(sentence, first, end, cues, words)
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


def ends_as_name(sentence: Sentence, first: int, end: int, cues: Cues) -> bool:
    """Whether a run's last word says what the whole run is, so that its first is no role: Dışişleri Bakanlığı."""
    return cues.apostrophe_endings and end - first > 1 and sentence.forms[end - 1] in cues.organization_tails


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
    joined = {sentence.tokens.texts[side] for side in (known.first - 1, known.end) if start <= side < end}
    if joined and joined <= JOINERS:
        return True
    if known.first == start and known.end < end:
        office = sentence.forms[known.end] in cues.roles
        return office or role_before(sentence, start, cues) or known.sense.type is EntityType.ORGANIZATION
    if known.sense.type is EntityType.PLACE and sentence.forms[known.first - 1] in cues.connectors:
        return role_before(sentence, start, cues) and known.first - start > 2
    return known.sense.key != "" and known.end - known.first > 1


def name_between(sentence: Sentence, first: int, end: int, cues: Cues) -> Iterator[Found]:
    """The one name that the tokens from `first` to `end` are, when they look like one."""
    while end > first and not (is_capital(sentence, end - 1) or given_name_end(sentence.tokens, first, end - 2)):
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
    if cues.event_heads.isdisjoint(sentence.forms):
        return
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
    if end < len(tokens) and YEAR.fullmatch(tokens.texts[end]):
        return first, end + 1
    if first and YEAR.fullmatch(tokens.texts[first - 1]):
        return first - 1, end
    return first, end
