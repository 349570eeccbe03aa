"""What open pages have to know: which build they should show, and why the last one failed."""

import json
import os
from collections.abc import Iterator
from threading import Condition


class Reloads:
    """Hands the state of the preview from the thread that builds to those that serve.

    A build is named by the process and a number, so that pages notice a preview that was started again.
    """

    def __init__(self) -> None:
        self._changed = Condition()
        self._number = 0
        self._failure = ""
        self._process = os.getpid()

    @property
    def build(self) -> str:
        """The name of the last build that succeeded."""
        return f"{self._process}.{self._number}"

    def succeed(self) -> None:
        """A new build is in place."""
        with self._changed:
            self._number += 1
            self._failure = ""
            self._changed.notify_all()

    def fail(self, message: str) -> None:
        """The old build stays in place."""
        with self._changed:
            self._failure = message
            self._changed.notify_all()

    def states(self, patience: float) -> Iterator[str]:
        """The state as JSON, now and after every change; "" after so many seconds without one."""
        known = ""
        while True:
            news = self._await_other(known, patience)
            yield "" if news == known else news
            known = news

    def _await_other(self, known: str, patience: float) -> str:
        with self._changed:
            self._changed.wait_for(lambda: self._state() != known, timeout=patience)
            return self._state()

    def _state(self) -> str:
        return json.dumps({"build": self.build, "failure": self._failure})
