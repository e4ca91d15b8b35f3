"""The print jobs of a desk: begun once, followed after a restart, and why one failed. No printer is asked."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from masthead.document import PrintError
from masthead.press import printing
from masthead.press.printing import Journal, JournalEntry
from masthead.press.printing.journal import Stage
from masthead.service.desk.prints import DeskPrints
from masthead.service.desk.record import DeskFolder
from tiny import tiny

PDF = tiny()
SHA256 = hashlib.sha256(PDF).hexdigest()


def source(id: str = "one", pdf: str = SHA256) -> Any:
    return SimpleNamespace(id=id, pdf=pdf, stem="A_80_1.en")


@dataclass
class Record:
    """A record of a desk: what was touched, and the sources by their editions."""

    touched: list[str] = field(default_factory=list)
    editions: dict[str, Any] = field(default_factory=dict)

    def touch(self, id: str) -> None:
        self.touched.append(id)

    def edition(self, sha256: str) -> Any:
        return self.editions.get(sha256)


@dataclass
class PrinterDouble:
    """What is called instead of the printer: it notes each order, and does what a test wants."""

    orders: list[tuple[str, bytes]] = field(default_factory=list)
    act: Callable[[Any, Any], None] = lambda patience, report: None

    def submit(self, orders: Any, printer: Any, journal: Any, *, patience: Any, report: Any) -> None:
        (order,) = orders
        self.orders.append((order.name, order.data))
        self.act(patience, report)


@pytest.fixture
def double(monkeypatch: pytest.MonkeyPatch) -> Iterator[PrinterDouble]:
    made = PrinterDouble()
    monkeypatch.setattr(printing, "submit", made.submit)
    yield made


@pytest.fixture
def desk(tmp_path: Path) -> DeskPrints:
    folder = DeskFolder(tmp_path)
    folder.edition(SHA256).parent.mkdir(parents=True)
    folder.edition(SHA256).write_bytes(PDF)
    return DeskPrints(folder, Record(), None)  # type: ignore[arg-type]


def test_an_edition_is_printed_under_the_name_of_its_document_and_its_source_is_touched(
    desk: DeskPrints, double: PrinterDouble
) -> None:
    double.act = lambda patience, report: report(None)
    with desk.running():
        desk.begin(source()).result(10)
    assert double.orders == [("A_80_1.en", PDF)]
    assert desk.record.touched == ["one", "one"]  # type: ignore[attr-defined]  # for each news of it, and at its end
    assert desk.failures == {}


def test_what_is_under_way_is_not_begun_again_and_can_be_begun_after_its_end(
    desk: DeskPrints, double: PrinterDouble
) -> None:
    go = threading.Event()
    double.act = lambda patience, report: go.wait(10)  # type: ignore[assignment, return-value]
    with desk.running():
        first = desk.begin(source())
        assert desk.begin(source()) is first
        assert desk.begin(source("two")) is not first
        go.set()
        first.result(10)
        desk.begin(source()).result(10)
    assert len(double.orders) == 3


def test_a_failure_is_kept_until_the_next_attempt(desk: DeskPrints, double: PrinterDouble) -> None:
    def fail(patience: Any, report: Any) -> None:
        raise PrintError("the printer is out of paper")

    double.act = fail
    with desk.running():
        with pytest.raises(PrintError):
            desk.begin(source()).result(10)
        assert desk.failures == {SHA256: "the printer is out of paper"}
        double.act = lambda patience, report: None
        desk.begin(source()).result(10)
        assert desk.failures == {}
        with pytest.raises(Exception, match="a file of the desk is lost"):
            desk.begin(source("two", "0" * 64)).result(10)
        assert "a file of the desk is lost" in desk.failures["0" * 64]
    assert len(double.orders) == 2


def entry(digest: str, stage: Stage) -> JournalEntry:
    return JournalEntry(digest, "A_80_1.en.pdf", digest, 9, "ipp://p", "{}", stage)


def test_a_server_follows_what_an_earlier_one_has_begun_and_not_what_has_ended(
    desk: DeskPrints, double: PrinterDouble
) -> None:
    ended = next(stage for stage in Stage if stage.ended)
    under_way = next(stage for stage in Stage if not stage.ended)
    journal = Journal(desk.folder.prints)
    for digest, stage in ((SHA256, under_way), ("1" * 64, ended), ("2" * 64, under_way)):
        journal.add(entry(digest, stage))
    desk.record.editions = {SHA256: source(), "1" * 64: source("ended", "1" * 64)}  # type: ignore[attr-defined]
    assert desk.stages() == {SHA256: str(under_way), "1" * 64: str(ended), "2" * 64: str(under_way)}
    with desk.running():
        desk.begin(source()).result(10)
    assert {name for name, _ in double.orders} == {"A_80_1.en"}
    assert set(desk.record.touched) == {"one"}  # type: ignore[attr-defined]


def test_a_server_that_stops_leaves_its_jobs_at_the_printer(desk: DeskPrints, double: PrinterDouble) -> None:
    waiting = threading.Event()

    def wait(patience: Any, report: Any) -> None:
        waiting.set()
        patience.pause(60)

    double.act = wait
    with desk.running():
        job = desk.begin(source())
        later = desk.begin(source("two"))
        assert waiting.wait(10)
    with pytest.raises(PrintError, match="the server was stopped; it follows the job when it runs again"):
        job.result(10)
    assert later.cancelled()
    # a pause that ends before the server stops goes on
    again = DeskPrints(desk.folder, Record(), None)  # type: ignore[arg-type]
    double.act = lambda patience, report: patience.pause(0.01)
    with again.running():
        again.begin(source()).result(10)
