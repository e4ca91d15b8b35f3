"""Inline Markdown into inline content: emphasis, note calls, page ends, and references to documents."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from urllib.parse import unquote

from markdown_it.token import Token

from masthead.document import Language, SourceError, Symbol, model
from masthead.document.references import Context, find_documents
from masthead.formats.labels import note_label
from masthead.formats.links import linked
from masthead.formats.literals import LITERAL
from masthead.formats.markdown.commonmark import INLINE_NOTE
from masthead.formats.markdown.cross_references import AS_WRITTEN, NAME, NUMBER
from masthead.formats.markdown.syntax import (
    TEXT_MARKS,
    is_mark,
    likely_mark,
    read_note_label,
    read_text_mark,
    unknown_option,
)
from masthead.formats.markdown.unread_marks import unread_marks
from masthead.formats.record import PROVISIONAL, Record

_TEXT_MARK = re.compile(rf"(?<!{LITERAL})({TEXT_MARKS.pattern})")
_LAST_MARKS = re.compile(rf"(?:{_TEXT_MARK.pattern})+\Z")
# An unclosed or overlong mark is found as well, so that the error can show where it begins.
_COMMENT = re.compile(rf"(?<!{LITERAL})<!--(?:[^\n]{{0,60}}?-->)?")
_LINE_BREAK = re.compile(rf"(?<!{LITERAL})\n")
_MEANINGFUL = frozenset("/(<")  # characters that could be part of a reference or a mark
_EMPHASES: Mapping[str, type[model.Strong | model.Emphasis]] = {"strong": model.Strong, "em": model.Emphasis}
_LEAVES: Mapping[str, type[model.Raised | model.Lowered]] = {"raised": model.Raised, "lowered": model.Lowered}
_ENDS: Mapping[str, type[model.LineEnd | model.ParagraphEnd]] = {
    "line_end": model.LineEnd,
    "paragraph_end": model.ParagraphEnd,
}
_LABEL = re.compile(r"#([^\s#]{1,60})")  # with letters that no label has too: the error names the label that is meant
_SHARP = "\ufdd2"  # an unescaped # in the text of a reference to a label, in whose place its number is printed
_NEAR = 12  # characters before a mark by which its place in a line is found
_NAMES = {"code_inline": "code", "image": "a picture"}
_LINK_HINT = "link to a symbol, [64/293](A/RES/64/293), a label, [](#water), or an address that begins with https://"
_REVISION_HINT = "end the emphasis before the change, and begin it again after it"
_UNSUPPORTED_HINT = "this is not supported; to print the characters themselves, put a backslash before them"


class MarkdownSpanReader:
    """Reads the inline tokens of one paragraph, which begins on `line`.

    `read_note` takes the text of a note that is written where it is called, and its line, and returns the call. Only
    what is `in_note` may have columns.
    """

    def __init__(
        self,
        line: int,
        context: Context,
        record: Record,
        read_note: Callable[[str, int], model.NoteCall | model.TableNoteCall],
        *,
        in_note: bool = False,
    ) -> None:
        self.line, self.context, self.record, self.read_note = line, context, record, read_note
        self._in_note = in_note
        self._series = ""  # what the next number would be: "resolution" was the last word for a document, say
        self._pending: list[str] = []  # text that has not been searched for references yet

    def read(self, tokens: Iterable[Token]) -> model.Content:
        """Return the content of `tokens`. The record gets an error for all Markdown that a document cannot have."""
        # Open emphases and revisions, and their content so far.
        levels: list[tuple[str | model.RevisionKind, list[model.Inline]]] = [("", [])]
        opened: list[bool] = []  # for each open mark, whether it opened a level: strong in strong does not
        tokens = list(tokens)
        self._report_unread(tokens)
        stream = iter(tokens)
        for token in stream:
            if (text := _text(token)) is not None:
                self._pending.append(text)
                continue
            content = levels[-1][1]
            content += self._text("".join(self._pending))
            if token.nesting == 1 and token.tag in _EMPHASES:
                opened.append(token.tag not in dict(levels))
                if opened[-1]:
                    levels.append((token.tag, []))
            elif token.nesting == -1 and token.tag in _EMPHASES:
                if opened.pop():
                    levels.pop()
                    levels[-1][1].append(_EMPHASES[token.tag](tuple(content)))
            elif token.type == "revision_open":
                levels.append((token.meta["kind"], []))
            elif token.type == "revision_close":
                kind = levels[-1][0]
                if isinstance(kind, model.RevisionKind):
                    levels.pop()
                    levels[-1][1].append(model.Revision(kind, tuple(content)))
                else:
                    self._refuse("emphasis that begins or ends inside a change", "{", _REVISION_HINT)
            elif token.type == "footnote_ref":
                with self.record.going_on():
                    content.append(self._call(token.meta["label"]))
            elif token.type == INLINE_NOTE:
                content.append(self.read_note(token.content, self.line))
            elif token.type in _LEAVES:
                content.append(_LEAVES[token.type](token.content))
            elif token.type in _ENDS:
                content.append(_ENDS[token.type]())
            elif token.type == "link_open":
                content.append(self._link(token, stream))
            elif token.type == "hardbreak":
                where, hint = self.record.end(self.line), "join the lines with a single space, or write <br>"
                self.record.refuse(SourceError("forced line break in a paragraph", where=where, hint=hint))
                self._pending.append("\n")
            else:
                written = "![" if token.type == "image" else token.markup + token.content
                self._refuse(f"{_NAMES.get(token.type, token.type)} in a paragraph", written)
        levels[0][1].extend(self._text(_without_space_at_end("".join(self._pending))))
        return model.joined(levels[0][1])

    def _report_unread(self, tokens: Sequence[Token]) -> None:
        """Report marks that are printed as they are, since no token was made of them."""
        line = self.line
        for at, token in enumerate(tokens):
            if token.type == "text":
                around = [(_text(each) or "x") for each in (*tokens[at - 1 : at], *tokens[at + 1 : at + 2])]
                before = around[0][-1] if at else " "
                after = around[-1][0] if at + 1 < len(tokens) else " "
                # A backslash before a letter is a token of its own, with that letter.
                command = tokens[at - 1].content if at and tokens[at - 1].content[:1] == "\\" else ""
                for written, offset, doubt in unread_marks(command + token.content, before, after):
                    said = (command + token.content)[max(0, offset - _NEAR) : offset]
                    self.record.report(line, doubt, written, said)
            line += token.type in ("softbreak", "hardbreak")

    def _call(self, label: str) -> model.NoteCall | model.TableNoteCall:
        """Return the call of the note with this label. Raises SourceError if no note can have it."""
        where, numbers = self.record.where(self.line, f"[^{label}]"), self.record.note_numbers
        call = read_note_label(label, where, lambda name: numbers.get(name) or self.record.counted_note())
        if isinstance(call, model.NoteCall) and call.number > PROVISIONAL:
            numbers.setdefault(label, call.number)
        if isinstance(call, model.NoteCall):
            self.record.call(note_label(call), self.line)
        else:
            self.record.table_calls.append((call.ordinal, self.line))
        return call

    def _text(self, text: str) -> Iterator[model.Inline]:
        """Yield the content of collected text: page ends, references, text, how it was fitted."""
        self._pending = []
        for place, part in enumerate(_TEXT_MARK.split(text)):
            if place % 2:
                yield (mark := read_text_mark(part))
                if isinstance(mark, model.Tab) and not self._in_note:
                    self._refuse(f"{part} is not in a note", part, "only notes have columns like this; write a table")
                continue
            for comment in _COMMENT.finditer(part):
                refuse_mark(
                    self.record, comment[0].replace(LITERAL, ""), self.line + part.count("\n", 0, comment.start())
                )
            found = find_documents(_LINE_BREAK.sub(" ", part), self.context, series=self._series)
            self._series = found.series
            for doubt in found.doubts:
                self.record.report(self.line + part.count("\n", 0, doubt.offset), doubt)
            for inline in found.content:
                yield model.Text(inline.text.replace(LITERAL, "")) if isinstance(inline, model.Text) else inline
            self.line += part.count("\n")

    def _link(self, opening: Token, stream: Iterator[Token]) -> model.Reference | model.Hyperlink:
        """Read a link: `[٦٤/٢٩٣](A/RES/64/293)`, `<https://undocs.org/A/RES/64/293>`, `[page](https://…)`."""
        parts = []
        address, is_bare = str(opening.attrs["href"]), opening.info == "auto"
        for token in stream:
            if token.type == "link_close":
                break
            if (part := _text(token)) is None:
                if token.nesting != -1:  # once for an emphasis, when it begins
                    self._refuse("a link may hold only text", "[")
                continue
            parts.append(part.replace("#", _SHARP) if token.type == "text" and address.startswith("#") else part)
        written = "".join(parts)
        text = _LINE_BREAK.sub(" ", written).replace(LITERAL, "")
        if label := _LABEL.fullmatch(address):
            self.record.label_uses.append((label[1], self.line))
            if opening.attrs.get("title") == AS_WRITTEN and not text.strip():
                hint = f'write words between the brackets, or leave out "{AS_WRITTEN}"'
                self._refuse("a reference without words", f"]({address}", hint)
            return model.Hyperlink(self._reference_text(text, opening), address)
        with suppress(ValueError):
            return model.Reference(text, Symbol.parse(unquote(address)))
        link = linked(text, address)
        if link is None:
            self._refuse("a link without an address", f"<{written}>" if is_bare else f"[{written}](", _LINK_HINT)
            return model.Hyperlink(text or address, address)
        return replace(link, text=str(link.target)) if is_bare and isinstance(link, model.Reference) else link

    def _reference_text(self, text: str, opening: Token) -> str:
        """Return the text of a reference to a label, with signs for what is filled in (`cross_references`)."""
        if opening.attrs.get("title") == AS_WRITTEN:
            return text.replace(_SHARP, "#") or NAME
        if _SHARP in text:
            return text.replace(_SHARP, NUMBER, 1).replace(_SHARP, "#")
        space = "" if not text or self.context.locale.language is Language.CHINESE else " "
        return f"{text}{space}{NAME}"

    def _refuse(self, message: str, written: str, hint: str = _UNSUPPORTED_HINT) -> None:
        """Refuse what is `written` on the current line."""
        self.record.refuse(self.record.error_in(self.line, message, hint, written))


def refuse_mark(record: Record, mark: str, line: int) -> None:
    """Refuse a comment that is no mark, or not one inside a paragraph; the hint names the mark that it resembles."""
    message = f"unknown mark {mark}"
    if is_mark(mark):
        message = f"{mark} is not at the start of a paragraph"
        hint = "write it in a paragraph of its own, with blank lines around it"
    elif meant := likely_mark(mark):
        option, hint = unknown_option(mark)
        if option and meant.endswith(f"{meant.split()[1]} -->"):  # all that follows the name was given up
            message = f"unknown option “{option}” in {mark}"
        else:
            hint = (
                "write it alone on its line" if meant == mark else f"did you mean {meant}?; to print it, write \\<!--"
            )
    else:
        hint = "a comment is <!-- comment: … -->; docs/format.md lists the marks; to print it, write \\<!--"
    record.refuse(record.error_in(line, message, hint, mark))


def _text(token: Token) -> str | None:
    """Return the characters of a token of text, escaped ones marked as literal, or None for any other token."""
    if token.type == "text":
        return token.content
    if token.type == "softbreak":
        return "\n"
    if token.type == "text_special":  # written with a backslash or as a character reference
        return LITERAL + token.content if token.content in _MEANINGFUL or token.content.isspace() else token.content
    return None


def _without_space_at_end(text: str) -> str:
    """Return the last text of a paragraph without the white space before the marks that end the paragraph."""
    found = _LAST_MARKS.search(text)
    if not found:
        return text
    end = found.start()
    kept = text[:end].rstrip(" \n")
    if kept.endswith(LITERAL):  # the first of the spaces was escaped and stays
        kept += text[len(kept)]
    return kept + text[end:]
