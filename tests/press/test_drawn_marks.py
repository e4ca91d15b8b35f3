"""What is drawn around and on pages, operator by operator: marks, bars, slug lines, inks, and the picture of sheets."""

from __future__ import annotations

import io
import re

import pikepdf
import pytest
from pikepdf import Dictionary, Name

from masthead.document.errors import OrderError, SourceError, TypesettingError
from masthead.press import SpotInk, pdfx, slug
from masthead.press.imposition import (
    Booklet,
    Cover,
    Edge,
    NUp,
    Perfect,
    Saddle,
    SheetOptions,
    Worked,
    arrange,
    preview_html,
    preview_svg,
)
from masthead.press.imposition import marks as sheet_marks
from masthead.press.imposition.layout import BLEED, MARK, MM, PageBox, lay_out
from masthead.press.spot import PATCHES, bar_patches

PAGE = (200.0, 300.0)


def publication(pages: int, size=(200, 300)) -> bytes:
    pdf, file = pikepdf.new(), io.BytesIO()
    for _ in range(pages):
        pdf.add_blank_page(page_size=size)
    pdf.save(file, deterministic_id=True)
    return file.getvalue()


def lines(drawn: str) -> set[tuple[float, ...]]:
    found = re.findall(r"([-\d.]+) ([-\d.]+) m ([-\d.]+) ([-\d.]+) l S", drawn)
    return {tuple(round(float(each), 1) for each in line) for line in found}


# --- marks of sheets --------------------------------------------------------------------------------------------------


def test_a_mark_begins_at_the_bleed_and_is_five_millimetres_long():
    assert (round(BLEED / MM, 6), round(MARK / MM, 6)) == (3, 5)
    drawn = list(sheet_marks.lines_outside(PageBox(0, 0, 100, 200), [10], [20]))
    near, far = BLEED, BLEED + MARK
    assert drawn == [
        f"10.000 {200 + near:.3f} m 10.000 {200 + far:.3f} l S", f"10.000 {-near:.3f} m 10.000 {-far:.3f} l S",
        f"{-near:.3f} 20.000 m {-far:.3f} 20.000 l S", f"{100 + near:.3f} 20.000 m {100 + far:.3f} 20.000 l S",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("scheme", "cuts", "folds"),
    [
        (Saddle(), (2, 2), (1, 0)), (Saddle(2), (2, 4), (1, 1)), (Perfect(2, 3), (4, 4), (3, 1)),
        (NUp(2, 2), (4, 4), (0, 0)),
        (Cover(), (2, 2), (2, 0)), (Worked(Saddle()), (4, 2), (2, 0)), (Worked(Saddle(), True), (2, 4), (1, 0)),
    ],
)  # fmt: skip
def test_cuts_are_marked_at_each_edge_of_a_page_but_its_spine(scheme, cuts, folds):
    options = SheetOptions(gutter=8, spine=4)
    layout = lay_out(scheme, options, PAGE)
    solid, dashed = sheet_marks.draw(layout).split("[3 2] 0 d")
    assert solid.startswith("q /Registration CS /Registration cs 1 SCN 1 scn 0.25 w ")
    assert (len(lines(solid)), len(lines(dashed))) == (2 * sum(cuts), 2 * sum(folds))
    xs = {x for x, _, other, _ in lines(solid) if x == other}
    assert len(xs) == cuts[0]
    assert all(round(edge, 1) not in xs for i in range(len(layout.columns) - 1) if layout.grid.spine(i)
               for edge in (layout.columns[i][1], layout.columns[i + 1][0]))  # fmt: skip


def test_the_collating_mark_is_a_step_lower_on_each_signature_and_begins_again():
    scheme = Perfect(1)
    layout = lay_out(scheme, SheetOptions(), PAGE)
    sheet = scheme.arrange(4, Edge.LEFT)[0]
    spine, top = layout.columns[0][1], layout.rows[0][0]

    def bar(number: int) -> tuple[float, ...]:
        drawn = sheet_marks.draw(layout, (number, sheet.front))
        return tuple(float(each) for each in re.findall(r"([-\d.]+) ([-\d.]+) ([-\d.]+) ([-\d.]+) re f", drawn)[0])

    step = 8 * MM
    for number in (0, 1, 2):
        assert bar(number) == pytest.approx((spine - MM, top - step * (2 + number), 2 * MM, step), abs=0.001)
    steps = int(300 / step) - 2
    assert bar(steps) == bar(0) != bar(steps - 1)


def test_a_registration_mark_is_a_cross_in_a_circle():
    cross, circle = sheet_marks.target(10, 20).splitlines()
    assert cross == "4.000 20.000 m 16.000 20.000 l S 10.000 14.000 m 10.000 26.000 l S"
    assert circle.startswith("13.000 20.000 m 13.000 21.657 11.657 23.000 10.000 23.000 c ")
    assert circle.endswith(" 13.000 20.000 c S") and circle.count(" c") == 4


@pytest.mark.parametrize(
    ("room", "count"), [(0, 0), (4.9, 0), (5, 1), (9.9, 1), (10, 2), (44.9, 8), (45, 9), (1000, 9)]
)
def test_a_colour_bar_has_as_many_patches_as_there_is_room_for(room, count):
    drawn = list(sheet_marks.colour_bar(7, 9, room * MM + 1e-6))
    assert len(drawn) == count
    for index, patch in enumerate(drawn):
        assert patch == f"q {PATCHES[index]} {7 + index * 5 * MM:.3f} 9.000 {5 * MM:.3f} {MARK - 4:.3f} re f Q\n"


def test_controls_are_beside_the_pages_and_not_where_a_fold_is():
    for scheme, part in ((Saddle(), 2), (Saddle(2), 4)):
        layout = lay_out(scheme, SheetOptions(controls=True), PAGE)
        outer, out = layout.outer, BLEED + MARK / 2 + 1
        drawn = sheet_marks.controls(layout, PATCHES)
        height = outer.bottom + outer.height / part
        for x in (outer.left - out, outer.right + out):
            assert sheet_marks.target(x, height) in drawn
        left, right = layout.columns[0]
        bar = sheet_marks.colour_bar(left + 2 * MM, outer.bottom - BLEED - MARK, right - left - 4 * MM)
        assert drawn.endswith("Q\n" + "".join(bar))


# --- inks -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name", "cmyk", "inks"),
    [
        ("black", "", (0, 0, 0, 1), "Black"), (" BLACK ", "", (0, 0, 0, 1), "Black"),
        ("PANTONE 300 U=100,44,0,0", "PANTONE 300 U", (1, 0.44, 0, 0), "PANTONE 300 U, Black"),
        ("  Rain =0,0,0,100 ", "Rain", (0, 0, 0, 1), "Rain, Black"),
    ],
)  # fmt: skip
def test_an_ink_is_black_or_a_name_with_its_percentages(text, name, cmyk, inks):
    found = SpotInk.parse(text)
    assert (found.name, found.cmyk, found.inks) == (name, cmyk, inks)


@pytest.mark.parametrize("text", ["cyan=1,2,3,4", " MAGENTA =1,2,3,4", "yellow=1,2,3,4", "Black=0,0,0,1", "all=1,2,3,4",
                                  "none=1,2,3,4", "a=101,0,0,0", "a=0,0,0,101", "a=1,2,3,4,5", "a=b=1,2,3",
                                  "a=1000,0,0,0"])  # fmt: skip
def test_the_name_of_a_process_ink_or_a_wrong_share_is_no_ink(text):
    with pytest.raises(OrderError) as caught:
        SpotInk.parse(text)
    assert caught.value.message == f"not an ink: {text}"
    assert caught.value.hint == (
        "give black, or a name and its percentages of cyan, magenta, yellow and black: NAME=100,44,0,0"
    )


@pytest.mark.parametrize(
    ("inks", "patches"),
    [
        ("", PATCHES), ("Black", ("0 0 0 1 k", "0 0 0 .5 k", "0 0 0 .25 k")),
        ("Rain, Black", ("/Inks cs 1 0 scn", "/Inks cs .5 0 scn", "/Inks cs 1 1 scn", "0 0 0 1 k", "0 0 0 .5 k",
            "0 0 0 .25 k")),
    ],
)  # fmt: skip
def test_a_colour_bar_has_the_inks_of_its_job(inks, patches):
    assert bar_patches(inks) == patches
    assert len(PATCHES) == 9 and PATCHES[:4] == ("1 0 0 0 k", "0 1 0 0 k", "0 0 1 0 k", "0 0 0 1 k")


def page(content: str, **resources: object) -> bytes:
    pdf, file = pikepdf.new(), io.BytesIO()
    pdf.add_blank_page(page_size=(400, 500))
    pdf.pages[0].Contents = pdf.make_stream(content.encode())
    pdf.pages[0].Resources = Dictionary(**resources)
    pdf.docinfo.CreationDate = "D:20170818"
    pdf.save(file)
    return file.getvalue()


def separated(content: str, ink: str = "") -> str:
    """What the page draws in the press copy, without its clip and marks."""
    with pikepdf.open(io.BytesIO(pdfx.to_pdfx(page(content), ink=SpotInk.parse(ink) if ink else None))) as pdf:
        drawn = pdf.pages[0].Contents.read_bytes().decode()
    return " ".join(drawn.split("re W n\n")[1].split("\nQ\n")[0].split())


@pytest.mark.parametrize(
    ("content", "ink", "expected"),
    [
        ("0 g 1 G 0.25 g", "", "0 0 0 1 k 0 0 0 0 K 0 0 0 0.75 k"),
        ("0 0 0 rg 1 1 1 RG 0.5 0.5 0.5 rg", "", "0 0 0 1 k 0 0 0 0 K 0 0 0 0.5 k"),
        ("0.1 0.2 0.3 0.4 k 1 0 0 0 K", "", "0.1 0.2 0.3 0.4 k 1 0 0 0 K"),
        ("0 0 0 0.4 k 0 0 0 1 K", "black", "0 0 0 0.4 k 0 0 0 1 K"),
        ("0 g 0.2 0.2 0.2 rg", "Rain=90,40,10,20", "0 0 0 1 k 0 0 0 0.8 k"),
        ("1 1 1 rg", "Rain=90,40,10,20", "0 0 0 0 k"),
        ("/DeviceCMYK cs /DeviceGray CS", "", "/DeviceCMYK cs /DeviceGray CS"),
    ],
)  # fmt: skip
def test_neutral_colours_are_black_ink_alone(content, ink, expected):
    assert separated(content, ink) == expected


def test_colours_are_the_inks_that_look_like_them():
    red = [float(each) for each in separated("1 0 0 rg").split()[:4]]
    blue = [float(each) for each in separated("0 0 1 RG").split()[:4]]
    assert separated("0 0 1 RG").split()[4] == "K"
    assert red[0] < 0.2 < 0.7 < min(red[1], red[2]) and blue[2] < 0.2 < 0.7 < blue[0]
    black = separated("1 0 0 rg", "black").split()
    assert black[:3] == ["0", "0", "0"] and 0.3 < float(black[3]) < 0.6 and black[4] == "k"
    darker = separated("0 0 0.5 rg", "black").split()
    assert float(darker[3]) > float(black[3]) + 0.2


def test_a_colour_becomes_a_tint_of_the_ink_and_of_black_where_that_is_not_dark_enough():
    light = re.fullmatch(r"/Inks cs ([\d.]+) ([\d.]+) scn", separated("0.8 0.9 1 rg", "Rain=90,40,10,20"))
    dark = re.fullmatch(r"/Inks CS ([\d.]+) ([\d.]+) SCN", separated("0 0 0.3 RG", "Rain=90,40,10,20"))
    assert light and 0 < float(light[1]) < 0.4 and float(light[2]) == 0
    assert dark and float(dark[1]) == 1 and 0.4 < float(dark[2]) < 1


@pytest.mark.parametrize(
    ("content", "ink", "message", "hint"),
    [
        ("/Pattern cs", "", "cannot separate cs /Pattern", "use RGB, grey or CMYK colours"),
        ("/ICC CS", "", "cannot separate CS /ICC", "use RGB, grey or CMYK colours"),
        ("BI /W 1 /H 1 /BPC 8 /CS /G ID x EI", "", "cannot separate INLINE IMAGE", "use RGB, grey or CMYK colours"),
        ("0 0.1 0 0 k", "black", "a colour is in four inks, and the job has fewer", "use RGB or grey colours"),
        ("0 0 0.1 0 K", "black", "a colour is in four inks, and the job has fewer", "use RGB or grey colours"),
    ],
)  # fmt: skip
def test_what_cannot_be_separated_is_named_with_its_page(content, ink, message, hint):
    with pytest.raises(SourceError) as caught:
        separated(content, ink)
    assert caught.value.message.startswith(message)
    assert (caught.value.where, caught.value.hint) == ("page 1", hint)


@pytest.mark.parametrize(
    ("state", "refused"),
    [
        ({}, False), ({"ca": 1, "CA": 1}, False), ({"ca": 0.9995}, False), ({"ca": 0.998}, True), ({"CA": 0.5}, True),
        ({"BM": Name.Normal}, False), ({"BM": Name.Compatible}, False), ({"BM": Name.Multiply}, True),
        ({"SMask": Name("/None")}, False), ({"SMask": Dictionary(S=Name.Luminosity)}, True),
    ],
)  # fmt: skip
def test_transparency_is_what_lets_something_shine_through(state, refused):
    data = page("/T gs", ExtGState=Dictionary(T=Dictionary(**state)))
    pdfx.to_pdfx(data)
    if not refused:
        pdfx.to_pdfx(data, standard=pdfx.PdfxStandard.X1A)
        return
    with pytest.raises(SourceError) as caught:
        pdfx.to_pdfx(data, standard=pdfx.PdfxStandard.X1A)
    assert (caught.value.message, caught.value.where, caught.value.hint) == (
        "the page draws with transparency", "page 1", "publish as PDF/X-4, or use opaque colours",
    )  # fmt: skip


def test_transparency_groups_blend_in_inks_or_are_removed():
    pdf, file = pikepdf.new(), io.BytesIO()
    pdf.add_blank_page(page_size=(400, 500))
    form = pdf.make_stream(b"1 0 0 rg", Subtype=Name.Form, Group=Dictionary(S=Name.Transparency, CS=Name.DeviceRGB))
    pdf.pages[0].Resources = Dictionary(XObject=Dictionary(F=form))
    pdf.pages[0].Group = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB)
    pdf.docinfo.CreationDate = "D:20170818"
    pdf.save(file)
    for standard, spaces in ((pdfx.PdfxStandard.X4, [Name.DeviceCMYK] * 2), (pdfx.PdfxStandard.X1A, [])):
        with pikepdf.open(io.BytesIO(pdfx.to_pdfx(file.getvalue(), standard=standard))) as made:
            drawn = made.pages[0]
            found = [each.Group.CS for each in (drawn.obj, drawn.Resources.XObject.F) if Name.Group in each]
            assert found == spaces
            assert drawn.Resources.XObject.F.read_bytes().endswith(b" k")


@pytest.mark.parametrize(
    ("created", "date"),
    [
        ("D:20170818", "D:20170818000000Z"), ("D:2017081812", "D:20170818120000Z"),
        ("D:20170818123456", "D:20170818123456Z"),
        ("D:20170818123456+02'00'", "D:20170818123456Z"), ("20170818", "D:20170818000000Z"),
        ("D:20170818+02'00'", "D:20170818000000Z"), ("D:201708181230-05'30'", "D:20170818123000Z"),
    ],
)  # fmt: skip
def test_a_date_is_completed_with_a_time(created, date):
    assert pdfx._complete(created) == date


@pytest.mark.parametrize("created", ["D:2017081", "D:2017", "yesterday"])
def test_a_date_that_is_none_is_refused(created):
    with pytest.raises(SourceError, match=f"invalid creation date: {created}"):
        pdfx._complete(created)


# --- slug lines -------------------------------------------------------------------------------------------------------


def test_a_slug_line_is_as_large_as_fits():
    font = slug.embed(pikepdf.new(), ["abc"])
    wide = font.width("abc", 7)
    assert slug.fit(font, "abc", 7, wide) == pytest.approx(7) == slug.fit(font, "abc", 7, wide + 100)
    assert slug.fit(font, "abc", 7, wide / 2) == pytest.approx(3.5)
    assert slug.fit(font, "", 7, 10) == 7
    assert font.show("ab") == f"<{font.codes['a']:04X}{font.codes['b']:04X}>" and len(set(font.codes.values())) == 3


def test_a_letter_that_the_font_lacks_is_named():
    with pytest.raises(TypesettingError, match="the font Amiri lacks 決 議"):
        slug.embed(pikepdf.new(), ["a決", "議b"])


@pytest.mark.parametrize(
    ("line", "drawn"),
    [("A/1 (b)", "A/1 (b)"), ("نص · A/1", "A/1 · ﺺﻧ"), ("A/1 [2] · «نص»", "«ﺺﻧ» · A/1 [2]"), ("{نص}", "{ﺺﻧ}"),
        ("<نص>", "<ﺺﻧ>")],
)  # fmt: skip
def test_a_line_is_drawn_from_left_to_right(line, drawn):
    assert slug.visual(line) == drawn


# --- pictures of sheets -----------------------------------------------------------------------------------------------


def test_a_preview_is_drawn_to_scale():
    drawn = preview_svg(arrange(publication(3), Saddle(), options=SheetOptions(marks=False)))
    width, height = 400 / MM, 300 / MM
    assert f'viewBox="0 0 {2 * width + 24:.1f} {18 + height + 16:.1f}"' in drawn
    assert '<text x="8.0" y="14.0" text-anchor="start">1: bound at the left, 1 sheets</text>' in drawn
    assert re.findall(r"translate\(([\d.]+ [\d.]+)\)", drawn) == ["8.0 18.0", f"{width + 16:.1f} 18.0"]
    boxes = re.findall(
        r'<rect class="(\w+)" (?:x="([\d.]+)" y="([\d.]+)" )?width="([\d.]+)" height="([\d.]+)"/>', drawn
    )
    half = f"{width / 2:.1f}"
    sheet, page = ("sheet", "", "", f"{width:.1f}", f"{height:.1f}"), (half, f"{height:.1f}")
    assert boxes == [
        sheet, ("blank", "0.0", "0.0", *page), ("page", half, "0.0", *page), sheet, ("page", "0.0", "0.0", *page),
        ("page", half, "0.0", *page),
    ]  # fmt: skip
    assert re.findall(r">(\d|sheet[^<]+)</text>", drawn) == [
        "1", "sheet 1 front, signature 1", "2", "3", "sheet 1 back, signature 1",
    ]  # fmt: skip


def test_pages_that_lie_upside_down_are_drawn_so():
    drawn = preview_svg(arrange(publication(8), Saddle(2)))
    turned = re.findall(r'text-anchor="middle"( transform="rotate\(180 [\d. ]+\)")?>(\d)</text>', drawn)
    assert {number for turn, number in turned if turn} == {"5", "4", "3", "6"}
    assert {number for turn, number in turned if not turn} == {"8", "1", "2", "7"}


def test_a_page_says_how_many_sheets_pages_and_blanks_there_are():
    page = preview_html(arrange(publication(6), Perfect(1)))
    shown = " ".join(re.sub(r"<style>.*?</style>|<svg.*?</svg>|<[^>]+>", " ", page, flags=re.S).split())
    assert shown == (
        "Sheets of publication 1 Sheets Paper 157 × 122 mm, pages at 100% of their size. publication bound at the "
        "pages blank pages sheets publication 1 left 6 2 2 Folding, bound at the left Turn a sheet over like the leaf "
        "of a book, "
        "so that its back is seen. Fold the shaded part along the dashed line: 1. the left half over the right one "
        "page 1 is on top, the spine at the left Lay the sheets of a signature into each other, the first outside, and "
        "pile the signatures. The marks on their spines form a staircase. Sheets, front and back"
    )
    cover = preview_html(arrange(publication(2), Cover(), options=SheetOptions(spine=5)))
    assert "the spine at the" not in cover and "Folding" not in cover
    booklet = preview_html(arrange(publication(6), Booklet()))
    assert (
        booklet.count("the left half over the right one") == 1 and "page 1 is on top, the spine at the left" in booklet
    )


def test_folds_are_drawn_with_the_part_that_moves():
    shown = preview_html(arrange(publication(12), Saddle(section=12)))
    height = 16 * 1.5  # of a page in the pictures
    moved = re.findall(r'class="moved" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"', shown)
    assert moved == [
        ("0.0", "0.0", "32.0", f"{height}"),
        ("0.0", f"{height}", "32.0", f"{height}"),
        ("0.0", "0.0", "16.0", f"{height}"),
    ]
    sizes = re.findall(r'<rect class="sheet" width="([\d.]+)" height="([\d.]+)"/><rect class="moved"', shown)
    assert sizes == [("32.0", f"{3 * height}"), ("32.0", f"{2 * height}"), ("32.0", f"{height}")]
    arrows = re.findall(r'class="arrow" d="([^"]+)"', shown)
    assert arrows == [
        "M 16.0 12.0 Q 24.0 24.0 16.0 36.0",
        "M 16.0 36.0 Q 24.0 24.0 16.0 12.0",
        "M 8.0 12.0 Q 16.0 4.0 24.0 12.0",
    ]
    creases = re.findall(r'class="crease" x1="([\d.]+)" y1="([\d.]+)" x2="([\d.]+)" y2="([\d.]+)"', shown)
    assert creases == [("0.0", "24.0", "32.0", "24.0")] * 2 + [("16.0", "0.0", "16.0", "24.0")]


def test_a_fold_beside_the_spine_halves_the_sheet() -> None:
    shown = preview_html(arrange(publication(16), Saddle(3)))
    sizes = re.findall(r'<rect class="sheet" width="([\d.]+)" height="([\d.]+)"/><rect class="moved"', shown)
    assert sizes == [("64.0", "48.0"), ("32.0", "48.0"), ("32.0", "24.0")]
