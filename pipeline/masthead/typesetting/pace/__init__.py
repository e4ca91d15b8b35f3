"""What makes WeasyPrint's work quicker without another byte in the file, one file each.

Each is a `Repair` by form and by rules: named functions replaced while a document is set, on the one version that it is
proven with, switched on by `typesetter` alone and left out where it is not wanted. What is remembered from
one document to the next belongs to the configuration of fonts, and is bounded by bytes.
"""

from masthead.typesetting.pace import (
    backgrounds,
    breaking,
    breaks,
    drawings,
    faces,
    flow,
    lines,
    parsing,
    percentages,
    placing,
    pseudo,
    sheets,
    splits,
    streams,
    struts,
    styles,
)
from masthead.typesetting.pace import reference_cycles as circles
from masthead.typesetting.repairs import Repair

ALL: tuple[Repair, ...] = (
    *(splits.PACE, breaking.PACE, lines.PACE, struts.PACE, breaks.PACE, percentages.PACE, placing.PACE, flow.PACE),
    *(backgrounds.PACE, parsing.PACE, sheets.PACE, styles.PACE, pseudo.PACE, circles.PACE),
    *(drawings.PACE, faces.PACE, streams.PACE),
)

__all__ = ["ALL"]
