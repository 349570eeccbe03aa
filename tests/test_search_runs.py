"""Runs of articles: what is gathered of one is kept, and how they are cut shows nowhere."""

from hypothesis import given
from hypothesis import strategies as st

from sitegen.config import Settings
from sitegen.model import OutputFile
from sitegen.search import Vocabulary, cut_runs, gather_words, index_archive, number_words, read_words
from tests.search.archive import make_archive
from tests.search.corpus import make_notes
from tests.search.files import index_files

IDS = [f"{number:010}" for number in range(5000)]


def cut(ids: list[str]) -> set[tuple[str, ...]]:
    return {tuple(ids[run.start : run.stop]) for run in cut_runs(ids)}


@given(st.integers(0, len(IDS)))
def test_one_article_more_changes_one_run_or_parts_it(place: int) -> None:
    before, after = cut(IDS), cut([*IDS[:place], "another", *IDS[place:]])
    assert len(before) > 10
    assert len(before - after) <= 1
    assert len(after - before) <= 2


def test_runs_cover_all_articles_in_order() -> None:
    assert [number for run in cut_runs(IDS) for number in run] == list(range(len(IDS)))
    assert cut_runs([]) == [range(0)]


def test_however_runs_are_cut_and_whatever_was_read_before_the_index_is_the_same() -> None:
    notes = list(make_notes(90))
    vocabulary = Vocabulary()
    for count in (90, 60):
        archive = make_archive(notes[90 - count :])
        words = [read_words(record.article) for record in archive.records]
        parted = [gather_words(words[start : start + 7]) for start in range(0, count, 7)]
        runs = [number_words(run, vocabulary) for run in parted]
        made = [
            (file.path, file.content)
            for unit in index_archive(archive, Settings(), runs, vocabulary)
            for file in unit.make()
            if isinstance(file, OutputFile)
        ]
        assert made == [(file.path, file.content) for file in index_files(archive, Settings())]
        vocabulary = Vocabulary.unpack(vocabulary.pack())
