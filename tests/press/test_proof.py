"""The soft proof: the colours of the paper, and the plates that the job has."""

from __future__ import annotations

import base64
import io
import re
from pathlib import Path

import pytest
from PIL import Image
from typer.testing import CliRunner

from masthead.cli.app import app
from masthead.document import OrderError, ResourceError, SourceError, Variant
from masthead.pdf.drawn.plates import PlatedPage
from masthead.press import proof_html
from masthead.press.imposition import Saddle, SheetOptions, impose
from masthead.press.pdfx import CONDITION
from masthead.press.proof import _plates
from masthead.publication import Options, publish
from paths import EXAMPLES


def press_copy(ink: str) -> bytes:
    return publish(EXAMPLES / "E_RES_2041_7.en.md", Options(variant=Variant.PRESS, ink=ink)).pdf.data


@pytest.fixture(scope="module")
def spot() -> bytes:
    return press_copy("PANTONE 300 U=100,44,0,0")


def plates(shown: str) -> list[list[str]]:
    """The names of the plates of each page."""
    return [re.findall(r"<figcaption>([^:<]+): [\d.]+ % of the area", page) for page in shown.split("<section")[1:]]


def first_picture(shown: str) -> Image.Image:
    found = re.search(r'src="data:image/png;base64,([^"]+)"', shown)
    assert found
    return Image.open(io.BytesIO(base64.b64decode(found[1])))


def test_a_proof_has_the_plates_of_the_job_and_no_others(spot):
    assert plates(proof_html(press_copy("black"), resolution=30)) == [["Black"]] * 3
    assert plates(proof_html(spot, resolution=30)) == [["Black", "PANTONE 300 U"]] * 3
    sheets = impose(spot, Saddle(), options=SheetOptions(controls=True)).data
    assert plates(proof_html(sheets, resolution=30)) == [["Black", "PANTONE 300 U"]] * 2


def test_the_paper_has_the_white_of_the_printing_condition(spot):
    shown = proof_html(spot, "a.pdf", resolution=30)
    assert "FOGRA47L" in shown and "<bdi>a.pdf</bdi>" in shown and "2 plates, at most " in shown
    picture = first_picture(shown)
    assert picture.mode == "RGB"
    most = max(picture.getcolors(1 << 20) or [])[1]
    assert all(225 < value < 252 for value in most)  # neither the white of the screen, nor printed


def test_the_inked_share_of_a_plate_is_in_per_cent_of_its_area():
    half, tint, full = (Image.new("L", (10, 10), shade) for shade in (255, 204, 0))
    half.paste(0, (0, 0, 5, 10))
    page = PlatedPage(Image.new("CMYK", (10, 10)), {"Black": half, "Rain": tint, "Gold": full})
    shown = list(_plates(page))
    assert [(each["ink"], each["inked"]) for each in shown] == [("Black", 50.0), ("Rain", 20.0), ("Gold", 100.0)]
    assert page.most == 220 and all(each["picture"].startswith("data:image/png;base64,") for each in shown)


def test_the_command_writes_a_proof(spot, tmp_path):
    (tmp_path / "a.pdf").write_bytes(spot)
    command = ["proof", str(tmp_path / "a.pdf"), "-o", str(tmp_path / "a.html"), "--resolution", "20"]
    done = CliRunner().invoke(app, [*command, "--condition", str(CONDITION)])
    assert done.exit_code == 0 and "PANTONE 300 U" in (tmp_path / "a.html").read_text("utf-8")


def test_a_file_without_a_printing_condition_needs_a_profile(tmp_path, monkeypatch):
    plain = publish(EXAMPLES / "E_RES_2041_7.en.md", Options(variant=Variant.PLAIN)).pdf.data
    with pytest.raises(SourceError, match="printing condition") as caught:
        proof_html(plain, "a.pdf")
    assert "--condition" in caught.value.hint
    assert "Black" in proof_html(plain, condition=CONDITION, resolution=20)
    (tmp_path / "none.icc").write_bytes(b"no profile")
    for wrong in (tmp_path / "none.icc", Path("/nowhere.icc")):
        with pytest.raises(OrderError, match="cannot be used"):
            proof_html(plain, condition=wrong)
    with pytest.raises(OrderError, match="dots per inch"):
        proof_html(plain, condition=CONDITION, resolution=5)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ResourceError, match="Ghostscript is not installed"):
        proof_html(plain, condition=CONDITION)
