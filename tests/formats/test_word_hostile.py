"""Hostile Word files are refused with a reason, within limits of time and 512 MiB."""

from __future__ import annotations

import io
import random
import re
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from corpora import WHOLE
from masthead import formats
from masthead.document.errors import MastheadError, ResourceError, SourceError
from masthead.formats.word import reader as word
from masthead.formats.word import safety
from packages import TITLE, p, pack, parts, related
from paths import ROOT

pytestmark = pytest.mark.slow

SECRET = "the bytes of a file that no document may name"
LAUGHS = "<!DOCTYPE w:document [<!ENTITY a 'ha'>{}]>".format(
    "".join(f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(9))
)


def _read_limited(data: bytes, tmp_path: Path, share: int = 1) -> str:
    """Read in a process with limited time and memory, or with a share of that memory, and return its output."""
    source = tmp_path / "x.docx"
    source.write_bytes(data)
    program = (
        "import resource, sys\n"
        "resource.setrlimit(resource.RLIMIT_CPU, (50, 50))\n"
        "from masthead.document.errors import MastheadError\n"
        "from masthead.formats.word import reader as word\n"
        "data = open(sys.argv[1], 'rb').read()\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "try:\n"
        "    print(len(word.read(data, 'x.docx').body), 'blocks')\n"
        "except MastheadError as error:\n"
        "    print(type(error).__name__, error.message)\n"
        "grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before\n"
        f"assert grown < 512 * 1024 // {share}, grown\n"
    )
    done = subprocess.run([sys.executable, "-c", program, str(source)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def _with(**changed: bytes | str) -> dict[str, bytes]:
    files = parts(TITLE + p("Text."))
    for name, content in changed.items():
        path = {"types": "[Content_Types].xml", "relations": "word/_rels/document.xml.rels"}.get(
            name, f"word/{name}.xml"
        )
        files[path] = content.encode() if isinstance(content, str) else content
    return files


def _document(declaration: str, text: str) -> str:
    files = parts(TITLE + p(f"<w:r><w:t>{text}</w:t></w:r>"))
    head, body = files["word/document.xml"].decode().split("?>", 1)
    return f"{head}?>{declaration}{body}"


def _refusal(data: bytes) -> MastheadError:
    with pytest.raises(MastheadError) as caught:
        word.read(data, "x.docx")
    assert caught.value.hint
    assert caught.value.where.startswith("x.docx")
    assert SECRET not in str(caught.value)
    return caught.value


# --- entities ---------------------------------------------------------------------------------------------------------


def test_entities_are_refused_wherever_they_are_declared(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(SECRET)
    outside = f'<!DOCTYPE x [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]>'
    parameter = f'<!DOCTYPE x [<!ENTITY % x SYSTEM "file://{tmp_path}/secret"> %x;]>'
    for declaration, text in ((LAUGHS, "&j;"), (outside, "&x;"), (parameter, "x")):
        assert "declares entities" in _refusal(pack(_with(document=_document(declaration, text)))).message
    for part in ("styles", "header1", "relations", "types"):
        files = _with()
        path = {"types": "[Content_Types].xml", "relations": "word/_rels/document.xml.rels"}.get(
            part, f"word/{part}.xml"
        )
        head, body = files[path].decode().split("?>", 1)
        files[path] = f"{head}?>{outside}{body}".encode()
        assert "declares entities" in _refusal(pack(files)).message


@pytest.mark.parametrize("encoding", ["utf-16", "utf-7", "cp037", "utf-32"])
def test_no_encoding_hides_them(encoding: str) -> None:
    text = _document(LAUGHS, "&j;").replace('encoding="UTF-8"', f'encoding="{encoding}"')
    _refusal(pack(_with(document=text.encode(encoding))))


def test_no_name_hides_them() -> None:
    files = _with()
    files["word/styles.bin"] = files.pop("word/styles.xml").replace(b"?>", b"?>" + LAUGHS.encode(), 1)
    files["[Content_Types].xml"] = files["[Content_Types].xml"].replace(b"styles.xml", b"styles.bin")
    files["word/_rels/document.xml.rels"] = files["word/_rels/document.xml.rels"].replace(b"styles.xml", b"styles.bin")
    assert "XML under another name" in _refusal(pack(files)).message


# --- bombs ------------------------------------------------------------------------------------------------------------


def test_a_zip_bomb_is_refused_by_the_sizes_it_declares(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("word/document.xml", "w") as part:
        for _ in range(1024):
            part.write(bytes(2**20))
    assert len(buffer.getvalue()) < formats.MAX_BYTES
    assert _read_limited(buffer.getvalue(), tmp_path).startswith("ResourceError the file unpacks to more than")


def test_a_zip_bomb_that_declares_less_is_not_unpacked(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("word/document.xml", "w") as part:
        for _ in range(1024):
            part.write(bytes(2**20))
    data = buffer.getvalue().replace(struct.pack("<I", 2**30), struct.pack("<I", 9))
    assert _read_limited(data, tmp_path).startswith("SourceError the file is not a Word document")


def test_the_largest_text_is_read_or_refused_in_limited_time_and_memory(tmp_path: Path) -> None:
    share = 1 if WHOLE else 8  # an eighth of the largest text must do with an eighth of the memory
    for piece in (
        "<w:p/>",
        p("x"),
        "<w:p><w:r><w:tab/></w:r></w:p>",
        p("a", "H1"),
        "<w:tbl><w:tr><w:tc/></w:tr></w:tbl>",
    ):
        body = piece * ((safety.MAX_XML - 2**16) // share // len(piece))
        said = _read_limited(pack(parts(TITLE + body + p("Text."))), tmp_path, share)
        assert said.endswith("blocks\n") or said.startswith(("ResourceError", "SourceError")), said


def test_very_many_parts_are_refused(tmp_path: Path) -> None:
    files = _with() | {f"word/x{number}.xml": b"<x/>" for number in range(safety.MAX_PARTS)}
    assert _read_limited(pack(files), tmp_path).startswith("ResourceError the file has")


def test_deep_elements_and_long_chains_are_refused_or_read(tmp_path: Path) -> None:
    deep = "<w:sdt><w:sdtContent>" * 5000 + p("x") + "</w:sdtContent></w:sdt>" * 5000
    chain = {f"word/_rels/x{n}.xml.rels": related({"a": ("image", f"x{n + 1}.xml")}).encode() for n in range(400)}
    chain |= {f"word/x{n}.xml": b"<x/>" for n in range(401)}
    files = _with() | chain
    kept = files["word/_rels/document.xml.rels"].decode()
    link = '<Relationship Id="z" Type="http://x/image" Target="x0.xml"/></Relationships>'
    files["word/_rels/document.xml.rels"] = kept.replace("</Relationships>", link).encode()
    for data in (pack(parts(TITLE + deep)), pack(files)):
        assert re.match(r"\d+ blocks|SourceError ", _read_limited(data, tmp_path))


# --- relations --------------------------------------------------------------------------------------------------------

KEPT = {"rId1": ("styles", "styles.xml"), "rId3": ("header", "header1.xml"), "rId4": ("footer", "footer1.xml")}


@pytest.mark.parametrize("kind", ["image", "subDocument", "frame", "aFChunk", "styles"])
def test_content_from_outside_the_file_is_never_included(kind: str) -> None:
    for target in ("file:///etc/passwd", "https://example.org/x.png", "\\\\host\\share\\x"):
        files = _with(relations=related({**KEPT, "out": (kind, target)}, outside="out"))
        assert "includes content from outside" in _refusal(pack(files)).message


def test_a_link_to_a_workbook_is_cut_and_reported() -> None:
    for target in ("file:///etc/passwd", "https://example.org/x.xlsx", "\\\\host\\share\\x"):
        files = _with(relations=related({**KEPT, "out": ("oleObject", target)}, outside="out"))
        document = word.read(pack(files), "x.docx")
        assert [found.message for found in document.findings if found.rule == "word-link"] == [
            f"the link to a workbook is removed: {target}"
        ]
        assert target not in formats.write(document, ".md")


@pytest.mark.parametrize("kind", ["hyperlink", "attachedTemplate"])
def test_links_and_the_name_of_a_template_do_no_harm(kind: str) -> None:
    files = _with(relations=related({**KEPT, "out": (kind, "https://example.org/")}, outside="out"))
    assert len(word.read(pack(files), "x.docx").body) == 1


@pytest.mark.parametrize("target", ["../../../etc/passwd", "/etc/passwd", "media/none.png", "%2e%2e/%2e%2e/x"])
def test_parts_that_are_not_in_the_file_are_refused(target: str) -> None:
    files = _with(relations=related({**KEPT, "out": ("image", target)}))
    assert "refers to a missing part" in _refusal(pack(files)).message


def test_parts_that_refer_to_each_other_are_read_once() -> None:
    files = _with()
    files["word/_rels/styles.xml.rels"] = related(
        {"a": ("image", "document.xml"), "b": ("image", "styles.xml")}
    ).encode()
    assert len(word.read(pack(files), "x.docx").body) == 1


# --- damage -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [b"", b"PK\x03\x04", b"PK\x05\x06" + bytes(18), b"\xd0\xcf\x11\xe0" + bytes(600), b"Text.", bytes(99)],
)
def test_a_file_that_is_not_a_word_file_is_refused(data: bytes) -> None:
    _refusal(data)


def test_a_truncated_or_changed_file_is_refused_or_read() -> None:
    data = pack(_with())
    chance = random.Random(1)
    for _ in range(200):
        at = chance.randrange(len(data))
        for changed in (data[:at], data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]):
            try:
                word.read(changed, "x.docx")
            except (SourceError, ResourceError) as error:
                assert error.hint


def test_encrypted_duplicate_and_unusually_compressed_parts_are_refused() -> None:
    data = bytearray(pack(_with()))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + offset] |= 1
    assert "encrypted" in _refusal(bytes(data)).message
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_BZIP2) as archive:
        for name, content in _with().items():
            archive.writestr(name, content)
    assert "unusual compression" in _refusal(buffer.getvalue()).message
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(buffer, "w") as archive:
        for _ in range(2):
            archive.writestr("word/document.xml", "<x/>")
    assert "two parts with the same name" in _refusal(buffer.getvalue()).message


def test_strict_documents_say_how_to_save_them() -> None:
    usual, strict = b"schemas.openxmlformats.org/officeDocument/2006", b"purl.oclc.org/ooxml/officeDocument"
    files = {name: data.replace(usual, strict) for name, data in _with().items()}
    assert "without Strict" in _refusal(pack(files)).hint


def test_a_foot_of_pages_that_names_no_part_is_refused() -> None:
    section = '<w:sectPr><w:footerReference w:type="default"/></w:sectPr>'
    assert "damaged" in _refusal(pack(parts(TITLE + p("Text.") + section))).message


def test_missing_or_meaningless_elements_are_refused_or_read() -> None:
    """Some elements of each file are removed, duplicated, or given other values."""
    chance = random.Random(7)
    sources = [
        ROOT / "examples" / "specimens" / f"{name}.md"
        for name in ("A_104_96.en", "A_RES_104_12.ar", "A_DEC_104_405.en")
    ]
    kept = [formats.render(formats.read(source), ".docx") for source in sources]
    for _ in range(150):
        with zipfile.ZipFile(io.BytesIO(chance.choice(kept))) as archive:
            files = {name: archive.read(name) for name in archive.namelist()}
        for _ in range(4):
            name = chance.choice([name for name in files if name.endswith((".xml", ".rels"))])
            files[name] = _damaged(files[name], chance)
        try:
            word.read(pack(files), "x.docx")
        except (SourceError, ResourceError) as error:
            assert error.hint


def _damaged(data: bytes, chance: random.Random) -> bytes:
    root = etree.fromstring(data)
    element = chance.choice(list(root.iter(etree.Element)))
    parent, names = element.getparent(), list(element.attrib)
    match chance.randrange(4):
        case 0 if parent is not None:
            parent.remove(element)
        case 1 if names:
            del element.attrib[chance.choice(names)]
        case 2 if names:
            element.set(chance.choice(names), chance.choice(["", "-1", "99999999999", "x", "%1%9", "true"]))
        case _ if parent is not None:
            parent.append(etree.fromstring(etree.tostring(element)))
    return bytes(etree.tostring(root))
