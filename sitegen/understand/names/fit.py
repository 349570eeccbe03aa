"""Annotated sentences -> a tagger's weights, not yet calibrated. Needs the PyPI package python-crfsuite."""

import random
import re
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from sitegen.model import Span
from sitegen.understand.names.annotated import HALF, SEED, Marked, Words, vary
from sitegen.understand.names.features import Lexicon, describe_places, describe_word, make_lexicon
from sitegen.understand.names.labels import LABELS
from sitegen.understand.names.sentences import is_headline
from sitegen.understand.names.tokens import tokenize
from sitegen.understand.names.weights import Curve, Weights

OPTIONS = {"c1": 0.3, "c2": 1.0, "max_iterations": 150, "feature.possible_transitions": True}
LEXICAL = re.compile(r"-?\d(?:w|p2|p3|p4|s2|s3|s4)=|[htBA]=|k")
SMALLEST = 0.03
"""Weights below this are as good as none."""

SCALE = 127
UNMEASURED = Curve(1.0, 0.0)
"""Believes the model as it is."""


def fit_weights(language: str, sentences: Sequence[Marked]) -> Weights:
    """The weights that annotated sentences give, by conditional random fields; not yet calibrated.

    Headlines among them lend their words alone: in a text, the tagger is not shown them either.
    """
    words = Words(sentences)
    sentences = [each for each in sentences if not is_headline(tokenize(each.text, Span(0, len(each.text))))]
    crfsuite = import_module("pycrfsuite")
    trainer = crfsuite.Trainer(verbose=False, params=OPTIONS)
    for each in (*sentences, *vary(sentences)):
        rows, labels = describe(each, make_lexicon(language, words.without(each)), language)
        trainer.append(rows, labels)
    for rows, labels in blur(
        describe(each, make_lexicon(language, words.without(each)), language) for each in sentences
    ):
        trainer.append(rows, labels)
    with TemporaryDirectory() as folder:
        path = str(Path(folder, "model"))
        trainer.train(path)
        tagger = crfsuite.Tagger()
        tagger.open(path)
        return make_weights(tagger.info(), words.all)


def describe(sentence: Marked, lexicon: Lexicon, language: str) -> tuple[list[list[str]], list[str]]:
    """The features and the label of each token of a sentence."""
    tokens = tokenize(sentence.text, Span(0, len(sentence.text)))
    words = [describe_word(text, lexicon) for text in tokens.texts]
    rows = describe_places(words, lexicon.gazetteer.match(tokens, language), tokens)
    for index, row in enumerate(rows):
        for offset in range(-2, 3):
            if 0 <= index + offset < len(words):
                row.extend(words[index + offset].seen[2 - offset])
    return rows, [label_at(sentence.names, *place) for place in tokens.places]


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


def make_weights(info: object, words: frozenset[str]) -> Weights:
    """The weights that matter, as whole numbers of one scale."""
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
    return Weights(features, np.round(rows / scale).astype(np.int8), scale, transitions, words, UNMEASURED)
