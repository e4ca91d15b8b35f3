"""What a text editor is told about a draft, without an editor: outline, labels, completions, explanations, windows."""

from __future__ import annotations

from pathlib import Path

import pytest

from manuscripts import EN, report
from masthead.document import Position
from masthead.editing.assistance import labels
from masthead.editing.assistance.checking import Change, Checked, check_now, check_whole
from masthead.editing.assistance.completing import completions, symbols_known
from masthead.editing.assistance.draft import LineSpan, SourceDraft
from masthead.editing.assistance.explaining import defined_at, explanation, reference_at
from masthead.editing.assistance.layout import laid_out
from masthead.editing.assistance.library import beside, symbol_of
from masthead.editing.assistance.outlining import OutlineEntry, outline_of
from masthead.editing.lint import Configuration, SourceEdit, apply, diff

FRONT = "---\ntype: report\nlanguage: en\nsymbol: 'A/93/7'\nvariables:\n- a = b\n---\n"


def _draft(body: str, name: str = "x.md") -> SourceDraft:
    return SourceDraft(name, FRONT + body)


def _place(draft: SourceDraft, words: str, into: int = 0) -> Position:
    at = draft.text.index(words) + into
    return Position(draft.text.count("\n", 0, at) + 1, at - draft.text.rfind("\n", 0, at))


# --- the text of a draft ----------------------------------------------------------------------------------------------


def test_the_front_matter_has_keys_values_and_an_end() -> None:
    draft = _draft("Text.\n")
    assert draft.body == 8
    assert draft.front == {"type": "report", "language": "en", "symbol": "A/93/7", "variables": ""}
    assert [draft.key(line) for line in range(1, 10)] == [
        "", "type", "language", "symbol", "variables", "variables", "", "", ""
    ]  # fmt: skip
    assert [draft.line(line) for line in (0, 1, 8, 9, 10, -1)] == ["", "---", "Text.", "", "", ""]
    assert SourceDraft("x.md", "Text.\n---\n").body == 1
    assert SourceDraft("x.md", "---\ntype: report\nText.").body == 4
    assert SourceDraft("x.md", "a\r\nb\rc").lines == ["a", "b", "c"]


def test_a_cursor_after_what_was_typed_is_still_in_it() -> None:
    span = LineSpan(3, 5, 8)
    assert span.position == Position(3, 5)
    assert [column for column in range(1, 12) if span.covers(Position(3, column))] == [5, 6, 7, 8]
    assert not span.covers(Position(2, 6)) and not span.covers(Position(4, 6))


@pytest.mark.parametrize(
    ("body", "blocks"),
    [
        ("One.\n\nTwo.\nmore\n\nThree.\n", [1, 3, 6]),
        ("1. One:\n\n   - (a) two;\n\n- (b) three.\n\n2. Four.\n", [1, 7]),
        ("One.[^1]\n\n[^1]: Note.\n\nTwo.\n", [1, 5]),
        ("<!-- table 1 --> A\n\n<!-- unit --> (B)\n\n| C |\n|---|\n| 1 |\n\n<!-- remark --> D.\n\nE.\n", [1, 11]),
        ("<!-- vote -->\n\n- In favour: A\n\nB.\n", [1, 5]),
        (
            "<!-- figure 1 --> Map\n\n![Sea](a.png)\n\nB.\n\n<!-- figure 2 --> Map\n\n\n![Sea](b.png)\n\nC.\n",
            [1, 5, 7, 12],
        ),
        ("1. One:\n\n   - (a) two.\n\n<!-- tail --> Three.\n\n> # Box\n\n# Four\n", [1, 9]),
        ("\n\n\nOne.\n", [1, 4]),
    ],
)
def test_a_block_begins_where_it_can_be_read_alone(body: str, blocks: list[int]) -> None:
    draft = _draft(body)
    starts = [line - 7 for line in range(1, len(draft.lines) + 1) if draft.begins_block(line)]
    assert starts == blocks
    ends = [*(start - 1 for start in blocks[1:]), len(draft.lines) - 7]
    for first, last in zip(blocks, ends, strict=True):
        for line in range(first, last + 1):
            assert draft.window(line + 7, line + 7) == (first + 7, last + 7)
    assert draft.window(1, 1) == (8, ends[0] + 7)
    assert draft.window(8, len(draft.lines)) == (8, len(draft.lines))


# --- what has changed -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        ("a b c", "a b c", None),
        ("a b c", "a x c", (2, 2, 0)),
        ("a b c", "a x b c", (2, 2, 1)),
        ("a b c", "a c", (2, 1, -1)),
        ("a b c", "x b c", (1, 1, 0)),
        ("a b c", "a b x", (3, 3, 0)),
        ("a a", "a a a", (3, 3, 1)),
        ("a b c d", "a x y d", (2, 3, 0)),
        ("a", "b c", (1, 2, 1)),
    ],
)
def test_a_change_is_the_lines_between_those_that_are_the_same(
    before: str, after: str, change: tuple[int, int, int] | None
) -> None:
    old, new = (SourceDraft("x", text.replace(" ", "\n")) for text in (before, after))
    assert Change.between(old, new) == (change and Change(*change))


def test_unchanged_lines_move_with_the_change() -> None:
    added, removed = Change(3, 4, 2), Change(3, 2, -1)  # two lines more after the second; the third is gone
    assert [added.moved_line(line) for line in (1, 2, 3, 4)] == [1, 2, 5, 6]
    assert [removed.moved_line(line) for line in (1, 2, 3, 4, 5)] == [1, 2, None, 3, 4]


def test_findings_of_other_blocks_stay_and_those_of_the_changed_one_are_new() -> None:
    rules = Configuration()
    source = report(EN, "One  two.", "Three  four.", "Five.")
    checked = check_whole(source, "x.md", rules)
    assert [each.rule for each in checked.findings] == ["doubled-space", "doubled-space"]
    line = checked.findings[1].position
    assert line is not None
    draft = SourceDraft("x.md", source.replace("One  two.", "One two.\n\nSix , seven."))
    found = check_now(checked, draft, rules)
    assert [(each.rule, each.position and each.position.line) for each in found] == [
        ("space-before-mark", line.line),
        ("doubled-space", line.line + 2),
    ]
    assert check_now(checked, SourceDraft("x.md", source), rules) == checked.findings
    broken = SourceDraft("x.md", source.replace("language:", "langage:"))
    assert {"source"} <= {each.rule for each in check_now(checked, broken, rules)}


def test_a_source_that_is_too_large_or_broken_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    source = report(EN, "One.")
    assert check_whole(source.replace("language:", "langage:"), "x.md", Configuration()).references == ()
    monkeypatch.setattr("masthead.formats.MAX_BYTES", len(source.encode()))
    assert check_whole(source, "x.md", Configuration()).findings == ()
    (found,) = check_whole(source + "\n", "x.md", Configuration()).findings
    assert (found.rule, found.position, found.message) == ("source", Position(1, 1), "the source is larger than 0 MiB")


# --- notes and labels -------------------------------------------------------------------------------------------------

NOTED = """\
Text[^1] with \\[^9] and [^water].

1. {#one} See [](#one) and [two](#two).

| A[^a] |
|---|
| B |

[^a]: First.

| C[^a] |

[^a]: Second[^1].

[^1]: One.

   [^water]: Two, with {#two}.
"""


def test_notes_and_labels_are_found_with_where_they_belong() -> None:
    draft = _draft(NOTED)
    found = [(each.name, each.span.line - 7, each.span.start, each.is_definition, each.scope)
             for each in labels.occurrences(draft)]  # fmt: skip
    assert found == [
        ("1", 1, 7, False, 0),
        ("water", 1, 27, False, 0),
        ("one", 3, 6, True, labels.LABELS),
        ("one", 3, 19, False, labels.LABELS),
        ("two", 3, 35, False, labels.LABELS),
        ("a", 5, 6, False, 0),
        ("a", 9, 3, True, 0),
        ("a", 11, 6, False, 1),
        ("a", 13, 3, True, 1),
        ("1", 13, 15, False, 0),
        ("1", 15, 3, True, 0),
        ("water", 17, 6, True, 0),
        ("two", 17, 26, True, labels.LABELS),
    ]
    second = labels.at(draft, _place(draft, "C[^a]", 3))
    assert second is not None
    assert [each.span.line - 7 for each in labels.same(draft, second)] == [11, 13]
    defined = labels.definition(draft, second)
    assert defined is not None and defined.span.line == 20
    assert labels.at(draft, Position(8, 1)) is None
    assert labels.block_text(draft, 10) == "1. {#one} See [](#one) and [two](#two)."
    assert labels.block_text(draft, 12) == "| A[^a] |\n|---|\n| B |"


@pytest.mark.parametrize(
    ("at", "name", "refusal"),
    [
        ("[^1]", "2", ""),
        ("[^1]", "1", ""),
        ("[^1]", "water", "label water is already used"),
        ("[^1]", "0", "invalid label “0”"),
        ("[^1]", "12345", "invalid label “12345”"),
        ("[^1]", "1234", ""),
        ("[^1]", "wa", "invalid label “wa”"),
        ("[^1]", "wat", ""),
        ("[^1]", "***", ""),
        ("[^1]", "****", "invalid label “****”"),
        ("[^1]", "b", ""),
        ("{#one}", "two", "label two is already used"),
        ("{#one}", "1", "invalid label “1”"),
        ("{#one}", "a", ""),
        ("{#one}", "a-b2", ""),
        ("{#one}", "a--b", "invalid label “a--b”"),
        ("{#one}", "A", "invalid label “A”"),
    ],
)
def test_a_new_name_is_refused_if_it_is_taken_or_no_name(at: str, name: str, refusal: str) -> None:
    draft = _draft(NOTED)
    one = labels.at(draft, _place(draft, at, 2))
    assert one is not None
    said = labels.refusal(draft, one, name)
    assert said.partition(": ")[0] == refusal.partition(": ")[0]


# --- completions ------------------------------------------------------------------------------------------------------


def _completed(draft: SourceDraft, words: str, into: int = 0, symbols: tuple[str, ...] = ()) -> list[tuple[str, int]]:
    return [(each.text, each.start) for each in completions(draft, _place(draft, words, into), symbols)]


def test_keys_that_are_there_already_are_not_offered() -> None:
    draft = SourceDraft("x.md", "---\ntype: report\nla\n\n---\n\nText.\n")
    offered = [text for text, _ in _completed(draft, "la\n", 2)]
    assert "language: " in offered and "type: " not in offered
    assert {start for _, start in _completed(draft, "la\n", 2)} == {1}
    assert _completed(draft, "---\ntype", 0) == [] == _completed(draft, "---\n\nText", 1)
    ranks = {each.text: each.order for each in completions(draft, Position(3, 3))}
    assert max(ranks[f"{key}: "] for key in ("language", "job")) < min(ranks[f"{key}: "] for key in ("lines", "place"))


@pytest.mark.parametrize(
    ("line", "column", "first", "start"),
    [
        ("type: ", 7, "resolution", 7),
        ("type:   re", 11, "resolution", 9),
        ("translation: ", 14, "true", 14),
        ("distribution: L", 16, "General", 15),
        ("variants: ", 11, "", 0),
    ],
)
def test_values_of_a_key_are_offered_from_where_they_begin(line: str, column: int, first: str, start: int) -> None:
    draft = SourceDraft("x.md", f"---\n{line}\n---\n\nText.\n")
    found = list(completions(draft, Position(2, column)))
    assert (found[0].text, found[0].start) == (first, start) if first else not found


def test_notes_labels_marks_and_symbols_are_offered_in_the_text() -> None:
    draft = _draft(NOTED + "\nSee [^ and ](# and <!-- t and <!-- t --> and A/RES/ and (A/R.\n")
    assert _completed(draft, "See [^", 6) == [("2]", 7), ("1]", 7), ("water]", 7)]
    assert _completed(draft, "and ](# ", 7) == [("one", 15), ("two", 15)]
    marks = _completed(draft, "<!-- t and", 6)
    assert ("table -->", marks[0][1]) in marks
    assert ("table", 36) in _completed(draft, "<!-- t -->", 6)
    symbols = ("A/1", "A/2", "A/1")
    assert _completed(draft, "A/RES/ and", 6, symbols) == [("A/1", 46), ("A/2", 46)]
    assert _completed(draft, "(A/R.", 4, symbols) == [("A/1", 58), ("A/2", 58)]
    assert _completed(draft, "Text[^1] with", 13, symbols) == []
    notes = {each.text: each.detail for each in completions(draft, _place(draft, "See [^", 6))}
    assert notes == {"2]": "a new note", "1]": "One.", "water]": "Two, with {#two}."}
    assert _completed(_draft("See [^"), "See [^", 6) == [("1]", 7)]


def test_the_symbols_of_a_draft_are_its_own_those_cited_and_those_beside(tmp_path: Path) -> None:
    draft = _draft("Text.\n", str(tmp_path / "x.md"))
    assert symbol_of(draft) == "A/93/7"
    numbered = SourceDraft("x.md", "---\norgan: security-council\nnumber: 2046/3021\n---\n")
    assert symbol_of(numbered) == "S/RES/3021 (2046)"
    assert symbol_of(SourceDraft("x.md", "---\norgan: nothing\nnumber: 2046/3021\n---\n")) == ""
    assert symbol_of(SourceDraft("x.md", "---\norgan: security-council\nnumber: x\n---\n")) == ""
    assert symbols_known(draft, ["A/1", "A/93/7"], ["A/2"]) == ["A/1", "A/2", "A/93/7"]
    (tmp_path / "x.md").write_text(draft.text, "utf-8")
    (tmp_path / "y.md").write_text(draft.text.replace("93/7", "93/8"), "utf-8")
    (tmp_path / "z.md").write_text(draft.text, "utf-8")
    (tmp_path / "broken.md").write_bytes(b"---\nsymbol: \xff\n---\n")
    (tmp_path / "none.md").write_text("Text.\n", "utf-8")
    assert beside(tmp_path / "x.md") == {"A/93/7": tmp_path / "x.md", "A/93/8": tmp_path / "y.md"}
    assert beside(tmp_path / "nothing" / "x.md") == {}


# --- explanations -----------------------------------------------------------------------------------------------------

BODY = (
    "#. {#one} See paragraph 2 below, and A/93/8, and [](#one).[^1]",
    "#. See target 5.2 and A/93/9, here.",
    "<!-- table 1, top --> Posts",
    "| A | B |\n|---|--:|\n| C | 1 |",
    "[^1]: See A/93/8.",
)


def _explained(words: str, into: int = 0, *, typed: str = "") -> tuple[str, str] | None:
    """What is said at a place, and the text that it is said of; `typed` is a line before the body since the check."""
    source = report(EN, *BODY)
    checked = check_whole(source, "x.md", Configuration())
    draft = SourceDraft("x.md", source.replace("# I. Introduction", f"{typed}# I. Introduction"))
    found = explanation(draft, checked, _place(draft, words, into), {"A/93/8": Path("folder/other.md")})
    return found and (found[0], draft.line(found[1].line)[found[1].start - 1 : found[1].end - 1])


@pytest.mark.parametrize("typed", ["", "Two lines\nmore.\n\n"])
def test_what_is_at_a_place_is_explained_also_after_lines_were_added(typed: str) -> None:
    assert _explained("paragraph 2", 3, typed=typed) == (
        "**paragraph 2**\n\n#. See target 5.2 and A/93/9, here.",
        "paragraph 2",
    )
    assert _explained("A/93/8", 2, typed=typed) == (
        "**document A/93/8**\n\n`other.md`\n\n<https://undocs.org/A/93/8>",
        "A/93/8",
    )
    assert _explained("A/93/9", 2, typed=typed) == ("**document A/93/9**\n\n<https://undocs.org/A/93/9>", "A/93/9")
    assert _explained("target 5.2", 2, typed=typed) == (
        "**target 5.2**\n\n<https://metadata.un.org/sdg/5.2>",
        "target 5.2",
    )
    assert _explained("[](#one)", 5, typed=typed) == (
        "**paragraph 1**\n\n#. {#one} See paragraph 2 below, and A/93/8, and [](#one).[^1]",
        "one",
    )
    assert _explained("[^1]", 3, typed=typed) == ("[^1]: See A/93/8.", "1")
    mark = _explained("table 1", 1, typed=typed)
    assert mark is not None and mark[1] == "table"
    assert _explained("here", 1, typed=typed) is None


def test_keys_of_the_front_matter_are_explained() -> None:
    said = _explained("type: ", 1)
    assert said is not None and said[1] == 'type: "report"'
    assert said[0].startswith("**type** (required): ") and "`resolution`, `decision`" in said[0]
    optional = _explained("subtitle: ", 1)
    assert optional is not None and optional[0].startswith("**subtitle**: ")
    draft = SourceDraft("x.md", "---\nnothing: 1\n---\n\nSee [^7] and [](#x).\n")
    assert explanation(draft, Checked(draft.text), Position(2, 3), {}) is None
    assert explanation(draft, Checked(draft.text), _place(draft, "[^7]", 3), {}) == (
        "7 is not defined",
        LineSpan(5, 7, 8),
    )
    assert explanation(draft, Checked(draft.text), _place(draft, "#x", 1), {}) == (
        "x is not defined",
        LineSpan(5, 18, 19),
    )


def test_where_something_is_defined_is_found(tmp_path: Path) -> None:
    source = report(EN, *BODY)
    name = str(tmp_path / "x.md")
    checked = check_whole(source, name, Configuration())
    for typed in ("", "More.\n\n"):
        draft = SourceDraft(name, source.replace("# I. Introduction", f"{typed}# I. Introduction"))

        def found(words: str, into: int = 0, draft: SourceDraft = draft) -> tuple[str, str] | None:
            there = defined_at(draft, checked, _place(draft, words, into), {"A/93/8": tmp_path / "other.md"})
            line = draft.line(there[1].line)[there[1].column - 1 :] if there and there[0].name == "x.md" else ""
            return there and (there[0].name, line[:9])

        assert found("[^1]", 3) == ("x.md", "1]: See A")
        assert found("[](#one)", 5) == ("x.md", "one} See ")
        assert found("paragraph 2", 3) == ("x.md", "See targe")
        assert found("A/93/8", 1) == ("other.md", "")
        assert found("A/93/9", 1) is None
        assert found("target 5.2", 1) is None
        assert found("here", 1) is None
    gone = SourceDraft(name, source.replace("#. See target 5.2 and A/93/9, here.\n\n", ""))
    assert defined_at(gone, checked, _place(gone, "paragraph 2", 2), {}) is None
    assert reference_at(checked, SourceDraft(name, source), Position(1, 1)) is None


def test_a_picture_is_where_its_address_says(tmp_path: Path) -> None:
    (tmp_path / "b.svg").write_text("<svg/>")
    draft = SourceDraft(str(tmp_path / "x.md"), "![a](b.svg) and ![c](d.svg)\n")
    found = [defined_at(draft, Checked(draft.text), Position(1, column), {}) for column in range(1, 20)]
    picture = (tmp_path / "b.svg", Position(1, 1))
    assert found == [picture] * 11 + [None] * 8


# --- outline and layout -----------------------------------------------------------------------------------------------


def test_the_outline_nests_headings_and_ends_each_part_before_the_next() -> None:
    draft = _draft(
        "# I. One\n\n1. Text *of* one.[^1]\n\n## A. Two\n\n#. {#x} More.\n\n"
        "<!-- table 1, top --> *Posts*\n\n# II. Three\n\n"
        "<!-- annex 2 --> Goods\n\n# I. Four\n\n" + f"1) {'word ' * 30}\n\n<!-- part 1 -->\n\n#.no\n\n#\n"
    )

    def shown(entry: OutlineEntry) -> tuple[object, ...]:
        return entry.kind, entry.name, entry.line - 7, entry.last - 7, *map(shown, entry.entries)

    assert [shown(each) for each in outline_of(draft)] == [
        (
            "heading", "I. One", 1, 10,
            ("paragraph", "1. Text of one.", 3, 4),
            ("heading", "A. Two", 5, 10, ("paragraph", "#. More.", 7, 8), ("table", "table 1 Posts", 9, 10)),
        ),
        ("heading", "II. Three", 11, 12),
        ("annex", "annex 2 Goods", 13, 18,
         ("heading", "I. Four", 15, 18, ("paragraph", f"1) {'word ' * 30}"[:80], 17, 18))),
        ("part", "part 1", 19, 24),
    ]  # fmt: skip


WIDE = f"| {'x' * 150} | {'y' * 50} |\n"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("One.  \n", "One.  \n"),
        ("One. \t\n\n\n\nTwo.\n\n\n", "One.\n\nTwo.\n"),
        ("| A | Bc |\n|:--|--:|\n| long word | 1 |\n",
         "| A         | Bc  |\n|:----------|----:|\n| long word | 1   |\n"),
        ("| 中文 | B |\n|---|---|\n| a | b |\n", "| 中文 | B   |\n|------|-----|\n| a    | b   |\n"),
        (f"| {'x' * 150} | {'y' * 47} |\n|---|---|\n| 1 | 2 |\n", ""),
        (f"{WIDE}|------|---|\n| 1   | 2 |\n", f"{WIDE}|-----|-----|\n| 1   | 2   |\n"),
        ("| A | B |\n|---|---|\n| 1 |\n", "| A | B |\n|---|---|\n| 1 |\n"),
    ],
)  # fmt: skip
def test_the_layout_of_a_text(body: str, expected: str) -> None:
    head = report(EN, "Text.").partition("# I.")[0]
    text = laid_out(SourceDraft("x.md", head + body))
    if expected:
        assert text == head + expected
    else:
        assert f"\n| 1{' ' * 149} | 2{' ' * 46} |\n" in text


# --- corrections ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "changes", "expected"),
    [
        ("abcd", [(1, 1, "a", "x"), (1, 2, "b", "y")], "xycd"),  # they touch
        ("abcd", [(1, 1, "ab", "x"), (1, 2, "b", "y")], "xcd"),  # they overlap: the first one
        ("abcd", [(1, 1, "a", "y"), (1, 1, "ab", "x")], "xcd"),  # the longer one
        ("abcd", [(1, 3, "c", "z"), (1, 1, "a", "xx")], "xxbzd"),
        ("ab\nab", [(1, 2, "b", "y"), (2, 1, "a", "x")], "ay\nxb"),
        ("ab", [(1, 1, "b", "y")], "ab"),
        ("ab", [(1, 3, "", "c")], "abc"),
        ("ab", [(1, 1, "b", "y"), (1, 1, "a", "x")], "xb"),
    ],
)
def test_corrections_are_made_where_their_text_is(
    text: str, changes: list[tuple[int, int, str, str]], expected: str
) -> None:
    assert apply(text, [SourceEdit(*each) for each in changes]) == expected
    assert apply(text, [SourceEdit(*each) for each in reversed(changes)]) == expected


def test_a_difference_names_the_file_and_what_was_done() -> None:
    assert diff("a\nb\n", "a\nc\n", "x.md") == "--- x.md\n+++ x.md (fixed)\n@@ -1,2 +1,2 @@\n a\n-b\n+c\n"
    assert diff("a\n", "a\n", "x.md") == ""
