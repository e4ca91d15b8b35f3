"""The structure of a PDF compared: boxes, fonts, metadata, outline, links, tags, attachments."""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.generic import Destination, IndirectObject

from masthead.comparison.results import Difference, Layer
from masthead.pdf import objects

_BOXES = ("mediabox", "cropbox", "trimbox", "bleedbox", "artbox")
_SUBSET = re.compile(r"^/?[A-Z]{6}\+|^/")  # the tag before a subset's name is arbitrary (ISO 32000-1, 9.6.4)


@dataclass(frozen=True, slots=True)
class Property:
    """One property of a PDF. Those of one `name` on one page are compared, in any order.

    A `silent` property is shown by no reader and no reading program; one that `flows` moves with the text to any page.
    """

    name: str
    value: str
    page: int | None = None
    silent: bool = False
    flows: bool = False


def describe(reader: PdfReader) -> Iterator[Property]:
    """Yield all properties of a PDF that are compared."""
    catalog = reader.root_object
    yield Property("number of pages", str(len(reader.pages)))
    for number, page in enumerate(reader.pages, 1):
        yield from _boxes(page, number)
        yield from _links(page, number)
    yield from (Property("font", font) for font in sorted({font for page in reader.pages for font in _fonts(page)}))
    yield from _metadata(reader)
    yield from _outline(reader, reader.outline, 1)
    yield Property("language", str(catalog.get("/Lang", "")))
    for key, value in sorted(objects.dictionary(catalog.get("/ViewerPreferences")).items()):
        yield Property(f"viewer preference {key[1:]}", str(value))
    for number, label in enumerate(reader.page_labels, 1):
        yield Property("page label", label, number)
    for kind, count in sorted(_tags(catalog).items()):
        # There is a Span for each piece of a line, so their number follows the breaks.
        yield Property(f"number of tags {kind}", str(count), silent=kind == "Span")
    for name, files in sorted(reader.attachments.items()):
        yield Property("attachment", name)
        for data in files:
            yield Property(f"content of {name}", hashlib.sha256(data).hexdigest(), silent=True)


def differences(baseline: Iterable[Property], candidate: Iterable[Property]) -> Iterator[Difference]:
    """Yield the properties that are different."""
    before, after = _by_name(baseline), _by_name(candidate)
    for key in dict.fromkeys([*before, *after]):
        was, now = before[key], after[key]
        for old, new in zip_longest(_surplus(was, now), _surplus(now, was)):
            changed = new or old
            message = _message(changed.name, old.value if old else "", new.value if new else "")
            yield Difference(Layer.STRUCTURE, message, changed.page, tolerated=changed.silent)


def _surplus(properties: list[Property], others: list[Property]) -> Iterator[Property]:
    """The properties that one side has more often than the other."""
    count = Counter(each.value for each in properties) - Counter(each.value for each in others)
    for each in properties:
        if count[each.value]:
            count[each.value] -= 1
            yield each


def _message(name: str, old: str, new: str) -> str:
    if not old:
        return f"{name}: “{new}” was added"
    if not new:
        return f"{name}: “{old}” was removed"
    if len(old) == len(new) == 64:  # hashes say nothing to people
        return f"{name} has changed"
    return f"{name}: “{old}” is now “{new}”"


def _by_name(properties: Iterable[Property]) -> dict[tuple[str, int | None], list[Property]]:
    named: dict[tuple[str, int | None], list[Property]] = defaultdict(list)
    for each in properties:
        named[each.name, None if each.flows else each.page].append(each)
    return named


def _boxes(page: PageObject, number: int) -> Iterator[Property]:
    sides = {name: " ".join(f"{float(side):.2f}" for side in getattr(page, name)) for name in _BOXES}
    yield from (Property(name, value, number) for name, value in sides.items() if value != sides["mediabox"])
    yield Property("mediabox", sides["mediabox"], number)
    yield Property("rotation", str(page.rotation), number)


def _links(page: PageObject, number: int) -> Iterator[Property]:
    for annotation in objects.page_annotations(page):
        name, value = "annotation", str(annotation.get("/Subtype"))
        if value == "/Link":
            action = objects.dictionary(annotation.get("/A"))
            name, value = "link", str(action.get("/URI") or annotation.get("/Dest") or action.get("/D") or "none")
        yield Property(name, value, number, flows=True)


def _fonts(page: PageObject) -> Iterator[str]:
    fonts = objects.dictionary(objects.dictionary(page.get("/Resources")).get("/Font"))
    for font in map(objects.dictionary, fonts.values()):
        descendants = objects.array(font.get("/DescendantFonts")) or [font]
        descriptor = objects.dictionary(objects.dictionary(descendants[0]).get("/FontDescriptor"))
        embedded = any(f"/FontFile{kind}" in descriptor for kind in ("", "2", "3"))
        yield _SUBSET.sub("", str(font.get("/BaseFont", "?"))) + ("" if embedded else ", not embedded")


def _metadata(reader: PdfReader) -> Iterator[Property]:
    """The document information and XMP. The producer is shown on no page and changes with every upgrade."""
    for key, value in sorted((reader.metadata or {}).items()):
        yield Property(f"metadata {key[1:]}", str(objects.resolved(value)), silent=key in ("/Producer", "/Creator"))
    xmp = reader.root_object.get("/Metadata")
    if xmp is not None:
        text = objects.resolved(xmp).get_data().decode("utf-8", "replace")
        for name in ("dc:identifier", "dc:language", "pdfaid:part", "pdfaid:conformance", "pdfuaid:part"):
            if found := re.search(rf"<{name}>(.*?)</{name}>|{name}=\"([^\"]*)\"", text, re.DOTALL):
                value = found[1] if found[1] is not None else found[2]
                yield Property(f"metadata {name}", " ".join(re.sub(r"<[^>]*>", " ", value).split()))


def _outline(reader: PdfReader, entries: Any, level: int) -> Iterator[Property]:
    for entry in entries:
        if isinstance(entry, Destination):
            page = reader.get_destination_page_number(entry)
            yield Property("bookmark", f"{entry.title} (level {level}, page {'?' if page is None else page + 1})")
        else:
            yield from _outline(reader, entry, level + 1)


def _tags(catalog: Mapping[str, Any]) -> Counter[str]:
    """The number of elements of each standard type in the structure tree."""
    count: Counter[str] = Counter()
    root = objects.dictionary(catalog.get("/StructTreeRoot"))
    roles = objects.dictionary(root.get("/RoleMap"))
    seen: set[int] = set()
    waiting = [root.get("/K")]
    while waiting:
        value = waiting.pop()
        if isinstance(value, IndirectObject):
            if value.idnum in seen:
                continue
            seen.add(value.idnum)
        element = objects.resolved(value)
        if isinstance(element, list):
            waiting.extend(element)
        elif isinstance(element, Mapping) and "/S" in element:
            kind = str(element["/S"])
            count[str(roles.get(kind, kind))[1:]] += 1
            waiting.append(element.raw_get("/K") if "/K" in element else None)  # type: ignore[attr-defined]
    return count
