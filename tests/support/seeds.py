"""Changes seeded into a small Arabic document and published with it: each row of the table in docs/comparing.md.

A seed edits the HTML that typesetting gets, so that everything after it is the pipeline's own work.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

import specimen
from masthead.comparison import Comparison, Layer, State
from masthead.document.terms import Language
from masthead.page.markup import Html, mark_up
from masthead.typesetting import fonts
from masthead.typesetting.typesetter import typeset

Change = Callable[[str], str]
STRUCTURE, TEXT, BREAKS, PICTURE = Layer.STRUCTURE, Layer.TEXT, Layer.BREAKS, Layer.PICTURE


@dataclass(frozen=True, slots=True)
class Seed:
    """A change, the layers that fail for it, and those that see it or what follows from it and let it pass (bytes left
    aside)."""

    name: str
    change: Change
    fails: tuple[Layer, ...]
    passes: tuple[Layer, ...] = ()
    narrowed: bool = False  # set in a font of the same name and metrics that lacks the dots of one letter

    @property
    def row(self) -> str:
        """The row of the table."""
        cells = ("✗" if layer in self.fails else "·" if layer in self.passes else "" for layer in list(Layer)[1:])
        return f"| {self.name} | {' | '.join(cells)} | {'changed' if self.fails else 'passed'} |"


@cache
def base() -> Html:
    """The small document, one of its words with marks."""
    document = specimen.document(Language.ARABIC)
    html = mark_up(replace(document, body=document.body[:10]))
    return Html(html.text.replace("رؤية مشتركة", "رؤيةً مُشتركة", 1), html.base)


def made(seed: Seed) -> bytes:
    """The PDF with the change in it."""
    html = Html(seed.change(base().text), base().base)
    if not seed.narrowed:
        return typeset(html).data
    with TemporaryDirectory() as folder:
        _dotless(Path(folder))
        return typeset(html, fonts=fonts.load(folder=Path(folder))).data


def verdict(comparison: Comparison) -> tuple[tuple[Layer, ...], tuple[Layer, ...], State]:
    """The layers that fail, those that see something and let it pass, and the state: as a seed has them."""
    fails = {each.layer for each in comparison.open}
    passes = {each.layer for each in comparison.differences} - fails - {Layer.BYTES}
    order = list(Layer)
    return tuple(sorted(fails, key=order.index)), tuple(sorted(passes, key=order.index)), comparison.state


def _dotless(folder: Path) -> None:
    """Amiri with a ة that looks like ه, whose advance it keeps."""
    for face in fonts.load().faces:
        if face.family == "Amiri":
            font = TTFont(face.path)
            if face.style == "regular":
                _swap(font)
            font.save(folder / face.path.name)


def _swap(font: TTFont) -> None:
    names = font.getGlyphOrder()
    pairs = [(name, name.replace("TehMarbuta", "Heh").replace("uni0629", "uni0647")) for name in names]
    for name, other in pairs:
        if name != other and other in names:
            advance = font["hmtx"][name][0]
            pen = TTGlyphPen(font.getGlyphSet())
            font.getGlyphSet()[other].draw(pen)
            font["glyf"][name] = pen.glyph()
            font["hmtx"][name] = (advance, font["hmtx"][other][1])


def replaced(old: str, new: str, count: int = 1) -> Change:
    def change(html: str) -> str:
        assert old in html, f"nothing to change: {old}"
        return html.replace(old, new, count)

    return change


def styled(rules: str) -> Change:
    return replaced("</head>", f"<style>{rules}</style></head>")


def _untagged(html: str) -> str:
    return re.sub(r"<h\d class=\"title\"[^>]*>(.*?)</h\d>", r'<p class="title">\1</p>', html, flags=re.DOTALL)


def _lost(html: str) -> str:
    lost = re.findall(r"<p class=\"preambular\">.*?</p>", html, re.DOTALL)[1]
    return html.replace(lost, "")


def _longer(html: str) -> str:
    more = "".join(re.findall(r"<p class=\"operative\".*?</p>", html, re.DOTALL)[2:5])
    more = re.sub(r' id="[^"]*"', "", more)
    return html.replace('<div class="closing', f'{more * 2}<div class="closing', 1)


def _moved(across: float, down: float) -> Change:
    return styled(f"main {{ position: relative; left: {across}mm; top: {down}mm }}")


RAISED = '<span style="position: relative; top: -.3mm">الختامية</span>'
FIRST = "</b> إلى الوثائق الختامية لاجتماعات"
MOVED = (STRUCTURE, PICTURE)  # targets and places of links, and the lines themselves
SEEDS = (
    Seed("nothing", lambda html: html, ()),
    Seed("another generator", replaced("<head>", '<head><meta name="generator" content="x">'), (), (STRUCTURE,)),
    Seed("a space doubled in the source", replaced(FIRST, "</b>  إلى الوثائق الختامية لاجتماعات"), ()),
    # --- letters
    Seed("a letter's two dots: ة for ه", replaced("الختامية", "الختاميه"), (TEXT,), (PICTURE,)),
    Seed("a letter's two dots: ى for ي", replaced("التي", "التى"), (TEXT,), (PICTURE,)),
    Seed("a letter's one dot: ح for ج", replaced("لاجتماعات", "لاحتماعات"), (TEXT,), (PICTURE,)),
    Seed("a letter's dot in a note", replaced("انظر", "انطر"), (TEXT,), (PICTURE,)),
    Seed("one mark dropped", replaced("مُشتركة", "مشتركة"), (TEXT,), (PICTURE,)),
    Seed("one mark for another: ضمة, فتحة", replaced("مُشتركة", "مَشتركة"), (TEXT,), (PICTURE,)),
    Seed("one digit", replaced("١٩ (ج)", "١٨ (ج)"), (TEXT,), (PICTURE,)),
    Seed("a comma dropped", replaced("الاجتماعي،</p>", "الاجتماعي</p>"), (TEXT,), (PICTURE,)),
    Seed("a bracket unmirrored", replaced("(أ) ", '<bdo dir="ltr">(</bdo>أ) '), (PICTURE,), (STRUCTURE,)),
    Seed("the dots of one letter lost in the font", lambda html: html, (PICTURE,), narrowed=True),
    # --- words
    Seed("a word removed", replaced(FIRST, "</b> إلى الوثائق لاجتماعات"), (TEXT,), (STRUCTURE, PICTURE)),
    Seed("a word added", replaced(FIRST, "</b> إلى كل الوثائق الختامية لاجتماعات"), (TEXT,), (PICTURE,)),
    Seed("two words exchanged", replaced(FIRST, "</b> إلى الختامية الوثائق لاجتماعات"), (TEXT,), (PICTURE,)),
    Seed("a no-break space doubled", replaced(FIRST, "</b> إلى\u00a0\u00a0الوثائق الختامية لاجتماعات"), (PICTURE,)),
    Seed("a paragraph lost", _lost, (TEXT,), (STRUCTURE, BREAKS, PICTURE)),
    # --- breaks
    Seed("a line broken elsewhere", styled(".formula + .preambular { word-spacing: .4pt }"), (BREAKS,), MOVED),
    Seed("a page ended earlier", styled(".operative { widows: 5; orphans: 5 }"), (BREAKS,), MOVED),
    Seed("a note moved to the next page", styled(".formula + .preambular { break-before: page }"), (BREAKS,), MOVED),
    Seed("a page added", _longer, (TEXT, BREAKS), (STRUCTURE, PICTURE)),  # page 2 is no longer before the last one
    # --- what the eye sees
    Seed("a rule 0.02 pt thicker", styled(".masthead::before { border-top-width: .52pt }"), (), (PICTURE,)),
    Seed("a rule 0.1 pt thicker", styled(".masthead::before { border-top-width: .6pt }"), (PICTURE,)),
    Seed("a colour one level off", styled("body { color: #010101 }"), (), (PICTURE,)),
    Seed("black made dark grey", styled("body { color: #222 }"), (PICTURE,)),
    Seed("a link's colour", styled("a { color: #00a }"), (PICTURE,)),
    Seed("a pale tint behind a paragraph", styled(".basis { background: #f4f4f4 }"), (PICTURE,)),
    Seed("moved down 0.02 mm", _moved(0, 0.02), (), (PICTURE,)),
    Seed("moved down 0.1 mm", _moved(0, 0.1), (), (PICTURE,)),
    Seed("moved down 0.3 mm", _moved(0, 0.3), (PICTURE,), (STRUCTURE,)),
    Seed("moved across 0.02 mm", _moved(0.02, 0), (), (PICTURE,)),
    Seed("moved across 0.1 mm", _moved(0.1, 0), (), (PICTURE,)),
    Seed("moved across 0.3 mm", _moved(0.3, 0), (PICTURE,), (STRUCTURE,)),
    Seed("one word raised 0.3 mm", replaced("الختامية", RAISED), (PICTURE,), (STRUCTURE,)),
    Seed("half a point larger", styled(".formula { font-size: 13pt }"), (PICTURE,)),
    Seed("another emblem", styled(".emblem { transform: rotate(3deg) }"), (PICTURE,)),
    Seed("another paper", styled("@page { size: 612pt 800pt }"), (STRUCTURE,), (PICTURE,)),
    # --- what the ear hears, and programs read
    Seed("a heading's tag lost", _untagged, (STRUCTURE,)),
    Seed("a language wrong", replaced('<div lang="en" dir="ltr">', '<div lang="fr" dir="ltr">'), (STRUCTURE, PICTURE)),
    Seed("a picture's alternative changed", replaced('alt="شعار"', 'alt="صورة"'), (TEXT,)),
    Seed("a bookmark lost", styled(".title { bookmark-level: none }"), (STRUCTURE,)),
    Seed("a link changed", replaced("https://undocs.org/E/2031/30", "https://undocs.org/E/2031/31"), (STRUCTURE,)),
    Seed("a link lost", replaced('href="https://undocs.org/E/2031/30" ', ""), (STRUCTURE,)),
    Seed("the title in the metadata", replaced("<title>إنارة", "<title>انارة"), (STRUCTURE,)),
)  # fmt: skip
