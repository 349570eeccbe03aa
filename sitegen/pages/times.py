"""An edition -> its articles by time, in each of the ways in which pages show it; made once."""

from typing import NamedTuple

from sitegen.pages.anniversaries import Anniversaries, make_anniversaries
from sitegen.pages.coverage import Coverage, make_coverage
from sitegen.pages.edition import Edition
from sitegen.pages.periods import Calendar, make_calendar


class Times(NamedTuple):
    """The articles by date, by day of the year, and by date and source."""

    calendar: Calendar
    anniversaries: Anniversaries
    coverage: Coverage


def make_times(edition: Edition) -> Times:
    """An edition's articles by time."""
    calendar = make_calendar(edition)
    return Times(calendar, make_anniversaries(calendar), make_coverage(edition, calendar))
