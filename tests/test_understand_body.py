"""The body of an article as HTML: what people wrote is shown, none of it runs, paragraphs and names are marked."""

import json
import re
import time
import unicodedata
from collections.abc import Iterator, Sequence
from html import unescape
from pathlib import Path

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.model import Document, EntityType, Mention, RawSeed, SeedFormat, Span, Stated
from sitegen.understand.body import make_body
from tests.understanding import document_of

ACTIVE = frozenset(
    {
        "script", "iframe", "object", "embed", "svg", "math", "style", "form", "base", "meta", "link", "input",
        "button", "textarea", "select", "video", "audio", "img", "frame", "frameset", "applet", "template", "marquee",
    }
)  # fmt: skip
LINKED = ("http:", "https:", "mailto:")


def body_of(text: str, names: Sequence[str] = (), language: str = "id") -> str:
    """The body of a Markdown article in which `names` are mentioned wherever they occur in its prose."""
    return make_body(*marked(document_of(f"---\ntitle: Judul\n---\n\n{text}\n", "article.md"), names), language)


def plain_of(text: str, names: Sequence[str] = (), language: str = "id") -> str:
    """The body of a plain-text article."""
    return make_body(*marked(document_of(f"Judul\n\n{text}\n"), names), language)


def marked(document: Document, names: Sequence[str]) -> tuple[Document, list[Mention]]:
    spans = [Span(*found.span()) for name in names for found in re.finditer(re.escape(name), document.prose)]
    return document, [
        Mention(span, document.prose[slice(*span)], EntityType.PERSON, "", 1.0, "cue") for span in sorted(spans)
    ]


def tree(html: str) -> object:
    return html5lib.parseFragment(html, treebuilder="etree", namespaceHTMLElements=False)


def dangers(html: str) -> Iterator[str]:
    for element in tree(html).iter():  # type: ignore[attr-defined]
        if not isinstance(element.tag, str) or element.tag in ACTIVE:
            yield str(element.tag)
        for name, value in element.attrib.items():
            if name.startswith("on") or name in {"style", "class", "src", "srcdoc", "srcset", "action", "formaction"}:
                yield f"{element.tag} {name}"
            if name == "href" and not value.lower().startswith(LINKED):
                yield f"{element.tag} {name}={value}"


def shown(html: str) -> str:
    return "".join(tree(html).itertext())  # type: ignore[attr-defined]


def test_paragraphs_of_plain_text_are_numbered() -> None:
    assert plain_of("Satu.\n\nDua & <tiga>.") == '<p id="p1">Satu.</p>\n<p id="p2">Dua &amp; &lt;tiga&gt;.</p>'


def test_paragraphs_headings_and_items_of_markdown_are_numbered_as_the_document_has_them() -> None:
    html = body_of("# Bagian\n\nSatu **dua**.\n\n- tiga\n- empat\n\n1. lima\n\n> enam\n\n\\- tujuh")
    found = dict(re.findall(r'id="(p\d+)"[^>]*>(?:<p>)?([^<\n]*)', html))
    assert found == {
        "p1": "Bagian",
        "p2": "Satu ",
        "p3": "tiga",
        "p4": "empat",
        "p5": "lima",
        "p6": "enam",
        "p7": "- tujuh",
    }


@pytest.mark.parametrize(
    ("marks", "levels"),
    [("# ## ######", "2 3 4"), ("## ##", "2 2"), ("### # ##", "2 2 3"), ("# ### ## #", "2 3 3 2")],
)
def test_headings_stand_below_the_title_and_skip_no_level(marks: str, levels: str) -> None:
    html = body_of("\n\n".join(f"{mark} Bagian" for mark in marks.split()))
    assert re.findall(r"<h(\d)", html) == levels.split()


def test_mentions_are_marked_by_their_number() -> None:
    expected = '<p id="p1">Kini <a data-mention="0">Ana Ayu</a> dan <a data-mention="1">Budi</a>.</p>'
    assert plain_of("Kini Ana Ayu dan Budi.", ["Ana Ayu", "Budi"]) == expected
    assert body_of("Kini Ana Ayu dan Budi.", ["Ana Ayu", "Budi"]).strip() == expected


def test_a_mention_inside_emphasis_is_marked_and_one_across_its_edge_is_not() -> None:
    assert '<em><a data-mention="0">Budi</a></em>' in body_of("Kata *Budi* tadi.", ["Budi"])
    assert "data-mention" not in body_of("Kata Ana *Ayu Budi* tadi.", ["Ana  Ayu"])


@pytest.mark.parametrize(
    "text", ["[Budi](https://a.example/)", "`Budi`", "[Budi]\n\n[Budi]: https://a.example/", "<https://budi.example/>"]
)
def test_links_and_code_hold_no_mentions(text: str) -> None:
    html = body_of(text, ["Budi", "budi"])
    assert "data-mention" not in html
    assert "Budi" in html or "budi" in html


def test_overlapping_mentions_are_not_nested() -> None:
    html = plain_of("Dewan Keamanan PBB bersidang.", ["Dewan Keamanan PBB", "PBB"])
    assert html == '<p id="p1"><a data-mention="0">Dewan Keamanan PBB</a> bersidang.</p>'
    html = body_of("Dewan Keamanan PBB bersidang.", ["Dewan Keamanan PBB", "PBB"])
    assert html.strip() == '<p id="p1"><a data-mention="0">Dewan Keamanan PBB</a> bersidang.</p>'


def test_an_escaped_sign_before_a_mention_stays_escaped() -> None:
    html = body_of(r"Kata \*Budi\* tadi.", ["Budi", "*Budi"])
    assert shown(html).strip() == "Kata *Budi* tadi."


def test_images_are_links_to_themselves_and_never_load() -> None:
    html = body_of("![Peta](https://a.example/x.png) ![](https://a.example/y.png) ![z](data:image/png;base64,AA)")
    assert '<a href="https://a.example/x.png">Peta</a>' in html
    assert '<a href="https://a.example/y.png">https://a.example/y.png</a>' in html
    assert not list(dangers(html))


def test_an_image_in_a_link_is_only_its_words() -> None:
    html = body_of("[![Peta](https://a.example/x.png)](https://a.example/)")
    assert '<a href="https://a.example/">Peta</a>' in html


def test_links_without_words_show_their_address_and_relative_ones_lose_it() -> None:
    assert '<a href="https://a.example/?a=1&amp;b=2">https://a.example/?a=1&amp;b=2</a>' in body_of(
        "[](https://a.example/?a=1&b=2)"
    )
    assert "<a" not in body_of("[sana](../lain.md) [situ](#p1) [anu](//jahat.example/) [x](javascript:alert(1))")


def test_ids_classes_and_styles_of_authors_are_dropped() -> None:
    html = body_of('<p id="p9" class="x" style="color:red" lang="en">Halo</p>\n\nDua.')
    assert 'id="p9"' not in html
    assert "class" not in html
    assert "style" not in html
    assert 'lang="en"' in html


def test_tables_and_code_survive() -> None:
    html = body_of("| a | b |\n|---|---|\n| 1 | 2 |\n\n```\nif a < b: pass\n```")
    assert re.sub(r' id="p\d+"', "", html).count("<td>") == 2
    assert "if a &lt; b: pass" in html


def test_what_html_forbids_is_shown() -> None:
    html = plain_of("a\x01b\x7fc\ufdd0d\ufffee\x85f")
    assert shown(html).startswith("a\u2401b\u2421c\ufffdd\ufffde")
    assert "\ufdd0" not in body_of("a\ufdd0\ufde1\ufdd3b")


def test_a_paragraph_against_the_direction_of_its_article_says_so() -> None:
    assert plain_of("Satu.\n\nשלום עולם.") == '<p id="p1">Satu.</p>\n<p id="p2" dir="rtl">שלום עולם.</p>'
    assert plain_of("שלום.\n\nSatu.", language="he") == '<p id="p1">שלום.</p>\n<p id="p2" dir="ltr">Satu.</p>'
    assert '<p id="p1" dir="rtl">' in body_of("שלום עולם.")


MARKDOWN_SIGNS = re.compile(r"([\\`*_{}\[\]()#+\-.!])")
PLAIN = st.text(
    alphabet=st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp"), exclude_characters="\u2028\u2029"),
    min_size=1,
    max_size=80,
).map(str.strip)


def plain_document(paragraphs: Sequence[str], form: SeedFormat) -> Document:
    text = "\n\n".join(paragraphs)
    spans, place = [], 0
    for paragraph in paragraphs:
        spans.append(Span(place, place + len(paragraph)))
        place += len(paragraph) + 2
    seed = RawSeed("a", b"", "")
    return Document(seed, form, "utf-8", 1.0, text, text, Stated(), None, None, None, Span(0, len(text)), tuple(spans))


@given(st.lists(PLAIN.filter(bool), min_size=1, max_size=4))
def test_plain_text_becomes_what_markdown_makes_of_it_escaped(paragraphs: list[str]) -> None:
    escaped = [
        MARKDOWN_SIGNS.sub(r"\\\1", one.replace("&", "&amp;").replace("<", "&lt;").replace("\xa0", "&nbsp;"))
        for one in paragraphs
    ]
    direct = make_body(plain_document(paragraphs, SeedFormat.TEXT), (), "id")
    assert make_body(plain_document(escaped, SeedFormat.MARKDOWN), (), "id") == direct


@given(st.text(max_size=200), st.sampled_from(["article.md", "article.txt"]))
def test_any_text_makes_an_inert_body_that_has_every_paragraph(text: str, path: str) -> None:
    start = "---\ntitle: Judul\n---\n\n" if path.endswith(".md") else "Judul\n\n"
    document = document_of(start + "x" + text, path)
    html = make_body(document, (), "id")
    assert not list(dangers(html))
    assert re.findall(r'id="p(\d+)"', html) == [str(n) for n, _ in enumerate(document.paragraphs, 1)]


def test_letters_of_any_script_are_shown_and_cost_no_mention() -> None:
    rare = "\U00010350\U00010353\U00010352 \U00010530 x"
    html = body_of(f"*Budi* {rare}", ["Budi"])
    assert rare in html
    assert 'data-mention="0"' in html
    every = rare + "\U00010600"
    html = body_of(f"*Budi* {every}", ["Budi"])
    assert every in html
    assert 'id="p1"' in html
    assert "data-mention" not in html


PIECES = (
    "Budi",
    " ",
    "*",
    "**",
    "_",
    "[",
    "](https://a.example)",
    "`",
    "\n\n",
    "\n",
    "- ",
    "# ",
    "> ",
    "<b>",
    "</b>",
    "\\",
    "&lt;",
)


@settings(max_examples=400)
@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_marking_names_never_changes_what_is_shown(text: str) -> None:
    assert shown(body_of(f"x {text}", ["Budi"])) == shown(body_of(f"x {text}"))


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_no_markup_swallows_words(text: str) -> None:
    document = document_of(f"---\ntitle: Judul\n---\n\nx {text}\n", "article.md")
    prose = unescape("".join(document.prose[slice(*paragraph)] for paragraph in document.paragraphs))
    body = shown(make_body(document, (), "id"))
    assert sum(map(str.isalnum, body)) >= sum(map(str.isalnum, prose))


@pytest.mark.parametrize("text", ["- " * 80 + "kata", "> " * 300 + "kata", "<iframe>kata</iframe>", "*a**b*kata"])
def test_words_that_markup_would_swallow_are_shown(text: str) -> None:
    assert "kata" in shown(body_of(text))


def test_attacks_come_out_inert(shared: Path) -> None:
    lines = (shared / "samples" / "hostile" / "xss.jsonl").read_text("utf-8").splitlines()
    inputs = [json.loads(line)["input"] for line in lines]
    assert len(inputs) > 3000
    for text in inputs:
        for html in (body_of(text), plain_of(text)):
            assert not list(dangers(html)), text
    assert unicodedata.normalize("NFC", "".join(inputs[0].split())) in "".join(shown(plain_of(inputs[0])).split())


def test_every_commonmark_example_makes_an_inert_body(shared: Path) -> None:
    for line in (shared / "samples" / "hostile" / "commonmark.jsonl").read_text("utf-8").splitlines():
        assert not list(dangers(body_of(json.loads(line)["markdown"])))


@pytest.mark.parametrize("piece", ["[", "![", "<a ", "<http://", "*_`[", "> ", "[a][", "- ", "`", "&"])
def test_markup_beyond_reason_takes_no_time_beyond_reason(piece: str) -> None:
    document = document_of("---\ntitle: Judul\n---\n\n" + piece * (150_000 // len(piece)), "article.md")
    start = time.process_time()
    html = make_body(document, (), "id")
    assert time.process_time() - start < 5
    assert not list(dangers(html))
