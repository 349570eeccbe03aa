"""Answers the requests of a preview: the site's files with the headers of a real host, and the events that reload."""

import re
import shutil
from collections.abc import Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from importlib.resources import files
from typing import Any

from sitegen.config import CONTENT_SECURITY_POLICY
from sitegen.serve.files import CONTENT_TYPES, Moved, Refused, Site
from sitegen.serve.reloads import Reloads
from sitegen.urls import NOT_FOUND

OWN_FOLDER = "/_sitegen/"
SCRIPT = files(__package__).joinpath("reload.js").read_bytes()
NO_SUCH_PAGE = files(__package__).joinpath("nothing.html").read_bytes()
HTML = CONTENT_TYPES[".html"]
HEAD_END = re.compile(rb"</head\s*>", re.IGNORECASE)
# A page elsewhere can give its own name this machine's address (DNS rebinding), but not one of these names.
OWN_HOST = re.compile(r"(?:127\.0\.0\.1|localhost|\[::1\])(?::[0-9]{1,5})?", re.IGNORECASE)
HEADERS = {
    "Content-Security-Policy": f"{CONTENT_SECURITY_POLICY}; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
HEARTBEAT_SECONDS = 15.0


class PreviewHandler(BaseHTTPRequestHandler):
    """Answers one request; the server makes a new one for each.

    Args:
        site: what is served.
        reloads: what open pages are told.
        connection: what the server passes on.
    """

    timeout = 30

    def __init__(self, site: Site, reloads: Reloads, *connection: Any) -> None:  # noqa: ANN401
        self._site = site
        self._reloads = reloads
        # Only now: the base class answers the request while it is made.
        super().__init__(*connection)

    def do_GET(self) -> None:
        """Send a file, an event stream, or the reason for neither."""
        try:
            self._answer()
        except Moved as moved:
            query = self.path.partition("?")[2]
            location = f"{moved.location}?{query}" if query else moved.location
            self._send(HTTPStatus.FOUND, "text/plain; charset=utf-8", b"", {"Location": location})
        except Refused as refused:
            self._refuse(refused)
        except (BrokenPipeError, ConnectionResetError, TimeoutError):
            # The reader went to another page; there is nobody left to tell.
            self.close_connection = True

    do_HEAD = do_GET  # noqa: N815

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Refuse what the standard library found wrong with a request: an unknown method, a line too long."""
        del explain
        if code == HTTPStatus.NOT_IMPLEMENTED:
            self._send(
                HTTPStatus.METHOD_NOT_ALLOWED, CONTENT_TYPES[".txt"], b"Only GET and HEAD.\n", {"Allow": "GET, HEAD"}
            )
        else:
            self._send(HTTPStatus(code), CONTENT_TYPES[".txt"], f"{message or HTTPStatus(code).phrase}\n".encode())

    def version_string(self) -> str:
        """What the Server header says: no versions."""
        return "sitegen"

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the terminal is for what builds report."""

    def _answer(self) -> None:
        hosts = self.headers.get_all("Host", [])
        if len(hosts) != 1 or not OWN_HOST.fullmatch(hosts[0].strip()):
            raise Refused(HTTPStatus.FORBIDDEN, "The preview answers to localhost and 127.0.0.1 alone.")
        path = self.path.partition("?")[0]
        if path == f"{OWN_FOLDER}reload.js":
            self._send(HTTPStatus.OK, CONTENT_TYPES[".js"], SCRIPT)
        elif path == f"{OWN_FOLDER}events":
            self._send_events()
        else:
            self._send_file(path)

    def _send_file(self, path: str) -> None:
        # Read before the file is opened: a build between the two then makes the page reload, not stay old.
        build = self._reloads.build
        file, kind = self._site.open(path)
        with file:
            if kind == HTML:
                self._send(HTTPStatus.OK, kind, with_script(file.read(), build))
                return
            size = file.seek(0, 2)
            file.seek(0)
            self._send_head(HTTPStatus.OK, kind, size)
            if self.command != "HEAD":
                shutil.copyfileobj(file, self.wfile)

    def _refuse(self, refused: Refused) -> None:
        if refused.status == HTTPStatus.NOT_FOUND:
            self._send(refused.status, HTML, self._not_found_page())
        else:
            self._send(refused.status, CONTENT_TYPES[".txt"], f"{refused.message}\n".encode())

    def _not_found_page(self) -> bytes:
        build = self._reloads.build
        try:
            file, _ = self._site.open(self._site.base_path + NOT_FOUND.lstrip("/"))
        except Refused:
            return with_script(NO_SUCH_PAGE, build)
        with file:
            return with_script(file.read(), build)

    def _send_events(self) -> None:
        self.close_connection = True
        self._send_head(HTTPStatus.OK, "text/event-stream", None)
        if self.command == "HEAD":
            return
        for state in self._reloads.states(HEARTBEAT_SECONDS):
            # A comment when there is no news: it finds out whether anybody still listens.
            self.wfile.write(f"event: state\ndata: {state}\n\n".encode() if state else b":\n\n")
            self.wfile.flush()

    def _send(self, status: HTTPStatus, kind: str, content: bytes, more: Mapping[str, str] | None = None) -> None:
        self._send_head(status, kind, len(content), more)
        if self.command != "HEAD":
            self.wfile.write(content)

    def _send_head(
        self, status: HTTPStatus, kind: str, size: int | None, more: Mapping[str, str] | None = None
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        if size is not None:
            self.send_header("Content-Length", str(size))
        for name, value in {**HEADERS, **(more or {})}.items():
            self.send_header(name, value)
        self.end_headers()


def with_script(page: bytes, build: str) -> bytes:
    """The page with our script in its head; what lies on disk stays as it is.

    Args:
        build: the name of the build that the page is from.
    """
    tag = f'<script src="{OWN_FOLDER}reload.js?build={build}" defer></script>\n'.encode()
    found = HEAD_END.search(page)
    place = found.start() if found else len(page)
    return page[:place] + tag + page[place:]
