"""Workers: one that dies, hangs or runs out of memory loses only its own task."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable

import pytest

from masthead.batch.pool import Limits, Pool
from masthead.batch.scheduling import work_through
from masthead.document.errors import ResourceError


def crash(number: int) -> int:
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def hang(number: int) -> int:
    if number == 1:
        time.sleep(60)
    return number


def devour(number: int) -> int:
    if number == 1:
        bytearray(2**31)
    return number


@pytest.mark.parametrize(
    ("work", "limits", "lost", "reason"),
    [(crash, Limits(), 3, "SIGKILL"), (hang, Limits(1.0), 1, "more than 1 seconds")],
    ids=["killed", "hung"],
)
def test_a_lost_worker_loses_only_its_own_task(
    work: Callable[[int], int], limits: Limits, lost: int, reason: str
) -> None:
    with Pool(2, limits) as pool:
        results = dict(work_through(pool, work, ((number, number) for number in range(8)), 1))
    assert sorted(results) == list(range(8))
    assert [number for number, result in results.items() if result != number] == [lost]
    assert isinstance(results[lost], ResourceError)
    assert reason in str(results[lost])


def test_memory_is_limited() -> None:
    with Pool(1, Limits(60, 512)) as pool:
        results = dict(work_through(pool, devour, ((number, number) for number in range(3)), 0))
    assert (results[0], results[2]) == (0, 2)
    assert "more than 512 MiB" in str(results[1])


def hoard(number: int) -> int:
    _HOARD.append(bytearray(180 * 2**20))
    return number


_HOARD: list[bytearray] = []


def test_memory_used_by_earlier_documents_fails_no_document() -> None:
    with Pool(1, Limits(60, 512)) as pool:
        results = dict(work_through(pool, hoard, ((number, number) for number in range(8)), 1))
    assert results == {number: number for number in range(8)}


def whoami(_: int) -> int:
    return os.getpid()


def test_an_idle_worker_that_is_killed_loses_nothing() -> None:
    with Pool(1, Limits()) as pool:
        idle = pool.submit(whoami, 0).result()
        os.kill(idle, signal.SIGKILL)
        time.sleep(1)
        results = dict(work_through(pool, whoami, ((number, number) for number in range(3)), 1))
    assert sorted(results) == [0, 1, 2]
    assert idle not in results.values()
