"""Unicode's bidi conformance cases as lines on a page, drawn by Masthead and read back by glyph position.

Each case is one line. What it shows from left to right must be what UAX #9 says, mirrored glyphs included. Needs DejaVu
Sans, which has characters of every bidi class.
"""

from __future__ import annotations

import random
import shutil
import tempfile
import unicodedata
from collections.abc import Sequence
from functools import cache
from html import escape
from pathlib import Path

from fontTools.ttLib import TTFont

import unrepaired
from masthead.page.bidi import CONTROLS, Element, Node, isolate
from masthead.page.markup import Html
from masthead.pdf.glyphs.blocks import PlacedGlyph, read_blocks
from masthead.typesetting import fonts
from masthead.typesetting.fonts import Fonts
from masthead.typesetting.typesetter import typeset
from unicode_cases import Case, data

DEJAVU = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
MODES = ("whole", "cut", "apart")
"""One text; an element around a random stretch of it; every character in an element of its own."""

SIZE, LEADING, MARGIN, ROWS = 8, 14, 10, 55
SPACE = 651 / 2048 * SIZE


def cut(text: str, mode: str, chance: random.Random) -> tuple[Node, ...]:
    """The text as inline nodes, parted by markup as the mode says."""
    if mode == "whole":
        return (text,)
    if mode == "apart":
        return tuple(Element(("b", "i")[place % 2], (), (char,)) for place, char in enumerate(text))
    start = chance.randint(0, max(0, len(text) - 1))
    end = len(text) if chance.random() < 0.6 else chance.randint(start, len(text))
    return (text[:start], Element("i", (), (text[start:end],)), text[end:])


def plain(nodes: Sequence[Node]) -> str:
    """The same nodes as HTML, just as they are."""
    return "".join(
        escape(node, quote=False) if isinstance(node, str) else f"<{node.tag}>{plain(node.children)}</{node.tag}>"
        for node in nodes
        if isinstance(node, str | Element)
    )


def wrong(cases: Sequence[Case], mode: str, seed: int, *, stock: bool = False) -> list[tuple[Case, str, str]]:
    """Draw the cases; return the wrong ones, with what should be seen and what is. `stock`: WeasyPrint as it comes."""
    chance = random.Random(seed)
    found = []
    for first in range(0, len(cases), 2750):
        part = cases[first : first + 2750]
        nodes = [cut(case.text, mode, chance) for case in part]
        html = [plain(n) if stock else isolate(n, case.base)[0] for n, case in zip(nodes, part, strict=True)]
        for case, row in zip(part, _rows(part, html, stock=stock), strict=True):
            expected, drawn = _expected(case), _drawn(row)
            if len(expected) != len(drawn) or any(char not in seen for char, seen in zip(expected, drawn, strict=True)):
                found.append((case, "".join(expected), "".join(min(seen, default="\ufffd") for seen in drawn)))
    return found


def _rows(cases: Sequence[Case], html: Sequence[str], *, stock: bool) -> list[list[PlacedGlyph]]:
    style = (
        f"@page{{size:1400pt {ROWS * LEADING + 2 * MARGIN + 5}pt;margin:{MARGIN}pt}}body{{margin:0}}"
        f"p{{margin:0;height:{LEADING}pt;font:{SIZE}pt/{LEADING}pt 'DejaVu Sans';white-space:nowrap}}"
        "b,i{font-style:normal;font-weight:normal}"
    )
    body = "".join(f"<p dir={case.base}>{line}</p>" for case, line in zip(cases, html, strict=True))
    page = f"<!DOCTYPE html><html lang=en><meta charset=utf-8><title>-</title><style>{style}</style><body>{body}"
    pdf = (unrepaired.typeset if stock else typeset)(Html(page, Path.cwd()), fonts=dejavu())
    rows: list[list[PlacedGlyph]] = [[] for _ in cases]
    for block in read_blocks(pdf.data, dejavu().faces):
        for glyph in block.glyphs:
            rows[(glyph.page - 1) * ROWS + int((glyph.baseline - MARGIN) // LEADING)].append(glyph)
    return rows


@cache
def dejavu() -> Fonts:
    """DejaVu Sans alone, its mathematical angle brackets used for the four that the files have besides."""
    if not DEJAVU.is_file():
        raise FileNotFoundError(f"{DEJAVU} is missing: apt install fonts-dejavu-core")
    folder = Path(tempfile.mkdtemp(prefix="masthead-conformance-"))
    font = TTFont(DEJAVU)
    for table in font["cmap"].tables:
        if table.isUnicode() and 0x27E8 in table.cmap:
            table.cmap |= {code: table.cmap[0x27E8 + code % 2] for code in (0x3008, 0x3009)}
            table.cmap |= {code: table.cmap[0x27E8 + (code + 1) % 2] for code in (0x2329, 0x232A)}
    font.save(folder / "DejaVuSans.ttf")
    table = folder / "families.toml"
    table.write_text(
        '[[families]]\nname = "DejaVu Sans"\nrole = "all classes"\nlicence = "Bitstream Vera"\nobtain = "-"\n'
        '[[families.sources]]\nface = "DejaVu Sans"\n'
        '[families.sources.files]\nregular = { file = "DejaVuSans.ttf", sha256 = [] }\n',
        "utf-8",
    )
    loaded = fonts.load(table, folder=folder)
    import atexit

    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return loaded


@cache
def _mirrors() -> dict[str, str]:
    pairs = (line.split(";") for line in data("BidiMirroring.txt"))
    return {chr(int(one, 16)): chr(int(other, 16)) for one, other in pairs}


def _is_hidden(char: str) -> bool:
    return char in CONTROLS or unicodedata.bidirectional(char) == "BN"


def _is_mark(char: str) -> bool:
    return unicodedata.category(char) in ("Mn", "Me")


def _expected(case: Case) -> list[str]:
    """What is to be seen from left to right: white space collapsed, no marks; L2 and L4 of UAX #9."""
    kept: list[tuple[str, int]] = []
    for char, level in zip(case.text, case.levels, strict=True):
        last = next((char for char, _ in reversed(kept) if not _is_hidden(char)), " ")
        if level is not None and not (char.isspace() and last == " "):
            kept.append((" " if char.isspace() else char, level))
    seen = [place for place, (char, _) in enumerate(kept) if not _is_hidden(char)]
    if seen and kept[seen[-1]][0] == " ":
        del kept[seen[-1]]
    for level in range(max((level for _, level in kept), default=0), 0, -1):
        start = 0
        while start < len(kept):
            end = start
            while end < len(kept) and kept[end][1] >= level:
                end += 1
            kept[start:end] = kept[start:end][::-1]
            start = max(end, start + 1)
    shown = [_mirrors().get(char, char) if level % 2 else char for char, level in kept]
    line = [char for char in shown if not _is_hidden(char) and not _is_mark(char)]
    return list("".join(line).strip(" "))  # a space at the end carries a mark alone


def _drawn(row: Sequence[PlacedGlyph]) -> list[frozenset[str]]:
    """The characters that each glyph can be, from left to right, spaces by the room between."""
    line: list[frozenset[str]] = []
    end: float | None = None
    for glyph in sorted(row, key=lambda glyph: (glyph.x, glyph.advance)):
        chars = frozenset(reading[0][0] for reading in glyph.meaning.readings if len(reading) == 1)
        hidden = chars and all(_is_mark(char) or _is_hidden(char) for char in chars)
        if hidden or glyph.advance < 0.01 or chars & {" ", "\u25cc"}:  # a lone mark gets a dotted circle from the font
            continue
        if end is not None:
            line += [frozenset(" ")] * max(0, round((glyph.x - end) / SPACE))
        line.append(chars)
        end = glyph.x + glyph.advance
    return line
