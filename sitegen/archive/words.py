"""Keywords of all articles -> columns: a row for each.

Columns, because every article has some forty keywords, and an archive looks at all of them in each build.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, count
from operator import itemgetter

import numpy as np

from sitegen.archive.columns import Numbers, Weights
from sitegen.model import Article


@dataclass(frozen=True, slots=True)
class Words:
    """Which words articles hold, in rows: by article, the strongest first.

    Attributes:
        texts: the words, by number.
        article: of each row.
        word: of each row.
        weight: of each row.
    """

    texts: Sequence[str]
    article: Numbers
    word: Numbers
    weight: Weights


def gather_words(articles: Sequence[Article]) -> Words:
    """The keywords of `articles`, given in the order of their numbers."""
    sizes = [len(article.keywords) for article in articles]
    pairs = list(chain.from_iterable(article.keywords for article in articles))
    numbers: defaultdict[str, int] = defaultdict(count().__next__)
    word = np.fromiter(map(numbers.__getitem__, map(itemgetter(0), pairs)), np.int64, len(pairs))
    weight = np.fromiter(map(itemgetter(1), pairs), np.float64, len(pairs))
    return Words(list(numbers), np.repeat(np.arange(len(sizes)), sizes), word, weight)
