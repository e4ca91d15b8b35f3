"""A concordance as one HTML page that needs nothing else, as plain values, and as lines that editors follow.

The versions stand side by side, each in its direction, paragraph by paragraph; what disagrees is marked, can be
filtered and is reached by keyboard.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from masthead.document import Emphasis, Inline, NoteCall, Reference, Strong, TableNoteCall, Text, locales
from masthead.editing.concordance.alignment import Version
from masthead.editing.concordance.comparison import Concordance
from masthead.editing.concordance.disagreement import Disagreement
from masthead.page import render


@dataclass(frozen=True, slots=True)
class _Cell:
    language: str
    direction: str
    style: str
    text: Markup


@dataclass(frozen=True, slots=True)
class _Line:
    kind: str
    place: str
    said: tuple[Disagreement, ...]
    cells: tuple[_Cell, ...]


def to_html(concordance: Concordance) -> str:
    """Return the page."""
    versions = concordance.versions
    return render(
        "page.html.j2",
        Path(__file__).parent,
        title=str(versions[0].document.symbol),
        versions=versions,
        count=len(concordance.disagreements),
        kinds=sorted({each.kind for each in concordance.disagreements}),
        facts=[each for each in concordance.disagreements if each.row is None],
        rows=list(_lines(concordance)),
    )


def to_dict(concordance: Concordance) -> dict[str, Any]:
    """Return versions, rows with the place of each unit, and disagreements as plain values."""
    return {
        "versions": [{"name": each.name, "language": str(each.language)} for each in concordance.versions],
        "rows": [
            [
                None if index is None else version.units[index].place
                for version, index in zip(concordance.versions, row, strict=True)
            ]
            for row in concordance.rows
        ],
        "disagreements": [{**asdict(each), "where": concordance.where(each)} for each in concordance.disagreements],
        "agree": not concordance.disagreements,
    }


def line(concordance: Concordance, disagreement: Disagreement) -> str:
    """`file:line:column: place: message [kind]`, on one line; the file of the first version that it is laid to."""
    where = next(iter(concordance.where(disagreement).values()), "")
    return f"{where}: {disagreement.place}: {disagreement.message} [{disagreement.kind}]".removeprefix(": ")


def _lines(concordance: Concordance) -> Iterator[_Line]:
    for at, row in enumerate(concordance.rows):
        said = tuple(each for each in concordance.disagreements if each.row == at)
        odd = {name for each in said for name in each.versions}
        cells, place, kind = [], "", ""
        for version, index in zip(concordance.versions, row, strict=True):
            language, direction = version.language, version.language.direction
            if index is None:
                cells.append(_Cell(language, direction, "gap odd" if version.name in odd else "gap", Markup()))
                continue
            unit = version.units[index]
            place, kind = place or unit.place, unit.kind
            style = "odd" if version.name in odd else ""
            cells.append(_Cell(language, direction, style, _text(unit.content, version)))
        yield _Line(kind.replace(" ", "-"), said[0].place if said else place, said, tuple(cells))


def _text(content: Iterable[Inline], version: Version) -> Markup:
    """The inline content as HTML; references and runs of other directions are isolated."""
    parts: list[Markup] = []
    for inline in content:
        match inline:
            case Text(text):
                parts.append(escape(text))
            case Reference(text):
                parts.append(Markup("<bdi>{}</bdi>").format(text))
            case Strong(inner):
                parts.append(Markup("<b>{}</b>").format(_text(inner, version)))
            case Emphasis(inner):
                parts.append(Markup("<i>{}</i>").format(_text(inner, version)))
            case NoteCall(number, asterisk):
                mark = locales.load(version.language).call_mark(number, version.language.digits, asterisk=asterisk)
                parts.append(Markup("<sup>{}</sup>").format(mark))
            case TableNoteCall(ordinal):
                parts.append(
                    Markup("<sup>{}</sup>").format(locales.load(version.language).word("marks", "letters")[ordinal - 1])
                )
    return Markup().join(parts)
