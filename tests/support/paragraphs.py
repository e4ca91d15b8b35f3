"""Random mixed paragraphs, drawn at random widths and judged line by line."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from html import escape
from pathlib import Path

import unrepaired
from masthead.document.terms import ARABIC_INDIC, Direction
from masthead.page.bidi import Atom, Element, Node, isolate
from masthead.page.markup import Html
from masthead.pdf.glyphs.blocks import Block, PlacedGlyph, read_blocks
from masthead.preflight import script
from masthead.preflight.lettering import glance, matching
from masthead.typesetting import fonts
from masthead.typesetting.typesetter import typeset
from paths import ROOT

EXAMPLE = ROOT / "examples" / "E_RES_2017_18.ar.txt"
ARABIC = [word for word in re.findall("[\u0621-\u0652]+", EXAMPLE.read_text("utf-8")) if len(word) > 1]
LATIN = re.findall(r"\S+", "United Nations Treaty Series vol. No. General Assembly Records Security Council the of see")
MARGIN = 25.0
TOLERANCE = 0.1


@dataclass(frozen=True, slots=True)
class Paragraph:
    nodes: tuple[Node, ...]
    base: Direction
    width: int


@dataclass(frozen=True, slots=True)
class Tally:
    """What was found in so many lines: of the wrong order, letters drawn in a wrong form, overhanging by 0.1 pt."""

    lines: int = 0
    order: int = 0
    letters: int = 0
    joins: int = 0
    overhanging: int = 0
    examples: tuple[str, ...] = field(default=(), repr=False)

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.lines + other.lines,
            self.order + other.order,
            self.letters + other.letters,
            self.joins + other.joins,
            self.overhanging + other.overhanging,
            self.examples + other.examples,
        )


def several(count: int, seed: int) -> list[Paragraph]:
    """So many paragraphs, two thirds of them right to left; the same for the same seed."""
    chance = random.Random(seed)
    result = []
    for _ in range(count):
        base = chance.choice((Direction.RTL, Direction.RTL, Direction.LTR))
        result.append(Paragraph(_mark(_text(chance, base), 2, chance), base, chance.randint(150, 430)))
    return result


def _text(chance: random.Random, base: Direction) -> str:
    def arabic(count: int) -> str:
        return " ".join(chance.choice(ARABIC) for _ in range(count))

    def latin(count: int) -> str:
        return " ".join(chance.choice(LATIN) + chance.choice(("", "", "", ",")) for _ in range(count))

    def number() -> str:
        return str(chance.randint(1, 4000))

    own, other = (arabic, latin) if base is Direction.RTL else (latin, arabic)
    kinds = (
        lambda: other(chance.randint(1, 9)),
        lambda: f"{other(3)} {number()}",
        lambda: f"({other(2)}, {number()})",
        lambda: number().translate(ARABIC_INDIC),
        lambda: f"{number().translate(ARABIC_INDIC)}\u200f/\u200f٦٤",
        lambda: "٦٤/٢٩٣",
        lambda: f"A/RES/{number()}/L.{number()}",
        lambda: "50%",
        lambda: "١٢ ١٣ - ١٥",
        lambda: f"(E/2017/{number()})",
        lambda: f"«{own(2)}»",
        lambda: f"[{own(1)} {other(2)} ({own(2)}) {other(1)}]",
        lambda: f"{number()}-{number()}",
        lambda: f"«{other(4)}»،",
        lambda: f"\u2067{arabic(2)} {latin(2)}\u2069",
        lambda: f"{other(1)} {own(1)} {other(2)}",
    )
    return " ".join(f"{own(chance.randint(1, 7))} {chance.choice(kinds)()}" for _ in range(chance.randint(5, 12)))


def _mark(text: str, depth: int, chance: random.Random) -> tuple[Node, ...]:
    """Put markup around random stretches, within words too, two deep, and notes' calls behind some."""
    if not depth or len(text) < 3:
        return (text,)
    result: list[Node] = []
    place = 0
    while place < len(text) and chance.random() < 0.8:
        start = chance.randint(place, min(len(text), place + 60))
        end = chance.randint(start, min(len(text), start + 40))
        if chance.random() < 0.6:  # whole words
            start = max(place, text.rfind(" ", 0, start) + 1)
            end = text.find(" ", end) if text.find(" ", end) >= 0 else len(text)
        if end <= start:
            continue
        tag = chance.choice(("b", "i", "a" if depth == 2 else "b", "span"))
        attributes = (("href", "https://undocs.org/"),) if tag == "a" else ()
        whole = (text[start - 1 : start], text[end : end + 1]) == (" ", " ")
        if tag == "span" and whole and chance.random() < 0.5:  # CSS Text 3, 7.3: no shaping over an isolate's edge
            attributes = (("dir", chance.choice(("ltr", "rtl"))),)
        result += [text[place:start], Element(tag, attributes, _mark(text[start:end], depth - 1, chance))]
        if chance.random() < 0.2:
            result.append(Atom("<u>*</u>"))
        place = end
    return (*result, text[place:])


def logical(nodes: Sequence[Node]) -> str:
    """The text with what `dir` and notes mean to UAX #9, as HTML has it, white space collapsed."""
    result = ""
    for node in nodes:
        match node:
            case str():
                result += node
            case Atom():
                result += "\u2068*\u2069"
            case Element():
                direction = dict(node.attributes).get("dir", "")
                start = {"": "", "ltr": "\u2066", "rtl": "\u2067"}[direction]
                result += start + logical(node.children) + ("\u2069" if start else "")
    return result


def plain(nodes: Sequence[Node]) -> str:
    """The nodes as HTML, just as they are."""
    result = ""
    for node in nodes:
        match node:
            case str():
                result += escape(node, quote=False)
            case Atom():
                result += node.html
            case Element():
                attributes = "".join(f' {name}="{value}"' for name, value in node.attributes)
                result += f"<{node.tag}{attributes}>{plain(node.children)}</{node.tag}>"
    return result


def tally(cases: Sequence[Paragraph], *, stock: bool = False) -> Tally:
    """Set the paragraphs, justified, and judge each line. `stock`: WeasyPrint as it comes."""
    style = (
        f"@page{{size:500pt 700pt;margin:{MARGIN}pt}}body{{margin:0}}u,a{{text-decoration:none;color:inherit}}"
        "p{margin:0;font:10pt/20pt Amiri;text-align:justify;break-inside:avoid}"
    )
    body = "".join(
        f'<p dir={case.base} lang={"ar" if case.base is Direction.RTL else "en"} style="width:{case.width}pt">'
        f"{plain(case.nodes) if stock else isolate(case.nodes, case.base)[0]}</p>"
        for case in cases
    )
    page = f"<!DOCTYPE html><html lang=en><meta charset=utf-8><title>-</title><style>{style}</style><body>{body}"
    pdf = (unrepaired.typeset if stock else typeset)(Html(page, Path.cwd()))
    blocks = [block for block in read_blocks(pdf.data, fonts.load().faces) if block.kind == "P"]
    assert len(blocks) == len(cases)
    result = Tally()
    for case, block in zip(cases, blocks, strict=True):
        result += _judge(case, block)
    return result


def _judge(case: Paragraph, block: Block) -> Tally:
    # Persian is judged by UAX #9 alone, like the pre-pass here: only Arabic text has its numbers as units.
    language = "fa" if case.base is Direction.RTL else "en"
    judged = replace(block, kind="/P", language=language, text=logical(case.nodes))
    lines = matching.read_lines([judged])
    order, joins = tuple(script.check_order(lines)), tuple(script.check_joining(lines))
    assert not ((order or joins) and glance.is_right(judged)), case
    over = [line for line in lines if _overhang(line.glyphs, case.width) > TOLERANCE]
    examples = [f"{finding.message} {finding.where}" for finding in (*order, *joins)]
    examples += [f"overhangs by {_overhang(line.glyphs, case.width):.2f} pt: {line.block.text}" for line in over]
    return Tally(
        lines=len(lines),
        order=len({finding.box for finding in order}),
        letters=sum(len(line.matches) for line in lines),
        joins=len(joins),
        overhanging=len(over),
        examples=tuple(examples),
    )


def _overhang(drawn: Sequence[PlacedGlyph], width: float) -> float:
    """How far the letters of a line stand out of their column."""
    spaces = {
        glyph for glyph in drawn if any(char.isspace() for reading in glyph.meaning.readings for char, _ in reading)
    }
    seen = [glyph for glyph in drawn if glyph.advance > 0.01 and glyph not in spaces]
    return max(
        max((MARGIN - glyph.x for glyph in seen), default=0),
        max((glyph.end - MARGIN - width for glyph in seen), default=0),
    )
