"""Printing: options arrive, impossible ones are refused before anything is sent, and nothing is printed twice."""

from __future__ import annotations

import io
import json
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

import keyring
import pikepdf
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from keyring.backend import KeyringBackend
from keyring.backends import fail
from keyring.errors import KeyringLocked
from pikepdf import Name
from typer.testing import CliRunner

from masthead.cli.app import app
from masthead.document.errors import PrintError, SourceError
from masthead.press import printing
from masthead.press.imposition import Booklet, Edge, impose
from masthead.press.printing import (
    Journal,
    JournalEntry,
    Login,
    Patience,
    Printer,
    PrintOrder,
    Stage,
    check,
    kept_password,
    paper_fit,
    steer,
    ticket,
    waiting_jobs,
)
from masthead.press.printing import printers as printers_module
from masthead.press.printing.handover import NOTHING_PRINTED, _seen, _trouble
from masthead.press.printing.ipp import CHUNK, Attribute, Endpoint, IppTag, Rejected, Unanswered, request
from masthead.press.printing.printers import _job
from printers import Lab, Line, certified, cups, door, free_port, message_bus, wait

QUICK = Patience(limit=60, interval=0.05)  # no test waits as long: for a machine under load
SHORT = Patience(limit=0.3, interval=0.05)


def document(text: str = "") -> bytes:
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(595.276, 841.89))
    pdf.Root.ViewerPreferences = pikepdf.Dictionary(Direction=Name.R2L)
    pdf.docinfo.Title = text
    file = io.BytesIO()
    pdf.save(file, deterministic_id=True)
    return file.getvalue()


def order(said: dict[str, object] | None = None, *, file: str = "a.pdf", binding: Edge = Edge.RIGHT) -> PrintOrder:
    return PrintOrder(file, document(file), ticket.parse(said or {}, "ticket").common, binding)


def submit(
    orders: list[PrintOrder], printer: Printer, journal: Journal, **settings: object
) -> tuple[JournalEntry, ...]:
    """Print the orders; return their entries, or raise what went wrong with the first that failed."""
    found = printing.submit(orders, printer, journal, **settings)
    for each in found:
        if each.error:
            raise each.error
    return tuple(each.entry for each in found)


@pytest.fixture(autouse=True)
def _no_test_waits_for_ever() -> Iterator[None]:
    """Following a job has no time limit: somebody may have to refill paper."""
    signal.signal(signal.SIGALRM, lambda *_: pytest.fail("this takes too long"))
    signal.alarm(60)
    yield
    signal.alarm(0)


@pytest.fixture(scope="session")
def bus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with message_bus(tmp_path_factory.mktemp("bus")) as path:
        yield path


@pytest.fixture
def lab(bus: Path, tmp_path: Path) -> Iterator[Lab]:
    lab = Lab(tmp_path / "lab", free_port(), bus)
    try:
        lab.start()
        yield lab
    finally:
        lab.close()


@pytest.fixture
def finisher(bus: Path, tmp_path: Path) -> Iterator[Lab]:
    lab = Lab(tmp_path / "finisher", free_port(), bus, finisher=True)
    try:
        lab.start()
        yield lab
    finally:
        lab.close()


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path / "journal" / "prints.sqlite")


# --- a real printer ---------------------------------------------------------------------------------------------------


def test_the_ticket_arrives_as_written_and_the_file_byte_for_byte(lab, journal):
    said = {"copies": 3, "sides": "two-sided-long-edge", "media": "A4", "quality": "high", "name": "قرار ٢٠١٧/١٨"}
    wanted = order(said)
    (entry,) = submit([wanted], lab.printer, journal, patience=QUICK)
    assert lab.received == [wanted.data]
    assert entry.stage is Stage.COMPLETED and entry.digest == wanted.digest and entry.sent == len(wanted.data)
    got = lab.attributes(entry.job)
    assert got["COPIES"] == "3" and got["SIDES"] == "two-sided-long-edge" and got["MEDIA"] == "iso_a4_210x297mm"
    assert got["PRINT_QUALITY"] == "high" and got["JOB_NAME"] == "قرار ٢٠١٧/١٨" and got["JOB_UUID"] == entry.uuid
    assert journal.entries() == (entry,)


def test_a_finisher_staples_an_arabic_document_at_the_top_right(finisher, journal):
    said = {"finishings": ["staple"], "number_up": 2, "media": "A3", "sides": "two-sided-short-edge"}
    for binding, corner, way in (
        (Edge.RIGHT, "staple-top-right", "toleft-tobottom"),
        (Edge.LEFT, "staple-top-left", "toright-tobottom"),
    ):
        (entry,) = submit([order(said, binding=binding)], finisher.printer, journal, patience=QUICK)
        got = finisher.attributes(entry.job)
        assert got["FINISHINGS"] == corner and got["PRESENTATION_DIRECTION_NUMBER_UP"] == way
        assert got["NUMBER_UP"] == "2" and got["MEDIA"] == "iso_a3_297x420mm"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"finishings": ["staple"]}, "finishings staple-top-right: the printer supports none"),
        ({"media": "A3"}, "media A3: the printer supports letter"),
        ({"copies": 1000}, "copies 1000: the printer supports 1 to 999"),
        ({"hold_until": "night"}, "hold_until night: the printer does not let it be chosen"),
        ({"number_up": 4}, "number_up 4"),
        ({"pages": ["2-9"]}, "pages 2-9: the file has 1 page"),
    ],
)
def test_what_the_printer_cannot_do_is_refused_before_anything_is_sent(lab, journal, said, words):
    with pytest.raises(PrintError, match=words) as caught:
        submit([order(), order(said, file="b.pdf")], lab.printer, journal, patience=QUICK)
    assert caught.value.exit_code == 7 and caught.value.where == "b.pdf"
    assert lab.received == [] and journal.entries() == () and waiting_jobs(lab.printer) == ()


def test_everything_that_is_wrong_with_the_orders_is_said_at_once(lab, journal):
    run = [order({"copies": 1000}), order(file="b.pdf"), order({"media": "A3"}, file="c.pdf")]
    with pytest.raises(PrintError) as caught:
        submit(run, lab.printer, journal, patience=QUICK)
    assert [each.where for each in caught.value.each] == ["a.pdf", "c.pdf"] and lab.received == []


def test_the_printer_validates_with_fidelity(lab):
    with pytest.raises(PrintError, match=r"refuses.*sides"):
        lab.printer.validate("x", (Attribute("sides", IppTag.KEYWORD, ("both",)),))


def test_files_are_sent_in_order_each_with_its_ticket(lab, journal):
    tickets = ticket.parse({"copies": 1, "files": {"b.pdf": {"copies": 7}}})
    run = [PrintOrder(name, document(name), tickets.of(name), Edge.RIGHT) for name in ("c.pdf", "b.pdf", "a.pdf")]
    entries = submit(run, lab.printer, journal, patience=QUICK)
    assert lab.received == [one.data for one in run]
    assert [lab.attributes(entry.job)["COPIES"] for entry in entries] == ["1", "7", "1"]
    assert [entry.file for entry in journal.entries()] == ["c.pdf", "b.pdf", "a.pdf"]


def test_the_same_order_is_printed_once_unless_again_is_given(lab, journal):
    (first,) = submit([order()], lab.printer, journal, patience=QUICK)
    assert submit([order()], lab.printer, journal, patience=QUICK) == (first,)
    assert len(lab.received) == 1
    submit([order()], lab.printer, journal, patience=QUICK, again=True)
    submit([order({"copies": 2})], lab.printer, journal, patience=QUICK)
    assert len(lab.received) == 3


def test_masthead_waits_for_a_busy_printer(lab, journal):
    lab.set("slow")
    threading.Timer(0.5, lab.set, ("slow", False)).start()
    entries = submit([order(), order(file="b.pdf")], lab.printer, journal, patience=QUICK)
    assert [entry.stage for entry in entries] == [Stage.COMPLETED] * 2 and len(lab.received) == 2


def test_a_printer_that_is_busy_with_others_too_long_is_an_error(lab, journal, tmp_path):
    def leave(entry: JournalEntry) -> None:
        if entry.state == "processing":
            raise Crash

    lab.set("slow")
    with pytest.raises(Crash):
        submit([order()], lab.printer, Journal(tmp_path / "other.sqlite"), patience=QUICK, report=leave)
    with pytest.raises(PrintError, match=r"accepts no jobs: Currently printing another job$"):
        submit([order(file="b.pdf"), order(file="c.pdf")], lab.printer, journal, patience=SHORT)
    assert [entry.stage for entry in journal.entries()] == [Stage.OPENED] and len(lab.received) == 1


def test_a_long_job_of_the_same_run_is_waited_for_beyond_patience(lab, journal):
    lab.set("slow")
    threading.Timer(6 * SHORT.limit, lab.set, ("slow", False)).start()
    stages: list[tuple[str, Stage]] = []
    settings = {"patience": SHORT, "report": lambda entry: stages.append((entry.file, entry.stage))}
    run = [order(file=name) for name in ("a.pdf", "b.pdf", "c.pdf")]
    entries = submit(run, lab.printer, journal, **settings)
    assert [entry.stage for entry in entries] == [Stage.COMPLETED] * 3
    # The first is known as printed when it is, and not when all have been handed over.
    assert stages.index(("a.pdf", Stage.COMPLETED)) < stages.index(("c.pdf", Stage.HANDED_OVER))


def test_what_is_wrong_with_one_file_does_not_stop_the_others(lab, journal):
    lab.set("fail")
    (failed,) = submit([order()], lab.printer, journal, patience=QUICK)
    lab.set("fail", False)
    key = printing_entry(order(file="b.pdf"), lab).key
    with elsewhere(journal, key):
        run = [order(file=name) for name in ("a.pdf", "b.pdf", "c.pdf")]
        first, second, third = printing.submit(run, lab.printer, journal, patience=QUICK)
    assert "was aborted" in first.error.message and first.entry == failed
    assert "another process" in second.error.message and second.error.where == "b.pdf"
    assert third.entry.stage is Stage.COMPLETED and third.error is None and len(lab.received) == 2


def test_out_of_paper_is_reported_and_waited_for(lab, journal):
    told: list[JournalEntry] = []

    def tell(entry: JournalEntry) -> None:
        told.append(entry)
        if "media-empty" in entry.reasons and (lab.folder / "empty").exists():
            lab.set("empty", False)

    lab.set("empty")
    (entry,) = submit([order()], lab.printer, journal, patience=QUICK, report=tell)
    assert entry.stage is Stage.COMPLETED and any("media-empty" in one.reasons for one in told)


def test_a_job_that_fails_at_the_printer_is_printed_again_only_if_asked(lab, journal):
    lab.set("fail")
    (entry,) = submit([order()], lab.printer, journal, patience=QUICK)
    assert entry.stage is Stage.ABORTED
    lab.set("fail", False)
    with pytest.raises(PrintError, match="was aborted") as caught:
        submit([order()], lab.printer, journal, patience=QUICK)
    assert "--again --copies" in caught.value.hint and len(lab.received) == 1
    (entry,) = submit([order()], lab.printer, journal, patience=QUICK, again=True)
    assert entry.stage is Stage.COMPLETED and len(lab.received) == 2


def test_a_job_that_is_canceled_at_the_printer_is_printed_again_only_if_asked(lab, journal):
    def cancel(entry: JournalEntry) -> None:
        if entry.state == "processing":
            lab.printer.cancel(entry.job)
            lab.set("slow", False)

    lab.set("slow")
    (entry,) = submit([order()], lab.printer, journal, patience=QUICK, report=cancel)
    assert entry.stage is Stage.CANCELED
    with pytest.raises(PrintError, match=r"job 1 of .* was canceled"):
        submit([order()], lab.printer, journal, patience=QUICK)
    (entry,) = submit([order()], lab.printer, journal, patience=QUICK, again=True)
    assert entry.stage is Stage.COMPLETED and len(lab.received) == 2


@pytest.mark.parametrize(
    ("attributes", "begun", "printed"),
    [
        ({"time-at-processing": (None,)}, False, ""),
        ({"time-at-processing": (17,)}, True, ""),
        ({}, True, ""),
        ({"job-impressions-completed": (12,), "sheet-completed-copy-number": (3,)}, True, "3 copies begun, 12 sides"),
    ],
)
def test_what_a_printer_says_of_a_job_is_known(attributes, begun, printed):
    job = _job({"job-state": (7,), **attributes})
    entry = JournalEntry("", "", "", 9, "", "", Stage.HANDED_OVER)
    assert (job.begun, job.printed) == (begun, printed)
    assert _seen(entry, job).reasons == (printed if begun else NOTHING_PRINTED)


def test_one_printer_at_two_addresses_prints_once(lab, journal):
    (first,) = submit([order()], lab.printer, journal, patience=QUICK)
    other = Printer.at(f"ipp://127.0.0.1:{lab.port}/ipp/print", "tester", timeout=30)
    assert submit([order()], other, journal, patience=QUICK) == (first,)
    assert len(lab.received) == 1


@pytest.mark.parametrize(
    ("said", "printer", "complaint"),
    [
        ({}, {"media-default": ("iso_a4_210x297mm",)}, ""),
        ({}, {"media-default": ("na_letter_8.5x11in",)}, "210 × 297 mm, and the paper is letter (215.9 × 279.4 mm)"),
        ({}, {}, ""),
        ({"media": "A3"}, {}, "the paper is A3 (297 × 420 mm)"),
        ({"media": "A3", "scaling": "fit"}, {}, ""),
        ({"media": "A3", "number_up": 2}, {}, ""),
        ({"media": "iso_b4_250x353mm"}, {}, "the paper is B4 (250 × 353 mm)"),
    ],
)
def test_pages_of_another_size_than_the_paper_are_refused(said, printer, complaint):
    found = paper_fit.other_paper(ticket.parse(said).common, paper_fit.paper_sizes(document()), printer)
    assert complaint in found and bool(complaint) is bool(found)


def test_pages_are_measured_as_they_are_shown():
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(400, 300))
    pdf.pages[0].obj.CropBox = pikepdf.Array([50, 0, 350, 300])
    pdf.pages[0].obj.UserUnit = 2
    pdf.add_blank_page(page_size=(595.276, 841.89))
    pdf.add_blank_page(page_size=(841.89, 595.276))
    file = io.BytesIO()
    pdf.save(file)
    assert paper_fit.paper_sizes(file.getvalue()) == ((211.7, 211.7), (210.0, 297.0))


def test_an_interrupt_cancels_what_is_not_printed(lab, journal):
    def interrupt(entry: JournalEntry) -> None:
        if entry.state == "processing":
            raise KeyboardInterrupt

    lab.set("slow")
    with pytest.raises(KeyboardInterrupt):
        submit([order()], lab.printer, journal, patience=QUICK, report=interrupt)
    (entry,) = journal.entries()
    assert entry.stage is Stage.CANCELED
    lab.set("slow", False)
    wait(lambda: not waiting_jobs(lab.printer), "the job is not canceled")
    assert lab.printer.job(entry.job).state == "canceled"
    with pytest.raises(PrintError, match="was canceled"):
        submit([order()], lab.printer, journal, patience=QUICK)
    (entry,) = submit([order()], lab.printer, journal, patience=QUICK, again=True)
    assert entry.stage is Stage.COMPLETED


class Crash(BaseException):
    """The process ends here, without cleaning up."""


@pytest.mark.parametrize("stage", [Stage.CREATED, Stage.SENDING, Stage.HANDED_OVER])
def test_a_new_process_continues_where_a_dead_one_ended(lab, journal, stage):
    def crash(entry: JournalEntry) -> None:
        if entry.stage is stage:
            raise Crash

    lab.set("slow")
    with pytest.raises(Crash):
        submit([order()], lab.printer, journal, patience=QUICK, report=crash)
    assert journal.entries()[0].stage is stage
    lab.set("slow", False)
    (entry,) = submit([order()], lab.printer, journal, patience=QUICK)
    assert entry.stage is Stage.COMPLETED and lab.received == [order().data]


def test_a_document_is_not_sent_twice_if_the_response_was_lost(lab, journal):
    line = Line(lab.port, swallow=True)
    printer = Printer.at(line.address, "tester", timeout=30)
    (entry,) = submit([order()], printer, journal, patience=QUICK)
    line.close()
    assert line.broken == 1 and entry.stage is Stage.COMPLETED and lab.received == [order().data]


def test_a_truncated_document_is_sent_again(lab, journal):
    line = Line(lab.port, swallow=False)
    printer = Printer.at(line.address, "tester", timeout=30)
    (entry,) = submit([order()], printer, journal, patience=QUICK)
    line.close()
    assert line.broken == 1 and entry.stage is Stage.COMPLETED and lab.received == [order().data]


def test_a_printer_killed_during_a_job_leads_to_an_explicit_error(lab, journal):
    def kill(entry: JournalEntry) -> None:
        if entry.state == "processing":
            lab.stop()

    lab.set("slow")
    with pytest.raises(PrintError, match=r"cannot be reached.*the state of its job is unknown"):
        submit([order()], lab.printer, journal, patience=SHORT, report=kill)
    lab.set("slow", False)
    lab.start()
    with pytest.raises(PrintError, match=r"no longer knows job 1 .*it may have been printed") as caught:
        submit([order()], lab.printer, journal, patience=QUICK)
    assert "--again" in caught.value.hint
    assert len(lab.received) == 1 and journal.entries()[0].stage is Stage.UNKNOWN
    (entry,) = submit([order()], lab.printer, journal, patience=QUICK, again=True)
    assert entry.stage is Stage.COMPLETED


def test_an_unreachable_printer_is_named(journal):
    with pytest.raises(PrintError, match="cannot be reached"):
        submit([order()], Printer.at(f"ipp://localhost:{free_port()}/ipp/print", "t"), journal, patience=SHORT)
    assert journal.entries() == ()


def test_a_server_that_does_not_speak_ipp_is_not_a_printer(journal):
    with socket.create_server(("localhost", 0)) as server:

        def serve() -> None:
            client, _ = server.accept()
            with client:
                client.recv(65536)
                client.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello")

        threading.Thread(target=serve, daemon=True).start()
        printer = Printer.at(f"ipp://localhost:{server.getsockname()[1]}/ipp/print", "t")
        with pytest.raises(PrintError, match="is not a printer"):
            check([order()], printer, patience=SHORT)


def test_an_unknown_path_is_an_error(lab):
    with pytest.raises(PrintError):
        check([order()], Printer.at(f"ipp://localhost:{lab.port}/nothing/here", "t"), patience=SHORT)


@contextmanager
def elsewhere(journal: Journal, key: str) -> Iterator[None]:
    """Another process has claimed the key."""
    script = (
        "import sys; from pathlib import Path; from masthead.press.printing import Journal\n"
        "with Journal(Path(sys.argv[1])).claim(sys.argv[2]): print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, journal.path, key], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout.readline() == b"held\n"
        yield
        other.communicate()


def printing_entry(wanted: PrintOrder, lab: Lab) -> JournalEntry:
    return wanted.entry(lab.printer.uri, lab.printer.describe()["printer-uuid"][0])


def test_two_processes_do_not_hand_over_the_same_file(journal):
    key = order().entry("ipp://x").key
    with elsewhere(journal, key), journal.claim(key, "0" * 64) as taken:
        assert taken == {key}
    with journal.claim(key) as taken:
        assert taken == set()
    first, second, third = (f"{at:012x}{'0' * 52}" for at in (1, 2, 3))  # a lock is as long as one key
    with elsewhere(journal, second), journal.claim(first, second, third) as taken:
        assert taken == {second}


@pytest.mark.parametrize(
    "address", ["http://localhost/", "ipp://", "ipp://host:port/", "lp0 now", "ipp:/x", "ftp://x/y", ""]
)
def test_an_invalid_address_is_refused(address):
    with pytest.raises(PrintError, match="not a printer address") as caught:
        Printer.at(address, "t")
    assert "ipp://" in caught.value.hint


def test_a_bare_name_is_a_local_queue():
    printer = Printer.at("office", "t")
    assert printer.uri == "ipp://localhost/printers/office" and printer.endpoint.port == 631


def test_nothing_is_printed_if_the_journal_cannot_be_written(lab, tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(PrintError, match="journal"):
        submit([order()], lab.printer, Journal(tmp_path / "file" / "j.sqlite"), patience=QUICK)
    assert lab.received == []


# --- CUPS -------------------------------------------------------------------------------------------------------------


def test_a_cups_queue_takes_the_same_ticket(lab, journal):
    with cups(lab.printer.uri) as (queue, spool):
        plain, held = order({"copies": 2, "number_up": 2}), order({"hold_until": "indefinite"}, file="b.pdf")
        (entry,) = submit([plain], queue, journal, patience=QUICK)
        assert entry.stage is Stage.COMPLETED and len(lab.received) == 1
        assert (spool / f"d{entry.job:05}-001").read_bytes() == plain.data

        def leave(one: JournalEntry) -> None:
            if one.stage is Stage.HANDED_OVER:
                assert [job.state for job in waiting_jobs(queue)] == ["held"]
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            submit([held], queue, journal, patience=QUICK, report=leave)
        assert waiting_jobs(queue) == () and len(lab.received) == 1
        assert (spool / f"d{journal.entries()[-1].job:05}-001").read_bytes() == held.data


# --- the commands -----------------------------------------------------------------------------------------------------


def test_print_reports_file_hash_ticket_queue_job_and_state(lab, tmp_path):
    path, slip, journal = tmp_path / "قرار.pdf", tmp_path / "ticket.toml", tmp_path / "j.sqlite"
    path.write_bytes(document("a"))
    slip.write_text('copies = 2\nsides = "two-sided-long-edge"\n')
    arguments = ["print", str(path), "--to", lab.printer.uri, "--ticket", str(slip), "--journal", str(journal)]
    asked = CliRunner().invoke(app, [*arguments, "--dry-run"])
    assert asked.exit_code == 0 and "sides two-sided-long-edge" in asked.stdout and lab.received == []
    done = CliRunner().invoke(app, [*arguments, "--json"])
    assert done.exit_code == 0
    told = json.loads(done.stdout)
    assert told["file"] == "قرار.pdf" and told["stage"] == "completed" and told["queue"] == lab.printer.uri
    assert json.loads(told["ticket"]) == {"copies": 2, "sides": "two-sided-long-edge", "binding": "right"}
    assert lab.received == [path.read_bytes()]
    listed = CliRunner().invoke(app, ["queue", "--journal", str(journal), "--json"])
    assert json.loads(listed.stdout) == told
    assert CliRunner().invoke(app, ["queue", "--to", lab.printer.uri]).stdout == ""


@pytest.mark.parametrize(
    ("said", "turned"), [("", "two-sided-short-edge"), ('sides = "one-sided"', "one-sided")]
)  # fmt: skip
def test_imposed_sheets_are_printed_on_the_sides_that_they_say(lab, tmp_path, said, turned):
    path, slip = tmp_path / "sheets.pdf", tmp_path / "ticket.toml"
    impose(document("a"), Booklet()).save(path)
    slip.write_text(said)
    command = ["print", str(path), "--to", lab.printer.uri, "--ticket", str(slip), "--journal", str(tmp_path / "j")]
    done = CliRunner().invoke(app, command)
    assert done.exit_code == 0, done.output
    assert lab.attributes(1)["SIDES"] == turned
    line, *more = done.stdout.splitlines()
    assert not more and "completed" in line and "sheets.pdf" in line and turned in line and "job 1" in line
    assert "1 of 1 files are printed" in done.output


def test_whoever_waits_for_a_printer_knows_why(tmp_path):
    said = []
    nowhere = Printer.at(f"ipp://localhost:{free_port()}/ipp/print", "tester")
    with pytest.raises(PrintError):
        check([order()], nowhere, patience=replace(SHORT, say=said.append))
    assert len(said) == 1 and "cannot be reached" in said[0] and "waiting at most 0.3 s" in said[0]


@pytest.mark.parametrize("data", [b"%PDF-1.7 and no more", b""])
def test_print_does_not_send_a_damaged_file(lab, tmp_path, data):
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    result = CliRunner().invoke(app, ["print", str(path), "--to", lab.printer.uri])
    assert isinstance(result.exception, SourceError) and lab.received == []


def test_ticket_prints_its_schema():
    result = CliRunner().invoke(app, ["ticket"])
    assert json.loads(result.stdout)["properties"]["copies"]["minimum"] == 1


@pytest.mark.parametrize("size", [0, 10, CHUNK, CHUNK + 1])
def test_a_printer_that_does_not_answer_has_been_sent_the_whole_document(size: int) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def read_all() -> None:
            with server.accept()[0] as connection:
                left = len(b"message") + size
                stream = connection.makefile("rb")
                while stream.readline().strip():
                    pass
                stream.read(left)

        reader = threading.Thread(target=read_all)
        reader.start()
        with pytest.raises(Unanswered) as caught:
            request(Endpoint("127.0.0.1", server.getsockname()[1], "/", timeout=20), b"message", b"x" * size)
        reader.join()
    assert caught.value.sent == size


@pytest.mark.parametrize(
    ("status", "hint"),
    [(401, "requires a login"), (404, "check the path"), (426, "use ipps://"), (500, "")],
)
def test_a_server_that_refuses_to_speak_ipp_is_an_error_with_what_to_do(status: int, hint: str) -> None:
    with pytest.raises(PrintError) as caught:
        _trouble(Rejected(status, "no"), Printer.at("ipp://127.0.0.1:1/x", "me"))
    assert hint in caught.value.hint and bool(hint) is bool(caught.value.hint)


# --- who may print ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["Basic", "Digest"])
def test_a_printer_that_asks_for_a_password_gets_it(scheme, lab, journal, tmp_path):
    with door(lab.port, tmp_path, scheme=scheme) as address:
        login = Login("layla", "س3cret", tmp_path / "door.crt")
        (entry,) = submit([order()], Printer.at(address, "layla", login=login), journal, patience=QUICK)
        assert entry.stage is Stage.COMPLETED and lab.received == [order().data]
        for password in ("", "wrong"):
            other = Printer.at(address, "layla", login=Login("layla", password, tmp_path / "door.crt"))
            with pytest.raises(PrintError, match="401") as caught:
                submit([order(file="b.pdf")], other, journal, patience=QUICK)
            assert "MASTHEAD_PRINT_PASSWORD" in caught.value.hint
    assert b"s3cret" not in journal.path.read_bytes() and "3cret" not in repr(login)


def test_a_certificate_that_nobody_vouches_for_is_an_error_at_once(lab, journal, tmp_path):
    with door(lab.port, tmp_path, scheme="") as address, pytest.raises(PrintError, match="not trusted") as caught:
        submit([order()], Printer.at(address, "layla"), journal, patience=QUICK)
    assert "--ca" in caught.value.hint


def test_a_pinned_certificate_is_accepted_and_no_other(lab, journal, tmp_path):
    with door(lab.port, tmp_path, scheme="Basic") as address:
        made = x509.load_pem_x509_certificate((tmp_path / "door.crt").read_bytes())
        pin = made.fingerprint(hashes.SHA256()).hex(":").upper()
        login = Login("layla", "س3cret", fingerprint=pin)
        numbered = address.replace("localhost", "127.0.0.1")  # a name that the certificate does not have
        (entry,) = submit([order()], Printer.at(numbered, "layla", login=login), journal, patience=QUICK)
        assert entry.stage is Stage.COMPLETED
        other = replace(login, fingerprint="00" * 32)
        with pytest.raises(PrintError, match="the fingerprint of the certificate is ") as caught:
            check([order()], Printer.at(address, "layla", login=other), patience=QUICK)
        assert pin.replace(":", "").lower() in str(caught.value)


def test_an_address_without_a_scheme_is_encrypted_where_the_printer_offers_it(lab, tmp_path, monkeypatch):
    here = f"localhost:{lab.port}/ipp/print"
    assert Printer.at(here, "layla").uri == f"ipp://{here}"  # nobody can read what stays on this machine
    monkeypatch.setattr(printers_module, "_HERE", ())
    with door(lab.port, tmp_path, scheme="Basic") as address:
        bare = address.removeprefix("ipps://")
        assert Printer.at(bare, "layla", login=Login(authority=tmp_path / "door.crt")).uri == address
        assert Printer.at(bare, "layla").uri == address  # not trusted: an error follows, and nothing is sent in plain
    assert Printer.at(bare, "layla").uri == f"ipp://{bare}"
    said = []
    submit([order()], lab.printer, Journal(tmp_path / "j"), patience=replace(QUICK, say=said.append))
    assert said == [f"{lab.printer.uri}: nothing is encrypted, and the printer offers ipps://{here}"]


class Keyring(KeyringBackend):
    """A keyring in memory."""

    priority = 1
    kept: ClassVar = {("masthead press.example", "layla"): "س3cret", ("masthead localhost", "layla"): "here"}
    locked = False

    def get_password(self, service: str, username: str) -> str | None:
        if self.locked:
            raise KeyringLocked("locked")
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None: ...
    def delete_password(self, service: str, username: str) -> None: ...


def test_a_password_is_in_the_keyring(lab, tmp_path, monkeypatch):
    ring, before = Keyring(), keyring.get_keyring()
    keyring.set_keyring(ring)
    try:
        assert kept_password("ipps://press.example:8443/ipp/print", "layla") == "س3cret"
        assert (
            kept_password("press.example/ipp/print", "layla") == "س3cret" and kept_password("queue", "layla") == "here"
        )
        assert kept_password("ipps://press.example/ipp/print", "omar") == ""
        ring.kept = {("masthead localhost", "layla"): "س3cret"}
        (tmp_path / "a.pdf").write_bytes(document("a"))
        with door(lab.port, tmp_path, scheme="Digest") as address:
            command = ["print", str(tmp_path / "a.pdf"), "--to", address, "--ca", str(tmp_path / "door.crt"), "-v"]
            command += ["--journal", str(tmp_path / "j.sqlite")]
            assert "401" in str(CliRunner().invoke(app, command).exception)  # nobody asked for the login of layla
            done = CliRunner().invoke(app, [*command, "--user", "layla"])
            assert done.exit_code == 0, done.output
            assert "3cret" not in done.output and b"3cret" not in (tmp_path / "j.sqlite").read_bytes()
        ring.locked = True
        with pytest.raises(PrintError, match="keyring cannot be opened"):
            kept_password("queue", "layla")
        keyring.set_keyring(fail.Keyring())
        assert kept_password("queue", "layla") == ""
    finally:
        keyring.set_keyring(before)
    monkeypatch.setitem(sys.modules, "keyring", None)
    assert kept_password("queue", "layla") == ""


def test_a_fingerprint_that_is_none_is_wrong_usage(tmp_path):
    (tmp_path / "a.pdf").write_bytes(document())
    command = ["print", str(tmp_path / "a.pdf"), "--to", "ipps://press.example/", "--fingerprint", "12:34"]
    refused = CliRunner().invoke(app, command)
    assert refused.exit_code == 2 and "64 hexadecimal digits" in refused.output


def test_a_printer_may_ask_for_a_certificate(lab, journal, tmp_path):
    own, _ = certified("layla", tmp_path / "layla.pem")
    with door(lab.port, tmp_path, scheme="", authority=own.read_bytes()) as address:
        login = Login("layla", "", tmp_path / "door.crt", tmp_path / "layla.pem")
        (entry,) = submit([order()], Printer.at(address, "layla", login=login), journal, patience=QUICK)
        assert entry.stage is Stage.COMPLETED
        stranger = Printer.at(address, "layla", login=Login("layla", "", tmp_path / "door.crt"))
        with pytest.raises(PrintError):
            submit([order(file="b.pdf")], stranger, journal, patience=SHORT)
    assert len(lab.received) == 1


@pytest.mark.parametrize(
    ("address", "login", "words"),
    [
        ("ipp://print.example/ipp/print", Login("a", "b"), "the password would be sent unencrypted"),
        ("ipps://a:b@print.example/ipp/print", Login(), "an address has no login"),
        (
            "ipps://print.example/ipp/print",
            Login(authority=Path("/nowhere.pem")),
            "a certificate cannot be used: no such",
        ),
    ],
)
def test_a_login_that_would_leak_or_cannot_be_used_is_refused(address, login, words):
    with pytest.raises(PrintError, match=words) as caught:
        Printer.at(address, "layla", login=login)
    assert "a:b" not in str(caught.value)


def test_jobs_are_held_released_and_cancelled_by_their_number(lab, journal):
    lab.set("slow")
    first = lab.printer.create("first", ())
    assert [job.number for job in waiting_jobs(lab.printer)] == [first.number]
    steer(lab.printer, lab.printer.cancel, first.number)
    assert not waiting_jobs(lab.printer)
    arguments = ["queue", "--to", lab.printer.uri, "--hold", "99"]
    refused = CliRunner().invoke(app, arguments)
    assert isinstance(refused.exception, PrintError)
    assert CliRunner().invoke(app, ["queue", "--hold", "1"]).exit_code == 2
