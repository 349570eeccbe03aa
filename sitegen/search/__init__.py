"""Turns an archive into what the search page loads: a root, shards of the index, and tables of what results show.

Every file but the root is named by its content, and compressed by us, so that any static host serves it as it is. It
writes no page: the page at /search/ is planned with the others and loads these files.
"""

import hashlib
import zlib
from base64 import b32encode
from collections.abc import Iterable, Iterator
from functools import partial
from importlib.resources import files
from itertools import pairwise

import numpy as np
import orjson

from sitegen.config import Settings
from sitegen.model import Archive, OutputFile, Unit
from sitegen.scripts import strip_comments
from sitegen.search.analyzer import fold
from sitegen.search.bits import sized
from sitegen.search.columns import Columns, gather
from sitegen.search.dictionary import arrange, common_affixes
from sitegen.search.examples import choose_examples
from sitegen.search.fields import BOOSTS, Field, FieldReader, key_names
from sitegen.search.lexicon import cut_reversed
from sitegen.search.postings import count_within
from sitegen.search.shards import cut_shards
from sitegen.search.stems import group_words
from sitegen.search.tables import (
    block_size,
    describe_columns,
    describe_names,
    number_names,
    pack_languages,
    pack_lengths,
    summary_blocks,
)
from sitegen.search.whole import K1, B, whole_index
from sitegen.search.words import WORDS_VERSION, ArticleWords, read_words

__all__ = ["WORDS_VERSION", "ArticleWords", "index_archive", "read_words"]

FOLDER = "search"
ROOT = f"{FOLDER}/root.bin"
LUNR_INDEX = f"{FOLDER}/lunr-index.json"
LUNR_JS = "static/js/lunr.js"
NAME_LENGTH = 8
SHARD_WEIGHT = 1
"""How much work a file is, in pages of articles."""
GZIP = 16 + zlib.MAX_WBITS
FORMAT = 2
LARGE = 16384


def index_archive(
    archive: Archive,
    settings: Settings,
    words: Iterable[ArticleWords] | None = None,
    large: int = LARGE,
) -> Iterator[OutputFile | Unit]:
    """Every file that the search page loads, below "search/", and lunr.js; each that is named by its content, a unit.

    Args:
        words: what `read_words` gives for each record's article, in the order of records; None reads them now.
        large: from how many articles on the lengths of texts are apart from the root, and with rare terms.
    """
    yield OutputFile(LUNR_JS, read_lunr_js().encode())
    columns, groups = gather_archive(archive, words)
    units: dict[str, Unit] = {}

    def publish(*parts: bytes) -> str:
        name = content_name(*parts)
        units[name] = Unit(
            f"{name} {zlib.ZLIB_RUNTIME_VERSION}".encode(), SHARD_WEIGHT, (), partial(compress, name, parts)
        )
        return name

    apart = columns.count >= large
    numbered, size = number_names(archive), block_size(columns.count)
    languages = np.array([numbered.languages[record.article.language.code] for record in archive.records], np.int64)
    dictionary = arrange(columns, groups, archive)
    shards, recent = cut_shards(columns, dictionary, count_within(languages), with_lengths=apart)
    backwards = list(cut_reversed({fold(term) for term in columns.terms}))
    names = describe_names(archive, numbered, settings.language) | {
        "blocks": "".join(map(publish, summary_blocks(archive, numbered, size)))
    }
    texts = pack_languages(languages) + pack_lengths(columns.lengths[Field.TEXT])
    root = describe_index(columns) | {
        "shards": {
            "keys": separators([(shard.first, shard.last) for shard in shards]),
            "names": "".join(publish(shard.lines, shard.postings) for shard in shards),
        },
        "backwards": {"keys": [first for first, _ in backwards], "names": "".join(publish(b) for _, b in backwards)},
        "texts": publish(texts) if apart else "",
        "summaries": size,
        "names": publish(orjson.dumps(names)),
        "columns": publish(orjson.dumps(describe_columns(archive, numbered))),
        "affixes": common_affixes(groups, (record.article.language.code for record in archive.records)),
        "examples": choose_examples(archive),
    }
    yield from units.values()
    parts = (orjson.dumps(root), recent.lines + recent.postings, b"" if apart else texts)
    yield OutputFile(ROOT, pack_gzip(*map(sized, parts)))
    if settings.lunr_index:
        yield OutputFile(LUNR_INDEX, orjson.dumps(whole_index(columns) | {"documents": describe_documents(archive)}))


def describe_documents(archive: Archive) -> list[dict[str, str]]:
    """What lunr's references stand for: the articles by number."""
    return [{"url": record.url, "title": record.article.title} for record in archive.records]


def gather_archive(
    archive: Archive, words: Iterable[ArticleWords] | None = None
) -> tuple[Columns, dict[str, tuple[str, ...]]]:
    """The inverted index of an archive, and the groups of each of its words; see `index_archive` for `words`."""
    reader = FieldReader(key_names(archive.terms))
    every = words if words is not None else (read_words(record.article) for record in archive.records)
    columns = gather(reader.read(record, own) for record, own in zip(archive.records, every, strict=True))
    return columns, group_words(columns, [record.article.language.code for record in archive.records])


def read_lunr_js() -> str:
    """lunr.js 2.3.9 as the mkdocs package carries it, less its comments (four fifths of it) except the licence.

    It makes the global `lunr` also where it is imported as a module, in which `this` is nothing.
    """
    script = files("mkdocs").joinpath("contrib/search/templates/search/lunr.js").read_text("utf-8")
    return (
        strip_comments(script)
        .replace("}(this, function", "}(globalThis, function")
        .replace("})(this)", "})(globalThis)")
    )


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
    }


def content_name(*parts: bytes) -> str:
    """What a file of these parts is called."""
    return b32encode(hashlib.sha256(b"".join(parts)).digest()).decode("ascii").lower()[:NAME_LENGTH]


def compress(name: str, parts: tuple[bytes, ...]) -> tuple[OutputFile]:
    """The parts as one file."""
    return (OutputFile(f"{FOLDER}/{name}.bin", pack_gzip(*parts)),)


def pack_gzip(*parts: bytes) -> bytes:
    """Parts of one file in gzip's form; each begins a block of its own, for texts and numbers are coded differently."""
    compressor = zlib.compressobj(9, zlib.DEFLATED, GZIP)
    packed = [compressor.compress(part) + compressor.flush(zlib.Z_BLOCK) for part in parts[:-1]]
    return b"".join((*packed, compressor.compress(parts[-1]), compressor.flush()))


def separators(ranges: list[tuple[str, str]]) -> list[str]:
    """For each shard, the shortest text that sorts after the shard before it and not after its first key."""
    cuts = [""] if ranges else []
    for (_, last), (first, _) in pairwise(ranges):
        same = next((place for place, char in enumerate(first) if last[place : place + 1] != char), len(first))
        cuts.append(first[: same + 1])
    return cuts
