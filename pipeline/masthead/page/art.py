"""The pictures of a page as data URIs: emblem, barcode, QR code and recycling mark, all of them vector graphics.

The emblem of the United Nations is protected (General Assembly resolution 92 (I)). The bundled emblem is an original,
clearly different mark; an organization supplies the file of its own.
"""

from __future__ import annotations

import os
from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any, cast

import zxingcpp
from lxml import etree

from masthead.document import TEMPLATES, Finding, JobNumber, Severity, Symbol, TemplateError, organizations

_MEDIA_TYPES = {".svg": "image/svg+xml", ".png": "image/png"}
_PNG = b"\x89PNG\r\n\x1a\n"


def picture(path: Path) -> str:
    """Return the SVG or PNG file at `path` as a data URI. Raises TemplateError if it cannot be read."""
    try:
        media_type, data = _MEDIA_TYPES[path.suffix.lower()], path.read_bytes()
        if not (_is_svg(data) if path.suffix.lower() == ".svg" else data.startswith(_PNG)):
            raise ValueError
    except (KeyError, OSError, ValueError, etree.XMLSyntaxError):
        raise TemplateError(
            "the picture cannot be read", where=str(path), hint="give the path of an SVG or PNG file"
        ) from None
    return _address(media_type, data)


def _is_svg(data: bytes) -> bool:
    """Return whether data are a drawing. Raises XMLSyntaxError if they are not XML."""
    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    return bool(etree.QName(root).localname == "svg")


@dataclass(frozen=True, slots=True)
class Emblem:
    """The emblem of an organization. `address` is a data URI."""

    address: str

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Emblem:
        """Read an SVG or PNG file. Raises TemplateError if it cannot be read."""
        return cls(picture(Path(path)))


def emblem(own: Emblem | None = None, templates: Path | None = None) -> str:
    """Return the given emblem, or that of the organization, as a data URI."""
    return own.address if own else picture(_find("art/emblem.svg", templates))


def emblem_findings() -> tuple[Finding, ...]:
    """Return a warning if the organization has no emblem, so that pages print the bundled one."""
    organization = organizations.current()
    if organization.is_bundled or not organization.find("art/emblem.svg").is_relative_to(TEMPLATES):
        return ()
    hint = f"add emblem.svg or emblem.png to {organization.folder}"
    return (Finding("pages print the bundled emblem", hint=hint, rule="emblem", severity=Severity.WARNING),)


def _find(name: str, templates: Path | None) -> Path:
    return organizations.current().find(name) if templates is None else templates / name


def recycling_mark(templates: Path | None = None) -> str:
    """Return the recycling mark, three arrows, as a data URI."""
    return picture(_find("art/recycle.svg", templates))


def barcode(job: JobNumber) -> str:
    """Return the seven digits of the job number as Code 39, as a data URI. The bars are one unit high."""
    bars, x = [], 0
    for is_black, length in _runs(_drawn(job.barcode, zxingcpp.BarcodeFormat.Code39)[0]):
        width = 3 if length > 1 else 1  # as in print; the library makes wide bars twice as wide as narrow ones
        if is_black:
            bars.append(f"M{x} 0h{width}v1h-{width}z")
        x += width
    return _drawing(f'viewBox="0 0 {x} 1" preserveAspectRatio="none"', f'd="{"".join(bars)}"')


def qr_code(symbol: Symbol) -> str:
    """Return the QR code of the document's address as a data URI. It has no quiet zone: the page around it is white.

    A reader can correct 15 per cent of it (level M), or 25 (Q) where that makes it no larger.
    """
    rows, better = (_drawn(symbol.address, zxingcpp.BarcodeFormat.QRCode, ec_level=level) for level in "MQ")
    size = len(rows)
    rows = better if len(better) == size else rows
    lines = []
    for y, row in enumerate(rows):
        x = 0
        for is_black, length in _runs(row):
            if is_black:
                lines.append(f"M{x} {y}.5h{length}")
            x += length
    return _drawing(f'width="{size}" height="{size}"', f'stroke="#000" d="{"".join(lines)}"')


def _drawn(text: str, kind: zxingcpp.BarcodeFormat, **options: str) -> Sequence[Sequence[int]]:
    """Return the rows of the smallest picture of a code, without white around it; black is 0."""
    code = zxingcpp.create_barcode(text, kind, **options)
    # Its types do not say that it has the buffer protocol.
    picture: Any = code.to_image(scale=1, add_quiet_zones=False)
    return cast(list[list[int]], memoryview(picture).tolist())


def _runs(row: Sequence[int]) -> Iterator[tuple[bool, int]]:
    """Yield whether the next dots are black, and how many they are."""
    for shade, same in groupby(row):
        yield shade == 0, len([*same])


def _drawing(size: str, path: str) -> str:
    """Return a drawing of one path as a data URI; both are given as attributes."""
    return _address("image/svg+xml", f'<svg xmlns="http://www.w3.org/2000/svg" {size}><path {path}/></svg>'.encode())


def _address(media_type: str, data: bytes) -> str:
    return f"data:{media_type};base64,{b64encode(data).decode()}"
