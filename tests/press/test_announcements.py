"""What a printer announces of itself, without a network; and the report of a night over several printers."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import pytest
from zeroconf import ServiceInfo

from masthead.document.errors import OrderError, PrintError
from masthead.press.imposition import Edge
from masthead.press.printing import (
    AnnouncedPrinter,
    JournalEntry,
    OrderState,
    PrintOrder,
    PrintRun,
    Stage,
    ticket,
    to_dict,
)
from masthead.press.printing.discovery import _once
from masthead.press.printing.distribution import Printed
from masthead.press.printing.handover import LOOK, NOTHING_PRINTED
from masthead.press.printing.night import to_html

IPP, IPPS = "_ipp._tcp.local.", "_ipps._tcp.local."


def announced(kind: str = IPP, port: int = 631, addresses=("127.0.0.1",), server="nowhere.local.", **said):
    packed = [socket.inet_pton(socket.AF_INET6 if ":" in each else socket.AF_INET, each) for each in addresses]
    return AnnouncedPrinter.of(
        ServiceInfo(kind, f"Room 3.{kind}", port, addresses=packed, server=server, properties=said)
    )


@pytest.mark.parametrize(
    ("said", "address"),
    [
        ({}, "ipp://127.0.0.1/"), ({"kind": IPPS}, "ipps://127.0.0.1/"), ({"port": 8631}, "ipp://127.0.0.1:8631/"),
        ({"rp": "ipp/print"}, "ipp://127.0.0.1/ipp/print"), ({"rp": "/printers/a"}, "ipp://127.0.0.1/printers/a"),
        ({"addresses": ("fe80::1",)}, "ipp://[fe80::1]/"), ({"server": "localhost."}, "ipp://localhost/"),
        ({"addresses": ()}, "ipp://nowhere.local/"),
    ],
)  # fmt: skip
def test_an_announcement_says_where_a_printer_is(said, address):
    assert announced(**said).address == address and announced(**said).name == "Room 3"


@pytest.mark.parametrize(
    ("said", "can", "takes_pdf", "login"),
    [
        ({}, (), None, ""), ({"pdl": ""}, (), None, ""), ({"pdl": "application/pdf"}, ("PDF",), True, ""),
        ({"pdl": "image/urf, image/pwg-raster ,application/postscript,x/y"}, ("AirPrint", "PWG raster", "PostScript"),
            False, ""),
        ({"Color": "T", "Duplex": "t", "Staple": "F", "Punch": "T", "Fold": "T", "Bind": "T"},
            ("colour", "two-sided", "punch", "fold", "bind"), None, ""),
        ({"Staple": "T"}, ("staple",), None, ""), ({"air": "none"}, (), None, ""),
        ({"air": "username,password"}, (), None, "user and password"),
        ({"air": "certificate"}, (), None, "a certificate"),
        ({"air": "negotiate"}, (), None, "Kerberos"), ({"air": "oauth"}, (), None, "oauth"),
    ],
)  # fmt: skip
def test_an_announcement_says_what_a_printer_can_do_and_asks_for(said, can, takes_pdf, login):
    found = announced(**said)
    assert (found.can, found.takes_pdf, found.login) == (can, takes_pdf, login)


@pytest.mark.parametrize(
    ("printer", "text"),
    [
        (AnnouncedPrinter("N", "ipp://a/"), "N  ipp://a/"),
        (
            AnnouncedPrinter("N", "ipp://a/", "M", "L", "u", ("PDF", "fold"), True, "Kerberos"),
            "N  ipp://a/\n    M · L · PDF, fold · asks for Kerberos",
        ),
        (AnnouncedPrinter("N", "ipp://a/", "M", takes_pdf=False), "N  ipp://a/\n    M · takes no PDF"),
        (AnnouncedPrinter("N", "ipp://a/", "M", takes_pdf=None), "N  ipp://a/\n    M"),
    ],
)
def test_a_printer_is_shown_in_two_lines(printer, text):
    assert str(printer) == text


def test_a_printer_is_listed_once_with_its_safest_address():
    plain, safe = AnnouncedPrinter("A", "ipp://a/", uuid="1"), AnnouncedPrinter("A 2", "ipps://a/", uuid="1")
    bare, bare_safe = AnnouncedPrinter("B", "ipp://b/"), AnnouncedPrinter("B", "ipps://b/")
    assert dict(_once([plain, bare, safe, bare_safe])) == {"1": safe, "B": bare_safe}
    assert dict(_once([plain, bare])) == {"1": plain, "B": bare}


# --- the report of a night --------------------------------------------------------------------------------------------

QUEUE, OTHER = "ipp://one/", "ipp://two/"


def order(name: str, copies: int = 1) -> PrintOrder:
    return PrintOrder(name, name.encode(), ticket.parse({"copies": copies}).common, Edge.LEFT)


def entry(one: PrintOrder, stage: Stage, reasons="", opened="10", changed="20", queue=QUEUE) -> JournalEntry:
    times = (f"2030-01-01T00:00:{each}+00:00" for each in (opened, changed))
    return JournalEntry("k", one.file, one.digest, 1, queue, "{}", stage, 7, "u", 1, "", reasons, *times)


def run_of(orders, **options) -> PrintRun:
    return PrintRun(orders, begun="2030-01-01T00:00:05+00:00", **options)


LOST = PrintError("the printer is gone", where="a.pdf", hint="call it")


@pytest.mark.parametrize(
    ("stage", "reasons", "ended", "error", "state", "problem"),
    [
        (Stage.COMPLETED, "", True, None, OrderState.PRINTED, ""),
        (Stage.SENDING, "", False, None, OrderState.PRINTING, ""),
        (Stage.HANDED_OVER, "x", False, None, OrderState.PRINTING, ""),
        (Stage.HANDED_OVER, "x", True, None, OrderState.DOUBTFUL, f"the job was handed over; x; {LOOK}"),
        (Stage.ABORTED, "jam", False, None, OrderState.DOUBTFUL, f"the job was aborted; jam; {LOOK}"),
        (Stage.CANCELED, "", False, None, OrderState.DOUBTFUL, f"the job was canceled; {LOOK}"),
        (Stage.CANCELED, "", True, LOST, OrderState.DOUBTFUL, "a.pdf: the printer is gone; call it"),
        (Stage.UNKNOWN, "", False, None, OrderState.DOUBTFUL, f"the job was lost; {LOOK}"),
        (Stage.ABORTED, NOTHING_PRINTED, True, None, OrderState.WAITING, ""),
        (Stage.OPENED, "", True, None, OrderState.WAITING, ""),
        (Stage.CREATED, "", False, LOST, OrderState.WAITING, "a.pdf: the printer is gone; call it"),
        (None, "", True, LOST, OrderState.WAITING, "a.pdf: the printer is gone; call it"),
        (None, "", True, None, OrderState.WAITING, ""),
    ],
)  # fmt: skip
def test_what_became_of_an_order_is_said_with_what_to_do(stage, reasons, ended, error, state, problem):
    one = order("a.pdf", 3)
    run = run_of([one])
    run.end([Printed(one, entry(one, stage, reasons) if stage else None, error)])
    run.ended = run.ended if ended else ""
    (row,) = run.rows
    assert (row.state, row.problem, row.copies, row.file, row.digest) == (state, problem, 3, "a.pdf", one.digest)
    expected = (
        (QUEUE, 7, reasons, "2030-01-01T00:00:10+00:00", "2030-01-01T00:00:20+00:00")
        if stage
        else ("", None, "", "", "")
    )
    assert (row.printer, row.job, row.reasons, row.opened, row.changed) == expected


def test_a_file_that_an_earlier_run_printed_is_not_counted_as_printed_now():
    orders = [order("a.pdf", 2), order("b.pdf", 3)]
    run = run_of(orders)
    run.end(
        [
            Printed(orders[0], entry(orders[0], Stage.COMPLETED, changed="04")),
            Printed(orders[1], entry(orders[1], Stage.COMPLETED, changed="05")),
        ]
    )
    assert [(row.file, row.state) for row in run.rows] == [("b.pdf", OrderState.PRINTED), ("a.pdf", OrderState.EARLIER)]
    assert to_dict(run)["copies"] == 3


def test_a_report_counts_files_copies_and_printers():
    orders = [order(f"{number}.pdf", number) for number in range(1, 7)]
    run = run_of(orders)
    for one, stage, queue, opened, changed in (
        (orders[0], Stage.COMPLETED, QUEUE, "10", "20"), (orders[1], Stage.COMPLETED, QUEUE, "15", "45"),
        (orders[2], Stage.ABORTED, QUEUE, "50", "59"), (orders[3], Stage.SENDING, OTHER, "10", "20"),
        (orders[4], Stage.OPENED, OTHER, "10", "20"),
    ):  # fmt: skip
        run.note(entry(one, stage, opened=opened, changed=changed, queue=queue))
    said = to_dict(run)
    assert (said["begun"], said["ended"], said["copies"]) == ("2030-01-01T00:00:05+00:00", "", 3)
    assert said["counts"] == {"to be looked at": 1, "not printed": 2, "printing": 1, "printed": 2, "printed before": 0}
    assert [row["file"] for row in said["files"]] == ["3.pdf", "5.pdf", "6.pdf", "4.pdf", "1.pdf", "2.pdf"]
    assert said["printers"] == [
        {"printer": QUEUE, "files": 2, "copies": 3, "seconds": 35.0, "to be looked at": 1, "now": ""},
        {"printer": OTHER, "files": 0, "copies": 0, "seconds": 0.0, "to be looked at": 0, "now": "4.pdf"},
    ]
    assert list(said["files"][0]) == [
        "file",
        "digest",
        "copies",
        "state",
        "printer",
        "job",
        "reasons",
        "problem",
        "opened",
        "changed",
    ]
    json.dumps(said)


def test_what_ends_a_run_is_the_problem_of_what_waits_and_of_nothing_else():
    orders = [order("a.pdf"), order("b.pdf")]
    run = run_of(orders)
    run.note(entry(orders[0], Stage.COMPLETED))
    run.end(failed=LOST)
    assert [(row.file, row.problem) for row in run.rows] == [
        ("b.pdf", "a.pdf: the printer is gone; call it"),
        ("a.pdf", ""),
    ]
    assert run.ended


def test_a_report_is_written_while_the_run_goes_on_but_not_at_each_step(tmp_path):
    one, path = order("a.pdf"), tmp_path / "r.json"
    run = run_of([one], path=path)
    run.note(entry(one, Stage.SENDING))
    first = path.read_text("utf-8")
    assert json.loads(first)["files"][0]["state"] == "printing"
    run.note(entry(one, Stage.COMPLETED))
    assert path.read_text("utf-8") == first  # two seconds have not passed
    run.end()
    said = json.loads(path.read_text("utf-8"))
    assert said == json.loads(json.dumps(to_dict(run))) and said["files"][0]["state"] == "printed" and said["ended"]


def test_a_page_loads_itself_again_until_the_run_ends():
    run = run_of([order("a<b>.pdf")])
    assert 'http-equiv="refresh" content="2"' in to_html(run) and "a&lt;b&gt;.pdf" in to_html(run)
    run.end()
    assert "refresh" not in to_html(run)


@pytest.mark.parametrize(
    ("name", "message"),
    [("x.txt", "unknown form of report: .txt"), ("x", "unknown form of report: files without a suffix")],
)
def test_a_report_has_one_of_two_forms(name, message):
    with pytest.raises(OrderError) as caught:
        PrintRun([], Path(name))
    assert (caught.value.message, caught.value.hint) == (message, "use .html, .json")
    assert PrintRun([], Path("x.html")) and PrintRun([], Path("x.json")) and PrintRun([])
