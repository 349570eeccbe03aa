"""The language of an article, told by its body."""

import json
import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from sitegen.model import Language
from sitegen.understand.language import LANGUAGES, LANGUAGES_OF_SCRIPT, identify
from sitegen.understand.language_model import load_model
from tests.understanding import article_of

SENTENCES = {
    "id": "Pemerintah menyatakan bahwa harga beras akan turun karena panen raya sudah dimulai di beberapa provinsi.",
    "ms": "Kerajaan menyatakan bahawa harga beras akan turun kerana musim menuai sudah bermula di beberapa negeri.",
    "en": "The government said that the price of rice would fall because the harvest had begun in several provinces.",
    "fr": "Le gouvernement a déclaré que le prix du riz baisserait parce que la récolte avait commencé.",
    "es": "El gobierno dijo que el precio del arroz bajaría porque la cosecha había comenzado en varias provincias.",
    "de": "Die Regierung teilte mit, dass der Reispreis sinken werde, weil die Ernte begonnen habe.",
    "pt": "O governo disse que o preço do arroz cairia porque a colheita tinha começado em várias províncias.",
    "it": "Il governo ha detto che il prezzo del riso scenderà perché il raccolto è iniziato in diverse province.",
    "nl": "De regering zei dat de prijs van rijst zou dalen omdat de oogst in verschillende provincies was begonnen.",
    "tr": "Hükümet, birçok ilde hasat başladığı için pirinç fiyatının düşeceğini açıkladı.",
    "vi": "Chính phủ cho biết giá gạo sẽ giảm vì vụ thu hoạch đã bắt đầu ở nhiều tỉnh.",
    "eo": "La registaro diris, ke la prezo de rizo malaltiĝos, ĉar la rikolto komenciĝis en pluraj provincoj.",
    "ru": "Правительство сообщило, что цена на рис снизится, потому что в нескольких областях начался сбор урожая.",
    "uk": "Уряд повідомив, що ціна на рис знизиться, бо в кількох областях почався збір врожаю.",
    "ar": "قالت الحكومة إن سعر الأرز سينخفض لأن الحصاد بدأ في عدة محافظات.",
    "fa": "دولت اعلام کرد که قیمت برنج کاهش می‌یابد زیرا برداشت در چند استان آغاز شده است.",
    "he": "הממשלה הודיעה כי מחיר האורז יירד משום שהקציר החל בכמה מחוזות.",
    "el": "Η κυβέρνηση δήλωσε ότι η τιμή του ρυζιού θα πέσει επειδή άρχισε η συγκομιδή.",
    "hi": "सरकार ने कहा कि चावल की कीमत घटेगी क्योंकि कई राज्यों में कटाई शुरू हो गई है।",
    "th": "รัฐบาลกล่าวว่าราคาข้าวจะลดลงเพราะการเก็บเกี่ยวได้เริ่มขึ้นแล้วในหลายจังหวัด",
    "zh": "政府表示，由于多个省份已经开始收割，大米价格将会下降。",
    "ja": "政府は、複数の県で収穫が始まったため米の価格が下がると発表した。",
    "ko": "정부는 여러 지방에서 수확이 시작되어 쌀값이 내릴 것이라고 밝혔다.",
}


@pytest.mark.parametrize("code", SENTENCES)
def test_a_sentence_tells_its_language(code: str) -> None:
    found = identify([SENTENCES[code]], "")
    assert found.code == code
    assert found.confidence >= 0.5


def test_the_body_decides_and_not_the_headline() -> None:
    assert article_of(f"{SENTENCES['en']}\n- warta.example\n{SENTENCES['id']}").language.code == "id"


def test_the_headline_is_asked_where_there_is_no_body() -> None:
    assert article_of(SENTENCES["id"]).language.code == "id"


@pytest.mark.parametrize(
    "text", ["", "12345 67890", "🙂🙂🙂", "xx", "asdf qwer zxcv uiop hjkl", "gjkdf gfdkj dfgjkdf " * 9]
)
def test_what_is_in_no_known_language_stays_unknown(text: str) -> None:
    assert identify([text], "") == Language("und", 0.0, "text")


def test_capitals_do_not_hide_a_language() -> None:
    assert identify([SENTENCES["id"].upper()], "").code == "id"


def test_a_foreign_name_does_not_decide() -> None:
    assert identify([SENTENCES["id"] + " Путин 习近平 金正恩"], "").code == "id"
    assert identify([SENTENCES["zh"] + " さくら"], "").code == "zh"


def test_a_stated_language_is_believed() -> None:
    article = article_of(f"---\ntitle: T\nlanguage: jv\n---\n\n{SENTENCES['id']}", "a.md")
    assert article.language == Language("jv", 1.0, "stated")


@pytest.fixture(scope="module")
def shipped() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


@settings(deadline=None, max_examples=50)
@given(st.lists(st.sampled_from(list(SENTENCES.values())) | st.text(max_size=30), max_size=3).map(" ".join))
def test_the_model_says_what_py3langid_says(shipped: LanguageIdentifier, text: str) -> None:
    for languages in LANGUAGES_OF_SCRIPT.values():
        shipped.set_languages(sorted(languages))
        assert load_model(languages, LANGUAGES, None).chances(text.lower()) == pytest.approx(
            dict(shipped.rank(text.lower()))
        )


@pytest.mark.parametrize("damage", [b"", b"\x93NUMPY damaged", None])
def test_a_model_kept_unpacked_says_the_same_and_is_mended_when_damaged(damage: bytes | None, tmp_path: Path) -> None:
    said = identify([SENTENCES["id"]], "", tmp_path / "first")
    shutil.copytree(tmp_path / "first", tmp_path / "again")
    (kept,) = (tmp_path / "again").rglob("moves.npy")
    size = kept.stat().st_size
    if damage is not None:
        kept.write_bytes(damage)
    assert identify([SENTENCES["id"]], "", tmp_path / "again") == said == identify([SENTENCES["id"]], "")
    assert kept.stat().st_size == size
    assert {path.name for path in (tmp_path / "again").iterdir()} == {kept.parent.name}


def test_where_the_model_cannot_be_kept_it_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", "utf-8")
    assert identify([SENTENCES["id"]], "", tmp_path / "file").code == "id"


def test_real_articles_are_told_right(shared: Path) -> None:
    news = shared / "samples" / "news"
    rows = [json.loads(line) for line in (news / "gold.jsonl").read_text("utf-8").splitlines()]
    wrong = []
    for row in rows:
        body = (news / row["file"]).read_text("utf-8").split("\n")[2:]
        found = identify(body, "")
        if found.code != row["lang"]:
            wrong.append((row["file"], row["lang"], found))
    assert len(wrong) <= 1, wrong
