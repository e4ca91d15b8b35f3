"""The notes of a Word document: their texts, and the numbers by which they are called."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import dropwhile
from typing import Any

from masthead.document import WESTERN, NoteCall
from masthead.formats.styled.spans import SPACE, TAB, Span, cut, text_of
from masthead.formats.word.elements import qn

MARK = re.compile(r"[\s(\[]*(?:(?P<number>\d{1,3})|(?P<asterisks>\*{1,9}))[\s)\]]*")
"""What a call prints."""
_HEAD = re.compile(f"{TAB}(?:{MARK.pattern})?{TAB}")


def call_of(text: str) -> NoteCall | None:
    """Return the call that a mark is, None where it is none."""
    found = MARK.fullmatch(text.translate(WESTERN))
    if found is None or found["number"] == "0":
        return None
    return NoteCall(int(found["number"])) if found["number"] else NoteCall(len(found["asterisks"]), asterisk=True)


def behind_mark(spans: Sequence[Span], call: NoteCall, *, ours: bool) -> Sequence[Span]:
    """The spans of a note without its own mark, which stands between two tabs where Masthead wrote the note."""
    if ours and (head := _HEAD.match(text_of(spans))):
        count = head.end()
        for at, span in enumerate(spans):  # a call before the second tab is the mark
            if count <= len(span.text):
                return [replace(span, text=span.text[count:]), *spans[at + 1 :]]
            count -= len(span.text)
    rest = list(dropwhile(lambda span: span.inline == call or (not span.inline and not span.text.strip(SPACE)), spans))
    typed = re.match(rf"[{SPACE}(]*(?:{call.number}|\*+)[{SPACE})]+", rest[0].text) if rest else None
    if typed and (call.asterisk or rest[0].raised):
        return cut(rest, typed.end())
    return rest


class Notes:
    """Foot- and endnotes by kind and identifier. Those without a mark of their own are counted as they are called."""

    def __init__(self, parts: Mapping[str, Any]) -> None:
        self.calls: dict[tuple[str, str], NoteCall] = {}
        self.bodies = {
            (kind, str(body.get(qn("w:id")))): body
            for kind, root in parts.items()
            for body in root.iter(qn(f"w:{kind}"))
            if body.get(qn("w:type")) in (None, "normal")
        }
        self._counted = 0

    def call(self, kind: str, identifier: str, mark: str = "") -> NoteCall:
        """Return the call that a reference to a note means; `mark` is what it prints where it is not counted."""
        key = (kind, identifier)
        if key not in self.calls:
            call = call_of(mark) if mark else None
            if call is None:
                self._counted += 1
                call = NoteCall(self._counted)
            self.calls[key] = call
        return self.calls[key]

    def has(self, number: int) -> bool:
        """Tell whether a number in a text can be that of a note."""
        return 0 < number <= len(self.bodies)
