"""Judging files of unknown origin in a process of their own, within limits of time and memory.

A PDF can be made to loop, to claim what it does not hold, or to unpack without end; its libraries can crash. Whatever
happens to the child process, the caller gets a report or a `SourceError` that says why there is none.
"""

from __future__ import annotations

import logging
import pickle
import re
import struct
import sys
from pathlib import Path

from masthead.document import Document, MastheadError, SourceError
from masthead.pdf import confinement
from masthead.preflight import rulebook
from masthead.preflight.verdict import Profile, Report

# A verdict takes 20 seconds at most: starting the command, ending the process and writing a report have the rest.
SECONDS, BYTES = 18, 1 << 30
# veraPDF has a machine of its own to start, which bounds its memory itself.
SLOW_SECONDS, WIDE_BYTES = 120, 4 << 30
REFUSED = 3  # the child's exit code when what it writes is a reason instead of a report

Question = tuple[Path, Document | None, Profile]


def judge(path: Path, document: Document | None, profile: Profile) -> Report:
    """Check the file at `path` in a child process.

    Raises SourceError when it cannot be read at all, or not within the limits: 18 s and 1 GiB without veraPDF.
    """
    question: Question = (path.resolve(), document, profile)
    seconds, size = limits(profile)
    code, written = confinement.ask(__name__, question, seconds)
    if code == 0:
        report: Report = pickle.loads(written)
        return report
    if code == REFUSED:
        error: MastheadError = pickle.loads(written)
        raise type(error)(confinement.said(error.message), where=str(path), hint=error.hint)
    raise _unreadable(confinement.ending(code, seconds, size), path)


def limits(profile: Profile) -> tuple[int, int]:
    """The seconds and bytes that judging a file by `profile` may take."""
    return (SECONDS, BYTES) if profile.exempts("archive.verapdf") else (SLOW_SECONDS, WIDE_BYTES)


def _unreadable(reason: str, path: Path | None = None) -> SourceError:
    return SourceError(f"the file cannot be read: {reason}", where=str(path or ""), hint=confinement.HINT)


def main() -> None:
    """Answer the question on standard input: the child's side."""
    path, document, profile = pickle.load(sys.stdin.buffer)
    confinement.limit(*limits(profile))
    logging.disable()  # the reader's remarks on damage; what matters of them is in the report
    code = 0
    answer: Report | MastheadError
    try:
        answer = rulebook.judge(path.read_bytes(), document, profile)
    except MastheadError as error:
        answer, code = error, REFUSED
    except OSError as error:
        reason = error.strerror or str(error)
        answer, code = SourceError(f"the file cannot be opened: {reason}", hint="name a file that can be read"), REFUSED
    except Exception as error:  # damage shows in any way at all, deep inside the readers
        answer, code = _unreadable(_reason(error, limits(profile)[1])), REFUSED
    sys.stdout.buffer.write(pickle.dumps(answer))
    sys.stdout.flush()
    sys.exit(code)


def _reason(error: Exception, size: int) -> str:
    """What a fault inside a reader says of the file."""
    if isinstance(error, MemoryError) or "bad_alloc" in str(error):  # as C++ calls it
        return f"it takes more than {size >> 30} GiB of memory when it is unpacked"
    if isinstance(error, RecursionError):
        return "things in it are nested too deep, or lead back to themselves"
    if isinstance(error, struct.error):
        return "a part of it, a font as a rule, is shorter than it says"
    return f"it is damaged ({_kind(error)}: {confinement.said(error)[:200]})"


def _kind(error: Exception) -> str:
    """`DataDecodingError` as words."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type(error).__name__).lower().removesuffix(" error")


if __name__ == "__main__":
    main()
