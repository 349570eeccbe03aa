"""Who published an article, who wrote it, where it was filed from, and whom it cites."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.model import Citation, EntityType, Mention, Span
from sitegen.understand.attribution import find_attribution
from sitegen.understand.byline import split_byline
from sitegen.understand.dateline import find_dateline
from tests.understanding import article_of, document_of


def cited(text: str, language: str = "id") -> list[str]:
    return [citation.name for citation in find_attribution(text, language, (), None)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Harga naik, melansir NK News, Rabu, 20 Maret 2024.", ["NK News"]),
        ("Kantor Berita Pusat Korea (KCNA) memuat laporan singkat.", ["KCNA"]),
        ("Seperti dikutip dari Kompas.com, Selasa (3/4), ia setuju.", ["Kompas.com"]),
        ("Harga naik, mengutip detik.com Selasa.", ["detik.com"]),
        ("Ia setuju, melansir Antara Rabu (3/4).", ["Antara"]),
        ("Harga naik seperti dilaporkan KCNA.", ["KCNA"]),
        ("Menurut laporan Reuters, harga naik.", ["Reuters"]),
        ("kata Menteri itu kepada Reuters, Senin.", ["Reuters"]),
        ("kata dia kepada kantor berita Yonhap.", ["Yonhap"]),
        ("Dilansir dari laman CNN Indonesia, ia setuju.", ["CNN Indonesia"]),
        ("Stasiun TV Al Manar melaporkan serangan itu.", ["Al Manar"]),
        ("He told Reuters on Monday.", ["Reuters"]),
        ("The governor told CNN Philippines the towns were damaged.", ["CNN Philippines"]),
        ("State press agency PAP has reported five deaths.", ["PAP"]),
        (
            "The BBC also reported that he was safe, but Gazeta Wyborcza later reported more.",
            ["BBC", "Gazeta Wyborcza"],
        ),
        ("ただ毎日新聞や読売新聞によると、増加は続く。", ["毎日新聞", "読売新聞"]),
        ("朝日新聞、産経新聞の1月6日の報道によると、決まった。", ["朝日新聞", "産経新聞"]),
        ("日経新聞はこのことを「速報なし」と報じた。日経新聞は一月に移転する。", ["日経新聞"]),
        ("Prices rose, according to the New York Times.", ["New York Times"]),
        ("The Washington Post reported that prices rose.", ["The Washington Post"]),
        ("as reported by The Hindu Business Line, prices rose", ["The Hindu Business Line"]),
        ("LONDON (Reuters) - Oil prices rose.", ["Reuters"]),
        ("selon l'AFP, les prix montent", ["AFP"]),
        ("Цены выросли, сообщает ТАСС со ссылкой на министерство.", ["ТАСС"]),
        ("الأسعار ارتفعت نقلا عن رويترز أمس", ["رويترز"]),
        ("架空新聞、架空通信によると、3日、物価が上がった。", ["架空新聞", "架空通信"]),
        ("据新华社报道，物价上涨。", ["新华社"]),
        ("연합뉴스에 따르면 물가가 올랐다.", ["연합뉴스"]),
    ],
)
def test_a_cited_medium_is_found(text: str, names: list[str]) -> None:
    assert cited(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "Ia mengutip Presiden Sukarno dalam pidatonya.",
        "Harga naik, kata Menteri kepada Presiden Putin.",
        "Serangan itu dilaporkan Polres Bogor pada Senin.",
        "according to John Smith, who lives in Boston",
        "Menurut Budi, harga naik.",
        "Reuters berdiri pada 1851.",
        "ia melansir lagu baru",
    ],
)
def test_persons_offices_and_bare_names_are_not_cited_media(text: str) -> None:
    assert cited(text) == []


def test_media_that_the_article_draws_on_come_before_those_it_tells_of() -> None:
    assert cited("KCNA melaporkan peluncuran itu. Peluncuran gagal, melansir NK News.") == ["NK News", "KCNA"]


def test_a_medium_cited_twice_counts_once_and_the_publisher_never() -> None:
    text = "Menurut laporan Reuters, harga naik. Demikian kata dia kepada Reuters. Melansir Warta.example, turun."
    own = Citation("warta.example", "warta.example", None, "head", 0.99)
    assert [one.name for one in find_attribution(text, "id", (), own)] == ["Reuters"]


def test_a_name_known_to_be_a_person_is_no_medium() -> None:
    text = "Ia mengutip Chairil Anwar dalam pidato."
    span = Span(text.index("Chairil"), text.index(" dalam"))
    mention = Mention(span, "Chairil Anwar", EntityType.PERSON, "", 0.9, "cue")
    assert find_attribution(text, "id", (mention,), None) == ()
    assert cited(text) == ["Chairil Anwar"]


def test_the_span_of_a_citation_is_what_the_text_says() -> None:
    text = "Warga resah, melansir www.Warta-Kota.example, Senin."
    (citation,) = find_attribution(text, "id", (), None)
    assert text[slice(*citation.span)] == "www.Warta-Kota.example" if citation.span else False
    assert citation.domain == "warta-kota.example"


@given(
    st.text(alphabet=st.sampled_from("melansir Kompas kepada (KCNA) ,.\n\"'Şİß新聞によると told TASS "), max_size=200)
)
def test_any_text_can_be_searched_for_citations(text: str) -> None:
    for citation in find_attribution(text, "id", (), None):
        assert citation.span is not None
        assert citation.name
        assert citation.name in text


@pytest.mark.parametrize(
    ("head", "place"),
    [
        ("Pyongyang – Pemimpin itu", "Pyongyang"),
        ("JAKARTA, Rabu (15/8) - Presiden", "JAKARTA"),
        ("Jakarta (26/12/2004) - Gempa", "Jakarta"),
        ("LONDON (Reuters) - Oil prices", "LONDON"),
        ("Jakarta, warta.example - Presiden", "Jakarta"),
        ("Warta.example, Jakarta - Presiden", "Jakarta"),
        ("WASHINGTON, Feb 26 - The president", "WASHINGTON"),
        ("NEW YORK, March 3, 2020 -- Stocks", "NEW YORK"),
        ("BEIJING/SEOUL, Oct 3 (Reuters) - China", "BEIJING"),
        ("Washington, D.C. — The president", "Washington"),
        ("St. Petersburg - Residents", "St. Petersburg"),
        ("МОСКВА, 12 июня. Президент", "МОСКВА"),
        ("КИЇВ, 3 травня — Президент", "КИЇВ"),
    ],
)
def test_a_dateline_is_read_as_written(head: str, place: str) -> None:
    document = document_of(f"Judul\n\n{head} dan seterusnya begitu adanya.")
    dateline = find_dateline(document, ())
    assert dateline is not None
    assert dateline.span is not None
    assert (dateline.text, document.text[slice(*dateline.span)]) == (place, place)


@pytest.mark.parametrize(
    "head",
    [
        "Presiden Joko Widodo - orang nomor satu -",
        "Jakarta-Bandung adalah jalur",
        "In 2019 - the year of the vote -",
        "Reuters - Oil prices rose",
        "Harga beras naik lagi",
        "القاهرة - وقال الرئيس",
    ],
)
def test_other_openings_are_no_datelines(head: str) -> None:
    assert find_dateline(document_of(f"Judul\n\n{head} dan seterusnya."), ()) is None


def test_what_is_known_of_a_name_settles_whether_it_is_a_place() -> None:
    document = document_of("Judul\n\nالقاهرة - وقال الرئيس إن")
    start = document.paragraphs[0].start
    place = Mention(Span(start, start + 7), "القاهرة", EntityType.PLACE, "kairo", 0.9, "gazetteer")
    dateline = find_dateline(document, (place,))
    assert dateline is not None
    assert dateline.text == "القاهرة"
    document = document_of("Judul\n\nGojek - Perusahaan itu tumbuh pesat.")
    start = document.paragraphs[0].start
    company = Mention(Span(start, start + 5), "Gojek", EntityType.ORGANIZATION, "", 0.9, "cue")
    assert find_dateline(document, (company,)) is None


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Budi Santoso", ("Budi Santoso",)),
        ("Budi Santoso, Ani Dewi dan Wira", ("Budi Santoso", "Ani Dewi", "Wira")),
        ("Ann Lee and Bob  Ray & Cy", ("Ann Lee", "Bob Ray", "Cy")),
        ("Anders Andersson", ("Anders Andersson",)),
        (" , ", ()),
    ],
)
def test_a_byline_is_parted_into_names(line: str, names: tuple[str, ...]) -> None:
    assert split_byline(line) == names


def test_the_real_seed_cites_nk_news_and_kcna(shared_seed: str) -> None:
    article = article_of(shared_seed, "000_22c53a7ddbce3348.txt")
    assert [one.name for one in article.attribution] == ["NK News", "KCNA"]
    assert article.source is not None
    assert (article.source.name, article.source.domain) == ("sputniknews.com", "sputniknews.com")
    assert article.dateline is not None
    assert article.dateline.text == "Pyongyang"
    assert article.published is not None
    assert article.published.date == "2024-03-20"
    assert article.published.confidence >= 0.9
    assert article.published.evidence is not None
    assert article.document.text[slice(*article.published.evidence)] == "Rabu, 20 Maret 2024"
    assert article.language.code == "id"


@pytest.fixture
def shared_seed(shared: Path) -> str:
    return (shared / "seeds" / "000_22c53a7ddbce3348.txt").read_text("utf-8")
