"""Markdown seeds: what is prose in them, where their title and body lie."""

import hashlib

import pytest

from sitegen.model import Document, RawSeed, SeedFormat, Span
from sitegen.seeds import parse_seed

FRONT = "---\ntitle: Judul\n---\n"


def raw(text: str, path: str = "a.md") -> RawSeed:
    content = text.encode()
    return RawSeed(path, content, hashlib.sha256(content).hexdigest())


def parse(text: str) -> Document:
    return parse_seed(raw(text)).document


def read(document: Document, span: Span | None) -> str | None:
    """The prose of a stretch, with white space evened out."""
    return " ".join(document.prose[slice(*span)].split()) if span is not None else None


def paragraphs(body: str) -> list[str | None]:
    document = parse(FRONT + body)
    assert len(document.prose) == len(document.text)
    return [read(document, span) for span in document.paragraphs]


@pytest.mark.parametrize(
    ("markdown", "prose"),
    [
        ("Kata *miring*, **tebal**, ***keduanya*** dan _lagi_.", "Kata miring , tebal , keduanya dan lagi ."),
        ("Kata ***satu** dua* tiga.", "Kata satu dua tiga."),
        ("## Bahasa C\\#", "Bahasa C #"),
        ("5 * 3 dan snake_case dan *tidak selesai", "5 * 3 dan snake_case dan *tidak selesai"),
        ("Lihat [situs kami](https://a.b/c?d=1 'judul') kini.", "Lihat situs kami kini."),
        ("Lihat [kosong]() dan [kurung](a(b)c).", "Lihat kosong dan kurung ."),
        ("Foto ![seekor kucing](kucing.jpg) lucu.", "Foto seekor kucing lucu."),
        ("[1] dan [Update] tinggal.", "[1] dan [Update] tinggal."),
        ("Sebuah [rujukan][a] dan [a].\n\n[a]: https://x.y", "Sebuah rujukan dan a ."),
        ("Alamat <https://a.b/c> dan <x@y.z> hilang.", "Alamat dan hilang."),
        ("Alamat https://a.b/c tinggal.", "Alamat https://a.b/c tinggal."),
        ('Ini <b class="x>y">tebal</b><br/> dan <!-- rahasia --> lagi.', "Ini tebal dan lagi."),
        ("Satu <script>alert('dua')</script> tiga.", "Satu tiga."),
        ("Panggil `kode *ini*` atau ``ko`de`` saja.", "Panggil atau saja."),
        ("Satu ` dua `` tiga.", "Satu ` dua `` tiga."),
        ("Bintang \\*asli\\* dan \\[kurung\\].", "Bintang *asli * dan [kurung ]."),
        ("R&amp;D caf&eacute; &lt;b> &tidakada;", "R& D caf\u00e9 < b> &tidakada;"),
        ("a &#8238; &#0; b", "a \ufffd b"),
    ],
)
def test_marks_inside_a_paragraph_are_no_prose(markdown: str, prose: str) -> None:
    assert paragraphs(markdown)[:1] == [prose]


def test_every_kind_of_block_is_a_paragraph_of_its_own() -> None:
    body = (
        "Pembuka\ndua baris.\n\n## Bagian *satu* ##\n- butir\n- butir dua\n  lanjut\n  1. dalam\n\n> Kutipan\n"
        "> lanjut\n>\n> > Lagi\n\n| a | b |\n|---|:-:|\n| c | d \\| e |\n\nSetext\n------\n\n***\n\nAkhir.\n"
    )
    assert paragraphs(body) == [
        "Pembuka dua baris.",
        "Bagian satu",
        "butir",
        "butir dua lanjut",
        "dalam",
        "Kutipan lanjut",
        "Lagi",
        "a b",
        "c d | e",
        "Setext",
        "Akhir.",
    ]


@pytest.mark.parametrize(
    "code",
    [
        "```python\nkode = [1]\n\nlagi\n```",
        "~~~\n``` masih\n~~~~",
        "    kode menjorok\n\n    lagi",
        "\tkode",
        "```\ntidak ditutup",
        "<!-- komentar\n\nlagi -->",
        "<script>\nlet a;\n</script>",
        "<style>\n\np {}\n</style>",
        "[a]: https://x.y 'z'",
        "---",
    ],
)
def test_code_and_hidden_markup_are_no_prose(code: str) -> None:
    assert paragraphs(f"Satu.\n\n{code}") == ["Satu."]
    if not code.endswith("ditutup"):
        assert paragraphs(f"Satu.\n\n{code}\n\nDua.") == ["Satu.", "Dua."]


def test_a_number_that_ends_a_sentence_begins_no_list() -> None:
    assert paragraphs("Gunung itu meletus pada tahun\n1883. Banyak yang tewas.") == [
        "Gunung itu meletus pada tahun 1883. Banyak yang tewas."
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("title", ["# Judul *besar*", "Judul besar\n===========", "Judul besar", "# Judul besar #"])
def test_without_front_matter_the_first_line_is_the_title(title: str, end: str) -> None:
    document = parse(f"\n{title}\n\n- kompas.com\n\nOleh: Ani\n\nIsi *satu*.\n".replace("\n", end))
    assert read(document, document.title) == ("Judul besar")
    assert read(document, document.source) == "kompas.com"
    assert read(document, document.byline) == "Ani"
    assert [read(document, span) for span in document.paragraphs] == ["Isi satu ."]
    assert document.text[slice(*document.body)] == "Isi *satu*."


@pytest.mark.parametrize("heading", ["# Judul", "Judul\n====="])
def test_a_body_that_repeats_the_title_begins_below_it(heading: str) -> None:
    document = parse(f"{FRONT}\n{heading}\n\nIsi.\n")
    assert document.text[slice(*document.body)] == "Isi."
    assert read(document, document.title) == "Judul"
    assert [read(document, span) for span in document.paragraphs] == ["Isi."]


def test_a_heading_that_is_not_the_title_belongs_to_the_body() -> None:
    document = parse(f"{FRONT}\n# Latar\n\nIsi.\n")
    assert document.title is None
    assert document.text[slice(*document.body)] == "# Latar\n\nIsi."


def test_where_front_matter_states_no_title_the_first_heading_is_it() -> None:
    document = parse("---\ndate: 2024\n---\n# Judul\n\nIsi.\n")
    assert read(document, document.title) == "Judul"
    assert document.text[slice(*document.body)] == "Isi."


def test_where_front_matter_states_no_title_a_paragraph_is_none() -> None:
    document = parse("---\ndate: 2024\n---\nIsi panjang.\n")
    assert document.title is None
    assert [read(document, span) for span in document.paragraphs] == ["Isi panjang."]


def test_an_indent_at_the_start_of_the_body_is_kept() -> None:
    document = parse(f"{FRONT}\n    kode\n\nIsi.")
    assert document.text[slice(*document.body)] == "    kode\n\nIsi."


def test_front_matter_is_no_prose() -> None:
    document = parse(f"{FRONT}Isi.")
    assert document.prose.split() == ["Isi."]
    assert document.format is SeedFormat.MARKDOWN


def test_a_correction_speaks_for_the_seed_whose_bytes_stay() -> None:
    correction = raw("---\ntitle: Benar\nsource: b.com\n---\n\nIsi benar.\n", "2021/a.md")
    seed = RawSeed("2021/a.txt", b"Salah\n- a.com\nIsi.", "0", correction)
    document = parse_seed(seed).document
    assert document.seed is seed
    assert document.stated.title == "Benar"
    assert document.stated.source == "b.com"
    assert [read(document, span) for span in document.paragraphs] == ["Isi benar."]
    assert document.format is SeedFormat.MARKDOWN
