"""Judging files of unknown origin in a process of their own, within limits of time and memory.

A PDF can be made to loop, to claim what it does not hold, or to unpack without end; its libraries can crash. Whatever
happens to the child process, the caller gets a report or a `SourceError` that says why there is none.
"""

from __future__ import annotations

import contextlib
import logging
import pickle
import signal
import subprocess
import sys
from pathlib import Path

from masthead import preflight
from masthead.errors import MastheadError, SourceError
from masthead.model import Document
from masthead.preflight.verdict import Profile, Report

SECONDS, BYTES = 20, 1 << 30
# veraPDF has a machine of its own to start, which bounds its memory itself.
SLOW_SECONDS, WIDE_BYTES = 120, 4 << 30
REFUSED = 3  # the child's exit code when what it writes is a reason instead of a report

Question = tuple[Path, Document | None, Profile]


def judge(path: Path, document: Document | None, profile: Profile) -> Report:
    """Check the file at `path` in a child process.

    Raises SourceError when it cannot be read at all, or not within the limits: 20 s and 1 GiB without veraPDF.
    """
    question: Question = (path.resolve(), document, profile)
    seconds, _ = _limits(profile)
    try:
        child = subprocess.run(
            [sys.executable, "-m", __name__], input=pickle.dumps(question), capture_output=True, timeout=seconds
        )
    except subprocess.TimeoutExpired:
        raise _unreadable(path, f"it takes more than {seconds} seconds") from None
    if child.returncode == 0:
        report: Report = pickle.loads(child.stdout)
        return report
    if child.returncode == REFUSED:
        error: MastheadError = pickle.loads(child.stdout)
        raise type(error)(error.message, where=str(path), hint=error.hint)
    raise _unreadable(path, _ending(child.returncode))


def _ending(code: int) -> str:
    if -code in (signal.SIGXCPU, signal.SIGKILL):
        return "it takes too much time"
    return f"reading it crashed ({signal.Signals(-code).name})" if code < 0 else f"reading it ended with code {code}"


def _unreadable(path: Path, reason: str) -> SourceError:
    return SourceError(f"the file cannot be read: {reason}", where=str(path), hint="get the file again from its source")


def main() -> None:
    """Answer the question on standard input: the child's side."""
    path, document, profile = pickle.load(sys.stdin.buffer)
    _limit(*_limits(profile))
    logging.disable()  # the reader's remarks on damage; what matters of them is in the report
    code = 0
    answer: Report | MastheadError
    try:
        answer = preflight.check(path.read_bytes(), document, profile=profile)
    except MastheadError as error:
        answer, code = error, REFUSED
    except (MemoryError, RecursionError) as error:
        answer, code = _unreadable(path, f"it needs too much memory ({type(error).__name__})"), REFUSED
    except OSError as error:
        reason = error.strerror or str(error)
        answer, code = SourceError(f"the file cannot be opened: {reason}", hint="name a file that can be read"), REFUSED
    except Exception as error:  # damage shows in any way at all, deep inside the readers
        answer, code = _unreadable(path, f"{type(error).__name__}: {error}"[:200]), REFUSED
    sys.stdout.buffer.write(pickle.dumps(answer))
    sys.stdout.flush()
    sys.exit(code)


def _limits(profile: Profile) -> tuple[int, int]:
    """Seconds and bytes."""
    return (SECONDS, BYTES) if profile.exempts("archive.verapdf") else (SLOW_SECONDS, WIDE_BYTES)


def _limit(seconds: int, size: int) -> None:
    with contextlib.suppress(ImportError):  # Windows has no such limits; the parent's clock remains
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (size, size))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
