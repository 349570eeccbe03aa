"""Writes the lines of the dictionary: what a shard says of each key, as far as a range of documents is concerned."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import orjson

from sitegen.search.analyzer import fold
from sitegen.search.bits import Beside, pack_fronted, pack_varints, sized
from sitegen.search.columns import Columns
from sitegen.search.dictionary import Alias, Dictionary, Named
from sitegen.search.postings import Part

HAS_FORMS, HAS_POINTERS, HAS_NAMES, IS_FORM, HAS_ALIASES = 1, 2, 4, 8, 16


class Line(NamedTuple):
    """What a shard has under one key.

    Attributes:
        forms: the key itself first, where it is one.
        pointers: other keys, each with how many bits the number of postings has that lead there.
    """

    key: str
    forms: Sequence[str]
    pointers: Sequence[tuple[str, int]]
    names: Sequence[Named]
    aliases: Sequence[Alias]

    @property
    def is_form(self) -> bool:
        """Whether the key itself is a form."""
        return bool(self.forms) and self.forms[0] == self.key

    @property
    def flags(self) -> int:
        """What there is of this line."""
        return (
            HAS_FORMS * (len(self.forms) > self.is_form)
            | HAS_POINTERS * bool(self.pointers)
            | HAS_NAMES * bool(self.names)
            | IS_FORM * self.is_form
            | HAS_ALIASES * bool(self.aliases)
        )


@dataclass(frozen=True, slots=True)
class LineReader:
    """Finds the lines of a range of documents.

    Attributes:
        frequencies: of each term, its postings in all fields.
        late: of each term that the newest articles have, the numbers of those, one for each field.
    """

    columns: Columns
    dictionary: Dictionary
    frequencies: Sequence[int]
    late: Mapping[int, Sequence[int]]

    def read(self, keys: Sequence[str], part: Part, documents: range) -> list[Line]:
        """The lines of `keys` as far as `documents` are concerned, whose postings are `part`; without empty ones."""
        terms, dictionary = self.columns.terms, self.dictionary
        absent = {part.ranks[place] for place in (part.totals == 0).nonzero()[0].tolist()}
        lines = []
        for key in keys:
            forms = [terms[rank] for rank in dictionary.forms.get(key, ()) if rank not in absent]
            pointers = self._pointers(key, documents) if key in dictionary.pointers else ()
            names = [name for name in dictionary.names.get(key, ()) if name.first in documents]
            aliases = [alias for alias in dictionary.aliases.get(key, ()) if alias.first in documents]
            if forms or pointers or names or aliases:
                lines.append(Line(key, forms, pointers, names, aliases))
        return lines

    def _pointers(self, key: str, documents: range) -> list[tuple[str, int]]:
        found: dict[str, int] = {}
        for home, rank in self.dictionary.pointers[key]:
            if frequency := self._frequency(rank, documents):
                term = self.columns.terms[rank]
                is_spelled = term == key or fold(term) == key
                found[home] = found.get(home, 0) + (frequency if is_spelled else 0)
        return [(home, frequency.bit_length()) for home, frequency in sorted(found.items())]

    def _frequency(self, rank: int, documents: range) -> int:
        """How many postings a term has in `documents`, which are all before some number, or all from it on."""
        if rank not in self.late:
            return 0 if documents.start else self.frequencies[rank]
        late = self.late[rank]
        if documents.start:
            return sum(document in documents for document in late)
        return self.frequencies[rank] - sum(document not in documents for document in late)

    def late_keys(self, first: int) -> frozenset[str]:
        """The keys of which documents from `first` on may say anything."""
        dictionary, late = self.dictionary, self.late.keys()
        found = {key for key, ranks in dictionary.forms.items() if not late.isdisjoint(ranks)}
        found |= {key for key, homes in dictionary.pointers.items() if any(rank in late for _, rank in homes)}
        found |= {key for key, names in dictionary.names.items() if any(name.first >= first for name in names)}
        found |= {key for key, others in dictionary.aliases.items() if any(one.first >= first for one in others)}
        return frozenset(found)


def pack_lines(lines: Sequence[Line]) -> bytes:
    """Lines as bytes; the format is in static/js/search/shard.js."""
    forms, pointers, names = Beside(), Beside(), Beside()
    for line in lines:
        if others := line.forms[line.is_form :]:
            forms.add(line.key, others)
        if line.pointers:
            pointers.add(line.key, [key for key, _ in line.pointers])
        if line.names:
            names.add(line.key, [name.key for name in line.names])
    aliases = [[alias[:2] for alias in line.aliases] for line in lines if line.aliases]
    parts = (
        pack_fronted(line.key for line in lines),
        bytes(line.flags for line in lines),
        forms.packed(),
        sized(bytes(strength for line in lines for _, strength in line.pointers)),
        pointers.packed(),
        sized(bytes(name.place for line in lines for name in line.names)),
        names.packed(),
        sized(orjson.dumps(aliases)),
    )
    return pack_varints([len(lines)]) + b"".join(parts)
