"""WordprocessingML (ECMA-376, part 1): names with their namespaces, and functions that read and make elements."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy, deepcopy
from functools import cache
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
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
# Elements whose content is read as if it stood in their place.
TRANSPARENT = ("sdt", "sdtContent", "customXml", "smartTag")
OFF = ("0", "false", "off", "none")

_ORDER = ("pStyle", "keepNext", "tabs", "bidi", "spacing", "ind", "jc", "outlineLvl")


@cache
def qn(name: str) -> str:
    """Return the qualified name of `w:p` in lxml's notation. The cache matters: reading asks for names all the time."""
    prefix, _, tag = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{tag}"


# --- reading ----------------------------------------------------------------------------------------------------------


def child(element: Any, name: str) -> Any:
    """Return the first child with this name, None if there is none or if `element` is None."""
    return None if element is None else element.find(qn(name))


def value(element: Any, name: str, attribute: str = "w:val") -> str | None:
    """Return an attribute of the first child with this name, None if there is none."""
    found = child(element, name)
    return None if found is None else found.get(qn(attribute))


def integer(text: str | None, default: int = 0) -> int:
    """Return the integer in `text`, limited to what a document can mean, or `default` if there is none."""
    try:
        return max(-(2**15), min(int(text or ""), 2**15))
    except ValueError:
        return default


def is_on(switch: Any) -> bool:
    """Return whether a property that is a switch is on (ECMA-376, 17.17.4). It is off if it is absent, None."""
    return switch is not None and switch.get(qn("w:val"), "1") not in OFF


def local(element: Any) -> str:
    """Return the name of an element without its namespace, empty for a comment."""
    return str(element.tag).rpartition("}")[2] if isinstance(element.tag, str) else ""


def signature(element: Any) -> Any:
    """Return a value that is equal for elements that mean the same."""
    if element is None:
        return None
    attributes = tuple(sorted(element.attrib.items()))
    return element.tag, attributes, element.text or "", tuple(map(signature, element))


def unsigned(kept: Any) -> Any:
    """Return the element that has this signature."""
    if kept is None:
        return None
    tag, attributes, content, inner = kept
    made = w(tag.rpartition("}")[2])
    for name, key in attributes:
        made.set(name, key)
    made.text = content or None
    made.extend(map(unsigned, inner))
    return made


def duplicate(element: Any) -> Any:
    """Return a copy of an element with all that is in it, None for None."""
    return None if element is None else deepcopy(element)


# --- making -----------------------------------------------------------------------------------------------------------


def element(name: str, /, *children: Any, **attributes: str) -> Any:
    """Return a new element `w:p` with those children that are not None.

    The attribute `r_id` becomes `r:id`; an attribute without a prefix has no namespace.
    """
    made = etree.Element(qn(name), nsmap=NAMESPACES)
    for key, text in attributes.items():
        made.set(qn(key.replace("_", ":")) if "_" in key else key, text)
    made.extend(child for child in children if child is not None)
    return made


def w(tag: str, /, *children: Any, **attributes: str) -> Any:
    """Return a new element of the main namespace. Attributes without a prefix are of this namespace too."""
    return element(f"w:{tag}", *children, **{key if "_" in key else f"w_{key}": attributes[key] for key in attributes})


def text(characters: str) -> Any:
    """Return the text of a run, its white space preserved."""
    made = w("t")
    made.set(XML_SPACE, "preserve")
    made.text = characters
    return made


def properties(tag: str, *each: Any) -> Any:
    """Return an element of properties, None if there are none."""
    return w(tag, *each) if any(one is not None for one in each) else None


def run(*content: Any, look: Iterable[Any] = ()) -> Any:
    """Return a run of `content`; `look` are its properties in the order of the schema."""
    # Runs share the elements of a look, but an element can have only one parent.
    return w("r", properties("rPr", *map(copy, look)), *content)


def field(instruction: str, *result: Any) -> Any:
    """Return a field and the result that it shows."""
    return w("fldSimple", *result, instr=f" {instruction} ")


def ordered(properties: Iterable[Any]) -> list[Any]:
    """Return the properties of a paragraph in the order of the schema: Word refuses a file with another order."""
    return sorted(properties, key=lambda each: _ORDER.index(etree.QName(each).localname))


def control(tag: str, *content: Any) -> Any:
    """Return a content control around `content`."""
    return w("sdt", w("sdtPr", w("tag", val=tag)), w("sdtContent", *content))
