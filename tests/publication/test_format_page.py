"""Every example on the page of the authoring format can be published as it is, without an error."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image

from masthead.document import Severity
from masthead.publication import publish
from paths import DOCS

FORMAT = (DOCS / "format.md").read_text("utf-8")
EXAMPLES = re.findall(r"^```markdown\n(.*?)^```$", FORMAT, re.DOTALL | re.MULTILINE)
FRONT = """---
type: report
language: en
organ: general-assembly
symbol: A/96/12
job: 41-07316 (E)
distribution: General
date: 29 August 2041
title: Tides
variables:
- body = Commission on Tidal Observatories
---

1. The examples of the authoring format follow.

2. Each of them is a part of a report.

"""
FILES = {
    "parts/members.md": "All members were there.\n",
    "boats.csv": "Year,Boats\n2040,3\n2041,5\n",
}
PICTURES = ("gulf.png", "lamp.jpg")


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: re.sub(r"\W+", " ", example)[:30].strip())
def test_an_example_is_published(example: str, tmp_path: Path) -> None:
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    for name in PICTURES:
        Image.linear_gradient("L").convert("RGB").save(tmp_path / name)
    source = tmp_path / "x.md"
    text = example if example.startswith("---\n") else FRONT + example
    source.write_text(text, "utf-8")
    report = publish(source).report
    errors = [finding for finding in report.findings if finding.severity is Severity.ERROR]
    assert [(each.rule, each.message) for each in errors if each.rule != "flow.blank-pages"] == []  # of a few lines
