"""Gathers the words of neighbouring articles into the columns of a run, which later builds need not gather again.

Ends of runs depend on the articles around them alone, so that one article more changes one run. What is known of the
archive only, such as names, is not in a run.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, Generic, TypeVar
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from sitegen.search.fields import TEXTS
from sitegen.search.vocabulary import Numbers, Vocabulary
from sitegen.search.words import ArticleWords, Counted

Words = TypeVar("Words", str, Numbers)

RUN_CHANCE = 256
"""How many articles a run has, on an average."""
LONGEST_RUN = 1024


@dataclass(frozen=True, slots=True)
class Run(Generic[Words]):
    """What some fields of neighbouring articles hold.

    Attributes:
        fields: the places of the fields.
        words: the different words of all: with a space between, or their numbers in a vocabulary.
        counts: how many different words each article has in each field, article by article.
        terms: each of those, as its place in `words`.
        repeated: the places in `terms` of words that stand in their field more than once, ascending.
        repeats: how often those do.
    """

    fields: range
    words: Words
    counts: NDArray[np.uint32]
    terms: NDArray[Any]
    repeated: NDArray[np.uint32]
    repeats: NDArray[np.uint32]

    @property
    def articles(self) -> int:
        """How many articles there are."""
        return len(self.counts) // len(self.fields)


def cut_runs(ids: Sequence[str]) -> list[range]:
    """The runs of articles that have these ids, in their order."""
    starts = [0]
    for number, own in enumerate(ids):
        length = number - starts[-1]
        if length and (crc32(own.encode()) % RUN_CHANCE == 0 or length == LONGEST_RUN):
            starts.append(number)
    return [range(*ends) for ends in zip(starts, [*starts[1:], len(ids)], strict=True)]


def gather_words(articles: Iterable[ArticleWords]) -> Run[str]:
    """The run of some articles' titles and texts."""
    counted: list[Counted] = [counted for words in articles for counted in (words.title, words.text)]
    split = [one.words.split() for one in counted]
    counts = np.fromiter(map(len, split), np.uint32, len(split))
    places: defaultdict[str, int] = defaultdict()
    places.default_factory = places.__len__
    terms = np.fromiter(map(places.__getitem__, chain.from_iterable(split)), np.uint32, int(counts.sum()))
    begins = np.cumsum(counts, dtype=np.uint32) - counts
    often = np.fromiter((len(one.repeats) for one in counted), np.int64, len(counted))
    within = np.arange(often.sum()) - np.repeat(np.cumsum(often) - often, often)
    repeats = chain.from_iterable(one.repeats for one in counted)
    return Run(
        TEXTS,
        " ".join(places),
        counts,
        terms.astype(np.min_scalar_type(len(places))),
        (np.repeat(begins, often) + within).astype(np.uint32),
        np.fromiter(repeats, np.uint32, int(often.sum())),
    )


def number_words(run: Run[str], vocabulary: Vocabulary) -> Run[Numbers]:
    """The run with its words as the vocabulary numbers them."""
    return Run(run.fields, vocabulary.number(run.words.split()), run.counts, run.terms, run.repeated, run.repeats)
