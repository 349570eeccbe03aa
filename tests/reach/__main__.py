"""The command line: `python -m tests.reach [CHECK …] [--site NAME …]`."""

import argparse
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.reach import axe, lighthouse, strict, vnu
from tests.reach.sites import Reached, build_sites, missing_types
from tests.reach.tools import ToolMissing

CHECKS: Mapping[str, Callable[[Iterable[Reached]], Iterator[str]]] = {
    "vnu": vnu.check,
    "strict": strict.check,
    "axe": axe.check,
    "lighthouse": lighthouse.check,
}


def main() -> int:
    """Run the checks that are asked for; returns 1 when they found something."""
    parser = argparse.ArgumentParser(prog="python -m tests.reach", description="Looks at built sites as readers do.")
    parser.add_argument("check", nargs="*", choices=[[], *CHECKS], help="which checks; all without")
    parser.add_argument("--site", action="append", help="only of this site: demo, news, arabic, odd")
    parser.add_argument("--template", action="append", help="only pages of this template: article.html, guide, …")
    arguments = parser.parse_args()
    with TemporaryDirectory() as folder:
        sites = list(build_sites(Path(folder)))
        found = [f"no page has the template {name}" for name in sorted(missing_types(sites))]
        wanted = [
            replace(site, pages={name: urls for name, urls in site.pages.items() if name in arguments.template})
            if arguments.template
            else site
            for site in sites
            if not arguments.site or site.name in arguments.site
        ]
        for name in arguments.check or CHECKS:
            start = time.monotonic()
            found += (said := list(CHECKS[name](wanted)))
            print(f"{name}: {len(said)} findings in {time.monotonic() - start:.0f} s", flush=True)
        print("\n".join(found))
    return 1 if found else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except ToolMissing as missing:
        sys.exit(str(missing))
