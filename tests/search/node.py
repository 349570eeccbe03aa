"""Runs the page's own modules in node: a script beside this file gets JSON and answers JSON."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).resolve().parent
SECONDS = 300


def run_node(script: str, question: Any, seconds: int = SECONDS) -> Any:
    """What `script` (a file in tests/search/) answers on its standard output to `question` on its standard input."""
    node = shutil.which("node")
    if node is None:
        missing = "node is missing: install nodejs 20 or later (apt-get install nodejs)"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(missing)
    command = [str(node), "--no-warnings", str(FOLDER / script)]
    asked = json.dumps(question).encode()
    done = subprocess.run(command, input=asked, capture_output=True, timeout=seconds, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)
