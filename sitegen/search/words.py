"""Turns an article into the words that are searched: all that indexing needs of one article and of nothing else.

What comes of it is small, can be sent between processes and kept between builds. Stems and names are not in it: they
are settled for the whole archive at once.
"""

import pickle
from array import array
from collections import Counter
from dataclasses import dataclass
from itertools import repeat

from sitegen.model import Article
from sitegen.search.analyzer import count_words

WORDS_VERSION = 2
"""Goes up when the same text would give other words, or be packed otherwise, so that kept ones are made anew."""


@dataclass(frozen=True, slots=True)
class Counted:
    """The different words of a text.

    Attributes:
        words: those that stand in it more than once, then the others; with a space between them.
        repeats: how often each of the first words stands in it.
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
    title, text = article.title, "\n".join(article.paragraphs)
    return ArticleWords(count_terms(count_words(title)), count_terms(count_words(text)))


def pack_words(words: ArticleWords) -> bytes:
    """`words` as bytes, written and read in a tenth of the time that pickling them as they are takes."""
    title, text = words.title, words.text
    return pickle.dumps((title.words, tuple(title.repeats), text.words, tuple(text.repeats)))


def unpack_words(content: bytes) -> ArticleWords:
    """The words that `pack_words` was given. Only for what it gave: other content may do anything."""
    title, title_repeats, text, text_repeats = pickle.loads(content)  # noqa: S301
    return ArticleWords(Counted(title, array("I", title_repeats)), Counted(text, array("I", text_repeats)))


def count_terms(counted: Counter[str]) -> Counted:
    """Terms without spaces, with how often each stands in a text."""
    if counted.total() == len(counted):
        return Counted(" ".join(counted), array("I"))
    often = {term: times for term, times in counted.items() if times > 1}
    once = [term for term, times in counted.items() if times == 1]
    return Counted(" ".join([*often, *once]), array("I", often.values()))
