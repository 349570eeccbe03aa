"""Finds the marks inside one Markdown block: emphasis, code, links, tags, escapes, character references."""

import html
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable
from typing import NamedTuple

from sitegen.seeds.characters import readable

SPECIAL = re.compile(r"[\\`*_<&\[\]]")
ESCAPABLE = frozenset("\\`*_{}[]()<>#+-.!|\"$%&',/:;=?@^~")
REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
AUTOLINK = re.compile(r"<(?:[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*|[^\s<>@:]{1,64}@[^\s<>]{1,255})>")
TAG = re.compile(r"</?[A-Za-z](?:[^<>\"']|\"[^\"]*\"|'[^']*')*+>|</?[A-Za-z][^<>]*>|<[!?][^<>]*>")
HIDDEN_ELEMENT = re.compile(r"<(script|style)\b", re.IGNORECASE)
TARGET = re.compile(
    r"\(\s*+(?:<[^<>\n]*>|(?:[^\s()<>\\]|\\.|\([^\s()]*\))*+)(?:\s++(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?+\s*+\)",
    re.DOTALL,
)
LABEL = re.compile(r"\[([^\[\]]{0,200})\]")


class Edit(NamedTuple):
    """A stretch that becomes spaces, all but its first character when `char` is given."""

    start: int
    end: int
    char: str = ""


class Run(NamedTuple):
    """A row of the same emphasis mark that may still open."""

    start: int
    length: int


class InlineScan:
    """One pass over text[start:end], a block; `labels` are those that the document's link definitions define."""

    def __init__(self, text: str, start: int, end: int, labels: frozenset[str]) -> None:
        self.text, self.start, self.end, self.labels = text, start, end, labels
        self.edits: list[Edit] = []
        self._brackets: list[int] = []
        self._openers: dict[str, list[Run]] = {"*": [], "_": []}
        self._ticks: dict[int, list[int]] | None = None
        self._absent: set[str] = set()
        self._handlers: dict[str, Callable[[int], int]] = {
            "\\": self._escape,
            "`": self._code,
            "<": self._tag,
            "&": self._reference,
            "[": self._open_bracket,
            "]": self._link,
        }

    def find(self) -> list[Edit]:
        """The edits that take the marks away."""
        position = self.start
        while match := SPECIAL.search(self.text, position, self.end):
            position = self._take(match[0], match.start())
        return self.edits

    def _take(self, char: str, at: int) -> int:
        """Handles the mark at `at` and says where to go on."""
        handle = self._handlers.get(char)
        return handle(at) if handle else self._emphasis(char, at)

    def _blank(self, start: int, end: int) -> int:
        self.edits.append(Edit(start, end))
        return end

    def _escape(self, at: int) -> int:
        if at + 1 < self.end and self.text[at + 1] in ESCAPABLE:
            return self._blank(at, at + 1) + 1
        return at + 1

    def _code(self, at: int) -> int:
        if self._ticks is None:
            self._ticks = {}
            for match in re.compile("`+").finditer(self.text, self.start, self.end):
                self._ticks.setdefault(len(match[0]), []).append(match.start())
        length = 1
        while at + length < self.end and self.text[at + length] == "`":
            length += 1
        same = self._ticks.get(length, [])
        after = bisect_right(same, at)
        return self._blank(at, same[after] + length) if after < len(same) else at + length

    def _tag(self, at: int) -> int:
        if self.text.startswith("<!--", at):
            closing = self._find_closing("-->", at + 4)
            return self._blank(at, closing) if closing else at + 1
        if hidden := HIDDEN_ELEMENT.match(self.text, at, self.end):
            return self._blank(at, self._find_closing(f"</{hidden[1].lower()}>", at) or self.end)
        match = AUTOLINK.match(self.text, at, self.end) or TAG.match(self.text, at, self.end)
        return self._blank(at, match.end()) if match else at + 1

    def _find_closing(self, closing: str, after: int) -> int:
        """Where the next `closing` ends, 0 when there is none; that is asked only once."""
        if closing in self._absent:
            return 0
        found = re.compile(re.escape(closing), re.IGNORECASE).search(self.text, after, self.end)
        if found is None:
            self._absent.add(closing)
            return 0
        return found.end()

    def _reference(self, at: int) -> int:
        match = REFERENCE.match(self.text, at, self.end)
        if match is None:
            return at + 1
        meant = html.unescape(match[0])
        if meant == match[0]:
            return at + 1
        char = readable(meant[0])
        self.edits.append(Edit(at, match.end(), " " if char.isspace() else char))
        return match.end()

    def _open_bracket(self, at: int) -> int:
        self._brackets.append(at)
        return at + 1

    def _link(self, at: int) -> int:
        if not self._brackets:
            return at + 1
        opening = self._brackets.pop()
        first = opening - 1 if opening > self.start and self.text[opening - 1] == "!" else opening
        target = TARGET.match(self.text, at + 1, self.end)
        label = LABEL.match(self.text, at + 1, self.end)
        own = self.text[opening + 1 : at] if at - opening <= 200 else ""
        if target is None and label is not None and (label[1] or own).casefold() in self.labels:
            target = label
        if target is not None:
            self._blank(first, opening + 1)
            return self._blank(at, target.end())
        if own.casefold() in self.labels:
            self._blank(first, at + 1 if own.startswith("^") else opening + 1)
            self._blank(at, at + 1)
        return at + 1

    def _emphasis(self, mark: str, at: int) -> int:
        end = at
        while end < self.end and self.text[end] == mark:
            end += 1
        opens, closes = self._flanks(mark, at, end)
        first, openers = at, self._openers[mark]
        while closes and openers and first < end:
            opener = openers.pop()
            used = min(opener.length, end - first)
            self._blank(opener.start + opener.length - used, opener.start + opener.length)
            first = self._blank(first, first + used)
            if used < opener.length:
                openers.append(Run(opener.start, opener.length - used))
        if opens and first < end:
            openers.append(Run(first, end - first))
        return end

    def _flanks(self, mark: str, start: int, end: int) -> tuple[bool, bool]:
        """Whether marks from `start` to `end` may open and may close emphasis (CommonMark 0.31, section 6.2)."""
        before = self.text[start - 1] if start > self.start else " "
        after = self.text[end] if end < self.end else " "
        left = not after.isspace() and (not _is_sign(after) or before.isspace() or _is_sign(before))
        right = not before.isspace() and (not _is_sign(before) or after.isspace() or _is_sign(after))
        if mark == "*":
            return left, right
        return left and (not right or _is_sign(before)), right and (not left or _is_sign(after))


def _is_sign(char: str) -> bool:
    return unicodedata.category(char)[0] in "PS"
