"""Where in its source each unit of a document is, from its first letter to its last; nothing where it is not certain.

A body is given with what each unit is in the source; what comes before it, the front matter and a heading, is the same.
"""

from __future__ import annotations

import pytest

from manuscripts import EN, report
from masthead import formats
from masthead.document import SourceError
from masthead.document.references import units
from masthead.editing.places import LocatedUnit, SourceText, text_of

FRONT = {"session": "Ninety-third session", "agenda item": "Agenda item 9", "agenda title": "Tides", "title": "Tides",
         "subtitle": "Report of the Secretary-General", "heading 1": "Introduction"}  # fmt: skip


def located(text: str, name: str = "x.md") -> dict[str, LocatedUnit]:
    return SourceText(text_of(text.encode(), name)).locate(units(formats.parse(text.encode(), name)))


def slices(text: str, name: str = "x.md") -> dict[str, str]:
    """The part of the source from the first letter of each unit to the last that was found; `…` if there are more."""
    source = text_of(text.encode(), name)
    return {
        place: source[unit.offsets[0] : unit.offsets[-1] + 1] + "…" * (not unit.is_whole)
        for place, unit in located(text, name).items()
    }


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("1. One text.", {"paragraph 1": "One text"}),
        ("1. One *text* of\nall.", {"paragraph 1": "One *text* of\nall"}),
        ("1. One text.[^1]\n\n2. Two.\n\n[^1]: A note.",
         {"paragraph 1": "One text", "paragraph 2": "Two", "note 1": "A note"}),
        ("1. One.[^*]\n\n[^*]: A note.", {"paragraph 1": "One", "note *": "A note"}),
        ("1. One.[^1] Two.[^2]\n\n[^2]: Second.\n\n[^1]: First.",
         {"paragraph 1": "One.[^1] Two", "note 1": "First", "note 2": "Second"}),
        # notes where they are called, and those with a word as their label
        ("1. One.^[A [note](https://un.org) [of].] More.",
         {"paragraph 1": "One.^[A [note](https://un.org) [of].] More", "note 1": "A [note](https://un.org) [of"}),
        ("1. One.^[A note *here*.] More.",
         {"paragraph 1": "One.^[A note *here*.] More", "note 1": "A note *here"}),
        ("1. One.^[Same.] Two.^[Same.]", {"paragraph 1": "One.^[Same.] Two", "note 1": "Same", "note 2": "Same"}),
        ("1. One.[^rain] Two.\n\n[^rain]: Words of\nrain.\n\n2. Two.",
         {"paragraph 1": "One.[^rain] Two", "paragraph 2": "Two", "note 1": "Words of\nrain"}),
        # what is the same is found in its order
        ("1. Same.\n\n2. Same.\n\n3. Same.", {"paragraph 1": "Same", "paragraph 2": "Same", "paragraph 3": "Same"}),
        # what no page prints, and what only the document makes
        ("1. {#a-b} One <br>of [these](https://un.org/these) &amp; more.",
         {"paragraph 1": "One <br>of [these](https://un.org/these) &amp; more"}),
        ("1. One, see [](#two), of all.\n\n2. {#two} Two.", {"paragraph 1": "One, see [](#two), of all",
                                                            "paragraph 2": "Two"}),
        ("1. One of resolution 64/293, here.", {"paragraph 1": "One of resolution 64/293, here"}),
        ("1. Of 64/293.", {"paragraph 1": "Of"}),
        # variables
        ("1. One {{body}} of all.\n\n2. {{body}}.", {"paragraph 1": "One {{body}} of all", "paragraph 2": "{"}),
        ("1. Keep \\{{body}} so.", {"paragraph 1": "Keep \\{{body}} so"}),
        # subparagraphs, tables, annexes
        ("1. One:\n\n   - (a) Two;\n\n   - (b) Three.",
         {"paragraph 1": "One", "paragraph 1 (a)": "Two", "paragraph 1 (b)": "Three"}),
        ("<!-- table 1 --> Costs\n\n| A | B |\n|---|--:|\n| C | 17 |\n\n<!-- remark --> Source: all.",
         {"table 1": "Costs", "table 1, row 1, cell 1": "A", "table 1, row 1, cell 2": "B",
          "table 1, row 2, cell 1": "C", "table 1, row 2, cell 2": "17", "table 1, remark 1": "Source: all"}),
        ("1. One.\n\n<!-- annex --> Goods\n\n1. More.",
         {"paragraph 1": "One", "annex": "Goods", "annex, paragraph 1": "More"}),
    ],
)  # fmt: skip
def test_units_of_markdown_are_found_by_their_letters(body: str, found: dict[str, str]) -> None:
    keys = {"variables": "\n- body=the Committee of the Sea"} if "{{" in body else {}
    assert slices(report(EN, body, **keys)) == {**FRONT, **found}


def in_another(body: str, source: str) -> str | None:
    """The part of a source in which the paragraph of a body is found."""
    (unit,) = (
        each for each in units(formats.parse(report(EN, f"1. {body}").encode(), "x.md")) if each.place == "paragraph 1"
    )
    text = SourceText(source)
    found = text.locate([unit]).get(unit.place)
    return found and source[found.offsets[0] : found.offsets[-1] + 1] + "…" * (not found.is_whole)


TWENTY_FOUR, MORE = "abcdefghijklmnopqrstuvwx", "and many other words"


@pytest.mark.parametrize(
    ("body", "source", "found"),
    [
        (f"{TWENTY_FOUR} {MORE}", f"{TWENTY_FOUR}\n-- 7 --\n{MORE}", f"{TWENTY_FOUR}…"),
        (TWENTY_FOUR, f"{TWENTY_FOUR[:12]}\n-- 7 --\n{TWENTY_FOUR[12:]}", None),
        ("abc", f"{'x' * 400} abc", "abc"),
        ("abc", f"{'x' * 401} abc", None),
        ("abcd", f"{'x' * 4000} abcd", "abcd"),
        ("abc", "ABC", None),
        ("One of 64/293 here", "One of 293/64 here", "One of 293/64 here"),
        ("One of ٦٤/٢٩٣ here", "One of ٢٩٣/٦٤ here", "One of ٢٩٣/٦٤ here"),
        ("One two", "One ^(3) two", "One ^(3) two"),
        ("One two", "One ^(٣) two", "One ^(٣) two"),
        ("One two", "One ^(123) two", "One ^(123) two"),
        ("One two", "One ^(1234) two", None),
        ("One two", "One {#a-1} two", "One {#a-1} two"),
        ("One two", "One\ftwo", "One\ftwo"),
        ("One two", "One &nbsp; &#160; two", "One &nbsp; &#160; two"),
        ("One two", "One 3 two", None),
    ],
)
def test_a_unit_that_is_interrupted_is_found_if_its_beginning_is_long_enough(
    body: str, source: str, found: str | None
) -> None:
    assert in_another(body, source) == found


TRANSCRIPT = """Distr.: General
18 August 2017

Economic and Social Council

2017 session
Agenda item 19 (c)

Resolution adopted by the Economic and Social Council on 6 July 2017

2017/18. The rain of 18 August 2017 in general

The Economic and Social Council,

Recalling the rain of 18 August 2017,^(1)

Recalling the 2017 session,

1. Decides to use it;

2. Requests more.

49th plenary meeting
6 July 2017

(1) See E/2016/9.

17-12889 (E)

Please recycle
"""


def test_in_a_transcript_what_page_one_says_is_a_line_of_its_own() -> None:
    found = located(TRANSCRIPT, "x.txt")
    lines = {place: (at.line, at.column) for place, unit in found.items() if (at := unit.position(0))}
    assert lines == {
        "session": (6, 1), "agenda item": (7, 1), "adoption": (9, 1), "title": (11, 10),
        "enacting formula": (13, 1), "preambular paragraph 1": (15, 1), "preambular paragraph 2": (17, 1),
        "paragraph 1": (19, 4), "paragraph 2": (21, 4), "closing line 1": (23, 1), "closing line 2": (24, 1),
        "note 1": (26, 5),
    }  # fmt: skip


def test_what_is_the_same_is_found_in_its_order() -> None:
    text = report(EN, "1. Same.^[Note.] Same.^[Note.]", "2. Same.", "3. Same.^[Note.]")
    source = SourceText(text)
    found = source.locate(units(formats.parse(text.encode(), "x.md")))
    first = text[: text.index("1. Same")].count("\n") + 1
    starts = {place: (at.line - first, at.column) for place, unit in found.items() if (at := unit.position(0))}
    assert {place: at for place, at in starts.items() if at[0] >= 0} == {
        "paragraph 1": (0, 4), "paragraph 2": (2, 4), "paragraph 3": (4, 4),
        "note 1": (0, 11), "note 2": (0, 25), "note 3": (4, 11),
    }  # fmt: skip


def test_what_is_after_the_last_letter_is_at_it() -> None:
    unit = located(report(EN, "1. One *two*)."))["paragraph 1"]
    last, after = unit.position(6), unit.position(8)
    assert last is not None and after is not None
    assert (after.line, after.column) == (last.line, last.column)


def test_the_first_word_of_an_included_file_is_found() -> None:
    assert in_another("Rain", "Rain falls.") == "Rain"


def test_a_position_is_the_last_letter_before_and_none_after_the_part_that_was_found() -> None:
    text = report(EN, "1. One *(two)*, three.")
    unit = located(text)["paragraph 1"]
    line = text.split("\n").index("1. One *(two)*, three.") + 1
    columns = {index: (found.line - line, found.column) for index in range(17) if (found := unit.position(index))}
    # One (two), three. in the text; `1. One *(two)*, three.` in the source
    assert [columns[at] for at in (0, 2, 3, 4, 5, 7, 8, 9, 10, 11, 16)] == [
        (0, 4), (0, 6), (0, 7), (0, 9), (0, 10), (0, 12), (0, 13), (0, 15), (0, 16), (0, 17), (0, 22)
    ]  # fmt: skip
    assert unit.span(5, 8) is not None and unit.span(4, 9) is not None
    assert unit.span(0, 8) is None  # a mark is between
    cut = SourceText(f"{TWENTY_FOUR} and").locate(
        units(formats.parse(report(EN, f"1. {TWENTY_FOUR} {MORE}").encode(), "x.md"))
    )["paragraph 1"]
    assert cut.position(23) == cut.source.position(23)
    assert cut.position(40) is None


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("x.md", "a <b> c"),
        ("x.TXT", "a <b> c"),
        ("x.akn", "a     c"),
        ("x.xml", "a     c"),
        ("x.docx", ""),
        ("x.pdf", ""),
    ],
)
def test_only_texts_have_positions_and_of_xml_what_is_outside_the_tags(name: str, text: str) -> None:
    assert text_of(b"a <b> c", name) == text
    assert text_of(b"<a\nb> c", "x.xml") == "  \n   c"
    assert text_of(b"a\fb", "x.txt") == "a\fb"


def test_a_text_that_is_not_utf_8_is_an_error() -> None:
    with pytest.raises(SourceError):
        text_of(b"\xff\xfe a", "x.md")
