"""Scripts as they are published: without what is in them for whoever changes them."""

import re

BLOCK_COMMENTS = re.compile(r"^[ \t]*/\*(?:(?!\*/)(?!@license)[\s\S])*\*/[ \t]*\n", re.MULTILINE)
LINE_COMMENTS = re.compile(r"^[ \t]*//.*\n", re.MULTILINE)
TYPES = re.compile(r"/\*\* @(?:type|param) [^*\n]*\*/ ?")
MARGINS = re.compile(r"^[ \t]+|\n(?=\s*\n)", re.MULTILINE)


def strip_comments(script: str) -> str:
    """A script less the comments that have lines of their own (not a licence), types, indentation and blank lines.

    No text in the script, quoted in backticks, may span lines.
    """
    for unwanted in (BLOCK_COMMENTS, LINE_COMMENTS, TYPES, MARGINS):
        script = unwanted.sub("", script)
    return script
