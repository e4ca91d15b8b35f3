"""How paragraphs of a Markdown body begin, where they look like another part and are not read as one.

An author typed the number of a paragraph or a heading, the mark of a subparagraph or a note as pages print them, or
left out the blank line or the indent that makes it one. Each is reported, since it is printed as text.
"""

from __future__ import annotations

import re

from masthead.document import DocumentType, Locale, model
from masthead.document.references import Doubt
from masthead.formats.itemization import Marks, split_heading
from masthead.formats.record import Record

_RULE = "mark-unread"
_DASHED = re.compile(
    r"(?P<number>[0-9٠-٩]{1,3}) ?[-–](?= ?[ء-ي])"
)  # as pages in Arabic print the numbers of paragraphs
_BULLET = re.compile(r"[•●▪■◦‣·➢]\s+(?=\S)")
_NUMBER = re.compile(r"(?P<number>[0-9]{1,3})(?:[.)](?=[^\W\d_])| [.)](?= )|[、．）])")
_NOTE = re.compile(r"\[\^[^\]\s]{1,40}\]\s+:")
_BOLD_NUMBER = re.compile(r"(?P<sign>\*{1,2}|_{1,2})(?P<number>[0-9٠-٩]{1,3})(?:[.)] ?(?P=sign)|(?P=sign)[.)])(?=\s)")
_TWICE = re.compile(r"#{1,6}\s")  # in a heading: `# # Tides`
_HEADING = re.compile(r"#{1,6}(?=[^\W\d_])")
_COUNTED = re.compile(r"#\.(?=\S|$)|\.(?= )|##+\.|#[):]")  # of a heading, `# . text` leaves the full stop
_TITLE = re.compile(r"[^\n]{3,100}[^\n.,;:،؛。；：]")  # a paragraph that looks like a heading
_NEXT = re.compile(r"(?P<number>[1-9][0-9]{0,2})\.[ \t]|#\.$")


def unread_opening(text: str) -> Doubt | None:
    """Return what is wrong with the beginning of a paragraph or heading: a number, a bullet, a mark of a heading."""
    if found := _NUMBER.match(text) or _DASHED.match(text):
        message = f"“{found[0]}” is not read as the number of a paragraph"
        return Doubt(_RULE, message, f"write {found['number']}. and a space before the text")
    if found := _NOTE.match(text):
        return Doubt(_RULE, f"{found[0]} does not begin a note", "write no space before the colon: [^1]: text")
    if found := _BOLD_NUMBER.match(text):
        message = f"{found[0].strip()} is not read as the number of a paragraph"
        return Doubt(_RULE, message, f"write {found['number']}. and a space before the text, without emphasis")
    if found := _COUNTED.match(text):
        message = f"“{found[0]}” is not read as a number that is counted"
        return Doubt(_RULE, message, "write #. and a space before the text")
    if found := _BULLET.match(text):
        bullet = found[0].strip()
        return Doubt(_RULE, f"{bullet} does not begin a subparagraph", f"write - <!-- mark {bullet} --> text")
    if found := _HEADING.match(text):
        return Doubt(_RULE, f"{found[0]} does not begin a heading", f"write a space after {found[0]}")
    if found := _TWICE.match(text):
        return Doubt(_RULE, f"the heading begins with {found[0].strip()}", "write all # before the first space")
    return None


def unread_item(text: str, last: model.Block | None, marks: Marks) -> Doubt | None:
    """Return what is wrong with a paragraph that begins like the next subparagraph of the `last` block."""
    mark = marks.item(text)
    if mark is None or not isinstance(last, model.Paragraph):
        return None
    if not last.items and model.plain(last.content).rstrip()[-1:] not in ":：":
        return None
    if marks.ordinal(mark["mark"], 1) != len(last.items) + 1:
        return None
    indent = "" if last.number is None else f", indented as far as the text of paragraph {last.number}"
    message = f"{mark['mark']} does not begin a subparagraph"
    return Doubt(_RULE, message, f"write - {mark['mark']} and its text{indent}")


def unread_heading(text: str, level: int, following: int, kind: DocumentType, locale: Locale) -> Doubt | None:
    """Return what is wrong with a paragraph that begins like the next heading of a level, number `following`."""
    if not _TITLE.fullmatch(text):
        return None
    ordinal, title = split_heading(text, level, kind, locale)
    if not title or ordinal != following:
        return None
    typed = text.removesuffix(title).rstrip()
    hint = f"write {'#' * level} {text}; to print it as a paragraph, write \\ before {typed[-1]}"
    return Doubt(_RULE, f"“{typed}” does not begin a heading", hint)


def unread_indent(source: str, last: model.Block | None) -> Doubt | None:
    """Return what is wrong with a numbered paragraph that is indented, but not as far as a subparagraph of the last.

    `source` is its first line.
    """
    if not isinstance(last, model.Paragraph) or last.number is None or source[:1] != " ":
        return None
    indent = len(source) - len(source.lstrip())
    message = f"an indent of {indent} does not make a subparagraph of paragraph {last.number}"
    hint = f"indent it by {max(3, indent + 1)} spaces, as far as the text above it, or not at all"
    return Doubt(_RULE, message, hint)


def report_swallowed_numbers(record: Record, text: str, line: int, following: int) -> None:
    """Report a line that begins like paragraph `following`, but belongs to the paragraph that begins in `line`."""
    for at, written in enumerate(text.split("\n")):
        if at and (found := _NEXT.match(written)) and int(found["number"] or following) == following:
            message = f"“{found[0].rstrip()}” is printed in the paragraph before it"
            doubt = Doubt(_RULE, message, "leave a blank line before a numbered paragraph")
            record.report(line + at, doubt, found[0])
            following += 1
