"""Builds, serves and watches until it is interrupted."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from queue import SimpleQueue
from threading import Event, Thread

from watchfiles import Change, watch

from sitegen.errors import SitegenError
from sitegen.serve.files import Site
from sitegen.serve.handler import PreviewHandler
from sitegen.serve.reloads import Reloads

HOST = "127.0.0.1"
STEP_MILLISECONDS = 50
LONGEST_BURST_MILLISECONDS = 400


def serve(build: Callable[[], None], folder: Path, watched: tuple[Path, ...], base_path: str, port: int = 8000) -> None:
    """Show the site at http://127.0.0.1:`port` + `base_path` until interrupted (Ctrl-C), and keep it up to date.

    A build that fails with a SitegenError is reported on standard error and in the open pages; the site stays as it
    was. Any other error ends the preview.

    Args:
        build: builds the site into `folder`; called once at the start and once after every burst of changes.
        watched: files and folders whose changes matter; changes within `folder` and hidden folders beside it do not.
        base_path: where the site's addresses begin: "/" or "/sub/".
        port: 0 takes a free one.

    Raises:
        SitegenError: the port cannot be had.
    """
    reloads = Reloads()
    with _serving(Site(folder, base_path), reloads, port) as address, _changes(watched, folder) as changes:
        _say(f"Serving {folder}/ at http://{HOST}:{address}{base_path} (Ctrl-C ends it)")
        try:
            while True:
                _build(build, reloads)
                changes.get()
                while not changes.empty():
                    changes.get()
        except KeyboardInterrupt:
            _say("Ended.")


def _build(build: Callable[[], None], reloads: Reloads) -> None:
    try:
        build()
    except SitegenError as error:
        print(error, file=sys.stderr, flush=True)  # noqa: T201
        reloads.fail(str(error))
    else:
        reloads.succeed()


@contextmanager
def _serving(site: Site, reloads: Reloads, port: int) -> Iterator[int]:
    """Answer requests in threads; gives the port."""
    try:
        server = ThreadingHTTPServer((HOST, port), partial(PreviewHandler, site, reloads))
    except OSError as error:
        message = (
            f"port {port} of {HOST} cannot be had ({error.strerror}); end what uses it, or choose another (--port)"
        )
        raise SitegenError(message) from error
    # Open event streams never end by themselves.
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, name="requests", daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def _changes(watched: tuple[Path, ...], folder: Path) -> Iterator[SimpleQueue[None]]:
    """Watch in a thread, so that no change is lost while a build runs; every burst of changes puts one token."""
    bursts: SimpleQueue[None] = SimpleQueue()
    stop = Event()
    output = folder.resolve()

    def matters(_change: Change, path: str) -> bool:
        changed = Path(path)
        if not changed.is_relative_to(output.parent):
            return True
        # The publisher's hidden folders stand beside the output, and begin with its name.
        first = changed.relative_to(output.parent).parts[:1]
        return not (first and (first[0] == output.name or first[0].startswith(f".{output.name}.")))

    def follow() -> None:
        existing = [path for path in watched if path.exists()]
        rounds = watch(
            *existing,
            watch_filter=matters,
            debounce=LONGEST_BURST_MILLISECONDS,
            step=STEP_MILLISECONDS,
            stop_event=stop,
        )
        for _ in rounds:
            bursts.put(None)

    thread = Thread(target=follow, name="changes", daemon=True)
    thread.start()
    try:
        yield bursts
    finally:
        stop.set()
        thread.join()


def _say(message: str) -> None:
    print(message, flush=True)  # noqa: T201
