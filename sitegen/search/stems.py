"""Groups the words of an archive by what their forms have in common."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from sitegen.search.analyzer import fold, group_forms
from sitegen.search.columns import Gathered
from sitegen.search.vocabulary import UNKNOWN, Integers, Vocabulary


@dataclass(frozen=True, slots=True)
class Groups:
    """How words belong together, all by their numbers in a vocabulary.

    Attributes:
        terms: all, ascending.
        folded: of each term what it is without accents.
        languages: the archive's, without regions.
        stems: of each term in each language the folded stem under which its other forms are found; UNKNOWN where it
            stands in no title or text of that language.
    """

    terms: Integers
    folded: Integers
    languages: tuple[str, ...]
    stems: Integers


def group_words(gathered: Gathered, languages: Sequence[str], vocabulary: Vocabulary) -> Groups:
    """How the terms of an archive belong together.

    Args:
        languages: BCP 47 code of each document; it chooses the stemmer that groups its words.
    """
    bases = {language: language.partition("-")[0] for language in set(languages)}
    known = sorted(set(bases.values()))
    numbers = {language: known.index(base) for language, base in bases.items()}
    terms = gathered.terms()
    spoken = np.fromiter(map(numbers.__getitem__, languages), np.int64, len(languages))
    stands_in = gathered.find_languages(spoken, len(known))[terms]
    stems = np.full(stands_in.shape, UNKNOWN, np.int64)
    for place, language in enumerate(known):
        own = stands_in[:, place]
        stems[own, place] = vocabulary.derive(f"stem {language}", terms[own], partial(_stems, vocabulary, language))
    folded = vocabulary.derive("fold", terms, partial(_folded, vocabulary))
    return Groups(terms, folded, tuple(known), stems)


def _stems(vocabulary: Vocabulary, language: str, numbers: Sequence[int]) -> list[str]:
    return group_forms([vocabulary.texts[number] for number in numbers], language)


def _folded(vocabulary: Vocabulary, numbers: Sequence[int]) -> list[str]:
    return [fold(vocabulary.texts[number]) for number in numbers]
