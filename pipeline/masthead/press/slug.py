"""The slug line: one line outside the trim that identifies the sheet. It is set without the typesetter.

Arabic is shaped by arabic-reshaper and ordered by python-bidi. The font is Amiri, subset to the glyphs that are used.
The same text gives the same font and the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass

import arabic_reshaper
import pikepdf
from bidi import get_display
from fontTools import subset
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name

from masthead.document import Document, Language, TypesettingError
from masthead.typesetting import fonts

# Brackets as drawn from right to left: get_display reorders characters but does not mirror them.
_MIRRORED = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")
_SEPARATOR = " · "
UNTITLED = "untitled"  # the title of a press copy whose PDF has none
_NAMES = {Language.ARABIC: "العربية", Language.FRENCH: "français", Language.SPANISH: "español"}


def lines(document: Document, pages: int, version: str) -> tuple[str, ...]:
    """Return one line for each page, in logical order: symbol, job number, language, page, date and version."""
    digits = document.digits
    page = "صفحة {} من {}" if document.language is Language.ARABIC else "page {} of {}"
    before = str(document.symbol), str(document.job), _NAMES.get(document.language, document.language.name)
    after = document.masthead.date, f"masthead {version}"
    numbered = (page.format(digits.shape(number), digits.shape(pages)) for number in range(1, pages + 1))
    return tuple(_SEPARATOR.join((*before, each, *after)) for each in numbered)


def visual(line: str) -> str:
    """Return a line as it is drawn from left to right: shaped, reordered and mirrored.

    Each part is ordered separately, so that an Arabic part does not pull the numbers of its neighbour apart.
    """
    if not _is_arabic(line):
        return line
    parts = reversed(line.split(_SEPARATOR))
    return _SEPARATOR.join(_right_to_left(part) if _is_arabic(part) else part for part in parts)


def _right_to_left(text: str) -> str:
    return str(get_display(arabic_reshaper.reshape(text.translate(_MIRRORED)), base_dir="R"))


def _is_arabic(text: str) -> bool:
    return any("\u0600" <= character <= "\u06ff" for character in text)


@dataclass(frozen=True, slots=True)
class SlugFont:
    """A font embedded in a PDF, with the code of each character and its width in thousandths of the font size."""

    font: pikepdf.Object
    codes: dict[str, int]
    widths: dict[str, float]

    def show(self, text: str) -> str:
        """Return `text` as the operand of Tj."""
        return f"<{''.join(f'{self.codes[character]:04X}' for character in text)}>"

    def width(self, text: str, size: float) -> float:
        return sum(self.widths[character] for character in text) * size / 1000


def embed(pdf: pikepdf.Pdf, texts: Iterable[str]) -> SlugFont:
    """Embed Amiri, subset to the characters of `texts`. Raises TypesettingError if the font lacks one of them."""
    characters = sorted(set("".join(texts)))
    path = next(face.path for face in fonts.load().faces if face.path.name == "Amiri-Regular.ttf")
    font = TTFont(path, recalcTimestamp=False)
    mapping = font.getBestCmap()
    missing = [character for character in characters if ord(character) not in mapping]
    if missing:
        raise TypesettingError(f"the font Amiri lacks {' '.join(missing)}", where="slug line")
    left_out = {"layout_features": [], "name_IDs": [], "hinting": False}
    subsetter = subset.Subsetter(subset.Options(notdef_outline=True, recalc_timestamp=False, **left_out))
    subsetter.populate(unicodes=[ord(character) for character in characters])
    subsetter.subset(font)
    mapping, scale = font.getBestCmap(), 1000 / font["head"].unitsPerEm
    codes = {character: font.getGlyphID(mapping[ord(character)]) for character in characters}
    widths = {character: font["hmtx"][mapping[ord(character)]][0] * scale for character in characters}
    file = io.BytesIO()
    font.save(file, reorderTables=None)
    return SlugFont(_dictionary(pdf, font, file.getvalue(), codes, widths), codes, widths)


def _dictionary(
    pdf: pikepdf.Pdf, font: TTFont, data: bytes, codes: dict[str, int], widths: dict[str, float]
) -> pikepdf.Object:
    scale, head, name = 1000 / font["head"].unitsPerEm, font["head"], Name("/SLUGLN+Amiri-Regular")
    descriptor = Dictionary(
        Type=Name.FontDescriptor, FontName=name, Flags=4, ItalicAngle=0, StemV=80,
        FontBBox=Array([round(edge * scale) for edge in (head.xMin, head.yMin, head.xMax, head.yMax)]),
        Ascent=round(font["hhea"].ascent * scale), Descent=round(font["hhea"].descent * scale),
        CapHeight=600, FontFile2=pdf.make_stream(data, Length1=len(data)),
    )  # fmt: skip
    ordered = sorted(codes, key=lambda character: codes[character])
    descendant = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=name, CIDToGIDMap=Name.Identity,
        CIDSystemInfo=Dictionary(
            Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("Identity"), Supplement=0
        ),
        FontDescriptor=pdf.make_indirect(descriptor), DW=0,
        W=Array([item for c in ordered for item in (codes[c], Array([round(widths[c], 2)]))]),
    )  # fmt: skip
    pairs = "\n".join(f"<{codes[c]:04X}> <{ord(c):04X}>" for c in ordered)
    unicode = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def\n"
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        f"{len(codes)} beginbfchar\n{pairs}\nendbfchar endcmap end end"
    )
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font, Subtype=Name.Type0, BaseFont=name, Encoding=Name("/Identity-H"),
            DescendantFonts=Array([pdf.make_indirect(descendant)]), ToUnicode=pdf.make_stream(unicode.encode()),
        )
    )  # fmt: skip


def fit(font: SlugFont, text: str, size: float, room: float) -> float:
    """Return the font size, at most `size`, at which `text` fits into `room` points."""
    return min(size, room / max(font.width(text, 1), 0.001))
