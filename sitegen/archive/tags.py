"""Keywords of all articles -> tags: the archive's own vocabulary, few and shared.

Weights are tf-idf with a damped idf (at most 4, to the power 0.4), because editors choose frequent words, not rare
ones. A word becomes a tag when enough articles hold it, and not so many that it says nothing.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sitegen.archive.corrections import normal
from sitegen.model import Article, Slug, TermKind, TermRef
from sitegen.urls import term_slug

MOST_PER_ARTICLE = 5
COMMON_SHARE = 0.12
COMMON_FROM = 60
"""In archives of this many articles or more, a word in over COMMON_SHARE of them is no topic."""


@dataclass(frozen=True, slots=True)
class Tags:
    """Each article's tags, strongest first, and under which spellings each tag occurs."""

    of_articles: tuple[tuple[TermRef, ...], ...]
    spellings: dict[TermRef, Counter[str]]
    languages: dict[TermRef, Counter[str]]


def least_articles(count: int) -> int:
    """How many of `count` articles must hold a word before it is a tag."""
    if count < 5:
        return 1
    return 2 if count < 50 else max(3, math.ceil(count * 0.0005))


def choose_tags(articles: Sequence[Article], entity_names: Iterable[Collection[str]]) -> Tags:
    """The tags of `articles`, given in the order of their numbers.

    Stated tags are taken as they are; other articles get theirs from their keywords.

    Args:
        entity_names: for each article, the names of its entities; none of them becomes a tag as well.
    """
    frequency = Counter(word for article in articles for word, _ in article.keywords)
    shared = _vocabulary(frequency, len(articles))
    spellings: defaultdict[TermRef, Counter[str]] = defaultdict(Counter)
    languages: defaultdict[TermRef, Counter[str]] = defaultdict(Counter)
    chosen = []
    for article, names in zip(articles, entity_names, strict=True):
        stated = article.document.stated.tags
        words = stated if stated is not None else _strongest(article, shared, {normal(name) for name in names})
        refs = []
        for word in words:
            ref = TermRef(TermKind.TAG, Slug(term_slug(word)))
            spellings[ref][word] += 1
            languages[ref][article.language.code] += 1
            refs.append(ref)
        chosen.append(tuple(dict.fromkeys(refs)))
    return Tags(tuple(chosen), dict(spellings), dict(languages))


def _vocabulary(frequency: Counter[str], count: int) -> dict[str, float]:
    """The words that may be tags, with their damped idf."""
    least = least_articles(count)
    most = count * COMMON_SHARE if count >= COMMON_FROM else count
    return {
        word: min(math.log(1 + count / held), 4.0) ** 0.4 for word, held in frequency.items() if least <= held <= most
    }


def _strongest(article: Article, shared: dict[str, float], names: Collection[str]) -> list[str]:
    named = {word for name in names for word in name.split()}
    weights = {
        word: weight * shared[word]
        for word, weight in article.keywords
        if word in shared and not all(part in named for part in normal(word).split())
    }
    ranked = sorted(weights, key=lambda word: (-weights[word], word))
    chosen: list[str] = []
    for word in ranked:
        parts = set(word.split())
        if not any(parts <= set(other.split()) or set(other.split()) <= parts for other in chosen):
            chosen.append(word)
        if len(chosen) == MOST_PER_ARTICLE:
            break
    return chosen
