"""Rules between columns are drawn, although most boxes have none and are passed over."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from masthead.document import Variant
from masthead.page.markup import Html
from masthead.typesetting.typesetter import typeset

STYLE = "@page{size:300pt 200pt;margin:20pt}body{margin:0;font:10pt/12pt 'Liberation Serif'}"


@pytest.mark.parametrize(("style", "drawn"), [("columns: 2; column-rule: 3pt solid", True), ("columns: 2", False)])
def test_a_rule_between_columns_is_drawn(style: str, drawn: bool) -> None:
    text = "Rain falls on the harbour. " * 20
    page = f"<!DOCTYPE html><html lang=en><title>-</title><style>{STYLE}</style><body><div style='{style}'>{text}</div>"
    data = typeset(Html(page, Path.cwd()), variant=Variant.PLAIN).data
    with pikepdf.open(BytesIO(data)) as file:
        operators = [str(each.operator) for each in pikepdf.parse_content_stream(file.pages[0])]
    assert bool({"re", "l", "f", "S"} & {*operators}) is drawn
