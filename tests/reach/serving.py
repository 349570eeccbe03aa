"""Serves a built site as a host does: compressed, under the policy of its pages, without a word."""

import gzip
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache, partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from sitegen.config import CONTENT_SECURITY_POLICY
from sitegen.serve.files import Moved, Refused, Site

COMPRESSED = ("text/", "application/json", "application/xml", "application/manifest+json", "image/svg+xml")


class HostHandler(BaseHTTPRequestHandler):
    """Answers one request."""

    protocol_version = "HTTP/1.1"

    def __init__(self, site: Site, *connection: object) -> None:
        self.site = site
        super().__init__(*connection)  # type: ignore[arg-type]  # as the server passes them on

    def handle(self) -> None:
        """Answer what comes over a connection, until the browser has enough of it."""
        with suppress(ConnectionError):
            super().handle()

    def do_GET(self) -> None:
        try:
            file, kind = self.site.open(self.path.partition("?")[0])
        except Moved as moved:
            self.answer(HTTPStatus.FOUND, b"", "text/plain", {"Location": moved.location})
        except Refused as refused:
            self.answer(refused.status, refused.message.encode(), "text/plain", {})
        else:
            with file:
                self.answer(HTTPStatus.OK, file.read(), kind, {"Cache-Control": "max-age=31536000"})

    def answer(self, status: HTTPStatus, content: bytes, kind: str, headers: dict[str, str]) -> None:
        if kind.startswith(COMPRESSED):
            content = compressed(content)
            headers = headers | {"Content-Encoding": "gzip"}
        self.send_response(status)
        policy = f"{CONTENT_SECURITY_POLICY}; frame-ancestors 'none'"
        every = {"Content-Type": kind, "Content-Length": str(len(content)), "Content-Security-Policy": policy}
        for name, value in (every | headers).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@cache
def compressed(content: bytes) -> bytes:
    """What a host sends of a file."""
    return gzip.compress(content, 6, mtime=0)


@contextmanager
def served(public: Path) -> Iterator[str]:
    """The origin at which a built site is served while the block runs."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(HostHandler, Site(public, "/"))) as server:
        server.daemon_threads = True
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
