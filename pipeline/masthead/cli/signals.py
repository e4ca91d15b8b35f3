"""SIGINT and SIGTERM, as KeyboardInterrupt where a command can end in order.

CPython is not safe against an exception from a signal handler everywhere. Libraries in C break when their import is
interrupted, and code that `eval` runs ends the process by SIGINT, even if the exception is caught. If a lock is
interrupted while it is being taken, it is never given back, and a thread that needs it waits for ever. So does a thread
that waits for a queue, if the one that puts something there is interrupted while it wakes that thread: the next one to
put something wakes nobody. Pebble would lose workers that it is starting.
"""

from __future__ import annotations

import os
import signal
import threading
from pathlib import Path
from types import FrameType

_MOMENT = 0.05  # seconds
# Functions that must not be interrupted, by the end of their file's name: of locks written in Python, and of Pebble.
_LOCKING = ("__enter__", "__exit__", "notify", "notify_all")
_UNSAFE = {
    str(Path("threading.py")): _LOCKING,
    str(Path("concurrent", "futures", "_base.py")): _LOCKING,
    str(Path("pebble", "pool", "process.py")): ("schedule",),
}


class Interruptions:
    """The handler of both signals. `received` is the one that came last, `begun` says that a command has begun."""

    def __init__(self) -> None:
        self.received, self.begun = signal.SIGINT, False

    def install(self) -> None:
        """Handle the signals that this process does not ignore, as jobs in the background of a shell ignore SIGINT."""
        for number in (signal.SIGINT, signal.SIGTERM):
            if signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, self)

    @property
    def exit_code(self) -> int:
        return 128 + self.received

    def __call__(self, number: int, frame: FrameType | None) -> None:
        self.received = signal.Signals(number)
        if not self.begun:  # nothing is under way
            os._exit(self.exit_code)
        if _is_unsafe(frame):
            threading.Timer(_MOMENT, os.kill, (os.getpid(), number)).start()
            return
        raise KeyboardInterrupt(number)


def _is_unsafe(frame: FrameType | None) -> bool:
    """Whether a module is being imported, a lock taken or given back, a thread woken, or work given to a pool."""
    while frame:
        code = frame.f_code
        if code.co_filename.startswith("<frozen importlib"):
            return True
        if any(code.co_filename.endswith(file) and code.co_name in names for file, names in _UNSAFE.items()):
            return True
        frame = frame.f_back
    return False


interruptions = Interruptions()
