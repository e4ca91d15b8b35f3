"""The marks that the authoring format adds to CommonMark, for its reader and its writer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

from masthead.document import Note, NoteCall, Role, SourceError, TableNoteCall
from masthead.formats.labels import note_label

FENCE = "---"
"""The line before and after the front matter."""
PAGE_END = "<!-- page end -->"
JOINED_CELL = "<"
"""The text of a table cell that belongs to the cell before it."""

EMPTY = "<!-- empty -->"
"""The text of a paragraph or a sub-paragraph that has a number or a mark and no text."""
TAIL, ORNAMENT = "<!-- tail -->", "<!-- ornament -->"
"""What begins the text after sub-paragraphs that ends their paragraph, and an ornament."""

_PRINTED_MARK = re.compile(r"<!-- mark(?: (?P<mark>[^<>\n]{1,200}))? -->[ \n]?")
_ROLE = re.compile(f"<!-- ({'|'.join(Role)}) -->")
_BLOCK_MARK = re.compile(
    r"<!-- (?P<kind>part|table|figure|vote|contents|annex)(?: (?P<number>[1-9][0-9]{0,2}))?"
    r"(?:, head (?P<head>[1-9]))?(?:, original: (?P<original>[^>\n]+?))? -->[ \n]?"
)


def role_mark(role: Role) -> str:
    """Return the mark that gives the paragraphs after it this role."""
    return f"<!-- {role} -->"


def printed_mark(mark: str | None) -> str:
    """Return what stands for a mark as it is printed, if it is not that of the language; empty for None."""
    if mark is None:
        return ""
    escaped = re.sub(r"[&<>\n]|^\s|\s$", lambda found: f"&#{ord(found[0])};", mark)
    return f"<!-- mark {escaped} --> " if mark else "<!-- mark --> "


def read_printed_mark(text: str) -> tuple[str | None, str]:
    """Return the mark that begins a text, None if there is none, and the text after it."""
    found = _PRINTED_MARK.match(text)
    return (unescape(found["mark"] or ""), text[found.end() :]) if found else (None, text)


def read_role_mark(text: str) -> Role | None:
    """Return the role that a paragraph of `text` gives to those after it, or None if it is not such a mark."""
    found = _ROLE.fullmatch(text)
    return Role(found[1]) if found else None


@dataclass(frozen=True, slots=True)
class BlockMark:
    """A mark that announces the next block, or begins a part or an annex: `<!-- table 2, head 2 -->`.

    `head_rows` counts the rows in the head of a table, `original` is the original language of an annex.
    """

    kind: str
    number: int | None = None
    head_rows: int = 1
    original: str = ""

    def __str__(self) -> str:
        number = "" if self.number is None else f" {self.number}"
        head = f", head {self.head_rows}" if self.head_rows > 1 else ""
        # A character that would end the comment, or the line, is written as a character reference.
        original = re.sub(r"[&<>\n]", lambda found: f"&#{ord(found[0])};", self.original)
        return f"<!-- {self.kind}{number}{head}{f', original: {original}' if original else ''} -->"


def read_block_mark(text: str) -> tuple[BlockMark, str] | None:
    """Return the mark at the start of a paragraph and the text after it, or None if there is no mark."""
    found = _BLOCK_MARK.match(text)
    if found is None:
        return None
    number = int(found["number"]) if found["number"] else None
    mark = BlockMark(found["kind"], number, int(found["head"] or 1), unescape(found["original"] or ""))
    return mark, text[found.end() :]


def note_mark(call: Note | NoteCall | TableNoteCall) -> str:
    """Return the mark of a note, at its call as before its text: `[^1]`, `[^*]`, `[^a]`. Raises SourceError after z."""
    if isinstance(call, TableNoteCall) and call.ordinal > 26:
        raise SourceError("a table has more than 26 notes", hint="divide the table")
    return f"[^{note_label(call)}]"


def read_note_label(label: str, where: str) -> NoteCall | TableNoteCall:
    """Return the call with this label: a number or asterisks, or a letter for a note of a table.

    Raises SourceError, placed at `where`, if it is none of these.
    """
    if re.fullmatch(r"[a-z]", label):
        return TableNoteCall(ord(label) - ord("a") + 1)
    if re.fullmatch(r"[1-9][0-9]{0,3}", label):
        return NoteCall(int(label))
    if label.strip("*"):
        hint = "write [^1], [^*] for an asterisk, or [^a] in a table"
        raise SourceError(f"invalid note label “{label}”", where=where, hint=hint)
    return NoteCall(len(label), asterisk=True)
