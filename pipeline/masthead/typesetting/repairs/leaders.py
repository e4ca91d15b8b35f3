"""Leaders in right-to-left text: the box around a leader begins where the leader is drawn.

Where a leader (`content: leader(dotted)`) fills a line, WeasyPrint widens the boxes around it by the width that was
left. On a line that runs to the left they must also begin farther left by that width, but they do not, and so extend
into the margin. These boxes draw nothing, so the fault is invisible; but the link of an entry in a table of contents
lies beside the entry.
"""

from __future__ import annotations

from masthead.typesetting.engine.patching import patched
from masthead.typesetting.engine.weasyprint.layout import inline, leader

_STOCK = "box.width += extra_width\n"
_REPAIRED = """box.width += extra_width
        if line.style['direction'] == 'rtl' and box is not leader_box:
            box.position_x -= extra_width
"""


def apply() -> None:
    """Put the repair into WeasyPrint."""
    inline.handle_leader = patched(leader, "handle_leader", (_STOCK, _REPAIRED))
