"""In which words two near-copies differ."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.model import Article
from sitegen.pages.differences import (
    LONGEST_STRETCH,
    MOST_PASSAGES,
    PARAGRAPH,
    WORDS_COMPARED,
    Differences,
    compare,
    words_of,
)
from tests.archives import Story, make_archive

FEW_WORDS = st.lists(st.sampled_from(["gempa", "Cianjur", "siang", "di", "<b>"]), max_size=6).map(" ".join)


def article(title: str, *paragraphs: str) -> Article:
    [record] = make_archive([Story(title=title, paragraphs=paragraphs)]).records
    return record.article


def said(differences: Differences, *kinds: str) -> list[str]:
    """The words of all stretches of these kinds."""
    return [
        word for passage in differences.passages for kind, text in passage if kind in kinds for word in text.split()
    ]


def test_what_each_text_has_alone_is_told_apart_with_some_words_around() -> None:
    here = article("Gempa", "Gempa mengguncang Cianjur pada Senin siang.", "Tiga orang terluka.")
    there = article("Gempa", "Gempa mengguncang Cianjur pada Selasa siang.", "Tiga orang terluka.")
    [passage] = compare(here, there).passages
    assert [stretch for stretch in passage if stretch.kind != "same"] == [("there", "Selasa"), ("here", "Senin")]
    assert passage[0] == ("same", f"Gempa {PARAGRAPH} Gempa mengguncang Cianjur pada")


@settings(deadline=None)
@given(FEW_WORDS, FEW_WORDS)
def test_a_reader_can_tell_both_texts_from_what_is_shown(mine: str, its: str) -> None:
    here, there = article("", mine), article("", its)
    differences = compare(here, there)
    if words_of(here) == words_of(there):
        assert differences.passages == ()
    else:
        assert said(differences, "same", "here") == words_of(here)
        assert said(differences, "same", "there") == words_of(there)


@pytest.mark.parametrize(
    ("mine", "its"),
    [
        ("gempa " * 200_000, "gempa " * 199_999),
        ("gempa " * 200_000, "gempa siang " * 100_000),
        (" ".join(f"kata{n}" for n in range(200_000)), " ".join(f"kata{n * 7919 % 200_000}" for n in range(200_000))),
        (" ".join(f"a{n}" for n in range(2000)), " ".join(f"a{n}" if n % 20 else "b" for n in range(2000))),
        ("gempa", ""),
    ],
    ids=["one word", "two words", "shuffled", "many passages", "nothing"],
)
def test_however_long_the_texts_little_is_shown(mine: str, its: str) -> None:
    differences = compare(article("Gempa", mine), article("Gempa", its))
    assert len(differences.passages) <= MOST_PASSAGES
    assert len(said(differences, "same", "here", "there")) < 3 * MOST_PASSAGES * LONGEST_STRETCH
    assert differences.is_whole == (len(mine.split()) < WORDS_COMPARED)
    assert (differences.more > 0) == (mine.startswith("a0"))
