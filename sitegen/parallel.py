"""Runs one function over many items, in this process or over forked ones; results come back in order.

The seam behind which something larger could stand: tasks are plain functions from an item to a result. Forked
workers inherit the function and the items as they are in memory; only results travel.
"""

import gc
import multiprocessing
import traceback
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection, wait
from typing import Any, TypeVar

from sitegen.errors import SitegenError

Item = TypeVar("Item")
Result = TypeVar("Result")


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


def _run_forked(task: Callable[[Item], Result], items: Sequence[Item], jobs: int) -> Iterator[Result]:
    fork = multiprocessing.get_context("fork")
    counter = fork.Value("q", 0)
    ends = [fork.Pipe(duplex=False) for _ in range(jobs)]
    workers = [
        fork.Process(target=_work, args=(task, items, counter, sender, [end for end, _ in ends]), daemon=True)
        for _, sender in ends
    ]
    for worker in workers:
        worker.start()
    for _, sender in ends:
        sender.close()
    try:
        yield from _in_order(_received([receiver for receiver, _ in ends], items))
    finally:
        for worker in workers:
            worker.terminate()
        for worker in workers:
            worker.join()


def _work(
    task: Callable[[Item], Result],
    items: Sequence[Item],
    counter: Any,  # noqa: ANN401 (multiprocessing's synchronized integer has no public type)
    sender: Connection,
    inherited: list[Connection],
) -> None:
    for receiver in inherited:
        receiver.close()
    # What was inherited will not become garbage here: looking through it again and again would cost time and memory.
    gc.freeze()
    while True:
        with counter.get_lock():
            index = counter.value
            counter.value += 1
        if index >= len(items):
            sender.send(None)
            return
        sender.send((index, None, None))
        try:
            result = task(items[index])
        except SitegenError as error:
            sender.send((index, None, error))
            return
        except Exception:  # told as text: neither the error nor the item need be picklable
            sender.send((index, None, traceback.format_exc()))
            return
        sender.send((index, (result,), None))


def _received(receivers: list[Connection], items: Sequence[Any]) -> Iterator[tuple[int, Any]]:
    """Results as they come, each with its item's index."""
    at: dict[Connection, int] = {}
    open_ends = list(receivers)
    while open_ends:
        for end in wait(open_ends):
            assert isinstance(end, Connection)
            try:
                message = end.recv()
            except EOFError:
                item = items[at[end]] if end in at else None
                raise WorkerError(item, "a worker process died") from None
            if message is None:
                open_ends.remove(end)
                continue
            index, boxed, failure = message
            if isinstance(failure, str):
                raise WorkerError(items[index], failure)
            if failure is not None:
                raise failure
            at[end] = index
            if boxed is not None:
                yield index, boxed[0]


def _in_order(received: Iterator[tuple[int, Any]]) -> Iterator[Any]:
    waiting: dict[int, Any] = {}
    following = 0
    for index, result in received:
        waiting[index] = result
        while following in waiting:
            yield waiting.pop(following)
            following += 1
