"""Headings, tables, figures, boxes, votes, contents and annexes: from Markdown to HTML, and what is an error."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from masthead.document.errors import MastheadError, SourceError, TemplateError
from masthead.document.model import (
    Caption,
    Cell,
    Column,
    Document,
    Figure,
    Heading,
    Raised,
    Row,
    Table,
    TableNoteCall,
    Text,
)
from masthead.formats.markdown import reader as markdown
from masthead.page.markup import mark_up
from paths import ROOT

SPECIMENS = ROOT / "examples" / "specimens"
NOTE = (SPECIMENS / "A_104_30.en.md").read_text("utf-8")
REPORT = (SPECIMENS / "A_104_96.en.md").read_text("utf-8")


def note(more: str) -> Document:
    return markdown.read(f"{NOTE}\n{more}\n".encode(), str(SPECIMENS / "note.md"))


@pytest.fixture(scope="module")
def report() -> str:
    return mark_up(markdown.read(REPORT.encode(), str(SPECIMENS / "report.md"))).text


def test_headings_are_one_level_below_the_title_and_have_marks(report: str) -> None:
    found = re.findall(r'<h(\d) class="heading-(\d)"[^>]*><span class="heading-mark">([^<]*) </span>', report)
    assert found[:4] == [("2", "1", "I."), ("2", "1", "II."), ("3", "2", "A."), ("3", "2", "B.")]


def test_contents_link_to_headings_and_annexes(report: str) -> None:
    links = re.findall(r'class="entry[^"]*"><a href="#([^"]+)"', report)
    assert links[-2:] == ["annex-1", "annex-2"]
    assert all(f'id="{link}"' in report for link in links)


def test_a_table_has_repeated_heads_spanning_cells_and_row_headings(report: str) -> None:
    table = report[report.index("<table") : report.index("</table>")]
    head, body = table.split("</thead>")
    assert head.count("<tr>") == 2
    assert 'colspan="3"' in head
    assert body.count('scope="row"') == body.count("<tr>") == 4


def test_a_figure_has_its_picture_and_alternative_text(report: str) -> None:
    assert re.search(r'<img src="data:image/svg\+xml;base64,[^"]+" alt="Bar chart', report)


def test_an_annex_names_its_own_original_language(report: str) -> None:
    assert '<p class="annex-original">[Original: French]</p>' in report


def test_a_heading_without_a_mark_keeps_its_text_when_written_again() -> None:
    from masthead import formats

    document = note("# Introduction\n\n## Nine. No mark of its level")
    assert [block for block in document.body if isinstance(block, Heading)] == [
        Heading(1, (Text("Introduction"),)),
        Heading(2, (Text("Nine. No mark of its level"),)),
    ]
    again = replace(document, body=(*document.body, Heading(1, (Text("I. is text"),))))
    assert markdown.read(formats.write(again, ".md").encode(), "again.md") == again


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ("![what it shows](none.svg)", "none.svg cannot be opened"),
        ("![what it shows](data:image/png;base64,iVBORw0KGgoAA)", "the data of a picture are incomplete"),
        ("![](gardens.svg)", "without alternative text"),
        ("![what it shows](gardens.tiff)", "has an unsupported format"),
        ("| a | b |\n|---|---|\n| x | y | z |", "a row has 3 cells in a table of 2 columns"),
        ("<!-- table 1 --> A caption\n\nand no table", "no table after its mark"),
        ("<!-- vote -->\n\n- In favour: Florin", "three sides"),
        ("[^b]: a note of no table", "is not the next note of a table"),
        ("<!-- tabel 1 --> misspelt", "unknown mark"),
    ],
)
def test_an_invalid_source_is_an_error_with_file_and_line(more: str, message: str) -> None:
    with pytest.raises(SourceError, match=re.escape(message)) as error:
        note(more)
    assert re.search(r"note\.md:\d+:\d+$", error.value.where)
    assert error.value.hint


@pytest.mark.parametrize(
    ("key", "value"),
    [("type", "resolutoin"), ("organ", "general-asembly"), ("language", "xx"), ("symbol", "A//30")],
)
def test_an_invalid_value_in_the_front_matter_is_an_error_with_its_place(key: str, value: str) -> None:
    source = re.sub(rf"(?m)^{key}: .*$", f"{key}: {value}", NOTE)
    with pytest.raises(MastheadError) as error:
        markdown.read(source.encode(), "note.md")
    assert re.match(r"note\.md:\d+", error.value.where)
    assert error.value.hint


def test_a_call_to_an_undefined_table_note_is_an_error() -> None:
    table = Table(Caption(), (), (Row((Cell((Text("x"), TableNoteCall(1))),)),), (Column(),))
    with pytest.raises(TemplateError, match="call to undefined note"):
        mark_up(replace(note(""), body=(table,)))


def test_a_picture_of_unknown_type_or_without_alternative_text_is_an_error() -> None:
    for figure in (Figure(b"", "image/tiff", "words"), Figure(b"", "image/png", " ")):
        with pytest.raises(TemplateError, match=r"unsupported picture|no alternative text"):
            mark_up(replace(note(""), body=(figure,)))


def test_what_was_fitted_by_hand_is_the_style_of_its_element() -> None:
    html = mark_up(
        note(
            "## Lamps <!-- fit above 20 -->\n\nOf oil. <!-- fit lines 232, letters 4 -->\n\n"
            "<!-- table # --> Ports <!-- fit letters 2 -->\n\n"
            "| Port | Lamps |\n|---|---|\n| Levee | Seven <!-- fit letters 3 --> |"
        )
    ).text
    assert '<p class="plain fit" style="line-height: 11.6pt; --letters: 0.2pt">Of oil.</p>' in html
    assert re.search(r'<h\d class="heading-2 fit" id="[^"]+" style="--above: 1pt">Lamps</h', html)
    assert re.search(r'<p class="caption fit" style="--letters: 0.1pt"', html)
    assert '<span class="fit" style="--letters: 0.15pt">Seven</span></td>' in html


def test_lettered_lines_below_a_picture_look_like_notes() -> None:
    picture, lines = b"\x89PNG", ((Text("Source: X."),), (Raised("a"), Text(" New post.")))
    html = mark_up(replace(note(""), body=(Figure(picture, "image/png", "words", remarks=lines),))).text
    assert '<p class="remark">Source: X.</p>' in html
    assert '<p class="table-note"><span class="letter">a </span>New post.</p>' in html


def test_a_unit_that_cites_a_document_is_set_like_text() -> None:
    table = "\n\n| Port | Lamps |\n|---|---|\n| Levee | 7 |"
    cited = mark_up(note(f"<!-- table # --> Ports\n\n<!-- unit --> (Resolution 76/274){table}")).text
    counted = mark_up(note(f"<!-- table # --> Ports\n\n<!-- unit --> (Thousands){table}")).text
    assert "caption-unit cited-unit" in cited and "cited-unit" not in counted


def test_a_whole_table_is_kept_together_and_a_box_is_moved() -> None:
    rows = "\n".join(f"| Levee | {count} |" for count in range(9))
    html = mark_up(note(f"<!-- table 1, whole --> Ports\n\n| Port | Lamps |\n|---|---|\n{rows}")).text
    assert re.search(r'<table class="short', html)
    assert '<div class="box" style="--indent: 4.3pt">' in mark_up(note("<!-- box, indent 86 -->\n\n> Open.")).text


def test_cells_beside_one_that_spans_rows_begin_where_those_of_its_own_row_do() -> None:
    rows = "| Port | Lamps | Boats |\n|---|---|---|\n| Levee | 3 | Two |\n| ^ | 4 | Three |\n| Quay | 5 | One |"
    text = mark_up(note(f"<!-- table # --> Ports\n\n{rows}")).text
    assert re.findall(r'<tr class="beside">\s*<t[dh][^>]*>([^<]*)<', text) == ["4"]
