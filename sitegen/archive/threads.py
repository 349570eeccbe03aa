"""Terms, words and days of all articles -> story threads: articles on one event, over days and sources.

Two articles are as near as the cosine between them as vectors over their entities, tags and candidate words, each
weighted by log(1 + N / df), entities twice. In order of their dates, each article joins the thread to whose articles
of the last WINDOW days it is nearest on average, if that is LEAST or more, else it begins one (single-pass clustering
with a window of time, as in topic detection and tracking: Allan, Papka and Lavrenko, 1998). The average, not the
nearest article alone, keeps a long affair from chaining everything that touches it.

An article that is not dated to the day is in no thread.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, groupby, pairwise
from operator import itemgetter
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sitegen.model import Article, Precision, TermKind, TermRef, Thread, Url
from sitegen.urls import thread_url

WINDOW = 14
"""Days after its latest article for which a thread takes more."""
LEAST = 0.2
"""Chosen on the demo; tests/benchmarks/score_threads.py measures it on others too."""
REACH = 32
"""With how many earlier articles of the window a term compares one: what bounds the work."""
MOST = 200
"""Articles of a thread: what goes on for longer is an affair, and its next article may begin another thread."""
LONGEST_POSTING = 2000
"""A term that more articles than this share tells no event from another."""
SHARED_SHOWN = 5
FLOOR = 0.02
"""What shares less has nothing to do with one another."""
BLOCK = 4096
"""How many articles are compared with their past at a time, which bounds the memory."""
DIGITS = 6
"""To which nearness is rounded, so that no sum's order decides."""

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Postings:
    """Which article has which term, by term and then by number; a term is a number here.

    Attributes:
        squares: of each row's term's weight.
        norms: each article's length.
        days: each article's, from the first of January of the year 1; 0 where it is not known.
    """

    terms: Numbers
    numbers: Numbers
    squares: NDArray[np.float64]
    norms: NDArray[np.float64]
    days: Numbers


class _Nearness(NamedTuple):
    """Pairs of articles and how near they are, by the later and then the earlier one."""

    later: list[int]
    earlier: list[int]
    near: list[float]


@dataclass(frozen=True, slots=True)
class _Growing:
    """A thread as articles join it: their numbers and days, ascending."""

    numbers: list[int]
    days: list[int]

    def since(self, day: int) -> int:
        """How many of its articles are from `day` or later."""
        return len(self.days) - bisect_left(self.days, day)


def find_threads(
    articles: Sequence[Article],
    terms_of: Sequence[Sequence[TermRef]],
    urls: Sequence[Url],
    frozen: Mapping[str, Url],
) -> tuple[Thread, ...]:
    """The threads of two articles or more, by their first articles' numbers.

    Args:
        articles: in the order of their numbers.
        terms_of: each article's entities and tags.
        urls: each article's address.
        frozen: addresses that threads must keep, by the id of an article in them.
    """
    postings = _make_postings(articles, terms_of)
    nearness = _nearness(postings)
    grown = list(_grow(nearness, postings.days.tolist()))
    return tuple(
        Thread(_address(thread.numbers, articles, urls, frozen), tuple(thread.numbers), lead, _shared(thread, terms_of))
        for thread, lead in zip(grown, _central(grown, nearness), strict=True)
    )


def _address(
    numbers: Sequence[int], articles: Sequence[Article], urls: Sequence[Url], frozen: Mapping[str, Url]
) -> Url:
    """Where a thread stands: as frozen for one of its articles, the first of them, or by its first article's address.

    A frozen address is that of one article's thread, so that no two threads have it.
    """
    kept = (frozen[articles[number].id] for number in numbers if articles[number].id in frozen)
    return next(kept, thread_url(urls[numbers[0]]))


def _make_postings(articles: Sequence[Article], terms_of: Sequence[Sequence[TermRef]]) -> _Postings:
    held: list[list[TermRef | str]] = [
        [*refs, *(word for word, _ in article.keywords)] for article, refs in zip(articles, terms_of, strict=True)
    ]
    known = {term: place for place, term in enumerate(dict.fromkeys(chain.from_iterable(held)))}
    doubled = np.array([not isinstance(term, str) and term.kind is not TermKind.TAG for term in known], bool)
    terms = np.array([known[term] for own in held for term in own], np.int64)
    numbers = np.repeat(np.arange(len(articles)), [len(own) for own in held])
    counts = np.bincount(terms, minlength=len(known))
    weights = np.log1p(len(articles) / np.maximum(counts, 1)) * np.where(doubled, 2, 1)
    norms = np.sqrt(np.bincount(numbers, weights[terms] ** 2, minlength=len(articles)))
    days = np.array([_day(article) for article in articles], np.int64)
    able = (counts[terms] > 1) & (counts[terms] <= LONGEST_POSTING) & (days[numbers] > 0)
    terms, numbers = terms[able], numbers[able]
    order = np.argsort(terms, kind="stable")
    return _Postings(terms[order], numbers[order], weights[terms[order]] ** 2, norms, days)


def _day(article: Article) -> int:
    published = article.published
    if published is None or published.precision is not Precision.DAY:
        return 0
    return date.fromisoformat(published.date).toordinal()


def _nearness(postings: _Postings) -> _Nearness:
    """How near articles are that share a term within WINDOW days; what is less than FLOOR counts as nothing."""
    found = [_nearness_of(rows, postings) for rows in _rows_in_blocks(postings)]
    parts = zip(*found, strict=True) if found else ((), (), ())
    return _Nearness(*(np.concatenate(part).tolist() if part else [] for part in parts))


def _rows_in_blocks(postings: _Postings) -> Iterator[Numbers]:
    """The rows of BLOCK articles at a time, by article."""
    order = np.argsort(postings.numbers, kind="stable")
    ends = np.searchsorted(postings.numbers[order], np.arange(0, len(postings.norms) + BLOCK, BLOCK))
    return (np.sort(order[start:end]) for start, end in pairwise(ends.tolist()) if end > start)


def _nearness_of(rows: Numbers, postings: _Postings) -> tuple[Numbers, Numbers, NDArray[np.float64]]:
    """How near the articles of these rows are to earlier ones: numbers, earlier numbers, nearness, in order."""
    count = len(postings.norms)
    days = postings.days[postings.numbers]
    pairs, squares = [], []
    for step in range(1, REACH + 1):
        rows = rows[rows >= step]
        # A row that is too far from this one is as far from all that follow it.
        rows = rows[(postings.terms[rows] == postings.terms[rows - step]) & (days[rows] - days[rows - step] <= WINDOW)]
        pairs.append(postings.numbers[rows] * count + postings.numbers[rows - step])
        squares.append(postings.squares[rows])
    keys, places = np.unique(np.concatenate(pairs), return_inverse=True)
    later, earlier = np.divmod(keys, count)
    sums = np.bincount(places, np.concatenate(squares), minlength=len(keys))
    near = np.round(sums / (postings.norms[later] * postings.norms[earlier]), DIGITS)
    enough = near >= FLOOR
    return later[enough], earlier[enough], near[enough]


def _grow(nearness: _Nearness, days: Sequence[int]) -> Iterator[_Growing]:
    """The threads of several articles, by their first."""
    threads: dict[int, _Growing] = {}
    for number, group in groupby(zip(*nearness, strict=True), key=itemgetter(0)):
        sums: defaultdict[int, float] = defaultdict(float)
        for _, earlier, near in group:
            thread = threads.setdefault(earlier, _Growing([earlier], [days[earlier]]))
            sums[thread.numbers[0]] += near
        open_still = ((threads[first], total) for first, total in sums.items() if len(threads[first].numbers) < MOST)
        means = [(total / thread.since(days[number] - WINDOW), thread.numbers[0]) for thread, total in open_still]
        # Of threads that are equally near, the one that began last.
        mean, first = max(means, default=(0.0, 0))
        if mean >= LEAST:
            threads[number] = threads[first]
            threads[number].numbers.append(number)
            threads[number].days.append(days[number])
    found = (thread for number, thread in sorted(threads.items()) if number == thread.numbers[0])
    return (thread for thread in found if len(thread.numbers) > 1)


def _central(grown: Sequence[_Growing], nearness: _Nearness) -> Iterator[int]:
    """The article of each thread that is nearest to all its others; of equally near ones the first."""
    place = {number: index for index, thread in enumerate(grown) for number in thread.numbers}
    sums: defaultdict[int, float] = defaultdict(float)
    for later, earlier, near in zip(*nearness, strict=True):
        if place.get(later, -1) == place.get(earlier, -2):
            sums[later] += near
            sums[earlier] += near
    return (max(thread.numbers, key=lambda number: (round(sums[number], DIGITS), -number)) for thread in grown)


def _shared(thread: _Growing, terms_of: Sequence[Sequence[TermRef]]) -> tuple[TermRef, ...]:
    """The terms that most of a thread's articles have, at least half of them."""
    counts = Counter(ref for number in thread.numbers for ref in dict.fromkeys(terms_of[number]))
    common = [(count, ref) for ref, count in counts.items() if 2 * count >= len(thread.numbers)]
    return tuple(ref for _, ref in sorted(common, key=lambda pair: (-pair[0], pair[1]))[:SHARED_SHOWN])
