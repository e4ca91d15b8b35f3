"""Fonts of pages that tests draw by hand, without a font file."""

from __future__ import annotations

import pikepdf
from pikepdf import Array, Dictionary, Name


def helvetica(file: pikepdf.Pdf) -> Dictionary:
    """Return the fonts of a page: `F0`, and `F1` in bold. All their letters are 500 thousandths wide."""
    return Dictionary(
        {
            f"/F{at}": file.make_indirect(
                Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name(f"/Helvetica{style}"),
                           Encoding=Name.WinAnsiEncoding, FirstChar=32, LastChar=126, Widths=Array([500] * 95))
            )
            for at, style in enumerate(("", "-Bold"))
        }
    )  # fmt: skip
