"""How each derived value is known, as an article's page says it: by which rule, how surely, and where in the text."""

from pathlib import Path
from typing import Any

import pytest

from sitegen.config import Settings
from sitegen.locale import available_languages
from sitegen.pages.evidence import Reason
from sitegen.render import Renderer
from sitegen.resources import shipped_folder
from sitegen.understand import dateline, dates
from sitegen.understand.attribution import Rule
from sitegen.understand.dates_cues import Cue
from sitegen.understand.dates_weighed import Feature
from tests.site import BuiltSite, build

QUAKE = """\
-- a.txt --
Gempa Mengguncang Bandung
- warta.example
Oleh: Ani Wijaya dan Budi Santoso
Bandung – Gempa mengguncang Kota Bandung, kata Presiden Joko Widodo, melansir Antara, Rabu, 20 Maret 2024.

Gempa itu merusak rumah warga. Widodo meminta warga tenang, dan Reuters melaporkan gempa susulan.
"""
NAMES = {
    "Bahasa": "Indonesia",
    "Sumber": "warta.example",
    "Tanggal": "20 Maret 2024",
    "Asal berita": "Bandung",
    "Ditulis oleh": "Ani Wijaya",
    "Mengutip": "Antara",
    "Tokoh": "Joko Widodo",
    "Topik": "gempa",
}
STORY = """Gempa berkekuatan besar mengguncang pesisir barat pada pagi hari dan merusak ratusan rumah warga di empat
desa. Petugas mendirikan tenda di lapangan, membagikan air bersih, selimut, serta makanan siap saji kepada pengungsi.
Sekolah diliburkan selama tiga hari, sedangkan jembatan utama ditutup untuk pemeriksaan oleh dinas pekerjaan umum.
"""


def page_of(site: BuiltSite, seed: str) -> Any:
    """The parsed page of one seed's article."""
    return site.page(site.record(seed)["url"])


def rows_of(page: Any) -> dict[str, list[list[str]]]:
    """By the heading of each group, the cells of its rows."""
    return {
        group.xpath("string(.//th)").strip(): [
            [" ".join(cell.text_content().split()) for cell in row.xpath("td")] for row in group.xpath("tr[td]")
        ]
        for group in page.xpath("//details[@class='how']//tbody")
    }


@pytest.fixture(scope="module")
def quake(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The page of an article in which there is something of everything."""
    return page_of(build(tmp_path_factory.mktemp("quake"), QUAKE), "a.txt")


def test_every_derived_value_is_listed_with_its_rule(quake: Any) -> None:
    rows = rows_of(quake)
    for group, value in NAMES.items():
        assert value in [row[0] for row in rows[group]], group
    assert all(row[1] for found in rows.values() for row in found)


def test_a_rule_says_how_sure_it_is_and_where_the_text_bears_it_out(quake: Any) -> None:
    rows = rows_of(quake)
    (date,) = rows["Tanggal"]
    assert "nama harinya cocok" in date[1]
    assert date[2].endswith("%")
    assert date[3] == "¶ 1"
    assert rows["Mengutip"] == [
        ["Antara", "sesudah kata seperti “melansir”", "95%", "¶ 1"],
        ["Reuters", "sebelum kata seperti “melaporkan”", "90%", "¶ 2"],
    ]
    assert next(row for row in rows["Tokoh"] if row[0] == "Joko Widodo")[3] == "¶ 1 2"
    assert next(row for row in rows["Topik"] if row[0] == "gempa")[3] == "judul ¶ 1 2"


def test_places_lead_to_their_paragraphs_and_nothing_needs_a_script(quake: Any) -> None:
    links = quake.xpath("//details[@class='how']//a[starts-with(@href, '#')]/@href")
    assert links
    assert {link[1:] for link in links} <= set(quake.xpath("//@id"))
    (details,) = quake.xpath("//details[@class='how']")
    assert "open" not in details.attrib
    assert quake.xpath("//header//a[@href='#how']")
    assert quake.xpath("//details[@class='how']//*[@id='how']"), "browsers open details for an address inside them"


def test_what_an_editor_states_is_said_to_be_stated_and_an_unknown_date_unknown(tmp_path: Path) -> None:
    site = build(
        tmp_path,
        "-- a.md --\n---\ntitle: Judul\ndate: 2021-05-06\nlanguage: id\ntags: [banjir]\nbyline: Ani\n---\n\nTeks.\n"
        "-- b.txt --\nTanpa tanggal\n\nHujan turun di sebagian besar wilayah itu sejak pagi hari.\n",
    )
    stated = rows_of(page_of(site, "a.md"))
    for group in ("Bahasa", "Tanggal", "Ditulis oleh", "Topik"):
        assert [row[1:3] for row in stated[group]] == [["dinyatakan redaksi", "100%"]], group
    (date,) = rows_of(page_of(site, "b.txt"))["Tanggal"]
    assert date[0] == "tidak diketahui"


def test_near_copies_say_how_much_is_the_same_and_which_is_the_earliest(tmp_path: Path) -> None:
    other = STORY.replace("selimut, serta", "dan")
    site = build(
        tmp_path,
        f"-- a.txt --\nPesisir diguncang gempa\n- satu.example\nKamis, 21 Maret 2024\n{STORY}"
        f"-- b.txt --\nGempa di pesisir\n- dua.example\nRabu, 20 Maret 2024\n{other}"
        f"-- c.txt --\nGempa lagi\n- tiga.example\n{STORY}",
    )
    later, earlier = page_of(site, "a.txt"), page_of(site, "b.txt")
    assert "Yang paling awal menurut tanggal: Gempa di pesisir" in " ".join(later.text_content().split())
    assert "Inilah yang paling awal menurut tanggal." in earlier.text_content()
    assert "% sama" in later.text_content()
    first, *_ = later.xpath("//details[@class = 'differences']")
    assert [node.text_content() for node in first.iter("ins")][-1] == "hanya di sini: selimut, serta"
    # Who does not see lines through words hears on which side they stand.
    [gone] = [node for node in first.iter("del") if node.text_content().endswith("dan")]
    assert gone.text_content() == "hanya di sana: dan"


@pytest.mark.parametrize("language", available_languages())
def test_every_rule_has_words_in_the_language_of_the_interface(language: str) -> None:
    renderer = Renderer(Settings(language=language), (shipped_folder("templates"),))
    others = (dateline.KNOWN_PLACE, dateline.SHAPE, dates.COPYRIGHT_NOTE, dates.LATEST_SOURCE)
    methods = ("text", "archive", "words of the body", "line of authors", "no date", "dwelt on")
    mentions = ("gazetteer", "cue", "tagger", "alias", "acronym", "stated")
    for rule in (*Rule, *(each for each in Feature if each is not Feature.ANY), *Cue, *others, *methods, *mentions):
        assert len(renderer.piece("pieces/reason.html", Reason((str(rule),), 50))) > len("<td></td><td>50%</td>")
