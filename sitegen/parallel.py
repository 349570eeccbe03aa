"""Runs one function over many items, in this process or over forked ones; results come back in order. Or one beside.

The seam behind which something larger could stand: tasks are plain functions from an item to a result. Forked
workers inherit the function and the items as they are in memory; only results travel.
"""

import ctypes
import gc
import multiprocessing
import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterator, MutableSequence, Sequence
from contextlib import contextmanager
from functools import cache, partial
from multiprocessing.connection import Connection, wait
from typing import Any, NamedTuple, TypeVar

from sitegen.errors import SitegenError

Item = TypeVar("Item")
Result = TypeVar("Result")

MOST_AT_ONCE = 32
SHARES_A_WORKER = 16
"""Items are handed out in shares, which costs less than one by one; small ones, lest one worker be last by long."""
NOWHERE = -1
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


def run(task: Callable[[Item], Result], items: Sequence[Item], jobs: int) -> Iterator[Result]:
    """`task` of each item, in the order of the items.

    Args:
        jobs: how many processes share the work; 1 works in this one. Where processes cannot be forked, 1.

    Raises:
        SitegenError: as `task` raised it.
        WorkerError: in a worker process `task` raised anything else, or the process died.
    """
    jobs = min(jobs, len(items))
    if jobs <= 1 or "fork" not in multiprocessing.get_all_start_methods():
        return map(task, items)
    return _run_forked(task, items, jobs)


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
    try:
        yield cache(partial(_awaited, receiver))
    finally:
        worker.terminate()
        worker.join()
        receiver.close()


def _work_beside(task: Callable[[], object], sender: Connection, parent: int) -> None:
    _end_with(parent)
    # Who is interrupted at the keyboard is told once, by the parent.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()
    try:
        sender.send((task(), None))
    except (OSError, SitegenError) as error:
        sender.send((None, error))
    except Exception:  # told as text, as it need not be picklable
        sender.send((None, traceback.format_exc()))


def _awaited(receiver: Connection) -> Any:  # noqa: ANN401 (whatever the task gives)
    try:
        result, failure = receiver.recv()
    except EOFError:
        raise WorkerError(None, "a worker process died") from None
    if isinstance(failure, str):
        raise WorkerError(None, failure)
    if failure is not None:
        raise failure
    return result


def _run_forked(task: Callable[[Item], Result], items: Sequence[Item], jobs: int) -> Iterator[Result]:
    fork = multiprocessing.get_context("fork")
    share = max(1, min(MOST_AT_ONCE, len(items) // (jobs * SHARES_A_WORKER)))
    counter, at = fork.Value("q", 0), fork.RawArray("q", [NOWHERE] * jobs)
    ends = [fork.Pipe(duplex=False) for _ in range(jobs)]
    shares = _shares(counter, len(items), share)
    workers = [
        fork.Process(target=_work, args=(task, items, shares, _Desk(number, os.getpid(), ends, at)), daemon=True)
        for number in range(jobs)
    ]
    for worker in workers:
        worker.start()
    for _, sender in ends:
        sender.close()
    try:
        yield from _in_order(_received([receiver for receiver, _ in ends], items, at))
    finally:
        for worker in workers:
            worker.terminate()
        for worker in workers:
            worker.join()


class _Desk(NamedTuple):
    """What a worker process works at.

    Attributes:
        parent: the process that handed out the work.
        ends: of the pipes of all workers: where the parent receives, and where the worker sends.
        at: says of each worker at which item it is; shared between the processes.
    """

    number: int
    parent: int
    ends: Sequence[tuple[Connection, Connection]]
    at: MutableSequence[int]

    def take(self) -> Connection:
        """Where to send. Closes all else, so that either side notices when the other is gone."""
        for number, (receiver, sender) in enumerate(self.ends):
            receiver.close()
            if number != self.number:
                sender.close()
        return self.ends[self.number][1]


def _shares(counter: Any, count: int, size: int) -> Iterator[range]:  # noqa: ANN401 (multiprocessing tells no type)
    """The shares of `count` items that no other worker takes."""
    while True:
        with counter.get_lock():
            first: int = counter.value
            counter.value += size
        if first >= count:
            return
        yield range(first, min(first + size, count))


def _work(
    task: Callable[[Item], Result],
    items: Sequence[Item],
    shares: Iterator[range],
    desk: _Desk,
) -> None:
    _end_with(desk.parent)
    sender = desk.take()
    # What was inherited will not become garbage here: looking through it again and again would cost time and memory.
    gc.freeze()
    for share in shares:
        results: list[Result] = []
        failure: SitegenError | str | None = None
        for index in share:
            desk.at[desk.number] = index
            try:
                results.append(task(items[index]))
            except SitegenError as error:
                failure = error
            except Exception:  # told as text: neither the error nor the item need be picklable
                failure = traceback.format_exc()
            if failure is not None:
                break
        sender.send((share.start, results, failure))
        if failure is not None:
            return
    sender.send(None)


def _end_with(parent: int) -> None:
    """End this process as soon as its parent has ended, however that came; elsewhere than on Linux, when it reports."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)


def _received(receivers: Sequence[Connection], items: Sequence[Any], at: Sequence[int]) -> Iterator[tuple[int, Any]]:
    """Results as they come, each with its item's index; `at` says at which each worker is."""
    open_ends = list(receivers)
    while open_ends:
        for end in wait(open_ends):
            assert isinstance(end, Connection)
            try:
                message = end.recv()
            except EOFError:
                index = at[receivers.index(end)]
                raise WorkerError(None if index == NOWHERE else items[index], "a worker process died") from None
            if message is None:
                open_ends.remove(end)
                continue
            first, results, failure = message
            if isinstance(failure, str):
                raise WorkerError(items[first + len(results)], failure)
            if failure is not None:
                raise failure
            yield from enumerate(results, first)


def _in_order(received: Iterator[tuple[int, Any]]) -> Iterator[Any]:
    waiting: dict[int, Any] = {}
    following = 0
    for index, result in received:
        waiting[index] = result
        while following in waiting:
            yield waiting.pop(following)
            following += 1
