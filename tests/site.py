"""Builds whole small sites in a temporary folder, so that tests look at them from outside."""

import json
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import lxml.html

from sitegen.model import Archive, Built
from sitegen.options import Options
from sitegen.pipeline import build_site
from sitegen.pipeline.build import connect_articles
from sitegen.pipeline.edited import read_edited
from sitegen.pipeline.shelf import Shelf
from sitegen.pipeline.understanding import understand_seeds
from sitegen.store import Store

MARKER = re.compile(r"^-- (\S+) --\n", re.MULTILINE)


class Silent:
    """An observer that says nothing."""

    def begin(self, stage: str, steps: int) -> None:
        """Say nothing."""

    def advance(self, steps: int = 1) -> None:
        """Say nothing."""


@dataclass(frozen=True, slots=True)
class BuiltSite:
    """A site that was built, its folder, what the build said and what it was asked."""

    public: Path
    built: Built
    options: Options

    def archive(self) -> Archive:
        """What the pages were made from."""
        edited = read_edited(self.options)
        with Store(None) as store:
            articles = understand_seeds(self.options, edited.settings, store, Silent(), Shelf()).articles
            articles = [replace(article, text=article.text.read()) for article in articles]
        return connect_articles(articles, edited)

    def page(self, url: str) -> Any:
        """The parsed HTML page at an address that ends in "/"."""
        return lxml.html.fromstring(self.bytes(url.strip("/") + "/index.html" if url != "/" else "index.html"))

    def text(self, url: str) -> str:
        """What a reader sees on the page at `url`, with white space evened out."""
        return " ".join(self.page(url).text_content().split())

    def bytes(self, path: str) -> bytes:
        """A file of the site."""
        return (self.public / path.lstrip("/")).read_bytes()

    def exists(self, url: str) -> bool:
        """Whether a page stands at `url`."""
        return (self.public / url.strip("/") / "index.html").is_file()

    def records(self) -> dict[str, dict[str, Any]]:
        """The published records by their seeds' paths."""
        rows = [json.loads(line) for line in self.bytes("data/articles.jsonl").decode().splitlines()]
        return {row["seed"]["path"]: row for row in rows}

    def record(self, seed: str) -> dict[str, Any]:
        """The published record of one seed."""
        return self.records()[seed]

    def entities(self, seed: str) -> dict[str, str]:
        """The names of the entities of one seed's article, with their types."""
        return {entity["name"]: entity["type"] for entity in self.record(seed)["entities"]}


def write_seeds(folder: Path, files: str) -> Path:
    """Write the files that a text lists, each headed `-- path --`; returns the folder."""
    parts = MARKER.split(files)
    for path, content in zip(parts[1::2], parts[2::2], strict=True):
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(content, "utf-8")
    return folder


def build(
    folder: Path, files: str = "", *, strict: bool = False, jobs: int = 1, base_url: str | None = None
) -> BuiltSite:
    """Write `files` into `folder`/seeds and build them into `folder`/public."""
    seeds = write_seeds(folder / "seeds", files)
    return build_seeds(seeds, folder / "public", strict=strict, jobs=jobs, base_url=base_url)


def build_seeds(
    seeds: Path,
    public: Path,
    *,
    strict: bool = False,
    jobs: int = 1,
    base_url: str | None = None,
    cache: Path | None = None,
    shelf: Shelf | None = None,
) -> BuiltSite:
    """Build a folder of seeds into `public`."""
    options = Options(seeds=seeds, output=public, cache=cache, base_url=base_url, jobs=jobs, strict=strict)
    return BuiltSite(public, build_site(options, Silent(), shelf), options)
