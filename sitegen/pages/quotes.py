"""Mentions -> the sentences that they stand in, as an entity's page quotes them."""

import re
from bisect import bisect_right
from typing import NamedTuple

from sitegen.model import Record, Span, TermRef, Url
from sitegen.pages.text import show

QUOTES_PER_ARTICLE = 2
OTHERS_PER_ARTICLE = 20
REACH = 180
ABBREVIATED = r"(?<!\b[A-ZА-Я])(?<!\b[A-Z]\w)"
"""Not after what may be an initial or a title: "B. J. Habibie", "Dr. Hatta"."""

SENTENCE_END = re.compile(rf"""(?:{ABBREVIATED}\.|[!?…؟۔।])[\"'”’»)\]]*\s+|[。！？]""")


class Quote(NamedTuple):
    """A sentence around a mention, and where it stands."""

    url: Url
    paragraph: int
    before: str
    name: str
    after: str
    language: str


class Quotes(NamedTuple):
    """An article's first sentences that mention a term, and the other paragraphs that do, as far as they are listed."""

    sentences: tuple[Quote, ...]
    others: tuple[int, ...]


NO_QUOTES = Quotes((), ())


def quote_mentions(record: Record, ref: TermRef) -> Quotes:
    """The first sentences of an article that mention a term, each once, and where else it does; not in the title."""
    article = record.article
    paragraphs = article.document.paragraphs
    starts = [span.start for span in paragraphs]
    quotes: list[Quote] = []
    others: dict[int, None] = {}
    quoted_to = 0
    for index in next((entity.mentions for entity in record.entities if entity.ref == ref), ()):
        span = article.mentions[index].span
        number = bisect_right(starts, span.start)
        if not number or span.end > paragraphs[number - 1].end or span.start < quoted_to:
            continue
        if len(quotes) == QUOTES_PER_ARTICLE:
            others[number] = None
            if len(others) > OTHERS_PER_ARTICLE:
                break
            continue
        before, after = sentence_around(article.document.prose, paragraphs[number - 1], span)
        quotes.append(
            Quote(
                url=Url(f"{record.url}#p{number}"),
                paragraph=number,
                before=before,
                name=show(article.document.prose[span.start : span.end]),
                after=after,
                language=article.language.code,
            )
        )
        quoted_to = span.end + len(after)
    return Quotes(
        tuple(quotes), tuple(number for number in others if all(number != quote.paragraph for quote in quotes))
    )


def sentence_around(prose: str, paragraph: Span, mention: Span) -> tuple[str, str]:
    """What stands before and after a mention in its sentence, at most REACH characters either side."""
    left = prose[max(paragraph.start, mention.start - REACH) : mention.start]
    right = prose[mention.end : min(paragraph.end, mention.end + REACH)]
    ends = [match.end() for match in SENTENCE_END.finditer(left)]
    end = SENTENCE_END.search(right)
    if ends:
        left = left[ends[-1] :]
    elif mention.start - REACH > paragraph.start:
        left = "…" + left[left.find(" ") + 1 :]
    if end:
        right = right[: end.end()]
    elif mention.end + REACH < paragraph.end:
        right = right[: right.rfind(" ") + 1 or len(right)].rstrip() + "…"
    return keep_edges(left), keep_edges(right)


def keep_edges(text: str) -> str:
    """`text` shown on one line, with a space where it had one at its edges."""
    shown = show(text)
    if not shown:
        return " " if text else ""
    return (" " if text[0].isspace() else "") + shown + (" " if text[-1].isspace() else "")
