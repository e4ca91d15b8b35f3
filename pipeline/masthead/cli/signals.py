"""SIGINT and SIGTERM, as KeyboardInterrupt where a command can end in order.

CPython is not safe against an exception from a signal handler everywhere: libraries in C break when their import is
interrupted, and code that `eval` runs ends the process by SIGINT, even if the exception is caught.
"""

from __future__ import annotations

import os
import signal
import threading
from types import FrameType

_MOMENT = 0.05  # seconds


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
        if _imports(frame):
            threading.Timer(_MOMENT, os.kill, (os.getpid(), number)).start()
            return
        raise KeyboardInterrupt(number)


def _imports(frame: FrameType | None) -> bool:
    """Whether a module is being imported."""
    while frame:
        if frame.f_code.co_filename.startswith("<frozen importlib"):
            return True
        frame = frame.f_back
    return False


interruptions = Interruptions()
