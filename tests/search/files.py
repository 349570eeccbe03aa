"""An archive -> the files of its search index."""

from collections.abc import Iterator

from sitegen.config import Settings
from sitegen.model import Archive, OutputFile, Unit
from sitegen.search import index_archive


def index_files(archive: Archive, settings: Settings) -> Iterator[OutputFile]:
    """Every file of the search index of an archive."""
    for piece in index_archive(archive, settings):
        for file in piece.make() if isinstance(piece, Unit) else (piece,):
            assert isinstance(file, OutputFile)
            yield file
