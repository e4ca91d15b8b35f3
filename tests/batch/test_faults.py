"""Every call of a run to the disk and to its record fails in turn, by an error or as if the power were cut there.

After each, every file is whole or absent, what went wrong has a name, and the next run makes the rest.
"""

from __future__ import annotations

import errno
import os
import sqlite3
import tempfile
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest
from test_batch import Here, publish, write

from masthead.batch import Batch, Outcome, OutcomeState, work
from masthead.batch.inputs import Inputs
from masthead.batch.tasks import Answer, Identity, Product, Question, Task
from masthead.document import files
from masthead.document.errors import MastheadError, ResourceError

COUNT = 3  # documents
NOTHING = Inputs({}, {})  # what pages are made with has no part in this


class PowerCut(BaseException):
    """Nothing of the process runs any more."""


class Faults:
    """Counts the calls of the functions that it wraps, and fails in one of them."""

    def __init__(self, at: int, error: BaseException) -> None:
        self.at, self.error, self.calls, self.place = at, error, 0, ""

    def wrapped(self, function: Callable[..., Any], name: str) -> Callable[..., Any]:
        def call(*arguments: Any, **more: Any) -> Any:
            if isinstance(self.error, PowerCut) and self.place:
                raise self.error  # what cleans up does not run either
            self.calls += 1
            if self.calls == self.at:
                self.place = name
                raise self.error
            return function(*arguments, **more)

        return call


def content(number: int) -> bytes:
    return b"%PDF " + str(number).encode() * 1000


def identify(question: Question) -> Answer:
    name = question.source.path.name
    return Answer(name, None if name in question.known else Identity(name, "en", "resolution"))


def make(task: Task) -> Product:
    number = int(task.digest.split(".")[0])
    report = {"failed": False, "findings": []}
    pdf = content(number)
    return Product(Identity(task.digest, "en", "resolution"), pdf, files.sha256(pdf), "", {}, report, 0.0, {})


@pytest.fixture
def order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Batch:
    monkeypatch.setattr(work, "identify", identify)
    monkeypatch.setattr(work, "make", make)
    return Batch(tuple(write(tmp_path / "in", number) for number in range(COUNT)), tmp_path / "out")


def run(order: Batch, monkeypatch: pytest.MonkeyPatch, faults: Faults) -> list[Outcome]:
    class Connection(sqlite3.Connection):
        execute = faults.wrapped(sqlite3.Connection.execute, "execute")

    connect = sqlite3.connect
    with monkeypatch.context() as patch:
        if not isinstance(faults.error, sqlite3.Error):
            for owner, name in DISK:
                patch.setattr(owner, name, faults.wrapped(getattr(owner, name), name))
        if not isinstance(faults.error, OSError):
            patch.setattr(sqlite3, "connect", lambda *given, **more: connect(*given, **more, factory=Connection))
        return publish(order, NOTHING, Here())


def check_files(order: Batch) -> None:
    for number in range(COUNT):
        path = order.output / f"{number}.en.md.en.pdf"
        assert not path.exists() or path.read_bytes() == content(number)


DISK: tuple[tuple[Any, str], ...] = (
    (os, "fsync"),
    (os, "open"),
    (os, "replace"),
    (os, "chmod"),
    (Path, "mkdir"),
    (Path, "unlink"),
    (tempfile, "mkstemp"),
)
FAULTS: dict[str, Callable[[], BaseException]] = {
    "full": lambda: OSError(errno.ENOSPC, "No space left on device"),
    "record": lambda: sqlite3.OperationalError("database or disk is full"),
    "power": PowerCut,
}


@pytest.mark.parametrize("kind", FAULTS)
def test_no_fault_tears_or_loses_a_file(kind: str, order: Batch, monkeypatch: pytest.MonkeyPatch) -> None:
    points = 0
    while True:
        faults = Faults(points + 1, FAULTS[kind]())
        try:
            outcomes = run(order, monkeypatch, faults)
        except PowerCut:
            outcomes = []
        except MastheadError as error:
            assert isinstance(error, ResourceError), error
            outcomes = []
        assert all(each.error is None or isinstance(each.error, ResourceError) for each in outcomes)
        if not faults.place:
            break
        points += 1
        check_files(order)
        again = publish(order, NOTHING, Here())
        assert {each.state for each in again} <= {OutcomeState.MADE, OutcomeState.UNCHANGED}
        assert sorted(path.name for path in order.output.iterdir()) == [f"{n}.en.md.en.pdf" for n in range(COUNT)]
        check_files(order)
        for path in (*order.output.iterdir(), *order.output.parent.glob(".out.record*")):
            path.unlink()
    assert points >= 3 * COUNT


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files.save(path := tmp_path / "a.pdf", b"old")
    with monkeypatch.context() as patch, pytest.raises(ResourceError, match="no space left"):
        patch.setattr(os, "fsync", Faults(1, FAULTS["full"]()).wrapped(os.fsync, "fsync"))
        files.save(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_small_documents_are_made_together_and_one_that_fails_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One raises, and one loses its worker with those beside it: each of the others is made."""

    class Lossy(Here):
        def submit(self, function: Callable[[Any], Any], given: Any, size: int = 0) -> Future[Any]:
            if "13.en" in str(given) and "Task" in str(given):
                self.done.append("lost")
                future: Future[Any] = Future()
                future.set_exception(BrokenPipeError())
                return future
            return super().submit(function, given, size)

        def loss(self, error: BaseException, size: int = 0) -> MastheadError | None:
            return ResourceError("the worker process ended") if isinstance(error, BrokenPipeError) else None

    def make_but_one(task: Task) -> Product:
        if task.digest.startswith("5."):
            raise ResourceError("it cannot be made", where=task.digest)
        return make(task)

    monkeypatch.setattr(work, "identify", identify)
    monkeypatch.setattr(work, "make", make_but_one)
    order = Batch(tuple(write(tmp_path / "in", number) for number in range(32)), tmp_path / "out")
    outcomes = publish(order, NOTHING, workers := Lossy())
    failed = {each.source.name: str(each.error) for each in outcomes if each.error}
    assert {name: "ended" in error for name, error in failed.items()} == {"5.en.md": False, "13.en.md": True}
    assert len(outcomes) == 32
    assert workers.done.count("make_but_one") < 32 / 2
    assert workers.done.count("lost") == 3  # with others, alone, and once more


def test_a_draft_that_cannot_be_renamed_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    draft = files.draft(tmp_path, b"new")
    with monkeypatch.context() as patch, pytest.raises(ResourceError, match="no space left"):
        patch.setattr(os, "replace", Faults(1, FAULTS["full"]()).wrapped(os.replace, "replace"))
        files.put(draft, tmp_path / "below" / "a.pdf")
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
    files.put(files.draft(tmp_path, b"new"), path := tmp_path / "below" / "there" / "a.pdf")
    assert path.read_bytes() == b"new"
