"""The last page of a document that shows changes: what the marks mean, and how many changes of each kind there are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from masthead.document import (
    Alignment,
    Annex,
    Caption,
    Cell,
    Column,
    Content,
    Document,
    Locale,
    Paragraph,
    Reference,
    RevisionKind,
    Role,
    Row,
    Strong,
    Text,
    joined,
    locales,
    model,
    patterns,
)
from masthead.page import wording
from masthead.redline.changes import ChangedPart, changes, facts
from masthead.redline.contents import compare_contents, merge_contents, revised
from masthead.redline.redlining import AlignedNote, Redline

_UNPRINTED = "type"
"""What no page says of a document, in its own words."""


def between(redline: Redline, locale: Locale) -> Content:
    """Return which two documents a redline compares, in the words of its language."""
    names = {"{old}": _name(redline.old, locale), "{new}": _name(redline.new, locale)}
    form = "within" if names["{old}"] == names["{new}"] else "between"
    parts = re.split(r"(\{\w+\})", str(locale.word("redline", form)))
    return joined(chain.from_iterable(names.get(part, (Text(part),)) for part in parts if part))


def _name(document: Document, locale: Locale) -> Content:
    places = locale, locales.distribution_locale(locale)
    day = next(filter(None, (patterns.find_date(document.masthead.date, each) for each in places)), None)
    said = (Text(f" ({locale.written(day, document.digits)})"),) if day else ()
    return Reference(str(document.symbol), document.symbol), *said


def summary(redline: Redline, locale: Locale) -> Annex:
    """Return the last page."""
    words = locale.word("redline", "counts")
    lines = list(_page_one(redline))
    counts = changes(redline).counts | {ChangedPart.PAGE_ONE: len(lines)}
    named = [(str(words[kind.replace(" ", "_")]), count) for kind, count in counts.items()]
    rows = tuple(_row(name, redline.new.digits.shape(count)) for name, count in named if count)
    head = _row(*(str(word) for word in locale.word("redline", "head")))
    columns = (Column(), Column(Alignment.END))
    table = (model.Table(Caption(), (head,), rows, columns, inset=True),) if rows else ()
    lines += (
        (Text(f"{'*' * note.number} "), *revised(note.old.content, RevisionKind.REMOVED))
        for note in uncalled(redline)
        if note.old
    )
    if lines:
        lines.insert(0, (Strong(_content(str(words["page_one"]))),))
    texts = (between(redline, locale), _content(str(locale.word("redline", "legend"))))
    body = (*(Paragraph(Role.PLAIN, text) for text in (*texts, *lines)), *table)
    return Annex(_content(str(locale.word("redline", "title"))), body, mark="")


def _page_one(redline: Redline) -> Iterator[Content]:
    """Yield the lines of page one that changed. Notes are called where the lines are."""
    before, after = map(facts, redline.numbered)
    for name in dict.fromkeys((*before, *after)):
        one, other = (wording.without_asterisks(side.get(name, ())) for side in (before, after))
        if name != _UNPRINTED and compare_contents(one, other).edits:
            yield merge_contents(one, other)


def uncalled(redline: Redline) -> tuple[AlignedNote, ...]:
    """Return the removed notes that no line shows a call of: those of lines that are only on the old page one."""
    called = {
        (each.number, each.asterisk)
        for content in model.contents(redline.numbered[0])
        for each in model.inlines(content)
        if isinstance(each, model.NoteCall)
    }
    return tuple(
        note for note in redline.notes if note.old and not note.new and (note.number, note.old.asterisk) not in called
    )


def _content(text: str) -> Content:
    return (Text(text),)


def _row(name: str, count: str) -> Row:
    return Row((Cell(_content(name)), Cell((Strong(_content(count)),) if count.isdecimal() else _content(count))))
