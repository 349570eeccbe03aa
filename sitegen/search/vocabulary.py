"""Numbers for the texts that an index is made of, and what rules make of each: nothing is worked out twice.

A vocabulary outlives its build. A text keeps its number, whatever comes after it; so numbers tell which build met it
first, and nothing that is published may depend on them. Ranks tell nothing but the order of the texts.
"""

import pickle
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import count

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.uint32]
Integers = NDArray[np.int64]
UNKNOWN = -1
GROWTH = 2
"""To how many times what it began with a vocabulary may grow before everything is read anew."""
BEHIND = re.compile("[\ud800-\U0010ffff]")
"""Characters that UTF-16 sorts otherwise than Python does."""


def utf16_order(text: str) -> bytes:
    """A key that sorts texts as JavaScript compares strings, which lunr.js demands."""
    return text.encode("utf-16-be", "surrogatepass")


def utf16_sorted(texts: Iterable[str]) -> list[str]:
    """The texts in the order in which JavaScript sorts them."""
    every = list(texts)
    return sorted(every, key=None if BEHIND.search("".join(every)) is None else utf16_order)


class Vocabulary:
    """Texts, each with its number, and what rules give for them.

    Args:
        texts: by number.
        order: their numbers in the order of the texts.
        given: of each rule, by number, the number of what it gives, UNKNOWN where it was not asked.
        began: how many texts there were after the first build; 0 while that is at work.
    """

    def __init__(
        self, texts: Iterable[str] = (), order: Sequence[int] = (), given: "Given | None" = None, began: int = 0
    ) -> None:
        self.texts = list(texts)
        self._numbers: defaultdict[str, int] = defaultdict(None, zip(self.texts, count(), strict=False))
        self._numbers.default_factory = self._numbers.__len__
        self._order = order
        self._given: Given = given or {}
        self._began = began

    @property
    def is_overgrown(self) -> bool:
        """Whether it had better begin anew: it forgets nothing, and much of it may no longer be in use."""
        return len(self.texts) > GROWTH * self._began > 0

    def number(self, texts: Iterable[str]) -> Numbers:
        """The number of each text; a new one gets the next."""
        numbers = np.fromiter(map(self._numbers.__getitem__, texts), np.uint32)
        if len(self.texts) < len(self._numbers):
            self.texts = list(self._numbers)
        return numbers

    def derive(self, rule: str, numbers: Integers | Numbers, give: Callable[[list[int]], Iterable[str]]) -> Integers:
        """The numbers of what a rule gives for texts.

        Args:
            rule: the name of what `give` does; the same in all builds.
            numbers: of the texts, each once.
            give: is asked for those alone for which it never was.
        """
        given = _extended(self._given.get(rule, np.empty(0, np.int32)), len(self.texts))
        unknown = numbers[given[numbers] == UNKNOWN]
        if len(unknown):
            given[unknown] = self.number(give(unknown.tolist()))
        self._given[rule] = given
        return given[numbers].astype(np.int64)

    def ranks(self) -> Integers:
        """Of each text its place in the order in which JavaScript sorts them."""
        numbers = [*self._order, *range(len(self._order), len(self.texts))]
        # Mostly sorted already, which is noticed.
        if BEHIND.search("".join(self.texts)) is None:
            numbers.sort(key=self.texts.__getitem__)
        else:
            numbers.sort(key=list(map(utf16_order, self.texts)).__getitem__)
        self._order = numbers
        ranks = np.empty(len(numbers), np.int64)
        ranks[numbers] = np.arange(len(numbers))
        return ranks

    def pack(self) -> bytes:
        """All that is known, for `unpack`."""
        began = self._began or len(self.texts)
        return pickle.dumps((self.texts, np.array(self._order, np.uint32), self._given, began))

    @staticmethod
    def unpack(content: bytes) -> "Vocabulary":
        """What was packed."""
        texts, order, given, began = pickle.loads(content)  # noqa: S301 (our own store)
        return Vocabulary(texts, order.tolist(), given, began)


Given = dict[str, NDArray[np.int32]]


def _extended(given: NDArray[np.int32], length: int) -> NDArray[np.int32]:
    return np.concatenate([given, np.full(length - len(given), UNKNOWN, np.int32)])
