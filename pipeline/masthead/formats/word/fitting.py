"""How paragraphs of Word files were fitted to their pages by hand: lines, letters and empty paragraphs set closer.

Editors do this where a word is alone on its line, or a line on its page. The template of the United Nations has lines
12 points apart, letters .2 points apart and 103 per cent wide, and empty paragraphs of 6 points between texts.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from masthead.document import Fit
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
