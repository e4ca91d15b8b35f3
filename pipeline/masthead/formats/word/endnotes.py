"""Notes of a Word file at its end, in place of the foot of the page."""

from __future__ import annotations

from collections.abc import Collection
from copy import deepcopy
from dataclasses import replace

from masthead.formats.word.conventions import NOTE_ORDER
from masthead.formats.word.package_writer import PackageParts
from masthead.formats.word.xml import qn, w

_NAMES = {qn(f"w:footnote{name}"): qn(f"w:endnote{name}") for name in ("", "Reference", "Ref")}


def with_endnotes(parts: PackageParts, moved: Collection[str]) -> PackageParts:
    """Return the parts of a file in which the notes with the identifiers `moved` are endnotes, in Western figures."""
    document, settings, feet = (deepcopy(parts.xml[name]) for name in ("document", "settings", "footnotes"))
    order = [str(note.get(qn("w:id"))) for note in feet if not note.get(qn("w:type"))]
    for call in document.iter(qn("w:footnoteReference")):
        if call.get(qn("w:id")) in moved:
            call.tag = _NAMES[call.tag]
    ends = w("endnotes", *(deepcopy(note) for note in feet if note.get(qn("w:type"))))
    ends.extend(note for note in list(feet) if note.get(qn("w:id")) in moved)  # they leave the footnotes
    for element in ends.iter(*_NAMES):
        element.tag = _NAMES[element.tag]
    form = w("endnotePr", w("pos", val="docEnd"), w("numFmt", val="decimal"))
    settings.find(qn("w:compat")).addprevious(form)
    xml = {**parts.xml, "document": document, "settings": settings, "footnotes": feet, "endnotes": ends}
    return replace(parts, xml=xml, properties={**parts.properties, NOTE_ORDER: " ".join(order)})
