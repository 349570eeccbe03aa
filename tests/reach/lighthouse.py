"""Lighthouse, on its slow phone, over the pages that readers meet first."""

import json
import os
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from sitegen.model import Url
from sitegen.urls import HOME, SEARCH
from tests.reach.serving import served
from tests.reach.sites import Reached
from tests.reach.tools import module, program

LEAST = {"accessibility": 1.0, "best-practices": 1.0, "seo": 1.0, "performance": 0.98}
TRIES = 6
"""How often a page may try: what else the machine does costs points of performance, never gains them."""

SITES = ("demo", "news")
FLAGS = "--headless=new --no-sandbox --disable-gpu"


def check(sites: Iterable[Reached]) -> Iterator[str]:
    """Every category in which the best of several runs falls short; the best of performance, for all pages."""
    for site in sites:
        if site.name in SITES:
            with served(site.site.public) as origin:
                for url in pages_met_first(site):
                    yield from (f"{site.name} {url}: {what}" for what in check_page(origin + url))


def pages_met_first(site: Reached) -> tuple[Url, ...]:
    """Home, search, and the largest article and person."""
    articles = [record["url"] for record in site.site.records().values()]
    people = [url for urls in site.pages.values() for url in urls if url.startswith("/people/") and url.count("/") == 3]
    largest = [max(urls, key=lambda url: site.file(url).stat().st_size) for urls in (articles, people)]
    return (HOME, SEARCH, *largest)


def check_page(address: str) -> Iterator[str]:
    """The categories that no run of a page brought to what is asked, with what pulled the last one down."""
    best = dict.fromkeys(LEAST, 0.0)
    short: list[str] = []
    for _ in range(TRIES):
        report = run(address)
        scores = {name: float(report["categories"][name]["score"] or 0) for name in LEAST}
        best = {name: max(best[name], score) for name, score in scores.items()}
        short = [name for name, least in LEAST.items() if best[name] < least]
        if not short:
            return
    yield from (f"{name} {best[name]:.2f}, because of: {', '.join(faults(report, name))}" for name in short)


def run(address: str) -> Mapping[str, Any]:
    """The report of one run."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "report.json"
        options = ("--quiet", "--output=json", f"--output-path={place}", f"--chrome-flags={FLAGS}")
        command = [program("node"), str(module("lighthouse/cli/index.js")), address, *options]
        environment = {"PATH": os.environ["PATH"], "HOME": folder, "CHROME_PATH": program("chromium", "google-chrome")}
        subprocess.run(command, env=environment, capture_output=True, check=True)
        report: Mapping[str, Any] = json.loads(place.read_bytes())
        return report


def faults(report: Mapping[str, Any], category: str) -> Iterator[str]:
    """The audits of a category that were not passed, with their scores."""
    for reference in report["categories"][category]["auditRefs"]:
        audit = report["audits"][reference["id"]]
        if reference["weight"] and audit["score"] is not None and audit["score"] < 1:
            yield f"{audit['id']} {audit['score']} {audit.get('displayValue', '')}".strip()
