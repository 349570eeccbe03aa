"""Mentions of a term -> the sentences that they stand in, as an entity's page quotes them."""

from collections.abc import Sequence
from typing import NamedTuple

from sitegen.model import Record, TermRef
from sitegen.pages.sentences import Sentence
from sitegen.pages.text import show

QUOTES_PER_ARTICLE = 2
OTHERS_PER_ARTICLE = 20


class Quote(NamedTuple):
    """A sentence around a mention, and where it stands."""

    paragraph: int
    before: str
    name: str
    after: str


class Quotes(NamedTuple):
    """An article's first sentences that mention a term, and the other paragraphs that do, as far as they are listed."""

    sentences: tuple[Quote, ...]
    others: tuple[int, ...]


NO_QUOTES = Quotes((), ())


def quote_mentions(record: Record, sentences: Sequence[Sentence], ref: TermRef) -> Quotes:
    """The first sentences of an article that mention a term, each once, and where else it does; not in the title.

    Args:
        sentences: of each mention.
    """
    article = record.article
    quotes: list[Quote] = []
    others: dict[int, None] = {}
    quoted_to = 0
    for index in next((entity.mentions for entity in record.entities if entity.ref == ref), ()):
        number, before, after = sentences[index]
        span = article.mentions[index].span
        if not number or span.start < quoted_to:
            continue
        if len(quotes) == QUOTES_PER_ARTICLE:
            others[number] = None
            if len(others) > OTHERS_PER_ARTICLE:
                break
            continue
        quotes.append(Quote(number, before, show(article.surfaces[index]), after))
        quoted_to = span.end + len(after)
    return Quotes(
        tuple(quotes), tuple(number for number in others if all(number != quote.paragraph for quote in quotes))
    )
