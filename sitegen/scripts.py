"""Scripts as they are published: without the comments that are for whoever changes them."""

import re

BLOCK_COMMENTS = re.compile(r"^[ \t]*/\*(?:(?!\*/)(?!@license)[\s\S])*\*/[ \t]*\n", re.MULTILINE)
LINE_COMMENTS = re.compile(r"^[ \t]*//.*\n", re.MULTILINE)
BLANK_LINES = re.compile(r"\n\s*\n")


def strip_comments(script: str) -> str:
    """A script less the comments that have lines of their own (not a licence) and blank lines.

    No text in the script, quoted in backticks, may have lines that look like comments.
    """
    return BLANK_LINES.sub("\n", LINE_COMMENTS.sub("", BLOCK_COMMENTS.sub("", script)))
