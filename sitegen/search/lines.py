"""Writes the lines of the dictionary: what a shard says of each key, as far as some of the documents are concerned."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import orjson

from sitegen.search.bits import bit_lengths, pack_beside, pack_fronted, pack_raw, pack_varints, sized
from sitegen.search.dictionary import Dictionary
from sitegen.search.vocabulary import Integers

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
class Listing:
    """The lines of a dictionary as far as some of the documents are concerned.

    Attributes:
        terms, dictionary: all, in the order of the dictionary.
        forms: the places of the terms that these documents have, and where those of each line begin, and the end.
        homes, strengths: where lines point to, and how many bits the number of postings has that lead there; and where
            those of each line begin, and the end.
        aliases: of the lines whose keys are other names of something in these documents, its name and address.
        numbers: of the lines that have any of these, ascending.
    """

    terms: Sequence[str]
    dictionary: Dictionary
    forms: Integers
    form_starts: Integers
    homes: Integers
    strengths: Integers
    pointer_starts: Integers
    aliases: Mapping[int, Sequence[tuple[str, str]]]
    numbers: Integers

    def within(self, lines: range) -> list[int]:
        """The numbers of those of some neighbouring lines that have anything."""
        begin, end = np.searchsorted(self.numbers, [lines.start, lines.stop])
        numbers: list[int] = self.numbers[begin:end].tolist()
        return numbers

    def read(self, lines: range) -> list[Line]:
        """Those of some neighbouring lines that have anything."""
        keys = self.dictionary.keys
        forms = self.form_starts[lines.start : lines.stop + 1]
        pointers = self.pointer_starts[lines.start : lines.stop + 1]
        texts = [self.terms[place] for place in self.forms[forms[0] : forms[-1]].tolist()]
        pointed = slice(pointers[0], pointers[-1])
        homes = [keys[home] for home in self.homes[pointed].tolist()]
        pairs = list(zip(homes, self.strengths[pointed].tolist(), strict=True))
        form_ends, pointer_ends = (forms - forms[0]).tolist(), (pointers - pointers[0]).tolist()
        return [
            Line(
                keys[lines[at]],
                texts[form_ends[at] : form_ends[at + 1]],
                pairs[pointer_ends[at] : pointer_ends[at + 1]],
                self.aliases.get(lines[at], ()),
            )
            for at in (number - lines.start for number in self.within(lines))
        ]

    def made_from(self, lines: range) -> bytes:
        """What makes the bytes of some neighbouring lines: the same where they are."""
        keys, numbers = self.dictionary.keys, self.within(lines)
        forms = self.form_starts[lines.start : lines.stop + 1]
        pointers = self.pointer_starts[lines.start : lines.stop + 1]
        pointed = slice(pointers[0], pointers[-1])
        texts = [
            *map(keys.__getitem__, numbers),
            *map(self.terms.__getitem__, self.forms[forms[0] : forms[-1]].tolist()),
            *map(keys.__getitem__, self.homes[pointed].tolist()),
        ]
        at = np.array(numbers, np.int64) - lines.start
        columns = pack_raw((np.diff(forms)[at], np.diff(pointers)[at], self.strengths[pointed]))
        aliases = [[place, *aliases] for place, number in enumerate(numbers) if (aliases := self.aliases.get(number))]
        return columns + orjson.dumps(aliases, default=tuple) + "\n".join(texts).encode("utf-8", "surrogatepass")


def list_lines(
    terms: Sequence[str],
    dictionary: Dictionary,
    frequencies: Integers,
    pointed: Integers,
    aliases: Mapping[int, Sequence[tuple[str, str]]],
) -> Listing:
    """The lines as far as some documents are concerned.

    Args:
        frequencies: how many postings each term has in them.
        pointed: how many those have that each of the dictionary's pointers leads to.
        aliases: of lines, the name and the address of what these documents have.
    """
    count, pointers = len(dictionary.keys), dictionary.pointers
    forms = np.flatnonzero(frequencies)
    form_starts = np.searchsorted(forms, dictionary.starts)
    leads = np.flatnonzero(pointed)
    lines, homes = pointers.lines[leads], pointers.homes[leads]
    # Several terms of a key may live in the same line.
    begins = np.flatnonzero(np.diff(lines * count + homes, prepend=-1))
    sums = np.where(pointers.is_spelled[leads], pointed[leads], 0)
    strengths = bit_lengths(np.add.reduceat(sums, begins)) if len(begins) else sums
    pointer_starts = np.searchsorted(lines[begins], np.arange(count + 1))
    has = (np.diff(form_starts) > 0) | (np.diff(pointer_starts) > 0)
    has[list(aliases)] = True
    return Listing(
        terms, dictionary, forms, form_starts, homes[begins], strengths, pointer_starts, aliases, np.flatnonzero(has)
    )


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
