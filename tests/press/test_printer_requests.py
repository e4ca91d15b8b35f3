"""What a printer is asked, attribute by attribute, and what its answers mean."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ippserver import IppServer, job
from masthead.document import PrintError
from masthead.press.printing import Printer
from masthead.press.printing.ipp import Attribute, IppOperation, IppTag, Login
from masthead.press.printing.printers import Busy, Job

TEMPLATE = (
    Attribute("copies", IppTag.INTEGER, (2,)), Attribute("job-password", IppTag.OCTETS, (b"\1",)),
    Attribute("job-password-encryption", IppTag.KEYWORD, ("none",)),
)  # fmt: skip


@pytest.fixture
def server() -> Iterator[IppServer]:
    with IppServer() as server:
        yield server


@pytest.fixture
def printer(server: IppServer) -> Printer:
    return Printer.at(server.uri, "layla", timeout=20)


def head(printer: Printer) -> dict[str, tuple[object, ...]]:
    return {
        "attributes-charset": ("utf-8",), "attributes-natural-language": ("en",), "printer-uri": (printer.uri,),
    }  # fmt: skip


USER, NUMBER = {"requesting-user-name": ("layla",)}, {"job-id": (7,)}
DESCRIBED = {**USER, "job-name": ("قرار",), "ipp-attribute-fidelity": (True,)}
PDF = {"document-format": ("application/pdf",)}
SECRET = {"job-password": (b"\1",), "job-password-encryption": ("none",)}
JOB_ATTRIBUTES = {"requested-attributes": (
    "job-id", "job-uuid", "job-name", "job-state", "job-state-reasons", "job-printer-state-message",
    "job-printer-state-reasons", "number-of-documents", "job-impressions-completed", "job-media-sheets-completed",
    "sheet-completed-copy-number", "time-at-processing", "job-originating-user-name",
)}  # fmt: skip


@pytest.mark.parametrize(
    ("ask", "operation", "about", "template", "document"),
    [
        (lambda p: p.validate("قرار", TEMPLATE), "VALIDATE_JOB", {**DESCRIBED, **PDF, **SECRET}, {"copies": (2,)}, b""),
        (lambda p: p.create("قرار", TEMPLATE), "CREATE_JOB", {**DESCRIBED, **SECRET}, {"copies": (2,)}, b""),
        (lambda p: p.create("قرار", ()), "CREATE_JOB", DESCRIBED, None, b""),
        (lambda p: p.send(7, b"%PDF"), "SEND_DOCUMENT", {**NUMBER, **USER, **PDF, "last-document": (True,)}, None,
            b"%PDF"),
        (lambda p: p.job(7), "GET_JOB_ATTRIBUTES", {**NUMBER, **USER, **JOB_ATTRIBUTES}, None, b""),
        (lambda p: p.cancel(7), "CANCEL_JOB", {**NUMBER, **USER}, None, b""),
        (lambda p: p.hold(7), "HOLD_JOB", {**NUMBER, **USER}, None, b""),
        (lambda p: p.release(7), "RELEASE_JOB", {**NUMBER, **USER}, None, b""),
        (lambda p: list(p.jobs()), "GET_JOBS", {**USER, **JOB_ATTRIBUTES, "which-jobs": ("not-completed",)}, None, b""),
        (
            lambda p: p.describe(), "GET_PRINTER_ATTRIBUTES",
            {"requested-attributes": ("all", "media-col-database", "media-col-ready")}, None, b"",
        ),
    ],
)  # fmt: skip
def test_each_operation_says_what_it_is_about(ask, operation, about, template, document, server, printer):
    ask(printer)
    asked, groups, sent = server.asked[0]
    assert (asked.name, sent) == (operation, document)
    assert groups[IppTag.OPERATION] == {**head(printer), **about}
    assert groups.get(IppTag.JOB) == template


def refuse(server: IppServer, operation: IppOperation, status: int, *, message: str = "", ignored: str = "") -> None:
    said = [(IppTag.OPERATION, [Attribute("status-message", IppTag.TEXT, (message,))])] if message else []
    lost = [(IppTag.UNSUPPORTED, [Attribute(ignored, IppTag.KEYWORD, ("x",))])] if ignored else []
    server.answers[operation] = status, [*said, *lost]


@pytest.mark.parametrize("status", [0x0502, 0x0505, 0x0506, 0x0507])
def test_a_printer_that_is_busy_may_be_asked_again(status, server, printer):
    refuse(server, IppOperation.VALIDATE_JOB, status, message="later")
    with pytest.raises(Busy, match="later"):
        printer.validate("x", ())


@pytest.mark.parametrize(
    ("status", "said", "message"),
    [
        (0x0400, {}, "the printer refuses the request: status 0x0400"),
        (0x040B, {"message": "no", "ignored": "sides"}, "the printer refuses the request: no (sides)"),
        (0x0503, {"message": "broken"}, "the printer refuses the request: broken"),
        (0x0404, {}, "the printer refuses the request: status 0x0404"),
        (0x0001, {"ignored": "sides"}, "the printer would ignore sides"),
        (0x03FF, {}, ""), (0x0000, {}, ""),
    ],
)  # fmt: skip
def test_a_refusal_says_why(status, said, message, server, printer):
    refuse(server, IppOperation.VALIDATE_JOB, status, **said)
    if not message:
        printer.validate("x", ())
        return
    with pytest.raises(PrintError) as caught:
        printer.validate("x", ())
    assert (caught.value.message, caught.value.where) == (message, printer.uri)
    assert caught.value.hint == ("change the ticket" if "ignore" in message else "")


def test_a_job_that_would_be_printed_otherwise_is_cancelled(server, printer):
    server.answers[IppOperation.CREATE_JOB] = 1, [
        job(7), (IppTag.UNSUPPORTED, [Attribute("sides", IppTag.KEYWORD, ("x",))]),
    ]  # fmt: skip
    with pytest.raises(PrintError, match="the printer would ignore sides"):
        printer.create("x", ())
    assert server.operations == ["CREATE_JOB", "CANCEL_JOB"]
    assert server.asked[-1][1][IppTag.OPERATION]["job-id"] == (7,)


def test_a_job_has_the_identity_that_outlives_a_restart(server, printer):
    server.answers[IppOperation.CREATE_JOB] = 0, [(IppTag.JOB, [Attribute("job-id", IppTag.INTEGER, (7,))])]
    assert printer.create("x", ()).uuid == "u7"
    server.answers[IppOperation.GET_JOB_ATTRIBUTES] = 0x0406, []
    assert printer.create("x", ()) == Job(7, "", "unknown")


@pytest.mark.parametrize("status", [0x0406, 0x0407])
def test_a_job_that_is_gone_is_none(status, server, printer):
    refuse(server, IppOperation.GET_JOB_ATTRIBUTES, status)
    assert printer.job(7) is None
    refuse(server, IppOperation.HOLD_JOB, status)
    with pytest.raises(PrintError):
        printer.hold(7)
    refuse(server, IppOperation.GET_JOB_ATTRIBUTES, 0x0404)
    with pytest.raises(PrintError):
        printer.job(7)


@pytest.mark.parametrize(("status", "done"), [(0, True), (1, True), (0x0404, False), (0x0406, False), (0x0407, False)])
def test_what_has_ended_cannot_be_cancelled(status, done, server, printer):
    refuse(server, IppOperation.CANCEL_JOB, status)
    assert printer.cancel(7) is done
    refuse(server, IppOperation.CANCEL_JOB, 0x0403)
    with pytest.raises(PrintError):
        printer.cancel(7)


def test_an_unfinished_job_waits_for_what_its_printer_waits_for(server, printer):
    server.known = [Attribute("printer-state-reasons", IppTag.KEYWORD, ("media-empty", "a"))]
    server.answers[IppOperation.GET_JOB_ATTRIBUTES] = 0, [job(7, 5, job_state_reasons=("a", "b"))]
    assert printer.job(7) == Job(7, "u7", "processing", ("a", "b", "media-empty"))
    assert server.operations == ["GET_JOB_ATTRIBUTES", "GET_PRINTER_ATTRIBUTES"]
    server.answers[IppOperation.GET_JOB_ATTRIBUTES] = 0, [job(7, 9, job_state_reasons=("a", "b"))]
    assert printer.job(7) == Job(7, "u7", "completed", ("a", "b"))
    assert server.operations[2:] == ["GET_JOB_ATTRIBUTES"]


@pytest.mark.parametrize(
    ("address", "uri", "endpoint"),
    [
        ("office", "ipp://localhost/printers/office", ("localhost", 631, "/printers/office", False)),
        ("ipp://h", "ipp://h", ("h", 631, "/", False)), ("ipp://h:8631/p", "ipp://h:8631/p", ("h", 8631, "/p", False)),
        ("ipps://h/p", "ipps://h/p", ("h", 631, "/p", True)),
        ("localhost/p", "ipp://localhost/p", ("localhost", 631, "/p", False)),
        ("[::1]:8631/p", "ipp://[::1]:8631/p", ("::1", 8631, "/p", False)),
    ],
)  # fmt: skip
def test_an_address_says_where_and_how(address, uri, endpoint):
    found = Printer.at(address, "layla", 5)
    at = found.endpoint
    assert (found.uri, found.user, at.timeout) == (uri, "layla", 5)
    assert (at.host, at.port, at.path, at.secure) == endpoint
    private = uri.startswith("ipps") or at.host in ("localhost", "::1")
    assert found.is_private is private


@pytest.mark.parametrize(
    ("address", "password", "refused"),
    [
        ("ipp://far/p", "x", True), ("ipps://far/p", "x", False), ("ipp://localhost/p", "x", False),
        ("ipp://127.0.0.1/p", "x", False), ("ipp://far/p", "", False), ("office", "x", False),
    ],
)  # fmt: skip
def test_a_password_leaves_this_machine_only_encrypted(address, password, refused):
    login = Login("layla", password)
    if refused:
        with pytest.raises(PrintError, match="the password would be sent unencrypted"):
            Printer.at(address, "layla", login=login)
    else:
        assert Printer.at(address, "layla", login=login).endpoint.login == login


@pytest.mark.parametrize("address", ["ipp://a:b@far/p", "ipp://a@far/p", "ipps://:b@far/p"])
def test_an_address_has_no_login(address):
    with pytest.raises(PrintError, match="an address has no login") as caught:
        Printer.at(address, "layla")
    assert caught.value.where == "far"
