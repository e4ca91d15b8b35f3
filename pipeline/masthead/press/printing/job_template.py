"""A print ticket as the job template attributes of IPP, and what of them a printer does not support."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping

from masthead.press.imposition.schemes import Edge
from masthead.press.printing.ipp import Attribute, IppTag, Members, Range
from masthead.press.printing.ticket import FINISHINGS, MEDIA, SIZE_IN_NAME, Quality, Ticket, paper_name

Capabilities = Mapping[str, tuple[object, ...]]
"""The attributes that a printer says of itself."""

# What a ticket calls the attributes of IPP, where the names differ.
_KEYS = {
    "media-col": "media",
    "print-color-mode": "color", "print-scaling": "scaling", "job-hold-until": "hold_until", "page-ranges": "pages",
    "multiple-document-handling": "collated", "print-quality": "quality", "job-priority": "priority",
    "media-weight-metric": "media_weight", "job-password": "release",
}  # fmt: skip
_HASHES = {"sha2-512": "sha512", "sha2-256": "sha256", "sha": "sha1"}  # by their names in IPP, the safest first
_COLLATED = {True: "separate-documents-collated-copies", False: "separate-documents-uncollated-copies"}
_CUPS_LAYOUT = "number-up-layout"


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
    if (size := SIZE_IN_NAME.search(name)) is None:
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
        return paper_name(str(value))
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
