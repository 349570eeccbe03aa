"""The Nu HTML checker over every page of every site."""

import json
import subprocess
from collections.abc import Iterable, Iterator

from tests.reach.sites import Reached
from tests.reach.tools import module, program


def check(sites: Iterable[Reached]) -> Iterator[str]:
    """Every error that the checker finds in the HTML of a site."""
    jar = module("vnu-jar/build/dist/vnu.jar")
    for site in sites:
        options = ("--errors-only", "--skip-non-html", "--format", "json", "--exit-zero-always")
        command = [program("java"), "-jar", str(jar), *options, str(site.site.public)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        for message in json.loads(done.stderr)["messages"]:
            path = message["url"].partition(str(site.site.public))[2]
            yield f"{site.name} {path}:{message.get('lastLine', 0)}: {message['message']}"
