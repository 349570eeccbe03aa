"""The file of a tagger's weights: made by `train`, read by `tagger`. Knows neither words nor names."""

import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

WEIGHTS_FOLDER = Path(__file__).parents[2] / "data"

Scores = NDArray[np.float32]


class Curve(NamedTuple):
    """How often a tagger is right that says how sure it is: the logistic function of slope * its log odds + offset.

    Platt's scaling, fitted by `calibrate` to sentences that the tagger had not seen.
    """

    slope: float
    offset: float


class Weights(NamedTuple):
    """A trained model.

    Attributes:
        features: what the rows are for, sorted.
        rows: for each feature the score of each label, in steps of `scale`.
        transitions: the score of each label after each other.
        words: the words that the sentences had in lower case.
        curve: how often the model is right by how sure it is.
    """

    features: list[str]
    rows: NDArray[np.int8]
    scale: np.float32
    transitions: Scores
    words: frozenset[str]
    curve: Curve


def weights_file(language: str) -> Path:
    """Where the weights for a language are, if there are any."""
    return WEIGHTS_FOLDER / f"tagger-{language}.npz"


def write_weights(path: Path, weights: Weights) -> None:
    """Write weights; the same weights give the same bytes."""
    np.savez_compressed(
        path,
        features=pack(weights.features),
        words=pack(sorted(weights.words)),
        weights=weights.rows,
        scale=weights.scale,
        transitions=weights.transitions,
        curve=np.array(weights.curve, np.float32),
    )


def read_weights(path: Path) -> Weights:
    """The weights in a file."""
    with np.load(path) as stored:
        slope, offset = stored["curve"].tolist()
        return Weights(
            unpack(stored["features"]),
            stored["weights"],
            stored["scale"],
            stored["transitions"],
            frozenset(unpack(stored["words"])),
            Curve(slope, offset),
        )


def pack(words: Iterable[str]) -> NDArray[np.uint8]:
    """Words as compressed bytes."""
    return np.frombuffer(zlib.compress("\n".join(words).encode(), 9), np.uint8)


def unpack(packed: NDArray[np.uint8]) -> list[str]:
    """The words in compressed bytes."""
    return zlib.decompress(packed.tobytes()).decode().split("\n")
