"""A sentence -> what the tagger looks at: strings that describe each word, its neighbours and the run it stands in.

Training and tagging both call this, so that a model sees in a text what it saw in its sentences.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple, TypeVar

from sitegen.authority import load_authority
from sitegen.model import EntityType
from sitegen.understand.names.cues import Cues, load_cues
from sitegen.understand.names.gazetteer import Gazetteer, Known, load_gazetteer
from sitegen.understand.names.tokens import Tokens, first_forms, name_key

REACH = 2
"""How many words to the left and to the right a word's own features are seen from."""

WIDTH = 2 * REACH + 1
OWN = 5
"""How many features of a word count for itself alone."""

BEFORE, AFTER = "^" * REACH, "$" * REACH
"""The codes of what is not there, before the first word of a sentence and after its last."""

BESIDE = "htBA"
"""What begins the features of the words about a run of capitals: its first, its last, those before and after it."""

PLACES = "sbme"
"""A word's place in a run of capitals: it is the whole run, or its beginning, middle or end."""

LONGEST_RUN = 4
"""Runs of more words are as those of this number."""

T = TypeVar("T")
DIGITS = re.compile(r"\d")
CAPITAL_CODES = "CANRHGTLEMPKWi"
CAPITAL_RUN = re.compile(f"[{CAPITAL_CODES}]+(?:[n&-][{CAPITAL_CODES}]+)*")
LETTERS = {EntityType.PERSON: "P", EntityType.ORGANIZATION: "O", EntityType.PLACE: "L", EntityType.EVENT: "E"}


class Word(NamedTuple):
    """A word as features.

    Attributes:
        code: one character for what kind of word it is.
        form: as it is compared, digits made equal.
        features: what can be said of it; the first, and its code, as far as REACH; all but the last OWN one place away.
    """

    code: str
    form: str
    features: tuple[str, ...]

    @property
    def seen(self) -> tuple[tuple[str, ...], ...]:
        """The features as they look from the word two places before it, one before, itself, one after, two after."""
        far, near = (self.features[0], f"c={self.code}"), self.features[:-OWN]
        sides = ((2, far), (1, near), (0, self.features), (-1, near), (-2, far))
        return tuple(tuple(f"{offset}{each}" for each in some) for offset, some in sides)


@dataclass(frozen=True, slots=True)
class Kinds:
    """What the lists of a language say of words, by their form.

    Attributes:
        heads: the code of words that head names, in lower case.
        capitals, smalls: the code of other words, with and without a capital.
        marks: a mark for every list of cues that a word is on.
    """

    heads: Mapping[str, str]
    capitals: Mapping[str, str]
    smalls: Mapping[str, str]
    marks: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What is known of single words: their kinds, cues, names, and words that are written in lower case."""

    kinds: Kinds
    cues: Cues
    gazetteer: Gazetteer
    vocabulary: AbstractSet[str]


def make_lexicon(language: str, vocabulary: AbstractSet[str]) -> Lexicon:
    """The lexicon of a language, with words that are known to be written in lower case."""
    return Lexicon(load_kinds(language), load_cues(language), load_gazetteer(), vocabulary)


@cache
def load_kinds(language: str) -> Kinds:
    """What the cues of a language, and the names of the authority's people, say of words."""
    cues = load_cues(language)
    people = words_of_people() - cues.roles - cues.honorifics - cues.connectors
    heads = [("r", cues.roles), ("h", cues.honorifics), ("g", cues.organization_heads), ("l", cues.place_heads)]
    capitals = [("M", cues.calendar), ("W", cues.common), ("T", cues.organization_tails), ("N", cues.given_names)]
    smalls = [("p", cues.place_prepositions), ("v", cues.person_verbs), ("a", cues.after_person), ("x", cues.things)]
    return Kinds(
        first_of([*heads, ("e", cues.event_heads)]),
        first_of([*capitals, ("N", people)]),
        first_of([*smalls, ("n", cues.connectors)]),
        mark_lists(cues),
    )


def first_of(lists: Sequence[tuple[str, AbstractSet[str]]]) -> dict[str, str]:
    """The code of each word: that of the first of the lists that it is on."""
    return {word: code for code, words in reversed(lists) for word in words}


def mark_lists(cues: Cues) -> dict[str, list[str]]:
    """The marks of each word, in the order of the lists."""
    lists = (
        ("R", cues.roles),
        ("H", cues.honorifics),
        ("G", cues.organization_heads),
        ("T", cues.organization_tails),
        ("L", cues.place_heads),
        ("l", cues.place_tails),
        ("E", cues.event_heads | cues.event_tails),
        ("N", cues.given_names),
        ("x", cues.things),
    )
    marks: dict[str, list[str]] = {}
    for mark, words in lists:
        for word in words:
            marks.setdefault(word, []).append(f"l={mark}")
    return marks


@cache
def words_of_people() -> frozenset[str]:
    """The words of the names of the authority's people, in Latin letters."""
    return frozenset(
        word
        for entry in load_authority().entries.values()
        if entry.type is EntityType.PERSON
        for name in (*entry.names.values(), *entry.aliases)
        for word in name_key(name).split(" ")
        if len(word) > 2 and word.isascii()
    )


def describe_word(text: str, lexicon: Lexicon) -> Word:
    """The features of one word, wherever it stands."""
    form = first_forms()[text]
    code = word_code(text, form, lexicon)
    shape = word_shape(text)
    plain = form if form.isalpha() else DIGITS.sub("0", form)
    common = "v" if form in lexicon.vocabulary or form in lexicon.cues.common else "u"
    general = (f"c={code}", f"s={shape}", f"{common}={shape}", *lexicon.kinds.marks.get(form, ()))
    near = (f"w={plain}", f"p3={plain[:3]}", f"s3={plain[-3:]}", *general)
    own = (*near, f"p2={plain[:2]}", f"p4={plain[:4]}", f"s2={plain[-2:]}", f"s4={plain[-4:]}", f"w={plain}|{shape}")
    return Word(code, plain, own)


def word_shape(text: str) -> str:
    """Capitals, small letters, digits and signs of a word, runs made short: "Xx", "XX", "Xx-", "d4"."""
    if text.isdigit():
        return f"d{min(len(text), 5)}"
    if not text[0].isalnum():
        return text[0]
    if text.isupper():
        return "X." if text[-1] == "." else f"X{min(len(text), 5)}"
    if text.islower():
        return "x"
    return "Xx" if text[0].isupper() and text[1:].islower() else "xX" if text[0].islower() else "XxX"


def word_code(text: str, form: str, lexicon: Lexicon) -> str:
    """One character for what kind of word it is: capital letters (and "i", an initial) for words with a capital."""
    if not text[0].isalpha():
        return "d" if text[0].isdigit() else text[0]
    capital, head = text[0].isupper(), lexicon.kinds.heads.get(form)
    if head:
        return head.upper() if capital else head
    return capital_code(text, form, lexicon) if capital else lexicon.kinds.smalls.get(form, "o")


def capital_code(text: str, form: str, lexicon: Lexicon) -> str:
    """The code of a word with a capital that heads no name."""
    if len(text) <= 2 and (text[-1] == "." or len(text) == 1):
        return "i"
    if form in lexicon.kinds.capitals:
        return lexicon.kinds.capitals[form]
    senses = lexicon.gazetteer.names.get(text) or lexicon.gazetteer.names.get(form)
    if senses and not senses[0].weak and form not in lexicon.cues.ambiguous:
        return {"L": "P", "O": "K"}.get(LETTERS[senses[0].type], "C")
    return "W" if form in lexicon.vocabulary else "A" if text.isupper() else "C"


def describe_places(words: Sequence[Word], known: Sequence[Known], tokens: Tokens) -> list[list[str]]:
    """For each word of a sentence what its place says: its neighbours' kinds, its run of capitals, known names."""
    codes = line_up([word.code for word in words])
    forms = [*[""] * REACH, *(word.form for word in words), *[""] * REACH]
    rows = [list(describe_window(codes[index : index + WIDTH])) for index in range(len(words))]
    for first, end in capital_runs(codes):
        kinds, beside = around(codes, first, end), around(forms, first, end)
        for index in range(first, end):
            place = place_in_run(index, first, end)
            rows[index - REACH] += [f"{mark}={form}|{place}" for mark, form in zip(BESIDE, beside, strict=True)]
            rows[index - REACH] += describe_run(kinds, min(end - first, LONGEST_RUN), place)
    for each in known:
        for index, features in describe_known(codes, REACH, each, tokens):
            rows[index - REACH] += features
    return rows


def line_up(codes: Sequence[str]) -> str:
    """The codes of a sentence's words, with signs for what is not there before and after them.

    A common word that begins the sentence has its capital from there ("w").
    """
    line = "".join(codes)
    return f"{BEFORE}w{line[1:]}{AFTER}" if line.startswith("W") else f"{BEFORE}{line}{AFTER}"


def describe_window(codes: str) -> tuple[str, ...]:
    """What the codes of a word and its neighbours say."""
    return f"a{codes[1:4]}", f"b{codes[0:3]}", f"f{codes[2:5]}", f"j{codes[1]}{codes[3]}"


def capital_runs(codes: str) -> Iterator[tuple[int, int]]:
    """Where runs of capitalised words begin and end; small words and hyphens between capitals belong to them."""
    return (run.span() for run in CAPITAL_RUN.finditer(codes))


def around(line: Sequence[T], first: int, end: int) -> tuple[T, T, T, T]:
    """Of a run in a line of words, or of what is said of them: its first, its last, those before it and after it."""
    return line[first], line[end - 1], line[first - 1], line[end]


def place_in_run(index: int, first: int, end: int) -> str:
    """A word's place in a run, see PLACES."""
    if index == first:
        return "s" if end - first == 1 else "b"
    return "e" if index == end - 1 else "m"


def describe_run(kinds: Sequence[str], length: int, place: str) -> tuple[str, ...]:
    """What the kinds of the words about a run, and its length, say of a word at a place in it."""
    head, tail, before, after = kinds
    return f"r{head}{tail}{place}{length}", f"o{before}{head}{place}", f"u{before}{after}{place}"


def describe_known(codes: str, start: int, known: Known, tokens: Tokens) -> Iterator[tuple[int, tuple[str, str]]]:
    """For each word of a known name its type, how well it is known, and whether capitals go on around it.

    Args:
        codes: in which the sentence begins at `start`, from where on the words' own places are given.
    """
    sense, length = known.sense, min(known.end - known.first, 3)
    strength = "?" if sense.weak else "=" if sense.key else "-"
    first, end = start + known.first, start + known.end
    open_left = "<" if codes[first - 1] in CAPITAL_CODES else "|"
    open_right = ">" if codes[end] in CAPITAL_CODES else "|"
    acronym = "A" if length == 1 and tokens.texts[known.first].isupper() else ""
    for index in range(first, end):
        name = f"k{'B' if index == first else 'I'}{LETTERS[sense.type]}{strength}{acronym}"
        yield index, (name, f"{name}{length}{open_left}{open_right}")
