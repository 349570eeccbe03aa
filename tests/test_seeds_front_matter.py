"""Front matter: what may be stated and how, and what is said to the person when it cannot be read."""

import hashlib
import json

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sitegen.errors import InputError
from sitegen.model import Dating, EntityType, Precision, RawSeed, Severity, Stated, StatedEntity
from sitegen.seeds import Parsed, front_matter, parse_seed
from sitegen.seeds.simple_fields import read_simple_fields

TEXT = st.text(st.characters(max_codepoint=0xFFFF, exclude_categories=["Cs"]), max_size=30)
KEYS = st.sampled_from(["title", "x-y", "null", "1", "a b", "<<", "-", '"a"'])
PIECES = (
    """a 2024-01-02T07:42:00Z null NULL ~ a: a:b : # a# - ' " "" ["a"] ["a","b"] [ ] , [a] &a *a | > ! % é 😀 (a)"""
)
ODD_PIECES = ['"a, b"', '["a", "b"]', '", "', "\\", '"\\n"', "\t", '"\t"', "\u2028", '"\u2028"', "\r"]
VALUES = st.lists(st.sampled_from(PIECES.split(" ") + ODD_PIECES), max_size=3).map(" ".join)
SIGNS = st.text("-: #'\"\n\x85ab,[]{}&*!|>?%@`~=\u2028\t01", max_size=12)


def parse(fields: str) -> Parsed:
    content = f"---\n{fields}\n---\n\nIsi.\n".encode()
    return parse_seed(RawSeed("seeds/a.md", content, hashlib.sha256(content).hexdigest()))


def stated(fields: str) -> Stated:
    return parse(fields).document.stated


def complaints(fields: str) -> list[str]:
    with pytest.raises(InputError) as caught:
        parse(fields)
    assert all(problem.severity is Severity.ERROR for problem in caught.value.problems)
    return str(caught.value).split("\n")


def test_every_field_is_read() -> None:
    assert stated(
        "id: banjir-2024\nslug: banjir\ntitle: 'Banjir: tiga hari'\ndescription: Ringkas\ndate: 2024-03-20\n"
        "language: id\nsource: kompas.com\nsource_url: https://kompas.com/a\ndateline: Jakarta\nbyline: [Ani, Budi]\n"
        "attribution: KCNA\ntags: [banjir, cuaca]\nentities:\n"
        "  - Joko Widodo\n  - name: PBB\n    type: organization\nlicence: CC0"
    ) == Stated(
        id="banjir-2024",
        slug="banjir",
        title="Banjir: tiga hari",
        description="Ringkas",
        date=Dating("2024-03-20", Precision.DAY, 1.0, "stated", None),
        language="id",
        source="kompas.com",
        source_url="https://kompas.com/a",
        dateline="Jakarta",
        byline=("Ani", "Budi"),
        attribution=("KCNA",),
        tags=("banjir", "cuaca"),
        entities=(StatedEntity("Joko Widodo", None), StatedEntity("PBB", EntityType.ORGANIZATION)),
        licence="CC0",
    )


@pytest.mark.parametrize("field", ["tags: [{}]", "tags: '{}'", "byline: [{}]", "entities: [{}]"])
def test_a_list_beyond_reason_is_refused(field: str) -> None:
    reasonable = field.format(", ".join(f"kata {number}" for number in range(200)))
    assert stated(reasonable)
    beyond = field.format(", ".join(f"kata {number}" for number in range(5000)))
    assert complaints(beyond)[0].endswith("a list of 5000, and 200 are the most; keep those that matter")


def test_an_escape_that_stands_for_no_character_is_refused_with_a_remedy() -> None:
    said = complaints('title: A\ndescription: "a \\ud800 b"')[0]
    assert said.startswith("seeds/a.md:3:")
    assert said.endswith("write the character itself, not an escape that stands for none")


def test_synonyms_and_any_case_are_read() -> None:
    said = stated(
        "Summary: a\nPUBLISHED: 2024\nlang: en\nUrl: http://a.b\nAuthors: Ani dan Budi\nkeywords: a, b\nLicense: x"
    )
    assert said.description == "a"
    assert said.date == Dating("2024", Precision.YEAR, 1.0, "stated", None)
    assert (said.language, said.source_url, said.licence) == ("en", "http://a.b", "x")
    assert said.byline == ("Ani", "Budi")
    assert said.tags == ("a", "b")


def test_silence_is_none_and_an_empty_list_says_there_is_none() -> None:
    said = stated("title:\ndate: ~\ntags: []\nbyline: null")
    assert (said.title, said.date, said.byline) == (None, None, None)
    assert said.tags == ()


@pytest.mark.parametrize(
    ("written", "date", "precision"),
    [
        ("2024", "2024", Precision.YEAR),
        ("2024-03", "2024-03", Precision.MONTH),
        ("2024-03-20", "2024-03-20", Precision.DAY),
        ("'2024-03-20'", "2024-03-20", Precision.DAY),
        ("2024-03-20T23:59:59Z", "2024-03-20", Precision.DAY),
        ("2024-03-20 08:00:00.5 +07:00", "2024-03-20", Precision.DAY),
        ("2024-03-20 08:00", "2024-03-20", Precision.DAY),
        ("2024-02-29", "2024-02-29", Precision.DAY),
    ],
)
def test_dates_are_read_as_written(written: str, date: str, precision: Precision) -> None:
    assert stated(f"date: {written}").date == Dating(date, precision, 1.0, "stated", None)


@pytest.mark.parametrize(
    "written",
    ["31/02/2021", "2021-02-31", "2023-02-29", "2021-13", "besok", "20210320", "2021-03-20T25:00", "0000", "[2021]"],
)
def test_what_is_no_date_is_refused_with_line_and_remedy(written: str) -> None:
    (complaint,) = complaints(f"title: x\ndate: {written}")
    assert complaint.startswith("seeds/a.md:3: date: not ")
    assert "expected" in complaint


def test_the_message_for_a_wrong_date_is_the_one_promised() -> None:
    assert complaints("title: x\ndate: 31/02/2021") == [
        "seeds/a.md:3: date: not a date: '31/02/2021' (expected YYYY-MM-DD)"
    ]


def test_all_wrong_values_are_reported_together() -> None:
    said = complaints(
        "id: A B\nslug: ä\nlang: Indonesian\ntitle: [a]\ntags: {a: b}\nurl: ftp://x\n"
        "entities:\n- name: A\n  type: alien\n- {type: place}"
    )
    assert [line.split(" (expected")[0] for line in said] == [
        "seeds/a.md:2: id: not an id: 'A B'",
        "seeds/a.md:3: slug: not a slug: 'ä'",
        "seeds/a.md:4: lang: not a language code: 'Indonesian'",
        "seeds/a.md:5: title: not text: a list",
        "seeds/a.md:6: tags: not a list: fields",
        "seeds/a.md:7: url: not a web address: 'ftp://x'",
        "seeds/a.md:10: entities: not a type of entity: 'alien'",
    ]


@pytest.mark.parametrize(
    ("fields", "line", "parts"),
    [
        ("title: Banjir: tiga hari", 2, ["'title: Banjir: tiga hari'", "quotation marks", "colon"]),
        ('date: 2024\ntitle: "Banjir', 3, ["'title: \"Banjir'", "close the quotation mark"]),
        ("title: @ani", 2, ["'title: @ani'", "quotation marks"]),
        ("title: 'a' b", 2, ["quotation marks"]),
        ("title: *ani", 2, ["*ani", "quotation marks"]),
        ("a: &x [1]\nb: [*x, *x]", 3, ["alias (*x)"]),
        ("a: 1\n\tb: 2", 3, ["tabs"]),
        ("- a\n- b", 2, ["`field: value`"]),
        ("judul saja", 2, ["`field: value`"]),
        ("title: a\ndate: 2024\ntitle: b", 4, ["title: given twice, on lines 2 and 4"]),
        ("? [a, b]\n: c", 2, ["a field's name must be a word"]),
    ],
)
def test_broken_front_matter_is_reported_with_line_text_and_remedy(fields: str, line: int, parts: list[str]) -> None:
    (complaint,) = complaints(fields)
    assert complaint.startswith(f"seeds/a.md:{line}: ")
    assert all(part in complaint for part in parts), complaint


def test_front_matter_without_an_end_is_reported() -> None:
    with pytest.raises(InputError, match=r"seeds/a\.md:1: the front matter has no end"):
        parse_seed(RawSeed("seeds/a.md", b"---\ntitle: a\n\nIsi.\n", "0"))


def test_a_rule_at_the_top_is_no_front_matter() -> None:
    document = parse_seed(RawSeed("a.md", b"---\n\nIsi biasa.\n", "0")).document
    assert document.stated == Stated()


@pytest.mark.parametrize(
    "fields", ["- " * 100_000 + "a", "? " * 100_000 + "a", "[" * 100_000, "a: " + "{b: " * 50_000, "- [" * 30_000]
)
def test_deep_nesting_is_refused_and_harms_nothing(fields: str) -> None:
    assert len(complaints(fields)) == 1


def test_a_bomb_of_aliases_is_refused() -> None:
    levels = "\n".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]" for n in range(1, 12))
    (complaint,) = complaints(f"l0: &l0 [lol]\n{levels}\ntags: *l11")
    assert "alias (*l0)" in complaint


def test_a_near_miss_is_noted_and_other_fields_are_left_alone() -> None:
    parsed = parse("titel: a\nlayout: post\nyears: [2024]\nkeywords: b\ntags: [c]")
    assert [str(problem) for problem in parsed.problems] == [
        "seeds/a.md:2: titel: not a field; did you mean 'title'?",
        "seeds/a.md:5: keywords: not read, for 'tags' says the same: keep one",
    ]
    assert all(problem.severity is Severity.NOTE for problem in parsed.problems)
    assert parsed.document.stated.tags == ("c",)


@pytest.mark.parametrize(
    ("written", "code"), [("ID", "id"), ("en_us", "en-US"), ("zh-hant-tw", "zh-Hant-TW"), ("sr-Latn", "sr-Latn")]
)
def test_language_codes_are_put_in_their_usual_case(written: str, code: str) -> None:
    assert stated(f"language: {written}").language == code


def test_of_a_web_address_given_as_source_the_host_is_kept() -> None:
    assert stated("source: https://www.kompas.com/read/1").source == "www.kompas.com"


def test_values_that_look_like_numbers_or_truth_are_text() -> None:
    said = stated("title: 2024\ndescription: yes\ntags: [1, true, 2024-01-01]")
    assert (said.title, said.description, said.tags) == ("2024", "yes", ("1", "true", "2024-01-01"))


def test_titles_written_as_json_are_read() -> None:
    title = 'a "b" 😀'
    assert stated(f"title: {json.dumps(title)}").title == title


@given(st.lists(st.tuples(KEYS, st.sampled_from([": ", ":  ", ":", " : "]), VALUES).map("".join), max_size=3))
def test_fields_read_without_yaml_are_what_yaml_reads(lines: list[str]) -> None:
    fields = read_simple_fields("\n".join(lines) + "\n")
    if fields is not None:
        said = yaml.load("\n".join(lines), Loader=yaml.BaseLoader)
        assert fields == [(key, tuple(value) if isinstance(value, list) else value) for key, value in said.items()]
        assert None not in yaml.safe_load("\n".join(lines)).values()


def test_fields_as_programs_write_them_need_no_yaml() -> None:
    written = (
        'title: "Banjir: tiga hari"\ndate: 2024-03-20T07:42:00Z\nsource: kompas.com\ntags: ["banjir", "ayah, ibu"]\n'
    )
    assert read_simple_fields(written) == [
        ("title", "Banjir: tiga hari"),
        ("date", "2024-03-20T07:42:00Z"),
        ("source", "kompas.com"),
        ("tags", ("banjir", "ayah, ibu")),
    ]


@settings(deadline=None)
@given(TEXT | SIGNS)
@example("a\u2028  b")
@example("\x85  ")
def test_what_is_written_is_yaml_and_the_same_with_either_emitter(text: str) -> None:
    written = front_matter.dump_fields({"title": text, "byline": (text, "x")})
    block = written.removeprefix("---\n").removesuffix("---\n")
    assert yaml.safe_load(block) == {"title": text, "byline": [text, "x"]}
    plain = front_matter.dump_fields({"title": text, "licence": "x"})
    assert front_matter.dump_fields({"title": text, "licence": "😀"}) == plain.removesuffix("x\n---\n") + "😀\n---\n"


def test_emoji_stay_readable_in_written_front_matter() -> None:
    assert front_matter.dump_fields({"title": "Banjir 😀"}) == "---\ntitle: Banjir 😀\n---\n"
