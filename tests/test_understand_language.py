"""The language of an article, told by its body."""

import json
from pathlib import Path

import pytest

from sitegen.model import Language
from sitegen.understand.language import identify
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
