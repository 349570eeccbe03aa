"""The terms of all articles -> columns: a row for each term that an article has."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, count

import numpy as np

from sitegen.archive.columns import Numbers, split
from sitegen.model import TermRef


@dataclass(frozen=True, slots=True)
class Holdings:
    """Which articles have which terms, in rows: by article, and those of one article in its own order.

    Attributes:
        articles: how many there are.
        terms: by number.
        article: of each row.
        term: of each row.
        held: how many articles have each term.
    """

    articles: int
    terms: Sequence[TermRef]
    article: Numbers
    term: Numbers
    held: Numbers

    def numbers_of(self) -> dict[TermRef, tuple[int, ...]]:
        """The articles of each term, ascending."""
        order = np.argsort(self.term, kind="stable")
        # One number for all its places takes a fourth of the room.
        numbers = list(range(self.articles))
        by_term = list(map(numbers.__getitem__, self.article[order].tolist()))
        found = split(by_term, self.term[order], len(self.terms))
        return dict(zip(self.terms, found, strict=True))


def gather_holdings(terms_of: Sequence[Sequence[TermRef]]) -> Holdings:
    """Columns of each article's terms, of which none has one twice."""
    numbers: defaultdict[TermRef, int] = defaultdict(count().__next__)
    sizes = np.fromiter(map(len, terms_of), np.int64, len(terms_of))
    term = np.fromiter(map(numbers.__getitem__, chain.from_iterable(terms_of)), np.int64, int(sizes.sum()))
    return Holdings(
        articles=len(terms_of),
        terms=list(numbers),
        article=np.repeat(np.arange(len(terms_of)), sizes),
        term=term,
        held=np.bincount(term, minlength=len(numbers)),
    )
