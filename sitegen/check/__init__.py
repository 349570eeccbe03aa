"""A built site -> Problems: hashes, links and fragments, counts, markup, data files, sitemap.

It reads only what is published, so that it can judge any build; it mends nothing.
"""

from sitegen.check.site import check_site

__all__ = ["check_site"]
