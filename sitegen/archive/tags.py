"""Keywords of all articles -> tags: the archive's own vocabulary, few and shared.

Weights are tf-idf with a damped idf (at most 4, to the power 0.4), because editors choose frequent words, not rare
ones. A word becomes a tag when enough articles hold it, and not so many that it says nothing, and when those that
hold it dwell on it: words of content come in bursts, others alone (Church and Gale, "Poisson mixtures", 1995).
"""

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sitegen.archive.corrections import normal
from sitegen.model import Article, Slug, TermKind, TermRef
from sitegen.urls import term_slug

MOST_PER_ARTICLE = 5
LEAST_WEIGHT = 1.6
"""What a keyword must weigh in an article, and on average in all that hold it: said twice, or in the title."""
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
    shared = _vocabulary(articles)
    ranked = [
        () if article.document.stated.tags is not None else _ranked(article, shared, {normal(name) for name in names})
        for article, names in zip(articles, entity_names, strict=True)
    ]
    spellings: defaultdict[TermRef, Counter[str]] = defaultdict(Counter)
    languages: defaultdict[TermRef, Counter[str]] = defaultdict(Counter)
    chosen = []
    for article, words in zip(articles, _few(ranked), strict=True):
        refs = []
        for word in article.document.stated.tags or words:
            ref = TermRef(TermKind.TAG, Slug(term_slug(word)))
            spellings[ref][word] += 1
            languages[ref][article.language.code] += 1
            refs.append(ref)
        chosen.append(tuple(dict.fromkeys(refs)))
    return Tags(tuple(chosen), dict(spellings), dict(languages))


def _few(ranked: Sequence[Sequence[str]]) -> list[Sequence[str]]:
    """For each article its strongest words that enough articles have among their strongest, MOST_PER_ARTICLE at most.

    Words that too few articles chose are taken away, and others move up, until every choice is shared.
    """
    least = least_articles(len(ranked))
    refused: set[str] = set()
    while True:
        chosen = [_distinct([word for word in words if word not in refused]) for words in ranked]
        counts = Counter(word for words in chosen for word in words)
        lonely = {word for word, count in counts.items() if count < least}
        if not lonely:
            return chosen
        refused |= lonely


def _distinct(words: Iterable[str]) -> Sequence[str]:
    """The first MOST_PER_ARTICLE of `words`, without those that are part of another or hold it."""
    chosen: list[str] = []
    for word in words:
        parts = set(word.split())
        if not any(parts <= set(other.split()) or set(other.split()) <= parts for other in chosen):
            chosen.append(word)
        if len(chosen) == MOST_PER_ARTICLE:
            break
    return chosen


def _vocabulary(articles: Sequence[Article]) -> dict[str, float]:
    """The words that may be tags, with their damped idf."""
    held: Counter[str] = Counter()
    weights: defaultdict[str, float] = defaultdict(float)
    for article in articles:
        for word, weight in article.keywords:
            if not word.isdecimal():
                held[word] += 1
                weights[word] += weight
    count = len(articles)
    least = least_articles(count)
    most = count * COMMON_SHARE if count >= COMMON_FROM else count
    return {
        word: min(math.log(1 + count / number), 4.0) ** 0.4
        for word, number in held.items()
        if least <= number <= most and weights[word] >= LEAST_WEIGHT * number
    }


def _ranked(article: Article, shared: dict[str, float], names: Collection[str]) -> Sequence[str]:
    """The article's keywords that may be its tags, strongest first."""
    named = {word for name in names for word in name.split()}
    weights = {
        word: weight * shared[word]
        for word, weight in article.keywords
        if weight >= LEAST_WEIGHT and word in shared and not all(part in named for part in normal(word).split())
    }
    return sorted(weights, key=lambda word: (-weights[word], word))
