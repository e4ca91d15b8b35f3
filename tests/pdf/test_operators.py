"""The quick way through a page's content reads what qpdf reads, and leaves to it what it cannot."""

from __future__ import annotations

import io

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from masthead.pdf.content import operators
from masthead.pdf.content import runs as pdf_runs
from masthead.publication import Edition
from reference import reference


def file_of(data: bytes) -> pikepdf.Pdf:
    """A file of one page."""
    pdf = pikepdf.new()
    pdf.add_blank_page().Contents = pdf.make_stream(data)
    return pdf


def plain(data: bytes) -> list[operators.Operator] | None:
    """What the quick way reads; None where it does not."""
    try:
        return [(name, [*operands]) for name, operands in operators._plain(data)]
    except ValueError:
        return None


def parsed(page: pikepdf.Page) -> list[operators.Operator] | None:
    """What qpdf reads, which asked for `q` and `cm` gives `qcm` too; None where there is something it cannot read."""
    try:
        return [(name, [*operands]) for name, operands in operators._parsed(page) if name in operators._NAMES.split()]
    except (ValueError, TypeError, RuntimeError):
        return None


def test_pages_of_the_project_go_the_quick_way(touchstone_edition: Edition) -> None:
    file = pikepdf.open(io.BytesIO(touchstone_edition.pdf.data))
    for page in file.pages:
        assert plain(page.Contents.read_bytes()) == parsed(page) != []


@pytest.mark.parametrize("name", ["A_80_604_Add.1", "A_RES_73_6-EN", "A_RES_73_8-EN", "ohchr_1_ru"])
def test_pages_of_others_are_read_alike(name: str) -> None:
    with pikepdf.open(reference(f"pdf/{name}.pdf")) as file:
        for page in file.pages:
            if isinstance(page.Contents, pikepdf.Stream):
                quick = plain(page.Contents.read_bytes())
                assert quick is None or quick == parsed(page)


TOKENS = st.sampled_from(
    (
        *("q", "Q", "BT", "ET", "cm", "Tm", "Td", "Tf", "Ts", "Tc", "TJ", "Tj", "'", '"', "BDC", "BMC", "EMC", "re"),
        *("1", "0", "-1", "+.5", "12.25", "4.", "1.2.3", "1e5", "--5", "-", ".", "12Tm", "true", "inf", "nan", "1_0"),
        *("/F1", "/Span", "/a#20b", "/", "/P1", "/q", "<</MCID 3>>", "<</MCID 3/Lang/x>>", "<</Type /MCID 5>>"),
        *("<</A <</MCID 7>> >>", "<</MCID -1>>", "<</MCID 2.0>>", "<</MCIDX 4>>", "<</A/MCID/MCID 6>>", "<< >>"),
        *("<</MCID 1/MCID 2>>", "<</MCID 99999999999999999999>>", "9" * 400, "/F1/F2", "BI", "qcm"),
        *(
            "<0a2b>",
            "<0a2>",
            "<0a 2b>",
            "<zz>",
            "<>",
            "[<0a2b>-78<0a>]",
            "[-3<0a> 4 5<0b>]",
            "[/N 5]",
            "[[<0a>]]",
            "[]",
        ),
        *("[<0a>(b)]", "(Tj)", "(a(b)c)", "% q\n", "]", ">", ">>", "<", "[", "{", "}", "\x00", "\x0b", "\x0c", "é"),
        *("0 0 0 1 0 0 cm", "1 0 0 -1 72 72.5 Tm", "/F1 12 Tf", "/Span <</MCID 9>> BDC", "BI /W 1 ID x EI"),
    )
)


@given(st.lists(st.tuples(TOKENS, st.sampled_from(("", " ", "\n"))), max_size=12))
def test_what_the_quick_way_reads_qpdf_reads_alike(tokens: list[tuple[str, str]]) -> None:
    data = "".join(token + space for token, space in tokens).encode("latin-1")
    found, file = plain(data), file_of(data)
    assert found is None or found == parsed(file.pages[0]), data


@pytest.mark.parametrize(
    "data", (b"1 0 0 1 0 Tm", b"1 2 3 Td", b"/F1 Tf", b"5 TJ", b"(a) Ts"), ids=lambda data: data.decode()
)
def test_an_operator_with_other_operands_than_it_takes_is_named(data: bytes) -> None:
    file = file_of(data)
    with pytest.raises(ValueError, match=rf"{data.split()[-1].decode()} has other operands than it takes"):
        list(operators.read(file.pages[0]))


def test_a_page_without_end_takes_no_time_without_end() -> None:
    """Numbers that no operator follows, brackets that are not closed: each is given up at once."""
    for data in (b"1 " * 400_000, b"[" * 900_000, b"<" * 900_000, b"/a " * 300_000):
        assert plain(data) is None


def test_strings_that_are_moved_to_the_next_line_are_shown() -> None:
    pdf = pikepdf.new()
    page = pdf.add_blank_page()
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=pdf.make_indirect(font)))
    page.Contents = pdf.make_stream(b"BT /F1 12 Tf (a) Tj (b) ' 1 2 (c) \" ET")
    ((*runs,),) = pdf_runs.read_runs(pdf)
    assert len(runs) == 3
