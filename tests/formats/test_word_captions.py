"""Tables of Word reports: captions, notes and columns, and tables in cells and in notes."""

from __future__ import annotations

import pytest

from masthead.document.model import Alignment, Box, Paragraph, ParagraphEnd, Tab, Table, Text, plain
from packages import p, r, report, table_of
from word_reports import body_of, read


def test_cells_over_columns_and_rows_are_read() -> None:
    def cell(text: str, look: str = "", side: str = "left") -> str:
        return f"<w:tc><w:tcPr>{look}</w:tcPr>{p(text, look=f'<w:jc w:val={chr(34)}{side}{chr(34)}/>')}</w:tc>"

    merged, more = '<w:vMerge w:val="restart"/><w:vAlign w:val="bottom"/>', "<w:vMerge/>"
    head, spanned = "<w:trPr><w:tblHeader/></w:trPr>", '<w:gridSpan w:val="2"/>'
    table = (
        "<w:tbl><w:tblGrid><w:gridCol/><w:gridCol/><w:gridCol/></w:tblGrid>"
        f"<w:tr>{head}{cell('Port', merged)}{cell('Lamps', spanned)}</w:tr>"
        f"<w:tr>{head}{cell('', more)}{cell('Lit')}{cell('Dark')}</w:tr>"
        '<w:tr><w:trPr><w:trHeight w:val="60" w:hRule="exact"/></w:trPr>' + cell("") * 3 + "</w:tr>"
        f"<w:tr>{cell('North')}{cell('3', side='right')}{cell('1', side='right')}</w:tr></w:tbl>"
    )
    (found, _) = body_of(p("Table 2\tLamps, by port") + table + p("Text."))
    assert isinstance(found, Table)
    assert (found.caption.ordinal, plain(found.caption.title)) == (2, "Lamps, by port")
    assert [[(plain(each.content), each.columns, each.rows) for each in row.cells] for row in found.head] == [
        [("Port", 1, 2), ("Lamps", 2, 1)], [("Lit", 1, 1), ("Dark", 1, 1)]
    ]  # fmt: skip
    assert len(found.rows) == 1
    assert found.alignments == (Alignment.START, Alignment.END, Alignment.END)


def test_rows_keep_their_kinds_and_indents() -> None:
    rows = (p("Posts"), p("Local", look='<w:ind w:left="288"/>'), p("\tTotal"))
    cells = "".join(f"<w:tr><w:tc>{row}</w:tc><w:tc>{p('1')}</w:tc></w:tr>" for row in rows)
    document = read(report(p("Text.") + p("Posts", "H1") + p("(Per cent)") + f"<w:tbl>{cells}</w:tbl>"))
    (table,) = [block for block in document.body if isinstance(block, Table)]
    assert [row.indent for row in table.rows] == [0, 1, 2]
    assert (plain(table.caption.title), plain(table.caption.unit)) == ("Posts", "(Per cent)")


def test_a_column_too_narrow_for_a_letter_is_dropped() -> None:
    def cell(text: str, columns: int = 1) -> str:
        return f'<w:tc><w:tcPr><w:gridSpan w:val="{columns}"/></w:tcPr>{p(text) if text else "<w:p/>"}</w:tc>'

    def table(room: str) -> str:
        return (
            '<w:tbl><w:tblGrid><w:gridCol w:w="900"/><w:gridCol w:w="55"/><w:gridCol w:w="900"/></w:tblGrid>'
            f"<w:tr>{cell('Port')}{cell(room)}{cell('Lit')}</w:tr><w:tr>{cell('North', 2)}{cell('3')}</w:tr></w:tbl>"
        )

    (narrow, _) = body_of(table("") + p("Text."))
    assert isinstance(narrow, Table)
    assert [[(plain(each.content), each.columns) for each in row.cells] for row in narrow.rows] == [
        [("Port", 1), ("Lit", 1)], [("North", 1), ("3", 1)]
    ]  # fmt: skip
    assert [(column.width, column.gutter) for column in narrow.columns] == [(955, False), (900, False)]
    lines = '<w:tcBorders><w:left w:val="single"/><w:right w:val="single"/></w:tcBorders>'
    (ruled, _) = body_of(table("").replace("</w:tcPr><w:p/>", f"{lines}</w:tcPr><w:p/>") + p("Text."))
    assert isinstance(ruled, Table)
    assert [column.gutter for column in ruled.columns] == [True, False]
    (kept, _) = body_of(table("x") + p("Text."))
    assert isinstance(kept, Table)
    assert [len(row.cells) for row in kept.rows] == [3, 2]


@pytest.mark.parametrize("between", [": ", " – ", "\t"])
def test_a_colon_or_a_dash_may_be_between_the_number_and_the_title_of_a_table(between: str) -> None:
    (table,) = read(report(p(f"Table 2{between}Rain") + table_of(("Ports", "4"), ("Towns", "5")))).body
    assert isinstance(table, Table)
    assert (table.caption.ordinal, plain(table.caption.title)) == (2, "Rain")


@pytest.mark.parametrize(
    ("line", "rule", "leading"), [(190, "exact", 190), (210, "exact", 0), (190, "atLeast", 0), (160, "exact", 0)]
)
def test_a_table_keeps_the_distance_of_lines_that_were_tightened(line: int, rule: str, leading: int) -> None:
    tight, loose = p("a", look=f'<w:spacing w:line="{line}" w:lineRule="{rule}"/>'), p("a")
    (table,) = read(report(table_of((tight, tight), (tight, loose)))).body
    assert isinstance(table, Table) and table.leading == leading


def test_a_table_whose_rows_are_kept_with_the_next_stays_whole() -> None:
    loose = table_of(("Town", "Lamps"), ("Florin", "12"))
    for source, whole in ((loose.replace("</w:pPr>", "<w:keepNext/></w:pPr>"), True), (loose, False)):
        (table,) = body_of(source)
        assert isinstance(table, Table) and table.whole is whole


def test_a_table_in_a_cell_is_rows_and_columns_of_the_table_around_it() -> None:
    inner = table_of(("North", "South"), ("1", "2"))
    document = read(report(table_of(("Ports", "Rain"), (p("Of them") + inner, "Much"))))
    (table,) = document.body
    assert isinstance(table, Table)
    rows = [[(plain(cell.content), cell.columns, cell.rows) for cell in row.cells] for row in table.rows]
    assert rows == [
        [("Ports", 2, 1), ("Rain", 1, 1)],
        [("Of them", 2, 1), ("Much", 1, 3)],
        [("North", 1, 1), ("South", 1, 1)],
        [("1", 1, 1), ("2", 1, 1)],
    ]
    assert len(table.columns) == 3
    assert [finding.rule for finding in document.findings] == ["table-cells"]


def test_tables_in_two_cells_of_a_row_fill_it() -> None:
    short, long = table_of(("a", "b")), table_of(("c", table_of(("d", "e"))), ("f", "g"), ("h", "i"))
    (table,) = read(report(table_of((short, long), ("j", "k")))).body
    assert isinstance(table, Table)
    assert sum(cell.columns * cell.rows for row in table.rows for cell in row.cells) == 4 * len(table.columns)
    assert [[plain(cell.content) for cell in row.cells] for row in table.rows] == [
        ["a", "b", "c", "d", "e"],
        ["f", "g"],
        ["h", "i"],
        ["j", "k"],
    ]


GRID = '<w:gridCol w:w="3000"/><w:gridCol w:w="3000"/>'


def test_a_table_in_a_note_is_read_as_words_in_columns() -> None:
    held = f'<w:footnote w:id="1">{p("Ports:", "FootnoteText")}{table_of(("North", "South"), grid=GRID)}</w:footnote>'
    document = read(report(p(r("Text.") + '<w:r><w:footnoteReference w:id="1"/></w:r>'), notes=held))
    assert plain(document.notes[0].content).split() == ["Ports:", "North", "South"]
    assert [inline.at for inline in document.notes[0].content if isinstance(inline, Tab)] == [3000]
    assert [finding.rule for finding in document.findings] == ["word-note-table"]


def test_tabs_to_stops_of_their_own_are_columns_of_a_note() -> None:
    """The text of the note begins at 1134, as its style or its first paragraph says."""
    stops = '<w:tabs><w:tab w:val="left" w:pos="1701"/></w:tabs><w:ind w:left="3969" w:hanging="2835"/>'
    tabbed = f'<w:p><w:pPr><w:pStyle w:val="FootnoteText"/>{stops}</w:pPr>{r("{}")}</w:p>'
    tab = "</w:t><w:tab/><w:t>"
    first = '<w:p><w:pPr><w:pStyle w:val="FootnoteText"/><w:ind w:left="1134"/></w:pPr>' + r("Ports:") + "</w:p>"
    listed = tabbed.replace("{}", f"{tab}N {tab} North") + tabbed.replace("{}", f"{tab}{tab}South{tab}ern")
    held = f'<w:footnote w:id="1">{first}{listed}</w:footnote>'
    document = read(report(p(r("Text.") + '<w:r><w:footnoteReference w:id="1"/></w:r>'), notes=held))
    assert document.notes[0].content == (
        Text("Ports:"), ParagraphEnd(), Tab(567), Text("N"), Tab(2835), Text("North"), ParagraphEnd(),
        Tab(567), Tab(2835), Text("South ern"),
    )  # fmt: skip


LAMPS = table_of(("Town", "Lamps"), ("Florin", "12"))
LONG = "x" * 200


@pytest.mark.parametrize(
    ("above", "found"),
    [
        (p("Table 1", "H23") + p("Lamps by town", "H23"), [(1, "Lamps by town", "")]),
        (p("Table 1") + p("(Thousands)"), [(1, "", "(Thousands)")]),
        (p("Table 2 Lamps") + p("(Thousands)"), [(2, "Lamps", "(Thousands)")]),
        (p("Lamps by town", "H23"), [(None, "Lamps by town", "")]),
        (p("Lamps by town", "H23") + p("(Thousands)"), [(None, "Lamps by town", "(Thousands)")]),
        (p("(Thousands)"), [(None, "", "(Thousands)")]),
        (
            p("(Thousands)") + p("Lamps", "H23"),
            ["(Thousands)", (None, "Lamps", "")],
        ),  # its title begins with the heading
        (p("Table 1") + p("Lamps by town"), ["Table 1", "Lamps by town", (None, "", "")]),  # text is no second line
        (p("Lamps by town"), ["Lamps by town", (None, "", "")]),
        (p("(Thousands"), ["(Thousands", (None, "", "")]),
        (p("Thousands)"), ["Thousands)", (None, "", "")]),
        (p(f"({LONG})"), [f"({LONG})", (None, "", "")]),  # too long for a caption
        (p("I.\tTides", "HCh"), ["Tides", (None, "", "")]),  # a heading of the text
    ],
)
def test_lines_over_a_table_are_its_caption_or_text(above: str, found: list[object]) -> None:
    first, *blocks = body_of(p("1.\tText.") + above + LAMPS)
    assert isinstance(first, Paragraph)
    assert [
        (each.caption.ordinal, plain(each.caption.title), plain(each.caption.unit))
        if isinstance(each, Table)
        else plain(each.content)  # type: ignore[union-attr]
        for each in blocks
    ] == found


def test_a_caption_over_no_table_is_text() -> None:
    found = body_of(p("1.\tText.") + p("Table 1") + p("(Thousands)") + p("More text."))
    assert [plain(each.content) for each in found[1:]] == ["Table 1", "(Thousands)", "More text."]  # type: ignore[attr-defined]


def test_notes_under_a_table_are_its_notes_and_what_follows_is_text() -> None:
    rows = (
        ("Town", "Lamps"),
        ("Florin", '<w:r><w:t>12</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>a</w:t></w:r>'),
    )
    notes = p('<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>a</w:t></w:r>' + r(" Without harbours."))
    table, after = body_of(p("(Thousands)") + table_of(*rows) + notes + p("2.\tMore text."))
    assert isinstance(table, Table) and isinstance(after, Paragraph)
    assert [plain(each) for each in table.notes] == ["Without harbours."]
    assert plain(after.content) == "More text."


def test_a_table_with_a_line_all_around_it_is_in_a_box() -> None:
    lines = "".join(f'<w:{side} w:val="single"/>' for side in ("top", "left", "bottom", "right"))
    cells = f"<w:tr><w:tc>{p('Planted')}</w:tc><w:tc>{p('12')}</w:tc></w:tr>"

    def framed(borders: str) -> object:
        look = f"<w:tblPr><w:tblBorders>{borders}</w:tblBorders></w:tblPr>"
        return body_of(f"<w:tbl>{look}<w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid>{cells}</w:tbl>" + p("Text."))[0]

    box = framed(lines)
    assert isinstance(box, Box)
    assert isinstance(box.blocks[0], Table)
    assert isinstance(framed(lines + '<w:insideV w:val="single"/>'), Table)
