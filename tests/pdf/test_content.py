"""The content streams of pages are read as runs of text, with what marks and places them."""

from __future__ import annotations

import contextlib

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Dictionary, Name

from masthead.pdf.content.fonts import read_to_unicode
from masthead.pdf.content.runs import PageText, read_page_texts
from masthead.pdf.damage import DAMAGE


def file_of(data: bytes, **properties: Dictionary) -> pikepdf.Pdf:
    """A file of one page with the content `data`, a simple font F1, a composite font F2, and named properties."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page()
    simple = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    inner = Dictionary(Type=Name.Font, Subtype=Name.CIDFontType2, DW=500, W=[1, [600, 700], 5, 9, 250])
    composite = Dictionary(
        Type=Name.Font, Subtype=Name.Type0, Encoding=Name("/Identity-H"), BaseFont=Name.ABCDEF_Some,
        DescendantFonts=[pdf.make_indirect(inner)],
    )  # fmt: skip
    fonts = {"/F1": pdf.make_indirect(simple), "/F2": pdf.make_indirect(composite)}
    page.Resources = Dictionary(
        Font=Dictionary(fonts), Properties=Dictionary({f"/{k}": v for k, v in properties.items()})
    )
    page.Contents = pdf.make_stream(data)
    return pdf


def text_of(data: bytes, **properties: Dictionary) -> PageText:
    (page,) = read_page_texts(file_of(data, **properties))
    return page


@pytest.mark.parametrize(
    "data", (b"1 0 0 1 0 Tm", b"1 2 3 Td", b"/F1 Tf", b"5 TJ", b"(a) Ts"), ids=lambda data: data.decode()
)
def test_an_operator_with_other_operands_than_it_takes_is_named(data: bytes) -> None:
    with pytest.raises(ValueError, match=rf"the operator {data.split()[-1].decode()} cannot be interpreted"):
        text_of(data)


def test_strings_that_are_moved_to_the_next_line_are_shown() -> None:
    assert len(text_of(b"BT /F1 12 Tf (a) Tj (b) ' 1 2 (c) \" ET").runs) == 3


def test_a_run_has_its_codes_its_kerning_and_its_place() -> None:
    (run,) = text_of(b"1 0 0 -1 0 800 cm BT /F2 10 Tf 1 0 0 1 50 60 Tm [20 <0001> -100 <00020005>] TJ ET").runs
    assert run.codes == (1, 2, 5)
    assert run.kerning == [(1, -100.0)]
    assert run.matrix == (1, 0, 0, -1, 50 - 0.2, 740)  # 20 thousandths of the size back
    assert run.width == pytest.approx((600 + 700 + 250 + 100) / 100)
    assert run.font
    assert run.font.widths[77] == 500
    assert run.font.codes == {1, 2, 5}


def test_codes_of_one_byte_have_no_font() -> None:
    (run,) = text_of(b"BT /F1 10 Tf (abc) Tj ET").runs
    assert (run.font, run.codes) == (None, ())


def test_the_graphics_state_is_saved_and_restored() -> None:
    runs = text_of(b"q 50 Tz 2 Ts BT /F2 9 Tf <0001> Tj ET Q BT /F2 8 Tf <0001> Tj ET Q").runs
    assert [(run.scale, run.rise, run.size) for run in runs] == [(50, 2, 9), (100, 0, 8)]


def test_marked_content_without_an_identifier_belongs_to_the_outer_one() -> None:
    inner = b"/Span <</Lang (en)>> BDC (a) Tj EMC /Span BMC (b) Tj EMC"
    data = b"/P <</MCID 3>> BDC " + inner + b" EMC /Artifact BMC (c) Tj EMC EMC (d) Tj"
    assert [run.content for run in text_of(data).runs] == [3, 3, None, None]


def test_texts_that_stand_for_marked_content_are_read_with_their_identifiers() -> None:
    data = b"/Span /P1 BDC EMC /Span <</MCID 8>> BDC EMC /Span <</ActualText (no)>> BDC EMC /Span /Lost BDC EMC"
    found = text_of(data, P1=Dictionary(MCID=7, ActualText="said"))
    assert found.replacements == ((7, "said"),)


TOKENS = st.sampled_from(
    (
        *(
            "q",
            "Q",
            "BT",
            "ET",
            "cm",
            "Tm",
            "Td",
            "Tf",
            "Ts",
            "Tc",
            "Tz",
            "TJ",
            "Tj",
            "'",
            '"',
            "BDC",
            "BMC",
            "EMC",
            "re",
        ),
        *("1", "0", "-1", "+.5", "12.25", "4.", "1.2.3", "1e5", "--5", "-", ".", "12Tm", "true", "inf", "nan", "1_0"),
        *("/F1", "/F2", "/Span", "/a#20b", "/", "/P1", "/q", "<</MCID 3>>", "<</MCID 3/Lang/x>>", "<</MCID 2.0>>"),
        *("<</A <</MCID 7>> >>", "<</MCID -1>>", "<</MCID 99999999999999999999>>", "9" * 400, "BI", "qcm"),
        *("<0a2b>", "<0a2>", "<0a 2b>", "<zz>", "<>", "[<0a2b>-78<0a>]", "[/N 5]", "[[<0a>]]", "[]", "[<0a>(b)]"),
        *("(Tj)", "(a(b)c)", "% q\n", "]", ">", ">>", "<", "[", "{", "}", "\x00", "\x0b", "\x0c", "é"),
        *("0 0 0 1 0 0 cm", "1 0 0 -1 72 72.5 Tm", "/F2 12 Tf", "/Span <</MCID 9>> BDC", "BI /W 1 ID x EI"),
    )
)


@given(st.lists(st.tuples(TOKENS, st.sampled_from(("", " ", "\n"))), max_size=12))
def test_any_content_is_read_or_damaged(tokens: list[tuple[str, str]]) -> None:
    data = "".join(token + space for token, space in tokens).encode("latin-1")
    runs = ()
    with contextlib.suppress(DAMAGE):
        runs = text_of(data).runs
    assert all(0 <= place <= len(run.codes) for run in runs for place, _ in run.kerning)


@pytest.mark.parametrize(
    ("table", "texts"),
    [
        ("2 beginbfchar <0003> <0041> <0004> <00660066> endbfchar", {3: "A", 4: "ff"}),
        ("1 beginbfrange <0003> <0005> <0041> endbfrange", {3: "A", 4: "B", 5: "C"}),
        ("1 beginbfrange <0003> <0005> [<0041> <0066 0069> <0627>] endbfrange", {3: "A", 4: "fi", 5: "ا"}),
        ("1 beginbfrange <0003> <0009> [<0041>] endbfrange", {3: "A"}),
        ("1 beginbfrange <0003><0004><D835DC00> endbfrange", {3: "\U0001d400", 4: "\U0001d401"}),
        ("1 beginbfrange <41> <42> <0061> endbfrange", {0x41: "a", 0x42: "b"}),
        ("1 beginbfchar <7> <0062> endbfchar", {0x70: "b"}),
        ("beginbfchar <0001> <> endbfchar", {1: ""}),
        ("nothing", {}),
    ],
)  # fmt: skip
def test_the_text_of_codes_is_read_from_characters_ranges_and_lists(table: str, texts: dict[int, str]) -> None:
    assert read_to_unicode(table.encode()) == texts


# In F2, the codes 1 and 2 are 600 and 700 thousandths of the size wide.
@pytest.mark.parametrize(
    ("shown", "places", "widths"),
    [
        (b"<0001> Tj <0002> Tj", [0, 6], [6, 7]),
        (b"[100 <0001>] TJ <0002> Tj", [-1, 5], [6, 7]),  # kerning before all codes moves the run
        (b"[<0001> 100] TJ <0002> Tj", [0, 5], [6, 7]),  # after all codes it moves the next
        (b"[<0001> -100 <0002>] TJ <0002> Tj", [0, 14], [14, 7]),
        (b"[<00010002>] TJ [<00> 100 <01>] TJ <0001> Tj", [0, 12, 18], [13, 6, 6]),  # inside a code it is before it
        (b"2 Tc <00010002> Tj <0002> Tj", [0, 17], [17, 9]),
        (b"10 0 Td <0001> Tj 0 -20 Td <0002> Tj", [10, 10], [6, 7]),  # which begins at the line before
        (b"[100] TJ <0001> Tj", [-1, -1], [0, 6]),
    ],
)
def test_each_run_begins_where_the_one_before_it_ends(shown: bytes, places: list[float], widths: list[float]) -> None:
    runs = text_of(b"BT /F2 10 Tf " + shown + b" ET").runs
    assert [run.matrix[4] for run in runs] == pytest.approx(places)
    assert [run.width for run in runs] == pytest.approx(widths)


def test_runs_along_a_turned_line_are_moved_along_it() -> None:
    first, second = text_of(b"BT /F2 10 Tf 0 2 -2 0 50 60 Tm <0001> Tj <0002> Tj ET").runs
    assert (first.matrix, second.matrix) == ((0, 2, -2, 0, 50, 60), (0, 2, -2, 0, 50, 72))
    (placed,) = text_of(b"2 0 0 3 5 7 cm BT /F2 10 Tf 1 2 3 4 10 20 Tm <0001> Tj ET").runs
    assert placed.matrix == (2, 6, 6, 12, 25, 67)


@pytest.mark.parametrize(
    ("content", "unmarked", "coloured", "outlined"),
    [
        (b"/P <</MCID 1>> BDC BT (a) Tj ET EMC", False, (), ()),
        (b"BT (a) Tj ET", True, (), ()),
        (b"BT ( ) Tj ET", False, (), ()),  # a space alone is no text
        (b"/Artifact BMC BT (a) Tj ET EMC", False, (), ()),
        (b"/P <</MCID 1>> BDC 1 0 0 rg BT (a) Tj ET EMC", False, (1,), ()),
        (b"/P <</MCID 1>> BDC 0 0 1 rg BT (a) Tj ET EMC", False, (), ()),
        (b"q 1 0 0 rg Q /P <</MCID 1>> BDC BT (a) Tj ET EMC", False, (), ()),
        (b"/Artifact BMC 1 0 0 rg BT (a) Tj ET EMC", False, (None,), ()),
        (b"/P <</MCID 1>> BDC BT 1 Tr (a) Tj ET EMC", False, (), (1,)),
        (b"/P <</MCID 1>> BDC BT 3 Tr (a) Tj ET EMC", False, (), ()),
        (b"/P <</MCID 1>> BDC BT 1 Tr 0 Tr (a) Tj ET EMC", False, (), ()),
        (b"/P <</MCID 1>> BDC 0.5 sc BT (a) Tj ET EMC", False, (1,), ()),
    ],
)
def test_content_is_marked_coloured_and_outlined(
    content: bytes, unmarked: bool, coloured: tuple[int | None, ...], outlined: tuple[int | None, ...]
) -> None:
    found = text_of(content)
    assert (found.unmarked, found.coloured, found.outlined) == (unmarked, coloured, outlined)


@pytest.mark.parametrize(
    ("content", "hidden"),
    [
        (b"BT (a) Tj ET", False), (b"1 g BT (a) Tj ET", True), (b"1 g 0 g BT (a) Tj ET", False),
        (b"BT 3 Tr (a) Tj ET", True), (b"BT 3 Tr 0 Tr (a) Tj ET", False), (b"0 0 9 9 re W n BT (a) Tj ET", True),
        (b"q 0 0 9 9 re W n Q BT (a) Tj ET", False), (b"BT (a) Tj ET 1 g", False),
        (b"1 g 3 Tr 0 Tr BT (a) Tj ET", True),
    ],
)  # fmt: skip
def test_text_may_be_hidden_while_an_operator_hides_it(content: bytes, hidden: bool) -> None:
    assert text_of(content).may_be_hidden is hidden
