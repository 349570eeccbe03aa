"""The version of understanding: another one, and every seed is understood again."""

from sitegen.versions import version_of

SOURCES = ("understand", "data", "locale/format.py", "locale/names.py", "authority.py", "model", "urls.py")
LIBRARIES = ("babel", "markdown-it-py", "nh3", "numpy", "py3langid", "python-slugify", "regex")


def rules_version() -> str:
    """Sixteen characters that differ when a rule, a list or a library that understanding rests on does."""
    return version_of(SOURCES, LIBRARIES)
