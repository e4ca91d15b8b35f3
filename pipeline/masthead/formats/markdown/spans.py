"""Inline Markdown into inline content: emphasis, note calls, page ends, and documents named in the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from urllib.parse import unquote

from markdown_it.token import Token

from masthead.document import (
    Emphasis,
    Inline,
    NoteCall,
    PageEnd,
    Reference,
    SourceError,
    Strong,
    Symbol,
    TableNoteCall,
    Text,
    joined,
)
from masthead.document.references import Context, find_documents
from masthead.formats.record import Record

PAGE_END = "<!-- page end -->"
BAR = "\0"
"""Stands, while reading, before a character that was written with a backslash or as `&#…;`: it means itself alone."""

_LONGEST_MARK = 60  # characters between its signs
_BARRED = frozenset("/(<")
_PAGE_END = re.compile(rf"(?<!{BAR}){re.escape(PAGE_END)}")
_COMMENT = re.compile(rf"(?<!{BAR})<!--(?:[^\n]{{0,{_LONGEST_MARK}}}?-->)?")
_SOFT_BREAK = re.compile(rf"(?<!{BAR})\n")
_EMPHASES: Mapping[str, type[Strong | Emphasis]] = {"strong": Strong, "em": Emphasis}
_NAMES = {"code_inline": "code", "image": "a picture"}
_LINKED = "link to a symbol: [64/293](A/RES/64/293); an address that is meant as text stands without brackets"
_AS_TEXT = "it is not read yet; for the very characters put a backslash before"


def bar(text: str) -> str:
    """Return `text` as it is held while reading when all that could have a meaning in it was escaped."""
    return re.sub(r"[/(<]", rf"{BAR}\g<0>", text)


class Spans:
    """Reads the inline tokens of one paragraph, which begins in `line`."""

    def __init__(self, line: int, context: Context, record: Record) -> None:
        self.line, self.context, self.record = line, context, record
        self.series = ""
        self.run: list[str] = []  # text not looked through yet

    def read(self, tokens: Iterable[Token]) -> tuple[Inline, ...]:
        """Turn `tokens` into content. Raises SourceError for Markdown that a document cannot have."""
        levels: list[tuple[str, list[Inline]]] = [("", [])]
        opened: list[bool] = []  # by mark that is open, whether it opened a level: none stands in its like
        stream = iter(tokens)
        for token in stream:
            if (text := _text(token)) is not None:
                self.run.append(text)
                continue
            content = levels[-1][1]
            content += self._end_run("".join(self.run))
            if token.nesting == 1 and token.tag in _EMPHASES:
                opened.append(token.tag not in dict(levels))
                if opened[-1]:
                    levels.append((token.tag, []))
            elif token.nesting == -1 and token.tag in _EMPHASES:
                if opened.pop():
                    levels.pop()
                    levels[-1][1].append(_EMPHASES[token.tag](tuple(content)))
            elif token.type == "footnote_ref":
                label = token.meta["label"]
                call = note_call(label, self.record.where(self.line, f"[^{label}]"))
                content.append(call)
                if isinstance(call, NoteCall):
                    self.record.call(label, self.line)
                else:
                    self.record.letter(call.ordinal, self.line)
            elif token.type == "link_open":
                content.append(self._link(token, stream))
            elif token.type == "hardbreak":
                where, hint = self.record.end(self.line), "join the lines, with one space between"
                raise SourceError("a forced line end in a paragraph", where=where, hint=hint)
            else:
                written = "![" if token.type == "image" else token.markup + token.content
                raise self._refusal(f"{_NAMES.get(token.type, token.type)} in a paragraph", written)
        levels[0][1].extend(self._end_run(_without_unseen("".join(self.run))))
        return joined(levels[0][1])

    def _end_run(self, run: str) -> Iterator[Inline]:
        """Yield what the collected text holds: page ends, references, text."""
        self.run = []
        for at, part in enumerate(_PAGE_END.split(run)):
            if at:
                yield PageEnd()
            if comment := _COMMENT.search(part):
                self.line += part.count("\n", 0, comment.start())
                mark = comment[0].replace(BAR, "")
                hint = f"a page end is {PAGE_END}, with its spaces; for these very characters write \\<!--"
                raise self._refusal(f"unknown mark {mark}", mark, hint)
            recognition = find_documents(_SOFT_BREAK.sub(" ", part), self.context, series=self.series)
            self.series = recognition.series
            for doubt in recognition.doubts:
                self.record.tell(self.line + part.count("\n", 0, doubt.offset), doubt)
            for inline in recognition.content:
                yield Text(inline.text.replace(BAR, "")) if isinstance(inline, Text) else inline
            self.line += part.count("\n")

    def _link(self, opening: Token, stream: Iterator[Token]) -> Reference:
        """Read a link to a document: `[٦٤/٢٩٣](A/RES/64/293)`, or `<https://undocs.org/A/RES/64/293>`."""
        parts = []
        for token in stream:
            if token.type == "link_close":
                break
            if (part := _text(token)) is None:
                raise self._refusal("a link holds more than text", "[")
            parts.append(part)
        text, address = "".join(parts), unquote(str(opening.attrs["href"]))
        target = Symbol.at(address)
        with suppress(ValueError):
            target = target or Symbol.parse(address)
        if target is None:
            raise self._refusal(
                "a link to something else than a document",
                f"<{text}>" if opening.info == "auto" else f"[{text}](",
                _LINKED,
            )
        if opening.info == "auto":
            return Reference(str(target), target)
        return Reference(_SOFT_BREAK.sub(" ", text).replace(BAR, ""), target)

    def _refusal(self, message: str, written: str, hint: str = _AS_TEXT) -> SourceError:
        """The error about what is `written` in this line."""
        return SourceError(message, where=self.record.where(self.line, written), hint=hint)


def note_call(label: str, where: str) -> NoteCall | TableNoteCall:
    """Return the call that a note's label means: `1`, or asterisks; a letter, of a table's note. Raises SourceError."""
    if re.fullmatch(r"[a-z]", label):
        return TableNoteCall(ord(label) - ord("a") + 1)
    if re.fullmatch(r"[1-9][0-9]{0,3}", label):
        return NoteCall(int(label))
    if label.strip("*"):
        raise SourceError(
            f"the note label {label} is no number",
            where=where,
            hint="write [^1], [^*] for an asterisk, or [^a] in a table",
        )
    return NoteCall(len(label), asterisk=True)


def _text(token: Token) -> str | None:
    """The characters of a token of text, those that were escaped barred; None for any other token."""
    if token.type == "text":
        return token.content
    if token.type == "softbreak":
        return "\n"
    if token.type == "text_special":
        return BAR + token.content if token.content in _BARRED or token.content.isspace() else token.content
    return None


def _without_unseen(run: str) -> str:
    """Return the last text of a paragraph without the white space before a page end that ends it."""
    end = len(run)
    while run.endswith(PAGE_END, 0, end) and not run.endswith(BAR, 0, end - len(PAGE_END)):
        end -= len(PAGE_END)
    if end == len(run):
        return run
    kept = run[:end].rstrip(" \n")
    return (kept + run[len(kept)] if kept.endswith(BAR) else kept) + run[end:]
