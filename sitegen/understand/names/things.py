"""Which names of an article are those of things: a car, a law, a procedure. No page is made for them."""

from collections.abc import Iterator, Sequence

from sitegen.model import EntityType
from sitegen.understand.names.aliases import Candidate, is_blend
from sitegen.understand.names.runs import SURE, THING, Found
from sitegen.understand.names.tokens import Tokens, name_key

LONGEST_ACRONYM = 10


def without_things(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates but those that the article, in one place at least, shows to be things (mobil Aurus Senat)."""
    things = {name_key(each.text) for each in candidates if each.rule == THING}
    return [each for each in candidates if each.rule != THING and (each.key or name_key(each.text) not in things)]


def find_explained(tokens: Tokens) -> Iterator[Found]:
    """Abbreviations in brackets after words in lower case that they stand for: "kongres luar biasa (KLB)"."""
    texts = tokens.texts
    if "(" not in texts:
        return
    for index in range(2, len(texts) - 1):
        text = texts[index]
        if texts[index - 1] != "(" or texts[index + 1] != ")" or not 2 <= len(text) <= LONGEST_ACRONYM:
            continue
        words = words_before(tokens, index - 1, len(text))
        if text[0].isupper() and len(words) > 1 and is_blend(text.casefold(), words):
            yield Found(index, index + 1, EntityType.ORGANIZATION, "", SURE, THING)


def words_before(tokens: Tokens, end: int, most: int) -> list[str]:
    """The words in lower case right before a token, commas left out; no more than `most`."""
    words: list[str] = []
    first = end
    while first and len(words) < most and (tokens.texts[first - 1].islower() or tokens.texts[first - 1] == ","):
        first -= 1
        if tokens.texts[first] != ",":
            words.insert(0, tokens.texts[first])
    return words
