"""Tables of words in the text of a PDF, and what else only the places of lines show: titles, remarks, pictures.

A table is given as it is in the text; where it is none, what is read is None.
"""

from __future__ import annotations

import re

import pytest

from extracts import GENEVA_HEAD
from masthead.document.model import Box, Document, Figure, Heading, Paragraph, Table, contents, plain
from masthead.formats.extract.pages import pages_of
from masthead.formats.extract.word_tables import read_word_table
from masthead.formats.styled.parts import Para, StyledTable
from masthead.formats.transcript import reader

AT_THE_TOP = """\
Lamps          The lamps of the coast are counted each year, in the
               towns and between them.
Bridges        Those with a lamp are
of stone       not counted twice. They are counted by those who cross
               them.
"""
IN_THE_MIDDLE = """\
               “Each town shall, as far as it can, light the street that
Article 7.1    leads to the harbour, and that which leads away from
               it.”
               “Each town shall light the harbour.
Article 7.2    Boats may be lit as well, by those who own them, in the
               colours of the town.”
"""


def read_table(text: str) -> list[list[str]] | None:
    page = pages_of(text)[0]
    found = read_word_table(page, 0, lambda line: line.text[:1].isdigit())
    if found is None:
        return None
    table, count = found
    assert table.inset and [width // 100 for width in table.widths] == [15, 57]  # 15 of 70 characters
    assert count == len([line for line in text.splitlines() if line.strip()])
    return [["*" * row.heads + text for text in cells] for row, cells in zip(table.rows, shown(table), strict=True)]


def shown(table: StyledTable) -> list[list[str]]:
    return [
        ["".join(part.text for part in cell.parts if isinstance(part, Para)) for cell in row.cells]
        for row in table.rows
    ]


def test_names_are_at_the_top_of_their_rows() -> None:
    assert read_table(AT_THE_TOP) == [
        ["Lamps", "The lamps of the coast are counted each year, in the towns and between them."],
        ["Bridges of stone",
         "Those with a lamp are not counted twice. They are counted by those who cross them."],
    ]  # fmt: skip


@pytest.mark.parametrize("gap", ["", "\n", "\n\n"])
def test_names_in_the_middle_of_their_rows_part_where_a_sentence_ends(gap: str) -> None:
    assert read_table(f"Article        Provision\n{gap}{IN_THE_MIDDLE}") == [
        ["*Article", "*Provision"],
        [
            "Article 7.1",
            "“Each town shall, as far as it can, light the street that leads to the harbour, and that which leads away "
            "from it.”",
        ],
        [
            "Article 7.2",
            "“Each town shall light the harbour. Boats may be lit as well, by those who own them, in the colours of "
            "the town.”",
        ],
    ]


@pytest.mark.parametrize(
    "text",
    [
        AT_THE_TOP.replace("The lamps", "412 "),  # a column of figures
        AT_THE_TOP.replace("Bridges  ", "A name that is longer than a name of a row is"),
        AT_THE_TOP.replace("Lamps    ", "         "),  # one name
        re.sub(r"^ {15}", "More           ", AT_THE_TOP, flags=re.MULTILINE),  # a list of lines in two columns
        f"{AT_THE_TOP}Streams        Rivers         Lakes          a row of more columns\n",
        f"{AT_THE_TOP}   The line of a paragraph that is as wide as the page, and not of any column.\n",
    ],
)
def test_other_lines_are_no_table(text: str) -> None:
    assert read_table(text) is None


FOOT = "\n\n\nGE.49-08131 (E)   200749   210749\n\f"
SUMMARY = """\
    Summary
             In 2049, the gardens were counted again by those who water them, in all of the towns.
             Nobody had counted them before, or written down how many there were of each kind.
             The present report, in which all of them are listed, tells what they cost to keep.
             Neighbouring towns have none, and are not listed in it, but they are named here,
             and more will be.
"""
BODY = """\
      I.     Background
             1.     The Lamp Keepers noted that the towns had repeatedly expressed their will to
             light all the streets of the coast, but that two of them still lacked any lamp.
             Lamps for harbours
             2.     Harbours are lit by those who own the boats in them, as in the years before.
"""


def read(*pages: str) -> Document:
    first, *others = pages
    later = [f"A/HRC/104/ATL/3\n\n\n{page}\n\n\n{number}\n\f" for number, page in enumerate(others, 2)]
    return reader.read(f"{GENEVA_HEAD}{first}{FOOT}{''.join(later)}".encode(), "x.txt")


def test_a_short_line_before_the_next_numbered_paragraph_is_a_heading() -> None:
    headings = [(block.level, plain(block.content)) for block in read(BODY).body if isinstance(block, Heading)]
    assert headings == [(1, "Background"), (3, "Lamps for harbours")]
    sentence = read(BODY.replace("for harbours", "for harbours."))
    assert [plain(block.content) for block in sentence.body if isinstance(block, Heading)] == ["Background"]
    not_next = read(BODY.replace("2. ", "4. "))
    assert [plain(block.content) for block in not_next.body if isinstance(block, Heading)] == ["Background"]


def test_a_paragraph_ends_where_the_next_word_would_have_fitted() -> None:
    (box, *_) = read(SUMMARY, BODY).body
    assert isinstance(box, Box)
    texts = [plain(content) for content in contents(box.blocks)]
    assert [text[:15] for text in texts] == ["In 2049, the ga"]  # the lines are full
    shorter = SUMMARY.replace(" of each kind", "")
    (box, *_) = read(shorter, BODY).body
    assert isinstance(box, Box)
    assert [plain(content)[:15] for content in contents(box.blocks)] == ["In 2049, the ga", "The present rep"]


TABLE = f"""\
             3.     What is counted is in the table.
             Table 1: Lamps and bridges

{"".join(f"             {line}" for line in AT_THE_TOP.splitlines(keepends=True))}

             Source: Lamp Keepers 2049, Harbour Union 2050

"""


def test_a_title_above_a_table_is_its_caption_and_a_source_below_it_is_a_remark() -> None:
    (table,) = [block for block in read(BODY + TABLE).body if isinstance(block, Table)]
    assert plain(table.caption.title) == "Lamps and bridges"
    assert [plain(remark) for remark in table.remarks] == ["Source: Lamp Keepers 2049, Harbour Union 2050"]
    assert len(table.rows) == 2


@pytest.mark.parametrize(("lines", "height"), [(4, 400), (20, 370), (30, 250), (44, 120)])
def test_the_frame_of_a_picture_is_as_high_as_its_page_has_room(lines: int, height: int) -> None:
    number = 3
    words = "Rain is counted by those who wait for it, in all of the towns, and in the others too.\n"
    text = f"             {number}.    {words}" + f"             {words.lower()}" * (lines - 3)
    picture = "             Figure 3. Risks of dry towns\n\n\n\n\n             Source: Lamp Keepers 2049\n"
    (figure,) = [block for block in read(BODY, text + picture, BODY).body if isinstance(block, Figure)]
    assert f'height="{height}pt"' in figure.picture.decode()
    (last,) = [block for block in read(BODY, text + picture).body if isinstance(block, Figure)]
    assert 'height="120pt"' in last.picture.decode()  # the last page need not be full
    assert any(isinstance(block, Paragraph) for block in read(BODY, text).body)
