"""Front matter as programs write it, one field a line -> its fields as YAML has them, without the cost of YAML.

Knows unquoted words, text in double quotation marks and lists of such texts; leaves everything else to front_matter.
"""

import re

TEXT = r'"[^"\\\t\r\n\u2028\u2029]*"'
WORDS = r"[A-Za-z0-9](?:[\w .,/+()'-]|:(?=[\w/]))*(?<! )"
FIELD = re.compile(rf"([A-Za-z_][A-Za-z0-9_-]{{0,60}}): +(?:({WORDS})|({TEXT})|(\[{TEXT}(?:, {TEXT})*\]))")
NOTHING = frozenset({"null", "Null", "NULL"})

SimpleField = tuple[str, str | tuple[str, ...]]


def read_simple_fields(block: str) -> list[SimpleField] | None:
    """The fields of `block`, one for each of its lines; None when it is not as simple as that.

    Args:
        block: without characters that YAML refuses.
    """
    fields: dict[str, str | tuple[str, ...]] = {}
    lines = block.removesuffix("\n").split("\n")
    for line in lines:
        match = FIELD.fullmatch(line)
        if match is None:
            return None
        name, words, text, texts = match.groups()
        if words in NOTHING:
            return None
        fields[name] = words or (text[1:-1] if text else tuple(texts[2:-2].split('", "')))
    return list(fields.items()) if len(fields) == len(lines) else None
