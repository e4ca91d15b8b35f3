"""Documents in a Word file that Word merges when it opens it (`altChunk`), as elements of WordprocessingML.

Programs that assemble documents put them there, mostly as HTML. What is read of HTML is what a document can have: text,
headings, lists, tables, bold, italic, superscript and subscript.
"""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from lxml import etree, html

from masthead.formats.word.xml import run, text, w

WORD = (".docx", ".docm", ".dotx")
"""The suffixes of chunks that are Word documents themselves."""
_HTML, _WEB_ARCHIVES, _TEXT = (".htm", ".html", ".xhtml"), (".mht", ".mhtml"), (".txt",)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = (*_HEADINGS, "p", "div", "li", "ul", "ol", "table", "blockquote", "pre", "section", "article", "header",
           "footer", "main", "figure", "figcaption", "dl", "dt", "dd", "body", "center", "hr", "address")  # fmt: skip
_MOST = 63  # columns or rows of a cell
_UNSEEN = ("script", "style", "head", "title", "template", "meta", "link")
_LOOKS = {
    **dict.fromkeys(("b", "strong"), ("b", "")),
    **dict.fromkeys(("i", "em", "cite"), ("i", "")),
    "sup": ("vertAlign", "superscript"),
    "sub": ("vertAlign", "subscript"),
    "u": ("u", "single"),
}


def chunk_elements(name: str, data: bytes) -> list[Any] | None:
    """Return the paragraphs and tables of a chunk of HTML or of plain text, None if it is something else."""
    suffix = PurePosixPath(name).suffix.lower()
    if suffix in _WEB_ARCHIVES:
        message = email.message_from_bytes(data, policy=email.policy.default)
        page = next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
        data = page.get_payload(decode=True) if page is not None else b""  # type: ignore[assignment]
    if suffix in _TEXT:
        lines = data.decode("utf-8-sig", "replace").splitlines()
        return [w("p", run(text(line))) for line in lines if line.strip()]
    if suffix not in (*_HTML, *_WEB_ARCHIVES) or not data.strip():
        return None
    try:
        root = html.document_fromstring(data, parser=html.HTMLParser(no_network=True, encoding=_encoding(data)))
    except (etree.ParserError, ValueError, LookupError):
        return None
    return list(_blocks(root))


def _encoding(data: bytes) -> str | None:
    """Return UTF-8 if the bytes are that; otherwise the page says what they are."""
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    return "utf-8"


def _blocks(element: Any, mark: str = "") -> Iterator[Any]:
    """Yield the paragraphs and tables in an element of HTML; the first begins with `mark`."""
    if element.tag == "table":
        yield _table(element)
        return
    level = _HEADINGS.index(element.tag) if element.tag in _HEADINGS else None
    runs: list[Any] = [run(text(mark))] if mark else []
    counted = 0
    for piece in _pieces(element):
        if isinstance(piece, list):
            runs += piece
            continue
        yield from _paragraph(runs, level)
        counted += piece.tag == "li"
        of_item = f"{counted}.\t" if element.tag == "ol" else "•\t"
        yield from _blocks(piece, of_item if piece.tag == "li" else "")
        runs = []
    yield from _paragraph(runs, level)


def _paragraph(runs: list[Any], level: int | None) -> Iterator[Any]:
    """Yield a paragraph of runs if it has text."""
    if any("".join(each.itertext()).strip() for each in runs):
        outline = [w("pPr", w("outlineLvl", val=str(level)))] if level is not None else []
        yield w("p", *outline, *runs)


def _pieces(element: Any, looks: tuple[tuple[str, str], ...] = ()) -> Iterator[Any]:
    """Yield lists of runs, and the blocks between them."""
    yield [_run(element.text, looks)]
    for child in element:
        tag = child.tag if isinstance(child.tag, str) else ""
        if tag == "br":
            yield [w("r", w("br"))]
        elif tag in _BLOCKS:
            yield child
        elif tag and tag not in _UNSEEN:
            look = _LOOKS.get(tag)
            yield from _pieces(child, (*looks, look) if look and look not in looks else looks)
        yield [_run(child.tail, looks)]


def _run(characters: str | None, looks: tuple[tuple[str, str], ...]) -> Any:
    """Return a run; white space is as in HTML one space."""
    words = re.sub(r"[ \t\r\n\f]+", " ", characters or "")
    return run(text(words), look=[w(name, val=value) if value else w(name) for name, value in sorted(looks)])


def _table(element: Any) -> Any:
    rows = [row for row in element.iter("tr") if next(row.iterancestors("table")) is element]
    made, columns = [], 0
    above: dict[int, tuple[int, int]] = {}  # by column: how many rows more a cell takes, and its columns
    for row in rows:
        cells: dict[int, Any] = {at: _cell(None, span, "continue") for at, (_, span) in above.items()}
        taken = {at + more for at, (_, span) in above.items() for more in range(span)}
        above = {at: (left - 1, span) for at, (left, span) in above.items() if left > 1}
        column, of_row = 0, [cell for cell in row if cell.tag in ("td", "th")]
        for cell in of_row:
            while column in taken:
                column += 1
            span, height = _span(cell, "colspan"), _span(cell, "rowspan")
            cells[column] = _cell(cell, span, "restart" if height > 1 else "")
            if height > 1:
                above[column] = height - 1, span
            column += span
        columns = max(columns, column, *taken, 0)
        head = w("trPr", w("tblHeader")) if of_row and all(cell.tag == "th" for cell in of_row) else None
        if cells:
            made.append(w("tr", head, *[cells[at] for at in sorted(cells)]))
    return w("tbl", w("tblGrid", *[w("gridCol") for _ in range(columns)]), *made)


def _cell(element: Any, columns: int, merge: str) -> Any:
    span = w("gridSpan", val=str(columns)) if columns > 1 else None
    look = w("tcPr", span, w("vMerge", val=merge) if merge else None)
    content = [] if element is None else list(_blocks(element))
    return w("tc", look, *(content or [w("p")]))


def _span(cell: Any, name: str) -> int:
    stated = str(cell.get(name, "1"))
    return min(max(int(stated), 1), _MOST) if stated.isascii() and stated.isdigit() else 1
