"""py3langid's model, and how likely it says each of some languages to be that of a text. Its only importer.

The same arithmetic as py3langid's own, over all places of a text at once; tests hold both against each other.
"""

import math
import shutil
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

ARRAYS = ("moves", "rows", "features", "weights", "priors", "codes")
DEEPEST = 6
"""How many bytes at most tell a state of the model's automaton."""
NO_BYTE = 0xFF
"""Stands in no UTF-8, and leads from the beginning back to it."""


@dataclass(frozen=True, slots=True)
class LanguageModel:
    """An automaton that finds features in bytes, and what each says of each language.

    Attributes:
        moves: the next state, at the row of a state's moves plus a byte.
        rows: where the row of each state begins.
        features: what is found in each state, or -1.
        weights: log-likelihood of each feature (down) in each language (across).
        priors: of each language.
        codes: of the languages; one may be there twice.
    """

    moves: NDArray[np.uint32]
    rows: NDArray[np.uint32]
    features: NDArray[np.int32]
    weights: NDArray[np.float32]
    priors: NDArray[np.float32]
    codes: tuple[str, ...]

    def chances(self, text: str) -> dict[str, float]:
        """How likely each language is the text's, all of them together 1."""
        content = unicodedata.normalize("NFC", text).encode("utf-8", "surrogatepass")
        counts = Counter(self._found(content).tolist())
        scores = np.zeros(len(self.codes), np.float32)
        if counts:
            found = np.fromiter(counts.keys(), np.intp, len(counts))
            often = np.fromiter(counts.values(), np.float32, len(counts))
            scores = np.log1p(often) @ self.weights[found] + self.priors
        scores *= 1 / math.sqrt(len(content) or 1)
        likely = np.exp(scores - scores.max())
        likely /= likely.sum()
        chances = dict.fromkeys(self.codes, 0.0)
        for code, chance in zip(self.codes, likely.tolist(), strict=True):
            chances[code] += chance
        return chances

    def _found(self, content: bytes) -> NDArray[np.int32]:
        """The features found, in order, at most one at each byte.

        A state depends on the DEEPEST last bytes alone: so all places go as many steps from the beginning at once.
        """
        padded = np.frombuffer(bytes([NO_BYTE] * (DEEPEST - 1)) + content, np.uint8).astype(np.uint32)
        states = np.zeros(len(content), np.uint32)
        for step in range(DEEPEST):
            states = self.moves[self.rows[states] + padded[step : step + len(content)]]
        found = self.features[states]
        return found[found >= 0]


@cache
def load_model(languages: frozenset[str], known: frozenset[str], folder: Path | None) -> LanguageModel:
    """The model for some languages.

    Args:
        known: all languages that this program asks for, which are kept together.
        folder: where it is kept unpacked, or will be from now on; None unpacks it anew, which takes 0.4 s of CPU.
    """
    arrays = _arrays(known, folder)
    codes = arrays["codes"].tolist()
    chosen = [place for place, code in enumerate(codes) if code in languages]
    return LanguageModel(
        arrays["moves"],
        arrays["rows"],
        arrays["features"],
        np.ascontiguousarray(arrays["weights"][chosen].T, np.float32),
        arrays["priors"][chosen],
        tuple(codes[place] for place in chosen),
    )


@cache
def _arrays(known: frozenset[str], folder: Path | None) -> Mapping[str, NDArray[Any]]:
    if folder is None:
        return _unpack(known)
    place = folder / f"language-model-{version('py3langid')}"
    with suppress(OSError, ValueError, EOFError):
        # Plain arrays: each step upon a memmap makes another memmap, in Python.
        arrays = {name: np.asarray(np.load(place / f"{name}.npy", mmap_mode="r")) for name in ARRAYS}
        if known == set(arrays["codes"].tolist()):
            return arrays
    arrays = _unpack(known)
    with suppress(OSError):  # it is kept for speed alone
        _write(place, arrays)
    return arrays


def _unpack(known: frozenset[str]) -> dict[str, NDArray[Any]]:
    """The arrays of the model that py3langid ships; weights by language, so that a few can be read alone."""
    from py3langid.langid import MODEL_DIR, MODEL_FILE  # noqa: PLC0415 (where the model is kept unpacked, it is not needed)
    from py3langid.modelio import load_model as load_shipped  # noqa: PLC0415

    weights, priors, codes, moves, rows, features = load_shipped(MODEL_DIR / MODEL_FILE)
    kept = [place for place, code in enumerate(codes) if code in known]
    return {
        "moves": np.asarray(moves, np.uint32),
        "rows": np.asarray(rows, np.uint32) << 8,
        "features": np.asarray(features, np.int32),
        "weights": np.ascontiguousarray(weights[:, kept].T),
        "priors": priors[kept],
        "codes": np.array(codes)[kept],
    }


def _write(place: Path, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Keep the arrays at `place`: all of them, or what another process wrote there meanwhile."""
    place.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(dir=place.parent))
    try:
        for name, array in arrays.items():
            np.save(draft / f"{name}.npy", array)
        shutil.rmtree(place, ignore_errors=True)
        draft.rename(place)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
