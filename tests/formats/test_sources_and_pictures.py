"""What a source may be, which pictures it may name, and the places of errors in it."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from manuscripts import report
from masthead import formats
from masthead.document import Language, MastheadError, ResourceError, SourceError
from masthead.document.model import Figure, Note, NoteCall, TableNoteCall
from masthead.formats import job_numbers, labels, links, lost_words, pictures, registry, source
from masthead.formats.record import Record

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"/>'


def refusal(error: MastheadError) -> tuple[str, str, str]:
    return error.message, error.where, error.hint


@pytest.mark.parametrize(
    ("data", "message", "place", "hint"),
    [
        (b"%PDF-1.7", "the source is not UTF-8 text", "1:1", "this is a PDF"),
        (b"PK\x03\x04", "the source is not UTF-8 text", "1:1", "this is a zip or Word file"),
        (b"\xff\xfea\0", "the source is not UTF-8 text", "1:1", "this is UTF-16"),
        (b"\xfe\xff\0a", "the source is not UTF-8 text", "1:1", "this is UTF-16"),
        (b"ab\nc\xe4d", "byte 0xe4 is not valid UTF-8", "2:2", "save the source as UTF-8"),
        (b"ab\ncd\x00", "control character U+0000", "2:3", "the source may be binary"),
        (b"a\x7f", "control character U+007F", "1:2", "the source may be binary"),
        ("a\u0085".encode(), "control character U+0085", "1:2", "the source may be binary"),
        ("a\u009f".encode(), "control character U+009F", "1:2", "the source may be binary"),
        ("a\ufdd0".encode(), "control character U+FDD0", "1:2", "the source may be binary"),
        ("a\ufffe".encode(), "control character U+FFFE", "1:2", "the source may be binary"),
        (b"a\f", "control character U+000C", "1:2", "the source may be binary"),
        (b" \n\t", "the source is empty", "1:1", "a document needs at least"),
    ],
)
def test_bytes_that_are_no_source_are_refused_with_their_place(
    data: bytes, message: str, place: str, hint: str
) -> None:
    with pytest.raises(SourceError) as caught:
        source.decode(data, "x.md")
    assert refusal(caught.value)[:2] == (message, f"x.md:{place}") and caught.value.hint.startswith(hint)


def test_line_ends_and_a_byte_order_mark_are_those_of_any_system() -> None:
    assert source.decode(b"\xef\xbb\xbfa\r\nb\rc\nd\te\xc2\xa0", "x") == "a\nb\nc\nd\te\u00a0"
    assert source.decode(b"a\fb", "x", page_ends=True) == "a\fb"
    assert [(each.text, each.number) for each in source.lines(" a \n\nb\f c\n\f")] == [
        ("a", 1), ("b", 3), ("\f", 3), ("c", 3), ("\f", 4)
    ]  # fmt: skip


def test_a_file_is_as_large_as_allowed_and_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "MAX_BYTES", 4)
    path = tmp_path / "a.md"
    path.write_bytes(b"abcd")
    assert source.load(path) == b"abcd"
    path.write_bytes(b"abcde")
    with pytest.raises(ResourceError) as caught:
        source.load(path)
    assert refusal(caught.value) == (
        "the source is larger than 0 MiB", str(path), "divide it into several documents"
    )  # fmt: skip
    with pytest.raises(SourceError) as folder:
        source.load(tmp_path)
    assert refusal(folder.value) == ("this is a folder, not a document", str(tmp_path), "name the files in it")
    with pytest.raises(SourceError, match="the source cannot be opened: no such file"):
        source.load(tmp_path / "b.md")


@pytest.mark.parametrize("name", ["x.odt", "x", "x.html"])
def test_a_file_of_no_form_is_not_read(name: str) -> None:
    with pytest.raises(SourceError) as caught:
        formats.parse(b"x", name)
    assert caught.value.where == name and ".docx" in caught.value.hint


@pytest.mark.parametrize(
    ("suffix", "message"), [(".odt", "that end in .odt"), ("", "without a suffix"), (".pdf", "that end in .pdf")]
)
def test_a_form_that_is_not_written_is_named(suffix: str, message: str) -> None:
    document = formats.parse(report(Language.ENGLISH, "x").encode(), "x.md")
    with pytest.raises(SourceError, match=f"no writer for files {message}") as caught:
        formats.render(document, suffix)
    assert caught.value.hint == "documents are written to .docx, .md, .akn, .xml, .html, .txt"


def test_only_forms_that_are_no_text_have_paragraphs_for_places() -> None:
    assert registry.paragraphs_of(b"x", "x.md") == registry.paragraphs_of(b"x", "x.odt") == {}


def test_a_picture_is_below_the_folder_of_its_source_or_one_that_is_named(tmp_path: Path) -> None:
    inside, other = tmp_path / "inside", tmp_path / "other"
    for folder in (inside, other):
        folder.mkdir()
        (folder / "a.svg").write_bytes(SVG)
    (tmp_path / "out.svg").write_bytes(SVG)
    (inside / "link.svg").symlink_to(tmp_path / "out.svg")
    (inside / "loop.svg").symlink_to(inside / "loop.svg")
    at = inside / "x.md"
    assert pictures.picture_path("a.svg", at) == inside / "a.svg"
    assert pictures.picture_path("./../inside/a.svg", at) == inside / "a.svg"
    for name in ("../out.svg", "link.svg", "loop.svg", "absent.svg", "", "a\0.svg", "../other/a.svg", "/etc/passwd"):
        assert pictures.picture_path(name, at) is None, name
    assert pictures.picture_path("../other/a.svg", at, [other]) == other / "a.svg"
    assert pictures.picture_path(str(other / "a.svg"), at, [other]) == other / "a.svg"


def test_pictures_are_read_by_their_names_or_from_the_source(tmp_path: Path) -> None:
    (tmp_path / "a.SVG").write_bytes(SVG)
    at = tmp_path / "x.md"
    assert pictures.read_picture("a.SVG", "A map", at, "x.md:1") == Figure(SVG, "image/svg+xml", "A map")
    address = pictures.data_address(Figure(SVG, "image/svg+xml", ""))
    assert pictures.read_picture(address, "", at, "") == Figure(SVG, "image/svg+xml", "")
    named = pictures.embedded("a b.svg", SVG)
    assert named == f"data:image/svg+xml;name=a%20b.svg;base64,{base64.b64encode(SVG).decode()}"
    script = base64.b64encode(b"<svg><script/></svg>").decode()
    for name, found in (
        ("a.gif", "the picture a.gif has an unsupported format"),
        ("a.md", "the picture a.md has an unsupported format"),
        ("b.svg", "the picture b.svg cannot be opened"),
        ("data:image/svg+xml;base64,PHN2Z", "the data of a picture are incomplete"),
        (f"data:image/svg+xml;base64,{script}", "the picture in the source has a script element"),
        (f"data:image/svg+xml;name=a.svg;base64,{script}", "the picture a.svg has a script element"),
    ):
        with pytest.raises(SourceError) as caught:
            pictures.read_picture(name, "", at, "x.md:7")
        assert (caught.value.message, caught.value.where) == (found, "x.md:7")


@pytest.mark.parametrize(
    ("address", "values"),
    [("a.csv", True), ("a.CSV", True), ("data:text/csv;base64,eA==", True), ("a.svg", False), ("a.csv.svg", False)],
)
def test_a_file_of_values_is_known_by_its_address(address: str, values: bool) -> None:
    assert pictures.names_values(address) is values


@pytest.mark.parametrize(
    ("text", "language", "message"),
    [
        ("39-20001 (E)", "en", None),
        ("39-20001 (E)", "fr", "the job number's letter E is not that of the language fr"),
        ("39-2001 (E)", "en", "not a job number: '39-2001 (E)'"),
        ("39-20001 (X)", "en", "not a job number: '39-20001 (X)'"),
    ],
)
def test_a_job_number_has_the_letter_of_the_language(text: str, language: str, message: str | None) -> None:
    if message is None:
        assert str(job_numbers.parse_job(text, Language(language), "x.md:3")) == text
        return
    with pytest.raises(SourceError) as caught:
        job_numbers.parse_job(text, Language(language), "x.md:3")
    letter = Language(language).letter
    assert refusal(caught.value) == (message, "x.md:3", f"write it like this: 17-12889 ({letter})")


def test_notes_have_labels() -> None:
    calls = (NoteCall(12), NoteCall(2, asterisk=True), TableNoteCall(3), Note(4, ()), Note(1, (), asterisk=True))
    assert [labels.note_label(call) for call in calls] == ["12", "**", "c", "4", "*"]


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("https://undocs.org/A/71/119", "Reference"),
        ("https://example.org/x", "Hyperlink"),
        ("HTTP://example.org", "Hyperlink"),
        ("https://", "None"),
        ("https:// x", "None"),
        ("ftp://example.org", "None"),
        ("example.org", "None"),
    ],
)
def test_a_link_leads_to_a_document_or_to_the_web(address: str, kind: str) -> None:
    assert type(links.linked("x", address)).__name__.replace("NoneType", "None") == kind


def test_words_are_counted_without_numbers_and_signs_that_are_not_seen() -> None:
    assert lost_words.words("Well-known CAFÉ’s 12 kg a\u00adb 水文 no\u2011break\u200c a1b") == {
        "well-known": 1, "café’s": 1, "kg": 1, "ab": 1, "水": 1, "文": 1, "no-break": 1, "a": 1, "b": 1
    }  # fmt: skip
    assert lost_words.loss(lost_words.words(""), 6, 0.5, "h") is None
    for lost, severity in (("a a b", "note"), ("a a b b", "error")):
        doubt = lost_words.loss(lost_words.words(lost), 6, 0.5, "h")
        assert doubt is not None and (str(doubt.severity), doubt.hint, doubt.rule) == (severity, "h", "word-loss")
        count = len(lost.split())
        assert doubt.message == f"{count} of the 6 words of the file are not in the document: a, b"


def test_the_place_of_a_text_is_its_line_and_column() -> None:
    record = Record("x.md", ["  a [^1] b [^1]", "c  ", "", "d \\\\"])
    places = {
        (1,): "1:3", (1, "[^1]"): "1:5", (1, "[^1]", "b "): "1:12", (1, "absent"): "1:3", (0,): "0", (5,): "5",
        (4, "d"): "4:1", (2,): "2:1",
    }  # fmt: skip
    assert {each: record.where(*each).removeprefix("x.md:") for each in places} == places  # type: ignore[arg-type]
    assert [record.end(line) for line in (2, 4, 9)] == ["x.md:2:2", "x.md:4:2", "x.md:9:1"]
    assert record.start == "x.md:1"


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("letter.doc", "open it in Word or LibreOffice and save it as .docx"),
        ("report.ODT", "open it in Word or LibreOffice and save it as .docx"),
        ("A_80_7.pdf", "make a text of it: pdftotext -layout -enc UTF-8 A_80_7.pdf A_80_7.txt"),
        ("notes.pages", "sources end in .akn, .docx, .md, .txt, .xml"),
    ],
)
def test_a_file_without_a_reader_says_what_to_do(name: str, hint: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError) as error:
        registry.read(tmp_path / name)
    assert str(error.value.hint).startswith(hint)
