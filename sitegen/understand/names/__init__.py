"""Prose -> mentions: the people, organizations, places and events that an article names.

Looks at one article alone; what several articles together settle is the archive's work.
"""

from sitegen.model import Mention, Span
from sitegen.understand.names.gazetteer import load_gazetteer
from sitegen.understand.names.tokens import tokenize


def find_mentions(prose: str, paragraphs: tuple[Span, ...], title: Span | None, language: str) -> tuple[Mention, ...]:
    """Every mention in the title and the paragraphs of an article, sorted by span, none overlapping another.

    Args:
        prose: the text that all spans count in.
        paragraphs: the stretches to read, in order.
        title: the headline, in which only names known from elsewhere are found.
        language: BCP 47 code of the article, "und" when unknown.
    """
    gazetteer, mentions = load_gazetteer(), []
    for span in (*((title,) if title else ()), *paragraphs):
        tokens = tokenize(prose, span)
        for first, end, sense in gazetteer.match(tokens, language):
            place = Span(tokens[first].start, tokens[end - 1].end)
            mentions.append(Mention(place, prose[place.start : place.end], sense.type, sense.key, 0.9, "gazetteer"))
    return tuple(sorted(mentions, key=lambda mention: mention.span))
