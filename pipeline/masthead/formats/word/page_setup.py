"""Headers, footers and the page size: masthead and imprint of page one, running heads and feet of the others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from masthead.document import Direction, Document, DutyStation, Layout, Locale, organizations
from masthead.formats.opening_lines import Fact
from masthead.formats.word.block_writer import WordBlockWriter
from masthead.formats.word.package_writer import relation_key
from masthead.formats.word.xml import field, properties, run, text, w
from masthead.page import wording

# All lengths are in twentieths of a point.
_FRAME = 9840
_OFFICES = {"A4": DutyStation.GENEVA, "Letter": DutyStation.NEW_YORK}  # whose paper it is
_PAPER = {DutyStation.NEW_YORK: (12240, 15840, 1200), DutyStation.GENEVA: (11906, 16838, 1034)}
"""Width, height, and margins on the left and right."""
_MASTHEAD_COLUMNS = (1267, 5227, 3346)
_Cells = Sequence[Sequence[Any]]
_BARCODE_FONT = "Barcode 3 of 9 by request"  # Code 39, from the template; without it the digits are printed


def headers_and_footers(document: Document, locale: Locale, writer: WordBlockWriter) -> dict[str, Any]:
    """Return the parts by name: `header-first`, `footer-even` and the like."""
    # An element has only one parent, so a run that is needed twice is made twice.
    symbols = [run(text(str(document.symbol))) for _ in range(2)]
    number = document.job.number if document.job.is_known or organizations.current().job else ""
    jobs = [run(text(number), look=[w("b", val="0"), w("sz", val="14")]) for _ in range(2)]
    return {
        "header-first": w("hdr", *_masthead(document, locale, writer)),
        "header-even": w("hdr", _two_sided(writer, symbols[:1], [])),
        "header-default": w("hdr", _two_sided(writer, [], symbols[1:])),
        "footer-first": w("ftr", *_imprint(document, locale, writer)),
        "footer-even": w("ftr", _two_sided(writer, _folio(document, locale), jobs[:1])),
        "footer-default": w("ftr", _two_sided(writer, jobs[1:], _folio(document, locale))),
    }


def _folio(document: Document, locale: Locale) -> list[Any]:
    """Return the number of the page and that of all pages. In Arabic, Word shows them in the digits of its language."""
    look = [w("rtl")] if document.language.direction is Direction.RTL else []
    shown = document.digits.shape("2")
    separator = run(text(str(locale.word("folio", "separator"))), look=look)
    return [field("PAGE", run(text(shown), look=look)), separator, field("NUMPAGES", run(text(shown), look=look))]


def section(
    document: Document, margins: Iterable[str], layout: Layout, *, ends: bool = True, own_notes: bool = False
) -> Any:
    """Return the properties of a section, with the headers and footers of these names and the layout of its pages.

    `ends` says that the next section begins on a new page. Without headers and footers it has those of the one before.
    In one with `own_notes`, the numbers of notes begin again.
    """
    width, height, side = _PAPER[_OFFICES.get(organizations.current().paper, document.job.duty_station)]
    pages = [(name, *name.split("-")) for name in margins]
    references = [w(f"{kind}Reference", type=page, r_id=relation_key(name)) for name, kind, page in pages]
    space = w(
        "pgMar", top="1440", right=f"{side}", bottom="1728", left=f"{side}", header="432", footer="504", gutter="0"
    )
    bidi = w("bidi") if document.language.direction is Direction.RTL else None
    size = w("pgSz", w=str(width), h=str(height))
    if layout.landscape:
        size = w("pgSz", w=str(height), h=str(width), orient="landscape")
    columns = w("cols", num=str(layout.columns), space="240") if layout.columns > 1 else None
    kind = None if ends else w("type", val="continuous")
    first = w("titlePg") if references else None
    notes = w("footnotePr", w("numRestart", val="eachSect")) if own_notes else None
    return w("sectPr", *references, notes, kind, size, space, columns, first, bidi)


def _masthead(document: Document, locale: Locale, writer: WordBlockWriter) -> list[Any]:
    organization = run(text(str(locale.word("masthead", "organization"))), look=_sizes(28))
    symbol = [run(text(document.symbol.series), look=_sizes(40)), run(text(document.symbol.rest))]
    at_end = [w("spacing", after="80", line="240", lineRule="auto"), w("jc", val="right")]
    organ = writer.runs.line(wording.masthead_organ(document, locale))
    is_foreign = locale.word("masthead", "distribution_language") != document.language
    distribution = wording.distribution_lines(document, locale)
    facts = [Fact.DISTRIBUTION, Fact.ISSUED, *[Fact.LANGUAGE] * (len(distribution) - 2)]
    if document.masthead.restriction:
        facts[-1] = Fact.RESTRICTION
    name = writer.styled("", [organization], [w("spacing", after="80", line="320", lineRule="exact")])
    upper: _Cells = ([], [name], [writer.styled("", symbol, at_end)])
    lines = [writer.line(fact, line, foreign=is_foreign) for fact, line in zip(facts, distribution, strict=True)]
    lower: _Cells = ([], [writer.styled("XLarge", organ)], lines)
    above = _row(upper, _MASTHEAD_COLUMNS, height=864, rule=4, at_bottom=True)
    below = _row(lower, _MASTHEAD_COLUMNS, height=2880, rule=12)
    return [writer.grid("TableNormal", _MASTHEAD_COLUMNS, [above, below]), writer.styled("Header", [])]


def _sizes(half_points: int) -> list[Any]:
    return [w("sz", val=str(half_points)), w("szCs", val=str(half_points))]


def _imprint(document: Document, locale: Locale, writer: WordBlockWriter) -> list[Any]:
    job = "    ".join((str(document.job), *document.job.dates))
    has_number = document.job.is_known or organizations.current().job
    barcode = [w("rFonts", ascii=_BARCODE_FONT, hAnsi=_BARCODE_FONT), w("b", val="0"), w("sz", val="24")]
    release = writer.styled("ReleaseDate", [run(text(job))])
    left = [release, writer.styled("Footer", [run(text(f"*{document.job.barcode}*"), look=barcode)])]
    if not has_number:
        left = [writer.styled("Footer", [])]
    right = [writer.styled("Footer", writer.runs.line(str(locale.word("imprint", "recycle"))), [w("jc", val="right")])]
    columns = (_FRAME // 2, _FRAME // 2)
    return [writer.grid("TableNormal", columns, [_row((left, right), columns)]), writer.styled("Footer", [])]


def _two_sided(writer: WordBlockWriter, left: Sequence[Any], right: Sequence[Any]) -> Any:
    """Return a line with content at its left and right ends."""
    tabs = w("tabs", w("tab", val="right", pos=str(_FRAME)))
    return writer.styled("Header", [*left, run(w("tab")), *right] if right else left, [tabs])


def _row(cells: _Cells, columns: Sequence[int], *, height: int = 0, rule: int = 0, at_bottom: bool = False) -> Any:
    """Return a row of a fixed height above a rule, whose width is in eighths of a point."""
    made = []
    for content, width in zip(cells, columns, strict=True):
        border = w("bottom", val="single", sz=str(rule), space="0", color="auto") if rule else None
        align = w("vAlign", val="bottom") if at_bottom else None
        look = w("tcPr", w("tcW", w=str(width), type="dxa"), properties("tcBorders", border), align)
        made.append(w("tc", look, *(content or [w("p")])))
    fixed = w("trHeight", hRule="exact", val=str(height)) if height else None
    return w("tr", properties("trPr", fixed), *made)
