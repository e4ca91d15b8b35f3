"""The pictures that a page adds: emblem, barcode and codes."""

from __future__ import annotations

import base64
import re
from pathlib import Path

import pytest
from barcode import Code39

import qr
from houses import LEAST
from masthead.document import JobNumber, Language, Organization, Symbol, TemplateError
from masthead.page import art

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"/>'
PNG = b"\x89PNG\r\n\x1a\nrest"


def data(address: str) -> bytes:
    return base64.b64decode(address.partition(",")[2])


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [("a.svg", SVG, "image/svg+xml"), ("a.SVG", SVG, "image/svg+xml"), ("a.png", PNG, "image/png")],
)
def test_an_emblem_is_an_svg_or_png_file(name: str, content: bytes, media_type: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    address = art.Emblem.load(tmp_path / name).address
    assert address.startswith(f"data:{media_type};base64,") and data(address) == content
    assert art.emblem(art.Emblem(address)) == address


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.svg", PNG),
        ("a.svg", b"<html/>"),
        ("a.svg", b"<svg"),
        ("a.svg", b""),
        ("a.png", SVG),
        ("a.png", b"GIF89a"),
        ("a.jpg", PNG),
        ("a", SVG),
    ],
)
def test_what_is_no_picture_of_its_kind_is_an_error_that_names_the_file(
    name: str, content: bytes, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(TemplateError) as caught:
        art.Emblem.load(tmp_path / name)
    error = caught.value
    assert (error.message, error.where, error.hint) == (
        "the picture cannot be read", str(tmp_path / name), "give the path of an SVG or PNG file"
    )  # fmt: skip


def test_no_entity_of_an_emblem_reads_a_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    hostile = f'<!DOCTYPE svg [<!ENTITY e SYSTEM "{tmp_path / "secret"}">]><svg>&e;</svg>'
    (tmp_path / "a.svg").write_text(hostile)
    assert b"secret</svg>" not in data(art.Emblem.load(tmp_path / "a.svg").address)


def test_the_barcode_is_code_39_of_the_seven_digits() -> None:
    """Each of the nine characters, with the asterisks at both ends, has six narrow and three wide parts."""
    drawn = data(art.barcode(JobNumber("17-12889", Language.ARABIC))).decode()
    assert drawn.startswith('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ')
    path = drawn.partition('d="')[2].partition('"')[0]
    bars = [part.removeprefix("M").replace("h", " ").replace("v", " ").split() for part in path.split("z") if part]
    assert len(bars) == 9 * 5, "five bars in each character"
    starts = [int(bar[0]) for bar in bars]
    widths = [int(bar[2]) for bar in bars]
    assert starts == sorted(starts) and starts[0] == 0
    width = int(drawn.partition("viewBox=")[2].split()[2])
    assert starts[-1] + widths[-1] == width
    assert set(widths) == {min(widths), max(widths)} and widths.count(max(widths)) == 2 * 9
    other = data(art.barcode(JobNumber("17-12888", Language.ARABIC))).decode()
    assert other != drawn and data(art.barcode(JobNumber("17-12889", Language.ENGLISH))).decode() == drawn


@pytest.mark.parametrize("job", ["17-12889", "00-00000", "24-91357"])
def test_the_barcode_is_that_of_another_maker(job: str) -> None:
    number = JobNumber(job, Language.ARABIC)
    path = data(art.barcode(number)).decode().partition('d="')[2].partition('"')[0]
    bars = [(int(x), int(width)) for x, width in re.findall(r"M(\d+) 0h(\d+)", path)]
    (modules,) = Code39(number.barcode, add_checksum=False).build()
    assert bars == [(found.start(), len(found[0])) for found in re.finditer("1+", modules)]


@pytest.mark.parametrize(
    ("symbol", "size", "level"),
    [
        ("A/71/119", 25, "M"), ("E/RES/2017/18", 29, "Q"), ("A/HRC/WG.6/7/ITA/1", 29, "M"),
        ("A/80/6 (Sect. 22)/Add.1", 29, "M"),
    ],
)  # fmt: skip
def test_the_qr_code_has_no_quiet_zone_and_says_the_address(symbol: str, size: int, level: str) -> None:
    """The level of correction is Q where that makes it no larger than M does."""
    drawing = data(art.qr_code(Symbol(symbol))).decode()
    assert f'width="{size}" height="{size}"' in drawing
    runs = [tuple(map(int, run)) for run in re.findall(r"M(\d+) (\d+)\.5h(\d+)", drawing)]
    drawn = {(x + each, y) for x, y, width in runs for each in range(width)}
    assert qr.read(drawn, size) == (Symbol(symbol).address, level)


def test_pictures_are_taken_from_the_templates_that_are_given(tmp_path: Path) -> None:
    (tmp_path / "art").mkdir()
    for name, content in (("emblem", SVG), ("recycle", SVG + b"\n")):
        (tmp_path / "art" / f"{name}.svg").write_bytes(content)
    assert data(art.emblem(templates=tmp_path)) == SVG and data(art.recycling_mark(tmp_path)) == SVG + b"\n"
    assert art.emblem(art.Emblem("data:,x"), tmp_path) == "data:,x"
    assert data(art.recycling_mark()).startswith(b"<svg") and art.recycling_mark() != art.recycling_mark(tmp_path)


def test_an_organization_without_an_emblem_of_its_own_is_warned(tmp_path: Path) -> None:
    assert art.emblem_findings() == ()
    (tmp_path / "organization.toml").write_text(LEAST, "utf-8")
    with Organization.load(tmp_path).used():
        (found,) = art.emblem_findings()
    assert (found.message, found.hint, found.rule, str(found.severity)) == (
        "pages print the bundled emblem", f"add emblem.svg or emblem.png to {tmp_path}", "emblem", "warning",
    )  # fmt: skip
    (tmp_path / "emblem.svg").write_bytes(SVG)
    with Organization.load(tmp_path).used():
        assert art.emblem_findings() == () and data(art.emblem()) == SVG
