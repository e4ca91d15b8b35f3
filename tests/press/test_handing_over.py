"""Handing over, step by step, to a printer without a network: what is asked, recorded and said at each turn."""

from __future__ import annotations

import io
import json
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from masthead.document.errors import PrintError
from masthead.press.imposition import Edge
from masthead.press.printing import Journal, JournalEntry, Patience, Printer, PrintOrder, Stage, check, ticket
from masthead.press.printing.handover import LOOK, NOTHING_PRINTED, PrintQueue, _find, _seen, may_be_printed, steer
from masthead.press.printing.ipp import NotIpp, Rejected, Unanswered, Unreachable, Untrusted
from masthead.press.printing.journal import minute
from masthead.press.printing.printers import Busy, Job
from masthead.press.printing.submission import submit as submit_all

URI = "ipp://localhost/ipp/print"
KNOWN = {
    "operations-supported": (4, 5, 6, 9),
    "document-format-supported": ("application/pdf",),
    "copies-supported": ((1, 9),),
    "printer-uuid": ("urn:uuid:1",),
}
NOW = Patience(limit=0, interval=0)


def document(size=(595.276, 841.89)) -> bytes:
    pdf, file = pikepdf.new(), io.BytesIO()
    pdf.add_blank_page(page_size=size)
    pdf.save(file, deterministic_id=True)
    return file.getvalue()


DATA = document()


def order(said=None, file="a.pdf", data=DATA, pin="") -> PrintOrder:
    return PrintOrder(file, data, ticket.parse(said or {}).common, Edge.RIGHT, pin)


class Scripted(Printer):
    """A printer that answers each question with the next of its answers; `asked` is what it was asked."""

    def __init__(self, uri: str = URI, known=KNOWN, **answers) -> None:
        for name, value in (("uri", uri), ("known", known), ("asked", []), ("answers", answers)):
            object.__setattr__(self, name, value)

    def _next(self, name: str, otherwise: object) -> object:
        self.asked.append(name)
        left = self.answers.get(name, [])
        answer = left.pop(0) if left else otherwise
        if isinstance(answer, Exception):
            raise answer
        return answer

    def describe(self):
        return self._next("describe", self.known)

    def validate(self, name, template):
        return self._next("validate", None)

    def create(self, name, template):
        return self._next("create", Job(7, "u7", "pending", whole=False, begun=False))

    def send(self, number, document):
        return self._next(f"send {number}", None)

    def job(self, number):
        return self._next("job", Job(number, f"u{number}", "completed"))

    def cancel(self, number):
        return self._next(f"cancel {number}", True)


def submit(*arguments, **options) -> tuple[JournalEntry, ...]:
    """Submit orders, and return their last entries. Raises the first error."""
    found = submit_all(*arguments, **options)
    for each in found:
        if each.error:
            raise each.error
    return tuple(each.entry for each in found if each.entry)


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path / "j.sqlite")


def queue(printer: Printer, journal: Journal, **patience) -> PrintQueue:
    return PrintQueue.opened(printer, journal, replace(NOW, **patience), lambda entry: None)


# --- what the printer says of a job -----------------------------------------------------------------------------------

PARTLY = {"printed": "2 copies begun"}


@pytest.mark.parametrize(
    ("before", "job", "stage", "reasons"),
    [
        # The printer has no such job.
        ({"stage": Stage.CREATED}, None, Stage.ABORTED,
            f"the printer dropped the job before its document was complete: {NOTHING_PRINTED}"),
        ({"stage": Stage.SENDING, "sent": 9}, None, Stage.ABORTED,
            f"the printer dropped the job before its document was complete: {NOTHING_PRINTED}"),
        ({"stage": Stage.SENDING, "sent": 10}, None, Stage.UNKNOWN, "before"),
        ({"stage": Stage.SENDING, "sent": None}, None, Stage.UNKNOWN, "before"),
        ({"stage": Stage.HANDED_OVER, "sent": 9}, None, Stage.UNKNOWN, "before"),
        # It has one that has not ended.
        ({"stage": Stage.CREATED}, {}, Stage.CREATED, ""),
        ({"stage": Stage.SENDING}, {"whole": True}, Stage.HANDED_OVER, ""),
        ({"stage": Stage.SENDING}, {"whole": False}, Stage.CREATED, ""),
        ({"stage": Stage.HANDED_OVER}, {"whole": False, "reasons": ("a", "b"), "message": "m"}, Stage.HANDED_OVER,
            "a, b, m"),
        # It has ended.
        ({"stage": Stage.HANDED_OVER}, {"state": "completed", **PARTLY, "reasons": ("ok",)}, Stage.COMPLETED, "ok"),
        ({"stage": Stage.HANDED_OVER}, {"state": "aborted", **PARTLY, "reasons": ("jam",)}, Stage.ABORTED,
            "jam; 2 copies begun"),
        ({"stage": Stage.HANDED_OVER}, {"state": "canceled", "begun": False, **PARTLY}, Stage.CANCELED,
            NOTHING_PRINTED),
        ({"stage": Stage.HANDED_OVER}, {"state": "canceled", "begun": True}, Stage.CANCELED, ""),
        ({"stage": Stage.CREATED}, {"state": "canceled", "begun": True, "reasons": ("timeout",)}, Stage.ABORTED,
            f"timeout; {NOTHING_PRINTED}"),
        ({"stage": Stage.CREATED}, {"state": "completed"}, Stage.ABORTED, NOTHING_PRINTED),
    ],
)  # fmt: skip
def test_an_entry_follows_what_the_printer_says(before, job, stage, reasons):
    entry = JournalEntry("k", "a.pdf", "d", 10, URI, "{}", job=7, uuid="u7", reasons="before", **before)
    found = Job(**{"number": 7, "uuid": "u7", "state": "processing", **job}) if job is not None else None
    seen = _seen(entry, found)
    assert (seen.stage, seen.reasons) == (stage, reasons)
    assert seen.state == (found.state if found else "")


@pytest.mark.parametrize(
    ("stage", "reasons", "expected"),
    [
        (Stage.OPENED, "", False), (Stage.CREATED, "", False), (Stage.SENDING, "", True), (Stage.HANDED_OVER, "", True),
        (Stage.COMPLETED, "", True), (Stage.UNKNOWN, "", True), (Stage.CANCELED, "", True),
        (Stage.ABORTED, "jam", True),
        (Stage.CANCELED, f"interrupted; {NOTHING_PRINTED}", False), (Stage.ABORTED, NOTHING_PRINTED, False),
        (Stage.UNKNOWN, NOTHING_PRINTED, True),
    ],
)  # fmt: skip
def test_what_may_be_printed_is_known_from_its_entry(stage, reasons, expected):
    assert may_be_printed(JournalEntry("k", "a", "d", 1, URI, "{}", stage, reasons=reasons)) is expected
    assert stage.ended is (stage in (Stage.COMPLETED, Stage.CANCELED, Stage.ABORTED, Stage.UNKNOWN))


def test_a_job_of_somebody_else_with_the_same_number_is_not_ours():
    entry = JournalEntry("k", "a", "d", 1, URI, "{}", Stage.HANDED_OVER, 7, "u7")
    ours = Job(7, "u7", "processing")
    assert _find(entry, Scripted(job=[ours])) == ours
    assert _find(entry, Scripted(job=[replace(ours, uuid="other")])) is None
    assert _find(entry, Scripted(job=[None])) is None


# --- what is refused before anything is sent --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("known", "message", "hint"),
    [
        ({"operations-supported": (4, 5, 6)}, "the printer does not support get-job-attributes", ""),
        ({"operations-supported": (9,)}, "the printer does not support create-job, send-document, validate-job", ""),
        ({"operations-supported": ()},
            "the printer does not support create-job, get-job-attributes, send-document, validate-job", ""),
        ({"document-format-supported": ("image/urf",)}, "the printer does not accept PDF",
            "use a CUPS queue, which converts"),
    ],
)  # fmt: skip
def test_a_printer_that_cannot_take_a_pdf_is_refused(known, message, hint):
    printer = Scripted(known=KNOWN | known)
    with pytest.raises(PrintError) as caught:
        check([order()], printer, patience=NOW)
    assert (caught.value.message, caught.value.where, caught.value.hint) == (message, URI, hint)
    assert printer.asked == ["describe"]


PIN = {"job-password-supported": (6,), "job-password-encryption-supported": ("sha2-256",)}
LETTERS = {"job-password-repertoire-configured": ("iana_us-ascii_letters",)}
ANY, UTF8 = ({"job-password-repertoire-configured": (name,)} for name in ("iana_us-ascii_any", "iana_utf-8_any"))
NO_KEYS = "the PIN has characters that the printer has no keys for"
UNHASHED = PIN | {"job-password-encryption-supported": ("none",)}


@pytest.mark.parametrize(
    ("uri", "known", "pin", "message"),
    [
        (URI, PIN, "123456", ""), (URI, PIN, "12345a", NO_KEYS), (URI, PIN, "١٢٣", NO_KEYS),
        (URI, PIN | LETTERS, "abcdef", ""), (URI, PIN | ANY, "a 1!", ""), (URI, PIN | ANY, "é", NO_KEYS),
        (URI, PIN | UTF8, "é", ""), (URI, PIN | ANY, "a\n", NO_KEYS),
        (URI, PIN, "", "the ticket asks for a PIN"),
        (URI, PIN, "1234567", "the printer takes a PIN of at most 6 characters"),
        (URI, UNHASHED, "1", ""), ("ipps://far/p", UNHASHED, "1", ""), ("ipp://far/p", PIN, "1", ""),
        ("ipp://far/p", UNHASHED, "1", "the PIN would be sent unencrypted"),
    ],
)  # fmt: skip
def test_a_pin_must_be_one_that_the_printer_takes_and_nobody_reads(uri, known, pin, message):
    printer = Scripted(uri, KNOWN | known)
    if not message:
        assert check([order({"release": "pin"}, pin=pin)], printer, patience=NOW)
        return
    with pytest.raises(PrintError) as caught:
        check([order({"release": "pin"}, pin=pin)], printer, patience=NOW)
    assert caught.value.message == message
    hints = {"the ticket asks for a PIN": "set MASTHEAD_PRINT_PIN", "the PIN would be sent unencrypted": "use ipps://"}
    hints[NO_KEYS] = "use 0 to 9"
    assert caught.value.hint == hints.get(message, "")
    assert "validate" not in printer.asked


def test_all_complaints_of_a_file_are_said_at_once():
    with pytest.raises(PrintError) as caught:
        check([order(), order({"copies": 10, "color": "color"}, "b.pdf")], Scripted(), patience=NOW)
    assert (
        caught.value.message
        == "copies 10: the printer supports 1 to 9; color color: the printer does not let it be chosen"
    )
    assert (caught.value.where, caught.value.hint) == ("b.pdf", "change the ticket, or use another printer")


def test_pages_that_do_not_fill_the_paper_are_refused():
    printer = Scripted(known=KNOWN | {"media-default": ("iso_a3_297x420mm",)})
    with pytest.raises(PrintError, match="the paper is A3") as caught:
        check([order()], printer, patience=NOW)
    assert (caught.value.where, caught.value.hint) == (
        "a.pdf",
        'set media, or scaling = "fit" or "none", in the ticket',
    )
    loaded = {"media-default": ("iso_a3_297x420mm",), "media-supported": ("iso_a3_297x420mm", "iso_a4_210x297mm")}
    (template,) = check([order()], Scripted(known=KNOWN | loaded), patience=NOW)
    assert {each.name: each.values for each in template} == {"copies": (1,), "media": ("iso_a4_210x297mm",)}


# --- waiting ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("error", "message", "hint"),
    [
        (Unreachable("no route"), "the printer cannot be reached: no route",
            "check that it is switched on and that the address is correct"),
        (Busy("later"), "the printer accepts no jobs: later", "wait until it is free, or raise --patience"),
        (Unanswered("reset", 3), "the printer does not respond: reset", "check that it is switched on and works"),
        (Untrusted("no proof"), "no proof",
            "give its certificate or that of its authority with --ca, or its --fingerprint"),
        (NotIpp("?"), "the server at this address is not a printer", ""),
        (Rejected(404, "Not Found"), "no print service at this address: HTTP 404 Not Found",
            "check the path of the address"),
        (Rejected(403, "Forbidden"), "no print service at this address: HTTP 403 Forbidden", ""),
    ],
)  # fmt: skip
def test_what_a_printer_meets_is_said_with_what_to_do(error, message, hint):
    lasting = not isinstance(error, Unanswered | Busy) and type(error) is not Unreachable
    printer, paused, said = Scripted(describe=[error] * 9), [], []
    patience = Patience(limit=0.05, interval=0.02, say=said.append)
    with pytest.raises(PrintError) as caught:
        check([order()], printer, patience=replace(patience, limit=0))
    assert (caught.value.message, caught.value.where, caught.value.hint) == (message, URI, hint)
    assert (len(printer.asked), said) == (1, [])
    # A failure that may pass is waited for, and the reason is said once.
    printer = Scripted(describe=[error, error])
    patience = replace(patience, limit=30, pause=paused.append)
    if lasting:
        with pytest.raises(PrintError):
            check([order()], printer, patience=patience)
        assert (paused, said) == ([], [])
    else:
        assert check([order()], printer, patience=patience)
        assert paused == [0.02, 0.02]
        assert said == [f"{URI}: {message}; waiting at most 30 s"]


def test_a_printer_that_offers_encryption_is_named_if_it_is_not_used(journal):
    offered = KNOWN | {"printer-uri-supported": ("ipp://far/p", "ipps://far/p")}
    for uri, known, expected in (
        ("ipp://far/p", offered, ["ipp://far/p: nothing is encrypted, and the printer offers ipps://far/p"]),
        ("ipp://far/p", KNOWN, []), ("ipps://far/p", offered, []), (URI, offered, []),
    ):  # fmt: skip
        said = []
        queue(Scripted(uri, known), journal, say=said.append)
        assert said == expected


# --- one order --------------------------------------------------------------------------------------------------------


def stages(journal):
    return [(each.stage, each.sent, each.reasons) for each in journal.entries()]


def test_an_order_goes_from_the_check_to_its_end(journal):
    printer, told = Scripted(), []
    (entry,) = submit([order({"copies": 2})], printer, journal, patience=NOW, report=told.append)
    assert printer.asked == ["describe", "validate", "create", "send 7", "job"]
    assert [each.stage for each in told] == [Stage.CREATED, Stage.SENDING, Stage.HANDED_OVER, Stage.COMPLETED]
    assert [each.sent for each in told] == [None, None, len(DATA), len(DATA)]
    assert (entry.job, entry.uuid, entry.state, entry.queue, entry.size) == (7, "u7", "completed", URI, len(DATA))
    assert json.loads(entry.ticket) == {"copies": 2, "binding": "right"}
    assert journal.entries() == (entry,) and journal.latest(entry.key) == entry
    assert submit([order({"copies": 2})], printer, journal, patience=NOW) == (entry,)
    assert printer.asked[5:] == ["describe", "validate"]


def test_the_last_of_two_hand_overs_counts(journal):
    failed = Job(7, "u7", "aborted", ("jam",))
    (first,) = submit([order()], Scripted(job=[failed]), journal, patience=NOW)
    (second,) = submit([order()], Scripted(), journal, patience=NOW, again=True)
    assert (first.stage, second.stage) == (Stage.ABORTED, Stage.COMPLETED)
    assert first.key == second.key and first.id != second.id
    assert journal.latest(first.key) == second
    printer = Scripted()
    assert submit([order()], printer, journal, patience=NOW) == (second,)
    assert "create" not in printer.asked


@pytest.mark.parametrize(
    ("state", "begun", "message"),
    [
        ("aborted", True, "was aborted (jam)"), ("canceled", True, "was canceled (jam)"),
        ("aborted", False, ""), ("canceled", False, ""),
    ],
)  # fmt: skip
def test_a_job_that_printed_something_is_not_repeated_by_itself(journal, state, begun, message):
    submit([order()], Scripted(job=[Job(7, "u7", state, ("jam",), begun=begun)]), journal, patience=NOW)
    printer = Scripted()
    if not message:
        (entry,) = submit([order()], printer, journal, patience=NOW)
        assert entry.stage is Stage.COMPLETED and len(journal.entries()) == 2
        return
    with pytest.raises(PrintError) as caught:
        submit([order()], printer, journal, patience=NOW)
    opened = minute(journal.entries()[0].opened)
    assert caught.value.message == f"job 7 of {opened} {message}"
    assert (caught.value.where, caught.value.hint) == (f"a.pdf to {URI}", LOOK)
    assert "create" not in printer.asked


def test_a_job_that_the_printer_forgot_is_for_a_person_to_decide(journal):
    submit([order()], Scripted(job=[None]), journal, patience=NOW)
    (entry,) = journal.entries()
    assert entry.stage is Stage.UNKNOWN
    with pytest.raises(PrintError) as caught:
        submit([order()], Scripted(), journal, patience=NOW)
    assert caught.value.message == (
        f"the printer no longer knows job 7 of {minute(entry.opened)}, last seen pending: it may have been printed"
    )
    assert caught.value.hint == "look for the printed copy; if it was not printed, use --again"


@pytest.mark.parametrize(
    ("send", "job", "asked", "expected"),
    [
        # The answer was lost, and the printer has the document, or only part of it, or forgot the job.
        (Unanswered("reset", len(DATA)), [Job(7, "u7", "processing")], ["job"], (Stage.COMPLETED, len(DATA))),
        (Unanswered("reset", 5), [Job(7, "u7", "held", whole=False)], ["job", "send 7"], (Stage.COMPLETED, len(DATA))),
        (Unanswered("reset", 5), [None], ["job", "create", "send 7"], (Stage.COMPLETED, len(DATA))),
        (NotIpp("?"), [Job(7, "u7", "processing")], ["job"], (Stage.COMPLETED, len(DATA))),
        (Rejected(500, "no"), [Job(7, "u7", "held", whole=False)], ["job", "send 7"], (Stage.COMPLETED, len(DATA))),
    ],
)  # fmt: skip
def test_a_document_whose_answer_was_lost_is_sent_again_only_if_the_printer_lacks_it(
    journal, send, job, asked, expected
):
    printer = Scripted(**{"send 7": [send], "job": job})
    (entry,) = submit([order()], printer, journal, patience=NOW)
    assert printer.asked == ["describe", "validate", "create", "send 7", *asked, "job"]
    assert (entry.stage, entry.sent) == expected


def test_after_three_attempts_a_person_must_look(journal):
    printer = Scripted(**{"send 7": [Unanswered("reset", 5)] * 9, "job": [Job(7, "u7", "held", whole=False)] * 9})
    with pytest.raises(PrintError) as caught:
        submit([order()], printer, journal, patience=NOW)
    assert printer.asked.count("send 7") == 3
    assert caught.value.message.startswith("the document did not reach the printer: ")
    assert caught.value.hint == "run the same command again when the printer is ready; nothing was printed"


def test_a_document_that_the_printer_refuses_leaves_no_job(journal):
    printer = Scripted(**{"send 7": [PrintError("too large")], "job": [Job(7, "u7", "held", whole=False)]})
    with pytest.raises(PrintError, match="too large"):
        submit([order()], printer, journal, patience=NOW)
    assert printer.asked[-3:] == ["send 7", "job", "cancel 7"]
    assert [stage for stage, _, _ in stages(journal)] == [Stage.ABORTED]


def test_a_job_in_the_journal_without_a_number_is_made_and_not_another(journal):
    with pytest.raises(PrintError, match="no paper"):
        submit([order()], Scripted(create=[PrintError("no paper")]), journal, patience=NOW)
    assert stages(journal) == [(Stage.OPENED, None, "")]
    (entry,) = submit([order()], Scripted(), journal, patience=NOW)
    assert (entry.stage, entry.id) == (Stage.COMPLETED, 1) and len(journal.entries()) == 1


@pytest.mark.parametrize(
    ("cancelled", "begun", "expected"),
    [
        (True, False, (Stage.CANCELED, f"interrupted; {NOTHING_PRINTED}")),
        (True, True, (Stage.CANCELED, "interrupted")),
        (False, False, (Stage.HANDED_OVER, "")), (PrintError("x"), False, (Stage.HANDED_OVER, "")),
    ],
)  # fmt: skip
def test_an_interrupt_cancels_and_says_whether_anything_came_out(journal, cancelled, begun, expected):
    def interrupt(entry: JournalEntry) -> None:
        if entry.stage is Stage.HANDED_OVER:
            raise KeyboardInterrupt

    printer = Scripted(**{"cancel 7": [cancelled], "job": [Job(7, "u7", "canceled", begun=begun)]})
    with pytest.raises(KeyboardInterrupt):
        submit([order()], printer, journal, patience=NOW, report=interrupt)
    (entry,) = journal.entries()
    assert (entry.stage, entry.reasons) == expected


def test_what_is_finished_is_not_cancelled(journal):
    def interrupt(entry: JournalEntry) -> None:
        if entry.file == "b.pdf" and entry.stage is Stage.HANDED_OVER:
            raise KeyboardInterrupt

    submit([order()], Scripted(), journal, patience=NOW)
    printer = Scripted()
    with pytest.raises(KeyboardInterrupt):
        submit([order(), order({"copies": 2}, "b.pdf")], printer, journal, patience=NOW, report=interrupt)
    assert [each.stage for each in journal.entries()] == [Stage.COMPLETED, Stage.CANCELED]
    assert printer.asked.count("cancel 7") == 1


def test_a_job_is_followed_with_a_pause_between_two_questions(journal):
    paused, waiting = [], Job(7, "u7", "processing", ("media-empty",))
    patience = Patience(limit=0, interval=3, pause=paused.append)
    told = []
    (entry,) = submit([order()], Scripted(job=[waiting] * 3), journal, patience=patience, report=told.append)
    assert paused == [3, 3, 3] and entry.stage is Stage.COMPLETED
    assert [each.reasons for each in told] == ["", "", "", "media-empty", ""]  # the same news once


def test_the_same_bytes_ticket_and_printer_are_the_same_order():
    key = order().entry(URI).key
    assert order(file="other.pdf").entry(URI).key == key == order(pin="1").entry(URI).key
    assert order().entry("ipp://other/", "p").key == order().entry(URI, "p").key != key
    assert len({each.entry(URI).key for each in (order(), order({"copies": 2}), order(data=DATA + b" "))}) == 3
    assert (
        len({each.entry(URI).key for each in (order(), order({"binding": "left"}), order({"binding": "right"}))}) == 2
    )
    assert (order(file="x/b.pdf").name, order({"name": "n"}).name) == ("b", "n")


def test_a_refusal_of_one_operation_names_the_printer():
    with pytest.raises(PrintError, match="cannot be reached"):
        steer(Scripted(), lambda number: (_ for _ in ()).throw(Untrusted("cannot be reached")), 7)
    seen = []
    steer(Scripted(), seen.append, 7)
    assert seen == [7]


# --- several orders ---------------------------------------------------------------------------------------------------


def several(printer: Printer, journal: Journal, **options) -> list[tuple[str, str, str]]:
    orders = [order({"copies": number}, f"{number}.pdf") for number in (1, 2, 3)]
    found = submit_all(orders, printer, journal, patience=NOW, **options)
    return [
        (each.order.file, str(each.entry.stage) if each.entry else "", each.error.message if each.error else "")
        for each in found
    ]


def test_one_job_that_a_person_must_look_at_does_not_stop_the_others(journal):
    submit([order({"copies": 2}, "2.pdf")], Scripted(job=[Job(7, "u7", "aborted", ("jam",))]), journal, patience=NOW)
    opened = minute(journal.entries()[0].opened)
    assert several(Scripted(), journal) == [
        ("1.pdf", "completed", ""), ("2.pdf", "aborted", f"job 7 of {opened} was aborted (jam)"),
        ("3.pdf", "completed", ""),
    ]  # fmt: skip


def test_a_printer_that_fails_gets_no_further_files(journal):
    printer = Scripted(create=[Job(7, "u7", "pending"), PrintError("it burns")])
    assert several(printer, journal) == [
        ("1.pdf", "completed", ""), ("2.pdf", "opened", "it burns"), ("3.pdf", "", "it burns"),
    ]  # fmt: skip
    assert printer.asked.count("create") == 2


def test_a_printer_that_fails_later_leaves_its_jobs_unknown(journal):
    patient = replace(NOW, interval=100, pause=lambda seconds: None)
    orders = [order({"copies": number}, f"{number}.pdf") for number in (1, 2)]
    found = submit_all(orders, Scripted(job=[PrintError("it burns")]), journal, patience=patient)
    assert [(each.entry.stage, each.error.message) for each in found] == [(Stage.HANDED_OVER, "it burns")] * 2
    # What it said while others were sent is no less an error of the printer.
    orders = [order({"copies": number}, f"{number}.pdf") for number in (3, 4, 5)]
    found = submit_all(orders, Scripted(job=[PrintError("it burns"), PrintError("it burnt")]), journal, patience=NOW)
    assert [each.error.message for each in found] == ["it burnt", "it burns", "it burns"]
    assert [each.stage for each in journal.entries()] == [Stage.HANDED_OVER] * 3


def test_a_file_that_another_process_prints_is_left_to_it(journal, monkeypatch):
    taken = frozenset([order({"copies": 2}).entry(URI, "urn:uuid:1").key])

    @contextmanager
    def claim(self, *keys):
        yield taken & set(keys)

    monkeypatch.setattr(Journal, "claim", claim)
    assert several(Scripted(), journal) == [
        ("1.pdf", "completed", ""), ("2.pdf", "", "another process is printing this file"), ("3.pdf", "completed", ""),
    ]  # fmt: skip


def test_a_busy_printer_is_waited_for_without_a_limit_while_it_is_at_our_own_job(journal):
    working = Job(7, "u7", "processing")
    printer = Scripted(create=[Job(7, "u7", "pending"), *[Busy("one at a time.")] * 3], job=[working] * 5)
    assert [stage for _, stage, _ in several(printer, journal)] == ["completed"] * 3
    alone = Scripted(create=[Busy("one at a time.")])
    with pytest.raises(PrintError, match=r"the printer accepts no jobs: one at a time$"):
        submit([order({"copies": 9})], alone, journal, patience=NOW)


def test_a_name_without_a_host_is_a_queue_of_this_machine():
    with pytest.raises(PrintError) as caught:
        check([order()], Scripted("ipp://localhost/printers/office", describe=[Unreachable("no")]), patience=NOW)
    assert caught.value.hint == (
        "a name without a host is a queue of CUPS on this machine; other printers need their address"
    )


def test_what_is_wrong_with_each_file_is_said():
    orders = [order({"copies": 10}), order({"pages": ["9"]}, "b.pdf"), order(file="c.pdf")]
    known = KNOWN | {"page-ranges-supported": (True,)}
    with pytest.raises(PrintError) as caught:
        check(orders, Scripted(known=known), patience=NOW)
    assert [(each.where, each.message, each.hint) for each in caught.value.each] == [
        ("a.pdf", "copies 10: the printer supports 1 to 9", "change the ticket, or use another printer"),
        ("b.pdf", "pages 9: the file has 1 page", "change pages in the ticket"),
    ]


def test_times_are_said_to_the_minute():
    assert minute("2049-03-01T08:20:59.999+00:00") == "2049-03-01 08:20 UTC"
