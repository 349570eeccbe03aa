"""Page -> OutputFile: what a template and its view look like as bytes.

The only importer of Jinja, and the only place where text is declared to be safe HTML. Templates get their view as
`view` and its address as `url`; what else they can use is listed in `Renderer`.
"""

import hashlib
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, MutableMapping, Sequence
from contextlib import contextmanager
from functools import cache, lru_cache, partial
from pathlib import Path
from traceback import extract_tb

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.meta import find_referenced_templates
from markupsafe import Markup, escape

from sitegen import locale
from sitegen.config import CONTENT_SECURITY_POLICY, Settings
from sitegen.errors import InputError
from sitegen.model import UNKNOWN_LANGUAGE, OutputFile, Page, Problem, Severity, Url
from sitegen.render.environment import CodeCache, TemplateEnvironment, TemplateLoader, escaped
from sitegen.resources import shipped_folder
from sitegen.urls import Site, output_path

PIECES = {
    "list_item": "pieces/item.html",
    "link": "pieces/link.html",
    "title_link": "pieces/title.html",
    "title_line": "pieces/line.html",
    "feed_entry": "pieces/entry.xml",
    "paragraph_name": "pieces/paragraph.html",
    "paragraph_links": "pieces/paragraphs.html",
    "reason_cells": "pieces/reason.html",
}
"""What many pages show alike: functions of one thing, by the templates that it is `thing` in."""

PIECES_KEPT = 65536
ANY = "*"
"""Stands for the name of a template that may be any."""
MENTION = '<a data-mention="'
TEMPLATE_FAULTS = (TemplateError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What a template that is wrong can raise; of others than those of a site's own they are bugs of ours."""


def translate(gettext: Callable[[str], str], message: str, **variables: object) -> Markup:
    """A message in the language of the interface, with its `%(name)s` filled in."""
    return fill(gettext(message), variables)


def translate_count(
    ngettext: Callable[[str, str, int], str], singular: str, plural: str, count: int, **variables: object
) -> Markup:
    """A message in the form that the language of the interface has for `count`."""
    return fill(ngettext(singular, plural, count), variables)


def fill(message: str, variables: Mapping[str, object]) -> Markup:
    """A message as safe HTML, with its `%(name)s` filled in where there are variables."""
    text = escape(message)
    if not variables:
        return text
    shown = {name: escaped(value) for name, value in variables.items()}
    return Markup(str.__mod__(text, shown))  # noqa: S704 - the message and what fills it are escaped


def language_attributes(code: str, page_language: str) -> Markup:
    """The attributes for an element in the language `code`: nothing in the page's own language."""
    if code in {page_language, ""}:
        return Markup()
    lang = "" if code == UNKNOWN_LANGUAGE else code
    return Markup(' lang="{}" dir="{}"').format(lang, locale.text_direction(code))


def link_mentions(href: Callable[[Url], str], body: str, targets: Sequence[Url | None]) -> Markup:
    """An article's safe HTML with mention k leading to `targets[k]`, or plain where that is None."""
    start, *others = body.split(MENTION)
    pieces = [start]
    for other in others:
        number, _, rest = other.partition('">')
        target = targets[int(number)]
        if target is None:
            pieces.append(rest.replace("</a>", "", 1))
        else:
            pieces += ('<a class="mention" href="', escaped(href(target)), '">', rest)
    return Markup("".join(pieces))  # noqa: S704 - made safe where Markdown became HTML


def join_links(link: Callable[[Hashable], Markup], things: Iterable[Hashable]) -> Markup:
    """Links to several things, with commas between them."""
    return Markup(", ".join(map(link, things)))  # noqa: S704 - links are safe


def data_block(json: str) -> Markup:
    """JSON for a `<script type="application/ld+json">`, which no text within it can end."""
    return Markup(json.replace("<", "\\u003c").replace("\u2028", "\\u2028"))  # noqa: S704 - nothing left to escape


def find_fault(error: Exception, folders: Sequence[Path]) -> Problem | None:
    """The file and line of a template in `folders` at which `error` arose; None when it arose elsewhere."""
    places = [(frame.filename, frame.lineno or 0) for frame in extract_tb(error.__traceback__)]
    if isinstance(error, TemplateSyntaxError):
        places.append((error.filename or "", error.lineno))
    own = [place for place in places if any(Path(place[0]).is_relative_to(folder) for folder in folders)]
    if not own:
        return None
    said = str(error) if isinstance(error, TemplateError) else f"{type(error).__name__}: {error}"
    message = f"a template that fails ({said.splitlines()[0]}); mend it, or remove it to have sitegen's own"
    path, line = own[-1]
    return Problem(path, line, "", message, Severity.ERROR)


def refuse_missing(folders: Iterable[Path]) -> None:
    """Raise InputError for folders of templates that are not there."""
    message = "there is no such folder; make it, or take the setting out of site.toml"
    missing = [folder for folder in folders if not folder.is_dir()]
    if missing:
        raise InputError(Problem(str(folder), 0, "templates", message, Severity.ERROR) for folder in missing)


class Renderer:
    """Turns pages into files, in the interface language of the settings.

    Args:
        folders: of templates; the first that has a template wins.
        code: what templates were compiled to and which others they use, and will be; see CodeCache.

    Raises:
        InputError: one of the folders is missing.
    """

    def __init__(
        self, settings: Settings, folders: tuple[Path, ...], code: MutableMapping[bytes, bytes] | None = None
    ) -> None:
        refuse_missing(folders)
        self.own_folders = tuple(folder for folder in folders if folder != shipped_folder("templates"))
        self.code = {} if code is None else code
        self.environment = TemplateEnvironment(
            loader=TemplateLoader([str(folder) for folder in folders]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            cache_size=-1,
            bytecode_cache=CodeCache(self.code),
        )
        self.look_into = cache(self.find_source)
        functions = self.template_functions(settings)
        self.environment.filters |= functions
        self.environment.globals |= functions
        self.environment.globals |= {
            "settings": settings,
            "content_security_policy": CONTENT_SECURITY_POLICY,
            "direction": locale.text_direction(settings.language),
        }

    def template_functions(self, settings: Settings) -> dict[str, Callable[..., object]]:
        """What every template can call; each result follows from its arguments alone."""
        site = Site(settings.base_url)
        language = settings.language
        messages = locale.load_messages(language)
        href = cache(site.href)
        pieces = {name: lru_cache(maxsize=PIECES_KEPT)(partial(self.piece, path)) for name, path in PIECES.items()}
        return {
            "_": partial(translate, messages.gettext),
            "ngettext": partial(translate_count, messages.ngettext),
            "href": href,
            "absolute": site.absolute,
            "number": partial(locale.format_number, language=language),
            "format_date": partial(locale.format_date, language=language),
            "format_month": partial(locale.format_month, language=language),
            "format_day": partial(locale.format_day, language=language),
            "language_name": partial(locale.language_name, language=language),
            "language_attributes": cache(partial(language_attributes, page_language=language)),
            "linked_body": partial(link_mentions, href),
            "data_block": data_block,
            "joined_links": partial(join_links, pieces["link"]),
            **pieces,
        }

    def version(self, templates: Iterable[str]) -> str:
        """Another one when these templates, or others that they or our functions use, or the libraries have changed.

        Raises:
            InputError: a template of the site's own is wrong; says in which line.
        """
        return hashlib.sha256(repr(sorted(self.sources(templates).items())).encode()).hexdigest()

    def compile(self, templates: Iterable[str]) -> None:
        """Make these templates, and others that they use, ready: processes forked from now on have them.

        Raises:
            InputError: a template of the site's own is wrong; says in which line.
        """
        with self.faults_named():
            for name in sorted(self.sources(templates)):
                self.environment.get_template(name)

    def sources(self, templates: Iterable[str]) -> dict[str, str]:
        """The texts of these templates, and of others that they or our functions use."""
        wanted, found = [*templates, *PIECES.values()], dict[str, str]()
        with self.faults_named():
            while wanted:
                name = wanted.pop()
                if name not in found:
                    found[name], used = self.look_into(name)
                    wanted.extend(used)
        return found

    def find_source(self, template: str) -> tuple[str, frozenset[str]]:
        """The text of a template, and the other templates that it uses."""
        assert self.environment.loader
        source, file, _ = self.environment.loader.get_source(self.environment, template)
        key = b"uses " + hashlib.sha256(source.encode()).digest()
        if key not in self.code:
            found = find_referenced_templates(self.environment.parse(source, template, file))
            # Without a name, which one is only known when the page is rendered: it may be any.
            self.code[key] = "\n".join(sorted({name or ANY for name in found})).encode()
        used = self.code[key].decode().split("\n")
        return source, frozenset(self.environment.list_templates() if ANY in used else filter(None, used))

    def piece(self, template: str, thing: Hashable) -> Markup:
        """A part of many pages, which the functions for templates render once and keep."""
        text = self.environment.get_template(template).render(thing=thing)
        return Markup(text.rstrip("\n"))  # noqa: S704 - by a template

    def render(self, page: Page) -> OutputFile:
        """The file for one page.

        Raises:
            InputError: a template of the site's own is wrong; says in which line.
        """
        with self.faults_named():
            text = self.environment.get_template(page.template).render(view=page.view, url=page.url)
        return OutputFile(output_path(page.url), text.encode())

    @contextmanager
    def faults_named(self) -> Iterator[None]:
        """Raise InputError, with file and line, for what a template of the site's own does wrong."""
        try:
            yield
        except TEMPLATE_FAULTS as error:
            fault = find_fault(error, self.own_folders)
            if fault is None:
                raise
            raise InputError([fault]) from error
