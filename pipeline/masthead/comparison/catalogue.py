"""What a PDF says of itself beside its pages: metadata, bookmarks, actions, layers, attachments, permissions, tags."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import pikepdf

from masthead.comparison.annotations import NamedPlaces
from masthead.comparison.canonical import Digests, array, dictionary
from masthead.comparison.items import PdfItem

_PERMISSIONS = {
    "print_lowres": "print",
    "print_highres": "print in full quality",
    "extract": "copy text",
    "accessibility": "read aloud",
    "modify_annotation": "comment",
    "modify_form": "fill in forms",
    "modify_assembly": "insert and rotate pages",
    "modify_other": "edit",
}
# Metadata that no page shows and that every program rewrites when it saves the file.
_SILENT = re.compile(r"Producer|Creator$|CreatorTool|ModDate|ModifyDate|MetadataDate|InstanceID|DocumentID|VersionID")
_METADATA = {
    "{http://purl.org/dc/elements/1.1/}": "",
    "{http://ns.adobe.com/pdf/1.3/}": "",
    "{http://ns.adobe.com/xap/1.0/}": "",
    "{http://ns.adobe.com/xap/1.0/mm/}": "",
    "{http://www.aiim.org/pdfa/ns/id/}": "PDF/A ",
    "{http://www.aiim.org/pdfua/ns/id/}": "PDF/UA ",
    "{http://www.npes.org/pdfx/ns/id/}": "PDF/X ",
}
_PAGE_MODES = {
    "/UseNone": "nothing beside the page", "/UseOutlines": "bookmarks", "/UseThumbs": "thumbnails",
    "/FullScreen": "full screen", "/UseOC": "layers", "/UseAttachments": "attachments",
}  # fmt: skip
_KNOWN = frozenset(
    ("/Type", "/Pages", "/Outlines", "/Dests", "/Names", "/Metadata", "/StructTreeRoot", "/MarkInfo", "/Lang", "/AF")
) | {
    "/PageLabels", "/PageMode", "/PageLayout", "/OpenAction", "/AA", "/OutputIntents", "/OCProperties", "/AcroForm",
    "/ViewerPreferences", "/URI", "/Version", "/Extensions",
}  # fmt: skip
_OTHER = {
    "/Perms": "signature permissions", "/Threads": "article threads", "/Collection": "portfolio",
    "/Legal": "legal attestation", "/Requirements": "requirements of the reader",
    "/DSS": "validation data of signatures", "/SpiderInfo": "web capture",
    "/PieceInfo": "private data of programs", "/DPartRoot": "document parts",
}  # fmt: skip
_PRIVATE = frozenset(("/PieceInfo", "/LastModified", "/SpiderInfo"))
_FIELDS = {"/Tx": "text", "/Btn": "button", "/Ch": "choice", "/Sig": "signature"}


def describe(file: pikepdf.Pdf, places: NamedPlaces, digests: Digests) -> Iterator[PdfItem]:
    """Yield all items of a PDF outside its pages."""
    root = file.Root
    yield PdfItem("document", attributes=dict(_document(file, root, places, digests)), silent=frozenset(_silent(file)))
    yield from _outline(dictionary(root.get("/Outlines")).get("/First"), places)
    yield from (PdfItem("destination", name, {"target": target}) for name, target in places.named())
    yield from _scripts(dictionary(root.get("/Names")), places)
    yield from _intents(root, digests)
    yield from _attachments(file, digests)
    yield from _layers(dictionary(root.get("/OCProperties")))
    yield from _fields(dictionary(root.get("/AcroForm")), places)


def _silent(file: pikepdf.Pdf) -> Iterator[str]:
    yield "PDF version"
    yield from ("private data of programs", "web capture", "LastModified")
    yield from (name for name, _ in _metadata(file) if _SILENT.search(name))


def _document(file: pikepdf.Pdf, root: Any, places: NamedPlaces, digests: Digests) -> Iterator[tuple[str, str]]:
    yield "number of pages", str(len(file.pages))
    yield "PDF version", file.pdf_version
    yield "encryption", _encryption(file)
    for name, means in _PERMISSIONS.items():
        yield f"permission to {means}", "granted" if getattr(file.allow, name) else "refused"
    yield "language", str(root.get("/Lang", ""))
    yield from _metadata(file)
    marked = dictionary(root.get("/MarkInfo"))
    yield "tagging", "tagged" if root.get("/StructTreeRoot") is not None else "not tagged"
    for key, name in (("/Marked", "declared as tagged"), ("/Suspects", "tags under suspicion")):
        yield name, _flag(marked.get(key))
    roles = dictionary(dictionary(root.get("/StructTreeRoot")).get("/RoleMap"))
    yield from ((f"role of tag {key[1:]}", str(value)[1:]) for key, value in sorted(roles.items()))
    for key, value in sorted(dictionary(root.get("/ViewerPreferences")).items()):
        yield f"viewer preference {key[1:]}", _plain(value, digests)
    yield "shown on opening", _PAGE_MODES.get(str(root.get("/PageMode", "/UseNone")), str(root.get("/PageMode")))
    yield "page layout on opening", str(root.get("/PageLayout", "/SinglePage"))[1:]
    yield "action on opening", places.action(root.get("/OpenAction"))
    yield from ((f"action {event}", action) for event, action in places.events(root))
    yield "base address of links", str(dictionary(root.get("/URI")).get("/Base", ""))
    yield "form", "XFA" if "/XFA" in dictionary(root.get("/AcroForm")) else ""
    for key, value in root.items():
        if key not in _KNOWN:
            yield _OTHER.get(key, f"catalogue entry {key[1:]}"), _plain(value, digests)


def _encryption(file: pikepdf.Pdf) -> str:
    if not file.is_encrypted:
        return "none"
    found = file.encryption
    method = "AES" if found.stream_method.name.startswith("aes") else "RC4"  # the only one of revisions 2 and 3
    return f"{method}, {found.bits} bits"


def _flag(value: Any) -> str:
    return "yes" if value is True or value == "/true" else "no" if value is not None else ""


def _plain(value: Any, digests: Digests) -> str:
    """A value as text if it is one, else its digest."""
    if isinstance(value, pikepdf.Array) and all(not isinstance(each, pikepdf.Object) for each in value):
        return " ".join(map(str, value))
    if isinstance(value, pikepdf.Dictionary | pikepdf.Stream | pikepdf.Array):
        return digests.of(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value).removeprefix("/")


def _metadata(file: pikepdf.Pdf) -> Iterator[tuple[str, str]]:
    """The document information, and XMP by the names of its properties."""
    found: dict[str, str] = {}
    for key, value in sorted(file.docinfo.items()):
        found[f"metadata {key[1:]}"] = str(value)
    if file.Root.get("/Metadata") is not None:
        try:
            with file.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
                entries = [(str(key), value) for key, value in xmp.items()]
        except Exception as error:  # lxml's errors among others
            found["XMP metadata"] = f"cannot be read: {error}"
            entries = []
        for key, value in entries:
            uri, _, name = key.rpartition("}")
            name = _METADATA.get(uri + "}", "") + name
            text = (
                "; ".join(sorted(map(str, value)) if isinstance(value, set) else map(str, value))
                if isinstance(value, list | set | dict)
                else str(value)
            )
            found[f"XMP {name}" if not name.startswith("PDF/") else name] = text
    yield from found.items()


def _outline(first: Any, places: NamedPlaces) -> Iterator[PdfItem]:
    met: set[tuple[int, int]] = set()
    waiting = [(first, 1)]
    while waiting:
        entry, level = waiting.pop()
        if not isinstance(entry, pikepdf.Dictionary) or entry.objgen in met:
            continue
        met |= {entry.objgen} if entry.is_indirect else set()
        style = int(entry.get("/F", 0))
        attributes = {
            "level": str(level),
            "target": places.target(entry),
            "style": " ".join(name for bit, name in ((1, "italic"), (2, "bold")) if style & bit),
            "colour": " ".join(f"{float(each):g}" for each in array(entry.get("/C"))),
        }
        if int(entry.get("/Count", 0)) < 0:
            attributes["state"] = "closed"
        yield PdfItem("bookmark", str(entry.get("/Title", "")), attributes)
        waiting += [(entry.get("/Next"), level), (entry.get("/First"), level + 1)]


def _scripts(names: Any, places: NamedPlaces) -> Iterator[PdfItem]:
    if isinstance(names.get("/JavaScript"), pikepdf.Dictionary):
        for name, action in sorted(pikepdf.NameTree(names["/JavaScript"]).items()):
            yield PdfItem("JavaScript of the document", str(name), {"code": places.action(action)})


def _intents(root: Any, digests: Digests) -> Iterator[PdfItem]:
    for intent in map(dictionary, array(root.get("/OutputIntents"))):
        profile = intent.get("/DestOutputProfile")
        attributes = {
            "standard": str(intent.get("/S", "")).removeprefix("/"),
            "condition": str(intent.get("/OutputCondition", "")),
            "registry": str(intent.get("/RegistryName", "")),
            "description": str(intent.get("/Info", "")),
            "colour profile": digests.of(profile) if profile is not None else "",
        }
        yield PdfItem("output intent", str(intent.get("/OutputConditionIdentifier", "")), attributes)


def _attachments(file: pikepdf.Pdf, digests: Digests) -> Iterator[PdfItem]:
    associated = {str(dictionary(each).get("/UF", "")) for each in array(file.Root.get("/AF"))}
    for name in sorted(file.attachments):
        specification = file.attachments[name].obj
        stream = dictionary(dictionary(specification.get("/EF")).get("/F"))
        attributes = {
            "content": digests.of(stream.read_bytes()) if isinstance(stream, pikepdf.Stream) else "",
            "description": str(specification.get("/Desc", "")),
            "type": str(stream.get("/Subtype", "")).removeprefix("/"),
            "relationship": str(specification.get("/AFRelationship", "")).removeprefix("/"),
            "associated with the document": "yes" if str(specification.get("/UF", "")) in associated else "no",
        }
        yield PdfItem("attachment", name, attributes, silent=frozenset(("content",)))


def _layers(properties: Any) -> Iterator[PdfItem]:
    standard = dictionary(properties.get("/D"))
    off, locked = ({each.objgen for each in array(standard.get(key))} for key in ("/OFF", "/Locked"))
    for layer in array(properties.get("/OCGs")):
        usage = dictionary(dictionary(layer).get("/Usage"))
        states = ((name, dictionary(usage.get(f"/{name}")).get(f"/{name}State")) for name in ("Print", "View"))
        hidden = layer.objgen in off or standard.get("/BaseState") == "/OFF"
        attributes = {"state": "hidden" if hidden else "shown", "locked": "yes" if layer.objgen in locked else "no"}
        attributes |= {f"{name.lower()} state": str(state)[1:] for name, state in states if state is not None}
        yield PdfItem("layer", str(dictionary(layer).get("/Name", "")), attributes)


def _fields(form: Any, places: NamedPlaces) -> Iterator[PdfItem]:
    waiting: list[tuple[Any, str, Mapping[str, Any]]] = [(each, "", {}) for each in array(form.get("/Fields"))[::-1]]
    met: set[tuple[int, int]] = set()
    while waiting:
        field, parent, inherited = waiting.pop()
        field = dictionary(field)
        if field.is_indirect and field.objgen in met:
            continue
        met.add(field.objgen)
        name = ".".join(filter(None, (parent, str(field.get("/T", "")))))
        own = {**inherited, **{key: field[key] for key in ("/FT", "/V", "/Ff", "/DV", "/MaxLen") if key in field}}
        kids = [each for each in array(field.get("/Kids")) if "/T" in dictionary(each)]
        waiting += [(each, name, own) for each in kids[::-1]]
        if not kids:
            flags = int(own.get("/Ff", 0))
            value = own.get("/V", "")
            signed = isinstance(value, pikepdf.Dictionary)
            attributes = {
                "type": _FIELDS.get(str(own.get("/FT", "")), str(own.get("/FT", ""))),
                "value": "signed" if signed else str(value).removeprefix("/"),
                "default": str(own.get("/DV", "")).removeprefix("/"),
                "tooltip": str(field.get("/TU", "")),
                "read only": "yes" if flags & 1 else "no",
                "required": "yes" if flags & 2 else "no",
                "other flags": str(flags & ~3),
                "longest": str(own.get("/MaxLen", "")),
                "choices": "; ".join(
                    str(each) for each in array(field.get("/Opt")) if not isinstance(each, pikepdf.Array)
                ),
                "action": places.action(field.get("/A")),
            }
            attributes |= {f"action {event}": action for event, action in places.events(field)}
            yield PdfItem("form field", name, attributes)


def tags(root: Any) -> Iterator[PdfItem]:
    """Yield the number of elements of each standard type, and of each attribute that programs read with them."""
    tree = dictionary(dictionary(root).get("/StructTreeRoot"))
    roles = dictionary(tree.get("/RoleMap"))
    names = {key: str(value) for key, value in roles.items()}
    kinds: Counter[str] = Counter()
    said: Counter[tuple[str, str]] = Counter()
    met: set[tuple[int, int]] = set()
    waiting = [tree.get("/K")]
    while waiting:
        element = waiting.pop()
        if isinstance(element, pikepdf.Array):
            waiting.extend(element)
        elif isinstance(element, pikepdf.Dictionary) and element.objgen not in met:
            met |= {element.objgen} if element.is_indirect else set()
            entries = dict(element.items())
            if "/S" in entries:
                kind = str(entries["/S"])
                kind = names.get(kind, kind)[1:]
                kinds[kind] += 1
                said.update((kind, each) for each in _said(entries))
                waiting.append(entries.get("/K"))
    for kind, count in sorted(kinds.items()):
        # There is a Span for each piece of a line, so their number follows the breaks.
        silent = frozenset(("number", "") if kind == "Span" else ())
        yield PdfItem("tags", kind, {"number": str(count)}, silent=silent)
    for (kind, what), count in sorted(said.items()):
        yield PdfItem(f"tags {kind} with", what, {"number": str(count)})


def _said(entries: Mapping[str, Any]) -> Iterator[str]:
    """What programs read of an element beside its text: the expansion of an abbreviation, attributes of tables."""
    if "/E" in entries:
        yield f"expansion {entries['/E']}"
    if "/T" in entries:
        yield f"title {entries['/T']}"
    attributes = entries.get("/A")
    for each in attributes if isinstance(attributes, pikepdf.Array) else (attributes,):
        if isinstance(each, pikepdf.Dictionary):
            for key, value in each.items():
                if key in _READ:
                    yield f"{_READ[key]} {len(value) if key == '/Headers' else str(value).removeprefix('/')}"


_READ = {
    "/Scope": "scope", "/RowSpan": "row span", "/ColSpan": "column span", "/Headers": "number of headers",
    "/Summary": "summary", "/ListNumbering": "list numbering", "/WritingMode": "writing mode",
    "/Role": "role", "/Desc": "description", "/checked": "state",
}  # fmt: skip
