"""What was made of which source: an SQLite file beside the output, `.output.record` for a folder `output`.

It says of each edition the content of its file and the digest of every input, so that the next run knows what to make
again and why. An entry is written after its file is in place: whenever the run is killed, the record is behind the
files at most, never before them. One run at a time holds it; when that process ends, however it ends, it is free.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from masthead.batch.tasks import Identity
from masthead.document import ResourceError

_FORM = 1
_TABLES = """
CREATE TABLE editions (
    source TEXT, variant TEXT, output TEXT NOT NULL, content TEXT NOT NULL, text TEXT NOT NULL, pages TEXT NOT NULL,
    identity TEXT NOT NULL, inputs TEXT NOT NULL, options TEXT NOT NULL, report TEXT NOT NULL,
    PRIMARY KEY (source, variant)
) WITHOUT ROWID;
CREATE TABLE failures (source TEXT, variant TEXT, message TEXT NOT NULL, PRIMARY KEY (source, variant)) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """One edition made: the digests of its file (`content`), of its source (`text`) and of what was set (`pages`)."""

    output: str
    content: str
    text: str
    pages: str
    identity: Identity
    inputs: Mapping[str, str]
    options: Mapping[str, str]
    report: Mapping[str, Any]


class Record:
    """The editions and failures of all runs into one folder, by source and variant."""

    def __init__(self, connection: sqlite3.Connection, folder: Path) -> None:
        self._connection, self._folder = connection, folder

    def entry(self, source: Path, variant: str) -> Entry | None:
        """What is known of an edition; None where it was never made."""
        row = self._connection.execute(
            "SELECT output, content, text, pages, identity, inputs, options, report FROM editions"
            " WHERE source = ? AND variant = ?",
            (self._name(source), variant),
        ).fetchone()
        if row is None:
            return None
        output, content, text, pages, identity, inputs, options, report = row
        return Entry(
            output, content, text, pages, Identity(**json.loads(identity)), *map(json.loads, (inputs, options, report))
        )

    def failed(self, source: Path, variant: str) -> str:
        """Why the edition could not be made last time; empty where it could."""
        row = self._connection.execute(
            "SELECT message FROM failures WHERE source = ? AND variant = ?", (self._name(source), variant)
        ).fetchone()
        return str(row[0]) if row else ""

    def made(self, source: Path, variant: str, entry: Entry) -> None:
        """Keep what was made, in place of what was known."""
        values = (entry.output, entry.content, entry.text, entry.pages)
        tables = (asdict(entry.identity), entry.inputs, entry.options, entry.report)
        with self._connection:
            self._connection.execute(
                "INSERT OR REPLACE INTO editions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (self._name(source), variant, *values, *(json.dumps(table, ensure_ascii=False) for table in tables)),
            )
            self._connection.execute(
                "DELETE FROM failures WHERE source = ? AND variant = ?", (self._name(source), variant)
            )

    def missed(self, source: Path, variant: str, message: str) -> None:
        """Keep why an edition could not be made."""
        with self._connection:
            self._connection.execute(
                "INSERT OR REPLACE INTO failures VALUES (?, ?, ?)", (self._name(source), variant, message)
            )

    def _name(self, source: Path) -> str:
        """Relative to the record, so that source and output may move together."""
        return Path(os.path.relpath(source.absolute(), self._folder)).as_posix()


def place(output: Path) -> Path:
    """Return where the record of a folder of outputs lies."""
    folder = output.resolve()
    return folder.parent / f".{folder.name}.record"


@contextmanager
def opened(output: Path) -> Iterator[Record]:
    """The record of the folder `output`, a new one where there is none.

    Raises ResourceError where another run holds it, or it cannot be read or written.
    """
    path = place(output)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, timeout=1)
    except (OSError, sqlite3.Error) as error:
        raise _unusable(path, error) from None
    try:
        try:
            _prepare(connection)
        except sqlite3.Error as error:
            raise _unusable(path, error) from None
        yield Record(connection, path.parent)
    finally:
        connection.close()


def _prepare(connection: sqlite3.Connection) -> None:
    """Lock the file, and give it its tables; a record of another form is begun anew, which makes all things again."""
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("BEGIN IMMEDIATE")
    (form,) = connection.execute("PRAGMA user_version").fetchone()
    if form != _FORM:
        for table in ("editions", "failures"):
            connection.execute(f"DROP TABLE IF EXISTS {table}")
        for statement in filter(str.strip, _TABLES.split(";")):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {_FORM}")
    connection.commit()


def _unusable(path: Path, error: Exception) -> ResourceError:
    if "locked" in str(error):
        return ResourceError("another run is at work here", where=str(path), hint="wait for it, or name another output")
    return ResourceError(
        f"the record cannot be used: {str(error).lower()}",
        where=str(path),
        hint="see that its folder can be written; without the record all is made again",
    )
