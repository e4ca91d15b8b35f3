"""Short texts of Word files as Markdown, and everything that is said of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from masthead import formats
from masthead.document import MastheadError
from masthead.formats.word import reader as word
from packages import note, p, r, report


def ins(x: str) -> str:
    return f'<w:ins w:id="1" w:author="a">{x}</w:ins>'


def dele(x: str) -> str:
    return f'<w:del w:id="2" w:author="a">{x.replace("w:t ", "w:delText ").replace("</w:t>", "</w:delText>")}</w:del>'


def fld(instruction: str, result: str = "x", *, sep: bool = True) -> str:
    """A field; without a result it is not separated."""
    begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    code = f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
    return begin + code + (separate + r(result) if sep else "") + end


def sym(font: str, char: str) -> str:
    return f'<w:r><w:sym w:font="{font}" w:char="{char}"/></w:r>'


RUBY = f"<w:r><w:ruby><w:rt>{r('over')}</w:rt><w:rubyBase>{r('base')}</w:rubyBase></w:ruby></w:r>"
OBJECT = '<o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" ProgID="Excel.Sheet"/>'


CASES = {
    "symbols": p(
        sym("Symbol", "F0B7")
        + r(" ")
        + sym("Wingdings", "F0FC")
        + r(" ")
        + sym("Symbol", "61")
        + r(" ")
        + sym("Webdings", "F061")
        + sym("Symbol", "zz")
        + sym("Symbol", "F000")
    ),
    "font of letters": p(
        r("abc", "<w:rFonts w:ascii='Symbol' w:hAnsi='Symbol'/>")
        + r(" abc", "<w:rFonts w:ascii='Arial' w:hAnsi='Arial'/>")
    ),
    "ruby": p(r("a ") + RUBY + r(" b")),
    "breaks": p(
        r("a")
        + "<w:r><w:br/></w:r>"
        + r("b")
        + '<w:r><w:br w:type="column"/></w:r>'
        + r("c")
        + "<w:r><w:cr/></w:r>"
        + r("d")
        + "<w:r><w:noBreakHyphen/></w:r>"
        + r("e")
        + "<w:r><w:softHyphen/></w:r>"
        + r("f")
        + "<w:r><w:ptab/></w:r>"
        + r("g")
    ),
    "page break": p(r("a") + '<w:r><w:br w:type="page"/></w:r>' + r("b")),
    "fields": p(
        fld("DATE", "today")
        + r(" ")
        + fld(" XE word", sep=False)
        + fld("SYMBOL 0xB7 \\f Symbol", sep=False)
        + fld("SYMBOL 65 ", sep=False)
        + fld("QUOTE 1", sep=False)
        + fld("FORMTEXT", "typed")
    ),
    "nested fields": p(fld("IF " + "1", "y") + r(" z")),
    "field simple": p('<w:fldSimple w:instr=" PAGE ">' + r("3") + "</w:fldSimple>" + r(" of")),
    "link field": p(
        r("see ")
        + fld('HYPERLINK "https://undocs.org/A/71/119"', "A/71/119")
        + r(", ")
        + fld('HYPERLINK "https://example.org/x"', "there")
        + r(" and ")
        + fld('HYPERLINK "ftp://x"', "ftp")
    ),
    "looks": p(
        r("u", "<w:u w:val='single'/>")
        + r(" s", "<w:strike/>")
        + r(" d", "<w:dstrike/>")
        + r(" c", "<w:caps/>")
        + r(" m", "<w:smallCaps/>")
        + r(" h", "<w:vanish/>")
        + r(" n", "<w:u w:val='none'/>")
        + r(" o", "<w:strike w:val='0'/>")
    ),
    "raised": p(
        r("x")
        + r("2", '<w:vertAlign w:val="superscript"/>')
        + r(" CO")
        + r("2", '<w:vertAlign w:val="subscript"/>')
        + r(" m")
        + r("2", '<w:vertAlign w:val="superscript"/>')
        + r("th", '<w:vertAlign w:val="superscript"/>')
    ),
    "insertion": p(r("a ") + ins(r("b")) + r(" c ") + dele(r("d"))),
    "moved": p(
        r("a ")
        + '<w:moveTo w:id="3" w:author="a">'
        + r("b")
        + "</w:moveTo>"
        + r(" c ")
        + '<w:moveFrom w:id="4" w:author="a">'
        + r("d")
        + "</w:moveFrom>"
    ),
    "mark inserted": p(r("one"), look='<w:rPr><w:ins w:id="5" w:author="a"/></w:rPr>') + p(r("two")),
    "mark deleted": p(r("one "), look='<w:rPr><w:del w:id="5" w:author="a"/></w:rPr>') + p(r("two")),
    "mark and text deleted": p(dele(r("one ")), look='<w:rPr><w:del w:id="5" w:author="a"/></w:rPr>') + p(r("two")),
    "properties changed": p(
        r("one"), look='<w:jc w:val="left"/><w:pPrChange w:id="6" w:author="a"><w:pPr/></w:pPrChange>'
    )
    + p('<w:r><w:rPr><w:b/><w:rPrChange w:id="7" w:author="a"><w:rPr/></w:rPrChange></w:rPr><w:t>two</w:t></w:r>'),
    "comment": p(r("a") + '<w:r><w:commentReference w:id="1"/></w:r>'),
    "unknown inline": p(r("a") + "<w:odd/>" + "<w:r><w:strange/></w:r>"),
    "unknown block": p("a") + "<w:odd/>" + p("b"),
    "smart tag": p(
        "<w:smartTag>"
        + r("a")
        + "</w:smartTag><w:customXml>"
        + r(" b")
        + "</w:customXml><w:sdt><w:sdtPr/><w:sdtContent>"
        + r(" c")
        + "</w:sdtContent></w:sdt><w:dir>"
        + r(" d")
        + "</w:dir>"
    ),
    "block control": "<w:sdt><w:sdtPr/><w:sdtContent>"
    + p("a")
    + "</w:sdtContent></w:sdt><w:customXml>"
    + p("b")
    + "</w:customXml>",
    "object": p(r("a") + f"<w:r><w:object>{OBJECT}</w:object></w:r>"),
    "wordart": p(r("a") + '<w:r><w:pict><v:shape><v:textpath string="Water  works"/></v:shape></w:pict></w:r>'),
    "missing picture": p(r("a") + '<w:r><w:pict><v:shape><v:imagedata r:id="rId99"/></v:shape></w:pict></w:r>'),
    "textbox": p(
        r("a")
        + "<w:r><w:pict><v:shape><v:textbox><w:txbxContent>"
        + p("In a box.")
        + "</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    ),
    "bullets": p("One:") + p("• a") + p("•\tb") + p("- c"),
    "items": p("1.\tOne:") + p("(a)\tx;") + p("(b)\ty:") + p("(i)\tz;") + p("(ii)\tz.") + p("(c)\tw.") + p("2.\tTwo."),
    "items wrong": p("1.\tOne:") + p("(a)\tx;") + p("(c)\ty.") + p("Text.") + p("(q)\tz."),
    "headings": p("I.\tTides", "HCh")
    + p("A.\tMoons", "H1")
    + p("1.\tSuns", "H23")
    + p("Free", "H4")
    + p("II.\tIce", "HCh"),
    "heading wrong": p("III.\tTides", "HCh") + p("Text.") + p("Bold line", "Fancy"),
    "section numbers": p("10.1\tOne.") + p("10.2\tTwo.") + p("10.3 Three goes on."),
    "closing": p("61st plenary meeting") + p("20 December 2038"),
    "vote": p("In favour:\tA, B") + p("Against:\tNone") + p("Abstaining:\tC"),
    "vote broken": p("In favour:\tA, B") + p("Against:\tNone") + p("Text."),
    "caption alone": p("Table 1") + p("Text."),
    "caption lines": p("Table 1")
    + p("Boats of", "H23")
    + '<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="900"/><w:gridCol w:w="900"/></w:tblGrid><w:tr><w:tc>'
    + p("a")
    + "</w:tc><w:tc>"
    + p("b")
    + "</w:tc></w:tr></w:tbl>"
    + p("Source: x."),
    "contents typed": p("Contents")
    + p("I. Tides ..... 3")
    + p("II. Ice ..... 4")
    + p("I.\tTides", "HCh")
    + p("Text.")
    + p("II.\tIce", "HCh")
    + p("More."),
    "annexes": p("Text.")
    + p("Annex I", "HCh")
    + p("Maps", "H1")
    + p("1.\tOne.")
    + p("Annex II", "HCh")
    + p("[Original: French]")
    + p("Two."),
    "stars": p("Lamps*") + p("*\tReissued."),
    "empty style": p("Text.", "Odd"),
    "footnote": p(r("a") + '<w:r><w:footnoteReference w:id="2"/></w:r>'),
    "outline": p("Tides", look='<w:outlineLvl w:val="0"/>') + p("Text."),
    "drop cap": p("T", look='<w:framePr w:dropCap="drop"/>') + p("ides rise."),
    "columns": p("One.", look='<w:sectPr><w:cols w:num="2"/></w:sectPr>')
    + p("Two.")
    + p("Three.", look='<w:sectPr><w:pgSz w:w="15840" w:h="12240"/></w:sectPr>')
    + p("Four."),
    "altchunk": p("a") + '<w:altChunk r:id="rId77"/>',
}
NOTES = {"footnote": note(2, "Note text.")}

# The name of a text, what is read of it in Markdown, and all that is said of it.
EXPECTED = [
    json.loads(line) for line in Path(__file__).with_name("word_snippets.jsonl").read_text("utf-8").splitlines()
]


def said(body: str, **kept: str) -> tuple[str, list[str]]:
    """Return the text of a report in Markdown, and the findings about it, or its errors."""
    try:
        document = word.read(report(body, **kept), "x.docx")
    except MastheadError as error:
        return "", [f"error {each.where}: {each.message} ({each.hint})" for each in error.each]
    text = formats.render(document, ".md")
    assert isinstance(text, bytes)
    findings = [
        f"{each.severity} {each.where.removeprefix('x.docx: ')}: {each.message} ({each.hint})"
        for each in document.findings
    ]
    return text.decode().partition("\n---\n")[2].strip(), findings


@pytest.mark.parametrize("expected", EXPECTED, ids=[each["name"] for each in EXPECTED])
def test_what_is_read_of_a_text_and_said_of_it(expected: dict[str, object]) -> None:
    name = str(expected["name"])
    text, findings = said(CASES[name], **({"notes": NOTES[name]} if name in NOTES else {}))
    assert (text, findings) == (expected["text"], expected["said"])


def test_each_text_is_tried() -> None:
    assert {str(each["name"]) for each in EXPECTED} == {*CASES}
