"""The press copy: inks, boxes, marks and slug line, and the preflight rules for it."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageChops, ImageCms, ImageFilter, ImageStat
from typer.testing import CliRunner

import tiffsep
from masthead import preflight, press
from masthead.cli.app import app
from masthead.document.errors import OrderError, SourceError
from masthead.document.terms import Variant
from masthead.pdf.drawn import plates
from masthead.preflight import press as press_rules
from masthead.press import SpotInk, pdfx, slug
from masthead.press.imposition import (
    Booklet,
    CutStack,
    Edge,
    NUp,
    Paper,
    Perfect,
    Saddle,
    SheetOptions,
    StepRepeat,
    arrange,
    impose,
)
from masthead.press.imposition.marks import COLOUR
from masthead.publication import Edition, Options, publish
from paths import TOUCHSTONE

MM = 72 / 25.4
PRESS = preflight.profile("press")


@pytest.fixture(scope="module")
def x4() -> Edition:
    return publish(TOUCHSTONE, Options(Variant.PRESS))


@pytest.fixture(scope="module")
def x1a() -> Edition:
    return publish(TOUCHSTONE, Options(Variant.PRESS_X1A))


@pytest.fixture(scope="module")
def x6() -> Edition:
    return publish(TOUCHSTONE, Options(Variant.PRESS_X6))


def opened(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(data))


def saved(pdf: pikepdf.Pdf) -> bytes:
    file = io.BytesIO()
    pdf.save(file)
    return file.getvalue()


def page(content: str, *, dated: bool = True, **resources: object) -> bytes:
    """One page of 400 × 500 points that draws `content`."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(400, 500))
    pdf.pages[0].Contents = pdf.make_stream(content.encode())
    pdf.pages[0].Resources = Dictionary(**resources)
    if dated:
        pdf.docinfo.CreationDate = "D:20170818"
    return saved(pdf)


def content(data: bytes) -> str:
    with opened(data) as pdf:
        return pdf.pages[0].Contents.read_bytes().decode("latin-1")


# --- the file ---------------------------------------------------------------------------------------------------------


def test_the_press_copy_passes_preflight(x4, x1a, x6):
    for edition in (x4, x1a, x6):
        found = {
            finding.rule
            for finding in edition.report.findings
            if finding.rule.startswith(("press", "archive", "fonts"))
        }
        assert found == {"press.signature"}
        assert not edition.report.failed


def test_two_runs_give_the_same_bytes(x4, x1a):
    assert publish(TOUCHSTONE, Options(Variant.PRESS)).pdf.data == x4.pdf.data
    assert publish(TOUCHSTONE, Options(Variant.PRESS_X1A)).pdf.data == x1a.pdf.data


def test_the_file_is_valid(x4, x1a, x6, tmp_path):
    for edition in (x4, x1a, x6):
        path = tmp_path / "press.pdf"
        edition.pdf.save(path)
        checked = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True)
        assert checked.returncode == 0, checked.stdout + checked.stderr


def test_page_boxes_are_where_they_should_be(x4):
    with opened(x4.pdf.data) as pdf:
        for one in pdf.pages:
            assert [float(edge) for edge in one.TrimBox] == [0, 0, 612, 792]
            bleed, media = ([float(edge) for edge in box] for box in (one.BleedBox, one.MediaBox))
            assert bleed == pytest.approx([-3 * MM, -3 * MM, 612 + 3 * MM, 792 + 3 * MM], abs=0.01)
            assert media == pytest.approx([-15 * MM, -15 * MM, 612 + 15 * MM, 792 + 15 * MM], abs=0.01)


def test_the_output_intent_is_embedded(x4, x1a, x6):
    for edition in (x4, x1a, x6):
        with opened(edition.pdf.data) as pdf:
            (intent,) = pdf.Root.OutputIntents
            assert intent.S == Name.GTS_PDFX and str(intent.OutputConditionIdentifier) == "FOGRA47"
            assert intent.DestOutputProfile.read_bytes() == pdfx.CONDITION.read_bytes()


def test_each_standard_is_declared_as_it_requires(x4, x1a, x6):
    with opened(x6.pdf.data) as pdf:
        assert b"<pdfxid:GTS_PDFXVersion>PDF/X-6</pdfxid:GTS_PDFXVersion>" in pdf.Root.Metadata.read_bytes()
        assert pdf.pdf_version == "2.0"
    with opened(impose(x6.pdf, Saddle()).data) as pdf:  # sheets are of the same standard
        assert b">PDF/X-6<" in pdf.Root.Metadata.read_bytes() and pdf.pdf_version == "2.0"
    with opened(x4.pdf.data) as pdf:
        assert b"<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>" in pdf.Root.Metadata.read_bytes()
        assert b"2017-08-18T00:00:00Z" in pdf.Root.Metadata.read_bytes()
    with opened(x1a.pdf.data) as pdf:
        assert pdf.docinfo.GTS_PDFXVersion == "PDF/X-1a:2003" and pdf.docinfo.Trapped == Name("/False")
        assert pdf.docinfo.CreationDate == pdf.docinfo.ModDate == "D:20170818000000Z"
        assert pdf.pdf_version == "1.4" and Name.Metadata not in pdf.Root


def test_screen_features_are_left_out(x4):
    with opened(x4.pdf.data) as pdf:
        assert set(pdf.Root.keys()) == {"/Type", "/Pages", "/Lang", "/ViewerPreferences", "/OutputIntents", "/Metadata"}
        assert all(Name.Annots not in one.obj for one in pdf.pages)


def test_only_black_prints_under_text(x4):
    """Also under the links of symbols, which are blue on the reading copy."""
    pictures = plates.separate(x4.pdf.data)
    assert len(pictures) == 6
    for picture in pictures:
        assert not plates.rich_black(picture) and plates.total(picture) <= 100
    black = page("0 0 0 rg 50 50 300 20 re f .5 .5 .5 rg 50 100 300 20 re f 1 0 0 RG 5 w 50 200 m 350 200 l S")
    (picture,) = plates.separate(pdfx.to_pdfx(black))
    cyan, magenta, yellow, key = picture.split()
    half = key.width // 2
    lines = [
        (plate.getpixel((half, key.height - round(y / 2))) or 0) for y in (60, 110) for plate in (cyan, magenta, yellow)
    ]
    assert lines == [0] * 6 and key.getpixel((half, key.height - 30)) == 255
    assert magenta.getextrema()[1] > 150 and yellow.getextrema()[1] > 150


def test_reading_copy_and_press_copy_have_the_same_pages(x4, touchstone_edition):
    def grey(data: bytes, index: int) -> Image.Image:
        pdf = pypdfium2.PdfDocument(data)
        leaf = pdf[index]
        left, bottom, right, top = leaf.get_trimbox()
        leaf.set_mediabox(left, bottom, right, top)
        leaf.set_cropbox(left, bottom, right, top)
        image = leaf.render(scale=1, grayscale=True).to_pil().copy()
        leaf.close()
        pdf.close()
        return image

    for index in (0, 3):
        one, other = grey(touchstone_edition.pdf.data, index), grey(x4.pdf.data, index)
        assert one.size == other.size
        for dark, near in ((one, other), (other, one)):
            strokes = dark.point(lambda shade: 255 if shade < 60 else 0)
            lost = near.filter(ImageFilter.MinFilter(3)).point(lambda shade: 255 if shade > 170 else 0)
            assert strokes.histogram()[255] > 1000
            assert ImageChops.darker(strokes, lost).getbbox() is None


# --- inks -------------------------------------------------------------------------------------------------------------


def test_pictures_become_cmyk_and_grey_ones_become_black():
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(400, 500))

    def image(colour: tuple[int, int, int]) -> pikepdf.Object:
        pixels = Image.new("RGB", (8, 8), colour).tobytes()
        stream = pdf.make_stream(pixels, Type=Name.XObject, Subtype=Name.Image, Width=8, Height=8)
        stream.ColorSpace, stream.BitsPerComponent = Name.DeviceRGB, 8
        return stream

    pdf.pages[0].Resources = Dictionary(XObject=Dictionary(Red=image((255, 0, 0)), Grey=image((90, 90, 90))))
    pdf.pages[0].Contents = pdf.make_stream(b"q 90 0 0 90 0 0 cm /Red Do Q q 90 0 0 90 200 0 cm /Grey Do Q")
    pdf.docinfo.CreationDate = "D:20170818"
    with opened(pdfx.to_pdfx(saved(pdf))) as made:
        pictures = made.pages[0].Resources.XObject
        assert pictures.Red.ColorSpace == Name.DeviceCMYK
        assert list(pictures.Grey.ColorSpace)[:2] == [Name.Separation, Name.Black]
        assert list(pictures.Grey.Decode) == [1, 0]  # little light, much ink
        cyan, magenta, yellow, _ = pictures.Red.read_bytes()[:4]
        assert cyan < 60 and magenta > 180 and yellow > 180
        assert pictures.Grey.read_bytes() == bytes([90]) * 64


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (
            page("/Lab cs 1 0 0 sc", ColorSpace=Dictionary(Lab=Array([Name.Lab, Dictionary()]))),
            "separate cs /Lab",
        ),
        (page("/P sh", Shading=Dictionary(P=Dictionary(ShadingType=2))), "cannot separate sh /P"),
        (page("0 g", Pattern=Dictionary(P=Dictionary(PatternType=2))), "gradients"),
        (page("0 g", dated=False), "no creation date"),
        (b"%PDF-1.4", "damaged"),
    ],
)
def test_colours_that_cannot_be_separated_are_refused(data, words):
    with pytest.raises(SourceError, match=words):
        pdfx.to_pdfx(data)


def test_transparency_is_refused_by_the_standard_that_forbids_it():
    data = page("/T gs 0 g 9 9 9 9 re f", ExtGState=Dictionary(T=Dictionary(ca=0.5)))
    pdfx.to_pdfx(data, standard=pdfx.PdfxStandard.X4)
    with pytest.raises(SourceError, match="draws with transparency"):
        pdfx.to_pdfx(data, standard=pdfx.PdfxStandard.X1A)


def test_a_screen_profile_is_refused(tmp_path):
    path = tmp_path / "srgb.icc"
    path.write_bytes(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    with pytest.raises(SourceError, match="not for CMYK"):
        pdfx.to_pdfx(page("0 g"), condition=path)


def test_an_encrypted_file_is_refused():
    file = io.BytesIO()
    opened(page("0 g")).save(file, encryption=pikepdf.Encryption(owner="a", user=""))
    with pytest.raises(SourceError, match="encrypted"):
        pdfx.to_pdfx(file.getvalue())


# --- marks and slug line ----------------------------------------------------------------------------------------------


def test_marks_and_slug_line_are_outside_the_bleed():
    pdf = pypdfium2.PdfDocument(pdfx.to_pdfx(page(""), ["E/RES/2017/18 · صفحة ١ من ٦"]))
    try:
        image = pdf[0].render(scale=2, grayscale=True).to_pil()
        out = round(2 * 12 * MM) + 1
        inner = image.crop((out, out, image.width - out, image.height - out))
        assert inner.getextrema() == (255, 255), "nothing is drawn on the empty page and its bleed"
        assert image.getextrema()[0] < 50
    finally:
        pdf.close()


def test_the_slug_line_identifies_the_page(touchstone):
    line = slug.lines(touchstone, 6, "1.0")[1]
    assert line.split(" · ") == [
        "E/RES/2017/18", "17-12889 (A)", "العربية", "صفحة ٢ من ٦", "18 August 2017", "masthead 1.0",
    ]  # fmt: skip


def test_arabic_in_the_slug_line_is_shaped_ordered_and_mirrored():
    drawn = slug.visual("A/1 · نص (ب) · 18 August")
    assert drawn.split(" · ")[::2] == ["18 August", "A/1"]
    middle = drawn.split(" · ")[1]
    assert middle == "(ﺏ) ﺺﻧ"
    assert slug.visual("A/1 (E) · page 1") == "A/1 (E) · page 1"


def test_the_font_of_the_slug_line_contains_only_what_it_shows():
    pdf = pikepdf.new()
    face = slug.embed(pdf, ["AB", "BC"])
    assert sorted(face.codes) == ["A", "B", "C"] and face.show("AC") == f"<{face.codes['A']:04X}{face.codes['C']:04X}>"
    assert len(face.font.DescendantFonts[0].FontDescriptor.FontFile2.read_bytes()) < 8000
    assert face.width("AB", 10) == pytest.approx(face.width("A", 10) + face.width("B", 10))


# --- preflight --------------------------------------------------------------------------------------------------------


def broken(data: bytes, change) -> set[str]:
    pdf = opened(data)
    change(pdf)
    report = preflight.check(saved(pdf), profile=PRESS)
    return {finding.rule for finding in report.findings}


def draw(content: str, **resources: object):
    def change(pdf: pikepdf.Pdf) -> None:
        leaf = pdf.pages[0]
        for key, value in resources.items():
            leaf.Resources[f"/{key}"] = value
        leaf.contents_add(content.encode())

    return change


def _box(name: str, values: list[float]):
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0][Name(name)] = Array(values)

    return change


def _image(pdf: pikepdf.Pdf) -> None:
    image = pdf.make_stream(bytes(16), Type=Name.XObject, Subtype=Name.Image, Width=4, Height=4)
    image.ColorSpace, image.BitsPerComponent = Name.DeviceGray, 8
    pdf.pages[0].Resources.XObject = Dictionary(Low=image)
    pdf.pages[0].contents_add(b"q 90 0 0 90 100 100 cm /Low Do Q")


def _unintended(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.OutputIntents


def _unbound(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.ViewerPreferences


def _unsaid(pdf: pikepdf.Pdf) -> None:
    del pdf.docinfo["/Trapped"]


def _untrimmed(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0].TrimBox


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        ("press.black", draw("0 0 0 rg 90 90 90 90 re f")),
        ("press.inks", draw("1 1 1 1 k 90 90 90 90 re f")),
        ("press.inks", draw("0.5 0.4 0.4 1 k 90 90 90 90 re f")),  # 230 %, but black is mixed
        ("press.trapped", _unsaid),
        ("press.trim-box", _untrimmed),
        ("press.bleed-box", _box("/BleedBox", [-2, -2, 614, 794])),
        ("press.bleed-box", _box("/BleedBox", [-99, -99, 699, 899])),
        ("press.bleed", draw("0 0 0 1 k 0 300 200 50 re f")),
        ("press.output-intent", _unintended),
        ("press.images", _image),
        ("press.hairlines", draw("0.1 w 90 90 m 300 90 l S")),
        *(
            ("press.overprint", draw(f"/Over gs {content}", ExtGState=Dictionary(Over=Dictionary(state))))
            for content, state in (
                ("0 0 0 0 k 90 90 9 9 re f", {"/op": True}),
                ("1 g 90 90 9 9 re f", {"/OP": True}),  # without /op it is for fills too
                ("0 0 0 0 K 90 90 9 9 re S", {"/OP": True}),
                ("/Separation /Black cs 0 scn 90 90 9 9 re f", {"/op": True}),
            )
        ),
        ("press.binding", _box("/TrimBox", [0, 0, 500, 500])),
        ("press.binding", _unbound),
    ],
)  # fmt: skip
def test_each_fault_is_found_by_its_rule(x4, rule, change):
    found = broken(x4.pdf.data, change)
    assert rule in found
    assert rule not in {finding.rule for finding in x4.report.findings}


@pytest.mark.parametrize(
    ("content", "needed"),
    [
        ("1 0 0 0 k 90 90 90 90 re f 0 1 0 0 k 180 90 90 90 re f", True),
        ("0 0 1 0 k 90 90 90 90 re f 0 0 0 1 k 100 100 20 20 re f", True),  # black knocks out
        ("1 0 0 0 k 90 90 90 90 re f 1 1 0 0 k 180 90 90 90 re f", False),  # cyan in common
        ("1 0 0 0 k 90 90 90 90 re f 0 1 0 0 k 190 90 90 90 re f", False),  # apart
        ("1 0 0 0 k 90 90 96 90 re f /Over gs 0 1 0 0 k 180 90 90 90 re f", False),  # overlapping
        (".08 0 0 0 k 90 90 90 90 re f 0 0 0 1 k 99 99 20 20 re f", False),  # a tint so light that nobody sees a gap
    ],
)
def test_areas_that_meet_share_an_ink_or_overlap(content, needed):
    over = Dictionary(Over=Dictionary(Type=Name.ExtGState, op=True, OPM=1))
    made = pdfx.to_pdfx(page(content, ExtGState=over))
    assert ("press.trapping" in broken(made, lambda pdf: None)) is needed

    def trap(pdf: pikepdf.Pdf) -> None:
        pdf.docinfo["/Trapped"] = Name("/True")

    assert not {"press.trapping", "press.trapped"} & broken(made, trap)


def test_black_in_a_picture_may_be_mixed(x4):
    def change(pdf: pikepdf.Pdf) -> None:
        picture = pdf.make_stream(bytes([102, 102, 102, 204]) * 256 * 256, Type=Name.XObject, Subtype=Name.Image)
        picture.Width = picture.Height = 256
        picture.ColorSpace, picture.BitsPerComponent = Name.DeviceCMYK, 8
        pdf.pages[0].Resources.XObject = Dictionary(Dark=picture)
        pdf.pages[0].contents_add(b"q 60 0 0 60 100 100 cm /Dark Do Q")

    assert "press.inks" not in broken(x4.pdf.data, change)


def test_faults_of_pages_are_found_on_their_sheets(x4):
    state = Dictionary(Over=Dictionary(op=True))
    with opened(x4.pdf.data) as pdf:
        draw("/Over gs 0 0 0 0 k 90 90 9 9 re f 0.1 w 90 90 m 300 90 l S 0 0 0 rg 90 190 9 9 re f", ExtGState=state)(
            pdf
        )
        sheets = impose(saved(pdf), Saddle()).data
    found = {finding.rule for finding in preflight.check(sheets, profile="sheets").findings}
    assert found == {"press.overprint", "press.hairlines", "press.black", "press.inks"}


def test_a_wide_page_has_the_trim_size_of_the_others(x4):
    def change(pdf: pikepdf.Pdf) -> None:
        for box in ("/MediaBox", "/BleedBox", "/TrimBox"):
            left, bottom, right, top = pdf.pages[1][box]
            pdf.pages[1][box] = Array([bottom, left, top, right])

    assert "press.binding" not in broken(x4.pdf.data, change)


def test_missing_ink_measurement_is_a_fault(x4, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    press_rules._plates.cache_clear()  # the plates of the last file that a test has checked
    report = preflight.check(x4.pdf.data, profile=PRESS)
    (finding,) = [finding for finding in report.findings if finding.rule == "press.inks"]
    assert "not installed" in finding.message and report.failed


# --- the whole way ----------------------------------------------------------------------------------------------------


def test_the_touchstone_becomes_a_saddle_booklet_bound_at_the_right(x4):
    imposition = arrange([x4.pdf.data], Saddle())
    assert imposition.publications[0][0] is Edge.RIGHT
    imposed = impose(x4.pdf, Saddle(), options=SheetOptions(creep=0.1)).data
    assert len(imposed) <= 1.1 * len(x4.pdf.data)
    with opened(imposed) as pdf:
        assert len(pdf.pages) == 4 and pdf.Root.OutputIntents[0].S == Name.GTS_PDFX
        assert sorted(pdf.pages[0].Resources.XObject.keys()) == ["/P1"]  # beside page 1 is a blank
    for picture in plates.separate(imposed):
        assert [plate.getextrema()[1] for plate in picture.split()][:3] == [0, 0, 0]  # links are black on paper


@pytest.mark.parametrize("scheme", [Saddle(), NUp(2, 1), Perfect(2)], ids=lambda scheme: type(scheme).__name__)
def test_sheets_pass_their_profile_unless_a_page_has_a_fault(x4, scheme):
    options = SheetOptions(Paper.parse("SRA3") if isinstance(scheme, NUp) else None)
    sheets = preflight.check(impose(x4.pdf, scheme, options=options).data, profile="sheets")
    assert not sheets.findings
    with opened(x4.pdf.data) as pdf:
        pdf.pages[0].contents_add(b"q 0.9 0.9 0.9 0.9 k 250 300 60 60 re f Q")
        inked = impose(saved(pdf), scheme, options=options).data
    assert {finding.rule for finding in preflight.check(inked, profile="sheets").findings} == {"press.inks"}


@pytest.mark.parametrize("marks", [True, False])
def test_the_controls_of_a_press_are_in_the_waste(x4, marks):
    scheme = Saddle(folds=2)
    plain = impose(x4.pdf, scheme, options=SheetOptions(marks=marks)).data
    sheets = impose(x4.pdf, scheme, options=SheetOptions(marks=marks, controls=True)).data
    assert not preflight.check(sheets, profile="sheets").findings
    pages = [pypdfium2.PdfDocument(data)[1].get_textpage().get_text_range() for data in (plain, sheets)]
    assert "back" in pages[1] and "back" not in pages[0]
    before, after = (plates.separate(data)[0] for data in (plain, sheets))
    assert [plate.getextrema()[1] for plate in after.split()] == [255] * 4
    if marks:
        edge = round(8 * MM / 2) + 1  # the waste around the pages, at 36 dots an inch
        inside = (edge, edge, before.width - edge, before.height - edge)
        assert ImageChops.difference(before.crop(inside), after.crop(inside)).getbbox() is None


@pytest.mark.parametrize("title", ["", "untitled"])
def test_a_publication_without_a_title_has_the_name_of_its_file_in_the_slug_line(title, tmp_path):
    with opened(page("0 g 50 50 9 9 re f")) as pdf:
        pdf.docinfo["/Title"] = title
        pdf.save(tmp_path / "A_80_607.pdf")
    sheets = impose(tmp_path / "A_80_607.pdf", Saddle(), options=SheetOptions(controls=True)).data
    text = pypdfium2.PdfDocument(sheets)[0].get_textpage().get_text_range()
    assert text.startswith("A_80_607 · ")


def test_a_title_in_another_script_is_left_out_of_the_slug_line():
    with opened(page("0 g 50 50 9 9 re f")) as pdf:
        pdf.docinfo["/Title"] = "决议"
        sheets = impose(saved(pdf), Saddle(), options=SheetOptions(controls=True)).data
    text = pypdfium2.PdfDocument(sheets)[0].get_textpage().get_text_range()
    assert re.fullmatch(r"\d{10} · sheet 1 of 1 · front", text.strip())


def test_the_profile_is_bundled():
    assert Path(pdfx.CONDITION).is_file()


# --- plates -----------------------------------------------------------------------------------------------------------

_DRAWN = (
    "0 0 0 rg 50 50 300 20 re f .5 .5 .5 rg 50 100 300 20 re f 0.3 .55 .85 rg 50 150 300 20 re f "
    "1 0 0 RG 5 w 50 200 m 350 200 l S .05 .05 .1 rg 50 250 300 20 re f"
)
_PROCESS = ("Cyan", "Magenta", "Yellow", "Black")


@pytest.mark.parametrize(
    ("ink", "wanted"),
    [
        ("", set(_PROCESS)),
        ("black", {"Black"}),
        ("PANTONE 300 U=100,44,0,0", {"PANTONE 300 U", "Black"}),
        ("Rain blue=90,40,10,20", {"Rain blue", "Black"}),
    ],
)
def test_a_job_has_the_plates_of_its_inks_and_no_others(ink, wanted):
    spot = SpotInk.parse(ink) if ink else None
    made = pdfx.to_pdfx(page(_DRAWN), ink=spot)
    (found,) = tiffsep.plates(made)
    assert set(found) == wanted
    if spot and spot.name:
        at = found[spot.name].getpixel((100, found[spot.name].height - 80))  # in the blue bar
        assert 150 < at <= 255
        assert found["Black"].getpixel((100, found["Black"].height - 80)) == 0
        dark = found["Black"].getpixel((100, found["Black"].height - 130))  # darker than the ink can be
        assert 100 < dark < 255
    with opened(made) as whole:  # the colour bar too, but not the marks, which are on all plates
        del whole.pages[0].obj.TrimBox
        whole.pages[0].Resources.ColorSpace[COLOUR][1] = Name("/None")
        assert set(tiffsep.plates(saved(whole))[0]) == wanted


def test_plates_agree_with_those_of_tiffsep(x4, monkeypatch):
    monkeypatch.setattr(plates, "RESOLUTION", 150)  # the finer, the less the two devices differ at the edges of letters
    for data in (x4.pdf.data, pdfx.to_pdfx(page(_DRAWN))):
        for ours, theirs in zip(plates.separate(data), tiffsep.plates(data, 150), strict=True):
            for name, plate in zip(_PROCESS, ours.split(), strict=True):
                inked = ImageStat.Stat(theirs[name]).mean[0] if name in theirs else 0
                assert ImageStat.Stat(plate).mean[0] == pytest.approx(inked, rel=0.02, abs=0.05)


def test_a_text_needs_one_plate(x4):
    assert [set(each) for each in tiffsep.plates(x4.pdf.data)] == [{"Black"}] * 6


@pytest.mark.slow
def test_a_document_is_published_in_two_inks():
    edition = publish(TOUCHSTONE, Options(Variant.PRESS, ink="Rain blue=90,40,10,20"))
    rules = {finding.rule for finding in edition.report.findings if finding.rule.startswith("press.")}
    assert rules == {"press.signature"}  # a note: its pages do not fill the last sheet
    assert publish(TOUCHSTONE, Options(ink="Rain blue=90,40,10,20")).html.ink == ""


@pytest.mark.parametrize("text", ["", "blue", "blue=1,2,3", "blue=1,2,3,101", "=1,2,3,4", "Cyan=1,2,3,4"])
def test_what_is_no_ink_is_refused(text):
    with pytest.raises(OrderError, match="not an ink"):
        SpotInk.parse(text)


def test_a_colour_in_four_inks_is_refused_where_there_are_two():
    pdf = pikepdf.new()
    picture = pdf.make_stream(bytes(4), Subtype=Name.Image, Width=1, Height=1, BitsPerComponent=8)
    picture.ColorSpace = Name.DeviceCMYK
    pdf.add_blank_page(page_size=(400, 500))
    pdf.pages[0].Resources = Dictionary(XObject=Dictionary(P=picture))
    pdf.docinfo.CreationDate = "D:20170818"
    for data in (page("1 0 0 0 k 50 50 300 20 re f"), saved(pdf)):
        with pytest.raises(SourceError, match="the job has fewer"):
            pdfx.to_pdfx(data, ink=SpotInk.parse("black"))


def test_a_picture_becomes_grey_where_there_are_two_inks():
    pdf = pikepdf.new()
    picture = pdf.make_stream(bytes((255, 0, 0)), Subtype=Name.Image, Width=1, Height=1, BitsPerComponent=8)
    picture.ColorSpace = Name.DeviceRGB
    pdf.add_blank_page(page_size=(400, 500))
    pdf.pages[0].Contents = pdf.make_stream(b"q 300 0 0 300 50 50 cm /P Do Q")
    pdf.pages[0].Resources = Dictionary(XObject=Dictionary(P=picture))
    pdf.docinfo.CreationDate = "D:20170818"
    (found,) = tiffsep.plates(pdfx.to_pdfx(saved(pdf), ink=SpotInk.parse("Rain blue=90,40,10,20")))
    assert set(found) == {"Black"}


@pytest.mark.parametrize("ink", ["black", "Rain blue=90,40,10,20"])
def test_imposed_sheets_have_no_other_plates(ink, tmp_path):
    spot = SpotInk.parse(ink)
    sheets = impose(pdfx.to_pdfx(page(_DRAWN), ink=spot), Saddle(), options=SheetOptions(controls=True)).data
    plates._save_without_marks(sheets, tmp_path / "sheets.pdf")  # which are on all plates
    front, _ = tiffsep.plates((tmp_path / "sheets.pdf").read_bytes())
    assert set(front) == set(spot.inks.split(", "))


def _codes(sheets: bytes, dpi: int) -> list[set[str]]:
    """What a scanner reads on each side of sheets."""
    document = pypdfium2.PdfDocument(sheets)
    pictures = [sheet.render(scale=dpi / 72, grayscale=True).to_pil() for sheet in document]
    document.close()
    return [{code.text for code in zxingcpp.read_barcodes(picture)} for picture in pictures]


@pytest.mark.parametrize(
    ("scheme", "options", "dpi"),
    [
        *((Saddle(section=section), SheetOptions(bottling=0.5, creep=0.1), 150) for section in (4, 12, 24)),
        *((Perfect(section=section), SheetOptions(spine=3), 150) for section in (4, 8, 16)),
        (Saddle(), SheetOptions(paper=Paper.parse("SRA3")), 150),
        *((Booklet(), SheetOptions(paper=Paper.parse(name)), 150) for name in ("A2", "A3", "SRA3", "tabloid", "B4")),
        *((Booklet(), SheetOptions(paper=Paper.parse(name)), 200) for name in ("A4", "letter")),  # bars of 0.2 mm
        (Booklet(), SheetOptions(paper=Paper.parse("A5")), 250),
        (NUp(2, 1), SheetOptions(paper=Paper.parse("A4")), 200),
        (CutStack(2, 2), SheetOptions(gutter=6), 150),
        (StepRepeat(2, 2), SheetOptions(gutter=6), 150),
    ],
)
def test_a_scanner_of_150_dots_an_inch_reads_which_sheet_of_which_document_it_has(x4, scheme, options, dpi):
    sheets = impose(x4.pdf, scheme, options=replace(options, controls=True)).data
    sides = _codes(sheets, 150)
    codes = [next(code for code in side if len(code) == 19) for side in sides]
    total = len(codes) // 2
    assert len({code[:10] for code in codes}) == 1  # one job
    assert [code[10:] for code in codes] == [f"{n:04}{total:04}{face}" for n in range(1, total + 1) for face in (1, 2)]
    # The codes of a page are scaled with it. The QR code is read all the same; thin bars need a finer scanner.
    assert "https://undocs.org/E/RES/2017/18" in set().union(*sides)
    assert "1712889" in set().union(*_codes(sheets, dpi))


def test_a_sheet_too_narrow_for_its_code_has_none():
    options = SheetOptions(Paper(150, 99), controls=True)
    sheets = impose(pdfx.to_pdfx(page("0 g 9 9 9 9 re f")), NUp(8, 1), options=options).data
    assert not any(_codes(sheets, 150))


# --- finished PDFs ----------------------------------------------------------------------------------------------------


def finished(*, change=lambda pdf: None) -> bytes:
    """A page as other programs make it: transparent, with a grey image under a soft mask, in RGB."""
    with opened(page("0.2 g 20 20 300 300 re f q 200 0 0 200 100 250 cm /I Do Q 1 0 0 rg 0 0 50 50 re f")) as pdf:
        mask = pdf.make_stream(b"\x80" * 4, Type=Name.XObject, Subtype=Name.Image, Width=2, Height=2)
        mask.ColorSpace, mask.BitsPerComponent = Name.DeviceGray, 8
        image = pdf.make_stream(b"\x30" * 12, Type=Name.XObject, Subtype=Name.Image, Width=2, Height=2)
        image.ColorSpace, image.BitsPerComponent, image.SMask = Name.DeviceRGB, 8, mask
        pdf.pages[0].Resources.XObject = Dictionary(I=image)
        pdf.pages[0].Group = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB)
        change(pdf)
        return saved(pdf)


def test_a_finished_pdf_has_the_plates_of_its_job_where_it_is_transparent_too():
    grey = press.separate(finished(), pdfx.PdfxStandard.X4, ink="black")
    (drawn,) = plates.plated(grey, 36)
    assert list(drawn.plates) == ["Black"]
    (four,) = plates.plated(press.separate(finished(), pdfx.PdfxStandard.X6), 36)
    assert list(four.plates) == ["Cyan", "Magenta", "Yellow", "Black"]
    inside = four.plates["Cyan"].crop((60, 40, 120, 120))  # the image and the grey area, without marks
    assert inside.getextrema() == (255, 255)


@pytest.mark.parametrize(("linked", "inks"), [(True, "0 0 0 1 k"), (False, "1 0.76 0 0 k")])
def test_the_blue_of_links_is_black_ink_and_other_blue_is_not(linked, inks):
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].contents_add(b"BT 0 0 1 rg 50 500 Td () Tj ET 0 0 1 rg 50 50 99 99 re f")
        if linked:
            pdf.pages[0].Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[50, 490, 120, 515])])

    drawn = content(press.separate(finished(change=change), pdfx.PdfxStandard.X4))
    text = drawn[drawn.index("BT") : drawn.index("ET")]
    assert inks[:6] in text and "1 0.76" in drawn[drawn.index("ET") :]


def test_a_grey_image_is_as_dark_in_black_ink():
    data = press.separate(finished(), pdfx.PdfxStandard.X4)
    (drawn,) = plates.plated(data, 36)
    black = drawn.plates["Black"]
    scale, left, top = 36 / 72, 15 * MM, 500 + 15 * MM
    place = round((left + 250) * scale), round((top - 400) * scale)  # the image alone, half covering
    assert black.getpixel(place) == pytest.approx(255 - (255 - 0x30) * 0x80 / 255, abs=6)


def _font(pdf):
    font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.TrueType, BaseFont=Name("/TimesNewRoman")))
    pdf.pages[0].Resources.Font = Dictionary(F=font)


def _layers(pdf):
    pdf.Root.OCProperties = Dictionary(OCGs=[], D=Dictionary())


def _scaled(pdf):
    pdf.pages[0].UserUnit = 2


@pytest.mark.parametrize(
    ("change", "words"),
    [(_font, "not embedded: TimesNewRoman"), (_layers, "layers"), (_scaled, "page 1: the page is scaled")],
)  # fmt: skip
def test_a_finished_pdf_that_a_press_cannot_print_is_refused(change, words):
    with pytest.raises(SourceError, match=words) as caught:
        press.separate(finished(change=change), pdfx.PdfxStandard.X4)
    assert caught.value.hint


def test_the_command_separates_a_folder(tmp_path):
    (tmp_path / "a.pdf").write_bytes(finished())
    (tmp_path / "b.pdf").write_bytes(finished(change=_layers))
    command = ["separate", str(tmp_path / "a.pdf"), str(tmp_path / "b.pdf"), "-o", str(tmp_path / "press")]
    done = CliRunner().invoke(app, [*command, "--for", "press-x6", "--ink", "black"])
    assert done.exit_code == 3 and "b.pdf: the PDF has layers" in done.output
    with pikepdf.open(tmp_path / "press/a.pdf") as pdf:
        assert pdf.pdf_version == "2.0" and Name.OutputIntents in pdf.Root


def test_the_matte_of_a_soft_mask_is_a_colour_of_its_image():
    def white(pdf):
        pdf.pages[0].Resources.XObject.I.SMask.Matte = Array([1, 1, 1])

    def key(pdf):
        del pdf.pages[0].Resources.XObject.I.SMask
        pdf.pages[0].Resources.XObject.I.Mask = Array([0, 9, 0, 9, 0, 9])

    with opened(press.separate(finished(change=white), pdfx.PdfxStandard.X4)) as pdf:
        assert list(pdf.pages[0].Resources.XObject.I.SMask.Matte) == [0]  # no ink
    with pytest.raises(SourceError, match="makes it transparent"):
        press.separate(finished(change=key), pdfx.PdfxStandard.X4)
