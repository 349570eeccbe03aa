"""A document -> Markdown with front matter, which is itself a seed that says the same."""

import re

from sitegen.model import Document, SeedFormat, Span
from sitegen.seeds.front_matter import dump_fields
from sitegen.seeds.names import split_names

LINE_END = re.compile(r"\s*[\r\n]\s*")
MARK = re.compile(r"[\\`*\[{<&~_]")
REFERENCE = re.compile(r"&(?:#|\w{1,40};)")
MARK_AT_START = re.compile(r"[-+>#=|!]|:(?=\s)|\d{1,9}(?=[.)])")
REFERENCES = {"<": "&lt;", "&": "&amp;", "~": "&#126;", ":": "&#58;", "=": "&#61;", "|": "&#124;"}
"""For what not every dialect lets a backslash escape."""


def document_markdown(document: Document) -> str:
    """The document as Markdown with YAML front matter; of a Markdown seed its own text.

    Shown as Markdown, it is the same text as the plain seed, but for white space inside paragraphs.
    """
    if document.format is SeedFormat.MARKDOWN:
        return document.text
    text = document.text
    fields: dict[str, str | tuple[str, ...]] = {"title": _slice(text, document.title)}
    if document.source is not None:
        fields["source"] = _slice(text, document.source)
    if document.byline is not None:
        names = split_names(_slice(text, document.byline))
        fields["byline"] = names[0] if len(names) == 1 and split_names(names[0]) == names else names
    paragraphs = (escape_markdown(_slice(text, span)) for span in document.paragraphs)
    return "\n".join([dump_fields(fields), *(f"{paragraph}\n" for paragraph in paragraphs)])


def escape_markdown(text: str) -> str:
    """A paragraph that Markdown shows as `text`, on one line."""
    # Most paragraphs stand on one line, which is told more quickly than by the pattern.
    line = LINE_END.sub(" ", text) if "\n" in text or "\r" in text else text
    start = MARK_AT_START.match(line)
    if start is None:
        return MARK.sub(_escape, line)
    head, rest = start[0], line[start.end() :]
    if head.isdecimal():
        return f"{head}\\{rest[0]}{MARK.sub(_escape, rest[1:])}"
    return REFERENCES.get(head, f"\\{head}") + MARK.sub(_escape, rest)


def _escape(match: re.Match[str]) -> str:
    char = match[0]
    return REFERENCES.get(char, f"\\{char}") if _is_mark(char, match.string, match.start()) else char


def _is_mark(char: str, text: str, at: int) -> bool:
    """Whether a character that may be markup is so at its place in `text`."""
    match char:
        case "_":
            return not _is_inside_word(text, at)
        case "&":
            return REFERENCE.match(text, at) is not None
        case "~":
            return "~" in {text[at - 1 : at], text[at + 1 : at + 2]}
        case _:
            return True


def _is_inside_word(text: str, at: int) -> bool:
    """An underscore between letters or digits marks nothing."""
    return 0 < at < len(text) - 1 and text[at - 1].isalnum() and text[at + 1].isalnum()


def _slice(text: str, span: Span | None) -> str:
    return text[slice(*span)] if span is not None else ""
