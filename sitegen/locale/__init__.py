"""Says things the way a language says them: the interface's words, dates, numbers and names of languages.

The only importer of Babel; everything here follows from CLDR and from the catalogs, never from the machine's locale.
"""

from sitegen.locale.cited import apa_date, apa_names, chicago_names, mla_date, mla_names
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
    "apa_date",
    "apa_names",
    "available_languages",
    "chicago_names",
    "format_date",
    "format_day",
    "format_month",
    "format_number",
    "language_name",
    "load_messages",
    "mla_date",
    "mla_names",
    "speaks",
    "text_direction",
    "weekdays",
]
