"""Arranges an index's terms as a reader looks for them: forms of one word together, names behind their words.

A line stands under a folded key. It holds the forms whose home it is, and points to the homes of the forms that are
spelled like its key but belong to another word's group, so that from any form, typed with accents or without, all of
its group is reached.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sitegen.model import Archive, EntityType, Term, TermKind
from sitegen.search.analyzer import KEY_JOINT, fold, name_key, words
from sitegen.search.columns import Columns, utf16_order
from sitegen.search.fields import PLACES, Field

ENTITY_KINDS = tuple(TermKind(kind.value) for kind in EntityType)
"""The kinds of entity, in the order of their bits in the type column."""

FIELD_OF_KIND = dict.fromkeys(ENTITY_KINDS, Field.ENTITY) | {
    TermKind.TAG: Field.TAG,
    TermKind.SOURCE: Field.SOURCE,
}
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


class Named(NamedTuple):
    """A name of several words, under one of them that is not its first.

    Attributes:
        place: its field's.
        first: the first document that has it.
    """

    place: int
    key: str
    first: int


class Alias(NamedTuple):
    """An entity under another name of it: its name, its address ("" without a page), the first document that has it."""

    name: str
    url: str
    first: int


@dataclass(frozen=True, slots=True)
class Dictionary:
    """What is to be found under each key. Whatever it has nothing of is not in a mapping.

    Attributes:
        keys: of all lines, in UTF-16 order.
        forms: ranks of the terms that live here, that of the key itself first.
        pointers: terms that live elsewhere: the key of their line, and their rank.
        names: the names that have this word, and not as their first.
        aliases: what this is another name of.
    """

    keys: list[str]
    forms: Mapping[str, list[int]]
    pointers: Mapping[str, list[tuple[str, int]]]
    names: Mapping[str, list[Named]]
    aliases: Mapping[str, list[Alias]]


def arrange(columns: Columns, groups: Mapping[str, Sequence[str]], archive: Archive) -> Dictionary:
    """The dictionary of an archive.

    Args:
        groups: the keys of each form's groups, sorted; a term that is no form (a name's key) lives under itself.
    """
    forms: dict[str, list[int]] = {}
    pointers: dict[str, list[tuple[str, int]]] = {}
    for rank, term in enumerate(columns.terms):
        spelled = term if term.isascii() else fold(term)
        homes = groups.get(term, (term,))
        home = spelled if spelled in homes else homes[0]
        if home not in forms:
            forms[home] = [rank]
        else:
            forms[home].insert(0 if term == home else len(forms[home]), rank)
        if home != spelled:
            pointers.setdefault(spelled, []).append((home, rank))
        for key in homes if len(homes) > 1 else ():
            if key not in {home, spelled}:
                pointers.setdefault(key, []).append((home, rank))
    names = name_words(archive.terms.values())
    aliases = {
        key: [Alias(term.name, term.url if term.has_page else "", first_number(term)) for term in terms]
        for key, terms in alias_targets(archive.terms.values()).items()
    }
    keys = sorted({*forms, *pointers, *names, *aliases}, key=utf16_order)
    return Dictionary(keys, forms, pointers, names, aliases)


def first_number(term: Term) -> int:
    """The first article that has a term."""
    return term.numbers[0] if term.numbers else 0


def name_words(terms: Iterable[Term]) -> dict[str, list[Named]]:
    """For each word of a name but its first, the names that have it; a name stands near its first word anyway."""
    found: defaultdict[str, dict[tuple[int, str], int]] = defaultdict(dict)
    for term in terms:
        if term.kind in FIELD_OF_KIND:
            key = name_key(term.name)
            named = PLACES[FIELD_OF_KIND[term.kind]], key
            for word in key.split(KEY_JOINT)[1:]:
                if word:
                    first = first_number(term)
                    found[word][named] = min(first, found[word].get(named, first))
    return {word: [Named(*named, first) for named, first in sorted(names.items())] for word, names in found.items()}


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
    counts = Counter(pair for form, keys in groups.items() for key in keys for pair in _affixes(fold(form), key))
    ranked = sorted(counts, key=lambda pair: (-counts[pair], pair))
    common = [pair for pair in ranked if counts[pair] > 1][:AFFIXES_KEPT]
    known = (pair for language in sorted(set(languages)) for pair in KNOWN_AFFIXES.get(language, ()))
    return list(dict.fromkeys((*common, *known)))


def _affixes(form: str, stem: str) -> Iterator[tuple[str, str]]:
    if len(stem) >= AFFIX_STEM_LENGTH and stem != form and stem in form:
        before, _, after = form.partition(stem)
        yield before, after
