"""An article's words -> its MinHash fingerprint, by which near-copies find one another.

After Broder, "On the resemblance and containment of documents" (1997): the share of equal places in two
fingerprints estimates the Jaccard similarity of the two articles' sets of four-word shingles.
"""

import zlib
from collections.abc import Iterable

import numpy as np
import regex

PLACES = 64
SHINGLE = 4
WORD = regex.compile(r"[\p{L}\p{N}]+")
PRIME = np.uint64((1 << 61) - 1)

_random = np.random.Generator(np.random.PCG64(20240320))
MULTIPLIERS = _random.integers(1, 1 << 29, PLACES, dtype=np.uint64)
SUMMANDS = _random.integers(0, 1 << 61, PLACES, dtype=np.uint64)


def fingerprint(paragraphs: Iterable[str]) -> bytes:
    """The fingerprint of a text: PLACES little-endian 32-bit integers; b"" when it has under SHINGLE words."""
    words = [word.lower() for paragraph in paragraphs for word in WORD.findall(paragraph)]
    if len(words) < SHINGLE:
        return b""
    hashed = np.array([zlib.crc32(word.encode()) for word in words], dtype=np.uint64)
    shingles = np.zeros(len(words) - SHINGLE + 1, dtype=np.uint64)
    for place in range(SHINGLE):
        shingles = shingles * np.uint64(0x9E3779B97F4A7C15) + hashed[place : place + len(shingles)]
    shingles = np.unique(shingles >> np.uint64(32))
    permuted = (shingles[:, None] * MULTIPLIERS + SUMMANDS) % PRIME
    lowest: bytes = permuted.min(axis=0).astype("<u4").tobytes()
    return lowest
