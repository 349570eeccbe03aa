"""A word and its language -> the key that its inflected forms share, so that "election" and "elections" are one tag.

Rules for endings only, a few for each language; the key is for comparing and never shown. They were written for this
project, from the grammar of each language.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

Rule = tuple[re.Pattern[str], str]


def _rules(*pairs: tuple[str, str]) -> tuple[Rule, ...]:
    return tuple((re.compile(pattern), to) for pattern, to in pairs)


REDUPLICATED = _rules((r"^(\w{3,})-\1$", r"\1"))
RULES: Mapping[str, tuple[Rule, ...]] = MappingProxyType(
    {
        "id": REDUPLICATED,
        "ms": REDUPLICATED,
        "en": _rules((r"(?<=\w\w)ies$", "y"), (r"(?<=\w)(ss|sh|ch|x|zz)es$", r"\1"), (r"(?<=\w\w[^sui])s$", "")),
        "fr": _rules((r"(?<=\w\w)aux$", "al"), (r"(?<=\w\w[^su])[sx]$", ""), (r"(?<=e)ux$", "u")),
        "es": _rules(
            (r"(?<=c|s)iones$", "ión"),
            (r"ces$", "z"),
            (r"(?<=\w[lrndj])es$", ""),
            (r"(?<=\w\w[aeoéó])s$", ""),
        ),
        "pt": _rules(
            (r"(?:õe|ãe)s$", "ão"),
            (r"ais$", "al"),
            (r"ns$", "m"),
            (r"(?<=\w[rz])es$", ""),
            (r"(?<=\w\w[aeo])s$", ""),
        ),
        "it": _rules((r"(?<=\w\w\w)(?:h?[ei]|[ao])$", "")),
        "de": _rules((r"(?<=\w{4})(?:innen|ern|ens|ers|er|en|es|e|n|s)$", "")),
        "nl": _rules((r"(?<=\w{4})(?:en|s)$", ""), (r"['’]s$", "")),
        "ru": _rules(
            (r"(?<=\w{3})(?:иями|иях|иям|ией|ией|ию|ии|ия|ие|ий|ием)$", "и"),
            (r"(?<=\w{3})(?:ами|ями|ах|ях|ам|ям|ов|ев|ей|ой|ом|ем|ём|а|я|о|е|у|ю|ы|и|ь)$", ""),
        ),
        "tr": _rules((r"(?<=\w{3})l[ae]r\w{0,4}$", ""), (r"(?<=\w{4})(?:n[ıiuü]n|d[ae]n|d[ae]|[ıiuü])$", "")),
        "ar": _rules((r"^(?:وال|بال|كال|فال|لل|ال)(?=\w{3})", "")),
        "hi": _rules((r"(?<=\w{2})(?:ों|ें)$", "")),
    }
)  # fmt: skip
"""By language; the first rule that fits is applied, and no other."""


@lru_cache(maxsize=1 << 17)
def form_key(term: str, language: str) -> str:
    """What all forms of the word, or the words, of `term` (in lower case) have in common."""
    rules = RULES.get(language, ())
    return " ".join(_key(word, rules) for word in term.split())


def _key(word: str, rules: tuple[Rule, ...]) -> str:
    for pattern, to in rules:
        key, found = pattern.subn(to, word)
        if found:
            return key
    return word
