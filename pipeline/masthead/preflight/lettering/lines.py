"""The lines of a file that the rules on order and joining look at, found once for both."""

from __future__ import annotations

from weakref import WeakKeyDictionary

from masthead.pdf import Evidence
from masthead.preflight.lettering import glance
from masthead.preflight.lettering.matching import MatchedLine, read_lines

# Weak keys: the lines of a file are freed with its evidence.
_FOUND: WeakKeyDictionary[Evidence, tuple[MatchedLine, ...]] = WeakKeyDictionary()


def doubtful_lines(evidence: Evidence) -> tuple[MatchedLine, ...]:
    """Return the lines of a tagged file in bundled fonts, without the blocks that a quick look finds correct.

    A file without a structure tree has no such lines.
    """
    if not evidence.tree:
        return ()
    if evidence not in _FOUND:
        _FOUND[evidence] = read_lines(block for block in evidence.blocks if not glance.is_right(block))
    return _FOUND[evidence]
