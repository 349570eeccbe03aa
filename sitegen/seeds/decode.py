"""Bytes -> text, with the encoding's name and how sure that is. Does not look at what the text says."""

import codecs
import re
from typing import NamedTuple

import charset_normalizer

from sitegen.seeds.characters import readable

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
LEGACY_ENCODINGS = (
    *("cp1252", "cp1251", "cp1256", "gb18030", "cp932", "euc_jp", "big5", "cp949", "koi8_r", "koi8_u"),
    *("cp1250", "cp1253", "cp1254", "cp1255", "cp1257", "cp874", "iso8859_2", "iso8859_5", "iso8859_15"),
)
"""By how often news is written in them: the first wins among those that fit equally well."""
NAMES = {"cp932": "shift_jis", "cp949": "euc_kr"}
"""What people call the narrower encoding that these extend; used where it decodes to the same text."""

SAMPLE_BYTES = 32_768
HIGH = re.compile(rb"[\x80-\xff]")
LEGACY_CONFIDENCE = 0.95
WORDLIKE_SIGNS = frozenset("’‘“”„‚–—…•«»°©®€£§ªº¿¡·")
FEW_SIGNS = 12
CONTROLS = bytes({*range(0x20), 0x7F} - set(b"\t\n\x0b\x0c\r\x1b"))
TEXT_CONTROLS = 64


class Decoded(NamedTuple):
    """A text without its byte order mark, Python's name for its encoding, and a confidence from 0 to 1."""

    text: str
    encoding: str
    confidence: float


def decode(content: bytes) -> Decoded | None:
    """The text that `content` holds; None when it is no text. Bytes that fit nothing become U+FFFD."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if content.startswith(mark) and (encoding != "utf-32-le" or len(content) % 4 == 0):
            return _decode_unicode(content[len(mark) :], encoding)
    controls = len(content) - len(content.translate(None, CONTROLS))
    if controls > TEXT_CONTROLS and controls * 10 > len(content):
        return None
    try:
        return Decoded(content.decode("utf-8"), "utf-8", 1.0)
    except UnicodeDecodeError:
        pass
    if controls >= 4 and controls * 50 > len(content):
        return None
    return _decode_damaged(content) or _decode_legacy(content) or _decode_unicode(content, "utf-8")


def _decode_unicode(content: bytes, encoding: str) -> Decoded:
    text = content.decode(encoding, "replace")
    broken = text.count("\ufffd")
    whole = len(text) - broken
    return Decoded(text, encoding, round(whole / (whole + 4 * broken), 3) if broken else 1.0)


def _decode_damaged(content: bytes) -> Decoded | None:
    """UTF-8 with some broken bytes: most of what is not ASCII forms whole characters, as chance would not have it."""
    text = content.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = sum(map(len, re.findall(r"[^\0-\x7f\ufffd]+", text)))
    return _decode_unicode(content, "utf-8") if whole > 2 * broken else None


def _decode_legacy(content: bytes) -> Decoded | None:
    sample = _sample(content)
    found = charset_normalizer.from_bytes(sample, cp_isolation=list(LEGACY_ENCODINGS), preemptive_behaviour=False)
    candidates = [
        (round(match.coherence - match.chaos, 1), -LEGACY_ENCODINGS.index(encoding), match.chaos, match.coherence)
        for match in found
        for encoding in match.could_be_from_charset
        if encoding in LEGACY_ENCODINGS
    ]
    if not candidates:
        return None
    _, place, chaos, coherence = max(candidates)
    encoding = LEGACY_ENCODINGS[-place]
    if not _is_plausible(readable(sample.decode(encoding, "replace"))):
        return None
    text = content.decode(encoding, "replace")
    confidence = round(LEGACY_CONFIDENCE * (1 - chaos) * (0.5 + 0.5 * min(1.0, 2 * coherence)), 3)
    return Decoded(text, _narrower(content, text, encoding), confidence)


def _sample(content: bytes) -> bytes:
    """Lines that are not ASCII, as many as settle the question."""
    lines, size = [], 0
    for line in content.splitlines():
        if HIGH.search(line):
            lines.append(line[: SAMPLE_BYTES - size])
            size += len(lines[-1])
            if size >= SAMPLE_BYTES:
                break
    return b"\n".join(lines)


def _is_plausible(text: str) -> bool:
    """Whether the few signs beyond ASCII stand where a language has them; many signs are evidence enough."""
    signs = re.findall(r"(.?)([^\0-\x7f])(.?)", text)
    if len(signs) > FEW_SIGNS:
        return True
    return all(
        sign in WORDLIKE_SIGNS or (sign.isalpha() and (before.isalpha() or after.isalpha()))
        for before, sign, after in signs
    )


def _narrower(content: bytes, text: str, encoding: str) -> str:
    narrower = NAMES.get(encoding)
    if narrower is None:
        return encoding
    return narrower if content.decode(narrower, "replace") == text else encoding
