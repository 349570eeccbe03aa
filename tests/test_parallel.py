"""Work over processes: the same results in the same order, and honest failures."""

import errno
import os
import select
import signal
import subprocess
import sys

import pytest

from sitegen.errors import InputError
from sitegen.model import Problem
from sitegen.parallel import WorkerError, beside, run


@pytest.mark.parametrize("here", [False, True])
@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_results_come_in_the_order_of_the_items(jobs: int, here: bool) -> None:
    found = list(run(lambda number: number * number, range(500), jobs, here=here))
    assert found == [number * number for number in range(500)]


@pytest.mark.parametrize("here", [False, True])
def test_nothing_to_do_gives_nothing(here: bool) -> None:
    assert list(run(lambda number: number, [], 4, here=here)) == []


def test_this_process_can_be_one_of_those_that_work() -> None:
    pipes = os.pipe(), os.pipe()

    def meet(number: int) -> tuple[int, bytes]:
        """The first two items wait for one another."""
        if number < 2:
            os.write(pipes[number][1], b"x")
            assert select.select([pipes[1 - number][0]], [], [], 30)[0]
        return os.getpid(), b"much" * 100_000

    found = list(run(meet, range(20), 2, here=True))
    processes = {process for process, _ in found}
    assert len(processes) == 2
    assert os.getpid() in processes
    for end in (*pipes[0], *pipes[1]):
        os.close(end)


def test_a_worker_that_dies_is_an_error_that_names_its_item() -> None:
    def die(name: str) -> str:
        if name == "seed-37":
            os.kill(os.getpid(), signal.SIGKILL)
        return name

    with pytest.raises(WorkerError, match="died") as caught:
        list(run(die, [f"seed-{number}" for number in range(100)], 2))
    assert caught.value.item == "seed-37"


@pytest.mark.parametrize("here", [False, True])
def test_a_bug_in_a_worker_is_raised_with_its_item_and_traceback(here: bool) -> None:
    with pytest.raises(WorkerError, match="ZeroDivisionError") as caught:
        list(run(lambda number: 1 // (number - 5), range(20), 2, here=here))
    assert caught.value.item == 5


@pytest.mark.parametrize("here", [False, True])
def test_an_error_that_a_person_can_mend_stays_itself(here: bool) -> None:
    problem = Problem("a.txt", 3, "date", "not a date")

    def refuse(_number: int) -> None:
        raise InputError([problem])

    with pytest.raises(InputError) as caught:
        list(run(refuse, range(4), 2, here=here))
    assert caught.value.problems == (problem,)


def test_the_death_of_a_worker_is_noticed_while_others_still_work() -> None:
    def die(name: str) -> str:
        if name == "seed-0":
            os.kill(os.getpid(), signal.SIGKILL)
        signal.pause()
        return name

    with pytest.raises(WorkerError, match="died") as caught:
        list(run(die, ["seed-0", "seed-1"], 2))
    assert caught.value.item == "seed-0"


def test_each_item_is_worked_on_once() -> None:
    results = list(run(lambda number: (number, os.getpid()), range(1000), 3))
    assert [number for number, _ in results] == list(range(1000))
    assert os.getpid() not in {process for _, process in results}


WORK_FOR_EVER = """
import os, signal, sys
from sitegen.parallel import run
def work(_item):
    os.write(int(sys.argv[1]), b"%d " % os.getpid())
    signal.pause()
list(run(work, range(2), 2))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="other kernels do not tell of a parent's death")
def test_workers_end_with_the_process_that_started_them() -> None:
    receiver, sender = os.pipe()
    with subprocess.Popen([sys.executable, "-c", WORK_FOR_EVER, str(sender)], pass_fds=[sender]) as parent:
        os.close(sender)
        with os.fdopen(receiver, "rb", buffering=0) as pipe:
            said = b""
            while said.count(b" ") < 2:
                said += pipe.read(100)
            parent.kill()
            ended, _, _ = select.select([pipe], [], [], 30)
            for worker in () if ended else said.split():
                os.kill(int(worker), signal.SIGKILL)
            assert ended
            assert pipe.read() == b"", "the pipe ends when nobody can write into it any more"


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_is_done_beside_gives_its_result_each_time(jobs: int) -> None:
    with beside(os.getpid, jobs) as result:
        assert (result() == os.getpid()) == (jobs == 1)
        assert result() == result()


def test_failures_beside_are_told_to_who_asks() -> None:
    def refuse() -> None:
        raise FileNotFoundError(errno.ENOENT, "gone", "a.txt")

    def fail() -> float:
        return 1 / 0

    def die() -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    with beside(refuse, 2) as refused, beside(fail, 2) as failed, beside(die, 2) as died:
        with pytest.raises(FileNotFoundError) as caught:
            refused()
        assert caught.value.filename == "a.txt"
        with pytest.raises(WorkerError, match="ZeroDivisionError"):
            failed()
        with pytest.raises(WorkerError, match="died"):
            died()


def test_what_nobody_waits_for_is_ended() -> None:
    reader, writer = os.pipe()
    with beside(signal.pause, 2):
        os.close(writer)
        assert not select.select([reader], [], [], 0)[0]
    # At its end, when nobody has the other end any more, a pipe can be read.
    assert select.select([reader], [], [], 0)[0]
    os.close(reader)
