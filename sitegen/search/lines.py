"""Writes the lines of the dictionary: what a shard says of each key, as far as a range of documents is concerned."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import orjson

from sitegen.search.bits import pack_beside, pack_fronted, pack_varints, sized
from sitegen.search.columns import FIELDS, Columns
from sitegen.search.dictionary import Dictionary, Pointer

HAS_FORMS, HAS_POINTERS, LIVES_NEAR, IS_FORM, HAS_ALIASES = 1, 2, 4, 8, 16


class Line(NamedTuple):
    """What a shard has under one key.

    Attributes:
        forms: the key itself first, where it is one; the others in UTF-16 order.
        pointers: other keys, each with how many bits the number of postings has that lead there.
        aliases: name and address of what this is another name of.
    """

    key: str
    forms: Sequence[str]
    pointers: Sequence[tuple[str, int]]
    aliases: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class LineReader:
    """Finds the lines of a range of documents.

    Attributes:
        terms, dictionary: in the order of the dictionary.
        frequencies: of each term, its postings in all fields.
        late: of each term that the newest documents have, the numbers of those, one for each field.
        late_keys: of which the newest documents say anything.
    """

    terms: Sequence[str]
    dictionary: Dictionary
    frequencies: Sequence[int]
    late: Mapping[int, Sequence[int]]
    late_keys: frozenset[str]

    def read(self, numbers: Iterable[int], documents: range) -> list[Line]:
        """The lines with these numbers as far as `documents` are concerned, without empty ones.

        Args:
            documents: all before some number; or all from it on, of lines that these say anything of.
        """
        lines = []
        keys, starts, pointers = self.dictionary.keys, self.dictionary.starts, self.dictionary.pointers
        for number in numbers:
            key = keys[number]
            forms: Sequence[str] = self.terms[starts[number] : starts[number + 1]]
            if key in self.late_keys:
                places = range(starts[number], starts[number + 1])
                forms = [self.terms[place] for place in places if self._frequency(place, documents)]
            pointed = self._pointers(pointers[key], documents) if key in pointers else ()
            aliases = self._aliases(key, documents) if key in self.dictionary.aliases else ()
            if forms or pointed or aliases:
                lines.append(Line(key, forms, pointed, aliases))
        return lines

    def _aliases(self, key: str, documents: range) -> list[tuple[str, str]]:
        return [one[:2] for one in self.dictionary.aliases[key] if one.first in documents]

    def _pointers(self, pointers: Sequence[Pointer], documents: range) -> list[tuple[str, int]]:
        if len(pointers) == 1 and not documents.start and pointers[0].place not in self.late:
            [(home, place, is_spelled)] = pointers
            return [(home, self.frequencies[place].bit_length() if is_spelled else 0)]
        found: dict[str, int] = {}
        for home, place, is_spelled in pointers:
            if frequency := self._frequency(place, documents):
                found[home] = found.get(home, 0) + (frequency if is_spelled else 0)
        return [(home, frequency.bit_length()) for home, frequency in sorted(found.items())]

    def _frequency(self, place: int, documents: range) -> int:
        """How many postings a term has in `documents`."""
        if place not in self.late:
            return 0 if documents.start else self.frequencies[place]
        late = self.late[place]
        if documents.start:
            return sum(document in documents for document in late)
        return self.frequencies[place] - sum(document not in documents for document in late)


def line_reader(columns: Columns, dictionary: Dictionary, first: int) -> LineReader:
    """What finds lines; documents from `first` on are the newest.

    Args:
        columns: in the order of the dictionary.
    """
    late = late_documents(columns, first)
    starts, places = dictionary.starts, sorted(late)
    lines = np.searchsorted(starts, places, "right") - 1
    keys = {dictionary.keys[line] for line in lines.tolist()}
    keys |= {key for key, homes in dictionary.pointers.items() if any(home.place in late for home in homes)}
    keys |= {key for key, others in dictionary.aliases.items() if any(one.first >= first for one in others)}
    return LineReader(columns.terms, dictionary, columns.document_frequencies().tolist(), late, frozenset(keys))


def late_documents(columns: Columns, first: int) -> dict[int, list[int]]:
    """Of each term that documents from `first` on have, the numbers of those, one for each field."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    at = np.flatnonzero(columns.documents >= max(first, 0))
    places = (np.searchsorted(columns.starts, at, "right") - 1) // FIELDS
    for place, document in zip(places.tolist(), columns.documents[at].tolist(), strict=True):
        found[place].append(document)
    return dict(found)


def pack_lines(lines: Sequence[Line]) -> bytes:
    """Lines as bytes; the format is in static/js/search/shard.js.

    A form that is spelled like its own key and lives under another one of these lines is written once, under its own
    key; and the line that has nothing but such forms is not written.
    """
    near = _near_homes(lines)
    keys, flags, forms, homes, pointers, aliases = [], [], [], [], [], []
    for key, own, pointed, others in lines:
        is_form = bool(own) and own[0] == key
        away = [form for form in own[is_form:] if form not in near]
        further = [pointer for pointer in pointed if pointer[0] != near[key]] if key in near else pointed
        flag = (
            HAS_FORMS * bool(away)
            | HAS_POINTERS * bool(further)
            | LIVES_NEAR * (key in near)
            | IS_FORM * is_form
            | HAS_ALIASES * bool(others)
        )
        if not flag:
            continue
        keys.append(key)
        flags.append(flag)
        if away:
            forms.append((key, away))
        if key in near:
            homes.append((key, [near[key]]))
        if further:
            pointers.append((key, further))
        if others:
            aliases.append(others)
    parts = (
        pack_fronted(keys),
        bytes(flags),
        pack_beside(forms),
        pack_beside(homes),
        sized(bytes(strength for _, further in pointers for _, strength in further)),
        pack_beside([(key, [home for home, _ in further]) for key, further in pointers]),
        sized(orjson.dumps(aliases)),
    )
    return pack_varints([len(keys)]) + b"".join(parts)


def _near_homes(lines: Sequence[Line]) -> dict[str, str]:
    """Of each key that points to another one of these lines, where the form lives that it is, that line's key."""
    homes = {form: line.key for line in lines for form in line.forms if form != line.key}
    pointing = [line for line in lines if line.key in homes]
    return {line.key: homes[line.key] for line in pointing if any(key == homes[line.key] for key, _ in line.pointers)}
