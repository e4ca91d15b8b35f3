"""The shapes of tables, headings, lists, sections and pictures: what the templates print them by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from manuscripts import report
from masthead import formats
from masthead.document import TemplateError, locales
from masthead.document.model import (
    Alignment,
    Annex,
    AnnexKind,
    Box,
    Caption,
    Cell,
    Column,
    Document,
    Figure,
    FigureKind,
    Fit,
    Heading,
    Item,
    Layout,
    Ornament,
    PageEnd,
    Pagination,
    Paragraph,
    ParagraphEnd,
    Part,
    Raised,
    Role,
    Row,
    RowKind,
    Table,
    TableNoteCall,
    Text,
)
from masthead.document.terms import Language
from masthead.page.inline import Inliner
from masthead.page.shapes import (
    BoxShape,
    FigureShape,
    HeadingShape,
    ParagraphShape,
    RowShape,
    SectionShape,
    TableShape,
)
from masthead.page.shaping import Shaper
from masthead.page.tables import table_fault

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"/>'
FIGURE = Figure(SVG, "image/svg+xml", "A map")


def document(language: Language = Language.ENGLISH, **changed: object) -> Document:
    read = formats.parse(report(language).encode(), "x.md")
    return replace(read, **{"body": (), **changed})  # type: ignore[arg-type]


def shaper(given: Document, share: float = 1.0) -> Shaper:
    locale = locales.load(given.language)
    return Shaper(given, locale, Inliner(given, locale), share)


def body(*blocks: object, language: Language = Language.ENGLISH, share: float = 1.0) -> tuple[object, ...]:
    return shaper(document(language, body=blocks), share).body()


def cells(*texts: str | Cell) -> tuple[Cell, ...]:
    return tuple(text if isinstance(text, Cell) else Cell((Text(text),) if text else ()) for text in texts)


def table(*rows: Row | Sequence[str], head: Sequence[Row] = (), columns: Sequence[Column] = ()) -> Table:
    made = tuple(row if isinstance(row, Row) else Row(cells(*row)) for row in rows)
    columns = columns or (Column(),) * sum(cell.columns for cell in (made or tuple(head))[0].cells)
    return Table(Caption(), tuple(head), made, tuple(columns))


def shaped(given: Table, language: Language = Language.ENGLISH, share: float = 1.0) -> TableShape:
    (shape,) = body(given, language=language, share=share)
    assert isinstance(shape, TableShape)
    return shape


def bare(widths: tuple[int, ...], head: dict[int, float], rows: dict[int, float], **changed: object) -> TableShape:
    """Return the shape of a table with columns of these widths, and the longest words of the columns, in points."""
    words = tuple({(at, 1): width for at, width in each.items()} for each in (head, rows))
    return replace(shaped(table(("x",) * len(widths))), widths=widths, words=words, **changed)  # type: ignore[arg-type]


# --- the widths of columns --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("widths", "changed", "room"),
    [
        ((100, 300), {}, 492),
        ((100, 300), {"share": 0.5}, 246),
        ((100, 300), {"inset": True}, 365.3),
        ((4000, 4000), {"inset": True}, 365.3),
        ((4000, 4001), {"inset": True}, 428.6),
        ((4000, 4001), {}, 492),
    ],
)
def test_columns_fill_the_frame_or_the_text(widths: tuple[int, int], changed: dict[str, object], room: float) -> None:
    shape = bare(widths, {}, {}, **changed)
    assert sum(shape.given) == pytest.approx(room)
    assert shape.given[1] / shape.given[0] == pytest.approx(widths[1] / widths[0])
    assert shape.reaches is (room == 428.6)
    assert ("reaching" in shape.kinds, "inset" in shape.kinds) == (room == 428.6, bool(changed.get("inset")))


def test_labels_that_are_one_line_in_the_file_stay_so_if_other_columns_have_room() -> None:
    words = {0: 20.0, 1: 20.0, 2: 180.0}
    label, room, narrow = (
        bare((160, 172, 160), {}, words, labels=labels).given for labels in ((150.0, 400.0), (20.0,), ())
    )
    assert label[0] >= 150 > room[0] and room == narrow  # a label that is wider than its column has several lines
    full = {0: 20.0, 1: 170.0, 2: 180.0}
    assert bare((160, 172, 160), {}, full, labels=(150.0,)).given == bare((160, 172, 160), {}, full).given


def test_a_table_without_widths_has_none_and_its_type_is_the_usual() -> None:
    shape = bare((0, 0), {0: 30}, {1: 50})
    assert shape.given == [] and "fixed" not in shape.kinds


@pytest.mark.parametrize(
    ("rows", "head", "given"),
    [
        ({0: 90}, {}, [123, 123, 246]),  # each word fits: with 2 points beside it
        ({0: 121}, {}, [123, 123, 246]),
        ({0: 131}, {}, [133, 119.685, 239.315]),  # 10 points from the 121 and 244 that the others can spare
        ({0: 131, 1: 121}, {}, [133, 123, 236]),
        ({}, {0: 131 * 7 / 6}, [133, 119.685, 239.315]),  # type of the head may be smaller
        ({0: 131}, {0: 150}, [133, 119.685, 239.315]),
        ({0: 600}, {}, [123, 123, 246]),  # more than the others can spare
        ({0: 486}, {}, [488, 2, 2]),
        ({0: 486.1}, {}, [123, 123, 246]),
    ],
)
def test_a_column_takes_the_room_for_its_longest_word_from_others(
    rows: dict[int, float], head: dict[int, float], given: list[float]
) -> None:
    shape = bare((100, 100, 200), head, rows)
    assert shape.given == pytest.approx(given, abs=0.001)
    assert sum(shape.given) == pytest.approx(492)


def test_a_column_without_a_width_keeps_none() -> None:
    assert bare((0, 200), {}, {1: 600}).given == [0, 492]
    assert bare((0, 200, 200), {}, {1: 300}).given == [0, 246, 246]


@pytest.mark.parametrize(
    ("widths", "head", "rows", "kinds"),
    [
        ((1, 1), {}, {0: 244}, {"short", "fixed"}),
        ((1, 1, 1), {}, {0: 154.8}, {"short", "fixed", "spaced"}),  # 164 points with 2 and 7.2 of them between columns
        ((1, 1, 1), {}, {0: 154.9}, {"short", "fixed"}),
        ((1, 1, 1), {0: 154.9}, {}, {"short", "fixed"}),
        ((1, 1), {}, {0: 10}, {"short", "fixed"}),  # two columns need no gutter
        ((1, 1), {0: 300}, {}, {"short", "fixed", "small-head"}),
        ((1, 1), {0: 260, 1: 260}, {}, {"short", "fixed", "small-head"}),
        ((1, 1), {0: 284, 1: 284}, {}, {"short", "fixed", "small-head"}),
        ((1, 1), {0: 285, 1: 285}, {}, {"short", "dense"}),
        ((1, 1), {}, {0: 245, 1: 245}, {"short", "dense"}),
        ((1, 1), {}, {0: 296, 1: 296}, {"short", "dense"}),
        ((1, 1), {}, {0: 298, 1: 298}, {"short", "denser"}),
        ((1, 1), {}, {0: 378, 1: 378}, {"short", "denser"}),
        ((1, 1), {}, {0: 379, 1: 379}, {"short", "denser", "crammed"}),
    ],
)
def test_type_is_smaller_the_less_its_longest_words_fit(
    widths: tuple[int, ...], head: dict[int, float], rows: dict[int, float], kinds: set[str]
) -> None:
    assert {*bare(widths, head, rows).kinds} == kinds


def test_a_word_over_several_columns_has_the_room_of_all() -> None:
    shape = bare((1, 1, 2), {}, {})
    assert "fixed" in replace(shape, words=({}, {(0, 2): 244.0})).kinds
    assert "fixed" not in replace(shape, words=({}, {(0, 2): 244.1})).kinds
    assert "fixed" in replace(shape, words=({(1, 2): 367.0}, {})).kinds


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("mm", 8.5 * 2 * 0.778 + 0.29 * 2),
        ("mm m", 8.5 * 2 * 0.778 + 0.29 * 2),
        ("m mm", 8.5 * 2 * 0.778 + 0.29 * 2),
        ("mm-m", 8.5 * (2 * 0.778 + 0.333) + 0.29 * 3),
        ("mm\u00a0m", 8.5 * (3 * 0.778 + 0.5) + 0.29 * 4),
        ("12 345", 8.5 * (6 * 0.5) + 0.29 * 6),  # a number is one word
    ],
)
def test_the_width_of_the_longest_word(text: str, points: float) -> None:
    shape = shaped(table((text, "x")))
    assert shape.words[1][0, 1] == pytest.approx(points)
    head = shaped(table(("x", "x"), head=(Row(cells(text, "x")),)))
    letters = round((points - 8.5 * 0) / 1, 3)
    assert letters > 0 and head.words[0][0, 1] < points


def test_letters_that_were_set_closer_by_hand_need_less_room() -> None:
    closer = Cell((Text("mm"), Fit(letters=4)))
    assert shaped(table(Row((closer, *cells("x"))))).words[1][0, 1] == pytest.approx(8.5 * 2 * 0.778 + 0.09 * 2)


def test_a_label_is_as_wide_as_its_line_in_the_file() -> None:
    """With its spaces, its indent of up to three steps, and its letters as close as they are; not over two columns."""
    rows = [
        Row(cells("mm m", "x")), Row((Cell((Text("mm"), Fit(letters=4))), *cells("x")), indent=2),
        Row(cells("m", "x"), indent=4), Row((Cell((Text("m"),), columns=2),)), Row(cells("", "x")),
    ]  # fmt: skip
    m, space = 8.5 * 0.778 + 0.29, 8.5 * 0.25 + 0.29
    assert shaped(table(*rows)).labels == pytest.approx((3 * m + space, 2 * (m - 0.2) + 28.8, m + 43.2, 0))


def test_indents_and_room_after_a_number_count_and_deep_indents_are_three_steps() -> None:
    def width(*rows: Row, column: int = 0) -> float:
        columns = (Column(), Column(Alignment.END))
        return shaped(table(*rows, columns=columns)).words[1][column, 1]

    plain = width(Row(cells("m", "1")))
    assert [width(Row(cells("m", "1"), indent=each)) - plain for each in (1, 2, 3, 4)] == pytest.approx(
        [14.4, 28.8, 43.2, 43.2]
    )
    assert width(Row(cells("m", "1"), indent=2), column=1) == pytest.approx(8.5 * 0.5 + 0.29)
    assert width(Row(cells("m", "1")), Row(cells("m", "2.5")), column=1) == pytest.approx(8.5 * 1.25 + 0.29 * 3)


# --- rows and cells ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("count", "whole", "short"), [(4, False, True), (5, False, False), (5, True, True)])
def test_a_table_of_four_rows_stays_on_one_page(count: int, whole: bool, short: bool) -> None:
    given = replace(table(*[("a", "b")] * count), whole=whole)
    assert ("short" in shaped(given).kinds) is short


@pytest.mark.parametrize(
    ("words", "paragraphs", "whole", "long"),
    [(1, 5, False, False), (1, 6, False, True), (1, 6, True, False), (49, 1, False, False), (50, 1, False, True)],
)
def test_a_row_of_six_lines_may_be_divided_between_pages(words: int, paragraphs: int, whole: bool, long: bool) -> None:
    text = Text("water " * words)
    content = sum(((ParagraphEnd(), text) for _ in range(paragraphs)), ())[1:]
    given = replace(table(Row((Cell(content), Cell(())))), whole=whole)
    shape = shaped(given)
    assert shape.rows[0].long is long
    assert ("short" in shape.kinds) is (whole or not long)
    headed = shaped(table(("a", "b"), head=(Row((Cell(content), Cell(()))),)))
    assert not headed.head[0].long


def test_the_classes_of_a_row_are_its_kind_its_indent_and_its_place() -> None:
    rows = (
        Row((Cell((Text("a"),), rows=2), *cells("b"))),
        Row(cells("c")),
        Row(cells("d", "e"), RowKind.TOTAL, 5),
        Row(cells("f", "g"), RowKind.SUBTOTAL, 1),
        Row(cells("h", "")),
    )
    found = [row.kinds for row in shaped(table(*rows)).rows]
    assert found == [(), ("beside",), ("total", "indent-3"), ("subtotal", "indent-1"), ()]
    assert RowShape("item", 0, (), long=True).kinds == ("long",)


def test_cells_over_several_columns_are_centred_except_at_the_start_of_a_row() -> None:
    wide = Cell((Text("w"),), columns=2)
    columns = (Column(Alignment.START), Column(Alignment.END), Column(Alignment.END, gutter=True))
    given = table(Row((wide, *cells("1"))), Row((*cells("a"), wide)), head=(Row((wide, *cells("h"))),), columns=columns)
    shape = shaped(given)
    assert [(cell.side, cell.columns, cell.gutter) for row in shape.rows for cell in row.cells] == [
        ("start", 2, False), ("end", 1, True), ("start", 1, False), ("centre", 2, True)
    ]  # fmt: skip
    assert [(cell.side, cell.gutter) for cell in shape.head[0].cells] == [("centre", False), ("end", True)]


def test_what_spans_others_of_the_head_has_a_line_below_it() -> None:
    wide, empty = Cell((Text("w"),), columns=2), Cell((), columns=2)
    upper, lower = Row((wide, *cells("h"))), Row(cells("a", "b", "c"))

    def spans(*head: Row, rows: int = 2) -> list[bool]:
        shape = shaped(table(*[("1", "2", "3")] * rows, head=head))
        return [row.cells[0].spans for row in shape.head]

    assert spans(upper, lower) == [True, False]
    assert spans(upper) == [False]
    assert spans(upper, rows=1) == [True]
    assert spans(Row((empty, *cells("h"))), lower) == [False, False]
    assert spans(Row((replace(wide, rows=2), *cells("h"))), Row(cells("c"))) == [False, False]


def test_a_row_of_figures_under_what_is_above_several_is_the_heading_of_the_paragraphs_after_it() -> None:
    upper = Row((*cells(""), Cell((Text("w"),), columns=2)))
    given = replace(table(("Staff", "1", "2"), head=(upper,)), inset=True)
    assert shaped(given).is_heading and "variance" in shaped(given).kinds
    for other in (
        replace(given, inset=False),
        replace(given, rows=given.rows * 2),
        replace(given, head=given.head * 2),
        replace(given, head=(Row(cells("a", "b", "c")),)),
        replace(given, caption=Caption((Text("Title"),))),
        replace(given, caption=Caption((), 1)),
        replace(given, caption=Caption((), unit=(Text("(Boats)"),))),
    ):
        assert not shaped(other).is_heading


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("2. Water", '<span class="cell-number depth-1">2. </span>Water'),
        ("1.1 Water", '<span class="cell-number depth-2">1.1 </span>Water'),
        ("1.1.12 Water", '<span class="cell-number depth-3">1.1.12 </span>Water'),
        ("2.5 7", "2.5 7"),
        ("2 Water", "2 Water"),
        ("1.1.1.1 Water", "1.1.1.1 Water"),
        ("123. Water", "123. Water"),
        ("2.Water", "2.Water"),
        ("December-2025", "December-\u200b2025"),
        ("No-25", "No-25"),
        ("press-2@example.org", '<span class="unit whole latin">press-2@example.org</span>'),
        ("press-2/a", "press-2/a"),
    ],
)
def test_a_number_before_the_words_of_a_cell_hangs_and_a_year_may_begin_a_line(text: str, html: str) -> None:
    assert shaped(table((text, "b"))).rows[0].cells[0].texts == (html,)


def test_in_arabic_no_line_ends_after_a_hyphen() -> None:
    assert "\u200b" not in shaped(table(("December-2025", "b")), Language.ARABIC).rows[0].cells[0].texts[0]


@pytest.mark.parametrize(
    ("length", "alignment", "top", "is_text"),
    [
        (60, Alignment.START, False, False),
        (61, Alignment.START, False, True),
        (61, Alignment.END, False, False),
        (1, Alignment.END, True, True),
    ],
)
def test_a_table_of_sentences_is_one_of_text(length: int, alignment: Alignment, top: bool, is_text: bool) -> None:
    columns = (Column(), Column(alignment))
    given = replace(table(("a", "x" * length), columns=columns), top=top)
    assert shaped(given).top is is_text and ("top" in shaped(given).kinds) is is_text


def test_a_cell_has_its_paragraphs_then_its_pictures_and_each_fit_its_style() -> None:
    content = (Text("a"), ParagraphEnd(), Text("b"), Fit(letters=3))
    picture = replace(FIGURE, width=90)
    given = table(Row((Cell(content, figures=(picture, FIGURE)), Cell((), figures=(FIGURE,)), Cell(()))))
    first, second, third = (cell.texts for cell in shaped(given).rows[0].cells)
    assert first[:2] == ("a", '<span class="fit" style="--letters: 0.15pt">b</span>')
    assert [str(each)[:24] for each in first[2:]] == ['<img class="cell-picture'] * 2
    assert 'alt="A map" style="width: 90pt">' in first[2] and 'alt="A map" style="">' in first[3]
    assert len(second) == 1 and third == ("",)


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ((Row(cells("a", "b")),), ""),
        ((Row(cells("a")),), "a row has 1 columns, but the table has 2"),
        ((Row(cells("a", "b", "c")),), "a row has 3 columns, but the table has 2"),
        ((Row((Cell((), columns=2),)),), ""),
        ((Row((Cell((), columns=3),)),), "a row has 3 columns, but the table has 2"),
        ((Row((Cell((), rows=2), Cell(()))), Row((Cell(()),))), ""),
        ((Row((Cell((), rows=2), Cell(()))),), "a cell spans more rows than there are"),
        ((Row((Cell((), rows=3), Cell(()))), Row((Cell(()),))), "a cell spans more rows than there are"),
        ((Row((Cell((), rows=2), Cell(()))), Row(cells("a", "b"))), "a row has 3 columns, but the table has 2"),
        (
            (Row((Cell((), rows=2), Cell(()))), Row((Cell(()),)), Row((Cell(()),))),
            "a row has 1 columns, but the table has 2",
        ),
        ((Row((Cell((), rows=2), Cell((), rows=2))), Row(())), ""),
    ],
)  # fmt: skip
def test_the_rows_of_a_table_have_its_columns(rows: tuple[Row, ...], fault: str) -> None:
    for given in (table(*rows, columns=(Column(), Column())), replace(table(("a", "b")), head=rows)):
        assert table_fault(given) == fault
    if fault:
        titled = replace(table(*rows, columns=(Column(), Column())), caption=Caption((Text("Boats"),)))
        with pytest.raises(TemplateError) as caught:
            shaped(titled)
        assert (caught.value.message, caught.value.where) == (fault, "table “Boats”")


# --- below tables and figures -----------------------------------------------------------------------------------------


def test_a_letter_that_begins_a_remark_below_a_picture_is_the_mark_of_a_note() -> None:
    def below(*remarks: tuple[object, ...], notes: tuple[object, ...] = ()) -> tuple[object, object]:
        (shape,) = body(replace(FIGURE, remarks=remarks, notes=notes))
        assert isinstance(shape, FigureShape)
        return shape.remarks, shape.notes

    source, one, two = (Text("Source: x."),), (Raised("a"), Text(" One.")), (Raised("b "), Text("Two."))
    assert below(source, one, two) == (("Source: x.",), (("a", "One."), ("b", "Two.")))
    assert below(source, (Raised("a"), Text("One."))) == (("Source: x.", "<sup>a</sup>One."), ())
    assert below((Raised("ab"), Text(" x")))[1] == ()
    assert below(one, source) == (("<sup>a</sup> One.", "Source: x."), ())
    assert below(source, notes=((Text("Own."),), (Text("More."),))) == (
        ("Source: x.",), (("a", "Own."), ("b", "More."))
    )  # fmt: skip


@pytest.mark.parametrize(
    ("figure", "message", "hint"),
    [
        (replace(FIGURE, alternative=" "), "the figure has no alternative text", "add a description of the picture"),
        (
            replace(FIGURE, media_type="image/tiff"),
            "unsupported picture: image/tiff",
            "use image/svg+xml, image/png, image/jpeg",
        ),
    ],
)
def test_a_picture_that_cannot_be_shown_is_an_error(figure: Figure, message: str, hint: str) -> None:
    with pytest.raises(TemplateError) as caught:
        body(replace(figure, caption=Caption((Text("Rain"),))))
    assert (caught.value.message, caught.value.where, caught.value.hint) == (message, "figure “Rain”", hint)


def test_tables_and_figures_are_counted_apart_and_have_their_marks() -> None:
    given = (
        table(("a",)),
        FIGURE,
        replace(table(("a",)), caption=Caption((), 4)),
        replace(FIGURE, kind=FigureKind.MAP),
    )
    found = body(*given)
    assert [(shape.key, shape.mark) for shape in found if isinstance(shape, TableShape | FigureShape)] == [
        ("table-1", ""), ("figure-1", ""), ("table-2", "Table 4"), ("figure-2", "")
    ]  # fmt: skip
    assert [shape.kind for shape in found if isinstance(shape, FigureShape)] == [str(FIGURE.kind), "map"]


def test_a_note_of_a_table_is_called_only_in_it() -> None:
    given = table(Row((Cell((Text("a"), TableNoteCall(1))),)))
    assert "table-note-call" in str(shaped(replace(given, notes=((Text("Note."),),))).rows[0].cells[0].texts[0])
    for blocks in ((given,), (replace(given, notes=((Text("Note."),),)), given)):
        with pytest.raises(TemplateError, match="call to undefined note a"):
            body(*blocks)


# --- paragraphs, headings, sections -----------------------------------------------------------------------------------


def test_paragraphs_and_their_parts_have_keys_marks_and_anchors() -> None:
    deep = Item(1, (Text("deep"),))
    block = Paragraph(
        Role.OPERATIVE,
        (Text("one"), PageEnd(), Text("two"), ParagraphEnd(), Text("three")),
        number=4,
        items=(Item(2, (Text("b"),), (deep,)), Item(3, (Text("c"), PageEnd()))),
        tail=(Text("end"),),
    )
    printed = shaper(document(body=(block, block), pagination=Pagination.SOURCE)).body()
    found = [shape for shape in printed if isinstance(shape, ParagraphShape)]
    assert [(shape.kind, shape.key, shape.mark, shape.parts, shape.ends_page, shape.anchor) for shape in found[:6]] == [
        ("operative", "p1", "4.", ("one", "two"), False, "paragraph-4"),
        ("operative continued", "p1-part-2", "", ("three",), False, ""),
        ("item degree-1", "p1-1", "(b)", ("b",), False, "paragraph-4-b"),
        ("item degree-2", "p1-1-1", "(i)", ("deep",), False, ""),
        ("item degree-1", "p1-2", "(c)", ("c",), True, "paragraph-4-c"),
        ("tail", "p1-tail", "", ("end",), False, ""),
    ]
    assert {shape.anchor for shape in found[6:]} == {""}, "of two paragraphs with a number only the first has its name"


def test_the_levels_of_headings_skip_none_and_end_at_six() -> None:
    levels = (1, 3, 3, 2, 1, 2, 3, 4, 5, 6)
    found = [
        shape for shape in body(*(Heading(each, (Text("x"),)) for each in levels)) if isinstance(shape, HeadingShape)
    ]
    assert [shape.level for shape in found] == [2, 3, 3, 3, 2, 3, 4, 5, 6, 6]
    assert [shape.kind for shape in found] == [f"heading-{each}" for each in levels]
    assert [shape.key for shape in found] == [f"heading-{at}" for at in range(1, 11)]


def test_headings_below_parts_and_below_an_adoption_line_are_deeper() -> None:
    blocks = (
        Heading(1, (Text("x"),)),
        Part(1, (Text("P"),)),
        Heading(1, (Text("y"),)),
        Part(2),
        Heading(2, (Text("z"),)),
    )
    given = document(body=blocks)
    found = [shape.level for shape in shaper(given).body() if isinstance(shape, HeadingShape)]
    assert found == [2, 2, 3, 2, 3]
    adopted = replace(given, preface=replace(given.preface, adoption="Adopted on 1 May 2049"))
    assert [each.level for each in shaper(adopted).body() if isinstance(each, HeadingShape)] == [3, 3, 4, 3, 4]


def test_a_label_has_a_look_of_its_own_and_asterisks_in_the_contents_are_not_repeated() -> None:
    kinds = [shape.kind for shape in body(Heading(2, (Text("Subprogramme 1"),)), Heading(2, (Text("Part 1"),), 1))
             if isinstance(shape, HeadingShape)]  # fmt: skip
    assert kinds == ["heading-2 heading-label", "heading-2"]
    found = body(Heading(1, (Text("Water"), Fit(240, 2, 60))))[0]
    assert isinstance(found, HeadingShape)
    assert found.fit == "line-height: 12pt; --letters: 0.1pt; --above: 3pt"


def test_pages_of_another_layout_are_sections() -> None:
    def sections(*blocks: object) -> list[object]:
        return [
            (shape.kind, len(shape.blocks)) if isinstance(shape, SectionShape) else "text" for shape in body(*blocks)
        ]

    text = Ornament((Text("x"),))
    assert sections(text, Layout(True), text, text, Layout(), text) == ["text", ("landscape", 2), "text"]
    assert sections(text, Layout(columns=2), text) == ["text", ("columns-2", 1)]
    assert sections(text, Layout(True, 3, True), text) == ["text", ("landscape columns-3 new-page", 1)]
    assert sections(text, Layout(new_page=True), text) == ["text", ("new-page", 1)]
    assert sections(text, Layout(True), Layout(), text) == ["text", "text"]


def test_an_annex_on_landscape_pages_says_so_and_has_portrait_sections() -> None:
    text = Ornament((Text("x"),))
    annexes = (
        Annex((Text("Maps"),), (Layout(True), text, Layout(), text)),
        Annex((), (text, Layout(True), text), kind=AnnexKind.APPENDIX, original="French"),
        Annex((), ()),
    )
    found = list(shaper(document(annexes=annexes)).annexes())
    assert [(each.key, each.mark, each.kind, each.original) for each in found] == [
        ("annex-1", "Annex", "annex landscape", ""),
        ("annex-2", "Appendix", "appendix", "[Original: French]"),
        ("annex-3", "Annex", "annex", ""),
    ]
    assert [getattr(shape, "kind", "") for each in found for shape in each.blocks] == [
        "ornament", "portrait", "ornament", "landscape"
    ]  # fmt: skip


def test_headings_of_an_annex_are_below_its_mark_and_its_title() -> None:
    heading = Heading(1, (Text("x"),))
    annexes = (Annex((Text("Maps"),), (heading,)), Annex((), (heading,)), Annex((), (heading,), mark=""))
    found = [each.blocks[0] for each in shaper(document(annexes=annexes)).annexes()]
    assert [shape.level for shape in found if isinstance(shape, HeadingShape)] == [4, 3, 2]


def test_boxes_have_paragraphs_with_anchors_of_their_own() -> None:
    paragraph = Paragraph(Role.PLAIN, (Text("x"),), number=1)
    found = body(paragraph, Box((Text("One"),), (paragraph,), 2), Box((), (paragraph,)))
    inner = [shape for shape in found if isinstance(shape, BoxShape)]
    assert [(shape.title, shape.indent) for shape in inner] == [("One", 2), ("", 0)]
    shown = [each for shape in (found[0], *(box.blocks[0] for box in inner)) for each in [shape]]
    anchors = [each.anchor for each in shown if isinstance(each, ParagraphShape)]
    assert len(set(anchors)) == 3 and anchors[0] == "paragraph-1"
