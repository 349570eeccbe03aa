"""Templates and their functions: links in texts, languages, the catalogs, a site's own templates."""

import ast
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from jinja2 import Environment
from jinja2.ext import extract_from_ast
from markupsafe import Markup

from sitegen.config import Settings
from sitegen.errors import InputError
from sitegen.locale import (
    available_languages,
    format_date,
    format_month,
    format_number,
    language_name,
    load_messages,
    text_direction,
)
from sitegen.locale.messages import CATALOGS
from sitegen.model import Page, Url
from sitegen.pages.views import Head
from sitegen.render import Renderer, data_block, language_attributes, link_mentions
from sitegen.resources import PACKAGE, shipped_folder

SETTINGS = Settings(title="Arsip", base_url="https://arsip.example/sub/")


@dataclass(frozen=True, slots=True)
class View:
    head: Head
    text: str = ""


def render(template: str, tmp_path: Path, text: str = "", language: str = "id") -> str:
    """What a template of the site's own gives."""
    (tmp_path / "own.html").write_text(template)
    settings = Settings(title="Arsip", base_url="https://arsip.example/sub/", language=language)
    page = Page(Url("/own/"), "own.html", View(Head(), text))
    return Renderer(settings, (tmp_path, shipped_folder("templates"))).render(page).content.decode()


@pytest.mark.parametrize(
    ("template", "line", "said"),
    [
        ("<p>\n{{ view.nothing }}", 2, "has no attribute 'nothing'"),
        ("{% if %}", 1, "Expected an expression"),
        ("<p>\n\n{% include 'gone.html' %}", 3, "gone.html"),
        ("{{ 1 // 0 }}", 1, "ZeroDivisionError"),
        ("<p>\n{{ list_item('no item') }}", 2, "has no attribute"),
        (b"\n\xff", 1, "not UTF-8; save it as UTF-8"),
    ],
)
def test_a_template_of_the_sites_own_that_fails_is_named_with_its_line(
    tmp_path: Path, template: str | bytes, line: int, said: str
) -> None:
    own = tmp_path / "own.html"
    own.write_bytes(template.encode() if isinstance(template, str) else template)
    renderer = Renderer(SETTINGS, (tmp_path, shipped_folder("templates")))
    with pytest.raises(InputError) as caught:
        renderer.render(Page(Url("/own/"), "own.html", View(Head())))
    assert str(caught.value).startswith(f"{own}:{line}: a template that fails (")
    assert said in str(caught.value)


def test_a_failure_of_sitegens_own_templates_is_not_the_sites(tmp_path: Path) -> None:
    renderer = Renderer(SETTINGS, (tmp_path, shipped_folder("templates")))
    with pytest.raises(AttributeError):
        renderer.render(Page(Url("/"), "home.html", View(Head())))


def test_a_template_of_the_sites_own_may_ask_what_jinja_lets_it_ask(tmp_path: Path) -> None:
    template = "{% set facts = {'a': 'b'} %}{{ facts.a }} {{ facts.c is defined }} {{ view.nothing|default('none') }}"
    assert render(template, tmp_path) == "b False none"


def test_a_folder_of_templates_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="looks: templates: there is no such folder"):
        Renderer(SETTINGS, (tmp_path / "looks", shipped_folder("templates")))


def said_by_templates() -> Iterator[tuple[str, tuple[str, ...]]]:
    """The template and the message (singular, plural) of everything that templates say."""
    environment = Environment(autoescape=True)
    for path in sorted(shipped_folder("templates").rglob("*.*")):
        for _, function, message in extract_from_ast(environment.parse(path.read_text("utf-8")), ("_", "ngettext")):
            texts = (message,) if isinstance(message, str) else tuple(text for text in message or () if text)
            yield path.name, texts if function == "ngettext" else texts[:1]


def said_by_code() -> Iterator[tuple[str, tuple[str, ...]]]:
    """The module and the message of everything that code says: a text, or one of a table of texts."""
    for path in sorted(PACKAGE.rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        tables = {
            ast.unparse(node.target): node.value for node in tree.body if isinstance(node, ast.AnnAssign) and node.value
        }
        tables |= {ast.unparse(node.targets[0]): node.value for node in tree.body if isinstance(node, ast.Assign)}
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            if isinstance(call.func, ast.Attribute) and call.func.attr == "gettext":
                said = call.args[0]
                table = tables[ast.unparse(said.value)] if isinstance(said, ast.Subscript) else said
                values = table.values if isinstance(table, ast.Dict) else [table]
                yield from ((path.name, (ast.literal_eval(value),)) for value in values)


@pytest.mark.parametrize("language", [code for code in available_languages() if code != "en"])
def test_everything_that_templates_and_code_say_is_translated_and_nothing_else(language: str) -> None:
    with (CATALOGS / f"{language}.po").open("rb") as file:
        catalog = read_po(file, locale=language)
    found = [*said_by_templates(), *said_by_code()]
    assert len(found) > 100
    for place, message in found:
        entry = catalog.get(message[0])
        assert entry is not None, f"{place}: {message[0]!r} is not in {language}.po"
        texts = entry.string if isinstance(entry.string, tuple) else (entry.string,)
        assert all(texts), f"{place}: {message[0]!r} has no translation"
        assert not list(entry.check(catalog)), f"{place}: {message[0]!r} has other variables"
    known = {entry.id if isinstance(entry.id, str) else entry.id[0] for entry in catalog if entry.id}
    assert known - {message[0] for _, message in found} == set()


def test_arabic_has_six_forms_for_numbers() -> None:
    ngettext = load_messages("ar").ngettext
    assert len({ngettext("%(num)s article", "%(num)s articles", number) for number in (0, 1, 2, 3, 11, 100)}) == 6


def test_the_interface_speaks_the_language_of_the_settings(tmp_path: Path) -> None:
    template = "{{ _('People') }} {{ ngettext('%(num)s person', '%(num)s people', 2, num=number(1200)) }}"
    assert render(template, tmp_path, language="id") == "Tokoh 1.200 tokoh"
    assert render(template, tmp_path, language="en") == "People 1,200 people"
    assert render(template, tmp_path, language="en-GB") == "People 1,200 people"


def test_what_a_text_brings_into_a_message_is_escaped(tmp_path: Path) -> None:
    template = "{{ _('Articles on %(name)s', name=view.text) }}"
    assert render(template, tmp_path, text="<b>", language="en") == "Articles on &lt;b&gt;"


def test_a_message_is_escaped_in_attributes(tmp_path: Path) -> None:
    assert "&#34;" in render("""<p title="{{ _('Words, names or a "phrase"') }}">""", tmp_path)


def test_a_message_without_translation_stays_english() -> None:
    assert load_messages("id").gettext("No such message") == "No such message"
    assert load_messages("tlh").gettext("People") == "People"


def test_a_site_may_bring_its_own_template(tmp_path: Path) -> None:
    (tmp_path / "pieces").mkdir()
    (tmp_path / "pieces" / "item.html").write_text("mine: {{ thing }}")
    assert render("{{ list_item(view.text) }}", tmp_path, text="<x>") == "mine: &lt;x&gt;"


def test_addresses_carry_the_base_path(tmp_path: Path) -> None:
    template = "{{ href('/people/') }} {{ href(url) }} {{ absolute(url) }}"
    assert render(template, tmp_path) == "/sub/people/ /sub/own/ https://arsip.example/sub/own/"


def test_mentions_lead_to_their_pages_and_lose_the_link_where_there_is_none() -> None:
    body = '<p id="p1"><a data-mention="0">Putin</a> &amp; <a data-mention="1">Kim</a> <a href="x">y</a></p>'
    linked = link_mentions(lambda url: f"/sub{url}", body, (Url("/people/putin/"), None))
    assert linked == '<p id="p1"><a class="mention" href="/sub/people/putin/">Putin</a> &amp; Kim <a href="x">y</a></p>'
    assert isinstance(linked, Markup)


@pytest.mark.parametrize("text", ["</script><script>alert(1)</script>", "<!--<script>", "\u2028"])
def test_no_text_ends_a_data_block(text: str) -> None:
    block = data_block(json.dumps({"headline": text}, ensure_ascii=False))
    assert "<" not in block
    assert json.loads(block) == {"headline": text}


def test_only_another_language_than_the_pages_is_marked() -> None:
    assert language_attributes("id", "id") == ""
    assert language_attributes("", "id") == ""
    assert language_attributes("ar", "id") == ' lang="ar" dir="rtl"'
    assert language_attributes("und", "id") == ' lang="" dir="auto"'
    assert language_attributes('"><b>', "id") == ' lang="&#34;&gt;&lt;b&gt;" dir="auto"'


@pytest.mark.parametrize(
    ("date", "language", "expected"),
    [
        ("2024-03-20", "id", "20 Maret 2024"),
        ("2024-03", "id", "Maret 2024"),
        ("2024", "id", "2024"),
        ("2024-03-20", "en", "March 20, 2024"),
        ("2024-03-20", "ar", "20 مارس 2024"),
        ("1883-08-26", "xx", "August 26, 1883"),
    ],
)
def test_a_date_is_written_as_far_as_it_is_known(date: str, language: str, expected: str) -> None:
    assert format_date(date, language) == expected


def test_numbers_months_and_languages_are_named_as_the_reader_does() -> None:
    assert (format_number(12345, "id"), format_number(12345, "en")) == ("12.345", "12,345")
    assert format_month(5, "id") == "Mei"
    assert (language_name("ru", "id"), language_name("ru", "en")) == ("Rusia", "Russian")
    assert language_name("und", "id") != "und"
    assert language_name("qqq", "id") == "qqq"


@pytest.mark.parametrize(("code", "direction"), [("id", "ltr"), ("ar", "rtl"), ("fa-IR", "rtl"), ("und", "auto")])
def test_every_language_runs_its_own_way(code: str, direction: str) -> None:
    assert text_direction(code) == direction
