"""Turns an archive into what the search page loads: the index, the dictionary of forms, and what results show.

It writes no page: the page at /search/ is planned with the others and loads these files.
"""

from collections.abc import Iterator
from importlib.resources import files

import orjson

from sitegen.config import Settings
from sitegen.model import Archive, OutputFile
from sitegen.search.analyzer import Analyzer
from sitegen.search.describe import choose_examples, describe_aliases, describe_records, describe_terms
from sitegen.search.fields import FieldReader
from sitegen.search.whole import build_whole

FOLDER = "search"
LUNR_JS = "static/js/lunr.js"


def index_archive(archive: Archive, settings: Settings) -> Iterator[OutputFile]:
    """Every file that the search page loads, below "search/", and lunr.js."""
    yield OutputFile(LUNR_JS, files("mkdocs").joinpath("contrib/search/templates/search/lunr.js").read_bytes())
    analyzer = Analyzer()
    reader = FieldReader(analyzer, archive.terms)
    whole = build_whole(reader.read(record) for record in archive.records)
    yield OutputFile(f"{FOLDER}/index.json", orjson.dumps(whole))
    root = {
        "count": len(archive.records),
        "language": settings.language,
        "terms": describe_terms(archive, settings.language),
        "examples": choose_examples(archive),
        "records": describe_records(archive),
        "stems": {form: sorted(analyzer.stems[form]) for form in sorted(analyzer.stems)},
        "aliases": describe_aliases(archive),
    }
    yield OutputFile(f"{FOLDER}/root.json", orjson.dumps(root))
