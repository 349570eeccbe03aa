"""Parts the dictionary and its postings into shards: small files that answer for a range of keys each.

A shard changes only when a line in it changes: cuts depend on the keys around them, and nothing in a shard depends on
how many documents there are. Nor does every new article change the shards of its words: each shard takes up the newest
articles every TURN-th time, another part of all shards at a time, and until then they are in one shard of their own,
the recent one, which travels with the root. The format is written down in static/js/search/shard.js, which reads it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

import numpy as np

from sitegen.search.columns import FIELDS, SLICE, Columns
from sitegen.search.cuts import cut_keys, key_hashes, weigh_lines
from sitegen.search.dictionary import Dictionary
from sitegen.search.lines import Line, Listing, list_lines, pack_lines
from sitegen.search.numbering import INLINE_MOST, Languages, Numbered, Numberer, Part, split
from sitegen.search.postings import pack_postings
from sitegen.search.vocabulary import Integers

TURN = 8

NamesByLine = dict[int, list[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Contents:
    """What stands in a shard."""

    lines: Sequence[Line]
    postings: Numbered

    def pack(self) -> tuple[bytes, bytes]:
        """The lines and the postings as bytes."""
        return pack_lines(self.lines), pack_postings(self.postings)


@dataclass(frozen=True, slots=True)
class Half:
    """What the older or the newer documents have.

    Attributes:
        postings: of terms in the order of the dictionary.
        totals: of each term, how many postings decide whether it carries lengths.
    """

    lines: Listing
    postings: Part
    totals: Integers
    numberer: Numberer

    def read(self, lines: range) -> Contents:
        """What stands in some neighbouring lines."""
        return Contents(self.lines.read(lines), self._number(self.postings.within(self._places(lines))))

    def made_from(self, shards: Sequence[range]) -> Iterator[bytes]:
        """What makes the bytes of each of some neighbouring shards: the same where they are."""
        for some in self._few(shards):
            places = [self._places(shard) for shard in some]
            whole = range(places[0].start, places[-1].stop)
            bounds = [*(own.start for own in places), whole.stop]
            own = self.postings.within(whole)
            parts = self._number(own).cut(np.searchsorted(own.places, bounds))
            for lines, part in zip(some, parts, strict=True):
                yield self.lines.made_from(lines) + part.made_from()

    def _few(self, shards: Sequence[range]) -> Iterator[Sequence[range]]:
        """The shards in turn, as many at a time as have SLICE postings in all; they are numbered together."""
        terms = np.searchsorted(self.postings.places, [self._places(each).stop for each in shards])
        slices = (self.postings.starts[terms * FIELDS] // SLICE).tolist()
        for _, own in groupby(zip(shards, slices, strict=True), key=itemgetter(1)):
            yield [shard for shard, _ in own]

    def _number(self, part: Part) -> Numbered:
        return self.numberer.number(part, self.totals[part.places])

    def _places(self, lines: range) -> range:
        """The terms of some neighbouring lines."""
        starts = self.lines.dictionary.starts
        return range(int(starts[lines.start]), int(starts[lines.stop]))


@dataclass(frozen=True, slots=True)
class ShardedIndex:
    """All shards of an index.

    Attributes:
        keys: of all lines.
        shards: the lines of each, in the order of their keys.
        older: what stands in them.
        newer: what they have not taken up.
    """

    keys: Sequence[str]
    shards: Sequence[range]
    older: Half
    newer: Half

    def read_recent(self) -> Contents:
        """What stands in the recent shard."""
        return self.newer.read(range(len(self.keys)))

    def separators(self) -> list[str]:
        """For each shard, the shortest text that sorts after the shard before it and not after its first key."""
        cuts = [(self.keys[shard.start - 1], self.keys[shard.start]) for shard in self.shards[1:]]
        return ["", *(_separator(before, first) for before, first in cuts)] if self.shards else []


def cut_shards(columns: Columns, dictionary: Dictionary, languages: Languages, with_lengths: bool) -> ShardedIndex:
    """The shards of an index.

    Args:
        columns: in the order of the dictionary.
        with_lengths: whether rare terms carry the lengths of their documents, which spares whoever asks for them the
            file of all lengths.
    """
    numberer = Numberer(languages, np.stack(list(columns.lengths.values())), INLINE_MOST if with_lengths else 0)
    hashes = key_hashes(dictionary.keys)
    shards = list(cut_keys(hashes, weigh_lines(columns, dictionary.starts)))
    lacking = np.array([lacking_documents(columns.count, int(hashes[shard.start])) for shard in shards], np.int64)
    newest = find_newest(columns, dictionary, np.repeat(lacking, list(map(len, shards))))
    totals = columns.document_frequencies()
    terms, pointed = newest.of_terms, newest.of_pointers
    rest, leads = totals - terms, totals[dictionary.pointers.places]
    aliases = split_aliases(dictionary, columns.count - newest.lacking)
    older, newer = split(columns, newest.postings)
    return ShardedIndex(
        dictionary.keys,
        shards,
        Half(list_lines(columns.terms, dictionary, rest, leads - pointed, aliases[0]), older, rest, numberer),
        Half(list_lines(columns.terms, dictionary, terms, pointed, aliases[1]), newer, totals, numberer),
    )


@dataclass(frozen=True, slots=True)
class Newest:
    """What the newest documents have, which not all shards have taken up.

    Attributes:
        lacking: of each line, how many documents its shard has not taken up.
        postings: those that are in no shard, as places among all.
        of_terms: of each term, how many these are.
        of_pointers: of each pointer, how many postings of its term its own line's shard would lack.
    """

    lacking: Integers
    postings: Integers
    of_terms: Integers
    of_pointers: Integers


def find_newest(columns: Columns, dictionary: Dictionary, lacking: Integers) -> Newest:
    """What the newest documents have; see `Newest` for `lacking`."""
    at = np.flatnonzero(columns.documents >= max(columns.count - TURN + 1, 0))
    terms = (np.searchsorted(columns.starts, at, "right") - 1) // FIELDS
    from_end = columns.count - columns.documents[at].astype(np.int64)
    counts = np.bincount(terms * TURN + from_end, minlength=len(columns.terms) * TURN).reshape(-1, TURN).cumsum(1)
    of_terms = np.repeat(lacking, np.diff(dictionary.starts))
    pointers = dictionary.pointers
    return Newest(
        lacking,
        at[from_end <= of_terms[terms]],
        counts[np.arange(len(counts)), of_terms],
        counts[pointers.places, lacking[pointers.lines]],
    )


def split_aliases(dictionary: Dictionary, bounds: Integers) -> tuple[NamesByLine, NamesByLine]:
    """The names and addresses of what each line's key is another name of: in documents before its bound, and others."""
    older: NamesByLine = {}
    newer: NamesByLine = {}
    for line, aliases in dictionary.aliases.items():
        for alias in aliases:
            (older if alias.first < bounds[line] else newer).setdefault(line, []).append(alias[:2])
    return older, newer


def _separator(before: str, first: str) -> str:
    """The shortest text that begins `first` and not `before`, the key before it."""
    same = next((place for place, char in enumerate(first) if before[place : place + 1] != char), len(first))
    return first[: same + 1]


def lacking_documents(count: int, hashed: int) -> int:
    """How many of the newest documents a shard has not taken up whose first key has this hash."""
    # The low bits of the hash say where shards begin.
    return min((count + (hashed >> 16)) % TURN, count)
