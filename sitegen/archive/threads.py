"""Terms, words and days of all articles -> story threads: articles on one event, over days and sources.

Two articles are as near as the cosine between them as vectors over their entities, tags and candidate words, each
weighted by log(1 + N / df), entities twice. In order of their dates, each article joins the thread to whose articles
of the last WINDOW days it is nearest on average, if that is LEAST or more, else it begins one (single-pass clustering
with a window of time, as in topic detection and tracking: Allan, Papka and Lavrenko, 1998). The average, not the
nearest article alone, keeps a long affair from chaining everything that touches it.

An article that is not dated to the day is in no thread.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise
from operator import itemgetter
from typing import NamedTuple

import numpy as np

from sitegen.archive.columns import Numbers, Weights, first_of_groups, split
from sitegen.archive.holdings import Holdings
from sitegen.archive.words import Words
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
    squares: Weights
    norms: Weights
    days: Numbers


class _Nearness(NamedTuple):
    """Pairs of articles and how near they are, by the later and then the earlier one."""

    later: Numbers
    earlier: Numbers
    near: Weights


@dataclass(frozen=True, slots=True)
class _Growing:
    """A thread as articles join it: their numbers and days, ascending."""

    numbers: list[int]
    days: list[int]

    def since(self, day: int) -> int:
        """How many of its articles are from `day` or later."""
        return len(self.days) - bisect_left(self.days, day)


def find_threads(
    articles: Sequence[Article], holdings: Holdings, words: Words, urls: Sequence[Url], frozen: Mapping[str, Url]
) -> tuple[Thread, ...]:
    """The threads of two articles or more, by their first articles' numbers.

    Args:
        articles: in the order of their numbers.
        holdings: each article's entities and tags.
        words: each article's candidates for tags.
        urls: each article's address.
        frozen: addresses that threads must keep, by the id of an article in them.
    """
    days = np.fromiter(map(_day, articles), np.int64, len(articles))
    nearness = _nearness(_make_postings(holdings, words, days))
    grown = _grow(nearness, days.tolist())
    thread_of = np.full(len(articles), -1)
    for place, thread in enumerate(grown):
        thread_of[thread.numbers] = place
    leads, shared = _central(grown, nearness, thread_of), _shared(holdings, thread_of, len(grown))
    return tuple(
        Thread(_address(thread.numbers, articles, urls, frozen), tuple(thread.numbers), lead, terms)
        for thread, lead, terms in zip(grown, leads, shared, strict=True)
    )


def _address(
    numbers: Sequence[int], articles: Sequence[Article], urls: Sequence[Url], frozen: Mapping[str, Url]
) -> Url:
    """Where a thread stands: as frozen for one of its articles, the first of them, or by its first article's address.

    A frozen address is that of one article's thread, so that no two threads have it.
    """
    kept = (frozen[articles[number].id] for number in numbers if articles[number].id in frozen)
    return next(kept, thread_url(urls[numbers[0]]))


def _make_postings(holdings: Holdings, words: Words, days: Numbers) -> _Postings:
    terms = np.concatenate([holdings.term, len(holdings.terms) + words.word])
    numbers = np.concatenate([holdings.article, words.article])
    counts = np.concatenate([holdings.held, np.bincount(words.word, minlength=len(words.texts))])
    doubled = np.array([ref.kind is not TermKind.TAG for ref in holdings.terms], bool)
    weights = np.log1p(holdings.articles / np.maximum(counts, 1))
    weights[: len(doubled)] *= np.where(doubled, 2, 1)
    norms = np.sqrt(np.bincount(numbers, weights[terms] ** 2, minlength=holdings.articles))
    able = ((counts > 1) & (counts <= LONGEST_POSTING))[terms] & (days > 0)[numbers]
    terms, numbers = terms[able], numbers[able]
    terms, numbers = np.divmod(np.sort(terms * holdings.articles + numbers), max(1, holdings.articles))
    return _Postings(terms, numbers, weights[terms] ** 2, norms, days)


def _day(article: Article) -> int:
    published = article.published
    if published is None or published.precision is not Precision.DAY:
        return 0
    return date.fromisoformat(published.date).toordinal()


def _nearness(postings: _Postings) -> _Nearness:
    """How near articles are that share a term within WINDOW days; what is less than FLOOR counts as nothing."""
    found = [_nearness_of(rows, postings) for rows in _rows_in_blocks(postings)]
    none = _Nearness(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))
    return _Nearness(*(np.concatenate(part) for part in zip(none, *found, strict=True)))


def _rows_in_blocks(postings: _Postings) -> Iterator[Numbers]:
    """The rows of BLOCK articles at a time, by article."""
    order = np.argsort(postings.numbers, kind="stable")
    ends = np.searchsorted(postings.numbers[order], np.arange(0, len(postings.norms) + BLOCK, BLOCK))
    return (np.sort(order[start:end]) for start, end in pairwise(ends.tolist()) if end > start)


def _nearness_of(rows: Numbers, postings: _Postings) -> _Nearness:
    """How near the articles of these rows are to earlier ones."""
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
    return _Nearness(later[enough], earlier[enough], near[enough])


def _grow(nearness: _Nearness, days: Sequence[int]) -> list[_Growing]:
    """The threads of several articles, by their first."""
    threads: dict[int, _Growing] = {}
    first_of: dict[int, int] = {}
    # An average is no more than the largest of what it is of: only who is LEAST near to an article can join a thread.
    able = np.isin(nearness.later, nearness.later[nearness.near >= LEAST])
    pairs = zip(*(column[able].tolist() for column in nearness), strict=True)
    for number, group in groupby(pairs, key=itemgetter(0)):
        sums: defaultdict[int, float] = defaultdict(float)
        for _, earlier, near in group:
            sums[first_of.get(earlier, earlier)] += near
        near_enough = ((threads.get(first), first, total) for first, total in sums.items() if total >= LEAST)
        means = [
            (total / thread.since(days[number] - WINDOW) if thread else total, first)
            for thread, first, total in near_enough
            if thread is None or len(thread.numbers) < MOST
        ]
        # Of threads that are equally near, the one that began last.
        mean, first = max(means, default=(0.0, 0))
        if mean >= LEAST:
            thread = threads.setdefault(first, _Growing([first], [days[first]]))
            thread.numbers.append(number)
            thread.days.append(days[number])
            first_of[number] = first
    return [thread for _, thread in sorted(threads.items())]


def _central(grown: Sequence[_Growing], nearness: _Nearness, thread_of: Numbers) -> Iterator[int]:
    """The article of each thread that is nearest to all its others; of equally near ones the first.

    Args:
        thread_of: of each article the place of its thread, -1 for none.
    """
    same = (thread_of[nearness.later] == thread_of[nearness.earlier]) & (thread_of[nearness.later] >= 0)
    later, earlier, near = (column[same] for column in nearness)
    sums = np.bincount(later, near, len(thread_of)) + np.bincount(earlier, near, len(thread_of))
    total = np.round(sums, DIGITS).tolist()
    return (max(thread.numbers, key=lambda number: (total[number], -number)) for thread in grown)


def _shared(holdings: Holdings, thread_of: Numbers, threads: int) -> list[tuple[TermRef, ...]]:
    """The terms that most of each thread's articles have, at least half of them."""
    order = sorted(range(len(holdings.terms)), key=holdings.terms.__getitem__)
    rank = np.argsort(np.array(order, np.int64))
    thread = thread_of[holdings.article]
    within = thread >= 0
    codes, counts = np.unique(thread[within] * len(order) + rank[holdings.term[within]], return_counts=True)
    thread, term = np.divmod(codes, max(1, len(order)))
    most = np.flatnonzero(2 * counts >= np.bincount(thread_of + 1, minlength=threads + 1)[1:][thread])
    most = most[np.lexsort((term[most], -counts[most], thread[most]))]
    most = most[first_of_groups(thread[most], threads, SHARED_SHOWN)]
    return split([holdings.terms[order[place]] for place in term[most].tolist()], thread[most], threads)
