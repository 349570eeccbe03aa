"""Tokens -> sentences, and what can be said of a sentence from its capitals."""

import re
from collections.abc import Iterator

from sitegen.model import Span
from sitegen.understand.names.tokens import Tokens, tokenize

LONGEST = 120
"""Tokens after which a sentence is cut, so that one long line costs no more than many short ones."""

WIDE_GAP = 3
"""As much white space parts two columns or what markup stood between; a name on two lines has less."""

ENDS = frozenset(".!?…。！？؟।")
CLOSERS = frozenset("\"'”’»)]）」』")
OPENERS = frozenset("\"'“‘«([（「『„")
QUOTES = OPENERS - frozenset("([（'‘")
CLOSING_QUOTES = CLOSERS - frozenset(")]）'’")
ABBREVIATIONS = re.compile(
    r"[mM]r|[mM]rs|[mM]s|[dD]ra?|[dD]rs|[pP]rof|[sSjJ]r|[sS]t|Gen|Col|Lt|Sgt|Capt|Rev|Sen|Rep|Gov|Inc|Ltd|Corp|[cC]o|[nN]o|[vV]ol"
    r"|[iI]r|[hH]j?|KH|Kh|[jJ]ln?|[gG]g|[kK]ab|[kK]ec|[kK]el|[bB]pk|[sS]dr|[tT]gk|[uU]st|Letjen|Mayjen|Brigjen|Kol|Tbk|PT|CV|vs"
    r"|им|ул|гг?|ст|р|[A-ZА-ЯЁ]"
)
"""What a full stop follows without ending a sentence in Indonesian, English and Russian; written for this project."""
HEADLINE_SHARE = 0.75
HEADLINE_WORDS = 5


def split_sentences(prose: str, paragraph: Span) -> Iterator[Tokens]:
    """The sentences of a paragraph; quoted headlines are sentences of their own."""
    tokens = tokenize(prose, paragraph)
    texts, first = tokens.texts, 0
    for mark in [index for index, text in enumerate(texts) if text in ENDS]:
        while mark - first + 1 >= LONGEST:
            yield from part_headlines(tokens.part(first, first + LONGEST))
            first += LONGEST
        if mark >= first and ends_sentence(tokens, mark):
            end = mark + 1
            while end < len(texts) and texts[end] in CLOSERS and touches(tokens, end):
                end += 1
            yield from part_headlines(tokens.part(first, end))
            first = end
    for start in range(first, len(texts), LONGEST):
        yield from part_headlines(tokens.part(start, start + LONGEST))


def touches(tokens: Tokens, index: int) -> bool:
    """Whether no space stands before a token."""
    return tokens.places[index - 1][1] == tokens.places[index][0]


def stands_apart(tokens: Tokens, index: int) -> bool:
    """Whether a token stands so far from the one before it that no name reaches over the gap."""
    return tokens.places[index][0] - tokens.places[index - 1][1] >= WIDE_GAP


def ends_sentence(tokens: Tokens, index: int) -> bool:
    """Whether the sign at `index` ends a sentence: no full stop does after an abbreviation or before lower case."""
    texts, after = tokens.texts, index + 1
    if texts[index] == ".":
        if index and ABBREVIATIONS.fullmatch(texts[index - 1]):
            return False
        if after < len(texts) and touches(tokens, after) and texts[after].isalnum():
            return False
    while after < len(texts) and (texts[after] in CLOSERS or texts[after] in OPENERS):
        after += 1
    return after == len(texts) or not texts[after][0].islower()


def is_headline(sentence: Tokens) -> bool:
    """Whether nearly every word has a capital, so that capitals say nothing: a headline, or shouting."""
    if is_shouting(sentence):
        return True
    if not sentence.texts or sentence.texts[-1] in ENDS or sentence.texts[-1] in CLOSERS:
        return False
    words = list(filter(has_case, sentence.texts))
    capitals = sum(word[0].isupper() for word in words)
    return len(words) >= HEADLINE_WORDS and capitals >= HEADLINE_SHARE * len(words)


def is_shouting(sentence: Tokens) -> bool:
    """Whether there are words of scripts that have capitals, all of them in capitals."""
    small = any(not text.isupper() and has_case(text) for text in sentence.texts)
    return not small and any(map(has_case, sentence.texts))


def has_case(text: str) -> bool:
    """Whether a token is of a script that has capitals."""
    return text.lower() != text.upper()


def is_quotation_mark(text: str) -> bool:
    """Whether a token opens or closes a quotation."""
    return text in QUOTES or text in CLOSING_QUOTES


def part_headlines(sentence: Tokens) -> Iterator[Tokens]:
    """A sentence, the headlines that it quotes apart: in them a capital says nothing."""
    if QUOTES.isdisjoint(sentence.texts):
        yield sentence
        return
    first, opened = 0, -1
    for index, text in enumerate(sentence.texts):
        if opened >= 0 and text in CLOSERS:
            quoted = sentence.part(opened + 1, index)
            if is_headline(quoted):
                yield sentence.part(first, opened + 1)
                yield quoted
                first = index
            opened = -1
        elif text in QUOTES:
            opened = index
    yield sentence.part(first, len(sentence))


def begins_clause(sentence: Tokens, index: int) -> bool:
    """Whether a capital may be due to its place alone: at a beginning, after a colon, quote or dash."""
    while index:
        before = sentence.texts[index - 1]
        if before in OPENERS or before in CLOSERS:
            index -= 1
        else:
            return before in ":–—•·*;-" and not touches(sentence, index)
    return True
