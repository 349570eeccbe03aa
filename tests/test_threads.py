"""Story threads: which articles tell one story, what its page says, and how long its address lasts."""

from pathlib import Path

from sitegen.check import check_site
from sitegen.model import Archive, Built, Redirect
from sitegen.options import Options
from sitegen.pipeline import freeze_addresses
from tests.site import BuiltSite, Silent, build, write_seeds

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


def unbuilt(folder: Path, files: str = "") -> BuiltSite:
    """A site of the seeds in a folder and some more, of which nothing is written: only its archive is looked at."""
    seeds = write_seeds(folder / "seeds", files)
    built = Built(0, {}, 0, 0, 0, 0, (), ())
    return BuiltSite(folder, built, Options(seeds, folder / "public", None, None, 1, strict=False))


def threads(archive: Archive) -> list[list[str]]:
    """The seeds of each thread, in order."""
    return [[archive.records[number].article.seed.path for number in thread.numbers] for thread in archive.threads]


def test_a_frozen_thread_keeps_its_address_when_an_older_article_joins_it(tmp_path: Path) -> None:
    site = unbuilt(tmp_path, STORY)
    [thread] = site.archive().threads
    write_seeds(tmp_path / "seeds", EARLIER)
    assert [moved.url for moved in site.archive().threads] != [thread.url]
    (tmp_path / "seeds" / "palu" / "nol.txt").unlink()
    freeze_addresses(site.options, Silent())
    frozen = unbuilt(tmp_path, EARLIER).archive()
    assert [kept.url for kept in frozen.threads] == [thread.url]
    assert len(threads(frozen)[0]) == 4


def test_the_address_of_a_thread_that_is_no_more_leads_to_the_article_it_began_with(tmp_path: Path) -> None:
    site = unbuilt(tmp_path, STORY)
    [thread] = site.archive().threads
    freeze_addresses(site.options, Silent())
    for name in ("dua", "three"):
        (tmp_path / "seeds" / "palu" / f"{name}.txt").unlink()
    archive = site.archive()
    first = next(record for record in archive.records if record.article.seed.path == "palu/satu.txt")
    assert Redirect(thread.url, first.url) in archive.redirects


def test_a_thread_is_one_event_over_days_sources_and_languages_and_tells_it_in_order(tmp_path: Path) -> None:
    site = build(tmp_path, STORY)
    archive = site.archive()
    assert threads(archive) == [["palu/satu.txt", "palu/dua.txt", "palu/three.txt"]]
    [thread] = archive.threads
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
