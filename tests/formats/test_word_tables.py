"""Tables of Word files: how their rows, cells and columns are read by their look."""

from __future__ import annotations

import pytest

from masthead.document.model import Alignment, Box, Cell, Column, Document, Row, RowKind, Table, TableNoteCall, plain
from masthead.formats.word import reader as word
from packages import p, r, report

BOLD = "<w:b/>"
RULE = '<w:tcBorders><w:top w:val="single"/></w:tcBorders>'
BELOW = '<w:tcBorders><w:bottom w:val="single"/></w:tcBorders>'
NO_RULE = '<w:tcBorders><w:top w:val="nil"/></w:tcBorders>'


def cell(text: str = "", look: str = "", span: int = 1, merge: str = "", more: str = "", para: str = "") -> str:
    spans = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    merges = {"": "", "begin": '<w:vMerge w:val="restart"/>', "go on": "<w:vMerge/>"}[merge]
    content = text if text.startswith("<w:p>") else p(r(text, look), look=para) if text else "<w:p/>"
    return f"<w:tc><w:tcPr>{spans}{merges}{more}</w:tcPr>{content}</w:tc>"


def row(*cells: str, head: bool = False, more: str = "") -> str:
    return f"<w:tr><w:trPr>{'<w:tblHeader/>' if head else ''}{more}</w:trPr>{''.join(cells)}</w:tr>"


def table(*rows: str, widths: tuple[int, ...] = (2000, 2000), look: str = '<w:tblStyle w:val="Fancy"/>') -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl><w:tblPr>{look}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def document(*blocks: str) -> Document:
    return word.read(report(p("Text.") + "".join(blocks) + p("End.")), "x.docx")


def read(*rows: str, after: str = "", **kept: object) -> Table:
    (found,) = [each for each in document(table(*rows, **kept) + after).body if isinstance(each, Table)]  # type: ignore[arg-type]
    return found


def texts(rows: tuple[Row, ...]) -> list[list[str]]:
    return [[plain(each.content) for each in row.cells] for row in rows]


def test_rows_marked_as_heads_are_the_head_and_others_the_body() -> None:
    found = read(row(cell("a"), cell("b"), head=True), row(cell("c"), cell("d")), row(cell("e"), cell("f"), head=True))
    assert (texts(found.head), texts(found.rows)) == ([["a", "b"]], [["c", "d"], ["e", "f"]])


SMALL, LARGE = '<w:i/><w:sz w:val="14"/>', '<w:i/><w:sz w:val="17"/>'


@pytest.mark.parametrize(
    ("looks", "heads"),
    [
        (((SMALL, SMALL), ("", "")), 1),
        (((SMALL, SMALL), (LARGE, SMALL), ("", "")), 1),  # half of its words are small, not most
        (((SMALL, SMALL), ("", SMALL), ("", "")), 1),
        (((LARGE, LARGE), ("", "")), 0),  # italic, and as large as the others
        ((('<w:sz w:val="14"/>', '<w:sz w:val="14"/>'), ("", "")), 0),
        (((SMALL, '<w:i/><w:sz w:val="15"/>'), ("", "")), 1),
        (((SMALL, '<w:i/><w:sz w:val="16"/>'), ("", "")), 0),
        (((SMALL, SMALL), (SMALL, SMALL)), 0),  # nothing would be left below
        ((("", ""), (SMALL, SMALL), ("", "")), 0),
    ],
)
def test_where_no_row_is_marked_the_first_rows_in_small_italics_are_heads(
    looks: tuple[tuple[str, str], ...], heads: int
) -> None:
    rows = [row(cell("a", first), cell("b", second)) for first, second in looks]
    assert len(read(*rows).head) == heads
    assert len(read(*rows, row(cell("z"), cell("z"), head=True)).head) == 0  # the file itself says which are heads


def test_an_empty_row_between_such_heads_is_one_of_them() -> None:
    found = read(
        row(cell("a", SMALL), cell("b", SMALL)),
        row(cell(), cell()),
        row(cell("c", SMALL), cell()),
        row(cell("d"), cell()),
    )
    assert texts(found.rows) == [["d", ""]]


@pytest.mark.parametrize(
    ("rows", "kinds"),
    [
        # The last bold row under a rule is the total, another one a subtotal, one without figures a group.
        ((("a", "1"), ("T", "1", BOLD, RULE)), ["item", "total"]),
        ((("T", "1", BOLD, RULE), ("a", "1")), ["subtotal", "item"]),
        ((("G", "", BOLD), ("a", "1")), ["group", "item"]),
        ((("a", "1"), ("G", "", BOLD)), ["item", "group"]),
        ((("G", "", BOLD, RULE), ("a", "1")), ["group", "item"]),
        ((("a", "1"), ("T", "1", BOLD)), ["item", "item"]),
        ((("a", "1"), ("T", "1", BOLD, NO_RULE)), ["item", "item"]),
        ((("a", "1"), ("T", "1", "", RULE)), ["item", "item"]),
        ((("G", "", ""), ("a", "1")), ["item", "item"]),
        # The rule may be that of the row above, but not that of the head.
        ((("a", "1", "", BELOW), ("T", "1", BOLD)), ["item", "total"]),
        ((("a", "1", "", BELOW), ("T", "1", BOLD), ("b", "1")), ["item", "subtotal", "item"]),
        ((("T", "1", BOLD), ("a", "1")), ["item", "item"]),
    ],
)
def test_the_kind_of_a_row_is_that_of_its_look(rows: tuple[tuple[str, ...], ...], kinds: list[str]) -> None:
    def made(label: str, figure: str, look: str = "", rule: str = "") -> str:
        return row(cell(label, look, more=rule), cell(figure, look, more=rule))

    head = row(cell("h", more=BELOW), cell("k", more=BELOW), head=True)
    found = read(head, *(made(*each) for each in rows))
    assert [str(each.kind) for each in found.rows] == kinds


def test_a_bold_label_alone_makes_no_total_and_a_call_does_not_count() -> None:
    call = r("a", '<w:vertAlign w:val="superscript"/>')
    rows = (
        row(cell("a"), cell("1")),
        row(cell("T", BOLD, more=RULE), cell("1", "", more=RULE)),
    )
    assert [str(each.kind) for each in read(*rows).rows] == ["item", "item"]
    called = row(cell(p(r("T", BOLD) + call).replace("<w:p>", "<w:p>", 1), more=RULE), cell("1", BOLD, more=RULE))
    assert [str(each.kind) for each in read(row(cell("a"), cell("1")), called).rows] == ["item", "total"]


def indent(left: int = 0, first: int = 0, hanging: int = 0, tabs: tuple[int, ...] = ()) -> str:
    stops = "".join(f'<w:tab w:val="left" w:pos="{stop}"/>' for stop in tabs)
    return f'<w:tabs>{stops}</w:tabs><w:ind w:left="{left}" w:firstLine="{first}" w:hanging="{hanging}"/>'


@pytest.mark.parametrize(
    ("rows", "indents"),
    [
        ((indent(0), indent(200), indent(400)), [0, 1, 2]),
        ((indent(200), indent(200)), [0, 0]),
        ((indent(0), indent(99)), [0, 0]),  # less is not seen
        ((indent(0), indent(100)), [0, 1]),
        ((indent(0), indent(0, first=288)), [0, 1]),
        ((indent(288), indent(288, hanging=288)), [1, 0]),
        ((indent(0), indent(300), indent(600), indent(900), indent(1200)), [0, 1, 2, 3, 3]),
    ],
)
def test_the_indents_of_a_table_are_steps(rows: tuple[str, ...], indents: list[int]) -> None:
    found = read(*(row(cell("x", para=look), cell("1")) for look in rows))
    assert [each.indent for each in found.rows] == indents


@pytest.mark.parametrize(
    ("text", "stops", "step"),
    [("\tx", (300,), 1), ("x", (300,), 0), ("\t\tx", (300, 600), 2), ("\tx", (), 2)],
)
def test_tabs_before_a_word_indent_its_row(text: str, stops: tuple[int, ...], step: int) -> None:
    look = indent(0, tabs=stops)
    rows = (
        row(cell("a", para=indent(0)), cell("1")),
        row(cell("b", para=indent(300)), cell("1")),
        row(cell(text, para=look), cell("1")),
    )
    found = read(*rows)
    assert [each.indent for each in found.rows] == [0, 1, step]
    assert plain(found.rows[2].cells[0].content) == "x"


@pytest.mark.parametrize(
    ("sides", "expected"),
    [
        ((("left", "right"), ("left", "right")), ("start", "end")),
        ((("left", "end"), ("left", "center"), ("left", "center")), ("start", "centre")),
        ((("both", "start"),), ("start", "start")),
    ],
)
def test_a_column_is_aligned_as_most_of_its_cells(
    sides: tuple[tuple[str, str], ...], expected: tuple[str, str]
) -> None:
    head = row(*(cell("h", para='<w:jc w:val="right"/>') for _ in range(2)), head=True)
    body = [row(*(cell("x", para=f'<w:jc w:val="{side}"/>') for side in each)) for each in sides]
    assert tuple(str(each) for each in read(head, *body).alignments) == expected


def test_a_column_that_only_the_head_fills_is_aligned_as_that() -> None:
    head = row(cell("h"), cell("k", para='<w:jc w:val="right"/>'), head=True)
    found = read(head, row(cell("wide", span=2)))
    assert found.alignments == (Alignment.START, Alignment.END)


def test_cells_that_go_on_below_are_one_and_their_text_is_together() -> None:
    found = read(
        row(cell("a", merge="begin"), cell("1")),
        row(cell("b", merge="go on"), cell("2")),
        row(cell(merge="go on"), cell("3")),
        row(cell("c"), cell("4", merge="go on")),
    )
    assert [[(plain(each.content), each.rows) for each in row.cells] for row in found.rows] == [
        [("a\nb", 3), ("1", 1)], [("2", 1)], [("3\n4", 2)], [("c", 1)]
    ]  # fmt: skip


def test_no_cell_is_in_the_head_and_in_the_body() -> None:
    found = read(
        row(cell("a", merge="begin"), cell("b"), head=True),
        row(cell("c", merge="go on"), cell("d")),
        row(cell(merge="go on"), cell("e")),
    )
    assert (texts(found.head), texts(found.rows)) == ([["a", "b"]], [["c", "d"], ["e"]])
    assert [[each.rows for each in line.cells] for line in (*found.head, *found.rows)] == [[1, 1], [2, 1], [1]]


def test_a_cell_of_another_width_does_not_go_on() -> None:
    found = read(row(cell("a", merge="begin", span=2)), row(cell("b", merge="go on"), cell("2")))
    assert [[(plain(each.content), each.rows, each.columns) for each in row.cells] for row in found.rows] == [
        [("a", 1, 2)], [("b", 1, 1), ("2", 1, 1)]
    ]  # fmt: skip


def test_columns_before_a_row_are_empty_cells_and_missing_ones_after_it_too() -> None:
    found = read(
        row(cell("a"), cell("b"), cell("c")),
        row(cell("x"), cell("y"), more='<w:gridBefore w:val="1"/>'),
        row(cell("z")),
        widths=(900, 900, 900),
    )
    assert texts(found.rows) == [["a", "b", "c"], ["", "x", "y"], ["z", "", ""]]
    assert [each.width for each in found.columns] == [900, 900, 900]


def test_columns_that_no_row_begins_are_one_with_the_one_before() -> None:
    found = read(row(cell("a", span=2), cell("b")), row(cell("c", span=2), cell("d")), widths=(500, 400, 900))
    assert found.columns == (Column(width=900), Column(width=900))
    assert [each.columns for row in found.rows for each in row.cells] == [1] * 4


def test_a_double_line_between_columns_is_a_gutter() -> None:
    double = '<w:tcBorders><w:{} w:val="double"/></w:tcBorders>'
    for more in ((double.format("right"), ""), ("", double.format("left"))):
        rows = [row(cell("a", more=more[0]), cell("b", more=more[1])), row(cell("c"), cell("d"))]
        assert [each.gutter for each in read(*rows).columns] == [True, False]
    edges = [row(cell("a", more=double.format("left")), cell("b", more=double.format("right")))]
    assert [each.gutter for each in read(*edges).columns] == [False, False], "the edges of a table are none"


def test_a_column_too_narrow_for_a_letter_is_left_out() -> None:
    rows = row(cell("a"), cell(), cell("b")), row(cell("c", span=2), cell("d"))
    found = read(*rows, widths=(2000, 99, 1000))
    assert texts(found.rows) == [["a", "b"], ["c", "d"]]
    assert [each.width for each in found.columns] == [2099, 1000]


def test_a_column_that_parts_groups_of_columns_is_left_out_if_text_passes_over_it() -> None:
    heads = row(cell("h", span=1), cell(), cell("k", span=2), head=True)
    passing = row(cell("a"), cell("1", span=2), cell("2"))
    found = read(heads, passing, widths=(2000, 239, 700, 800))
    assert (texts(found.head), texts(found.rows)) == ([["h", "k"]], [["a", "1", "2"]])
    assert [each.width for each in found.columns] == [2000, 939, 800]  # with the column that it shares a cell with
    assert texts(read(heads, passing, widths=(2000, 240, 700, 800)).rows) == [["a", "1", "2"]]
    assert len(read(heads, passing, widths=(2000, 240, 700, 800)).columns) == 4
    alone = row(cell("a"), cell(), cell("1"), cell("2"))
    assert texts(read(heads, alone, widths=(2000, 200, 700, 800)).rows) == [["a", "", "1", "2"]]
    assert texts(
        read(heads, row(cell("a"), cell("3"), cell("1"), cell("2")), passing, widths=(2000, 200, 700, 800)).rows
    )[0] == ["a", "3", "1", "2"]


@pytest.mark.parametrize(
    ("spaces", "ruled", "leading"),
    [
        ((40, 40), (81, 81), 0),
        ((40, 40), (61, 61), 190),  # 20 less at the 8 sides of 4 of 8 rows
        ((35, 35), (81, 81), 207),  # 5 less at 6 sides: those at the edges of the table do not count
        ((50, 50), (81, 81), 0),
    ],
)
def test_rows_set_closer_than_those_of_the_template_have_closer_lines(
    spaces: tuple[int, int], ruled: tuple[int, int], leading: int
) -> None:
    def made(space: tuple[int, int], rule: str) -> str:
        look = f'<w:spacing w:before="{space[0]}" w:after="{space[1]}" w:line="210" w:lineRule="exact"/>'
        return row(cell("x", para=look, more=rule), cell("1", para=look, more=rule))

    both = RULE.replace("</w:tcBorders>", '<w:bottom w:val="single"/></w:tcBorders>')
    rows = [made(spaces, ""), *[made(ruled, both)] * 4, *[made(spaces, "")] * 3]
    assert read(*rows).leading == leading
    assert read(*rows[:4]).leading == 0  # too few to say what is usual


@pytest.mark.parametrize(
    ("height", "text", "rows"),
    [
        ('<w:trHeight w:val="129" w:hRule="exact"/>', "low", 1),
        ('<w:trHeight w:val="130" w:hRule="exact"/>', "low", 2),
        ('<w:trHeight w:val="129"/>', "low", 2),
        ('<w:trHeight w:val="500" w:hRule="exact"/>', "", 1),
        ('<w:trHeight w:val="500"/>', "", 2),
    ],
)
def test_a_row_that_is_too_low_for_its_text_is_left_out(height: str, text: str, rows: int) -> None:
    given = document(table(row(cell("a"), cell("1")), row(cell(text), cell(text), more=height)))
    (found,) = [each for each in given.body if isinstance(each, Table)]
    assert len(found.rows) == rows
    hidden = [each for each in given.findings if each.rule == "word-hidden"]
    assert [each.message for each in hidden] == (
        ["a table row that is too low to show its text is left out"] if rows == 1 and text else []
    )


@pytest.mark.parametrize(
    ("size", "height", "text", "rows"),
    [
        (4, "", "", 1),
        (4, '<w:trHeight w:val="20"/>', "", 1),
        (4, '<w:trHeight w:val="130"/>', "", 2),
        (5, "", "", 2),
        (0, "", "", 2),
        (4, "", "x", 2),
    ],
)
def test_an_empty_row_in_type_too_small_to_be_read_is_only_the_end_of_the_one_above(
    size: int, height: str, text: str, rows: int
) -> None:
    mark = f'<w:rPr><w:sz w:val="{size}"/></w:rPr>' if size else ""
    small = [cell(text, para=mark) if text else f"<w:tc><w:p><w:pPr>{mark}</w:pPr></w:p></w:tc>" for _ in range(2)]
    assert len(read(row(cell("a"), cell("1")), row(*small, more=height)).rows) == rows


@pytest.mark.parametrize(
    ("line", "rule", "leading"),
    [(170, "exact", 170), (169, "exact", 0), (209, "exact", 209), (210, "exact", 0), (190, "auto", 0)],
)
def test_lines_set_closer_than_those_of_the_template_are_the_leading(line: int, rule: str, leading: int) -> None:
    look = f'<w:spacing w:line="{line}" w:lineRule="{rule}"/>'
    head = row(cell("h", para='<w:spacing w:line="180" w:lineRule="exact"/>'), cell("k"), head=True)
    found = read(head, *(row(cell("x", para=look), cell("1", para=look)) for _ in range(2)))
    assert found.leading == leading


def test_a_table_whose_rows_are_kept_together_is_whole() -> None:
    keep = "<w:keepNext/>"
    kept, free = row(cell("a", para=keep), cell("1")), row(cell("b"), cell("2"))
    assert read(kept, kept).whole and not read(kept, free).whole and not read(free, free).whole
    assert read(row(cell("h"), cell("k"), head=True), kept).whole, "its head does not count"
    assert not read(row(cell("a", para='<w:keepNext w:val="0"/>'), cell("1"))).whole


@pytest.mark.parametrize(("indent", "inset"), [(999, False), (1000, True), (0, False)])
def test_a_table_that_begins_where_the_text_does_is_inset(indent: int, inset: bool) -> None:
    found = read(row(cell("a"), cell("b")), look=f'<w:tblStyle w:val="Fancy"/><w:tblInd w:w="{indent}" w:type="dxa"/>')
    assert found.inset is inset


def borders(**sides: str) -> str:
    lines = "".join(f'<w:{side} w:val="{kind}"/>' for side, kind in sides.items())
    return f"<w:tblBorders>{lines}</w:tblBorders>"


ROUND = {"top": "single", "left": "single", "bottom": "single", "right": "single"}


@pytest.mark.parametrize(
    ("sides", "boxed"),
    [
        (ROUND, True),
        ({**ROUND, "insideV": "nil"}, True),
        ({**ROUND, "insideV": "single"}, False),
        ({**ROUND, "right": "nil"}, False),
        ({**ROUND, "bottom": "none"}, False),
        ({key: value for key, value in ROUND.items() if key != "top"}, False),
        ({**ROUND, "left": "nil"}, False),
    ],
)
def test_a_table_with_lines_all_around_is_in_a_box(sides: dict[str, str], boxed: bool) -> None:
    given = document(table(row(cell("a"), cell("b")), look=borders(**sides)))
    blocks = [each for each in given.body if isinstance(each, Box | Table)]
    assert [isinstance(each, Box) for each in blocks] == [boxed]


@pytest.mark.parametrize(
    ("look", "is_box"),
    [
        ('<w:tblStyle w:val="Fancy"/>', True),
        ("", False),
        (borders(left="nil"), False),
        (borders(left="single"), True),
        (borders(top="single"), False),
    ],
)
def test_a_single_column_is_a_box_if_it_may_have_lines_at_its_sides(look: str, is_box: bool) -> None:
    given = document(table(row(cell("a")), row(cell("b")), widths=(2000,), look=look))
    blocks = [each for each in given.body if isinstance(each, Box | Table)]
    assert [isinstance(each, Box) for each in blocks] == [is_box]


def test_notes_in_the_last_rows_are_below_the_table_and_remarks_after_it_too() -> None:
    def raised(letter: str) -> str:
        return r(letter, '<w:vertAlign w:val="superscript"/>')

    def note(letter: str) -> str:
        return row(cell(p(raised(letter) + r(f" Note {letter}.")).replace("<w:p>", "<w:p>", 1), span=2))

    called = row(cell(p(r("x") + raised("a"))), cell("1"))
    found = read(called, note("a"), note("b"), after=p("Source: Office.") + p("More."))
    assert texts(found.rows) == [["x", "1"]]
    assert found.rows[0].cells[0].content[-1] == TableNoteCall(1)
    assert [plain(each) for each in found.notes] == ["Note a.", "Note b."]
    assert [plain(each) for each in found.remarks] == ["Source: Office."]
    narrow = read(called, row(cell(p(raised("a") + r(" Note."))), cell()))
    assert narrow.notes == () and len(narrow.rows) == 2, "notes are as wide as the table"


def test_a_table_in_a_cell_is_rows_and_columns_of_the_one_around_it() -> None:
    inner = table(row(cell("p"), cell("q")), row(cell("r"), cell("s")), widths=(300, 700))
    given = document(
        table(
            row(cell("a"), f"<w:tc><w:tcPr/>{p('Over.')}{inner}<w:p/></w:tc>"),
            row(cell("b"), cell("c")),
        )
    )
    (found,) = [each for each in given.body if isinstance(each, Table)]
    assert [[(plain(each.content), each.columns, each.rows) for each in row.cells] for row in found.rows] == [
        [("a", 1, 3), ("Over.", 2, 1)],
        [("p", 1, 1), ("q", 1, 1)],
        [("r", 1, 1), ("s", 1, 1)],
        [("b", 1, 1), ("c", 2, 1)],
    ]
    assert [each.width for each in found.columns] == [2000, 600, 1400]
    assert "table-cells" in [each.rule for each in given.findings]


def test_an_empty_row_and_an_empty_cell_stay() -> None:
    found = read(row(cell("a"), cell()), row(cell(), cell()))
    assert found.rows == (Row((Cell(found.rows[0].cells[0].content), Cell(()))), Row((Cell(()), Cell(()))))
    assert all(each.kind is RowKind.ITEM for each in found.rows)


@pytest.mark.parametrize(("ends", "width"), [(("40", "40", "0"), 2000), (("0", "0", "40"), 2040), (("43", "43"), 2000)])
def test_labels_that_reach_to_the_edge_of_their_column_have_a_wider_one(ends: tuple[str, ...], width: int) -> None:
    rows = [
        row(cell(text, para=f'<w:ind w:right="{end}"/>'), cell("1")) for text, end in zip("abc", ends, strict=False)
    ]
    assert [column.width for column in read(*rows).columns] == [width, 2000]


IN_CAPTION = "<w:keepNext/>"
AT_FOOT = '<w:framePr w:w="9792" w:yAlign="bottom"/>'


def test_a_line_of_the_title_below_the_unit_is_above_it() -> None:
    caption = p("Table 8", "H23") + p("Lamps by town", "H23") + p("(Thousands of dollars)") + p("Harbours", "H23")
    (found,) = [
        each
        for each in document(caption + table(row(cell("a"), cell("b")), row(cell("c"), cell("d")))).body
        if isinstance(each, Table)
    ]
    assert (found.caption.ordinal, plain(found.caption.title), plain(found.caption.unit)) == (
        8, "Lamps by town\nHarbours", "(Thousands of dollars)"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("framed", "remarks"),
    [
        (p("Note: ASG, General.", look=AT_FOOT), ["Note: ASG, General."]),
        (p("<w:r/>", look=AT_FOOT) + p("Note: ASG, General.", look=AT_FOOT), ["Note: ASG, General."]),
        ("", []),
    ],
)
def test_a_note_at_the_foot_of_the_page_is_below_the_table_in_whose_caption_it_is(
    framed: str, remarks: list[str]
) -> None:
    caption = p("Table 8", "H23", IN_CAPTION) + framed + p("Lamps", "H23", IN_CAPTION)
    given = document(caption + table(row(cell("a"), cell("b")), row(cell("c"), cell("d"))))
    (found,) = [each for each in given.body if isinstance(each, Table)]
    assert (plain(found.caption.title), [plain(each) for each in found.remarks]) == ("Lamps", remarks)
