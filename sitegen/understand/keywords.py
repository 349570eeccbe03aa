"""Prose -> the words and pairs of words that may become tags, with their weight in this article.

Names, addresses and numbers are left out: they are entities, or nothing. Which candidates become tags is settled by
the archive, which knows how many articles share one; here only frequency and the shape of words count.
"""

import math
import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

import regex

from sitegen.model import Document, Mention
from sitegen.understand.attribution_words import known_media, media_key
from sitegen.understand.keyword_shapes import Standing, judgements, stop_words
from sitegen.understand.keyword_unspaced import find_unspaced
from sitegen.understand.names.cues import load_cues
from sitegen.understand.words import MARK, UNSPACED

MOST_KEYWORDS = 40
LONGEST_PROSE = 60_000
"""How much of a very long text is read for keywords, in characters."""
DAMPING = 0.75
TITLE_FACTOR = 2.0
TITLE_ALONE = 1.3
"""What a word weighs that the title has and the body does not."""
TOKEN = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|[^\s\w]|\d+")
TOKEN_WITH_MARKS = regex.compile(r"[\p{L}\p{M}]+(?:[-'’][\p{L}\p{M}]+)*|[^\s\p{L}\p{M}]")
BREAK = "|"
END = " . "
OPENERS = frozenset('.!?:;"“”„«»‘…—–-*•·()[]')
"""After these a capital says nothing."""
MAY_HOLD_ADDRESS = re.compile(r"\.(?<=[A-Za-z0-9]\.)[a-z]|://|@|</?[A-Za-z]")
"""Each way begins with a character of its own, so that `re` passes over all others at once."""
ADDRESS = re.compile(
    r"(?<![A-Za-z0-9])(?:https?://[!-~]+|www\.[!-~]+|[!-?A-~]{1,64}@[!-~]+|(?:[A-Za-z0-9-]{1,63}\.)+[a-z]{2,}(?:[/?:][!-~]*)?)"
    r"|</?[A-Za-z][^<>]{0,500}>"
)
"""Addresses of pages, people and sites, and the tags of HTML that stands in plain text."""
NOUNS_HAVE_CAPITALS = frozenset({"de"})

GAP = ""
"""Stands where a word says nothing, and no pair of words reaches across."""


def find_keywords(document: Document, mentions: Sequence[Mention], language: str) -> tuple[tuple[str, float], ...]:
    """At most MOST_KEYWORDS candidates in lower case, strongest first, with weights.

    The weight of a word or pair is its frequency to the power DAMPING, twice that where the title is one of several
    places. Pairs count when they occur twice. Without a list of stop
    words only what title and body have counts.
    """
    prose = _without_mentions(document.prose[:LONGEST_PROSE], mentions)
    title = _without_addresses(prose[slice(*document.title)]) if document.title else ""
    body = _without_addresses(END.join(prose[start:end] for start, end in document.paragraphs))
    in_title, counts = _count(title, body, language)
    if stop_words(language) is None:
        counts = {word: count for word, count in counts.items() if count > 1 and word in in_title}
    weights = {word: _weight(count, word in in_title) for word, count in counts.items()}
    strongest = sorted(weights, key=weights.__getitem__, reverse=True)
    return tuple((word, weights[word]) for word in strongest[:MOST_KEYWORDS] if not _is_medium(word))


@lru_cache(maxsize=1 << 16)
def _is_medium(word: str) -> bool:
    return media_key(word) in known_media()


@lru_cache(maxsize=1 << 10)
def _weight(count: int, in_title: bool) -> float:
    if count == 1:
        return TITLE_ALONE if in_title else 1.0
    return round(math.pow(count, DAMPING) * (TITLE_FACTOR if in_title else 1.0), 3)


def _without_mentions(prose: str, mentions: Sequence[Mention]) -> str:
    """`prose`, of the same length, with mentions made into breaks that no pair of words reaches across."""
    pieces: list[str] = []
    place = 0
    for mention in mentions:
        start, end = max(place, mention.span.start), mention.span.end
        if start < end <= len(prose):
            pieces += (prose[place:start], BREAK.ljust(end - start))
            place = end
    pieces.append(prose[place:])
    return "".join(pieces)


def _without_addresses(text: str) -> str:
    return ADDRESS.sub(END, text) if MAY_HOLD_ADDRESS.search(text) else text


def _count(title: str, body: str, language: str) -> tuple[frozenset[str], dict[str, int]]:
    """The candidates that the title has, and how often title and body have each."""
    unspaced: Counter[str] = Counter()
    in_title: set[str] = set()
    if UNSPACED.search(body) or UNSPACED.search(title):
        unspaced.update(find_unspaced(f"{title}{END}{body}", language))
        in_title.update(term for term in unspaced if term in title)
        title, body = UNSPACED.sub(BREAK, title), UNSPACED.sub(BREAK, body)
    head, tokens = _tokens(title), _tokens(body)
    names = _mostly_capital(tokens, language)
    title_forms, body_forms = _forms(head, language, names), _forms(tokens, language, names)
    in_title.update(title_forms, map(" ".join, _pairs(title_forms)))
    return frozenset(in_title), {**unspaced, **_words_and_pairs([*title_forms, GAP, *body_forms], language)}


def _tokens(text: str) -> list[str]:
    return (TOKEN_WITH_MARKS if MARK.search(text) else TOKEN).findall(text)


def _mostly_capital(tokens: Sequence[str], language: str) -> frozenset[str]:
    """The words, in lower case, that mostly have a capital within sentences, and so are names that nobody knows."""
    if language in NOUNS_HAVE_CAPITALS:
        return frozenset()
    capital = Counter(
        [token.lower() for before, token in pairwise(tokens) if token[0].isupper() and before not in OPENERS]
    )
    small = Counter([token for token in tokens if token in capital])
    cues = load_cues(language)
    return frozenset(word for word, count in capital.items() if count > small[word]) - cues.roles - cues.common


def _forms(tokens: Sequence[str], language: str, names: frozenset[str]) -> list[str]:
    """The form of each token under which it counts; GAP for what cannot be part of a topic."""
    if language in NOUNS_HAVE_CAPITALS:
        tokens = [token if token[0].isupper() else BREAK for token in tokens]
    judged = judgements(language)
    return [GAP if word in names else judged[word][0] for word in map(str.lower, tokens)]


def _pairs(forms: Sequence[str]) -> dict[tuple[str, str], int]:
    """How often each pair of different words occurs."""
    return Counter([(first, second) for first, second in pairwise(forms) if first and second and first != second])


def _words_and_pairs(forms: Sequence[str], language: str) -> dict[str, int]:
    """How often each word that may stand alone occurs, and each pair that occurs twice.

    Two words that may not stand alone are a pair when one of them never occurs without the other.
    """
    words = Counter(forms)
    del words[GAP]
    judged = judgements(language)
    alone = {form for form in words if judged[form][1] is Standing.ALONE}
    counts = {form: count for form, count in words.items() if form in alone}
    for (first, second), count in _pairs(forms).items():
        if count > 1 and (first in alone or second in alone or count == min(words[first], words[second])):
            counts[f"{first} {second}"] = count
    return counts
