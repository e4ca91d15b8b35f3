"""What is drawn on sheets of plain pages: slug lines, codes that a scanner reads, spines, and what a sheet keeps."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from pikepdf import Array, Dictionary, Name, String

from masthead.press.imposition import Booklet, Cover, NUp, Paper, Saddle, Scheme, SheetOptions, impose, sheet_codes
from masthead.press.imposition.layout import BLEED, MARK, MM

CONTROLS = SheetOptions(controls=True)
WIDE = (240.0, 300.0)


def publication(pages: int = 4, *, size: tuple[float, float] = WIDE, title: str = "Rain", **root: Any) -> bytes:
    pdf, file = pikepdf.new(), io.BytesIO()
    for _ in range(pages):
        page = pdf.add_blank_page(page_size=size).obj
        page.Contents = pdf.make_stream(b"0 0 0 1 k 9 9 20 20 re f")
        for key, value in root.items():
            page[f"/{key}"] = value
    if title:
        pdf.docinfo.Title = title
    pdf.save(file, deterministic_id=True)
    return file.getvalue()


def opened(source: Any, scheme: Scheme, options: SheetOptions = CONTROLS) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(impose(source, scheme, options=options).data))


def texts(source: Any, scheme: Scheme, options: SheetOptions = CONTROLS) -> list[str]:
    """All text of each side, as a reader of PDFs finds it."""
    document = pypdfium2.PdfDocument(impose(source, scheme, options=options).data)
    found = [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]
    document.close()
    return found


def codes(data: bytes, dots: int = 150) -> list[list[str]]:
    """What a scanner of so many dots an inch reads on each side."""
    document = pypdfium2.PdfDocument(data)
    found = [[code.text for code in zxingcpp.read_barcodes(page.render(scale=dots / 72).to_pil())] for page in document]
    document.close()
    return found


def test_a_code_says_the_job_the_sheet_and_the_side() -> None:
    assert sheet_codes.text("0123456789", 12, 345, is_front=True) == "0123456789001203451"
    assert sheet_codes.text("0123456789", 12, 345, is_front=False) == "0123456789001203452"
    assert sheet_codes.text("0123456789", 1_234, 5_678, is_front=True) == "0123456789123456781"
    assert sheet_codes.text("0123456789", 10_001, 20_345, is_front=True) == "0123456789000103451"


def test_a_job_has_the_number_of_its_file() -> None:
    def job(*identifier: bytes, width: float = 9) -> str:
        pdf = pikepdf.new()
        pdf.add_blank_page(page_size=(width, 9))
        if identifier:
            pdf.trailer.ID = Array([String(each) for each in identifier])
        return sheet_codes.job_of(pdf)

    assert job(b"a" * 16, b"b" * 16) == job(b"a" * 16, b"c" * 16) != job(b"c" * 16, b"b" * 16)
    assert job() == job() != job(width=10)
    several = [job(bytes([at]), b"a") for at in range(9)]
    assert all(re.fullmatch(r"\d{10}", each) for each in (job(), *several))
    assert len({each[0] for each in several}) > 1


def test_each_side_has_its_code_and_its_line() -> None:
    source = publication(8)
    with pikepdf.open(io.BytesIO(source)) as pdf:
        job = sheet_codes.job_of(pdf)
    assert codes(impose(source, Saddle(), options=CONTROLS).data) == [
        [f"{job}{sheet:04}0002{side}"] for sheet in (1, 2) for side in (1, 2)
    ]
    sides = [f"Rain · {job} · sheet {sheet} of 2 · {side}" for sheet in (1, 2) for side in ("front", "back")]
    assert texts(source, Saddle()) == sides
    assert texts(source, Saddle(), SheetOptions(marks=True)) == [""] * 4
    assert texts(source, Saddle(), SheetOptions(marks=False, controls=True)) == sides


def test_a_publication_without_a_title_has_the_name_of_its_file(tmp_path: Path) -> None:
    for title, shown in (("", "A_80_1"), ("untitled", "A_80_1"), ("Rain", "Rain")):
        path = tmp_path / "A_80_1.pdf"
        path.write_bytes(publication(title=title))
        assert texts(path, Saddle())[0].startswith(f"{shown} · ")
    assert " · sheet 1 of 1 · front" in texts(publication(title="雨"), Saddle())[0]  # which the font lacks
    assert re.match(r"\d{10} · ", texts(publication(title="雨"), Saddle())[0])


def slug_of(page: Any) -> tuple[float, float, float]:
    """The size of a slug line, and its place on the sheet."""
    page.contents_coalesce()
    found = re.search(rb"/Slug ([\d.]+) Tf ([-\d.]+) ([-\d.]+) Td", page.Contents.read_bytes())
    assert found
    return tuple(float(each) for each in found.groups())  # type: ignore[return-value]


@pytest.mark.parametrize(("title", "size"), [("Rain", 7), ("Rain falls on all roofs of the harbour", 0)])
def test_a_slug_line_is_of_seven_points_or_as_wide_as_the_page(title: str, size: float) -> None:
    options = SheetOptions(Paper.parse("A3"), controls=True)
    with opened(publication(title=title), Booklet(), options) as pdf:
        drawn, x, _ = slug_of(pdf.pages[0])
    with opened(publication(), Booklet(), options) as pdf:
        assert slug_of(pdf.pages[0])[1] == x
    assert drawn == size if size else 3 < drawn < 7


def bars(page: Any) -> list[tuple[float, ...]]:
    page.contents_coalesce()
    content = page.Contents.read_bytes().decode()
    drawn = [tuple(map(float, each)) for each in re.findall(r"([-\d.]+) ([-\d.]+) ([-\d.]+) ([-\d.]+) re", content)]
    return [each for each in drawn if abs(each[3] - 0.5 * MM) < 0.01]


def test_a_code_has_modules_of_half_a_millimetre_between_the_marks_of_the_first_page() -> None:
    with opened(publication(), Saddle()) as pdf:
        page = pdf.pages[0]
        _, x, y = slug_of(page)
        drawn = bars(page)
    left, right = min(each[0] for each in drawn), max(each[0] + each[2] for each in drawn)
    bottom, top = min(each[1] for each in drawn), max(each[1] + each[3] for each in drawn)
    assert right - left == pytest.approx(32 * 0.5 * MM, abs=0.01)
    assert top - bottom == pytest.approx(8 * 0.5 * MM, abs=0.01)
    trim = x - 4 * MM  # the line begins 4 mm after the edge of the first page
    assert right == pytest.approx(trim + WIDE[0] - 4 * MM - 0.5 * MM, abs=0.01)
    edge = y - 2 - BLEED  # and 2 points above the bleed
    assert (bottom + top) / 2 == pytest.approx(edge + BLEED + MARK / 2, abs=0.01)


LEAST = 2 * (4 * MM + 17 * MM)  # points: a code with its quiet zone, and as much for the line


@pytest.mark.parametrize(("width", "has_code"), [(LEAST + 0.1, True), (LEAST - 0.1, False)])
def test_a_narrow_page_has_no_code(width: float, has_code: bool) -> None:
    with opened(publication(size=(width, 300)), Booklet(), SheetOptions(Paper.parse("A3"), controls=True)) as pdf:
        assert bool(bars(pdf.pages[0])) is has_code


def test_a_sheet_of_one_column_has_a_code_too() -> None:
    with pikepdf.open(io.BytesIO(publication(2))) as pdf:
        job = sheet_codes.job_of(pdf)
    assert codes(impose(publication(2), NUp(1, 1), options=CONTROLS).data) == [[f"{job}000100011"], [f"{job}000100012"]]


# --- spines -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("spine", [4.0, 12.0])
def test_the_text_of_a_spine_is_in_its_middle_and_fills_six_tenths_of_it(spine: float) -> None:
    options = SheetOptions(spine=spine, spine_text="A/80/1")
    document = pypdfium2.PdfDocument(impose(publication(4, size=(200, 300)), Cover(), options=options).data)
    width, height = document[0].get_size()
    text, back = document[0].get_textpage(), document[1].get_textpage().get_text_bounded()
    boxes = [text.get_charbox(at) for at in range(text.count_chars()) if text.get_text_range(at, 1).strip()]
    document.close()
    assert back == ""
    left, right = min(box[0] for box in boxes), max(box[2] for box in boxes)
    bottom, top = min(box[1] for box in boxes), max(box[3] for box in boxes)
    assert (bottom + top) / 2 == pytest.approx(height / 2, abs=2)
    assert (left + right) / 2 == pytest.approx(width / 2, abs=spine * MM / 10)
    assert 0.35 * spine * MM < right - left < 0.6 * spine * MM


def test_a_long_text_of_a_spine_is_ten_millimetres_from_each_end() -> None:
    options = SheetOptions(spine=20, spine_text="The rain of the harbour " * 3)
    document = pypdfium2.PdfDocument(impose(publication(4, size=(200, 300)), Cover(), options=options).data)
    text = document[0].get_textpage()
    boxes = [text.get_charbox(at) for at in range(text.count_chars()) if text.get_text_range(at, 1).strip()]
    document.close()
    assert max(box[3] for box in boxes) - min(box[1] for box in boxes) == pytest.approx(300 - 20 * MM, abs=3)


# --- what a sheet keeps -----------------------------------------------------------------------------------------------


def test_pages_of_other_sizes_are_in_the_middle_of_their_place_and_never_larger() -> None:
    small, large = publication(1, size=(100, 300)), publication(1, size=(200, 600))
    pdf = pikepdf.new()
    for data in (publication(2, size=(200, 300)), small, large):
        with pikepdf.open(io.BytesIO(data)) as more:
            pdf.pages.extend(more.pages)
    file = io.BytesIO()
    pdf.save(file)
    with opened(file.getvalue(), NUp(4, 1), SheetOptions(Paper(400, 300))) as sheets:
        content = sheets.pages[0].Contents.read_bytes().decode()
    placed = [
        tuple(map(float, each)) for each in re.findall(r"q ([-\d.]+) 0 0 ([-\d.]+) ([-\d.]+) ([-\d.]+) cm", content)
    ]
    assert len(placed) == 4
    (full, _, x1, y1), (_, _, x2, _), (scale3, _, x3, y3), (scale4, _, x4, y4) = placed
    step = x2 - x1
    assert scale3 == pytest.approx(full, abs=1e-3) and scale4 == pytest.approx(full / 2, abs=1e-3)
    assert x3 - x1 == pytest.approx(2 * step + 50 * full, abs=0.1) and y3 == pytest.approx(y1, abs=0.1)
    assert x4 - x1 == pytest.approx(3 * step + 50 * full, abs=0.1) and y4 == pytest.approx(y1, abs=0.1)


def test_the_group_of_pages_is_kept_and_metadata_only_of_a_file_for_the_press() -> None:
    group = Dictionary(S=Name.Transparency, CS=Name.DeviceCMYK)
    with opened(publication(Group=group), Saddle(), SheetOptions()) as pdf:
        assert all(Name.DeviceCMYK == page.Group.CS for page in pdf.pages)
        assert all(Name.DeviceCMYK == form.Group.CS for page in pdf.pages for form in page.Resources.XObject.values())
    for kind, keeps in ((Name.GTS_PDFX, True), (Name.GTS_PDFA1, False)):
        pdf = pikepdf.open(io.BytesIO(publication()))
        pdf.Root.OutputIntents = Array([Dictionary(S=kind)])
        pdf.Root.Metadata = pdf.make_stream(b"<x/>", Type=Name.Metadata, Subtype=Name.XML)
        pdf.Root.Outlines = Dictionary(Count=0)
        file = io.BytesIO()
        pdf.save(file)
        with opened(file.getvalue(), Saddle()) as sheets:
            assert (Name.Metadata in sheets.Root) is keeps
            assert Name.OutputIntents in sheets.Root and Name.Outlines not in sheets.Root
