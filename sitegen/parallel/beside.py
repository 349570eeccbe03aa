"""Does one thing in a process of its own, while this one goes on."""

import gc
import multiprocessing
import os
import pickle
import signal
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from multiprocessing.connection import Connection
from queue import SimpleQueue
from threading import Thread
from typing import Any, TypeVar

from sitegen.errors import SitegenError
from sitegen.parallel.workers import WorkerError, end_with

Result = TypeVar("Result")


@contextmanager
def beside(task: Callable[[], Result], jobs: int) -> Iterator[Callable[[], Result]]:
    """Does `task` in a process of its own, while this one goes on; ends it when left.

    Args:
        jobs: how many processes may work at once; with 1, or where none can be forked, the task is done here, first.

    Yields:
        What waits for the result, and gives the same each time. It raises OSError and SitegenError as `task` did, and
        WorkerError when it raised anything else or the process died.
    """
    if jobs <= 1 or "fork" not in multiprocessing.get_all_start_methods():
        result = task()
        yield lambda: result
        return
    fork = multiprocessing.get_context("fork")
    receiver, sender = fork.Pipe(duplex=False)
    worker = fork.Process(target=_work_beside, args=(task, sender, os.getpid()), daemon=True)
    worker.start()
    sender.close()
    outcome: SimpleQueue[bytes] = SimpleQueue()
    # As soon as it comes, for until then the worker stays, and all its memory with it.
    thread = Thread(target=_receive, args=(receiver, outcome), daemon=True)
    thread.start()
    try:
        yield cache(partial(_awaited, outcome))
    finally:
        worker.terminate()
        worker.join()
        thread.join()
        receiver.close()


def _work_beside(task: Callable[[], object], sender: Connection, parent: int) -> None:
    end_with(parent)
    # Who is interrupted at the keyboard is told once, by the parent.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()
    try:
        sender.send((task(), None))
    except (OSError, SitegenError) as error:
        sender.send((None, error))
    except Exception:  # told as text, as it need not be picklable
        sender.send((None, traceback.format_exc()))


def _receive(receiver: Connection, outcome: "SimpleQueue[bytes]") -> None:
    try:
        outcome.put(receiver.recv_bytes())
    except (EOFError, OSError):  # it ended before it sent anything, or while it did
        outcome.put(b"")


def _awaited(outcome: "SimpleQueue[bytes]") -> Any:  # noqa: ANN401 (whatever the task gives)
    content = outcome.get()
    if not content:
        raise WorkerError(None, "a worker process died")
    result, failure = pickle.loads(content)  # noqa: S301 (of our own worker)
    if isinstance(failure, str):
        raise WorkerError(None, failure)
    if failure is not None:
        raise failure
    return result
