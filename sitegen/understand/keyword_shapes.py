"""A word and its language -> how far it may name a topic, judged by lists and by the shape of the word.

A topic is a noun. Verbs and adverbs betray themselves by their affixes in most languages; what looks like one and is
a noun is listed here. What a word says in an archive, rather than in its language, is not known here. Shapes and lists
were written for this project, from the grammar of each language.
"""

import re
from collections.abc import Mapping
from enum import IntEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType

from sitegen.understand.names.cues import load_cues
from sitegen.understand.wordlists import word_pattern, word_set

LEAST_LETTERS = 3
SHORT_WORD = 3
"""Where no list tells, words up to this length are left out, in letters."""
LONGEST_WORD = 40
REMEMBERED = 1 << 17
ALONE_MARK = "[alone]"
PLURAL_IN_S = frozenset({"en", "es", "fr", "pt"})


class Standing(IntEnum):
    """Whether a word names no topic, one together with another word, or one by itself."""

    NONE = 0
    TOGETHER = 1
    ALONE = 2


APOSTROPHE = re.compile("['’ʼ]")
INVERTED = re.compile(r"-(?:t-)?(?:ils?|elles?|on|je|tu|nous|vous|ce|là|ci|se|l[aoe]s?|lhes?|me|te|nos?)$")
"""A verb with its pronoun, as French and Portuguese write them."""

INDONESIAN_VERBS = re.compile(
    r"(?:mem[bfpv]|mem[aeiou]\w{3}|men[cdjsz]|men[aeiou]\w{3}|meng[aeioughk]|meny|me[lrwy]\w|di\w{4}|ber\w{3}|ter\w{3}(?!\w*an$))"
)
INDONESIAN_NOUNS = re.compile(
    word_pattern(
        word_set(
            "merah merek meriam merpati merger merdeka merkuri meridian melati melayu melon melodi menara menantu",
            "menit menu mewah memori memo member membran menengah meningitis mendiang mengkudu merapi dialek dialog",
            "diafragma diagnos diagram diakon diamet diare diaspora diesel diet difteri difusi digital diktat",
            "diktator dikti dilema dimensi dinamik dinamit dinar dinas dinasti dinding diorama dioksida diplo direk",
            "dirjen dirgantara dirut disabil disain disertasi disinf disip disk diskon diskrim diskusi disko",
            "disorient disrup distri divesta dividen divisi diskota diabet diversi berita beras berkas berlian",
            "beruang berkah berat bersih berani beranda berhala teror terminal terasi terapi teratai teritori terjal",
            "termo terumbu terowongan tersangka terdakwa terpidana terompet terong tertib teripang terigu ternak",
            "terusan terbuka",
        )
    )
)
ENGLISH_VERBS = re.compile(r"[\w-]{2,}(?:[^e]ed|ly|ing|n['’]t|self|selves)$")
ENGLISH_NOUNS = word_set(
    "hundred sacred hatred embed moped infrared biped assembly monopoly supply family italy reply rally anomaly",
    "homily butterfly melancholy building meeting training housing banking hearing shooting bombing funding trading",
    "farming fishing mining shipping wedding flooding warming painting spring string ceiling lightning boxing cycling",
    "swimming skiing sailing racing wrestling rowing skating surfing climbing gambling smuggling trafficking",
    "laundering vaccination hacking clothing engineering manufacturing publishing broadcasting advertising marketing",
    "teaching learning nursing parenting cooking bullying lobbying policing sentencing filming recycling poaching",
    "logging whaling drilling fracking sibling wing viking",
)
ENGLISH_ADJECTIVES = re.compile(r"\w{3,}(?:ial|onal|ical|ous|ful|less|[ai]ble|ish|ese|ward)$")
ENGLISH_ADJECTIVAL_NOUNS = word_set("trial memorial testimonial commercial fish vegetable constable cheese")
FRENCH_VERBS = re.compile(
    r"\w{3,}(?:aient|erait|eront|issent|amment|emment|ément|ièrement|usement|ivement|llement|[^i]er|[^t]ée?s?)$"
)
FRENCH_NOUNS = re.compile(
    r"(?:hiver|cancer|danger|rocher|plancher|boucher|leader|poker|boulanger|étranger|berger|verger|"
    r"(?:musée|armée|marché|lycée|idée|café|congé|entrée|arrivée|durée|tournée|allée|épée|trophée|clergé|procédé|fusée|"
    r"employé|traversée|randonnée|énoncé|archevêché|canapé|cliché|réfugié|mariée?|soirée|pensée|poupée|marée)s?|"
    r"événements?|élément|parlement)$"
)
SPANISH_VERBS = re.compile(
    r"\w{3,}(?:mente|aron|ieron|aban|arán?|erán?|irán?|ando|iendo|yendo|[^i]ar|[^j]er|[^d]ir|arse|erse|irse)$"
)
PORTUGUESE_VERBS = re.compile(
    r"\w{3,}(?:mente|aram|eram|iram|avam?|ando|endo|indo|[^i]ar|[^h]er|[^d]ir|ar-se|er-se|ir-se)$"
)
IBERIAN_NOUNS = word_set(
    "comando bando contrabando fernando lugar hogar mujer mulher taller alquiler azúcar açúcar líder cáncer câncer",
    "poder deber dever placer prazer militar nuclear solar dólar altar collar colar pilar radar bazar talher carácter",
    "caráter estupefaciente vicepresidente ambiente medioambiente mente dividendo referendo reverendo incêndio",
)
ITALIAN_VERBS = re.compile(
    r"\w{3,}(?:mente|are|[^in]ere|ire|avano|evano|ivano|arono|erono|irono|ando|endo|arsi|ersi|irsi)$"
)
ITALIAN_NOUNS = word_set(
    "mare altare militare nucleare popolare potere carcere comando referendum dividendo carattere avere mente solare"
)
RUSSIAN_VERBS = re.compile(
    r"\w{3,}(?:ться|тся|лся|лась|лось|лись|ют|[аяу]ет|ать|ить|еть|ять|вш\w+|[иы]рова[лн]\w*|ываться?|ывал\w*)$"
)
RUSSIAN_NOUNS = word_set("печать кровать благодать память площадь мать нить сеть ртуть рукоять")
RUSSIAN_ADJECTIVES = re.compile(
    r"\w{3,}(?:ый|ая|яя|ое|ые|ого|его|ому|ему|ых|ыми|ую|юю|ск(?:ий|ой|им|ом|их|ими)|н[оиы]й)$"
)
TURKISH_VERBS = re.compile(
    r"\w{2,}(?:[ıiuü]yor|[ae]ca[kğ]|ece[kğ]|m[ıiuü]ş|m[ae]k|[ıiuü]ld[ıiuü]|ar[ae]k|[ıiuü]nc[ae]|d[ıiuü]ğ[ıiuü])\w{0,5}$"
)
TURKISH_NOUNS = word_set("ekmek yemek parmak ırmak emek gümüş geçmiş çakmak")
HINDI_VERBS = re.compile(r"\w+(?:ेगा|ेगी|ेंगे|कर)$")
KOREAN_VERBS = re.compile(r"\w+(?:다|며|면서|하고|하는|되는|했던|됐던|한|된|할|될|하게|으나|지만|라며|라고|에서)$")
KOREAN_PARTICLES = re.compile(
    r"(?<=\w\w)(?:에서는|으로는|에서|에게|으로|부터|까지|에는|은|는|이|가|을|를|의|에|와|과|도|로|만)$"
)

NOTHING = re.compile(r"(?!)")
VERBS: Mapping[str, tuple[re.Pattern[str], re.Pattern[str] | frozenset[str]]] = MappingProxyType(
    {
        "id": (INDONESIAN_VERBS, INDONESIAN_NOUNS),
        "ms": (INDONESIAN_VERBS, INDONESIAN_NOUNS),
        "en": (ENGLISH_VERBS, ENGLISH_NOUNS),
        "fr": (FRENCH_VERBS, FRENCH_NOUNS),
        "es": (SPANISH_VERBS, IBERIAN_NOUNS),
        "pt": (PORTUGUESE_VERBS, IBERIAN_NOUNS),
        "it": (ITALIAN_VERBS, ITALIAN_NOUNS),
        "ru": (RUSSIAN_VERBS, RUSSIAN_NOUNS),
        "tr": (TURKISH_VERBS, TURKISH_NOUNS),
        "hi": (HINDI_VERBS, NOTHING),
        "ko": (KOREAN_VERBS, NOTHING),
        "eo": (re.compile(r"\w*(?<![aojn])$|\w*(?<![aoj])n$|\w*(?<![ao])j$"), NOTHING),
    }
)
"""For each language the shape of verbs and adverbs, and the nouns that have it too."""
ADJECTIVES: Mapping[str, tuple[re.Pattern[str], re.Pattern[str] | frozenset[str]]] = MappingProxyType(
    {
        "en": (ENGLISH_ADJECTIVES, ENGLISH_ADJECTIVAL_NOUNS),
        "fr": (
            re.compile(r"\w{3,}(?:[ié]enne?s?|aises?|[ai]bles?|eu(?:se|ses))$"),
            word_set("tables sables câbles table"),
        ),
        "nl": (re.compile(r"\w{3,}(?:lijke?|ische?|ige)$"), NOTHING),
        "ru": (RUSSIAN_ADJECTIVES, NOTHING),
        "eo": (re.compile(r"\w+a[jn]{0,2}$"), NOTHING),
    }
)
"""For each language the shape of adjectives, and the nouns that have it too."""


@cache
def stop_words(language: str) -> tuple[frozenset[str], frozenset[str]] | None:
    """The words of `language` that never name a topic, and those that do only in pairs; None where no list is."""
    path = Path(__file__).with_name(f"stop.{language}.txt")
    if not language.isalpha() or not path.is_file():
        return None
    lines = path.read_text("utf-8").splitlines()
    mark = lines.index(ALONE_MARK) if ALONE_MARK in lines else len(lines)
    never = word_set(*(line for line in lines[:mark] if not line.startswith("#")))
    return never, word_set(*lines[mark + 1 :]) - never


class Judgements(dict[str, tuple[str, Standing]]):
    """What `judge` says of words of one language; each is judged once."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language

    def __missing__(self, word: str) -> tuple[str, Standing]:
        if len(self) >= REMEMBERED:
            self.clear()
        judged = self[word] = judge(word, self.language)
        return judged


@cache
def judgements(language: str) -> Judgements:
    """What was judged of words of `language` so far in this process."""
    return Judgements(language)


def judge(word: str, language: str) -> tuple[str, Standing]:
    """The form under which `word` (in lower case) is counted, and how far it may name a topic.

    The form of what names no topic is empty. Forms are judged as they judge themselves.
    """
    form = _form(word, language) if word[:1].isalpha() else ""
    standing = _standing(word, form, language)
    return (form if standing else ""), standing


def _standing(word: str, form: str, language: str) -> Standing:
    lists = stop_words(language)
    if lists is None:
        return Standing.ALONE if SHORT_WORD < len(form) <= LONGEST_WORD else Standing.NONE
    never, together = lists
    if not LEAST_LETTERS <= len(form) <= LONGEST_WORD or {word, form} & never or _is_verb(form, language):
        return Standing.NONE
    singular = form[:-1] if language in PLURAL_IN_S and form.endswith("s") else form
    if {form, singular} & (together | load_cues(language).roles) or _has_shape(ADJECTIVES, form, language):
        return Standing.TOGETHER
    return Standing.ALONE


def _form(word: str, language: str) -> str:
    """`word` without elided neighbours, case endings behind an apostrophe, and endings that make no other word."""
    if "'" in word or "’" in word or "ʼ" in word:
        word = max(APOSTROPHE.split(word), key=len)
    if language in {"id", "ms"} and len(word) > 6 and word.endswith("nya"):
        return word[:-3]
    if language == "eo":
        bare = word.removesuffix("n").removesuffix("j")
        return bare if bare.endswith(("o", "a")) else word
    return KOREAN_PARTICLES.sub("", word) if language == "ko" else word


def _is_verb(form: str, language: str) -> bool:
    return ("-" in form and INVERTED.search(form) is not None) or _has_shape(VERBS, form, language)


def _has_shape(
    shapes: Mapping[str, tuple[re.Pattern[str], re.Pattern[str] | frozenset[str]]], form: str, language: str
) -> bool:
    """Whether `form` has the shape that is listed for its language and is no exception."""
    if language not in shapes:
        return False
    shape, exceptions = shapes[language]
    excepted = form in exceptions if isinstance(exceptions, frozenset) else exceptions.match(form)
    return shape.match(form) is not None and not excepted
