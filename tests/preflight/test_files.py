"""Any file gets a report, or a reason why it cannot be read, within limits of time and memory."""

from __future__ import annotations

import io
import random
import re
import struct
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Name
from pypdf import PdfReader, PdfWriter
from pypdf.errors import PdfReadError
from pypdf.generic import NameObject, NumberObject, RectangleObject

import bombs
from breaking import good
from masthead import preflight
from masthead.document.errors import SourceError
from masthead.document.findings import Finding, Severity
from masthead.document.rules import Rule
from masthead.document.terms import Language
from masthead.pdf import confinement, damage_reason
from masthead.pdf.catalogue.objects import Reader
from masthead.preflight import isolation, verdict
from masthead.typesetting import Pdf
from paths import ROOT
from tiny import tiny

sys.path.insert(0, str(ROOT / "benchmarks"))
import damage  # the mutations are the benchmark's

ENGLISH = Language.ENGLISH


def refused(path: Path) -> SourceError:
    with pytest.raises(SourceError) as raised:
        preflight.check(path)
    assert raised.value.exit_code == 3
    assert raised.value.where == str(path)
    assert raised.value.hint
    return raised.value


def test_a_file_has_the_same_report_as_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "good.pdf"
    path.write_bytes(good(ENGLISH))
    assert preflight.check(path) == preflight.check(good(ENGLISH))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not a PDF"),
        (b"plain text, long enough to be taken for something", "not a PDF"),
        (b"%PDF-1.7\n", "damaged"),
        (b"%PDF-1.7\n" + random.Random(1).randbytes(5000), "damaged"),
    ],
)
def test_a_file_that_is_not_a_pdf_is_refused_with_a_reason(tmp_path: Path, data: bytes, reason: str) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(data)
    assert reason in refused(path).message


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    assert "cannot be opened" in refused(tmp_path / "absent.pdf").message


def test_a_folder_is_refused_with_how_to_name_its_files(tmp_path: Path) -> None:
    error = refused(tmp_path)
    assert (error.message, error.hint) == ("this is a folder, not a PDF", f"name PDF files: {tmp_path.name}/*.pdf")


def test_a_password_protected_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "shut.pdf"
    writer = PdfWriter(clone_from=io.BytesIO(good(ENGLISH)))
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(path)
    assert "password-protected" in refused(path).message


def changed(path: Path, key: str, value: object, *, of_page: bool) -> Path:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(good(ENGLISH))))
    node = writer.pages[0] if of_page else writer.root_object["/Pages"]
    node[NameObject(key)] = value  # type: ignore[index]
    writer.write(path)
    return path


def test_a_page_count_of_ten_thousand_million_is_reported_not_believed(tmp_path: Path) -> None:
    path = changed(tmp_path / "many.pdf", "/Count", NumberObject(10**10), of_page=False)
    report = preflight.check(path)
    assert report.facts.pages == 3
    assert "archive.sound" in {finding.rule for finding in report.findings}


def test_a_page_of_ten_kilometres_is_reported_not_drawn(tmp_path: Path) -> None:
    path = changed(tmp_path / "wide.pdf", "/MediaBox", RectangleObject((0, 0, 28346457, 28346457)), of_page=True)
    assert "boxes.paper" in {finding.rule for finding in preflight.check(path).findings}


def test_damage_that_was_repaired_for_reading_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "mended.pdf"
    path.write_bytes(re.sub(rb"startxref\s+\d+", b"startxref\n9", good(ENGLISH)))
    (finding,) = preflight.check(path).findings
    assert finding.rule == "archive.sound"
    assert "cross-reference" in finding.message


def test_contents_that_cannot_be_read_are_reported_once(tmp_path: Path) -> None:
    path = tmp_path / "broken.pdf"
    with pikepdf.open(io.BytesIO(good(ENGLISH))) as file:
        content = file.pages[-1].Contents
        content.write(content.read_bytes() + b"0 <</A q>> rg\n")
        file.save(path)
    (finding,) = preflight.check(path).findings
    assert finding.rule == "archive.sound"
    assert "the content of the pages cannot be read" in finding.message


def test_time_is_limited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "good.pdf"
    path.write_bytes(good(ENGLISH))
    monkeypatch.setattr(isolation, "SECONDS", 0.01)
    assert "takes more than" in refused(path).message


NAME = "E_RES_2031_18.en.md"  # of the attached source


def made(folder: Path, change: Callable[[pikepdf.Pdf], None]) -> Path:
    path = folder / "x.pdf"
    path.write_bytes(bombs.changed(change))
    return path


def test_the_reason_is_in_words_and_the_same_each_time(tmp_path: Path) -> None:
    path = made(tmp_path, bombs.content)
    first, second = refused(path), refused(path)
    assert "more than 1 GiB of memory" in first.message
    assert first.message == second.message
    assert "object at 0x" not in first.message


@pytest.mark.parametrize(
    ("error", "size", "words"),
    [
        (struct.error("unpack requires a buffer of 4 bytes"), 1 << 30,
         "a part of it, usually a font, is shorter than it declares"),
        (RecursionError("maximum recursion depth exceeded"), None, "it is nested too deeply, or refers back to itself"),
        (MemoryError(), 1 << 30, "unpacking it takes more than 1 GiB of memory"),
        (RuntimeError("std::bad_alloc"), None, "unpacking it takes more than the memory of this machine"),
        (pikepdf.DataDecodingError("stream <_io.BytesIO object at 0x7f3e>: no"), None,
         "it is damaged (data decoding: no)"),
    ],
)  # fmt: skip
def test_what_a_reader_raises_is_a_reason_in_words(error: Exception, size: int | None, words: str) -> None:
    assert damage_reason(error, size) == words


def test_fonts_that_are_cut_short_are_reported_the_same_each_time(tmp_path: Path) -> None:
    path = made(tmp_path, bombs.font)
    report = preflight.check(path)
    found = [finding for finding in report.findings if finding.rule == "fonts.shapes"]
    assert [re.sub(r"^\d+", "N", finding.message) for finding in found] == [
        f"N glyphs of font Liberation-Serif{style} have other shapes than in the bundled font"
        for style in ("-Bold", "", "-Italic")
    ]
    assert {finding.severity for finding in found} == {Severity.ERROR}
    assert preflight.check(path) == report


@pytest.mark.parametrize(
    ("change", "rule", "words"),
    [
        (bombs.outline, "archive.sound", "the bookmarks lead back to themselves"),
        (bombs.names, "archive.sound", "the tree of the names /EmbeddedFiles leads back to itself"),
        (bombs.roles, "archive.sound", "the roles of the structure lead back to themselves"),
        (
            bombs.attachment,
            "completeness.sources",
            "the attached source cannot be read: E_RES_2031_18.en.md: the source cannot be unpacked",
        ),
        (bombs.profile, "archive.colour", "the colour profile of the output intent cannot be read"),
    ],
)
def test_references_to_themselves_and_endless_lists_are_reported(
    tmp_path: Path, change: Callable[[pikepdf.Pdf], None], rule: str, words: str
) -> None:
    report = preflight.check(made(tmp_path, change))
    assert (rule, words) in {(finding.rule, finding.message) for finding in report.findings}


# --- damage to a part of a file ---------------------------------------------------------------------------------------


def broken(file: pikepdf.Pdf, **entries: object) -> pikepdf.Object:
    """A stream that cannot be unpacked."""
    stream = pikepdf.Stream(file, b"", **entries)
    stream.write(b"not compressed", filter=Name.FlateDecode)
    return file.make_indirect(stream)


def drawn(*forms: bytes | None) -> Callable[[pikepdf.Pdf], None]:
    """Page two draws forms; None is one that cannot be unpacked."""

    def change(file: pikepdf.Pdf) -> None:
        entries = {"Type": Name.XObject, "Subtype": Name.Form, "BBox": Array([0, 0, 9, 9])}
        for number, data in enumerate(forms):
            form = broken(file, **entries) if data is None else file.make_stream(data, **entries)
            name = file.pages[1].add_resource(form, Name.XObject, Name(f"/Drawn{number}"))
            file.pages[1].contents_add(f"/Artifact BMC q {name} Do Q EMC".encode())

    return change


def of_font(place: str) -> Callable[[pikepdf.Pdf], None]:
    """A stream of each font cannot be unpacked."""

    def change(file: pikepdf.Pdf) -> None:
        for font in file.pages[0].Resources.Font.values():
            holder = font if place == "/ToUnicode" else font.DescendantFonts[0]
            (holder.FontDescriptor if place == "/FontFile2" else holder)[place] = broken(file)

    return change


def without_a_table(file: pikepdf.Pdf) -> None:
    for font in file.pages[0].Resources.Font.values():
        descriptor = font.DescendantFonts[0].FontDescriptor
        descriptor.FontFile2 = file.make_stream(descriptor.FontFile2.read_bytes().replace(b"head", b"haed", 1))


def no_font(file: pikepdf.Pdf) -> None:
    file.pages[0].Resources.Font["/Not"] = True


def no_number(file: pikepdf.Pdf) -> None:
    file.pages[0].obj.StructParents = Name.One


MARKER, UNKNOWN = b"/Marker", b"Unknown"  # an object that no reader knows takes the place of a marker


def source(file: pikepdf.Pdf) -> None:
    file.Root.AF = file.make_indirect(Name("/Marker"))


def author(file: pikepdf.Pdf) -> None:
    file.docinfo.Author = file.make_indirect(Name("/Marker"))


@pytest.mark.parametrize(
    ("change", "rule", "words"),
    [
        (drawn(None), "completeness.pictures", "a drawing is damaged"),
        (drawn(b" "), "completeness.pictures", "a drawing is empty"),
        (drawn(None, b"0 0 9 9 re f", None), "completeness.pictures", "2 drawings are damaged"),
        (of_font("/FontFile2"), "fonts.shapes", "have other shapes than in the bundled font"),
        (without_a_table, "fonts.shapes", "have other shapes than in the bundled font"),
        (of_font("/ToUnicode"), "archive.sound", "the file is damaged: "),
        (of_font("/CIDToGIDMap"), "archive.sound", "the file is damaged: "),
        (no_font, "", ""),
        (no_number, "accessibility.parents", "the parent tree does not lead to the elements of the page's text"),
        (author, "metadata.creator", "the file cannot be checked by this rule: it is damaged (pdf read: "),
        (source, "completeness.sources", "the file cannot be checked by this rule: it is damaged (limit reached: "),
        (source, "archive.attachments", "the attached files cannot be read: Detected loop with self reference for ob"),
    ],
)  # fmt: skip
def test_damage_to_a_part_is_a_finding_in_bytes_as_in_a_file(
    tmp_path: Path, change: Callable[[pikepdf.Pdf], None], rule: str, words: str
) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(bombs.changed(change).replace(MARKER, UNKNOWN))
    report = preflight.check(path.read_bytes())
    found = [finding for finding in report.findings if finding.rule == rule and words in finding.message]
    assert bool(found) is bool(rule)
    assert {finding.severity for finding in found} <= {Severity.ERROR}
    assert preflight.check(path) == report


@pytest.mark.parametrize(
    "mutation",
    [each for each in damage.MUTATIONS if each is not damage.inflate],  # which only a process of its own limits
    ids=lambda mutation: mutation.__name__,
)
def test_mutated_bytes_have_the_result_of_their_file(tmp_path: Path, mutation: damage.Mutation) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(mutation(good(ENGLISH), random.Random(11)))
    assert result(path.read_bytes()) == result(path)


def result(pdf: Path | bytes) -> object:
    try:
        return preflight.check(pdf)
    except SourceError as error:
        return error.message, error.hint


def fails(evidence: object) -> Iterator[Finding]:
    yield Finding("found before")
    raise KeyError("x")


def test_an_exception_in_a_rule_is_a_finding_but_a_bug_in_a_file_of_our_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verdict, "CHECKS", [Rule("a.b", Severity.WARNING, "", fails)])
    assert preflight.check(tiny()).findings == (
        Finding("the file cannot be checked by this rule: it is damaged (key: 'x')", hint=confinement.HINT, rule="a.b"),
        Finding("found before", rule="a.b", severity=Severity.WARNING),
    )
    with pytest.raises(KeyError):
        preflight.check_made(Pdf(tiny()), profile="default")


def test_an_exception_while_bytes_are_read_is_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verdict, "gather", dict)  # which takes no bytes
    with pytest.raises(SourceError, match=r"^the file cannot be read: it is damaged \(type: ") as raised:
        preflight.check(tiny())
    assert raised.value.hint == confinement.HINT
    with pytest.raises(TypeError):
        preflight.check_made(Pdf(tiny()), profile="default")


def test_messages_of_libraries_lose_what_differs_from_run_to_run() -> None:
    said = "stream <_io.BytesIO object at 0x7f3e89b280e0> (object 519,0, offset 28914): bad"
    assert confinement.said(said) == "(object 519,0, offset 28914): bad"
    assert confinement.said("<_io.BytesIO object at 0x7f3e89b280e0>: bad") == "bad"
    assert confinement.said("loop at IndirectObject(308, 0, 140029936601488).") == "loop at object 308 0."


@pytest.mark.parametrize("mutation", damage.MUTATIONS, ids=lambda mutation: mutation.__name__)
def test_mutated_files_get_a_report_or_a_reason(tmp_path: Path, mutation: damage.Mutation) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(mutation(good(ENGLISH), random.Random(7)))
    assert damage.verdict(path) in ("report", "reason")


def test_objects_read_one_by_one_are_those_that_pypdf_reads_at_once() -> None:
    one, all_at_once = Reader(good(ENGLISH)), PdfReader(io.BytesIO(good(ENGLISH)))
    assert len(one.pages) == len(all_at_once.pages) == 3
    assert len(one.resolved_objects) < len(all_at_once.resolved_objects) / 4
    for number in range(1, one.trailer["/Size"]):
        assert written(one, number) == written(all_at_once, number)


def written(reader: PdfReader, number: int) -> bytes:
    """An object as it is written in a file."""
    out = io.BytesIO()
    thing = reader.get_object(number)
    if thing is not None:
        thing.write_to_stream(out)
    return out.getvalue()


def test_an_object_stream_that_is_in_itself_is_not_tried_again_and_again(monkeypatch: pytest.MonkeyPatch) -> None:
    reader = Reader(good(ENGLISH))
    number, (stream, place) = next(iter(reader.xref_objStm.items()))
    reader.xref_objStm[stream] = stream, place
    reader.resolved_objects.clear()
    tried = []
    read = PdfReader._get_object_from_stream
    monkeypatch.setattr(PdfReader, "_get_object_from_stream", lambda *given: tried.append(given) or read(*given))
    with pytest.raises(PdfReadError, match="Circular"):
        reader.get_object(number)
    assert len(tried) < 4
