"""Rules about the text being there: all of it, once, in order."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher

from masthead.document import Severity
from masthead.page import printed_texts
from masthead.pdf import Evidence, places
from masthead.preflight.rules import Fault, Rule

NOT_SEEN = re.compile("[\u200e\u200f\u200d\u200b\u2060\u061c]")


def text(evidence: Evidence) -> Iterator[Fault]:
    """The structure of the file says every text of the document once, in order, word for word.

    What it should say is the document that the file was made from, or the source attached to it. Pages without
    structure have no order of reading: of them it is asked only that they hold every letter and digit of the text, as
    often as it has them, not counting running heads and feet.
    """
    if evidence.document is None:
        return
    if "/StructTreeRoot" not in evidence.root:
        yield from _letters(evidence, " ".join(part.text for part in printed_texts(evidence.document)))
        return
    expected = [_spaced(part.text) for part in printed_texts(evidence.document)]
    there = [(_spaced(element.text), element.page) for element in evidence.tree if element.text]
    if expected == [words for words, _ in there]:
        return
    matcher = SequenceMatcher(None, expected, [words for words, _ in there], autojunk=False)
    for kind, first, last, start, end in matcher.get_opcodes():
        if kind == "equal":
            continue
        page = there[min(start, len(there) - 1)][1] if there else None
        for words, found in _pairs(expected[first:last], there[start:end]):
            if words is None:
                yield Fault(f"text that is not the document's: {_short(found)}", page=page)
            elif found is None:
                yield Fault(f"text is missing: {_short(words)}", page=page)
            else:
                yield Fault(f"text differs: {_difference(words, found)}", page=page, where=_short(words))


def _letters(evidence: Evidence, text: str) -> Iterator[Fault]:
    lines = [line for page in evidence.pages for line in (page.lines if page.number == 1 else places.body(page))]
    spans = [span for line in lines for span in (*line.spans, *line.raised)]
    drawn = Counter(_counted("".join(cell.text for span in spans for cell in span.cells)))
    expected = Counter(_counted(text))
    if lacking := (expected - drawn).total():
        what = f"the pages lack {lacking} of the {expected.total()} letters and digits of the text"
        yield Fault(what, hint="publish the archive variant, whose structure tells which text it is")


def _counted(text: str) -> Iterator[str]:
    """Letters and digits without their marks: what extractors agree about."""
    return (char for char in unicodedata.normalize("NFKD", text) if char.isalnum())


def text_layer(evidence: Evidence) -> Iterator[Fault]:
    """Pages hold text, not only pictures of text: a scan can neither be searched nor heard."""
    if not any(page.lines for page in evidence.pages):
        yield Fault("the pages hold no text", hint="recognize the text first, or publish from the source")


def _spaced(words: str) -> str:
    return " ".join(NOT_SEEN.sub("", words).split())


def _pairs(expected: list[str], there: list[tuple[str, int | None]]) -> Iterator[tuple[str | None, str | None]]:
    for place in range(max(len(expected), len(there))):
        yield (
            expected[place] if place < len(expected) else None,
            there[place][0] if place < len(there) else None,
        )


def _difference(expected: str, found: str) -> str:
    """Where two texts part, with some words before and after."""
    at = next((place for place, (a, b) in enumerate(zip(expected, found, strict=False)) if a != b), len(expected))
    start = max(at - 15, 0)
    return f"“{expected[start : at + 25]}” is “{found[start : at + 25]}”"


def _short(words: str | None) -> str:
    return f"“{words[:50]}…”" if words and len(words) > 51 else f"“{words}”"


RULES = (
    Rule("completeness.text-layer", Severity.ERROR, text_layer),
    Rule("completeness.text", Severity.ERROR, text),
)
