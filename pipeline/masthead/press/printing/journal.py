"""The journal of print jobs: an SQLite file that is written before each step that cannot be undone.

It guarantees that nothing is printed twice by accident: the same file with the same ticket is handed over to a queue
once, unless a second print is requested, however often the command is started and however its last run ended.
"""

from __future__ import annotations

import fcntl
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import astuple, dataclass, fields, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from masthead.document import PrintError

_BUSY = 30  # seconds to wait for another hand-over


class Stage(StrEnum):
    """How far a hand-over has come."""

    OPENED = "opened"  # in the journal; the printer may have a job without a document
    CREATED = "created"  # the printer has given the job a number, and has no document yet
    SENDING = "sending"  # the document, or part of it, may have been sent
    HANDED_OVER = "handed over"  # the printer has the document
    COMPLETED = "completed"
    CANCELED = "canceled"
    ABORTED = "aborted"
    UNKNOWN = "lost"  # the printer no longer knows a job whose document it had or may have had

    @property
    def ended(self) -> bool:
        return self in (Stage.COMPLETED, Stage.CANCELED, Stage.ABORTED, Stage.UNKNOWN)


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One hand-over of a file to a queue. `digest` is the SHA-256 of its bytes.

    `key` is the same for the same bytes, ticket and queue. `sent` counts the bytes that were sent; it is None if the
    process ended before it could record them. Times are UTC.
    """

    key: str
    file: str
    digest: str
    size: int
    queue: str
    ticket: str
    stage: Stage = Stage.OPENED
    job: int | None = None
    uuid: str = ""
    sent: int | None = None
    state: str = ""
    reasons: str = ""
    opened: str = ""
    changed: str = ""
    id: int | None = None


_COLUMNS = [field.name for field in fields(JournalEntry)]
_TABLE = f"""CREATE TABLE IF NOT EXISTS handover (
    {", ".join(name for name in _COLUMNS if name != "id")}, id INTEGER PRIMARY KEY)"""


@dataclass(frozen=True, slots=True)
class Journal:
    """The journal in the file at `path`, which is created if it does not exist."""

    path: Path

    def latest(self, key: str) -> JournalEntry | None:
        """Return the last hand-over with this key."""
        return next(self._select("WHERE key = ? ORDER BY id DESC LIMIT 1", key), None)

    def entries(self) -> tuple[JournalEntry, ...]:
        """Return all hand-overs, the oldest first."""
        return tuple(self._select("ORDER BY id"))

    def add(self, entry: JournalEntry) -> JournalEntry:
        """Record a new hand-over and return it with its times and identifier."""
        opened = now()
        entry = replace(entry, opened=opened, changed=opened)
        return replace(entry, id=self._write(entry))

    def update(self, entry: JournalEntry) -> JournalEntry:
        """Record the progress of a hand-over and return it with its time."""
        entry = replace(entry, changed=now())
        self._write(entry)
        return entry

    @contextmanager
    def claim(self, *keys: str) -> Iterator[frozenset[str]]:
        """Lock `keys` against other processes; yield those that another process has locked.

        The locks end with the process at the latest. A process must not claim twice at a time: its locks end together.
        """
        taken = set()
        with self._database():
            pass  # raises if the journal cannot be written
        with self.path.with_suffix(".lock").open("ab") as file:
            for key in keys:
                try:
                    fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, int(key[:12], 16))
                except OSError:
                    taken.add(key)
            yield frozenset(taken)

    def _write(self, entry: JournalEntry) -> int | None:
        """Write an entry and return its identifier, which SQLite chooses if the entry has none."""
        statement = f"REPLACE INTO handover ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"
        with self._database() as database:
            return database.execute(statement, astuple(entry)).lastrowid

    def _select(self, condition: str, *values: object) -> Iterator[JournalEntry]:
        with self._database() as database:
            rows = database.execute(f"SELECT {', '.join(_COLUMNS)} FROM handover {condition}", values).fetchall()
        for row in rows:
            entry = JournalEntry(*row)
            yield replace(entry, stage=Stage(entry.stage))

    @contextmanager
    def _database(self) -> Iterator[sqlite3.Connection]:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self.path, timeout=_BUSY)) as database, database:
                database.execute(_TABLE)
                yield database
        except (sqlite3.Error, OSError) as error:
            hint = "give another file with --journal"
            raise PrintError(f"the journal cannot be used: {error}", where=str(self.path), hint=hint) from error


def now() -> str:
    """Return the time as entries have it; a later one is greater."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def minute(time: str) -> str:
    """Return a time of an entry as people read it: `2049-03-01 08:20 UTC`."""
    return f"{time[:16].replace('T', ' ')} UTC"
