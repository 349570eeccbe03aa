"""Writes the style guide into a folder: `python -m tests.style FOLDER [LANGUAGE]`."""

import sys
from pathlib import Path

from sitegen.config import Settings
from tests.style.guide import write_guide

folder, language = (*sys.argv[1:], "id")[:2]
write_guide(Path(folder), Settings(title="Gaya", base_url="http://localhost:8000/", language=language))
