"""A Document as one self-contained web page, made with the words and templates of the printed document.

Browsers order mixed scripts (UAX #9), so text is left unchanged, and only what the algorithm cannot know
is isolated. Notes follow the text, linked both ways. What makes sense only on paper (folios, barcode) is left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from masthead.document import Direction, Document, Locale, NoteCall, NotePlace, locales
from masthead.formats.source import check_characters
from masthead.page import (
    NUMBER_CLASS,
    Atom,
    Element,
    Inliner,
    Node,
    art,
    as_printed,
    page_values,
    render,
    template_folders,
    template_name,
    undefined_note,
    wording,
)


def write(document: Document, templates: Path | None = None) -> str:
    """Return the page: the template of the document type, with the frame and shapes of `web` instead of those of paper.

    Raises TemplateError when a template fails, a locale lacks a word, or a note is missing, SourceError for a character
    that no source may hold.
    """
    document = as_printed(document)
    locale = locales.load(document.language, templates)
    inliner, folders = _Inliner(document, locale), template_folders(templates)
    values = page_values(document, locale, inliner, templates)
    notes = tuple(inliner.notes())
    at_end = document.note_place is NotePlace.END and any(not asterisk for _, asterisk in inliner.called)
    text = render(
        template_name(document),
        *(path for folder in folders if (path := folder / "web").is_dir()),
        *folders,
        page=values,
        kind=document.type,
        address=document.symbol.address,
        emblem=art.emblem(templates=templates),
        notes=notes,
        notes_title=wording.endnotes_title(locale) if at_end else "",
        calls=inliner.calls,
        words=locale.words["web"],
    )
    return check_characters(text, document)


class _Inliner(Inliner):
    """Inline content for browsers. `calls` counts the calls of each note by its identifier."""

    def __init__(self, document: Document, locale: Locale) -> None:
        super().__init__(document, locale)
        self._at_end = False  # all notes are at the end of the page
        self.calls: Counter[str] = Counter()

    @property
    def called(self) -> Iterable[tuple[int, bool]]:
        """The notes that are called: their numbers, and whether these are asterisks."""
        return self._called

    def notes(self) -> Iterator[dict[str, Any]]:
        """Yield the notes in the order of their first calls; notes that other notes call first come after them."""
        for key in (called := list(self._called)):
            note = self._notes[key]
            mark = self._mark(note, of_note=True)
            html = self._body(note)
            yield {"key": _name(*key), "mark": mark, "html": Markup(html)}
            called += [each for each in self._called if each not in called]

    def _set(self, nodes: Iterable[Node]) -> tuple[str, ...]:
        return ("".join(map(self._html, nodes)),)

    def _html(self, node: Node) -> str:
        match node:
            case str():
                return escape(node)
            case Element(tag, attributes, children):
                inner = "".join(map(self._html, children))
                if self._direction is Direction.RTL and ("class", NUMBER_CLASS) in attributes:
                    # Each number is isolated, so that the first is to the right of the slash.
                    inner = "/".join(f"<bdi>{number}</bdi>" for number in inner.split("/"))
                said = "".join(f' {name}="{escape(value)}"' for name, value in attributes)
                return f"<{tag}{said}>{inner}</{tag}>"
            case Atom(html):
                return html
        return ""  # a page end of the printed original

    def _call(self, call: NoteCall) -> str:
        key = (call.number, call.asterisk)
        mark = self._mark(call)
        if key not in self._notes:
            raise undefined_note(mark)
        self._called.setdefault(key, self.scope)
        return self._link(_name(*key), mark, "call asterisk" if call.asterisk else "call")

    def _table_call(self, ordinal: int, mark: str) -> Node:
        return Atom(self._link(f"{self.table}-note-{ordinal}", mark, "call letter"))

    def _link(self, key: str, mark: str, kind: str) -> str:
        self.calls[key] += 1
        return (
            f'<a class="{kind}" id="{key}-call-{self.calls[key]}" href="#{key}" role="doc-noteref" '
            f'dir="{self._direction}">{escape(mark)}</a>'
        )


def _name(number: int, asterisk: bool) -> str:
    return f"note-{'x' * asterisk}{number}"
