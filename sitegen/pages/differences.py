"""Two near-copies -> the passages in which their words differ, for a reader to see what was changed.

Bounded, so that no page grows long and no build slow: of very long texts the beginnings are compared, and of many
passages the first are shown.
"""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import chain, islice
from typing import NamedTuple

from sitegen.model import Article
from sitegen.pages.text import show

WORDS_COMPARED = 1000
AROUND = 6
"""Words that both have, shown before and after a difference."""
MOST_PASSAGES = 12
LONGEST_STRETCH = 60
"""Words shown of one that only one of the two has; the middle of longer ones is left out."""
PARAGRAPH = "¶"
"""Stands between paragraphs, so that a break that only one has is a difference too."""


class Stretch(NamedTuple):
    """Words that both have (kind "same"), that only this text has ("here"), or only the other ("there")."""

    kind: str
    text: str


Passage = tuple[Stretch, ...]


class Differences(NamedTuple):
    """In what a text differs from another.

    Attributes:
        passages: the first MOST_PASSAGES, in the order of the text.
        more: how many there are besides.
        is_whole: whether both texts were compared to their ends.
    """

    passages: tuple[Passage, ...]
    more: int
    is_whole: bool


def compare(here: Article, there: Article) -> Differences:
    """The differences of two articles' texts, headlines included."""
    mine, its = words_of(here), words_of(there)
    # Without its heuristic for common words, one that fills both texts would take minutes.
    matcher = SequenceMatcher(None, its, mine, autojunk=True)
    groups = list(matcher.get_grouped_opcodes(AROUND))
    if [tag for tag, *_ in chain.from_iterable(groups)] == ["equal"]:
        groups = []
    passages = (tuple(_stretches(group, its, mine)) for group in islice(groups, MOST_PASSAGES))
    is_whole = max(len(mine), len(its)) < WORDS_COMPARED
    return Differences(tuple(passages), max(0, len(groups) - MOST_PASSAGES), is_whole)


def words_of(article: Article) -> list[str]:
    """The first WORDS_COMPARED words of an article, its headline's first, with a PARAGRAPH after each paragraph."""
    texts = (show(text) for text in chain([article.title], article.paragraphs))
    return list(islice(chain.from_iterable([*text.split(), PARAGRAPH] for text in texts if text), WORDS_COMPARED))


def _stretches(
    group: Sequence[tuple[str, int, int, int, int]], its: Sequence[str], mine: Sequence[str]
) -> Iterator[Stretch]:
    """What one group of difflib's opcodes, which turn `its` into `mine`, says."""
    for tag, its_start, its_end, start, end in group:
        if tag == "equal":
            yield Stretch("same", _joined(mine[start:end]))
            continue
        if its_start < its_end:
            yield Stretch("there", _joined(its[its_start:its_end]))
        if start < end:
            yield Stretch("here", _joined(mine[start:end]))


def _joined(words: Sequence[str]) -> str:
    if len(words) > LONGEST_STRETCH:
        half = LONGEST_STRETCH // 2
        words = [*words[:half], "…", *words[-half:]]
    return " ".join(words)
