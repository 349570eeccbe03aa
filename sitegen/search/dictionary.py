"""Arranges an index's terms as a reader looks for them: forms of one word together, names behind their words.

A line stands under a folded key. It holds the forms whose home it is, and points to the homes of the forms that are
spelled like its key but belong to another word's group, so that from any form, typed with accents or without, all of
its group is reached.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import ne
from typing import NamedTuple

import numpy as np

from sitegen.model import ENTITY_KINDS, Archive, Term
from sitegen.search.analyzer import KEY_JOINT, fold, name_key, words
from sitegen.search.columns import utf16_sorted

KNOWN_AFFIXES = {
    "id": [
        (before, after)
        for before in ("", "ber", "di", "ke", "me", "mem", "men", "meng", "pe", "pem", "pen", "peng", "ter")
        for after in ("", "an", "i", "kan", "nya")
        if before or after
    ]
}
"""Of languages that inflect at the front, where the words next to an unknown form do not help."""

AFFIXES_KEPT = 64
AFFIX_STEM_LENGTH = 4


class Alias(NamedTuple):
    """An entity under another name of it: its name, its address ("" without a page), the first document that has it."""

    name: str
    url: str
    first: int


class Pointer(NamedTuple):
    """A term that lives elsewhere.

    Attributes:
        home: the key of its line.
        place: the term's, in the order of the dictionary.
        is_spelled: whether it is spelled like the key that points to it.
    """

    home: str
    place: int
    is_spelled: bool


@dataclass(frozen=True, slots=True)
class Dictionary:
    """What is to be found under each key. Whatever it has nothing of is not in a mapping.

    Attributes:
        keys: of all lines, in UTF-16 order.
        order: the numbers of all terms, line by line: where they live.
        starts: where the terms of each line begin in that order, and the end; the one that the key itself is comes
            first, the others in UTF-16 order.
        pointers: from a key to terms that live elsewhere.
        aliases: what a key is another name of.
    """

    keys: list[str]
    order: list[int]
    starts: list[int]
    pointers: Mapping[str, list[Pointer]]
    aliases: Mapping[str, list[Alias]]


def arrange(terms: Sequence[str], groups: Mapping[str, Sequence[str]], archive: Archive) -> Dictionary:
    """The dictionary of an archive.

    Args:
        terms: in any order, each once.
        groups: the keys of each form's groups, sorted; a term that is no form (a name's key) lives under itself.
    """
    ordered = utf16_sorted(terms)
    spelled = [term if term.isascii() else fold(term) for term in ordered]
    grouped = [groups.get(term) or (term,) for term in ordered]
    homes = [key if key in own else own[0] for key, own in zip(spelled, grouped, strict=True)]
    aliases = alias_targets(archive.terms.values())
    keys = utf16_sorted({*spelled, *homes, *aliases, *chain.from_iterable(own for own in grouped if len(own) > 1)})
    lines = dict(zip(keys, range(len(keys)), strict=True))
    lived = np.fromiter(map(lines.__getitem__, homes), np.int64, len(homes))
    is_other = np.fromiter(map(ne, homes, ordered), np.bool_, len(homes))
    order = np.lexsort((is_other, lived))
    places = np.empty_like(order)
    places[order] = np.arange(len(order))
    numbers = dict(zip(terms, range(len(terms)), strict=True))
    pointers: defaultdict[str, list[Pointer]] = defaultdict(list)
    for key, own, home, place in zip(spelled, grouped, homes, places.tolist(), strict=True):
        if key != home:
            pointers[key].append(Pointer(home, place, is_spelled=True))
        if len(own) > 1:
            for other in own:
                if other not in {home, key}:
                    pointers[other].append(Pointer(home, place, is_spelled=False))
    return Dictionary(
        keys,
        [numbers[ordered[place]] for place in order.tolist()],
        np.searchsorted(lived[order], np.arange(len(keys) + 1)).tolist(),
        dict(pointers),
        {
            key: [Alias(term.name, term.url if term.has_page else "", first_number(term)) for term in terms]
            for key, terms in aliases.items()
        },
    )


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


def alias_targets(terms: Iterable[Term]) -> dict[str, list[Term]]:
    """Which entities each alias stands for, by the alias's key.

    An alias whose words are all in the name itself needs no entry: the name is found by it anyway.
    """
    targets: defaultdict[str, list[Term]] = defaultdict(list)
    for term in sorted(terms, key=lambda term: (term.kind, term.id)):
        own = {fold(word) for word in words(term.name)}
        for alias in term.aliases if term.kind in ENTITY_KINDS else ():
            key = name_key(alias)
            if key and not {fold(word) for word in words(alias)} <= own and term not in targets[key]:
                targets[key].append(term)
    return {key: targets[key] for key in sorted(targets) if targets[key]}


def common_affixes(groups: Mapping[str, Sequence[str]], languages: Iterable[str]) -> list[tuple[str, str]]:
    """What forms have before and after their stems: those that this archive has most often, and the known ones.

    It lets the browser guess the stem of a form that occurs nowhere.
    """
    counts = Counter(
        (before, after)
        for form, keys in groups.items()
        for key in keys
        if len(key) >= AFFIX_STEM_LENGTH and key != form
        for before, found, after in [fold(form).partition(key)]
        if found and (before or after)
    )
    ranked = sorted(counts, key=lambda pair: (-counts[pair], pair))
    common = [pair for pair in ranked if counts[pair] > 1][:AFFIXES_KEPT]
    known = (pair for language in sorted(set(languages)) for pair in KNOWN_AFFIXES.get(language, ()))
    return list(dict.fromkeys((*common, *known)))
