"""Everything that is said of a front matter with a mistake."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from manuscripts import report
from masthead import formats
from masthead.document import Language, MastheadError

# What is written in place of something in the front matter of a report, and all that is said of it.
CASES = [
    json.loads(line) for line in Path(__file__).with_name("front_matter_messages.jsonl").read_text("utf-8").splitlines()
]


@pytest.mark.parametrize("case", CASES, ids=[each["new"].partition("\\n")[0] or "nothing" for each in CASES])
def test_all_that_is_said_of_a_front_matter(case: dict[str, Any]) -> None:
    source = report(Language.ENGLISH, "Text.")
    assert case["old"] in source
    try:
        document = formats.parse(source.replace(case["old"], case["new"], 1).encode(), "x.md")
        found = [(str(each.severity), each.where, each.message, each.hint) for each in document.findings]
    except MastheadError as error:
        found = [("error", each.where, each.message, each.hint) for each in error.each]
    said = [f"{severity} {where.removeprefix('x.md:')}: {message} ({hint})" for severity, where, message, hint in found]
    assert said == case["said"]
