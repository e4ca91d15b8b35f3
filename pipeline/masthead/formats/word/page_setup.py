"""The margins of the pages: masthead and imprint of the first, running heads and feet of the others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from masthead.document import Document, DutyStation, Locale
from masthead.formats.opening_lines import Fact
from masthead.formats.word.block_writer import BlockWriter
from masthead.formats.word.markup import field, run, text, w
from masthead.formats.word.template import relation_of
from masthead.page import wording

_FRAME = 9840
# Width, height and margins, in twentieths of a point.
_PAPER = {DutyStation.NEW_YORK: (12240, 15840, 1200), DutyStation.GENEVA: (11906, 16838, 1034)}
_MASTHEAD = (1267, 2117, 3110, 3346)  # columns

Cells = Sequence[Sequence[Any]]


def margins(document: Document, locale: Locale, writer: BlockWriter) -> dict[str, Any]:
    """The parts by name: `header-first`, `footer-even` and their like."""
    symbol, job = str(document.symbol), document.job.number
    folio = [
        field("PAGE", run(text("2"))),
        run(text(str(locale.word("folio", "separator")))),
        field("NUMPAGES", run(text("2"))),
    ]
    small = [w("b", val="0"), w("sz", val="14")]
    return {
        "header-first": w("hdr", *_masthead(document, locale, writer)),
        "header-even": w("hdr", *_sides(writer, [run(text(symbol))], [])),
        "header-default": w("hdr", *_sides(writer, [], [run(text(symbol))])),
        "footer-first": w("ftr", *_imprint(document, locale, writer)),
        "footer-even": w("ftr", *_sides(writer, folio, [run(text(job), look=small)])),
        "footer-default": w("ftr", *_sides(writer, [run(text(job), look=small)], folio)),
    }


def section(document: Document, margins: Iterable[str]) -> Any:
    """The properties of the one section, which has those margins."""
    width, height, side = _PAPER[document.job.duty_station]
    references = []
    for name in margins:
        kind, _, page = name.partition("-")
        references.append(w(f"{kind}Reference", type=page, r_id=relation_of(name)))
    return w(
        "sectPr",
        *references,
        w("pgSz", w=str(width), h=str(height)),
        w("pgMar", top="1440", right=str(side), bottom="1728", left=str(side), header="432", footer="504", gutter="0"),
        w("titlePg"),
        *([w("bidi")] if document.language.direction == "rtl" else []),
    )


def _masthead(document: Document, locale: Locale, writer: BlockWriter) -> list[Any]:
    organization = run(
        text(str(locale.word("masthead", "organization"))), look=[w("sz", val="28"), w("szCs", val="28")]
    )
    large = run(text(document.symbol.series), look=[w("sz", val="40"), w("szCs", val="40")])
    organ = str(locale.masthead_organ(document.organ.parent))
    lines = wording.distribution_lines(document, locale)
    kinds = (Fact.DISTRIBUTION, Fact.ISSUED, Fact.LANGUAGE, Fact.LANGUAGE)
    foreign = locale.word("masthead", "distribution_language") != document.language
    end = [w("spacing", after="80", line="240", lineRule="auto"), w("jc", val="right")]
    first: Cells = (
        [],
        [writer.styled("", [organization], [w("spacing", after="80", line="320", lineRule="exact")])],
        [writer.styled("", [large, run(text(document.symbol.rest))], end)],
    )
    second: Cells = (
        [],
        [writer.styled("XLarge", writer.runs.line(organ))],
        [writer.line(kind, line, foreign=foreign) for kind, line in zip(kinds, lines, strict=False)],
    )
    columns = (_MASTHEAD[0], sum(_MASTHEAD[1:3]), _MASTHEAD[3])
    rows = [
        _row(first, columns, height=864, below=4),
        _row(second, columns, height=2880, below=12),
    ]
    return [writer.grid("TableNormal", columns, rows), writer.styled("Header", [])]


def _imprint(document: Document, locale: Locale, writer: BlockWriter) -> list[Any]:
    job = "    ".join((str(document.job), *document.job.dates))
    left = [
        writer.styled("ReleaseDate", [run(text(job))]),
        writer.styled("Footer", [run(text(f"*{document.job.barcode}*"), look=_barcode())]),
    ]
    right = [writer.styled("Footer", writer.runs.line(str(locale.word("imprint", "recycle"))), [w("jc", val="right")])]
    columns = (_FRAME // 2, _FRAME // 2)
    return [writer.grid("TableNormal", columns, [_row((left, right), columns)]), writer.styled("Footer", [])]


def _barcode() -> list[Any]:
    """Code 39 is a font of the template's; without it the digits stand there."""
    font = "Barcode 3 of 9 by request"
    return [w("rFonts", ascii=font, hAnsi=font), w("b", val="0"), w("sz", val="24")]


def _sides(writer: BlockWriter, left: Sequence[Any], right: Sequence[Any]) -> list[Any]:
    """A line with something at either side."""
    tabs = w("tabs", w("tab", val="right", pos=str(_FRAME)))
    return [writer.styled("Header", [*left, run(w("tab")), *right] if right else left, [tabs])]


def _row(cells: Cells, columns: Sequence[int], *, height: int = 0, below: int = 0) -> Any:
    made = []
    for content, width in zip(cells, columns, strict=True):
        border = [w("tcBorders", w("bottom", val="single", sz=str(below), space="0", color="auto"))] if below else []
        bottom = [w("vAlign", val="bottom")] if below == 4 else []
        made.append(w("tc", w("tcPr", w("tcW", w=str(width), type="dxa"), *border, *bottom), *(content or [w("p")])))
    return w("tr", *([w("trPr", w("trHeight", hRule="exact", val=str(height)))] if height else []), *made)
