"""Names as articles have them: found, typed, and each under one name."""

from pathlib import Path

from sitegen.model import Mention, Span
from sitegen.understand.names import find_mentions

SEED = "000_22c53a7ddbce3348.txt"


def read(text: str, language: str = "id", title: str = "") -> dict[str, list[str]]:
    """What is found in `title` and in each line of `text`: "type name" -> the texts that mention it, in order."""
    whole = f"{title}\n{text}"
    paragraphs, start = [], 0
    for line in whole.split("\n"):
        paragraphs.append(Span(start, start + len(line)))
        start += len(line) + 1
    found: dict[str, list[str]] = {}
    for mention in find_mentions(whole, tuple(paragraphs[1:]), paragraphs[0] if title else None, language):
        found.setdefault(label(mention), []).append(whole[slice(*mention.span)])
    return found


def label(mention: Mention) -> str:
    return f"{mention.type} {mention.key or mention.name}"


def test_the_real_seed_gives_exactly_its_seventeen_entities(shared: Path) -> None:
    title, _, *lines = (shared / "seeds" / SEED).read_text("utf-8").split("\n")
    found = read("\n".join(lines), title=title)
    assert sorted(found) == [
        "organization dewan-keamanan-pbb",
        "organization hamas",
        "organization kcna",
        "organization komisi-pemilihan-umum-pusat-rusia",
        "organization nk-news",
        "person kim-jong-un",
        "person vladimir-putin",
        "place amerika-serikat",
        "place gaza",
        "place israel",
        "place korea-selatan",
        "place korea-utara",
        "place moskow",
        "place palestina",
        "place pyongyang",
        "place rusia",
        "place ukraina",
    ]
    assert set(found["place korea-utara"]) == {"Korut", "Korea Utara", "DPRK", "Republik Demokratik Rakyat Korea"}
    assert set(found["person kim-jong-un"]) == {"Kim Jong Un", "Kim"}
    assert set(found["person vladimir-putin"]) == {"Putin", "Vladimir Putin", "Vladimir Vladimirovich Putin"}
    assert set(found["organization kcna"]) == {"Kantor Berita Pusat Korea", "KCNA"}
