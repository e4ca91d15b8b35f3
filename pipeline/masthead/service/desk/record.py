"""The record of a desk: each source that was submitted, what became of it, and what its language versions disagree on.

It is an SQLite file, beside the sources, the editions and the baselines. A file is written before the row that names
it, so after a crash there may be a file without a row, but never a row without its file. The record of a batch is
another one: it may be discarded, since it only saves work; this one may not.
"""

from __future__ import annotations

import fcntl
import json
import re
import shutil
import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, fields
from enum import StrEnum
from pathlib import Path
from typing import Any

from masthead.comparison import DocumentKey
from masthead.document import ResourceError, Severity, files

_UNSAFE = re.compile(r"[^\w.()-]+")  # in names of files
_BUSY = 10  # seconds to wait for what another connection writes
_FORM = 1  # of the tables; a change of them needs a migration here, since nothing may be lost
_TABLES = """
CREATE TABLE sources (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, size INTEGER NOT NULL, sender TEXT NOT NULL, sent TEXT NOT NULL,
  number INTEGER NOT NULL, revision INTEGER NOT NULL, state TEXT NOT NULL,
  symbol TEXT, language TEXT, type TEXT, pdf TEXT, pages INTEGER, seconds REAL, findings TEXT, error TEXT);
CREATE TABLE reports (id TEXT PRIMARY KEY, report TEXT NOT NULL);
CREATE UNIQUE INDEX by_number ON sources (number);
CREATE INDEX by_revision ON sources (revision);
CREATE INDEX by_document ON sources (symbol, language, number);
CREATE INDEX by_state ON sources (state, number);
CREATE INDEX by_pdf ON sources (pdf);
CREATE INDEX by_name ON sources (name, number);
CREATE TABLE agreements (symbol TEXT PRIMARY KEY, versions TEXT NOT NULL, disagreements INTEGER NOT NULL);
"""
_CURRENT = """
state = 'waiting'
OR state = 'failed' AND NOT EXISTS (
  SELECT 1 FROM sources AS s WHERE s.name = sources.name AND s.number > sources.number AND s.state = 'made')
OR state = 'made' AND number = (
  SELECT max(number) FROM sources AS s WHERE s.symbol = sources.symbol AND s.language = sources.language)
"""


Stamp = tuple[int, int] | None


class SourceState(StrEnum):
    """What has become of a source. One that is `REMOVED` failed, and somebody took it off the page."""

    WAITING = "waiting"
    MADE = "made"
    FAILED = "failed"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class SubmittedSource:
    """One source, as it is recorded.

    `id` is the digest of its form and bytes. `number` grows with each submission, `revision` with each change: of the
    sources of a document in one language, that with the highest number is current. `pdf` is the SHA-256 of its
    edition, `findings` the number of findings of each severity, `error` as in the report of a batch.
    """

    id: str
    name: str
    size: int
    sender: str
    sent: str
    number: int
    revision: int
    state: SourceState
    symbol: str | None
    language: str | None
    type: str | None
    pdf: str | None
    pages: int | None
    seconds: float | None
    findings: Mapping[str, int] | None
    error: Mapping[str, Any] | None

    @property
    def key(self) -> DocumentKey:
        """What a document in one language is known by, to baselines and comparisons."""
        return DocumentKey(self.symbol or "", self.language or "")

    @property
    def stem(self) -> str:
        """The name of its files without suffix: `E_RES_2017_18.ar`."""
        return f"{_UNSAFE.sub('_', self.key.symbol.rstrip('*'))}.{self.key.language}"

    @property
    def suffix(self) -> str:
        return Path(self.name).suffix.lower()


@dataclass(frozen=True, slots=True)
class DeskFolder:
    """Where the files of a desk are, below `path`."""

    path: Path

    def source(self, id: str, suffix: str) -> Path:
        return self.path / "sources" / id[:2] / f"{id}{suffix}"

    def edition(self, sha256: str) -> Path:
        return self.path / "editions" / sha256[:2] / f"{sha256}.pdf"

    @property
    def record(self) -> Path:
        return self.path / "desk.sqlite"

    @property
    def baselines(self) -> Path:
        return self.path / "baselines"

    @property
    def prints(self) -> Path:
        return self.path / "prints.sqlite"

    @property
    def incoming(self) -> Path:
        """What is being received."""
        return self.path / "incoming"

    def clean(self) -> None:
        """Remove what a killed server had half received or half written."""
        shutil.rmtree(self.incoming, ignore_errors=True)
        for name in ("sources", "editions"):
            for draft in (self.path / name).rglob(".*"):
                draft.unlink(missing_ok=True)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Make the folder, and hold it against other servers. Raises ResourceError."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            with (self.path / "desk.lock").open("ab") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                yield
        except BlockingIOError:
            hint = "stop it, or name another folder"
            raise ResourceError("another server is using this folder", where=str(self.path), hint=hint) from None
        except OSError as error:
            raise ResourceError(f"the folder cannot be used: {files.reason(error)}", where=str(self.path)) from error


class DeskRecord:
    """The sources of a desk. Every thread may use it. `revision` is that of the last change.

    Another connection reads, which need not wait until what one writes is on the disk.
    """

    def __init__(self, connection: sqlite3.Connection, reader: sqlite3.Connection) -> None:
        self._connection, self._lock = connection, threading.Lock()
        self._reader, self._reading = reader, threading.Lock()
        self.revision = self._number("revision")

    def close(self) -> None:
        """Close the record when no thread reads or writes: SQLite would crash. Later calls raise sqlite3.Error."""
        with self._lock, self._reading:
            self._connection.close()
            self._reader.close()

    def submit(self, id: str, name: str, size: int, sender: str, sent: str) -> tuple[SubmittedSource, bool]:
        """Record a source, and return it, and whether there is work to do.

        One that is known is not made again, but if it is not the current one of its document it becomes that; one that
        failed is tried again.
        """
        with self._lock, self._connection:
            known, number = self._own(id), self._number("number") + 1
            if known is None:
                values = (id, name, size, sender, sent, number, self._next(), SourceState.WAITING, *[None] * 8)
                self._connection.execute(f"INSERT INTO sources VALUES ({', '.join('?' * len(values))})", values)
            elif known.state in (SourceState.FAILED, SourceState.REMOVED):
                self._set(id, state=SourceState.WAITING, error=None, number=number, sender=sender, sent=sent)
            elif known.state is SourceState.MADE and not self._own(id, _CURRENT):
                self._set(id, number=number, sender=sender, sent=sent)
            found = self._own(id)
            assert found
            return found, found.state is SourceState.WAITING and known != found

    def made(self, id: str, key: DocumentKey, report: Mapping[str, Any], **values: object) -> None:
        """Record the edition of a source: its report, and its `type`, `pdf`, `pages` and `seconds`."""
        levels = [finding["severity"] for finding in report["findings"]]
        findings = json.dumps({level: levels.count(level) for level in Severity})
        with self._lock, self._connection:
            said = (id, json.dumps(report, ensure_ascii=False))
            self._connection.execute("REPLACE INTO reports VALUES (?, ?)", said)
            document = {"symbol": key.symbol, "language": key.language}
            self._set(id, state=SourceState.MADE, findings=findings, **document, **values)
            self._touch(f"symbol = ? AND id != ? AND ({_CURRENT})", key.symbol, id)  # what they agree on is open again

    def failed(self, id: str, error: Mapping[str, Any]) -> None:
        """Record why a source has no edition."""
        with self._lock, self._connection:
            self._set(id, state=SourceState.FAILED, error=json.dumps(error, ensure_ascii=False))

    def remove(self, id: str) -> bool:
        """Take a source that failed off the page; return whether there was one."""
        with self._lock, self._connection:
            found = self._own(id)
            if found and found.state is SourceState.FAILED:
                self._set(id, state=SourceState.REMOVED)
            return bool(found and found.state is SourceState.FAILED)

    def agree(self, symbol: str, versions: str, disagreements: int) -> None:
        """Record the number of disagreements between the language versions that `versions` says."""
        with self._lock, self._connection:
            row = (symbol, versions, disagreements)
            self._connection.execute("REPLACE INTO agreements VALUES (?, ?, ?)", row)
            self._touch(f"symbol = ? AND ({_CURRENT})", symbol)

    def touch(self, id: str) -> None:
        """Say that something about a source has changed that is recorded elsewhere: a decision, a print job."""
        with self._lock, self._connection:
            self._touch("id = ?", id)

    def find(self, id: str) -> SubmittedSource | None:
        return next(iter(self._select("id = ?", id)), None)

    def edition(self, pdf: str) -> SubmittedSource | None:
        """Return the last source whose edition has this SHA-256."""
        return next(iter(self._select("pdf = ? ORDER BY number DESC LIMIT 1", pdf)), None)

    def waiting(self, most: int) -> list[SubmittedSource]:
        """Return sources that are to be made, the oldest first."""
        return self._select("state = 'waiting' ORDER BY number LIMIT ?", most)

    def current(self, after: int, most: int) -> list[SubmittedSource]:
        """Return what the page shows: the current source of each document and language, and those not (yet) made."""
        return self._select(f"number > ? AND ({_CURRENT}) ORDER BY number LIMIT ?", after, most)

    def since(self, revision: int, most: int) -> list[SubmittedSource]:
        """Return what has changed after a revision, in that order."""
        return self._select("revision > ? ORDER BY revision LIMIT ?", revision, most)

    def versions(self, key: DocumentKey) -> list[SubmittedSource]:
        """Return the sources of a document in one language, the current one first."""
        place = (key.symbol, key.language)
        return self._select("symbol = ? AND language = ? AND state = 'made' ORDER BY number DESC LIMIT 100", *place)

    def languages(self, symbol: str) -> list[SubmittedSource]:
        """Return the current sources of a document, one for each language."""
        return self._select(f"symbol = ? AND state = 'made' AND ({_CURRENT}) ORDER BY language", symbol)

    def agreement(self, symbol: str) -> tuple[str, int] | None:
        """Return which versions of a document were compared last, and the number of their disagreements."""
        found = self._read("SELECT versions, disagreements FROM agreements WHERE symbol = ?", symbol)
        return found[0] if found else None

    def report(self, id: str) -> Any:
        """Return the report of an edition; None if the source has none."""
        found = self._read("SELECT report FROM reports WHERE id = ?", id)
        return json.loads(found[0][0]) if found else None

    def symbols(self) -> list[str]:
        """Return the symbols of which there are several language versions."""
        query = "SELECT symbol FROM sources WHERE state = 'made' GROUP BY symbol HAVING count(DISTINCT language) > 1"
        return [symbol for (symbol,) in self._read(query)]

    def counts(self) -> dict[str, int]:
        """Return the number of sources in each state."""
        found = dict(self._read("SELECT state, count(*) FROM sources GROUP BY state"))
        return {str(state): found.get(state, 0) for state in SourceState}

    def _select(self, condition: str, *values: object) -> list[SubmittedSource]:
        return [_source(row) for row in self._read(f"SELECT * FROM sources WHERE {condition}", *values)]

    def _read(self, query: str, *values: object) -> list[Any]:
        with self._reading:
            return self._reader.execute(query, values).fetchall()

    def _own(self, id: str, condition: str = "true") -> SubmittedSource | None:
        """Return a source as the transaction of this thread has left it, if the condition holds."""
        query = f"SELECT * FROM sources WHERE id = ? AND ({condition})"
        row = self._connection.execute(query, (id,)).fetchone()
        return _source(row) if row else None

    def _set(self, id: str, **values: object) -> None:
        names = ", ".join(f"{name} = ?" for name in (*values, "revision"))
        self._connection.execute(f"UPDATE sources SET {names} WHERE id = ?", (*values.values(), self._next(), id))

    def _touch(self, condition: str, *values: object) -> None:
        query = f"SELECT id FROM sources WHERE state = 'made' AND {condition}"
        for (id,) in self._connection.execute(query, values).fetchall():
            self._set(id)

    def _next(self) -> int:
        self.revision += 1
        return self.revision

    def _number(self, column: str) -> int:
        (last,) = self._connection.execute(f"SELECT max({column}) FROM sources").fetchone()
        return last or 0


def _source(row: Sequence[Any]) -> SubmittedSource:
    *plain, findings, error = row
    said = [json.loads(each) if each else None for each in (findings, error)]
    values = dict(zip((field.name for field in fields(SubmittedSource)), [*plain, *said], strict=True))
    return SubmittedSource(**{**values, "state": SourceState(values["state"])})


def _connected(folder: DeskFolder) -> sqlite3.Connection:
    return sqlite3.connect(folder.record, timeout=_BUSY, check_same_thread=False)


def stamp(path: Path) -> Stamp:
    """Return what changes when a file does: its time and size; None if there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size


@contextmanager
def opened(folder: DeskFolder) -> Iterator[DeskRecord]:
    """Open the record in a folder, or begin one. Raises ResourceError."""
    try:
        with closing(_connected(folder)) as connection, closing(_connected(folder)) as reader:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")  # what was accepted survives a power cut
            (form,) = connection.execute("PRAGMA user_version").fetchone()
            if form == 0:
                connection.executescript(f"BEGIN; {_TABLES} PRAGMA user_version = {_FORM}; COMMIT;")
            elif form != _FORM:
                hint = "use the version of Masthead that wrote it, or a newer one"
                raise ResourceError(f"the record has the form {form}", where=str(folder.record), hint=hint)
            record = DeskRecord(connection, reader)
            try:
                yield record
            finally:
                record.close()
    except sqlite3.Error as error:
        where = str(folder.record)
        raise ResourceError(f"the record cannot be used: {str(error).lower()}", where=where) from None
