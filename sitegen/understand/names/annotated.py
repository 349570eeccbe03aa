"""Lines with names in brackets -> annotated sentences, and more of them by exchanging names. For developers."""

import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from sitegen.model import Span
from sitegen.understand.names.tokens import tokenize

SENTENCES = Path(__file__).parents[1] / "training"
MARKED = re.compile(r"\[(PER|ORG|LOC|EVT) ([^\[\]]+)\]")
SEED = 20240320
ROUNDS = 2
SHORTENED, MADE_UP, PLACED, HALF = 0.4, 0.4, 0.08, 0.5


class Marked(NamedTuple):
    """A sentence without its brackets, and the names that they marked: first character, end, kind."""

    text: str
    names: tuple[tuple[int, int, str], ...]


class Words:
    """The words that sentences have in lower case.

    A sentence must not be described with what it alone tells: in an article, most words are new.
    """

    def __init__(self, sentences: Iterable[Marked]) -> None:
        self.counts = Counter(word for each in sentences for word in small_words(each.text))
        self.all = frozenset(self.counts)

    def without(self, sentence: Marked) -> frozenset[str]:
        """All words but those of this sentence alone."""
        return self.all - {word for word in small_words(sentence.text) if self.counts[word] == 1}


def small_words(text: str) -> set[str]:
    """The words in lower case of a text."""
    return set(filter(str.islower, tokenize(text, Span(0, len(text))).texts))


def load_sentences(language: str) -> list[Marked]:
    """The annotated sentences of a language that come with the package."""
    return list(read_sentences((SENTENCES / f"{language}.txt").read_text("utf-8").splitlines()))


def read_sentences(lines: Iterable[str]) -> Iterator[Marked]:
    """The sentences of a training file; lines that begin with "#" and empty ones are none."""
    for line in lines:
        if not line.strip() or line.startswith("#"):
            continue
        text, names, end = "", [], 0
        for found in MARKED.finditer(line):
            text += line[end : found.start()]
            names.append((len(text), len(text) + len(found[2]), found[1]))
            text += found[2]
            end = found.end()
        yield Marked(text + line[end:], tuple(names))


def vary(sentences: Sequence[Marked]) -> Iterator[Marked]:
    """Each sentence that has names ROUNDS times more, its names changed for others of their kind.

    Some of the others are shortened to one word, and some are made up of halves: most names in the news are new.
    """
    chance = random.Random(SEED)  # noqa: S311
    pool: dict[str, list[str]] = {}
    for text, names in sentences:
        for start, end, kind in names:
            pool.setdefault(kind, []).append(text[start:end])
    for text, names in [*sentences] * ROUNDS:
        if names:
            yield exchange(text, names, pool, chance)


def exchange(
    text: str, names: Sequence[tuple[int, int, str]], pool: Mapping[str, Sequence[str]], chance: random.Random
) -> Marked:
    """A sentence with other names."""
    made, moved, done = "", [], 0
    for start, end, kind in names:
        name = pick_name(pool, kind, chance)
        made += text[done:start]
        moved.append((len(made), len(made) + len(name), kind))
        made += name
        done = end
    return Marked(made + text[done:], tuple(moved))


def pick_name(pools: Mapping[str, Sequence[str]], kind: str, chance: random.Random) -> str:
    """A name of a kind: one of its pool, one word of a person's, or one of which some words are made up of halves.

    A few people are given a place for one of their names, since people are called Haiti and Paris too.
    """
    pool = pools[kind]
    words, dice = chance.choice(pool).split(" "), chance.random()
    if kind == "PER" and dice < SHORTENED:
        words = [max(words, key=len) if chance.random() < HALF else words[0]]
    if kind in ("PER", "LOC") and chance.random() < MADE_UP:
        words = [splice(word, chance.choice(pool), chance) for word in words]
    if kind == "PER" and len(words) > 1 and chance.random() < PLACED:
        place = chance.choice(pools["LOC"])
        words[chance.randrange(len(words))] = place if place.isalpha() else words[-1]
    return " ".join(words)


def splice(word: str, other: str, chance: random.Random) -> str:
    """The beginning of a word and the end of another's last, if both are plain words."""
    tail = other.rsplit(" ", 1)[-1]
    if len(word) < 4 or len(tail) < 4 or not (word.isalpha() and tail.isalpha() and word.istitle() and tail.istitle()):
        return word
    return word[: chance.randint(2, len(word) - 1)] + tail[-chance.randint(2, 4) :]
