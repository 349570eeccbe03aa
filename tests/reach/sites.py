"""Seeds -> built sites with the addresses of their pages by template: what the checks look at."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree

from sitegen.model import Archive, Page, Unit, Url
from sitegen.pages import plan
from sitegen.pipeline.edited import read_edited
from sitegen.resources import shipped_folder
from sitegen.urls import output_path
from tests.archives import markdown_of
from tests.conftest import ROOT, SHARED
from tests.site import BuiltSite, build_seeds, write_seeds
from tests.style.guide import write_guide

NOT_PAGES = frozenset({"base.html"})
"""Templates that others extend; those whose names begin with "_" are parts as well."""

GUIDE = "guide"
"""Stands for the templates of the style guide."""

LANGUAGE = re.compile(r'^language = ".*"$', re.MULTILINE)
ODD_SEEDS = """
-- site.toml --
title = "Arsip “Sisa” & <Lain-lain>"
language = "en-GB"
list_size = 2
term_page_minimum = 1
-- addresses.tsv --
/articles/gone-aaaaaaaaaa/	article	aaaaaaaaaa
-- one-word.txt --
Sunyi
-- no-words.txt --
🙂
-- long.md --
---
title: "{long}"
source: {domain}.example
date: 0999
byline: ["{long}"]
tags: ["{long}", "&<>\\"'"]
---

{word}

### A heading that skips

> Quoted. `code {word}`

| a | b |
|---|---|
| {word} | 2 |

![A picture](https://example.org/a.png)
-- copy.md --
---
title: Copy
date: 2024-02-29
---

{same}
-- copied.md --
---
title: Copied
date: 2024-03-01
---

{same}
-- arabic.txt --
اجتماع القادة في جاكرتا

التقى الرئيس جوكو ويدودو مع فلاديمير بوتين في جاكرتا يوم الخميس. وقال بوتين إن Indonesia شريك مهم.
"""
FILLED_IN = {
    "{long}": "Sebuah nama yang sangat panjang " * 9,
    "{word}": "kata" * 80,
    "{domain}": "a" * 60,
    "{same}": "Presiden Joko Widodo menerima Vladimir Putin di Jakarta untuk membahas perdagangan dan energi.",
}


@dataclass(frozen=True, slots=True)
class Reached:
    """A built site that is looked at.

    Attributes:
        name: what findings call it.
        site: where it was built.
        pages: the addresses of its HTML pages by their templates, sorted.
    """

    name: str
    site: BuiltSite
    pages: Mapping[str, tuple[Url, ...]]

    def file(self, url: Url) -> Path:
        """The file that a host serves for an address."""
        return self.site.public / output_path(url)


def build_sites(folder: Path) -> Iterator[Reached]:
    """Build every site into `folder`: the demo in two interfaces, real news, and one where everything is odd."""
    yield reached("demo", build_seeds(ROOT / "seeds", folder / "demo"))
    yield reached("news", build_seeds(SHARED / "samples" / "news", folder / "news"))
    arabic = copytree(ROOT / "seeds", folder / "arabic-seeds")
    settings = arabic / "site.toml"
    settings.write_text(LANGUAGE.sub('language = "ar"', settings.read_text("utf-8")), "utf-8")
    yield reached("arabic", build_seeds(arabic, folder / "arabic"))
    yield reached("odd", build_seeds(write_seeds(folder / "odd-seeds", odd_seeds()), folder / "odd"))


def odd_seeds() -> str:
    """Seeds of what is long, short, empty, doubled and in another direction."""
    text = ODD_SEEDS
    for blank, filling in FILLED_IN.items():
        text = text.replace(blank, filling)
    return text


def reached(name: str, site: BuiltSite) -> Reached:
    """A site, with the style guide laid beside its pages, and their addresses by their templates."""
    pages = defaultdict[str, list[Url]](list)
    pages[GUIDE].extend(write_guide(site.public, read_edited(site.options).settings))
    for page in planned_pages(site.archive(), site):
        pages[page.template].append(page.url)
    return Reached(name, site, {template: tuple(sorted(urls)) for template, urls in sorted(pages.items())})


def planned_pages(archive: Archive, site: BuiltSite) -> Iterator[Page]:
    """Every HTML page that a site consists of."""
    settings = read_edited(site.options).settings
    wanted: list[Unit] = list(plan(archive, settings, markdown_of, (shipped_folder("static"),)))
    while wanted:
        for piece in wanted.pop().make():
            if isinstance(piece, Unit):
                wanted.append(piece)
            elif isinstance(piece, Page) and piece.template.endswith(".html"):
                yield piece


def page_types() -> frozenset[str]:
    """Every template that a page can have."""
    names = (path.name for path in shipped_folder("templates").glob("*.html"))
    return frozenset(name for name in names if not name.startswith("_")) - NOT_PAGES


def missing_types(sites: Iterable[Reached]) -> frozenset[str]:
    """The templates that no page of these sites has."""
    return page_types() - {template for site in sites for template in site.pages}


def examples(site: Reached) -> Iterator[tuple[str, Url]]:
    """For each template the largest page of each kind of address that it has: (template, address)."""
    for template, urls in site.pages.items():
        largest: dict[tuple[str, int, bool], Url] = {}
        for url in urls:
            parts = url.split("/")
            kind = (url if template == GUIDE else parts[1], len(parts), "page" in parts)
            largest[kind] = max(largest.get(kind, url), url, key=lambda url: (site.file(url).stat().st_size, url))
        yield from ((template, url) for _, url in sorted(largest.items()))
