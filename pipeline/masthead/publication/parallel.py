"""Parallel editions: two language versions of a document in two columns, paired paragraph by paragraph."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from masthead import page, preflight
from masthead.document import Document, OrderError, TemplateError, Variant
from masthead.page import Html, TextColumn
from masthead.publication.edition import DEFAULTS, Edition, Options, Source
from masthead.publication.line import attachments, profile_of, read, typeset

if TYPE_CHECKING:
    from masthead.editing.concordance import Version

_BLOCKS = frozenset(("heading", "part", "table", "figure", "box", "annex"))
_PARAGRAPHS = frozenset(("formula", "preambular", "operative", "numbered", "plain", "item"))

Rows = tuple[tuple[int | None, int | None], ...]


def publish_parallel(first: Source, second: Source, options: Options = DEFAULTS) -> Edition:
    """Publish two language versions of one document side by side. The first leads: see `page.join_columns`.

    Raises OrderError if they are not versions of one document in two languages, or for a plain PDF; else what `publish`
    raises.
    """
    if options.variant is Variant.PLAIN:
        hint = "leave out --for plain"
        raise OrderError("a plain PDF has no tags, which tell the columns of a parallel edition apart", hint=hint)
    documents = _versions(read(first), read(second))
    html = replace(mark_up_parallel(*documents, options), ink=options.ink if options.variant.for_press else "")
    pdf = typeset(html, documents[0], options.variant)
    report = preflight.check_made(pdf, *documents, profile=profile_of(options))
    found = (each for document in documents for each in document.findings)
    findings = (*dict.fromkeys(found), *html.findings, *pdf.findings, *report.findings)
    return Edition(documents[0], html, pdf, replace(report, findings=findings), beside=documents[1])


def mark_up_parallel(first: Document, second: Document, options: Options = DEFAULTS) -> Html:
    """Return the HTML of a parallel edition, to which the sources of both documents are attached."""
    one, two = (page.text_column(document, emblem=options.emblem) for document in (first, second))
    return page.join_columns(one, two, _rows(one, two), (*attachments(first), *attachments(second)))


def _versions(first: Document, second: Document) -> tuple[Document, Document]:
    if str(first.symbol) != str(second.symbol) or first.type != second.type:
        message = f"{first.symbol} and {second.symbol} are not the same document"
        if str(first.symbol) == str(second.symbol):
            message = f"one is of type {first.type}, the other of type {second.type}"
        raise OrderError(message, hint="name two language versions of one document")
    if first.language == second.language:
        raise OrderError(f"both versions are in {first.language.name.title()}", hint="name versions in two languages")
    return first, second


def _rows(first: TextColumn, second: TextColumn) -> Rows:
    """Return the pieces that are side by side: those whose first units the concordance aligns."""
    from masthead.editing.concordance import Version, align

    versions = [Version.of(column.document, column.language) for column in (first, second)]
    begun = [_begun(version, column) for version, column in zip(versions, (first, second), strict=True)]
    rows: list[tuple[int | None, int | None]] = [(0, 0)]
    for one, two in align(versions):
        row = (begun[0].get(one), begun[1].get(two))
        if row != (None, None):
            rows.append(row)
    return tuple(rows)


def _begun(version: Version, column: TextColumn) -> dict[int | None, int]:
    """Return the index of the piece that each unit begins, by the index of the unit."""
    kinds = list(_kinds(version))
    pieces = [piece.kind for piece in column.pieces[1:]]
    if [kind for _, kind in kinds] != pieces:
        raise TemplateError(
            f"the template of {column.document.type} prints other paragraphs than the document has",
            where=f"{column.document.symbol} ({column.language})",
            hint="parallel editions need the elements and classes of the bundled templates",
        )
    return {at: number for number, (at, _) in enumerate(kinds, 1)}


def _kinds(version: Version) -> Iterator[tuple[int, str]]:
    """Yield the index and kind of each unit that begins a piece."""
    box, last = "", ""
    for at, unit in enumerate(version.units):
        kind = ""
        if box and unit.place.startswith(f"{box}, "):
            continue
        if unit.kind in _PARAGRAPHS:
            kind = "tail" if unit.place.endswith(", end") else unit.kind
        elif unit.kind in _BLOCKS:
            kind = unit.kind
        elif unit.kind == "vote" and unit.place.endswith(", in favour"):
            kind = "vote"
        elif unit.kind == "closing" and last != "closing":
            kind = "closing"
        box, last = unit.place if unit.kind == "box" else box, unit.kind
        if kind:
            yield at, kind
