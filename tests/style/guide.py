"""Renders the style guide into a folder, so that people and tests can look at it: `python -m tests.style FOLDER`."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from sitegen.config import Settings
from sitegen.model import Page, Url
from sitegen.pages.periods import Period
from sitegen.pages.views import Counted, Feed, Head, Item, Link, ListPage
from sitegen.render import Renderer
from sitegen.resources import shipped_folder
from sitegen.urls import output_path

FOLDER = Path(__file__).resolve().parent
PARTS = tuple(sorted(path.stem for path in FOLDER.glob("[!_]*.html")))
SOMEWHERE = Url("/style/type/")
NAME = "Konferensi Tingkat Tinggi Perserikatan Bangsa-Bangsa tentang Kelautan dan Perikanan Berkelanjutan"
SCRIPTS = (
    ("id", "Naskah asli", "Presiden bertemu para menteri di Jakarta pada hari Rabu. Kabar itu dimuat semua koran."),
    ("ar", "الأصل", "التقى الرئيس الوزراء في جاكرتا يوم الأربعاء، ونشرت الصحف كلها الخبر."),
    ("fa", "متن اصلی", "رئیس‌جمهور روز چهارشنبه در جاکارتا با وزیران دیدار کرد."),
    ("he", "המקור", "הנשיא נפגש עם השרים בג׳קרטה ביום רביעי, וכל העיתונים דיווחו על כך."),
    ("zh", "原文", "总统星期三在雅加达会见了各位部长,所有报纸都作了报道。"),
    ("ja", "原文", "大統領は水曜日、ジャカルタで閣僚らと会談した。各紙が報じている。"),
    ("ko", "원문", "대통령은 수요일 자카르타에서 장관들을 만났다. 모든 신문이 이를 보도했다."),
    ("th", "ต้นฉบับ", "ประธานาธิบดีพบกับรัฐมนตรีที่จาการ์ตาในวันพุธ หนังสือพิมพ์ทุกฉบับรายงานข่าวนี้"),
    ("hi", "मूल पाठ", "राष्ट्रपति ने बुधवार को जकार्ता में मंत्रियों से मुलाकात की।"),
    ("ru", "Оригинал", "Президент встретился с министрами в Джакарте в среду."),
)
"""Language, title and text in each script that has a face of its own, and in two that have not."""


@dataclass(frozen=True, slots=True)
class GuideView:
    """What each page of the guide sees: one of everything that the templates' parts show."""

    head: Head
    parts: tuple[str, ...]
    items: tuple[Item, ...]
    terms: tuple[Counted, ...]
    links: tuple[Link, ...]
    years: tuple[Period, ...]
    list: ListPage
    scripts: tuple[tuple[str, str, str], ...]


def make_view() -> GuideView:
    """A view with what is short and long, in several scripts, here and missing."""
    source = Link("Warta Nusantara", SOMEWHERE)
    texts = [(code, title, text, "2024-03-20") for code, title, text in SCRIPTS]
    texts.append(("und", NAME, "Kata" * 40, ""))
    items = tuple(Item(SOMEWHERE, title, code, date, source, text, True) for code, title, text, date in texts)
    terms = tuple(Counted(name, SOMEWHERE, "", count) for name, count in [("Ani", 1), (NAME, 12345), ("بوتين", 7)])
    years = tuple(Period(str(year), SOMEWHERE, count, count) for year, count in [(1955, 100), (1956, 0), (2024, 4)])
    return GuideView(
        Head(feeds=(Feed("application/atom+xml", SOMEWHERE), Feed("application/feed+json", SOMEWHERE)), indexed=False),
        PARTS,
        items,
        terms,
        tuple(Link(term.name, SOMEWHERE) for term in terms),
        years,
        ListPage(SOMEWHERE, 2, (), (), 0, SOMEWHERE, SOMEWHERE),
        SCRIPTS,
    )


def guide_url(part: str) -> Url:
    """Where a part's page stands."""
    return Url(f"/style/{part}/")


def write_guide(public: Path, settings: Settings) -> tuple[Url, ...]:
    """Render the guide in the interface of `settings` into a folder, with our static files; returns its addresses."""
    renderer = Renderer(settings, (FOLDER, shipped_folder("templates")))
    view = make_view()
    for part in PARTS:
        file = renderer.render(Page(guide_url(part), f"{part}.html", view))
        place = public / output_path(guide_url(part))
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(file.content)
    shutil.copytree(shipped_folder("static"), public / "static", dirs_exist_ok=True)
    shutil.copy(FOLDER / "guide.css", public / "static" / "css" / "guide.css")
    return tuple(map(guide_url, PARTS))
