"""Keywords of all articles -> tags: the archive's own vocabulary, few and shared.

A word becomes a tag when enough articles dwell on it, and not so many that it says nothing, and when those that hold
it mostly dwell on it: words of content come in bursts, others alone (Church and Gale, "Poisson mixtures", 1995). All
of that depends on the word's own counts, so that one article more moves few tags. An article's tags are ranked by
tf-idf with a damped idf (at most 4, to the power 0.4), because editors choose frequent words, not rare ones: measured
against the tags of Indonesian and Russian newspapers. The thresholds below are judgement, tried on small archives.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sitegen.archive.corrections import normal
from sitegen.archive.tag_forms import form_key
from sitegen.model import Article, Citation, Slug, TermKind, TermRef
from sitegen.urls import term_slug

MOST_PER_ARTICLE = 5
LEAST_WEIGHT = 1.6
"""What a keyword must weigh in an article for the article to dwell on it: said twice."""
LEAST_TAG_WEIGHT = 1.3
"""What a word of the vocabulary must weigh to be an article's tag: said twice, or in the title."""
LEAST_AVERAGE = 1.3
LESS_OFTEN = 1.2
"""What it must weigh on average in all articles that hold it: the first, and the second shared out over the articles
that dwell on it, for two articles alone must dwell on a word more than fifty."""
PAIR_FACTOR = 1.6
"""A pair comes before its words, unless one of them is said so much more often."""
COMMON_SHARE = 0.12
COMMON_ROOT = 3.0
BURST = 3.0
"""A word that weighs this on average is a topic, however many articles hold it."""
NAMED_SHARE = 0.25
"""A word that is a name in so many articles, compared with those that hold it as a word, is a name."""
IDEOGRAPHS = "\u2e80"
"""From here on scripts put no spaces between words."""


@dataclass(frozen=True, slots=True)
class Tags:
    """Each article's tags, strongest first, and under which spellings each tag occurs.

    `words`: for each article's tags its own words for them, "" where they are stated.
    """

    of_articles: tuple[tuple[TermRef, ...], ...]
    words: tuple[tuple[str, ...], ...]
    spellings: dict[TermRef, Counter[str]]
    languages: dict[TermRef, Counter[str]]


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    """What may be a tag: by the key that its forms share, the form that is shown and the damped idf."""

    shown: Mapping[str, str]
    factors: Mapping[str, float]


def least_articles(count: int) -> int:
    """How many of `count` articles must dwell on a word before it is a tag."""
    if count < 5:
        return 1
    return 2 if count < 200 else max(3, math.ceil(count * 0.0005))


def most_articles(count: int) -> float:
    """In how many of a language's `count` articles a word may occur and still say something.

    A share, and in small archives, where a topic may well be in half of the articles, a multiple of the root.
    """
    return max(count * COMMON_SHARE, COMMON_ROOT * math.sqrt(count))


def choose_tags(articles: Sequence[Article], entity_names: Iterable[Collection[str]]) -> Tags:
    """The tags of `articles`, given in the order of their numbers.

    Stated tags are taken as they are; other articles get theirs from their keywords.

    Args:
        entity_names: for each article, the names of its entities; none of them becomes a tag as well.
    """
    names = [{normal(name) for name in found} for found in entity_names]
    weights = [_weights(article, named) for article, named in zip(articles, names, strict=True)]
    vocabulary = _vocabulary(articles, weights, Counter(name for named in names for name in named))
    derived = _shared([_strongest(found, vocabulary) for found in weights])
    spellings: defaultdict[TermRef, Counter[str]] = defaultdict(Counter)
    languages: defaultdict[TermRef, Counter[str]] = defaultdict(Counter)
    chosen = []
    for article, keys, found in zip(articles, derived, weights, strict=True):
        stated = article.tags
        pairs = (
            [(vocabulary.shown[key], found[key][0]) for key in keys] if stated is None else [(t, "") for t in stated]
        )
        words: dict[TermRef, str] = {}
        for shown, own in pairs:
            ref = TermRef(TermKind.TAG, Slug(term_slug(shown)))
            spellings[ref][shown] += 1
            languages[ref][article.language.code] += 1
            words.setdefault(ref, own)
        chosen.append(words)
    return Tags(tuple(map(tuple, chosen)), tuple(tuple(w.values()) for w in chosen), dict(spellings), dict(languages))


def _weights(article: Article, named: Collection[str]) -> dict[str, tuple[str, float]]:
    """By the key of its forms, each keyword's heaviest form and the weight of all; stated tags weigh enough."""
    found: dict[str, tuple[str, float]] = {}
    language = article.language.code
    stated = article.tags
    keywords = article.keywords if stated is None else [(tag, BURST) for tag in stated]
    for word, weight in keywords:
        key = form_key(word.lower(), language)
        form, before = found.get(key, (word, 0.0))
        if stated is not None or not _is_name(word, named):
            found[key] = form, before + weight
    return found


def _is_name(word: str, named: Collection[str]) -> bool:
    """Whether `word` is one of the names, or part of one in scripts without spaces."""
    return word in named or (word[0] >= IDEOGRAPHS and any(word in name for name in named))


def _vocabulary(
    articles: Sequence[Article], weights: Sequence[Mapping[str, tuple[str, float]]], named: Mapping[str, int]
) -> _Vocabulary:
    held: Counter[str] = Counter()
    dwelt: Counter[str] = Counter()
    total: defaultdict[str, float] = defaultdict(float)
    for found in weights:
        for key, (_, weight) in found.items():
            held[key] += 1
            total[key] += weight
            dwelt[key] += weight >= LEAST_WEIGHT
    least = least_articles(len(articles))
    able = {
        key
        for key, number in dwelt.items()
        if number >= least and total[key] / held[key] >= LEAST_AVERAGE + LESS_OFTEN / number
    }
    able -= _common(articles, weights, able, {key: total[key] / held[key] for key in able})
    forms = _forms(articles, weights, able)
    media = {normal(name) for article in articles for name in _media(article)}
    shown = {key: form for key, form in forms.items() if _is_topic(form, held[key], named, media)}
    count = len(articles)
    return _Vocabulary(shown, {key: min(math.log(1 + count / held[key]), 4.0) ** 0.4 for key in shown})


def _common(
    articles: Sequence[Article],
    weights: Sequence[Mapping[str, tuple[str, float]]],
    able: Collection[str],
    average: Mapping[str, float],
) -> set[str]:
    """The keys that too many articles of one language hold, without any of them making much of it."""
    sizes = Counter(article.language.code for article in articles)
    held: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for article, found in zip(articles, weights, strict=True):
        held[article.language.code].update(key for key in found if key in able and average[key] < BURST)
    return {
        key
        for language, counts in held.items()
        for key, number in counts.items()
        if number > most_articles(sizes[language])
    }


def _forms(
    articles: Sequence[Article], weights: Sequence[Mapping[str, tuple[str, float]]], able: Collection[str]
) -> dict[str, str]:
    """For each key the form that is shown: one that an article states, else that most articles use."""
    forms: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for article, found in zip(articles, weights, strict=True):
        worth = 1 if article.tags is None else len(articles)
        for key, (form, _) in found.items():
            if key in able:
                forms[key][form] += worth
    return {key: min(counts, key=lambda form: (-counts[form], len(form), form)) for key, counts in forms.items()}


def _media(article: Article) -> Iterator[str]:
    """The names of an article's publisher and of the media that it cites, and of their domains without the ending."""
    citations: tuple[Citation, ...] = (*([article.source] if article.source else ()), *article.attribution)
    for citation in citations:
        yield citation.name
        yield from (part for part in (citation.domain or citation.name).split(".")[:-1] if len(part) > 3)


def _is_topic(word: str, held: int, named: Mapping[str, int], media: Collection[str]) -> bool:
    """Whether `word`, which `held` articles hold, is neither a medium nor mostly a name."""
    compared = normal(word)
    return compared not in media and named.get(compared, 0) < max(2.0, NAMED_SHARE * held)


def _strongest(found: Mapping[str, tuple[str, float]], vocabulary: _Vocabulary) -> Sequence[str]:
    """The keys that are an article's tags, strongest first, without those that are part of another or hold it."""
    scores = {
        key: weight * vocabulary.factors[key] * (PAIR_FACTOR if " " in key else 1.0)
        for key, (_, weight) in found.items()
        if weight >= LEAST_TAG_WEIGHT and key in vocabulary.shown
    }
    chosen: list[str] = []
    for key in sorted(scores, key=lambda key: (-scores[key], key)):
        if not any(_overlap(key, other) for other in chosen):
            chosen.append(key)
        if len(chosen) == MOST_PER_ARTICLE:
            break
    return chosen


def _overlap(one: str, other: str) -> bool:
    if one[0] >= IDEOGRAPHS:
        return one in other or other in one
    parts, others = one.split(), other.split()
    return any(part in others for part in parts)


def _shared(chosen: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    """The keys of each article's tags, without those that too few articles have among their strongest."""
    least = least_articles(len(chosen))
    counts = Counter(key for keys in chosen for key in keys)
    return [tuple(key for key in keys if counts[key] >= least) for keys in chosen]
