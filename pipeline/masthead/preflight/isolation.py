"""Files of unknown origin are checked in a process of their own, with limits of time and memory.

A malicious or damaged PDF can make a reader loop, allocate memory without end, or crash. Whatever happens to the child
process, the caller gets a report, or a `SourceError` that says why there is none.
"""

from __future__ import annotations

import logging
import pickle
import sys
from pathlib import Path

from masthead.document import Document, MastheadError, SourceError, files, organizations
from masthead.pdf import confinement, damage_reason
from masthead.preflight import verdict
from masthead.preflight.profiles import Profile

# A check takes 20 seconds at most: starting the command, ending the process and writing a report take the rest.
SECONDS, BYTES = 18, 1 << 30
# veraPDF starts a Java machine, which limits its memory itself.
SLOW_SECONDS, WIDE_BYTES = 120, 4 << 30
_PER_LIMIT = 1 << 19  # bytes of a file: 15 pages of a report with tables; a file twice as large may take twice as long
_WAITING = 4  # times the processor time: a busy machine takes longer, and says nothing about the file
REFUSED = 3  # exit code of a child that writes the reason why there is no report

Question = tuple[Path, tuple[Document, ...], Profile, tuple[tuple[Path, ...], str]]


def judge(path: Path, documents: tuple[Document, ...], profile: Profile) -> verdict.Report:
    """Check the file at `path` in a child process.

    Raises SourceError if it cannot be read at all, or not within the limits: 18 s of processor time, more for a file of
    over half a mebibyte, and 1 GiB without veraPDF.
    """
    question: Question = (path.resolve(), documents, profile, organizations.current().key)
    seconds, size = limits(profile, path)
    code, written = confinement.ask(__name__, question, _WAITING * seconds)
    if code == 0:
        report: verdict.Report = pickle.loads(written)
        return report
    if code == REFUSED:
        error: MastheadError = pickle.loads(written)
        raise type(error)(confinement.said(error.message), where=str(path), hint=error.hint)
    raise unreadable(confinement.ending(code, _WAITING * seconds, size), path)


def limits(profile: Profile, path: Path) -> tuple[float, int]:
    """The seconds of processor time, which grow with the file, and the bytes that checking it by `profile` may take."""
    seconds, size = (SECONDS, BYTES) if profile.exempts("archive.verapdf") else (SLOW_SECONDS, WIDE_BYTES)
    try:
        factor = max(1.0, path.stat().st_size / _PER_LIMIT)
    except OSError:  # the child reports it
        factor = 1.0
    return factor * seconds, size


def unreadable(reason: str, path: Path | None = None) -> SourceError:
    """Return the error for a file that cannot be checked, and why."""
    return SourceError(f"the file cannot be read: {reason}", where=str(path or ""), hint=confinement.HINT)


def main() -> None:
    """Answer the question on standard input: the child's side."""
    path, documents, profile, organization = pickle.load(sys.stdin.buffer)
    confinement.limit(*limits(profile, path))
    logging.disable()  # the readers' remarks on damage: the report has those that matter
    code = 0
    answer: verdict.Report | MastheadError
    try:
        organizations.begin(*organization)
        answer = verdict.judge(path.read_bytes(), documents, profile)
    except MastheadError as error:
        answer, code = error, REFUSED
    except IsADirectoryError:
        answer, code = SourceError("this is a folder, not a PDF", hint=f"name PDF files: {path.name}/*.pdf"), REFUSED
    except OSError as error:
        message = f"the file cannot be opened: {files.reason(error)}"
        answer, code = SourceError(message, hint="check the path and its permissions"), REFUSED
    except Exception as error:  # damage can raise any exception, deep inside the readers
        answer, code = unreadable(damage_reason(error, limits(profile, path)[1])), REFUSED
    sys.stdout.buffer.write(pickle.dumps(answer))
    sys.stdout.flush()
    sys.exit(code)


if __name__ == "__main__":
    main()
