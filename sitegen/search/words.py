"""Turns an article into the words that are searched: all that indexing needs of one article and of nothing else.

What comes of it is small, can be sent between processes and kept between builds. Stems and names are not in it: they
are settled for the whole archive at once.
"""

from array import array
from collections import Counter
from dataclasses import dataclass
from itertools import repeat

from sitegen.model import Article
from sitegen.search.analyzer import count_words

WORDS_VERSION = 1
"""Goes up when the same text would give other words, so that kept ones are made anew."""


@dataclass(frozen=True, slots=True)
class Counted:
    """The different words of a text.

    Attributes:
        words: the most frequent first, with a space between them.
        repeats: how often the first words stand in it; the others stand in it once.
    """

    words: str
    repeats: "array[int]"

    def elements(self) -> list[str]:
        """Each word as often as it stands in the text."""
        words = self.words.split()
        times = [*self.repeats, *repeat(1, len(words) - len(self.repeats))]
        return [word for word, often in zip(words, times, strict=True) for _ in range(often)]


@dataclass(frozen=True, slots=True)
class ArticleWords:
    """The words of an article's title and text."""

    title: Counted
    text: Counted


def read_words(article: Article) -> ArticleWords:
    """The words of `article`."""
    return ArticleWords(count(article.title), count("\n".join(article.paragraphs)))


def count(text: str) -> Counted:
    """How often each word stands in `text`."""
    counted = Counter(count_words(text)).most_common()
    repeats = array("I", (times for _, times in counted if times > 1))
    return Counted(" ".join([word for word, _ in counted]), repeats)
