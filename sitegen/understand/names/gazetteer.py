"""Finds in a row of tokens the longest names that the authority or the gazetteer knows."""

import gzip
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from sitegen.authority import load_authority
from sitegen.model import EntityType
from sitegen.understand.names.tokens import Tokens, cut_of_form, look_up_forms, name_key

PLACES_FILE = Path(__file__).parents[2] / "data" / "gazetteer.txt.gz"
NAME_TOKENS = 12
"""Longer names than this are not looked up."""


class Sense(NamedTuple):
    """What a known name may stand for.

    Attributes:
        key: the authority's id, or "".
        name: how it is spelled in the nominative, where the key does not show it, or "".
        languages: those it counts in, a space between them, or "" for all.
        weak: whether it is as likely a word or another's name, and needs more evidence.
    """

    type: EntityType
    key: str
    languages: str = ""
    weak: bool = False
    name: str = ""

    def counts_in(self, language: str) -> bool:
        """Whether it counts in a language."""
        return not self.languages or language in self.languages.split(" ")


class Known(NamedTuple):
    """A known name among tokens: from `first` up to and without `end`.

    Attributes:
        cut: how many characters of the first token, and of the last, are particles and no part of the name.
    """

    first: int
    end: int
    sense: Sense
    cut: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Known names.

    Attributes:
        names: key -> senses, likeliest first.
        lengths: first form of a name -> how many tokens names that begin with it may have, longest first.
    """

    names: Mapping[str, tuple[Sense, ...]]
    lengths: Mapping[str, tuple[int, ...]]

    def match(self, tokens: Tokens, language: str, *, cased: bool = True) -> list[Known]:
        """The longest known names, left to right, none overlapping another; in lower case too unless `cased`."""
        found: list[Known] = []
        free = 0
        for first in self.starts(tokens):
            if first < free or (cased and tokens.texts[first][0].islower()):
                continue
            known = self.match_at(tokens, first, language, cased=cased)
            if known:
                found.append(known)
                free = known.end
        return found

    def starts(self, tokens: Tokens) -> list[int]:
        """The tokens with which a name may begin."""
        lengths = self.lengths
        if tokens.plain:
            return [index for index, form in enumerate(tokens.forms) if form in lengths]
        first = lengths.keys()
        return [index for index, text in enumerate(tokens.texts) if not first.isdisjoint(look_up_forms(text))]

    def match_at(self, tokens: Tokens, first: int, language: str, *, cased: bool) -> Known | None:
        """The longest known name that begins with the token `first`."""
        texts = tokens.texts
        text = texts[first]
        if not text[0].isalnum():
            return None
        for number, form in enumerate(look_up_forms(text)):
            for length in self.lengths.get(form, ()):
                end = first + length
                if end > len(texts) or (cased and not may_end(tokens, end - 1)):
                    continue
                senses, last = self.senses_of(form, tokens, first, end)
                for sense in senses:
                    if sense.counts_in(language):
                        left, right = cut_of_form(text, number)
                        return Known(first, end, sense, (left, cut_of_form(texts[end - 1], last)[1] or right))
        return None

    def senses_of(self, form: str, tokens: Tokens, first: int, end: int) -> tuple[tuple[Sense, ...], int]:
        """The senses of a name whose first token has that form, and which form of the last token it has.

        Acronyms are told apart by their case.
        """
        if end - first == 1:
            return self.names.get(tokens.texts[first]) or self.names.get(form, ()), 0
        start = " ".join([form, *tokens.forms[first + 1 : end - 1]])
        for number, last in enumerate(look_up_forms(tokens.texts[end - 1])):
            senses = self.names.get(f"{start} {last}")
            if senses:
                return senses, number
        return (), 0


def may_end(tokens: Tokens, index: int) -> bool:
    """Whether a token may end a name: in lower case only after a hyphen (Ban Ki-moon)."""
    if not tokens.texts[index][0].islower():
        return True
    return index > 0 and tokens.texts[index - 1] == "-" and tokens.places[index - 1][1] == tokens.places[index][0]


@cache
def load_gazetteer() -> Gazetteer:
    """All names of the authority and of the compiled gazetteer; see `compile_gazetteer` for the latter's lines."""
    names: dict[str, tuple[Sense, ...]] = {}
    senses: dict[str, tuple[Sense, ...]] = {}
    for line in gzip.decompress(PLACES_FILE.read_bytes()).decode().splitlines():
        key, _, place = line.partition("\t")
        sense = senses.get(place) or senses.setdefault(place, (read_sense(place),))
        names[key] = sense + names[key] if key in names else sense
    authority = load_authority()
    for folded, known in authority.index.items():
        key = folded if folded.isupper() else name_key(folded)
        names[key] = tuple(Sense(authority.entries[each.id].type, each.id, each.language) for each in known)
    return Gazetteer(names, name_lengths(names))


def read_sense(columns: str) -> Sense:
    """The sense that a line's columns after the key describe."""
    place, name, languages = columns.split("\t")
    return Sense(EntityType.PLACE, place.strip("?"), languages, place == "?", name)


def name_lengths(names: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """For the first form of every name, the numbers of tokens that names beginning with it have, longest first."""
    lengths: dict[str, tuple[int, ...]] = {}
    for key in names:
        first, space, rest = key.partition(" ")
        form = first.casefold() if first.isupper() else first
        length = 2 + rest.count(" ") if space else 1
        known = lengths.get(form, ())
        if length not in known:
            lengths[form] = tuple(sorted((*known, length), reverse=True)) if known else (length,)
    return lengths
