"""Pages that show two versions of a text, and files in each form."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from itertools import groupby
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

import revising
import small
from masthead import formats
from masthead.document import Document, OrderError, SourceError
from masthead.formats import Changes
from masthead.pdf import revised_content
from masthead.pdf.content.structure import read_structure
from masthead.publication import SourceFile, compare_texts, publish_redline, read_resolved, render_redline, tracked
from masthead.redline import changes
from masthead.typesetting import typeset
from paths import ROOT, SPECIMENS


def _pair(name: str, seed: int = 1) -> tuple[Document, Document]:
    pair = revising.revise(formats.read(SPECIMENS / name), seed, 5)
    assert len(pair.kinds) == 5
    return pair.old, pair.new


@pytest.mark.slow
@pytest.mark.parametrize("name", ["A_RES_104_12.ar.md", "A_RES_104_12.zh.md", "A_104_96.en.md"])
def test_pages_that_show_both_have_no_findings_and_say_what_changed(name: str) -> None:
    edition = publish_redline(compare_texts(*_pair(name)))
    assert edition.report.findings == ()
    file = pikepdf.open(BytesIO(edition.pdf.data))
    root = read_structure(file)
    assert root is not None
    kinds = set(revised_content(root).values())
    assert kinds == {"Ins", "Del"}
    roles = {str(key): str(role) for key, role in file.Root.StructTreeRoot.RoleMap.items()}
    assert roles == {"/Ins": "/Span", "/Del": "/Span"}


@pytest.mark.slow
def test_lines_through_text_that_nothing_says_is_deleted_are_found() -> None:
    """The style sheet of redlines alone strikes no text, and the rule looks at the structure."""
    from masthead import preflight

    pair = revising.revise(formats.read(SPECIMENS / "A_RES_104_12.fr.md"), 1, 1, ("remove",))
    edition = publish_redline(compare_texts(pair.old, pair.new))
    file = pikepdf.open(BytesIO(edition.pdf.data))
    del file.Root.StructTreeRoot.RoleMap
    for each in file.objects:
        if isinstance(each, pikepdf.Dictionary) and str(each.get("/S")) in ("/Ins", "/Del"):
            each.S = pikepdf.Name.Span
    buffer = BytesIO()
    file.save(buffer)
    found = {finding.rule for finding in preflight.check(buffer.getvalue(), edition.document).findings}
    assert "script.struck" in found


def test_the_line_through_arabic_digits_leaves_the_dot_of_a_zero() -> None:
    style = (ROOT / "templates" / "css" / "redline.css").read_text()
    pdf = typeset(small.html("<p><del>\u0660\u0660\u0660\u0660</del></p>", style=style)).data
    picture = pypdfium2.PdfDocument(pdf)[0].render(scale=150 / 72, grayscale=True).to_pil()
    width, height = picture.size
    ink = [[picture.getpixel((x, y)) < 128 for y in range(height)] for x in range(width)]
    apart = ["".join(".#"[dot] for dot in column).count("#.") == 2 for column in ink]  # a dot above the line
    assert len(list(groupby(apart))) == 2 * 4 + 1


def test_a_web_page_marks_text_and_its_direction() -> None:
    html = render_redline(compare_texts(*_pair("A_RES_104_12.ar.md")), ".html").decode()
    assert '<del dir="rtl">' in html
    assert '<ins dir="rtl">' in html


def test_tracked_changes_of_a_word_file_are_a_redline_too() -> None:
    old, new = _pair("A_RES_104_13.en.md")
    found = compare_texts(old, new)
    source = SourceFile("draft.docx", render_redline(found, ".docx", author="EU"))
    assert (read_resolved(source, Changes.REJECT), read_resolved(source, Changes.ACCEPT)) == (old, new)
    assert changes(tracked(source)) == changes(found)


@pytest.mark.slow
def test_of_a_pdf_without_a_source_the_structure_is_compared(tmp_path: Path) -> None:
    from masthead.publication import publish

    document = formats.read(SPECIMENS / "A_RES_104_12.ar.md")
    path = tmp_path / "x.pdf"
    file = pikepdf.open(BytesIO(publish(document).pdf.data))
    del file.Root.AF, file.Root.Names.EmbeddedFiles
    file.save(path)
    pair = revising.revise(document, 4, 1, ("word",))
    assert changes(compare_texts(path, document)).words == 0
    assert changes(compare_texts(path, pair.new)).words == pair.words == 2


@pytest.mark.parametrize("suffix", [".docx", ".md"])
def test_a_redline_is_no_version(suffix: str) -> None:
    old, new = _pair("A_RES_104_13.en.md")
    found = compare_texts(old, new)
    source = SourceFile(f"changes{suffix}", render_redline(found, suffix))
    for pair in ((source, new), (old, source)):
        with pytest.raises(SourceError, match="shows two versions") as caught:
            compare_texts(*pair)
        assert "masthead convert" in caught.value.hint


@pytest.mark.slow
@pytest.mark.parametrize("attached", [True, False])
def test_a_pdf_that_shows_changes_is_no_version(tmp_path: Path, attached: bool) -> None:
    old, new = _pair("A_RES_104_13.en.md")
    path = tmp_path / "changes.pdf"
    with pikepdf.open(BytesIO(render_redline(compare_texts(old, new), ".pdf"))) as file:
        if not attached:
            del file.Root.AF, file.Root.Names.EmbeddedFiles
        file.save(path)
    with pytest.raises(SourceError, match="shows two versions"):
        compare_texts(path, new)


@pytest.mark.slow
def test_numbers_side_by_side_in_a_cell_are_in_order_and_a_changed_space_has_a_sign() -> None:
    text = (SPECIMENS / "S_2049_301.ar.md").read_text("utf-8")
    old = text.replace("| ٧ | ٨ |", "| ٣٢٠ | ٨ |")
    new = old.replace("| ٣٢٠ |", "| ٣٢٥ |").replace("،", " ،", 1)
    edition = publish_redline(compare_texts(SourceFile("old.md", old.encode()), SourceFile("new.md", new.encode())))
    assert edition.report.findings == ()
    shown = re.sub("<(/?)(del|ins)[^>]*>", r"[\1\2]", edition.html.text)
    shown = re.sub("<[^>]*>|\u200f", "", shown)
    assert "[del]٣٢٠[/del] [ins]٣٢٥[/ins]" in shown
    assert "٢٠٤٩[ins]␣[/ins]،" in shown


def test_other_forms_and_other_sources_are_refused(tmp_path: Path) -> None:
    document = formats.read(SPECIMENS / "A_RES_104_13.en.md")
    with pytest.raises(OrderError, match=r"unknown form: \.akn"):
        render_redline(compare_texts(document, document), ".akn")
    with pytest.raises(SourceError, match="only Word files have tracked changes"):
        read_resolved(SourceFile("x.md", b""), Changes.ACCEPT)


def test_the_same_documents_give_the_same_word_file() -> None:
    old = formats.read(SPECIMENS / "A_RES_104_13.en.md")
    new = replace(old, closing=(*old.closing, "Another line"))
    assert render_redline(compare_texts(old, new), ".docx") == render_redline(compare_texts(old, new), ".docx")
