"""OutputFiles -> the output folder: staged beside it, put in its place in one step, and listed with their hashes.

A reader of the output folder sees the old build or the new one, never a mixture and never nothing.
What a build consists of is decided elsewhere; this stage only writes it down.
"""

from sitegen.publish.manifest import read_manifest
from sitegen.publish.publication import Publication, Published
from sitegen.publish.publisher import Publisher
from sitegen.publish.staging import Staging, Written

__all__ = ["Publication", "Published", "Publisher", "Staging", "Written", "read_manifest"]
