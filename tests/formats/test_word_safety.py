"""Word files that no library may open: each limit, just kept and just exceeded."""

from __future__ import annotations

import io
import zipfile

import pytest

from masthead.document import MastheadError
from masthead.formats.word import safety
from packages import OFFICE, TITLE, p, pack, parts, related

SAVE = "open it in Word and save it again as a Word document (.docx)"


def files(**changed: bytes) -> dict[str, bytes]:
    paths = {
        "document": "word/document.xml",
        "types": "[Content_Types].xml",
        "relations": "word/_rels/document.xml.rels",
    }
    return parts(TITLE + p("Text.")) | {paths[name]: content for name, content in changed.items()}


def outcome(data: bytes) -> tuple[str, ...]:
    """Return what the check returns, or its error: class, message, place and hint."""
    try:
        return safety.check(data, "x.docx")
    except MastheadError as error:
        return type(error).__name__, error.message, error.where, error.hint


def with_types(entries: str) -> dict[str, bytes]:
    types = files()["[Content_Types].xml"]
    return files(types=types.replace(b"</Types>", f"{entries}</Types>".encode()))


def with_relation(kind: str, target: str, *, outside: bool = True) -> bytes:
    held = files()["word/_rels/document.xml.rels"].decode()
    mode = ' TargetMode="External"' if outside else ""
    entry = f'<Relationship Id="own" Type="{kind}" Target="{target}"{mode}/>'
    return pack(files(relations=held.replace("</Relationships>", f"{entry}</Relationships>").encode()))


def test_a_file_from_word_is_allowed() -> None:
    assert outcome(pack(files())) == ()


@pytest.mark.parametrize(
    ("declared", "encoding", "allowed"),
    [
        ('<?xml version="1.0"?>', "utf-8", True),
        ("", "utf-8", True),
        ('<?xml version="1.0" encoding="UTF-8"?>', "utf-8", True),
        ("<?xml version='1.0' encoding='utf-8'?>", "utf-8-sig", True),
        ('<?xml version="1.0" encoding="US-ASCII"?>', "utf-8", True),
        ('<?xml version="1.0" encoding="UTF-16"?>', "utf-16", True),
        ('<?xml version="1.0" encoding="UTF-7"?>', "utf-8", False),
        ('<?xml version="1.0" encoding="cp037"?>', "utf-8", False),
        ('<?xml version="1.0" encoding = "ISO-8859-1"?>', "utf-8", False),
        ('<?xml version="1.0" encoding="UTF-7"?>', "utf-16", False),
        ("<!DOCTYPE a>", "utf-8", False),
        ("<!DOCTYPE a>", "utf-16", False),
        ('<?xml version="1.0"?><!-- x --><!DOCTYPE a [<!ENTITY b "c">]>', "utf-8", False),
    ],
)
def test_entities_and_encodings_that_may_hide_them_are_refused(declared: str, encoding: str, allowed: bool) -> None:
    body = files()["word/document.xml"].decode().partition("?>")[2]
    expected = (
        "SourceError",
        "word/document.xml declares entities or an encoding of its own",
        "x.docx",
        "Word writes none of these; do not trust the file",
    )
    assert outcome(pack(files(document=f"{declared}{body}".encode(encoding)))) == (() if allowed else expected)


def test_bytes_that_are_no_text_are_refused() -> None:
    damaged = files()["word/document.xml"].replace(b"Text.", b"\xff\xfa")
    assert outcome(pack(files(document=damaged))) == (
        "SourceError", "word/document.xml is not XML in UTF-8", "x.docx", SAVE
    )  # fmt: skip


@pytest.mark.parametrize(
    ("data", "message", "hint"),
    [
        (
            b"\xd0\xcf\x11\xe0rest",
            "this is an old Word file (.doc), or one with a password",
            "save it as a Word document (.docx) without a password",
        ),
        (
            b"PK\x03\x04rest",
            "the file is not a Word document, or it is damaged: File is not a zip file",
            SAVE,
        ),
        (b"", "the file is not a Word document, or it is damaged: File is not a zip file", SAVE),
    ],
)
def test_what_is_no_package_is_refused(data: bytes, message: str, hint: str) -> None:
    assert outcome(data) == ("SourceError", message, "x.docx", hint)


def test_a_package_without_types_is_damaged() -> None:
    held = files()
    del held["[Content_Types].xml"]
    assert outcome(pack(held))[1] == "the file is not a Word document, or it is damaged: '[Content_Types].xml'"
    assert outcome(pack(files(types=b"<Types>")))[1].startswith("the file is not a Word document, or it is damaged: ")


def test_a_damaged_part_is_found_by_its_checksum() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files().items():
            archive.writestr(name, content)
    damaged = buffer.getvalue().replace(b"Text.", b"Next.")
    assert "Bad CRC-32" in outcome(damaged)[1]


def test_the_number_of_parts_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    held = files()
    monkeypatch.setattr(safety, "MAX_PARTS", len(held))
    assert outcome(pack(held)) == ()
    monkeypatch.setattr(safety, "MAX_PARTS", len(held) - 1)
    assert outcome(pack(held)) == ("ResourceError", f"the file has {len(held)} parts", "x.docx", SAVE)


def test_the_size_of_xml_and_that_of_all_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    held = files() | {"word/media/a.png": b"x" * 1000}
    xml = sum(len(content) for name, content in held.items() if not name.endswith(".png"))
    too_large = (
        "ResourceError",
        "the file unpacks to more than 0 MiB of text or 0 MiB in all",
        "x.docx",
        "make its pictures smaller, or divide it into several documents",
    )
    for most_xml, most, expected in (
        (xml, xml + 1000, ()),
        (xml - 1, xml + 1000, too_large),
        (xml, xml + 999, too_large),
    ):
        monkeypatch.setattr(safety, "MAX_XML", most_xml)
        monkeypatch.setattr(safety, "MAX_TOTAL", most)
        assert outcome(pack(held)) == expected


def test_two_parts_that_differ_only_in_capitals_are_refused() -> None:
    assert outcome(pack(files() | {"word/Document.xml": b"<a/>"})) == (
        "SourceError", "the file has two parts with the same name", "x.docx", SAVE
    )  # fmt: skip


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_an_unusual_compression_is_refused(method: int) -> None:
    buffer = io.BytesIO(pack(files()))
    with zipfile.ZipFile(buffer, "a", method) as archive:
        archive.writestr("word/own.xml", b"<a/>")
    assert outcome(buffer.getvalue()) == (
        "SourceError", "word/own.xml is encrypted or has an unusual compression", "x.docx", SAVE
    )  # fmt: skip


@pytest.mark.parametrize(
    ("entry", "part", "refused"),
    [
        ('<Default Extension="dat" ContentType="application/xml"/>', ("word/a.dat", b"<a/>"), ".dat"),
        ('<Default Extension="dat" ContentType="image/svg+xml"/>', ("word/a.dat", b"<a/>"), ""),
        ('<Default Extension="dat" ContentType="application/xhtml+xml"/>', ("word/a.dat", b"<a/>"), ""),
        ('<Default Extension="dat" ContentType="application/octet-stream"/>', ("word/a.dat", b"<a/>"), ""),
        ('<Default Extension="dat" ContentType="application/a+xml"/>', ("word/a.DAT", b"PK\x03\x04"), ""),
        ('<Override PartName="/word/a.dat" ContentType="application/a+xml"/>', ("word/a.dat", b"<a/>"), "/word/a.dat"),
        ('<Override PartName="/word/a.xml" ContentType="application/a+xml"/>', ("word/a.xml", b"<a/>"), ""),
    ],
)
def test_xml_under_another_name_is_refused(entry: str, part: tuple[str, bytes], refused: str) -> None:
    expected = ("SourceError", f"{refused} is XML under another name", "x.docx", SAVE) if refused else ()
    assert outcome(pack(with_types(entry) | dict([part]))) == expected


def test_what_is_outside_the_file_is_refused_except_links_templates_and_workbooks() -> None:
    target = "https://example.org/a"
    for kind in ("hyperlink", "attachedTemplate"):
        assert outcome(with_relation(f"{OFFICE}/{kind}", target)) == ()
    for kind in ("oleObject", "package", "externalLinkPath"):
        assert outcome(with_relation(f"{OFFICE}/{kind}", target)) == (target,)
    for kind in ("image", "subDocument", "frame"):
        assert outcome(with_relation(f"{OFFICE}/{kind}", target + "x" * 80)) == (
            "SourceError",
            f"word/_rels/document.xml.rels includes content from outside the file: {(target + 'x' * 80)[:80]}",
            "x.docx",
            "insert it into the document",
        )


@pytest.mark.parametrize(
    ("target", "is_there"),
    [
        ("styles.xml", True),
        ("/word/styles.xml", True),
        ("./styles.xml", True),
        ("../word/styles.xml", True),
        ("styles.xml#a", True),
        ("s%74yles.xml", True),
        ("absent.xml", False),
        ("/styles.xml", False),
        ("../styles.xml", False),
    ],
)
def test_a_relation_leads_to_a_part_of_the_file(target: str, is_there: bool) -> None:
    found = outcome(with_relation(f"{OFFICE}/styles", target, outside=False))
    missing = ("SourceError", f"word/_rels/document.xml.rels refers to a missing part: {target}", "x.docx", SAVE)
    assert found == (() if is_there else missing)


def test_strict_open_xml_is_refused_with_what_to_do() -> None:
    kind = "http://purl.oclc.org/ooxml/officeDocument/relationships/styles"
    assert outcome(with_relation(kind, "styles.xml", outside=False)) == (
        "SourceError",
        "this is a Strict Open XML document",
        "x.docx",
        "save it as a Word document (.docx), without Strict",
    )


def test_relations_of_the_package_itself_are_checked() -> None:
    held = files() | {"_rels/.rels": related({"rId1": ("officeDocument", "word/absent.xml")}).encode()}
    assert outcome(pack(held))[1] == "_rels/.rels refers to a missing part: word/absent.xml"
