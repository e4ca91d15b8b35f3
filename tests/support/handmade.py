"""A PDF whose pages are written line by line, tagged or not, and what rules find on them.

The pages of a text are parted by ` ‖ `, their parts by `; `. A part is `x y size text`: text whose letters are half as
wide as they are high, with its place from the upper left corner in points. `*` before the text makes it bold, `^`
raises it by three points without moving its line, `~` draws it from the right, and a tag before that puts it into the
structure: `<P>` into a new paragraph, `<+>` into the last element. Cells (`<TD>`, `<TH>`) go into one table, rows begin
at `<TR>`. Without any tag the file has no structure tree. Other parts draw: `bars x y width 3112889` a Code 39, `qr x y
width text` a QR code, `! operators` what PDF writes so.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import barcode
import pikepdf
import segno
from pikepdf import Array, Dictionary, Name, String

from masthead.document import Document, Exemption, Finding
from masthead.preflight.profiles import Profile
from masthead.preflight.rulebook import CHECKS
from masthead.preflight.verdict import judge

PAPERS = {"Letter": (612, 792), "A4": (595.28, 841.89)}
_TEXT = re.compile(r"(\S+) (\S+) (\S+) (?:<(\w+|\+)>)?(\*(?=[^*0-9]))?(\^)?(~)?(.*)")


def handmade(written: str, paper: tuple[float, float] = PAPERS["Letter"], scale: float = 1) -> bytes:
    """The PDF of what is written. With a scale, fonts are smaller by it, and their text is enlarged by it."""
    file = pikepdf.new()
    fonts, tags = _fonts(file), _Tags(file)
    for parts in written.split(" ‖ "):
        page = file.add_blank_page(page_size=paper)
        page.obj.Resources = Dictionary(Font=fonts)
        drawn = [content for part in parts.split("; ") if part for content in _drawn(part, paper[1], scale, page, tags)]
        page.obj.Contents = file.make_stream("\n".join(drawn).encode("latin-1"))
    tags.finish()
    file.Root.Lang = String("en")
    data = io.BytesIO()
    file.save(data, deterministic_id=True)
    return data.getvalue()


def findings(data: bytes, *areas: str, document: Document | None = None) -> tuple[Finding, ...]:
    """What the rules of some areas find in a file, such as `identity` or `script.sizes`, perhaps of a document."""
    others = (rule.id for rule in CHECKS if not rule.id.startswith(areas))
    return judge(
        data, (document,) if document else (), Profile("some", tuple(Exemption(rule, "") for rule in others))
    ).findings


def _fonts(file: pikepdf.Pdf) -> Dictionary:
    """`F0`, and `F1` in bold: composite fonts whose codes are the characters themselves."""
    table = file.make_stream(b"1 begincodespacerange <0000> <ffff> endcodespacerange\n"
                             b"1 beginbfrange <0000> <ffff> <0000> endbfrange")  # fmt: skip
    return Dictionary(
        {
            f"/F{at}": file.make_indirect(
                Dictionary(
                    Type=Name.Font, Subtype=Name.Type0, BaseFont=Name(f"/Helvetica{style}"),
                    Encoding=Name("/Identity-H"), ToUnicode=table, DescendantFonts=Array([_descendant(file, style)]),
                )
            )
            for at, style in enumerate(("", "-Bold"))
        }
    )  # fmt: skip


def _descendant(file: pikepdf.Pdf, style: str) -> Dictionary:
    descriptor = Dictionary(
        Type=Name.FontDescriptor, FontName=Name(f"/Helvetica{style}"), Flags=4, FontBBox=Array([0, -200, 500, 800]),
        ItalicAngle=0, Ascent=800, Descent=-200, CapHeight=700, StemV=160 if style else 80,
    )  # fmt: skip
    return file.make_indirect(
        Dictionary(
            Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name(f"/Helvetica{style}"), DW=500,
            CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
            FontDescriptor=descriptor,
        )
    )  # fmt: skip


def _drawn(part: str, height: float, scale: float, page: Any, tags: _Tags) -> Iterator[str]:
    kind, _, rest = part.partition(" ")
    if kind == "!":
        yield rest
    elif kind in ("bars", "qr"):
        x, y, width, text = rest.split(" ", 3)
        yield from _code(kind, float(x), height - float(y), float(width), text)
    else:
        found = _TEXT.fullmatch(part)
        assert found, part
        x, y, size, tag, bold, raised, mirrored, text = found.groups()
        text = text[::-1] if mirrored else text
        rise, end = (f"{3 / scale} Ts ", "0 Ts ") if raised else ("", "")
        place = f"{scale} 0 0 {scale} {x} {height - float(y)} Tm"
        font = f"/F{int(bool(bold))} {float(size) / scale} Tf"
        shown = f"BT {rise}{font} {place} <{text.encode('utf-16-be').hex()}> Tj {end}ET"
        yield f"/P <</MCID {tags.add(tag, page)}>> BDC {shown} EMC" if tag else shown


def _code(kind: str, x: float, y: float, width: float, text: str) -> Iterator[str]:
    """The dark parts of a code whose upper left corner is at x and y."""
    if kind == "bars":
        rows, tall = [barcode.Code39(text, add_checksum=False).build()[0]], 14.0
        rows = [[cell == "1" for cell in rows[0]]]
    else:
        rows, tall = [[bool(cell) for cell in row] for row in segno.make(text, micro=False).matrix], 0.0
    step = width / len(rows[0])
    for down, row in enumerate(rows):
        for along, dark in enumerate(row):
            if dark:
                yield f"{x + along * step} {y - (down + 1) * (tall or step)} {step} {tall or step} re"
    yield "f"


class _Tags:
    """The structure tree of a file while its pages are written."""

    def __init__(self, file: pikepdf.Pdf) -> None:
        self._file = file
        self._top: Dictionary | None = None
        self._last: Dictionary | None = None
        self._row: Dictionary | None = None
        self._of: dict[int, list[Dictionary]] = {}

    def add(self, tag: str, page: Any) -> int:
        """The number of marked content on a page, which is in a new element or in the last."""
        if self._top is None:
            self._top = self._element("Document", page, None)
        if tag == "TR" or (tag in ("TD", "TH") and self._row is None):
            table = self._row.P if self._row is not None else self._element("Table", page, self._top)
            self._row = self._element("TR", page, table)
            tag = "TD" if tag == "TR" else tag
        if tag != "+":
            is_cell = tag in ("TD", "TH")
            self._last = self._element(tag, page, self._row if is_cell else self._top)
            self._row = self._row if is_cell else None
        assert self._last is not None
        number = len(self._file.pages) - 1
        here = self._of.setdefault(number, [])
        self._last.K.append(
            len(here) if self._last.Pg == page.obj else Dictionary(Type=Name.MCR, Pg=page.obj, MCID=len(here))
        )
        here.append(self._last)
        return len(here) - 1

    def _element(self, kind: str, page: Any, parent: Dictionary | None) -> Dictionary:
        made = self._file.make_indirect(Dictionary(Type=Name.StructElem, S=Name(f"/{kind}"), Pg=page.obj, K=Array()))
        if parent is not None:
            made.P = parent
            parent.K.append(made)
        return made

    def finish(self) -> None:
        """Write the tree into the file."""
        if self._top is None:
            return
        tree = self._file.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=self._top))
        self._top.P = tree
        nums = Array()
        for number, elements in self._of.items():
            self._file.pages[number].obj.StructParents = number
            nums.extend((number, self._file.make_indirect(Array(elements))))
        tree.ParentTree = Dictionary(Nums=nums)
        tree.RoleMap = Dictionary(Ins=Name.Span, Del=Name.Span)
        self._file.Root.StructTreeRoot = tree
        self._file.Root.MarkInfo = Dictionary(Marked=True)
