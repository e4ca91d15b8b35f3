"""One worker for a run that needs no more: a process that is forked from the command, before it imports the stages.

So the command itself never imports them, and no page of memory is copied because both processes use it. It needs no
server, no threads and no other library.
"""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import select
import signal
import sys
import traceback
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

from masthead.batch.limits import (
    RECYCLED,
    WAITING,
    WORKER,
    Given,
    Limits,
    LocalWorkers,
    Made,
    WorkerLost,
    begin,
    count_inherited,
    work,
)
from masthead.document import compiled, garbage


def can_fork() -> bool:
    """Return whether this process can be forked: it has one thread, and its system's libraries survive a fork.

    What another thread holds at that moment, a lock for one, the new process would wait for without end.
    """
    return sys.platform == "linux" and len(list(Path("/proc/self/task").iterdir())) == 1


class SingleWorker(LocalWorkers):
    """One process, which does its work while `submit` waits. See `LocalWorkers`."""

    width = 1

    def __init__(self, limits: Limits, folders: Iterable[Path] = (), drafts: Path | None = None) -> None:
        super().__init__(limits, folders, drafts)
        self._expressions: list[compiled.Expression] = []
        self._start()

    def __exit__(self, *_: object) -> None:
        super().__exit__()
        compiled.learn(self._expressions)
        compiled.save()

    def submit(self, function: Callable[[Given], Made], given: Given, size: int = 0) -> Future[Made]:
        limits = self._limits.of(size)
        future: Future[Made] = Future()
        try:
            self._send(pickle.dumps((function, given, limits, self._organization.key)))
            made, error = self._answer(WAITING * limits.seconds)
        except (TimeoutError, WorkerLost) as lost:
            self._stop()
            self._start()
            made, error = None, lost
        if error is not None:
            future.set_exception(error)
        else:
            future.set_result(made)
        return future

    def _start(self) -> None:
        """Start a process, which imports the stages at once."""
        (tasks, self._tasks), (self._answers, answers) = _pipe(), _pipe()
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        self._left = RECYCLED
        self._process = os.fork()
        if not self._process:
            self._tasks.close()
            self._answers.close()
            _serve(tasks, answers, self._given)
        tasks.close()
        answers.close()

    def _send(self, task: bytes) -> None:
        """Give a task to the process, or to a new one if it was killed while it was idle or has made enough."""
        if not self._left or os.waitid(os.P_PID, self._process, os.WEXITED | os.WNOHANG | os.WNOWAIT):
            self._stop()
            self._start()
        self._left -= 1
        with contextlib.suppress(BrokenPipeError):  # there will be no answer
            self._tasks.write(task)
            self._tasks.flush()

    def _answer(self, seconds: float) -> tuple[Any, BaseException | None]:
        """Return what the task returned and what it raised. Raises TimeoutError, WorkerLost if the process ended."""
        if not select.select([self._answers], [], [], seconds)[0]:
            raise TimeoutError
        try:
            made, raised, expressions = pickle.load(self._answers)
        except (EOFError, pickle.UnpicklingError):  # it ended before or while it wrote
            _, status = os.waitpid(self._process, 0)
            self._process = 0
            raise WorkerLost(os.waitstatus_to_exitcode(status)) from None
        except Exception as error:  # an exception that cannot be made again from its pickle
            return None, error
        self._expressions += expressions
        return made, raised

    def _stop(self) -> None:
        with contextlib.suppress(BrokenPipeError):
            self._tasks.close()
        self._answers.close()
        if self._process:
            os.kill(self._process, signal.SIGKILL)
            os.waitpid(self._process, 0)
            self._process = 0


def _pipe() -> tuple[BinaryIO, BinaryIO]:
    """Return both ends of a pipe: one to read, one to write."""
    reading, writing = os.pipe()
    return os.fdopen(reading, "rb"), os.fdopen(writing, "wb")


def _serve(tasks: BinaryIO, answers: BinaryIO, given: tuple[tuple[Path, ...], Path]) -> NoReturn:
    """Do tasks as they come, in the new process, until there are no more."""
    code = 1
    try:
        count_inherited()
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the command decides what Ctrl-C ends
        import_module(WORKER)
        compiled.save()
        compiled.take_new()
        begin(*given)
        # What a task leaves to the collector is collected when another one comes, and never after the last one.
        with contextlib.suppress(EOFError, BrokenPipeError), garbage.gc_deferred():
            while True:  # until the run has ended
                task = pickle.load(tasks)
                gc.collect(0)
                answers.write(_done(*task))
                answers.flush()
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)  # nothing of the command is left to do here: neither its files nor its exits


def _done(*task: Any) -> bytes:
    try:
        return pickle.dumps((work(*task), None, compiled.take_new()))
    except BaseException as error:
        try:
            return pickle.dumps((None, error, ()))
        except Exception:  # what the exception holds cannot be sent
            return pickle.dumps((None, RuntimeError(f"{type(error).__name__}: {error}"), ()))
