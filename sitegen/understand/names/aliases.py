"""Names of one article -> the same names, each under the longest that the article uses for it."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise
from typing import NamedTuple

from sitegen.authority import Authority, load_authority
from sitegen.model import EntityType, Slug, Span
from sitegen.understand.names.gazetteer import load_gazetteer
from sitegen.understand.names.tokens import name_key

SMALL_WORDS = frozenset(("dan", "of", "the", "and", "de", "la", "du", "des", "und", "y", "e", "и", "for", "untuk"))
"""Words of names that their abbreviations pass over, in the commonest languages; written for this project."""

DOMINANCE = 3


class Candidate(NamedTuple):
    """A name found at a place of the prose, before the article has settled what it stands for."""

    span: Span
    text: str
    type: EntityType
    key: str
    confidence: float
    rule: str


class Settled(NamedTuple):
    """What an article settles on for one of the names in it."""

    name: str
    type: EntityType
    key: str
    rule: str


def settle_names(
    candidates: Sequence[Candidate], prose: str, language: str, words: AbstractSet[str]
) -> Mapping[str, Settled]:
    """For the key of every name (see `name_key`), what it stands for in this article.

    A short form joins the one longer name that has all its words; an acronym joins the name it stands beside in
    brackets; what the authority knows under one id is one. None of `words` is a short form.
    """
    votes, spelled = count_votes(candidates), base_forms(candidates)
    settled = {key: Settled(spelled.get(key, vote.text), vote.type, vote.key, "") for key, vote in votes.items()}
    settled.update(join_acronyms(candidates, settled, prose))
    settled.update(join_short_forms(settled, words))
    return name_by_longest(settled, language)


def count_votes(candidates: Iterable[Candidate]) -> dict[str, Candidate]:
    """For every name the candidate that its other mentions agree with best: known ones first, then by confidence."""
    weights: dict[str, defaultdict[EntityType, float]] = defaultdict(lambda: defaultdict(float))
    first: dict[tuple[str, EntityType], Candidate] = {}
    for each in candidates:
        key = name_key(each.text)
        weights[key][each.type] += each.confidence + (10 if each.key else 0)
        known = first.setdefault((key, each.type), each)
        if each.key and not known.key:
            first[key, each.type] = each
    return {key: first[key, max(sorted(types), key=types.__getitem__)] for key, types in weights.items()}


def base_forms(candidates: Iterable[Candidate]) -> dict[str, str]:
    """For names in Cyrillic letters the form without a case's ending: the gazetteer's, else the text's shortest."""
    forms: dict[str, str] = {}
    for each in candidates:
        if "\u0400" <= each.text[0] <= "\u04ff":
            key = name_key(each.text)
            forms[key] = min(forms.get(key, each.text), each.text, key=len)
    senses = load_gazetteer().names
    return {key: (senses[key][0].name if key in senses else "") or form for key, form in forms.items()}


def join_acronyms(candidates: Sequence[Candidate], settled: Mapping[str, Settled], prose: str) -> dict[str, Settled]:
    """Names that stand as "Long Name (LN)" or "LN (Long Name)": both under the longer one."""
    joined: dict[str, Settled] = {}
    for one, other in pairwise(candidates):
        gap = prose[one.span.end : other.span.start]
        if gap.strip() != "(" or not prose[other.span.end :].lstrip().startswith(")"):
            continue
        short, long = sorted((one, other), key=lambda each: len(each.text))
        if not is_acronym(short.text, long.text):
            continue
        short_key, long_key = name_key(short.text), name_key(long.text)
        full, brief = settled[long_key], settled[short_key]
        known = brief if brief.key and not full.key else full
        joined[long_key] = Settled(full.name, known.type, known.key, "")
        joined[short_key] = Settled(full.name, known.type, known.key, "acronym")
    return joined


def is_acronym(short: str, long: str) -> bool:
    """Whether a name may abbreviate another: read off the beginnings of its words, or capitals and one first letter."""
    words = [word.casefold() for word in re.findall(r"\w+", long) if word.casefold() not in SMALL_WORDS]
    letters = "".join(char for char in short.casefold() if char.isalnum())
    if len(words) < 2 or not letters:
        return False
    return is_blend(letters, words) or (short.isupper() and any(word[0] == letters[0] for word in words))


def is_blend(short: str, words: Sequence[str]) -> bool:
    """Whether `short` can be read off the beginnings of `words` in order: KPU, Korut, Bawaslu."""
    reached = {0}
    for word in words:
        further = set(reached)
        for start in reached:
            length = 0
            while length < len(word) and start + length < len(short) and short[start + length] == word[length]:
                length += 1
                further.add(start + length)
        reached = further
    return len(short) in reached


def join_short_forms(settled: Mapping[str, Settled], words: AbstractSet[str]) -> dict[str, Settled]:
    """Short names of people and organizations under the one longer name that has all their words."""
    holders: dict[str, set[str]] = defaultdict(set)
    for key, name in settled.items():
        for word in key.split(" "):
            if name.type in (EntityType.PERSON, EntityType.ORGANIZATION):
                holders[word].add(key)
    joined: dict[str, Settled] = {}
    for key in sorted(settled, key=lambda key: (-len(key.split(" ")), key)):
        long = None if key in words else longer_name(key, settled, holders)
        if long:
            target = joined.get(long, settled[long])
            joined[key] = Settled(target.name, target.type, target.key, "alias")
    return joined


def longer_name(key: str, settled: Mapping[str, Settled], holders: Mapping[str, set[str]]) -> str | None:
    """The key of the one longer name that the name `key` is short for, or None."""
    name, words = settled[key], key.split(" ")
    if min(map(len, words)) < 2:
        return None
    together = set.intersection(*(holders.get(word, set()) for word in words)) - {key}
    found = [other for other in together if accepts(settled[other], name, other, key)]
    identities = {settled[other].key or other for other in found}
    longest = max(found, key=lambda other: (len(other.split(" ")), other), default=None)
    if longest is not None and (len(identities) == 1 or all_within(found, longest)):
        return longest
    return None


def all_within(found: Iterable[str], longest: str) -> bool:
    """Whether every name found is itself a short form of the longest."""
    words = set(longest.split(" "))
    return all(words.issuperset(other.split(" ")) for other in found)


def accepts(long: Settled, short: Settled, long_key: str, short_key: str) -> bool:
    """Whether a longer name may have this short form: no identities that differ, same type, and a fitting beginning.

    One word of a person's name is that person's, whatever it was taken for.
    """
    if short.key and long.key and short.key != long.key:
        return False
    if short.key and not long.key and not short.type is long.type is EntityType.PERSON:
        return False
    if long.type is EntityType.PERSON:
        mistaken = " " not in short_key and not short.name.isupper()
        return short.type is EntityType.PERSON or mistaken
    return short.type is long.type and not short.key and long_key.startswith(short_key + " ")


def name_by_longest(settled: Mapping[str, Settled], language: str) -> dict[str, Settled]:
    """Everything with one authority id under one name: its usual one where the article has it, else the longest."""
    authority = load_authority()
    texts: dict[str, set[str]] = defaultdict(set)
    for name in settled.values():
        texts[name.key].add(name.name)
    best = {key: choose_name(found, key, authority, language) for key, found in texts.items() if key}
    return {key: name._replace(name=best.get(name.key, name.name)) for key, name in settled.items()}


def choose_name(texts: Iterable[str], key: str, authority: Authority, language: str) -> str:
    """Of the names that an article has for an entry of the authority, its usual one, else the longest."""
    usual = authority.name(Slug(key), language)
    return max(texts, key=lambda text: (text == usual, len(text), text))


def assign_words(
    settled: Mapping[str, Settled],
    candidates: Iterable[Candidate],
    words: Sequence[AbstractSet[str]],
    ambiguous: AbstractSet[str],
) -> tuple[dict[str, Settled], frozenset[str]]:
    """For single words of people's names of several words, whose they are; and those of which nobody can tell.

    A word that several people share is that one's whom the article names in full far more often than the others.

    Args:
        settled: what `settle_names` gave.
        candidates: the names found.
        words: those that are no names of their own, in some sets.
        ambiguous: names that may be another's too: Jordan is Michael Jordan where he is named in full.
    """
    counts = Counter(name_key(each.text) for each in candidates)
    holders: dict[str, dict[str, Settled]] = defaultdict(dict)
    weights: dict[str, Counter[str]] = defaultdict(Counter)
    for key, name in settled.items():
        parts = key.split(" ")
        if name.type is EntityType.PERSON and len(parts) > 1 and name.name[0].isupper():
            for part in parts:
                holders[part][name.key or name.name] = name
                weights[part][name.key or name.name] += counts[key]
    owners = {word: leader(weights[word]) for word in sorted(holders)}
    shared = frozenset(word for word, owner in owners.items() if owner is None)
    assigned = {
        word: holders[word][owner]._replace(rule="alias")
        for word, owner in owners.items()
        if owner is not None and len(word) > 2 and word.isalpha() and not any(word in some for some in words)
    }
    kept = {word for word in assigned if word in ambiguous or not settled.get(word, assigned[word]).key}
    return {word: name for word, name in assigned.items() if word in kept or name.key}, shared


def leader(weights: Counter[str]) -> str | None:
    """The one who has all the weight, or DOMINANCE times as much as the next; None when nobody has."""
    (first, most), *others = weights.most_common()
    return first if not others or most >= DOMINANCE * max(others[0][1], 1) else None
