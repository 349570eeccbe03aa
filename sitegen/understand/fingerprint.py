"""An article's words -> its MinHash fingerprint, by which near-copies find one another.

After Broder, "On the resemblance and containment of documents" (1997): the share of equal places in two
fingerprints estimates the Jaccard similarity of the two articles' sets of four-word shingles.
"""

import re
import zlib
from collections.abc import Iterable

import numpy as np

PLACES = 64
SHINGLE = 4
WORD = re.compile(r"[^\W_]+")

_random = np.random.Generator(np.random.PCG64(20240320))
# Multiply-shift hashing (Dietzfelbinger and others, 1997): odd factors, and the upper half of the product counts.
MULTIPLIERS = _random.integers(0, 1 << 63, PLACES, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
SUMMANDS = _random.integers(0, 1 << 63, PLACES, dtype=np.uint64)
MIX = np.uint64(0x9E3779B97F4A7C15)
HALF = np.uint64(32)


def fingerprint(paragraphs: Iterable[str]) -> bytes:
    """The fingerprint of a text: PLACES little-endian 32-bit integers; b"" when it has under SHINGLE words."""
    words = WORD.findall("\n".join(paragraphs).lower())
    if len(words) < SHINGLE:
        return b""
    hashed = np.array([zlib.crc32(word.encode()) for word in words], dtype=np.uint64)
    shingles = np.zeros(len(words) - SHINGLE + 1, dtype=np.uint64)
    for place in range(SHINGLE):
        shingles = shingles * MIX + hashed[place : place + len(shingles)]
    shingles = np.unique(shingles)
    permuted = (shingles[:, None] * MULTIPLIERS + SUMMANDS) >> HALF
    lowest: bytes = permuted.min(axis=0).astype("<u4").tobytes()
    return lowest
