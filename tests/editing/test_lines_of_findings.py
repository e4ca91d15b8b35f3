"""Each finding about a Markdown source has its line, whatever else is in the paragraph."""

from __future__ import annotations

from pathlib import Path

import pytest

from manuscripts import AR, EN, report
from masthead.document import Language
from masthead.editing.lint import check

AROUND = (
    "{slip} ([](#first) – [#](#second)).",
    "{slip}.^[([](#first)) {{{{body}}}}.] {{{{body}}}}.",
    "{{{{body}}}}: {slip}",
    "{slip} {{{{body}}}} {{#third}}",
    "{slip}<br>{{{{body}}}}.",
    "[](#second): {slip}",
    "{{{{body}}}}.^[{slip} [{{{{body}}}}](#first) {{{{body}}}}.]",
    "{{{{body}}}}.[^lake]\n\n[^lake]: {slip} [{{{{body}}}}](#first).",
)
SLIPS = (
    (EN, "digits-mixed", "in ٢٠2٣"),
    (EN, "quote-form", 'the "gauge"'),
    (EN, "doubled-space", "of  the"),
    (AR, "digits-foreign", "في عام 2041"),
    (AR, "conjunction-space", "والنيل و البحر"),
    (AR, "number-order", "٠٠٠ ٢١٠"),
)


def _source(language: Language, *body: str) -> str:
    """A report with a variable."""
    variables = (
        f"\nvariables:\n- body = *{'التقرير' if language is AR else 'Tides'}* {'٢٠٣٨' if language is AR else 2038}"
    )
    return report(language, *body).replace("\n---\n\n", f"{variables}\n---\n\n", 1)


@pytest.mark.parametrize("around", AROUND)
def test_a_finding_has_its_line_beside_references_notes_and_variables(around: str, tmp_path: Path) -> None:
    for language, rule, slip in SLIPS:
        body = ("#. {#first} One.", "#. {#second} Two.", f"#. {around.format(slip=slip)}", "#. Four.")
        source = _source(language, *body)
        path = tmp_path / "x.md"
        path.write_text(source, "utf-8")
        line = source[: source.index(slip)].count("\n") + 1
        lines = [finding.position and finding.position.line for finding in check(path) if finding.rule == rule]
        assert lines == [line], (rule, around)


def test_a_finding_in_an_included_text_has_the_line_of_its_file_and_is_not_corrected_in_the_source(
    tmp_path: Path,
) -> None:
    part = tmp_path / "part.md"
    part.write_text("#. The first.\n\n#. The  {{body}}.^[The  note.]\n", "utf-8")
    path = tmp_path / "x.md"
    twice = ("<!-- include: part.md -->", "<!-- annex --> More", "<!-- include: part.md -->")
    path.write_text(_source(EN, "#. One.", *twice), "utf-8")
    found = [finding for finding in check(path) if finding.rule == "doubled-space"]
    assert len(found) == 4
    assert {(each.file, each.position and each.position.line, each.fix) for each in found} == {(str(part), 3, None)}
