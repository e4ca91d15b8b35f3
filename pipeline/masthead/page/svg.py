"""Drawings in SVG, with their words in the bundled fonts."""

from __future__ import annotations

import re
from unicodedata import bidirectional

from lxml import etree

from masthead.document import TemplateError

FAMILIES = "Liberation Serif,Amiri,Noto Serif SC,DejaVu Sans"  # without spaces: WeasyPrint keeps them in the names
"""The faces for Latin, Cyrillic and Greek letters, for Arabic ones, for Chinese ones, and for signs."""
_DECLARED = re.compile(r"font-family\s*:[^;}]*;?")
_SHORTHAND = re.compile(
    r"(?<![-\w])font\s*:\s*(?P<rest>(?:[\w-]+\s+)*[\d.]+(?:p[xtc]|r?em|ex|[cm]m|in|%)(?:/[\w.%]+)?)\s+[^;}]+;?"
)


def in_own_fonts(drawing: bytes, where: str) -> bytes:
    """Return a drawing whose words are set in the bundled fonts, whatever fonts it names.

    Sizes, weights and slants stay, except within a line of right-to-left text, which becomes one text. A drawing
    without words is returned as it is. Raises TemplateError, with the place `where`, if it is not SVG, or has
    entities, whose text would be lost.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(drawing, parser)
    except etree.XMLSyntaxError as error:
        message = f"the drawing is not well-formed: {error.msg}"
        raise TemplateError(message, where=where, hint="export it again as SVG") from None
    if etree.QName(root).localname != "svg":
        message = f"the drawing is not SVG but {etree.QName(root).localname}"
        raise TemplateError(message, where=where, hint="export it again as SVG")
    if next(root.iter(etree.Entity), None) is not None:
        raise TemplateError("the drawing has entities", where=where, hint="write their text in its place")
    if not any(etree.QName(element).localname == "text" for element in root.iter(etree.Element)):
        return drawing
    for words in root.iter("{*}text"):
        if any(bidirectional(char) in ("R", "AL") for char in "".join(words.itertext())):
            _join(words)
    for element in root.iter(etree.Element):
        element.attrib.pop("font-family", None)
        if style := element.get("style"):
            element.set("style", _without_families(style))
        if etree.QName(element).localname == "style" and element.text:
            element.text = _without_families(element.text)
    root.set("font-family", FAMILIES)
    return bytes(etree.tostring(root))


def _join(words: etree._Element) -> None:
    """Make one text of what is in one line: parts of a line are drawn from left to right, whatever their letters are.

    The line has the look of its first part.
    """
    line = words
    for child in list(words):
        text, after = "".join(child.itertext()), child.tail or ""
        if child.get("x") is None and child.get("y") is None:
            if not (line.text or "").strip():
                line.attrib.update({name: value for name, value in child.attrib.items() if name not in line.attrib})
            words.remove(child)
            line.text = (line.text or "") + text + after
        else:
            line = child
            child[:] = []
            line.text, line.tail = text + after, None


def _without_families(declarations: str) -> str:
    """Declarations without the families in them; `font` becomes the size in it, with what comes before."""
    return _SHORTHAND.sub(_size, _DECLARED.sub("", declarations))


def _size(found: re.Match[str]) -> str:
    *others, size = found["rest"].split()
    kinds = {"italic": "font-style", "oblique": "font-style", "bold": "font-weight", "bolder": "font-weight"}
    kept = [f"{kinds.get(each, 'font-weight')}: {each}" for each in others if each in kinds or each.isdigit()]
    return "; ".join([*kept, f"font-size: {size.partition('/')[0]}"]) + ";"
