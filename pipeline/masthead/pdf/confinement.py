"""Running a module of ours in a process of its own, within limits of time and memory: for files of unknown origin.

Whatever such a file does to its readers, the caller gets an answer, or words for how the process ended. The same file
gets the same words.
"""

from __future__ import annotations

import contextlib
import pickle
import re
import signal
import subprocess
import sys

HINT = "get the file again from its source; if it is the same there, have it made anew"

# What has no memory left aborts, in qpdf; breaks off by a trap, in PDFium.
_BROKEN_OFF = ("SIGABRT", "SIGTRAP", "SIGILL")


def ask(module: str, question: object, seconds: float) -> tuple[int | None, bytes]:
    """Run `module` with the pickled `question` on its standard input.

    Returns its exit code, None where it took longer than `seconds` and was ended, and what it had written by then.
    """
    command = [sys.executable, "-m", module]
    try:
        child = subprocess.run(command, input=pickle.dumps(question), capture_output=True, timeout=seconds)
    except subprocess.TimeoutExpired as late:
        return None, late.output or b""
    return child.returncode, child.stdout


def limit(seconds: int, size: int) -> None:
    """Let this process have no more than `seconds` of processor time and `size` bytes of memory."""
    with contextlib.suppress(ImportError):  # Windows has no such limits; the caller's clock remains
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (size, size))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def ending(code: int | None, seconds: float, size: int) -> str:
    """How a process within those limits ended, in words that go on from “the file cannot be read: ”."""
    if code is None:
        return f"it takes more than {seconds:g} seconds"
    name = signal.Signals(-code).name if code < 0 else ""
    if name in ("SIGXCPU", "SIGKILL"):
        return "it takes too much time"
    if name in _BROKEN_OFF:
        return f"its reader breaks off ({name}), as it does where {too_much(size)}"
    if name:
        return f"its reader crashes ({name}), as it does where things are nested without end or lead back to themselves"
    return f"its reader ends early (code {code}), as it does where {too_much(size)}"


def too_much(size: int) -> str:
    """Words for a file that unpacks to more than it may."""
    return f"a file takes more than {size >> 30} GiB of memory when it is unpacked"


def said(error: BaseException | str) -> str:
    """What a library says of a file, without what differs from run to run: the addresses of its objects in memory."""
    return re.sub(r"(?:stream )?<[^<>]* at 0x[0-9a-fA-F]+>(?:: |, | )?", "", str(error))
