"""The marks that the authoring format adds to CommonMark, for its reader and its writer."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from html import unescape

from masthead.document import (
    FigureKind,
    Fit,
    Note,
    NoteCall,
    PageEnd,
    RevisionKind,
    Role,
    RowKind,
    SourceError,
    Tab,
    TableNoteCall,
    locales,
)
from masthead.formats import charting
from masthead.formats.labels import note_label
from masthead.formats.markdown.marks import MARKS

FENCE = "---"
"""The line before and after the front matter."""
COUNTED = "#"
"""What a block whose number is counted has in place of a number: `#.`, `<!-- table # -->`."""
PAGE_END = "<!-- page end -->"
PAGE_BREAK = "<!-- page break -->"
"""The place where the author ends a page; a page end is one of the printed original."""
LINE_END, PARAGRAPH_END = "<br>", "<p>"
JOINED_CELL, LOWER_CELL = "<", "^"
"""The texts of table cells that belong to the cell before them, and to the cell above them."""
ROW_KINDS = {"#": RowKind.GROUP, "=": RowKind.SUBTOTAL, "==": RowKind.TOTAL}
"""The kinds of rows by the sign before the text of the first cell."""
ROW_MARK = re.compile(r"(?P<indent>>{1,9})?(?: ?(?P<kind>#|==?))?(?: |$)")
"""What is before the text of the first cell of a row: a > for each step of its indent, and the sign of its kind."""

REVISIONS: Mapping[RevisionKind, tuple[str, str]] = {
    RevisionKind.ADDED: ("{++", "++}"),
    RevisionKind.REMOVED: ("{--", "--}"),
    RevisionKind.MOVED_HERE: ("{+=", "=+}"),
    RevisionKind.MOVED_AWAY: ("{-=", "=-}"),
}
"""What is around text that one of two versions has. The first two are those of CriticMarkup, which has no moves."""

EMPTY = "<!-- empty -->"
"""The text of a paragraph or a subparagraph that has a number or a mark and no text."""
TAIL, ORNAMENT = "<!-- tail -->", "<!-- ornament -->"
"""What begins the text after subparagraphs that ends their paragraph, and an ornament."""

_NAME = r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*"
_LABEL = re.compile(rf"^\{{#(?P<first>{_NAME})\}}(?: |$)|(?<!\\) ?\{{#(?P<last>{_NAME})\}}$")
_NOTE_NAME = re.compile(rf"(?=...){_NAME}")
_PRINTED_MARK = re.compile(r"<!-- mark(?: (?P<mark>[^<>\n]{1,200}))? -->[ \n]?")
_ROLE = re.compile(f"<!-- ({'|'.join(Role)}) -->")
_KINDS = "part|table|figure|box|unit|remark|vote|contents|annex|appendix|enclosure|section|landscape|portrait"
_BLOCK_MARK = re.compile(
    rf"<!-- (?P<kind>{_KINDS})(?: (?:(?P<section>[A-Z0-9]{{1,8}})\.)?(?P<number>[1-9][0-9]{{0,2}}|#))?"
    r"(?: (?P<name>[A-Z0-9]{1,8}))?(?P<options>(?:, [a-z]+(?: [0-9]{1,5})*)*?)(?P<own_notes>, notes from 1)?"
    r"(?:, original: (?P<original>[^>\n]+?))? -->[ \n]?"
)
TEXT_MARKS = re.compile(
    rf"{PAGE_END}|<!-- tab [1-9][0-9]{{0,4}} -->"
    "|<!-- fit(?: (?:lines |letters |above -?)[1-9][0-9]{0,3}(?:,(?= )|(?= -->)))+ -->"
)
"""The marks inside a paragraph or at its end: page ends, columns of a note, and how it was fitted to its page."""
_TYPED_MARK = re.compile(r"<!-- ?(?:(?P<kind>table|figure)\b)?[^>\n]{0,200}-->")
_ROMAN = re.compile(r"^[ivxl]{1,7}(?=,|$)")
_NUMBER_FIRST = re.compile(r"(?P<number>#|[0-9]{1,3})?,? ?(?P<options>[a-z].*)?")
# The options of each kind of mark, and whether they have numbers.
_OPTIONS: Mapping[str, Mapping[str, bool]] = {
    "table": {
        "head": True,
        "widths": True,
        "gutter": True,
        "lines": True,
        "top": False,
        "inset": False,
        "whole": False,
    },
    "figure": {"width": True, **dict.fromkeys(FigureKind, False), **charting.OPTIONS},
    "box": {"indent": True},
    "contents": {"paragraphs": False},
    "landscape": {"columns": True, "break": False},
    "portrait": {"columns": True, "break": False},
}
_MARK_NAMES = tuple(name.rstrip(":") for name in MARKS)
_WITH_NOTES = ("annex", "appendix", "enclosure")
_COUNTED = ("part", "table", "figure", "contents", "annex", "appendix", "enclosure")


def fit_mark(fit: Fit) -> str:
    """Return the mark at the end of a text that was fitted to its page by hand."""
    said = (f"{part.name} {number}" for part in fields(fit) if (number := getattr(fit, part.name)))
    return f"<!-- fit {', '.join(said)} -->"


def tab_mark(tab: Tab) -> str:
    """Return the mark where a column of a note begins."""
    return f"<!-- tab {tab.at} -->"


def read_text_mark(mark: str) -> PageEnd | Tab | Fit:
    """Return what a mark of TEXT_MARKS says."""
    if mark == PAGE_END:
        return PageEnd()
    said = dict(re.findall(r"([a-z]+) (-?[0-9]+)", mark))
    return Tab.read(said["tab"]) if "tab" in said else Fit.read(said)


def role_mark(role: Role) -> str:
    """Return the mark that gives the paragraphs after it this role."""
    return f"<!-- {role} -->"


def printed_mark(mark: str | None) -> str:
    """Return the source form of a mark that is not the language's own; an empty string for None."""
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

    `section` is before the number of a table or figure, or all that a mark of the kind `section` says. `options` are
    such as `head 2`: their names and numbers. `original` is the original language of an annex, with `own_notes` if it
    says `notes from 1`. A `counted` mark, `<!-- table # -->`, has the next number.
    """

    kind: str
    number: int | None = None
    section: str = ""
    options: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    original: str = ""
    counted: bool = False
    own_notes: bool = False

    def option(self, name: str, default: int) -> int:
        """Return the only number of an option."""
        return self.options.get(name, (default,))[0]

    def __str__(self) -> str:
        counted = ".".join(filter(None, (self.section, "" if self.number is None else str(self.number))))
        number = f" {counted}" if counted else ""
        head = "".join(f", {' '.join(map(str, (name, *numbers)))}" for name, numbers in self.options.items())
        head += ", notes from 1" * self.own_notes
        # A character that would end the comment, or the line, is written as a character reference.
        original = re.sub(r"[&<>\n]", lambda found: f"&#{ord(found[0])};", self.original)
        return f"<!-- {self.kind}{number}{head}{f', original: {original}' if original else ''} -->"


def read_block_mark(text: str) -> tuple[BlockMark, str] | None:
    """Return the mark at the start of a paragraph and the text after it, or None if there is no mark."""
    found = _BLOCK_MARK.match(text)
    if found is None:
        return None
    kind, section, counted = found["kind"], found["section"] or "", found["number"] == COUNTED
    number = int(found["number"]) if found["number"] and not counted else None
    if kind == "section" and not counted:
        section, number = ".".join(filter(None, (section, found["number"], found["name"]))), None
    options = {}
    for option in filter(None, found["options"].split(", ")):
        name, *numbers = option.split(" ")
        options[name] = tuple(map(int, numbers))
    known = _OPTIONS.get(kind, {})
    if any(name not in known or known[name] is not bool(numbers) for name, numbers in options.items()):
        return None
    if ((counted or number is not None) and kind not in _COUNTED) or (kind != "section" and found["name"]):
        return None
    if found["own_notes"] and kind not in _WITH_NOTES:
        return None
    own_notes = found["own_notes"] is not None
    mark = BlockMark(kind, number, section, options, unescape(found["original"] or ""), counted, own_notes)
    return mark, text[found.end() :]


def is_mark(text: str) -> bool:
    """Return whether a comment is a mark that begins or replaces a paragraph."""
    known = (
        text in (EMPTY, TAIL, ORNAMENT, PAGE_BREAK) or read_role_mark(text) or read_printed_mark(text)[0] is not None
    )
    return bool(known or (read_block_mark(text) or ("", text))[1] == "")


def read_unreadable_mark(text: str) -> tuple[BlockMark, str, str] | None:
    """Return what a mark for the next block probably means, the mark as it is written, and the text after it."""
    found = _TYPED_MARK.match(text)
    if found is None or read_block_mark(text) or TEXT_MARKS.match(text):
        return None
    meant = read_block_mark(likely_mark(found[0]))
    if meant is None and found["kind"] is None:
        return None
    is_same = meant and found["kind"] in (None, meant[0].kind)
    mark = meant[0] if meant and is_same else BlockMark(found["kind"], counted=True)
    return mark, found[0], text[found.end() :].lstrip()


def likely_mark(text: str) -> str:
    """Return the mark that a comment resembles, with the rest of what it says; empty if it resembles none."""
    inner = " ".join(
        text.removeprefix("<!--").removesuffix("-->").casefold().replace("_", " ").replace("-", " ").split()
    )
    name = re.match(r"[a-z]+(?: ?(?:end|break))?", inner)
    close = get_close_matches(name[0].replace("pagebreak", "page break"), _MARK_NAMES, 1, 0.7) if name else []
    if not name or not close:
        return ""
    rest = _ROMAN.sub(_in_digits, inner[name.end() :].lstrip())
    separator = "" if not rest or rest.startswith(",") else " "
    if (parts := _NUMBER_FIRST.match(rest)) and parts["options"]:
        options = re.sub(r"(?<=[a-z0-9]) (?=[a-z])", ", ", parts["options"])
        number = f" {parts['number']}" if parts["number"] else ""
        if read_block_mark(meant := f"<!-- {close[0]}{number}, {options} -->"):
            return meant
    if f"{close[0]}:" in MARKS:
        return f"<!-- {close[0]}: {rest.lstrip(': ')} -->"
    meant = f"<!-- {close[0]}{separator}{rest} -->"
    return meant if read_block_mark(meant) or not rest else f"<!-- {close[0]} -->"


def _in_digits(found: re.Match[str]) -> str:
    """Return a Roman numeral in digits."""
    numerals = {locales.roman(number): str(number) for number in range(1, 40)}
    return numerals.get(found[0], found[0])


def unknown_option(text: str) -> tuple[str, str]:
    """Return the first option of a typed mark that its kind does not have, and a hint; empty texts if all are known."""
    found = re.match(r"<!-- ?([a-z]+)[^,>]*,(.*)-->", text)
    known = _OPTIONS.get(found[1], {}) if found else {}
    for option in found[2].split(",") if found and known else ():
        name, *numbers = option.split() or [""]
        if name != "original:" and (known.get(name) is not bool(numbers) or not all(map(str.isdecimal, numbers))):
            close = get_close_matches(name, known, 1, 0.5)
            form = f"{close[0]} 3" if close and known[close[0]] else "".join(close)
            return option.strip(), f"did you mean {form}?" if close else f"known are {', '.join(known)}"
    return "", ""


def read_label(text: str) -> tuple[str, str]:
    """Return the label of a block, which begins or ends its text, empty if there is none, and the text without it."""
    found = _LABEL.search(text)
    if found is None:
        return "", text
    return found["first"] or found["last"], text[: found.start()] + text[found.end() :]


def label_mark(name: str) -> str:
    """Return the source form of a label."""
    return f"{{#{name}}}"


def note_mark(call: Note | NoteCall | TableNoteCall) -> str:
    """Return the mark of a note, at its call as before its text: `[^1]`, `[^*]`, `[^a]`. Raises SourceError after z."""
    if isinstance(call, TableNoteCall) and call.ordinal > 26:
        raise SourceError("a table has more than 26 notes", hint="divide the table")
    return f"[^{note_label(call)}]"


def read_note_label(label: str, where: str, numbered: Callable[[str], int]) -> NoteCall | TableNoteCall:
    """Return the call with this label: a number or asterisks, or a letter for a note of a table.

    `numbered` returns the number of a note whose label is a word, `[^water]`. Raises SourceError, placed at `where`, if
    it is none of these.
    """
    if re.fullmatch(r"[a-z]", label):
        return TableNoteCall(ord(label) - ord("a") + 1)
    if re.fullmatch(r"[1-9][0-9]{0,3}", label):
        return NoteCall(int(label))
    if _NOTE_NAME.fullmatch(label):
        return NoteCall(numbered(label))
    if label.strip("*"):
        hint = "write [^1], [^*] for an asterisk, [^a] in a table, or a word of three small letters or more: [^water]"
        raise SourceError(f"invalid note label “{label}”", where=where, hint=hint)
    return NoteCall(len(label), asterisk=True)
