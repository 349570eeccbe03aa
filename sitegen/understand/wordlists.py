"""Lists of words as they are written in the sources of understanding -> sets and patterns."""

from collections.abc import Iterable


def word_set(*lines: str) -> frozenset[str]:
    """The words of `lines`, which spaces part."""
    return frozenset(word for line in lines for word in line.split())


def word_pattern(words: Iterable[str]) -> str:
    """A regular expression for any of `words` (which may be expressions), longest first, in a group of its own."""
    return "(?:" + "|".join(sorted(words, key=lambda word: (-len(word), word))) + ")"
