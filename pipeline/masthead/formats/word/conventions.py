"""Invisible marks that the writer puts into a Word file, from which the reader gets what no style can express."""

from __future__ import annotations

from masthead.document import Emphasis, Fit, Layout, Strong
from masthead.formats.styled.spans import Emphases

LITERAL = "masthead:literal"
"""The tag of a content control whose text is read as these characters, never as a reference or a mark."""
SPACED = "masthead:spaced"
"""The tag of a content control around a link whose address has spaces, which Word writes as `%20`."""
TABLE_NOTE = "masthead:table-note:"
"""The start of the tag of a content control around a call to a table's note; the note's ordinal follows."""
COLUMNS = "masthead:columns:"
"""The start of the tag of a content control around a table; the tag holds properties that no cell can express.

These are the alignments of its columns, `top` for cells that are aligned there, `gutter3` for a double line after
column 3, `lines190` for the distance of its lines, and `whole` for a table that stays on one page.
"""
TOP, GUTTER, LEADING, WHOLE = "top", "gutter", "lines", "whole"
LAYOUT = "MastheadLayout"
"""The start of the name of a bookmark from which on pages are laid out in another way."""
OWN_NOTES = "MastheadOwnNotes"
"""The start of the name of a bookmark before an annex in which the numbers of notes begin again."""
NOTE_CALL = "MastheadNote"
"""The start of the name of the bookmark of a call; its number in the model follows."""
FIT = "MastheadFit"
"""The start of the name of a bookmark that says how a text was fitted to its page."""
_MINUS = "less"  # in a name, which has letters, digits and underscores
INDENT = 288
"""The indent of a row of a table, in twentieths of a point for each step."""
TEXT_INDENT = 1267
"""From the frame of the page to the text, in twentieths of a point."""
BOX = "Box"
"""The style of a table that is a box."""

NOTE_ORDER = "MastheadNoteOrder"
"""The property that holds the identifiers of all notes in their order, where footnotes and endnotes are apart."""
REJECTED = "MastheadRejected"
"""The property that holds the properties of the document before its tracked changes."""

PAGE_END = "MastheadPageEnd"
"""The start of the name of a bookmark where a page of the printed original ended."""
_LETTERS: dict[str, type[Strong | Emphasis]] = {"S": Strong, "E": Emphasis}


LABEL = "label_"
"""The start of the name of a bookmark to which references to a label lead."""


def page_end_name(number: int, emphases: Emphases) -> str:
    """Return the name of the bookmark for a page end inside `emphases`; `number` makes it unique."""
    return f"{PAGE_END}{number}_{''.join(kind.__name__[0] for kind in emphases)}"


def layout_name(number: int, layout: Layout) -> str:
    """Return the name of the bookmark for a layout; `number` makes it unique."""
    return f"{LAYOUT}{number}_{'L' if layout.landscape else 'P'}{layout.columns}{'B' * layout.new_page}"


def named_layout(name: str) -> Layout:
    """Return the layout that the name of a bookmark says."""
    said = name.rpartition("_")[2]
    columns = said[1:].removesuffix("B")
    return Layout(said.startswith("L"), int(columns) if columns.isdecimal() else 1, said.endswith("B"))


def fit_name(number: int, fit: Fit) -> str:
    """Return the name of the bookmark that says how a text was fitted; `number` makes it unique."""
    return f"{FIT}{number}_{fit.lines}_{fit.letters}_{fit.above}".replace("-", _MINUS)


def named_fit(name: str) -> Fit:
    """Return what the name of a bookmark says of how a text was fitted."""
    return Fit.read(dict(zip(("lines", "letters", "above"), name.replace(_MINUS, "-").split("_")[1:], strict=False)))


def page_end_emphases(name: str) -> Emphases:
    """Return the emphases that contain the page end with this bookmark."""
    return tuple(_LETTERS[letter] for letter in name.rpartition("_")[2] if letter in _LETTERS)


def label_name(name: str) -> str:
    """Return the name of the bookmark of a label: Word allows forty letters, digits and underscores."""
    return f"{LABEL}{name.replace('-', '_')}"[:40]
