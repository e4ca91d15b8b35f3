"""How paragraphs of Word files were fitted to their pages by hand: lines, letters and empty paragraphs set closer.

Editors do this where a word is alone on its line, or a line on its page. The template of the United Nations has lines
12 points apart, letters .2 points apart and 103 per cent wide, and empty paragraphs of 6 points between texts.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from masthead.document import Fit
from masthead.formats.styled.parts import ParaKind
from masthead.formats.word.styles import Styles
from masthead.formats.word.xml import child, integer, qn, value

_CLOSEST = 0.8  # of the distance that the template has: what is closer means something else
_SPACE = 120  # twentieths of a point: an empty paragraph
_LETTER = 0.44  # of the size of type: how wide a letter is
_WORDS = 20  # letters: fewer, such as a number, do not say how a paragraph was fitted
_MOST = 10  # twentieths of a point


def fit_of_paragraph(paragraph: Any, styles: Styles) -> Fit:
    """Return how a paragraph was fitted. One without text is only space: by how much it makes the next one closer."""
    properties = child(paragraph, "w:pPr")
    identifier = value(properties, "w:pStyle")
    runs = list(_runs(paragraph))
    lines = _lines(properties)
    if not runs:
        return Fit(above=_SPACE - lines if _SPACE / 2 <= lines < _SPACE else 0)
    usual = integer(styles.spacing(identifier).get(qn("w:line")))
    is_usual = not (_CLOSEST * usual <= lines < usual) or any(child(look, "w:sz") is not None for look, _ in runs)
    return Fit(0 if is_usual else lines, _letters(runs, styles, identifier))


class Space(NamedTuple):
    """What a paragraph adds to the room between texts, in twentieths of a point: before, with and after its line.

    `before` is None if Word set its beginning on a new page when the file was last saved, `line` if it has no exact
    height or a page or section ends in it.
    """

    before: int | None = None
    line: int | None = None
    after: int = 0

    @property
    def whole(self) -> int | None:
        """All of an empty paragraph."""
        return None if self.before is None or self.line is None else self.before + self.line + self.after


def has_space_paragraphs(body: Any, styles: Styles) -> bool:
    """Return whether a document has low empty paragraphs around its headings, as the template has: at every second."""
    paragraphs = body.findall(qn("w:p"))
    headings = sum(
        styles.style(value(child(each, "w:pPr"), "w:pStyle")).kind is ParaKind.HEADING for each in paragraphs
    )
    return 2 * sum(map(_is_space, paragraphs)) >= max(headings, 1)


def _is_space(paragraph: Any) -> bool:
    return _SPACE / 2 <= _lines(child(paragraph, "w:pPr")) <= _SPACE and next(_runs(paragraph), None) is None


def space_around(paragraph: Any, styles: Styles) -> Space:
    """Return what a paragraph adds to the room between texts."""
    properties = child(paragraph, "w:pPr")
    said = styles.spacing(value(properties, "w:pStyle"))
    spacing = child(properties, "w:spacing")
    said.update({} if spacing is None else {str(key): str(text) for key, text in spacing.attrib.items()})
    before, lines, after = (integer(said.get(qn(f"w:{name}"))) for name in ("before", "line", "after"))
    is_exact = said.get(qn("w:lineRule")) == "exact" and lines > 0
    begins = _begins_page(paragraph)
    ends = begins or child(properties, "w:sectPr") is not None or next(paragraph.iter(qn("w:br")), None) is not None
    return Space(None if begins else before, lines if is_exact and not ends else None, after)


def _begins_page(paragraph: Any) -> bool:
    for each in paragraph.iter():
        if each.tag in (qn("w:lastRenderedPageBreak"), qn("w:pageBreakBefore")):
            return True
        if each.tag == qn("w:t") and (each.text or "").strip():
            break
    return False


def _runs(paragraph: Any) -> Iterator[tuple[Any, int]]:
    """Yield the properties of each run that has text, and the number of its letters."""
    for run in paragraph.iter(qn("w:r")):
        if count := len("".join(run.itertext(qn("w:t"))).strip()):
            yield child(run, "w:rPr"), count


def _lines(properties: Any) -> int:
    """Return the exact distance of the lines of a paragraph, 0 if it does not state it."""
    spacing = child(properties, "w:spacing")
    exact = spacing is not None and spacing.get(qn("w:lineRule")) == "exact"
    return integer(spacing.get(qn("w:line"))) if exact else 0


def _letters(runs: list[tuple[Any, int]], styles: Styles, identifier: str | None) -> int:
    """Return by how much the letters of the closest words of a paragraph are closer than those of its style."""
    style = styles.style(identifier)
    width = (style.size or styles.text_size) * 10 * _LETTER / 100  # of a letter, for one per cent
    closest = 0.0
    for look, count in runs:
        apart, wide = integer(value(look, "w:spacing"), style.apart), integer(value(look, "w:w"), style.wide)
        if count >= min(_WORDS, sum(count for _, count in runs) / 2):
            closest = max(closest, style.apart - apart + width * (style.wide - wide))
    return round(closest) if closest <= _MOST else 0
