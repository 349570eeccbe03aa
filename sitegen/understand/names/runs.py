"""A sentence as the rules see it: its tokens and known names, the runs of words with capitals, and what is found."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sitegen.model import EntityType
from sitegen.understand.names.cues import Cues
from sitegen.understand.names.gazetteer import NAME_TOKENS, Known, may_end
from sitegen.understand.names.sentences import stands_apart, touches
from sitegen.understand.names.tokens import Tokens, cut_of_form

JOINERS = frozenset("&-'’")
THING = "thing"
"""The rule of what is a name, but of a thing that no page is made for."""

HALF_NAME = 5
"""As many letters at most has each half of a given name."""

SMALL_WORDS = 3
"""As many small words may follow one another inside a name."""

KNOWN, SURE, LIKELY, GUESSED = 0.9, 0.8, 0.8, 0.5
"""How often what is found is right, as measured on our annotated sentences (tests/benchmarks/reliability_of_names.py).

Of 1,775 known names 89 % were right, of 55 likely ones 84 %; SURE and GUESSED are too rare there and are estimates.
"""


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

    tokens: Tokens
    forms: Sequence[str]
    known: Mapping[int, Known]


def read_sentence(tokens: Tokens, known: Sequence[Known]) -> Sentence:
    """A sentence with its forms, and its known names by where they begin."""
    return Sentence(tokens, tokens.forms, {each.first: each for each in known})


def found_by_gazetteer(known: Known) -> Found:
    """A known name as something found."""
    return Found(known.first, known.end, known.sense.type, known.sense.key, KNOWN, "gazetteer", known.cut)


def is_capital(sentence: Sentence, index: int) -> bool:
    """Whether a word begins with a capital."""
    return sentence.tokens.texts[index][0].isupper()


def run_end(sentence: Sentence, first: int, cues: Cues) -> int:
    """Where the run of capitalised words that begins at `first` ends; joined by hyphens, "&" and small words."""
    tokens, end = sentence.tokens, first + 1
    while end < len(tokens) and end - first < NAME_TOKENS and not parts_run(sentence, end, cues):
        if is_capital(sentence, end):
            end += 1
            continue
        after = next_capital(sentence, end, cues) or given_name_end(tokens, first, end)
        if not after:
            break
        end = after + 1
    return end


def given_name_end(tokens: Tokens, first: int, hyphen: int) -> int:
    """The small second half of a given name after a family name (Ban Ki-moon), or 0."""
    after = hyphen + 1
    texts = tokens.texts
    halves = first < hyphen - 1 and after < len(texts) and texts[hyphen] == "-" and may_end(tokens, after)
    short = halves and max(len(texts[hyphen - 1]), len(texts[after])) <= HALF_NAME
    return after if short and texts[after].islower() else 0


def next_capital(sentence: Sentence, index: int, cues: Cues) -> int:
    """The capital that small words or a sign at `index` join to the run before them (van der Meer), or 0."""
    tokens, after = sentence.tokens, index
    while after < len(tokens) and after - index < SMALL_WORDS and sentence.forms[after] in cues.connectors:
        after += 1
    if after == index and (
        (
            tokens.texts[index] in JOINERS
            and index + 1 < len(tokens)
            and touches(tokens, index + 1) == touches(tokens, index)
        )
        or (tokens.texts[index] == "." and touches(tokens, index) and len(tokens.texts[index - 1]) <= 3)
    ):
        after += 1
    return after if index < after < len(tokens) and is_capital(sentence, after) else 0


def parts_run(sentence: Sentence, index: int, cues: Cues) -> bool:
    """Whether a run of capitals ends before a token: after a wide gap, and by the habits of a language.

    In German a common noun ends it; in Turkish a case ending, or a role that is no part of a ministry's name
    (Boğaziçi Üniversitesi | Rektörü …).
    """
    forms = sentence.forms
    if stands_apart(sentence.tokens, index):
        return True
    if cues.capital_nouns:
        return forms[index] in cues.common
    if cues.apostrophe_endings:
        named = index + 1 < len(forms) and forms[index + 1] in cues.organization_tails
        office = forms[index] in cues.roles and not named
        return office or case_ending(sentence.tokens.texts[index - 1]) > 0
    return False


def case_ending(text: str) -> int:
    """How many characters of a token are an apostrophe and the small letters after it (Ankara'da)."""
    length = cut_of_form(text, 1)[1]
    return length if text[-1].islower() else 0


def known_through(sentence: Sentence, first: int) -> bool:
    """Whether a known name of several words begins at `first`, whatever its first word is."""
    known = sentence.known.get(first)
    return known is not None and known.end - known.first > 1


def role_before(sentence: Sentence, first: int, cues: Cues) -> bool:
    """Whether a role or an honorific stands right before a token, a full stop or comma apart."""
    index = first - 1
    while index >= 0 and sentence.tokens.texts[index] in ".,":
        index -= 1
    return index >= 0 and (sentence.forms[index] in cues.roles or sentence.forms[index] in cues.honorifics)
