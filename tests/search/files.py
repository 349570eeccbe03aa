"""An archive -> the files of its search index."""

from collections.abc import Iterator

from sitegen.config import Settings
from sitegen.model import Archive, OutputFile, Unit
from sitegen.search import LARGE, index_archive


def index_files(archive: Archive, settings: Settings, large: int = LARGE) -> Iterator[OutputFile]:
    """Every file of the search index of an archive; see `index_archive` for `large`."""
    for piece in index_archive(archive, settings, large=large):
        for file in piece.make() if isinstance(piece, Unit) else (piece,):
            assert isinstance(file, OutputFile)
            yield file
