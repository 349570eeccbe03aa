"""Article -> the sentence that each of its mentions stands in: cut once, as it is small and the text is large."""

import re
from bisect import bisect_right
from typing import NamedTuple

from sitegen.model import Article, Document, Span
from sitegen.pages.text import show

REACH = 180
SENTENCE_END = re.compile(r"""[.!?…؟۔।。！？](?:(?<=[。！？])|(?<!\b[A-ZА-Я]\.)(?<!\b[A-Z]\w\.)[\"'”’»)\]]*\s+)""")
"""Not after what may be an initial or a title: "B. J. Habibie", "Dr. Hatta"."""


class Sentence(NamedTuple):
    """What stands before and after a mention in its sentence, and in which paragraph (from 1); 0 is in none."""

    paragraph: int
    before: str
    after: str


NO_SENTENCE = Sentence(0, "", "")


def cut_sentences(article: Article) -> tuple[Sentence, ...]:
    """The sentence of each mention, in their order. Opens the text."""
    document = article.document
    starts = [span.start for span in document.paragraphs]
    return tuple(
        [cut_sentence(document, bisect_right(starts, mention.span.start), mention.span) for mention in article.mentions]
    )


def cut_sentence(document: Document, number: int, mention: Span) -> Sentence:
    """The sentence of a mention that begins in paragraph `number`, or after it."""
    if not number or mention.end > document.paragraphs[number - 1].end:
        return NO_SENTENCE
    return Sentence(number, *sentence_around(document.prose, document.paragraphs[number - 1], mention))


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
