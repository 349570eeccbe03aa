"""What betrays that an article cites a medium: the words of citing, and the words that names of media are made of.

Written for this project, as the names in media.txt are.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from types import MappingProxyType

from sitegen.understand.wordlists import word_pattern, word_set

MEDIA_FILE = Path(__file__).with_name("media.txt")
MEDIA_WORDS = word_set(
    "News Times Post Press Daily Journal Herald Tribune Gazette Guardian Observer Agency Radio Television TV",
    "Broadcasting Magazine Telegraph Mail Chronicle Newspaper Wire Network Harian Koran Tribun Pos Agence Agencia",
    "Agenzia Nachrichtenagentur Zeitung Rundschau Tageblatt Novosti Новости Газета Правда Wikinews Gazeta Gazzetta",
    "Corriere Courrier Diario Jornal Nachrichten Dagblad Gazetesi Radyo Dziennik",
)
NO_MEDIA_WORDS = word_set(
    "Presiden Wapres Menteri Menlu Menko Gubernur Bupati Wali Ketua Kepala Direktur Jubir Juru Sekretaris Jenderal",
    "Kapolri Kombes Brigjen Mayjen Profesor Prof Dr Ibu Bapak Pak Bu President Minister Prime Governor Mr Mrs Ms",
    "Professor Senator Judge Police Officials Officer Chief General Президент Министр Глава UU Pasal Undang",
    "Undang-Undang Alkitab Quran Al-Quran Sebelumnya Namun Article Section Act",
)
"""Begin names of persons, laws and holy books, which are quoted too."""

DIRECT = (
    "melansir", "dilansir", "mengutip", "dikutip", "disadur", "mewartakan", "as reported by", "as quoted by",
    "quoted by", "cited by", "citing", "rapporté par", "cité par", "citado por", "citando a", "citando",
    "со ссылкой на", "zitiert von", "unter Berufung auf", "citant", "نقلا عن", "نقلاً عن",
)  # fmt: skip
"""Said by an article of those it draws on."""
STRONG = (
    "diberitakan", "menurut laporan", "laporan dari", "merujuk laporan", "kantor berita", "according to a report by",
    "according to a report in", "according to a report from", "news agency", "press agency", "news outlet",
    "агентство", "агентства", "агентству", "l'agence", "Nachrichtenagentur", "agencia", "وكالة",
)  # fmt: skip
"""Followed by a medium almost always."""
WEAK = (
    "dilaporkan", "menurut", "kepada", "lapor", "tulis", "sebut", "situs", "laman", "harian", "koran", "majalah",
    "media", "surat kabar", "stasiun televisi", "stasiun TV", "stasiun radio", "according to", "reported by", "told",
    "selon", "d'après", "à", "laut", "gegenüber", "según", "segundo", "de acordo com",
    "secondo", "volgens", "laŭ", "theo", "сообщает", "сообщило", "передаёт", "передает", "пишет", "по данным",
    "по информации", "сообщении", "сообщению", "صحيفة", "قناة", "ذكرت", "أفادت",
)  # fmt: skip
"""Followed by many things: only a known medium, or a name made of media words, is taken after these."""
LOOSE = ("to", "via", "by", "with", "in")
"""Followed by anything: only a known medium is taken after these."""
FILLERS = (
    "dari", "oleh", "laporan", "kepada", "kantor berita", "media", "situs berita", "situs", "laman", "harian",
    "koran", "surat kabar", "majalah", "stasiun televisi", "stasiun TV", "stasiun radio", "portal berita", "portal",
    "pemerintah", "resmi", "negara", "lokal", "setempat", "nasional", "the", "state", "news agency", "newspaper",
    "newspapers", "by", "from", "official", "local", "le", "la", "de presse", "el", "die", "der", "das", "de noticias",
    "агентство", "агентства", "газета", "газету", "журнал", "وكالة", "صحيفة", "أنباء",
)  # fmt: skip
"""May stand between a word of citing and the name."""
REPORTS = (
    "melaporkan", "memuat", "mewartakan", "memberitakan", "menulis", "menyiarkan", "reported", "reports", "wrote",
    "writes", "quoted", "cited", "rapporte", "a rapporté", "écrit", "rapportait", "berichtet", "berichtete", "meldet",
    "meldete", "informó", "informa", "reportó", "publicó", "riporta", "informou", "сообщает", "сообщило", "сообщил",
    "сообщила", "передаёт", "передает", "пишет", "raportis", "said", "says",
)  # fmt: skip
"""Stand after the name of a medium that reported something."""

AUXILIARIES = ("has", "have", "had", "also", "later", "telah", "sudah", "juga", "kemudian", "sebelumnya", "a", "ont")
"""May stand between the name of a medium and what it did."""


def _by_first_word(words: Iterable[str]) -> Mapping[str, Sequence[str]]:
    """What to look for by its first word: that word alone, where it is one of `words`; all in lower case."""
    same: defaultdict[str, list[str]] = defaultdict(list)
    for word in sorted(map(str.lower, words)):
        same[word.split()[0]].append(word)
    return MappingProxyType({first: (first,) if first in found else tuple(found) for first, found in same.items()})


CUES = _by_first_word((*DIRECT, *STRONG, *WEAK, *LOOSE))
REPORT_VERBS = _by_first_word(REPORTS)
SPACE = r"\s{1,2}"
DIRECT_CUE = rf"(?i:{word_pattern(DIRECT)})"
STRONG_CUE = rf"(?i:{word_pattern(STRONG)})"
WEAK_CUE = rf"(?i:{word_pattern(WEAK)})"
LOOSE_CUE = rf"(?i:{word_pattern(LOOSE)})"
FILLER = rf"(?:{SPACE}{word_pattern(FILLERS)}(?=\s)){{0,3}}"
AUXILIARY = rf"(?:\s{word_pattern(AUXILIARIES)})?"
REPORT = rf"{word_pattern(REPORTS)}\b"


@cache
def known_media() -> frozenset[str]:
    """The names in media.txt, as `media_key` makes them."""
    lines = MEDIA_FILE.read_text("utf-8").splitlines()
    return frozenset(media_key(line) for line in lines if not line.startswith("#"))


def media_key(name: str) -> str:
    """What two ways of writing a medium's name have in common: "The Guardian" and "theguardian", not "guardian.com"."""
    return "".join(char for char in name.casefold().removeprefix("www.").removeprefix("the ") if char.isalnum())
