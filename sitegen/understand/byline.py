"""A line of authors -> their names. The words between them, in several languages, were written for this project."""

import re

BETWEEN = re.compile(r"\s*(?:[,;/|]|\s(?:&|dan|and|et|und|y|e|и|kaj|en|ve)\s)\s*", re.IGNORECASE)


def split_byline(line: str) -> tuple[str, ...]:
    """The names in "A, B dan C", in order, each once; white space evened out."""
    names = (" ".join(name.split()) for name in BETWEEN.split(line))
    return tuple(dict.fromkeys(name for name in names if name))
