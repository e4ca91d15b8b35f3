"""How the letters of a run look, as far as it means something: emphasis, raised, hidden, struck out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from masthead.document import Emphasis, Strong
from masthead.formats.styled.spans import Emphases
from masthead.formats.word.elements import OFF, qn
from masthead.formats.word.styles import CALLS, EMPHASES, Style, Styles

_VALUE = qn("w:val")
_SWITCHES = ("strike", "dstrike", "caps", "smallCaps")


@dataclass(frozen=True, slots=True)
class Look:
    """The look of a run; `lost` are the kinds of what is not carried of it. `named` is said of `Span` too."""

    emphases: Emphases = ()
    named: bool = False
    raised: bool = False
    hidden: bool = False
    lost: tuple[str, ...] = ()


PLAIN = Look()


def look_of(properties: Any, paragraph: Style, styles: Styles) -> Look:
    """Return the look that a run's properties give it in a paragraph of that style."""
    if properties is None or not len(properties):
        return PLAIN
    held: Mapping[Any, str] = {each.tag: each.get(_VALUE, "1") for each in properties}
    identifier = held.get(qn("w:rStyle"))
    style = styles.style(identifier) if identifier else Style()
    vertical = held.get(qn("w:vertAlign"))
    lost = [name for name in _SWITCHES if _on(held, name)]
    if held.get(qn("w:u"), "none") != "none":
        lost.append("u")
    if vertical == "subscript":
        lost.append("subscript")
    named = style.name in EMPHASES
    return Look(
        emphases=EMPHASES[style.name] if named else _emphases(held, style, paragraph),
        named=named,
        raised=vertical == "superscript" or style.name in CALLS,
        hidden=bool(_on(held, "vanish")),
        lost=tuple(lost),
    )


def _emphases(held: Mapping[Any, str], style: Style, paragraph: Style) -> Emphases:
    """How the letters differ from the paragraph's; those of a complex script have switches of their own."""
    behind = "Cs" if _on(held, "rtl") or _on(held, "cs") else ""
    kinds = (
        (Strong, _on(held, f"b{behind}"), style.bold, paragraph.bold),
        (Emphasis, _on(held, f"i{behind}"), style.italic, paragraph.italic),
    )
    return tuple(kind for kind, own, styled, whole in kinds if (styled if own is None else own) and not whole)


def _on(held: Mapping[Any, str], name: str) -> bool | None:
    """Whether a property is on; None where it is not there."""
    said = held.get(qn(f"w:{name}"))
    return None if said is None else said not in OFF
