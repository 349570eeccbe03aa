"""Writes the lines of the dictionary: what a shard says of each key, as far as a range of documents is concerned."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import orjson

from sitegen.search.analyzer import fold
from sitegen.search.bits import Beside, pack_fronted, pack_varints, sized
from sitegen.search.columns import Columns
from sitegen.search.dictionary import Alias, Dictionary, Named
from sitegen.search.postings import Part

HAS_FORMS, HAS_POINTERS, HAS_NAMES, IS_FORM, HAS_ALIASES = 1, 2, 4, 8, 16


@dataclass(frozen=True, slots=True)
class Line:
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

    def forms(self, key: str) -> list[int]:
        """The ranks of the terms that live under `key`, the one that is the key itself first."""
        ranks = self.dictionary.forms.get(key, [])
        return ranks if len(ranks) < 2 else sorted(ranks, key=lambda rank: (self.columns.terms[rank] != key, rank))

    def read(self, keys: Sequence[str], part: Part, documents: range) -> list[Line]:
        """The lines of `keys` as far as `documents` are concerned, whose postings are `part`; without empty ones."""
        terms, dictionary = self.columns.terms, self.dictionary
        present = {rank for rank, total in zip(part.ranks, part.totals.tolist(), strict=True) if total}
        lines = []
        for key in keys:
            forms = [terms[rank] for rank in self.forms(key) if rank in present]
            pointers = self._pointers(key, documents) if key in dictionary.pointers else []
            names = [name for name in dictionary.names.get(key, ()) if name.first in documents]
            aliases = [alias for alias in dictionary.aliases.get(key, ()) if alias.first in documents]
            if forms or pointers or names or aliases:
                lines.append(Line(key, forms, pointers, names, aliases))
        return lines

    def _pointers(self, key: str, documents: range) -> list[tuple[str, int]]:
        found = []
        for home, ranks in sorted(self.dictionary.pointers[key].items()):
            counted = [(rank, self._frequency(rank, documents)) for rank in ranks]
            if any(count for _, count in counted):
                spelled = sum(count for rank, count in counted if fold(self.columns.terms[rank]) == key)
                found.append((home, spelled.bit_length()))
        return found

    def _frequency(self, rank: int, documents: range) -> int:
        """How many postings a term has in `documents`, which are all before some number, or all from it on."""
        late = self.late.get(rank, ())
        if documents.start:
            return sum(document in documents for document in late)
        return self.frequencies[rank] - sum(document not in documents for document in late)


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
