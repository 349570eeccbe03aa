"""The scores of each token's labels -> how likely each label is, and the names that the labels mark."""

import math
from collections.abc import Sequence

import numpy as np

from sitegen.model import EntityType
from sitegen.understand.names.runs import Found
from sitegen.understand.names.weights import Curve, Scores

TYPES = {"PER": EntityType.PERSON, "ORG": EntityType.ORGANIZATION, "LOC": EntityType.PLACE, "EVT": EntityType.EVENT}
LABELS = ("O", *(f"{part}-{kind}" for kind in TYPES for part in "BI"))
OUTSIDE = LABELS.index("O")
IMPOSSIBLE = -50.0
LEAST_CHANCE = 0.45
"""Names less sure than this are none: of 0.30, 0.35 … 0.65 the best on unseen sentences of both languages."""

NEVER = 1e-4
"""No model is surer than this that it is right or wrong."""

SCALED_EVERY = 4
"""Steps after which sums are made small again: four lose less than half of the range of 32 bits."""


def forbidden_transitions() -> Scores:
    """IMPOSSIBLE wherever a name would go on that has not begun, else 0."""
    barred = np.zeros((len(LABELS), len(LABELS)), np.float32)
    for after, label in enumerate(LABELS):
        for before, other in enumerate(LABELS):
            if label[0] == "I" and other[1:] != label[1:]:
                barred[before, after] = IMPOSSIBLE
    return barred


def label_chances(scores: Scores, lengths: Sequence[int], transitions: Scores) -> Scores:
    """How likely each label is for each token, all sentences at once (forward and backward sums).

    Both sums take their steps together, the one from the first token of each sentence, the other from its last.

    Args:
        scores: of each label for each token, the sentences one after the other.
        lengths: of the sentences, in tokens.
        transitions: the score of each label after each other.
    """
    sizes = np.array(lengths)
    ends, steps = np.cumsum(sizes), np.arange(max(lengths))[:, None]
    ways = np.stack([ends - sizes + steps, ends - 1 - steps], axis=1)
    weights = np.exp(scores - scores.max(axis=1, keepdims=True))[np.where(steps[:, None] < sizes, ways, 0)]
    turns = np.exp(np.stack([transitions, transitions.T]))
    # What has reached a token, without and with what the token itself says.
    reached, sums = np.ones_like(weights), weights.copy()
    sums[0, 0] *= turns[0, 0]
    for step in range(1, len(weights)):
        np.matmul(sums[step - 1], turns, out=reached[step])
        np.multiply(reached[step], weights[step], out=sums[step])
        if step % SCALED_EVERY == 0:
            sums[step] /= sums[step].sum(axis=2, keepdims=True)
    sentence = np.repeat(np.arange(len(sizes)), sizes)
    place = np.arange(len(scores)) - (ends - sizes)[sentence]
    chances: Scores = sums[place, 0, sentence] * reached[sizes[sentence] - 1 - place, 1, sentence]
    chances /= chances.sum(axis=1, keepdims=True)
    return chances


def read_names(chances: Scores, lengths: Sequence[int], curve: Curve) -> list[list[Found]]:
    """The names in each sentence, by the chances of its tokens' labels; each as sure as its least sure token allows.

    Args:
        lengths: of the sentences, in tokens.
    """
    found: list[list[Found]] = [[] for _ in lengths]
    starts = np.cumsum([0, *lengths])
    best = chances.argmax(axis=1)
    tokens = np.flatnonzero(best != OUTSIDE)
    sentence_of = (np.searchsorted(starts, tokens, side="right") - 1).tolist()
    sure, labels = chances[tokens].max(axis=1).tolist(), [LABELS[each] for each in best[tokens].tolist()]
    places = tokens.tolist()
    first = 0
    while first < len(places):
        number, kind, end = sentence_of[first], labels[first][2:], first + 1
        while (
            end < len(places)
            and labels[end] == f"I-{kind}"
            and sentence_of[end] == number
            and places[end] == places[end - 1] + 1
        ):
            end += 1
        confidence = calibrated(min(sure[first:end]), curve)
        if confidence >= LEAST_CHANCE:
            start = places[first] - int(starts[number])
            name = Found(start, start + end - first, TYPES[kind], "", round(confidence, 3), "tagger")
            found[number].append(name)
        first = end
    return found


def calibrated(chance: float, curve: Curve) -> float:
    """How often names are right of which the model says that it is this sure; see Curve."""
    held = min(max(chance, NEVER), 1 - NEVER)
    return 1 / (1 + math.exp(-curve.offset - curve.slope * math.log(held / (1 - held))))
