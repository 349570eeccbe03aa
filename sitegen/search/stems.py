"""Groups the words of an archive by what their forms have in common."""

from collections.abc import Sequence

import numpy as np

from sitegen.search.analyzer import group_forms
from sitegen.search.columns import Gathered


def group_words(gathered: Gathered, languages: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """For each word of a title or text, the folded stems under which its other forms are found, sorted.

    Args:
        languages: BCP 47 code of each document; it chooses the stemmer that groups its words.
    """
    bases = [language.partition("-")[0] for language in languages]
    known = sorted(set(bases))
    stands_in = gathered.find_languages(np.searchsorted(known, bases), len(known))
    groups: dict[str, tuple[str, ...]] = {}
    for number, language in enumerate(known):
        words = [gathered.terms[place] for place in np.flatnonzero(stands_in[:, number]).tolist()]
        for word, group in zip(words, group_forms(words, language), strict=True):
            groups[word] = tuple(sorted({*groups[word], group})) if word in groups else (group,)
    return groups
