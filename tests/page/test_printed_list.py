"""Every text that the pages of a document with all kinds of blocks print, and the outline of these pages."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from manuscripts import report, resolution
from masthead import formats
from masthead.document import Language
from masthead.document.model import Division, Document, Text
from masthead.page import printed_texts
from masthead.page.outline import outline
from paths import ROOT

BODY = """\
1. One[^1]:

   - (a) x<p>second;

   - (b) more:

     - (i) deep

<!-- tail --> and the tail.

## A. Heading[^*]

<!-- table 1 --> Boats[^a]

<!-- unit --> (Posts)

| a | b |
|---|--:|
| one<p>two | 2 |

<!-- remark --> Source: x.

[^a]: Table note.

<!-- figure 1 --> Map

![What it shows](data:image/svg+xml;base64,PHN2Zy8+)

> **Box**
>
> # Inside
>
> Text *in* it[^1].

<!-- vote -->

- In favour: A, B
- Against: None
- Abstaining: C

<!-- ornament --> * * *

[^1]: Note H~2~O m^2^ [A/71/119](A/71/119).[^2]

[^2]: Note of a note.

[^*]: Star.

<!-- annex 1, original: French --> Maps

<!-- contents 2 -->

# I. In the annex

Text.
"""

PRINTED = """\
masthead: United Nations
masthead: A/93/7
masthead: General Assembly
masthead: Distr.: General
masthead: 30 November 2038
masthead: Original: English
imprint: 38-30101 (E) 011238
imprint: Please recycle
paragraph: Ninety-third session
paragraph: Agenda item 9
paragraph: Tides
heading: Tides
paragraph: Report of the Secretary-General
heading: I. Introduction
paragraph: 1. One1:
note: 1 Note H2O m2 A/71/119.2
note: 2 Note of a note.
paragraph: (a) x
paragraph: second;
paragraph: (b) more:
paragraph: (i) deep
paragraph: and the tail.
heading: A. Heading*
note: * Star.
caption: Table 1 Boatsa
caption: (Posts)
cell: a
cell: b
cell: one
cell: two
cell: 2
paragraph: Source: x.
paragraph: a Table note.
paragraph: Figure I Map
paragraph: Box
heading: Inside
paragraph: Text in it1.
paragraph: In favour: A, B
paragraph: Against: None
paragraph: Abstaining: C
paragraph: * * *
heading: Annex I
paragraph: [Original: French]
heading: Maps
heading: Contents
paragraph: Page
paragraph: I. Introduction
paragraph: A. Heading
paragraph: Annex
paragraph: I. Maps
heading: I. In the annex
paragraph: Text.
"""


@cache
def document() -> Document:
    return formats.parse(report(Language.ENGLISH, BODY).encode(), "x.md")


def printed(given: Document, *, is_second: bool = False) -> list[str]:
    return [f"{text.kind}: {text.text}" for text in printed_texts(given, is_second=is_second)]


def test_each_text_is_printed_once_in_its_place() -> None:
    assert printed(document()) == PRINTED.splitlines()


def test_the_second_column_of_a_parallel_edition_has_no_symbol_and_no_imprint() -> None:
    left_out = ["masthead: A/93/7", "imprint: 38-30101 (E) 011238", "imprint: Please recycle"]
    assert printed(document(), is_second=True) == [line for line in PRINTED.splitlines() if line not in left_out]


def test_the_divisions_of_a_budget_are_below_its_title() -> None:
    divisions = (Division("Part IV", (Text("Water"),)), Division("Section 9", ()))
    given = replace(document(), preface=replace(document().preface, divisions=divisions))
    at = PRINTED.splitlines().index("paragraph: Report of the Secretary-General") + 1
    assert printed(given)[at : at + 3] == ["paragraph: Part IV", "paragraph: Water", "paragraph: Section 9"]


@pytest.mark.parametrize(
    ("title", "number", "kind"),
    [("Tides", True, "paragraph"), ("Tides", False, "paragraph"), ("", True, "paragraph"), ("", False, "heading")],
)
def test_sponsors_are_the_heading_where_there_is_neither_a_title_nor_a_number(
    title: str, number: bool, kind: str
) -> None:
    base = formats.parse(resolution(Language.ENGLISH, "1. *Decides* to meet.").encode(), "x.md")
    preface = replace(base.preface, title=(Text(title),) if title else (), sponsors=(Text("Chad: draft"),))
    assert f"{kind}: Chad: draft" in printed(replace(base, preface=preface, number=base.number if number else None))


def test_the_outline_has_the_elements_that_a_pdf_has_types_for_and_no_others(tmp_path: Path) -> None:
    for name in ("locales", "art"):
        (tmp_path / name).symlink_to(ROOT / "templates" / name)
    html = "".join(f"<h{level}>x</h{level}>" for level in range(1, 8))
    html += "<table><caption>x</caption><tr><td>x</td></tr></table><ul><li>x</li></ul><figure><img></figure><svg/>"
    (tmp_path / "report.html.j2").write_text(f"<body><p>{html}</p></body>", "utf-8")
    found = " ".join(name for name, _, _ in outline(document(), tmp_path))
    assert found == "H1 H2 H3 H4 H5 H6 Table Caption TR TD LI Figure Figure Figure"


def test_the_outline_has_the_elements_of_the_pages_in_their_order() -> None:
    art = ["Figure"] * 4
    table = ["Table", "THead", "TR", "TH", "TH", "TBody", "TR", "TH", "TD"]
    expected = [*art, "H1", "H2", "H3", *table, "Figure", "H2", "H2", "H3", "H2", "H4"]
    assert [name for name, _, _ in outline(document())] == expected
    assert [name for name, _, _ in outline(document(), is_second=True)] == [
        name for at, name in enumerate(expected) if at >= len(art)
    ]
    spanned = "| a | < |\n|---|--:|\n| b | c |\n| ^ | d |"
    cells = outline(formats.parse(report(Language.ENGLISH, spanned).encode(), "x.md"))
    assert [each for each in cells if each[1:] != (1, 1)] == [("TH", 2, 1), ("TH", 1, 2)]
