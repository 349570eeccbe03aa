"""Turns an archive into what the search page loads: a root, shards of the index, and tables of what results show.

Every file but the root is named by its content, and compressed by us, so that any static host serves it as it is. It
writes no page: the page at /search/ is planned with the others and loads these files.
"""

import gzip
import hashlib
import re
from base64 import b32encode
from collections.abc import Iterable, Iterator
from importlib.resources import files
from itertools import pairwise

import orjson

from sitegen.config import Settings
from sitegen.model import Archive, OutputFile
from sitegen.search.analyzer import Analyzer, fold
from sitegen.search.columns import Columns, gather
from sitegen.search.dictionary import arrange, common_affixes
from sitegen.search.examples import choose_examples
from sitegen.search.fields import BOOSTS, Field, FieldReader, key_names
from sitegen.search.lexicon import cut_reversed
from sitegen.search.shards import cut_shards, inlines_lengths
from sitegen.search.tables import block_size, describe_columns, pack_lengths, summary_blocks
from sitegen.search.whole import K1, B

FOLDER = "search"
ROOT = f"{FOLDER}/root.bin"
LUNR_JS = "static/js/lunr.js"
NAME_LENGTH = 8
BLOCK_COMMENTS = re.compile(r"^[ \t]*/\*(?:(?!\*/)(?!@license)[\s\S])*\*/[ \t]*\n", re.MULTILINE)
LINE_COMMENTS = re.compile(r"^[ \t]*//.*\n", re.MULTILINE)
BLANK_LINES = re.compile(r"\n\s*\n")
FORMAT = 1
LENGTH_GROUPS = ((Field.TITLE, Field.TEXT), (Field.ENTITY, Field.TAG, Field.SOURCE))
"""Fields whose lengths are in one file: a query for words needs no lengths of names."""


def index_archive(archive: Archive, settings: Settings) -> Iterator[OutputFile]:
    """Every file that the search page loads, below "search/", and lunr.js."""
    yield OutputFile(LUNR_JS, read_lunr_js().encode())
    analyzer = Analyzer()
    reader = FieldReader(analyzer, key_names(archive.terms))
    columns = gather(reader.read(record) for record in archive.records)
    lines = arrange(columns, analyzer.groups, archive)
    shards = [(shard.first, shard.last, compress(shard.content)) for shard in cut_shards(columns, lines)]
    backwards = [(first, compress(content)) for first, content in cut_reversed({fold(term) for term in columns.terms})]
    size = block_size(columns.count)
    blocks = [compress(orjson.dumps(block)) for block in summary_blocks(archive, size)]
    tables = compress(orjson.dumps(describe_columns(archive, settings.language)))
    lengths = [compress(pack_lengths(columns.lengths[field] for field in group)) for group in LENGTH_GROUPS]
    places = list(BOOSTS)
    root = describe_index(columns) | {
        "shards": {
            "keys": separators([(first, last) for first, last, _ in shards]),
            "names": name(f for *_, f in shards),
        },
        "backwards": {"keys": [first for first, _ in backwards], "names": name(file for _, file in backwards)},
        "summaries": {"size": size, "names": name(blocks)},
        "lengths": {
            "groups": [[places.index(field) for field in group] for group in LENGTH_GROUPS],
            "names": name(lengths),
        },
        "columns": name([tables]),
        "affixes": common_affixes(analyzer.groups, (record.article.language.code for record in archive.records)),
        "examples": choose_examples(archive),
    }
    parts = [*(file for *_, file in shards), *(file for _, file in backwards), *blocks, tables, *lengths]
    yield from {file.path: file for file in parts}.values()
    yield OutputFile(ROOT, gzip.compress(orjson.dumps(root), mtime=0))


def read_lunr_js() -> str:
    """lunr.js 2.3.9 as the mkdocs package carries it, less its comments (four fifths of it) except the licence."""
    script = files("mkdocs").joinpath("contrib/search/templates/search/lunr.js").read_text("utf-8")
    return BLANK_LINES.sub("\n", LINE_COMMENTS.sub("", BLOCK_COMMENTS.sub("", script)))


def describe_index(columns: Columns) -> dict[str, object]:
    """What scoring needs to know of the whole index."""
    return {
        "format": FORMAT,
        "count": columns.count,
        "fields": list(BOOSTS),
        "boosts": list(BOOSTS.values()),
        "averages": [int(columns.lengths[field].sum()) / max(columns.count, 1) for field in BOOSTS],
        "k1": K1,
        "b": B,
        "inline": inlines_lengths(columns),
    }


def compress(content: bytes) -> OutputFile:
    """`content` as a file that is named by it."""
    named = b32encode(hashlib.sha256(content).digest()).decode("ascii").lower()[:NAME_LENGTH]
    return OutputFile(f"{FOLDER}/{named}.bin", gzip.compress(content, mtime=0))


def name(parts: Iterable[OutputFile]) -> str:
    """The names of files, one after the other without their folder and ending."""
    return "".join(part.path[len(FOLDER) + 1 : len(FOLDER) + 1 + NAME_LENGTH] for part in parts)


def separators(ranges: list[tuple[str, str]]) -> list[str]:
    """For each shard, the shortest text that sorts after the shard before it and not after its first key."""
    cuts = [""] if ranges else []
    for (_, last), (first, _) in pairwise(ranges):
        same = next((place for place, char in enumerate(first) if last[place : place + 1] != char), len(first))
        cuts.append(first[: same + 1])
    return cuts
