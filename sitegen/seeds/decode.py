"""Bytes -> text, with the encoding's name and how sure that is. Does not look at what the text says."""

import codecs
import re
from typing import NamedTuple

import charset_normalizer

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
"""By how often news is written in them: the first wins among those that fit equally well, to the tenth."""
NAMES = {"cp932": "shift_jis", "cp949": "euc_kr"}
"""What people call the narrower encoding that these extend; used where it decodes to the same text."""

SAMPLE_BYTES = 32_768
HIGH = re.compile(rb"[\x80-\xff]")
SIGNS = re.compile(r"(?:(?<=([\0-\x7f]))|^)([^\0-\x7f]+)(?=([\0-\x7f])|\Z)")
LEGACY_CONFIDENCE = 0.95
QUOTES_AND_DASHES = "’‘“”„‚«»–—…•\xa0"
WORDS_OF_ONE_LETTER = frozenset("àáéèíóôåö")
OTHER_SIGNS = frozenset("°©®€£§ªº¿¡·")
LEAST_CONFIDENCE = 0.05
FEW_HIGH_BYTES = 12
SAID_WEIGHT = 4
"""U+FFFD itself in UTF-8 says that somebody broke it there before; in no other encoding is it a likely text."""
C1_CONTROL = re.compile("[\x80-\x9f]")
"""What the ISO encodings have where others have quotation marks; in no article."""
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
    return Decoded(text, encoding, max(LEAST_CONFIDENCE, round(whole / (whole + 4 * broken), 3)) if broken else 1.0)


def _decode_damaged(content: bytes) -> Decoded | None:
    """UTF-8 with some broken bytes: most of what is not ASCII forms whole characters, as chance would not have it."""
    text = content.decode("utf-8", "replace")
    said = content.count("\ufffd".encode())
    broken = text.count("\ufffd") - said
    whole = SAID_WEIGHT * said + sum(map(len, re.findall(r"[^\0-\x7f\ufffd]+", text)))
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
    high = len(HIGH.findall(sample))
    is_doubtful = high <= FEW_HIGH_BYTES and 2 * high < len(content)
    for _, place, chaos, coherence in sorted(candidates, reverse=True):
        text = content.decode(LEGACY_ENCODINGS[-place], "replace")
        if not C1_CONTROL.search(text) and (not is_doubtful or _is_plausible(text)):
            confidence = LEGACY_CONFIDENCE * (1 - chaos) * (0.5 + 0.5 * min(1.0, 2 * coherence))
            return Decoded(text, _narrower(content, text, LEGACY_ENCODINGS[-place]), round(confidence, 3))
    return None


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
    """Whether the few signs beyond ASCII stand where a language has them; many would be evidence enough."""
    return all(_is_wordlike(*match.groups("")) for match in SIGNS.finditer(text))


def _is_wordlike(before: str, signs: str, after: str) -> bool:
    """Quotation marks and dashes stand anywhere, letters in words, other signs beside something."""
    core = signs.strip(QUOTES_AND_DASHES)
    if not core or core in WORDS_OF_ONE_LETTER:
        return True
    if core.isalpha():
        return len(core) <= 2 and (len(core) == 1 or core.islower()) and (before.isalpha() or after.isalpha())
    return core in OTHER_SIGNS and bool(before.strip() or after.strip())


def _narrower(content: bytes, text: str, encoding: str) -> str:
    narrower = NAMES.get(encoding)
    if narrower is None:
        return encoding
    return narrower if content.decode(narrower, "replace") == text else encoding
