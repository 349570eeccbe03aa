"""`check` names what is wrong with a built site, by file and line, and finds nothing in one that is whole."""

import hashlib
from pathlib import Path
from urllib.parse import urljoin

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.check import check_site
from sitegen.check.markup import Markup
from sitegen.check.page import read_page

BASE = "https://arsip.example/berita/"
HEAD = '<!doctype html>\n<html lang="id"><head><title>Arsip &amp; berita</title>{head}</head>\n<body>'
FOOT = "</body></html>\n"


def page(body: str, head: str = "") -> str:
    """A page whose body begins on line 3."""
    return HEAD.format(head=head) + f"{body}\n" + FOOT


def canonical(address: str = "") -> str:
    return f'<link rel="canonical" href="{BASE}{address}">'


def sitemap(*addresses: str) -> str:
    rows = "".join(f"<url><loc>{urljoin(BASE, address)}</loc></url>\n" for address in addresses)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{rows}</urlset>\n'


def build(folder: Path, **changes: str | None) -> Path:
    """A whole small site, but for the changes; a changed file is named with `__` for `/` and `_` for `.`."""
    files: dict[str, str | None] = {
        "index.html": page('<a href="/berita/tags/desa/" data-count="2">desa</a>', canonical()),
        "tags/desa/index.html": page(
            '<ul id="list"><li data-item="/a/"><a href="/berita/a/#p1">A</a>\n<li data-item="/b/"><a href="../../b/">B'
            '</a></ul><a href="#list">1</a><a href="page/1/">1</a>',
        ),
        "tags/desa/page/1/index.html": page('<p data-item="/a/">A</p>'),
        "a/index.html": page('<p id="p1">A &lt; &amp; &#34;&copy; <br><a href="https://elsewhere.example/">x</a></p>'),
        "b/index.html": page('<p>B<p>C<a href="#">up</a>', canonical("b/")),
        "static/site.css": "a { background: url(icon.svg) } /* url(no) */\n",
        "static/icon.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
        "data/articles.jsonl": '{"id": 1}\n{"id": 2}\n',
        "feed.json": "{}",
        "a/seed.json": "not json, but evidence",
        "sitemap.xml": sitemap("", "tags/desa/", "tags/desa/page/1/", "a/", "b/"),
    }
    files |= {name.replace("__", "/").replace("_", "."): text for name, text in changes.items()}
    lines = []
    for path, text in sorted(files.items()):
        if text is not None:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content := text.encode("utf-8", "surrogateescape"))
            lines.append(f"{hashlib.sha256(content).hexdigest()}  {path}\n")
    (folder / "manifest-sha256.txt").write_text("".join(lines))
    return folder


def problems(folder: Path) -> list[str]:
    return [str(problem) for problem in check_site(folder)]


def problems_with_body(folder: Path, body: str) -> list[str]:
    """What is found when the page of article a is this, from line 3."""
    return problems(build(folder, a__index_html=page(f'<p id="p1">A</p>\n{body}')))


def test_nothing_is_found_in_a_whole_site(tmp_path: Path) -> None:
    assert problems(build(tmp_path)) == []


def test_a_flipped_byte_is_named(tmp_path: Path) -> None:
    build(tmp_path)
    (tmp_path / "a/seed.json").write_text("not json, bat evidence")
    (found,) = problems(tmp_path)
    assert found.startswith("a/seed.json: manifest: the file was changed: its SHA-256 is ")


def test_a_changed_page_is_named(tmp_path: Path) -> None:
    build(tmp_path)
    (tmp_path / "b/index.html").write_text(page("<p>other", canonical("b/")))
    (found,) = problems(tmp_path)
    assert found.startswith("b/index.html: manifest: the file was changed")


def test_missing_and_extra_files_are_named(tmp_path: Path) -> None:
    build(tmp_path)
    (tmp_path / "feed.json").unlink()
    (tmp_path / "a/notes.txt").write_text("mine")
    assert problems(tmp_path) == [
        "a/notes.txt: manifest: the file is not listed; no build wrote it",
        "feed.json: manifest: the file is missing",
    ]


def test_a_broken_manifest_is_named_with_its_line(tmp_path: Path) -> None:
    manifest = build(tmp_path) / "manifest-sha256.txt"
    first = manifest.read_text().splitlines()[0]
    manifest.write_text(manifest.read_text() + first + "\nhello\n")
    assert problems(tmp_path) == [
        "manifest-sha256.txt:12: a/index.html is listed twice",
        "manifest-sha256.txt:13: not a hash and a path: 'hello'",
    ]


def test_a_site_without_manifest_home_or_sitemap_says_so(tmp_path: Path) -> None:
    found = problems(tmp_path)
    assert [line.partition(":")[0] for line in found] == ["index.html", "manifest-sha256.txt", "sitemap.xml"]


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert problems(tmp_path / "public") == [f"{tmp_path}/public: is no folder; build the site first"]


def test_a_symbolic_link_is_named_and_not_followed(tmp_path: Path) -> None:
    build(tmp_path)
    (tmp_path / "loop").symlink_to(tmp_path)
    assert problems(tmp_path) == ["loop: is a symbolic link; a build has none"]


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("/berita/articles/x/", "/articles/x/ does not exist (written as /berita/articles/x/)"),
        ("../x.html?q=1#p1", "/x.html does not exist (written as ../x.html?q=1#p1)"),
        (BASE + "x/", f"/x/ does not exist (written as {BASE}x/)"),
        ("/berita/b", "/b does not exist (written as /berita/b); the address ends in /"),
        ("/articles/x/", "/articles/x/ lies outside the site, which stands at /berita/"),
        ("/berita/../x/", "/berita/../x/ lies outside the site, which stands at /berita/"),
        ("https://arsip.example/", "https://arsip.example/ lies outside the site, which stands at /berita/"),
        ("javascript:alert(1)", "script instead of an address: 'javascript:alert(1)'"),
        ("https://[", "not an address: 'https://['"),
    ],
)
def test_a_broken_link_is_named_with_file_and_line(tmp_path: Path, target: str, message: str) -> None:
    found = problems_with_body(tmp_path, f'<p>\n<a href="{target}">x</a>')
    assert found == [f"a/index.html:5: link: {message}"]


@pytest.mark.parametrize(
    "target", ["", "?q=1", "../b/", "/berita/b/?x#top", BASE, "//elsewhere.example/x", "mailto:a@b.example", "./../b/"]
)
def test_an_address_that_leads_somewhere_is_no_problem(tmp_path: Path, target: str) -> None:
    assert problems_with_body(tmp_path, f'<a href="{target}">x</a>') == []


def test_percent_signs_in_addresses_are_read(tmp_path: Path) -> None:
    found = problems_with_body(tmp_path, '<a href="/berita/tags/%64esa/">x</a><a href="/berita/tags/%65/">x</a>')
    assert found == ["a/index.html:4: link: /tags/e/ does not exist (written as /berita/tags/%65/)"]


@pytest.mark.parametrize(
    "element",
    [
        '<img src="/berita/x.png" alt="">',
        '<img srcset="/berita/static/icon.svg 1x, /berita/x.png 2x" alt="">',
        '<form action="/berita/x.png"></form>',
        '<svg><use href="/berita/x.png"/></svg>',
        '<link rel="alternate" href="/berita/x.png">',
        '<meta property="og:image" content="https://arsip.example/berita/x.png">',
        '<meta http-equiv="refresh" content="0; url=/berita/x.png">',
    ],
)
def test_every_kind_of_address_is_followed(tmp_path: Path, element: str) -> None:
    (found,) = problems_with_body(tmp_path, element)
    assert found.startswith("a/index.html:4: link: /x.png does not exist")


@pytest.mark.parametrize(
    "element",
    [
        '<img src="https://elsewhere.example/x.png" alt="">',
        '<script src="//elsewhere.example/x.js"></script>',
        '<link rel="stylesheet" href="https://elsewhere.example/x.css">',
        '<iframe src="https://elsewhere.example/"></iframe>',
        '<form action="https://elsewhere.example/"></form>',
        '<img src="data:image/png;base64,AAAA" alt="">',
    ],
)
def test_nothing_may_be_loaded_from_elsewhere(tmp_path: Path, element: str) -> None:
    (found,) = problems_with_body(tmp_path, element)
    assert found.startswith("a/index.html:4: link: ")
    assert found.endswith("would be loaded from elsewhere; serve it from the site")


def test_a_fragment_without_its_id_is_named(tmp_path: Path) -> None:
    body = '<a href="#p2">own</a>\n<a href="../tags/desa/#p9">other</a> <a href="#p1">good</a>'
    assert problems_with_body(tmp_path, body) == [
        "a/index.html:4: fragment: #p2: there is no such id in that page",
        "a/index.html:5: fragment: ../tags/desa/#p9: there is no such id in that page",
    ]


@pytest.mark.parametrize(
    ("target", "count", "listed"),
    [("../tags/desa/", 2, 2), ("../tags/desa/#list", 2, 2), ("../tags/desa/page/1/", 1, 1), ("../b/", 0, 0)],
)
def test_a_count_is_that_of_the_distinct_items_behind_the_link(
    tmp_path: Path, target: str, count: int, listed: int
) -> None:
    good = problems_with_body(tmp_path / "good", f'<a href="{target}" data-count="{count}">x</a>')
    bad = problems_with_body(tmp_path / "bad", f'<a href="{target}" data-count="{count + 1}">x</a>')
    assert good == []
    assert bad == [f"a/index.html:4: count: {target} lists {listed}, not {count + 1}"]


def test_a_count_sums_up_all_pages_of_a_list(tmp_path: Path) -> None:
    last = page('<p data-item="/c/">C</p><p data-item="/a/">A</p>', '<meta name="robots" content="noindex">')
    found = problems(build(tmp_path, tags__desa__page__2__index_html=last))
    assert found == ["index.html:3: count: /berita/tags/desa/ lists 3, not 2"]


@pytest.mark.parametrize("element", ['<a href="../b/" data-count="two">x</a>', '<a href="#no" data-count="">x</a>'])
def test_a_count_that_is_none_is_named(tmp_path: Path, element: str) -> None:
    assert problems_with_body(tmp_path, element) != []


def test_a_count_that_leads_out_of_the_site_is_named(tmp_path: Path) -> None:
    (found,) = problems_with_body(tmp_path, '<a href="https://elsewhere.example/" data-count="3">x</a>')
    assert "a/index.html:4: count: data-count='3' cannot be proved" in found


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("<div>\n<b>x</div>", "5: markup: <b> is never closed"),
        ("x\n</div>", "5: markup: </div> closes nothing"),
        ("<p><div>x</div></p>", "4: markup: </p> closes nothing"),
        ("<b><p>x</b>", "4: markup: <p> is never closed"),
        ("<section>", "4: markup: <section> is never closed"),
        ("<b/>x", "4: markup: <b/> does not close itself; write <b></b>"),
        ("1 < 2", "4: markup: not a tag; write &lt; for the sign itself: '< 2'"),
        ('<a href="#p1>x</a>', "4: markup: not a tag; write &lt; for the sign itself: '<a href=\"#p1>x</a>'"),
        ('<b id="x"class="y">', "4: markup: not a tag; write &lt; for the sign itself: '<b id=\"x\"class=\"y\">'"),
        ("a&b", "4: markup: write &amp; for the sign itself: '&b'"),
        ("a &nosuch; b", "4: markup: there is no character called &nosuch;"),
        ('<b title="a&b">x</b>', "4: markup: write &amp; for the sign itself: '&b\">x</b>'"),
        ('<b id="x" ID="x">x</b>', "4: markup: <b> has id twice"),
        ('<b id="p1">x</b>', "4: id: 'p1' is used twice"),
        ('<b id="">x</b>', "4: id: empty or with white space: ''"),
        ('<a href="#p1"><a href="#p1">x</a></a>', "4: markup: a link inside a link"),
        ("<script>alert(1)</script>", "4: inline: <script> without src; use a file"),
        ('<script type="module">x</script>', "4: inline: <script> without src; use a file"),
        ("<style>a{}</style>", "4: inline: <style>; use a file of styles"),
        ('<b style="x">x</b>', "4: inline: attribute style; use a file of styles or scripts"),
        ('<b onclick="x">x</b>', "4: inline: attribute onclick; use a file of styles or scripts"),
        ("a\x01b", "4: markup: a control character (U+0001)"),
    ],
)  # fmt: skip
def test_bad_markup_is_named_with_file_and_line(tmp_path: Path, body: str, message: str) -> None:
    assert message in [line.removeprefix("a/index.html:") for line in problems_with_body(tmp_path, body)]


def test_a_data_block_that_is_not_json_is_named(tmp_path: Path) -> None:
    (found,) = problems_with_body(tmp_path, '<script type="application/ld+json">{"a": }</script>')
    assert found.startswith("a/index.html:4: data: not JSON: ")


@pytest.mark.parametrize(
    "body",
    [
        "<ul><li>a<li>b</ul><dl><dt>a<dd>b<dt>c</dl>",
        "<table><tr><td>a<td>b<tr><td>c<tbody><tr><th>x</table>",
        "<!-- a <b> & c -->a & b, 1 > 2 <IMG SRC=../static/icon.svg ALT=x><input disabled>",
        '<svg viewBox="0 0 1 1"><path d="M0 0"/><title>x</title></svg><br/>',
        '<script type="application/ld+json">{"a": "<b> & </b>"}</script>',
        "<textarea><b> </textarea><select><option>a<option>b</select>",
    ],
)
def test_correct_markup_is_accepted(tmp_path: Path, body: str) -> None:
    assert problems_with_body(tmp_path, body) == []


def test_a_page_that_is_not_utf_8_or_has_no_doctype_is_named(tmp_path: Path) -> None:
    build(tmp_path, a__index_html=page("<p id=p1>\udcff"), b__index_html="<html><body>x</body></html>")
    assert "a/index.html:3: markup: is not UTF-8" in problems(tmp_path)
    assert "b/index.html:1: markup: does not begin with <!doctype html>" in problems(tmp_path)


def test_broken_data_files_are_named_with_their_line(tmp_path: Path) -> None:
    changes = {"feed_xml": "<feed>\n<a></feed>", "feed_json": '{\n"a": NaN}', "data__articles_jsonl": "{}\n{\n"}
    found = [line.partition(": data: ") for line in problems(build(tmp_path, **changes))]
    assert [place for place, _, _ in found] == ["data/articles.jsonl:2", "feed.json:2", "feed.xml:2"]
    assert [message.partition(":")[0] for _, _, message in found] == ["not JSON", "not JSON", "not well-formed"]


def test_entities_of_xml_are_not_expanded(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]><x>&b;</x>'
    (found,) = problems(build(tmp_path, feed_xml=bomb))
    assert found == "feed.xml:1: data: has a document type (x), which may hide entities"


def test_addresses_in_feeds_and_style_sheets_are_followed(tmp_path: Path) -> None:
    feed = f'<feed xmlns="http://www.w3.org/2005/Atom">\n<link href="{BASE}x/"/></feed>'
    style = 'a { background: url("no.png") }\n@import "https://elsewhere.example/x";\n'
    assert problems(build(tmp_path, feed_xml=feed, static__site_css=style)) == [
        f"feed.xml:2: link: /x/ does not exist (written as {BASE}x/)",
        "static/site.css:1: link: /static/no.png does not exist (written as no.png)",
        "static/site.css:2: link: https://elsewhere.example/x would be loaded from elsewhere; serve it from the site",
    ]


def test_the_sitemap_lists_each_page_that_may_be_indexed_and_no_other(tmp_path: Path) -> None:
    found = problems(build(tmp_path, sitemap_xml=sitemap("", "tags/desa/", "tags/desa/page/1/", "a/", "c/")))
    assert found == [
        "b/index.html: sitemap: is in no sitemap, and does not ask to be left out (noindex)",
        f"sitemap.xml:6: link: /c/ does not exist (written as {BASE}c/)",
    ]


def test_an_unreadable_place_is_a_problem_of_its_own(tmp_path: Path) -> None:
    build(tmp_path)
    (tmp_path / "feed.json").unlink()
    (tmp_path / "feed.json").mkdir()
    assert problems(tmp_path) == ["feed.json: manifest: the file is missing"]


def test_problems_are_the_same_twice_and_sorted(tmp_path: Path) -> None:
    build(tmp_path, a__index_html=page("<b><a href=x>" * 5), feed_xml="<")
    assert check_site(tmp_path) == check_site(tmp_path) == tuple(sorted(check_site(tmp_path)))


WORDS = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<b>",
        "</b>",
        "<ul>",
        "<li>",
        "</ul>",
        "<br>",
        "&amp;",
        "& ",
        "<i title='x'>",
        "</i>",
        "a > b",
        "é🙂",
    ]
)


@given(st.lists(WORDS, max_size=8).map("".join))
def test_markup_without_fault_is_markup_that_a_strict_parser_accepts(body: str) -> None:
    text = f"<!doctype html><html><head><title>x</title></head><body>{body}</body></html>"
    if read_page(text).faults:
        return
    html5lib.HTMLParser(strict=True).parse(text)


@given(st.text(alphabet=st.sampled_from("<>/&;\"'= abp!-\n#1"), max_size=40))
def test_no_text_is_too_strange_to_be_read(text: str) -> None:
    markup = Markup(text)
    assert all(0 <= element.offset < len(text) for element in markup.elements())
    assert all(0 <= fault.offset <= len(text) for fault in markup.faults)
