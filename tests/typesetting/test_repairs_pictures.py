"""Pictures in every colour space are written as PDF/A allows, and look as they are."""

from __future__ import annotations

import io
from base64 import b64encode
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image, JpegImagePlugin

from masthead.page.markup import Html
from masthead.typesetting.repairs import pictures
from masthead.typesetting.repairs.pictures import in_rgb
from masthead.typesetting.typesetter import typeset
from unrepaired import write_pdf

MODES = ("1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16")


def picture(mode: str) -> bytes:
    """A square, the left half light and the right half dark."""
    grey = Image.new("L", (40, 40), 230)
    grey.paste(20, (20, 0, 40, 40))
    if mode == "I;16":
        made = Image.frombytes(mode, grey.size, b"".join(bytes((0, level)) for level in grey.tobytes()))
    else:
        made = grey.convert("RGB").convert(mode) if mode in ("CMYK", "P") else grey.convert(mode)
    written = io.BytesIO()
    made.save(written, "JPEG" if mode == "CMYK" else "PNG")
    return written.getvalue()


def html(data: bytes) -> Html:
    kind = "jpeg" if data[:2] == b"\xff\xd8" else "png"
    address = f"data:image/{kind};base64,{b64encode(data).decode()}"
    text = (
        "<html lang=en><head><title>A</title><style>@page { size: 100pt; margin: 0 } img { display: block;"
        f' width: 100pt; height: 100pt }}</style></head><body><img src="{address}" alt="half"></body></html>'
    )
    return Html(text, Path())


def images(pdf: bytes) -> list[dict[str, object]]:
    with pikepdf.open(io.BytesIO(pdf)) as file:
        streams = [
            each for each in file.objects if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == "/Image"
        ]
        return [{"colours": str(each.ColorSpace), "interpolated": bool(each.get("/Interpolate"))} for each in streams]


@pytest.mark.parametrize("mode", MODES)
def test_a_picture_is_grey_or_rgb_and_not_interpolated(mode: str) -> None:
    pdf = typeset(html(picture(mode))).data
    assert images(pdf)
    for image in images(pdf):
        assert image["colours"] in ("/DeviceGray", "/DeviceRGB")
        assert not image["interpolated"]


@pytest.mark.parametrize("mode", MODES)
def test_a_picture_looks_as_it_is(mode: str) -> None:
    drawn = pypdfium2.PdfDocument(typeset(html(picture(mode))).data)[0].render(scale=1, grayscale=True).to_pil()
    assert drawn.getpixel((20, 50)) > 200
    assert drawn.getpixel((80, 50)) < 60


def test_weasyprint_itself_interpolates_and_keeps_the_four_inks() -> None:
    assert images(write_pdf(html(picture("CMYK")))) == [{"colours": "/DeviceCMYK", "interpolated": True}]


def test_a_damaged_profile_does_not_stop_the_conversion() -> None:
    inks = Image.new("CMYK", (4, 4), (255, 0, 0, 0))
    inks.info["icc_profile"] = b"no profile"
    assert in_rgb(inks).mode == "RGB"


def test_a_converted_jpeg_stays_a_jpeg_without_a_visible_loss() -> None:
    Image.new("CMYK", (8, 8), (0, 99, 99, 0)).save(file := io.BytesIO(), "JPEG")
    original = Image.open(file)
    written, data = pictures._written(in_rgb(original), original)
    assert written.format == "JPEG" and data[:2] == b"\xff\xd8"
    assert JpegImagePlugin.get_sampling(written) == 0
    assert max(written.quantization[0]) <= 20  # 100 at the usual quality
    Image.new("LA", (8, 8)).save(file := io.BytesIO(), "PNG")
    assert pictures._written(in_rgb(original), Image.open(file))[0].format == "PNG"
