"""What a word is: the same for the index in Python and for the query in JavaScript."""

import json
import unicodedata
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.search import Vocabulary
from sitegen.search.analyzer import RUN, count_words, fold, group_forms, name_key, normalize, split_run, words
from sitegen.search.stems import group_words
from sitegen.search.vocabulary import UNKNOWN
from sitegen.search.words import count_terms
from tests.search.archive import Note, make_archive
from tests.search.files import read_archive
from tests.search.node import run_node

UNICODE_OF_PYTHON_311 = [
    chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) not in {"Cn", "Cs", "Co"}
]


def assert_same_in_javascript(texts: list[str]) -> None:
    answers = run_node("analyze.mjs", texts)
    for text, answer in zip(texts, answers, strict=True):
        found = words(text)
        assert answer["words"] == found
        assert answer["folded"] == [fold(word) for word in found]
        assert answer["key"] == name_key(text)


def sample_texts(shared: Path) -> list[str]:
    files = sorted((shared / "samples").rglob("*.t[xs][tv]")) + sorted((shared / "seeds").iterdir())
    texts = [file.read_text("utf-8") for file in files]
    for name in ("strings", "xss", "commonmark"):
        lines = (shared / f"samples/hostile/{name}.jsonl").read_text("utf-8").splitlines()
        texts += [value for line in lines for value in json.loads(line).values() if isinstance(value, str)]
    return texts


def test_python_and_javascript_find_the_same_words_in_all_samples(shared: Path) -> None:
    texts = sample_texts(shared)
    assert sum(map(len, texts)) > 1_000_000
    assert_same_in_javascript(texts)


def test_python_and_javascript_agree_on_every_assigned_character() -> None:
    assert_same_in_javascript([f"a{char}b {char}" for char in UNICODE_OF_PYTHON_311])


def test_python_and_javascript_agree_on_mixed_text() -> None:
    texts: list[str] = []

    @given(st.lists(st.text(st.sampled_from(UNICODE_OF_PYTHON_311), max_size=40), max_size=20))
    def collect(found: list[str]) -> None:
        texts.extend(found)

    collect()
    assert_same_in_javascript(texts)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Covid-19 pukul 13:30", ["covid", "19", "pukul", "13", "30"]),
        ("ＦＵＬＬ ﬁn", ["full", "fin"]),
        ("北京大学2024年", ["北京", "京大", "大学", "2024", "年"]),
        ("กรุงเทพ", ["กร", "รุ", "ุง", "งเ", "เท", "ทพ"]),
        ("Ο ΟΔΟΣ", ["ο", "οδοσ"]),
        ("नमस्ते दुनिया", ["नमस्ते", "दुनिया"]),
        ("👍 — …", []),
    ],
)
def test_words_are_runs_of_letters_marks_and_digits(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [("élection", "election"), ("łódź", "lodz"), ("đường", "duong"), ("ёлка", "елка"), ("أَحْمَد", "احمد"), ("が", "が")],
)
def test_folding_drops_what_readers_leave_out(word: str, expected: str) -> None:
    assert fold(word) == expected


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    for word in words(text):
        assert fold(fold(word)) == fold(word)


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("id", "kemenangan menang"),
        ("ru", "выборы выборов"),
        ("en", "elections election"),
        ("tr", "seçimleri seçimi"),
        ("ar", "الانتخابات انتخابات"),
    ],
)
def test_inflected_forms_are_in_one_group(language: str, forms: str) -> None:
    first, second = words(forms)
    assert len(set(group_forms([first, second], language))) == 1


def test_a_word_is_kept_as_it_stands_and_grouped_without_its_accents() -> None:
    assert count_words("Việt Việt") == {"việt": 2}
    assert group_forms(["việt"], "vi") == ["viet"]


def test_a_word_is_in_the_groups_of_every_language_that_it_stands_in() -> None:
    notes = [Note("Menang", "Kemenangan", "id"), Note("Victory", "Kemenangan menang", "en")]
    archive = make_archive(notes)
    codes = [record.article.language.code for record in archive.records]
    vocabulary = Vocabulary()
    groups = group_words(read_archive(archive, vocabulary), codes, vocabulary)
    stems = {
        vocabulary.texts[term]: {vocabulary.texts[stem] for stem in own if stem != UNKNOWN}
        for term, own in zip(groups.terms.tolist(), groups.stems.tolist(), strict=True)
    }
    assert stems["kemenangan"] == {"kemenangan", "menang"}
    assert stems["menang"] == {"menang"}


@given(st.text(st.sampled_from("abZ0 -_'’–…\u00a0é北京дß")))
def test_counting_finds_what_words_finds(text: str) -> None:
    assert count_words(text) == Counter(words(text))
    assert Counter(count_terms(count_words(text)).elements()) == Counter(words(text))


@given(st.text(st.characters(max_codepoint=0x2FFF)))
def test_plain_text_is_read_the_quick_way_with_the_same_result(text: str) -> None:
    runs = RUN.findall(normalize(text))
    assert words(text) == [word for run in runs for word in split_run(run)]


def test_the_language_chooses_the_stemmer() -> None:
    assert group_forms(["kemenangan"], "id") == ["menang"]
    assert group_forms(["kemenangan"], "en") == ["kemenangan"]


def test_placed_words_cover_the_characters_they_are_made_of() -> None:
    [answer] = run_node("analyze.mjs", ["Pemilu di 北京大学, ÉLU 𠮷野家"])
    assert answer["placed"] == [
        ["pemilu", "Pemilu"],
        ["di", "di"],
        ["北京", "北京"],
        ["京大", "京大"],
        ["大学", "大学"],
        ["élu", "ÉLU"],
        ["𠮷野", "𠮷野"],
        ["野家", "野家"],
    ]
