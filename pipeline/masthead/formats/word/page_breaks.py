"""Page breaks that authors of Word files asked for, in contrast to those that follow from full pages."""

from __future__ import annotations

from enum import Enum, auto
from typing import Any

from masthead.formats.word.styles import Styles
from masthead.formats.word.xml import child, is_on, qn, value

_WITHIN = [qn(name) for name in ("w:tc", "w:txbxContent", "w:footnote", "w:endnote")]  # which begin no page
_SHOWN = frozenset(qn(name) for name in ("w:drawing", "w:pict", "w:object", "w:footnoteReference"))


class HardBreak(Enum):
    """Where a paragraph has a page break."""

    NONE = auto()
    BEFORE = auto()
    AFTER = auto()


def hard_break(paragraph: Any, styles: Styles) -> HardBreak:
    """Return where a paragraph of the text has a page break that its author asked for; NONE if text is around it."""
    properties = child(paragraph, "w:pPr")
    asked = child(properties, "w:pageBreakBefore")
    before = styles.begins_page(value(properties, "w:pStyle")) if asked is None else is_on(asked)
    breaks = [each for each in paragraph.iter(qn("w:br")) if each.get(qn("w:type")) == "page"]
    if not (before or breaks) or next(paragraph.iterancestors(*_WITHIN), None) is not None:
        return HardBreak.NONE
    if before:
        return HardBreak.BEFORE
    passed = [False, False]  # whether anything is shown before the last break, and after it
    for each in paragraph.iter():
        if each is breaks[-1]:
            passed = [passed[1], False]
        elif each.tag in _SHOWN or (each.tag == qn("w:t") and (each.text or "").strip()):
            passed[1] = True
    if next(breaks[-1].iterancestors(qn("w:del"), qn("w:moveFrom")), None) is not None or all(passed):
        return HardBreak.NONE
    return HardBreak.AFTER if passed[0] else HardBreak.BEFORE
