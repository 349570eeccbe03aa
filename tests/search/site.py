"""A folder with a search page, its files and bare article pages, and a server for it, for tests in a browser."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from html import escape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from shutil import copytree
from threading import Thread

from sitegen.config import CONTENT_SECURITY_POLICY, Settings
from sitegen.model import Archive, Page
from sitegen.pages.front import SearchView
from sitegen.pages.views import Head
from sitegen.render import Renderer
from sitegen.urls import OFFLINE, SEARCH, SERVICE_WORKER, Site, output_path
from tests.search.files import index_files

PROJECT = Path(__file__).resolve().parents[2]
PAGES = ((SEARCH, "search.html"), (OFFLINE, "offline.html"), (SERVICE_WORKER, "service-worker.js"))


def write_site(archive: Archive, settings: Settings, folder: Path) -> None:
    """Writes the search page with all it loads, and a bare page for each article, below the base path."""
    root = folder / Site(settings.base_url).base_path.strip("/")
    copytree(PROJECT / "static", root / "static")
    view = SearchView(Head(), settings.title, len(archive.records), ())
    renderer = Renderer(settings, (PROJECT / "templates",))
    files = [renderer.render(Page(url, template, view)) for url, template in PAGES]
    files += index_files(archive, settings)
    pages = {output_path(record.url): article_page(record.article.paragraphs) for record in archive.records}
    for path, content in [*((file.path, file.content) for file in files), *pages.items()]:
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def article_page(paragraphs: object) -> bytes:
    """A page with numbered paragraphs and nothing else."""
    body = "".join(f'<p id="p{number}">{escape(text)}</p>' for number, text in enumerate(paragraphs, start=1))  # type: ignore[arg-type, var-annotated]
    return f"<!doctype html><html><head><title>-</title></head><body>{body}</body></html>".encode()


class Handler(SimpleHTTPRequestHandler):
    """Serves a folder under the content security policy, without a word."""

    def do_GET(self) -> None:
        # Dates of HTTP count whole seconds, and tests publish twice in one: a new file would pass for the old.
        del self.headers["If-Modified-Since"]
        super().do_GET()

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


@contextmanager
def serve(folder: Path) -> Iterator[str]:
    """The address at which the folder is served while the block runs."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder)))
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
