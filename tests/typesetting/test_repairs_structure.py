"""The structure tree says the source's text, in order, whatever the pages did to it."""

from __future__ import annotations

import io
import re
from typing import Any

import pikepdf
import pypdf
import pytest

import unrepaired
from masthead.document.errors import TypesettingError
from masthead.document.model import contents, plain
from masthead.document.terms import Variant
from masthead.page.markup import Html
from masthead.pdf.content.tagged import TaggedBlock, read_tree
from masthead.publication import Edition
from masthead.typesetting.repairs import notes, textlayer, whitespace
from masthead.typesetting.typesetter import Pdf, typeset
from small import html, note

TEXT = "تشجيع التصديق العالمي على اتفاقية الأمم المتحدة لمكافحة الجريمة المنظمة عبر الوطنية"


def read(page: Html) -> tuple[TaggedBlock, ...]:
    return blocks_of(typeset(page))


def blocks_of(pdf: Pdf) -> tuple[TaggedBlock, ...]:
    return read_tree(pikepdf.open(io.BytesIO(pdf.data)))


def elements(page: Html) -> list[Any]:
    reader = pypdf.PdfReader(io.BytesIO(typeset(page).data))
    things = (reader.get_object(number) for number in range(1, reader.trailer["/Size"]))
    return [thing for thing in things if isinstance(thing, dict) and thing.get("/Type") == "/StructElem"]


def test_stock_has_a_paragraph_for_each_page_and_reads_glyphs() -> None:
    page = html(f"<p>{' '.join([TEXT] * 12)}</p>")
    pdf = unrepaired.typeset(page, (whitespace, notes, textlayer))
    assert [each.text for each in blocks_of(pdf) if each.kind == "P"] != [" ".join([TEXT] * 12)]


def test_a_paragraph_over_pages_is_one_element() -> None:
    (paragraph,) = read(html(f"<p>{' '.join([TEXT] * 12)}</p>"))
    assert paragraph.text == " ".join([TEXT] * 12)
    assert len(paragraph.pages) > 1


def test_parts_of_a_paragraph_that_a_page_end_cuts_are_one_element() -> None:
    first, second = (f'<p data-part="7"{style}>{TEXT}</p>' for style in (' style="break-after: page"', ""))
    assert [each.text for each in read(html(first + second))] == [f"{TEXT} {TEXT}"]


def test_a_note_stands_after_its_call_and_is_one_over_pages() -> None:
    said = read(html(f"<p>قبل{note(1, ' '.join([TEXT] * 20))} بعد</p><p>ثم</p>"))
    assert [(each.kind, each.text) for each in said] == [
        ("P", "قبل(1) بعد"),
        ("Note", f"(1) {' '.join([TEXT] * 20)}"),
        ("P", "ثم"),
    ]
    assert len(said[1].pages) > 1
    kinds = [each["/S"] for each in elements(html(f"<p>قبل{note(1, 'حاشية')} بعد</p>"))]
    assert {"/Note", "/Lbl", "/Reference"} <= set(kinds)


def test_what_bidi_put_in_is_not_said_and_what_authors_wrote_is() -> None:
    inner = '<b><span data-text="تقبل">\u200dتقبل</span></b> في<span data-text=" ">\u200f </span>٦٤\u200f/\u200f٢٩٣'
    (paragraph,) = read(html(f"<p>مس{inner}</p>"))
    assert paragraph.text == "مستقبل في ٦٤\u200f/\u200f٢٩٣"


def test_isolates_that_became_boxes_are_said() -> None:
    (paragraph,) = read(html('<p>قال <span dir="ltr" data-text="\u2066Treaty\u2069">Treaty</span> ثم</p>'))
    assert paragraph.text == "قال \u2066Treaty\u2069 ثم"


def test_language_is_told_where_it_changes() -> None:
    spans = elements(html('<p>انظر <span lang="en" dir="ltr">Treaty Series</span> ثم</p>'))
    assert [each["/Lang"] for each in spans if "/Lang" in each and each["/S"] == "/Span"] == ["en"]


def test_text_of_a_link_is_in_a_span_of_it() -> None:
    page = html('<p>انظر <a href="https://undocs.org/A/71/119">A/71/119</a>.</p>')
    (link,) = [each for each in elements(page) if each["/S"] == "/Link"]
    kids = [kid.get_object() for kid in link["/K"]]
    assert [kid.get("/ActualText") for kid in kids if kid.get("/S") == "/Span"] == ["A/71/119"]
    assert any(kid.get("/Type") == "/OBJR" for kid in kids)


LEADER = "p a::after { content: leader(dotted) target-counter(attr(href), page) }"
ROWS = "".join(f"<tr><td>{number}</td></tr>" for number in range(30))
HEAD = '<thead><tr><th><a href="https://undocs.org/A/1">A/1</a></th></tr></thead>'


@pytest.mark.parametrize(
    ("body", "style"),
    [('<p><a href="#x">نص</a></p><h1 id="x">نص</h1>', LEADER), (f"<table>{HEAD}<tbody>{ROWS}</tbody></table>", "")],
    ids=["leader", "head repeated"],
)
@pytest.mark.parametrize("variant", [Variant.ARCHIVE, Variant.ARCHIVE_4])
def test_every_link_on_a_page_is_in_the_structure(body: str, style: str, variant: Variant) -> None:
    file = pikepdf.open(io.BytesIO(typeset(html(body, style=style), variant=variant).data))
    written = {each.objgen for page in file.pages for each in page.get("/Annots", [])}
    tagged = [each.Obj.objgen for each in file.objects if isinstance(each, pikepdf.Dictionary) and "/Obj" in each]
    assert written == set(tagged)
    assert len(tagged) == len(written) == 1


def test_a_link_within_the_document_is_described_by_its_text() -> None:
    page = html('<p>انظر <a href="#x"><b>الفرع</b> الثاني</a> أدناه</p><h1 id="x">نص</h1>')
    file = pikepdf.open(io.BytesIO(typeset(page).data))
    assert [str(each.Contents) for page in file.pages for each in page.get("/Annots", [])] == ["الفرع الثاني"]


def test_running_heads_are_artifacts() -> None:
    page = html(f"<p>{TEXT}</p>", style='@page { @top-right { content: "رأس" } }')
    assert [each.text for each in read(page)] == [TEXT]
    content = pypdf.PdfReader(io.BytesIO(typeset(page).data)).pages[0].get_contents()
    assert content is not None
    assert re.search(rb"/Artifact\s<</Type /Pagination\s*/Subtype /Header>>\sBDC", content.get_data())


def test_a_table_over_pages_is_one_with_one_head() -> None:
    rows = "".join(f"<tr><td>{number}</td><td>خلية</td></tr>" for number in range(30))
    page = html(f"<table><thead><tr><th>رقم</th><th>اسم</th></tr></thead><tbody>{rows}</tbody></table>")
    assert len(pypdf.PdfReader(io.BytesIO(typeset(page).data)).pages) > 1
    kinds = [str(each["/S"]) for each in elements(page)]
    assert {kind: kinds.count(kind) for kind in ("/Table", "/THead", "/TR", "/TH")} == {
        "/Table": 1, "/THead": 1, "/TR": 31, "/TH": 2,
    }  # fmt: skip


def test_an_image_says_its_alternative_or_is_an_artifact() -> None:
    image = (
        "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><path d='M0 0h9v9z'/></svg>"
    )
    figures = read(html(f'<p>نص</p><img src="{image}" alt="مثلث"><img src="{image}" alt="">'))
    assert [each.alternative for each in figures if each.kind == "Figure"] == ["مثلث"]
    with pytest.raises(TypesettingError, match="alternative"):
        typeset(html(f'<p>نص</p><img src="{image}">'))


def test_lists_have_labels_and_bodies() -> None:
    kinds = [str(each["/S"]) for each in elements(html("<ol><li>واحد</li><li>اثنان</li></ol>"))]
    assert [kinds.count(kind) for kind in ("/L", "/LI", "/Lbl", "/LBody")] == [1, 2, 2, 2]


def test_every_paragraph_and_note_of_the_touchstone_is_said_exactly(touchstone_edition: Edition) -> None:
    document = touchstone_edition.document
    said = read_tree(pikepdf.open(io.BytesIO(touchstone_edition.pdf.data)))
    marks = {note.number: document.digits.shape(f"({note.number})") for note in document.notes}

    def without_marks(text: str) -> str:
        for mark in marks.values():
            text = text.replace(mark, "")
        return " ".join(text.split())

    texts = [without_marks(each.text) for each in said]
    for content in contents((document.body, document.annexes)):
        assert any(text.endswith(" ".join(plain(content).split())) for text in texts)
    notes = [without_marks(each.text) for each in said if each.kind == "Note"]
    assert notes == [" ".join(plain(each.content).split()) for each in document.notes]


def test_a_link_before_a_page_end_keeps_its_distance_from_what_follows() -> None:
    first = '<p data-part="7" style="break-after: page">see <a href="https://undocs.org/A/1">A/1</a></p>'
    assert [each.text for each in read(html(f'{first}<p data-part="7">and more</p>'))] == ["see A/1 and more"]
