"""Elements of WordprocessingML."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from typing import Any

from lxml import etree

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "asvg": "http://schemas.microsoft.com/office/drawing/2016/SVG/main",
}
_ORDER = ("pStyle", "keepNext", "tabs", "bidi", "spacing", "ind", "jc", "outlineLvl")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def element(name: str, /, *children: Any, **attributes: str) -> Any:
    """Make the element `w:p` or its like; an attribute `r_id` is `r:id`, one without prefix is the element's own."""
    prefix, _, tag = name.partition(":")
    made = etree.Element(f"{{{NAMESPACES[prefix]}}}{tag}", nsmap=NAMESPACES)
    for key, value in attributes.items():
        space, _, attribute = key.rpartition("_")
        made.set(f"{{{NAMESPACES[space]}}}{attribute}" if space else attribute, value)
    made.extend(children)
    return made


def attribute(name: str) -> str:
    """The name of an attribute of the main namespace."""
    return f"{{{NAMESPACES['w']}}}{name}"


def w(tag: str, /, *children: Any, **attributes: str) -> Any:
    """Make an element of the main namespace, its attributes of it too unless they have a prefix: `r_id`."""
    return element(f"w:{tag}", *children, **{key if "_" in key else f"w_{key}": attributes[key] for key in attributes})


def text(characters: str) -> Any:
    """Characters of a run, white space among them as it is."""
    made = w("t")
    made.set(_SPACE, "preserve")
    made.text = characters
    return made


def run(*content: Any, look: Iterable[Any] = ()) -> Any:
    """A run of `content`, set in `look`: properties in the order of the schema."""
    properties = [copy(each) for each in look]  # an element stands in one place
    return w("r", *([w("rPr", *properties)] if properties else []), *content)


def field(instruction: str, *result: Any) -> Any:
    """A field with what it shows."""
    return w("fldSimple", *result, instr=f" {instruction} ")


def ordered(properties: Iterable[Any]) -> list[Any]:
    """The properties of a paragraph in the order of the schema."""
    return sorted(properties, key=lambda each: _ORDER.index(etree.QName(each).localname))


def control(tag: str, *content: Any) -> Any:
    """A content control whose tag says what is in it."""
    return w("sdt", w("sdtPr", w("tag", val=tag)), w("sdtContent", *content))
