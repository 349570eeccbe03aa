"""Bytes to text: encodings told apart, damage kept small, binary files refused."""

import hashlib
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.errors import InputError
from sitegen.model import Document, RawSeed
from sitegen.seeds import parse_seed

LEGACY = {
    "cp1251": "Президент во вторник провёл переговоры с министром иностранных дел. "
    "Стороны обсудили вопросы двустороннего сотрудничества и положение на границе.",
    "koi8-r": "Президент во вторник провёл переговоры с министром иностранных дел. "
    "Стороны обсудили вопросы двустороннего сотрудничества.",
    "cp1252": "Le président de la commission s’est rendu à Genève, où il a été reçu. « L’été dernier, déjà, nous "
    "avions évoqué la création d’un fonds », a-t-il déclaré.",
    "shift_jis": "気象庁によると、台風は二十日午後に関東地方へ上陸する見込みで、住民に警戒を呼びかけている。",
    "euc_jp": "気象庁によると、台風は二十日午後に関東地方へ上陸する見込みで、住民に警戒を呼びかけている。",
    "gb18030": "外交部长星期三在北京会见了来访的印度尼西亚外长，双方就加强两国经济合作和地区安全问题交换了意见。",
    "big5": "行政院長星期三在臺北會見來訪的外賓，雙方就加強經濟合作和區域安全問題交換意見。颱風即將登陸。",
    "euc_kr": "대통령은 수요일 서울에서 열린 회의에서 경제 협력 방안을 논의하고 새로운 정책을 발표했다고 밝혔다.",
    "cp1256": "أعلن وزير الخارجية يوم الأربعاء أن المحادثات ستستمر في الأسبوع المقبل وأن الجانبين اتفقا .",
    "cp1253": "Ο πρωθυπουργός δήλωσε την Τετάρτη ότι η κυβέρνηση θα συνεχίσει τις διαπραγματεύσεις με τους εταίρους.",
    "cp1255": "ראש הממשלה אמר ביום רביעי כי השיחות יימשכו בשבוע הבא וכי הצדדים הסכימו להקים ועדה משותפת.",
    "cp1250": "Prezydent powiedział w środę, że rozmowy będą kontynuowane w maju, a obie strony się zgodziły.",
    "cp874": "นายกรัฐมนตรีกล่าวเมื่อวันพุธว่าการเจรจาจะดำเนินต่อไปในสัปดาห์หน้า และทั้งสองฝ่ายตกลงที่จะจัดตั้งคณะกรรมการร่วม",
}


def parse(content: bytes) -> Document:
    return parse_seed(RawSeed("a.txt", content, hashlib.sha256(content).hexdigest())).document


@pytest.mark.parametrize("encoding", LEGACY)
def test_a_legacy_paragraph_is_read_with_a_stated_doubt(encoding: str) -> None:
    document = parse(LEGACY[encoding].encode(encoding))
    assert document.text == LEGACY[encoding]
    assert 0.4 < document.encoding_confidence < 1


def test_real_articles_are_read_in_the_encodings_of_their_languages(shared: Path) -> None:
    encodings = {"- fr.wikinews.org": ["cp1252"], "- ja.wikinews.org": ["shift_jis", "euc_jp"]}
    read = 0
    for path in sorted((shared / "samples/news").glob("*.txt")):
        text = path.read_text("utf-8")
        for encoding in encodings.get(text.split("\n")[1], []):
            content = text.encode(encoding, "ignore")
            assert parse(content).text == content.decode(encoding), (path.name, encoding)
            read += 1
    assert read >= 40


@pytest.mark.parametrize(
    "text",
    ["It’s too early, the minister said.", "Il est arrivé hier.", "“Kami siap” – begitu kata José.", "C’était l’été."],
)
def test_a_few_western_signs_among_ascii_are_enough(text: str) -> None:
    assert parse(text.encode("cp1252")).text == text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_a_byte_order_mark_settles_the_encoding_and_is_no_text(encoding: str) -> None:
    document = parse("\ufeffJudul 😀\nIsi é\x00".encode(encoding))
    assert document.text == "Judul 😀\nIsi é\x00"
    assert (document.encoding, document.encoding_confidence) == (encoding, 1.0)


def test_plain_utf_8_is_sure() -> None:
    document = parse("Judul é".encode())
    assert (document.encoding, document.encoding_confidence) == ("utf-8", 1.0)


@pytest.mark.parametrize("broken", [b"\xff", b"\xe2\x80", b"\xc0\xaf", b"\xed\xa0\x80", b"\xf0\x9f\x98", b"\x80\xbf"])
def test_utf_8_with_broken_bytes_loses_only_those(broken: bytes) -> None:
    whole = "Pembahasan “anggaran” – lanjut, è vero. "
    document = parse(whole.encode() + broken + b" akhir")
    assert document.text.startswith(whole + "\ufffd")
    assert document.text.endswith(" akhir")
    assert document.encoding == "utf-8"
    assert document.encoding_confidence < 1


def test_the_hostile_byte_strings_are_never_taken_for_another_script(shared: Path) -> None:
    for line in (shared / "samples/hostile/utf8.jsonl").read_text("utf-8").splitlines():
        kind, _, rest = json.loads(line)["spec"].partition(":")
        first = rest.partition(":")[0]
        content = b"Judul\nIsi " + (bytes.fromhex(first) if kind.endswith("hex") else first.encode()) + b" akhir\n"
        document = parse(content)
        if kind.startswith("valid"):
            assert document.text == content.decode()
        else:
            assert document.encoding == "utf-8" or document.text.endswith("ÂAB akhir\n")
            assert document.encoding_confidence < 1


@given(st.binary(min_size=1, max_size=200))
def test_whatever_the_bytes_text_is_text_or_refused(content: bytes) -> None:
    try:
        document = parse(content)
    except InputError:
        return
    document.text.encode("utf-8")
    assert 0 < document.encoding_confidence <= 1


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89",
        b"\x7fELF\x02\x01\x01" + bytes(200),
        "Teks biasa dalam UTF-16 tanpa tanda urutan bita di depannya, dan cukup panjang.".encode("utf-16-le"),
    ],
)
def test_what_is_no_text_is_refused_with_a_remedy(content: bytes) -> None:
    with pytest.raises(InputError, match=r"a\.txt: not text: .*save the article as text in UTF-8"):
        parse(content)


def test_control_characters_stay_in_text_and_become_spaces_in_prose() -> None:
    text = "Ju\0dul\nIsi\x01\x1b\x9f\u202e satu\u200d dua\u200c \u0301."
    document = parse(text.encode())
    assert document.text == text
    assert document.prose == "Ju dul\nIsi     satu\u200d dua\u200c \u0301."


def test_a_seed_of_nothing_but_white_space_is_refused() -> None:
    with pytest.raises(InputError, match="empty"):
        parse(b"\xef\xbb\xbf \r\n\t")
