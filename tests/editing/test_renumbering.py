"""`masthead renumber` puts written numbers in order, and the references in the text follow."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from masthead.cli.app import app
from masthead.document import Severity, SourceError
from masthead.editing import renumber
from masthead.editing.lint import check
from paths import SPECIMENS

FRONT = """---
type: report
language: {}
organ: general-assembly
symbol: A/104/96
job: 49-08131 ({})
distribution: General
date: 12 July 2049
title: Rain
---

"""
BODY = """# I. Rain

1. One, see paragraph 3 (b) above, table 1, annex I and section II below.[^1]

9. New.[^7]

# IV. New

2. Two (see paras. 2 and 3 above, paragraph 3 of resolution 64/293).[^2]

# II. Next

3. Three:

   - (a) one;

   - (c) new;

   - (b) two.

<!-- table 4 --> New

| a |
|---|
| b |

<!-- table 1 --> Costs

| a |
|---|
| b |

<!-- annex 1 --> Plan

1. One, see paragraph 1 of the present annex.

[^1]: One. See note 2 above.

[^2]: Two.

[^7]: New.
"""


def _renumbered(body: str, language: str = "en", letter: str = "E") -> tuple[str, tuple[str, ...]]:
    front = FRONT.format(language, letter)
    result = renumber((front + body).encode(), "x.md")
    assert result.text.startswith(front)
    return result.text.removeprefix(front), result.doubts


def test_numbers_are_put_in_order_and_references_follow(tmp_path: Path) -> None:
    text, doubts = _renumbered(BODY)
    assert doubts == ()
    for line in (
        "1. One, see paragraph 4 (c) above, table 2, annex I and section III below.[^1]",
        "2. New.[^2]",
        "# II. New",
        "3. Two (see paras. 3 and 4 above, paragraph 3 of resolution 64/293).[^3]",
        "# III. Next",
        "   - (b) new;",
        "   - (c) two.",
        "<!-- table 1 --> New",
        "<!-- table 2 --> Costs",
        "[^1]: One. See note 3 above.",
        "[^3]: Two.",
    ):
        assert line in text.splitlines()
    path = tmp_path / "x.md"
    path.write_text(FRONT.format("en", "E") + text, "utf-8")
    assert [slip.message for slip in check(path) if slip.severity is Severity.ERROR] == []


def test_arabic_numerals_and_marks_follow() -> None:
    body = "1. انظر الفقرة ٢ (ب) أعلاه، والمرفق الأول.\n\n8. جديدة.\n\n2. اثنان:\n\n"
    body += "   - (أ) واحد؛\n\n   - (ج) جديد؛\n\n   - (ب) اثنان.\n"
    text, doubts = _renumbered(f"{body}\n<!-- annex 2 --> خطة\n\n1. نص.\n\n<!-- annex 1 --> خطة\n\n1. نص.\n", "ar", "A")
    assert doubts == ()
    assert "1. انظر الفقرة ٣ (ج) أعلاه، والمرفق الثاني." in text
    assert "<!-- annex 1 --> خطة\n\n1. نص.\n\n<!-- annex 2 --> خطة" in text


def test_a_reference_that_may_mean_two_parts_is_listed_and_left() -> None:
    text, doubts = _renumbered("1. See paragraph 2 below.\n\n2. Two.\n\n2. Also two.\n")
    assert text == "1. See paragraph 2 below.\n\n2. Two.\n\n3. Also two.\n"
    assert doubts == ("x.md:12:8: check “paragraph 2”",)


def test_counted_numbers_are_left_alone_and_those_after_them_move() -> None:
    text, _ = _renumbered(
        "1. See paragraph 2 below.^[Note.]\n\n#. New.[^new]\n\n2. Two.[^2]\n\n[^new]: New.\n\n[^2]: Two.\n"
    )
    assert text.startswith("1. See paragraph 3 below.^[Note.]\n\n#. New.[^new]\n\n3. Two.")


@pytest.mark.parametrize("source", sorted(SPECIMENS.glob("*.md")), ids=lambda path: path.name)
def test_a_source_whose_numbers_are_in_order_does_not_change(source: Path) -> None:
    data = source.read_bytes()
    result = renumber(data, str(source))
    assert (result.text, result.doubts) == (data.decode(), ())


def test_the_command_shows_a_diff_and_writes_only_if_asked(tmp_path: Path) -> None:
    path = tmp_path / "x.md"
    path.write_text(FRONT.format("en", "E") + "1. One.\n\n3. Two.\n", "utf-8")
    shown = CliRunner().invoke(app, ["renumber", str(path)])
    assert (shown.exit_code, "-3. Two.\n+2. Two.\n" in shown.stdout) == (0, True)
    assert "3. Two." in path.read_text("utf-8")
    assert CliRunner().invoke(app, ["renumber", "--write", str(path)]).exit_code == 0
    assert "2. Two." in path.read_text("utf-8")
    other = tmp_path / "x.txt"
    other.write_text("x", "utf-8")
    assert isinstance(CliRunner().invoke(app, ["renumber", str(other)]).exception, SourceError)
