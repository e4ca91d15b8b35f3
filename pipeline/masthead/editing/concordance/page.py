"""A concordance as one HTML page without external resources, as plain values, and as lines that editors can follow.

On the page the versions are side by side, each in its direction, paragraph by paragraph. Disagreements are marked; they
can be filtered and reached by keyboard.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from masthead.document import (
    Emphasis,
    Hyperlink,
    Inline,
    LineEnd,
    Lowered,
    NoteCall,
    ParagraphEnd,
    Raised,
    Reference,
    Strong,
    Tab,
    TableNoteCall,
    Text,
    locales,
)  # fmt: skip
from masthead.editing.concordance.alignment import Version
from masthead.editing.concordance.comparison import Concordance
from masthead.editing.concordance.disagreement import Disagreement
from masthead.page import render


@dataclass(frozen=True, slots=True)
class _PageCell:
    """The text of one version in a row, with its CSS classes."""

    language: str
    direction: str
    style: str
    text: Markup


@dataclass(frozen=True, slots=True)
class _PageRow:
    """A row of the page: what the versions have in one place, and where they disagree."""

    kind: str
    place: str
    disagreements: tuple[Disagreement, ...]
    cells: tuple[_PageCell, ...]


def to_html(concordance: Concordance) -> str:
    """Return the page."""
    versions = concordance.versions
    return render(
        "page.html.j2",
        Path(__file__).parent,
        title=str(versions[0].document.symbol),
        versions=versions,
        count=len(concordance.disagreements),
        kinds=sorted({each.rule for each in concordance.disagreements}),
        facts=[each for each in concordance.disagreements if each.row is None],
        rows=list(_rows(concordance)),
    )


def to_dict(concordance: Concordance) -> dict[str, Any]:
    """Return the versions, the rows with the place of each unit, and the disagreements as plain values."""
    versions = concordance.versions
    return {
        "versions": [{"name": each.name, "language": str(each.language)} for each in versions],
        "rows": [
            [None if at is None else version.units[at].place for version, at in zip(versions, row, strict=True)]
            for row in concordance.rows
        ],
        "disagreements": [
            {
                "kind": each.rule,
                "place": each.where,
                "message": each.message,
                "versions": each.versions,
                "row": each.row,
                "rows": each.rows or [each.row],
                "where": concordance.locations(each),
            }
            for each in concordance.disagreements
        ],
        "agree": not concordance.disagreements,
    }


def line(concordance: Concordance, disagreement: Disagreement) -> str:
    """`file:line:column: place: message [kind]`, on one line, with the file of the first version that differs."""
    location = next(iter(concordance.locations(disagreement).values()), "")
    return f"{location}: {disagreement.where}: {disagreement.message} [{disagreement.rule}]".removeprefix(": ")


def _rows(concordance: Concordance) -> Iterator[_PageRow]:
    for at, row in enumerate(concordance.rows):
        found = tuple(each for each in concordance.disagreements if at in (each.row, *each.rows))
        odd = {name for each in found for name in each.versions}
        cells, place, kind = [], "", ""
        for version, index in zip(concordance.versions, row, strict=True):
            language, direction = version.language, version.language.direction
            if index is None:
                cells.append(_PageCell(language, direction, "gap odd" if version.name in odd else "gap", Markup()))
                continue
            unit = version.units[index]
            place, kind = place or unit.place, unit.kind
            style = "odd" if version.name in odd else ""
            cells.append(_PageCell(language, direction, style, _text(unit.content, version)))
        yield _PageRow(kind.replace(" ", "-"), found[0].where if found else place, found, tuple(cells))


def _text(content: Iterable[Inline], version: Version) -> Markup:
    """The inline content as HTML; references are isolated, because they may run in the other direction."""
    parts: list[Markup] = []
    for inline in content:
        match inline:
            case Text(text) | Hyperlink(text):
                parts.append(escape(text))
            case Reference(text):
                parts.append(Markup("<bdi>{}</bdi>").format(text))
            case Strong(inner):
                parts.append(Markup("<b>{}</b>").format(_text(inner, version)))
            case Emphasis(inner):
                parts.append(Markup("<i>{}</i>").format(_text(inner, version)))
            case Raised(text):
                parts.append(Markup("<sup>{}</sup>").format(text))
            case Lowered(text):
                parts.append(Markup("<sub>{}</sub>").format(text))
            case LineEnd() | ParagraphEnd():
                parts.append(Markup("<br>"))
            case Tab():
                parts.append(Markup(" "))
            case NoteCall(number, asterisk):
                mark = locales.load(version.language).call_mark(number, version.language.digits, asterisk=asterisk)
                parts.append(Markup("<sup>{}</sup>").format(mark))
            case TableNoteCall(ordinal):
                letters = locales.load(version.language).word("marks", "letters")
                parts.append(Markup("<sup>{}</sup>").format(letters[ordinal - 1]))
    return Markup().join(parts)
