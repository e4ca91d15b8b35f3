"""The print ticket: how to print a publication, in the terms of printers and as IPP attributes.

A ticket is a TOML or JSON file; `schema()` describes it for editors. What it leaves out is the printer's default.
Finishings at the binding edge, or at the corner where reading begins, are named without a side (`staple`, `bind`,
`punch`): the binding edge of the publication decides, which is the right one for Arabic.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal

import pikepdf
from pydantic import AfterValidator, ConfigDict, Field, TypeAdapter, ValidationError

from masthead.document import SourceError, files
from masthead.press.imposition.schemes import Edge
from masthead.press.printing.ipp import Attribute, IppTag, Members, Range

# Everyday names of paper sizes, and the names of PWG 5101.1.
MEDIA = {
    "A2": "iso_a2_420x594mm",
    "A3": "iso_a3_297x420mm",
    "A4": "iso_a4_210x297mm",
    "A5": "iso_a5_148x210mm",
    "A6": "iso_a6_105x148mm",
    "B4": "iso_b4_250x353mm",
    "B5": "iso_b5_176x250mm",
    "SRA3": "iso_sra3_320x450mm",
    "letter": "na_letter_8.5x11in",
    "legal": "na_legal_8.5x14in",
    "tabloid": "na_ledger_11x17in",
}

_SIZE = re.compile(r"_([0-9.]+)x([0-9.]+)(mm|in)$")  # at the end of a PWG name
_SAME_PAPER = 3.0  # millimetres within which a printer takes a page for the size of its paper
_MILLIMETRES = 25.4 / 72  # of a point
_MEDIA_NAME = f"^({'|'.join(MEDIA)}|[a-z]+_[a-z0-9.\\-]+_[0-9a-z.]+)$"

# What a field that has a form must look like.
_FORMS = {
    "media": f"give {', '.join(MEDIA)}, or a PWG name such as iso_b4_250x353mm",
    "pages": 'give pages and ranges of pages: ["1-2", "5"]',
}
_KEYWORD = "^[a-z][a-z0-9._-]{0,100}$"  # RFC 8011, 5.1.4
_CORNERS = ("top-left", "bottom-left", "top-right", "bottom-right")

# PWG 5100.1 and RFC 8011, 5.2.6. Of a pair, the first is for binding at the left, the second at the right.
FINISHINGS: dict[str, int | tuple[int, int]] = {
    "staple": (20, 22),
    "staple-dual": (28, 30),
    "edge-stitch": (24, 26),
    "bind": (50, 52),
    "punch": (74, 76),
    "saddle-stitch": 8,
    "booklet-maker": 13,
    "fold": 10,
    "fold-half": 93,
    "trim": 11,
}
FINISHINGS |= {f"staple-{corner}": code for code, corner in enumerate(_CORNERS, 20)}
FINISHINGS |= {f"bind-{edge}": code for code, edge in enumerate(("left", "top", "right"), 50)}

# What a ticket calls the attributes of IPP, where the names differ.
_KEYS = {
    "media-col": "media",
    "print-color-mode": "color", "print-scaling": "scaling", "job-hold-until": "hold_until", "page-ranges": "pages",
    "multiple-document-handling": "collated", "print-quality": "quality", "job-priority": "priority",
    "media-weight-metric": "media_weight", "job-password": "release",
}  # fmt: skip
_HASHES = {"sha2-512": "sha512", "sha2-256": "sha256", "sha": "sha1"}  # by their names in IPP, the safest first
Capabilities = Mapping[str, tuple[object, ...]]
_COLLATED = {True: "separate-documents-collated-copies", False: "separate-documents-uncollated-copies"}
_CUPS_LAYOUT = "number-up-layout"


class Sides(StrEnum):
    """The printed sides of a sheet, and about which edge it is turned (RFC 8011, 5.2.8)."""

    ONE = "one-sided"
    LONG_EDGE = "two-sided-long-edge"
    SHORT_EDGE = "two-sided-short-edge"


# What a file says of its sides (ISO 32000-1, table 150). Imposed sheets say it.
_DUPLEX = {
    "/Simplex": Sides.ONE,
    "/DuplexFlipLongEdge": Sides.LONG_EDGE,
    "/DuplexFlipShortEdge": Sides.SHORT_EDGE,
}


class Quality(StrEnum):
    """Print quality (RFC 8011, 5.2.13)."""

    DRAFT = "draft"
    NORMAL = "normal"
    HIGH = "high"


def _known(name: str) -> str:
    if name not in FINISHINGS:
        raise ValueError(f"unknown finishing; give one of {', '.join(FINISHINGS)}")
    return name


def _ascending(pages: str) -> str:
    first, _, last = pages.partition("-")
    if last and int(last) < int(first):
        raise ValueError(f"the pages {pages} run backwards")
    return pages


Finishing = Annotated[str, AfterValidator(_known), Field(json_schema_extra={"enum": list(FINISHINGS)})]
PageRange = Annotated[str, Field(pattern=r"^[1-9][0-9]{0,4}(-[1-9][0-9]{0,4})?$"), AfterValidator(_ascending)]
HoldUntil = Literal["no-hold", "indefinite", "day-time", "evening", "night", "weekend", "second-shift", "third-shift"]


@dataclass(frozen=True, slots=True)
class Ticket:
    """How to print. The printer's own default applies where a value is None.

    `media_weight` is in grams per square metre. With `release`, the printer holds the job until someone types the PIN.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid", title="Print ticket")

    copies: Annotated[int, Field(ge=1, le=9999)] = 1
    sides: Sides | None = None
    media: Annotated[str, Field(pattern=_MEDIA_NAME)] | None = None
    finishings: tuple[Finishing, ...] = ()
    binding: Edge | None = None
    number_up: Literal[1, 2, 4, 6, 9, 16] | None = None
    quality: Quality | None = None
    color: Literal["auto", "color", "monochrome"] | None = None
    scaling: Literal["auto", "auto-fit", "fill", "fit", "none"] | None = None
    name: Annotated[str, Field(min_length=1, max_length=120)] | None = None
    hold_until: HoldUntil | None = None
    priority: Annotated[int, Field(ge=1, le=100)] | None = None
    pages: tuple[PageRange, ...] = ()
    output_bin: Annotated[str, Field(pattern=_KEYWORD)] | None = None
    collated: bool | None = None
    media_source: Annotated[str, Field(pattern=_KEYWORD)] | None = None
    media_type: Annotated[str, Field(pattern=_KEYWORD)] | None = None
    media_weight: Annotated[int, Field(ge=1, le=9999)] | None = None
    release: Literal["pin"] | None = None


@dataclass(frozen=True, slots=True)
class Tickets:
    """The common ticket of a run, and the tickets of the files that have their own, by file name."""

    common: Ticket = Ticket()
    files: Mapping[str, Ticket] = field(default_factory=dict)

    def of(self, file: str) -> Ticket:
        """Return the ticket of the file with this name."""
        return self.files.get(file, self.common)


_TICKET = TypeAdapter(Ticket)


def read(path: Path) -> Tickets:
    """Read a ticket in TOML or JSON. A table `[files."NAME.pdf"]` changes it for one file. Raises SourceError."""
    try:
        text = path.read_text(encoding="utf-8")
        data = json.loads(text) if path.suffix == ".json" else tomllib.loads(text)
    except OSError as error:
        raise SourceError(f"the ticket cannot be read: {files.reason(error)}", where=str(path)) from error
    except ValueError as error:
        hint = "a ticket is a TOML or JSON file"
        raise SourceError(f"the ticket cannot be read: {error}", where=str(path), hint=hint) from error
    return parse(data, str(path))


def parse(data: object, where: str = "") -> Tickets:
    """Read a ticket from plain values. Raises SourceError that names the field and its permitted values."""
    if not isinstance(data, dict):
        raise SourceError("the ticket is not a table", where=where, hint="write one FIELD = VALUE on each line")
    common = {key: value for key, value in data.items() if key != "files"}
    special = data.get("files", {})
    if not isinstance(special, dict) or not all(isinstance(table, dict) for table in special.values()):
        raise SourceError("files: not a table of tables", where=where, hint='write [files."NAME.pdf"] above its fields')
    files = {name: _valid(common | table, f"{where}, files.{name}") for name, table in special.items()}
    return Tickets(_valid(common, where), files)


def schema() -> dict[str, Any]:
    """Return the JSON Schema of a ticket (2020-12)."""
    described = _TICKET.json_schema()
    described["properties"]["files"] = {
        "type": "object", "description": "What is different for one file, by its name.",
        "additionalProperties": {"type": "object", "properties": dict(described["properties"])},
    }  # fmt: skip
    return {"$schema": "https://json-schema.org/draft/2020-12/schema"} | described


def attributes(ticket: Ticket, binding: Edge, printer: Capabilities, pin: str = "") -> tuple[Attribute, ...]:
    """Return the ticket as job template attributes. A publication is bound at `binding` unless the ticket differs.

    Where IPP has two attributes for the same option, the one that the printer supports is used. The `pin` releases the
    job; it is hashed if the printer can compare hashes.
    """
    edge = ticket.binding or binding
    finishings = dict.fromkeys(_finishing(name, edge) for name in ticket.finishings)
    wanted = [
        Attribute("copies", IppTag.INTEGER, (ticket.copies,)),
        _keyword("sides", ticket.sides),
        *_paper(ticket),
        Attribute("finishings", IppTag.ENUM, tuple(finishings)),
        _keyword("print-color-mode", ticket.color),
        _keyword("print-scaling", ticket.scaling),
        _keyword("job-hold-until", ticket.hold_until),
        _keyword("output-bin", ticket.output_bin),
        Attribute("page-ranges", IppTag.RANGE, tuple(_ranges(ticket.pages))),
        _keyword("multiple-document-handling", None if ticket.collated is None else _COLLATED[ticket.collated]),
    ]
    if ticket.release:
        wanted += _password(pin, printer)
    if ticket.quality:
        wanted.append(Attribute("print-quality", IppTag.ENUM, (3 + list(Quality).index(ticket.quality),)))
    if ticket.priority:
        wanted.append(Attribute("job-priority", IppTag.INTEGER, (ticket.priority,)))
    if ticket.number_up and ticket.number_up > 1:
        wanted.append(Attribute("number-up", IppTag.INTEGER, (ticket.number_up,)))
        wanted.append(_layout(edge, printer))
    return tuple(attribute for attribute in wanted if attribute.values)


def unsupported(wanted: tuple[Attribute, ...], printer: Capabilities) -> list[str]:
    """Return a message for each wanted value that the printer's `…-supported` attributes do not include."""
    complaints: list[str] = []
    for attribute in wanted:
        if attribute.name == _CUPS_LAYOUT and attribute.name in printer.get("job-creation-attributes-supported", ()):
            continue
        if attribute.name == "media-col":
            complaints += _lacking_paper(attribute, printer)
            continue
        if attribute.name == "job-password-encryption":  # chosen from what the printer knows
            continue
        if attribute.name == "job-password":
            complaints += () if printer.get("job-password-supported") else ("the printer cannot hold a job for a PIN",)
            continue
        able = printer.get(f"{attribute.name}-supported", ())
        for value in attribute.values:
            if not _able(attribute.name, value, able):
                can = ", ".join(_words(attribute.name, one) for one in able if one is not None)
                has = f"the printer supports {can}" if can else "the printer does not let it be chosen"
                complaints.append(f"{_key(attribute.name)} {_words(attribute.name, value)}: {has}")
    return complaints


def described(template: Iterable[Attribute]) -> str:
    """Return what is asked of a printer in the words of a ticket. What is secret is not shown."""
    said = (
        (_key(each.name), ("…" if isinstance(one, bytes) else _words(each.name, one) for one in each.values))
        for each in template
    )
    return "; ".join(f"{key} {', '.join(values)}" for key, values in said)


def missing_pages(ticket: Ticket, count: int) -> str:
    """Return why a file of so many pages has none of a range of the ticket, or an empty string."""
    for pages in ticket.pages:
        if int(pages.partition("-")[0]) > count:
            return f"pages {pages}: the file has {count} page{'s' * (count > 1)}"
    return ""


def with_sides(ticket: Ticket, pdf: pikepdf.Pdf) -> Ticket:
    """Return the ticket with the sides that the file asks for, unless the ticket itself says them."""
    preferences = pdf.Root.get("/ViewerPreferences", pikepdf.Dictionary())
    return replace(ticket, sides=ticket.sides or _DUPLEX.get(str(preferences.get("/Duplex", ""))))


def paper_sizes(pdf: bytes) -> tuple[tuple[float, float], ...]:
    """Return the different sizes of the pages of a PDF as they are shown, in millimetres, the shorter edge first."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        boxes = [(page.cropbox, float(page.obj.get("/UserUnit", 1))) for page in file.pages]
    sizes = (
        tuple(sorted(round(abs(float(b) - float(a)) * unit * _MILLIMETRES, 1) for a, b in ((x0, x1), (y0, y1))))
        for (x0, y0, x1, y1), unit in boxes
    )
    return tuple(dict.fromkeys((short, long) for short, long in sizes))


def page_count(pdf: bytes) -> int:
    """Return the number of pages of a PDF."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        return len(file.pages)


def on_paper(ticket: Ticket, sizes: Sequence[tuple[float, float]], printer: Capabilities) -> Ticket:
    """Return the ticket with the paper that pages of one size need, if it does not say how they get on another one."""
    if ticket.media or not other_paper(ticket, sizes, printer) or len(sizes) > 1:
        return ticket
    able = printer.get("media-supported", ())
    fitting = (name for name, each in MEDIA.items() if each in able)
    papers = (replace(ticket, media=name) for name in fitting)
    return next((each for each in papers if not other_paper(each, sizes, printer)), ticket)


def other_paper(ticket: Ticket, sizes: Iterable[tuple[float, float]], printer: Capabilities) -> str:
    """Return why pages of these sizes would not fill the paper, or an empty string.

    The paper is that of the ticket, or the printer's default. A ticket that says how to scale, or puts several pages on
    a side, has decided that.
    """
    paper = MEDIA.get(ticket.media or "", ticket.media) or str(next(iter(printer.get("media-default", ())), ""))
    size = _SIZE.search(paper)
    if size is None or ticket.scaling or (ticket.number_up or 1) > 1:
        return ""
    unit = 25.4 if size[3] == "in" else 1.0
    short, long = sorted((float(size[1]) * unit, float(size[2]) * unit))
    sizes = list(sizes)
    if all(abs(width - short) <= _SAME_PAPER and abs(height - long) <= _SAME_PAPER for width, height in sizes):
        return ""
    found = " and ".join(f"{width:g} × {height:g}" for width, height in sizes[:4])
    more = " and of other sizes" if len(sizes) > 4 else ""
    message = f"its pages are {found} mm{more}, and the paper is {_paper_name(paper)} ({short:g} × {long:g} mm)"
    others = [_paper_name(str(each)) for each in printer.get("media-supported", ()) if str(each) != paper]
    return f"{message}; the printer also has {', '.join(others)}" if others else message


def _paper_name(paper: str) -> str:
    return next((name for name, each in MEDIA.items() if each == paper), paper)


def _paper(ticket: Ticket) -> Iterator[Attribute]:
    """Yield what says on which paper: its name alone, or a collection with its tray, kind and weight (PWG 5100.7)."""
    name = MEDIA.get(ticket.media or "", ticket.media)
    members = [
        _keyword("media-source", ticket.media_source),
        _keyword("media-type", ticket.media_type),
        Attribute("media-weight-metric", IppTag.INTEGER, (ticket.media_weight,) if ticket.media_weight else ()),
    ]
    members = [member for member in members if member.values]
    if not members:
        yield _keyword("media", name)
        return
    if size := _hundredths(name or ""):
        edges = zip(("x-dimension", "y-dimension"), size, strict=True)
        inner = Members(Attribute(edge, IppTag.INTEGER, (length,)) for edge, length in edges)
        members.insert(0, Attribute("media-size", IppTag.BEGIN_COLLECTION, (inner,)))
    yield Attribute("media-col", IppTag.BEGIN_COLLECTION, (Members(members),))


def _hundredths(name: str) -> tuple[int, int] | None:
    """Return the size that the name of a paper says, in hundredths of a millimetre; None if it says none."""
    if (size := _SIZE.search(name)) is None:
        return None
    unit = 2540 if size[3] == "in" else 100
    return round(float(size[1]) * unit), round(float(size[2]) * unit)


def _lacking_paper(wanted: Attribute, printer: Capabilities) -> Iterator[str]:
    """Yield why a printer has no such paper, with the papers that it has: those that are loaded, if it says so."""
    papers = [each for each in printer.get("media-col-database", ()) if isinstance(each, Mapping)]
    asked = {member.name: _plain(member) for value in wanted.values if isinstance(value, Members) for member in value}
    names = printer.get("media-col-supported", ())
    for name in asked:
        if name not in names:
            yield f"{_key(name)}: the printer does not let it be chosen"
            return
    for name, value in asked.items():
        able = printer.get(f"{name}-supported", ())
        if name in ("media-source", "media-type") and value not in able:
            yield f"{_key(name)} {value}: the printer has {', '.join(map(str, able)) or 'no choice'}"
            return
    if papers and not any(_is_paper(each, asked) for each in papers):
        loaded = [each for each in printer.get("media-col-ready", ()) if isinstance(each, Mapping)] or papers
        has = "; ".join(dict.fromkeys(map(_named_paper, loaded[:8])))
        yield f"media {_described(asked)}: the printer has {has}"


def _plain(member: Attribute) -> object:
    """Return the value of a member, a size as its two lengths."""
    (value,) = member.values
    return tuple(each.values[0] for each in value) if isinstance(value, Members) else value


def _is_paper(paper: Mapping[str, tuple[object, ...]], asked: Mapping[str, object]) -> bool:
    """Return whether a paper has what is asked. What the printer does not say of it may be so."""
    known = _of_paper(paper)
    return all(known.get(name) in (None, value) for name, value in asked.items())


def _of_paper(paper: Mapping[str, tuple[object, ...]]) -> dict[str, object]:
    found: dict[str, object] = {name: values[0] for name, values in paper.items() if values}
    size = found.get("media-size")
    if isinstance(size, Mapping):
        found["media-size"] = tuple(size.get(edge, (0,))[0] for edge in ("x-dimension", "y-dimension"))
    return found


def _named_paper(paper: Mapping[str, tuple[object, ...]]) -> str:
    return _described(_of_paper(paper))


def _described(paper: Mapping[str, object]) -> str:
    """Return a paper in words: `210 × 297 mm, tray-1, stationery, 80 g/m²`."""
    size, weight = paper.get("media-size"), paper.get("media-weight-metric")
    parts = [" × ".join(f"{int(str(edge)) / 100:g}" for edge in size) + " mm"] if isinstance(size, tuple) else []
    parts += [str(paper[name]) for name in ("media-source", "media-type") if paper.get(name)]
    return ", ".join([*parts, *([f"{weight} g/m²"] if weight else [])])


def _password(pin: str, printer: Capabilities) -> Iterator[Attribute]:
    """Yield the PIN of a job, in the safest way that the printer knows (PWG 5100.11, 5.4 and 5.5)."""
    able = printer.get("job-password-encryption-supported", ())
    method = next((each for each in _HASHES if each in able), "none")
    data = hashlib.new(_HASHES[method], pin.encode()).digest() if method in _HASHES else pin.encode()
    yield Attribute("job-password", IppTag.OCTETS, (data,))
    yield Attribute("job-password-encryption", IppTag.KEYWORD, (method,))


def _ranges(pages: Iterable[str]) -> Iterator[Range]:
    """The ranges in ascending order, as RFC 8011, 5.2.7 asks."""
    for low, high in sorted(
        (int(first), int(last or first)) for first, _, last in (each.partition("-") for each in pages)
    ):
        yield Range(low, high)


def _able(name: str, value: object, able: tuple[object, ...]) -> bool:
    if name == "page-ranges":  # `able` says whether the printer can leave out pages (RFC 8011, 5.2.7)
        return able == (True,)
    if name == "job-priority":  # `able` is the number of levels, to which any priority is mapped (RFC 8011, 5.2.1)
        return bool(able)
    ranges = [one for one in able if isinstance(one, tuple)] if isinstance(value, int) else []
    return value in able or any(low <= value <= high for low, high in ranges)


def _key(name: str) -> str:
    """Return what a ticket calls an attribute of IPP."""
    return _KEYS.get(name, name.replace("-", "_"))


def _words(name: str, value: object) -> str:
    if name == "media":
        return _paper_name(str(value))
    if name == "page-ranges" and isinstance(value, Range):
        return f"{value.low}-{value.high}"
    if name == "finishings":
        names = [key for key, code in FINISHINGS.items() if code == value]
        return names[0] if names else {3: "none", 4: "staple (anywhere)"}.get(int(str(value)), str(value))
    if name == "print-quality":
        return {3: "draft", 4: "normal", 5: "high"}.get(int(str(value)), str(value))
    if isinstance(value, Members):
        return _described({member.name: _plain(member) for member in value})
    if isinstance(value, tuple):
        return f"{value[0]} to {value[1]}"
    return str(value)


def _finishing(name: str, edge: Edge) -> int:
    code = FINISHINGS[name]
    return code if isinstance(code, int) else code[edge is Edge.RIGHT]


def _layout(edge: Edge, printer: Capabilities) -> Attribute:
    """Return the order of pages on a sheet: as PWG 5100.3, or as CUPS names it, which does not list its values."""
    cups = _CUPS_LAYOUT in printer.get("job-creation-attributes-supported", ())
    if cups and "presentation-direction-number-up-supported" not in printer:
        return _keyword(_CUPS_LAYOUT, "rltb" if edge is Edge.RIGHT else "lrtb")
    order = "toleft-tobottom" if edge is Edge.RIGHT else "toright-tobottom"
    return _keyword("presentation-direction-number-up", order)


def _keyword(name: str, value: str | None) -> Attribute:
    return Attribute(name, IppTag.KEYWORD, (str(value),) if value else ())


def _valid(data: dict[str, Any], where: str) -> Ticket:
    # Strict validation of JSON accepts strings for enumerations, but not "3" for 3.
    try:
        return _TICKET.validate_json(json.dumps(data, default=str), strict=True)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        name = str(first["loc"][0])
        known = [item.name for item in fields(Ticket)]
        message, hint = first["msg"].removeprefix("Value error, "), ""
        message = message[0].lower() + message[1:]
        if name not in known:
            near = get_close_matches(name, known, 1)
            message = "a ticket has no such field"
            hint = f"did you mean {near[0]}?" if near else f"it may have {', '.join(known)}"
        elif first["type"] == "string_pattern_mismatch":
            message = f"not valid: {first['input']}"
            hint = _FORMS.get(name, "give a keyword of IPP, in small letters, such as tray-1")
        raise SourceError(f"{place}: {message}", where=where, hint=hint) from error
