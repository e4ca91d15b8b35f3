"""The print ticket: how to print a publication, in the terms of printers and as IPP attributes.

A ticket is a TOML or JSON file; `schema()` describes it for editors. What it leaves out is the printer's default.
Finishings at the binding edge, or at the corner where reading begins, are named without a side (`staple`, `bind`,
`punch`): the binding edge of the publication decides, which is the right one for Arabic.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal

import pikepdf
from pydantic import AfterValidator, ConfigDict, Field, TypeAdapter, ValidationError

from masthead.document import SourceError, files
from masthead.press.imposition.schemes import Edge

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

SIZE_IN_NAME = re.compile(r"_([0-9.]+)x([0-9.]+)(mm|in)$")  # at the end of a PWG name
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


def paper_name(paper: str) -> str:
    """Return the everyday name of a paper, or the one that it is given."""
    return next((name for name, each in MEDIA.items() if each == paper), paper)


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
