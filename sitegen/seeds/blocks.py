"""Finds the blocks of a Markdown text and the marks that make them: headings, lists, quotations, code, tables."""

import re
from typing import NamedTuple

from sitegen.model import Span
from sitegen.seeds.characters import all_lines
from sitegen.seeds.inline import Edit

PLAIN_LINE = re.compile(r"[^\W\d_]|[\"'“‘(]")
"""How most lines begin: nothing that could be a mark."""
PLAIN_LINES = re.compile(rf"(?:(?:{PLAIN_LINE.pattern})[^\r\n]*+|\n)*+\Z")
"""What many texts are from end to end: lines that begin so, and empty ones."""
PLAIN_BLOCK = re.compile(r"[^\n]+(?:\n[^\n]+)*")
QUOTE = re.compile(r"[ \t]{0,3}> ?")
LIST_MARK = re.compile(r"[ \t]*(?:[-+*]|(\d{1,9})[.)])(?:[ \t]+|$)")
HEADING = re.compile(r" {0,3}(#{1,6})[ \t]*")
RULE = re.compile(r"[ \t]{0,3}([-*_])(?:[ \t]*+\1){2,}+[ \t]*+$")
UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t]*$")
FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})([^`]*)$")
INDENTED = re.compile(r"(?: {4}| {0,3}\t)")
DEFINITION = re.compile(r" {0,3}\[([^\[\]]{1,200})\]:[ \t]*")
TABLE_RULE = re.compile(r"[ \t]{0,3}\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)*+\|?[ \t]*+$")
HIDDEN_START = re.compile(r" {0,3}<(!--|script\b|style\b)", re.IGNORECASE)
BAR = re.compile(r"(?<!\\)\|")


class Block(NamedTuple):
    """A heading, a paragraph, a list item or a table row, with marks inside; `after`: where its last line ends."""

    start: int
    end: int
    after: int
    is_heading: bool = False


class Blocks(NamedTuple):
    """The blocks in order, the edits that take their marks away, and the labels that link definitions define."""

    blocks: list[Block]
    edits: list[Edit]
    labels: frozenset[str]


def find_blocks(text: str, start: int) -> Blocks:
    """The blocks of text[start:]."""
    if PLAIN_LINES.match(text, start):
        spans = [block.span() for block in PLAIN_BLOCK.finditer(text, start)]
        return Blocks([Block(first, end, end) for first, end in spans], [], frozenset())
    scan = _Scan(text)
    for line in all_lines(text, start):
        scan.take(line)
    scan.close()
    return Blocks(scan.blocks, scan.edits, frozenset(scan.labels))


class _Scan:
    """Reads line by line; `ending` says what ends the code or hidden markup that it is in."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.blocks: list[Block] = []
        self.edits: list[Edit] = []
        self.labels: set[str] = set()
        self.pieces: list[Span] = []
        self.ending: re.Pattern[str] | None = None
        self.in_list = self.in_table = False
        self.after_blank = True

    def take(self, line: Span) -> None:
        """Takes in the next line."""
        start, end = line
        if self.ending is not None:
            self.edits.append(Edit(start, end))
            if self.ending.match(self.text, start, end):
                self.ending = None
            return
        if PLAIN_LINE.match(self.text, start, end) and not self.in_table:
            self.in_list = self.in_list and not self.after_blank
            self._add(start, end)
            return
        start = self._skip_quotes(start, end)
        if start == end or self.text[start:end].isspace():
            self.close()
            self.after_blank = True
            return
        if not (self._take_code(start, end) or self._take_whole(start, end) or self._take_table(start, end)):
            self._take_text(start, end)

    def close(self) -> None:
        """Ends the paragraph that is open."""
        if self.pieces:
            end = self.pieces[-1].end
            self.blocks.append(Block(self.pieces[0].start, end, end))
            self.pieces = []
        self.in_table = False

    def _blank(self, start: int, end: int) -> None:
        self.edits.append(Edit(start, end))

    def _add(self, start: int, end: int) -> None:
        self.pieces.append(Span(start, end))
        self.after_blank = False

    def _skip_quotes(self, start: int, end: int) -> int:
        while match := QUOTE.match(self.text, start, end):
            self._blank(start, match.end())
            start = match.end()
        return start

    def _take_code(self, start: int, end: int) -> bool:
        if fence := FENCE.match(self.text, start, end):
            mark = fence[1]
            self.ending = re.compile(rf"[ \t>]*{re.escape(mark[0])}{{{len(mark)},}}[ \t]*$")
        elif hidden := HIDDEN_START.match(self.text, start, end):
            closing = "-->" if hidden[1] == "!--" else f"</{hidden[1]}>"
            ending = re.compile(f".*?{re.escape(closing)}", re.IGNORECASE)
            if ending.match(self.text, start, end):
                return False
            self.ending = ending
        elif not (INDENTED.match(self.text, start, end) and self.after_blank and not self.in_list):
            return False
        self.close()
        self._blank(start, end)
        return True

    def _take_whole(self, start: int, end: int) -> bool:
        """A line that is a block by itself, or makes one of what is open."""
        if self.pieces and UNDERLINE.match(self.text, start, end):
            self.blocks.append(Block(self.pieces[0].start, self.pieces[-1].end, end, is_heading=True))
            self.pieces = []
            self._blank(start, end)
        elif RULE.match(self.text, start, end):
            self.close()
            self._blank(start, end)
        elif heading := HEADING.match(self.text, start, end):
            self.close()
            tail = max(heading.end(), start + len(_without_closing(self.text[start:end])))
            self._blank(start, heading.end())
            self._blank(tail, end)
            self.blocks.append(Block(heading.end(), tail, end, is_heading=True))
        elif not self.pieces and (definition := DEFINITION.match(self.text, start, end)):
            self.labels.add(definition[1].casefold())
            is_note = definition[1].startswith("^")
            self._blank(start, definition.end() if is_note else end)
            if is_note:
                self._add(definition.end(), end)
        else:
            return False
        self.after_blank = not self.pieces
        return True

    def _take_table(self, start: int, end: int) -> bool:
        if self.in_table:
            self._blank_bars(start, end)
            self.blocks.append(Block(start, end, end))
            return True
        header = self.pieces[0] if len(self.pieces) == 1 else None
        if header is None or not BAR.search(self.text, *header) or not TABLE_RULE.match(self.text, start, end):
            return False
        self._blank_bars(*header)
        self._blank(start, end)
        self.close()
        self.in_table = True
        return True

    def _blank_bars(self, start: int, end: int) -> None:
        self.edits.extend(Edit(*match.span()) for match in BAR.finditer(self.text, start, end))

    def _take_text(self, start: int, end: int) -> None:
        if self.after_blank and not self.text[start].isspace():
            self.in_list = False
        while mark := LIST_MARK.match(self.text, start, end):
            if self.pieces and mark[1] not in {None, "1"} and not self.in_list:
                break  # "1986. A great year" goes on with a paragraph
            self.close()
            self._blank(start, mark.end())
            start, self.in_list = mark.end(), True
        if start < end:
            self._add(start, end)


def _without_closing(heading: str) -> str:
    """`heading` without the number signs that close it; an escaped one belongs to the text."""
    bare = heading.rstrip(" \t").rstrip("#")
    return heading[: len(bare) + 1] if bare.endswith("\\") and heading.startswith("#", len(bare)) else bare
