"""Arranges an index's terms as a reader looks for them: forms of one word together, names behind their words.

A line stands under a folded key. It holds the forms whose home it is, and points to the homes of the forms that are
spelled like its key but belong to another word's group, so that from any form, typed with accents or without, all of
its group is reached.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sitegen.model import ENTITY_KINDS, Archive, Term
from sitegen.search.analyzer import KEY_JOINT
from sitegen.search.names import key_names
from sitegen.search.stems import Groups
from sitegen.search.vocabulary import UNKNOWN, Integers, Vocabulary


class Alias(NamedTuple):
    """An entity under another name of it: its name, its address ("" without a page), the first document that has it."""

    name: str
    url: str
    first: int


@dataclass(frozen=True, slots=True)
class Pointers:
    """Terms that live elsewhere than under a key that leads to them; by the lines of these keys and of their homes.

    Attributes:
        lines: where they point from, ascending.
        homes: where they point to, ascending within a line.
        places: of the terms, in the order of the dictionary.
        is_spelled: whether the term is spelled like the key that points to it.
    """

    lines: Integers
    homes: Integers
    places: Integers
    is_spelled: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Dictionary:
    """What is to be found under each key. Lines are numbered in the order of their keys.

    Attributes:
        keys: of all lines, in UTF-16 order.
        order: the numbers of all terms, line by line: where they live.
        starts: where the terms of each line begin in that order, and the end; the one that the key itself is comes
            first, the others in UTF-16 order.
        pointers: from lines to terms that live elsewhere.
        aliases: what a line's key is another name of.
    """

    keys: list[str]
    order: Integers
    starts: Integers
    pointers: Pointers
    aliases: Mapping[int, list[Alias]]


def arrange(groups: Groups, archive: Archive, vocabulary: Vocabulary) -> Dictionary:
    """The dictionary of an archive; its words are in the vocabulary."""
    aliases = alias_targets(archive.terms.values(), vocabulary)
    named = vocabulary.number(aliases)
    ranks = vocabulary.ranks()
    highest = len(ranks)
    by_rank = np.argsort(ranks[groups.terms])
    own, spelled = ranks[groups.terms[by_rank]], ranks[groups.folded[by_rank]]
    # A term that is no form (a name's key) lives under itself.
    stems = np.where(groups.stems == UNKNOWN, highest, ranks[groups.stems])[by_rank]
    lowest = stems.min(1, initial=highest)
    homes = np.where((stems == spelled[:, None]).any(1), spelled, np.where(lowest < highest, lowest, own))
    several = np.where(stems < highest, stems, homes[:, None]).max(1, initial=0) != lowest
    several &= lowest < highest
    further = stems[several]
    is_key = np.zeros(highest, np.bool_)
    for leading in (spelled, homes, ranks[named], further[further < highest]):
        is_key[leading] = True
    keys = np.flatnonzero(is_key)
    lived = np.searchsorted(keys, homes)
    order = np.lexsort((homes != own, lived))
    places = np.empty_like(order)
    places[order] = np.arange(len(order))
    texts = vocabulary.texts
    numbers = np.empty(highest, np.int64)
    numbers[ranks] = np.arange(highest)
    return Dictionary(
        list(map(texts.__getitem__, numbers[keys].tolist())),
        groups.terms[by_rank][order],
        np.searchsorted(lived[order], np.arange(len(keys) + 1)),
        find_pointers(keys, spelled, homes, np.where(several[:, None] & (stems < highest), stems, UNKNOWN), places),
        {
            line: [Alias(term.name, term.url if term.has_page else "", first_number(term)) for term in terms]
            for line, terms in zip(np.searchsorted(keys, ranks[named]).tolist(), aliases.values(), strict=True)
        },
    )


def find_pointers(keys: Integers, spelled: Integers, homes: Integers, stems: Integers, places: Integers) -> Pointers:
    """What leads to terms from keys that are not their homes.

    Args:
        keys: of all lines, as ranks, ascending. Of each term:
        spelled, homes, stems: how it is spelled, where it lives and what else leads to it, as ranks or UNKNOWN.
        places: where it stands in the dictionary.
    """
    is_away = spelled != homes
    leads = (stems != UNKNOWN) & (stems != homes[:, None]) & (stems != spelled[:, None])
    terms = np.nonzero(leads)[0]
    pairs = np.unique(np.stack([stems[leads], terms]), axis=1)
    lines = np.searchsorted(keys, np.concatenate([spelled[is_away], pairs[0]]))
    pointed = np.concatenate([np.flatnonzero(is_away), pairs[1]])
    is_spelled = np.arange(len(lines)) < is_away.sum()
    own = np.searchsorted(keys, homes[pointed])
    order = np.lexsort((own, lines))
    return Pointers(lines[order], own[order], places[pointed[order]], is_spelled[order])


def first_number(term: Term) -> int:
    """The first article that has a term."""
    return term.numbers[0] if term.numbers else 0


def name_ends(keys: Iterable[str]) -> set[str]:
    """The keys of names, and what they begin with up to each word but the first: what ends in a word of the name."""
    ends: set[str] = set()
    for key in keys:
        if KEY_JOINT in key:
            words = key.split(KEY_JOINT)
            ends.update(KEY_JOINT.join(words[:end]) for end in range(2, len(words) + 1))
    return ends


def alias_targets(terms: Iterable[Term], vocabulary: Vocabulary) -> dict[str, list[Term]]:
    """Which entities each alias stands for, by the alias's key.

    An alias whose words are all in the name itself needs no entry: the name is found by it anyway.
    """
    targets: defaultdict[str, list[Term]] = defaultdict(list)
    entities = sorted((term for term in terms if term.kind in ENTITY_KINDS), key=lambda term: (term.kind, term.id))
    keys = key_names(chain.from_iterable((term.name, *term.aliases) for term in entities), vocabulary)
    for term in entities:
        own = set(keys[term.name].split(KEY_JOINT))
        # Two aliases may have the same key.
        for key in dict.fromkeys(map(keys.__getitem__, term.aliases)):
            if key and not set(key.split(KEY_JOINT)) <= own:
                targets[key].append(term)
    return {key: targets[key] for key in sorted(targets)}
