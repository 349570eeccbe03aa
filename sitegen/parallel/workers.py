"""What all worker processes have in common: they end with who started them, and their failures name an item."""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1
"""Linux's <sys/prctl.h>."""


class WorkerError(Exception):
    """A worker process failed on an item, or died at it.

    Attributes:
        item: the item at fault.
    """

    def __init__(self, item: object, message: str) -> None:
        self.item = item
        # Not the item: as a message it may be a whole archive long.
        super().__init__(message)


def end_with(parent: int) -> None:
    """End this process as soon as its parent has ended, however that came; elsewhere than on Linux, when it reports."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)
