"""Slips in Word files, Akoma Ntoso and transcripts: all are told in one run, in order, with place and remedy."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest

from masthead import formats
from masthead.editing.lint import check
from paths import ROOT

TRANSCRIPT = ROOT / "examples" / "E_RES_2041_7.en.txt"
REPORT = """---
type: report
language: en
organ: general-assembly
symbol: A/104/97
job: 49-11111 (E)
distribution: General
date: 19 November 2049
session: Hundred and fourth session
agenda-item: Item 20 of the provisional agenda
title: Gardens
subtitle: Report of the Secretary-General
---

# I. Introduction

1. It rained on 3 May 2046, as the item “Gardens of rain” says.[^1]

   - (a) In cities:

     - (i) At dawn;

     - (ii) At noon;

   - (b) Elsewhere.

2. It dries in resolution 102/31 of 9 December 2047 and in annex II.

# II. Cost

3. The cost of gauges is known; table 1 shows it.

<!-- table 1 --> Cost of gauges

| Region    | Cost  |
|-----------|------:|
| North     | 7 425 |
| South[^a] |     3 |

[^a]: Without islands.

<!-- annex 1 --> Harbours

1. There are three.

<!-- annex 2 --> Boats

1. There are nine boats.

[^1]: It is not so elsewhere.
"""
SLIPS = (  # in the order of the text
    ("date-impossible", "3 May 2046", "33 May 2046"),
    ("quote-form", "“Gardens of rain”", '"Gardens of rain"'),
    ("item-order", "(ii)", "(iv)"),
    ("repeated-word", "At noon;", "At noon noon;"),
    ("space-before-mark", "Elsewhere.", "Elsewhere , too."),
    ("reference-date", "9 December 2047", "9 December 2045"),
    ("annex-missing", "annex II.", "annex VII."),
    ("heading-order", ">II.<", ">IV.<"),
    ("paragraph-order", ">3.<", ">4.<"),
    ("quote-single", "Without islands.", "Without 'islands'."),
    ("percent-form", "nine boats", "50 % of boats"),
)


def _changed(data: bytes, pairs: Iterable[tuple[str, str]]) -> bytes:
    """Return a Word file, or one of text, with texts replaced, each of which is there."""
    if not data.startswith(b"PK"):
        text = data.decode()
        for old, new in pairs:
            assert old in text, old
            text = text.replace(old, new)
        return text.encode()
    written, missing = io.BytesIO(), dict(pairs)
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(written, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if name.startswith("word/") and name.endswith(".xml"):
                text = part.decode()
                for old, new in pairs:
                    if old in text:
                        missing.pop(old, None)
                        text = text.replace(old, new)
                part = text.encode()
            target.writestr(name, part)
    assert not missing
    return written.getvalue()


@pytest.fixture
def rendered(tmp_path: Path) -> dict[str, bytes]:
    source = tmp_path / "x.md"
    source.write_text(REPORT, "utf-8")
    document = formats.read(source)
    return {suffix: formats.render(document, suffix) for suffix in (".docx", ".akn")}


@pytest.mark.parametrize("suffix", [".docx", ".akn"])
def test_slips_in_every_form_are_told_in_one_run_in_order_with_place_and_remedy(
    suffix: str, rendered: dict[str, bytes], tmp_path: Path
) -> None:
    path = tmp_path / f"x{suffix}"
    path.write_bytes(rendered[suffix])
    assert check(path) == ()
    path.write_bytes(_changed(rendered[suffix], [(old, new) for _, old, new in SLIPS]))
    findings = check(path)
    assert [each.rule for each in findings] == [rule for rule, _, _ in SLIPS]
    assert all(each.hint or each.fix is not None for each in findings)
    if suffix == ".docx":
        places = [re.search(r"paragraph (\d+) “.+”", each.where) for each in findings]
        numbers = [int(place[1]) for place in places if place]
        assert len(numbers) == len(findings)
        assert numbers == sorted(numbers)
    else:
        assert all(each.position for each in findings)


def test_errors_of_a_word_file_hide_nothing_else(rendered: dict[str, bytes], tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    pairs = [("49-11111 (E)", "none"), ("(ii)", "(iv)"), ("At noon;", "At noon noon;")]
    path.write_bytes(_changed(rendered[".docx"], pairs))
    findings = check(path)
    assert [each.rule for each in findings] == ["source", "item-order", "repeated-word"]
    assert "job number" in findings[0].message


def test_errors_of_akoma_ntoso_hide_nothing_else(rendered: dict[str, bytes], tmp_path: Path) -> None:
    path = tmp_path / "x.akn"
    for pairs, message in (
        ([('language="eng"', 'language="enq"')], "the file is in the language “enq”"),
        ([("A/104/97", "none"), ("A-104-97", "none")], "the file does not state its symbol"),
    ):
        path.write_bytes(_changed(rendered[".akn"], [*pairs, ("At noon;", "At noon noon;")]))
        findings = check(path)
        assert message in [each.message for each in findings]
        assert "repeated-word" in [each.rule for each in findings]


def test_a_heading_without_text_is_a_finding_in_every_form(rendered: dict[str, bytes], tmp_path: Path) -> None:
    sources = {
        "x.md": REPORT.replace("# II. Cost", "# II.").encode(),
        "y.md": REPORT.replace("# II. Cost", "#").encode(),
        "x.akn": _changed(rendered[".akn"], [(">Cost<", "><")]),
        "x.docx": _changed(rendered[".docx"], [(">Cost<", "><")]),
    }
    for name, data in sources.items():
        path = tmp_path / name
        path.write_bytes(data)
        (finding,) = check(path)
        assert (finding.rule, bool(finding.hint)) == ("heading-empty", True)
        assert finding.position or "paragraph 12" in finding.where, name


def test_subparagraphs_that_run_on_through_another_list_are_in_order(
    rendered: dict[str, bytes], tmp_path: Path
) -> None:
    path = tmp_path / "x.akn"
    path.write_bytes(_changed(rendered[".akn"], [(">(b)<", ">(ii)<")]))  # as in lists whose two degrees are one
    assert check(path) == ()
    path.write_bytes(_changed(rendered[".akn"], [(">(b)<", ">(a)<")]))
    assert [each.rule for each in check(path)] == ["item-order"]


def test_a_wrong_line_of_a_transcript_hides_nothing_else(tmp_path: Path) -> None:
    text = TRANSCRIPT.read_text("utf-8")
    path = tmp_path / "x.txt"
    pairs = [("\n2041 session", "\n2041 sesion"), ("2041/7. ", "2041-7. "), ("5. *Requests*", "7. *Requests*")]
    path.write_bytes(_changed(text.encode(), pairs))
    findings = check(path)
    assert [(each.rule, each.position.line if each.position else 0) for each in findings] == [
        ("source", 7),
        ("source", 14),
        ("paragraph-order", 60),
    ]
    assert "2041 sesion" in findings[0].message
    assert "64/293. …" in findings[1].hint
    path.write_text(text.replace("Distr.: General\n", ""), "utf-8")
    assert [each.message for each in check(path)] == ["expected the distribution, found “29 August 2041”"]


def test_one_wrong_number_of_a_paragraph_is_one_finding(tmp_path: Path) -> None:
    path = tmp_path / "x.md"
    front = REPORT[: REPORT.index("# I.")]
    for numbers, wrong in (("1 2 7 4 5", 1), ("1 2 4 5 6", 1), ("1 2 2 4", 1), ("1 3 2", 2), ("4 5 6", 1)):
        text = "\n\n".join(f"{number}. It rains {number * 2}." for number in numbers.split())
        path.write_text(f"{front}{text}\n", "utf-8")
        assert len([each for each in check(path) if each.rule.startswith("paragraph-")]) == wrong, numbers


def test_a_table_with_an_error_is_read_to_its_end(tmp_path: Path) -> None:
    front = REPORT[: REPORT.index("# I.")] + "It rains.\n\n"
    path = tmp_path / "x.md"
    (tmp_path / "x.csv").write_text("Region,Cost\nNorth,1,2\nSouth\nEast,<b>4</b>\n", "utf-8")
    for table, rules in {
        "| A | B |\n| 1 | 2  3 |\n| x the the | 4 | 5 |\n| y[^z] | 6 |": [
            "source", "doubled-space", "source", "repeated-word", "source",
        ],
        "| A | B |\n|---|\n| 1 | 2  3 |": ["source", "doubled-space"],
        "| A | B |\n|---|---|\n| 1 | 2 | the the |\n| < | 3 |": ["source", "repeated-word", "source"],
        "![](x.csv)": ["mark-foreign", "source", "source"],
    }.items():  # fmt: skip
        path.write_text(
            f"{front}<!-- table 1 --> Rain\n\n{table}\n\n<!-- table 2 --> More\n\n| A |\n|---|\n| 1 |\n", "utf-8"
        )
        assert sorted(each.rule for each in check(path)) == sorted(rules), table


def test_an_ambiguous_number_is_not_corrected(tmp_path: Path) -> None:
    source = ROOT / "examples/specimens/A_RES_104_12.ar.md"
    for typed in ("1,250", "529 123"):
        path = tmp_path / source.name
        path.write_text(source.read_text("utf-8").replace("عام ٢٠٥٥", f"عدد {typed}", 1), "utf-8")
        findings = [each for each in check(path) if each.rule in ("number-ambiguous", "digits-foreign")]
        assert "number-ambiguous" in {each.rule for each in findings}
        assert all(each.fix is None and each.hint for each in findings)


def test_a_number_with_groups_of_digits_is_one_finding_and_is_corrected_as_a_whole(tmp_path: Path) -> None:
    source = ROOT / "examples/specimens/A_RES_104_12.ar.md"
    for typed, fix in (("7 425", "٧ ٤٢٥"), ("20 000", "٢٠ ٠٠٠"), ("%35", "٣٥٪"), ("2046-2049", "٢٠٤٦-٢٠٤٩")):
        path = tmp_path / source.name
        path.write_text(source.read_text("utf-8").replace("عام ٢٠٥٥", f"عدد {typed}", 1), "utf-8")
        fixes = [each.fix and each.fix.replace("\u00a0", " ") for each in check(path) if each.rule == "digits-foreign"]
        assert fixes == [fix]


def test_findings_in_an_included_file_are_where_its_text_is(tmp_path: Path) -> None:
    path = tmp_path / "x.md"
    (tmp_path / "rain.md").write_text("2. It rains rains in the harbours of the north.\n", "utf-8")
    front = REPORT[: REPORT.index("# I.")]
    before, after = "1. The gauges are read read at dawn.", "3. They are written down down."
    path.write_text(f"{front}{before}\n\n<!-- include: rain.md -->\n\n{after}\n", "utf-8")
    findings = check(path)
    assert [Path(each.file).name for each in findings] == ["x.md", "rain.md", "x.md"]
    assert [each.position.line if each.position else 0 for each in findings] == [15, 1, 19]
