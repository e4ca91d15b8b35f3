"""Stretches of a paragraph into inline content.

A span is text of one look, or a call, or a page end. What is laid out and not typed, tabs and line ends, is told apart
from characters: TAB and BREAK are no characters of any text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from masthead.document import Emphasis, Inline, NoteCall, Reference, Strong, Symbol, Text, joined
from masthead.document.references import Context, Doubt, find_documents
from masthead.formats.literals import literal
from masthead.formats.record import Record

TAB, BREAK = "\x1e", "\x1f"
SPACE = f" \t\n\r{TAB}{BREAK}"
Emphases = tuple[type[Strong | Emphasis], ...]

_LAYOUT = re.compile(f" *[{TAB}{BREAK}][{TAB}{BREAK} ]*")
_SUPERSCRIPT = Doubt("sign-raised", "a raised sign is read as a plain one", "type the raised character: ², ₂")


@dataclass(frozen=True, slots=True)
class Span:
    """Text with its look, or another inline. `emphases` are from the outermost in.

    `literal` text means itself alone. `target` is the document that the text links to by the hyperlink of that count,
    `raised` that it stands above the line. `named` says that the emphases are a character style's, which tells their
    order. `line` is the line of the source in which it begins; 0 where that is the paragraph's.
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


def head_of(text: str) -> str:
    """What stands before the first TAB of a text, with it: a mark; empty where there is no TAB."""
    return text[: text.find(TAB) + 1]


def first_of(spans: Sequence[Span]) -> Span:
    """The span in which the text of spans begins; an empty one where there is none."""
    return next((span for span in spans if span.text.strip(SPACE)), Span())


def text_of(spans: Sequence[Span]) -> str:
    """The characters of spans, layout as TAB and BREAK."""
    return "".join(span.text for span in spans)


def line_of(spans: Sequence[Span]) -> str:
    """The text of spans that are one line without markup."""
    return "".join(span.text for span in tidied(spans))


def lines_of(spans: Sequence[Span]) -> list[str]:
    """The lines of a paragraph without markup, as Word breaks it."""
    if BREAK not in text_of(spans):
        return [line_of(spans)]
    return [line.strip(SPACE) for line in text_of(spans).split(BREAK)]


def cut(spans: Sequence[Span], count: int) -> list[Span]:
    """The spans behind the first `count` characters."""
    result: list[Span] = []
    for span in spans:
        kept = span.text[count:] if count else span.text
        count -= min(count, len(span.text))
        if kept or span.inline:
            result.append(replace(span, text=kept))
    return result


def cut_behind(spans: Sequence[Span], length: int) -> Sequence[Span]:
    """The spans behind a mark of that length, which stands where the first character is seen."""
    whole = text_of(spans)
    return cut(spans, len(whole) - len(whole.lstrip(SPACE)) + length) if length else spans


def merged(spans: Sequence[Span]) -> list[Span]:
    """Neighbours of one look as one: Word parts text wherever it was edited."""
    result: list[Span] = []
    for _, group in groupby(spans, key=_look):
        first, *others = group
        if others and first.inline is None:
            result.append(replace(first, text=first.text + "".join(span.text for span in others)))
        else:
            result += [first, *others]
    return result


def _look(span: Span) -> tuple[object, ...]:
    """All of a span but its text and its line."""
    return (span.inline, span.emphases, span.named, span.literal, span.target, span.link, span.raised)


def tidied(spans: Sequence[Span]) -> list[Span]:
    """Neighbours of one look joined, layout turned into a space, none at either end."""
    result: list[Span] = []
    for span in merged(spans):
        text = span.text if span.literal else _LAYOUT.sub(" ", span.text)
        behind = result[-1].text if result and not result[-1].literal else ""
        if text.startswith(" ") and behind.endswith(" ") and span.text[:1] in SPACE[1:]:
            text = text[1:]
        if text or span.inline:
            result.append(span if text == span.text else replace(span, text=text))
    for place, strip in ((0, str.lstrip), (-1, str.rstrip)):
        while result and result[place].inline is None and not result[place].literal:
            span = result[place]
            if text := strip(span.text, SPACE):
                result[place] = span if text == span.text else replace(span, text=text)
                break
            del result[place]
    return result


class SpanReader:
    """Turns the spans of paragraphs into content, telling the record what is called and what looks wrong."""

    def __init__(self, context: Context, record: Record) -> None:
        self.context, self.record = context, record

    def content(self, spans: Sequence[Span], line: int, *, plain: bool = False) -> tuple[Inline, ...]:
        """Return the content of a paragraph, the one of that number.

        `plain` says that the paragraph as a whole has a look of its own: emphasis of all of it is none.
        """
        spans = tidied(spans)
        if plain and not any(span.named for span in spans):
            common = [kind for kind in (Strong, Emphasis) if all(kind in span.emphases for span in spans)]
            spans = [
                replace(span, emphases=tuple(kind for kind in span.emphases if kind not in common)) for span in spans
            ]
        items: list[tuple[Emphases, bool, Inline]] = []
        series = ""
        for span in spans:
            inlines: list[Inline] = []
            if isinstance(span.inline, NoteCall):
                label = "*" * span.inline.number if span.inline.asterisk else str(span.inline.number)
                self.record.call(label, span.line or line)
            if span.inline is not None:
                inlines.append(span.inline)
            elif span.target is not None:
                inlines.append(Reference(span.text, span.target))
            elif span.literal:
                inlines.append(Text(span.text))
                series = find_documents(literal(span.text), self.context, series=series).series
            else:
                recognition = find_documents(span.text, self.context, series=series)
                series = recognition.series
                inlines += recognition.content
                for doubt in recognition.doubts:
                    self.record.report(span.line or line, doubt)
            if span.raised and span.text:
                self.record.report(line, _SUPERSCRIPT)
            items += [(span.emphases, span.named, inline) for inline in inlines]
        return joined(_nested(items))


def _nested(items: Sequence[tuple[Emphases, bool, Inline]]) -> Iterator[Inline]:
    """Put items into the emphases that they share, each as far as it reaches."""
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
    """The end of the stretch from `start` on in which `kind` can be the outermost emphasis."""
    for at in range(start, len(items)):
        emphases, named, _ = items[at]
        if kind not in (emphases[:1] if named else emphases):
            return at
    return len(items)
