"""The form of plain seeds: headline, source, byline and paragraphs, in their many layouts."""

import hashlib
import pickle
import time
from pathlib import Path

import pytest

from sitegen.model import Document, RawSeed, Span
from sitegen.seeds import find_seeds, parse_seed, read_seed

LIST_MARKS = ["- ", "* ", "• ", "1. "]


def parse(text: str, path: str = "a.txt") -> Document:
    content = text.encode()
    return parse_seed(RawSeed(path, content, hashlib.sha256(content).hexdigest())).document


def piece(document: Document, span: Span | None) -> str | None:
    return document.text[slice(*span)] if span is not None else None


def paragraphs(text: str) -> list[str | None]:
    document = parse(text)
    return [piece(document, span) for span in document.paragraphs]


def test_the_real_seed_is_taken_apart(shared: Path) -> None:
    folder = shared / "seeds"
    (file,) = find_seeds(folder).files
    document = parse_seed(read_seed(folder, file)).document
    assert piece(document, document.title) == (
        "Presiden Korut Kim Jong Un Beri Selamat pada Presiden Rusia Putin Atas Kemenangannya"
    )
    assert piece(document, document.source) == "sputniknews.com"
    assert document.byline is None
    assert len(document.paragraphs) == 10
    assert (piece(document, document.paragraphs[0]) or "").startswith("Pyongyang – Pemimpin Korea Utara")


def test_the_sample_articles_have_the_headline_and_source_that_people_found(shared: Path) -> None:
    import json

    folder = shared / "samples/news"
    gold = {line["file"]: line for line in map(json.loads, (folder / "gold.jsonl").read_text("utf-8").splitlines())}
    files = [file for file in find_seeds(folder).files if file.path in gold]
    assert len(files) == 120
    for file in files:
        document = parse_seed(read_seed(folder, file)).document
        assert piece(document, document.title) == gold[file.path]["title"]
        assert piece(document, document.source) == gold[file.path]["source"]
        assert document.byline is None
        assert len(document.paragraphs) == len([line for line in document.text.split("\n")[2:] if line.strip()])


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("- kompas.com", "kompas.com"),
        ("– kompas.com", "kompas.com"),
        ("— www.antaranews.com", "www.antaranews.com"),
        ("-kompas.com", "kompas.com"),
        ("kompas.com", "kompas.com"),
        ("Sumber: kompas.com", "kompas.com"),
        ("Sumber : Kantor Berita Antara", "Kantor Berita Antara"),
        ("SOURCE: https://www.bbc.co.uk/news/world-123?x=1", "www.bbc.co.uk"),
        ("- Antara News", "Antara News"),
        ("- москва.рф", "москва.рф"),
        ("- xn--80adxhks.xn--p1ai", "xn--80adxhks.xn--p1ai"),
    ],
)
def test_the_line_below_the_headline_names_the_source(line: str, source: str) -> None:
    for gap in ("\n", "\n\n"):
        document = parse(f"Judul{gap}{line}{gap}Jakarta – Isi.")
        assert piece(document, document.source) == source
        assert piece(document, document.title) == "Judul"
        assert [piece(document, span) for span in document.paragraphs] == ["Jakarta – Isi."]


@pytest.mark.parametrize(
    "line",
    [
        "Sunday, January 6, 2019",
        "Jakarta – Isi berita.",
        "- tiga orang tewas dalam kejadian itu",
        "Menurut kompas.com, harga naik.",
        "- Harga naik. Warga resah.",
    ],
)
def test_other_lines_below_the_headline_are_paragraphs(line: str) -> None:
    document = parse(f"Judul\n{line}\nLagi.")
    assert document.source is None
    assert piece(document, document.paragraphs[0]) == line


def test_a_list_below_the_headline_is_no_source() -> None:
    assert paragraphs("Judul\n- Satu\n- Dua\nIsi.") == ["- Satu", "- Dua", "Isi."]


def test_without_a_headline_the_source_is_not_taken_for_one() -> None:
    document = parse("\n\u200b\n- kompas.com\nIsi.")
    assert document.title is None
    assert piece(document, document.source) == "kompas.com"


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Oleh: Siti Aminah", "Siti Aminah"),
        ("Oleh Redaksi", "Redaksi"),
        ("Penulis : Budi Santoso dan Ani", "Budi Santoso dan Ani"),
        ("Reporter: Ani", "Ani"),
        ("PEWARTA: ANI", "ANI"),
        ("(Laporan: Ani)", "Ani"),
        ("By Jane van Dyke and John Doe", "Jane van Dyke and John Doe"),
        ("Laporan Siti Aminah", "Siti Aminah"),
    ],
)
def test_a_byline_is_found_at_the_head_and_at_the_foot(line: str, names: str) -> None:
    head = parse(f"Judul\n- kompas.com\n{line}\nIsi satu.\nIsi dua.")
    foot = parse(f"Judul\n- kompas.com\nIsi satu.\nIsi dua.\n{line}\n")
    above = parse(f"Judul\n{line}\n- kompas.com\nIsi satu.\nIsi dua.")
    for document in (head, foot, above):
        assert piece(document, document.byline) == names
        assert piece(document, document.source) == "kompas.com"
        assert [piece(document, span) for span in document.paragraphs] == ["Isi satu.", "Isi dua."]


@pytest.mark.parametrize(
    "line",
    [
        "By Friday the talks had ended.",
        "Oleh karena itu harga naik.",
        "Laporan itu terbit kemarin",
        "By 2030 Nobody Knows",
    ],
)
def test_a_sentence_that_begins_like_a_byline_is_a_paragraph(line: str) -> None:
    document = parse(f"Judul\n{line}\nIsi.\n{line}")
    assert document.byline is None
    assert len(document.paragraphs) == 3


def test_a_labelled_byline_above_the_credits_is_found() -> None:
    document = parse("Judul\nIsi.\n\nPewarta: Ani Lestari\nEditor: Budi\nCOPYRIGHT © ANTARA 2024")
    assert piece(document, document.byline) == "Ani Lestari"
    assert [piece(document, span) for span in document.paragraphs] == [
        "Isi.",
        "Editor: Budi",
        "COPYRIGHT © ANTARA 2024",
    ]


def test_lines_are_paragraphs_when_none_is_blank() -> None:
    assert paragraphs("Judul\nSatu.\nDua tanpa titik\nTiga.") == ["Satu.", "Dua tanpa titik", "Tiga."]


def test_lines_that_end_sentences_are_paragraphs_beside_blank_lines() -> None:
    assert paragraphs("Judul\n\nSatu kalimat.\nDua kalimat.\n\nTiga kalimat.\nEmpat.") == [
        "Satu kalimat.",
        "Dua kalimat.",
        "Tiga kalimat.",
        "Empat.",
    ]


def test_hard_wrapped_blocks_are_one_paragraph_each() -> None:
    text = (
        "Judul\n- kompas.com\n\nJakarta – Pemerintah mengumumkan rencana baru untuk\nmembangun jembatan di atas sungai "
        "itu, kata\nseorang pejabat. Pekerjaan dimulai tahun depan.\n\nWarga menyambut "
        "baik rencana itu karena jalan lama\n"
        "sudah sering macet.\n"
    )
    assert [len((part or "").splitlines()) for part in paragraphs(text)] == [3, 2]


def test_long_lines_beside_blank_lines_are_not_taken_for_wrapped() -> None:
    line = "Pemerintah mengumumkan rencana baru untuk membangun jembatan " * 3
    assert len(paragraphs(f"Judul\n\n{line}\n{line}\n\n{line}")) == 3


def test_short_independent_lines_are_not_joined() -> None:
    text = (
        "Judul\n\nHasil pertandingan\nPersib 2 Persija 1\nArema 0 PSM 0\n"
        "Borneo 3 Bali 2 di kandang sendiri malam ini\n\nSelesai."
    )
    assert len(paragraphs(text)) == 5


def test_a_wrapped_text_without_blank_lines_is_put_together_at_full_lines() -> None:
    text = (
        "Judul\n"
        "Pemerintah mengumumkan rencana baru untuk membangun jembatan\n"
        "di atas sungai itu, kata seorang pejabat kementerian kemarin\n"
        "malam di Jakarta seusai rapat yang berlangsung selama tujuh\n"
        "jam.\n"
        "Warga menyambut baik rencana itu karena jalan lama yang kini\n"
        "dipakai sudah sering macet dan rusak di beberapa tempat pada\n"
        "musim hujan.\n"
    )
    assert [(part or "")[:10] for part in paragraphs(text)] == ["Pemerintah", "Warga meny"]


@pytest.mark.parametrize("mark", LIST_MARKS)
def test_list_items_are_paragraphs_of_their_own_even_in_wrapped_text(mark: str) -> None:
    text = (
        "Judul\n\nPemerintah mengumumkan rencana\nbaru yang memuat tiga hal\n"
        f"{mark}jembatan di atas sungai\n{mark}jalan\n\nItu saja kata\npejabat itu."
    )
    assert [part for part in paragraphs(text) if (part or "").startswith(mark)] == [
        f"{mark}jembatan di atas sungai",
        f"{mark}jalan",
    ]


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_other_line_ends_are_line_ends(end: str) -> None:
    document = parse(end.join(["Judul", "- kompas.com", "Satu.", "", "Dua.", ""]))
    assert piece(document, document.title) == "Judul"
    assert piece(document, document.source) == "kompas.com"
    assert [piece(document, span) for span in document.paragraphs] == ["Satu.", "Dua."]


def test_one_line_is_a_headline_without_a_body() -> None:
    document = parse("Judul saja\n")
    assert piece(document, document.title) == "Judul saja"
    assert document.paragraphs == ()
    assert document.body == Span(len(document.text), len(document.text))


def test_a_document_travels_between_processes() -> None:
    parsed = parse("Judul\n- kompas.com\nIsi.")
    assert pickle.loads(pickle.dumps(parsed)) == parsed


@pytest.mark.parametrize("path", ["a.txt", "a.md"])
def test_ten_million_characters_on_one_line_are_no_trouble(path: str) -> None:
    started = time.process_time()
    document = parse("kata " * 2_000_000, path)
    assert time.process_time() - started < 2
    assert piece(document, document.title) == document.text.strip()


HOSTILE_LINES = [
    "* ",
    "[](",
    "![",
    "<a '\"",
    "<!--",
    "x <!--",
    "`a ``b ```c ",
    "](    ",
    "- ",
    "_a *b ",
    "&amp",
    "#",
    "> ",
    "|-",
    "www.a.",
    "a:b ",
]


@pytest.mark.parametrize("path", ["a.txt", "a.md"])
@pytest.mark.parametrize("part", HOSTILE_LINES)
def test_no_text_takes_more_than_linear_time(part: str, path: str) -> None:
    started = time.process_time()
    parse(part * (400_000 // len(part)), path)
    parse(f"x\n{part}" + " " * 400_000 + "x", path)
    assert time.process_time() - started < 3
