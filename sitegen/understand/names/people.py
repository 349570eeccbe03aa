"""A sentence -> the people whom the words around betray, where a tagger passed them over."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from sitegen.model import EntityType
from sitegen.understand.names.cues import Cues
from sitegen.understand.names.runs import GUESSED, LIKELY, Found, Sentence, is_capital, role_before, run_end


def find_speakers(sentence: Sentence, taken: AbstractSet[int], cues: Cues, words: AbstractSet[str]) -> Iterator[Found]:
    """People of one name who say something, where the tagger passed them over: "Hajrul mengakui", "kata Vena"."""
    if cues.person_verbs.isdisjoint(sentence.forms) and cues.after_person.isdisjoint(sentence.forms):
        return
    for index, form in enumerate(sentence.forms):
        text = sentence.tokens.texts[index]
        plain = text[0].isupper() and text.isalpha() and not text.isupper() and len(text) > 2
        if not plain or index in taken or index in sentence.known or form in words or form in cues.listed:
            continue
        alone = run_end(sentence, index, cues) == index + 1 and not (index and is_capital(sentence, index - 1))
        if alone and speaks(sentence, index, cues):
            yield Found(index, index + 1, EntityType.PERSON, "", GUESSED, "cue")


def find_holders(sentence: Sentence, taken: AbstractSet[int], cues: Cues) -> Iterator[Found]:
    """People after their role, where the tagger passed them over and the first word is a likely given name."""
    if cues.given_names.isdisjoint(sentence.forms):
        return
    for first, form in enumerate(sentence.forms):
        if form in cues.given_names and first not in taken and is_capital(sentence, first):
            end = first + 1
            while end < len(sentence.forms) and is_capital(sentence, end) and sentence.forms[end] not in cues.listed:
                end += 1
            if end - first > 1 and taken.isdisjoint(range(first, end)) and role_before(sentence, first, cues):
                yield Found(first, end, EntityType.PERSON, "", LIKELY, "cue")


def speaks(sentence: Sentence, index: int, cues: Cues) -> bool:
    """Whether the words around a name say that somebody speaks."""
    before = sentence.forms[index - 1] if index else ""
    after = sentence.forms[index + 1] if index + 1 < len(sentence.forms) else ""
    return before in cues.person_verbs or after in cues.after_person
