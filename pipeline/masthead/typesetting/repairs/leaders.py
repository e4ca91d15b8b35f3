"""Leaders on right-to-left pages: what holds one stands where it is drawn.

Where a leader (`content: leader(dotted)`) fills a line, WeasyPrint widens the boxes around it by the room that was left
over. On a line that runs to the left they must then begin farther left by as much; they do not, and reach over the
margin. They draw nothing themselves, so nothing is seen of it; but the link of an entry in a table of contents lies
beside its entry.
"""

from __future__ import annotations

from weasyprint.layout import inline, leader

from masthead.typesetting.repairs.replacing import Repair, Replacement, rewritten

_WIDENED = "box.width += extra_width\n"
_MOVED = """box.width += extra_width
        if line.style['direction'] == 'rtl' and box is not leader_box:
            box.position_x -= extra_width
"""

REPAIR = Repair(
    "leaders",
    lambda: (Replacement(inline, "handle_leader", rewritten(leader, "handle_leader", (_WIDENED, _MOVED))),),
)
