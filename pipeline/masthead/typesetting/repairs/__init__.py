"""Faults of WeasyPrint and pydyf, each repaired in a module of its own.

A module says what is wrong and how it is repaired; its function `apply` puts the repair into the copy in `engine`, once
and for the life of the process. `docs/upstream/` has a page on each with the patch to offer to WeasyPrint.
"""

from masthead.typesetting.repairs import (
    columns,
    compression,
    decorations,
    drawings,
    hitareas,
    leaders,
    notes,
    pictures,
    rows,
    structure,
    textlayer,
    whitespace,
)

ALL = (
    *(whitespace, leaders, hitareas, notes, textlayer, structure),
    *(compression, pictures, drawings, columns, decorations, rows),
)
"""The repairs, in the order in which they are applied."""

__all__ = ["ALL"]
