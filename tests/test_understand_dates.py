"""When an article was published, as far as its text says so."""

import datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sitegen.model import Dating, Precision
from sitegen.understand import dates_fit
from sitegen.understand.dates_found import find_dates
from sitegen.understand.dates_weighed import WEIGHTS_FILE, fitted
from tests.understanding import article_of

LONG = " Hujan turun sejak pagi di sebagian besar wilayah itu dan warga diminta berhati-hati di jalan yang licin."


def published(body: str) -> Dating | None:
    return article_of(f"Judul berita\n- warta.example\n{body}").published


@pytest.mark.parametrize(
    ("written", "language", "date"),
    [
        ("Rabu, 20 Maret 2024", "id", "2024-03-20"),
        ("Jum'at, 1 Nop 2019", "id", "2019-11-01"),
        ("Senin (25/10/2021)", "id", "2021-10-25"),
        ("17 Agt 2020", "id", "2020-08-17"),
        ("26/12/2004", "id", "2004-12-26"),
        ("11-12 Januari 2020", "id", "2020-01-12"),
        ("Ahad, 3 Mac 2019", "ms", "2019-03-03"),
        ("31 Ogos 2015", "ms", "2015-08-31"),
        ("Sunday, January 6, 2019", "en", "2019-01-06"),
        ("Sept. 3, 2015", "en", "2015-09-03"),
        ("22nd of March, 2012", "en", "2012-03-22"),
        ("10/22/2018", "en", "2018-10-22"),
        ("2024-03-20", "en", "2024-03-20"),
        ("le 1er septembre 2012", "fr", "2012-09-01"),
        ("mercredi 20 mars 2024", "fr", "2024-03-20"),
        ("20 de marzo de 2024", "es", "2024-03-20"),
        ("segunda-feira, 5 de março de 2012", "pt", "2012-03-05"),
        ("mercoledì 20 marzo 2024", "it", "2024-03-20"),
        ("Mittwoch, den 20. März 2024", "de", "2024-03-20"),
        ("woensdag 20 maart 2024", "nl", "2024-03-20"),
        ("20 Ağustos 2012", "tr", "2012-08-20"),
        ("среда, 20 марта 2024 г.", "ru", "2024-03-20"),
        ("20 марта 2024 года, в среду", "ru", "2024-03-20"),
        ("20 березня 2024 року", "uk", "2024-03-20"),
        ("Τετάρτη 20 Μαρτίου 2024", "el", "2024-03-20"),
        ("la 28-a de julio, 2020", "eo", "2020-07-28"),
        ("الأربعاء 20 مارس 2024", "ar", "2024-03-20"),
        ("٢٠ مارس ٢٠٢٤", "ar", "2024-03-20"),
        ("20 آذار/مارس 2024", "ar", "2024-03-20"),
        ("12 كانون الثاني 2020", "ar", "2020-01-12"),
        ("20 मार्च 2024", "hi", "2024-03-20"),
        ("20 มีนาคม 2567", "th", "2024-03-20"),
        ("20 במרץ 2024", "he", "2024-03-20"),
        ("Thứ Tư, ngày 20 tháng 3 năm 2024", "vi", "2024-03-20"),
        ("2018年6月12日", "zh", "2018-06-12"),
        ("平成22年5月25日", "ja", "2010-05-25"),
        ("2024년 3월 20일", "ko", "2024-03-20"),
    ],
)
def test_a_date_is_read_as_its_language_writes_it(written: str, language: str, date: str) -> None:
    found = find_dates(f"xx {written} yy", language)
    assert [f"{one.year:04}-{one.month:02}-{one.day:02}" for one in found] == [date]


@pytest.mark.parametrize(
    "text", ["87% suara", "75 tahun", "Rp 12.500", "pukul 13.30", "skor 3-1", "2018/2019", "31/02/2021", "No. 5/2019"]
)
def test_other_numbers_are_no_dates(text: str) -> None:
    assert not [one for one in find_dates(f"Jumlahnya {text} saja", "id") if one.is_full]


@pytest.mark.parametrize(
    ("written", "language"),
    [
        ("31 Februari 2021", "id"),
        ("29 Februari 2023", "id"),
        ("99/99/9999", "id"),
        ("00/00/0000", "id"),
        ("2024-13-45", "id"),
        ("1 Januari 0000", "id"),
        ("1 Januari 99999", "id"),
        ("March 1, 99999", "en"),
        ("2021年2月31日", "ja"),
        ("1403/1/1", "fa"),
        ("20/03/9999", "th"),
    ],
)
def test_days_that_do_not_exist_and_years_out_of_reach_are_no_dates_at_all(written: str, language: str) -> None:
    assert [one for one in find_dates(f"xx {written} yy", language) if one.year or one.day] == []


@pytest.mark.parametrize(
    ("written", "language", "date"),
    [
        ("๒๐ มีนาคม ๒๕๖๗", "th", "2024-03-20"),
        ("20/03/2567", "th", "2024-03-20"),
        ("20 มีนาคม พ.ศ. 2567", "th", "2024-03-20"),
        ("٢٠/٣/٢٠٢٤", "ar", "2024-03-20"),
        ("२० मार्च २०२४", "hi", "2024-03-20"),
        ("20/3/24", "id", "2024-03-20"),
        ("20-03-99", "id", "1999-03-20"),
        ("RABU, 20 MARET 2024", "id", "2024-03-20"),
        ("29 Februari 2024", "id", "2024-02-29"),
        ("20 Maret 2024", "und", "2024-03-20"),
    ],
)
def test_other_digits_eras_short_years_and_capitals_are_read(written: str, language: str, date: str) -> None:
    assert [one.iso for one in find_dates(f"xx {written} yy", language)] == [date]


def test_the_weekday_tells_day_and_month_apart_in_english() -> None:
    (found,) = find_dates("on Wednesday 3/4/2019 they", "en")
    assert (found.month, found.day, found.swapped) == (4, 3, False)
    (found,) = find_dates("on 3/4/2019 they", "en")
    assert found.swapped


def test_the_weekday_belongs_to_the_evidence() -> None:
    text = "katanya, Rabu (20/3/2024), di sana"
    (found,) = find_dates(text, "id")
    assert text[slice(*found.span)] == "Rabu (20/3/2024)"
    assert found.weekday_agrees


@given(
    st.dates(datetime.date(1900, 1, 1), datetime.date(2090, 12, 31)), st.sampled_from(["id", "en", "fr", "ru", "ja"])
)
@example(datetime.date(2024, 2, 29), "id")
def test_every_date_as_cldr_writes_it_in_full_is_found_with_its_weekday(date: datetime.date, language: str) -> None:
    from babel.dates import format_date

    (found,) = find_dates(f"xx {format_date(date, 'full', locale=language)}.", language)
    assert (found.year, found.month, found.day) == (date.year, date.month, date.day)
    assert found.weekday_agrees


@given(st.text(max_size=300), st.sampled_from(["id", "en", "ja", "ar", "und"]))
def test_any_text_can_be_searched_for_dates(text: str, language: str) -> None:
    for found in find_dates(text, language):
        assert 0 <= found.span.start < found.span.end <= len(text)
        datetime.date(found.year or 2000, found.month, found.day or 1)


@pytest.mark.parametrize(
    ("body", "date"),
    [
        ("Rabu, 20 Maret 2024\nPresiden tiba di Jakarta." + LONG, "2024-03-20"),
        (
            "Presiden tiba di Jakarta." + LONG + "\nHujan reda, melansir Warta, Rabu, 20 Maret 2024." + LONG,
            "2024-03-20",
        ),
        ("Jakarta (26/12/2004) - Gempa mengguncang Aceh." + LONG, "2004-12-26"),
        (
            "12 octobre 2012. - C'est aujourd'hui que la fusée doit partir du centre spatial, selon le comité.",
            "2012-10-12",
        ),
        ("JAKARTA, Rabu (20/3/2024) - Presiden tiba." + LONG, "2024-03-20"),
        ('"Kami siap," kata Menteri, Senin (25/10/2021).' + LONG, "2021-10-25"),
        ("Tercatat 5 orang meninggal hingga Rabu (26/12/2018) pukul 13.00 WIB." + LONG, "2018-12-26"),
        ("Keputusan dibacakan Rabu malam, 20 Maret 2024." + LONG, "2024-03-20"),
        ("Москва – 12 апреля 1961 года, в среду, впервые в истории человек поднялся в космос.", "1961-04-12"),
        ("新加坡2018年6月12日消息：双方领导人会晤，这是第一次会面，随后共进午餐。", "2018-06-12"),
        ("21 septembre 2012, France. - Selon une étude publiée hier, les rats sont malades.", "2012-09-21"),
        ("เมื่อวันอังคารที่ 8 สิงหาคม พ.ศ. 2510 รัฐมนตรีห้าประเทศร่วมลงนามในปฏิญญากรุงเทพฯ", "1967-08-08"),
        ("Pertemuan berlangsung hari ini (20/3/2024) di Bogor." + LONG, "2024-03-20"),
        ("The talks ended on Monday." + LONG + "\nPublished: 5 March 2012 at 10:15", "2012-03-05"),
    ],
)
def test_a_date_that_stands_where_newspapers_put_theirs_is_the_publication_date(body: str, date: str) -> None:
    dating = published(body)
    assert dating is not None
    assert (dating.date, dating.precision, dating.method) == (date, Precision.DAY, "text")
    assert dating.confidence >= 0.5


@pytest.mark.parametrize(
    "body",
    [
        "Presiden tiba pada hari Senin." + LONG,
        "September lalu ia berkunjung, dan bulan lalu pulang." + LONG,
        "He was born on August 4, 1961 in Hawaii and studied law." + LONG,
        "Perang berlangsung sejak 7 Oktober 2023." + LONG,
        "Ia lahir di Solo, 21 Juni 1961, dan menjadi wali kota." + LONG,
        "Pameran akan dibuka pada 5 Mei 2025." + LONG,
        "Undang-undang itu disahkan pada 14 Januari 1998 oleh parlemen." + LONG,
        "Pada 2016 penduduknya 30.000 jiwa." + LONG,
        "The yesterday's storm left 12 dead." + LONG,
        "See https://example.org/blog/2014/04/30/other-things for more." + LONG,
        "— Someone (@someone) November 30, 2013\n" + LONG,
    ],
)
def test_dates_of_other_things_and_relative_dates_are_not_taken(body: str) -> None:
    dating = published("Sesuatu terjadi di kota itu menurut warga." + LONG + "\n" + body)
    assert dating is None


def test_a_weekday_that_disagrees_with_its_date_lowers_confidence() -> None:
    right, wrong = published("Kata dia, Rabu (20/3/2024)." + LONG), published("Kata dia, Kamis (20/3/2024)." + LONG)
    assert right is not None
    assert wrong is None or wrong.confidence < right.confidence


def test_the_year_of_a_day_and_month_comes_from_its_weekday() -> None:
    dating = published("Kata dia, Selasa (15/11), di Bali." + LONG + "\nCOPYRIGHT WARTA 2022")
    assert dating is not None
    assert (dating.date, dating.precision) == ("2022-11-15", Precision.DAY)
    assert "after who said it" in dating.signs
    assert published("Kata dia, Selasa (15/11), di Bali." + LONG) is None


def test_a_copyright_note_gives_its_year_to_a_dateline_without_weekday_and_never_against_one() -> None:
    note = LONG + "\n© Warta 2022"
    dating = published("JAKARTA, 15/11 - Presiden tiba." + note)
    assert dating is not None
    assert dating.date == "2022-11-15"
    other = published("JAKARTA, Rabu (15/11) - Presiden tiba." + note)
    assert other is not None
    assert other.date == "2022", "15 November 2022 was a Tuesday"


def test_a_copyright_note_gives_the_year_and_a_line_of_its_own_the_month() -> None:
    year = published("Hujan turun." + LONG + "\nCOPYRIGHT © WARTA 2022")
    assert year is not None
    assert (year.date, year.precision) == ("2022", Precision.YEAR)
    month = published("Maret 2024\nHujan turun." + LONG)
    assert month is not None
    assert (month.date, month.precision) == ("2024-03", Precision.MONTH)


def test_a_list_of_sources_at_the_end_gives_the_month_only() -> None:
    body = "首相は会見で方針を述べた。\n" + "新しい計画について詳しい説明があった。\n" * 6
    dating = published(body + "『会見の要旨』。\n架空新聞、2008年7月1日。\n『詳報』。\n架空通信、2008年6月30日。")
    assert dating is not None
    assert (dating.date, dating.precision) == ("2008-07", Precision.MONTH)


def test_a_stated_date_wins_over_the_text() -> None:
    text = "---\ntitle: Judul\ndate: 2020-05-05\n---\n\nRabu, 20 Maret 2024\n\nHujan turun."
    dating = article_of(text, "article.md").published
    assert dating is not None
    assert (dating.date, dating.method, dating.evidence) == ("2020-05-05", "stated", None)


def test_the_evidence_is_where_the_text_states_the_date() -> None:
    article = article_of("Judul berita\n- warta.example\nRabu, 20 Maret 2024\nHujan turun." + LONG)
    assert article.published is not None
    assert article.published.evidence is not None
    assert article.document.text[slice(*article.published.evidence)] == "Rabu, 20 Maret 2024"


def test_a_day_without_a_year_is_kept_for_the_archive_only_where_the_text_knows_no_day() -> None:
    day = article_of("Judul\n- warta.example\nJAKARTA, Selasa (15/11) - Presiden tiba." + LONG).yearless
    assert day is not None
    assert (day.month, day.day, day.weekday) == (11, 15, 1)
    assert day.confidence >= 0.5
    assert article_of("Judul\n- warta.example\nRabu, 20 Maret 2024\nRapat Selasa (15/11)." + LONG).yearless is None
    assert article_of("Judul\n- warta.example\nIa lahir pada 15 November." + LONG).yearless is None


def test_the_weights_are_those_that_the_training_articles_give() -> None:
    examples = list(dates_fit.read_examples(dates_fit.ARTICLES.read_text("utf-8")))
    assert len(examples) > 250
    assert dates_fit.write_fitted(dates_fit.fit(examples)) == WEIGHTS_FILE.read_text("utf-8")


def test_answers_to_articles_that_the_weights_have_not_seen_are_as_sure_as_they_are_right() -> None:
    answers = dates_fit.answer_unseen(list(dates_fit.read_examples(dates_fit.ARTICLES.read_text("utf-8"))))
    weights = fitted()
    given = [
        (sure, one.right) for one in answers if (sure := dates_fit.chance(one.odds, *weights[1:3])) >= weights.enough
    ]
    right, sure = sum(one for _, one in given) / len(given), sum(one for one, _ in given) / len(given)
    assert right >= dates_fit.RIGHT_ENOUGH
    assert abs(right - sure) < 0.05
