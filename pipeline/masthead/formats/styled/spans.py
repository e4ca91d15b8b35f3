"""Spans of a paragraph, and how they become inline content.

A span is text with one look, or an inline such as a note call or a page end. Tabs and line breaks that a word processor
lays out are the characters TAB and BREAK, which no text contains, so that they differ from characters that were typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from itertools import groupby

from masthead.document import (
    Emphasis,
    Hyperlink,
    Inline,
    LineEnd,
    Lowered,
    NoteCall,
    ParagraphEnd,
    Raised,
    Reference,
    Strong,
    Symbol,
    Text,
    joined,
)
from masthead.document.references import Context, find_documents
from masthead.formats.labels import note_label
from masthead.formats.literals import literal
from masthead.formats.record import Record

TAB, BREAK = "\x1e", "\x1f"
SPACE = f" \t\n\r{TAB}{BREAK}"
Emphases = tuple[type[Strong | Emphasis], ...]

# A match begins where spaces begin, so that a text of spaces takes linear time.
_LAYOUT_BUT_BREAK = re.compile(f"(?<! ) *{TAB}[{TAB} ]*")
_BREAKS = re.compile(f"(?<! ) *{BREAK} *")
_LAYOUT = re.compile(f"(?<! ) *[{TAB}{BREAK}][{TAB}{BREAK} ]*")


@dataclass(frozen=True, slots=True)
class Span:
    """Text with one look, or another inline. `emphases` are listed from the outermost in.

    `named` says that the emphases come from a character style, so their order is known. `literal` text is neither a
    mark nor a reference. `target` is the document to which the text is linked, `address` the address of a link that is
    not simply that of the target, and `link` counts the hyperlinks, so that neighbours with the same target remain two.
    `raised` says that the text is superscript, `lowered` that it is subscript. `line` is the source line where the span
    begins, if that differs from the line of the paragraph.
    """

    text: str = ""
    inline: Inline | None = None
    emphases: Emphases = ()
    named: bool = False
    literal: bool = False
    target: Symbol | None = None
    link: int = 0
    raised: bool = False
    line: int = 0
    lowered: bool = False
    address: str = ""


_LOOK_FIELDS = tuple(part for part in fields(Span) if part.name not in ("text", "line"))
PARAGRAPH_END = Span(inline=ParagraphEnd())


def head_of(text: str) -> str:
    """Return the mark before a text, up to and including its first TAB; empty if there is no TAB."""
    return text[: text.find(TAB) + 1]


def first_of(spans: Sequence[Span]) -> Span:
    """Return the span with the first visible character, or an empty span."""
    return next((span for span in spans if span.text.strip(SPACE)), Span())


def text_of(spans: Sequence[Span]) -> str:
    """Return the characters of spans, with TAB and BREAK for layout."""
    return "".join(span.text for span in spans)


def line_of(spans: Sequence[Span]) -> str:
    """Return the text of spans as one line, without layout, with the asterisks of note calls."""
    return "".join(
        "*" * span.inline.number if isinstance(span.inline, NoteCall) and span.inline.asterisk else span.text
        for span in tidied(spans)
    )


def lines_of(spans: Sequence[Span]) -> list[str]:
    """Return the text of spans as lines, broken where Word breaks it."""
    if BREAK not in text_of(spans):
        return [line_of(spans)]
    return [line.strip(SPACE) for line in text_of(spans).split(BREAK)]


def cut(spans: Sequence[Span], count: int) -> list[Span]:
    """Return the spans without their first `count` characters."""
    result: list[Span] = []
    for span in spans:
        kept = span.text[count:] if count else span.text
        count -= min(count, len(span.text))
        if kept or span.inline:
            result.append(replace(span, text=kept))
    return result


def cut_mark(spans: Sequence[Span], length: int) -> Sequence[Span]:
    """Return the spans after a mark of that length, which begins with the first visible character."""
    whole = text_of(spans)
    return cut(spans, len(whole) - len(whole.lstrip(SPACE)) + length) if length else spans


def merged(spans: Sequence[Span]) -> list[Span]:
    """Merge neighbours with the same look. Word splits text wherever it was edited."""
    result: list[Span] = []
    for _, group in groupby(spans, key=_look):
        first, *others = group
        if others and first.inline is None:
            result.append(replace(first, text=text_of((first, *others))))
        else:
            result += [first, *others]
    return result


def _look(span: Span) -> tuple[object, ...]:
    """Return everything but the text and the line."""
    return tuple(getattr(span, part.name) for part in _LOOK_FIELDS)


def _ended(spans: Sequence[Span]) -> Iterator[Span]:
    """Yield the spans with a LineEnd for each BREAK in them, and no space around it that is not literal."""
    for span in spans:
        first, *others = _BREAKS.split(span.text) if BREAK in span.text else (span.text,)
        yield replace(span, text=first) if others else span
        for text in others:
            yield replace(span, text="", inline=LineEnd(), raised=False, lowered=False)
            yield replace(span, text=text)


def tidied(spans: Sequence[Span], keep: str = "") -> list[Span]:
    """Merge neighbours with the same look, turn layout into a space, and strip the space at both ends.

    `keep` is a sign of layout to keep.
    """
    layout = _LAYOUT_BUT_BREAK if keep else _LAYOUT
    result: list[Span] = []
    for span in merged(spans):
        text = span.text if span.literal else layout.sub(" ", span.text)
        before = result[-1].text if result and not result[-1].literal else ""
        if text.startswith(" ") and before.endswith(" ") and span.text[:1] in SPACE[1:]:
            text = text[1:]
        if text or span.inline:
            result.append(_with_text(span, text))
    for place, strip in ((0, str.lstrip), (-1, str.rstrip)):
        while result and result[place].inline is None and not result[place].literal:
            if text := strip(result[place].text, SPACE):
                result[place] = _with_text(result[place], text)
                break
            del result[place]
    return result


def _with_text(span: Span, text: str) -> Span:
    return span if text == span.text else replace(span, text=text)  # most texts do not change, and a copy is slow


class SpanReader:
    """Turns the spans of paragraphs into inline content; note calls and findings go to the record."""

    def __init__(self, context: Context, record: Record) -> None:
        self.context, self.record = context, record

    def content(self, spans: Sequence[Span], line: int, *, plain: bool = False) -> tuple[Inline, ...]:
        """Return the content of the paragraph at `line`.

        `plain` says that the style of the paragraph sets a look, as for a heading: emphasis of the whole paragraph is
        part of that look and is dropped.
        """
        spans = tidied(list(_ended(tidied(spans, keep=BREAK))))
        if plain and not any(span.named for span in spans):
            common = [kind for kind in (Strong, Emphasis) if all(kind in span.emphases for span in spans)]
            spans = [
                replace(span, emphases=tuple(kind for kind in span.emphases if kind not in common)) for span in spans
            ]
        items: list[tuple[Emphases, bool, Inline]] = []
        series = ""  # of the documents that the words before a number name
        for span in spans:
            inlines: list[Inline] = []
            if isinstance(span.inline, NoteCall):
                self.record.call(note_label(span.inline), span.line or line)
            if span.inline is not None:
                inlines.append(span.inline)
            elif span.target is not None:
                inlines.append(Reference(span.text, span.target, span.address))
            elif span.address:
                inlines.append(Hyperlink(span.text, span.address))
            elif (span.raised or span.lowered) and span.text:
                inlines.append((Raised if span.raised else Lowered)(span.text))
            elif span.literal:
                inlines.append(Text(span.text))
                series = find_documents(literal(span.text), self.context, series=series).series
            else:
                recognition = find_documents(span.text, self.context, series=series)
                series = recognition.series
                inlines += recognition.content
                for doubt in recognition.doubts:
                    self.record.report(span.line or line, doubt)
            items += [(span.emphases, span.named, inline) for inline in inlines]
        return joined(_nested(items))


def _nested(items: Sequence[tuple[Emphases, bool, Inline]]) -> Iterator[Inline]:
    """Wrap items in the emphases that they share, the longest-reaching one outermost."""
    at = 0
    while at < len(items):
        emphases, named, inline = items[at]
        if not emphases:
            yield inline
            at += 1
            continue
        reach = {kind: _reach(items, at, kind) for kind in (emphases[:1] if named else emphases)}
        outer = max(reach, key=lambda kind: reach[kind])
        inner = [
            (tuple(kind for kind in emphases if kind is not outer), named, inline)
            for emphases, named, inline in items[at : reach[outer]]
        ]
        yield outer(tuple(_nested(inner)))
        at = reach[outer]


def _reach(items: Sequence[tuple[Emphases, bool, Inline]], start: int, kind: type[Strong | Emphasis]) -> int:
    """Return the end of the items from `start` on that can all have `kind` as their outermost emphasis."""
    for at in range(start, len(items)):
        emphases, named, _ = items[at]
        if kind not in (emphases[:1] if named else emphases):
            return at
    return len(items)
