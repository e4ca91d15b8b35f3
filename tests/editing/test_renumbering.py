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


_TABLE = "| a |\n|---|\n| b |"
_PICTURE = (
    "![B](data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4"
    "DwABAQEAG7buVgAAAABJRU5ErkJggg==)"
)


@pytest.mark.parametrize(
    ("body", "changes"),
    [
        # a number in the text that is no reference, and one that another organ's document has
        ("1. See paragraph 12 below.\n\n12. Of 12 boats and 12.", "1. See paragraph 2 below. | 2. Of 12 boats and 12."),
        ("1. See paragraph 12 and paragraph 21 below.\n\n12. Two.\n\n21. Three.",
         "1. See paragraph 2 and paragraph 3 below. | 2. Two. | 3. Three."),
        ("1. See paragraph 1 above.\n\n3. Two.", "2. Two."),
        # notes, with labels of several digits; a call that is escaped is none
        ("1. One.[^1] Two.[^12] Not \\[^12].\n\n[^1]: One.\n\n[^12]: Two.",
         "1. One.[^1] Two.[^2] Not \\[^12]. | [^2]: Two."),
        ("1. One.[^1]\n\n<!-- annex --> Goods\n\n1. See note 3 below.[^3]\n\n[^1]: One.\n\n[^3]: Two.",
         "1. See note 2 below.[^2] | [^2]: Two."),
        ("1. See note 3 above.[^1] And.[^3]\n\n[^1]: One.\n\n[^3]: Two.",
         "1. See note 2 above.[^1] And.[^2] | [^2]: Two."),
        # tables, figures and annexes are counted through the document, so their references may be anywhere
        (f"1. See table 3 and annex II.\n\n<!-- table 2 --> A\n\n{_TABLE}\n\n<!-- table 3 --> B\n\n{_TABLE}\n\n"
         "<!-- annex 2 --> Goods\n\n1. See table 3 above.",
         "1. See table 2 and annex I. | <!-- table 1 --> A | <!-- table 2 --> B | <!-- annex 1 --> Goods | "
         "1. See table 2 above."),
        (f"1. See figure II below.\n\n<!-- figure 2 --> A\n\n{_PICTURE}", 
         "1. See figure I below. | <!-- figure 1 --> A"),
        # paragraphs in each annex and part
        ("1. See paragraph 4 below.\n\n4. Two.\n\n<!-- annex --> Goods\n\n1. See paragraph 3 below.\n\n3. Three.",
         "1. See paragraph 2 below. | 2. Two. | 1. See paragraph 2 below. | 2. Three."),
        ("<!-- part 1 --> A\n\n1. See paragraph 3 below.\n\n3. Two.\n\n<!-- part 3 --> B\n\n"
         "1. See paragraph 4 below.\n\n4. Four.",
         "1. See paragraph 2 below. | 2. Two. | <!-- part 2 --> B | 1. See paragraph 2 below. | 2. Four."),
        # subparagraphs
        ("1. See paragraph 3 (c) below.\n\n3. Two:\n\n   - (a) x;\n\n   - (c) y.",
         "1. See paragraph 2 (b) below. | 2. Two: |    - (b) y."),
        ("1. See paragraphs 3 (b) and 5 (b) below.\n\n3. Two:\n\n   - (a) x;\n\n   - (b) y.\n\n5. More:\n\n"
         "   - (b) z;\n\n   - (a) w.",
         "1. See paragraphs 2 (b) and 3 (a) below. | 2. Two: | 3. More: |    - (a) z; |    - (b) w."),
    ],
)  # fmt: skip
def test_the_lines_that_change_are_these(body: str, changes: str) -> None:
    text, doubts = _renumbered(body)
    assert doubts == ()
    assert len(text.rstrip().splitlines()) == len(body.splitlines())
    changed = [new for old, new in zip(body.splitlines(), text.splitlines(), strict=False) if old != new]
    assert [each for each in changed if each] == changes.split(" | ")


def test_a_reference_whose_number_cannot_be_changed_is_listed_with_its_place() -> None:
    text, doubts = _renumbered("1. See **paragraph** 3 below.\n\n3. Two.\n\n2. See paragraphs 1 and 3 above.\n")
    assert text == "1. See **paragraph** 3 below.\n\n2. Two.\n\n3. See paragraphs 1 and 2 above.\n"
    assert doubts == ("x.md:12:10: check “paragraph 3”",)
    _, doubts = _renumbered(f"1. See figure 2 below.\n\n<!-- figure 2 --> A\n\n{_PICTURE}\n")
    assert doubts == ("x.md:12:8: check “figure 2”",)  # figures have Roman numbers


def test_a_reference_that_may_mean_two_parts_is_listed_and_left() -> None:
    text, doubts = _renumbered("1. See paragraph 2 below.\n\n2. Two.\n\n2. Also two.\n")
    assert text == "1. See paragraph 2 below.\n\n2. Two.\n\n3. Also two.\n"
    assert doubts == ("x.md:12:8: check “paragraph 2”",)


def test_references_to_paragraphs_of_annexes_follow() -> None:
    annexes = "<!-- annex 1 --> A\n\n1. One.\n\n3. Two.\n\n<!-- annex 2 --> B\n\n1. One.\n\n2. Two.\n\n4. Three.\n"
    text, doubts = _renumbered(
        f"1. See paragraph 3 of annex I; annex II, paragraphs 2 and 4; paragraph 3 of annex I to the Act.\n\n{annexes}"
    )
    assert text.startswith("1. See paragraph 2 of annex I; annex II, paragraphs 2 and 3; paragraph 3 of annex I to")
    assert not doubts


def test_a_paragraph_of_an_annex_that_may_be_another_s_is_listed() -> None:
    annex = "<!-- annex --> A\n\n1. One.\n\n3. Two.\n"
    text, doubts = _renumbered(f"1. See paragraphs 1 and 3 of the annex.\n\n{annex}")
    assert (text[:34], doubts) == ("1. See paragraphs 1 and 3 of the a", ("x.md:12:25: check “3”",))
    text, doubts = _renumbered(f"1. See paragraph 3 of the annex to the present report.\n\n{annex}")
    assert (text[:22], doubts) == ("1. See paragraph 2 of ", ())


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
