"""Arranges an index's terms as a reader looks for them: forms of one word together, names behind their words.

A line stands under a folded key. It holds the forms whose home it is, and points to the homes of the forms that are
spelled like its key but belong to another word's group, so that from any form, typed with accents or without, all of
its group is reached.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from sitegen.model import Archive, EntityType, Term, TermKind
from sitegen.search.analyzer import KEY_JOINT, fold, name_key, words
from sitegen.search.columns import Columns, utf16_order
from sitegen.search.fields import Field

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


@dataclass(slots=True)
class Line:
    """What the dictionary has under one key.

    Attributes:
        forms: ranks of the terms that live here, ascending.
        pointers: keys of other lines, each with how many (document, field) pairs the forms have that it stands for.
        keys: for each field of names, the keys of the names that have this word.
        aliases: name and address ("" without a page) of each entity that this is another name of.
    """

    forms: list[int] = field(default_factory=list)
    pointers: dict[str, int] = field(default_factory=dict)
    keys: dict[Field, list[str]] = field(default_factory=dict)
    aliases: list[tuple[str, str]] = field(default_factory=list)


def arrange(columns: Columns, groups: Mapping[str, set[str]], archive: Archive) -> dict[str, Line]:
    """All lines by key, in UTF-16 order of keys.

    Args:
        groups: the keys of each form's groups; a term that is no form (a name's key) lives under itself.
    """
    lines: defaultdict[str, Line] = defaultdict(Line)
    frequencies = columns.document_frequencies().tolist()
    for rank, term in enumerate(columns.terms):
        spelled = fold(term)
        homes = groups.get(term) or {term}
        home = spelled if spelled in homes else min(homes)
        lines[home].forms.append(rank)
        if home == spelled and len(homes) == 1:
            continue
        for key in sorted({spelled, *homes} - {home}):
            pointers = lines[key].pointers
            pointers[home] = pointers.get(home, 0) + (frequencies[rank] if key == spelled else 0)
    for key, names in name_words(archive.terms.values()).items():
        lines[key].keys = names
    for key, terms in alias_targets(archive.terms.values()).items():
        lines[key].aliases = [(term.name, term.url if term.has_page else "") for term in terms]
    return {key: lines[key] for key in sorted(lines, key=utf16_order)}


def name_words(terms: Iterable[Term]) -> dict[str, dict[Field, list[str]]]:
    """For each word of a name of several words, the keys of the names that have it, by field."""
    found: defaultdict[str, defaultdict[Field, set[str]]] = defaultdict(lambda: defaultdict(set))
    for term in terms:
        if term.kind in FIELD_OF_KIND:
            key = name_key(term.name)
            for word in key.split(KEY_JOINT):
                if word and word != key:
                    found[word][FIELD_OF_KIND[term.kind]].add(key)
    return {word: {field: sorted(keys) for field, keys in sorted(found[word].items())} for word in sorted(found)}


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


def common_affixes(groups: Mapping[str, set[str]], languages: Iterable[str]) -> list[tuple[str, str]]:
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
