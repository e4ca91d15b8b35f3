"""The paper and the margins of a Word file that Masthead writes."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from manuscripts import EN, report
from masthead import formats


@pytest.mark.parametrize(
    ("geneva", "width", "height", "side"), [(False, 12240, 15840, 1200), (True, 11906, 16838, 1034)]
)
def test_the_page_is_that_of_the_office(geneva: bool, width: int, height: int, side: int) -> None:
    """Letter in New York, A4 in Geneva, in twentieths of a point."""
    document = formats.parse(report(EN, "1. One.", geneva=geneva).encode(), "x.md")
    with zipfile.ZipFile(io.BytesIO(formats.render(document, ".docx"))) as package:
        text = package.read("word/document.xml").decode()
    margins = {"top": 1440, "right": side, "bottom": 1728, "left": side, "header": 432, "footer": 504, "gutter": 0}
    assert re.findall("<w:pgSz[^>]*>", text) == [f'<w:pgSz w:w="{width}" w:h="{height}"/>']
    said = "".join(f' w:{name}="{value}"' for name, value in margins.items())
    assert re.findall("<w:pgMar[^>]*>", text) == [f"<w:pgMar{said}/>"]
