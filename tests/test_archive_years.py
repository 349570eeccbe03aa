"""Days that a text states without their year: the archive gives one only where its own articles leave no doubt."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from sitegen.archive.years import choose_year
from sitegen.model import Span, Yearless
from tests.site import build

REST = " Hujan turun sejak pagi di sebagian besar wilayah itu dan warga diminta berhati-hati di jalan yang licin."
TUESDAY = 1


def day(weekday: int, month: int = 11, number: int = 15) -> Yearless:
    return Yearless(month, number, weekday, 0.95, 0, Span(0, 5), ())


def stated(year: int, number: int, source: str) -> str:
    """A seed whose front matter says its date and source."""
    head = f"---\ntitle: Kabar {year} {number}\ndate: {year}-03-{number + 1:02}\nsource: {source}\n---\n"
    return f"-- {year}-{number}.md --\n{head}Kabar {number}.\n"


def seeds(years: dict[int, int], last: str, source: str = "warta.example") -> str:
    """So many dated articles of one source in each year, and an article of warta.example that begins with `last`."""
    known = "".join(stated(year, number, source) for year, count in years.items() for number in range(count))
    return f"{known}-- z.txt --\nPresiden tiba\n- warta.example\n{last}{REST}\n"


def published(folder: Path, files: str) -> Any:
    return build(folder, files).record("z.txt")["published"]


def test_the_year_of_the_same_source_and_weekday_is_taken_and_said_to_be_the_archives(tmp_path: Path) -> None:
    site = build(tmp_path, seeds({2022: 12}, "JAKARTA, Selasa (15/11) - Presiden tiba."))
    record = site.record("z.txt")
    dating = record["published"]
    assert (dating["date"], dating["method"], dating["precision"]) == ("2022-11-15", "archive", "day")
    assert dating["evidence"]["text"] == "Selasa (15/11)"
    text = site.text(record["url"])
    assert "Tahunnya menurut artikel bertanggal dari sumber yang sama." in text
    assert "tahun dari artikel bertanggal dari sumber yang sama" in text


def test_without_a_weekday_the_source_must_have_published_in_one_year_alone(tmp_path: Path) -> None:
    dateline = "JAKARTA (15/11) - Presiden tiba."
    assert published(tmp_path / "one", seeds({2022: 12}, dateline))["date"] == "2022-11-15"
    assert published(tmp_path / "two", seeds({2021: 6, 2022: 6}, dateline)) is None
    assert published(tmp_path / "few", seeds({2022: 3}, dateline)) is None


def test_another_sources_years_say_nothing(tmp_path: Path) -> None:
    assert published(tmp_path, seeds({2022: 12}, "JAKARTA (15/11) - Presiden tiba.", "lain.example")) is None


def test_a_text_that_names_a_later_year_is_left_undated(tmp_path: Path) -> None:
    assert published(tmp_path, seeds({2022: 12}, "JAKARTA (15/11) - Pemilu 2024 disiapkan.")) is None


def test_a_year_that_the_text_states_is_not_contradicted(tmp_path: Path) -> None:
    files = seeds({2022: 12}, "JAKARTA, Selasa (15/11) - Presiden tiba.") + "© Warta 2021\n"
    assert published(tmp_path, files)["date"] == "2021"


@pytest.mark.parametrize(
    ("weekday", "years", "year"),
    [
        (TUESDAY, {2021: 40, 2022: 3, 2023: 40}, 2022),
        (TUESDAY, {2016: 20, 2022: 20}, 2022),
        (-1, {2021: 100, 2022: 3}, 2021),
        (TUESDAY, {2019: 50}, 0),
    ],
)
def test_only_years_in_which_the_weekday_agrees_are_weighed(weekday: int, years: dict[int, int], year: int) -> None:
    assert choose_year(day(weekday), Counter(years))[0] == year


def test_two_years_that_fit_leave_doubt_and_one_that_stands_alone_leaves_none() -> None:
    assert choose_year(day(TUESDAY), Counter({2016: 20, 2022: 20}))[1] < 0.6
    assert choose_year(day(TUESDAY), Counter({2020: 1, 2021: 40, 2022: 3}))[1] > 0.9
    assert choose_year(day(-1, 2, 29), Counter({2019: 3, 2021: 40})) == (0, 0.0)
