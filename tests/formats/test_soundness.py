"""What keeps a picture from being shown, and what a drawing shows that is not in it."""

from __future__ import annotations

import base64
import io

import pytest
from PIL import Image

from masthead.formats.soundness import problem_of

SVG, PNG, JPEG = "image/svg+xml", "image/png", "image/jpeg"
XLINK = 'xmlns:x="http://www.w3.org/1999/xlink"'


def dots(form: str, size: int = 8) -> bytes:
    file = io.BytesIO()
    picture = Image.frombytes("RGB", (size, size), bytes((7 * at) % 251 for at in range(3 * size * size)))
    picture.save(file, form, **({"save_all": True, "append_images": [picture]} if form == "MPO" else {}))
    return file.getvalue()


def inside(form: str, data: bytes) -> str:
    return f"data:{form};base64,{base64.b64encode(data).decode()}"


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("", ""),
        ('<use href="#a"/><g id="a"/>', ""),
        ('<use x:href=" #a"/>', ""),
        (f'<image href="{inside(PNG, dots("PNG"))}"/>', ""),
        (f'<image x:href="{inside(JPEG, dots("JPEG"))}"/>', ""),
        (f'<feImage href="{inside(PNG, dots("PNG"))}"/>', ""),
        ('<image href="data:text/plain,x"/>', ""),
        ('<a href="https://example.org"><text>a</text></a>', ""),  # a link shows nothing
        ("<style>.a{fill:red}</style>", ""),
        ("<style/>", ""),
        ("<script>alert(1)</script>", "has a script element"),
        ("<g><foreignObject/></g>", "has a foreignObject element"),
        ("<style>@import url(a.css);</style>", "imports a style sheet"),
        ('<image href="map.png"/>', "refers to map.png, which is not in it"),
        ('<image x:href="https://example.org/a.png"/>', "refers to https://example.org/a.png, which is not in it"),
        ('<use href="a.svg#b"/>', "refers to a.svg#b, which is not in it"),
        ('<feImage href="/etc/passwd"/>', "refers to /etc/passwd, which is not in it"),
        (f'<image href="{"x" * 70}"/>', f"refers to {'x' * 60}, which is not in it"),
        (f'<image href="{inside(PNG, b"")}"/>', "has a picture in it that is empty"),
        (f'<image href="{inside(PNG, dots("JPEG"))}"/>', "has a picture in it that is image/jpeg, not image/png"),
        (
            f'<image href="{inside(SVG, b"<svg><script/></svg>")}"/>',
            "has a picture in it that has a script element",
        ),
    ],
)
def test_a_drawing_shows_only_what_is_in_it(content: str, problem: str) -> None:
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" {XLINK}>{content}</svg>'.encode()
    assert problem_of(drawing, SVG) == problem


def test_a_picture_whose_data_are_on_several_lines_or_lack_their_end_signs_is_read() -> None:
    data = inside(PNG, dots("PNG")).rstrip("=")
    broken = f"{data[:60]}\n  {data[60:]}"
    assert problem_of(f'<svg><image href="{broken}"/></svg>'.encode(), SVG) == ""


def test_entities_are_refused_and_read_no_file() -> None:
    drawing = b'<!DOCTYPE svg [<!ENTITY e SYSTEM "file:///etc/passwd">]><svg><text>&e;</text></svg>'
    assert problem_of(drawing, SVG) == "has entities; write their text in their places"


@pytest.mark.parametrize(
    ("picture", "media_type", "problem"),
    [
        (b"", PNG, "is empty"),
        (b"\0\t\n\r ", PNG, "is empty"),
        (b" <svg/>", SVG, ""),
        (b"<html/>", SVG, "is not SVG but html"),
        (b"not a picture", PNG, "is not image/png"),
        (b"anything", "image/tiff", ""),  # refused elsewhere
        (dots("PNG"), PNG, ""),
        (dots("JPEG"), JPEG, ""),
        (dots("PNG"), JPEG, "is image/png, not image/jpeg"),
        (dots("JPEG"), PNG, "is image/jpeg, not image/png"),
        (dots("GIF"), PNG, "is image/gif, not image/png"),
        (dots("MPO"), JPEG, ""),  # several JPEGs in one file
        (dots("MPO"), PNG, "is image/mpo, not image/png"),
    ],
)
def test_a_picture_is_what_it_says(picture: bytes, media_type: str, problem: str) -> None:
    assert problem_of(picture, media_type) == problem


@pytest.mark.parametrize("form", ["PNG", "JPEG"])
@pytest.mark.parametrize("share", [0.3, 0.9])
def test_a_picture_that_ends_early_is_damaged(form: str, share: float) -> None:
    picture = dots(form, 64)
    problem = problem_of(picture[: int(len(picture) * share)], f"image/{form.lower()}")
    assert problem.startswith("is damaged or incomplete: ")


def test_a_picture_without_its_last_mark_is_damaged_and_one_with_bytes_after_it_is_not() -> None:
    jpeg = dots("JPEG")
    assert problem_of(jpeg[:-2], JPEG).startswith("is damaged or incomplete")
    assert problem_of(jpeg + b"\0\0", JPEG) == ""
    png = dots("PNG")
    damaged = png.replace(b"IEND", b"IEMD")
    assert problem_of(damaged, PNG).startswith("is damaged or incomplete")


def test_a_picture_with_too_many_dots_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    picture = dots("PNG", 16)
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 255)
    assert problem_of(picture, PNG) == "has too many dots"
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 127)
    assert problem_of(picture, PNG) == "has too many dots"
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 256)
    assert problem_of(picture, PNG) == ""
