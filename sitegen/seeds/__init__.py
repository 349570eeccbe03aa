"""seeds: a folder of files -> documents.

find_seeds(folder) -> Found(files, problems)     what is there, and what was set aside
find_seed(folder, path) -> SeedFile              one of them
read_seed(folder, file) -> RawSeed               its bytes
parse_seed(raw) -> Parsed(document, problems)    what it says; pure, for any process
document_markdown(document) -> str               the document as a seed that a person can correct
"""

from sitegen.seeds.find import Found, SeedFile, Stamp, find_seed, find_seeds
from sitegen.seeds.parse import Parsed, parse_seed
from sitegen.seeds.read import read_seed
from sitegen.seeds.write import document_markdown

__all__ = [
    "Found",
    "Parsed",
    "SeedFile",
    "Stamp",
    "document_markdown",
    "find_seed",
    "find_seeds",
    "parse_seed",
    "read_seed",
]
