"""What pdftotext takes from a page is read as the page shows it, and what the text does not tell is told."""

from __future__ import annotations

import random
import re

import pytest

from masthead.document import DocumentType
from masthead.document.errors import SourceError
from masthead.document.findings import Severity
from masthead.document.model import (
    Alignment,
    Box,
    Contents,
    Document,
    Figure,
    Heading,
    Layout,
    PageEnd,
    Paragraph,
    Role,
    Table,
    contents,
    plain,
)
from masthead.formats.extract import dense, visual
from masthead.formats.extract.grids import continues
from masthead.formats.extract.pages import pages_of
from masthead.formats.styled.parts import Para
from masthead.formats.transcript import reader as text
from outlines import outline, shown

RESOLUTION = """\
                  United Nations                                               A/RES/104/12
                  General Assembly                                      Distr.: General
                                                                        19 November 2049


Hundred and fourth session
Agenda item 21 (b)

                Resolution adopted by the General Assembly on 5 November 2049
                 [on the report of the Second Committee (A/104/417)]

              104/12.    Rainwater gardens for cities

                 The General Assembly,
                 Recalling its resolution 102/31 of 9 December 2047, in which it invited cities to
             gather the rain that falls on their roofs,
                 Recalling also the Charter of Rainwater Gardens, adopted in Samarkand on
             3 May 2046,1 and the gardens planted since,
                 1.     Invites all cities to plant at least one rainwater garden by 2055, in streets
             and in squares, and to water it with nothing but the rain that falls upon the town;
                 2.     Encourages Member States, in planning such gardens, and in measuring the


             __________________

             1
                 A/CONF.410/8, annex.

49-10412 (E)   221149   231149
*4910412*                                                                      Please recycle
\fA/RES/104/12                                                     Rainwater gardens for cities


             rain that waters them:
                      (a)  To measure the rain that falls in each season, and to publish what was
             measured in every town;
                      (b)  To let schools take part in the planting;
                 3.     Decides to proclaim 3 May the Day of Rainwater Gardens.

                                                                        41st plenary meeting
                                                                             5 November 2049




2/2                                                                                49-10412
\f"""

REPORT = """\
                  United Nations                                               A/104/96
                  General Assembly                                      Distr.: General
                                                                        14 July 2049
                                                                        Original: English


Hundred and fourth session
Item 21 (b) of the preliminary list*
Sustainable cities

             Cost of the gardens
             Report of the Secretary-General

      I.     Introduction
             1.     The gardens were counted by those who water them, town by town and street
             by street, and what they cost was written down beside their number each evening.1

             Table 1
             Cost of a garden, by region

             Region                       Gardens         First year      Second year

             Coasts2                          412              1,250              310
             Mountains a                      118              2,140              560

             a   Without gardens above 2,000 metres.

             2.     The gardens of the coasts are the oldest of all that were planted, and those of
             the mountains the dearest.


             __________________

             *   A/104/50.
             1
                 By the spring of 2049.
             2
                 With the islands.

49-08131 (E)   200749   210749
*4908131*
\f"""


def read(source: str) -> Document:
    return text.read(source.encode(), "x.txt")


def told(document: Document) -> set[tuple[str, str]]:
    return {(finding.rule, finding.where) for finding in document.findings}


# --- without form feeds -----------------------------------------------------------------------------------------------

PAGES = (
    RESOLUTION.replace("2/2    ", "2/3    ")
    + """\
Rainwater gardens for cities                                                            A/RES/104/12


             The gardens of the coasts are the oldest.
49-10412                                                                                         3/3
"""
)
OF_GENEVA = PAGES.replace("49-10412", "GE.49-10412").replace("2/3 ", "2   ").replace(" 3/3", "   3")
APART = PAGES.replace("3/3\n", "\n3/3\n").replace("2/3    ", "2/3\n")
HEADS = ("A/RES/104/12    ", "Rainwater gardens for cities    ")  # of pages two and three


@pytest.mark.parametrize("source", [RESOLUTION, REPORT, PAGES, OF_GENEVA, APART])
def test_pages_are_told_by_their_feet(source: str) -> None:
    document, again = read(source), read(source.replace("\f", ""))
    assert (again, again.findings) == (document, document.findings)


@pytest.mark.parametrize(
    ("right", "wrong", "begins"),
    [
        ("\n2/3 ", "\n3/3 ", HEADS[0]),  # a page is missing
        ("\n2/3 ", "\n2/4 ", HEADS[0]),  # pages at the end are
        ("\n2/3 ", "\n", HEADS[0]),
        (" 3/3", "", HEADS[0]),  # no foot that says how many pages there are
        (HEADS[0], "rain ", "rain "),  # no head
        ("3/3\n", "3/3\nA line.\n", "A line."),
    ],
)
def test_pages_whose_heads_and_feet_do_not_agree_are_refused(right: str, wrong: str, begins: str) -> None:
    source = PAGES.replace("\f", "")
    assert source.count(right) == 1
    source = source.replace(right, wrong)
    with pytest.raises(SourceError, match="the text has no form feeds") as raised:
        read(source)
    line = next(at for at, line in enumerate(source.split("\n"), 1) if line.startswith(begins))
    assert raised.value.where == f"x.txt:{line}"
    assert raised.value.hint == "extract it with pdftotext -layout, without -nopgbrk"


# --- what the pages show ----------------------------------------------------------------------------------------------


def test_a_resolution_is_read_without_what_repeats_on_its_pages() -> None:
    document = read(RESOLUTION)
    assert str(document.symbol) == "A/RES/104/12"
    assert (document.job.number, document.job.dates) == ("49-10412", ("221149", "231149"))
    assert plain(document.preface.title) == "Rainwater gardens for cities"
    assert [paragraph.number for paragraph in document.operative] == [1, 2, 3]
    assert [shown(item.content) for item in document.operative[1].items] == [
        "To measure the rain that falls in each season, and to publish what was measured in every town;",
        "To let schools take part in the planting;",
    ]
    assert document.closing == ("41st plenary meeting", "5 November 2049")
    printed = str(outline(document))
    assert not re.search(r"recycle|4910412|2/2|_{5}", printed)
    assert {rule for rule, _ in told(document)} == {"extract-look"}


def test_a_paragraph_goes_on_after_the_end_of_its_page() -> None:
    second = read(RESOLUTION).operative[1]
    assert shown(second.content).endswith("and in measuring the rain that waters them:")
    assert any(isinstance(inline, PageEnd) for inline in second.content)


def test_a_note_is_parted_from_its_page_and_called() -> None:
    document = read(RESOLUTION)
    assert shown(document.preamble[1].content) == (
        "Recalling also the Charter of Rainwater Gardens, adopted in Samarkand on 3 May 2046,[^1]"
        " and the gardens planted since,"
    )
    assert [shown(note.content) for note in document.notes] == ["A/CONF.410/8, annex."]


def test_notes_of_all_kinds_on_one_page_are_called_each_in_its_place() -> None:
    document = read(REPORT)
    assert document.type is DocumentType.REPORT
    assert shown(document.preface.title) == "Cost of the gardens[^*]"  # the line of the agenda item has no place for it
    assert ("call-moved", "x.txt:8") in told(document)
    (table,) = [block for block in document.body if isinstance(block, Table)]
    assert [shown(row.cells[0].content) for row in table.rows] == ["Coasts[^2]", "Mountains[^a]"]
    assert [shown(note) for note in table.notes] == ["Without gardens above 2,000 metres."]
    assert shown(document.paragraphs(Role.NUMBERED)[0].content).endswith("each evening.[^1]")
    assert [(note.number, note.asterisk) for note in document.notes] == [(1, True), (1, False), (2, False)]


def test_a_table_is_read_from_the_places_of_its_words_and_told() -> None:
    document = read(REPORT)
    table = next(block for block in document.body if isinstance(block, Table))
    assert (table.caption.ordinal, shown(table.caption.title)) == (1, "Cost of a garden, by region")
    assert [shown(cell.content) for cell in table.rows[0].cells[1:]] == ["412", "1,250", "310"]
    assert "table-guessed" in {rule for rule, _ in told(document)}


def rows(*lines: str) -> Table:
    """The table that the report has if these are its rows."""
    start, end = REPORT.index("             Coasts2"), REPORT.index("             2.     The gardens")
    body = "".join(f"             {line}\n" for line in lines)
    text = f"{REPORT[:start]}{body}\n{REPORT[end:]}"
    document = read(text.replace("             2\n                 With the islands.\n", ""))
    return next(block for block in document.body if isinstance(block, Table))


def test_columns_of_figures_end_at_a_line_and_others_begin_at_one() -> None:
    """A column is one of figures if at least half of its cells are."""
    table = rows(
        "Coasts                           412              none              310",
        "Mountains                         18              none              560",
        "Plains                             7             1,250          unknown",
        "Islands                            9             2,140          unknown",
    )
    assert table.alignments == (Alignment.START, Alignment.END, Alignment.END, Alignment.END)
    table = rows(
        "Coasts                           412              none              310",
        "Mountains                         18              none          unknown",
        "Plains                             7             1,250          unknown",
    )
    assert table.alignments == (Alignment.START, Alignment.END, Alignment.START, Alignment.START)


def test_cells_that_are_missing_leave_those_beside_them_in_their_columns() -> None:
    table = rows(
        "Coasts                           412             1,250              310",
        "Mountains                                        2,140              560",
        "Plains                             7                                120",
        "Islands                            3             1,000               10",
    )
    assert [[shown(cell.content) for cell in row.cells] for row in table.rows] == [
        ["Coasts", "412", "1,250", "310"],
        ["Mountains", "", "2,140", "560"],
        ["Plains", "7", "", "120"],
        ["Islands", "3", "1,000", "10"],
    ]


def test_a_table_of_contents_is_generated_and_takes_no_text_with_it() -> None:
    listed = """\
             Contents
                                                                        Page
             I.     Introduction ...............................................  1

"""
    document = read(REPORT.replace("      I.     Introduction", f"{listed}      I.     Introduction"))
    assert document.body[0] == Contents(2)
    numbered = listed.replace("           Page", "Paragraphs Page")
    document = read(REPORT.replace("      I.     Introduction", f"{numbered}      I.     Introduction"))
    assert document.body[0] == Contents(2, paragraphs=True)
    assert outline(document)[9:] == outline(read(REPORT))[8:]
    assert ("contents-generated", "x.txt:14") in told(document)
    bare = read(REPORT.replace("      I.     Introduction", "             Contents\n\n      I.     Introduction"))
    assert not any(isinstance(block, Contents) for block in bare.body)
    assert "Contents" in str(outline(bare))


SUMMARY = """\
             Summary
             In 2049, the gardens were counted again by those who water them, in all towns.
             The present report tells what they cost.



49-08131 (E)   200749   210749
\f                                                                                A/104/96


"""


def test_a_summary_is_a_box_and_the_page_that_ends_with_it_ends_there() -> None:
    document = read(REPORT.replace("      I.     Introduction", f"{SUMMARY}      I.     Introduction"))
    box, new_page, heading = document.body[:3]
    assert isinstance(box, Box) and plain(box.title) == "Summary"
    assert "what they cost" in plain(next(iter(contents(box.blocks[-1]))))
    assert new_page == Layout(new_page=True)
    assert isinstance(heading, Heading) and heading.ordinal == 1
    numbered = REPORT.replace("      I.     Introduction", f"      I.     Introduction\n{SUMMARY}")
    assert not any(isinstance(block, Box) for block in read(numbered).body)  # after a heading it is a heading


def test_what_is_alone_on_page_one_is_a_subtitle_and_the_text_begins_a_page() -> None:
    head, subtitle, rest = REPORT.partition("             Report of the Secretary-General\n")
    page_end = SUMMARY[SUMMARY.index("49-08131") :]
    document = read(f"{head}\n             Samarkand\n\n\n{page_end}{rest}")
    assert plain(document.preface.subtitle) == "Samarkand"
    assert document.body[0] == Layout(new_page=True)
    assert isinstance(document.body[1], Heading)
    document = read(f"{head}{subtitle}\n\n{page_end}{rest}")
    assert plain(document.preface.subtitle) == "Report of the Secretary-General"
    assert document.body[0] == Layout(new_page=True)


def test_a_note_whose_text_is_lost_is_told_and_its_figure_stays() -> None:
    document = read(REPORT.replace("                 By the spring of 2049.\n", ""))
    assert any(rule == "note-missing" for rule, _ in told(document))
    assert shown(document.paragraphs(Role.NUMBERED)[0].content).endswith("each evening.1")


def test_a_note_whose_call_is_lost_is_called_at_the_end_of_its_page_and_told() -> None:
    document = read(RESOLUTION.replace("3 May 2046,1 and", "3 May 2046, and"))
    assert any(rule == "call-missing" for rule, _ in told(document))
    assert shown(document.operative[1].content).startswith("Encourages") and "[^1]" in shown(
        document.operative[1].content
    )


def test_a_note_goes_on_at_the_foot_of_the_next_page() -> None:
    """Where the rule is drawn and no text, room parts notes from the text."""
    source = RESOLUTION.replace("             __________________\n\n", "").replace("8, annex.", "8, annex, which lists")
    foot = "\n\n\n             all gardens that cities planted in the year in which the Charter was adopted.\n"
    document = read(source.replace("\n\n\n\n2/2", f"{foot}\n\n\n\n2/2"))
    assert shown(document.notes[0].content) == (
        "A/CONF.410/8, annex, which lists all gardens that cities planted in the year in which the Charter was adopted."
    )
    assert "note-guessed" in {rule for rule, _ in told(document)}
    assert document.closing == ("41st plenary meeting", "5 November 2049")


def test_annexes_in_capitals_and_bullets_are_read() -> None:
    annexes = """
ANNEX A

Seeds

             1.     The seeds were kept for the next year:
                  \uf0b7 those of the coasts
                  \uf0b7 those of the mountains
             2.     They were counted.

Annex II: Tools and what
they cost

             1.     The tools were lent.

"""
    source = REPORT.replace("\n\n             __________________", f"\n{annexes}\n             __________________", 1)
    document = read(source)
    assert [(annex.mark, annex.ordinal, shown(annex.title)) for annex in document.annexes] == [
        ("ANNEX A", None, "Seeds"),
        (None, 2, "Tools and what they cost"),
    ]
    first, second = document.annexes[0].body
    assert isinstance(first, Paragraph)
    assert [(item.mark, shown(item.content)) for item in first.items] == [
        ("•", "those of the coasts"),
        ("•", "those of the mountains"),
    ]
    assert isinstance(second, Paragraph)
    assert second.number == 2


def test_the_title_of_an_annex_ends_where_the_next_word_would_have_fitted() -> None:
    annexes = """
Annex I
           Seeds of all the gardens by the sea that were counted in
           the year of the Charter
           The seeds were kept for the next year.

Annex II
           Tools

           Tools of the coasts

           The tools were lent.
"""
    source = REPORT.replace("\n\n             __________________", f"\n{annexes}\n             __________________", 1)
    first, second = read(source).annexes
    assert shown(first.title) == "Seeds of all the gardens by the sea that were counted in the year of the Charter"
    assert [shown(each.content) for each in first.body if isinstance(each, Paragraph)] == [
        "The seeds were kept for the next year."
    ]
    assert shown(second.title) == "Tools"
    heading, _ = second.body
    assert isinstance(heading, Heading)
    assert shown(heading.content) == "Tools of the coasts"


def test_a_reissued_document_has_its_mark_and_no_running_heads_in_its_text() -> None:
    note = "             *   Reissued for technical reasons on 20 November 2049.\n             1\n"
    source = RESOLUTION.replace("A/RES/104/12\n", "A/RES/104/12*\n", 1).replace("             1\n", note)
    for marked in (source, source.replace("\fA/RES/104/12", "\fA/RES/104/12*")):
        document = read(marked)
        assert str(document.symbol) == "A/RES/104/12*"
        assert [(each.number, each.asterisk) for each in document.notes] == [(1, True), (1, False)]
        assert outline(document)[7:-3] == outline(read(RESOLUTION))[7:-2]


def test_text_under_a_rule_that_is_no_note_stays_text() -> None:
    ruled = "             __________________\n\n                 3.     Decides"
    document = read(RESOLUTION.replace("                 3.     Decides", ruled))
    assert outline(document) == outline(read(RESOLUTION))
    assert "note-guessed" in {rule for rule, _ in told(document)}


def test_a_day_of_a_month_calls_no_note() -> None:
    document = read(RESOLUTION.replace("3 May 2046,1 and", "1 May 2046, No. 1 and;1 and"))
    assert "on 1 May 2046, No. 1 and;[^1] and" in shown(document.preamble[1].content)


FIGURES = """\
             3.    What the towns on the dry coasts risk, year by year and street by street, is in
             Figure 3.
             Figure 3. Risks of dry towns




             4.    Rain is their hope (see Figure 4).
             Figure 4. Hopes of dry towns
             5.    It is.
"""


def test_the_caption_of_a_picture_has_an_empty_frame_below_it() -> None:
    document = read(REPORT.replace("             ____", f"{FIGURES}\n             ____"))
    (figure,) = [block for block in document.body if isinstance(block, Figure)]
    assert plain(figure.caption.title) == figure.alternative == "Figure 3. Risks of dry towns"
    assert [finding.severity for finding in document.findings if finding.rule == "picture-lost"] == [Severity.ERROR]
    texts = [plain(block.content) for block in document.body if isinstance(block, Paragraph)]
    assert any(each.endswith("street by street, is in Figure 3.") for each in texts)


def test_figures_that_are_no_furniture_stay() -> None:
    source = RESOLUTION.replace("by 2055, in streets", "by 2/2 of 2055, in").replace(
        "             rain that waters them:", "             2\n             rain that waters them:"
    )
    document = read(source)
    assert "2/2 of 2055" in shown(document.operative[0].content)
    assert "measuring the 2 rain" in shown(document.operative[1].content)


def test_what_a_masthead_says_besides_is_told() -> None:
    document = read(
        RESOLUTION.replace("                  General Assembly    ", "Advance copy      General Assembly    ")
    )
    assert any(finding.rule == "masthead-line" and "Advance copy" in finding.message for finding in document.findings)


# --- what cannot be read ----------------------------------------------------------------------------------------------


def test_an_organ_that_the_masthead_does_not_name_is_that_of_the_symbol() -> None:
    document = read(RESOLUTION.replace("                  General Assembly    ", "                      "))
    assert document.organ == "general-assembly"
    assert "masthead-organ" in {finding.rule for finding in document.findings}


@pytest.mark.parametrize(
    ("old", "new", "message", "line"),
    [
        ("49-10412 (E)   221149   231149\n", "", "no job number", 46),
        ("19 November 2049\n", "\n", "the masthead lacks", 1),
        ("104/12.    Rainwater", "Rainwater", "no number before the title", 6),
    ],
)
def test_what_is_not_there_is_refused_with_its_place(old: str, new: str, message: str, line: int) -> None:
    with pytest.raises(SourceError, match=message) as error:
        read(RESOLUTION.replace(old, new))
    assert error.value.where == f"x.txt:{line}"
    assert error.value.hint


@pytest.mark.parametrize(
    ("embedded", "logical"),
    [
        ("\u202b\u202aA/RES/1\u202c\u202c", "A/RES/1"),
        ("\u202b\u202aSee A/1\u202c.\u202c", "See A/1."),
        ("\u202b(١) \u202aA/RES/1\u202c\u202c", "(١) A/RES/1"),
        ("\u202bقرار \u202aA/1\u202c ثم \u202a23\u202c\u202c", "قرار A/1 ثم 23"),
    ],
)
def test_a_line_from_right_to_left_is_read_in_logical_order(embedded: str, logical: str) -> None:
    assert visual.logical(embedded) == logical


@pytest.mark.parametrize(
    ("wrapped", "plain"),
    [
        ("in \u202b( المدينة المنورة\u202cMedina), and", "in المدينة المنورة (Medina), and"),
        ("city of \u202b دمشق\u202care", "city of دمشق are"),
        ("for a garden is \u202bحديقة\u202c.", "for a garden is حديقة."),
    ],
)
def test_words_from_right_to_left_in_a_text_from_left_to_right_are_read_where_they_are(
    wrapped: str, plain: str
) -> None:
    assert visual.plain(wrapped) == plain
    source = REPORT.replace("by street, and", f"by street, {wrapped}")
    paragraph = next(each for each in read(source).body if isinstance(each, Paragraph))
    assert f"by street, {plain} what they cost" in shown(paragraph.content)


def test_nothing_but_marks_is_refused() -> None:
    with pytest.raises(SourceError, match="no job number"):
        read("\u202b\u202c\n")


def test_a_text_out_of_order_is_refused() -> None:
    """Without -layout, pdftotext may take the margin apart from the text: no paragraph has its number then."""
    plain_text = "\n".join(line.strip() for line in RESOLUTION.split("\n")).replace(
        "1.     Invites", "1.\n2.\n\nInvites"
    )
    with pytest.raises(SourceError, match="the reading order is lost") as error:
        read(plain_text)
    assert "pdftotext -layout" in str(error.value.hint)


def test_a_text_without_places_is_read_by_its_punctuation_and_told() -> None:
    document = read("\f".join("\n".join(map(str.strip, page.split("\n"))) for page in RESOLUTION.split("\f")))
    assert outline(document) == outline(read(RESOLUTION))
    assert ("extract-plain", "x.txt:1") in told(document)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(12))
def test_garbage_is_refused_or_read_and_nothing_else(seed: int) -> None:
    source, chance = random.Random(seed).choice((RESOLUTION, REPORT)), random.Random(seed)
    signs = "0123456789*()[]\f\n .,;:_-—١٢\u202a\u202b\u202c\u202eABCabв中\u0301"
    for _ in range(25):
        lines, kind = source.split("\n"), chance.randrange(4)
        if kind == 0:
            broken = source[: chance.randrange(len(source))]
        elif kind == 1:
            chance.shuffle(lines)
            broken = "\n".join(lines)
        elif kind == 2:
            broken = "".join(chance.choice(signs) if chance.random() < 0.02 else sign for sign in source)
        else:
            broken = "\n".join(line for line in lines for _ in range(chance.choice((0, 1, 1, 1, 2))))
        try:
            read(broken)
        except SourceError as error:
            assert error.hint and error.where.startswith("x.txt")


DUNES = "behind the dunes of those coasts"
DELIVERABLES = """
             Table 2
             Deliverables of the gardens

                                                                                           2048       2049         2050
Category and subcategory                                                                planned     actual    planned a


A. Facilitation of the work of cities
    Reports (number of reports)                                                               2          1       2 [3]
    1. Report on rainwater gardens in cities of the coasts, and in towns that lie
       behind the dunes of those coasts                                                       1          –           1
    2. Report on ponds                                                                        1          1           –
B. Other deliverables
    Consultation, advice and advocacy: meetings of experts on the gardens of the coasts and of the mountains;
    and visits.
    Outreach programmes: events in gardens.

  a
      With those that were cancelled.

"""


def test_rows_without_space_between_them_are_a_table_whatever_they_begin_with() -> None:
    source = REPORT.replace(
        "             2.     The gardens of the coasts", f"{DELIVERABLES}             2.     The gardens", 1
    )
    table = next(
        block
        for block in read(source).body
        if isinstance(block, Table) and "planned" in plain(block.head[0].cells[1].content)
    )
    assert [plain(cell.content) for cell in table.head[0].cells][:2] == ["Category and subcategory", "2048 planned"]
    rows = [[plain(cell.content) for cell in row.cells] for row in table.rows]
    assert rows == [
        ["A. Facilitation of the work of cities"],
        ["Reports (number of reports)", "2", "1", "2 [3]"],
        [f"1. Report on rainwater gardens in cities of the coasts, and in towns that lie {DUNES}", "1", "–", "1"],
        ["2. Report on ponds", "1", "1", "–"],
        ["B. Other deliverables"],
        ["Consultation, advice and advocacy: meetings of experts on the gardens of the coasts and of the mountains; "
         "and visits."],
        ["Outreach programmes: events in gardens."],
    ]  # fmt: skip
    assert [row.indent for row in table.rows] == [0, 1, 1, 1, 0, 1, 1]


def test_such_a_table_goes_on_on_the_next_page_under_its_head() -> None:
    above, _, below = DELIVERABLES.partition("B. Other")
    head = above.partition("gardens\n\n")[2].partition("A. Facilitation")[0]
    pages = pages_of(f"{above.partition('gardens')[2]}\f{head}\nB. Other{below}\f")
    first, _ = dense.read_dense(pages[0], 0, lambda line: line.text[:1].isdigit(), None) or (None, 0)
    assert first
    second, count = dense.read_dense(pages[1], 0, lambda line: False, first) or (None, 0)
    assert second and count == 6
    assert continues(first, second)
    labels = [part.text for row in second.rows[1:] for part in row.cells[0].parts if isinstance(part, Para)]
    assert [label.split(":")[0] for label in labels] == [
        "B. Other deliverables",
        "Consultation, advice and advocacy",
        "Outreach programmes",
    ]
    assert dense.read_dense(pages[1], 0, lambda line: False, None) is None
