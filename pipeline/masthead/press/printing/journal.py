"""The journal of what was handed to printers: kept in SQLite, written before each step that cannot be taken back.

It is what makes sure that nothing is printed twice: a file with its ticket, once handed over to a queue, is not handed
over again unasked, whoever starts the command anew and however the last one ended.
"""

from __future__ import annotations

import fcntl
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from masthead.document import PrintError


class Stage(StrEnum):
    """How far a hand-over came."""

    OPENED = "opened"  # in the journal; perhaps a job without a document at the printer
    CREATED = "created"  # the printer has given a number; it holds no document
    SENDING = "sending"  # the document was on its way, all of it or a part
    HANDED_OVER = "handed over"  # the printer has the document
    COMPLETED = "completed"
    CANCELED = "canceled"
    ABORTED = "aborted"
    LOST = "lost"  # the printer knows nothing of a job that it had, or may have had, whole

    @property
    def ended(self) -> bool:
        return self in (Stage.COMPLETED, Stage.CANCELED, Stage.ABORTED, Stage.LOST)


@dataclass(frozen=True, slots=True)
class Entry:
    """One hand-over: which file (`digest` is the SHA-256 of the bytes sent), by which ticket, to which queue.

    `key` is the same for the same bytes, attributes and queue; `sent` counts the bytes that left (None where the
    process ended before it could say). Times are UTC.
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


_COLUMNS = [field.name for field in fields(Entry)]
_TABLE = f"""CREATE TABLE IF NOT EXISTS handover (
    {", ".join(name for name in _COLUMNS if name != "id")}, id INTEGER PRIMARY KEY)"""


@dataclass(frozen=True, slots=True)
class Journal:
    """The journal in the file at `path`, which is made where it is not."""

    path: Path

    def latest(self, key: str) -> Entry | None:
        """The last hand-over of the same bytes by the same ticket to the same queue."""
        return next(self._select("WHERE key = ? ORDER BY id DESC LIMIT 1", key), None)

    def entries(self) -> tuple[Entry, ...]:
        """All of them, the oldest first."""
        return tuple(self._select("ORDER BY id"))

    def add(self, entry: Entry) -> Entry:
        """Write a new hand-over."""
        now = _now()
        entry = replace(entry, opened=now, changed=now)
        names = [name for name in _COLUMNS if name != "id"]
        marks = ", ".join("?" * len(names))
        with self._database() as database:
            cursor = database.execute(
                f"INSERT INTO handover ({', '.join(names)}) VALUES ({marks})", [getattr(entry, n) for n in names]
            )
        return replace(entry, id=cursor.lastrowid)

    def update(self, entry: Entry) -> Entry:
        """Write how far a hand-over came."""
        entry = replace(entry, changed=_now())
        with self._database() as database:
            database.execute(
                "UPDATE handover SET stage=?, job=?, uuid=?, sent=?, state=?, reasons=?, changed=? WHERE id=?",
                (entry.stage, entry.job, entry.uuid, entry.sent, entry.state, entry.reasons, entry.changed, entry.id),
            )
        return entry

    @contextmanager
    def claim(self, key: str) -> Iterator[None]:
        """Hold the right to hand `key` over, against other processes; it ends with the process at the latest.

        Raises PrintError where another holds it.
        """
        with self._database():
            pass  # it can be kept
        with self.path.with_suffix(".lock").open("ab") as file:
            try:
                fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, int(key[:12], 16))
            except OSError as error:
                raise PrintError(
                    "another process is handing this over just now", hint="wait for it; see masthead queue"
                ) from error
            yield

    def _select(self, condition: str, *values: object) -> Iterator[Entry]:
        with self._database() as database:
            rows = database.execute(f"SELECT {', '.join(_COLUMNS)} FROM handover {condition}", values).fetchall()
        for row in rows:
            entry = Entry(*row)
            yield replace(entry, stage=Stage(entry.stage))

    @contextmanager
    def _database(self) -> Iterator[sqlite3.Connection]:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self.path, timeout=30)) as database, database:
                database.execute(_TABLE)
                yield database
        except (sqlite3.Error, OSError) as error:
            raise PrintError(
                f"the journal cannot be kept: {error}", where=str(self.path), hint="name another by --journal"
            ) from error


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
