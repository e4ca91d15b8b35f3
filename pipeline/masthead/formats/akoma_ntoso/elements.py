"""Elements of Akoma Ntoso: made, identified, indented and written."""

from __future__ import annotations

from collections import Counter
from typing import Any

from lxml import etree

from masthead.document import Document
from masthead.formats.akoma_ntoso.vocabulary import AKN, OWN
from masthead.formats.source import check_characters

Element = Any

_LINES = {f"{{{AKN}}}{name}" for name in ("p", "num", "heading", "crossHeading", "listIntroduction", "th", "td")}
"""What holds text, or the one line that does; white space in it would be text too."""

_ABBREVIATIONS = {"paragraph": "para", "alinea": "al", "section": "sec", "chapter": "chp", "division": "dvs",
                  "subdivision": "subdvs", "blockList": "list", "listIntroduction": "intro", "component": "cmp",
                  "attachment": "att", "coverPage": "cover", "preface": "pref", "preamble": "pream",
                  "conclusions": "concl"}  # fmt: skip
"""How identifiers call elements (Part 1, 6.3); others by their names."""
_UNIQUE = ("content", "intro", "listIntroduction", "heading", "coverPage", "preface", "preamble", "conclusions")
"""What there is one of in its parent."""


class Builder:
    """Makes the elements of one file. `document` says whose text it is that cannot be written."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._used: set[str] = set()
        self._counts: Counter[str] = Counter()

    def add(self, parent: Element, name: str, text: str = "", /, **attributes: str) -> Element:
        """Add an element to `parent`. An attribute `class_` is `class`, one that begins with `own_` of our namespace.

        Raises SourceError for characters that no source may hold.
        """
        element = etree.SubElement(parent, f"{{{AKN}}}{name}")
        for key, value in attributes.items():
            full = f"{{{OWN}}}{key[4:]}" if key.startswith("own_") else key.rstrip("_")
            element.set(full, check_characters(value, self.document))
        if text:
            element.text = check_characters(text, self.document)
        return element

    def identified(
        self, parent: Element, name: str, number: str = "", scope: str = "", /, **attributes: str
    ) -> Element:
        """Add an element with an identifier, `para_1__list_1__point_a`: of its parent's, its name and its number.

        Where it bears no number it is counted. `scope` stands for the identifier of a parent that has none.
        """
        inside = str(parent.get("eId", scope))
        kind = _ABBREVIATIONS.get(name, attributes.get("name", name) if name == "hcontainer" else name)
        start = f"{inside}__{kind}" if inside else kind
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
        """Add text behind what stands in `element`."""
        text = check_characters(text, self.document)
        if len(element):
            element[-1].tail = (element[-1].tail or "") + text
        else:
            element.text = (element.text or "") + text


def written(root: Element) -> str:
    """Return the file's text, an element a line but where that would change what is said."""
    _indent(root, "\n")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{etree.tostring(root, encoding="unicode")}\n'


def _indent(element: Element, before: str) -> None:
    if element.tag in _LINES or not len(element):
        return
    inside = f"{before}  "
    element.text = inside
    for child in element:
        _indent(child, inside)
        child.tail = inside
    element[-1].tail = before
