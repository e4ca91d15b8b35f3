"""Workers: one that dies, hangs or runs out of memory loses only its own task."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from pebble import ProcessExpired

from masthead.batch.cluster import run_apart
from masthead.batch.limits import Limits
from masthead.batch.pool import Pool
from masthead.batch.scheduling import QueuedJob, WorkQueue
from masthead.batch.single import SingleWorker
from masthead.document.errors import ResourceError


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Limit CPU time alone: on a busy machine a worker may get little of it."""
    for module in ("limits", "pool", "single"):
        monkeypatch.setattr(f"masthead.batch.{module}.WAITING", 3000)


Begin = Callable[[Limits], Pool | SingleWorker]
ONE = pytest.mark.parametrize("begin", [partial(Pool, 1), SingleWorker], ids=["pool", "single"])
BOTH = pytest.mark.parametrize("begin", [partial(Pool, 2), SingleWorker], ids=["pool", "single"])


def results_of(pool: Pool | SingleWorker, work: Callable[[int], int], count: int, tries: int = 1) -> dict[int, Any]:
    jobs = (QueuedJob(number, pool, work, number, tries=tries) for number in range(count))
    return {job.item: result for job, result in WorkQueue(jobs)}


def crash(number: int) -> int:
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def hang(number: int) -> int:
    if number == 1:
        time.sleep(60)
    return number


def spin(number: int) -> int:
    if number == 1:
        re.match("(a+)+$", 40 * "a" + "b")  # no other code of Python runs meanwhile
    return number


def devour(number: int) -> int:
    if number == 1:
        bytearray(2**31)
    return number


@BOTH
@pytest.mark.parametrize(
    ("work", "limits", "lost", "reason"),
    [
        (crash, Limits(), 3, "SIGKILL"),
        (spin, Limits(0.2), 1, "more than 0.2 seconds of CPU time"),
    ],
    ids=["killed", "busy"],
)
def test_a_lost_worker_loses_only_its_own_task(
    work: Callable[[int], int], limits: Limits, lost: int, reason: str, begin: Begin, patient: None
) -> None:
    with begin(limits) as pool:
        results = results_of(pool, work, 8, 1)
    assert sorted(results) == list(range(8))
    assert [number for number, result in results.items() if result != number] == [lost]
    assert isinstance(results[lost], ResourceError)
    assert reason in str(results[lost])


@BOTH
def test_a_worker_that_waits_for_ever_loses_only_its_own_task(begin: Begin) -> None:
    with begin(Limits(0.5)) as pool:
        results = results_of(pool, hang, 8)
    assert [number for number, result in results.items() if result != number] == [1]
    assert "not ready after 5 seconds" in str(results[1])


@ONE
def test_memory_is_limited(begin: Begin) -> None:
    with begin(Limits(60, 512)) as pool:
        results = results_of(pool, devour, 3, 0)
    assert (results[0], results[2]) == (0, 2)
    assert "more than 512 MiB" in str(results[1])


def test_limits_grow_with_the_source_and_the_message_names_both(patient: None) -> None:
    with Pool(1, Limits(0.2, 256)) as pool:
        (error,) = (result for _, result in WorkQueue([QueuedJob(1, pool, spin, 1, size=2**20)]))
    assert "more than 0.4 seconds of CPU time" in str(error)
    assert error.hint == "raise --timeout, which is now 0.2"
    assert Limits(100, 1000).of(3 * 2**20) == Limits(400, 4000)


@BOTH
def test_the_time_of_earlier_work_does_not_count(begin: Begin, patient: None) -> None:
    with begin(Limits(0.5)) as pool:
        assert set(results_of(pool, toil, 6).values()) == set(range(6))


def toil(number: int) -> int:
    end = time.process_time() + 0.2
    while time.process_time() < end:
        pass
    return number


def test_jobs_that_are_added_go_before_those_that_wait() -> None:
    with Pool(1, Limits()) as pool:
        queue, order = WorkQueue(QueuedJob(number, pool, int, number) for number in range(8)), []
        for job, _ in queue:
            order.append(job.item)
            if isinstance(job.item, int):
                queue.add(QueuedJob(str(job.item), pool, int, job.given))
    assert sorted(order, key=str) == sorted([*range(8), *map(str, range(8))], key=str)
    assert order.index("0") < order.index(4)


def hoard(number: int) -> int:
    _HOARD.append(bytearray(180 * 2**20))
    return number


_HOARD: list[bytearray] = []


@ONE
def test_memory_used_by_earlier_documents_fails_no_document(begin: Begin) -> None:
    with begin(Limits(60, 512)) as pool:
        results = results_of(pool, hoard, 8, 1)
    assert results == {number: number for number in range(8)}


def test_a_worker_that_is_forked_from_a_large_process_has_the_memory_that_was_asked_for() -> None:
    program = (
        "from masthead.batch.limits import Limits\n"
        "from masthead.batch.single import SingleWorker\n"
        "held = bytearray(600 * 2**20)\n"
        "with SingleWorker(Limits(60, 512)) as worker:\n"
        "    print(worker.submit(eval, 'len(bytes(100 * 2**20))').result())\n"
        "    print(type(worker.submit(eval, 'len(bytes(700 * 2**20))').exception()).__name__)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["104857600", "WorkerLost"], done.stderr


def whoami(_: int) -> int:
    return os.getpid()


def test_only_a_process_with_one_thread_is_forked() -> None:
    program = (
        "import threading\n"
        "from masthead.batch.single import can_fork\n"
        "before, end = can_fork(), threading.Event()\n"
        "other = threading.Thread(target=end.wait)\n"
        "other.start()\n"
        "print(before, can_fork())\n"
        "end.set()\n"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout == "True False\n"


def test_a_single_worker_is_forked_and_does_one_task_after_another_in_one_process() -> None:
    with SingleWorker(Limits()) as worker:
        assert worker.submit(parent, 0).result() == os.getpid()
        assert worker.submit(whoami, 0).result() == worker.submit(whoami, 1).result() != os.getpid()


def test_a_single_worker_that_has_made_enough_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("masthead.batch.single.RECYCLED", 2)
    with SingleWorker(Limits()) as worker:
        made_by = [worker.submit(whoami, number).result() for number in range(5)]
    assert [made_by.count(each) for each in dict.fromkeys(made_by)] == [2, 2, 1]


def test_a_single_worker_ends_with_its_run() -> None:
    with SingleWorker(Limits()) as worker:
        process = worker.submit(whoami, 0).result()
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


def test_a_single_worker_ends_with_the_command_if_that_is_killed() -> None:
    program = (
        "import os, signal\n"
        "from masthead.batch.limits import Limits\n"
        "from masthead.batch.single import SingleWorker\n"
        "worker = SingleWorker(Limits())\n"
        "print(worker.submit(abs, -1).result(), worker._process, flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    one, process = map(int, run.stdout.split())
    assert (run.returncode, one, run.stderr) == (-signal.SIGKILL, 1, "")
    end = time.monotonic() + 10
    while Path(f"/proc/{process}/task").is_dir() and time.monotonic() < end:
        time.sleep(0.05)
    assert "State:\tZ" in _status(process) or not _status(process)


def leave_garbage(number: int) -> int:
    class Cycle:
        def __init__(self) -> None:
            self.own = self

    _LEFT.append(weakref.ref(Cycle()))
    return sum(each() is not None for each in _LEFT[:-1])


_LEFT: list[weakref.ref[Any]] = []


def test_a_single_worker_collects_garbage_when_another_task_comes() -> None:
    with SingleWorker(Limits()) as worker:
        assert [worker.submit(leave_garbage, number).result() for number in range(3)] == [0, 0, 0]


def _status(process: int) -> str:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{process}/status").read_text()
    return ""


def raise_strangely(_: int) -> int:
    raise Strange(1, key=threading.Lock())


class Strange(Exception):
    """Has what no pickle can hold."""

    def __init__(self, *arguments: object, key: object) -> None:
        super().__init__(*arguments)
        self.key = key


@pytest.mark.parametrize("result", ["lock", "strange"])
def test_what_cannot_be_sent_is_an_error_of_its_task_alone(result: str) -> None:
    with SingleWorker(Limits()) as worker:
        error = worker.submit(make_lock if result == "lock" else raise_strangely, 0).exception()
        assert isinstance(error, TypeError if result == "lock" else RuntimeError)
        assert worker.submit(abs, -2).result() == 2


def make_lock(_: int) -> Any:
    return threading.Lock()


def parent(_: int) -> int:
    return os.getppid()


@ONE
def test_an_idle_worker_that_is_killed_loses_nothing(begin: Begin) -> None:
    with begin(Limits()) as pool:
        idle = pool.submit(whoami, 0).result()
        os.kill(idle, signal.SIGKILL)
        time.sleep(1)
        results = results_of(pool, whoami, 3, 1)
    assert sorted(results) == [0, 1, 2]
    assert idle not in results.values()


def test_a_process_that_starts_after_its_run_has_ended_is_silent() -> None:
    for error, is_reported in (("FileNotFoundError", False), ("EOFError", False), ("ImportError", True)):
        code = f"import masthead.batch.fork_server; raise {error}"
        run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
        assert (run.returncode, "Traceback" in run.stderr) == (1, is_reported), run.stderr


@pytest.mark.parametrize(
    ("code", "name"),
    [(-signal.SIGKILL, "SIGKILL"), (-signal.SIGSEGV, "SIGSEGV"), (1, "code 1"), (0, "code 0"), (None, "code None")],
)
def test_a_process_that_ended_is_reported_with_its_signal_or_its_exit_code(code: int | None, name: str) -> None:
    with Pool(1, Limits()) as pool:
        assert f"the worker process ended ({name})" in str(pool.loss(ProcessExpired("ended", code)))


def fail(number: int) -> int:
    raise ValueError(f"no {number}")


def test_what_fails_apart_from_a_worker_of_a_cluster_fails_there_too() -> None:
    limits = Limits(10, 1024)
    assert run_apart(limits, crash, 4, 0) == 4
    with pytest.raises(ValueError, match="no 5"):
        run_apart(limits, fail, 5, 0)
    with pytest.raises(ResourceError, match="SIGKILL"):
        run_apart(limits, crash, 3, 0)
