"""What is on pages beside their content: boxes, links, notes, form fields; and where links and actions lead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pikepdf

from masthead.comparison.canonical import Digests, array, dictionary, inherited
from masthead.comparison.items import PdfItem
from masthead.comparison.results import MILLIMETRE
from masthead.document import Rectangle

_KINDS = {
    "/Text": "sticky note", "/FreeText": "text box", "/Stamp": "stamp", "/Highlight": "highlight", "/Link": "link",
    "/Underline": "underline", "/StrikeOut": "strike-out", "/Squiggly": "squiggly underline", "/Ink": "ink drawing",
    "/Caret": "caret", "/FileAttachment": "attached file", "/Widget": "form field on the page", "/Popup": "pop-up",
    "/Square": "rectangle annotation", "/Circle": "ellipse annotation", "/Line": "line annotation",
    "/Polygon": "polygon annotation", "/PolyLine": "polyline annotation", "/Redact": "redaction", "/Screen": "screen",
    "/Sound": "sound", "/Movie": "movie", "/Watermark": "watermark", "/PrinterMark": "printer's mark",
    "/TrapNet": "trap network", "/3D": "3D model", "/RichMedia": "media",
}  # fmt: skip
_FLAGS: tuple[str, ...] = (
    "invisible",
    "hidden",
    "printed",
    "fixed size",
    "upright",
    "not shown",
    "read only",
    "locked",
)
_FLAGS += ("toggling", "text locked")
_BOXES = {
    "/MediaBox": "paper size (MediaBox)", "/CropBox": "visible area (CropBox)", "/TrimBox": "trimmed size (TrimBox)",
    "/BleedBox": "bleed (BleedBox)", "/ArtBox": "art box (ArtBox)",
}  # fmt: skip
_EVENTS = {
    "/O": "on opening", "/C": "on closing", "/WC": "before closing", "/WS": "before saving", "/DS": "after saving",
    "/WP": "before printing", "/DP": "after printing", "/E": "on entering", "/X": "on leaving", "/D": "on pressing",
    "/U": "on releasing", "/Fo": "on focus", "/Bl": "on losing focus", "/K": "on a key", "/F": "on formatting",
    "/V": "on validating", "/PO": "on opening the page", "/PC": "on closing the page", "/PV": "on showing the page",
    "/PI": "on hiding the page",
}  # fmt: skip


class NamedPlaces:
    """Where destinations, links and actions of a file lead: to a page and a place on it, in words."""

    def __init__(self, file: pikepdf.Pdf, pages: Mapping[tuple[int, int], str]) -> None:
        self._pages = pages
        self._tops = {page.obj.objgen: _top(page.obj) for page in file.pages}
        self._order = [page.obj.objgen for page in file.pages]
        self._named = dict(self._destinations(file.Root))
        self.spots: dict[str, tuple[int, float]] = {}
        """The page (from 1) and the distance from its top, in points, of each place that was named."""

    def named(self) -> Iterator[tuple[str, str]]:
        """Yield the named destinations, each with its target."""
        yield from ((name, self.place(value)) for name, value in sorted(self._named.items()))

    def target(self, holder: Any) -> str:
        """Return where a bookmark or link leads, or what it does."""
        destination = holder.get("/Dest")
        return self.place(destination) if destination is not None else self.action(holder.get("/A"))

    def place(self, destination: Any) -> str:
        """Return the page and place of a destination."""
        if isinstance(destination, pikepdf.String | pikepdf.Name):
            name = str(destination).removeprefix("/")
            return self.place(self._named[name]) if name in self._named else f"nowhere: no destination “{name}”"
        if isinstance(destination, pikepdf.Dictionary):
            destination = destination.get("/D")
        parts = array(destination)
        if not parts:
            return "nowhere"
        if isinstance(parts[0], int):
            page = self._order[parts[0]] if 0 <= parts[0] < len(self._order) else (-1, -1)
        else:
            page = getattr(parts[0], "objgen", (-1, -1))
        if page not in self._pages:
            return "nowhere: the page is not in the file"
        down = self._down(parts[1:], self._tops.get(page, 0.0))
        view = f", {down / MILLIMETRE:.0f} mm from the top" if down is not None else ""
        named = self._pages[page] + view + self._view(parts[1:])
        self.spots[named] = self._order.index(page) + 1 if page in self._order else 0, down or 0.0
        return named

    def action(self, action: Any) -> str:
        """Return what an action does; empty for none."""
        if isinstance(action, pikepdf.Array):
            return self.place(action)
        entries = dictionary(action)
        kind = str(entries.get("/S", "")).removeprefix("/")
        if not kind:
            return ""
        if kind == "URI":
            done = str(entries.get("/URI", ""))
        elif kind == "GoTo":
            done = self.place(entries.get("/D"))
        elif kind == "JavaScript":
            code = entries.get("/JS", "")
            text = code.read_bytes().decode("utf-8", "replace") if isinstance(code, pikepdf.Stream) else str(code)
            done = f"JavaScript: {text}"
        else:
            aim = entries.get("/F", entries.get("/N", entries.get("/Win", "")))
            aim = dictionary(aim).get("/UF", dictionary(aim).get("/F", "")) if not _is_text(aim) else aim
            done = f"{kind} {str(aim).removeprefix('/')}".strip()
        following = entries.get("/Next")
        rest = array(following) or ([following] if following is not None else [])
        return "; ".join([done, *map(self.action, rest[:20])])

    def events(self, holder: Any) -> Iterator[tuple[str, str]]:
        """Yield the actions that events start, in words."""
        for key, action in sorted(dictionary(holder.get("/AA")).items()):
            yield _EVENTS.get(key, key[1:]), self.action(action)

    def _down(self, view: list[Any], top: float) -> float | None:
        place = {"/XYZ": 2, "/FitH": 1, "/FitBH": 1}.get(str(view[0]) if view else "", 99)
        number = view[place] if place < len(view) else None
        return None if number is None or isinstance(number, pikepdf.Object) else top - float(number)

    def _view(self, view: list[Any]) -> str:
        kind = str(view[0]) if view else ""
        zoom = view[3] if kind == "/XYZ" and len(view) > 3 else None
        if zoom and not isinstance(zoom, pikepdf.Object):
            return f", zoom {float(zoom):.0%}"
        return {"/Fit": ", whole page", "/FitB": ", whole page", "/FitR": ", a region"}.get(kind, "")

    def _destinations(self, root: Any) -> Iterator[tuple[str, Any]]:
        tree = dictionary(root.get("/Names")).get("/Dests")
        if isinstance(tree, pikepdf.Dictionary):
            yield from ((str(name), value) for name, value in pikepdf.NameTree(tree).items())
        yield from ((name[1:], value) for name, value in dictionary(root.get("/Dests")).items())


def _is_text(value: Any) -> bool:
    return not isinstance(value, pikepdf.Dictionary | pikepdf.Array | pikepdf.Stream)


def _top(page: Any) -> float:
    box = array(inherited(page, "/CropBox")) or array(inherited(page, "/MediaBox"))
    return max(float(box[1]), float(box[3])) if len(box) == 4 else 0.0


def describe_page(page: Any, label: str, number: int, places: NamedPlaces, digests: Digests) -> Iterator[PdfItem]:
    """Yield what is on a page beside its content; `number` is the page that it is compared with."""
    attributes = {"label": label, "rotation": f"{int(inherited(page, '/Rotate') or 0) % 360}°"}
    media = _box(inherited(page, "/MediaBox"))
    for key, name in _BOXES.items():
        box = _box(inherited(page, key))
        attributes[name] = box or media
    attributes["unit (UserUnit)"] = f"{float(page.get('/UserUnit', 1)):g}"
    attributes["order of the tab key"] = str(page.get("/Tabs", "")).removeprefix("/")
    attributes["transition"] = str(dictionary(page.get("/Trans")).get("/S", "")).removeprefix("/")
    attributes["time on screen"] = str(page.get("/Dur", ""))
    for event, action in places.events(page):
        attributes[f"action {event}"] = action
    for key in ("/Metadata", "/OutputIntents", "/AF", "/VP", "/SeparationInfo", "/PresSteps"):
        if key in page:
            attributes[f"entry {key[1:]}"] = digests.of(page[key])
    yield PdfItem("page", "", attributes, number)
    top = _top(page)
    for annotation in map(dictionary, array(page.get("/Annots"))):
        if "/Subtype" in annotation and annotation["/Subtype"] != "/Popup":
            yield _annotation(annotation, number, top, places, digests)


def _box(value: Any) -> str:
    sides = array(value)
    if len(sides) != 4:
        return ""
    left, bottom, right, top = (float(side) for side in sides)
    corner = f" from {left:.1f}, {bottom:.1f} pt" if left or bottom else ""
    return f"{(right - left) / MILLIMETRE:.1f} × {(top - bottom) / MILLIMETRE:.1f} mm{corner}"


def _annotation(annotation: Any, number: int, top: float, places: NamedPlaces, digests: Digests) -> PdfItem:
    subtype = str(annotation["/Subtype"])
    flags = int(annotation.get("/F", 0))
    contents = str(annotation.get("/Contents", ""))
    attributes = {
        "target": places.target(annotation),
        "contents": contents,
        "rich text": str(annotation.get("/RC", "")),
        "author": str(annotation.get("/T", "")) if subtype != "/Widget" else "",
        "subject": str(annotation.get("/Subj", "")),
        "name": str(annotation.get("/Name", "")).removeprefix("/"),
        "flags": ", ".join(name for bit, name in enumerate(_FLAGS) if flags >> bit & 1),
        "colour": " ".join(f"{float(each):g}" for each in array(annotation.get("/C"))),
        "border": _border(annotation),
        "opacity": f"{float(annotation.get('/CA', 1)):g}",
        "state": str(annotation.get("/AS", annotation.get("/State", ""))).removeprefix("/"),
        "appearance": digests.of(annotation["/AP"]) if "/AP" in annotation else "",
        "attached file": digests.of(annotation["/FS"]) if "/FS" in annotation else "",
        "layer": str(dictionary(annotation.get("/OC")).get("/Name", "")),
        "language": str(annotation.get("/Lang", "")),
    }
    attributes |= {f"action {event}": action for event, action in places.events(annotation)}
    attributes = {key: value for key, value in attributes.items() if value}
    kind = _KINDS.get(subtype, f"annotation {subtype[1:]}")
    label = ""
    if subtype == "/Link":
        target = annotation.get("/Dest", dictionary(annotation.get("/A")).get("/D"))
        label = str(target).removeprefix("/") if _is_text(target) and target is not None else ""
        label = label or (contents if target is not None else attributes.get("target", ""))
        if contents == attributes.get("target"):
            attributes.pop("contents", None)
    elif subtype == "/Widget":
        label = str(annotation.get("/T", dictionary(annotation.get("/Parent")).get("/T", "")))
    return PdfItem(kind, label, attributes, number, _rectangle(annotation, top))


def _border(annotation: Any) -> str:
    style = dictionary(annotation.get("/BS"))
    if "/W" in style or "/S" in style:
        return f"{float(style.get('/W', 1)):g} pt {str(style.get('/S', '/S'))[1:]}"
    border = array(annotation.get("/Border"))
    return f"{float(border[2]):g} pt S" if len(border) > 2 else ""


def _rectangle(annotation: Any, top: float) -> Rectangle | None:
    sides = array(annotation.get("/Rect"))
    if len(sides) != 4:
        return None
    x1, y1, x2, y2 = (float(side) for side in sides)
    return min(x1, x2), top - max(y1, y2), max(x1, x2), top - min(y1, y2)
