"""Keywords of all articles -> columns: a row for each word of an article, its inflected forms counted as one.

Columns, because every article has some forty keywords, and an archive looks at all of them in each build.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count

import numpy as np
from numpy.typing import NDArray

from sitegen.archive.tag_forms import form_key
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


def gather_keywords(articles: Sequence[Article], named: Sequence[Collection[str]]) -> Keywords:
    """The keywords of `articles`, given in the order of their numbers; where an article states tags, these.

    Args:
        named: for each article, the names of its entities in their normal form; none of them is a keyword as well.
    """
    numbers: defaultdict[tuple[str, str], int] = defaultdict(count().__next__)
    found = [_keywords_of(article) for article in articles]
    word = np.array(list(_numbered(articles, found, numbers)), np.int64)
    weight = np.array([weight for pairs in found for _, weight in pairs], np.float64)
    article = np.repeat(np.arange(len(articles)), [len(pairs) for pairs in found])
    kept = np.ones(len(word), bool)
    kept[_rows_of_names(articles, named, list(numbers), article, word)] = False

    keys: defaultdict[str, int] = defaultdict(count().__next__)
    keys_of_words = np.array([keys[form_key(word.lower(), language)] for word, language in numbers], np.int64)
    article, word, weight = article[kept], word[kept], weight[kept]
    codes, first, row = np.unique(
        article * max(len(keys), 1) + keys_of_words[word], return_index=True, return_inverse=True
    )
    return Keywords(
        keys=list(keys),
        words=[word for word, _ in numbers],
        languages=[language for _, language in numbers],
        keys_of_words=keys_of_words,
        article=article[first],
        key=keys_of_words[word[first]],
        word=word[first],
        weight=np.bincount(row, weight, len(codes)).astype(np.float64, copy=False),
    )


def _keywords_of(article: Article) -> Sequence[tuple[str, float]]:
    stated = article.tags
    return article.keywords if stated is None else [(tag, STATED_WEIGHT) for tag in stated]


def _numbered(
    articles: Iterable[Article],
    found: Iterable[Iterable[tuple[str, float]]],
    numbers: defaultdict[tuple[str, str], int],
) -> Iterator[int]:
    for article, pairs in zip(articles, found, strict=True):
        language = article.language.code
        for word, _ in pairs:
            yield numbers[word, language]


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
