"""The last page of a document that shows changes: what the marks mean, and how many changes of each kind there are."""

from __future__ import annotations

import re
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
    Role,
    Row,
    Strong,
    Text,
    joined,
    locales,
    model,
    patterns,
)
from masthead.redline.changes import changes, facts
from masthead.redline.contents import compare_contents, merge_contents
from masthead.redline.redlining import Redline

_PAGE_ONE = (
    *("distribution", "job number", "original language"),
    *("session", "agenda item", "adoption", "place", "body", "division"),
)
"""The lines above the text whose changes are shown here: page one has the new ones."""


def between(redline: Redline, locale: Locale) -> Content:
    """Return which two documents a redline compares, in the words of its language."""
    documents = {"{old}": redline.old, "{new}": redline.new}
    parts = re.split(r"(\{\w+\})", str(locale.word("redline", "between")))
    named = ((_name(documents[part], locale) if part in documents else (Text(part),)) for part in parts if part)
    return joined(chain.from_iterable(named))


def _name(document: Document, locale: Locale) -> Content:
    places = locale, locales.distribution_locale(locale)
    day = next(filter(None, (patterns.find_date(document.masthead.date, each) for each in places)), None)
    said = (Text(f" ({locale.written(day, document.digits)})"),) if day else ()
    return Reference(str(document.symbol), document.symbol), *said


def summary(redline: Redline, locale: Locale) -> Annex:
    """Return the last page."""
    found = changes(redline)
    words = locale.word("redline", "counts")
    counts = [(str(words[kind.replace(" ", "_")]), count) for kind, count in found.counts.items()]
    rows = tuple(_row(name, redline.new.digits.shape(count)) for name, count in counts if count)
    head = _row(*(str(word) for word in locale.word("redline", "head")))
    columns = (Column(), Column(Alignment.END))
    table = (model.Table(Caption(), (head,), rows, columns, inset=True),) if rows else ()
    before, after = facts(redline.old), facts(redline.new)
    names = dict.fromkeys(name for name in (*before, *after) if name.rstrip(" 0123456789") in _PAGE_ONE)
    lines = [
        Paragraph(Role.PLAIN, merge_contents(before.get(name, ()), after.get(name, ())))
        for name in names
        if compare_contents(before.get(name, ()), after.get(name, ())).edits
    ]
    if lines:
        lines.insert(0, Paragraph(Role.PLAIN, (Strong(_content(str(words["page_one"]))),)))
    texts = (between(redline, locale), _content(str(locale.word("redline", "legend"))))
    body = (*(Paragraph(Role.PLAIN, text) for text in texts), *lines, *table)
    return Annex(_content(str(locale.word("redline", "title"))), body, mark="")


def _content(text: str) -> Content:
    return (Text(text),)


def _row(name: str, count: str) -> Row:
    return Row((Cell(_content(name)), Cell((Strong(_content(count)),) if count.isdecimal() else _content(count))))
