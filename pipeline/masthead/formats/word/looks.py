"""The look of a run, as far as it means something: emphasis, superscript, hidden or struck-out text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from masthead.document import Emphasis, Strong
from masthead.formats.styled.spans import Emphases
from masthead.formats.word.styles import EMPHASES, NOTE_CALLS, Style, Styles
from masthead.formats.word.xml import OFF, integer, qn

_VALUE = qn("w:val")
_UNSEEN = 4  # half-points: letters of 2 points and less are not seen
_MOVED = 4  # half-points by which letters are raised or lowered by hand
_LOST = ("strike", "dstrike", "caps", "smallCaps")


@dataclass(frozen=True, slots=True)
class Look:
    """The look of a run. `named` has the meaning that it has in `Span`, `lost` are kinds of `losses`."""

    emphases: Emphases = ()
    named: bool = False
    raised: bool = False
    lowered: bool = False
    hidden: bool = False
    lost: tuple[str, ...] = ()


PLAIN = Look()


def font_of(run: Any) -> str:
    """Return the font of a run in which letters are other signs, empty for all others."""
    fonts = run.find(f"{qn('w:rPr')}/{qn('w:rFonts')}") if hasattr(run, "find") else None
    font = "" if fonts is None else str(fonts.get(qn("w:ascii")) or fonts.get(qn("w:hAnsi")) or "")
    return font if font.casefold() in ("symbol", "wingdings") else ""


def look_of(properties: Any, paragraph: Style, styles: Styles) -> Look:
    """Return the look of a run with these properties in a paragraph of that style."""
    if properties is None or not len(properties):
        return PLAIN
    held: Mapping[Any, str] = {each.tag: each.get(_VALUE, "1") for each in properties}
    identifier = held.get(qn("w:rStyle"))
    style = styles.style(identifier) if identifier else Style()
    vertical = held.get(qn("w:vertAlign"))
    lost = [name for name in _LOST if _on(held, name)]
    if held.get(qn("w:u"), "none") != "none":
        lost.append("u")
    named = style.name in EMPHASES
    emphases = EMPHASES[style.name] if named else _emphases(held, style, paragraph)
    position = integer(held.get(qn("w:position")))
    raised = vertical == "superscript" or style.name in NOTE_CALLS or position >= _MOVED
    hidden = bool(_on(held, "vanish")) or 0 < integer(held.get(qn("w:sz"))) <= _UNSEEN
    lowered = vertical == "subscript" or position <= -_MOVED
    return Look(emphases, named, raised, lowered, hidden, tuple(lost))


def _emphases(held: Mapping[Any, str], style: Style, paragraph: Style) -> Emphases:
    """Return how the letters differ from those of the paragraph."""
    # Runs from right to left and in complex scripts have switches of their own (ECMA-376, 17.3.2.2).
    suffix = "Cs" if _on(held, "rtl") or _on(held, "cs") else ""
    kinds = (
        (Strong, _on(held, f"b{suffix}"), style.bold, paragraph.bold),
        (Emphasis, _on(held, f"i{suffix}"), style.italic, paragraph.italic),
    )
    return tuple(kind for kind, own, styled, whole in kinds if (styled if own is None else own) and not whole)


def _on(held: Mapping[Any, str], name: str) -> bool | None:
    """Return whether a property is on, None if it is absent."""
    text = held.get(qn(f"w:{name}"))
    return None if text is None else text not in OFF
