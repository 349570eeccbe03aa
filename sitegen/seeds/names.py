"""A line of people's names -> the names."""

import re

BETWEEN = re.compile(r"\s*(?:[,;/|،、]|\s(?:&|dan|and|et|und|y|e|и|kaj|en|ve|serta)\s)\s*", re.IGNORECASE)


def split_names(text: str) -> tuple[str, ...]:
    """The names in "Siti Aminah, Budi dan Joko", in order."""
    return tuple(name for name in BETWEEN.split(text.strip()) if name)
