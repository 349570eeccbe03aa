"""Groups the words of an archive by what their forms have in common."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sitegen.search.analyzer import Stemmer
from sitegen.search.columns import FIELDS, Columns
from sitegen.search.fields import PLACES, Field

TERMS_AT_ONCE = 1 << 14


def group_words(columns: Columns, languages: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """For each word of a title or text, the folded stems under which its other forms are found, sorted.

    Args:
        languages: BCP 47 code of each document; it chooses the stemmer that groups its words.
    """
    bases = [language.partition("-")[0] for language in languages]
    known = sorted(set(bases))
    groups: dict[str, tuple[str, ...]] = {}
    stemmer = Stemmer()
    for rank, number in np.argwhere(find_languages(columns, np.searchsorted(known, bases), len(known))).tolist():
        term = columns.terms[rank]
        group = stemmer.group(term, known[number])
        groups[term] = tuple(sorted({*groups[term], group})) if term in groups else (group,)
    return groups


def find_languages(columns: Columns, spoken: NDArray[np.int64], count: int) -> NDArray[np.bool_]:
    """Whether each term stands in a title or text of each of `count` languages.

    Args:
        spoken: the number of each document's language.
    """
    stands_in = np.zeros((len(columns.terms), count), np.bool_)
    for first in range(0, len(columns.terms), TERMS_AT_ONCE):
        starts = columns.starts[first * FIELDS : (first + TERMS_AT_ONCE) * FIELDS + 1]
        stretches = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
        in_text = np.isin(stretches % FIELDS, [PLACES[Field.TITLE], PLACES[Field.TEXT]])
        documents = columns.documents[starts[0] : starts[-1]][in_text]
        stands_in[first + stretches[in_text] // FIELDS, spoken[documents]] = True
    return stands_in
