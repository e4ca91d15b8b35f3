"""Workers: one that dies, hangs or runs out of memory loses only its own task."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pebble import ProcessExpired

from masthead.batch.cluster import run_apart
from masthead.batch.pool import Limits, Pool
from masthead.batch.scheduling import QueuedJob, WorkQueue
from masthead.document.errors import ResourceError


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Limit CPU time alone: on a busy machine a worker may get little of it."""
    monkeypatch.setattr("masthead.batch.pool._WAITING", 3000)


def results_of(pool: Pool, work: Callable[[int], int], count: int, tries: int = 1) -> dict[int, Any]:
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


@pytest.mark.parametrize(
    ("work", "limits", "lost", "reason"),
    [
        (crash, Limits(), 3, "SIGKILL"),
        (spin, Limits(0.2), 1, "more than 0.2 seconds of CPU time"),
    ],
    ids=["killed", "busy"],
)
def test_a_lost_worker_loses_only_its_own_task(
    work: Callable[[int], int], limits: Limits, lost: int, reason: str, patient: None
) -> None:
    with Pool(2, limits) as pool:
        results = results_of(pool, work, 8, 1)
    assert sorted(results) == list(range(8))
    assert [number for number, result in results.items() if result != number] == [lost]
    assert isinstance(results[lost], ResourceError)
    assert reason in str(results[lost])


def test_a_worker_that_waits_for_ever_loses_only_its_own_task() -> None:
    with Pool(2, Limits(0.5)) as pool:
        results = results_of(pool, hang, 8)
    assert [number for number, result in results.items() if result != number] == [1]
    assert "not ready after 5 seconds" in str(results[1])


def test_memory_is_limited() -> None:
    with Pool(1, Limits(60, 512)) as pool:
        results = results_of(pool, devour, 3, 0)
    assert (results[0], results[2]) == (0, 2)
    assert "more than 512 MiB" in str(results[1])


def test_limits_grow_with_the_source_and_the_message_names_both(patient: None) -> None:
    with Pool(1, Limits(0.2, 256)) as pool:
        (error,) = (result for _, result in WorkQueue([QueuedJob(1, pool, spin, 1, size=2**20)]))
    assert "more than 0.4 seconds of CPU time" in str(error)
    assert error.hint == "raise --timeout, which is now 0.2"
    assert Limits(100, 1000).of(3 * 2**20) == Limits(400, 4000)


def test_the_time_of_earlier_work_does_not_count(patient: None) -> None:
    with Pool(1, Limits(0.5)) as pool:
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


def test_memory_used_by_earlier_documents_fails_no_document() -> None:
    with Pool(1, Limits(60, 512)) as pool:
        results = results_of(pool, hoard, 8, 1)
    assert results == {number: number for number in range(8)}


def whoami(_: int) -> int:
    return os.getpid()


@pytest.mark.parametrize(("threads", "is_forked"), [(0, True), (1, False)])
def test_only_a_process_with_one_thread_is_forked(threads: int, is_forked: bool) -> None:
    """What another thread holds at that moment, a lock for one, a forked process would wait for without end."""
    program = (
        "import os, sys, threading\n"
        "from masthead.batch.pool import Limits, Pool\n"
        "from test_pool import parent\n"
        "end = threading.Event()\n"
        f"others = [threading.Thread(target=end.wait) for _ in range({threads})]\n"
        "[each.start() for each in others]\n"
        "with Pool(1, Limits(), own=True) as pool:\n"
        "    print(pool.submit(parent, 0).result() == os.getpid())\n"
        "end.set()\n"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(map(str, (Path(__file__).parent, *sys.path)))}
    run = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)
    assert run.stdout == f"{is_forked}\n"


def parent(_: int) -> int:
    return os.getppid()


def test_an_idle_worker_that_is_killed_loses_nothing() -> None:
    with Pool(1, Limits()) as pool:
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
