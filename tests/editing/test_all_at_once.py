"""Eighty slips of typing in one source are reported in one run, each in its line and with what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from masthead import formats
from masthead.document import SourceError
from masthead.editing.lint import check

FRONT = (
    "langage: en",
    "typ: report",
    "organ: GA",
    "symbol: A-104-96",
    "job: 49-08131",
    "distribution: Genral",
    "date: 2049-07-12",
    "titel: ‘Rain’",
    "agenda-item: Item 21 [^1]",
    "closing: End",
    "subtitle: Report: of rain",
    "sponsor: Chad",
    "translation: yes",
    "digits: western",
    "pagination: pages",
)
BODY = (
    # marks of HTML
    "H<sub>2</sub>O falls.",
    "A area of 5 m<sup>2</sup> is wet.",
    "<b>Rain</b> falls.",
    "<i>Rain</i> falls.",
    "<u>Rain</u> falls.",
    "<strong>Rain</strong> falls.",
    "<em>Rain</em> falls.",
    "<s>Rain</s> falls.",
    'See <a href="https://example.org">this page</a> too.',
    '<img src="rain.png">',
    "<div>Rain falls.</div>",
    '<span class="x">Rain</span> falls.',
    "<center>Rain</center>",
    "<hr>",
    "<ul><li>Rain</li></ul>",
    "<table><tr><td>Rain</td></tr></table>",
    "<h1>Rain</h1>",
    "<font>Rain</font> falls.",
    # marks of other dialects
    "~~Rain~~ Snow falls.",
    "==Rain== falls.",
    "$$x = 2$$",
    "See [[Rain]] below.",
    "[TOC]",
    "Rain falls.{.wide}",
    "\\newpage",
    "\\textbf{Rain} falls.",
    "::: note",
    "Rain falls,¹ and snow.",
    "`Rain` falls.",
    "```\nRain\n```",
    "    Rain falls.",
    "---",
    "***",
    # emphasis
    "**Rain falls.",
    "*Rain falls.",
    "_Rain falls.",
    "Rain** falls.",
    "Rain falls.*",
    # numbers, marks, headings
    "1.Rain falls.",
    "2 . Rain falls.",
    "3、Rain falls.",
    "#Rain",
    "• Rain falls.",
    "· Rain falls.",
    "5. Rain falls.",
    "5. Rain falls again.",
    "6. Rain:\n\n   - falls;",
    "7. Rain:\n\n   - (b) falls;",
    "8. Rain:\n\n   2. falls;",
    "9. Rain.\n\n   Then snow.",
    "9. Rain:\n\n- (a) falls;",
    # marks of the format
    "<!-- pagebreak -->",
    "<!-- page-end -->",
    "<!-- tabel 1 --> Rain",
    "<!-- anex -->",
    "<!-- TODO: more -->",
    "<!-- landscap -->",
    "<!-- unit --> (Litres)",
    "<!-- remark --> *Source:* rain.",
    "<!-- tail --> and snow.",
    "<!-- table 1 --> Rain",
    "<!-- part 99 --> Rain",
    # notes, links, pictures
    "Rain falls.[^9]",
    "Rain falls.[^b]",
    "Rain falls.[^?]",
    "[^7]: Never called.",
    "See [rain](rain.md).",
    "See [rain](rain@example.org).",
    "See ![](rain.png).",
    "![rain](missing.png)",
    # tables and lists
    "| Rain | Snow |\n|---|---|\n| 1 |",
    "| Rain | Snow |\n|---|---|\n| 1 | 2 | 3 |",
    "| ^ | Snow |\n|---|---|\n| 1 | 2 |\n| ^ | < |",
    # characters and words
    "Rain  falls.",
    "Rain falls falls.",
    "Rain falls , and snow.",
    "Rain falls (in spring.",
    "Rain falls on 32 May 2046.",
    "Since ٢٠٤٦ it has rained.",
    "See a/104/96.",
    "See resolution 1/170.",
)


def _source() -> tuple[str, list[tuple[int, int, str]]]:
    """Return a source with all the slips, and for each its first and last line and its text."""
    lines = ["---"]
    places = []
    for slip in FRONT:
        lines.append(slip)
        places.append((len(lines), len(lines), slip))
    lines += ["---", ""]
    for slip in BODY:
        first = len(lines) + 1
        lines += slip.split("\n")
        places.append((first, len(lines), slip))
        lines.append("")
    return "\n".join(lines), places


def test_there_are_eighty_slips() -> None:
    assert len({*FRONT, *BODY}) == len(FRONT) + len(BODY) >= 80


def test_all_slips_are_reported_in_one_run_each_in_its_line_and_with_what_to_do(tmp_path: Path) -> None:
    text, places = _source()
    path = tmp_path / "x.md"
    path.write_text(text, "utf-8")
    findings = check(path)
    found = {each.position.line: each for each in findings if each.position}
    missing = [slip for first, last, slip in places if not any(line in found for line in range(first, last + 1))]
    assert missing == []
    assert [each.location for each in findings if not each.hint and each.fix is None] == []
    assert list(findings) == sorted(findings, key=lambda each: each.position.line if each.position else 0)


def test_all_errors_come_with_the_first_one_in_the_order_of_their_places() -> None:
    text, _ = _source()
    with pytest.raises(SourceError) as caught:
        formats.parse(text.encode(), "x.md")
    lines = [int(each.where.split(":")[1]) for each in caught.value.each]
    assert len(lines) > 40
    assert lines == sorted(lines)
    assert all(each.hint for each in caught.value.each)
