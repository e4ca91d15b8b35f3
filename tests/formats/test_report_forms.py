"""A report with everything that reports have is the same document in every form."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from io import BytesIO

import pytest

from masthead import formats
from masthead.document.model import (
    Annex,
    AnnexKind,
    Box,
    Cell,
    Document,
    Figure,
    FigureKind,
    Fit,
    Heading,
    Item,
    Layout,
    NotePlace,
    Paragraph,
    Row,
    RowKind,
    Table,
    fit_of,
    plain,
)
from masthead.formats.word.package_writer import repack

REPORT = """\
---
type: report
language: en
organ: general-assembly
symbol: A/81/6 (Sect. 10)/Part A*
job: 26-02021 (E)
distribution: General
date: 19 February 2026
original: English
session: Eighty-first session
agenda-item: Items 138 and 139 of the preliminary list**
agenda-title: Proposed programme budget for 2027<p>Programme planning
title: Proposed programme budget for 2027
divisions:
- Part IV | International cooperation for development
- Section 10 | Harbours
---

<!-- contents 2 -->

<!-- box, indent 86 -->

> # Summary
>
> The harbours are open.
>
> <!-- table --> Cost
>
> | Year | Dollars |
> |------|--------:|
> | 2041 |   7 425 |

# A. Plan

## Subprogramme 1<br>Lamps<!-- fit above -120 -->

<!-- section 10 -->

1. The lamps cover 5 km^2^ and emit no CO~2~:[^1] <!-- fit lines 232, letters 4 -->

   - (a) In the north;<!-- fit letters 3 -->

     Also in winter.

   - <!-- mark • --> Everywhere.

<!-- table 10.1, head 2, lines 195, widths 40 20 20, gutter 2, top, inset, whole --> Posts[^a]<!-- fit above 40 -->

<!-- unit --> (Number of posts)

| Category     | Year  | <     |
|--------------|------:|------:|
| ^            | 2041  | 2042  |
| # Harbours   |       |       |
| > Keepers<p>and pilots <!-- fit letters 2 --> | 7 425 | 7 310 |
| > = Subtotal | 7 425 | 7 310 |
| == Total     | 7 425 | ![falls](data:image/png;base64,iVBORw== "chart 60") |

<!-- remark --> *Source:* Office of Harbours.

[^a]: Including pilots.

    And their dogs.

<!-- figure 10.1, chart, width 300 --> Lamps, by port

<!-- unit --> (Thousands)

![more each year](data:image/png;base64,iVBORw==)

<!-- landscape -->

Wide.

<!-- portrait, columns 2 -->

Narrow.

[^1]: At night.

    In the morning it is dark.

[^*]: The present document is part of a larger one.

[^**]: A/81/50.

<!-- annex 1 --> Charts

<!-- landscape -->

1. See the chart.

<!-- appendix --> Map

Text.
"""


@pytest.fixture(scope="module")
def report() -> Document:
    return formats.parse(REPORT.encode(), "report.md")


@pytest.mark.parametrize("form", [".md", ".akn", ".docx"])
def test_a_report_is_read_back_equal_from_every_form(report: Document, form: str) -> None:
    assert formats.parse(formats.render(report, form), f"report{form}") == report


@pytest.mark.parametrize("form", [".md", ".akn", ".docx"])
def test_a_report_with_its_notes_at_the_end_is_read_back_equal(report: Document, form: str) -> None:
    document = replace(report, note_place=NotePlace.END)
    assert formats.parse(formats.render(document, form), f"report{form}") == document != report


def test_notes_at_the_end_are_endnotes_in_word_but_not_those_with_asterisks(report: Document) -> None:
    def notes(document: Document) -> list[int]:
        with zipfile.ZipFile(BytesIO(formats.render(document, ".docx"))) as archive:
            parts = [archive.read(f"word/{name}.xml") if f"word/{name}.xml" in archive.namelist() else b""
                     for name in ("document", "footnotes", "endnotes")]  # fmt: skip
        names = (b"<w:footnoteReference ", b"<w:footnote ", b"<w:endnote ")
        return [part.count(name) for part, name in zip(parts, names, strict=True)]

    assert notes(report) == [3, 5, 0]  # two separators among the notes
    assert notes(replace(report, note_place=NotePlace.END)) == [2, 4, 3]


@pytest.mark.parametrize("form", [".akn", ".docx"])
def test_a_report_in_our_own_forms_has_no_finding(report: Document, form: str) -> None:
    assert report.findings == ()
    assert formats.parse(formats.render(report, form), f"x{form}").findings == ()


def test_its_parts_are_those_of_the_source(report: Document) -> None:
    (table,) = [block for block in report.body if isinstance(block, Table)]
    assert (table.caption.section, table.caption.ordinal, plain(table.caption.unit)) == ("10", 1, "(Number of posts)")
    assert [(row.kind, row.indent) for row in table.rows] == [
        (RowKind.GROUP, 0), (RowKind.ITEM, 1), (RowKind.SUBTOTAL, 1), (RowKind.TOTAL, 0)
    ]  # fmt: skip
    assert table.head[0] == Row((Cell(table.head[0].cells[0].content, 1, 2), Cell(table.head[0].cells[1].content, 2)))
    assert [column.width for column in table.columns] == [40, 20, 20]
    assert table.columns[1].gutter and table.top and table.inset and table.leading == 195 and table.whole
    assert table.rows[3].cells[2].figures[0].kind is FigureKind.CHART
    (figure,) = [block for block in report.body if isinstance(block, Figure)]
    assert (figure.kind, figure.width) == (FigureKind.CHART, 300)
    (box,) = [block for block in report.body if isinstance(block, Box)]
    assert isinstance(box.blocks[1], Table) and box.indent == 86
    first = next(block for block in report.body if isinstance(block, Paragraph))
    assert (first.section, first.number) == ("10", 1)
    assert fit_of(first.content) == first.content[-1] == Fit(lines=232, letters=4)
    assert fit_of(first.items[0].content) == Fit(letters=3) and fit_of(table.caption.title) == Fit(above=40)
    assert [fit_of(block.content) for block in report.body if isinstance(block, Heading)][1] == Fit(above=-120)
    assert [(item.ordinal, item.mark) for item in first.items] == [(1, None), (2, "•")]
    assert isinstance(first.items[0], Item) and plain(first.items[0].content) == "In the north;\nAlso in winter."
    assert [block for block in report.body if isinstance(block, Layout)] == [Layout(landscape=True), Layout(columns=2)]
    assert [annex.kind for annex in report.annexes] == [AnnexKind.ANNEX, AnnexKind.APPENDIX]
    assert isinstance(report.annexes[0], Annex) and report.annexes[0].body[0] == Layout(landscape=True)
    assert [division.label for division in report.preface.divisions] == ["Part IV", "Section 10"]


def test_its_web_page_has_all_of_it(report: Document) -> None:
    page = formats.write(report, ".html")
    for text in ("Table 10.1", "Figure 10.I", "<sup>2</sup>", "<sub>2</sub>", "rowspan", "Appendix", "Section 10"):
        assert text in page


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("| ^            | 2041  | 2042  |", "| ^            | ^     | 2042  |", "another width in each"),
        ("widths 40 20 20", "widths 40 20", "do not agree with its mark"),
        ("<!-- unit --> (Thousands)", "Text.\n\n<!-- unit --> (Thousands)", "no figure after its mark"),
        ("# A. Plan", "<!-- remark --> Alone.\n\n# A. Plan", "a remark without a table"),
    ],
)
def test_a_mark_in_the_wrong_place_is_an_error_with_its_line(old: str, new: str, message: str) -> None:
    with pytest.raises(Exception, match=message) as error:
        formats.parse(REPORT.replace(old, new).encode(), "report.md")
    assert "report.md:" in str(getattr(error.value, "where", ""))


def test_a_section_of_an_own_word_file_needs_no_bookmark(report: Document) -> None:
    data = formats.render(report, ".docx")
    with zipfile.ZipFile(BytesIO(data)) as archive:
        body = archive.read("word/document.xml")
    without = re.sub(rb'<w:bookmarkStart[^>]*"MastheadLayout1_[^>]*>', b"", body)
    assert without != body
    assert formats.parse(repack(data, {"word/document.xml": without}), "x.docx") == report
