"""A document as a whole -> an article: what is stated wins, the unknown is left open, equal text comes out equal."""

import json
import os
import pickle
import shutil
import subprocess
import sys
import time
import unicodedata
from pathlib import Path

import html5lib
import pytest

from sitegen import versions
from sitegen.model import EntityType, Mention, Span
from sitegen.understand import RULES_VERSION, understand, version
from sitegen.understand.body_text import FORBIDDEN
from sitegen.understand.words import count_words, split_words
from tests.understanding import article_of, document_of

STATED = """---
id: berita-1
title: Judul yang dinyatakan
date: 2021-02
language: en
source: warta.example
dateline: Bandung
byline: [Ana Ayu, Budi]
attribution: [Reuters, kabar.example]
tags: [Banjir]
entities:
  - name: Partai Padi
    type: organization
  - Presiden Ratu Ayu
  - name: Tak Disebut
    type: place
---

Jakarta (20/3/2024) - Partai Padi menang, melansir Antara. PartaiPadi dan Partai Padinya lain. Partai Padi!
"""
LONG = "Warga kota itu bekerja sama membersihkan sungai supaya banjir tidak datang lagi pada musim hujan. "


def test_everything_that_is_stated_wins_over_the_text() -> None:
    article = article_of(STATED, "article.md")
    assert (article.id, article.title, article.words > 0) == ("berita-1", "Judul yang dinyatakan", True)
    assert (article.language.code, article.language.method) == ("en", "stated")
    assert article.published is not None
    assert (article.published.date, article.published.method) == ("2021-02", "stated")
    assert article.source is not None
    assert (article.source.name, article.source.domain, article.source.span) == ("warta.example", "warta.example", None)
    assert article.dateline is not None
    assert (article.dateline.text, article.dateline.span) == ("Bandung", None)
    assert article.byline == ("Ana Ayu", "Budi")
    assert [(one.name, one.domain) for one in article.attribution] == [
        ("Reuters", None),
        ("kabar.example", "kabar.example"),
    ]
    assert article.keywords == ()


def test_stated_entities_are_mentioned_where_the_text_spells_them() -> None:
    article = article_of(STATED, "article.md")
    spelled = [article.document.prose[slice(*one.span)] for one in article.mentions if one.name == "Partai Padi"]
    assert spelled == ["Partai Padi", "Partai Padi"]
    assert {(one.name, one.type, one.rule) for one in article.mentions} == {
        ("Partai Padi", EntityType.ORGANIZATION, "stated"),
        ("Presiden Ratu Ayu", EntityType.PERSON, "stated"),
        ("Tak Disebut", EntityType.PLACE, "stated"),
    }


def test_a_stated_entity_that_the_text_never_names_is_kept_at_the_head_of_the_body() -> None:
    article = article_of(STATED, "article.md")
    (mention,) = [one for one in article.mentions if one.name == "Tak Disebut"]
    assert mention.span == Span(article.document.body.start, article.document.body.start)
    assert f'data-mention="{article.mentions.index(mention)}"' not in article.body


def test_stated_entities_replace_what_would_be_found_even_when_there_are_none() -> None:
    body = "Presiden Vladimir Putin tiba di Jakarta, kata Presiden Vladimir Putin."
    assert article_of(f"Judul\n\n{body}").mentions
    assert article_of(f"---\ntitle: Judul\nentities: []\n---\n\n{body}", "a.md").mentions == ()


@pytest.mark.parametrize(
    ("body", "name", "type"),
    [
        ("Hari ini Presiden Karto Wulung tiba.", "Karto Wulung", EntityType.PERSON),
        ("Hari ini PT Karto Wulung tutup.", "PT Karto Wulung", EntityType.ORGANIZATION),
        ("Banjir merendam Kabupaten Wulungan kemarin.", "Kabupaten Wulungan", EntityType.PLACE),
        ("Kesebelasan WKSJ menang.", "WKSJ", EntityType.ORGANIZATION),
        ("Ia berkunjung ke Indonesia.", "Indonesia", EntityType.PLACE),
    ],
)
def test_the_type_of_a_stated_entity_is_told_by_what_is_known_or_written_round_it(
    body: str, name: str, type: EntityType
) -> None:
    article = article_of(f"---\ntitle: Judul\nlanguage: id\nentities: [{name}]\n---\n\n{body}", "a.md")
    assert [(one.name, one.type) for one in article.mentions] == [(name, type)]


def test_a_longer_stated_name_hides_a_shorter_one_inside_it() -> None:
    text = "---\ntitle: J\nentities: [Dewan Kota, Ketua Dewan Kota]\n---\n\nKetua Dewan Kota dan Dewan Kota."
    article = article_of(text, "a.md")
    spelled = sorted(article.document.prose[slice(*one.span)] for one in article.mentions)
    assert spelled == ["Dewan Kota", "Ketua Dewan Kota"]


def test_stated_names_in_scripts_without_spaces_are_found_inside_sentences() -> None:
    text = "---\ntitle: T\nlanguage: zh\nentities:\n  - name: 北京\n    type: place\n---\n\n他昨天在北京发表讲话。"
    assert [one.span.end - one.span.start for one in article_of(text, "a.md").mentions] == [2]


def test_what_nothing_supports_is_left_open() -> None:
    article = article_of("Judul saja")
    assert (article.title, article.published, article.source, article.dateline) == ("Judul saja", None, None, None)
    assert (article.byline, article.attribution, article.words, article.body) == ((), (), 0, "")


def test_the_title_is_on_one_line_and_without_markup() -> None:
    assert article_of("# **Banjir**  di _Kota_\n\nIsi.", "a.md").title == "Banjir di Kota"
    assert article_of("Banjir\x01\tdi   Kota\n\nIsi.").title == "Banjir\u2401 di Kota"


def test_a_byline_in_the_text_is_parted_into_names() -> None:
    assert article_of(f"Judul\n- warta.example\nOleh: Ana Ayu dan Budi\n\n{LONG}").byline == ("Ana Ayu", "Budi")


def test_keywords_are_frequent_words_of_content_and_never_names() -> None:
    article = article_of(f"Banjir merendam kota\n\nPresiden Vladimir Putin datang. {LONG * 3}")
    words = [word for word, _ in article.keywords]
    assert words[0] == "banjir"
    assert {"sungai", "membersihkan sungai"} <= set(words)
    assert not {"yang", "dan", "itu", "putin", "vladimir", "pada"} & set(words)
    weights = [weight for _, weight in article.keywords]
    assert weights == sorted(weights, reverse=True)
    assert len(words) <= 40


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("Kim Jong-un's 3.5 anak-anak", 4),
        ("東京で会った。", 3),
        ("ประเทศไทย ok", 6),
        ("सरकार ने कहा", 3),
        ("…!?", 0),
    ],
)
def test_words_are_counted_in_any_script(text: str, count: int) -> None:
    assert count_words([text], len(split_words(text))) == count


HOSTILE = {
    "nothing": ".",
    "signs": "🙂🙂🙂\n\n🙂 !!! ???",
    "capitals": ("BANJIR\n\n" + LONG * 5).upper(),
    "small": ("banjir\n\n" + LONG * 5).lower(),
    "no language": "gjkdf\n\n" + "gfdkj dfgjkdf qqxz " * 50,
    "digits": "1\n\n" + "12 " * 20_000,
    "dates": "T\n\n" + "20 Maret 2024, " * 5_000,
    "dates without a year": "T\n\n" + "Selasa (15/11) 1991, Rabu (3/4) 2022, " * 5_000,
    "citations": "T\n\n" + "melansir Kompas kepada " * 5_000,
    "capital words": "T\n\n" + "Kata Budi Ana " * 10_000,
    "brackets": "T\n\n" + "(((" * 50_000,
    "bidi": "T\u202e\n\n\u202eBudi\u2066 Ana\u2069 Ayu",
    "combining": "T\n\n" + "a" + "\u0301" * 50_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_any_text_is_understood_in_bounded_time(name: str) -> None:
    document = document_of(HOSTILE[name])
    start = time.process_time()
    article = understand(document)
    assert time.process_time() - start < 5
    for mention in article.mentions:
        assert isinstance(mention, Mention)
        assert mention.span.start <= mention.span.end


def test_a_text_in_capitals_or_in_no_known_language_is_understood_as_far_as_it_goes() -> None:
    loud = "JAKARTA, RABU (20/3/2024) - PRESIDEN JOKO WIDODO TIBA DI JAKARTA, MELANSIR ANTARA. "
    article = article_of(f"JUDUL BESAR\n- warta.example\n{loud * 3}")
    assert article.published is not None
    assert article.published.date == "2024-03-20"
    assert article.dateline is not None
    assert article.dateline.text == "JAKARTA"
    assert [one.name for one in article.attribution] == ["ANTARA"]
    strange = article_of("gjkdf\n\nqxz blorp 20/3/2024 fnord\n" + "gfdkj dfgjkdf qqxz " * 50)
    assert strange.language.code == "und"
    assert strange.keywords == ()


def test_a_line_of_a_million_characters_is_understood_in_bounded_time() -> None:
    document = document_of("Judul\n\n" + (LONG * 11_000)[:1_000_000])
    start = time.process_time()
    article = understand(document)
    assert time.process_time() - start < 20
    assert len(article.body) > 999_000
    assert article.language.code == "id"


def test_articles_travel_between_processes() -> None:
    article = article_of(STATED, "article.md")
    assert pickle.loads(pickle.dumps(article)) == article


@pytest.mark.parametrize("path", ["a.txt", "a.md"])
def test_the_same_text_gives_the_same_article_whatever_the_hash_seed(path: str) -> None:
    program = (
        "import sys; from tests.understanding import article_of; "
        "a = article_of(sys.stdin.read(), sys.argv[1]); sys.stdout.write(repr((a.keywords, a.mentions, a.attribution, "
        "a.published, a.body)))"
    )
    text = f"Banjir kota dan sungai\n\n{LONG * 2} Hujan deras, melansir Antara, Rabu, 20 Maret 2024, kata TASS."
    shown = {
        subprocess.run(
            [sys.executable, "-c", program, path],
            input=text, text=True, capture_output=True, check=True, cwd=Path(__file__).parents[1],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(shown) == 1


def test_the_version_of_the_rules_changes_with_any_of_their_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "sitegen"
    shutil.copytree(versions.PACKAGE, package, ignore=shutil.ignore_patterns("__pycache__", "static", "templates"))
    monkeypatch.setattr(versions, "PACKAGE", package)

    def fresh() -> str:
        versions.version_of.cache_clear()
        return version.rules_version()

    seen = {fresh()}
    for name in (
        "understand/dates.py",
        "understand/media.txt",
        "data/authority.tsv",
        "model/article.py",
        "authority.py",
    ):
        with (package / name).open("a") as file:
            file.write("\n")
        seen.add(fresh())
    assert len(seen) == 6
    (package / "cli.py").write_text("")
    assert fresh() in seen
    monkeypatch.undo()
    assert fresh() == RULES_VERSION


def visible(text: str) -> str:
    return "".join(char for char in text if not char.isspace() and unicodedata.category(char) != "Cf")


def test_hostile_strings_are_shown_as_they_are(shared: Path) -> None:
    lines = (shared / "samples" / "hostile" / "strings.jsonl").read_text("utf-8").splitlines()
    texts = [next(value for key, value in json.loads(line).items() if key != "id") for line in lines]
    assert len(texts) > 500
    for text in texts:
        article = article_of(f"Judul\n\nx {text}")
        assert article.title == "Judul"
        if not FORBIDDEN.search(text):
            body = html5lib.parseFragment(article.body, namespaceHTMLElements=False)
            assert visible("".join(body.itertext())) == visible(f"x {text}")


def test_dates_of_real_articles_are_answered_where_stated_and_only_there(shared: Path) -> None:
    news = shared / "samples" / "news"
    stated, right, answered, invented, silent = 0, 0, 0, 0, 0
    for row in map(json.loads, (news / "gold.jsonl").read_text("utf-8").splitlines()):
        if row["date_evidence"] not in {"full", "none"}:
            continue
        found = article_of((news / row["file"]).read_text("utf-8"), row["file"]).published
        day = found.date if found and found.precision == "day" else None
        if row["date_evidence"] == "full":
            stated, answered, right = stated + 1, answered + bool(day), right + (day == row["date"][:10])
        else:
            silent, invented = silent + 1, invented + bool(day)
    assert answered >= 0.9 * stated
    assert right >= 0.95 * answered
    assert invented <= 0.05 * silent
