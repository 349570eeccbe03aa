"""The authority: one id for each thing, one thing for each name."""

import re

import pytest

from sitegen.authority import load_authority, parse_authority
from sitegen.model import EntityType, Slug

ROW = "place\tQ159\tRusia\ten=Russia; ru=Россия\tFederasi Rusia; id:RUS"


def test_the_authority_knows_hundreds_of_each_common_kind() -> None:
    kinds = [entry.type for entry in load_authority().entries.values()]
    assert all(kinds.count(kind) >= 300 for kind in (EntityType.PERSON, EntityType.ORGANIZATION, EntityType.PLACE))
    assert kinds.count(EntityType.EVENT) >= 20


def test_no_name_belongs_to_two_entries_in_one_language() -> None:
    authority = load_authority()
    languages = {known.language for all_known in authority.index.values() for known in all_known}
    shared = [
        name
        for name, all_known in authority.index.items()
        for language in languages
        if len({known.id for known in all_known if known.language in ("", language)}) > 1
    ]
    assert not shared


def test_no_two_entries_claim_one_wikidata_id_and_each_is_well_formed() -> None:
    ids = [entry.wikidata for entry in load_authority().entries.values() if entry.wikidata]
    assert len(ids) == len(set(ids)) > 300
    assert all(re.fullmatch(r"Q[1-9]\d*", each) for each in ids)


def test_every_entry_has_an_indonesian_and_an_english_name() -> None:
    assert all({"id", "en"} <= entry.names.keys() for entry in load_authority().entries.values())


@pytest.mark.parametrize(
    ("name", "language", "id"),
    [
        ("Korut", "", "korea-utara"),
        ("DPRK", "", "korea-utara"),
        ("Republik Demokratik Rakyat Korea", "id", "korea-utara"),
        ("朝鲜", "zh", None),
        ("Россия", "ru", "rusia"),
        ("الولايات المتحدة", "ar", None),
        ("AS", "id", "amerika-serikat"),
        ("AS", "en", None),
        ("as", "id", None),
        ("jokowi", "", "joko-widodo"),
        ("Vladimir  Vladimirovich\nPutin", "id", "vladimir-putin"),
        ("金正恩", "zh", "kim-jong-un"),
        ("Kantor Berita Pusat Korea", "id", "kcna"),
        ("Kim", "id", None),
    ],
)
def test_names_in_any_language_lead_to_the_entry(name: str, language: str, id: str | None) -> None:
    found = load_authority().find(name, language)
    assert (found.id if found else None) == id


def test_a_name_is_given_in_the_language_asked_for_or_in_english() -> None:
    authority = load_authority()
    assert authority.name(Slug("rusia"), "ru") == "Россия"
    assert authority.name(Slug("rusia"), "id") == "Rusia"
    assert authority.name(Slug("rusia"), "eo") == "Russia"


def test_a_row_holds_names_aliases_and_an_id_from_its_indonesian_name() -> None:
    authority = parse_authority(f"# note\n\n{ROW}\n")
    entry = authority.entries[Slug("rusia")]
    assert (entry.type, entry.wikidata, entry.aliases) == (EntityType.PLACE, "Q159", ("Federasi Rusia", "RUS"))
    assert authority.find("RUS", "en") is None
    assert authority.find("RUS", "id") is entry


def test_an_ambiguous_name_leads_nowhere() -> None:
    assert parse_authority(f"{ROW}\nplace\t\tKuba\ten=Cuba\tRussia\n").find("Russia") is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (f"{ROW}\n{ROW}", "authority.tsv:2: rusia is there already"),
        ("place\tQ1\tA", "authority.tsv:1: 3 columns instead of 5"),
        ("# note\nthing\t\tA\t\t", "authority.tsv:2: 'thing' is not a valid EntityType"),
    ],
)
def test_a_broken_row_is_named_by_its_line(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        parse_authority(text)
