"""Tokens -> sentences, and what can be said of a sentence from its capitals."""

import re
from collections.abc import Iterator, Sequence

from sitegen.model import Span
from sitegen.understand.names.tokens import Token, tokenize

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


def split_sentences(prose: str, paragraph: Span) -> Iterator[list[Token]]:
    """The sentences of a paragraph, each as its tokens; quoted headlines are sentences of their own."""
    tokens = tokenize(prose, paragraph)
    first = 0
    for index, (_, _, text) in enumerate(tokens):
        full = index + 1 - first >= LONGEST
        if full or (text in ENDS and ends_sentence(tokens, index)):
            end = index + 1
            while not full and end < len(tokens) and tokens[end].text in CLOSERS and touches(tokens, end):
                end += 1
            if end > first:
                yield from part_headlines(tokens[first:end])
            first = max(first, end)
    if first < len(tokens):
        yield from part_headlines(tokens[first:])


def touches(tokens: Sequence[Token], index: int) -> bool:
    """Whether no space stands before a token."""
    return tokens[index - 1].end == tokens[index].start


def stands_apart(tokens: Sequence[Token], index: int) -> bool:
    """Whether a token stands so far from the one before it that no name reaches over the gap."""
    return tokens[index].start - tokens[index - 1].end >= WIDE_GAP


def ends_sentence(tokens: Sequence[Token], index: int) -> bool:
    """Whether the sign at `index` ends a sentence: no full stop does after an abbreviation or before lower case."""
    if tokens[index].text == "." and index:
        before = tokens[index - 1].text
        if ABBREVIATIONS.fullmatch(before):
            return False
    after = index + 1
    if after < len(tokens) and tokens[index].text == "." and touches(tokens, after) and tokens[after].text.isalnum():
        return False
    while after < len(tokens) and (tokens[after].text in CLOSERS or tokens[after].text in OPENERS):
        after += 1
    return after == len(tokens) or not tokens[after].text[0].islower()


def is_headline(sentence: Sequence[Token]) -> bool:
    """Whether nearly every word has a capital, so that capitals say nothing: a headline, or shouting."""
    words = cased_words(sentence)
    if not sentence or are_shouted(words):
        return bool(sentence)
    ended = sentence[-1].text in ENDS or sentence[-1].text in CLOSERS
    capitals = sum(word[0].isupper() for word in words)
    return not ended and len(words) >= HEADLINE_WORDS and capitals >= HEADLINE_SHARE * len(words)


def is_shouting(sentence: Sequence[Token]) -> bool:
    """Whether every word is all capitals."""
    return are_shouted(cased_words(sentence))


def are_shouted(words: Sequence[str]) -> bool:
    """Whether there are words, all of them in capitals."""
    return bool(words) and all(map(str.isupper, words))


def is_quotation_mark(text: str) -> bool:
    """Whether a token opens or closes a quotation."""
    return text in QUOTES or text in CLOSING_QUOTES


def part_headlines(sentence: list[Token]) -> Iterator[list[Token]]:
    """A sentence, the headlines that it quotes apart: in them a capital says nothing."""
    if QUOTES.isdisjoint([text for _, _, text in sentence]):
        yield sentence
        return
    first, opened = 0, -1
    for index, token in enumerate(sentence):
        if opened >= 0 and token.text in CLOSERS:
            if is_headline(sentence[opened + 1 : index]):
                yield sentence[first : opened + 1]
                yield sentence[opened + 1 : index]
                first = index
            opened = -1
        elif token.text in QUOTES:
            opened = index
    yield sentence[first:]


def cased_words(sentence: Sequence[Token]) -> list[str]:
    """The words of scripts that have capitals."""
    return [token.text for token in sentence if token.text.lower() != token.text.upper()]


def begins_clause(sentence: Sequence[Token], index: int) -> bool:
    """Whether a capital may be due to its place alone: at a beginning, after a colon, quote or dash."""
    while index:
        before = sentence[index - 1].text
        if before in OPENERS or before in CLOSERS:
            index -= 1
        else:
            return before in ":–—•·*;-" and not touches(sentence, index)
    return True
