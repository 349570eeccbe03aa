"""An archive -> the files of its search index."""

from collections.abc import Iterator

from sitegen.config import Settings
from sitegen.model import Archive, OutputFile
from sitegen.search import (
    LARGE,
    Run,
    Vocabulary,
    cut_runs,
    gather_archive,
    gather_words,
    index_archive,
    number_words,
    read_words,
    sorted_columns,
)
from sitegen.search.columns import Columns, Gathered
from sitegen.search.vocabulary import Numbers


def read_archive(archive: Archive, vocabulary: Vocabulary) -> Gathered:
    """All that is to be indexed of an archive."""
    return gather_archive(archive, read_runs(archive, vocabulary), vocabulary)


def read_runs(archive: Archive, vocabulary: Vocabulary) -> list[Run[Numbers]]:
    """The runs of an archive's words."""
    runs = cut_runs([record.article.id for record in archive.records])
    words = (gather_words(read_words(archive.records[number].article) for number in run) for run in runs)
    return [number_words(run, vocabulary) for run in words]


def read_columns(archive: Archive) -> Columns:
    """The inverted index of an archive, in the order of lunr's."""
    vocabulary = Vocabulary()
    return sorted_columns(read_archive(archive, vocabulary), vocabulary)


def index_files(archive: Archive, settings: Settings, large: int = LARGE) -> Iterator[OutputFile]:
    """Every file of the search index of an archive; see `index_archive` for `large`."""
    vocabulary = Vocabulary()
    for unit in index_archive(archive, settings, read_runs(archive, vocabulary), vocabulary, large):
        for file in unit.make():
            assert isinstance(file, OutputFile)
            yield file
