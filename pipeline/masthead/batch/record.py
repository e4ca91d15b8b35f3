"""The record of what was made from which source: an SQLite file beside the output, `.output.record` for `output`.

It holds the digests of every edition's file and of everything it was made from, so that the next run knows what to make
again, and why. An entry is written after its file is in place: after a crash the record may lack a file that exists,
but never names one that does not. Only one run at a time may hold it; SQLite's lock ends with the process.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Any

from masthead.batch.tasks import Identity
from masthead.document import ResourceError, files

_BUSY = 1  # seconds to wait for another run
_FORM = 2  # of the table; a record in another form is discarded, and everything is made again
_TABLE = """
CREATE TABLE editions (source TEXT, variant TEXT, entry TEXT, failure TEXT, PRIMARY KEY (source, variant)) WITHOUT ROWID
"""


@dataclass(frozen=True, slots=True)
class EditionRecord:
    """One finished edition: the name of its file, and digests of that file, of its source and of its pages."""

    output: str
    pdf: str
    source: str
    pages: str
    identity: Identity
    inputs: Mapping[str, str]
    options: Mapping[str, str]
    report: Mapping[str, Any]


class RunRecord:
    """The editions and failures of all runs into one folder, by source and variant."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection, self._path, self._folder = connection, path, path.parent

    def entry(self, source: Path, variant: str) -> EditionRecord | None:
        """Return what was made last, or None."""
        return self.known(source, variant)[0]

    def failure(self, source: Path, variant: str) -> str:
        """Return why the edition failed when it was last tried; empty if it did not."""
        return self.known(source, variant)[1]

    def known(self, source: Path, variant: str) -> tuple[EditionRecord | None, str]:
        """Return both: what was made last, and why it failed when it was last tried."""
        entry, failure = self._read(source, variant)
        return None if entry is None else _parsed(entry), failure or ""

    def made(self, source: Path, variant: str, entry: EditionRecord) -> None:
        """Record a finished edition in place of what was recorded before."""
        self._write(source, variant, json.dumps(_values(entry), ensure_ascii=False), None)

    def failed(self, source: Path, variant: str, message: str) -> None:
        """Record a failure. What was made before stays recorded: its file is still there."""
        entry, _ = self._read(source, variant)
        self._write(source, variant, entry, message)

    def take_orphans(self) -> list[EditionRecord]:
        """Remove the editions whose source is gone from the record; return those whose file no other source has."""
        with self._usable(), self._connection:
            rows = self._connection.execute("SELECT source, variant, entry FROM editions").fetchall()
            gone = [row for row in rows if not (self._folder / row[0]).exists()]
            self._connection.executemany("DELETE FROM editions WHERE source = ? AND variant = ?", [r[:2] for r in gone])
        owned = {
            _parsed(entry).output for source, variant, entry in rows if entry and (source, variant, entry) not in gone
        }
        return [entry for _, _, text in gone if text and (entry := _parsed(text)).output not in owned]

    @contextmanager
    def drafts(self) -> Iterator[Path]:
        """Make a folder for what is not yet in its place, on the disk of the output; remove that of a killed run."""
        folder = self._path.with_suffix(".drafts")
        shutil.rmtree(folder, ignore_errors=True)
        try:
            folder.mkdir(parents=True)
        except OSError as error:
            message = f"the output folder cannot be made: {files.reason(error)}"
            raise ResourceError(message, where=str(folder.parent), hint="name another folder") from None
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _read(self, source: Path, variant: str) -> tuple[str | None, str | None]:
        statement = "SELECT entry, failure FROM editions WHERE source = ? AND variant = ?"
        with self._usable():
            row = self._connection.execute(statement, (self._name(source), variant)).fetchone()
        return row or (None, None)

    def _write(self, source: Path, variant: str, entry: str | None, failure: str | None) -> None:
        row = (self._name(source), variant, entry and _text(entry), failure and _text(failure))
        with self._usable(), self._connection:
            self._connection.execute("REPLACE INTO editions VALUES (?, ?, ?, ?)", row)

    def _name(self, source: Path) -> str:
        """The path relative to the record, so that both may move together; bytes that are not UTF-8 are escaped."""
        return _relative(os.fspath(source), self._folder)

    @contextmanager
    def _usable(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:  # the disk is full, or was removed
            raise _unusable(self._path, error) from None


def _values(entry: EditionRecord) -> dict[str, Any]:
    """The fields by name; `asdict` would copy each finding of the report."""
    values = {field.name: getattr(entry, field.name) for field in fields(entry)}
    return values | {"identity": entry.identity._asdict()}


@lru_cache(maxsize=256)  # asked for when a source is planned, and again when it is found unchanged
def _parsed(entry: str) -> EditionRecord:
    values = json.loads(entry)
    return EditionRecord(**{**values, "identity": Identity(**values["identity"])})


@lru_cache(maxsize=4096)  # asked for each time that a source is read or written here
def _relative(source: str, folder: Path) -> str:
    return _text(os.path.relpath(source, folder).replace(os.sep, "/"))


def _text(text: str) -> str:
    """`text` as SQLite can keep it: bytes of a file name that are not UTF-8 are escaped, as JSON escapes them."""
    return text.encode("utf-8", "backslashreplace").decode()


def place(output: Path, inside: bool = False) -> Path:
    """Return the path of the record of an output folder: beside it, or `inside` it.

    It is inside a mount point too, as in a container, where what is beside the folder is lost.
    """
    folder = output.resolve()
    return folder / ".masthead.record" if inside or folder.is_mount() else folder.parent / f".{folder.name}.record"


@contextmanager
def opened(output: Path, *, inside: bool = False, writable: bool = True) -> Iterator[RunRecord]:
    """Open the record of the folder `output`, or begin one. If it is not `writable`, no file is made or changed.

    Raises ResourceError if another run holds it, or it cannot be read or written.
    """
    path = place(output, inside)
    with ExitStack() as stack:
        try:
            if writable:
                path.parent.mkdir(parents=True, exist_ok=True)
            address = path if writable or path.exists() else ":memory:"
            connection = stack.enter_context(closing(sqlite3.connect(address, timeout=_BUSY)))
            _prepare(connection, writable)
        except (OSError, sqlite3.Error) as error:
            raise _unusable(path, error) from None
        yield RunRecord(connection, path)


def _prepare(connection: sqlite3.Connection, writable: bool) -> None:
    """Lock the file; create its table if it is new or in another form, for this connection only if not `writable`."""
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    if writable:
        connection.execute("PRAGMA journal_mode = WAL")
    # In a power cut the last entries may be lost, which costs only time.
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("BEGIN IMMEDIATE")
    (form,) = connection.execute("PRAGMA user_version").fetchone()
    if form != _FORM:
        connection.execute("DROP TABLE IF EXISTS editions")
        connection.execute(_TABLE)
        connection.execute(f"PRAGMA user_version = {_FORM}")
    if writable:
        connection.commit()


def _unusable(path: Path, error: Exception) -> ResourceError:
    if "locked" in str(error):
        hint = "wait for it, or name another output"
        return ResourceError("another run is using this folder", where=str(path), hint=hint)
    hint = "check that its folder can be written; without the record everything is made again"
    return ResourceError(f"the record cannot be used: {str(error).lower()}", where=str(path), hint=hint)
