"""The glyphs of a tagged PDF with their places, each with what its font says it can stand for.

ToUnicode is not used, since it is what rules check: a character code leads through `CIDToGIDMap` to a glyph, a
composite glyph to its components, and these, by their numbers in the bundled font file, through the tables of that file
to characters. The structure tree says which glyphs make one paragraph, and what its text is.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from typing import NamedTuple

import pikepdf

from masthead.document import symbols
from masthead.pdf.content.runs import TextRun, read_page_texts
from masthead.pdf.content.structure import REVISIONS, MarkedContent, StructureElement, read_structure
from masthead.pdf.glyphs.known_fonts import KnownFont, KnownFonts
from masthead.pdf.glyphs.meanings import Meaning
from masthead.typesetting import Face

_HEADINGS = frozenset(("H", *(f"H{degree}" for degree in range(1, 7))))
_BLOCKS = _HEADINGS | {"P", "Note", "Lbl", "LBody", "TD", "TH", "Caption"}
_CALLED = "Reference"
_CALL = re.compile(r"\(\d+\)")
_NUMBER = re.compile(r"\d+/\d+")


class PlacedGlyph(NamedTuple):
    """A glyph on a page, counted from 1. Lengths are in points from the top left corner; its advance begins at `x`.

    `advance` is that of the font, `end` where the line continues after kerning.
    """

    page: int
    x: float
    baseline: float
    advance: float
    end: float
    size: float
    meaning: Meaning

    @property
    def middle(self) -> float:
        return self.x + self.advance / 2


_new_glyph = partial(tuple.__new__, PlacedGlyph)  # without the checks of its arguments


class ShownRun(NamedTuple):
    """A run on a page, counted from 1, with what its codes draw. `top` is the upper edge of the page."""

    run: TextRun
    font: KnownFont
    page: int
    top: float


_NOT_ARABIC = re.compile("[^\u0600-\u06ff]+")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, note or label: its text by the structure tree, in logical order, and the glyphs drawn.

    `text` is completed by the controls that say how the United Nations set it: a note call is an isolate, and so is in
    Arabic the text that one of two versions has; the slash of a resolution number, in a link or before a title in
    Arabic, is between U+200F. `language` is that of its content,
    if all of it is in one language, as a citation or the job line of an Arabic document is; else its own.
    """

    kind: str
    language: str
    text: str
    shown: tuple[ShownRun, ...]

    @property
    def rows(self) -> tuple[tuple[PlacedGlyph, ...], ...]:
        """Its glyphs by rows of one baseline."""
        return tuple(chain.from_iterable(map(_rows, self.shown)))

    @property
    def glyphs(self) -> tuple[PlacedGlyph, ...]:
        return tuple(chain.from_iterable(self.rows))


@dataclass(slots=True)
class _Draft:
    """A block while its text and content are being gathered."""

    kind: str
    language: str
    text: str = ""
    content: list[MarkedContent] = field(default_factory=list)
    languages: set[str] = field(default_factory=set)  # of the content

    def finished(self, drawn: Mapping[MarkedContent, Iterable[ShownRun]]) -> Block:
        language, *others = self.languages - {""} or {self.language}
        shown = tuple(chain.from_iterable([drawn[place] for place in self.content]))
        return Block(self.kind, self.language if others else language, _as_shaped(self.text), shown)


def read_blocks(pdf: bytes, faces: Sequence[Face]) -> tuple[Block, ...]:
    """Return the blocks of a tagged PDF in reading order, without those set in other fonts than `faces`."""
    file = pikepdf.open(io.BytesIO(pdf))
    runs = [text.runs for text in read_page_texts(file)]
    return drawn_blocks(file, runs, read_structure(file), KnownFonts(file, faces))


def drawn_blocks(
    file: pikepdf.Pdf, runs: Sequence[Sequence[TextRun]], root: StructureElement | None, known_fonts: KnownFonts
) -> tuple[Block, ...]:
    """Return the blocks of a file in known fonts; `runs` are those of its pages, `root` is its structure tree."""
    drawn: dict[MarkedContent, list[ShownRun]] = defaultdict(list)
    foreign: set[MarkedContent] = set()
    for number, (page, on_page) in enumerate(zip(file.pages, runs, strict=True), 1):
        top = float(page.mediabox[3])
        for run in on_page:
            if run.content is not None:
                font, place = known_fonts.of(run.font), MarkedContent(number, run.content)
                if font is None:
                    foreign.add(place)
                else:
                    drawn[place].append(ShownRun(run, font, number, top))
    drafts: list[_Draft] = []
    if root is not None:
        _walk(root, _Draft("", root.language), drafts, root.language)
    known = (draft for draft in drafts if draft.content and foreign.isdisjoint(draft.content))
    return tuple(draft.finished(drawn) for draft in known)


def _as_shaped(text: str) -> str:
    """Return the text as shaping draws it: letters composed with their accents.

    Arabic letters keep their marks apart, in the order in which they are typed.
    """
    if unicodedata.is_normalized("NFC", text):
        return text
    return _NOT_ARABIC.sub(lambda found: unicodedata.normalize("NFC", found[0]), text)


def _rows(shown: ShownRun) -> Iterator[tuple[PlacedGlyph, ...]]:
    """Yield the glyphs of a run as one row; one by one where the line of text is rotated."""
    run, font, page, top = shown
    a, b, c, d, e, f = run.matrix
    size = run.size * abs(a)
    parts = font.parts(run.size, run.spacing, a)
    row = []
    x, baseline = e + c * run.rise, top - f - d * run.rise
    kerning = iter((*run.kerning, (-1, 0.0)))
    place, back = next(kerning)
    for number, code in enumerate(run.codes):
        while number == place:
            x -= a * back / 1000 * run.size
            baseline += b * back / 1000 * run.size
            place, back = next(kerning)
        wide, drawn = parts[code]
        for inside, advance, end, meaning in drawn:
            row.append(_new_glyph((page, x + inside, baseline, advance, x + end, size, meaning)))
        x += a * wide
        baseline -= b * wide
    if b:
        yield from ((glyph,) for glyph in row)
    elif row:
        yield tuple(row)


def _walk(element: StructureElement, draft: _Draft, drafts: list[_Draft], language: str) -> None:
    """Gather content and text below an element. A block begins a new draft, which its text belongs to alone."""
    language = "" if element.kind == _CALLED else element.language or language  # a call belongs to no language
    if element.kind in _BLOCKS:
        draft = _Draft(element.kind, language)
        drafts.append(draft)
    start = len(draft.text)
    for kid in element.kids:
        if isinstance(kid, StructureElement):
            _walk(kid, draft, drafts, language)
        else:
            draft.content.append(kid)
            draft.languages.add(language)
    text = draft.text[start:] if element.text is None else element.text
    draft.text = draft.text[:start] + _controlled(element, text, draft.language)


def _controlled(element: StructureElement, text: str, language: str) -> str:
    """Return a text with the controls of what the United Nations set otherwise than plain text."""
    kind = element.kind
    if kind == _CALLED or (kind == "Link" and _CALL.fullmatch(text)):
        return f"\u2068{text}\u2069"
    if element.own in REVISIONS and language.startswith("ar"):  # an old number and the new one are not one
        return f"\u2067{text}\u2069"
    if symbols.is_right_to_left(text):
        return symbols.ordered(text)
    number = _NUMBER.match(text) if language.startswith("ar") else None
    if number and (kind in _HEADINGS or (kind == "Link" and number.end() == len(text))):
        return number[0].replace("/", "\u200f/\u200f") + text[number.end() :]
    return text
