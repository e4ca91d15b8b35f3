"""Elements of Akoma Ntoso: how they are made, identified, indented and serialized."""

from __future__ import annotations

from collections import Counter
from typing import Any

from lxml import etree

from masthead.document import Document
from masthead.formats.akoma_ntoso.vocabulary import AKN
from masthead.formats.source import check_characters

Element = Any

_LINES = {
    f"{{{AKN}}}{name}"
    for name in ("p", "num", "heading", "subheading", "crossHeading", "listIntroduction", "listWrapUp", "th", "td")
}
"""Elements that hold text, or a single line that does: white space in them would be text too."""

_ABBREVIATIONS = {"paragraph": "para", "alinea": "al", "section": "sec", "chapter": "chp", "division": "dvs",
                  "subdivision": "subdvs", "blockList": "list", "listIntroduction": "intro", "component": "cmp",
                  "attachment": "att", "coverPage": "cover", "preface": "pref", "preamble": "pream",
                  "conclusions": "concl"}  # fmt: skip
"""The names of elements in identifiers, if not their own (Part 1, 6.3)."""
_UNIQUE = ("content", "intro", "listIntroduction", "heading", "coverPage", "preface", "preamble", "conclusions")
"""Elements of which a parent has only one: they are not numbered."""


class Builder:
    """Makes the elements of one file; the characters of all texts in it are checked."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._used: set[str] = set()
        self._counts: Counter[str] = Counter()

    def add(self, parent: Element, name: str, text: str = "", /, **attributes: str) -> Element:
        """Return a new element in `parent`. The attribute `class_` becomes `class`.

        Raises SourceError for a character that sources may not contain.
        """
        element = etree.SubElement(parent, f"{{{AKN}}}{name}")
        for key, value in attributes.items():
            element.set(key.rstrip("_"), check_characters(value, self.document))
        if text:
            element.text = check_characters(text, self.document)
        return element

    def identified(
        self, parent: Element, name: str, number: str = "", scope: str = "", /, **attributes: str
    ) -> Element:
        """Return a new element with an identifier, made of its parent's, its name and its number.

        `para_1__list_1__point_a` is an example. Elements without a number are counted. `scope` stands for the
        identifier of a parent that has none.
        """
        outer = str(parent.get("eId", scope))
        kind = _ABBREVIATIONS.get(name, attributes.get("name", name) if name == "hcontainer" else name)
        start = f"{outer}__{kind}" if outer else kind
        if name in _UNIQUE:
            eid = start
        else:
            self._counts[start] += 1
            eid = f"{start}_{number or self._counts[start]}"
        while eid in self._used:
            eid += "-2"
        self._used.add(eid)
        return self.add(parent, name, "", eId=eid, **attributes)

    def text(self, element: Element, text: str) -> None:
        """Append text to the content of `element`."""
        text = check_characters(text, self.document)
        if len(element):
            element[-1].tail = (element[-1].tail or "") + text
        else:
            element.text = (element.text or "") + text


def serialize(root: Element) -> str:
    """Return the text of the file, with each element on a line except where white space would be text."""
    _indent(root, "\n")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{etree.tostring(root, encoding="unicode")}\n'


def _indent(element: Element, before: str) -> None:
    if element.tag in _LINES or not len(element) or not isinstance(element.tag, str):
        return
    inside = f"{before}  "
    if not (element.text or "").strip():
        element.text = inside
    for child in element:
        _indent(child, inside)
        child.tail = inside
    element[-1].tail = before


def drop_if_empty(element: Element) -> None:
    """Remove an element without children from its parent."""
    if not len(element):
        element.getparent().remove(element)
