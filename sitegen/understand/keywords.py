"""Prose -> the words and pairs of words that may become tags, with their weight in this article.

Names are left out: they are entities. Which candidates become tags is settled by the archive, which knows how many
articles share one; here only frequency counts. Words that say nothing are listed for Indonesian and English; in other
languages words of up to three letters are left out and the archive finds the rest.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path

import regex

from sitegen.model import Document, Mention
from sitegen.understand.words import MARK, UNSPACED

MOST_KEYWORDS = 40
LONGEST_PROSE = 60_000
"""How much of a very long text is read for keywords, in characters."""
LONGEST_WORD = 40
DAMPING = 0.75
TITLE_FACTOR = 2.0
LEAST_LETTERS = 3
LISTED_LANGUAGES = frozenset({"id", "en"})
SHORT_WORD = 3
"""Where no list tells, words up to this length are left out, in letters."""
TOKEN = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|[^\s\w]|\d+")
TOKEN_WITH_MARKS = regex.compile(r"[\p{L}\p{M}]+(?:[-'’][\p{L}\p{M}]+)*|[^\s\p{L}\p{M}]")
BREAK = "|"
UNSPACED_TERM = regex.compile(r"\p{Han}{2,6}|[\p{Katakana}ー]{3,14}")


def find_keywords(document: Document, mentions: Sequence[Mention], language: str) -> tuple[tuple[str, float], ...]:
    """At most MOST_KEYWORDS candidates in lower case, strongest first, with weights.

    The weight of a word or pair is its frequency to the power DAMPING, twice that where the title has it too. Pairs
    count when they occur twice or in the title.
    """
    prose = _without_mentions(document.prose[:LONGEST_PROSE], mentions)
    stop = _stop_words(language)
    in_title = dict.fromkeys(_candidates(prose[slice(*document.title)], stop) if document.title else ())
    counts = Counter(list(in_title))
    body = f" {BREAK} ".join(prose[start:end] for start, end in document.paragraphs)
    counts.update(_candidates(body, stop))
    weights = {
        word: count**DAMPING * (TITLE_FACTOR if word in in_title else 1.0)
        for word, count in counts.items()
        if count > 1 or word in in_title or " " not in word
    }
    strongest = sorted(weights, key=lambda word: -weights[word])[:MOST_KEYWORDS]
    return tuple((word, round(weights[word], 3)) for word in strongest)


def _without_mentions(prose: str, mentions: Sequence[Mention]) -> str:
    """`prose`, of the same length, with mentions made into breaks that no pair of words reaches across."""
    pieces: list[str] = []
    place = 0
    for mention in mentions:
        start, end = max(place, mention.span.start), mention.span.end
        if start < end <= len(prose):
            pieces += (prose[place:start], BREAK * (end - start))
            place = end
    pieces.append(prose[place:])
    return "".join(pieces)


def _candidates(text: str, stop: frozenset[str]) -> Iterator[str]:
    """Every word of content in `text`, and every two that stand next to each other."""
    lower = text.lower()
    if UNSPACED.search(lower):
        yield from UNSPACED_TERM.findall(lower)
        lower = UNSPACED.sub(BREAK, lower)
    shortest = LEAST_LETTERS if stop else SHORT_WORD + 1
    tokens = (TOKEN_WITH_MARKS if MARK.search(lower) else TOKEN).findall(lower)
    words = [word if shortest <= len(word) <= LONGEST_WORD and word not in stop else "" for word in tokens]
    yield from filter(None, words)
    yield from (f"{first} {second}" for first, second in pairwise(words) if first and second)


@cache
def _stop_words(language: str) -> frozenset[str]:
    """The stop words of `language`; none where there is no list."""
    if language not in LISTED_LANGUAGES:
        return frozenset()
    lines = Path(__file__).with_name(f"stop.{language}.txt").read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
