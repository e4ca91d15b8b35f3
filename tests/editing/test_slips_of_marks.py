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
    (("#. One.", "<!-- portrait --> Text."), "<!-- portrait", "in a paragraph of its own"),
    (("#. One.", "<!-- contents 2 -->\nText."), "<!-- contents", "in a paragraph of its own"),
    (("#. One.", "  #. two."), "  #. two", "indent it by 3 spaces"),
    (("1. One.", "Two.\n2. Three."), "2. Three", "leave a blank line"),
    (("| Harbour | Posts |\n| Saltmarsh | 2 |",), "| Saltmarsh", "write |---|---| below the head"),
    (("| Harbour | Posts |\n|--|\n| Saltmarsh | 2 |",), "|--|", "write |---|---| below the head"),
    (("<!-- table # --> Posts", TABLE.format("| ^ | 1 |")), "| ^", "write \\^ to print it"),
    (("<!-- table # --> Posts", TABLE.format("| < | 1 |")), "| <", "write \\< to print it"),
    (("<!-- table # --> Posts", TABLE.format("| > 50 per cent | 1 |")), "| > 50", "write \\> to print it"),
    (("<!-- table #, head 4 --> Posts", TABLE.format("| A | 1 |")), "<!-- table", "count its rows again"),
    (("<!-- table #, topp --> Posts", TABLE.format("| A | 1 |")), "<!-- table", "did you mean top?"),
    (
        ("<!-- figure #, lines, width 5000 --> Posts", TABLE.format("| A | 1 |")),
        "<!-- figure",
        "at most 720 points wide",
    ),
    (("##. Two.",), "##.", "write #. and a space"),
    (("# # Two",), "# # Two", "before the first space"),
    (("[1]: See A/71/119.",), "[1]", "write [^1]:"),
    (("See[^ 1].",), "[^ 1]", "without spaces"),
    (("See [#map].",), "[#map]", "write [](#water)"),
    (("In {{ body }}.",), "{{ body }}", "without spaces"),
    (("<!–– page break ––>",), "<!–– page", "write <!-- … -->"),
    (("#. {#a} One. See [](#a).", "#. {#a} Two."), "{#a} Two", "give one of them another name"),
    (("#. One.[^watr]\n\n[^water]: Two.",), "[^watr]", "did you mean [^water]?"),
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


def test_a_counted_number_begins_a_paragraph_right_after_a_line_of_text() -> None:
    source = report(EN, "One.\n#. Two.", "<!-- portrait -->\n#. Three.", "<!-- annex # --> More\n#. Four.")
    assert check_source(source.encode(), "x.md") == ()
    document = parse(source.encode(), "x.md")
    assert [getattr(block, "number", "") for block in document.body[1:]] == [None, 1, "", 2]
    assert [block.number for block in document.annexes[0].body] == [1]
    (alone,) = check_source(report(EN, "One.\n#.\ntwo.").encode(), "x.md")
    assert "#." in alone.message


def test_a_front_matter_value_of_which_yaml_leaves_out_a_part_is_an_error_with_the_quoted_text() -> None:
    source = report(EN, "#. One.")
    for typed in ("Tides #two of them", "&Tides two", "! Tides"):
        (found,) = check_source(source.replace('\ntitle: "Tides"', f"\ntitle: {typed}").encode(), "x.md")
        assert (found.severity, "title" in found.message) == ("error", True)
        assert f"'{typed}'" in found.hint
    for typed in ("'Tides' # quoted", "Tides#two", "A & B"):
        assert check_source(source.replace('\ntitle: "Tides"', f"\ntitle: {typed}").encode(), "x.md") == ()


def test_a_wrong_variable_is_an_error_in_its_line() -> None:
    source = report(EN, "#. One.").replace("\n---\n\n", "\nvariables:\n- a the\n- b = x\n- b = y\n---\n\n", 1)
    found = check_source(source.encode(), "x.md")
    assert [each.message for each in found] == ["“a the” is no variable", "variable b is set twice"]
    assert [source.split("\n")[each.position.line - 1] for each in found if each.position] == ["- a the", "- b = y"]


def test_an_asterisk_in_the_agenda_item_calls_a_note() -> None:
    (found,) = check_source(report(EN, "#. One.", **{"agenda-item": "Agenda item 9[^*]"}).encode(), "x.md")
    assert found.message == "call to undefined note *"


def test_appendices_are_numbered_in_each_annex() -> None:
    marks = ("annex", "appendix", "appendix", "annex", "appendix")
    body = (part for mark in marks for part in (f"<!-- {mark} # --> More", "Text."))
    assert check_source(report(EN, "See annexes I and II.", *body).encode(), "x.md") == ()
