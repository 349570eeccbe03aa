"""Drives a Firefox that is installed, by WebDriver BiDi, the protocol that it speaks by itself.

Playwright drives a Firefox of its own only, which not every machine can download.
"""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from websockets.sync.client import ClientConnection, connect

NAMES = ("firefox-esr", "firefox")
LISTENING = re.compile(r"WebDriver BiDi listening on (ws://\S+)")
ENTER = "\ue007"
PATIENCE_FRAMES = 1200
PREFERENCES = {"browser.shell.checkDefaultBrowser": False, "datareporting.policy.dataSubmissionEnabled": False}


class Firefox:
    """One tab of a running Firefox."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection
        self._ids = count()
        self.command("session.new", {"capabilities": {}})
        self._tab = self.command("browsingContext.getTree", {})["contexts"][0]["context"]

    def command(self, method: str, parameters: dict[str, Any]) -> dict[str, Any]:
        """What a command of the protocol answers.

        Raises:
            AssertionError: Firefox could not do it, or a script in the page failed.
        """
        number = next(self._ids)
        self._connection.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            message = json.loads(self._connection.recv())
            if message.get("id") == number:
                assert message["type"] == "success", message
                result: dict[str, Any] = message["result"]
                return result

    def open(self, address: str) -> None:
        """Load a page."""
        self.command("browsingContext.navigate", {"context": self._tab, "url": address, "wait": "complete"})

    def type(self, text: str) -> None:
        """Press the keys of a text, one after the other."""
        keys = [{"type": kind, "value": key} for key in text for kind in ("keyDown", "keyUp")]
        actions = [{"type": "key", "id": "keyboard", "actions": keys}]
        self.command("input.performActions", {"context": self._tab, "actions": actions})

    def ask(self, expression: str) -> Any:
        """What a JavaScript expression is in the page, or what it promises."""
        answer = self.command(
            "script.evaluate",
            {
                "expression": f"(async () => JSON.stringify(await ({expression}) ?? null))()",
                "target": {"context": self._tab},
                "awaitPromise": True,
            },
        )
        assert answer["type"] == "success", answer
        return json.loads(answer["result"]["value"])

    def wait_until(self, truth: str) -> None:
        """Wait until an expression, or what it promises, is true."""
        came = self.ask(f"""(async () => {{
          for (let frame = 0; frame < {PATIENCE_FRAMES}; frame += 1) {{
            if (await ({truth})) return true;
            await new Promise(requestAnimationFrame);
          }}
          return false;
        }})()""")
        assert came, f"it never came true: {truth}"


@contextmanager
def start_firefox(profile: Path) -> Iterator[Firefox]:
    """A Firefox while the block runs; the test is skipped where none is installed."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if not found:
        pytest.skip("no Firefox: apt-get install firefox-esr")
    lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in PREFERENCES.items()]
    (profile / "user.js").write_text("\n".join(lines))
    command = [found, "--headless", "--no-remote", "--profile", str(profile), "--remote-debugging-port", "0"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr is not None
            said = next(match for line in process.stderr if (match := LISTENING.search(line)))
            with connect(f"{said[1]}/session", max_size=None) as connection:
                yield Firefox(connection)
        finally:
            process.kill()
