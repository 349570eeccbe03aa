"""Counts what the forms of an archive's words have before and after their stems.

It lets the browser guess the stem of a form that occurs nowhere.
"""

from collections.abc import Iterator, Sequence
from functools import partial

import numpy as np

from sitegen.search.analyzer import fold
from sitegen.search.stems import Groups
from sitegen.search.vocabulary import UNKNOWN, Integers, Vocabulary

KNOWN_AFFIXES = {
    "id": [
        (before, after)
        for before in ("", "ber", "di", "ke", "me", "mem", "men", "meng", "pe", "pem", "pen", "peng", "ter")
        for after in ("", "an", "i", "kan", "nya")
        if before or after
    ]
}
"""Of languages that inflect at the front, where the words next to an unknown form do not help."""

AFFIXES_KEPT = 64
AFFIX_STEM_LENGTH = 4
STEM = "-"
"""Stands for the stem between what is before and after it."""


def common_affixes(groups: Groups, vocabulary: Vocabulary) -> list[tuple[str, str]]:
    """What forms have before and after their stems: those that this archive has most often, and the known ones."""
    found = np.concatenate([np.zeros(0, np.int64), *count_affixes(groups, vocabulary)])
    numbers, counts = np.unique(found, return_counts=True)
    often = [
        (-count, *vocabulary.texts[number].partition(STEM)[::2])
        for number, count in zip(numbers.tolist(), counts.tolist(), strict=True)
        if count > 1 and vocabulary.texts[number] != STEM
    ]
    common = [(before, after) for _, before, after in sorted(often)[:AFFIXES_KEPT]]
    known = (pair for language in groups.languages for pair in KNOWN_AFFIXES.get(language, ()))
    return list(dict.fromkeys((*common, *known)))


def count_affixes(groups: Groups, vocabulary: Vocabulary) -> Iterator[Integers]:
    """The affixes of each form, for each of its stems once, as numbers of texts with STEM in place of the stem."""
    for place, language in enumerate(groups.languages):
        stems = groups.stems[:, place]
        own = stems != UNKNOWN
        given = vocabulary.derive(
            f"affixes {language}", groups.terms[own], partial(_affixes, vocabulary, groups.terms[own], stems[own])
        )
        yield given[(groups.stems[own, :place] != stems[own, None]).all(1)]


def _affixes(vocabulary: Vocabulary, terms: Integers, stems: Integers, numbers: Sequence[int]) -> list[str]:
    """The affixes of the terms with these numbers, which are among `terms`."""
    texts = vocabulary.texts
    own = stems[np.searchsorted(terms, numbers)].tolist()
    return [find_affixes(texts[form], texts[stem]) for form, stem in zip(numbers, own, strict=True)]


def find_affixes(form: str, stem: str) -> str:
    """What a form has before and after a stem, around STEM; STEM alone when that is nothing, or no affix."""
    if len(stem) < AFFIX_STEM_LENGTH or stem == form:
        return STEM
    before, found, after = fold(form).partition(stem)
    return f"{before}{STEM}{after}" if found else STEM
