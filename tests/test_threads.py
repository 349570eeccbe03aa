"""Story threads: which articles tell one story, what its page says, and how long its address lasts."""

from pathlib import Path

from sitegen.check import check_site
from sitegen.pipeline import freeze_addresses
from tests.site import BuiltSite, Silent, build, build_seeds, write_seeds

STORY = """\
-- palu/satu.txt --
Gempa Guncang Palu
- kabar.example
Palu – Gempa bumi mengguncang Palu dan Donggala, Jumat (28/9/2018). Presiden Joko Widodo menerima laporan di Jakarta.
-- palu/dua.txt --
Korban Gempa Palu Bertambah
- warta.example
Palu – Korban gempa bumi di Palu dan Donggala bertambah, Minggu (30/9/2018). Joko Widodo tiba di Palu bersama Wiranto.
-- palu/three.txt --
Aid Reaches Palu
- post.example
PALU, 2 October 2018 — Aid reached Palu and Donggala on Tuesday after the earthquake. Joko Widodo had visited Palu.
-- lain/pertemuan.txt --
Pertemuan di Nusa Dua
- kabar.example
Nusa Dua – Christine Lagarde membuka pertemuan di Nusa Dua, Bali, Senin (1/10/2018).
-- lain/setahun.txt --
Setahun Gempa Palu
- kabar.example
Palu – Gempa bumi di Palu dan Donggala diperingati, Sabtu (28/9/2019). Joko Widodo mengirim karangan bunga ke Palu.
-- lain/entah.txt --
Gempa Palu
- kabar.example
Palu – Gempa bumi mengguncang Palu dan Donggala. Joko Widodo menerima laporan.
"""
EARLIER = """\
-- palu/nol.txt --
Gempa Awal di Donggala
- kabar.example
Donggala – Gempa bumi mengguncang Palu dan Donggala, Kamis (27/9/2018). Joko Widodo menerima laporan di Jakarta.
"""


def threads(site: BuiltSite) -> list[list[str]]:
    """The seeds of each thread, in order."""
    archive = site.archive()
    return [[archive.records[n].article.document.seed.path for n in thread.numbers] for thread in archive.threads]


def test_a_thread_is_one_event_over_days_sources_and_languages(tmp_path: Path) -> None:
    assert threads(build(tmp_path, STORY)) == [["palu/satu.txt", "palu/dua.txt", "palu/three.txt"]]


def test_a_frozen_thread_keeps_its_address_when_an_older_article_joins_it(tmp_path: Path) -> None:
    site = build(tmp_path, STORY)
    [thread] = site.archive().threads
    write_seeds(tmp_path / "seeds", EARLIER)
    moved = build_seeds(tmp_path / "seeds", tmp_path / "moved")
    assert [each.url for each in moved.archive().threads] != [thread.url]
    (tmp_path / "seeds" / "palu" / "nol.txt").unlink()
    freeze_addresses(site.options, Silent())
    write_seeds(tmp_path / "seeds", EARLIER)
    frozen = build_seeds(tmp_path / "seeds", tmp_path / "frozen")
    assert [each.url for each in frozen.archive().threads] == [thread.url]
    assert len(threads(frozen)[0]) == 4


def test_the_address_of_a_thread_that_is_no_more_leads_to_the_article_it_began_with(tmp_path: Path) -> None:
    site = build(tmp_path, STORY)
    [thread] = site.archive().threads
    freeze_addresses(site.options, Silent())
    for name in ("dua", "three"):
        (tmp_path / "seeds" / "palu" / f"{name}.txt").unlink()
    alone = build_seeds(tmp_path / "seeds", tmp_path / "alone")
    assert alone.page(thread.url).xpath("//main//a/@href") == [alone.record("palu/satu.txt")["url"]]


def test_a_thread_tells_what_came_in_order_and_who_added_what(tmp_path: Path) -> None:
    site = build(tmp_path, STORY)
    [thread] = site.archive().threads
    page = site.page(thread.url)
    assert page.xpath("//ol[@class='days']/li/h3/time/@datetime") == ["2018-09-28", "2018-09-30", "2018-10-02"]
    assert [item.xpath("string(h4)").strip() for item in page.xpath("//article[@class='report']")] == [
        "Gempa Guncang Palu",
        "Korban Gempa Palu Bertambah",
        "Aid Reaches Palu",
    ]
    added = {
        item.xpath("string(h4)").strip(): item.xpath(".//p[@class='adds']/a/text()") for item in page.xpath("//article")
    }
    assert added["Korban Gempa Palu Bertambah"] == ["Wiranto"]
    assert not added["Gempa Guncang Palu"]
    assert page.xpath("//dl[@class='card']/div[1]//a/text()") == ["kabar.example"]
    for record in (site.record("palu/satu.txt"), site.record("palu/three.txt")):
        assert site.page(record["url"]).xpath(f"//a[@href='{thread.url}']/@data-count") == ["3"]
    assert not site.page(site.record("lain/setahun.txt")["url"]).xpath("//section[@class='in-story']")
    assert check_site(site.public) == ()
