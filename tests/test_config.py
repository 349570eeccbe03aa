"""site.toml and entities.toml: what is wrong in them is named with its line and a remedy."""

import pytest

from sitegen.archive import parse_addresses, parse_corrections
from sitegen.config import parse_settings
from sitegen.errors import InputError


def refusal(parse: object, text: str, path: str) -> str:
    assert callable(parse)
    with pytest.raises(InputError) as caught:
        parse(text, path)
    return str(caught.value)


def test_settings_left_out_have_their_usual_values() -> None:
    settings = parse_settings('title = "Arsip Kota"\n', "site.toml")
    assert (settings.title, settings.language, settings.list_size) == ("Arsip Kota", "id", 50)


def test_a_base_url_gets_its_last_slash() -> None:
    assert parse_settings('base_url = "https://x.example/sub"', "site.toml").base_url == "https://x.example/sub/"


def test_an_unknown_setting_is_an_error_that_names_the_nearest() -> None:
    said = refusal(parse_settings, 'title = "A"\n\nlangauge = "id"\n', "seeds/site.toml")
    assert said == "seeds/site.toml:3: langauge: unknown key (did you mean 'language'?)"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("list_size = 0", "list_size: not a whole number of 1 or more: 0"),
        ("list_size = true", "list_size: not a whole number of 1 or more: True"),
        ("title = 3", "title: not a text in quotes: 3"),
        ('base_url = "x.example"', "base_url: not an address of a site: 'x.example'"),
        ('time_zone = "Jakarta"', "time_zone: not a time zone: 'Jakarta' (expected an IANA name like 'Asia/Jakarta')"),
        ('sources = "x"', "sources: not tables like"),
        ('language = "de"', "language: not a language of the interface: 'de' (expected one of ar, en, id)"),
        ('language = "../id"', "language: not a language of the interface: '../id'"),
        ('templates = "/etc"', "templates: not a folder inside the seeds folder: '/etc' (expected like 'templates')"),
        ('card_images = "all"', "card_images: not for what there are images: 'all' (expected one of none, site, artic"),
        ('static = "../looks"', "static: not a folder inside the seeds folder: '../looks'"),
        ('static = "."', "static: not a folder inside the seeds folder: '.'"),
    ],
)
def test_an_unfit_value_is_named_with_what_is_expected(line: str, said: str) -> None:
    assert refusal(parse_settings, line + "\n", "site.toml").startswith(f"site.toml:1: {said}")


@pytest.mark.parametrize("language", ["id", "en", "id-ID", "en-GB"])
def test_a_language_may_name_a_region(language: str) -> None:
    assert parse_settings(f'language = "{language}"', "site.toml").language == language


def test_a_slip_in_a_table_is_on_its_own_line() -> None:
    settings = '[sources."a.example"]\nname = "A"\n[sources."b.example"]\nrights = "B"\nname = 3\n'
    assert refusal(parse_settings, settings, "site.toml").startswith("site.toml:5: name: not a text in quotes: 3")
    corrections = '[[veto]]\nname = "A"\n[[merge]]\nnames = ["B"]\nintoo = "C"\n'
    assert refusal(parse_corrections, corrections, "e.toml").splitlines() == [
        "e.toml:3: merge: 'into' is missing",
        "e.toml:5: intoo: unknown key (did you mean 'into'?)",
    ]


def test_all_problems_of_a_file_are_reported_together() -> None:
    said = refusal(parse_settings, 'titel = "A"\nlist_size = "x"\n[sources."a.example"]\nnam = "A"\n', "site.toml")
    assert [line.split(":")[1] for line in said.splitlines()] == ["1", "2", "4"]


def test_text_that_is_not_toml_is_refused_with_its_line() -> None:
    assert refusal(parse_settings, 'title = "A"\nlanguage = \n', "site.toml").startswith("site.toml:2: not valid TOML")


def test_corrections_are_read() -> None:
    made = parse_corrections(
        '[[merge]]\nnames = ["Bung Karno", "Sukarno"]\ninto = "Soekarno"\n[[veto]]\nname = "Aurus"\n', "entities.toml"
    )
    assert made.target("bung  KARNO") == "Soekarno"
    assert "aurus" in made.veto


def test_a_merge_into_something_merged_is_followed() -> None:
    text = '[[merge]]\nnames=["A"]\ninto="B"\n[[merge]]\nnames=["B"]\ninto="C"\n'
    assert parse_corrections(text, "entities.toml").target("A") == "C"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[[merg]]\nnames=["A"]\n', "entities.toml:1: merg: unknown key (did you mean 'merge'?)"),
        ('[[merge]]\nnames=["A"]\n', "entities.toml:1: merge: 'into' is missing"),
        ('[[merge]]\nname="A"\ninto="B"\n', "name: unknown key (did you mean 'names'?)"),
        ('[[merge]]\nnames="A"\ninto="B"\n', "names: not a list of texts: 'A'"),
        ('[[retype]]\nname="A"\ntype="planet"\n', "type: not one of person, organization, place, event: 'planet'"),
        ('[merge]\nnames=["A"]\ninto="B"\n', "not a list of tables, each headed [[merge]]"),
    ],
)
def test_a_malformed_correction_is_named(text: str, said: str) -> None:
    assert said in refusal(parse_corrections, text, "entities.toml")


@pytest.mark.parametrize(
    "text",
    [
        '[[merge]]\nnames=["A"]\ninto="B"\n\n[[merge]]\nnames=["a"]\ninto="C"\n',
        '[[retype]]\nname="A"\ntype="person"\n\n[[retype]]\nname="A"\ntype="place"\n',
        '[[merge]]\nnames=["A"]\ninto="B"\n\n[[veto]]\nname="A"\n',
    ],
)
def test_corrections_that_contradict_one_another_are_both_named(text: str) -> None:
    said = refusal(parse_corrections, text, "entities.toml")
    assert "entities.toml:5" in said
    assert "line 1" in said


def test_a_cycle_of_merges_is_refused_once_with_all_its_lines() -> None:
    text = '[[merge]]\nnames=["A"]\ninto="B"\n[[merge]]\nnames=["B"]\ninto="C"\n[[merge]]\nnames=["C"]\ninto="A"\n'
    said = refusal(parse_corrections, text, "entities.toml")
    assert said.count("circle") == 1
    assert "a -> b -> c -> a (lines 1, 4, 7)" in said


def test_frozen_addresses_of_another_form_are_refused_with_their_line() -> None:
    said = refusal(parse_addresses, "# note\n/articles/a/ article a\n", "addresses.tsv")
    assert said.startswith("addresses.tsv:2: not an address, a kind and an id with tabs between")


def test_an_address_frozen_for_two_things_is_refused_with_both_lines() -> None:
    said = refusal(parse_addresses, "/people/a/\tperson\ta\n/people/a/\tperson\tb\n", "addresses.tsv")
    assert "addresses.tsv:2" in said
    assert "line 1" in said
