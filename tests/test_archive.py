"""What articles have in common: who is who, corrections, tags, copies, related articles, lasting addresses."""

from pathlib import Path

import pytest

from sitegen.archive import review
from sitegen.authority import load_authority
from sitegen.errors import InputError
from sitegen.options import Options
from sitegen.pipeline import freeze_addresses
from tests.site import BuiltSite, Silent, build, write_seeds

TWO_NAMES = """\
-- a.md --
---
title: Pidato pembukaan
date: 2001-01-01
language: id
entities: [{name: Pak Wiryo Karjo, type: person}]
---
Kemarin Pak Wiryo Karjo berpidato di depan para tamu.
-- b.md --
---
title: Tamu pulang
date: 2001-01-02
language: id
entities: [{name: Ir. Soekarno Hadi, type: person}]
---
Para tamu dilepas Ir. Soekarno Hadi di bandara.
"""


def people(site: BuiltSite) -> dict[str, list[int]]:
    return {term.name: list(term.numbers) for ref, term in site.archive().terms.items() if ref.kind == "person"}


def test_a_merge_makes_one_page_of_two_names_and_keeps_both_as_aliases(tmp_path: Path) -> None:
    assert len(people(build(tmp_path / "before", TWO_NAMES))) == 2
    merge = '-- entities.toml --\n[[merge]]\nnames = ["Pak Wiryo Karjo"]\ninto = "Ir. Soekarno Hadi"\n'
    site = build(tmp_path / "after", TWO_NAMES + merge)
    assert people(site) == {"Ir. Soekarno Hadi": [0, 1]}
    assert "Pak Wiryo Karjo" in site.text("/people/ir-soekarno-hadi/")
    assert not site.exists("/people/pak-wiryo-karjo/")


def test_a_rename_changes_what_pages_say_but_no_address(tmp_path: Path) -> None:
    rename = '-- entities.toml --\n[[rename]]\nname = "Ir. Soekarno Hadi"\nto = "Pak Hadi"\n'
    site = build(tmp_path, TWO_NAMES + rename)
    assert site.page("/people/ir-soekarno-hadi/").xpath("string(//h1)").strip() == "Pak Hadi"


def test_a_veto_takes_a_name_away_everywhere_or_in_the_articles_it_names(tmp_path: Path) -> None:
    everywhere = build(tmp_path / "all", TWO_NAMES + '-- entities.toml --\n[[veto]]\nname = "Pak Wiryo Karjo"\n')
    assert list(people(everywhere)) == ["Ir. Soekarno Hadi"]
    elsewhere = '-- entities.toml --\n[[veto]]\nname = "Pak Wiryo Karjo"\narticles = ["b.md"]\n'
    assert len(people(build(tmp_path / "other", TWO_NAMES + elsewhere))) == 2


def test_a_retype_moves_a_name_to_another_kind(tmp_path: Path) -> None:
    site = build(
        tmp_path, TWO_NAMES + '-- entities.toml --\n[[retype]]\nname = "Pak Wiryo Karjo"\ntype = "organization"\n'
    )
    assert site.exists("/organizations/pak-wiryo-karjo/")
    assert site.entities("a.md") == {"Pak Wiryo Karjo": "organization"}


def test_a_split_gives_a_name_to_somebody_else_in_the_articles_it_names(tmp_path: Path) -> None:
    seeds = TWO_NAMES.replace("Ir. Soekarno Hadi", "Pak Wiryo Karjo")
    split = '-- entities.toml --\n[[split]]\nname = "Pak Wiryo Karjo"\ninto = "Karno Wibowo"\narticles = ["b"]\n'
    assert people(build(tmp_path, seeds + split)) == {"Pak Wiryo Karjo": [0], "Karno Wibowo": [1]}


def test_an_identification_shows_on_the_record(tmp_path: Path) -> None:
    site = build(
        tmp_path, TWO_NAMES + '-- entities.toml --\n[[identify]]\nname = "Pak Wiryo Karjo"\nwikidata = "Q1234567"\n'
    )
    assert site.record("a.md")["entities"][0]["wikidata"] == "Q1234567"


def test_a_correction_about_a_name_that_nobody_bears_is_noted(tmp_path: Path) -> None:
    site = build(tmp_path, TWO_NAMES + '-- entities.toml --\n\n[[veto]]\nname = "Pak Wiryo Kerjo"\n')
    assert [str(problem) for problem in site.built.problems] == [
        f"{tmp_path}/seeds/entities.toml:2: veto: no article names 'pak wiryo kerjo'; mend the name or drop the row"
    ]


def test_contradicting_corrections_publish_nothing(tmp_path: Path) -> None:
    rows = '-- entities.toml --\n[[veto]]\nname = "A"\n[[rename]]\nname = "A"\nto = "B"\n'
    with pytest.raises(InputError, match="contradicts line"):
        build(tmp_path, TWO_NAMES + rows)
    assert not (tmp_path / "public").exists()


STORY = """Gempa berkekuatan besar mengguncang pesisir barat pada pagi hari dan merusak ratusan rumah warga di empat
desa. Petugas mendirikan tenda di lapangan, membagikan air bersih, selimut, serta makanan siap saji kepada pengungsi.
Sekolah diliburkan selama tiga hari, sedangkan jembatan utama ditutup untuk pemeriksaan oleh dinas pekerjaan umum.
Listrik padam di sebagian kecamatan dan baru menyala kembali menjelang malam setelah perbaikan gardu selesai.
"""


def test_near_copies_name_each_other_and_are_not_related_reading(tmp_path: Path) -> None:
    other = STORY.replace("selimut, serta", "dan").replace("tiga hari", "dua hari")
    site = build(
        tmp_path,
        f"-- a.txt --\nGempa di pesisir\n- satu.example\n{STORY}"
        f"-- b.txt --\nPesisir diguncang gempa\n- dua.example\n{other}"
        "-- c.txt --\nPanen raya\n- satu.example\nPetani memanen padi di sawah yang luas dan subur di lembah.\n",
    )
    records = site.records()
    assert records["a.txt"]["copies"] == [records["b.txt"]["id"]]
    assert records["b.txt"]["copies"] == [records["a.txt"]["id"]]
    assert records["c.txt"]["copies"] == []
    assert records["b.txt"]["id"] not in records["a.txt"]["related"]


def test_articles_that_share_terms_are_related(tmp_path: Path) -> None:
    def seed(name: str, entities: str) -> str:
        front = f"---\ntitle: {name}\nlanguage: id\ntags: []\nentities: [{entities}]\n---\n"
        return f"-- {name}.md --\n{front}Teks {name} tentang {entities}.\n"

    names = ["Sungai Barito Raya", "Pulau Seram Utara", "Kota Lama Banda"]
    site = build(tmp_path, seed("a", names[0]) + seed("b", names[0]) + seed("c", names[1]) + seed("d", names[2]))
    records = site.records()
    assert records["a.md"]["related"] == [records["b.md"]["id"]]
    assert records["c.md"]["related"] == []


def test_stated_tags_are_the_tags_and_spellings_join(tmp_path: Path) -> None:
    seeds = (
        "-- a.md --\n---\ntitle: A\ndate: 2001\ntags: [Energi, C++]\n---\nTeks.\n"
        "-- b.md --\n---\ntitle: B\ndate: 2002\ntags: [energi, C]\n---\nTeks.\n"
    )
    site = build(tmp_path, seeds)
    tags = {term.id: list(term.numbers) for ref, term in site.archive().terms.items() if ref.kind == "tag"}
    assert tags["energi"] == [0, 1]  # type: ignore[index]
    assert len(tags) == 3


def test_two_articles_that_claim_one_id_are_both_named(tmp_path: Path) -> None:
    seeds = "-- a.md --\n---\nid: sama\ntitle: A\n---\nTeks.\n-- b.md --\n---\nid: sama\ntitle: B\n---\nTeks.\n"
    with pytest.raises(InputError) as caught:
        build(tmp_path, seeds)
    assert "a.md" in str(caught.value)
    assert "b.md" in str(caught.value)
    assert not (tmp_path / "public").exists()


def freeze(folder: Path) -> str:
    options = Options(folder / "seeds", folder / "public", cache=None, base_url=None, jobs=1, strict=False)
    freeze_addresses(options, Silent())
    return (folder / "seeds" / "addresses.tsv").read_text("utf-8")


def test_a_frozen_article_keeps_its_address_when_its_title_changes(tmp_path: Path) -> None:
    before = build(tmp_path, TWO_NAMES).record("a.md")["url"]
    assert before in freeze(tmp_path)
    changed = TWO_NAMES.replace("title: Pidato pembukaan", "title: Judul yang lain")
    assert build(tmp_path, changed).record("a.md")["url"] == before


def test_an_address_not_frozen_follows_the_title(tmp_path: Path) -> None:
    before = build(tmp_path, TWO_NAMES).record("a.md")["url"]
    changed = TWO_NAMES.replace("title: Pidato pembukaan", "title: Judul yang lain")
    assert build(tmp_path, changed).record("a.md")["url"] != before


def test_frozen_addresses_of_what_was_merged_or_withdrawn_redirect(tmp_path: Path) -> None:
    before = build(tmp_path, TWO_NAMES).record("b.md")["url"]
    freeze(tmp_path)
    (tmp_path / "seeds" / "b.md").unlink()
    merge = '-- entities.toml --\n[[merge]]\nnames = ["Pak Wiryo Karjo"]\ninto = "Karno Wibowo"\n'
    site = build(tmp_path, merge)
    for old, new in ((before, "/articles/"), ("/people/pak-wiryo-karjo/", "/people/karno-wibowo/")):
        [refresh] = site.page(old).xpath('//meta[@http-equiv="refresh"]/@content')
        assert refresh.endswith(f"url={new}")
    assert site.exists("/people/karno-wibowo/")


def test_freezing_twice_changes_nothing_and_a_build_never_writes_under_seeds(tmp_path: Path) -> None:
    write_seeds(tmp_path / "seeds", TWO_NAMES)
    first = freeze(tmp_path)
    files = {path: path.read_bytes() for path in (tmp_path / "seeds").rglob("*")}
    build(tmp_path)
    assert freeze(tmp_path) == first
    assert {path: path.read_bytes() for path in (tmp_path / "seeds").rglob("*")} == files


def test_adding_articles_moves_no_address(tmp_path: Path) -> None:
    before = {path: record["url"] for path, record in build(tmp_path, TWO_NAMES).records().items()}
    more = "".join(f"-- more/{n}.txt --\nPidato pembukaan\n\nTeks nomor {n}.\n" for n in range(30))
    after = build(tmp_path, more).records()
    assert {path: after[path]["url"] for path in before} == before


def test_a_source_and_a_cited_medium_are_one_kind_of_page(tmp_path: Path) -> None:
    seeds = (
        '-- site.toml --\n[sources."warta.example"]\nname = "Warta Kota"\n'
        "-- a.md --\n---\ntitle: A\ndate: 2001\nsource: warta.example\n---\nTeks.\n"
        "-- b.md --\n---\ntitle: B\ndate: 2002\nsource: lain.example\nattribution: [Warta Kota]\n---\nTeks.\n"
    )
    site = build(tmp_path, seeds)
    sources = {term.id: list(term.numbers) for ref, term in site.archive().terms.items() if ref.kind == "source"}
    assert sources == {"warta-example": [0, 1], "lain-example": [1]}


def test_the_report_lists_names_that_nearly_agree_and_dates_in_doubt(tmp_path: Path) -> None:
    seeds = TWO_NAMES.replace("Pak Wiryo Karjo", "Ir. Sukarno Hadi")
    [doubt] = review(build(tmp_path, seeds).archive(), load_authority())
    assert (doubt.path, doubt.field) == ("entities.toml", "merge")
    assert doubt.message.startswith("'Ir. Soekarno Hadi' and 'Ir. Sukarno Hadi' nearly agree")


def test_the_report_begins_with_what_most_articles_hang_on(tmp_path: Path) -> None:
    def seed(number: int, name: str) -> str:
        front = f"title: Kabar {number}\nlanguage: id\ntags: []\nentities: [{{name: {name}, type: organization}}]\n"
        return f"-- {number}.md --\n---\n{front}---\nKabar {number} dari {name}.\n"

    one = [seed(1, "Yayasan Wiryo Karjo"), seed(2, "Yayasan Wirjo Karjo")]
    many = [seed(10 + n, "Sanggar Wulan Purnama" if n % 2 else "Sanggar Wulan Purnomo") for n in range(6)]
    doubts = review(build(tmp_path, "".join(one + many)).archive(), load_authority())
    assert ["Sanggar" in doubt.message for doubt in doubts] == [True, False]


def test_names_that_nearly_agree_with_a_known_one_are_reported_and_opposites_are_not(tmp_path: Path) -> None:
    def seed(number: int, names: str) -> str:
        return f"-- {number}.md --\n---\ntitle: K {number}\nlanguage: id\ntags: []\nentities: [{names}]\n---\nTeks.\n"

    slip = "{name: Vladimir Puttin, type: person}"
    opposites = "{name: Distrik Wulung Utara, type: place}, {name: Distrik Wulung Selatan, type: place}"
    [doubt] = review(build(tmp_path, seed(1, slip) + seed(2, opposites)).archive(), load_authority())
    assert doubt.message == "'Vladimir Puttin' is nearly the known 'Vladimir Putin'; if they are one person, merge them"


def test_a_day_without_a_year_is_reported_with_its_line(tmp_path: Path) -> None:
    text = "Presiden tiba\n- warta.example\nJAKARTA, Selasa (15/11) - Presiden tiba di bandara dan disambut warga.\n"
    doubts = review(build(tmp_path, f"-- a.txt --\n{text}").archive(), load_authority())
    [doubt] = [doubt for doubt in doubts if doubt.field == "date"]
    assert (doubt.path, doubt.line) == ("a.txt", 3)
    assert doubt.message.startswith("'Selasa (15/11)' has no year")


def test_the_report_is_silent_about_what_is_sure(tmp_path: Path) -> None:
    assert review(build(tmp_path, TWO_NAMES).archive(), load_authority()) == ()
