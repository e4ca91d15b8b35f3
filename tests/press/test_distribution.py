"""Files over several printers: each is printed once, whatever a printer does, and what fails is named."""

from __future__ import annotations

import json
import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from io import BytesIO
from itertools import count, repeat
from pathlib import Path
from typing import ClassVar

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from masthead.cli.app import app
from masthead.document.errors import OrderError, PrintError
from masthead.press.imposition import Edge
from masthead.press.printing import (
    Journal,
    JournalEntry,
    OrderState,
    Patience,
    Printed,
    Printer,
    PrintOrder,
    PrintRun,
    Stage,
    distribute,
    submit,
    ticket,
    to_dict,
)
from masthead.press.printing.ipp import Attribute, Range, Unanswered, Unreachable
from masthead.press.printing.printers import Job
from printers import Lab, free_port, message_bus

QUICK = Patience(limit=2, interval=0.02)


def order(number: int, said: dict[str, object] | None = None) -> PrintOrder:
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(595.276, 841.89))
    pdf.docinfo.Title = str(number)
    file = BytesIO()
    pdf.save(file, deterministic_id=True)
    return PrintOrder(f"{number}.pdf", file.getvalue(), ticket.parse(said or {}).common, Edge.LEFT)


@pytest.fixture
def labs(tmp_path: Path) -> Iterator[list[Lab]]:
    with ExitStack() as stack:
        bus = stack.enter_context(message_bus(tmp_path / "bus"))
        found = [Lab(tmp_path / f"lab{number}", free_port(), bus, finisher=number == 2) for number in range(3)]
        for lab in found:
            stack.callback(lab.close)
            lab.start()
        yield found


def test_three_printers_share_a_night_and_one_of_them_fails(labs: list[Lab], tmp_path: Path) -> None:
    journal = Journal(tmp_path / "prints.sqlite")
    orders = [order(number) for number in range(8)]
    orders += [order(number, {"finishings": ["staple"]}) for number in range(8, 10)]  # which only one of them can do

    def kill(entry: JournalEntry) -> None:
        if entry.queue == labs[0].printer.uri and entry.stage is Stage.COMPLETED:
            labs[0].stop()  # after its first job, before the next

    printers = [lab.printer for lab in labs]
    found = distribute(orders, printers, journal, patience=QUICK, report=kill)
    assert [each.error for each in found] == [None] * 10
    received = [data for lab in labs for data in lab.received]
    assert sorted(received) == sorted(each.data for each in orders)
    assert len(labs[0].received) == 1
    assert {each.entry.queue for each in found[8:] if each.entry} == {labs[2].printer.uri}
    again = distribute(orders, printers, journal, patience=QUICK)  # one of them cannot be reached any more
    assert [data for lab in labs for data in lab.received] == received
    assert [each.entry for each in again] == [each.entry for each in found]


def test_a_report_says_what_became_of_each_file(labs: list[Lab], tmp_path: Path) -> None:
    path = tmp_path / "night.html"
    orders = [order(number, {"copies": 2}) for number in range(6)]
    labs[0].set("fail")
    run, live = PrintRun(orders, path), []

    def note(entry: JournalEntry) -> None:
        run.note(entry)
        live.append(path.read_text("utf-8"))

    journal, printers = Journal(tmp_path / "prints.sqlite"), [lab.printer for lab in labs]
    run.end(distribute(orders, printers, journal, patience=QUICK, report=note))
    said = to_dict(run)
    doubtful = len(labs[0].received)
    assert doubtful >= 1
    assert said["counts"][OrderState.DOUBTFUL] == doubtful
    assert said["counts"][OrderState.PRINTED] == 6 - doubtful
    assert said["copies"] == 2 * (6 - doubtful)
    assert {each["printer"] for each in said["printers"]} == {lab.printer.uri for lab in labs}
    first = said["files"][0]
    assert (first["state"], first["printer"]) == (OrderState.DOUBTFUL, labs[0].printer.uri)
    assert "--again" in first["problem"]
    assert 'http-equiv="refresh"' in live[0]
    assert 'http-equiv="refresh"' not in path.read_text("utf-8")
    assert path.read_text("utf-8").count('class="looked"') == doubtful
    again = PrintRun(orders)
    again.end(distribute(orders, printers[1:], journal, patience=QUICK))
    assert to_dict(again)["counts"][OrderState.EARLIER] == len(labs[1].received) + len(labs[2].received) - doubtful


def test_a_tray_and_a_pin_are_asked_of_the_printer_and_the_pin_is_kept_nowhere(labs: list[Lab], tmp_path: Path) -> None:
    journal = Journal(tmp_path / "prints.sqlite")
    paper = order(1, {"media": "A4", "media_source": "main", "media_type": "stationery"})
    entry = submit([paper], labs[0].printer, journal, patience=QUICK)[0].entry
    assert entry and "media-source=main media-type=stationery" in labs[0].attributes(entry.job or 0)["MEDIA_COL"]
    with pytest.raises(PrintError, match="media_source tray-9: the printer has auto, main"):
        submit([order(2, {"media_source": "tray-9"})], labs[0].printer, journal, patience=QUICK)
    secret = order(3, {"release": "pin"})
    no_key = "no keys for"
    for pin, problem in (
        ("", "asks for a PIN"), ("1234567", "at most 6 characters"), ("12ab", no_key), ("١٢٣٤", no_key)
    ):  # fmt: skip
        with pytest.raises(PrintError, match=problem):
            submit([replace(secret, pin=pin)], labs[2].printer, journal, patience=QUICK)
    with pytest.raises(PrintError, match="cannot hold a job for a PIN"):
        submit([replace(secret, pin="47110")], labs[0].printer, journal, patience=QUICK)
    held = submit([replace(secret, pin="47110")], labs[2].printer, journal, patience=QUICK)[0].entry
    assert held and held.stage is Stage.COMPLETED
    assert b"47110" not in b"".join(path.read_bytes() for path in tmp_path.glob("prints.*"))
    assert "47110" not in repr(replace(secret, pin="47110"))


def test_a_report_of_another_form_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OrderError, match=r"unknown form of report: \.txt"):
        PrintRun([], tmp_path / "x.txt")


def test_the_command_prints_on_several_printers(labs: list[Lab], tmp_path: Path) -> None:
    paths = []
    for number in range(4):
        paths.append(tmp_path / f"{number}.pdf")
        paths[-1].write_bytes(order(number).data)
    report = tmp_path / "night.json"
    command = ["print", *map(str, paths), "--journal", str(tmp_path / "j.sqlite"), "--patience", "1"]
    command += ["--report", str(report)]
    for lab in labs:
        command += ["--to", lab.printer.uri]
    done = CliRunner().invoke(app, command)
    assert done.exit_code == 0, done.output
    assert sorted(data for lab in labs for data in lab.received) == sorted(path.read_bytes() for path in paths)
    assert json.loads(report.read_text("utf-8"))["counts"][OrderState.PRINTED] == 4
    repeated = CliRunner().invoke(app, command)
    assert json.loads(report.read_text("utf-8"))["counts"][OrderState.EARLIER] == 4
    assert repeated.exit_code == 0 and repeated.output.count("printed before") == 4


# --- a model of printers ----------------------------------------------------------------------------------------------


class Model(Printer):
    """A printer without a network: `faults` says what each message meets with; what it prints is `printed`."""

    def __init__(self, number: int, faults: Iterator[str]) -> None:
        object.__setattr__(self, "uri", f"ipp://model{number}/")
        object.__setattr__(self, "endpoint", None)
        object.__setattr__(self, "user", "tester")
        object.__setattr__(self, "faults", faults)
        object.__setattr__(self, "made", {})
        object.__setattr__(self, "printed", [])
        object.__setattr__(self, "copies", 1)

    def _ask(self, operation: Callable[[], object]) -> object:
        fault = next(self.faults, "")
        if fault == "unreachable":
            raise Unreachable("no route")
        answer = operation()
        if fault == "unanswered":
            raise Unanswered("connection reset", 10**9)
        return answer

    def describe(self):
        known = {"printer-uuid": (self.uri,), "document-format-supported": ("application/pdf",)}
        return {**known, "operations-supported": (4, 5, 6, 9), "copies-supported": (Range(1, self.copies),)}

    def validate(self, name: str, template: tuple[Attribute, ...]) -> None:
        self._ask(lambda: None)

    def create(self, name: str, template: tuple[Attribute, ...]) -> Job:
        def made() -> Job:
            number = len(self.made) + 1
            self.made[number] = Job(number, f"{self.uri}{number}", "pending", whole=False, begun=False)
            return self.made[number]

        return self._ask(made)

    def send(self, number: int, document: bytes) -> None:
        def sent() -> None:
            self.printed.append(document)
            self.made[number] = Job(number, f"{self.uri}{number}", "completed")

        self._ask(sent)

    def job(self, number: int) -> Job | None:
        return self._ask(lambda: self.made.get(number))

    def cancel(self, number: int) -> bool:
        return False


class Memory(Journal):
    """A journal that is kept in memory, so that thousands of runs need no disk."""

    kept: ClassVar[dict[int, JournalEntry]]
    numbers: ClassVar[Iterator[int]] = count()

    def latest(self, key: str) -> JournalEntry | None:
        return next((each for each in reversed([*self.kept.values()]) if each.key == key), None)

    def entries(self) -> tuple[JournalEntry, ...]:
        return tuple(self.kept.values())

    def add(self, entry: JournalEntry) -> JournalEntry:
        return self.update(replace(entry, id=next(self.numbers)))  # one step, as threads need it

    def update(self, entry: JournalEntry) -> JournalEntry:
        assert entry.id is not None
        self.kept[entry.id] = entry
        return entry

    @contextmanager
    def claim(self, *keys: str) -> Iterator[frozenset[str]]:
        yield frozenset()


ORDERS = [order(number) for number in range(5)]
RUNS = int(os.environ.get("MASTHEAD_MODEL_RUNS", "300"))
FAULTS = st.lists(st.sampled_from(["", "", "", "unreachable", "unanswered"]), max_size=14)


def _printed(
    orders: list[PrintOrder], printers: list[Model], journal: Journal, patience: Patience
) -> tuple[Printed, ...]:
    """What becomes of the orders: on one printer as on several."""
    if len(printers) > 1:
        return distribute(orders, printers, journal, patience=patience)
    try:
        return submit(orders, printers[0], journal, patience=patience)
    except PrintError as error:  # before anything was sent
        return tuple(Printed(order, error=error) for order in orders)


@settings(max_examples=RUNS, deadline=None)
@given(faults=st.lists(FAULTS, min_size=1, max_size=3), number=st.integers(1, 5))
def test_no_fault_prints_a_file_twice_or_loses_one(faults: list[list[str]], number: int) -> None:
    journal = Memory(Path("/nowhere"))
    Memory.kept = {}
    printers = [Model(place, iter(each)) for place, each in enumerate(faults)]
    orders = ORDERS[:number]
    patience = Patience(limit=0, interval=0)
    for _ in range(3):
        found = _printed(orders, printers, journal, patience)
        printed = [data for printer in printers for data in printer.printed]
        assert len(printed) == len(set(printed))
        for each in found:
            completed = each.entry is not None and each.entry.stage is Stage.COMPLETED
            assert completed or each.error
            assert not completed or each.order.data in printed
    lost = [each for each in found if each.order.data not in printed]
    assert all(each.error for each in lost)


QUIET = Patience(limit=0, interval=0)


def models(number: int, *, copies: tuple[int, ...] = ()) -> list[Model]:
    """Printers without faults, with how many copies each can make."""
    found = [Model(place, iter(())) for place in range(number)]
    for printer, most in zip(found, copies, strict=False):
        object.__setattr__(printer, "copies", most)
    return found


@pytest.mark.parametrize("at", [0, 1])
def test_a_file_stays_with_the_printer_that_may_have_printed_it(at: int) -> None:
    Memory.kept = {}
    printers, journal = models(2), Memory(Path("/nowhere"))
    object.__setattr__(printers[at], "faults", iter(["", "", "unanswered", "unreachable"]))
    submit(ORDERS[:1], printers[at], journal, patience=QUIET)
    distribute(ORDERS[:1], printers, journal, patience=QUIET)
    assert [len(each.printed) for each in printers] == [1 - at, at]


@pytest.mark.parametrize("copies", [(1, 3), (3, 1), (1, 1)])
def test_a_file_goes_once_to_each_printer_until_one_can_print_it(copies: tuple[int, int]) -> None:
    Memory.kept = {}
    printers = models(2, copies=copies)
    (found,) = distribute([order(1, {"copies": 2})], printers, Memory(Path("/nowhere")), patience=QUIET)
    assert [len(each.printed) for each in printers] == [int(most >= 2) for most in copies]
    assert (found.error is None) == (max(copies) >= 2)
    if found.error:
        assert "copies 2: the printer supports 1 to 1" in str(found.error)


def test_a_printer_that_fails_leaves_what_it_has_not_begun_to_the_others() -> None:
    Memory.kept = {}
    broken, well = models(2)
    object.__setattr__(broken, "faults", repeat("unreachable"))
    found = distribute(ORDERS, [broken, well], Memory(Path("/nowhere")), patience=QUIET)
    assert sorted(well.printed) == sorted(each.data for each in ORDERS) and not broken.printed
    assert [each.error for each in found] == [None] * len(ORDERS)


def test_what_only_a_printer_that_fails_could_print_is_an_error() -> None:
    Memory.kept = {}
    broken, well = models(2, copies=(3, 1))
    object.__setattr__(broken, "faults", repeat("unreachable"))
    orders = [ORDERS[0], order(9, {"copies": 2})]
    first, second = distribute(orders, [broken, well], Memory(Path("/nowhere")), patience=QUIET)
    assert first.error is None and well.printed == [ORDERS[0].data]
    assert second.error is not None and second.entry is None


def test_an_interrupt_ends_all_printers(labs: list[Lab], tmp_path: Path, request: pytest.FixtureRequest) -> None:
    for lab in labs:
        lab.set("slow")
    seen = threading.Barrier(3, action=lambda: os.kill(os.getpid(), signal.SIGINT), timeout=60)
    once: set[str] = set()

    def interrupt(entry: JournalEntry) -> None:
        if entry.state == "processing" and entry.queue not in once:
            once.add(entry.queue)
            seen.wait()

    journal = Journal(tmp_path / "prints.sqlite")
    handler = signal.signal(signal.SIGINT, signal.default_int_handler)  # a worker of pytest ignores it
    request.addfinalizer(lambda: signal.signal(signal.SIGINT, handler))
    with pytest.raises(KeyboardInterrupt):
        distribute(
            [order(n) for n in range(6)], [lab.printer for lab in labs], journal, patience=QUICK, report=interrupt
        )
    assert {entry.stage for entry in journal.entries()} == {Stage.CANCELED} and len(journal.entries()) == 3


def test_no_printer_at_all_is_an_error(tmp_path: Path) -> None:
    nowhere = Printer.at(f"ipp://localhost:{free_port()}/ipp/print", "tester")
    with pytest.raises(PrintError, match="cannot be reached"):
        distribute([order(1)], [nowhere, nowhere], Journal(tmp_path / "j"), patience=Patience(0.1, 0.05))
