"""Diagrams of Word files (SmartArt), drawn again from the shapes that Word keeps of them, and the texts in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from masthead.formats.styled.parts import EmbeddedPicture
from masthead.formats.word.shapes import EMU, Shape, Word, integer_of, picture_of, points
from masthead.formats.word.xml import local

_SIDES = {"ctr": "center", "r": "right", "just": "both", "dist": "both"}
_SIZE = 1800  # hundredths of a point
_FILL = "#d9d9d9"  # of a shape without text, such as an arrow
# The outlines of shapes in a square of a hundred.
_OUTLINES = {
    "rightArrow": "0 25 60 25 60 0 100 50 60 100 60 75 0 75",
    "leftArrow": "100 25 40 25 40 0 0 50 40 100 40 75 100 75",
    "downArrow": "25 0 75 0 75 60 100 60 50 100 0 60 25 60",
    "upArrow": "25 100 75 100 75 40 100 40 50 0 0 40 25 40",
    "leftRightArrow": "0 50 25 0 25 25 75 25 75 0 100 50 75 100 75 75 25 75 25 100",
    "chevron": "0 0 75 0 100 50 75 100 0 100 25 50",
    "homePlate": "0 0 75 0 100 50 75 100 0 100",
    "triangle": "50 0 100 100 0 100",
    "diamond": "50 0 100 50 50 100 0 50",
    "hexagon": "25 0 75 0 100 50 75 100 25 100 0 50",
    "trapezoid": "25 0 75 0 100 100 0 100",
}


def diagram_texts(root: Any) -> list[str]:
    """Return the texts of a diagram in the order of the file, from the part with its data."""
    found = ("".join(text.text or "" for text in point.iterfind("{*}t//{*}t")) for point in root.iter("{*}pt"))
    return [" ".join(text.split()) for text in found if text.strip()]


def draw_diagram(root: Any, parts: Mapping[str, Any]) -> EmbeddedPicture | None:
    """Return the drawing that Word keeps of a diagram with that data, None if it is not among the `parts`.

    Boxes are white, whatever their colours are, since the letters of the page are black.
    """
    kept = next((parts[key] for key in root.xpath("//*[local-name()='dataModelExt']/@relId") if key in parts), None)
    shapes = [] if kept is None else [shape for each in kept.iter("{*}sp") for shape in _shapes(each)]
    return picture_of(shapes) if any(shape.text for shape in shapes) else None


def _shapes(element: Any) -> Iterator[Shape]:
    """Yield a shape, and its text where that has a place of its own."""
    look, body = element.find("{*}spPr"), element.find("{*}txBody")
    frame = None if look is None else look.find("{*}xfrm")
    if look is None or frame is None:
        return
    form, own = look.find("{*}prstGeom"), look.find("{*}custGeom")
    kind = "rect" if form is None else str(form.get("prst"))
    written = tuple(_paragraphs(body)) if body is not None else ()
    shape = replace(_placed(frame), kind=kind, stroked=_is_drawn(element, look), turn=_turn(frame))
    outline = _own_outline(own, shape) if own is not None else _outline(kind, shape)
    has_text = any(words for _, words in written)
    area = own is None or own.find(".//{*}close") is not None
    shape = replace(shape, outline=outline, filled="" if not area else "#ffffff" if has_text else _FILL)
    if shape.stroked or shape.is_line:
        yield shape
    properties = None if body is None else body.find("{*}bodyPr")
    if has_text:
        room = element.find("{*}txXfrm")
        middle = properties is not None and properties.get("anchor") == "ctr"
        yield replace(_placed(frame if room is None else room), stroked=False, paragraphs=written, middle=middle)


def _placed(frame: Any) -> Shape:
    place, extent = frame.find("{*}off"), frame.find("{*}ext")
    return Shape("rect", points(place, "x"), points(place, "y"), points(extent, "cx"), points(extent, "cy"))


def _turn(frame: Any) -> float:
    return integer_of(frame.get("rot")) / 60_000


def _is_drawn(element: Any, look: Any) -> bool:
    """Return whether a shape has a line or an area: its own, or that of its style."""
    for name, style in (("ln", "lnRef"), ("", "fillRef")):
        own = look.find(f"{{*}}{name}") if name else look
        none, some = (own.find(f"{{*}}{fill}") if own is not None else None for fill in ("noFill", "solidFill"))
        styled = element.find(f"{{*}}style/{{*}}{style}")
        if some is not None or (none is None and styled is not None and styled.get("idx") != "0"):
            return True
    return False


def _outline(kind: str, shape: Shape) -> str:
    """Return the path of a kind of shape in its size, empty if it is a rectangle, an ellipse or a line."""
    numbers = [float(each) / 100 for each in _OUTLINES.get(kind, "").split()]
    pairs = zip(numbers[::2], numbers[1::2], strict=True)
    path = "L".join(f"{x * shape.width:.2f} {y * shape.height:.2f}" for x, y in pairs)
    return f"M{path}Z" if path else ""


def _own_outline(form: Any, shape: Shape) -> str:
    """Return the path of a shape with a form of its own. Arcs are straight."""
    steps = []
    for path in form.iter("{*}path"):
        across, down = (integer_of(path.get(side)) for side in ("w", "h"))
        scale = shape.width / across if across else 1 / EMU, shape.height / down if down else 1 / EMU
        for step in path:
            letter = {"moveTo": "M", "lnTo": "L", "cubicBezTo": "C", "quadBezTo": "Q", "close": "Z"}.get(local(step))
            places = (tuple(integer_of(point.get(axis)) for axis in "xy") for point in step.iter("{*}pt"))
            steps.append((letter or "") + " ".join(f"{x * scale[0]:.2f} {y * scale[1]:.2f}" for x, y in places))
    return "".join(steps)


def _paragraphs(body: Any) -> Iterator[tuple[str, tuple[Word, ...]]]:
    """Yield the alignment and the words of each paragraph of a shape."""
    for paragraph in body.iterfind("{*}p"):
        properties = paragraph.find("{*}pPr")
        side = "" if properties is None else str(properties.get("algn"))
        yield _SIDES.get(side, "left"), tuple(_words(paragraph))


def _words(paragraph: Any) -> Iterator[Word]:
    joined = False
    for run in paragraph.iterfind("{*}r"):
        look, held = run.find("{*}rPr"), run.find("{*}t")
        stated = {} if look is None else look.attrib
        size = (integer_of(stated.get("sz")) or _SIZE) / 100
        raised = integer_of(stated.get("baseline")) > 0
        bold, italic = (stated.get(name) in ("1", "true") for name in "bi")
        text = "" if held is None else held.text or ""
        for at, part in enumerate(text.split()):
            yield Word(
                part, size, bold, italic, raised, spaced=not joined if at == 0 and not text[:1].isspace() else True
            )
            joined = True
        joined = joined and not text[-1:].isspace()
