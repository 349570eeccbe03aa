"""Words of all articles -> keywords: a row for each of an article, its inflected forms counted as one."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import count

import numpy as np
from numpy.typing import NDArray

from sitegen.archive.tag_forms import form_key
from sitegen.archive.words import Words
from sitegen.model import Article

STATED_WEIGHT = 3.0
"""What a tag that an article states weighs in it."""
IDEOGRAPHS = "\u2e80"
"""From here on scripts put no spaces between words."""


@dataclass(frozen=True, slots=True)
class Keywords:
    """Which words articles hold, as numbers, in rows; those of an article stand together, by key.

    Attributes:
        keys: what forms of a word have in common, by number.
        words: the forms, by number.
        languages: the language of each form, by its number.
        keys_of_words: the number of each form's key, by the form's number.
        article: of each row.
        key: of each row; an article has a key but once.
        word: of each row the form that weighs most in the article.
        weight: of each row, of all forms together.
    """

    keys: Sequence[str]
    words: Sequence[str]
    languages: Sequence[str]
    keys_of_words: NDArray[np.int64]
    article: NDArray[np.int64]
    key: NDArray[np.int64]
    word: NDArray[np.int64]
    weight: NDArray[np.float64]


def gather_keywords(articles: Sequence[Article], words: Words, named: Sequence[Collection[str]]) -> Keywords:
    """What `words` has of `articles`, given in the order of their numbers; where an article states tags, these.

    Args:
        named: for each article, the names of its entities in their normal form; none of them is a keyword as well.
    """
    words = _with_stated(articles, words)
    forms, word = _forms(articles, words)
    kept = np.ones(len(word), bool)
    kept[_rows_of_names(articles, named, forms, words.article, word)] = False
    article, word, weight = words.article[kept], word[kept], words.weight[kept]

    keys: defaultdict[str, int] = defaultdict(count().__next__)
    keys_of_words = np.array([keys[form_key(word.lower(), language)] for word, language in forms], np.int64)
    codes, first, row = np.unique(
        article * max(len(keys), 1) + keys_of_words[word], return_index=True, return_inverse=True
    )
    return Keywords(
        keys=list(keys),
        words=[word for word, _ in forms],
        languages=[language for _, language in forms],
        keys_of_words=keys_of_words,
        article=article[first],
        key=keys_of_words[word[first]],
        word=word[first],
        weight=np.bincount(row, weight, len(codes)).astype(np.float64, copy=False),
    )


def _with_stated(articles: Sequence[Article], words: Words) -> Words:
    """`words`, and the tags of articles that state them in place of their own words."""
    stated = [(number, tag) for number, article in enumerate(articles) for tag in article.tags or ()]
    own = np.array([article.tags is None for article in articles], bool)[words.article]
    numbers = defaultdict(count(len(words.texts)).__next__, zip(words.texts, count(), strict=False))
    word = np.concatenate([words.word[own], np.array([numbers[tag] for _, tag in stated], np.int64)])
    article = np.concatenate([words.article[own], np.array([number for number, _ in stated], np.int64)])
    weight = np.concatenate([words.weight[own], np.full(len(stated), STATED_WEIGHT)])
    return Words(list(numbers), article, word, weight)


def _forms(articles: Sequence[Article], words: Words) -> tuple[list[tuple[str, str]], NDArray[np.int64]]:
    """All words with the languages of articles that hold them, and of each row the place of its word among these."""
    codes = [article.language.code for article in articles]
    languages = sorted(set(codes))
    language = np.array(list(map(languages.index, codes)), np.int64)
    pair = words.word * len(languages) + language[words.article]
    occurs = np.bincount(pair, minlength=1) > 0
    forms = [divmod(each, len(languages)) for each in np.flatnonzero(occurs).tolist()]
    return [(words.texts[word], languages[code]) for word, code in forms], (np.cumsum(occurs) - 1)[pair]


def _rows_of_names(
    articles: Sequence[Article],
    named: Sequence[Collection[str]],
    words: Sequence[tuple[str, str]],
    article: NDArray[np.int64],
    word: NDArray[np.int64],
) -> list[int]:
    """The rows whose word is a name in the row's article, unless it is stated as a tag."""
    names = frozenset().union(*named)
    suspects = np.array([word in names or word >= IDEOGRAPHS for word, _ in words], bool)
    return [
        row
        for row in np.flatnonzero(suspects[word]).tolist()
        if articles[article[row]].tags is None and _is_name(words[word[row]][0], named[article[row]])
    ]


def _is_name(word: str, named: Collection[str]) -> bool:
    """Whether `word` is one of the names, or part of one in scripts without spaces."""
    return word in named or (word >= IDEOGRAPHS and any(word in name for name in named))
