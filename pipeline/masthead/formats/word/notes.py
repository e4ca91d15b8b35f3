"""The notes of a Word document: their texts, and the numbers by which they are called."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import dropwhile
from typing import Any

from masthead.document import WESTERN, NoteCall
from masthead.formats.styled.spans import SPACE, TAB, Span, cut, text_of
from masthead.formats.word.xml import child, is_on, qn, value

_MARK = re.compile(r"[\s(\[]*(?:(?P<number>\d{1,3})|(?P<asterisks>\*{1,9}))[\s)\]]*")
"""What a call prints."""
_OWN_MARK = re.compile(f"{TAB}(?:{_MARK.pattern})?{TAB}")
"""The mark before the text of a note as Masthead writes it."""


def call_of(mark: str) -> NoteCall | None:
    """Return the call that prints `mark`, None if it is not the mark of a note."""
    found = _MARK.fullmatch(mark.translate(WESTERN))
    if found is None or found["number"] == "0":
        return None
    return NoteCall(int(found["number"])) if found["number"] else NoteCall(len(found["asterisks"]), asterisk=True)


def without_mark(spans: Sequence[Span], call: NoteCall, *, ours: bool) -> Sequence[Span]:
    """Return the spans of a note without its mark, which is between two tabs if Masthead wrote the file (`ours`)."""
    if ours and (head := _OWN_MARK.match(text_of(spans))):
        count = head.end()
        for at, span in enumerate(spans):  # a call before the second tab is the mark
            if count <= len(span.text):
                return [replace(span, text=span.text[count:]), *spans[at + 1 :]]
            count -= len(span.text)
    rest = list(dropwhile(lambda span: span.inline == call or (not span.inline and not span.text.strip(SPACE)), spans))
    typed = re.match(rf"[{SPACE}(]*(?:{call.number}|\*+)[{SPACE})]+", rest[0].text) if rest else None
    # A number that is not raised may be the first word of the note.
    if typed and (call.asterisk or rest[0].raised):
        return cut(rest, typed.end())
    return rest


def _is_superscript(run: Any) -> bool:
    return bool(run.xpath("./w:rPr/w:vertAlign[@w:val='superscript']"))


class Notes:
    """Footnotes and endnotes by kind and identifier. Those without a mark of their own are numbered as called."""

    def __init__(self, parts: Mapping[str, Any]) -> None:
        self.calls: dict[tuple[str, str], NoteCall] = {}
        self.bodies = {
            (kind, str(body.get(qn("w:id")))): body
            for kind, root in parts.items()
            for body in root.iter(qn(f"w:{kind}"))
            if body.get(qn("w:type")) in (None, "normal")  # others are separators
        }
        self._typed: dict[int, list[str]] = {}  # identifiers of the typed notes by the number that each shows
        self._counted = 0
        self.printed: dict[tuple[str, str], int] = {}  # the numbers that notes show

    def count_sections(self, body: Any) -> None:
        """Count the notes that Word numbers itself, as it does: in some sections from 1 again."""
        number, here = 0, list[tuple[str, str]]()
        for element in body.iter(qn("w:footnoteReference"), qn("w:sectPr")):
            if element.tag == qn("w:footnoteReference"):
                if element.get(qn("w:customMarkFollows")) not in ("1", "true", "on"):
                    here.append(("footnote", str(element.get(qn("w:id")))))
                continue
            if value(child(element, "w:footnotePr"), "w:numRestart") == "eachSect":
                number = 0
            self.printed |= {key: number + at for at, key in enumerate(here, 1)}
            number, here = number + len(here), []

    def add_typed(self, body: Any) -> None:
        """Take the notes out of a body that are typed as paragraphs in frames, each after a superscript number."""
        for frame in list(body.iter(qn("w:framePr"))):
            paragraph = frame.getparent().getparent()
            runs = [each for each in paragraph.iter(qn("w:r")) if "".join(each.itertext(qn("w:t"))).strip()]
            if len(runs) < 2 or paragraph.getparent() is None or not _is_superscript(runs[0]):
                continue
            call = call_of("".join(runs[0].itertext(qn("w:t"))).strip())
            if call and not call.asterisk:
                identifier = str(len(self.bodies))
                self.bodies["typed", identifier] = [paragraph]
                self._typed.setdefault(call.number, []).append(identifier)
                self.printed["typed", identifier] = call.number
                paragraph.getparent().remove(paragraph)

    def move_frames(self, body: Any) -> None:
        """Move what is in a frame at the foot of a page, within the caption of a table, below that table."""
        for frame in list(body.iter(qn("w:framePr"))):
            paragraph = place = frame.getparent().getparent()
            before = paragraph.getprevious()
            while before is not None and _is_at_foot(before):
                before = before.getprevious()
            while (after := place.getnext()) is not None and (_is_kept_with_next(after) or _is_at_foot(after)):
                place = after
            if _is_at_foot(paragraph) and before is not None and _is_kept_with_next(before) and _is_table(after):
                after.addnext(paragraph)

    def typed(self, number: int) -> NoteCall | None:
        """Return the call of the typed note with this number that is called next, None if there is none."""
        identifiers = self._typed.get(number, [])
        waiting = [each for each in identifiers if ("typed", each) not in self.calls]
        return self.call("typed", (waiting or identifiers)[0]) if identifiers else None

    def call(self, kind: str, identifier: str, mark: str = "", number: int = 0) -> NoteCall:
        """Return the call of a reference to a note; `mark` is what it prints if Word does not number it.

        `number` is that of the note where the file states it: marks may begin again with 1.
        """
        key = (kind, identifier)
        if key not in self.calls:
            call = call_of(mark) if mark else None
            if call is not None and number and not call.asterisk:
                call = NoteCall(number)
            if call is None:
                self._counted += 1
                call = NoteCall(self._counted)
            self.calls[key] = call
        return self.calls[key]

    @property
    def are_at_end(self) -> bool:
        """Whether the called notes that have numbers are endnotes."""
        kinds = {kind for (kind, _), call in self.calls.items() if not call.asterisk}
        return kinds == {"endnote"}

    def arrange(self, order: Sequence[str]) -> None:
        """Put the notes into the order of their identifiers; others come after these."""
        place = {identifier: at for at, identifier in enumerate(order)}
        arranged = sorted(self.bodies.items(), key=lambda each: place.get(each[0][1], len(place)))
        self.bodies = dict(arranged)

    def has(self, number: int) -> bool:
        """Return whether a number in the text can be that of a note."""
        return 0 < number <= len(self.bodies)


def _is_table(element: Any) -> bool:
    return element is not None and bool(element.tag == qn("w:tbl"))


def _is_at_foot(element: Any) -> bool:
    """Return whether a paragraph is in a frame at the foot of the page."""
    return value(child(element, "w:pPr"), "w:framePr", "w:yAlign") == "bottom"


def _is_kept_with_next(element: Any) -> bool:
    """Return whether a paragraph itself says that it stays on the page of the next one, as those of captions do."""
    kept = child(child(element, "w:pPr"), "w:keepNext")
    return kept is not None and is_on(kept) and not _is_at_foot(element)
