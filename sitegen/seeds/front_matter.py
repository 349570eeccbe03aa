"""YAML front matter -> fields with their lines, and back. Knows YAML and nothing of what the fields mean."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import yaml

from sitegen.errors import InputError
from sitegen.model import Problem, Severity, Span
from sitegen.seeds.simple_fields import read_simple_fields

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
FastDumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)

REFUSED = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff]")
"""Characters that YAML may not hold unescaped."""
PAIR = re.compile(r"\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})")
OPENING = re.compile(r"---[ \t]*(?:\r\n|\r|\n)")
CLOSING = re.compile(r"(?:---|\.\.\.)(?<![^\r\n]...)[ \t]*(?:\r\n|\r|\n|\Z)")
"""Three hyphens or points, and then that they begin a line: so that `re` looks only where such a sign is."""
FIELD_LINE = re.compile(r"[A-Za-z_][\w -]{0,40}:(?:\s|\Z)")
RARE_LINE_END = re.compile("[\x85\u2028\u2029]")
"""What only YAML takes for line ends: escaped, lest it is folded."""
UNFOLDED = 1 << 30
DEEPEST = 20
SAFE_MARKS = 100
"""So few openers cannot nest deep enough to harm the parser, which recurses."""
FIRST_LINE = 2
"""The line of the file where the YAML begins."""
REMEDIES = (
    ("mapping values are not allowed", "put the value in quotation marks, for it holds a colon"),
    ("while scanning a quoted scalar", "close the quotation mark"),
    ("tab character", "indent with spaces, not tabs"),
    ("block sequence entries", "put the value in quotation marks, for it begins with a hyphen"),
    ("expected key", "put the whole value in quotation marks, and escape those inside it with a backslash"),
    ("expected <block end>", "put the whole value in quotation marks, and escape those inside it with a backslash"),
    ("cannot start any token", "put the value in quotation marks, and indent with spaces, not tabs"),
    ("unknown escape character", "write a backslash twice, or use single quotation marks"),
    ("could not find expected ':'", "write it as `field: value`, or put it in quotation marks"),
    ("invalid Unicode character", "write the character itself, not an escape that stands for none"),
    ("flow", "close the bracket, and put quotation marks around values with commas or brackets"),
    ("undefined alias", "put the value in quotation marks, for it begins with *"),
    ("alias", "put the value in quotation marks, for it begins with *"),
    ("anchor", "put the value in quotation marks, for it begins with &"),
)


class Scalar(NamedTuple):
    """A single value as written; `text` is None where nothing, ~ or null is written."""

    line: int
    text: str | None


class Items(NamedTuple):
    """A list."""

    line: int
    values: "tuple[Value, ...]"


class Fields(NamedTuple):
    """A mapping: each key as written, its line, and its value, in order."""

    line: int
    pairs: "tuple[tuple[str, int, Value], ...]"


Value = Scalar | Items | Fields


def find_front_matter(text: str, path: str) -> tuple[Span, int] | None:
    """Where the YAML lies and where the text after it begins; None when `text` does not begin with front matter.

    Raises:
        InputError: it begins and never ends.
    """
    opening = OPENING.match(text)
    if opening is None:
        return None
    closing = CLOSING.search(text, opening.end())
    if closing is not None:
        return Span(opening.end(), closing.start()), closing.end()
    if FIELD_LINE.match(text, opening.end()):
        message = "the front matter has no end: write a line of three hyphens (---) below its last field"
        raise InputError([Problem(path, 1, "", message, Severity.ERROR)])
    return None


def load_fields(block: str, path: str) -> Fields:
    """The fields of a block of YAML.

    Raises:
        InputError: no YAML, no mapping, a key given twice, an alias, or nested too deep; with the line in the file.
    """
    block = REFUSED.sub(" ", block)
    simple = read_simple_fields(block)
    if simple is not None:
        pairs = [(name, line, _simple_value(line, value)) for line, (name, value) in enumerate(simple, FIRST_LINE)]
        return Fields(FIRST_LINE, tuple(pairs))
    try:
        _refuse_traps(block, path)
        node = _compose(block)
    except yaml.YAMLError as error:
        raise InputError([_explain(error, block, path)]) from None
    if node is None:
        return Fields(FIRST_LINE, ())
    problems: list[Problem] = []
    value = _convert(node, path, problems)
    if not isinstance(value, Fields):
        message = "the front matter is no list of fields: write each as `field: value`"
        problems.append(Problem(path, value.line, "", message, Severity.ERROR))
    if problems or not isinstance(value, Fields):
        raise InputError(problems)
    return value


def _simple_value(line: int, value: str | tuple[str, ...]) -> Value:
    if isinstance(value, str):
        return Scalar(line, value)
    return Items(line, tuple([Scalar(line, text) for text in value]))


def dump_fields(fields: Mapping[str, str | Sequence[str]]) -> str:
    """`fields` as front matter, with its lines of hyphens."""
    pairs = [(_scalar_node(key), _node(value)) for key, value in fields.items()]
    beyond_bmp = any(char > "\uffff" for value in fields.values() for part in value for char in part)
    # the C emitter escapes emoji, which people then could not read; otherwise both write the same
    dumper = yaml.SafeDumper if beyond_bmp else FastDumper
    mapping = yaml.MappingNode("tag:yaml.org,2002:map", pairs, flow_style=False)
    written: str = yaml.serialize(mapping, Dumper=dumper, allow_unicode=True, width=UNFOLDED)
    return f"---\n{written}---\n"


def _node(value: str | Sequence[str]) -> yaml.Node:
    if isinstance(value, str):
        return _scalar_node(value)
    return yaml.SequenceNode("tag:yaml.org,2002:seq", [_scalar_node(part) for part in value], flow_style=False)


def _scalar_node(text: str) -> yaml.Node:
    return yaml.ScalarNode("tag:yaml.org,2002:str", text, style='"' if RARE_LINE_END.search(text) else None)


def _compose(block: str) -> yaml.Node | None:
    loader = Loader(block)
    try:
        node: yaml.Node | None = loader.get_single_node()
    except yaml.YAMLError:
        paired = PAIR.sub(_join_pair, block)
        if paired == block:
            raise
        return _compose(paired)
    finally:
        loader.dispose()
    return node


def _join_pair(match: re.Match[str]) -> str:
    """Two escaped surrogates, as JSON writes a character beyond the basic plane, as YAML does."""
    code = 0x10000 + ((int(match[1], 16) - 0xD800) << 10) + int(match[2], 16) - 0xDC00
    return f"\\U{code:08x}"


def _refuse_traps(block: str, path: str) -> None:
    """Aliases can stand for gigabytes, and deep nesting overflows the parser's stack."""
    if "*" not in block and sum(map(block.count, "-?[{")) + block.count(":\n") < SAFE_MARKS:
        return
    depth = 0
    for event in yaml.parse(block, Loader=Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.AliasEvent):
            message = f"an alias (*{event.anchor}) is not read here: {REMEDIES[-2][1]}"
            raise InputError([Problem(path, _line(event), "", message, Severity.ERROR)])
        if depth > DEEPEST:
            message = f"lists inside lists more than {DEEPEST} deep: fields hold text or a list of texts"
            raise InputError([Problem(path, _line(event), "", message, Severity.ERROR)])


def _line(place: yaml.Node | yaml.Event) -> int:
    return (place.start_mark.line if place.start_mark else 0) + FIRST_LINE


def _convert(node: yaml.Node, path: str, problems: list[Problem]) -> Value:
    line = _line(node)
    if isinstance(node, yaml.ScalarNode):
        return Scalar(line, None if node.tag == "tag:yaml.org,2002:null" else node.value)
    if isinstance(node, yaml.SequenceNode):
        return Items(line, tuple(_convert(value, path, problems) for value in node.value))
    return Fields(line, tuple(_pairs(node, path, problems)))


def _pairs(node: yaml.Node, path: str, problems: list[Problem]) -> Iterator[tuple[str, int, Value]]:
    seen: dict[str, int] = {}
    for key, value in node.value:
        line = _line(key)
        if not isinstance(key, yaml.ScalarNode):
            problems.append(Problem(path, line, "", "a field's name must be a word", Severity.ERROR))
            continue
        name: str = key.value
        if name in seen:
            message = f"given twice, on lines {seen[name]} and {line}: keep one"
            problems.append(Problem(path, line, name, message, Severity.ERROR))
        seen[name] = line
        yield name, line, _convert(value, path, problems)


def _explain(error: yaml.YAMLError, block: str, path: str) -> Problem:
    said = f"{getattr(error, 'context', None) or ''} {getattr(error, 'problem', None) or getattr(error, 'reason', '')}"
    marks = (getattr(error, "problem_mark", None), getattr(error, "context_mark", None))
    if "quoted scalar" in said:
        marks = marks[::-1]
    mark = next((mark for mark in marks if mark is not None), None)
    lines = block.splitlines()
    number = min(mark.line, len(lines) - 1) if mark is not None else 0
    shown = lines[number].strip()[:80] if lines else ""
    remedy = next((remedy for part, remedy in REMEDIES if part in said), "check quotation marks and indentation")
    message = f"not YAML: {shown!r} ({' '.join(said.split())}): {remedy}"
    return Problem(path, number + FIRST_LINE, "", message, Severity.ERROR)
