"""Fixtures that every kind of test shares."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.search.chromium import start_chromium
from tests.site import BuiltSite, build_seeds

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def shared_folder() -> Path:
    """The folder of real samples that lies beside a developer's clone; absent from a user's."""
    if not SHARED.is_dir():
        if os.environ.get("CI") == "true":
            pytest.fail(f"{SHARED} is missing, and CI may not skip what needs it")
        pytest.skip(f"{SHARED} is missing")
    return SHARED


@pytest.fixture
def shared(shared_folder: Path) -> Path:
    """The same folder, under a short name."""
    return shared_folder


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, started once; two at a time would be one too many for Playwright."""
    with start_chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """The demo archive, built once for all tests that only look at it."""
    return build_seeds(ROOT / "seeds", tmp_path_factory.mktemp("demo") / "public", jobs=2)


@pytest.fixture(scope="session")
def news(shared_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """120 real articles, built once."""
    return build_seeds(shared_folder / "samples" / "news", tmp_path_factory.mktemp("news") / "public", jobs=2)


@pytest.fixture(scope="session")
def real_seed(shared_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """The one real seed, built once."""
    return build_seeds(shared_folder / "seeds", tmp_path_factory.mktemp("real") / "public")
