"""The images that stand for the site or for an article where a link to it is shared (Open Graph): 1200 by 630 PNGs.

The only importer of Pillow and of the typeface. Letters are set one by one from left to right, which is the same on
every machine; what is written otherwise (Arabic, Chinese, …) is not set at all, and its articles show the site's card.
"""

import io
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

import regex

from sitegen.config import CardImages, Settings
from sitegen.locale import format_date
from sitegen.model import OutputFile, Record, Unit, Url
from sitegen.pages.edition import Edition
from sitegen.pages.faces import digest
from sitegen.urls import SITE_CARD, output_path

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

SIZE = WIDTH, HEIGHT = 1200, 630
MARGIN = 80
TOP, FOOT, BAND = 96, 522, 14
TITLE_SIZES = (76, 66, 52)
"""Of the headline, the first in which it fits."""
TITLE_TOP, TITLE_ROOM = 162, 318
SMALL = 34
LEADING = 1.18
REGULAR, BOLD = "figo", "figbo"
"""FiraGO, by the names that pymupdf_fonts has for it."""
WRITABLE = regex.compile(r"[\p{Latin}\p{Greek}\p{Cyrillic}\p{Nd}\p{Zs}\p{Sc}!-/:-@\[-`{-~«»¡¿·–—‘’“”„…°%]+")
PAPER, INK, ACCENT = (253, 251, 247), (33, 29, 25), (138, 43, 34)
SHADES = 15
"""Between paper and ink; with the accent a palette of sixteen colours, which is four bits a point."""
FULL, MUTED = 0, 96
"""How dark letters are drawn, from 0 to 255."""


def article_card(edition: Edition, record: Record) -> Url | None:
    """The address of the image that stands for an article; None where there are none."""
    match edition.settings.card_images:
        case CardImages.NONE:
            return None
        case CardImages.ARTICLES if WRITABLE.fullmatch(edition.item(record.number).title):
            return Url(f"{record.url}card.png")
        case _:
            return SITE_CARD


def card_file(edition: Edition, record: Record) -> Iterator[OutputFile]:
    """The image that stands for this article and no other, if there is one."""
    card = article_card(edition, record)
    if card in {None, SITE_CARD}:
        return
    item, settings = edition.item(record.number), edition.settings
    date = format_date(item.date, settings.language) if item.date else ""
    facts = [text for text in (item.source.name if item.source else "", date) if text]
    yield OutputFile(output_path(card), draw_card(" · ".join(facts), item.title, settings.title))


def site_card_unit(settings: Settings) -> Unit:
    """The image that stands for the site."""
    return Unit(digest(SITE_CARD), 1, (), lambda: site_card(settings))


def site_card(settings: Settings) -> Iterator[OutputFile]:
    """The image with the site's title, if there are to be images."""
    if settings.card_images is not CardImages.NONE:
        host = settings.base_url.split("//", 1)[1].rstrip("/")
        yield OutputFile(output_path(SITE_CARD), draw_card("", settings.title, host))


def draw_card(above: str, title: str, below: str) -> bytes:
    """A card with a title, and a line above and one below it, as PNG. What cannot be set is left out."""
    # Builds that draw nothing do not wait for it to be loaded.
    from PIL import Image, ImageDraw  # noqa: PLC0415

    letters = Image.new("L", SIZE, 255)
    draw = ImageDraw.Draw(letters)
    _draw_line(draw, TOP, above)
    _draw_title(draw, title)
    _draw_line(draw, FOOT, below)
    shades = letters.point([(SHADES - 1) - value * (SHADES - 1) // 255 for value in range(256)])
    card = Image.frombytes("P", SIZE, shades.tobytes())
    card.putpalette(_palette())
    ImageDraw.Draw(card).rectangle((0, 0, WIDTH, BAND - 1), fill=SHADES)
    ImageDraw.Draw(card).rectangle((MARGIN, FOOT - 34, MARGIN + 95, FOOT - 30), fill=SHADES)
    return _to_png(card)


def _palette() -> list[int]:
    steps = [step / (SHADES - 1) for step in range(SHADES)]
    ramp = [round(paper + (ink - paper) * step) for step in steps for paper, ink in zip(PAPER, INK, strict=True)]
    return [*ramp, *ACCENT]


def _to_png(card: "Image") -> bytes:
    buffer = io.BytesIO()
    card.save(buffer, "PNG", bits=4, compress_level=3)
    return buffer.getvalue()


def _draw_line(draw: "ImageDraw", top: int, text: str) -> None:
    if WRITABLE.fullmatch(text):
        [line, *_] = break_lines(text, _font(REGULAR, SMALL), 1)
        draw.text((MARGIN, top), line, MUTED, _font(REGULAR, SMALL))


def _draw_title(draw: "ImageDraw", title: str) -> None:
    if not WRITABLE.fullmatch(title):
        return
    for size in TITLE_SIZES:
        font = _font(BOLD, size)
        lines = break_lines(title, font, int(TITLE_ROOM / (size * LEADING)))
        if not lines[-1].endswith("…"):
            break
    for number, line in enumerate(lines):
        draw.text((MARGIN, TITLE_TOP + number * size * LEADING), line, FULL, font)


def break_lines(text: str, font: "FreeTypeFont", most: int) -> Sequence[str]:
    """`text` in at most `most` lines that fit the card; the last ends in "…" when it is not all of it."""
    room = WIDTH - 2 * MARGIN
    lines: list[str] = []
    for word in text.split():
        if lines and font.getlength(f"{lines[-1]} {word}") <= room:
            lines[-1] += f" {word}"
        elif len(lines) == most:
            return [*lines[:-1], _cut(f"{lines[-1]} {word}", font, room)]
        else:
            lines.append(word)
    return [line if font.getlength(line) <= room else _cut(line, font, room) for line in lines]


def _cut(line: str, font: "FreeTypeFont", room: float) -> str:
    """As much of a line as fits with an ellipsis after it."""
    # No line holds more letters than it has points, however long the word.
    line = line[:WIDTH]
    while line and font.getlength(f"{line}…") > room:
        line = line[: max(0, min(len(line) - 1, line.rfind(" ")))] if " " in line else line[: len(line) * 9 // 10]
    return f"{line}…"


@cache
def _font(name: str, size: int) -> "FreeTypeFont":
    import pymupdf_fonts  # noqa: PLC0415 - as above
    from PIL import ImageFont  # noqa: PLC0415

    content = io.BytesIO(pymupdf_fonts.myfont(name))
    # The other engine sets what it can only where the machine has a library for it.
    return ImageFont.truetype(content, size, layout_engine=ImageFont.Layout.BASIC)
