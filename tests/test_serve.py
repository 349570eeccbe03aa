"""The preview serves the site and nothing else, to this machine and nobody else, and reloads what is shown."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import BinaryIO

import pytest

from sitegen.config import CONTENT_SECURITY_POLICY

PATIENCE_SECONDS = 20
PREVIEW = """
import signal, sys
from pathlib import Path
from sitegen.errors import SitegenError
from sitegen.model import OutputFile
from sitegen.publish import Publisher
from sitegen.serve import serve

# Processes in the background of a shell are told to ignore the keyboard.
signal.signal(signal.SIGINT, signal.default_int_handler)
folder, seed, base_path = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
PAGE = "<!doctype html><html><head><title>x</title></head><body>%s</body></html>"

def build():
    text = seed.read_text()
    if "bad" in text:
        raise SitegenError("seeds/a.txt:1: title: <b>bad</b>")
    names = ["seed.md", "seed-1.txt", "feed.xml", "feed.json", "data.jsonl", "app.js", "shard.gz", "other", ".nojekyll"]
    files = {name: name for name in names}
    files |= {"index.html": PAGE % text, "people/putin/index.html": PAGE % "Putin", "404.html": PAGE % "Tidak ada"}
    with Publisher(folder) as publisher:
        publisher.commit([publisher.write(OutputFile(path, text.encode())) for path, text in sorted(files.items())])

serve(build, folder, (seed.parent,), base_path, port=0)
"""


class Preview:
    """A preview in another process: `folder` is served, and `seed` is what it is built from."""

    def __init__(self, folder: Path, seed: Path, port: int, process: subprocess.Popen[str]) -> None:
        self.folder = folder
        self.seed = seed
        self.port = port
        self.process = process

    def get(self, path: str, method: str = "GET", **headers: str) -> tuple[HTTPResponse, bytes]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)
        connection.request(method, path, headers=headers)
        response = connection.getresponse()
        content = response.read()
        connection.close()
        return response, content

    def send(self, request: bytes) -> bytes:
        """The whole answer to exactly these bytes."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE_SECONDS) as connection:
            connection.sendall(request)
            return b"".join(iter(lambda: connection.recv(65536), b""))

    @contextmanager
    def states(self) -> Iterator[Callable[[], dict[str, str]]]:
        """Waits for the next event at every call."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE_SECONDS) as connection:
            connection.sendall(b"GET /_sitegen/events HTTP/1.0\r\nHost: localhost\r\n\r\n")
            with connection.makefile("rb") as stream:
                yield lambda: next_state(stream)


def next_state(stream: BinaryIO) -> dict[str, str]:
    for line in stream:
        assert line != b":\n", "the preview has no news"
        if line.startswith(b"data: "):
            state = json.loads(line.removeprefix(b"data: "))
            assert isinstance(state, dict)
            return state
    raise AssertionError("the event stream ended")


@contextmanager
def preview_at(place: Path, base_path: str, text: str = "first") -> Iterator[Preview]:
    seed = place / "seeds/a.txt"
    seed.parent.mkdir(parents=True)
    seed.write_text(text)
    folder = place / "public"
    command = [sys.executable, "-c", PREVIEW, str(folder), str(seed), base_path]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            preview = Preview(folder, seed, int(line.split("127.0.0.1:")[1].split("/")[0]), process)
            with preview.states() as next_one:
                while not built_or_failed(next_one()):
                    pass
            yield preview
        finally:
            process.kill()


def built_or_failed(state: dict[str, str]) -> bool:
    return state["failure"] != "" or not state["build"].endswith(".0")


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    with preview_at(tmp_path_factory.mktemp("root"), "/") as running:
        (running.folder.parent / "secret.txt").write_text("secret")
        yield running


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/seed.md", "text/plain; charset=utf-8"),
        ("/seed-1.txt", "text/plain; charset=utf-8"),
        ("/feed.xml", "application/atom+xml"),
        ("/feed.json", "application/feed+json"),
        ("/data.jsonl", "application/jsonl"),
        ("/app.js", "text/javascript; charset=utf-8"),
        ("/shard.gz", "application/octet-stream"),
        ("/other", "application/octet-stream"),
        ("/_sitegen/reload.js", "text/javascript; charset=utf-8"),
    ],
)
def test_files_have_their_types_and_the_headers_of_a_careful_host(preview: Preview, path: str, kind: str) -> None:
    response, _ = preview.get(path)
    assert response.status == 200
    assert response.getheader("Content-Type") == kind
    assert response.getheader("Content-Encoding") is None
    assert response.getheader("Content-Security-Policy") == CONTENT_SECURITY_POLICY + "; frame-ancestors 'none'"
    assert response.getheader("X-Content-Type-Options") == "nosniff"
    assert response.getheader("Cache-Control") == "no-store"


def test_a_file_is_sent_as_it_is(preview: Preview) -> None:
    assert preview.get("/seed.md?x=1")[1] == b"seed.md"


def test_pages_get_the_reloading_script_and_files_stay_as_they_are(preview: Preview) -> None:
    _, content = preview.get("/people/putin/")
    tag = b'<script src="/_sitegen/reload.js?build='
    assert content.index(tag) < content.index(b"</head>")
    assert tag not in (preview.folder / "people/putin/index.html").read_bytes()


def test_a_missing_page_is_answered_with_the_sites_own_404(preview: Preview) -> None:
    response, content = preview.get("/people/nobody/")
    assert response.status == 404
    assert b"Tidak ada" in content


def test_a_folder_without_slash_is_redirected_within_the_site(preview: Preview) -> None:
    response, _ = preview.get("/people/putin?q=1")
    assert (response.status, response.getheader("Location")) == (302, "/people/putin/?q=1")


def test_head_sends_no_content(preview: Preview) -> None:
    response, content = preview.get("/seed.md", method="HEAD")
    assert (response.status, response.getheader("Content-Length"), content) == (200, "7", b"")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "BREW"])
def test_other_methods_are_refused(preview: Preview, method: str) -> None:
    response, _ = preview.get("/", method=method)
    assert (response.status, response.getheader("Allow")) == (405, "GET, HEAD")


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/people/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/people%2Fputin/",
        "/..%5csecret.txt",
        "/..\\secret.txt",
        "/seed.md%00.html",
        "/%252e%252e/secret.txt",
        "/.nojekyll",
        "/.%2e/secret.txt",
        "/people//putin/",
        "//elsewhere.example/..",
        "http://127.0.0.1/seed.md",
        "seed.md",
        "/\xff",
        "/%ff",
        "*",
    ],
)
def test_clever_paths_are_refused(preview: Preview, path: str) -> None:
    answer = preview.send(b"GET " + path.encode("latin-1") + b" HTTP/1.0\r\nHost: localhost\r\n\r\n")
    assert answer.split()[1] in (b"400", b"403", b"404")
    assert b"secret" not in answer.partition(b"\r\n\r\n")[2]
    assert b"Location" not in answer


def test_links_out_of_the_site_devices_and_pipes_are_refused(preview: Preview) -> None:
    (preview.folder / "link.txt").symlink_to(preview.folder.parent / "secret.txt")
    (preview.folder / "way").symlink_to(preview.folder.parent)
    os.mkfifo(preview.folder / "pipe.txt")
    for path in ("/link.txt", "/way/secret.txt", "/pipe.txt", "/seed.md/"):
        response, content = preview.get(path)
        assert response.status == 404
        assert b"secret" not in content


@pytest.mark.parametrize("host", [b"127.0.0.1", b"localhost:8000", b"LOCALHOST", b"[::1]:1"])
def test_our_own_names_are_answered(preview: Preview, host: bytes) -> None:
    assert preview.send(b"GET /seed.md HTTP/1.0\r\nHost: " + host + b"\r\n\r\n").endswith(b"seed.md")


@pytest.mark.parametrize(
    "headers",
    [
        b"Host: elsewhere.example\r\n",
        b"Host: localhost.elsewhere.example\r\n",
        b"Host: 127.0.0.1@elsewhere.example\r\n",
        b"Host: localhost:80:80\r\n",
        b"Host: \r\n",
        b"",
        b"Host: localhost\r\nHost: elsewhere.example\r\n",
    ],
)
@pytest.mark.parametrize("path", [b"/", b"/_sitegen/events", b"/_sitegen/reload.js"])
def test_foreign_names_are_refused(preview: Preview, headers: bytes, path: bytes) -> None:
    answer = preview.send(b"GET " + path + b" HTTP/1.0\r\n" + headers + b"\r\n")
    assert answer.split()[1] == b"403"


def test_only_this_machine_is_answered(preview: Preview) -> None:
    """127.0.0.2 is this machine too, but a server for every address would answer there."""
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.2", preview.port), timeout=PATIENCE_SECONDS)


def test_a_site_below_a_path_is_served_there(tmp_path: Path) -> None:
    with preview_at(tmp_path, "/arsip/berita/") as preview:
        answers = {path: preview.get(path)[0] for path in ("/", "/arsip/berita", "/arsip/berita/", "/seed.md")}
        statuses = {path: (answer.status, answer.getheader("Location")) for path, answer in answers.items()}
    assert statuses == {
        "/": (302, "/arsip/berita/"),
        "/arsip/berita": (302, "/arsip/berita/"),
        "/arsip/berita/": (200, None),
        "/seed.md": (404, None),
    }


def test_a_change_is_built_and_told_to_open_pages(tmp_path: Path) -> None:
    with preview_at(tmp_path, "/") as preview, preview.states() as next_state:
        before = next_state()
        preview.seed.write_text("second")
        after = next_state()
        assert after["build"] != before["build"]
        assert b"second" in preview.get("/")[1]
        assert f"build={after['build']}".encode() in preview.get("/")[1]


def test_a_failing_build_is_told_and_the_old_site_stays(tmp_path: Path) -> None:
    with preview_at(tmp_path, "/") as preview, preview.states() as next_state:
        before = next_state()
        preview.seed.write_text("bad")
        failed = next_state()
        old = preview.get("/")[1]
        preview.seed.write_text("mended")
        mended = next_state()
        preview.process.kill()
        assert preview.process.stderr is not None
        terminal = preview.process.stderr.read()
    assert failed == {"build": before["build"], "failure": "seeds/a.txt:1: title: <b>bad</b>"}
    assert b"first" in old
    assert mended["failure"] == ""
    assert mended["build"] != before["build"]
    assert terminal == "seeds/a.txt:1: title: <b>bad</b>\n"


def test_a_first_build_that_fails_leaves_a_page_that_waits(tmp_path: Path) -> None:
    with preview_at(tmp_path, "/", text="bad") as preview:
        response, content = preview.get("/")
        assert response.status == 404
        assert b"/_sitegen/reload.js" in content


def test_ctrl_c_ends_the_preview_in_good_order(tmp_path: Path) -> None:
    with preview_at(tmp_path, "/") as preview, preview.states() as next_state:
        next_state()
        preview.process.send_signal(signal.SIGINT)
        assert preview.process.wait(timeout=PATIENCE_SECONDS) == 0
        assert preview.process.stderr is not None
        assert preview.process.stderr.read() == ""


def test_a_taken_port_is_an_error_that_names_it(tmp_path: Path) -> None:
    from sitegen.errors import SitegenError
    from sitegen.serve import serve

    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SitegenError, match=f"port {port} of 127.0.0.1 cannot be had"):
            serve(lambda: None, tmp_path, (tmp_path,), "/", port)
