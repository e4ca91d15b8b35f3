"""Run a module of this package in a separate process, within limits of time and memory, on an untrusted file.

Whatever such a file does to its readers, the caller gets an answer, or words for how the process ended. The words are
the same in each run.
"""

from __future__ import annotations

import contextlib
import math
import pickle
import re
import signal
import subprocess
import sys

HINT = "get the file again from its source; if it is the same there, export it again"

# How a process ends that gets no more memory: qpdf aborts, PDFium traps.
_OUT_OF_MEMORY = ("SIGABRT", "SIGTRAP", "SIGILL")


def ask(module: str, question: object, seconds: float) -> tuple[int | None, bytes]:
    """Run `module` with the pickled `question` on its standard input.

    Returns its exit code, None where it was ended after `seconds`, and what it had written to its standard output.
    """
    command = [sys.executable, "-m", module]
    try:
        child = subprocess.run(command, input=pickle.dumps(question), capture_output=True, timeout=seconds)
    except subprocess.TimeoutExpired as late:
        return None, late.output or b""
    return child.returncode, child.stdout


def limit(seconds: float, size: int) -> None:
    """Limit this process to `seconds` of processor time and `size` bytes of memory."""
    with contextlib.suppress(ImportError):  # Windows has no such limits; the caller's clock remains
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (size, size))
        resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(seconds), math.ceil(seconds) + 1))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def ending(code: int | None, seconds: float, size: int) -> str:
    """Return how a process within those limits ended, in words that follow “the file cannot be read: ”."""
    if code is None:
        return f"it takes more than {seconds:g} seconds"
    name = signal.Signals(-code).name if code < 0 else ""
    if name in ("SIGXCPU", "SIGKILL"):
        return "it takes too much time"
    if name in _OUT_OF_MEMORY:
        return f"its reader aborts ({name}), as it does when {too_much(size)}"
    if name:
        return f"its reader crashes ({name}), as it does on endless nesting and on loops"
    return f"its reader ends early (code {code}), as it does when {too_much(size)}"


def too_much(size: int) -> str:
    """Return words for a file that unpacks to more than `size` bytes."""
    return f"a file takes more than {size >> 30} GiB of memory when it is unpacked"


def said(error: BaseException | str) -> str:
    """Return what a library says of a file, without memory addresses, which differ from run to run."""
    text = re.sub(r"(?:stream )?<[^<>]* at 0x[0-9a-fA-F]+>(?:: |, | )?", "", str(error))
    return re.sub(r"IndirectObject\((\d+), (\d+), \d+\)", r"object \1 \2", text)
