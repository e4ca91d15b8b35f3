"""Links with their places and texts, attachments with their checksums, signatures and endings of processes in words."""

from __future__ import annotations

import hashlib
import io
import signal
import subprocess
import sys
from datetime import UTC, datetime

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, String

from masthead.pdf import confinement, read_attachments
from masthead.pdf.catalogue.links import LinkAnnotation, read_links
from masthead.pdf.catalogue.objects import Reader
from masthead.pdf.catalogue.signatures import Signature
from masthead.pdf.drawn.pages import read_pages
from tiny import Change, tiny


def links(*changes: Change) -> list[LinkAnnotation]:
    data = tiny(*changes)
    with pypdfium2.PdfDocument(data) as document:
        return list(read_links(Reader(data), read_pages(document, len(document))))


def changed(at: int, **entries: object) -> Change:
    """A link of page one with other entries; None removes one."""

    def change(file: pikepdf.Pdf) -> None:
        link = file.pages[0].obj.Annots[at]
        for key, value in entries.items():
            if value is None:
                del link[f"/{key}"]
            else:
                link[f"/{key}"] = value

    return change


def test_a_link_has_its_address_its_place_its_text_and_its_content() -> None:
    outward, inward = links()
    assert (outward.page, outward.address, outward.inside, outward.target) == (
        1, "https://undocs.org/A/71/119", False, None,
    )  # fmt: skip
    assert (outward.box, outward.text, outward.contents) == ((36, 32, 71, 42), "A/71/119", {2})
    assert (inward.address, inward.inside, inward.target, inward.text) == ("", True, 1, "Some words at the end")


def to_page_two(file: pikepdf.Pdf) -> None:
    file.pages[0].obj.Annots[0].A = Dictionary(S=Name.GoTo, D=Array([file.pages[1].obj, Name.Fit]))


def test_a_link_inside_leads_to_a_page_by_a_destination_or_an_action() -> None:
    (link, _) = links(to_page_two)
    assert (link.inside, link.target, link.address, link.name) == (True, 2, "", "")


def by_name(file: pikepdf.Pdf) -> None:
    file.Root.Names = Dictionary(
        Dests=Dictionary(Names=Array([String("note-1"), Array([file.pages[1].obj, Name.Fit])]))
    )
    file.pages[0].obj.Annots[1].Dest = String("note-1")


def test_a_link_has_the_name_of_its_destination() -> None:
    (_, link) = links(by_name)
    assert (link.target, link.name) == (2, "note-1")
    (_, lost) = links(by_name, changed(1, Dest=String("note-2")))
    assert (lost.inside, lost.target, lost.name) == (True, None, "note-2")


@pytest.mark.parametrize(
    ("rectangle", "box", "text"),
    [
        ([71, 168, 36, 158], (36, 32, 71, 42), "A/71/119"),  # any two corners
        ([36, 158, 60, 168], (36, 32, 60, 42), "A/71/1"),
        ([36, 158, 71], (36, 42, 71, 200), "Levee"),  # what is missing is zero
        ([], (0, 200, 0, 200), ""),
        ([36, 162.5, 71, 168], (36, 32, 71, 37.5), "A/71/119"),  # the baseline may be a little lower
        ([36, 163.5, 71, 168], (36, 32, 71, 36.5), ""),
        ([36, 150, 71, 158.5], (36, 41.5, 71, 50), ""),
    ],
)
def test_the_text_of_a_link_is_what_is_in_its_rectangle(
    rectangle: list[float], box: tuple[float, ...], text: str
) -> None:
    found = links(changed(0, Rect=Array(rectangle)))[0]
    assert found.box == box
    assert text in found.text if len(rectangle) == 3 else found.text == text


def test_other_annotations_are_no_links() -> None:
    assert len(links(changed(0, Subtype=Name.Text))) == 1


def attached(*, size: object = None, checksum: object = None, data: bytes = b"12345") -> bool:
    """Whether an attached file has the size and the checksum that it says."""

    def change(file: pikepdf.Pdf) -> None:
        stream = file.make_stream(data, Type=Name.EmbeddedFile, Subtype=Name("/text/plain"))
        said = {"Size": size, "CheckSum": checksum}
        stream.Params = Dictionary({f"/{key}": value for key, value in said.items() if value is not None})
        listed = file.make_indirect(Dictionary(Type=Name.Filespec, F=String("x"), EF=Dictionary(F=stream)))
        file.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=Array([String("x"), listed])))

    (found,) = read_attachments(Reader(tiny(change)))
    assert (found.name, found.type, found.relationship, found.associated) == ("x", "text/plain", "", False)
    return found.intact


RIGHT, WRONG = (String(hashlib.md5(data).digest()) for data in (b"12345", b"12346"))


@pytest.mark.parametrize(
    ("size", "checksum", "intact"),
    [(None, None, True), (5, None, True), (6, None, False), (None, RIGHT, True), (None, WRONG, False),
     (5, RIGHT, True), (5, WRONG, False), (6, RIGHT, False)],
)  # fmt: skip
def test_an_attached_file_is_intact_if_it_has_the_size_and_the_checksum_that_it_says(
    size: object, checksum: object, intact: bool
) -> None:
    assert attached(size=size, checksum=checksum) is intact


MOMENT = datetime(2039, 3, 1, 12, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("signature", "words"),
    [
        (Signature("Layla", True, True), "signed by Layla (B-B); unchanged; not compared with trusted certificates"),
        (
            Signature("Layla", True, True, dated=MOMENT, trusted=True),
            "signed by Layla (B-B, dated 2039-03-01 12:30 UTC by the signer); unchanged; valid",
        ),
        (
            Signature("Layla", True, False, "B-T", MOMENT, dated=datetime(2038, 1, 1, tzinfo=UTC), trusted=False,
                      trouble="the certificate was revoked"),
            "signed by Layla (B-T, time stamp of 2039-03-01 12:30 UTC); added to after it; "
            "not valid: the certificate was revoked",
        ),
        (
            Signature("Layla", False, True),
            "signed by Layla (B-B); CHANGED; not compared with trusted certificates",
        ),
    ],
)  # fmt: skip
def test_a_signature_is_one_line_for_people(signature: Signature, words: str) -> None:
    assert str(signature) == words


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (None, "it takes more than 1.5 seconds"),
        (-signal.SIGKILL, "it takes too much time"),
        (-signal.SIGXCPU, "it takes too much time"),
        (-signal.SIGABRT, "its reader aborts (SIGABRT), as it does when a file takes more than 2 GiB of memory when it "
                          "is unpacked"),
        (-signal.SIGSEGV, "its reader crashes (SIGSEGV), as it does on endless nesting and on loops"),
        (0, "its reader ends early (code 0), as it does when a file takes more than 2 GiB of memory when it is "
            "unpacked"),
        (3, "its reader ends early (code 3), as it does when a file takes more than 2 GiB of memory when it is "
            "unpacked"),
    ],
)  # fmt: skip
def test_how_a_process_ended_is_said_in_words(code: int | None, words: str) -> None:
    assert confinement.ending(code, 1.5, 2 << 30) == words


@pytest.mark.slow
def test_the_limits_of_a_process_are_those_of_time_memory_and_no_core() -> None:
    code = (
        "import resource; from masthead.pdf import confinement; confinement.limit(1.5, 2 << 30);"
        "print(*(resource.getrlimit(getattr(resource, f'RLIMIT_{name}')) for name in ('AS', 'CPU', 'CORE')))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert found == f"({2 << 30}, {2 << 30}) (2, 3) (0, 0)\n"


def test_what_a_library_says_has_no_addresses() -> None:
    said = "stream <pikepdf.Stream at 0x7f00aa>: cannot <x at 0x1> decode"
    assert confinement.said(said) == "cannot decode"
    assert confinement.said(ValueError("at 0x12")) == "at 0x12"


def test_the_name_of_an_attached_file_is_that_of_the_tree_if_it_has_none() -> None:
    data = io.BytesIO()
    with pikepdf.open(io.BytesIO(tiny())) as file:
        listed = Dictionary(Type=Name.Filespec)
        file.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=Array([String("tree"), listed])))
        file.save(data)
    (found,) = read_attachments(Reader(data.getvalue()))
    assert (found.name, found.type, found.intact) == ("tree", "", True)
