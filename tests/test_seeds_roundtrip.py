"""Properties: any text is read, and what is written of it as Markdown says and shows the same."""

import hashlib
import html
import json
import re
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from sitegen.errors import InputError
from sitegen.model import Document, RawSeed, Span
from sitegen.seeds import document_markdown, parse_seed

TRICKY = st.text("ab1 :#'\"-–*_`~<>[](){}|\\&;!+=./\t\x00\x85\u2028\u200f\u202eشק字😀\n", max_size=40)
LINES = st.one_of(st.text(st.characters(exclude_categories=["Cs"]), max_size=40), TRICKY)


def seed(text: str, path: str) -> RawSeed:
    content = text.encode()
    return RawSeed(path, content, hashlib.sha256(content).hexdigest())


def parse(text: str, path: str = "a.txt") -> Document:
    return parse_seed(seed(text, path)).document


def said(document: Document, span: Span | None, stated: str | None) -> str:
    if stated is not None:
        return stated
    return document.text[slice(*span)] if span is not None else ""


def prose(document: Document) -> list[str]:
    """The paragraphs, less white space: where a mark was, a space may be."""
    return ["".join(document.prose[slice(*span)].split()) for span in document.paragraphs]


def shown(source: str) -> list[str]:
    """What a reader sees of each paragraph when Markdown is made HTML, with white space evened out."""
    page = MarkdownIt("commonmark").enable("table").render(source)
    paragraphs = re.findall(r"<p>(.*?)</p>", page, re.DOTALL)
    assert re.sub(r"<p>.*?</p>|\s", "", page, flags=re.DOTALL) == "", "something became no paragraph"
    assert not any("<" in paragraph for paragraph in paragraphs), "something became markup"
    return [" ".join(html.unescape(paragraph).split()) for paragraph in paragraphs]


def check_round_trip(text: str) -> None:
    try:
        document = parse(text)
    except InputError:
        assert not text.lstrip("\ufeff").strip() or any(char in text for char in "\0\x01\x02"), text
        return
    written = document_markdown(document)
    again = parse(written, "a.md")
    assert said(again, again.title, again.stated.title) == said(document, document.title, None)
    assert said(again, again.source, again.stated.source) == said(document, document.source, None)
    assert prose(again) == prose(document)
    assert document_markdown(again) == written


@settings(deadline=None, max_examples=400)
@given(st.lists(LINES, max_size=6).map("\n".join))
@example('Judul: # "a"\n- kompas.com\n---\n- a\n1. b\n# c\n> d\n***\n===\nx | y\n--|--\n& &amp; <b> \\* [a](b) ~~~')
@example("---\ntitle: x\n---\nabc")
@example("Judul\n- kompas.com\n~~~\nIsi.\n```\nLagi.")
@example("😀\n- kompas.com\n\u202eשלום\u202c\n\x00a\x00")
def test_a_plain_seed_says_the_same_as_its_markdown(text: str) -> None:
    check_round_trip(text)


@settings(deadline=None, max_examples=400)
@given(st.lists(LINES, min_size=1, max_size=4))
@example(["&#0", "&#38", "a &#x26 b"])
@example(["`a` ``b`` &amp; &lt;b> <b> <!-- c --> **d** _e_ __f__ g_h_i \\* \\\\ [j](k) ![l](m) [n]: o {: .p} ~~~q~~~"])
@example(
    ["# a", "> b", "- c", "+ d", "* e", "1. f", "2) g", "===", "---", "***", "~~~", "```", ": h", "| i |", "    j"]
)
@example(
    ["٣. a", "http://a.b/?c=1&copy=2", "<http://a.b>", "a@b.c", "&copy", "[^1]: a", "*[a]: b", "[a]: b", "!!! note"]
)
def test_markdown_shows_a_plain_seed_as_it_is(lines: list[str]) -> None:
    document = parse("\n".join(["Judul", "- kompas.com", *lines]))
    body = document_markdown(document).partition("\n---\n")[2]
    text = document.text.replace("\0", "\ufffd")
    expected = [" ".join(text[slice(*span)].split()) for span in document.paragraphs]
    assert shown(body) == [paragraph for paragraph in expected if paragraph]


@settings(deadline=None, max_examples=400)
@given(st.lists(LINES, max_size=8).map("\n".join), st.sampled_from(["a.txt", "a.md"]))
def test_offsets_of_prose_are_those_of_text_and_paragraphs_are_tight(text: str, path: str) -> None:
    try:
        document = parse(text, path)
    except InputError:
        return
    assert len(document.prose) == len(document.text)
    end = document.body.start
    for span in document.paragraphs:
        paragraph = document.prose[slice(*span)]
        assert paragraph
        assert paragraph == paragraph.strip()
        assert end <= span.start < span.end <= document.body.end
        end = span.end


def test_the_hostile_strings_are_read_as_titles_and_bodies_and_come_back(shared: Path) -> None:
    lines = (shared / "samples/hostile/strings.jsonl").read_text("utf-8").splitlines()
    for text in [json.loads(line)["input"] for line in lines]:
        check_round_trip(f"{text}\n- kompas.example\n\n{text}\n")
        document = parse(f"{text}\n- kompas.example\n\n{text}\n")
        assert document.text == f"{text}\n- kompas.example\n\n{text}\n".removeprefix("\ufeff")
        assert said(document, document.source, None) == "kompas.example"
        parse(f"---\ntitle: {json.dumps(text)}\n---\n\n{text}\n", "a.md")
        parse(f"# {text}\n\n{text}\n", "a.md")


def test_the_common_mark_examples_are_read(shared: Path) -> None:
    for line in (shared / "samples/hostile/commonmark.jsonl").read_text("utf-8").splitlines():
        source = json.loads(line)["markdown"]
        if source.strip():
            document = parse(f"---\ntitle: x\n---\n\n{source}", "a.md")
            assert len(document.prose) == len(document.text)


def test_a_byline_survives_as_a_list_of_names() -> None:
    document = parse("Judul\n- kompas.com\nOleh: Siti Aminah dan Budi: Jr\nIsi.")
    again = parse(document_markdown(document), "a.md")
    assert again.stated.byline == ("Siti Aminah", "Budi: Jr")


def test_a_seed_without_headline_does_not_gain_one() -> None:
    document = parse("- kompas.com\nIsi pertama.\nIsi kedua.")
    again = parse(document_markdown(document), "a.md")
    assert again.stated.title == ""
    assert again.title is None
    assert len(again.paragraphs) == 2


def test_a_markdown_seed_is_written_as_its_own_text() -> None:
    text = "---\ntitle: A\n---\n\n*b*\n"
    assert document_markdown(parse(text, "a.md")) == text


@pytest.mark.parametrize("text", ["1984-85 musim", "snake_case_name", "AT&T", "Rp 5.000", "a > b", "C#", "50% – ya!"])
def test_everyday_text_is_not_escaped(text: str) -> None:
    assert document_markdown(parse(f"Judul\n\n{text}")).endswith(f"\n{text}\n")
