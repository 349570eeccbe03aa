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
from itertools import chain, repeat

import numpy as np
from numpy.typing import NDArray

from sitegen.archive.corrections import normal
from sitegen.archive.keywords import IDEOGRAPHS, STATED_WEIGHT, Keywords, gather_keywords
from sitegen.archive.words import Words
from sitegen.model import Article, TermKind, TermRef
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
BURST = STATED_WEIGHT
"""A word that weighs this on average is a topic, however many articles hold it."""
NAMED_SHARE = 0.25
"""A word that is a name in so many articles, compared with those that hold it as a word, is a name."""


@dataclass(frozen=True, slots=True)
class Tags:
    """Each article's tags, strongest first, and under which spellings each tag occurs.

    `words`: for each article's tags its own words for them, "" where they are stated.
    """

    of_articles: Sequence[tuple[TermRef, ...]]
    words: Sequence[tuple[str, ...]]
    spellings: Mapping[TermRef, Counter[str]]
    languages: Mapping[TermRef, Counter[str]]


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    """What may be a tag, by the number of the key that its forms share: the form that is shown and the damped idf."""

    shown: Mapping[int, str]
    factors: Mapping[int, float]


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


def choose_tags(articles: Sequence[Article], words: Words, named: Iterable[Collection[str]]) -> Tags:
    """The tags of `articles`, given in the order of their numbers.

    Stated tags are taken as they are; other articles get theirs from their keywords.

    Args:
        words: the keywords of all articles.
        named: for each article, the names of its entities in their normal form; none of them becomes a tag as well.
            Not looked at where every article states its tags.
    """
    stated = [article.tags for article in articles]
    derived = _derive(articles, words, list(named)) if None in stated else [()] * len(articles)
    shown = [[form for form, _ in found] if own is None else own for own, found in zip(stated, derived, strict=True)]
    refs = _Refs()
    chosen: list[dict[TermRef, str]] = [dict.fromkeys(map(refs.__getitem__, forms), "") for forms in shown]
    for words_of, found in zip(chosen, derived, strict=True):
        for form, word in found:
            words_of[refs[form]] = words_of[refs[form]] or word
    languages = (repeat(article.language.code) for article in articles)
    written = Counter(chain.from_iterable(map(zip, shown, languages)))
    spellings: defaultdict[TermRef, Counter[str]] = defaultdict(Counter)
    in_languages: defaultdict[TermRef, Counter[str]] = defaultdict(Counter)
    for (form, language), times in written.items():
        spellings[refs[form]][form] += times
        in_languages[refs[form]][language] += times
    return Tags(list(map(tuple, chosen)), [tuple(own.values()) for own in chosen], spellings, in_languages)


def _derive(articles: Sequence[Article], words: Words, named: Sequence[Collection[str]]) -> list[list[tuple[str, str]]]:
    """For each article the tags that its words tell, as they are shown, and its own words for them; [] where stated."""
    keywords = gather_keywords(articles, words, named)
    vocabulary = _vocabulary(articles, keywords, Counter(chain.from_iterable(named)))
    chosen = _shared(_strongest(keywords, vocabulary, len(articles)))
    return [
        [(vocabulary.shown[key], keywords.words[word]) for key, word in found] if article.tags is None else []
        for article, found in zip(articles, chosen, strict=True)
    ]


class _Refs(dict[str, TermRef]):
    """The terms that tags are, by how they are written."""

    def __missing__(self, shown: str) -> TermRef:
        return self.setdefault(shown, TermRef(TermKind.TAG, term_slug(shown)))


def _vocabulary(articles: Sequence[Article], keywords: Keywords, named: Mapping[str, int]) -> _Vocabulary:
    size, count = len(keywords.keys), len(articles)
    held = np.bincount(keywords.key, minlength=size)
    dwelt = np.bincount(keywords.key[keywords.weight >= LEAST_WEIGHT], minlength=size)
    average = np.bincount(keywords.key, keywords.weight, size) / np.maximum(held, 1)
    able = (dwelt >= least_articles(count)) & (average >= LEAST_AVERAGE + LESS_OFTEN / np.maximum(dwelt, 1))
    able &= ~_common(articles, keywords, able & (average < BURST))
    media = {normal(name) for citation in _citations(articles) for name in _names_of_medium(*citation)}
    shown = {
        key: form
        for key, form in _forms(articles, keywords, able).items()
        if _is_topic(form, int(held[key]), named, media)
    }
    return _Vocabulary(shown, {key: min(math.log(1 + count / int(held[key])), 4.0) ** 0.4 for key in shown})


def _common(articles: Sequence[Article], keywords: Keywords, able: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which of the able keys too many articles of one language hold."""
    languages = np.array([article.language.code for article in articles])
    rows = able[keywords.key]
    key, language = keywords.key[rows], languages[keywords.article[rows]]
    common = np.zeros(len(able), bool)
    for code, size in Counter(languages.tolist()).items():
        common |= np.bincount(key[language == code], minlength=len(able)) > most_articles(size)
    return common


def _forms(articles: Sequence[Article], keywords: Keywords, able: NDArray[np.bool_]) -> dict[int, str]:
    """For each able key the form that is shown: one that an article states, else that most articles use."""
    worth = np.array([1 if article.tags is None else len(articles) for article in articles])
    rows = able[keywords.key]
    uses = np.bincount(keywords.word[rows], worth[keywords.article[rows]], len(keywords.words))
    forms: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for word in np.flatnonzero(uses).tolist():
        forms[int(keywords.keys_of_words[word])][keywords.words[word]] += int(uses[word])
    return {key: min(counts, key=lambda form: (-counts[form], len(form), form)) for key, counts in forms.items()}


def _citations(articles: Iterable[Article]) -> set[tuple[str, str]]:
    """The names and domains of publishers and of the media that articles cite."""
    cited = (citation for article in articles for citation in (article.source, *article.attribution) if citation)
    return {(citation.name, citation.domain or "") for citation in cited}


def _names_of_medium(name: str, domain: str) -> Iterator[str]:
    """What a medium is called: its name, and what its domain holds but for the ending."""
    yield name
    yield from (part for part in (domain or name).split(".")[:-1] if len(part) > 3)


def _is_topic(word: str, held: int, named: Mapping[str, int], media: Collection[str]) -> bool:
    """Whether `word`, which `held` articles hold, is neither a medium nor mostly a name."""
    compared = normal(word)
    return compared not in media and named.get(compared, 0) < max(2.0, NAMED_SHARE * held)


def _strongest(keywords: Keywords, vocabulary: _Vocabulary, count: int) -> list[list[tuple[int, int]]]:
    """For each article its tags as keys and own words, strongest first, without those that overlap with a stronger."""
    factors = np.zeros(len(keywords.keys))
    ranks = np.zeros(len(keywords.keys), np.int64)
    for rank, able in enumerate(sorted(vocabulary.shown, key=keywords.keys.__getitem__)):
        factors[able], ranks[able] = vocabulary.factors[able], rank
    pairs = np.array([PAIR_FACTOR if " " in key else 1.0 for key in keywords.keys])
    rows = np.flatnonzero((keywords.weight >= LEAST_TAG_WEIGHT) & (factors[keywords.key] > 0.0))
    key = keywords.key[rows]
    scores = keywords.weight[rows] * factors[key] * pairs[key]
    order = rows[np.lexsort((ranks[key], -scores, keywords.article[rows]))]
    columns = (column[order].tolist() for column in (keywords.article, keywords.key, keywords.word))
    chosen: list[list[tuple[int, int]]] = [[] for _ in range(count)]
    for article, own, word in zip(*columns, strict=True):
        stronger = chosen[article]
        form = keywords.keys[own]
        if len(stronger) < MOST_PER_ARTICLE and not any(_overlap(form, keywords.keys[other]) for other, _ in stronger):
            stronger.append((own, word))
    return chosen


def _overlap(one: str, other: str) -> bool:
    """Whether one of two keys, of one or two words, holds a word of the other."""
    if one >= IDEOGRAPHS:
        return one in other or other in one
    return not set(one.split()).isdisjoint(other.split())


def _shared(chosen: Sequence[Sequence[tuple[int, int]]]) -> list[list[tuple[int, int]]]:
    """`chosen` without the keys that too few articles have among their strongest."""
    least = least_articles(len(chosen))
    counts = Counter(key for found in chosen for key, _ in found)
    return [[pair for pair in found if counts[pair[0]] >= least] for found in chosen]
