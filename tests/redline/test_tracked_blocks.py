"""What tracked changes of Word say of each kind of change, and what remains if they are accepted or rejected."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from manuscripts import report
from masthead import formats
from masthead.document import Document, Language
from masthead.formats import Changes, Revisor, resolve_changes, write_tracked
from masthead.redline import redline

REVISOR = Revisor("The delegation", datetime(2049, 8, 29, tzinfo=UTC))
# The name of a change, both texts, and the marks in the file: what each tracks. The layout of pages and the depth of
# contents are those of the new text, also if the changes are rejected: they are not `restored`.
CASES = [json.loads(line) for line in Path(__file__).with_name("tracked_blocks.jsonl").read_text("utf-8").splitlines()]


def read(text: str) -> Document:
    return formats.parse(report(Language.ENGLISH, text).encode(), "x.md")


def marks(data: bytes) -> Iterator[str]:
    """Yield the tracked marks of a file in order: of properties, rows and paragraphs, or with their text."""
    for each in etree.fromstring(zipfile.ZipFile(BytesIO(data)).read("word/document.xml")).iter("{*}*"):
        name, holder = etree.QName(each).localname, each.getparent()
        if name in ("ins", "del", "moveFrom", "moveTo"):
            within = etree.QName(holder).localname
            yield f"{name} {within if within in ('rPr', 'trPr') else repr(''.join(each.itertext()))}"
        elif name.endswith("Change"):
            yield name


@pytest.mark.parametrize("case", CASES, ids=[each["name"] for each in CASES])
def test_each_change_is_tracked_and_both_texts_remain(case: dict[str, Any]) -> None:
    old, new = read(case["old"]), read(case["new"])
    data = write_tracked(redline(old, new), REVISOR)
    assert list(marks(data)) == case["marks"]
    rejected, accepted = (
        formats.parse(resolve_changes(data, how, "x.docx"), "x.docx") for how in (Changes.REJECT, Changes.ACCEPT)
    )
    assert accepted == new
    assert (rejected == old) is case["restored"]
