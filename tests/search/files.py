"""An archive -> the files of its search index."""

from collections.abc import Iterator

from sitegen.config import Settings
from sitegen.model import Archive, OutputFile
from sitegen.search import LARGE, Run, cut_runs, gather_words, index_archive, read_words


def read_runs(archive: Archive) -> list[Run]:
    """The runs of an archive's words."""
    runs = cut_runs([record.article.id for record in archive.records])
    return [gather_words(read_words(archive.records[number].article) for number in run) for run in runs]


def index_files(archive: Archive, settings: Settings, large: int = LARGE) -> Iterator[OutputFile]:
    """Every file of the search index of an archive; see `index_archive` for `large`."""
    for unit in index_archive(archive, settings, read_runs(archive), large):
        for file in unit.make():
            assert isinstance(file, OutputFile)
            yield file
