"""What is done with columns of numbers in groups, and is in no library."""

from collections.abc import Sequence
from itertools import pairwise
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Weights = NDArray[np.float64]
Value = TypeVar("Value")


def bounds(groups: Numbers, count: int) -> Numbers:
    """Where each of `count` groups begins when members stand by group, and where the last one ends."""
    return np.append(0, np.cumsum(np.bincount(groups, minlength=count)))


def split(members: Sequence[Value], groups: Numbers, count: int) -> list[tuple[Value, ...]]:
    """The members of each of `count` groups; `groups` says of which each member is, ascending."""
    return [tuple(members[start:end]) for start, end in pairwise(bounds(groups, count).tolist())]


def first_of_groups(groups: Numbers, count: int, most: int) -> NDArray[np.bool_]:
    """Which members, that stand by group, are among the first `most` of theirs."""
    return np.arange(len(groups)) - bounds(groups, count)[groups] < most


def spread(starts: Numbers, lengths: Numbers) -> tuple[Numbers, Numbers]:
    """From each start on so many numbers as its length, all in a row; and for each number, the how manieth start's."""
    owner = np.repeat(np.arange(len(lengths)), lengths)
    return owner, np.arange(len(owner)) + np.repeat(starts + lengths - np.cumsum(lengths), lengths)
