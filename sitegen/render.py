"""Page -> OutputFile: what a template and its view look like as bytes.

The only importer of Jinja, and the only place where text is declared to be safe HTML. Templates get their view as
`view` and its address as `url`; what else they can use is listed in `Renderer`.
"""

import re
from collections.abc import Callable, Sequence
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from sitegen import locale
from sitegen.config import CONTENT_SECURITY_POLICY, Settings
from sitegen.model import OutputFile, Page, Url
from sitegen.urls import Site, output_path

ITEM_TEMPLATE = "item.html"
ITEMS_KEPT = 65536
MENTION = re.compile(r'<a data-mention="(\d+)">(.*?)</a>', re.DOTALL)
UNKNOWN_LANGUAGE = "und"


def language_attributes(code: str, page_language: str) -> Markup:
    """The attributes for an element in the language `code`: nothing in the page's own language."""
    if code in {page_language, ""}:
        return Markup()
    lang = "" if code == UNKNOWN_LANGUAGE else code
    return Markup(' lang="{}" dir="{}"').format(lang, locale.text_direction(code))


def link_mentions(href: Callable[[Url], str], body: str, targets: Sequence[Url | None]) -> Markup:
    """An article's safe HTML with mention k leading to `targets[k]`, or plain where that is None."""

    def link(match: re.Match[str]) -> str:
        target = targets[int(match[1])]
        return match[2] if target is None else f'<a class="mention" href="{escape(href(target))}">{match[2]}</a>'

    return Markup(MENTION.sub(link, body))  # noqa: S704 - made safe where Markdown became HTML


def data_block(json: str) -> Markup:
    """JSON for a `<script type="application/ld+json">`, which no text within it can end."""
    return Markup(json.replace("<", "\\u003c").replace("\u2028", "\\u2028"))  # noqa: S704 - nothing left to escape


class Renderer:
    """Turns pages into files, in the interface language of the settings.

    Args:
        folders: of templates; the first that has a template wins.
    """

    def __init__(self, settings: Settings, folders: tuple[Path, ...]) -> None:
        self.environment = Environment(
            loader=FileSystemLoader([str(folder) for folder in folders]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            extensions=["jinja2.ext.i18n"],
        )
        messages = locale.load_messages(settings.language)
        self.environment.install_gettext_callables(  # type: ignore[attr-defined]  # the extension adds it
            messages.gettext, messages.ngettext, newstyle=True
        )
        self.environment.globals |= self.template_globals(settings)

    def template_globals(self, settings: Settings) -> dict[str, Any]:
        """What every template can use besides its view."""
        site = Site(settings.base_url)
        language = settings.language
        href = cache(site.href)
        return {
            "settings": settings,
            "content_security_policy": CONTENT_SECURITY_POLICY,
            "direction": locale.text_direction(language),
            "href": href,
            "absolute": site.absolute,
            "number": partial(locale.format_number, language=language),
            "format_date": partial(locale.format_date, language=language),
            "format_month": partial(locale.format_month, language=language),
            "language_name": partial(locale.language_name, language=language),
            "language_attributes": cache(partial(language_attributes, page_language=language)),
            "linked_body": partial(link_mentions, href),
            "data_block": data_block,
            "list_item": lru_cache(maxsize=ITEMS_KEPT)(self.list_item),
        }

    def list_item(self, item: object) -> Markup:
        """An article as every list shows it, rendered once and kept."""
        return Markup(self.environment.get_template(ITEM_TEMPLATE).render(item=item))  # noqa: S704 - by a template

    def render(self, page: Page) -> OutputFile:
        """The file for one page.

        Raises:
            jinja2.TemplateError: a template (perhaps a site's own) is wrong.
        """
        text = self.environment.get_template(page.template).render(view=page.view, url=page.url)
        return OutputFile(output_path(page.url), text.encode())
