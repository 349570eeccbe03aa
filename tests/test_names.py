"""Names as articles have them: found, typed, and each under one name."""

import gzip
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.authority import load_authority
from sitegen.model import EntityType, Mention, Span
from sitegen.understand.names import find_mentions
from sitegen.understand.names.annotated import SENTENCES, read_sentences
from sitegen.understand.names.gazetteer import PLACES_FILE
from sitegen.understand.names.labels import TYPES
from sitegen.understand.names.sentences import LONGEST, split_sentences
from sitegen.understand.names.tagger import load_tagger
from sitegen.understand.names.tokens import look_up_forms, name_key, tokenize
from tests.understanding import article_of

SEED = "000_22c53a7ddbce3348.txt"


def mentions_of(text: str, language: str, title: str = "") -> tuple[str, tuple[Mention, ...]]:
    """`title` and the lines of `text` as one prose, and what is found in it."""
    whole = f"{title}\n{text}"
    spans, start = [], 0
    for line in whole.split("\n"):
        spans.append(Span(start, start + len(line)))
        start += len(line) + 1
    return whole, find_mentions(whole, tuple(spans[1:]), spans[0] if title else None, language)


def read(text: str, language: str = "id", title: str = "") -> dict[str, list[str]]:
    """What is found in `title` and in each line of `text`: "type name" -> the texts that mention it, in order."""
    whole, mentions = mentions_of(text, language, title)
    found: dict[str, list[str]] = {}
    for mention in mentions:
        found.setdefault(f"{mention.type} {mention.key or mention.name}", []).append(whole[slice(*mention.span)])
    return found


def test_the_real_seed_gives_exactly_its_seventeen_entities(shared: Path) -> None:
    title, _, *lines = (shared / "seeds" / SEED).read_text("utf-8").split("\n")
    found = read("\n".join(lines), title=title)
    assert sorted(found) == [
        "organization dewan-keamanan-pbb",
        "organization hamas",
        "organization kcna",
        "organization komisi-pemilihan-umum-pusat-rusia",
        "organization nk-news",
        "person kim-jong-un",
        "person vladimir-putin",
        "place amerika-serikat",
        "place gaza",
        "place israel",
        "place korea-selatan",
        "place korea-utara",
        "place moskow",
        "place palestina",
        "place pyongyang",
        "place rusia",
        "place ukraina",
    ]
    assert set(found["place korea-utara"]) == {"Korut", "Korea Utara", "DPRK", "Republik Demokratik Rakyat Korea"}
    assert set(found["person kim-jong-un"]) == {"Kim Jong Un", "Kim"}
    assert set(found["person vladimir-putin"]) == {"Putin", "Vladimir Putin", "Vladimir Vladimirovich Putin"}
    assert set(found["organization kcna"]) == {"Kantor Berita Pusat Korea", "KCNA"}


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "id",
            "Presiden Suriah Bashar al-Assad tiba di Moskow.",
            {"place suriah", "person bashar-al-assad", "place moskow"},
        ),
        ("id", "Bupati Klaten Sri Hartini meninjau pasar.", {"place klaten", "person Sri Hartini"}),
        (
            "id",
            "Dosen Universitas Hasanuddin itu lahir di Makassar.",
            {"organization universitas-hasanuddin", "place makassar"},
        ),
        (
            "id",
            "Perundingan Palestina-Israel belum usai, kata Joko Widodo.",
            {"place palestina", "place israel", "person joko-widodo"},
        ),
        (
            "en",
            "The US and South Korea met in Washington, said Ban Ki-moon.",
            {"place amerika-serikat", "place korea-selatan", "place washington-d-c", "person ban-ki-moon"},
        ),
        (
            "ru",
            "Президент России Владимир Путин прибыл в Пхеньян, сообщает ТАСС.",
            {"place rusia", "person vladimir-putin", "place pyongyang", "organization tass"},
        ),
        ("ru", "Встреча с Владимиром Путиным прошла в Москве.", {"person vladimir-putin", "place moskow"}),
        (
            "ar",
            "قال الرئيس فلاديمير بوتين إن روسيا وفلسطين صديقتان",
            {"person vladimir-putin", "place rusia", "place palestina"},
        ),
        ("zh", "金正恩在平壤会见普京。", {"person kim-jong-un", "place pyongyang", "person vladimir-putin"}),
        ("ko", "김정은은 러시아에서 돌아왔다.", {"person kim-jong-un", "place rusia"}),
        ("tr", "Erdoğan, Ankara'da konuştu.", {"person recep-tayyip-erdogan", "place ankara"}),
        ("und", "Vladimir Putin, Moskva", {"person vladimir-putin", "place moskow"}),
    ],
)
def test_names_are_known_in_every_language(language: str, text: str, expected: set[str]) -> None:
    assert set(read(text, language)) >= expected


def test_a_particle_is_no_part_of_the_name() -> None:
    assert read("김정은은 러시아에서 돌아왔다.", "ko")["place rusia"] == ["러시아"]
    assert read("روسيا وفلسطين", "ar")["place palestina"] == ["فلسطين"]
    assert read("Erdoğan, Ankara'da konuştu.", "tr")["place ankara"] == ["Ankara"]


def test_short_forms_join_the_longer_name() -> None:
    found = read("Sri Hartini meninjau pasar. Menurut Hartini, harga stabil.\nHartini lalu pulang.")
    assert found["person Sri Hartini"] == ["Sri Hartini", "Hartini", "Hartini"]


def test_a_short_form_of_two_people_joins_neither() -> None:
    found = read("Kim Jong Un bertemu Kim Yo Jong di Pyongyang. Kemudian Kim pulang.")
    assert "Kim" not in [*found["person kim-jong-un"], *found["person kim-yo-jong"]]


@pytest.mark.parametrize(
    "text",
    [
        "Lembaga Kajian Sungai Nusantara (LKSN) menerbitkan laporan. Menurut LKSN, air tercemar.",
        "LKSN (Lembaga Kajian Sungai Nusantara) menerbitkan laporan. Menurut LKSN, air tercemar.",
    ],
)
def test_acronyms_join_the_full_name_both_ways(text: str) -> None:
    found = read(text)
    assert sorted(found["organization Lembaga Kajian Sungai Nusantara"]) == [
        "LKSN",
        "LKSN",
        "Lembaga Kajian Sungai Nusantara",
    ]


def test_roles_and_days_are_no_part_of_a_name() -> None:
    found = read("Direktur Utama Bambang Widjojanto, Senin (5/2/2024), bertemu Menteri Budi Santoso Selasa.")
    assert set(found) == {"person Bambang Widjojanto", "person Budi Santoso"}


def test_a_headline_gives_only_names_that_are_known() -> None:
    found = read(
        "Siti Rahmawati menang di Bandung.", title="Warga Desa Makmur Dukung Siti Rahmawati Maju Pilkada Bandung Raya"
    )
    assert sorted(found) == ["person Siti Rahmawati", "place bandung"]
    assert found["person Siti Rahmawati"] == ["Siti Rahmawati", "Siti Rahmawati"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("id", "Ia membeli mobil mewah Aurus Senat."),
        ("id", "Pada bulan Oktober, hari Sabtu, mereka pulang. Namun hujan turun. Bahkan deras."),
        ("id", "Antara lain, lima orang luka. Serang balik itu gagal."),
        ("en", "However, on Monday in March we met. The rain fell. Later it stopped."),
        ("en", "Us and them: who is it?"),
        ("ru", "Однако в понедельник они ушли. После этого пошёл дождь."),
    ],
)
def test_things_days_and_words_at_a_beginning_are_no_names(language: str, text: str) -> None:
    assert read(text, language) == {}


def test_events_take_their_year() -> None:
    assert "event KTT ASEAN 2023" in read("Para pemimpin menghadiri KTT ASEAN 2023 di Labuan Bajo.")
    assert "event pemilu-2024" in read("KPU menetapkan hasil Pemilu 2024 di Jakarta.")


def test_one_article_calls_a_thing_by_one_name() -> None:
    _, mentions = mentions_of("Korut dan Rusia bertemu. Korea Utara senang. DPRK juga.", "id")
    assert {mention.name for mention in mentions if mention.key == "korea-utara"} == {"Korea Utara"}


def test_capitals_throughout_hide_no_known_name_and_make_none_up() -> None:
    found = read("PRESIDEN JOKO WIDODO BERTEMU WARGA DI BANDUNG SAAT BANJIR")
    assert sorted(found) == ["person joko-widodo", "place bandung"]


def test_mentions_are_sorted_apart_and_inside_their_text(shared: Path) -> None:
    for path in sorted((shared / "samples" / "news").glob("*.txt"))[:10]:
        whole, mentions = mentions_of(path.read_text("utf-8"), "en")
        check_order(whole, mentions)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "Putin",
                "Kim Jong Un",
                "(KPU)",
                "PT",
                "-",
                "di",
                "DPRK",
                ".",
                "\u202e",
                "金正恩",
                "Ankara'da",
                "2024",
                '"',
                "al-",
                "",
            ]
        )
        | st.text(max_size=12),
        max_size=60,
    ),
    st.sampled_from(["id", "en", "ru", "zh", "ar", "und", "xx-Nope", "../id"]),
)
def test_any_text_gives_mentions_in_order(words: list[str], language: str) -> None:
    whole, mentions = mentions_of(" ".join(words).replace("\r", " "), language, title="Kim Jong Un")
    check_order(whole, mentions)


@given(st.text("aZ -'’.é1", max_size=20))
def test_a_name_is_looked_up_by_the_forms_of_its_words(name: str) -> None:
    forms = [look_up_forms(text)[0] for text in tokenize(name, Span(0, len(name))).texts]
    assert name_key(name) == " ".join(forms)


def check_order(whole: str, mentions: Sequence[Mention]) -> None:
    """No two mentions overlap, all are in order, and each has a text, a name and a confidence."""
    assert all(one.span.end <= other.span.start for one, other in pairwise(mentions))
    for mention in mentions:
        assert whole[slice(*mention.span)].strip()
        assert mention.name
        assert 0 < mention.confidence <= 1
        assert mention.type in EntityType


@pytest.mark.parametrize(
    "text",
    [
        "Kapten " + "Abcdefghij " * 2000,
        "a" * 20000,
        "A" * 500 + " bertemu Joko Widodo",
        ", ".join(f"Nama{chr(97 + n % 26)}{chr(97 + n // 26 % 26)} Orang{chr(97 + n // 676)}ki" for n in range(10_000)),
        "( " * 5000,
        "Putin-" * 3000,
    ],
)
def test_outsized_names_and_lines_cost_little_and_give_no_outsized_name(text: str) -> None:
    whole, mentions = mentions_of(text, "id")
    check_order(whole, mentions)
    assert all(mention.span.end - mention.span.start <= 100 for mention in mentions)


def test_a_word_of_two_names_is_that_persons_who_is_named_far_more_often() -> None:
    text = "Kim Jong Un tiba. Kim Jong Un lelah. Kim Jong Un pulang. Patung Kim Il Sung tegak. Lalu Kim tidur."
    assert read(text)["person kim-jong-un"] == [*["Kim Jong Un"] * 3, "Kim"]


def test_a_surname_that_is_also_a_place_is_the_person_where_he_is_named_in_full() -> None:
    found = read("Michael Jordan retired in Chicago. Fans of Jordan wept.", "en")
    assert found["person Michael Jordan"] == ["Michael Jordan", "Jordan"]


def test_what_is_once_shown_to_be_a_thing_is_nowhere_a_name() -> None:
    assert read("Ia naik kapal Nggapulu Raya. Nggapulu Raya tiba malam hari.") == {}


def test_nicknames_that_begin_like_an_honorific_stay_whole() -> None:
    assert read("Menurut Gus Dur, semua akan baik.")["person abdurrahman-wahid"] == ["Gus Dur"]


def test_two_people_joined_by_a_hyphen_are_two() -> None:
    found = read("Pasangan Prabowo Subianto dan Gibran Rakabuming Raka menang. Prabowo-Gibran lalu dilantik.")
    assert found["person prabowo-subianto"] == ["Prabowo Subianto", "Prabowo"]
    assert found["person gibran-rakabuming-raka"] == ["Gibran Rakabuming Raka", "Gibran"]


def test_an_article_without_capitals_gives_the_known_names_that_are_no_words() -> None:
    found = read("presiden joko widodo tiba di bandung. lima orang menyambut jokowi di solo, antara lain warga.")
    assert sorted(found) == ["person joko-widodo", "place bandung"]


def test_names_in_oblique_cases_are_given_without_the_ending() -> None:
    found = read("В Саратове выступил Иван Петренко. Встреча с Иваном Петренко прошла в Саратове.", "ru")
    assert found["place Саратов"] == ["Саратове", "Саратове"]
    assert found["person Иван Петренко"] == ["Иван Петренко", "Иваном Петренко"]


def test_a_region_named_after_a_city_is_not_the_city() -> None:
    assert read("Он родился в Смоленской области.", "ru") == {"place Смоленской области": ["Смоленской области"]}


def test_the_meeting_of_a_group_is_an_event() -> None:
    assert "event KTT G20" in read("Para pemimpin tiba di Bali untuk menghadiri KTT G20 yang digelar dua hari.")


@pytest.mark.parametrize(
    ("language", "text", "person"),
    [
        ("fr", "Selon le ministre Henri Lavigne, le vote est reporté.", "Henri Lavigne"),
        ("es", "Según la ministra Elena Robledo, la votación se aplaza.", "Elena Robledo"),
        ("pt", "Segundo a ministra Helena Barroso, a votação foi adiada.", "Helena Barroso"),
        ("it", "Secondo il ministro Carlo Bernardi, il voto è rinviato.", "Carlo Bernardi"),
        ("de", "Nach Angaben der Polizei warnte Innenminister Jochen Brandauer Ende März davor.", "Jochen Brandauer"),
        ("nl", "Volgens burgemeester Joost van der Meulen is de weg weer open.", "Joost van der Meulen"),
        ("tr", "Toplantıya Maliye Bakanı Cevdet Karaoğlan katıldı.", "Cevdet Karaoğlan"),
        ("ru", "По словам министра Ивана Петренко, голосование отложено.", "Ивана Петренко"),
    ],
)
def test_people_are_known_by_their_role_where_no_tagger_is_trained(language: str, text: str, person: str) -> None:
    assert read(text, language) == {f"person {person}": [person]}


@pytest.mark.parametrize(
    ("language", "text", "organization"),
    [
        ("de", "Die Universität Bielefeld schweigt.", "Universität Bielefeld"),
        ("nl", "Het Ministerie van Landbouw zwijgt.", "Ministerie van Landbouw"),
        ("tr", "Tarım Bakanlığı'ndan açıklama geldi.", "Tarım Bakanlığı"),
    ],
)
def test_organizations_are_known_by_their_own_words_where_no_tagger_is_trained(
    language: str, text: str, organization: str
) -> None:
    assert read(text, language) == {f"organization {organization}": [organization]}


def test_german_nouns_are_no_names() -> None:
    text = "Die Zahl der Arbeitslosen stieg im Januar. Millionen Euro Hilfe flossen, sagte der Sprecher am Montag."
    assert read(text, "de") == {}


def test_the_name_of_a_state_in_one_language_is_no_state_in_another() -> None:
    assert "place polandia" in read("Die Grenze zu Polen ist offen.", "de")
    assert "place polandia" not in read("Alergi Polen menyerang banyak orang.", "id")
    assert "place hanoi" in read("他昨天到河内访问", "zh")
    assert read("中国道戸河内インター付近は通行止め", "ja").get("place hanoi") is None
    assert "place kolombia" not in read("The shuttle Columbia and Columbia Pictures share a name.", "en")


@pytest.mark.parametrize(
    "text",
    [
        "Partai menggelar kongres luar biasa (KLB) di Sibolangit. Menurut aturan, KLB sah.",
        "Rasio itu disebut return on equity (ROE). ROE naik.",
    ],
)
def test_an_abbreviation_of_words_in_small_letters_is_no_name(text: str) -> None:
    assert not {"KLB", "ROE"} & {words for found in read(text).values() for words in found}


def test_a_headline_that_a_sentence_quotes_gives_only_known_names() -> None:
    found = read('Dalam berita berjudul "Tsunami Selat Sunda: BNPB Catat 430 Orang Meninggal" ada angka yang keliru.')
    assert found == {"place selat-sunda": ["Selat Sunda"], "organization bnpb": ["BNPB"]}


def test_no_name_reaches_over_a_wide_gap_or_into_an_address() -> None:
    found = read("| Siti Rahmawati   Universitas Hasanuddin |\nLihat Pemilu_Raya_Bandung_2024 untuk rinciannya.")
    assert "Siti Rahmawati" in found["person Siti Rahmawati"]
    assert not [text for texts in found.values() for text in texts if "   " in text or "_" in text]


def test_a_soft_hyphen_inside_a_name_does_not_cut_it() -> None:
    found = read("Presiden Joko Wi\xaddodo tiba di Ban\xaddung bersama Siti Rah\u200bmawati.")
    assert set(found) == {"person joko-widodo", "place bandung", "person Siti Rahmawati"}


def test_direction_signs_around_and_inside_a_name_do_not_hide_it() -> None:
    article = article_of(
        "Kunjungan\n\nPresiden \u2067Joko \u202bWidodo\u202c\u2069 tiba di \u200fBandung\u200f.", "a.txt"
    )
    assert {mention.key for mention in article.mentions} == {"joko-widodo", "bandung"}


def test_a_text_of_no_known_language_gives_known_names_of_several_words() -> None:
    article = article_of("Zzyx\n\nQwrt plok Joko Widodo fnord gleep Vladimir Putin blarg.")
    assert {mention.key for mention in article.mentions} >= {"joko-widodo", "vladimir-putin"}


def test_one_long_line_is_read_to_its_end_in_small_pieces() -> None:
    line = " ".join(["menteri", "rapat", "Joko", "Widodo", "naik"] * 4000)
    assert max(map(len, split_sentences(line, Span(0, len(line))))) <= LONGEST
    _, mentions = mentions_of(line, "id")
    assert len(mentions) == 4000


def test_a_number_betrays_a_model() -> None:
    assert set(read("Palapa A2 diluncurkan dari Cape Canaveral. Lalu Palapa A2 mengorbit.")) == {"place Cape Canaveral"}


def test_a_word_is_no_acronym_of_the_article() -> None:
    assert read("The US left. It was good for Us, they said.", "en") == {"place amerika-serikat": ["US"]}


def test_a_roman_number_begins_no_name() -> None:
    assert read("Muktamar ke VIII Surabaya ditutup.") == {"place surabaya": ["Surabaya"]}


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_tagger_knows_the_sentences_it_was_trained_on(language: str) -> None:
    """Fails when features, cues or gazetteer have changed so much that the taggers must be trained again."""
    tagger = load_tagger(language)
    assert tagger
    sentences = list(read_sentences((SENTENCES / f"{language}.txt").read_text("utf-8").splitlines()))[::5]
    tokens = [tokenize(sentence.text, Span(0, len(sentence.text))) for sentence in sentences]
    found = tagger.tag(tokens, [tagger.lexicon.gazetteer.match(each, language) for each in tokens])
    given = {
        (number, tokens[number].places[name.first][0], tokens[number].places[name.end - 1][1], name.type)
        for number, names in enumerate(found)
        for name in names
    }
    marked = {
        (number, start, end, TYPES[kind])
        for number, sentence in enumerate(sentences)
        for start, end, kind in sentence.names
    }
    assert len(given & marked) * 2 / (len(given) + len(marked)) > 0.9


def test_a_tagger_that_has_forgotten_all_words_finds_the_same_names() -> None:
    text = "Menteri Hartono Wijaya bertemu Bupati Sukamaju, Rina Melati, di Gedung Arsip. Kata Wijaya, rapat itu lama."
    mentions_of("Cuaca di Kota Padi cerah, kata Ketua Panitia Lomba, Budi Santoso, pada Senin pagi.", "id")
    before = mentions_of(text, "id")[1]
    tagger = load_tagger("id")
    assert tagger
    assert any(mention.rule == "tagger" for mention in before)
    tagger.forget()
    assert mentions_of(text, "id")[1] == before


def test_the_gazetteer_was_compiled_after_the_last_change_to_the_authority() -> None:
    known = {name_key(name) for name in load_authority().index}
    lines = gzip.decompress(PLACES_FILE.read_bytes()).decode().splitlines()
    keys = [line.split("\t")[0] for line in lines]
    assert keys == sorted(keys)
    assert known.isdisjoint(keys)
    assert {line.split("\t")[1] for line in lines} - {"", "?"} <= load_authority().entries.keys()


def test_what_every_such_event_is_called_is_no_event() -> None:
    assert read("Konferensi Tingkat Tinggi itu ditutup kemarin.") == {}
