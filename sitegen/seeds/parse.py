"""RawSeed -> Document: decodes a seed and reads what its form and its front matter say. Touches no disk."""

from typing import NamedTuple

from sitegen.errors import InputError
from sitegen.model import Document, Problem, RawSeed, SeedFormat, Severity, Stated
from sitegen.seeds.decode import Decoded, decode
from sitegen.seeds.forms import format_of
from sitegen.seeds.front_matter import find_front_matter, load_fields
from sitegen.seeds.markdown_form import parse_markdown
from sitegen.seeds.plain import parse_plain
from sitegen.seeds.stated import Reading, read_stated


class Parsed(NamedTuple):
    """A document, and notes to the person who wrote it."""

    document: Document
    problems: tuple[Problem, ...]


def parse_seed(raw: RawSeed) -> Parsed:
    """The document that a seed, or the correction that a person wrote of it, holds.

    Raises:
        InputError: no text, nothing in it, or front matter that must be mended; with every problem found.
    """
    spoken = raw.correction or raw
    decoded = _decode(spoken)
    if format_of(spoken.path) is SeedFormat.MARKDOWN:
        return _parse_markdown(raw, spoken.path, decoded)
    form = parse_plain(decoded.text)
    text, encoding, confidence = decoded
    return Parsed(Document(raw, SeedFormat.TEXT, encoding, confidence, text, form.prose, Stated(), *form[1:]), ())


def _parse_markdown(raw: RawSeed, path: str, decoded: Decoded) -> Parsed:
    text, encoding, confidence = decoded
    found = find_front_matter(text, path)
    reading, start = Reading(Stated(), ()), 0
    if found is not None:
        (first, end), start = found
        reading = read_stated(load_fields(text[first:end], path), path)
    form = parse_markdown(text, start, reading.stated.title)
    document = Document(raw, SeedFormat.MARKDOWN, encoding, confidence, text, form.prose, reading.stated, *form[1:])
    return Parsed(document, reading.notes)


def _decode(seed: RawSeed) -> Decoded:
    decoded = decode(seed.content)
    if decoded is None:
        message = "not text: it holds control bytes as programs and pictures do; save the article as text in UTF-8"
        raise InputError([Problem(seed.path, 0, "", message, Severity.ERROR)])
    if not decoded.text.strip():
        message = "empty: there is nothing to read in it; write the article into it or remove it"
        raise InputError([Problem(seed.path, 0, "", message, Severity.ERROR)])
    return decoded
