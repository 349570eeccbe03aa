"""Turns an archive into what the search page loads: a root, shards of the index, and tables of what results show.

Every file but the root is named by what it is made from, and compressed by us, so that any static host serves it as it
is. It writes no page: the page at /search/ is planned with the others and loads these files.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from importlib.resources import files as resources

import numpy as np
import orjson

from sitegen.config import Settings
from sitegen.model import Archive, OutputFile, Unit
from sitegen.scripts import strip_comments
from sitegen.search.affixes import common_affixes
from sitegen.search.bits import sized
from sitegen.search.columns import Columns, Gathered, join
from sitegen.search.dictionary import arrange, name_ends
from sitegen.search.examples import choose_examples
from sitegen.search.fields import BOOSTS, Field
from sitegen.search.files import FOLDER, FORMAT, Files, pack_gzip
from sitegen.search.lexicon import cut_reversed, pack_block
from sitegen.search.names import gather_names
from sitegen.search.numbering import count_within
from sitegen.search.runs import Run, cut_runs, gather_words, number_words
from sitegen.search.shards import ShardedIndex, cut_shards
from sitegen.search.stems import Groups, group_words
from sitegen.search.tables import (
    Numbered,
    block_size,
    describe_columns,
    describe_names,
    number_names,
    pack_languages,
    pack_lengths,
    summary_blocks,
)
from sitegen.search.vocabulary import Numbers, Vocabulary
from sitegen.search.whole import K1, B, whole_index
from sitegen.search.words import WORDS_VERSION, ArticleWords, pack_words, read_words, unpack_words

__all__ = [
    "WORDS_VERSION",
    "ArticleWords",
    "Run",
    "Vocabulary",
    "cut_runs",
    "gather_words",
    "index_archive",
    "number_words",
    "pack_words",
    "read_words",
    "unpack_words",
]

ROOT = f"{FOLDER}/root.bin"
LUNR_INDEX = f"{FOLDER}/lunr-index.json"
LUNR_JS = "static/js/lunr.js"
LARGE = 16384


def index_archive(
    archive: Archive, settings: Settings, runs: Sequence[Run[Numbers]], vocabulary: Vocabulary, large: int = LARGE
) -> Iterator[Unit]:
    """Every file that the search page loads, below "search/", and lunr.js.

    Args:
        runs: what `gather_words` gives for each of `cut_runs`, in the order of records.
        vocabulary: has the words of the runs; what else is worked out comes into it.
        large: from how many articles on the lengths of texts are apart from the root, and with rare terms.
    """
    files = Files()
    codes = [record.article.language.code for record in archive.records]
    gathered = gather_archive(archive, runs, vocabulary)
    groups = group_words(gathered, codes, vocabulary)
    dictionary = arrange(groups, archive, vocabulary)
    columns = gathered.columns(dictionary.order, vocabulary.texts)
    numbered = number_names(archive)
    languages = np.array(numbered.language_of, np.int64)
    sharded = cut_shards(columns, dictionary, count_within(languages), with_lengths=columns.count >= large)
    texts = pack_languages(languages) + pack_lengths(columns.lengths[Field.TEXT])
    affixes = common_affixes(groups, vocabulary)
    root = describe_index(columns) | {
        "shards": add_shards(files, sharded),
        "backwards": add_backwards(files, backward_keys(groups, vocabulary)),
        "texts": files.add_content(texts) if columns.count >= large else "",
        **add_tables(files, archive, numbered, settings.language, affixes),
    }
    yield from files.units()
    yield Unit(b"", 1, (), partial(write_rest, root, sharded, b"" if columns.count >= large else texts))
    if settings.lunr_index:
        yield Unit(b"", len(archive.records), (), partial(write_lunr_index, archive, gathered, vocabulary))


def gather_archive(archive: Archive, runs: Sequence[Run[Numbers]], vocabulary: Vocabulary) -> Gathered:
    """All that is to be indexed of an archive; see `index_archive` for `runs`."""
    return join(runs, gather_names(archive, vocabulary))


def add_shards(files: Files, sharded: ShardedIndex) -> dict[str, object]:
    """The shards' first keys and names."""
    made_from = zip(sharded.shards, sharded.older.made_from(sharded.shards), strict=True)
    names = [files.add(content, partial(pack_shard, sharded, shard)) for shard, content in made_from]
    return {"keys": sharded.separators(), "names": "".join(names)}


def pack_shard(sharded: ShardedIndex, lines: range) -> tuple[bytes, bytes]:
    """A shard's parts."""
    return sharded.older.read(lines).pack()


def backward_keys(groups: Groups, vocabulary: Vocabulary) -> set[str]:
    """What is looked through backwards: words without accents, names, and what names end in."""
    keys = {vocabulary.texts[number] for number in groups.folded.tolist()}
    return keys | name_ends(keys)


def add_backwards(files: Files, keys: Iterable[str]) -> dict[str, object]:
    """The first keys and the names of the blocks of reversed keys."""
    blocks = list(cut_reversed(keys))
    names = [files.add(orjson.dumps(block), partial(pack_block, block)) for block in blocks]
    return {"keys": [block[0] for block in blocks], "names": "".join(names)}


def add_tables(
    files: Files, archive: Archive, numbered: Numbered, language: str, affixes: list[tuple[str, str]]
) -> dict[str, object]:
    """What results show, what unknown words may be forms of, what helps, and what filters compare."""
    size = block_size(len(archive.records))
    names = describe_names(archive, numbered, language) | {
        "blocks": "".join(files.add(some.made_from(), some.pack) for some in summary_blocks(archive, numbered, size)),
        "affixes": affixes,
        "examples": choose_examples(archive),
    }
    return {
        "summaries": size,
        "names": files.add_content(orjson.dumps(names)),
        "columns": files.add_content(orjson.dumps(describe_columns(archive, numbered))),
    }


def write_rest(root: dict[str, object], sharded: ShardedIndex, texts: bytes) -> Iterator[OutputFile]:
    """The root, with what travels with it, and lunr.js."""
    recent = b"".join(sharded.read_recent().pack())
    yield OutputFile(ROOT, pack_gzip(*map(sized, (orjson.dumps(root), recent, texts))))
    yield OutputFile(LUNR_JS, read_lunr_js().encode())


def write_lunr_index(archive: Archive, gathered: Gathered, vocabulary: Vocabulary) -> Iterator[OutputFile]:
    """The whole index in lunr's own form, with what its references stand for: the articles by number."""
    documents = [{"url": record.url, "title": record.article.title} for record in archive.records]
    yield OutputFile(
        LUNR_INDEX, orjson.dumps(whole_index(sorted_columns(gathered, vocabulary)) | {"documents": documents})
    )


def sorted_columns(gathered: Gathered, vocabulary: Vocabulary) -> Columns:
    """The inverted index in the order of lunr's."""
    terms = gathered.terms()
    return gathered.columns(terms[np.argsort(vocabulary.ranks()[terms])], vocabulary.texts)


def read_lunr_js() -> str:
    """lunr.js 2.3.9 as the mkdocs package carries it, less its comments (four fifths of it) except the licence.

    It makes the global `lunr` also where it is imported as a module, in which `this` is nothing.
    """
    script = resources("mkdocs").joinpath("contrib/search/templates/search/lunr.js").read_text("utf-8")
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
