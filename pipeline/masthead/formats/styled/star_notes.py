"""Notes with asterisks that are typed as paragraphs, as at the foot of page one: `*`, a tab, and the text."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from masthead.document import NoteCall
from masthead.formats.styled.parts import Para, StyledPart, paragraphs
from masthead.formats.styled.spans import SPACE, TAB, Span, cut_mark

_NOTE = re.compile(rf"(\*{{1,4}}) *{TAB}[{SPACE}]*(?=\S)")
_CALL = re.compile(r"(?<=[^\s*])(\*{1,4})(?!\*)")


def take_star_notes(parts: list[StyledPart]) -> list[tuple[Para, NoteCall, Sequence[Span]]]:
    """Take the typed notes out of `parts`, and return each with its paragraph, its call and its text.

    Asterisks after a word become the calls of these notes.
    """
    notes: dict[int, tuple[Para, NoteCall, Sequence[Span]]] = {}
    for part in list(parts):
        found = _NOTE.match(part.text) if isinstance(part, Para) else None
        if found and isinstance(part, Para) and len(found[1]) not in notes:
            call = NoteCall(len(found[1]), asterisk=True)
            notes[call.number] = part, call, cut_mark(part.spans, found.end())
            parts.remove(part)
    if notes:
        for para in paragraphs(parts):
            para.spans[:] = [each for span in para.spans for each in _called(span, notes.__contains__)]
    return [notes[number] for number in sorted(notes)]


def _called(span: Span, exists: Callable[[int], bool]) -> list[Span]:
    """Return the pieces of a span, with calls in place of the asterisks of notes that exist."""
    pieces = _CALL.split(span.text)
    if span.inline is not None or len(pieces) == 1:
        return [span]
    result = [replace(span, text=pieces[0])]
    for stars, after in zip(pieces[1::2], pieces[2::2], strict=True):
        if exists(len(stars)):
            result.append(replace(span, text="", inline=NoteCall(len(stars), asterisk=True), raised=False))
        else:
            result.append(replace(span, text=stars))
        result.append(replace(span, text=after))
    return [each for each in result if each.text or each.inline]
