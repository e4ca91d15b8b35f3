"""Shapes that float beside one another, such as the boxes and lines of an organization chart, drawn as one picture.

Word keeps each shape with its distance from the paragraph that it is anchored in. The paragraphs of a chart are empty,
so their heights tell where they are below one another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from xml.sax.saxutils import escape

from masthead.document import FigureKind
from masthead.formats.plotting.lettering import letters_width
from masthead.formats.styled.parts import EmbeddedPicture
from masthead.formats.word.styles import Styles
from masthead.formats.word.xml import child, integer, is_on, local, qn, value

EMU = 12_700  # English Metric Units in a point
_FEWEST = 3  # boxes with text: fewer are boxes of text
_FRAME = (-80.0, 560.0)  # points from the column: what is outside is in the margin of a turned page
_BOLD = 1.08  # the width of bold letters, as a share of that of others
_SIZE, _LINE = 8.0, 1.16  # of letters, in points, and of lines, as a share of it
_CALL = 0.65  # the size of a superscript, as a share
_USUAL_LINE = 12.0  # points
_LINES = ("line", "straightConnector1", "bentConnector2", "bentConnector3", "bentConnector4", "bentConnector5")
_OWN = ("t", "sym", "drawing", "pict", "object", "footnoteReference", "fldChar")


@dataclass(frozen=True, slots=True)
class Word:
    """A word in a box: bold, raised, and whether a space is before it."""

    text: str
    size: float
    bold: bool = False
    italic: bool = False
    raised: bool = False
    spaced: bool = True

    @property
    def width(self) -> float:
        return letters_width(self.text) * self.size * (_BOLD if self.bold else 1) * (_CALL if self.raised else 1)


@dataclass(frozen=True, slots=True)
class Shape:
    """A box or a line at a place in points; `paragraphs` are its words, `middle` says that they are centred in it.

    A line may be `flipped` along both axes, and then turned by so many degrees. Its `bend` is a share of its width.
    `outline` is the path of a shape that has a form of its own.
    """

    kind: str
    x: float
    y: float
    width: float
    height: float
    stroked: bool = True
    filled: str = ""
    flipped: tuple[bool, bool] = (False, False)
    turn: float = 0.0
    bend: float = 0.5
    outline: str = ""
    paragraphs: tuple[tuple[str, tuple[Word, ...]], ...] = ()
    middle: bool = False

    @property
    def is_line(self) -> bool:
        return not self.outline and (self.kind in _LINES or min(self.width, self.height) < 1)

    @property
    def is_folio(self) -> bool:
        return self.text.isdigit() and not self.stroked

    @property
    def text(self) -> str:
        return " ".join(
            "".join(f"{' ' * word.spaced}{word.text}" for word in words).strip() for _, words in self.paragraphs
        ).strip()


@dataclass(slots=True)
class ShapeGroup:
    """Consecutive paragraphs that hold nothing but shapes: all paragraphs, and the shapes in them."""

    paragraphs: list[Any] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    stray: list[str] = field(default_factory=list)  # signs in these paragraphs, without a letter or a digit

    @property
    def is_chart(self) -> bool:
        return sum(bool(shape.text) for shape in self.shapes) >= _FEWEST

    def picture(self) -> tuple[EmbeddedPicture, str]:
        """Return the drawing of the shapes, and the text of those in the margin, which are left out."""
        kept = [each for each in self.shapes if _FRAME[0] < each.x and each.x + each.width < _FRAME[1]]
        # Without the folios that are typed beside a turned page, and frames that are not seen.
        kept = [each for each in kept if each.is_line or each.filled or (each.text and not each.is_folio)]
        lost = " ".join((*self.stray, *(each.text for each in self.shapes if each not in kept))).strip()
        return picture_of(kept), lost


def picture_of(shapes: Sequence[Shape]) -> EmbeddedPicture:
    """Return a drawing of shapes; its alternative text is theirs."""
    top = min(each.y for each in shapes)
    left, right = min(0.0, *(each.x for each in shapes)), max(each.x + each.width for each in shapes)
    bottom = max(each.y + each.height for each in shapes)
    width, height = right - left + 2, bottom - top + 2
    parts = [part for each in shapes for part in _drawn(each, 1 - left, 1 - top)]
    size = f'width="{width:g}pt" height="{height:g}pt" viewBox="0 0 {width:g} {height:g}"'
    style = 'font-family="Liberation Serif" fill="#000" stroke-width=".75"'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" {size}><g {style}>{"".join(parts)}</g></svg>'
    words = "; ".join(each.text for each in sorted(shapes, key=lambda each: (each.y, each.x)) if each.text)
    return EmbeddedPicture("shapes.svg", svg.encode(), words, round(width), FigureKind.ORGANIZATION)


def shape_groups(body: Any, styles: Styles) -> Iterator[ShapeGroup]:
    """Yield the groups of paragraphs of a body that are charts of shapes."""
    group, y = ShapeGroup(), 0.0
    for element in (*body, None):
        if element is not None and local(element) == "p" and not _has_text(element):
            found = list(_anchored(element, y))
            group.shapes += found
            if group.shapes:
                group.paragraphs.append(element)
                group.stray += [each.text for each in element.iter(qn("w:t")) if not _is_in_shape(each, element)]
                y += _height(element, styles)
            if child(child(element, "w:pPr"), "w:sectPr") is None:
                continue
        if group.is_chart:
            yield group
        group, y = ShapeGroup(), 0.0


def _has_text(paragraph: Any) -> bool:
    """Return whether a paragraph has content besides shapes."""
    for each in paragraph.iter():
        name = local(each)
        if name == "drawing" and not each.xpath(".//*[local-name()='wsp']"):
            return True  # a picture or a chart
        if name == "t" and not any(map(str.isalnum, each.text or "")):
            continue  # a stray sign
        if name in _OWN and name not in ("drawing", "pict") and not _is_in_shape(each, paragraph):
            return True
        if name == "pict" and not _is_in_shape(each, paragraph):
            return True
        if name == "br" and each.get(qn("w:type")) == "page":
            return True
    return False


def _is_in_shape(element: Any, paragraph: Any) -> bool:
    for each in element.iterancestors():
        if each is paragraph:
            return False
        if local(each) in ("drawing", "Fallback"):
            return True
    return False


def _height(paragraph: Any, styles: Styles) -> float:
    """Return the height of an empty paragraph in points, with the space before and after it."""
    properties = child(paragraph, "w:pPr")
    held = styles.spacing(value(properties, "w:pStyle"))
    own = child(properties, "w:spacing")
    if own is not None:
        held = {**held, **{str(key): str(text) for key, text in own.attrib.items()}}
    line = integer(held.get(qn("w:line")))
    exact = held.get(qn("w:lineRule")) in ("exact", "atLeast")
    height = line / 20 if exact and line else _USUAL_LINE * (line / 240 if line else 1)
    return height + (integer(held.get(qn("w:before"))) + integer(held.get(qn("w:after")))) / 20


# --- reading ----------------------------------------------------------------------------------------------------------


def _anchored(paragraph: Any, y: float) -> Iterator[Shape]:
    """Yield the shapes anchored in a paragraph whose upper edge is at `y`."""
    for drawing in paragraph.iter(qn("w:drawing")):
        if any(local(each) == "Fallback" for each in drawing.iterancestors()):
            continue
        for anchor in drawing:
            left, top = (_offset(anchor, f"position{side}") for side in "HV")
            extent = anchor.find("{*}extent")
            size = [points(extent, side) for side in ("cx", "cy")]
            inner = anchor.xpath("./*[local-name()='graphic']/*[local-name()='graphicData']/*")
            for each in inner:
                yield from _shapes(each, left, y + top, *size)


def _shapes(element: Any, x: float, y: float, width: float, height: float) -> Iterator[Shape]:
    """Yield a shape, or those of a group or a canvas, at a place and in a size."""
    if local(element) == "wsp":
        yield _shape(element, x, y, width, height)
        return
    frame = element.xpath("./*[local-name()='grpSpPr']/*[local-name()='xfrm']")
    inner = [frame[0].find(f"{{*}}{name}") for name in ("chOff", "chExt")] if frame else [None, None]
    start = [points(inner[0], side) for side in ("x", "y")]
    extent = [points(inner[1], side) for side in ("cx", "cy")]
    scale = [size / of if of else 1.0 for size, of in zip((width, height), extent, strict=True)]
    for each in element:
        if local(each) not in ("wsp", "grpSp", "wgp"):
            continue
        own = each.xpath("./*[local-name()='spPr' or local-name()='grpSpPr']/*[local-name()='xfrm']")
        if own:
            at = [points(own[0].find("{*}off"), side) for side in ("x", "y")]
            size = [points(own[0].find("{*}ext"), side) for side in ("cx", "cy")]
            place = x + (at[0] - start[0]) * scale[0], y + (at[1] - start[1]) * scale[1]
            yield from _shapes(each, *place, size[0] * scale[0], size[1] * scale[1])


def _shape(element: Any, x: float, y: float, width: float, height: float) -> Shape:
    look = element.find("{*}spPr")
    form = None if look is None else look.find("{*}prstGeom")
    line = None if look is None else look.find("{*}ln")
    fill = None if look is None else look.find("{*}solidFill/{*}srgbClr")
    turned = None if look is None else look.find("{*}xfrm")
    flips = tuple(turned is not None and turned.get(name) in ("1", "true") for name in ("flipH", "flipV"))
    body = element.find("{*}bodyPr")
    return Shape(
        kind="rect" if form is None else str(form.get("prst")),
        x=x,
        y=y,
        width=width,
        height=height,
        stroked=line is None or line.find("{*}noFill") is None,
        filled="" if fill is None or str(fill.get("val")).upper() == "FFFFFF" else f"#{fill.get('val')}",
        flipped=(flips[0], flips[1]),
        turn=0.0 if turned is None else integer_of(turned.get("rot")) / 60_000,
        bend=_bend(form),
        paragraphs=tuple(_paragraphs(element)),
        middle=body is not None and body.get("anchor") == "ctr",
    )


def _bend(form: Any) -> float:
    """Return where a line bends, as a share of its width; the middle if the shape does not say it."""
    guides = [] if form is None else form.xpath(".//*[local-name()='gd'][@name='adj1']/@fmla")
    words = str(guides[0]).split() if guides else []
    return integer_of(words[-1]) / 100_000 if words else 0.5


def _paragraphs(shape: Any) -> Iterator[tuple[str, tuple[Word, ...]]]:
    """Yield the alignment and the words of each paragraph in a shape."""
    for content in shape.iter(qn("w:txbxContent")):
        for paragraph in content.iter(qn("w:p")):
            side = value(child(paragraph, "w:pPr"), "w:jc") or "left"
            yield side, tuple(_words(paragraph))


def _words(paragraph: Any) -> Iterator[Word]:
    joined = False
    for run in paragraph.iter(qn("w:r")):
        look = child(run, "w:rPr")
        text = "".join(
            each.text or "" if local(each) == "t" else " " for each in run if local(each) in ("t", "tab", "br")
        )
        size = integer(value(look, "w:sz"), int(2 * _SIZE)) / 2
        word = Word("", size, *(is_on(child(look, f"w:{each}")) for each in "bi"))
        word = replace(word, raised=value(look, "w:vertAlign") == "superscript")
        for at, part in enumerate(text.split()):
            yield replace(word, text=part, spaced=not joined if at == 0 and not text[:1].isspace() else True)
            joined = True
        joined = joined and not text[-1:].isspace()


def _offset(anchor: Any, name: str) -> float:
    """Return the distance of a shape from its paragraph or column, in points."""
    found = anchor.find(f"{{*}}{name}/{{*}}posOffset")
    return 0.0 if found is None else integer_of(found.text) / EMU


def points(element: Any, name: str) -> float:
    """Return a length of an element in points."""
    return 0.0 if element is None else integer_of(element.get(name)) / EMU


def integer_of(text: str | None) -> int:
    """Return a length in EMU, which may be larger than other integers of a file."""
    try:
        return max(-(10**8), min(int(text or ""), 10**8))
    except ValueError:
        return 0


# --- drawing ----------------------------------------------------------------------------------------------------------


def _drawn(shape: Shape, dx: float, dy: float) -> Iterator[str]:
    x, y = shape.x + dx, shape.y + dy
    if shape.is_line:
        yield _line(shape, x, y)
        return
    radius = f' rx="{min(shape.width, shape.height) / 6:.1f}"' if shape.kind == "roundRect" else ""
    stroke = ' stroke="#000"' if shape.stroked and (shape.text or shape.filled or shape.kind != "rect") else ""
    if shape.outline:
        turn = f" rotate({shape.turn:g} {shape.width / 2:.2f} {shape.height / 2:.2f})" if shape.turn else ""
        moved = f'transform="translate({x:.2f} {y:.2f}){turn}"'
        yield f'<path d="{shape.outline}" {moved} fill="{shape.filled or "none"}" stroke="#000"/>'
    elif shape.kind == "ellipse" and (stroke or shape.filled):
        centre = f'cx="{x + shape.width / 2:.2f}" cy="{y + shape.height / 2:.2f}"'
        radii = f'rx="{shape.width / 2:.2f}" ry="{shape.height / 2:.2f}"'
        yield f'<ellipse {centre} {radii} fill="{shape.filled or "#fff"}"{stroke}/>'
    elif stroke or shape.filled:
        box = f'x="{x:.2f}" y="{y:.2f}" width="{shape.width:.2f}" height="{shape.height:.2f}"'
        yield f'<rect {box}{radius} fill="{shape.filled or "#fff"}"{stroke}/>'
    lines = [(side, line) for side, words in shape.paragraphs for line in _wrapped(words, shape.width - 6)]
    heights = [max((word.size for word in line), default=_SIZE / 2) * _LINE for _, line in lines]
    room = shape.height - sum(heights)
    baseline = y + (room / 2 if shape.middle or room < 8 else 4)
    for (side, line), height in zip(lines, heights, strict=True):
        baseline += height
        place, anchor = x + 4, "start"
        if side in ("center", "both", "distribute"):
            place, anchor = x + shape.width / 2, "middle"
        elif side in ("right", "end"):
            place, anchor = x + shape.width - 4, "end"
        spans = "".join(_span(word, first=at == 0) for at, word in enumerate(line))
        at = f'x="{place:.2f}" y="{baseline - height / 5:.2f}"'
        yield f'<text {at} text-anchor="{anchor}" xml:space="preserve">{spans}</text>'


def _span(word: Word, *, first: bool) -> str:
    weight = ' font-weight="bold"' if word.bold else ""
    style = ' font-style="italic"' if word.italic else ""
    rise, size = (f' dy="{-word.size / 3:.2f}"', word.size * _CALL) if word.raised else ("", word.size)
    after = f'<tspan dy="{word.size / 3:.2f}" font-size="1">\u200b</tspan>' if word.raised else ""
    text = escape(f"{' ' * (word.spaced and not first)}{word.text}")
    return f'<tspan font-size="{size:.2f}"{weight}{style}{rise}>{text}</tspan>{after}'


def _wrapped(words: Sequence[Word], width: float) -> list[list[Word]]:
    """Return words in lines of at most that width; a word without a space before it stays with the one before."""
    lines: list[list[Word]] = [[]]
    used = 0.0
    for word in words:
        gap = word.size * 0.25 if word.spaced and lines[-1] else 0.0
        if lines[-1] and word.spaced and used + gap + word.width > width:
            lines.append([])
            used = gap = 0.0
        lines[-1].append(word)
        used += gap + word.width
    return lines


def _line(shape: Shape, x: float, y: float) -> str:
    """Return a line from corner to corner. Those with bends go along the x axis first, and may be turned as a whole."""
    (x1, x2), (y1, y2) = (x, x + shape.width), (y, y + shape.height)
    x1, x2 = (x2, x1) if shape.flipped[0] else (x1, x2)
    y1, y2 = (y2, y1) if shape.flipped[1] else (y1, y2)
    bend = x2 if shape.kind == "bentConnector2" else x1 + (x2 - x1) * shape.bend
    bends = f"L{bend:.2f} {y1:.2f}L{bend:.2f} {y2:.2f}" if shape.kind.startswith("bent") else ""
    centre = f"{x + shape.width / 2:.2f} {y + shape.height / 2:.2f}"
    turn = f' transform="rotate({shape.turn:g} {centre})"' if shape.turn else ""
    return f'<path d="M{x1:.2f} {y1:.2f}{bends}L{x2:.2f} {y2:.2f}" fill="none" stroke="#000"{turn}/>'
