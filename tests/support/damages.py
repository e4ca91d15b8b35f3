"""Seeded damages: what a stranger, a bad tool or an attacker may do to a published file, by kinds of what notices it.

Each damage changes the objects of a good PDF; `check` must find it with its default profile. `benchmarks/damage.py`
makes all of them of specimens in several languages and of several kinds of document; the tests make a sample.
"""

from __future__ import annotations

import io
import re
import tempfile
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, ContentStreamInstruction, Dictionary, Name, Operator, String
from PIL import Image

from masthead.publication import publish
from paths import ROOT

EXAMPLES = ROOT / "examples"

Operators = list[tuple[list[Any], str]]
Damage = Callable[[pikepdf.Pdf], None]


class Inapplicable(Exception):
    """The file has nothing that the damage could change."""


DAMAGES: dict[str, Damage] = {}


def damage(words: str) -> Callable[[Damage], Damage]:
    """Add a damage under its description."""

    def add(function: Damage) -> Damage:
        assert words not in DAMAGES
        DAMAGES[words] = function
        return function

    return add


def damaged(pdf: bytes, change: Damage) -> bytes:
    """The bytes of a file after a change. Raises Inapplicable."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        change(file)
        written = io.BytesIO()
        with warnings.catch_warnings(action="ignore", category=UserWarning):  # of a field that is in no form
            file.save(written, deterministic_id=True)
    return written.getvalue()


SPECIMENS = ("A_104_96.en", "S_2049_301.ar", "A_RES_104_12.zh", "A_RES_104_12.ru", "A_RES_104_12.ar", "A_RES_104_12.en")
"""Resolutions, reports and letters in four languages."""


def specimens(*names: str) -> Iterator[tuple[str, bytes]]:
    """The published PDF of each specimen. The figure of reports is a picture of dots."""
    for name in names or SPECIMENS:
        source = EXAMPLES / "specimens" / f"{name}.md"
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / source.name
            copy.write_text(source.read_text("utf-8").replace("gardens.svg", "gardens.png"), "utf-8")
            bars = Image.new("RGB", (240, 120), "white")
            for place in range(5):
                bars.paste((60, 90, 150), (20 + 40 * place, 100 - 18 * place, 44 + 40 * place, 110))
            bars.save(copy.with_name("gardens.png"))
            yield name, publish(copy).pdf.data


# --- contents ---------------------------------------------------------------------------------------------------------


def middle(file: pikepdf.Pdf) -> pikepdf.Page:
    """A page with much text: the second, or the only one."""
    return file.pages[min(1, len(file.pages) - 1)]


def redrawn(page: pikepdf.Page, file: pikepdf.Pdf, change: Callable[[Operators], Any]) -> None:
    """Change the operators of a page."""
    operators = [(list(each.operands), str(each.operator)) for each in pikepdf.parse_content_stream(page)]
    change(operators)
    content = [ContentStreamInstruction(operands, Operator(name)) for operands, name in operators]
    page.Contents = file.make_stream(pikepdf.unparse_content_stream(content))


def over(page: pikepdf.Page, content: str) -> None:
    """Draw something over all of a page, in points from its lower left corner."""
    page.contents_add(b"q", prepend=True)
    page.contents_add(f"Q q /Artifact BMC {content} EMC Q".encode())


def under(page: pikepdf.Page, content: str) -> None:
    """Draw something before all of a page."""
    page.contents_add(f"q /Artifact BMC {content} EMC Q".encode(), prepend=True)


def marked(operators: Operators) -> list[tuple[int, int]]:
    """From where to where each piece of marked content with text goes, the longest first."""
    found = []
    start = None
    for place, (operands, name) in enumerate(operators):
        if name == "BDC" and isinstance(operands[1], pikepdf.Dictionary) and "/MCID" in operands[1]:
            start = place
        elif name == "EMC" and start is not None:
            shown = sum(len(_codes(given)) for given, other in operators[start:place] if other == "TJ")
            found.append((shown, start, place))
            start = None
    return [(start, end) for _, start, end in sorted(found, key=lambda each: -each[0])]


def _codes(operands: list[Any]) -> bytes:
    return b"".join(bytes(each) for each in operands[0] if isinstance(each, pikepdf.String))


def longest(change: Callable[[Operators, int, int], Any]) -> Damage:
    """Change the longest piece of marked content of a page: usually a line, or most of one."""

    def apply(file: pikepdf.Pdf) -> None:
        def within(operators: Operators) -> None:
            change(operators, *marked(operators)[0])

        redrawn(middle(file), file, within)

    return apply


def around(before: Operators, after: Operators) -> Damage:
    """Put operators before and after the longest piece of marked content."""

    def change(operators: Operators, start: int, end: int) -> None:
        operators[end + 1 : end + 1] = after
        operators[start:start] = before

    return longest(change)


def shown_with(before: Operators, after: Operators) -> Damage:
    """Put operators of text state before the first text of the longest piece of marked content, and after the piece."""

    def change(operators: Operators, start: int, end: int) -> None:
        place = next(at for at in range(start, end) if operators[at][1] == "TJ")
        operators[end + 1 : end + 1] = after
        operators[place:place] = before

    return longest(change)


def inside(name: str, change: Callable[[list[Any]], Any]) -> Damage:
    """Change the operands of an operator within the longest piece of marked content."""

    def within(operators: Operators, start: int, end: int) -> None:
        for operands, found in operators[start:end]:
            if found == name:
                change(operands)
                return
        raise Inapplicable

    return longest(within)


def drawn_over(words: str, content: str) -> None:
    """Add a damage: something drawn over a page, `X` and `Y` being where its longest piece of text begins."""

    def change(file: pikepdf.Pdf) -> None:
        x, y = _place(middle(file))
        over(middle(file), content.replace("X", f"{x - 5:.1f}").replace("Y", f"{y - 5:.1f}"))

    damage(words)(change)


drawn_over("a black area covers a page", "0 g 0 0 700 900 re f")
drawn_over("a white area covers a page", "1 g 0 0 700 900 re f")
drawn_over("a white area covers some lines", "1 g X Y 420 60 re f")
drawn_over("a black bar covers one line", "0 g X Y 420 16 re f")
drawn_over("a grey area covers some lines", "0.5 g X Y 420 60 re f")
drawn_over("a thick white line covers some lines", "1 G 60 w X Y m 520 Y l S")
drawn_over("a black curve is filled over a page", "0 g 0 0 m 0 900 700 900 700 0 c f")
drawn_over("a white area covers some words", "1 1 1 rg X Y 80 16 re f")
drawn_over("a black area covers one word", "0 g X Y 35 16 re f")


@damage("a line goes through a line of text")
def _(file: pikepdf.Pdf) -> None:
    x, y = _place(middle(file))
    over(middle(file), f"0.6 w {x} {y + 2.4:.1f} m {x + 120} {y + 2.4:.1f} l S")


@damage("a line is under some words")
def _(file: pikepdf.Pdf) -> None:
    x, y = _place(middle(file))
    over(middle(file), f"0.6 w {x} {y - 2:.1f} m {x + 120} {y - 2:.1f} l S")


@damage("some words are marked in yellow")
def _(file: pikepdf.Pdf) -> None:
    x, y = _place(middle(file))
    under(middle(file), f"1 1 0 rg {x} {y - 3:.1f} 120 14 re f")


@damage("a page is pale grey")
def _(file: pikepdf.Pdf) -> None:
    under(middle(file), "0.85 g 0 0 700 900 re f")


@damage("a red bar goes through a line of text")
def _(file: pikepdf.Pdf) -> None:
    x, y = _place(middle(file))
    over(middle(file), f"1 0 0 rg {x} {y + 2:.1f} 120 1 re f")


def _place(page: pikepdf.Page) -> tuple[float, float]:
    """Where the longest piece of marked content begins, in points from the lower left corner."""
    operators = [(list(each.operands), str(each.operator)) for each in pikepdf.parse_content_stream(page)]
    start, end = marked(operators)[0]
    matrix = next(given for given, name in operators[start:end] if name == "Tm")
    return 0.75 * float(matrix[4]), float(page.mediabox[3]) - 0.75 * float(matrix[5])


@damage("a black area covers page one")
def _(file: pikepdf.Pdf) -> None:
    over(file.pages[0], "0 g 0 0 700 900 re f")


@damage("a white area covers the last page")
def _(file: pikepdf.Pdf) -> None:
    over(file.pages[-1], "1 g 0 0 700 900 re f")


@damage("black is under the text of a page")
def _(file: pikepdf.Pdf) -> None:
    under(middle(file), "0 g 0 0 700 900 re f")


@damage("dark grey is under some lines")
def _(file: pikepdf.Pdf) -> None:
    _, y = _place(middle(file))
    under(middle(file), f"0.15 g 50 {y - 30} 510 80 re f")


@damage("a dark veil is over a page")
def _(file: pikepdf.Pdf) -> None:
    page = middle(file)
    page.resources.ExtGState = Dictionary({**dict(page.resources.ExtGState.items()), "/Veil": Dictionary(ca=0.92)})
    over(page, "/Veil gs 0 g 0 0 700 900 re f")


@damage("a multiplied black area is over some lines")
def _(file: pikepdf.Pdf) -> None:
    page = middle(file)
    state = Dictionary(BM=Name.Multiply)
    page.resources.ExtGState = Dictionary({**dict(page.resources.ExtGState.items()), "/Mul": state})
    _, y = _place(page)
    over(page, f"/Mul gs 0 g 50 {y - 30} 510 80 re f")


def _with_picture(file: pikepdf.Pdf, level: int, content: str) -> None:
    page = middle(file)
    dots = file.make_stream(bytes([level]) * 16, Type=Name.XObject, Subtype=Name.Image, Width=4, Height=4)
    dots.ColorSpace, dots.BitsPerComponent = Name.DeviceGray, 8
    page.resources.XObject = Dictionary({**dict(page.resources.get("/XObject", {}).items()), "/Dots": dots})
    over(page, content)


@damage("a white picture covers some lines")
def _(file: pikepdf.Pdf) -> None:
    x, y = _place(middle(file))
    _with_picture(file, 255, f"420 0 0 60 {x - 5} {y - 5} cm /Dots Do")


@damage("a black picture covers a page")
def _(file: pikepdf.Pdf) -> None:
    _with_picture(file, 0, "700 0 0 900 0 0 cm /Dots Do")


@damage("a form covers some lines")
def _(file: pikepdf.Pdf) -> None:
    page = middle(file)
    x, y = _place(page)
    form = file.make_stream(f"1 g {x - 5} {y - 5} 420 60 re f".encode(), Type=Name.XObject, Subtype=Name.Form)
    form.BBox = Array([0, 0, 700, 900])
    page.resources.XObject = Dictionary({**dict(page.resources.get("/XObject", {}).items()), "/Lid": form})
    over(page, "/Lid Do")


@damage("a shading covers a page")
def _(file: pikepdf.Pdf) -> None:
    page = middle(file)
    function = Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array([0.9]), C1=Array([0.8]), N=1)
    shading = Dictionary(
        ShadingType=2,
        ColorSpace=Name.DeviceGray,
        Coords=Array([0, 0, 0, 900]),
        Function=function,
        Extend=Array([True, True]),
    )
    page.resources.Shading = Dictionary({**dict(page.resources.get("/Shading", {}).items()), "/Sun": shading})
    over(page, "/Sun sh")


damage("a line is drawn without ink")(shown_with([([3], "Tr")], [([0], "Tr")]))
damage("a line is white")(shown_with([([1, 1, 1], "rg")], [([0, 0, 0], "rg")]))
damage("a line is pale grey")(shown_with([([0.9], "g")], [([0, 0, 0], "rg")]))
damage("a line is pale yellow")(shown_with([([1, 1, 0.7], "rg")], [([0, 0, 0], "rg")]))
damage("a line is red")(shown_with([([1, 0, 0], "rg")], [([0, 0, 0], "rg")]))
damage("a line is dark green")(shown_with([([0, 0.4, 0], "rg")], [([0, 0, 0], "rg")]))
damage("a line is in the inks of a press")(shown_with([([0, 1, 1, 0], "k")], [([0, 0, 0], "rg")]))
damage("a line is clipped away")(around([([], "q"), ([0, 0, 1, 1], "re"), ([], "W"), ([], "n")], [([], "Q")]))


@damage("the upper part of a line is clipped")
def _(file: pikepdf.Pdf) -> None:
    def change(operators: Operators, start: int, end: int) -> None:
        y = next(float(given[5]) for given, name in operators[start:end] if name == "Tm")
        operators[end + 1 : end + 1] = [([], "Q")]
        operators[start:start] = [([], "q"), ([0, y - 5, 900, 30], "re"), ([], "W"), ([], "n")]

    longest(change)(file)


damage("a line is squeezed to nothing")(around([([], "q"), ([0.01, 0, 0, 1, 300, 0], "cm")], [([], "Q")]))
damage("a line is two points high")(inside("Tf", lambda given: given.__setitem__(1, 2.5)))
damage("a line is stretched")(shown_with([([150], "Tz")], [([100], "Tz")]))
damage("a line is mirrored")(inside("Tm", lambda given: given.__setitem__(0, -float(given[0]))))
damage("a line is upside down")(inside("Tm", lambda given: given.__setitem__(3, -float(given[3]))))
damage("a line is slanted")(inside("Tm", lambda given: given.__setitem__(2, 0.6)))
damage("a line is turned")(inside("Tm", lambda given: given.__setitem__(slice(0, 4), [0.98, 0.17, 0.17, -0.98])))
damage("a line is lowered by five points")(inside("Tm", lambda given: given.__setitem__(5, float(given[5]) + 6.6)))
damage("a line is raised by four points")(inside("Tm", lambda given: given.__setitem__(5, float(given[5]) - 5.4)))
damage("a line is moved into the margin")(inside("Tm", lambda given: given.__setitem__(4, float(given[4]) + 400)))
damage("a line has letter-spacing")(shown_with([([2.5], "Tc")], [([0], "Tc")]))
damage("a line is smaller than its paragraph")(inside("Tf", lambda given: given.__setitem__(1, float(given[1]) * 0.7)))
damage("a line is larger than its paragraph")(inside("Tf", lambda given: given.__setitem__(1, float(given[1]) * 1.5)))


@damage("the second half of a line is lowered by three points")
def _(file: pikepdf.Pdf) -> None:
    _split(file, 0, 4)


@damage("the second half of a line is raised by four points")
def _(file: pikepdf.Pdf) -> None:
    _split(file, 0, -5.4)


@damage("the second half of a line is moved over the first")
def _(file: pikepdf.Pdf) -> None:
    _split(file, -60, 0)


@damage("the second half of a line is moved away")
def _(file: pikepdf.Pdf) -> None:
    _split(file, 45, 0)


def _split(file: pikepdf.Pdf, x: float, y: float) -> None:
    """Show the second half of the longest piece in a place of its own, moved by pixels."""
    page = middle(file)
    widths = _widths(page)

    def change(operators: Operators, start: int, end: int) -> None:
        matrix = next(given for given, name in operators[start:end] if name == "Tm")
        font, size = next(given for given, name in operators[start:end] if name == "Tf")
        place = next(at for at in range(start, end) if operators[at][1] == "TJ")
        codes = _codes(operators[place][0])
        half = len(codes) // 4 * 2
        width = sum(widths(str(font), int.from_bytes(codes[at : at + 2])) for at in range(0, half, 2))
        moved = [*matrix[:4], float(matrix[4]) + width * float(size) / 1000 + x, float(matrix[5]) + y]
        operators[place : place + 1] = [
            ([Array([String(codes[:half])])], "TJ"),
            (moved, "Tm"),
            ([Array([String(codes[half:])])], "TJ"),
        ]

    redrawn(page, file, lambda operators: change(operators, *marked(operators)[0]))


def _widths(page: pikepdf.Page) -> Callable[[str, int], float]:
    tables: dict[str, dict[int, float]] = {}

    def width(font: str, code: int) -> float:
        if font not in tables:
            items = iter(page.resources.Font[font].DescendantFonts[0].W)
            tables[font] = table = {}
            for first in items:
                second = next(items)
                if isinstance(second, pikepdf.Array):
                    table.update(enumerate(map(float, second), int(first)))
                else:
                    table.update(dict.fromkeys(range(int(first), int(second) + 1), float(next(items))))
        return tables[font].get(code, 1000.0)

    return width


@damage("a paragraph of one line is lowered by four points")
def _(file: pikepdf.Pdf) -> None:
    def change(operators: Operators) -> None:
        rows: dict[int, list[Any]] = {}
        for given in (given for given, name in operators if name == "Tm"):
            rows.setdefault(round(float(given[5])), []).append(given)
        heights = sorted(height for height in rows if 100 < height < 1000)
        for above, here, below in zip(heights, heights[1:], heights[2:], strict=False):
            if 21 < here - above < 34 and 21 < below - here < 34 and len(rows[here]) < 3:  # three are a row of a table
                for given in rows[here]:
                    given[5] = float(given[5]) + 5.4
                return
        raise Inapplicable

    redrawn(middle(file), file, change)


@damage("a line is in a hidden layer")
def _(file: pikepdf.Pdf) -> None:
    around([([Name("/OC"), Name("/Hidden")], "BDC")], [([], "EMC")])(file)
    layer = file.make_indirect(Dictionary(Type=Name.OCG, Name=String("hidden")))
    file.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer]), Order=Array([layer])))
    middle(file).resources.Properties = Dictionary(Hidden=layer)


@damage("a line is in a layer that is not printed")
def _(file: pikepdf.Pdf) -> None:
    around([([Name("/OC"), Name("/Screen")], "BDC")], [([], "EMC")])(file)
    usage = Dictionary(Print=Dictionary(Subtype=Name.Print, PrintState=Name.OFF))
    layer = file.make_indirect(Dictionary(Type=Name.OCG, Name=String("screen"), Usage=usage))
    event = Dictionary(Event=Name.Print, OCGs=Array([layer]), Category=Array([Name.Print]))
    file.Root.OCProperties = Dictionary(
        OCGs=Array([layer]), D=Dictionary(ON=Array([layer]), Order=Array([layer]), AS=Array([event]))
    )
    middle(file).resources.Properties = Dictionary(Screen=layer)


@damage("all text of a page is drawn without ink")
def _(file: pikepdf.Pdf) -> None:
    redrawn(middle(file), file, lambda operators: operators.insert(0, ([3], "Tr")))


@damage("the lower half of a page is clipped")
def _(file: pikepdf.Pdf) -> None:
    _, y = _place(middle(file))

    def change(operators: Operators) -> None:
        operators[0:0] = [([0, y + 9, 700, 900], "re"), ([], "W"), ([], "n")]

    redrawn(middle(file), file, change)


@damage("the text of a page ends in the middle")
def _(file: pikepdf.Pdf) -> None:
    redrawn(middle(file), file, lambda operators: operators.__delitem__(slice(len(operators) // 2, None)))


@damage("a line is missing from the page")
def _(file: pikepdf.Pdf) -> None:
    longest(lambda operators, start, end: operators.__delitem__(slice(start + 1, end)))(file)


@damage("a line is on the page twice")
def _(file: pikepdf.Pdf) -> None:
    def change(operators: Operators, start: int, end: int) -> None:
        copy = [
            ([*given[:5], float(given[5]) + 40] if name == "Tm" else given, name)
            for given, name in operators[start + 1 : end]
        ]
        operators[end + 1 : end + 1] = [([Name.Artifact], "BMC"), *copy, ([], "EMC")]

    longest(change)(file)


@damage("two codes of a line have changed places")
def _(file: pikepdf.Pdf) -> None:
    def change(given: list[Any]) -> None:
        codes = _codes(given)
        pairs = [codes[at : at + 2] for at in range(0, len(codes), 2)]
        at = next((at for at in range(3, len(pairs) - 3) if pairs[at] != pairs[at + 3]), None)
        if at is None:
            raise Inapplicable
        pairs[at], pairs[at + 3] = pairs[at + 3], pairs[at]
        given[0] = Array([String(b"".join(pairs))])

    inside("TJ", change)(file)


# --- fonts ------------------------------------------------------------------------------------------------------------


def fonts(file: pikepdf.Pdf) -> Iterator[pikepdf.Dictionary]:
    """The fonts of the page with much text, those with most codes first."""
    found = [font for font in middle(file).resources.Font.values() if "/ToUnicode" in font]
    yield from sorted(found, key=lambda font: -len(font.ToUnicode.read_bytes()))


def _mapped(font: pikepdf.Dictionary) -> list[tuple[bytes, bytes]]:
    return re.findall(rb"<([0-9a-f]{4})> <([0-9a-f]+)>", font.ToUnicode.read_bytes())


def _swap_unicode(file: pikepdf.Pdf, first: str, second: str) -> None:
    codes = [each.encode("utf-16-be").hex().encode() for each in (first, second)]
    for font in fonts(file):
        text = font.ToUnicode.read_bytes()
        if all(re.search(rb"> <" + code + rb">", text) for code in codes):
            swapped = re.sub(
                rb"> <(" + b"|".join(codes) + rb")>",
                lambda found: b"> <" + codes[1 - codes.index(found[1])] + b">",
                text,
            )
            font.ToUnicode = file.make_stream(swapped)
            return
    raise Inapplicable


def _common(file: pikepdf.Pdf) -> tuple[str, str]:
    """Two letters of the text that a font has, of one script."""
    for font in fonts(file):
        letters = sorted({text for _, code in _mapped(font) if len(text := _decoded(code)) == 1 and text.isalpha()})
        if len(letters) > 4:
            return letters[len(letters) // 2], letters[len(letters) // 2 + 1]
    raise Inapplicable


def _decoded(code: bytes) -> str:
    return bytes.fromhex(code.decode()).decode("utf-16-be", "replace")


@damage("two letters have each other's ToUnicode")
def _(file: pikepdf.Pdf) -> None:
    _swap_unicode(file, *_common(file))


@damage("two digits have each other's ToUnicode")
def _(file: pikepdf.Pdf) -> None:
    for pair in ("12", "01", "14", "٢١", "٢٤", "34"):
        try:
            return _swap_unicode(file, *pair)
        except Inapplicable:
            pass
    raise Inapplicable


@damage("a font has no ToUnicode")
def _(file: pikepdf.Pdf) -> None:
    del next(fonts(file))["/ToUnicode"]


def _codes_of(font: pikepdf.Dictionary, wanted: Callable[[str], bool]) -> list[int]:
    return [int(code, 16) for code, text in _mapped(font) if len(_decoded(text)) == 1 and wanted(_decoded(text))]


def _exchange_glyphs(file: pikepdf.Pdf, wanted: Callable[[str], bool]) -> None:
    """Two codes draw each other's glyphs."""
    for font in fonts(file):
        table = bytearray(font.DescendantFonts[0].CIDToGIDMap.read_bytes())
        codes = [code for code in _codes_of(font, wanted) if any(table[2 * code : 2 * code + 2])]
        pairs = (
            (one, two) for one in codes for two in codes if table[2 * one : 2 * one + 2] != table[2 * two : 2 * two + 2]
        )
        if pair := next(pairs, None):
            one, two = (slice(2 * code, 2 * code + 2) for code in pair)
            table[one], table[two] = table[two], table[one]
            font.DescendantFonts[0].CIDToGIDMap = file.make_stream(bytes(table))
            return
    raise Inapplicable


@damage("two digits draw each other's glyphs")
def _(file: pikepdf.Pdf) -> None:
    _exchange_glyphs(file, str.isdigit)


@damage("two letters draw each other's glyphs")
def _(file: pikepdf.Pdf) -> None:
    _exchange_glyphs(file, str.isalpha)


def _exchange_outlines(file: pikepdf.Pdf, wanted: Callable[[str], bool]) -> None:
    """Two glyphs of an embedded font have each other's outlines."""
    from fontTools.ttLib import TTFont

    for font in fonts(file):
        stream = font.DescendantFonts[0].FontDescriptor.FontFile2
        table = font.DescendantFonts[0].CIDToGIDMap.read_bytes()
        numbers = [int.from_bytes(table[2 * code : 2 * code + 2]) for code in _codes_of(font, wanted)]
        face = TTFont(io.BytesIO(stream.read_bytes()), recalcTimestamp=False)
        names = [name for number in dict.fromkeys(numbers) if number for name in (face.getGlyphName(number),)]
        glyf = face["glyf"]
        names = [name for name in names if glyf[name].numberOfContours]
        if len(names) > 1:
            glyf[names[0]], glyf[names[1]] = glyf[names[1]], glyf[names[0]]
            written = io.BytesIO()
            face.save(written)
            font.DescendantFonts[0].FontDescriptor.FontFile2 = file.make_stream(written.getvalue())
            return
    raise Inapplicable


@damage("two digits have each other's outlines")
def _(file: pikepdf.Pdf) -> None:
    _exchange_outlines(file, str.isdigit)


@damage("two letters have each other's outlines")
def _(file: pikepdf.Pdf) -> None:
    _exchange_outlines(file, str.isalpha)


@damage("a font is not embedded")
def _(file: pikepdf.Pdf) -> None:
    del next(fonts(file)).DescendantFonts[0].FontDescriptor["/FontFile2"]


@damage("the font file is damaged")
def _(file: pikepdf.Pdf) -> None:
    descriptor = next(fonts(file)).DescendantFonts[0].FontDescriptor
    descriptor.FontFile2 = file.make_stream(descriptor.FontFile2.read_bytes()[:3000])


@damage("the widths of a font are others")
def _(file: pikepdf.Pdf) -> None:
    descendant = next(fonts(file)).DescendantFonts[0]
    descendant.W = Array(
        [
            Array([float(width) * 1.2 for width in each]) if isinstance(each, pikepdf.Array) else each
            for each in descendant.W
        ]
    )


@damage("a font has the name of another family")
def _(file: pikepdf.Pdf) -> None:
    font = next(fonts(file))
    font.BaseFont = font.DescendantFonts[0].BaseFont = Name("/ABCDEF+ComicNeue")


# --- structure --------------------------------------------------------------------------------------------------------


def elements(file: pikepdf.Pdf, *kinds: str) -> list[pikepdf.Dictionary]:
    """The elements of the structure tree of some kinds, in reading order."""
    found: list[pikepdf.Dictionary] = []

    def walk(node: Any) -> None:
        for kid in node.get_list("/K", ()) if isinstance(node.get("/K"), pikepdf.Array) else (node.get("/K"),):
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                if str(kid.S)[1:] in kinds:
                    found.append(kid)
                walk(kid)

    walk(file.Root.StructTreeRoot)
    return found


def of_kind(*kinds: str, at: int = 0) -> Callable[[pikepdf.Pdf], pikepdf.Dictionary]:
    """An element of some kinds: the one at a share of them, in per cent."""

    def find(file: pikepdf.Pdf) -> pikepdf.Dictionary:
        if not (found := elements(file, *kinds)):
            raise Inapplicable
        return found[len(found) * at // 100]

    return find


def changed(words: str, find: Callable[[pikepdf.Pdf], pikepdf.Dictionary], change: Callable[[Any], Any]) -> None:
    damage(words)(lambda file: change(find(file)))


def _paragraph(file: pikepdf.Pdf) -> pikepdf.Dictionary:
    """A paragraph with text directly in it."""
    found = [each for each in elements(file, "P") if isinstance(each.get("/K"), pikepdf.Array) and len(each.K) > 1]
    if not found:
        raise Inapplicable
    return found[len(found) // 2]


def _other(language: str) -> str:
    return "de" if not language.startswith("de") else "fr"


def _speak(file: pikepdf.Pdf, element: pikepdf.Dictionary, language: str) -> None:
    element.Lang = String(language)


damage("a paragraph is in another script's language")(
    lambda file: _speak(file, _paragraph(file), "en" if str(file.Root.Lang)[:2] in ("ar", "zh", "ru") else "ar")
)
damage("a heading is in another script's language")(
    lambda file: _speak(file, of_kind("H1")(file), "zh" if str(file.Root.Lang)[:2] != "zh" else "ru")
)
damage("a paragraph has a language that does not exist")(lambda file: _speak(file, _paragraph(file), "q1"))
changed(
    "a paragraph has other words as its text",
    _paragraph,
    lambda node: node.__setitem__("/ActualText", String("No text")),
)
changed("a heading is a paragraph", of_kind("H2", "H1", at=50), lambda node: node.__setitem__("/S", Name.P))
changed("a note is a paragraph", of_kind("Note"), lambda node: node.__setitem__("/S", Name.P))
changed("a figure has no alternative text", of_kind("Figure"), lambda node: node.__delitem__("/Alt"))
changed("a figure has an empty alternative text", of_kind("Figure"), lambda node: node.__setitem__("/Alt", String(" ")))
changed(
    "a figure's alternative text is another's",
    of_kind("Figure", at=99),
    lambda node: node.__setitem__("/Alt", String("A cat")),
)
changed("a paragraph loses its last piece", _paragraph, lambda node: node.K.__delitem__(-1))
changed("a paragraph is empty", _paragraph, lambda node: node.__setitem__("/K", Array()))
changed(
    "two pieces of a paragraph are exchanged", _paragraph, lambda node: node.__setitem__("/K", Array([*node.K][::-1]))
)


@damage("all headers of tables are plain cells")
def _(file: pikepdf.Pdf) -> None:
    if not (cells := elements(file, "TH")):
        raise Inapplicable
    for cell in cells:
        cell.S = Name.TD


@damage("one header of a column is a plain cell")
def _(file: pikepdf.Pdf) -> None:
    if not (cells := [cell for cell in elements(file, "TH") if cell.A.Scope == Name.Column]):
        raise Inapplicable
    cells[-1].S = Name.TD


@damage("the headers of columns are said to be those of rows")
def _(file: pikepdf.Pdf) -> None:
    if not (cells := [cell for cell in elements(file, "TH") if cell.A.Scope == Name.Column]):
        raise Inapplicable
    for cell in cells:
        cell.A.Scope = Name.Row


@damage("two rows of a table are exchanged in the structure")
def _(file: pikepdf.Pdf) -> None:
    body = of_kind("TBody")(file)
    if len(body.K) < 2:
        raise Inapplicable
    body.K[0], body.K[1] = body.K[1], body.K[0]


@damage("two paragraphs are exchanged in the structure")
def _(file: pikepdf.Pdf) -> None:
    for parent in elements(file, "Document", "Sect", "Div", "Part", "NonStruct"):
        kids = [
            at
            for at, kid in enumerate(parent.get_list("/K", ()))
            if isinstance(kid, pikepdf.Dictionary) and kid.get("/S") == "/P"
        ]
        if len(kids) > 3:
            one, two = kids[len(kids) // 2], kids[len(kids) // 2 + 1]
            parent.K[one], parent.K[two] = parent.K[two], parent.K[one]
            return
    raise Inapplicable


@damage("the structure tree is missing")
def _(file: pikepdf.Pdf) -> None:
    del file.Root["/StructTreeRoot"]


@damage("the file is not marked as tagged")
def _(file: pikepdf.Pdf) -> None:
    file.Root.MarkInfo = Dictionary(Marked=False)


@damage("the file says that its tags are suspect")
def _(file: pikepdf.Pdf) -> None:
    file.Root.MarkInfo.Suspects = True


@damage("a role maps paragraphs to artifacts of no meaning")
def _(file: pikepdf.Pdf) -> None:
    file.Root.StructTreeRoot.RoleMap = Dictionary(P=Name.NonStruct)


@damage("the file declares another language")
def _(file: pikepdf.Pdf) -> None:
    file.Root.Lang = String("fr" if str(file.Root.Lang)[:2] != "fr" else "es")


@damage("the file declares no language")
def _(file: pikepdf.Pdf) -> None:
    del file.Root["/Lang"]


@damage("the reading direction is the other one")
def _(file: pikepdf.Pdf) -> None:
    preferences = file.Root.ViewerPreferences
    preferences.Direction = Name.L2R if preferences.get("/Direction") == "/R2L" else Name.R2L


# --- attachments ------------------------------------------------------------------------------------------------------


def attached(file: pikepdf.Pdf, ending: str) -> pikepdf.Dictionary:
    for each in file.Root.AF:
        if str(each.UF).endswith(ending):
            return each
    raise Inapplicable


def rewritten(ending: str, change: Callable[[str], str]) -> Damage:
    def apply(file: pikepdf.Pdf) -> None:
        stream = attached(file, ending).EF.F
        text = stream.read_bytes().decode()
        if (other := change(text)) == text:
            raise Inapplicable
        stream.write(other.encode())

    return apply


def _another_number(text: str) -> str:
    """One digit of the last number of two figures is another."""
    head, body = text[: len(text) // 2], text[len(text) // 2 :]
    return head + re.sub(
        r"(?<![\w.#])([1-9])([0-9])(?![\w.])", lambda found: f"{(int(found[1]) % 9) + 1}{found[2]}", body, count=1
    )


def _another_word(text: str) -> str:
    """A word of the body is missing."""
    half = len(text) * 2 // 3
    return text[:half] + re.sub(r"(?<=[ >])\w{4,}[ ]", "", text[half:], count=1)


damage("the attached Markdown lacks a word")(rewritten(".md", _another_word))
damage("the attached Akoma Ntoso lacks a word")(rewritten(".xml", _another_word))
damage("the attached Markdown ends early")(rewritten(".md", lambda text: text[: len(text) * 3 // 4]))
damage("the attached Akoma Ntoso is cut off")(rewritten(".xml", lambda text: text[: len(text) // 2]))
damage("the attached Akoma Ntoso is empty")(rewritten(".xml", lambda text: ""))
damage("the attached Markdown has another symbol")(
    rewritten(".md", lambda text: text.replace("symbol: ", "symbol: X", 1))
)


@damage("the attached source is of another document")
def _(file: pikepdf.Pdf) -> None:
    rewritten(".md", lambda text: re.sub(r"(?m)^title: .*$", "title: Another title", text, count=1))(file)


@damage("no file is attached")
def _(file: pikepdf.Pdf) -> None:
    del file.Root["/AF"]
    del file.Root.Names["/EmbeddedFiles"]


@damage("a program is attached")
def _(file: pikepdf.Pdf) -> None:
    file.attachments["run.exe"] = pikepdf.AttachedFileSpec(
        file, b"MZ\x90", filename="run.exe", mime_type="application/octet-stream"
    )


@damage("a program is attached as a text")
def _(file: pikepdf.Pdf) -> None:
    file.attachments["run.exe"] = pikepdf.AttachedFileSpec(
        file, b"MZ\x90\x00", filename="run.exe", mime_type="text/plain"
    )


# --- actions ----------------------------------------------------------------------------------------------------------

SCRIPT = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


@damage("a script runs on opening")
def _(file: pikepdf.Pdf) -> None:
    file.Root.OpenAction = SCRIPT


@damage("a script is in the names")
def _(file: pikepdf.Pdf) -> None:
    file.Root.Names.JavaScript = Dictionary(Names=Array([String("a"), SCRIPT]))


@damage("a script runs on opening a page")
def _(file: pikepdf.Pdf) -> None:
    middle(file).obj.AA = Dictionary(O=SCRIPT)


@damage("a script runs on printing")
def _(file: pikepdf.Pdf) -> None:
    file.Root.AA = Dictionary(WP=SCRIPT)


@damage("a bookmark runs a script")
def _(file: pikepdf.Pdf) -> None:
    first = file.Root.Outlines.First
    first.A = SCRIPT
    if "/Dest" in first:
        del first["/Dest"]


@damage("a link goes on to a script")
def _(file: pikepdf.Pdf) -> None:
    _link(file).A.Next = SCRIPT


@damage("a link starts a program")
def _(file: pikepdf.Pdf) -> None:
    _link(file).A = Dictionary(S=Name.Launch, F=String("calc.exe"))


@damage("a link sends a form")
def _(file: pikepdf.Pdf) -> None:
    _link(file).A = Dictionary(S=Name.SubmitForm, F=String("https://example.org/"))


@damage("a link opens another file")
def _(file: pikepdf.Pdf) -> None:
    _link(file).A = Dictionary(S=Name.GoToR, F=String("other.pdf"), D=Array([0, Name.Fit]))


@damage("opening the file visits an address")
def _(file: pikepdf.Pdf) -> None:
    file.Root.OpenAction = Dictionary(S=Name.URI, URI=String("https://example.org/"))


@damage("a link has another address")
def _(file: pikepdf.Pdf) -> None:
    _link(file).A.URI = String("https://undocs.org/A/1/1")


@damage("a link leads to another site")
def _(file: pikepdf.Pdf) -> None:
    _link(file).A.URI = String("https://undocs.example.org/A/1/1")


@damage("the link of a resolution's number leads to another site")
def _(file: pikepdf.Pdf) -> None:
    links = (each for page in file.pages for each in page.get("/Annots", []) if "/URI" in each.get("/A", {}))
    if not (found := [each for each in links if "/RES/" in str(each.A.URI)]):
        raise Inapplicable
    found[-1].A.URI = String("https://example.org/")


@damage("the file opens at its last page")
def _(file: pikepdf.Pdf) -> None:
    if len(file.pages) < 2:
        raise Inapplicable
    file.Root.OpenAction = Array([file.pages[-1].obj, Name.Fit])


@damage("the file claims a part of PDF/A that has no attachments")
def _(file: pikepdf.Pdf) -> None:
    data = file.Root.Metadata.read_bytes()
    claimed = re.sub(rb"(pdfaid:part(?:>|=\"))3", rb"\g<1>2", data)
    assert claimed != data
    file.Root.Metadata.write(claimed)


@damage("a link is on other text")
def _(file: pikepdf.Pdf) -> None:
    left, bottom, right, top = map(float, _link(file).Rect)
    _link(file).Rect = Array([left, bottom - 72, right, top - 72])


@damage("all links are missing")
def _(file: pikepdf.Pdf) -> None:
    _link(file)
    for page in file.pages:
        if "/Annots" in page:
            del page["/Annots"]


def _annotations(file: pikepdf.Pdf) -> Iterator[pikepdf.Dictionary]:
    return (note for page in file.pages for note in page.get("/Annots", ()))


def _link(file: pikepdf.Pdf) -> pikepdf.Dictionary:
    """The first link to the document of a symbol."""
    for page in file.pages:
        for note in page.get("/Annots", ()):
            if note.get("/Subtype") == "/Link" and re.search(
                r"undocs\.org/.+/", str(note.get("/A", {}).get("/URI", ""))
            ):
                return note
    raise Inapplicable


def _annotate(file: pikepdf.Pdf, kind: str, **entries: Any) -> None:
    page = middle(file)
    box = Array([150, 400, 450, 440])
    note = Dictionary(Type=Name.Annot, Subtype=Name(f"/{kind}"), Rect=box, F=4, **entries)
    page.Annots = Array([*page.get("/Annots", ()), file.make_indirect(note)])


damage("a comment is on a page")(lambda file: _annotate(file, "FreeText", Contents=String("not adopted")))
damage("a stamp is on a page")(lambda file: _annotate(file, "Stamp"))
damage("a blackening is on a page")(lambda file: _annotate(file, "Redact"))
damage("a field is on a page")(lambda file: _annotate(file, "Widget", FT=Name.Tx, T=String("name")))
damage("a film is on a page")(lambda file: _annotate(file, "Movie", Movie=Dictionary(F=String("film.avi"))))
damage("a link to a stranger covers a paragraph")(
    lambda file: _annotate(file, "Link", A=Dictionary(S=Name.URI, URI=String("https://example.org/")))
)

# --- the file ---------------------------------------------------------------------------------------------------------


@damage("a page is missing")
def _(file: pikepdf.Pdf) -> None:
    if len(file.pages) < 2:
        raise Inapplicable
    del file.pages[-1]


@damage("a page is there twice")
def _(file: pikepdf.Pdf) -> None:
    file.pages.append(file.pages[-1])


@damage("the pages are in another order")
def _(file: pikepdf.Pdf) -> None:
    if len(file.pages) < 2:
        raise Inapplicable
    last = file.pages[-1]
    file.pages.insert(0, last)
    del file.pages[-1]


@damage("a page is blank")
def _(file: pikepdf.Pdf) -> None:
    middle(file).Contents = file.make_stream(b"")


@damage("a page is turned")
def _(file: pikepdf.Pdf) -> None:
    middle(file).rotate(90, relative=False)


@damage("a page is cropped")
def _(file: pikepdf.Pdf) -> None:
    left, bottom, right, top = map(float, middle(file).mediabox)
    middle(file).cropbox = Array([left + 100, bottom + 100, right - 100, top - 100])


@damage("a page is larger")
def _(file: pikepdf.Pdf) -> None:
    left, bottom, right, top = map(float, middle(file).mediabox)
    middle(file).mediabox = Array([left, bottom, right + 100, top])


@damage("a page has a user unit")
def _(file: pikepdf.Pdf) -> None:
    middle(file).obj.UserUnit = 2


@damage("a page is smaller in itself")
def _(file: pikepdf.Pdf) -> None:
    redrawn(middle(file), file, lambda operators: operators.insert(0, ([0.7, 0, 0, 0.7, 60, 60], "cm")))


@damage("a page is moved")
def _(file: pikepdf.Pdf) -> None:
    redrawn(middle(file), file, lambda operators: operators.insert(0, ([1, 0, 0, 1, 40, 0], "cm")))


@damage("a page is mirrored")
def _(file: pikepdf.Pdf) -> None:
    width = float(middle(file).mediabox[2])
    redrawn(middle(file), file, lambda operators: operators.insert(0, ([-1, 0, 0, 1, width, 0], "cm")))


@damage("there is no output intent")
def _(file: pikepdf.Pdf) -> None:
    del file.Root["/OutputIntents"]


@damage("the colour profile is damaged")
def _(file: pikepdf.Pdf) -> None:
    file.Root.OutputIntents[0].DestOutputProfile.write(b"no profile")


@damage("the information dictionary has another author")
def _(file: pikepdf.Pdf) -> None:
    file.trailer.Info.Author = String("Somebody Else")


@damage("there is no metadata")
def _(file: pikepdf.Pdf) -> None:
    del file.Root["/Metadata"]


def metadata(words: str, before: bytes, after: bytes) -> None:
    def change(file: pikepdf.Pdf) -> None:
        data = file.Root.Metadata.read_bytes()
        other = re.sub(before, after, data, count=1)
        if other == data:
            raise Inapplicable
        file.Root.Metadata.write(other)

    damage(words)(change)


metadata("the metadata claims no PDF/A", rb"pdfaid:part=", rb"pdfaid:port=")
metadata("the metadata has another title", rb"(?s)(<dc:title>.*?<rdf:li[^>]*>)[^<]+", rb"\1Another title")
metadata("the metadata has another symbol", rb"(<dc:identifier>)[^<]+", rb"\1A/1/1")
metadata("the metadata has another language", rb"(?s)(<dc:language>.*?<rdf:li>)[^<]+", rb"\1xx")
metadata("the metadata is no XML", rb"<x:xmpmeta", rb"<x:xmpmeta <")


@damage("the page labels are others")
def _(file: pikepdf.Pdf) -> None:
    file.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D, St=7)]))


@damage("there are no bookmarks")
def _(file: pikepdf.Pdf) -> None:
    del file.Root["/Outlines"]


@damage("a bookmark has another title")
def _(file: pikepdf.Pdf) -> None:
    file.Root.Outlines.First.Title = String("Another title")


@damage("a bookmark leads nowhere")
def _(file: pikepdf.Pdf) -> None:
    first = file.Root.Outlines.First
    first.Dest = Array([file.make_indirect(Dictionary()), Name.Fit])
    if "/A" in first:
        del first["/A"]


@damage("the named places lead to the last page")
def _(file: pikepdf.Pdf) -> None:
    if len(file.pages) < 2:
        raise Inapplicable
    if not any("/Dest" in note or note.get("/A", {}).get("/S") == "/GoTo" for note in _annotations(file)):
        raise Inapplicable
    names = file.Root.Names.Dests
    while "/Kids" in names:
        names = names.Kids[0]
    for place in range(1, len(names.Names), 2):
        target = names.Names[place]
        target = target.D if isinstance(target, pikepdf.Dictionary) else target
        target[0] = file.pages[-1].obj


@damage("viewers show the name of the file")
def _(file: pikepdf.Pdf) -> None:
    del file.Root.ViewerPreferences["/DisplayDocTitle"]


@damage("viewers hide their controls")
def _(file: pikepdf.Pdf) -> None:
    file.Root.ViewerPreferences.HideToolbar = True
    file.Root.ViewerPreferences.HideMenubar = True


@damage("the file opens as a portfolio")
def _(file: pikepdf.Pdf) -> None:
    file.Root.Collection = Dictionary(Type=Name.Collection, View=Name.H)


@damage("the file has a form of XFA")
def _(file: pikepdf.Pdf) -> None:
    file.Root.AcroForm = Dictionary(Fields=Array(), XFA=file.make_stream(b"<xdp/>"))


# --- pictures ---------------------------------------------------------------------------------------------------------


def pictures(file: pikepdf.Pdf) -> list[pikepdf.Stream]:
    """The pictures of dots of all pages."""
    found = [
        each
        for page in file.pages
        for each in page.resources.get("/XObject", {}).values()
        if each.get("/Subtype") == "/Image" and int(each.Width) > 20
    ]
    if not found:
        raise Inapplicable
    return found


@damage("a picture is replaced by another")
def _(file: pikepdf.Pdf) -> None:
    picture = pictures(file)[-1]
    other = Image.radial_gradient("L").resize((int(picture.Width), int(picture.Height))).convert("RGB")
    picture.write(other.tobytes())
    picture.ColorSpace, picture.BitsPerComponent = Name.DeviceRGB, 8


@damage("a picture is black")
def _(file: pikepdf.Pdf) -> None:
    picture = pictures(file)[0]
    size = int(picture.Width) * int(picture.Height)
    picture.write(bytes(size))
    picture.ColorSpace, picture.BitsPerComponent = Name.DeviceGray, 8
    if "/DecodeParms" in picture:
        del picture["/DecodeParms"]


@damage("a picture is white")
def _(file: pikepdf.Pdf) -> None:
    picture = pictures(file)[0]
    size = int(picture.Width) * int(picture.Height)
    picture.write(b"\xff" * size)
    picture.ColorSpace, picture.BitsPerComponent = Name.DeviceGray, 8
    if "/DecodeParms" in picture:
        del picture["/DecodeParms"]


@damage("a picture is cut off")
def _(file: pikepdf.Pdf) -> None:
    picture = pictures(file)[0]
    data = picture.read_raw_bytes()
    picture.write(data[: len(data) // 8], filter=picture.get("/Filter"), decode_parms=picture.get("/DecodeParms"))


@damage("a picture is interpolated")
def _(file: pikepdf.Pdf) -> None:
    pictures(file)[0].Interpolate = True


@damage("a picture is in the colours of a press")
def _(file: pikepdf.Pdf) -> None:
    picture = pictures(file)[0]
    picture.write(bytes(range(256)) * (int(picture.Width) * int(picture.Height) // 64 + 1))
    picture.ColorSpace, picture.BitsPerComponent = Name.DeviceCMYK, 8
    if "/DecodeParms" in picture:
        del picture["/DecodeParms"]


def _forms(file: pikepdf.Pdf) -> list[pikepdf.Stream]:
    """The drawings of page one: emblem, barcode, QR code; large ones of other pages."""
    found = [
        each
        for page in file.pages
        for each in page.resources.get("/XObject", {}).values()
        if each.get("/Subtype") == "/Form"
    ]
    if not found:
        raise Inapplicable
    return found


@damage("all drawings are empty")
def _(file: pikepdf.Pdf) -> None:
    for form in _forms(file):
        form.write(b"")


# --- what only the tags, the tree or the catalogue say ---------------------------------------------------------------


@damage("a line is moved sideways by eight points")
def _(file: pikepdf.Pdf) -> None:
    def aside(operands: list[Any]) -> None:
        operands[4] = float(operands[4]) + 8 / 0.75

    inside("Tm", aside)(file)


damage("a line is drawn as outlines")(shown_with([([1], "Tr")], [([0], "Tr")]))


@damage("a heading has another level")
def _(file: pikepdf.Pdf) -> None:
    heading = of_kind("H2", "H3", "H4", at=50)(file)
    heading.S = Name.H3 if heading.S == Name.H2 else Name.H2


changed("a figure is a part of the text", of_kind("Figure", at=99), lambda node: node.__setitem__("/S", Name.Span))
changed("a row of a table is none", of_kind("TR", at=50), lambda node: node.__setitem__("/S", Name.Div))
changed(
    "a cell takes two columns",
    of_kind("TD"),
    lambda node: node.__setitem__("/A", Dictionary(O=Name.Table, ColSpan=2)),
)


@damage("a cell no longer spans its columns")
def _(file: pikepdf.Pdf) -> None:
    for cell in elements(file, "TH", "TD"):
        if isinstance(cell.get("/A"), pikepdf.Dictionary) and "/ColSpan" in cell.A:
            del cell.A["/ColSpan"]
            return
    raise Inapplicable


@damage("two pieces of text have each other's parents")
def _(file: pikepdf.Pdf) -> None:
    for parents in file.Root.StructTreeRoot.ParentTree.Nums:
        if isinstance(parents, Array) and len(parents) > 5:
            parents[1], parents[4] = parents[4], parents[1]
            return
    raise Inapplicable


@damage("the parent tree is missing")
def _(file: pikepdf.Pdf) -> None:
    del file.Root.StructTreeRoot["/ParentTree"]


@damage("the parent tree is empty")
def _(file: pikepdf.Pdf) -> None:
    file.Root.StructTreeRoot.ParentTree = Dictionary(Nums=Array())


@damage("a running head is no artifact")
def _(file: pikepdf.Pdf) -> None:
    def change(operators: Operators) -> None:
        for start, (operands, name) in enumerate(operators):
            if name in ("BDC", "BMC") and operands[0] == Name.Artifact:
                end = next(at for at in range(start, len(operators)) if operators[at][1] == "EMC")
                if any(other == "TJ" for _, other in operators[start:end]):
                    del operators[end], operators[start]
                    return
        raise Inapplicable

    redrawn(middle(file), file, change)


@damage("the attached Markdown is said to be a picture")
def _(file: pikepdf.Pdf) -> None:
    attached(file, ".md").EF.F.Subtype = Name("/image/png")


@damage("the attached Markdown has another checksum")
def _(file: pikepdf.Pdf) -> None:
    attached(file, ".md").EF.F.Params.CheckSum = String(b"0123456789abcdef")


@damage("the output intent names a printing condition")
def _(file: pikepdf.Pdf) -> None:
    file.Root.OutputIntents[0].OutputConditionIdentifier = String("FOGRA39")


@damage("a link to a document is not encrypted")
def _(file: pikepdf.Pdf) -> None:
    for note in _annotations(file):
        if "/A" in note and str(note.A.get("/URI", "")).startswith("https://undocs"):
            note.A.URI = String(str(note.A.URI).replace("https", "http", 1))
            return
    raise Inapplicable


# --- what is no damage ------------------------------------------------------------------------------------------------

Resave = Callable[[bytes], bytes]


def saved(**options: Any) -> Resave:
    """Save a file again by qpdf."""

    def save(pdf: bytes) -> bytes:
        with pikepdf.open(io.BytesIO(pdf)) as file:
            written = io.BytesIO()
            file.save(written, **options)
        return written.getvalue()

    return save


HARMLESS: dict[str, Resave] = {
    "saved again": saved(),
    "linearized": saved(linearize=True),
    "compressed again": saved(recompress_flate=True, compress_streams=True),
    "with object streams": saved(object_stream_mode=pikepdf.ObjectStreamMode.generate),
    "without object streams": saved(object_stream_mode=pikepdf.ObjectStreamMode.disable),
    "unpacked": saved(stream_decode_level=pikepdf.StreamDecodeLevel.generalized, compress_streams=False),
    "with contents normalized": saved(normalize_content=True),
}
