"""The log of runs: a line of JSON for each event, appended to a file during a run."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any

from masthead.batch.outcome import Outcome, OutcomeState
from masthead.document import ResourceError, files


class RunLog:
    """Appends events to a file. Each line is written at once, so that the log of a killed run ends in a whole line."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._file = path.open("ab", buffering=0)
        except OSError as error:
            raise ResourceError(f"the log cannot be opened: {files.reason(error)}", where=str(path)) from error

    def begin(self, sources: Sequence[str], output: Path, total: int) -> None:
        """Log that a run of `total` editions begins."""
        version = metadata.version("masthead")
        self._write("begin", masthead=version, sources=list(sources), output=str(output), total=total)

    def add(self, outcome: Outcome) -> None:
        """Log what became of an edition."""
        self._write("edition", **outcome.to_dict())

    def end(self, counts: Mapping[OutcomeState, int], exit_code: int) -> None:
        """Log that a run ends: how many editions are in each state, and its exit code."""
        self._write("end", counts={str(state): count for state, count in counts.items()}, exit_code=exit_code)

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _write(self, event: str, **values: Any) -> None:
        """Append an event with the time in UTC. Raises ResourceError."""
        now = datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds")
        line = json.dumps({"time": now, "event": event, **values}, ensure_ascii=False) + "\n"
        try:
            self._file.write(line.encode("utf-8", "backslashreplace"))
        except OSError as error:
            raise ResourceError(f"the log cannot be written: {files.reason(error)}", where=str(self._path)) from error
