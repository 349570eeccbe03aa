"""Fixtures that every kind of test shares."""

import os
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture
def shared() -> Path:
    """The folder of real samples that lies beside a developer's clone; absent from a user's."""
    if not SHARED.is_dir():
        if os.environ.get("CI") == "true":
            pytest.fail(f"{SHARED} is missing, and CI may not skip what needs it")
        pytest.skip(f"{SHARED} is missing")
    return SHARED
