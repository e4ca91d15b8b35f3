"""Prints what is approved: hands it over to the printer, one document after the other, and follows each to its end.

The journal of `masthead print` remembers what was sent, so that nothing is printed twice, also after a restart.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Event

from masthead.document import MastheadError, PrintError
from masthead.press import printing
from masthead.press.imposition import Edge, open_pdf, reading_direction
from masthead.press.printing import Journal, JournalEntry, Patience, Printer
from masthead.service.desk.making import read
from masthead.service.desk.record import DeskFolder, DeskRecord, SubmittedSource


@dataclass(slots=True)
class DeskPrints:
    """The print jobs of a desk. `failures` says why an edition could not be printed, by its SHA-256."""

    folder: DeskFolder
    record: DeskRecord
    printer: Printer
    failures: dict[str, str] = field(default_factory=dict)
    _thread: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1))
    _under_way: dict[str, Future[None]] = field(default_factory=dict)
    _stop: Event = field(default_factory=Event)

    @contextlib.contextmanager
    def running(self) -> Iterator[None]:
        """Follow what an earlier server has handed over, and print, until the block ends. Jobs stay at the printer."""
        for entry in Journal(self.folder.prints).entries():
            if not entry.stage.ended and (source := self.record.edition(entry.digest)):
                self.begin(source)
        try:
            yield
        finally:
            self._stop.set()
            self._thread.shutdown(cancel_futures=True)

    def begin(self, source: SubmittedSource) -> Future[None]:
        """Print the edition of a source, unless that is under way. The future's exception is a MastheadError."""
        under_way = self._under_way.get(source.id)
        if under_way is None or under_way.done():
            under_way = self._under_way[source.id] = self._thread.submit(self._print, source)
        return under_way

    def stages(self) -> Mapping[str, str]:
        """Return how far the jobs have come, by the SHA-256 of the edition."""
        return {each.digest: str(each.stage) for each in Journal(self.folder.prints).entries()}

    def _print(self, source: SubmittedSource) -> None:
        def note(entry: JournalEntry) -> None:
            self.record.touch(source.id)

        sha256 = source.pdf or ""
        self.failures.pop(sha256, None)
        try:
            data, name = read(self.folder.edition(sha256)), f"{source.stem}.pdf"
            order = printing.PrintOrder(
                name, data, printing.Tickets().of(name), Edge.of(reading_direction(open_pdf(data, name)))
            )
            patience = Patience(pause=self._pause)
            printing.submit([order], self.printer, Journal(self.folder.prints), patience=patience, report=note)
        except MastheadError as error:
            self.failures[sha256] = str(error)
            raise
        finally:
            self._under_way.pop(source.id, None)
            self.record.touch(source.id)

    def _pause(self, seconds: float) -> None:
        if self._stop.wait(seconds):
            raise PrintError("the server was stopped; it follows the job when it runs again")
