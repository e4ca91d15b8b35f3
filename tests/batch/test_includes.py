"""Comments, files that are included, variables and page breaks."""

from __future__ import annotations

from pathlib import Path

import pytest

from masthead import formats
from masthead.batch.sources import self_contained
from masthead.batch.tasks import SourcePath
from masthead.document import Document, SourceError
from masthead.document.model import Layout, Paragraph, plain
from masthead.editing.lint import check

FRONT = """---
type: report
language: en
organ: general-assembly
symbol: A/104/96
job: 49-08131 (E)
distribution: General
date: 12 July 2049
title: Rain and the {{body}}
variables:
- body = Commission on *Tidal* Observatories
---

"""


def _read(body: str, folder: Path, **files: str) -> Document:
    source = folder / "x.md"
    source.write_text(FRONT + body, "utf-8")
    for name, text in files.items():
        path = folder / name.replace("__", "/")
        path.parent.mkdir(exist_ok=True)
        path.with_suffix(".md").write_text(text, "utf-8")
    return formats.read(source)


def _texts(document: Document) -> list[str]:
    return [plain(block.content) for block in document.body if isinstance(block, Paragraph)]


def test_comments_are_left_out_and_the_lines_after_them_keep_their_numbers(tmp_path: Path) -> None:
    document = _read("One.<!-- comment: a\nb --> Two.\n\n<!-- comment: a\n\nb -->\n\nThree **four.\n", tmp_path)
    assert _texts(document) == ["One. Two.", "Three **four."]
    assert [finding.where.removeprefix(str(tmp_path)) for finding in document.findings] == ["/x.md:21:7"]
    assert _texts(_read("One \\<!-- comment: two -->.\n", tmp_path)) == ["One <!-- comment: two -->."]


@pytest.mark.parametrize(
    "rest", ["\n\nTwo.\n\n<!-- table # --> Costs\n\n| A |\n|---|\n| B |\n", "\n\nTwo.\n", " <!-- comment: b -->\n"]
)
def test_a_comment_that_is_not_closed_is_an_error_in_its_line_and_hides_nothing(rest: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError) as caught:
        _read(f"One.\n\n<!-- comment: ask the secretariat{rest}\nThree **four.\n\n<!-- comment: closed -->\n", tmp_path)
    assert caught.value.message == "the comment is not closed" and len(caught.value.each) == 1
    assert caught.value.where.removeprefix(str(tmp_path)) == "/x.md:16:1"
    assert caught.value.draft is not None
    assert any(
        isinstance(block, Paragraph) and plain(block.content) == "Three **four." for block in caught.value.draft.body
    )


def test_variables_are_filled_in_with_their_markup(tmp_path: Path) -> None:
    document = _read("The {{body}}.\n", tmp_path)
    assert plain(document.preface.title) == "Rain and the Commission on Tidal Observatories"
    assert _texts(document) == ["The Commission on Tidal Observatories."]
    document = _read("The {{boddy}}, \\{{body}}.\n", tmp_path)
    assert _texts(document) == ["The {{boddy}}, {{body}}."]
    assert [finding.message for finding in document.findings] == ["{{boddy}} is no variable, and is printed as it is"]
    assert formats.parse(formats.render(document, ".md"), "x.md") == document


def test_a_file_is_included_with_the_files_that_it_includes(tmp_path: Path) -> None:
    inner = "#. Two {{body}}.\n\n<!-- include: last.md -->\n"
    document = _read(
        "#. One.\n\n<!-- include: parts/a.md -->\n\n#. Four.\n", tmp_path, parts__a=inner, last="#. Three.\n"
    )
    assert _texts(document) == ["One.", "Two Commission on Tidal Observatories.", "Three.", "Four."]


def test_errors_and_findings_name_the_line_of_the_included_file(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as caught:
        _read("#. One.\n\n<!-- include: a.md -->\n\n#. Four.[^8]\n", tmp_path, a="#. Two\n\n#. Three **x.[^9]\n")
    assert [each.where for each in caught.value.each] == [f"{tmp_path}/a.md:3:14", f"{tmp_path}/x.md:18:9"]
    assert (f"{tmp_path}/a.md:3:10", "emphasis-unclosed") in [
        (finding.location, finding.rule) for finding in check(tmp_path / "x.md")
    ]


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("missing.md", "", "missing.md cannot be included"),
        ("../outside.md", "", "../outside.md cannot be included"),
        ("a.txt", "", "a.txt cannot be included"),
        ("a.md", "---\ntype: report\n---\n", "a.md has front matter"),
        ("a.md", "<!-- include: a.md -->\n", "a.md includes itself"),
    ],
)
def test_a_file_that_cannot_be_included_is_an_error(name: str, text: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "outside.md").write_text("Secret.", "utf-8")
    folder = tmp_path / "in"
    folder.mkdir()
    with pytest.raises(SourceError, match=message) as caught:
        _read(f"One.\n\n<!-- include: {name} -->\n", folder, a=text or "x")
    assert caught.value.hint


def test_a_batch_reads_a_source_together_with_what_it_includes(tmp_path: Path) -> None:
    files = {"parts__a": "Two.\n\n<!-- include: b.md -->\n", "b": "Three **x.\n"}
    document = _read("One.\n\n<!-- include: parts/a.md -->\n", tmp_path, **files)
    whole = self_contained(SourcePath(tmp_path / "x.md", ()))
    for name in ("x.md", "parts/a.md", "b.md"):
        (tmp_path / name).unlink()
    again = formats.parse(whole.data, whole.name)
    assert again == document
    assert [finding.where for finding in again.findings] == [f"{tmp_path}/b.md:1:7"]


def test_a_page_break_keeps_the_layout_and_survives_every_form(tmp_path: Path) -> None:
    body = "One.\n\n<!-- page break -->\n\nTwo.\n\n<!-- landscape -->\n\nThree.\n\n<!-- page break -->\n\nFour.\n"
    document = _read(f"{body}\n<!-- portrait, break -->\n\nFive.\n", tmp_path)
    layouts = [block for block in document.body if isinstance(block, Layout)]
    assert layouts == [Layout(new_page=True), Layout(True), Layout(True, new_page=True), Layout(new_page=True)]
    for suffix in (".md", ".akn", ".docx"):
        assert formats.parse(formats.render(document, suffix), f"x{suffix}") == document, suffix
    assert formats.write(document, ".md").count("<!-- page break -->") == 2
