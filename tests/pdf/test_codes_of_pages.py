"""Codes on page one: at its foot, among its drawings, and as letters of a font that is not bundled.

Both codes of our own making are read from the bars in the content. All others are left to PDFium, and so are these when
anything is done to them.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from itertools import groupby

import pikepdf
import pypdfium2
import pytest
from barcode import Code39

from masthead.document import Rectangle, SourceError
from masthead.pdf.content.runs import read_page_texts
from masthead.pdf.drawn import barcodes, raster
from masthead.pdf.drawn.drawing_reader import read_drawings
from masthead.pdf.drawn.drawings import AREA, FORM, Drawing
from masthead.pdf.drawn.pages import read_page
from masthead.pdf.drawn.simple_pages import SimplePages
from masthead.pdf.evidence import gather
from masthead.pdf.glyphs.known_fonts import KnownFonts
from masthead.pdf.opening import open_pdf
from masthead.publication import Edition
from masthead.typesetting import fonts

_JOB = "4912345"
_HEIGHT = 12


def bars(x: float, y: float, unit: float = 0.65) -> list[str]:
    """The bars of a Code 39, each a rectangle, from a place counted from the lower left corner of a page."""
    (modules,) = Code39(_JOB, add_checksum=False).build()
    found = []
    for module, run in groupby(modules):
        width = unit * len(list(run))
        if module == "1":
            found.append(f"{x:.3f} {y:.3f} {width:.3f} {_HEIGHT} re")
        x += width
    return found


def without_barcode(pdf: bytes, drawn: Sequence[str] = (), font: str = "") -> bytes:
    """A file with its barcode covered, something drawn on page one, and another name for its fonts."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        page = file.pages[0]
        page.contents_add(b"q", prepend=True)
        cover = "1 g 430 20 130 30 re f 0 g"
        page.contents_add("\n".join(("Q q", cover, *drawn, "Q")).encode())
        for each in page.obj.Resources.Font.as_dict().values() if font else ():
            each.DescendantFonts[0].BaseFont = pikepdf.Name(f"/ABCDEF+{font}")
        file.save(made := io.BytesIO())
    return made.getvalue()


def barcode(pdf: bytes) -> str:
    return gather(pdf).facts.barcode


@pytest.fixture
def pictures(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How many million dots each picture has that codes are looked for in."""
    found: list[float] = []
    render = pypdfium2.PdfPage.render

    def recorded(page: pypdfium2.PdfPage, **settings: object) -> pypdfium2.PdfBitmap:
        picture = render(page, **settings)
        found.append(picture.width * picture.height / 1e6)
        return picture

    monkeypatch.setattr(pypdfium2.PdfPage, "render", recorded)
    return found


def test_the_codes_at_the_foot_take_one_small_picture(touchstone_edition: Edition, pictures: list[float]) -> None:
    marked = added(touchstone_edition.pdf.data, "1 1 m 2 2 l 9 1 l s")
    assert barcode(marked) == "1712889"
    assert len(pictures) == 1 and pictures[0] < 1


def test_the_codes_of_our_own_files_are_read_without_pdfium(
    touchstone_edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(pdf: bytes) -> None:
        raise AssertionError

    monkeypatch.setattr(raster, "opened", never)
    facts = gather(touchstone_edition.pdf.data).facts
    assert (facts.barcode, facts.qr_code) == ("1712889", "https://undocs.org/E/RES/2017/18")


def test_a_file_that_is_damaged_is_opened_by_pdfium(
    touchstone_edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(pdf: bytes) -> None:
        raise SourceError("the PDF cannot be read")

    monkeypatch.setattr(raster, "opened", refused)
    moved = re.sub(rb"(?<=startxref\n)\d+", lambda place: b"%d" % (int(place[0]) + 3), touchstone_edition.pdf.data)
    assert gather(touchstone_edition.pdf.data)
    with pytest.raises(SourceError, match="cannot be read"):
        gather(moved)


def added(pdf: bytes, content: str) -> bytes:
    """A file with something drawn at the end of page one, in the units of its style, from the upper left corner."""
    return edited(pdf, lambda data: data + f"\nq 0.75 0 0 0.75 0 0 cm {content} Q".encode())


def edited(pdf: bytes, edit: Callable[[bytes], bytes]) -> bytes:
    """A file with another content on page one."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        content = file.pages[0].Contents
        before = content.read_bytes()
        content.write(edit(before))
        assert content.read_bytes() != before
        file.save(made := io.BytesIO())
    return made.getvalue()


_BARS, _QR = rb"(?s)(?<=16 re\nW\nn\n)(.*?\nf\n)", rb"(?s)(?<=72.933333 re\nW\nn\n)(.*?\nB\n)"


def within(code: bytes, old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    """An edit of what draws a code."""
    return lambda data: re.sub(code, lambda drawn: drawn[1].replace(old, new), data, count=1)


def with_state(**entries: object) -> Callable[[bytes], bytes]:
    """A file whose graphics states say something more."""

    def change(pdf: bytes) -> bytes:
        with pikepdf.open(io.BytesIO(pdf)) as file:
            for state in file.pages[0].Resources.ExtGState.as_dict().values():
                for name, value in entries.items():
                    state[f"/{name}"] = value
            file.save(made := io.BytesIO())
        return made.getvalue()

    return change


def with_stamp(pdf: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(pdf)) as file:
        form = pikepdf.Stream(file, b"1 g 0 0 60 20 re f", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form)
        form.BBox = pikepdf.Array([0, 0, 60, 20])
        stamp = {"/Type": pikepdf.Name.Annot, "/Subtype": pikepdf.Name.Stamp, "/Rect": [460, 26, 520, 46], "/F": 4}
        shown = pikepdf.Dictionary(**stamp, AP=pikepdf.Dictionary(N=file.make_indirect(form)))
        page = file.pages[0].obj
        page.Annots = pikepdf.Array([*page.get("/Annots", ()), file.make_indirect(shown)])
        file.save(made := io.BytesIO())
    return made.getvalue()


def edit(change: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
    return lambda pdf: edited(pdf, change)


def draw(content: str) -> Callable[[bytes], bytes]:
    return lambda pdf: added(pdf, content)


def text_at(x: float, y: float) -> Callable[[bytes], bytes]:
    """An edit that writes a text of the page once more, somewhere else."""

    def change(data: bytes) -> bytes:
        text = re.findall(rb"BT\n1 0 0 -1 \S+ \S+ Tm\n[^\n]+\n[^\n]+\nET\n", data)[-1]
        return data + b"\nq 0.75 0 0 0.75 0 0 cm 0 g " + re.sub(rb"-1 \S+ \S+", b"-1 %.1f %.1f" % (x, y), text) + b"Q"

    return edit(change)


CHANGES: Mapping[str, Callable[[bytes], bytes]] = {
    "a text over the barcode": text_at(600, 1012),
    "a text over the QR code": text_at(90, 1000),
    "a text beside the barcode": text_at(731, 1012),
    "a white area over bars": draw("1 g 620 1000 10 20 re f"),
    "a white area over the QR code": draw("1 g 100 960 30 30 re f"),
    "a black area over bars": draw("0 g 620 1000 10 20 re f"),
    "a line through the QR code": draw("80 980 m 170 980 l S"),
    "a black area under bars": edit(lambda data: data.replace(b"\nq", b"\n460 752 10 5 re f\nq", 1)),
    "a clip of half the barcode": edit(lambda data: re.sub(rb"134\.933333 16 re\nW", b"60 16 re\nW", data)),
    "a clip of half the QR code": edit(lambda data: re.sub(rb"72\.933333 72\.933333 re\nW", b"40 72.9 re\nW", data)),
    "a clip at an angle": edit(
        lambda data: re.sub(
            rb"593\.8\d+ 1000\.2\d+ 134\.933333 16 re\nW", b"590 1000 m 730 1000 l 650 1017 l h\nW", data
        )
    ),
    "light grey bars": edit(within(_BARS, b"0 0 0 rg", b"0.8 g")),
    "dark grey bars": edit(within(_BARS, b"0 0 0 rg", b"0.2 g")),
    "white bars": edit(within(_BARS, b"0 0 0 rg", b"1 g")),
    "bars in another space": edit(within(_BARS, b"0 0 0 rg", b"/srgb cs 0.9 0.9 0.9 scn")),
    "a light QR code": edit(within(_QR, b"0 0 0 RG", b"0.9 0.9 0.9 RG")),
    "a QR code in CMYK": edit(within(_QR, b"0 0 0 RG", b"0 0 0 0 K")),
    "dashes": edit(within(_QR, b"[] 0 d", b"[0.2 0.8] 0 d")),
    "square ends": edit(within(_QR, b"0 J", b"2 J")),
    "thin lines": edit(within(_QR, b"1 w", b"0.3 w")),
    "hairlines": edit(within(_QR, b"1 w", b"0 w")),
    "wide lines": edit(within(_QR, b"1 w", b"1.6 w")),
    "a QR code at an angle": edit(within(_QR, b"2.514943 0 0 2.514943", b"2.4 0.3 -0.3 2.4")),
    "bars that are filled twice": edit(within(_BARS, b"\nf\n", b"\nf*\n")),
    "transparent": with_state(ca=0.3, CA=0.3),
    "another state": with_state(LW=9),
    "a blend mode": with_state(BM=pikepdf.Name.Screen),
    "a stamp on it": with_stamp,
    "another code at the foot": draw("q 1 0 0 1 -300 0 cm " + " ".join(bars(600, 1000)) + " f Q"),
    "bars thinner than a dot": edit(within(_BARS, b"0.94359 0 0 16", b"0.2 0 0 16")),
    "bars one by one": edit(within(_BARS, b"h\n", b"h f\n")),
    "clipped by text": edit(lambda data: re.sub(rb"\nBT\n", b"\nBT\n7 Tr\n", data, count=1)),
    "a code beside the page": edit(within(_BARS, b"1 0 0 1 593.866667", b"1 0 0 1 690")),
    "a code above the foot": edit(within(_BARS, b"1000.266667 cm", b"800 cm")),
    "no barcode": edit(within(_BARS, b"\nf\n", b"\nn\n")),
}


@pytest.mark.parametrize("name", CHANGES)
def test_codes_to_which_anything_is_done_are_read_as_before(touchstone_edition: Edition, name: str) -> None:
    pdf = CHANGES[name](touchstone_edition.pdf.data)
    file, _ = open_pdf(pdf)
    simple = SimplePages(file, read_page_texts(file), KnownFonts(file, fonts.find_faces()))
    with raster.opened(pdf) as opened, closing(opened[0]) as first:
        page = simple.page(0, lambda index: read_drawings(first), ())
        own = page and simple.codes(page)
        found = barcodes.read_codes(first, (page or read_page(first, 0, ())).drawings)
    assert not own
    facts = gather(pdf).facts
    assert (facts.barcode, facts.qr_code) == (found.get("barcode", ""), found.get("qr", ""))


@pytest.mark.parametrize("paint", ["one path", "a path for each bar"])
def test_a_code_elsewhere_on_the_page_is_found(touchstone_edition: Edition, paint: str) -> None:
    each = " f\n" if paint != "one path" else "\n"
    assert barcode(without_barcode(touchstone_edition.pdf.data, [each.join(bars(250, 430)), "f"])) == _JOB


def test_a_missing_code_is_looked_for_only_where_something_is_drawn(
    touchstone_edition: Edition, pictures: list[float]
) -> None:
    assert barcode(without_barcode(touchstone_edition.pdf.data)) == ""
    assert sum(pictures) < 4


def test_letters_of_other_fonts_can_be_codes(touchstone_edition: Edition, pictures: list[float]) -> None:
    assert barcode(without_barcode(touchstone_edition.pdf.data, font="Barcode 3 of 9")) == ""
    assert sum(pictures) > 15


def test_a_code_is_found_where_the_page_begins_elsewhere_than_its_sheet(touchstone_edition: Edition) -> None:
    moved = without_barcode(touchstone_edition.pdf.data, [*bars(250, 430), "f"])
    with pikepdf.open(io.BytesIO(moved)) as file:
        file.pages[0].obj.CropBox = pikepdf.Array([40, 60, 612, 792])
        file.save(made := io.BytesIO())
    assert barcode(made.getvalue()) == _JOB


def box(left: float, top: float, right: float, bottom: float, kind: str = AREA) -> Drawing:
    return Drawing(kind, (left, top, right, bottom))


@pytest.mark.parametrize(
    ("drawings", "places"),
    [
        ([], []),
        ([box(50, 60, 550, 60.5)], []),  # a rule
        ([box(50, 60, 100, 64)], [(50, 60, 100, 64)]),
        ([box(50, 60, 53.9, 90)], []),
        ([box(left, 10, left + 0.6, 22) for left in (10, 12, 15, 17, 19)], [(10, 10, 19.6, 22)]),
        ([box(10, 10, 30, 30), box(33.1, 10, 60, 30)], [(10, 10, 30, 30), (33.1, 10, 60, 30)]),
        ([box(10, 10, 30, 30), box(40, 10, 60, 30, FORM), box(29, 10, 41, 12)], [(10, 10, 60, 30)]),
    ],
)
def test_drawings_that_touch_can_be_one_code(drawings: Sequence[Drawing], places: Sequence[Rectangle]) -> None:
    assert barcodes.drawn_places(drawings) == places
