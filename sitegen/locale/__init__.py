"""Says things the way a language says them: the interface's words, dates, numbers and names of languages.

The only importer of Babel; everything here follows from CLDR and from the catalogs, never from the machine's locale.
"""

from sitegen.locale.format import (
    format_date,
    format_day,
    format_month,
    format_number,
    language_name,
    text_direction,
    weekdays,
)
from sitegen.locale.messages import available_languages, load_messages, speaks

__all__ = [
    "available_languages",
    "format_date",
    "format_day",
    "format_month",
    "format_number",
    "language_name",
    "load_messages",
    "speaks",
    "text_direction",
    "weekdays",
]
