"""What a worker may take for a source of a size, where it may read, and how many workers a machine has."""

from __future__ import annotations

import os
import resource
import signal
from pathlib import Path

import pytest

from houses import LEAST
from masthead.batch import limits
from masthead.batch.limits import Limits, LocalWorkers
from masthead.batch.single import SingleWorker
from masthead.document import Organization, TypesettingError
from masthead.typesetting import fonts


class Idle(LocalWorkers):
    """Workers that are never started."""

    def _stop(self) -> None:
        pass


def measured(is_ended: bool) -> tuple[float, float]:
    """In a worker: the seconds of CPU time that it has left, and its mebibytes of memory beside what it inherited."""
    if is_ended:
        limits._limit(None)
    most, _ = resource.getrlimit(resource.RLIMIT_DATA)
    return signal.getitimer(signal.ITIMER_PROF)[0], (most - limits._inherited) / 2**20


@pytest.mark.parametrize(
    ("size", "seconds", "mebibytes"), [(0, 80, 3000), (2**20, 160, 6000), (2**19, 120, 4500), (3 * 2**20, 320, 12000)]
)
def test_a_worker_has_more_time_and_memory_for_a_larger_source(size: int, seconds: float, mebibytes: float) -> None:
    assert Limits(80, 3000).of(size) == Limits(seconds, round(mebibytes))
    with SingleWorker(Limits(80, 3000)) as worker:
        left, memory = worker.submit(measured, False, size).result()
        assert seconds - 5 < left <= seconds + 0.1 and memory == mebibytes
        assert worker.submit(measured, True, size).result() == (0, mebibytes)


def test_an_organization_is_in_the_folders_of_its_workers(tmp_path: Path) -> None:
    given = tmp_path / "given"
    with Idle(Limits(), [given]) as workers:
        (folders, temporary) = workers._given
        assert folders == (given,) and temporary.is_dir() and workers.readers is workers
    assert not temporary.exists()
    (tmp_path / "organization.toml").write_text(LEAST, "utf-8")
    with Organization.load(tmp_path).used(), Idle(Limits(), [given], tmp_path) as workers:
        assert workers._given[0] == (given, tmp_path) and workers._given[1].parent == tmp_path


def environment(name: str) -> str | None:
    """In a worker: a variable of its environment."""
    return os.environ.get(name)


def test_fontconfig_looks_for_no_fonts_of_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FONTCONFIG_FILE", raising=False)
    with SingleWorker(Limits()) as worker:
        assert worker.submit(environment, "FONTCONFIG_FILE").result() == str(fonts.load().fontconfig)
    assert "FONTCONFIG_FILE" not in os.environ


def test_a_worker_begins_without_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> None:
        raise TypesettingError("font family X is not installed")

    monkeypatch.setattr(fonts, "load", missing)
    with SingleWorker(Limits()) as worker:
        assert worker.submit(len, "abc").result() == 3


def test_the_cores_are_those_that_this_process_may_use(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 9)
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: {0, 2, 5} if process == 0 else set(), raising=False)
    assert limits.cores() == 3
    monkeypatch.delattr(os, "sched_getaffinity")
    assert limits.cores() == 9
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert limits.cores() == 1
