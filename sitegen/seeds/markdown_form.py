"""Markdown -> prose of the same length, and the form it says: title, body, paragraphs. Makes no HTML."""

from sitegen.model import Span
from sitegen.seeds.blocks import Block, find_blocks
from sitegen.seeds.characters import blanked, is_visible, readable, tight, visible_lines
from sitegen.seeds.head import find_head
from sitegen.seeds.inline import SPECIAL, Edit, InlineScan
from sitegen.seeds.plain import Form


def parse_markdown(text: str, start: int, title: str | None) -> Form:
    """The form of a Markdown text whose front matter ends at `start` (0: it has none) and states `title` or nothing.

    Without front matter the first line is the headline, and source and byline may stand below it as in a plain text.
    With it, a first heading is the headline where none is stated, and no part of the body where it repeats the title.
    """
    clean = readable(text)
    blocks, edits, labels = find_blocks(clean, start)
    if SPECIAL.search(clean, start):
        for block in blocks:
            edits.extend(InlineScan(clean, block.start, block.end, labels).find())
    prose = _apply(clean, start, edits)
    if start == 0:
        lines = visible_lines(prose, 0)
        head = find_head(prose, lines)
        after = _end_of_block(clean, blocks, lines[head.lines - 1].end) if head.lines else 0
        paragraphs = _paragraphs(prose, blocks, after)
        return Form(prose, head.title, head.source, head.byline, _body(clean, after), paragraphs)
    heading = _first_heading(prose, blocks)
    if heading is None or (title is not None and _plain(prose[slice(*heading)]) != _plain(title)):
        return Form(prose, None, None, None, _body(clean, start), _paragraphs(prose, blocks, start))
    after = _end_of_block(clean, blocks, heading.end)
    return Form(prose, heading, None, None, _body(clean, after), _paragraphs(prose, blocks, after))


def _apply(clean: str, start: int, edits: list[Edit]) -> str:
    """`clean` with its front matter and every edited stretch made spaces; where edits overlap, the first counts."""
    parts = [blanked(clean[:start])]
    position = start
    for first, end, char in sorted(edits):
        if end <= position:
            continue
        begin = max(first, position)
        parts.append(clean[position:begin])
        parts.append(char if char and begin == first else "")
        parts.append(blanked(clean[begin + len(parts[-1]) : end]))
        position = end
    parts.append(clean[position:])
    return "".join(parts)


def _paragraphs(prose: str, blocks: list[Block], after: int) -> tuple[Span, ...]:
    spans = [tight(prose, max(block.start, after), block.end) for block in blocks if block.end > after]
    return tuple(span for span in spans if is_visible(prose, *span))


def _first_heading(prose: str, blocks: list[Block]) -> Span | None:
    for block in blocks:
        span = tight(prose, block.start, block.end)
        if is_visible(prose, *span):
            return span if block.is_heading else None
    return None


def _end_of_block(clean: str, blocks: list[Block], end: int) -> int:
    """Where the line at `end` is over, or the heading that ends with it, underline and all."""
    return next(
        (block.after for block in blocks if block.is_heading and block.start < end <= block.end), _line_end(clean, end)
    )


def _line_end(clean: str, position: int) -> int:
    ends = [end for end in (clean.find("\n", position), clean.find("\r", position)) if end >= 0]
    return min(ends, default=len(clean))


def _body(clean: str, start: int) -> Span:
    """From the first line with anything in it, so that an indent there keeps its meaning."""
    end = max(start, len(clean.rstrip()))
    first = tight(clean, start, end).start
    line = max(clean.rfind("\n", start, first), clean.rfind("\r", start, first)) + 1
    return Span(max(start, line), end) if first < end else Span(len(clean), len(clean))


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
