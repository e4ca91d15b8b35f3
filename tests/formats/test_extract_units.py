"""What an extract shows by the positions of its lines: pages, notes and their calls, joined lines, detached marks."""

from __future__ import annotations

import re

import pytest

from masthead.document import Digits, DocumentType, JobNumber, Language, SourceError, Symbol, locales
from masthead.document.references import Doubt
from masthead.formats.extract import calls, feet, note_blocks
from masthead.formats.extract.detached_marks import MarkJoiner
from masthead.formats.extract.drafts import Draft
from masthead.formats.extract.headings import Headings
from masthead.formats.extract.measure import Measure, Placing
from masthead.formats.extract.openers import Openers
from masthead.formats.extract.pages import Furniture, Page, PageLine, job_of, pages_of, running_divisions, symbol_on
from masthead.formats.extract.running_text import joined, parted_words
from masthead.formats.record import Record
from masthead.formats.styled.mark_reader import MarkReader
from masthead.formats.styled.parts import ParaKind

EN = locales.load(Language.ENGLISH)
JOB, SYMBOL = JobNumber("49-10412", Language.ENGLISH), Symbol("A/RES/104/12")
MONTHS = re.compile(r"\s*(?:May|June)")


def page(text: str) -> Page:
    return pages_of(text)[0]


def texts(lines: list[PageLine]) -> list[str]:
    return [line.text for line in lines]


def line(text: str, indent: int = 0, gap: int = 0, number: int = 1) -> PageLine:
    return PageLine(number, text, (indent,), indent + len(text), gap)


def openers() -> Openers:
    return Openers(MarkReader(DocumentType.REPORT, EN, ours=False), EN)


ENDNOTE = """\
    The lamps of these towns are listed:
    Single towns
         Levee        Town of Levee (north);
         Delta        Town of Delta, which has no
                      harbour;
    Several towns:
         North        Levee and
                      Bank.
"""


def test_the_lists_of_a_note_at_the_end_are_paragraphs_of_it() -> None:
    found = note_blocks.paragraphs_of(page(ENDNOTE))
    assert [" ".join(" ".join(line.text.split()) for line in part) for part in found] == [
        "The lamps of these towns are listed:",
        "Single towns",
        "Levee Town of Levee (north);",
        "Delta Town of Delta, which has no harbour;",
        "Several towns:",
        "North Levee and Bank.",
    ]


# --- calls ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "labels", "marked", "missing"),
    [
        ("adopted in 2046,1 and planted", "1", "adopted in 2046,{1} and planted", ""),
        ("the word.2 Next", "2", "the word.{2} Next", ""),
        ("the word”2 next", "2", "the word”{2} next", ""),
        ("(A/71/119)2 next", "2", "(A/71/119){2} next", ""),
        ("水。2 水", "2", "水。{2} 水", ""),
        ("水 2水", "2", "水{2}水", ""),
        ("5 gardens and\nroofs 2.", "2", "5 gardens and\nroofs{2}.", ""),
        ("A/RES/12 and roof1", "1", "A/RES/12 and roof{1}", ""),
        ("A/RES/1 and more", "1", "A/RES/1 and more", "1"),
        ("roof1 and wall1", "1", "roof{1} and wall1", ""),
        ("word* and ** x", "*", "word{*} and ** x", ""),
        ("first1 second2 third3", "1 2 3", "first{1} second{2} third{3}", ""),
        ("first1 second3 third2", "1 2 3", "first{1} second{3} third2", "2"),
        ("none here", "4", "none here", "4"),
        ("12 May and x", "12", "12 May and x", "12"),
        ("104,024 m2 of roofs\nand pipes 2.", "2", "104,024 m2 of roofs\nand pipes{2}.", ""),
        ("3.5 million m 2 of roofs\nand pipes 2", "2", "3.5 million m 2 of roofs\nand pipes{2}", ""),
        ("cost 10,500, 1 or 15 pipes", "1", "cost 10,500,{1} or 15 pipes", ""),
        ("phase 2 3 Pipes\nin steps 2, 3 and 4 on", "3", "phase 2{3} Pipes\nin steps 2, 3 and 4 on", ""),
        ("roof12 and", "1 2", "roof12 and", "1 2"),
    ],
)
def test_the_call_of_a_note_is_the_likeliest_number(text: str, labels: str, marked: str, missing: str) -> None:
    lines, lost, doubts = calls.find_calls(page(text), labels.split(), (), MONTHS, framed=False)
    assert re.sub("\x02(.*?)\x03", r"{\1}", "\n".join(texts(lines))) == marked
    assert (lost, doubts) == (missing.split(), [])


@pytest.mark.parametrize(
    ("text", "labels", "known", "marked", "message"),
    [
        ("in 20461 was", "1", "", "in 2046{1} was", "1 in “in 20461 was” is read as the call of note 1"),
        ("RES2 x", "2", "", "RES{2} x", "2 in “RES2 x” is read as the call of note 2"),
        ("the roof 2 May 2 times", "2", "", "the roof 2 May{2} times", "2 in “the roof 2 May 2 time”"),
        ("roof1 and", "", "1", "roof{1} and", "1 in “roof1 and” is read as another call of note 1"),
        ("roof) 1 houses", "", "1", "roof){1} houses", "1 in “roof) 1 hous” is read as another call of note 1"),
        ("roof, 1 house", "", "1", "roof, 1 house", "1 in “roof, 1 hous” may be another call of note 1"),
    ],
)
def test_a_call_that_other_figures_could_be_is_a_doubt(
    text: str, labels: str, known: str, marked: str, message: str
) -> None:
    lines, lost, doubts = calls.find_calls(page(text), labels.split(), known.split(), MONTHS, framed=False)
    assert re.sub("\x02(.*?)\x03", r"{\1}", "\n".join(texts(lines))) == marked and not lost
    ((number, doubt),) = doubts
    assert number == 1 and doubt.rule == "call-guessed" and message in doubt.message, doubt.message


def test_calls_in_brackets_are_those_with_brackets_alone() -> None:
    lines, lost, _ = calls.find_calls(page("word (1) more(1) word1"), ["1"], (), MONTHS, framed=True)
    assert "more\x02(1)\x03" in lines[0].text or "\x021\x03" in lines[0].text
    assert lost == []
    assert calls.call_of("12").number == 12 and not calls.call_of("12").asterisk
    assert calls.call_of("**").number == 2 and calls.call_of("**").asterisk


# --- notes ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "last", "options", "body", "notes", "before"),
    [
        ("a\nb\n_____\n1 One.\n2 Two\nmore.", 0, "", ["a", "b"], [("1", ["One."]), ("2", ["Two", "more."])], []),
        ("a\n____\n1 One.", 0, "", ["a", "____", "1 One."], [], []),
        ("a\n_____\n1\n2\nOne.\nTwo.", 0, "", ["a"], [("1", ["One."]), ("2", ["Two."])], []),
        ("a\n_____\nOne.\nTwo.\n1\n2", 0, "", ["a"], [("1", ["One."]), ("2", ["Two."])], []),
        ("a\n_____\nrest.\n3 Three.", 2, "", ["a"], [("3", ["Three."])], ["rest."]),
        ("a\n_____\n* Reissued.\n1 One.", 0, "", ["a"], [("*", ["Reissued."]), ("1", ["One."])], []),
        ("a\n_____\n(1) One.", 0, "framed", ["a"], [("1", ["One."])], []),
        ("a\n_____\n1 One.", 0, "framed", ["a"], [], ["1 One."]),
        ("a\n_____\n(1) One.", 0, "", ["a"], [], ["(1) One."]),
        # Numbers far from the last note, before it, or among figures are text.
        ("a\n_____\n42 Far.", 2, "", ["a"], [("42", ["Far."])], []),
        ("a\n_____\n43 Far.", 2, "", ["a"], [], ["43 Far."]),
        ("a\n_____\n2 Before.", 2, "", ["a"], [], ["2 Before."]),
        ("a\n_____\n3 12.5 7", 2, "", ["a"], [], ["3 12.5 7"]),
        ("a\n_____\n3 May 2046", 2, "", ["a"], [], ["3 May 2046"]),
        ("a\n_____\n3 de mayo de 2046", 2, "", ["a"], [], ["3 de mayo de 2046"]),
        # Without a rule, a note begins after a gap, with the next number.
        ("a\n\n3 Three.", 2, "", ["a"], [("3", ["Three."])], []),
        ("a\n\n3 Three.", 1, "", ["a", "3 Three."], [], []),
        ("a\n3 Three.", 2, "", ["a", "3 Three."], [], []),
        ("a\n\n* Reissued.", 0, "", ["a"], [("*", ["Reissued."])], []),
        ("3 Three.", 2, "", ["3 Three."], [], []),
        ("water and\n\n\nwater goes on\n3 Three.", 2, "goes on", ["water and"], [("3", ["Three."])], ["water goes on"]),
        ("water and\n\n\nwater goes on", 2, "goes on", ["water and"], [], ["water goes on"]),
        ("water and\n\nwater goes on", 2, "goes on", ["water and", "water goes on"], [], []),
        ("water and\n\n\n4. water goes on", 2, "goes on", ["water and", "4. water goes on"], [], []),
        ("water and more water\n\n\nx", 2, "goes on", ["water and more water", "x"], [], []),
        ("", 2, "goes on", [], [], []),
    ],
)
def test_notes_are_below_the_rule_or_after_a_gap(
    text: str, last: int, options: str, body: list[str], notes: list[tuple[str, list[str]]], before: list[str]
) -> None:
    lines = page(text) if text else []
    found = note_blocks.part_notes(lines, last, framed=options == "framed", goes_on=options == "goes on")
    assert texts(found[0]) == body
    assert [(note.label, texts(note.lines)) for note in found[1]] == notes
    assert texts(found[2]) == before


def test_texts_of_detached_marks_are_divided_at_full_stops_and_say_so() -> None:
    _, notes, _ = note_blocks.part_notes(page("a\n_____\n1\n2\n3\nOne\ngoes on.\nTwo."), 0, framed=False, goes_on=False)
    assert [(note.label, texts(note.lines), note.shared) for note in notes] == [
        ("1", [], True), ("2", ["One", "goes on."], True), ("3", ["Two."], True)
    ]  # fmt: skip
    _, notes, _ = note_blocks.part_notes(page("a\n_____\n1\nOne."), 0, framed=False, goes_on=False)
    assert [(texts(note.lines), note.shared) for note in notes] == [(["One."], False)]


@pytest.mark.parametrize(
    ("text", "before", "notes"),
    [
        ("a\n1 One\nmore\n2 Two", ["a"], {"1": ["One", "more"], "2": ["Two"]}),
        ("1\nOne\n2\nTwo", [], {"1": ["One"], "2": ["Two"]}),
        ("1 One\n2 Two\n4 Four\n3 x", [], {"1": ["One"], "2": ["Two"], "3": [], "4": ["Four", "3 x"]}),
        ("4 Four\n5 Five", [], {"1": [], "2": [], "3": [], "4": ["Four"], "5": ["Five"]}),
        ("5 Five", ["5 Five"], {}),
        ("a", ["a"], {}),
    ],
)
def test_notes_at_the_end_are_counted_and_of_four_one_may_be_lost(
    text: str, before: list[str], notes: dict[str, list[str]]
) -> None:
    lines, found = note_blocks.end_notes(page(text))
    assert texts(lines) == before
    assert {note.label: texts(note.lines) for note in found} == notes


# --- lines ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["word", "next"], "word next"),
        (["a  b", "c"], "a b c"),
        (["中", "文"], "中文"),
        (["中，", "文"], "中，文"),
        (["中", "a"], "中 a"),
        (["a", "中"], "a 中"),
        (["well-", "known"], "well-known"),
        (["well‐", "known"], "well‐known"),
        (["2046-", "2047"], "2046- 2047"),
        (["word -", "known"], "word -known"),
        (["word -", "Known"], "word - Known"),
        (["A/", "RES"], "A/RES"),
        (["no—", "yes"], "no—yes"),
        (["no–", "yes"], "no– yes"),
        ([], ""),
    ],
)
def test_lines_are_joined_with_a_space_unless_a_word_goes_on(lines: list[str], text: str) -> None:
    assert joined([line(each) for each in lines]) == text


def test_words_that_the_pdf_has_divided_are_doubted_if_they_are_elsewhere_whole() -> None:
    def doubted(*given: str) -> list[tuple[int, str]]:
        return [(number, doubt.message) for number, doubt in parted_words(list(enumerate(given, 1)))]

    assert doubted("gar dens", "gardens") == [(1, "“gar dens” may be one word, “gardens”")]
    assert doubted("gar dens", "garden") == []
    assert doubted("gar dens gar dens", "gardens") == []  # both parts are words
    assert doubted("gar dens", "gardens dens dens") == []
    assert doubted("the gar dens", "gardens gar") == [(1, "“gar dens” may be one word, “gardens”")]
    assert doubted("( water", "a ’s b", "b ) c", "no -go", "no ,x") == [
        (1, "“( water” may be one word"),
        (2, "“a ’s” may be one word"),
        (3, "“b )” may be one word"),
        (4, "“no -go” may be one word"),
    ]


# --- pages ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "number", "dates"),
    [
        ("49-10412 (E)   221149   231149", "49-10412", ("221149", "231149")),
        ("a\nGE.19-13879(E)", "GE.19-13879", ()),
        ("49-10412* (A)", "49-10412*", ()),
        ("231149 221149\n49-10412 (E)", "49-10412", ("221149", "231149")),
        ("221249 010149 49-10412 (E)", "49-10412", ("010149", "221249")),
        ("321149 49-10412 (E)", "49-10412", ()),
        ("V.19-10412 (F)  1 231149", "V.19-10412", ("231149",)),
    ],
)
def test_the_job_number_is_found_with_its_dates(text: str, number: str, dates: tuple[str, ...]) -> None:
    found = job_of(pages_of(text))
    assert found is not None and (found.number, found.dates) == (number, dates)


def test_a_text_without_a_job_number_or_a_symbol_has_none() -> None:
    assert job_of(pages_of("49-1041 (E)\n49-10412 (X)")) is None
    assert symbol_on(page("A/L\nUnited Nations   A/104/12")) == Symbol("A/104/12")
    assert symbol_on(page("x A/104/12")) is None
    assert symbol_on(page("x\n" * 12 + "A/104/12")) is None
    assert symbol_on(page("x\n" * 11 + "A/104/12")) == Symbol("A/104/12")


def test_pages_end_at_form_feeds_and_lines_keep_their_places() -> None:
    pages = pages_of("one  two\n\n   three\fnext\n\f")
    assert [[(each.number, each.text, each.places, each.end, each.gap) for each in page] for page in pages] == [
        [(1, "one  two", (0, 5), 8, 0), (3, "three", (3,), 8, 1)],
        [(3, "next", (0,), 4, 0)],
    ]
    assert [each.cells for each in pages[0]] == [["one", "two"], ["three"]]
    assert pages[0][0].chunks == [(0, "one"), (5, "two")]
    assert page("_____")[0].is_rule and not page("____")[0].is_rule


def furniture(title: str = "Rainwater gardens", geneva: bool = False) -> tuple[Furniture, list[tuple[int, Doubt]]]:
    doubts: list[tuple[int, Doubt]] = []
    job = JobNumber("GE.19-13879", Language.ENGLISH) if geneva else JOB
    return Furniture(job, str(SYMBOL), title, EN, lambda at, doubt: doubts.append((at, doubt))), doubts


@pytest.mark.parametrize(
    ("text", "place", "left"),
    [
        ("A/RES/104/12  Rainwater gardens\na\n49-10412  2/3", 1, ["a"]),
        ("Rainwater gardens\nA/RES/104/12\na\n2/3  49-10412", 1, ["a"]),
        ("A/RES/104/12*\na", 1, ["a"]),
        ("A/RES/104/12\na", 0, ["A/RES/104/12", "a"]),
        ("Rainwater gardens\na", 1, ["Rainwater gardens", "a"]),
        ("A/RES/104/12  Other words\na", 1, ["A/RES/104/12  Other words", "a"]),
        ("a\n49-10412  3/3", 1, ["a"]),  # pages before it are missing
        ("a\n49-10412  3/3", 0, ["a", "49-10412  3/3"]),
        ("a\n49-10412\n2/3", 1, ["a"]),
        ("a\n*4910412*  Please recycle", 0, ["a"]),
        ("a\n49-10412 (E)  221149", 0, ["a"]),
        ("a\n221149  231149", 0, ["a"]),
        ("a\n221149  231149", 1, ["a", "221149  231149"]),
        ("a\n49-10412  2", 1, ["a"]),
        ("a\n49-10412  3", 1, ["a"]),
        ("a\n49-10412  3", 3, ["a", "49-10412  3"]),
    ],
)
def test_what_repeats_on_each_page_is_left_out(text: str, place: int, left: list[str]) -> None:
    known, doubts = furniture()
    assert texts(known.without(page(text), place)) == left
    assert doubts == []


def test_a_lone_number_is_the_folio_of_a_page_in_geneva() -> None:
    known, doubts = furniture(geneva=True)
    assert texts(known.without(page("a\n2"), 1)) == ["a"] and doubts == []
    assert texts(known.without(page("a\nGE.19-13879\n2\n2"), 1)) == ["a", "2"] and doubts == []
    assert texts(known.without(page("a\n2\nb"), 1)) == ["a", "b"]
    assert [(at, doubt.message) for at, doubt in doubts] == [(2, "2 is read as the number of the page")]
    assert texts(known.without(page("a\n3"), 1)) == ["a", "3"]
    assert texts(known.without(page("a\n\n3"), 1)) == ["a"]  # pages before it are missing
    assert texts(known.without(page("a\n\n3"), 3)) == ["a", "3"]
    york, _ = furniture()
    assert texts(york.without(page("a\n2"), 1)) == ["a", "2"]


def test_running_heads_of_a_budget_are_those_of_page_one_that_repeat() -> None:
    first = "Part IV\nWater\nSection 9"
    pages = pages_of(f"{first}\fPart IV  Water\na\fPart IV  Water\nb\fSection 9  Ice\fSection 9  Ice\fPart IV\fPart IV")
    assert running_divisions(pages) == {"Part IV  Water"}
    assert running_divisions([]) == frozenset()


@pytest.mark.parametrize(
    ("text", "pages"),
    [
        ("t\na\n49-10412 (E)\nA/RES/104/12\nb\n49-10412  2/2", [["t", "a", "49-10412 (E)"], 3]),
        ("t\na\n49-10412 (E)\nA/RES/104/12\nb\n2/3\n49-10412\nA/RES/104/12*\nc\n49-10412  3/3", [3, 4, 3]),
        ("t\na\n49-10412 (E)\nb", [4]),
        ("t\na", [2]),
        ("t\n49-10412 (E)\nA/RES/104/12\nb\n49-10412  2/2\nrest", None),
        ("t\n49-10412 (E)\nb\nA/RES/104/12\nrest", None),
        ("t\n49-10412 (E)\nb\n49-10412  2/2", None),
        ("t\n49-10412 (E)\nA/RES/104/12\nb\n49-10412  3/3", None),
        ("t\n49-10412 (E)\nA/RES/104/12\nb\n49-10412  2/3", None),
        ("t\n49-10412 (E)\nA/RES/104/12\nb\n49-10412  2", [2, 3]),
    ],
)
def test_pages_without_form_feeds_end_at_their_feet_if_all_agree(text: str, pages: list[object] | None) -> None:
    lines, (known, _) = page(text), furniture()
    record = Record("x.txt", text.split("\n"))
    if pages is None:
        with pytest.raises(SourceError, match="do not show where pages end") as caught:
            feet.parted(lines, JOB, SYMBOL, known, record)
        assert caught.value.hint == "extract it with pdftotext -layout, without -nopgbrk"
        return
    found = [texts(each) for each in feet.parted(lines, JOB, SYMBOL, known, record)]
    assert [len(each) for each in found] == [each if isinstance(each, int) else len(each) for each in pages]  # type: ignore[arg-type]
    assert [each for lines in found for each in lines] == text.split("\n")


# --- measure and headings ---------------------------------------------------------------------------------------------


def measured(placing: Placing, *lines: PageLine, indented: bool = False) -> Measure:
    measure = Measure(placing)
    measure.take(lines, indented=indented)
    return measure


def test_the_layout_is_that_of_the_full_lines() -> None:
    full = [line("x" * 60, 10) for _ in range(6)]
    measure = measured(Placing.LEFT, *full, line("x" * 30, 2), line("short", 4))
    assert measure.base == 10
    assert [measure.is_short(line("x" * length, 10)) for length in (44, 45)] == [True, False]
    assert [measure.is_last(line("x" * length, 10)) for length in (35, 36, 44)] == [True, False, False]
    assert [measure.is_wide(line("x" * length)) for length in (51, 52)] == [False, True]
    assert [measure.hangs_out(line("x", at)) for at in (8, 9)] == [True, False]
    assert [measure.is_indented(line("x", at)) for at in (12, 13)] == [False, True]


def test_in_right_to_left_text_lines_reach_as_far_as_two_of_them_do() -> None:
    lines = [line("x" * length) for length in (60, 61, 70)]
    right = measured(Placing.RIGHT, *lines)
    assert [right.is_short(line("x" * length)) for length in (58, 59)] == [True, False]
    alone = measured(Placing.RIGHT, *(line("x" * length) for length in (60, 64, 70)))
    assert alone.is_short(line("x" * 70)) and not alone.is_short(line("x" * 71))
    assert not right.hangs_out(line("x")) and not right.is_indented(line("x", 40))


def test_where_first_lines_are_indented_the_others_begin_further_left() -> None:
    lines = [line("x" * 60, 14), line("x" * 60, 10), line("x" * 60, 14)]
    assert measured(Placing.LEFT, *lines).base == 14
    assert measured(Placing.LEFT, *lines, indented=True).base == 10
    assert measured(Placing.LEFT).base == 0


def test_of_many_lines_the_longest_may_be_no_measure() -> None:
    lines = [line("x" * 40, 4) for _ in range(14)]
    assert measured(Placing.LEFT, *lines, line("x" * 100, 30)).base == 4
    table = PageLine(1, "a  b  c" * 30, (0, 40, 80), 120, 0)
    assert measured(Placing.LEFT, *lines[:3], table).base == 4


def test_a_line_below_a_heading_is_aligned_with_its_text() -> None:
    measure = measured(Placing.LEFT, *(line("x" * 60, 10) for _ in range(3)))
    heading = Draft(ParaKind.HEADING, 1, [[PageLine(1, "II.  " + "W" * 40, (2, 7), 47, 0)]])
    assert [measure.hangs_below(line("x", at), heading) for at in (4, 5, 9, 10)] == [False, True, True, False]
    spaced = Draft(ParaKind.HEADING, 1, [[PageLine(1, "II. " + "W" * 40, (2,), 46, 0)]])
    assert [measure.hangs_below(line("x", at), spaced) for at in (3, 4, 8, 9)] == [False, True, True, False]
    short = Draft(ParaKind.HEADING, 1, [[PageLine(1, "II. W", (2,), 7, 0)]])
    assert not measure.hangs_below(line("x", 6), short)
    none = measured(Placing.NONE, *(line("x" * 60, 10) for _ in range(3)))
    assert none.hangs_below(line("x", 50), heading) and not none.hangs_below(line("x", 6), short)


def test_a_heading_without_a_number_is_short_after_a_gap_and_before_text() -> None:
    measure = measured(Placing.LEFT, *(line("x" * 60, 10) for _ in range(6)))
    headings = Headings(openers(), measure)

    def lines_of(*given: PageLine, drafts: bool = True) -> int:
        before = [Draft(ParaKind.TEXT, 0, [[line("x")]])] if drafts else []
        return headings.unnumbered([line("x" * 60, 10), *given, line("Text follows", 10, 1)], 1, before, (".",))

    assert lines_of(line("Water", 10, 1)) == 1
    assert lines_of(line("Water and", 10, 1), line("ice", 11)) == 2
    assert lines_of(line("Water and", 10, 1), line("ice", 13)) == 1
    assert lines_of(line("Water", 10)) == 0, "no gap"
    assert lines_of(line("Water.", 10, 1)) == lines_of(line("Water:", 10, 1)) == lines_of(line("Water,", 10, 1)) == 0
    assert lines_of(line("water", 10, 1)) == 0 and lines_of(line("Water", 14, 1)) == 0
    assert lines_of(line("4. Water", 10, 1)) == 0 and lines_of(line("The end. Water", 10, 1)) == 0
    assert lines_of(*(line("Water", 10, at == 0) for at in range(4))) == 4
    assert lines_of(*(line("Water", 10, at == 0) for at in range(5))) == 0
    assert lines_of(line("W" * 219, 10, 1)) == 1 and lines_of(line("W" * 220, 10, 1)) == 0
    last = [line("x" * 60, 10), line("Water", 10, 1)]
    assert headings.unnumbered(last, 1, [Draft(ParaKind.TEXT, 0, [[line("x")]])], (".",)) == 0, "no text after it"


def test_the_level_of_a_mark_with_two_meanings_is_the_next_in_order() -> None:
    headings = Headings(openers(), measured(Placing.LEFT, *(line("x" * 60, 10) for _ in range(6))))
    assert headings.level(line("I. Water", 2), ()) == 1
    for mark in "ABCDEFGH":
        assert headings.level(line(f"{mark}. Water", 2), ()) == 2
        headings.count(f"{mark}. Water", 2)
    assert headings.level(line("I. Water", 2), ()) == 2, "the ninth letter after H"
    headings.count("I. Water", 1)
    assert headings.level(line("I. Water", 2), ()) == 1
    assert headings.level(line("4. Water", 10), ()) == 0, "a paragraph"
    assert headings.level(line("(a) Water", 10), ()) == 0
    assert headings.level(line("Water", 2), ()) == 0


# --- detached marks ---------------------------------------------------------------------------------------------------


def joiner(placing: Placing = Placing.NONE, *, numbers: bool = False) -> MarkJoiner:
    return MarkJoiner(openers(), Record("x.txt"), placing, numbers=numbers)


def test_a_mark_on_a_line_of_its_own_is_put_before_the_next_line() -> None:
    given = [line("4.", number=1, gap=2), line("Water", number=2), line("(a)", number=3), line("ice", number=4)]
    found = joiner().joined(given)
    assert [(each.text, each.number, each.gap) for each in found] == [("4. Water", 1, 2), ("(a) ice", 3, 0)]
    assert texts(joiner().joined([line("Water"), line("ice")])) == ["Water", "ice"]


@pytest.mark.parametrize(
    ("lines", "lost"),
    [
        (["1.", "2.", "One", "Two"], True),
        (["1.", "One", "2."], True),
        (["1.", "One", "2.", "two"], True),  # one begins with a capital, the other does not
        (["1.", "One", "2.", "Two"], False),
        (["(a)", "one", "(b)", "Two"], False),
        (["1", "2", "x"], True),
        (["1", "x", "3"], True),
    ],
)
def test_marks_apart_from_their_texts_are_an_error_where_positions_are_lost(lines: list[str], lost: bool) -> None:
    given = [line(text, number=at) for at, text in enumerate(lines, 1)]
    assert joiner(Placing.LEFT).joined(given)
    if not lost:
        assert joiner().joined(given)
        return
    with pytest.raises(SourceError, match="the reading order is lost") as caught:
        joiner().joined(given)
    assert caught.value.hint == "extract the text with pdftotext -layout"


def test_numbers_that_count_on_are_lost_marks_except_a_few_in_a_table() -> None:
    def given(*numbers: str) -> list[PageLine]:
        return [line(number) for number in numbers]

    table = joiner(numbers=True)
    assert len(table.joined(given("1", "2", "7", "1", "2"))) == 5
    with pytest.raises(SourceError):
        joiner(numbers=True).joined(given("1", "2", "3"))
    assert len(joiner(numbers=True).joined(given("1000", "1001", "1002"))) == 3


def test_arabic_marks_are_printed_in_their_digits() -> None:
    assert EN.call_mark(1, Digits.WESTERN) == "1"
    assert locales.load(Language.ARABIC).call_mark(1, Digits.ARABIC_INDIC).startswith("(")
