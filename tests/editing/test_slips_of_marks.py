"""One slip in a mark, a label or a picture is one finding, in its line, with what to write; nothing else follows."""

from __future__ import annotations

import pytest

from manuscripts import AR, EN, report
from masthead.document import Language
from masthead.editing.lint import check_source
from masthead.formats import parse

TABLE = "| Harbour | Posts |\n|---|--:|\n{}\n| Saltmarsh | 2 |"
REMARK = "<!-- remark --> *Source:* Office of Harbours."
PICTURE = "![A map of six harbours]({})"
SLIPS = (
    (("#. One.", "#.Two words."), "#.Two", "write #. and a space"),
    (("# #.Tides",), "# #.", "write #. and a space"),
    (("# . Tides",), "# . ", "write #. and a space"),
    (("#. {#map} See (#map).",), "(#map)", "write [](#water)"),
    *(
        (("<!-- table # --> Posts", TABLE.format(f"| {mark}Port Levee | 1 |")), f"| {mark}Port", "write a space after")
        for mark in (">", "#", "=", "==", "> =")
    ),
    (
        ("#. {#scale} See [](#Scale).",),
        "(#Scale",
        "labels have small letters, digits and hyphens; did you mean #scale?",
    ),
    (("#. {#a} See [](#سلسلة).",), "(#سلسلة", "labels have small letters"),
    (('#. {#a} See [](#a "as written").',), "](#a", "write words between the brackets"),
    (("## #. Tides {#sub}", "#. See [](#sub)."), "{#sub}", "label a numbered paragraph"),
    (("<!-- landscape --> <!-- empty -->",), "<!-- empty", "in a paragraph of its own"),
    (
        ("<!-- figure # --> A {#map}", PICTURE.format("no.png"), REMARK, REMARK, "#. See [](#map)."),
        "![A map",
        "folder of the source",
    ),
    (
        (
            "<!-- table # head 2, widths 3 2 --> Posts {#p}",
            "<!-- unit --> (Posts)",
            TABLE.format("| A | 1 |"),
            REMARK,
            "#. See [](#p).",
        ),
        "<!-- table #",
        "did you mean <!-- table #, head 2, widths 3 2 -->?",
    ),
    (
        ("<!-- figure #, columns --> Posts {#p}", TABLE.format("| A | 3S |"), REMARK, "#. See [](#p)."),
        "| A | 3S",
        "write a number",
    ),
)


@pytest.mark.parametrize(("body", "place", "hint"), SLIPS, ids=lambda value: value if isinstance(value, str) else "")
def test_a_slip_is_one_finding_in_its_line(body: tuple[str, ...], place: str, hint: str) -> None:
    source = report(EN, *body)
    line = source[: source.index(place)].count("\n") + 1
    found = [each for each in check_source(source.encode(), "x.md") if each.rule != "heading-level"]
    assert [(each.position and each.position.line, each.fix) for each in found] == [(line, None)], found
    assert hint in found[0].hint


def test_a_remark_may_follow_a_table_whose_notes_are_in_its_cells() -> None:
    table = TABLE.format("| Port Levee^[Without pilots.] | 1[^b] |")
    body = ("<!-- table # --> Posts", table, REMARK, "[^b]: Estimate.")
    assert check_source(report(EN, *body).encode(), "x.md") == ()
    read = parse(report(EN, *body).encode(), "x.md").body[-1]
    assert (len(read.remarks), len(read.notes)) == (1, 2)
    late = check_source(report(EN, *body, REMARK).encode(), "x.md")
    assert [each.message for each in late] == ["a remark without a table or figure"]


def test_an_entry_of_a_list_with_a_colon_is_an_error_that_says_how_variables_are_written() -> None:
    source = report(EN, "#. One.").replace("\n---\n\n", "\nvariables:\n- body: the Commission\n---\n\n", 1)
    (found,) = check_source(source.encode(), "x.md")
    assert (found.message, found.position and found.position.line) == ("an entry of a list must be a text", 16)
    assert "- name = text" in found.hint


@pytest.mark.parametrize(
    ("language", "text", "messages"),
    [
        (EN, "Shown in[](#a)and below.", ["no space before the reference", "no space after the reference"]),
        (EN, "Shown (see [](#a) ).", ["space before a punctuation mark"]),
        (EN, "Shown ([](#a)), non-[](#a), “[](#a)” and in [the first](#a).", []),
        (AR, "ترد في[](#a).", ["no space before the reference"]),
        (AR, "ترد في الجزء و [](#a).", ["و is separate from the next word"]),
        (AR, "ترد في [](#a) و[](#a) وب[](#a) ([](#a)).", []),
    ],
)
def test_spaces_beside_references_are_checked(language: Language, text: str, messages: list[str]) -> None:
    source = report(language, "#. {#a} " + text)
    found = check_source(source.encode(), "x.md")
    assert [each.message for each in found] == messages
    assert {each.position and each.position.line for each in found} <= {source.count("\n")}


def test_the_last_paragraph_is_the_one_with_the_highest_number() -> None:
    body = (f"{number}. See paragraph {99 if number == 1 else 1} above." for number in range(1, 25))
    annexed = ("<!-- annex --> More", "1. One:\n\n   - (a) two.")
    (found,) = check_source(report(EN, *body, *annexed).encode(), "x.md")
    assert found.message == "the document has no paragraph 99; its last is paragraph 24"
