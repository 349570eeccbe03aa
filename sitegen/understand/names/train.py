"""Annotated sentences -> the tagger's weights. For developers; needs the PyPI package python-crfsuite.

    python -m sitegen.understand.names.train id en

The same sentences, cues, authority and gazetteer give the same bytes.
"""

import random
import re
import sys
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import numpy as np

from sitegen.model import Span
from sitegen.understand.names.features import Lexicon, describe_places, describe_word, expand, make_lexicon
from sitegen.understand.names.tagger import LABELS, model_file
from sitegen.understand.names.tokens import tokenize

SENTENCES = Path(__file__).parents[1] / "training"
MARKED = re.compile(r"\[(PER|ORG|LOC|EVT) ([^\[\]]+)\]")
OPTIONS = {"c1": 0.05, "c2": 0.05, "max_iterations": 150, "feature.possible_transitions": True}
LEXICAL = re.compile(r"-?\d(?:w|p2|p3|p4|s2|s3|s4)=|[htBA]=|k")
SMALLEST = 0.03
"""Weights below this are as good as none."""

SCALE = 127
SEED = 20240320
ROUNDS = 2
SHORTENED, MADE_UP, HALF = 0.4, 0.4, 0.5


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
    return {token.text for token in tokenize(text, Span(0, len(text))) if token.text.islower()}


def main() -> None:
    """Train a tagger for each language named."""
    for language in sys.argv[1:] or sys.exit(__doc__):
        train(language)


def train(language: str) -> None:
    """Train on `training/<language>.txt` and write the weights."""
    sentences = list(read_sentences((SENTENCES / f"{language}.txt").read_text("utf-8").splitlines()))
    words = Words(sentences)
    crfsuite = import_module("pycrfsuite")
    trainer = crfsuite.Trainer(verbose=False, params=OPTIONS)
    for each in (*sentences, *vary(sentences)):
        rows, labels = describe(each, make_lexicon(language, words.without(each)))
        trainer.append(rows, labels)
    for rows, labels in blur(describe(each, make_lexicon(language, words.without(each))) for each in sentences):
        trainer.append(rows, labels)
    with TemporaryDirectory() as folder:
        path = str(Path(folder, "model"))
        trainer.train(path)
        tagger = crfsuite.Tagger()
        tagger.open(path)
        write_model(language, tagger.info(), words.all)


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
        name = pick_name(pool[kind], kind, chance)
        made += text[done:start]
        moved.append((len(made), len(made) + len(name), kind))
        made += name
        done = end
    return Marked(made + text[done:], tuple(moved))


def pick_name(pool: Sequence[str], kind: str, chance: random.Random) -> str:
    """A name of a kind: one of the pool, one word of a person's, or one of which some words are made up of halves."""
    words, dice = chance.choice(pool).split(" "), chance.random()
    if kind == "PER" and dice < SHORTENED:
        words = [max(words, key=len) if chance.random() < HALF else words[0]]
    if kind in ("PER", "LOC") and chance.random() < MADE_UP:
        words = [splice(word, chance.choice(pool), chance) for word in words]
    return " ".join(words)


def splice(word: str, other: str, chance: random.Random) -> str:
    """The beginning of a word and the end of another's last, if both are plain words."""
    tail = other.rsplit(" ", 1)[-1]
    if len(word) < 4 or len(tail) < 4 or not (word.isalpha() and tail.isalpha() and word.istitle() and tail.istitle()):
        return word
    return word[: chance.randint(2, len(word) - 1)] + tail[-chance.randint(2, 4) :]


def describe(sentence: Marked, lexicon: Lexicon) -> tuple[list[list[str]], list[str]]:
    """The features and the label of each token of a sentence."""
    tokens = tokenize(sentence.text, Span(0, len(sentence.text)))
    words = [describe_word(token.text, lexicon) for token in tokens]
    places = describe_places(words, lexicon.gazetteer.match(tokens, ""), tokens)
    rows = [[each for feature in row for each in expand(feature)] for row in places]
    for index, row in enumerate(rows):
        for offset in range(-2, 3):
            if 0 <= index + offset < len(words):
                row.extend(words[index + offset].seen[2 - offset])
    return rows, [label_at(sentence.names, token.start, token.end) for token in tokens]


def label_at(names: Iterable[tuple[int, int, str]], start: int, end: int) -> str:
    """The label of a token from `start` to `end`."""
    for first, last, kind in names:
        if first < end and start < last:
            return f"{'B' if start <= first else 'I'}-{kind}"
    return "O"


def blur(described: Iterable[tuple[list[list[str]], list[str]]]) -> Iterator[tuple[list[list[str]], list[str]]]:
    """Sentences in which many words cannot be read, so that the model learns to rely on what stands around them."""
    chance = random.Random(SEED)  # noqa: S311
    for rows, labels in described:
        blurred = [[each for each in row if not LEXICAL.match(each)] if chance.random() < HALF else row for row in rows]
        yield blurred, labels


def write_model(language: str, info: object, words: AbstractSet[str]) -> None:
    """The weights that matter, as bytes of one scale; the features sorted, so that the file is always the same."""
    weights: dict[str, list[float]] = {}
    for (feature, label), weight in info.state_features.items():  # type: ignore[attr-defined]
        if abs(weight) >= SMALLEST and label in LABELS:
            weights.setdefault(feature, [0.0] * len(LABELS))[LABELS.index(label)] = weight
    features = sorted(weights)
    rows = np.array([weights[feature] for feature in features], np.float32)
    scale = np.float32(np.abs(rows).max() / SCALE)
    transitions = np.zeros((len(LABELS), len(LABELS)), np.float32)
    for (before, after), weight in info.transitions.items():  # type: ignore[attr-defined]
        transitions[LABELS.index(before), LABELS.index(after)] = weight
    packed = zlib.compress("\n".join(features).encode(), 9)
    np.savez_compressed(
        model_file(language),
        features=np.frombuffer(packed, np.uint8),
        words=np.frombuffer(zlib.compress("\n".join(sorted(words)).encode(), 9), np.uint8),
        weights=np.round(rows / scale).astype(np.int8),
        scale=scale,
        transitions=transitions,
    )


if __name__ == "__main__":
    main()
