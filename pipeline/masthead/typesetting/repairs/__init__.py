"""What is mended inside WeasyPrint, one file each. `typesetter` switches it on; importing it changes nothing.

Each file says what it mends and why it is broken, and has a page under `docs/upstream/` with the patch to offer.
"""

from masthead.typesetting.repairs import compression, hitareas, leaders, notes, structure, textlayer, whitespace
from masthead.typesetting.repairs.replacing import VERSION, Repair, switched_on

ALL: tuple[Repair, ...] = (
    whitespace.REPAIR,
    leaders.REPAIR,
    hitareas.REPAIR,
    notes.REPAIR,
    textlayer.REPAIR,
    structure.REPAIR,
    compression.REPAIR,
)

__all__ = ["ALL", "VERSION", "Repair", "switched_on"]
