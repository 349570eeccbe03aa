"""Which files are seeds, by their names."""

from sitegen.model import SeedFormat

FORMATS = {
    ".txt": SeedFormat.TEXT,
    ".text": SeedFormat.TEXT,
    "": SeedFormat.TEXT,
    ".md": SeedFormat.MARKDOWN,
    ".markdown": SeedFormat.MARKDOWN,
}
CORRECTION = ".md"
"""The ending of a document that corrects the plain text beside it."""


def format_of(path: str) -> SeedFormat | None:
    """The format that the ending of `path` stands for; None when sitegen does not read it."""
    return FORMATS.get(path[len(stem_of(path)) :].lower())


def stem_of(path: str) -> str:
    """`path` without its ending: what an article's id is made from."""
    dot, name = path.rfind("."), path.rfind("/") + 1
    return path[:dot] if name < dot < len(path) - 1 else path
