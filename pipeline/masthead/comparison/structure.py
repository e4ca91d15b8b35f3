"""What a PDF is apart from its text and its look: boxes, fonts, metadata, outline, links, tags, attachments."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.generic import Destination, IndirectObject

from masthead.comparison.difference import Difference, Layer

BOXES = ("mediabox", "cropbox", "trimbox", "bleedbox", "artbox")
SUBSET = re.compile(r"^/?[A-Z]{6}\+|^/")  # the tag before a subset's name says nothing (ISO 32000-1, 9.6.4)


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that a PDF says of itself. Facts of one `name` on one page are compared, in any order.

    `silent` says that no reader and no reading program shows it, `flows` that it goes with the text to any page.
    """

    name: str
    value: str
    page: int | None = None
    silent: bool = False
    flows: bool = False


def describe(reader: PdfReader) -> Iterator[Fact]:
    """Everything that the structure of a PDF says."""
    catalog = reader.root_object
    yield Fact("number of pages", str(len(reader.pages)))
    for number, page in enumerate(reader.pages, 1):
        yield from _boxes(page, number)
        yield from _links(page, number)
    yield from sorted({fact for page in reader.pages for fact in _fonts(page)}, key=lambda fact: fact.value)
    yield from _metadata(reader)
    yield from _outline(reader, reader.outline, 1)
    yield Fact("language", str(catalog.get("/Lang", "")))
    for key, value in sorted(_resolved(catalog.get("/ViewerPreferences", {})).items()):
        yield Fact(f"viewer preference {key[1:]}", str(value))
    for number, label in enumerate(reader.page_labels, 1):
        yield Fact("page label", label, number)
    for kind, count in sorted(_tags(catalog).items()):
        yield Fact(f"number of tags {kind}", str(count), silent=kind == "Span")  # one for each piece of a line
    for name, files in sorted(reader.attachments.items()):
        yield Fact("attachment", name)
        for data in files:
            yield Fact(f"content of {name}", hashlib.sha256(data).hexdigest(), silent=True)


def differing(baseline: tuple[Fact, ...], candidate: tuple[Fact, ...]) -> Iterator[Difference]:
    """What the two say otherwise."""
    before, after = _named(baseline), _named(candidate)
    for key in dict.fromkeys([*before, *after]):
        for old, new in _changed(before.get(key, []), after.get(key, [])):
            fact = new or old
            assert fact is not None
            message = _words(fact.name, old.value if old else "", new.value if new else "")
            yield Difference(Layer.STRUCTURE, message, fact.page, tolerated=fact.silent)


def _changed(was: list[Fact], now: list[Fact]) -> Iterator[tuple[Fact | None, Fact | None]]:
    """The facts that are otherwise: those that one side has more often, side by side."""
    yield from zip_longest(_surplus(was, now), _surplus(now, was))


def _surplus(facts: list[Fact], others: list[Fact]) -> Iterator[Fact]:
    count = Counter(fact.value for fact in facts) - Counter(fact.value for fact in others)
    for fact in facts:
        if count[fact.value]:
            count[fact.value] -= 1
            yield fact


def _words(name: str, old: str, new: str) -> str:
    if not old:
        return f"{name}: “{new}” is new"
    if not new:
        return f"{name}: “{old}” is lost"
    if max(len(old), len(new)) == len(old) == len(new) == 64:  # hashes say nothing to people
        return f"{name} has changed"
    return f"{name}: “{old}” is now “{new}”"


def _named(facts: tuple[Fact, ...]) -> dict[tuple[str, int | None], list[Fact]]:
    named: dict[tuple[str, int | None], list[Fact]] = {}
    for fact in facts:
        named.setdefault((fact.name, None if fact.flows else fact.page), []).append(fact)
    return named


def _resolved(value: Any) -> Any:
    return value.get_object() if isinstance(value, IndirectObject) else value


def _boxes(page: PageObject, number: int) -> Iterator[Fact]:
    sides = {name: " ".join(f"{float(side):.2f}" for side in getattr(page, name)) for name in BOXES}
    yield from (Fact(name, value, number) for name, value in sides.items() if value != sides[BOXES[0]])
    yield Fact(BOXES[0], sides[BOXES[0]], number)
    yield Fact("rotation", str(page.rotation), number)


def _links(page: PageObject, number: int) -> Iterator[Fact]:
    for annotation in _resolved(page.get("/Annots")) or ():
        annotation = _resolved(annotation)
        if annotation.get("/Subtype") == "/Link":
            action = _resolved(annotation.get("/A")) or {}
            yield Fact(
                "link",
                str(action.get("/URI") or annotation.get("/Dest") or action.get("/D") or "none"),
                number,
                flows=True,
            )
        else:
            yield Fact("annotation", str(annotation.get("/Subtype")), number, flows=True)


def _fonts(page: PageObject) -> Iterator[Fact]:
    resources = _resolved(page.get("/Resources")) or {}
    for font in (_resolved(resources.get("/Font")) or {}).values():
        font = _resolved(font)
        descendants = _resolved(font.get("/DescendantFonts")) or [font]
        descriptor = _resolved(_resolved(descendants[0]).get("/FontDescriptor")) or {}
        embedded = any(f"/FontFile{kind}" in descriptor for kind in ("", "2", "3"))
        yield Fact("font", SUBSET.sub("", str(font.get("/BaseFont", "?"))) + ("" if embedded else ", not embedded"))


def _metadata(reader: PdfReader) -> Iterator[Fact]:
    """Information and XMP. The producer's name and version are shown by no page and change with every upgrade."""
    for key, value in sorted((reader.metadata or {}).items()):
        yield Fact(f"metadata {key[1:]}", str(_resolved(value)), silent=key in ("/Producer", "/Creator"))
    xmp = reader.root_object.get("/Metadata")
    if xmp is not None:
        text = _resolved(xmp).get_data().decode("utf-8", "replace")
        for name in ("dc:identifier", "dc:language", "pdfaid:part", "pdfaid:conformance", "pdfuaid:part"):
            if found := re.search(rf"<{name}>(.*?)</{name}>|{name}=\"([^\"]*)\"", text, re.DOTALL):
                value = found[1] if found[1] is not None else found[2]
                yield Fact(f"metadata {name}", " ".join(re.sub(r"<[^>]*>", " ", value).split()))


def _outline(reader: PdfReader, entries: Any, level: int) -> Iterator[Fact]:
    for entry in entries:
        if isinstance(entry, Destination):
            page = reader.get_destination_page_number(entry)
            yield Fact("bookmark", f"{entry.title} (level {level}, page {'?' if page is None else page + 1})")
        else:
            yield from _outline(reader, entry, level + 1)


def _tags(catalog: Mapping[str, Any]) -> Counter[str]:
    """How many elements of each standard type the tree has."""
    count: Counter[str] = Counter()
    root = _resolved(catalog.get("/StructTreeRoot")) or {}
    roles = _resolved(root.get("/RoleMap")) or {}
    met: set[int] = set()
    open_ = [root.get("/K")]
    while open_:
        value = open_.pop()
        if isinstance(value, IndirectObject):
            if value.idnum in met:
                continue
            met.add(value.idnum)
        element = _resolved(value)
        if isinstance(element, list):
            open_.extend(element)
        elif isinstance(element, Mapping) and "/S" in element:
            kind = str(element["/S"])
            count[str(roles.get(kind, kind))[1:]] += 1
            open_.append(element.raw_get("/K") if "/K" in element else None)  # type: ignore[attr-defined]
    return count
