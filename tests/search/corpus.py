"""Made-up articles and queries, always the same: words with natural frequencies, and inflections."""

import random
import re
from collections.abc import Iterator

from sitegen.model import TermKind
from tests.search.archive import Note

SYLLABLES = re.findall("..", "babecidadugehijakakolalumameninopapirarosasutatiwayo")
ENDINGS = {
    "id": ("", "", "", "kan", "an", "nya"),
    "en": ("", "", "s", "ed", "ing", "tion"),
    "fr": ("", "é", "és", "ère"),
}
KINDS = (TermKind.PERSON, TermKind.ORGANIZATION, TermKind.PLACE, TermKind.EVENT)
VOCABULARY = 3000
FIRST_YEAR, YEARS = 2015, 9


def make_notes(count: int, seed: int = 7) -> Iterator[Note]:
    """`count` articles."""
    words = _vocabulary(random.Random(seed))
    weights = [1 / (rank + 3) for rank in range(len(words))]
    names = [f"{one.title()} {other.title()}" for one, other in zip(words[200:400], words[400:600], strict=True)]
    for number in range(count):
        chance = random.Random(f"{seed}/{number}")
        language = chance.choice(sorted(ENDINGS))
        named = chance.sample(names, 3)
        text = [word + chance.choice(ENDINGS[language]) for word in chance.choices(words, weights, k=80)]
        for name in named:
            text.insert(chance.randrange(len(text)), name)
        yield Note(
            title=" ".join(chance.choices(words, weights, k=6)).capitalize(),
            text="\n".join(" ".join(text[start : start + 20]).capitalize() + "." for start in range(0, len(text), 20)),
            language=language,
            date=f"{FIRST_YEAR + chance.randrange(YEARS)}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}",
            source=f"{words[chance.randrange(12)]}.example",
            names=tuple((KINDS[names.index(name) % len(KINDS)], name) for name in named),
            tags=tuple(chance.sample(words[600:640], 2)),
            path=f"{number:06}.txt",
        )


def _vocabulary(chance: random.Random) -> list[str]:
    found: dict[str, None] = {}
    while len(found) < VOCABULARY:
        found["".join(chance.choices(SYLLABLES, k=chance.randint(2, 4)))] = None
    return list(found)


def make_queries(words: list[str], count: int, seed: int = 11) -> list[str]:
    """`count` queries of all kinds in lunr's language, from words that an archive has."""
    chance = random.Random(seed)
    return [_query(chance, words) for _ in range(count)]


def _query(chance: random.Random, words: list[str]) -> str:
    return " ".join(_clause(chance, chance.choice(words)) for _ in range(chance.choice((1, 1, 2, 2, 3))))


def _clause(chance: random.Random, word: str) -> str:
    cut = chance.randint(1, max(1, len(word) - 1))
    return chance.choice(
        (
            word,
            word,
            f"+{word}",
            f"-{word}",
            f"title:{word}",
            f"+text:{word}",
            f"-title:{word}",
            f"{word}^{chance.randint(0, 9)}",
            f"{word[: max(cut, 3)]}*",
            f"*{word[-max(cut, 3) :]}",
            f"{word[:2]}*{word[-2:]}",
            f"*{word[1:-1]}*",
            f"title:{word[:3]}*",
            f"{word}~1",
            f"{_misspelled(chance, word)}~1",
            f"{_misspelled(chance, word)}~2",
            f"+{word}~1^2",
            word + "zzz",
        )
    )


def _misspelled(chance: random.Random, word: str) -> str:
    place = chance.randrange(len(word))
    changes = (
        word[:place] + word[place + 1 :],
        word[:place] + "x" + word[place:],
        word[:place] + "q" + word[place + 1 :],
    )
    return chance.choice(changes) or word
