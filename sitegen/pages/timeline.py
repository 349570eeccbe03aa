"""A term's articles by year -> bars along a strip that is drawn to scale."""

from collections.abc import Sequence
from typing import NamedTuple

from sitegen.pages.sections import Section

HEIGHT = 56
STRIP, WIDEST_YEAR = 672, 28
NARROWEST_BAR = 3
"""Pixels; years of a very long strip may be narrower than their bars."""


class Bar(NamedTuple):
    """A year on the strip, in pixels: where it begins, how wide and how high it is."""

    section: Section
    x: int
    width: int
    height: int


class Timeline(NamedTuple):
    """Articles through time.

    Attributes:
        bars: of the years with articles, ascending.
        undated: the articles without a date.
    """

    bars: tuple[Bar, ...]
    undated: Section | None
    width: int
    height: int


def make_timeline(years: Sequence[Section]) -> Timeline | None:
    """The strip of a term's years, or None where there are not two to set apart."""
    dated = [section for section in years if section.date]
    if len(dated) < 2:
        return None
    first, span = int(dated[0].date), int(dated[-1].date) - int(dated[0].date) + 1
    step = min(WIDEST_YEAR, STRIP / span)
    most = max(section.size for section in dated)
    bars = tuple(
        Bar(
            section,
            x=int((int(section.date) - first) * step),
            width=max(NARROWEST_BAR, int(step) - 2),
            height=max(2, round(HEIGHT * section.size / most)),
        )
        for section in dated
    )
    undated = next((section for section in years if not section.date), None)
    return Timeline(bars, undated, bars[-1].x + bars[-1].width, HEIGHT)
