"""Hostile Akoma Ntoso is refused with its line, or read without harm."""

from __future__ import annotations

import resource
import time
from dataclasses import replace

import pytest

from masthead import formats
from masthead.document.errors import SourceError
from masthead.document.model import Inline, Paragraph, Role, Text
from paths import ROOT

RESOLUTION = ROOT / "examples" / "specimens" / "A_RES_104_12.en.md"
GOOD = formats.write(formats.read(RESOLUTION), ".akn")
BODY = "<mainBody>"


def laughing(depth: int = 9) -> str:
    entities = "".join(f'<!ENTITY l{each} "{f"&l{each - 1};" * 10}">' for each in range(1, depth + 1))
    return f'<!DOCTYPE akomaNtoso [<!ENTITY l0 "lol">{entities}]>\n'


def declared(declaration: str) -> str:
    return GOOD.replace("<akoma", f"{declaration}<akoma", 1)


def inside(element: str) -> str:
    return GOOD.replace(BODY, BODY + element, 1)


COMPONENT = GOOD[GOOD.index("<component") : GOOD.index("</collectionBody")]
DECLARATION = "document type declaration"
HOSTILE = {
    "a bomb": (declared(laughing()).replace("41st", "&l9;"), DECLARATION),
    "a bomb behind comments": (f"<!-- x --><?x?>\n{laughing()}<akomaNtoso/>", DECLARATION),
    "an external entity": (declared('<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'), DECLARATION),
    "an external subset": (declared('<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">'), DECLARATION),
    "an unknown entity": (GOOD.replace("41st", "&nbsp;"), "not XML: unknown entity &nbsp;"),
    "depth": (GOOD.replace("41st", "<b>" * 150 + "x" + "</b>" * 150), "elements are nested more than 100 deep"),
    "more depth": (
        GOOD.replace("41st", "<b>" * 100_000 + "</b>" * 100_000),
        "elements are nested more than 100 deep",
    ),
    "elements": (inside("<p/>" * 400_000), "more than 300,000 elements"),
    "attributes": (inside("<p " + " ".join(f'a{n}=""' for n in range(50_000)) + "/>"), "more than 64 attributes"),
    "columns": (inside(f"<table><tr>{'<td/>' * 200}</tr></table>"), "a table has 200 columns"),
    "a picture elsewhere": (inside('<p><img src="http://127.0.0.1/x.png" alt="x"/></p>'), "cannot be opened"),
    "a control character": (GOOD.replace("41st", "\0"), r"control character U\+0000"),
    "a forbidden reference": (GOOD.replace("41st", "&#1;"), "not XML"),
    "a control character by reference": (GOOD.replace("41st", "&#127;"), r"control character U\+007F"),
    "another encoding": (GOOD.replace("UTF-8", "ISO-8859-6"), "declares the encoding ISO-8859-6"),
    "half a file": (GOOD[: GOOD.index("</preface>")], "not XML: the file ends before"),
    "other XML": ("<testsuites/>", "not Akoma Ntoso 3.0"),
    "an older version": (GOOD.replace("akn/3.0", "akn/2.0"), "not Akoma Ntoso 3.0"),
    "no job number": (GOOD.replace("49-10412 (E) 221149", "nonsense"), "not a job number"),
    "another language": (GOOD.replace('language="eng"', 'language="ita"'), "the file is in the language “ita”"),
    "two documents": (GOOD.replace(COMPONENT, COMPONENT * 2), "2 documents are in one file"),
}


@pytest.mark.parametrize(("text", "message"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_is_refused_with_its_line(text: str, message: str) -> None:
    start, peak = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(SourceError, match=message) as caught:
        formats.parse(text.encode(), "hostile.xml")
    assert caught.value.where.startswith("hostile.xml:")
    assert caught.value.hint
    assert time.process_time() - start < 10
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - peak < 512 * 1024


@pytest.mark.parametrize(
    "element",
    [
        '<table><tr><td colspan="999999999"><p>x</p></td></tr></table>',
        '<table><tr><td colspan="x"><p>x</p></td></tr></table>',
        '<section xmlns:m="urn:masthead:document" m:level="99"><heading>x</heading></section>',
        '<hcontainer name="contents" xmlns:m="urn:masthead:document"><content><p><placeholder m:depth="-1"/></p>'
        "</content></hcontainer>",
        '<toc><tocItem level="x" href="#">x</tocItem></toc>',
    ],
)
def test_a_number_beyond_what_a_page_can_show_is_left_out(element: str) -> None:
    document = formats.parse(GOOD.replace(BODY, BODY + element).encode(), "x.akn")
    assert any(finding.message.startswith("left out: @") for finding in document.findings)


def test_white_space_is_preserved_if_the_file_says_so() -> None:
    text = "a  b\n c "
    content: tuple[Inline, ...] = (Text(text),)
    document = formats.read(RESOLUTION)
    body = (*document.body[:-1], Paragraph(Role.OPERATIVE, content, 5))
    spaced = replace(document, body=body)
    xml = formats.write(spaced, ".akn")
    assert f'<p xml:space="preserve">{text}</p>' in xml
    assert formats.parse(xml.encode(), "x.akn") == spaced
    loose = formats.parse(xml.replace(' xml:space="preserve"', "").encode(), "x.akn")
    assert isinstance(last := loose.body[-1], Paragraph) and last.content == (Text("a b c"),)
