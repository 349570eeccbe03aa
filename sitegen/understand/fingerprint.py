"""An article's words -> its MinHash fingerprint, by which near-copies find one another.

After Broder, "On the resemblance and containment of documents" (1997): the share of equal places in two
fingerprints estimates the Jaccard similarity of the two articles' sets of four-word shingles.
"""

import zlib
from collections.abc import Sequence

import numpy as np

PLACES = 64
SHINGLE = 4

_random = np.random.Generator(np.random.PCG64(20240320))
# Multiply-shift hashing (Dietzfelbinger and others, 1997): odd factors, and the upper half of the product counts.
MULTIPLIERS = _random.integers(0, 1 << 63, PLACES, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
SUMMANDS = _random.integers(0, 1 << 63, PLACES, dtype=np.uint64)
MIX = np.uint64(0x9E3779B97F4A7C15)
HALF = np.uint64(32)


def fingerprint(words: Sequence[bytes]) -> bytes:
    """The fingerprint of a text with these `words`: PLACES little-endian 32-bit integers; b"" of too few."""
    if len(words) < SHINGLE:
        return b""
    hashed = np.fromiter(map(zlib.crc32, words), np.uint64, len(words))
    shingles = np.zeros(len(words) - SHINGLE + 1, dtype=np.uint64)
    for place in range(SHINGLE):
        shingles = shingles * MIX + hashed[place : place + len(shingles)]
    permuted = MULTIPLIERS[:, None] * shingles
    permuted += SUMMANDS[:, None]
    lowest: bytes = (permuted.min(axis=1) >> HALF).astype("<u4").tobytes()
    return lowest
