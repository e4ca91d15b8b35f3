"""Formulas of Word (Office Math) on one line: `(a + b)/c`, `√(x)`, `∑` with its limits lowered and raised."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from masthead.formats.word.xml import local

_SUM, _OPEN, _CLOSE, _SEPARATOR = "∫", "(", ")", "|"  # what Word shows where the file says nothing


class FormulaPiece(NamedTuple):
    """A part of a formula: its characters, and whether they are raised (1), lowered (-1) or neither (0)."""

    text: str
    level: int = 0


def read_formula(element: Any) -> list[FormulaPiece]:
    """Return the parts of a formula in the order of a line."""
    pieces: list[FormulaPiece] = []
    for piece in _pieces(element, 0):
        if pieces and pieces[-1].level == piece.level:
            pieces[-1] = FormulaPiece(pieces[-1].text + piece.text, piece.level)
        elif piece.text:
            pieces.append(piece)
    return pieces


def _pieces(element: Any, level: int) -> Iterator[FormulaPiece]:
    for each in element if element is not None else ():
        match local(each):
            case "t":
                yield FormulaPiece(each.text or "", level)
            case "f":
                yield from _enclosed(each.find("{*}num"), level)
                yield FormulaPiece("" if _value(each, "fPr", "type") == "noBar" else "/", level)
                yield from _enclosed(each.find("{*}den"), level)
            case "rad":
                yield from _pieces(each.find("{*}deg"), 1)
                yield FormulaPiece("√", level)
                yield from _enclosed(each.find("{*}e"), level)
            case "nary":
                yield FormulaPiece(_value(each, "naryPr", "chr", _SUM), level)
                yield from _scripts(each)
                yield from _pieces(each.find("{*}e"), level)
            case "d":
                opening, closing = (
                    _value(each, "dPr", name, usual) for name, usual in (("begChr", _OPEN), ("endChr", _CLOSE))
                )
                yield FormulaPiece(opening, level)
                for at, inner in enumerate(each.findall("{*}e")):
                    yield FormulaPiece(_value(each, "dPr", "sepChr", _SEPARATOR) if at else "", level)
                    yield from _pieces(inner, level)
                yield FormulaPiece(closing, level)
            case "sSup" | "sSub" | "sSubSup" | "limLow" | "limUpp":
                yield from _pieces(each.find("{*}e"), level)
                yield from _scripts(each)
            case "sPre":
                yield from _scripts(each)
                yield from _pieces(each.find("{*}e"), level)
            case "acc":
                yield from _pieces(each.find("{*}e"), level)
                yield FormulaPiece(_value(each, "accPr", "chr", "\u0302"), level)
            case "func":
                yield from _pieces(each.find("{*}fName"), level)
                yield FormulaPiece(" ", level)
                yield from _pieces(each.find("{*}e"), level)
            case "mr" | "eqArr" as name:
                for at, inner in enumerate(each.findall("{*}e")):
                    yield FormulaPiece(("; " if name == "eqArr" else ", ") if at else "", level)
                    yield from _pieces(inner, level)
                yield FormulaPiece("; " if name == "mr" and each.getnext() is not None else "", level)
            case name if name and not name.endswith("Pr"):
                yield from _pieces(each, level)


def _scripts(element: Any) -> Iterator[FormulaPiece]:
    """Yield what is below and above the base of an element."""
    for name, level in (("sub", -1), ("sup", 1)):
        yield from _pieces(element.find(f"{{*}}{name}"), level)
    limit = element.find("{*}lim")
    yield from _pieces(limit, -1 if local(element) == "limLow" else 1)


def _enclosed(element: Any, level: int) -> Iterator[FormulaPiece]:
    """Yield the parts of an element, in brackets if they are more than one word or number."""
    inner = list(_pieces(element, level))
    text = "".join(piece.text for piece in inner)
    bare = text.replace(".", "").replace(",", "").isalnum() and len(inner) == 1
    yield FormulaPiece("" if bare else "(", level)
    yield from inner
    yield FormulaPiece("" if bare else ")", level)


def _value(element: Any, properties: str, name: str, usual: str = "") -> str:
    """Return a property of an element; an empty one is stated, an absent one is the usual one."""
    found = element.find(f"{{*}}{properties}/{{*}}{name}")
    return (
        usual if found is None else next((str(text) for key, text in found.attrib.items() if key.endswith("}val")), "")
    )
