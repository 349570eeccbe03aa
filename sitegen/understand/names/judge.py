"""A run of words with capitals -> what it seems to be, by its own words and those around it, or no name at all."""

from sitegen.model import EntityType
from sitegen.understand.names.cues import Cues
from sitegen.understand.names.runs import GUESSED, LIKELY, SURE, Sentence, given_name_end, role_before
from sitegen.understand.names.sentences import begins_clause, is_quotation_mark


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
    if end - first == 1 and sentence.tokens.texts[first].isupper():
        return None
    if end - first <= 5 and role_before(sentence, first, cues):
        return EntityType.PERSON, SURE
    if before in cues.place_prepositions and end - first <= 3 and not cues.capital_nouns:
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
    forms, text, several = sentence.forms, sentence.tokens.texts[first], end - first > 1
    opener = begins_clause(sentence.tokens, first)
    after = forms[end] if end < len(forms) else ""
    before = forms[first - 1] if first else ""
    plain_end = end - 2 if given_name_end(sentence.tokens, first, end - 2) else end
    if not several and text.isupper():
        acronym = 2 <= len(text) <= 8 and text.isalpha() and forms[first] not in cues.organization_tails
        return (EntityType.ORGANIZATION, GUESSED) if acronym else None
    if not several and (forms[first] in cues.listed or cues.capital_nouns):
        return None
    if after in cues.after_person or before in cues.person_verbs:
        return (EntityType.PERSON, LIKELY) if several or not opener else None
    if forms[first] in cues.given_names:
        return (EntityType.PERSON, LIKELY) if several or not opener else None
    if (
        before not in cues.articles
        and not cues.capital_nouns
        and not (is_quotation_mark(before) and is_quotation_mark(after))
        and 2 <= end - first <= 4
        and all(sentence.tokens.texts[index][-1].islower() for index in range(first, plain_end))
    ):
        return EntityType.PERSON, GUESSED
    return None
