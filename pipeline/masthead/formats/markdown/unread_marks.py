"""Marks in a text that the authoring format does not read, so that they would be printed: they are reported.

They are marks of emphasis that are not closed, of HTML, and of other dialects of Markdown. `openings` has those that
begin a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from masthead.document.references import Doubt

_EMPHASIS, _FOREIGN, _OPENING = "emphasis-unclosed", "mark-foreign", "mark-unread"
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_REMOVE = "remove it; to print it, write \\<"
_TAGS: Mapping[str, str] = {
    "sub": "write a subscript like this: CO~2~",
    "sup": "write a superscript like this: m^2^, and a call to a note like this: [^1]",
    **dict.fromkeys(("b", "strong"), "write bold text like this: **text**"),
    **dict.fromkeys(("i", "em", "cite"), "write italic text like this: *text*"),
    **dict.fromkeys(("u", "ins"), "documents have no underlining; write italic text like this: *text*"),
    **dict.fromkeys(("s", "del", "strike"), "documents have no text that is struck out; remove it"),
    "a": "write a link like this: [text](https://www.un.org/)",
    "img": "write a picture like this: ![what it shows](picture.svg)",
    "hr": "remove it; a line above which a page ends is <!-- page break -->",
    **dict.fromkeys(("ul", "ol", "li"), "write subparagraphs like this: - (a) text"),
    **dict.fromkeys(("table", "tr", "td", "th", "thead", "tbody"), "write a table with pipes: | cell | cell |"),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "write a heading like this: # I. Introduction"),
    **dict.fromkeys(("blockquote", "details", "summary"), "write a box like this: > text"),
    **dict.fromkeys(("div", "span", "font", "center", "small", "big", "mark", "code", "pre", "kbd", "nobr"), _REMOVE),
    **dict.fromkeys(("section", "figure", "figcaption", "caption", "dl", "dt", "dd", "q", "abbr", "wbr"), _REMOVE),
}
_LABELS = "a label begins or ends its text, and has small letters, digits and hyphens"
_TAG = re.compile(r"<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9]{0,15})(?:\s[^<>\n]{0,300})?/?>")
_LEFT = re.compile(r"\*{1,3}|_{1,2}")
_DIALECTS: tuple[tuple[re.Pattern[str], str, str], ...] = tuple(
    (re.compile(pattern), message, hint)
    for pattern, message, hint in (
        (r"~~[^~\n]{1,200}~~", "text between ~~ is not struck out", "remove it; to print a tilde, write \\~"),
        (r"==[^=\s][^=\n]{0,200}==", "text between == is not highlighted", "remove the signs, or write *text*"),
        (r"\$\$", "$$ does not begin a formula", "write the formula as text: x^2^, CO~2~"),
        (r"\[\[[^\[\]\n]{1,100}\]\]", "[[…]] is not a link", "write [text](A/RES/64/293)"),
        (r"\[_?TOC_?\]", "[TOC] is not a table of contents", "write <!-- contents 2 -->"),
        (r"\{#[^\s{}]{1,60}\}", "{#…} is not read as a label", f"{_LABELS}: {{#water}}"),
        (
            r"\{(?!#[^\s{}]+\})(?:[.#][\w-]+ ?){1,9}\}",
            "{…} gives no attributes",
            "remove it; docs/format.md lists the marks",
        ),
        (r"\\(?:newpage|pagebreak|clearpage)\b", "commands of LaTeX are printed", "write <!-- page break -->"),
        (r"\\[a-z]{3,15}\{", "commands of LaTeX are printed", "docs/format.md lists the marks"),
        (r"\[#[a-z][a-z0-9-]*\](?!\()", "[#…] is not a reference", "write [](#water), or [words](#water)"),
        (r"\[\^(?:\s[^\]\n]{0,40}|[^\]\s]{1,40}\s)\]", "[^ …] calls no note", "write its label without spaces: [^1]"),
        (r"^\[[0-9]{1,3}\]:(?=\s)", "[…]: does not begin a note", "write [^1]: and the text of the note"),
        (
            r"&(?:nbsp|amp|lt|gt|quot|shy|[nm]dash|hellip|copy|deg|#\d{2,5})(?![;\w])",
            "&… is printed as it is",
            "write a semicolon after it, as in &nbsp;",
        ),
        (r"\^\[", "^[ is not closed in its paragraph", "write ] at its end; <p> begins a new paragraph in a note"),
        (r"\{\{(?:\s[^{}\n]{1,60}|[^{}\s]{1,60}\s)\}\}", "{{ … }} is no variable", "write it without spaces: {{body}}"),
        (r"<!\s?(?!--)[-\u2010-\u2015\u2212]{1,3}", "<! with these dashes begins no mark", "write <!-- … -->"),
        (r"\(#[a-z][a-z0-9-]*\)", "(#…) is not a reference", "write [](#water), or [words](#water)"),
        (r"^:::", "::: does not begin a box", "write a box like this: > text"),
        (r"^\[[ xX]?\] ", "[ ] is not a check box", "remove it"),
        (rf"(?<=[,.;:’”»)])[{_RAISED}]+", "a raised digit does not call a note", "write [^1]"),
    )
)
# Each of these marks has one of these signs, and most texts have none of them.
_SIGN = re.compile(rf"[<*_~=$\[{{\\&^#{_RAISED}]|\A:::")
_ROW = re.compile(r">{0,9} ?(?P<kind>#|==?|>)(?=[^\W\d_])")


class UnreadMark(NamedTuple):
    """A mark as it is written, its offset in the text, and what is wrong with it."""

    written: str
    offset: int
    doubt: Doubt


def unread_marks(text: str, before: str = " ", after: str = " ") -> Iterator[UnreadMark]:
    """Yield the marks in `text` that are printed as they are. `before` and `after` are the characters around it."""
    if not _SIGN.search(text):
        return
    for found in _TAG.finditer(text):
        hint = _TAGS.get(found["name"].lower())
        if hint and not found["end"]:
            yield _mark(found, _FOREIGN, f"{found[0]} is printed as it is", hint)
    for pattern, message, hint in _DIALECTS:
        for found in pattern.finditer(text):
            yield _mark(found, _FOREIGN, message, hint)
    for found in _LEFT.finditer(text):
        left = text[found.start() - 1] if found.start() else before
        right = text[found.end()] if found.end() < len(text) else after
        opens, closes = not right.isspace(), not left.isspace()
        sign = found[0][0]
        if opens == closes and (not opens or sign == "_" or left == sign or right == sign):
            continue
        escaped = "".join("\\" + each for each in found[0])
        literal = f"to print it, write {escaped}"
        if opens and not closes:
            hint = f"write {found[0]} after the emphasized words too; {literal}"
            yield _mark(found, _EMPHASIS, f"{found[0]} is not closed in its paragraph", hint)
        elif sign == "*":
            hint = f"write [^{found[0]}] to call a note, or {found[0]} before the emphasized words; {literal}"
            yield _mark(found, _EMPHASIS, f"{found[0]} closes nothing", hint)


def unread_row(text: str) -> Doubt | None:
    """Return what is wrong with the first cell of a row, if it begins with a sign that is printed as it is."""
    found = _ROW.match(text)
    message = f"{found['kind']} says nothing about the row" if found else ""
    return Doubt(_OPENING, message, f"write a space after {found['kind']}") if found else None


def _mark(found: re.Match[str], rule: str, message: str, hint: str) -> UnreadMark:
    return UnreadMark(found[0], found.start(), Doubt(rule, message, hint))
