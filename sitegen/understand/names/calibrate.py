"""Annotated sentences -> how often mentions are right, by the rule that found them and how sure it was.

Cuts the sentences into FOLDS parts; a tagger trained on the others reads each part as articles of a few sentences.
`train` takes a tagger's curve from here; tests/benchmarks/reliability_of_names.py prints the table. For developers;
needs the PyPI package python-crfsuite.
"""

import math
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from sitegen.model import Span
from sitegen.understand.names import mentions_with
from sitegen.understand.names.annotated import SEED, Marked
from sitegen.understand.names.fit import fit_weights
from sitegen.understand.names.labels import NEVER, TYPES
from sitegen.understand.names.tagger import Tagger
from sitegen.understand.names.weights import Curve

FOLDS = 5
PER_ARTICLE = 10
STEPS = 50
BANDS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)


class Judged(NamedTuple):
    """A mention in a sentence that the tagger had not seen: its rule, how sure it was, and whether the mark agrees."""

    rule: str
    confidence: float
    right: bool


def judge_unseen(language: str, sentences: Sequence[Marked], curve: Curve) -> list[Judged]:
    """Every mention found in the sentences, each by a tagger with that curve that was trained on the other parts."""
    mixed = list(sentences)
    random.Random(SEED).shuffle(mixed)  # noqa: S311
    judged: list[Judged] = []
    for fold in range(FOLDS):
        others = [each for number, each in enumerate(mixed) if number % FOLDS != fold]
        tagger = Tagger(language, fit_weights(language, others)._replace(curve=curve))
        judged += judge(tagger, language, mixed[fold::FOLDS])
    return judged


def judge(tagger: Tagger, language: str, sentences: Sequence[Marked]) -> Iterator[Judged]:
    """The mentions that are found in sentences, read as articles of PER_ARTICLE each."""
    for first in range(0, len(sentences), PER_ARTICLE):
        paragraphs, marked, prose = list[Span](), set[tuple[int, int, str]](), ""
        for text, names in sentences[first : first + PER_ARTICLE]:
            start = len(prose)
            marked.update((start + one, start + end, TYPES[kind]) for one, end, kind in names)
            paragraphs.append(Span(start, start + len(text)))
            prose += text + "\n"
        for mention in mentions_with(tagger, prose, tuple(paragraphs), None, language):
            yield Judged(mention.rule, mention.confidence, (*mention.span, mention.type) in marked)


def fit_curve(judged: Iterable[Judged]) -> Curve:
    """The curve that makes the tagger's mentions likeliest, by Newton's method."""
    chosen = [(log_odds(each.confidence), each.right) for each in judged if each.rule == "tagger"]
    slope, offset = 0.0, 0.0
    for _ in range(STEPS):
        chances = [1 / (1 + math.exp(-slope * x - offset)) for x, _ in chosen]
        errors = [right - chance for (_, right), chance in zip(chosen, chances, strict=True)]
        weights = [chance * (1 - chance) for chance in chances]
        g0, g1 = sum(errors), sum(error * x for error, (x, _) in zip(errors, chosen, strict=True))
        h0, h1 = sum(weights), sum(weight * x for weight, (x, _) in zip(weights, chosen, strict=True))
        h2 = sum(weight * x * x for weight, (x, _) in zip(weights, chosen, strict=True))
        size = h0 * h2 - h1 * h1
        slope, offset = slope + (h0 * g1 - h1 * g0) / size, offset + (h2 * g0 - h1 * g1) / size
    return Curve(round(slope, 3), round(offset, 3))


def log_odds(chance: float) -> float:
    """The natural logarithm of chance : no chance."""
    held = min(max(chance, NEVER), 1 - NEVER)
    return math.log(held / (1 - held))


class Band(NamedTuple):
    """The mentions of one rule that are about as sure: from `least`, how many, the mean confidence, the share right."""

    rule: str
    least: float
    mentions: int
    said: float
    right: float


def reliability(judged: Iterable[Judged]) -> Iterator[Band]:
    """What confidence is worth, rule by rule and band by band."""
    cells: dict[tuple[str, float], list[Judged]] = defaultdict(list)
    for each in judged:
        cells[each.rule, max(least for least in BANDS if each.confidence >= least)].append(each)
    for (rule, least), found in sorted(cells.items()):
        said = sum(each.confidence for each in found) / len(found)
        yield Band(rule, least, len(found), said, sum(each.right for each in found) / len(found))
