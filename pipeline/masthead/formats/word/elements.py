"""What the elements of WordprocessingML have in common: values, switches, whole numbers."""

from __future__ import annotations

from functools import cache
from typing import Any

_SPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}
OFF = ("0", "false", "off", "none")


@cache
def qn(name: str) -> str:
    """The name `w:p` with its namespace, as lxml has it."""
    prefix, _, tag = name.partition(":")
    return f"{{{_SPACES[prefix]}}}{tag}"


def value(element: Any, child: str, attribute: str = "w:val") -> str | None:
    """The value of a child, None where there is no such child."""
    found = None if element is None else element.find(qn(child))
    return None if found is None else found.get(qn(attribute))


def integer(text: str | None, default: int = 0) -> int:
    """The whole number that `text` is, within what a document can mean; `default` where it is none."""
    try:
        return max(-(2**15), min(int(text or ""), 2**15))
    except ValueError:
        return default


def switch(properties: Any, name: str) -> bool | None:
    """Whether a property is on; None where it is not there (ECMA-376, 17.17.4)."""
    found = None if properties is None else properties.find(qn(name))
    return None if found is None else found.get(qn("w:val"), "1") not in OFF


def local(element: Any) -> str:
    """The element's name without its namespace; empty for a comment."""
    return str(element.tag).rpartition("}")[2] if isinstance(element.tag, str) else ""
