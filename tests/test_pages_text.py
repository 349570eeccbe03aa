"""Text from seeds on pages: what is shown, quoted, shortened and sorted."""

import json
from pathlib import Path
from typing import Any

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.config import Settings
from sitegen.model import EntityType, Page, Span, TermKind, Url
from sitegen.pages.articles import article_view
from sitegen.pages.edition import make_edition
from sitegen.pages.grids import make_grid
from sitegen.pages.indexes import INDEX_SIZE, IndexView, index_key, plan_index
from sitegen.pages.originals import seed_url
from sitegen.pages.periods import make_calendar
from sitegen.pages.quotes import quote_mentions
from sitegen.pages.sentences import cut_sentences, sentence_around
from sitegen.pages.strip import make_strip
from sitegen.pages.text import LEAD_LENGTH, UNSEEN, first_words, shorten, show
from sitegen.pages.views import Counted
from sitegen.render import Renderer
from sitegen.resources import shipped_folder
from tests.archives import Story, make_archive

SETTINGS = Settings(title="Arsip", base_url="https://arsip.example/")
RENDERER = Renderer(SETTINGS, (shipped_folder("templates"),))


def text_of(element: Any) -> str:
    return "".join(element.itertext())


def heading(title: str) -> str:
    """The text of the h1 of an article, as a strict HTML parser reads its page."""
    edition = make_edition(make_archive([Story(title=title)]), SETTINGS)
    [record] = edition.archive.records
    content = RENDERER.render(Page(record.url, "article.html", article_view(edition, record))).content
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(content.decode())
    return text_of(tree.find(".//h1"))


def visible(text: str) -> str:
    return "".join(UNSEEN.sub("", text).split())


def test_hostile_titles_are_shown_as_they_are(shared: Path) -> None:
    lines = (shared / "samples/hostile/strings.jsonl").read_text("utf-8").splitlines()
    titles = [title for line in lines if visible(title := json.loads(line)["input"])]
    assert len(titles) > 450
    assert [title for title in titles if visible(heading(title)) != visible(title)] == []


@given(st.text(max_size=300))
def test_what_is_shown_is_one_clean_line(text: str) -> None:
    shown = show(text)
    assert "\n" not in shown
    assert shown == shown.strip()
    assert not UNSEEN.search(shown)
    assert visible(shown) == visible(text)
    assert shown.encode().decode() == shown


@given(st.text(alphabet="ab ", max_size=60), st.integers(1, 30))
def test_shortened_text_is_a_beginning_that_fits(text: str, length: int) -> None:
    short = shorten(text, length)
    assert text.startswith(short)
    assert len(short) <= length


def test_a_lead_ends_between_words_and_is_bounded_where_there_are_none() -> None:
    assert first_words(" ".join(["kata"] * 100)).split() == ["kata"] * 25
    assert len(first_words("字" * 1000)) == LEAD_LENGTH


@pytest.mark.parametrize(
    ("prose", "name", "expected"),
    [
        ("Hujan turun. Ani datang ke Bogor pagi itu. Semua senang.", "Bogor", "Ani datang ke Bogor pagi itu. "),
        ("北京下雪。张三到了上海。天晴。", "上海", "张三到了上海。"),
        ("“Saya pergi ke Bogor.” Ia tersenyum.", "Bogor", "“Saya pergi ke Bogor.” "),
        ("Presiden B. J. Habibie wafat. Ia lahir di Parepare.", "Habibie", "Presiden B. J. Habibie wafat. "),
        ("Wakil Dr. Hatta datang. Ya.", "Hatta", "Wakil Dr. Hatta datang. "),
    ],
)
def test_a_mention_is_quoted_with_its_sentence(prose: str, name: str, expected: str) -> None:
    start = prose.index(name)
    before, after = sentence_around(prose, Span(0, len(prose)), Span(start, start + len(name)))
    assert before + name + after == expected


def test_a_sentence_without_end_is_cut_with_an_ellipsis() -> None:
    prose = "kata " * 200 + "Bogor" + " kata" * 200
    before, after = sentence_around(prose, Span(0, len(prose)), Span(1000, 1005))
    assert before.startswith("…kata")
    assert after.endswith("kata…")
    assert len(before + after) < 400


def test_a_sentence_is_quoted_once_however_often_it_names_its_entity() -> None:
    story = Story(paragraphs=("Ani menyapa Ani. Ani pulang.",), names=(("Ani", EntityType.PERSON),))
    archive = make_archive([story])
    [record] = archive.records
    ref = next(ref for ref in archive.terms if ref.kind is TermKind.PERSON)
    sentences = quote_mentions(record, cut_sentences(record.article), ref).sentences
    assert [quote.after for quote in sentences] == [" menyapa Ani. ", " pulang."]


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("a.txt", "seed.txt"),
        ("a.MD", "seed.md"),
        ("a", "seed.txt"),
        ("a.html", "seed.html.txt"),
        ("b.c/a.svg", "seed.svg.txt"),
        ("a.x y", "seed.txt"),
        ("a.é", "seed.txt"),
    ],
)
def test_a_seed_keeps_its_ending_unless_a_browser_would_run_it(path: str, name: str) -> None:
    [record] = make_archive([Story(path=path)]).records
    assert seed_url(record) == f"{record.url}{name}"


def named(name: str) -> Counted:
    return Counted(name, Url(f"/people/{name}/"), "", 1)


def test_an_index_has_letters_first_by_script_and_without_accents() -> None:
    names = ["Путин", "ani", "Éva", "Budi", "習近平", "3M", "Eka", "عمر", "🙂", "김정은", "Ölberg"]
    ordered = sorted(map(named, names), key=index_key)
    assert [(index_key(term)[1], term.name) for term in ordered] == [
        ("0–9", "3M"),
        ("A", "ani"),
        ("B", "Budi"),
        ("E", "Eka"),
        ("E", "Éva"),
        ("O", "Ölberg"),
        ("П", "Путин"),
        ("ع", "عمر"),
        ("漢字", "習近平"),
        ("한글", "김정은"),
        ("…", "🙂"),
    ]


def test_an_index_of_very_many_terms_is_split_and_every_letter_found() -> None:
    stories = [Story(tags=(f"{chr(97 + n % 26)}{n}",), path=str(n)) for n in range(INDEX_SIZE + 30)]
    pages = list(plan_index(make_edition(make_archive(stories), SETTINGS), TermKind.TAG))
    views: list[IndexView] = [page.view for page in pages]
    assert [page.url for page in pages] == ["/tags/", "/tags/page/1/", "/tags/page/2/"]
    listed = [entry.name for view in views[1:] for group in view.groups for entry in group.entries]
    assert len(listed) == len(set(listed)) == views[0].total == INDEX_SIZE + 30
    anchors = {f"{page.url}#{group.letter.anchor}" for page in pages for group in page.view.groups}
    assert {letter.url for letter in views[0].letters} <= anchors
    assert len(views[0].letters) == 26


def test_the_calendar_counts_no_more_than_is_known() -> None:
    dates = ("2020-01-05", "2020-01-05", "2020-01", "2022", "")
    edition = make_edition(make_archive([Story(date=date, path=str(n)) for n, date in enumerate(dates)]), SETTINGS)
    calendar = make_calendar(edition)
    assert {date: len(numbers) for date, numbers in calendar.numbers.items()} == {
        "2020": 3,
        "2020-01": 3,
        "2020-01-05": 2,
        "2022": 1,
    }
    bars = make_strip(calendar).bars
    assert [(bar.date, bar.count) for bar in bars] == [("2020", 3), ("2021", 0), ("2022", 1)]
    days = [day for row in make_grid(calendar, "2020-01", "id").rows for day in row.cells if day and day.count]
    assert [(day.date, day.count) for day in days] == [("2020-01-05", 2)]
    assert len(calendar.undated) == 1
