"""Files that take more time or memory to draw and to read than they should, made from a good one."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable

import pikepdf
from pikepdf import Array, Dictionary, Name

from breaking import good
from masthead.document.terms import Language


def changed(change: Callable[[pikepdf.Pdf], None]) -> bytes:
    """The English specimen, of three pages, with a change."""
    with pikepdf.open(io.BytesIO(good(Language.ENGLISH))) as file:
        change(file)
        out = io.BytesIO()
        file.save(out)
    return out.getvalue()


def packed(file: pikepdf.Pdf, megabytes: int, **entries: object) -> pikepdf.Object:
    """A stream of so many million spaces: the same compressed block over and over."""
    packer = zlib.compressobj(9)
    first, block = (packer.compress(b" " * 10**6) + packer.flush(zlib.Z_FULL_FLUSH) for _ in range(2))
    stream = pikepdf.Stream(file, b"", **entries)
    stream.write(first + block * (megabytes - 1) + packer.flush(), filter=Name.FlateDecode)
    return file.make_indirect(stream)


def content(file: pikepdf.Pdf) -> None:
    """Page two unpacks to 1.2 GB."""
    file.pages[1].Contents = packed(file, 1200)


def attachment(file: pikepdf.Pdf) -> None:
    """The attached source does."""
    for name in file.attachments:
        file.attachments[name].obj.EF.F = packed(file, 1200, Type=Name.EmbeddedFile)


def profile(file: pikepdf.Pdf) -> None:
    """The colour profile does."""
    file.Root.OutputIntents[0].DestOutputProfile = packed(file, 1200, N=3)


def tiling(file: pikepdf.Pdf) -> None:
    """Page two is filled with a tile at each ten-thousandth of a point."""
    tile = file.make_stream(b"0 0 1 1 re f", PatternType=1, PaintType=1, TilingType=1, BBox=Array([0, 0, 1, 1]),
                            XStep=0.0001, YStep=0.0001, Resources=Dictionary())  # fmt: skip
    file.pages[1].Resources.Pattern = Dictionary(PX=tile)
    file.pages[1].contents_add(file.make_stream(b"\n/Pattern cs /PX scn 0 0 600 700 re f"))


def font(file: pikepdf.Pdf) -> None:
    """Half of each font is missing."""
    for each in file.pages[0].Resources.Font.values():
        descriptor = each.DescendantFonts[0].FontDescriptor
        half = descriptor.FontFile2.read_bytes()
        descriptor.FontFile2 = file.make_stream(half[: len(half) // 2])


def outline(file: pikepdf.Pdf) -> None:
    """A bookmark follows itself."""
    first = file.Root.Outlines.First
    first.Next = first


def names(file: pikepdf.Pdf) -> None:
    """The tree of attached files is its own branch."""
    tree = file.make_indirect(Dictionary())
    tree.Kids = Array([tree])
    file.Root.Names.EmbeddedFiles = tree


def roles(file: pikepdf.Pdf) -> None:
    """A role stands for one that stands for it."""
    file.Root.StructTreeRoot.RoleMap = Dictionary({"/A": Name.B, "/B": Name.A})


def empty_pages(file: pikepdf.Pdf) -> None:
    """Two hundred pages without anything follow."""
    for _ in range(200):
        file.add_blank_page(page_size=(612, 792))
