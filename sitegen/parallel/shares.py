"""Runs one function over many items, in this process or over forked ones; results come back in order."""

import errno
import gc
import multiprocessing
import os
import pickle
import traceback
from collections.abc import Callable, Iterator, MutableSequence, Sequence
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection, wait
from queue import SimpleQueue
from threading import Thread
from typing import Any, NamedTuple, TypeVar

from sitegen.errors import SitegenError
from sitegen.parallel.workers import WorkerError, end_with

Item = TypeVar("Item")
Result = TypeVar("Result")

MOST_AT_ONCE = 32
SHARES_A_WORKER = 16
"""Items are handed out in shares, which costs less than one by one; small ones, lest one worker be last by long."""
NOWHERE = -1


def run(task: Callable[[Item], Result], items: Sequence[Item], jobs: int, *, here: bool = False) -> Iterator[Result]:
    """`task` of each item, in the order of the items.

    Args:
        jobs: how many processes share the work; 1 works in this one. Where processes cannot be forked, 1.
        here: this process is one of them. That spares the memory of another, which copies in time what it shares with
            this one; but an item that kills its process may kill this one, and nobody says at which item that was.

    Raises:
        SitegenError: as `task` raised it.
        WorkerError: in one of several processes `task` raised anything else, or the process died.
    """
    jobs = min(jobs, len(items))
    if jobs <= 1 or "fork" not in multiprocessing.get_all_start_methods():
        return map(task, items)
    return _run_forked(task, items, jobs, here=here)


class _Report(NamedTuple):
    """What came of a share: the results of its items from the first on, and why there are no more of them."""

    first: int
    results: Sequence[Any]
    failure: SitegenError | str | None


def _run_forked(task: Callable[[Item], Result], items: Sequence[Item], jobs: int, *, here: bool) -> Iterator[Result]:
    fork = multiprocessing.get_context("fork")
    share = max(1, min(MOST_AT_ONCE, len(items) // (jobs * SHARES_A_WORKER)))
    counter, at = fork.Value("q", 0), fork.RawArray("q", [NOWHERE] * jobs)
    ends = [fork.Pipe(duplex=False) for _ in range(jobs - here)]
    shares = _shares(counter, len(items), share)
    workers = [
        fork.Process(target=_work, args=(task, items, shares, _Desk(number, os.getpid(), ends, at)), daemon=True)
        for number in range(len(ends))
    ]
    for worker in workers:
        worker.start()
    for _, sender in ends:
        sender.close()
    own = (_do(task, items, share, at, len(ends)) for share in shares) if here else iter(())
    try:
        yield from _in_order(_results(_reports(own, [receiver for receiver, _ in ends], items, at), items))
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
    end_with(desk.parent)
    sender = desk.take()
    # What was inherited will not become garbage here: looking through it again and again would cost time and memory.
    gc.freeze()
    with _sending(sender) as send:
        for share in shares:
            report = _do(task, items, share, desk.at, desk.number)
            send(report)
            if report.failure is not None:
                return
        send(None)


def _do(
    task: Callable[[Item], Result], items: Sequence[Item], share: range, at: MutableSequence[int], number: int
) -> _Report:
    """Do a share of the items; `at[number]` says meanwhile at which it is."""
    results: list[Result] = []
    for index in share:
        at[number] = index
        try:
            results.append(task(items[index]))
        except SitegenError as error:
            return _Report(share.start, results, error)
        except Exception:  # told as text: neither the error nor the item need be picklable
            return _Report(share.start, results, traceback.format_exc())
    return _Report(share.start, results, None)


@contextmanager
def _sending(end: Connection) -> Iterator[Callable[[_Report | None], None]]:
    """Gives what sends reports, in another thread: work goes on while the receiver is busy with work of its own."""
    waiting: SimpleQueue[bytes] = SimpleQueue()
    thread = Thread(target=_send_all, args=(end, waiting), daemon=True)
    thread.start()

    def send(report: _Report | None) -> None:
        if not thread.is_alive():
            raise BrokenPipeError(errno.EPIPE, "nobody receives")
        waiting.put(pickle.dumps(report))

    try:
        yield send
    finally:
        waiting.put(b"")
        thread.join()


def _send_all(end: Connection, waiting: "SimpleQueue[bytes]") -> None:
    with suppress(BrokenPipeError):
        while content := waiting.get():
            end.send_bytes(content)


def _reports(
    own: Iterator[_Report], receivers: Sequence[Connection], items: Sequence[Any], at: Sequence[int]
) -> Iterator[_Report]:
    """Reports as they come, of this process and from others; `at` says of each at which item it is."""
    open_ends = list(receivers)
    while open_ends:
        report = next(own, None)
        if report:
            yield report
        for end in wait(open_ends, 0 if report else None):
            assert isinstance(end, Connection)
            try:
                received: _Report | None = pickle.loads(end.recv_bytes())  # noqa: S301 (of our own worker)
            except (EOFError, OSError):  # it ended between two reports, or while it sent one
                index = at[receivers.index(end)]
                raise WorkerError(None if index == NOWHERE else items[index], "a worker process died") from None
            if received is None:
                open_ends.remove(end)
            else:
                yield received
    yield from own


def _results(reports: Iterator[_Report], items: Sequence[Any]) -> Iterator[tuple[int, Any]]:
    """Results as they come, each with its item's index."""
    for first, results, failure in reports:
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
