"""What Word files have besides paragraphs and tables: other documents, boxes, drawings and pictures."""

from __future__ import annotations

import pytest

from masthead.document.findings import Severity
from masthead.document.model import Box, Figure, Heading, Paragraph, Raised, Strong, Table, Text, plain
from packages import OFFICE, SPACES, TITLE, note, p, pack, parts, r, related, report
from word_reports import found_rules, read


@pytest.mark.parametrize("name", ["altChunk", "subDoc"])
def test_a_document_in_the_file_that_is_left_out_is_an_error(name: str) -> None:
    (found,) = read(report(p("Text.") + f'<w:{name} r:id="rId9"/>')).findings
    assert (found.rule, found.severity) == ("word-embedded", Severity.ERROR)


def _with_chunk(name: str, data: bytes, kind: str = "") -> bytes:
    """A report with a document in it that Word merges into the text."""
    files = parts(TITLE + p("Before.") + '<w:altChunk r:id="rId9"/>' + p("After."))
    relation = f'<Relationship Id="rId9" Type="{OFFICE}/aFChunk" Target="{name}"/></Relationships>'
    files["word/_rels/document.xml.rels"] = files["word/_rels/document.xml.rels"].replace(
        b"</Relationships>", relation.encode()
    )
    entry = f'<Override PartName="/word/{name}" ContentType="{kind or "text/html"}"/></Types>'
    files["[Content_Types].xml"] = files["[Content_Types].xml"].replace(b"</Types>", entry.encode())
    return pack({**files, f"word/{name}": data})


PAGE = """<html><head><title>No</title><style>p {}</style></head><body><h2>Lamps</h2>
<p>Of <b>oil</b>,<br>m<sup>2</sup>\u00a0each
<ul><li>In ports</li><li>At sea</li></ul>
<table><tr><th>Town</th><th>Lamps</th></tr><tr><td rowspan="2">Florin</td><td>7</td></tr><tr><td>8</td></tr></table>
</body></html>"""


def test_a_page_in_the_file_is_read_where_word_merges_it() -> None:
    archive = f"Content-Type: text/html; charset=utf-8\n\n{PAGE}"
    for name, data in (("a.htm", PAGE), ("a.xhtml", PAGE), ("a.mht", archive)):
        kind = "application/xhtml+xml" if name.endswith("xhtml") else ""
        document = read(_with_chunk(name, data.encode(), kind))
        before, heading, oil, *_, table, after = document.body
        assert [plain(each.content) for each in (before, after)] == ["Before.", "After."]  # type: ignore[union-attr]
        assert heading == Heading(2, (Text("Lamps"),))
        assert isinstance(oil, Paragraph) and plain(oil.content) == "Of oil,\nm2\u00a0each"
        assert Strong((Text("oil"),)) in oil.content and Raised("2") in oil.content
        assert isinstance(table, Table) and table.rows[0].cells[0].rows == 2 and len(table.rows) == 2
        assert [each.severity for each in document.findings if each.rule == "word-embedded"] == [Severity.NOTE]


def test_a_word_document_in_the_file_is_read_where_word_merges_it() -> None:
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    for inner in (p("Inside."), _chunk_inside()):
        document = read(_with_chunk("a.docx", pack(parts(inner)), main))
        words = [plain(each.content) for each in document.body]  # type: ignore[union-attr]
        assert words[0] == "Before." and words[-1] == "After." and "Inside." in words


def _chunk_inside() -> str:
    return p("First.") + p("Inside.")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.rtf", b"{\\rtf1 Text}"),
        ("a.docx", b"no zip"),
        ("a.docx", pack(parts(p(r("x") + '<w:r><w:footnoteReference w:id="1"/></w:r>'), notes=note(1, "Note.")))),
        ("a.htm", b""),
    ],
)
def test_a_document_in_the_file_that_cannot_be_read_is_an_error_with_its_name(name: str, data: bytes) -> None:
    document = read(_with_chunk(name, data, "application/rtf"))
    (found,) = [each for each in document.findings if each.rule == "word-embedded"]
    assert found.severity is Severity.ERROR and name in found.message
    assert [plain(each.content) for each in document.body] == ["Before.", "After."]  # type: ignore[union-attr]


def test_a_box_in_a_box_of_text_is_read_once() -> None:
    def box(content: str) -> str:
        return p(f"<w:r><w:drawing><w:txbxContent>{content}</w:txbxContent></w:drawing></w:r>")

    outer, inner = read(report(box(p("outer") + box(p("inner"))))).body, []
    for block in outer:
        assert isinstance(block, Box)
        inner += [plain(each.content) for each in block.blocks if isinstance(each, Paragraph)]
        inner += [plain(each.content) for held in block.blocks if isinstance(held, Box) for each in held.blocks]  # type: ignore[union-attr]
    assert inner == ["outer", "inner"]


def test_a_form_of_a_drawing_that_is_not_read_gives_way_to_its_picture() -> None:
    kinds = 'xmlns:cx1="http://schemas.microsoft.com/office/drawing/2015/9/8/chartex"'
    shown = '<w:r><w:drawing><a:graphic><a:blip r:embed="rId9"/></a:graphic></w:drawing></w:r>'
    choice = f'<mc:Choice Requires="cx1" {kinds}><w:r><w:drawing/></w:r></mc:Choice>'
    files = parts(TITLE + p(f"<mc:AlternateContent>{choice}<mc:Fallback>{shown}</mc:Fallback></mc:AlternateContent>"))
    relations = files["word/_rels/document.xml.rels"].decode()
    image = f'<Relationship Id="rId9" Type="{OFFICE}/image" Target="a.png"/>'
    files["word/_rels/document.xml.rels"] = relations.replace("</Relat", f"{image}</Relat").encode()
    files["word/a.png"] = b"\x89PNG"
    assert [type(block) for block in read(pack(files)).body] == [Figure]


def diagram(*, kept: bool) -> bytes:
    """A report with a diagram, and with the shapes that Word keeps of it if they are `kept`."""
    frame = '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/diagram"><relIds dm="rId8"/>'
    shown = f"<w:r><w:drawing><a:graphic>{frame}</a:graphicData></a:graphic></w:drawing></w:r>"
    files = parts(TITLE + p(r("Text.")) + p(shown.replace('dm="', 'r:dm="')))
    boxes = [("Mission", 0, "rect"), ("Ports", 60, "roundRect")]
    shapes = "".join(
        f'<sp><spPr><a:xfrm><a:off x="0" y="{y * 12700}"/><a:ext cx="1270000" cy="508000"/></a:xfrm>'
        f'<a:prstGeom prst="{kind}"/><a:solidFill/></spPr><txBody><a:bodyPr/><a:p><a:pPr algn="ctr"/><a:r>'
        f'<a:rPr sz="900" b="1"/><a:t>{name}</a:t></a:r></a:p></txBody></sp>'
        for name, y, kind in boxes
    )
    line = (
        '<sp><spPr><a:xfrm><a:off x="635000" y="508000"/><a:ext cx="0" cy="254000"/></a:xfrm><a:custGeom><a:pathLst>'
        '<a:path w="0" h="2"><a:moveTo><a:pt x="0" y="0"/></a:moveTo><a:lnTo><a:pt x="0" y="2"/></a:lnTo></a:path>'
        "</a:pathLst></a:custGeom><a:ln><a:solidFill/></a:ln></spPr></sp>"
    )
    points = "".join(f"<pt><t><a:p><a:r><a:t>{name}</a:t></a:r></a:p></t></pt>" for name, _, _ in boxes)
    files["word/d.xml"] = f'<m {SPACES}><ptLst>{points}</ptLst><dataModelExt relId="rId9"/></m>'.encode()
    files["word/e.xml"] = f"<drawing {SPACES}><spTree>{shapes}{line}</spTree></drawing>".encode()
    relations = files["word/_rels/document.xml.rels"].decode()
    for key, kind, target in (("rId8", "diagramData", "d.xml"), ("rId9", "diagramDrawing", "e.xml"))[: 1 + kept]:
        relations = relations.replace("</R", f'<Relationship Id="{key}" Type="x/{kind}" Target="{target}"/></R')
    files["word/_rels/document.xml.rels"] = relations.encode()
    return pack(files)


def test_a_diagram_is_drawn_from_the_shapes_that_word_keeps_or_is_its_texts() -> None:
    drawn, listed = (read(diagram(kept=kept)) for kept in (True, False))
    figure, box = drawn.body[-1], listed.body[-1]
    assert isinstance(figure, Figure) and isinstance(box, Box)
    assert figure.alternative == "Mission; Ports"
    svg = figure.picture.decode()
    assert svg.count("<rect") == 2 and "Mission</tspan>" in svg and 'd="M0.00 0.00L0.00 20.00"' in svg
    assert [plain(each.content) for each in box.blocks if isinstance(each, Paragraph)] == ["Mission", "Ports"]
    assert [finding.rule for document in (drawn, listed) for finding in document.findings] == ["word-diagram"] * 2


def test_text_boxes_are_read_as_boxes_after_their_paragraph() -> None:
    box = f"<w:r><w:drawing><w:txbxContent>{p('boxed')}{p('twice')}</w:txbxContent></w:drawing></w:r>"
    text, box_read = read(report(p(r("text") + box))).body
    assert isinstance(text, Paragraph) and isinstance(box_read, Box)
    assert [plain(each.content) for each in box_read.blocks if isinstance(each, Paragraph)] == ["boxed", "twice"]


def test_ornament_is_no_loss() -> None:
    line = '<w:r><w:pict><v:line from="0,0" to="1,1"/></w:pict></w:r>'
    assert found_rules(read(report(p(r("text") + line)))) == []


def test_pictures_are_read_with_alternative_text_or_are_a_finding() -> None:
    files = parts(TITLE + p(_picture("A lamp")) + p(_picture("")))
    files["word/media/lamp.png"] = b"\x89PNG"
    relations = {"rId1": ("styles", "styles.xml"), "rId3": ("header", "header1.xml"),
                 "rId4": ("footer", "footer1.xml"), "rId9": ("image", "media/lamp.png")}  # fmt: skip
    files["word/_rels/document.xml.rels"] = related(relations).encode()
    document = read(pack(files))
    placeholder = "Picture without a description"
    assert document.body == tuple(Figure(b"\x89PNG", "image/png", words) for words in ("A lamp", placeholder))
    assert found_rules(document) == [("picture-alternative", "x.docx: paragraph 3, after “Lamps”")]
    assert document.findings[0].severity is Severity.ERROR


def _picture(words: str) -> str:
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="{words}"/><a:graphic><a:graphicData uri="x">'
        '<a:blip r:embed="rId9"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )


def test_boxes_and_lines_that_float_beside_one_another_are_one_drawing() -> None:
    shape = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"

    def floating(x: int, y: int, text: str = "", form: str = "rect", size: tuple[int, int] = (100, 40)) -> str:
        place = "".join(
            f'<wp:position{side} relativeFrom="x"><wp:posOffset>{12700 * at}</wp:posOffset></wp:position{side}>'
            for side, at in (("H", x), ("V", y))
        )
        words = f"<wps:txbx><w:txbxContent>{p(text)}</w:txbxContent></wps:txbx>" if text else ""
        return (
            f'<w:r><w:drawing><wp:anchor>{place}<wp:extent cx="{12700 * size[0]}" cy="{12700 * size[1]}"/>'
            f'<a:graphic><a:graphicData uri="{shape}"><wps:wsp xmlns:wps="{shape}"><wps:spPr>'
            f'<a:prstGeom prst="{form}"/>'
            f"</wps:spPr>{words}</wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>"
        )

    spaced = '<w:spacing w:line="400" w:lineRule="exact"/>'
    chart = p(floating(50, 0, "Sea"), look=spaced) + p(
        floating(0, 60, "Tide") + floating(120, 60, "Wave") + floating(100, 20, form="line", size=(0, 40)), look=spaced
    )
    document = read(report(p("Before.") + chart + p("After.")))
    _, figure, _ = document.body
    assert isinstance(figure, Figure)
    assert (figure.alternative, figure.width) == ("Sea; Tide; Wave", 222)
    drawn = figure.picture.decode()
    assert drawn.count("<rect") == 3
    assert 'd="M101.00 41.00L101.00 81.00"' in drawn  # from the paragraph that is 20 points below
    assert {rule for rule, _ in found_rules(document)} == {"word-shapes"}
    few = read(report(p(floating(0, 0, "Sea")) + p(floating(0, 60, "Tide"))))
    assert all(isinstance(block, Box) for block in few.body)
