"""Cross-references: texts that a label fills in, `[see](#water)`, in the words and numerals of the language.

While a document is read or written, U+FDD0 in the text of a link stands for the number of its target, U+FDD1 for its
kind and number: noncharacters, which no source contains.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from masthead.document import (
    Document,
    Hyperlink,
    Label,
    Language,
    Locale,
    NoteNumber,
    map_contents,
    model,
    plain,
    printed_notes,
)
from masthead.document.references import Citation, Kind, number_of, write_citation

NUMBER, NAME = "\ufdd0", "\ufdd1"
AS_WRITTEN = "as written"
"""The title of a link to a label whose text no number is added to."""
_BY_ANNEX = (Kind.PARAGRAPH, Kind.SECTION)  # numbered from 1 again in each annex
_COMMAS = {Language.ARABIC: "، ", Language.CHINESE: "，"}
# A full stop after a word for “see” or “compare” ends no sentence.
_SENTENCE_END = re.compile(r"(?:(?<!\bсм)(?<!\bср)(?<!\bcf)\.|[!?؟])\Z", re.IGNORECASE)


def with_references(document: Document, locale: Locale) -> Document:
    """Return the document with the texts of its references to labels filled in, with dots for unknown labels."""
    return _changed(document, _CrossReferences(document, locale).resolved)


def with_signs(document: Document, locale: Locale) -> Document:
    """Return the document with signs for what `with_references` fills in."""
    return document if not document.labels else _changed(document, _CrossReferences(document, locale).unresolved)


def _changed(document: Document, change: Callable[[model.Content, int], Iterator[model.Inline]]) -> Document:
    """Return the document with all content changed; `change` takes the number of the annex that has the content too."""

    def within(annex: int) -> Callable[[model.Content], model.Content]:
        return lambda content: tuple(change(content, annex))

    annexes = tuple(map_contents(each, within(at)) for at, each in enumerate(document.annexes, 1))
    changed: Document = map_contents(replace(document, annexes=()), within(0))
    return replace(changed, annexes=annexes)


class _CrossReferences:
    """The texts of the references to the labels of one document."""

    def __init__(self, document: Document, locale: Locale) -> None:
        self._labels = {label.name: label for label in document.labels}
        self._locale, self._digits = locale, document.digits
        self._notes = printed_notes(document)

    def resolved(self, content: model.Content, annex: int, before: str = "") -> Iterator[model.Inline]:
        for inline in content:
            match inline:
                case model.Strong(inner) | model.Emphasis(inner):
                    yield type(inline)(tuple(self.resolved(inner, annex, before)))
                case model.Revision(kind, inner):
                    yield model.Revision(kind, tuple(self.resolved(inner, annex, before)))
                case Hyperlink(text, address) if address[1:] in self._labels and address[0] == "#":
                    yield replace(inline, text=self._filled(text, self._labels[address[1:]], annex, before))
                case Hyperlink(text, address) if address[0] == "#":
                    yield replace(inline, text=text.replace(NUMBER, "…").replace(NAME, "…"))
                case _:
                    yield inline
            before += plain((inline,))

    def unresolved(self, content: model.Content, annex: int, before: str = "") -> Iterator[model.Inline]:
        for inline in content:
            match inline:
                case model.Strong(inner) | model.Emphasis(inner):
                    yield type(inline)(tuple(self.unresolved(inner, annex, before)))
                case model.Revision(kind, inner):
                    yield model.Revision(kind, tuple(self.unresolved(inner, annex, before)))
                case Hyperlink(text, address) if address[1:] in self._labels and address[0] == "#":
                    label = self._labels[address[1:]]
                    signed = (each for each in self._signed(text, label, annex))
                    same = (each for each in signed if self._filled(each, label, annex, before) == text)
                    yield replace(inline, text=next(same, text))
                case _:
                    yield inline
            before += plain((inline,))

    def _filled(self, text: str, label: Label, annex: int, before: str) -> str:
        name, number = self._cited(label)
        word = name[: len(name) - len(number)].rstrip() if name.endswith(number) else ""
        inside = text.partition(NAME)[0].rstrip()
        outer = self._own_annex(label)
        if outer not in (0, annex):
            name = self._outer(outer) + name
        elif word and inside.casefold().endswith(word.casefold()):
            name = number
        if text == NAME and (not before.strip() or _SENTENCE_END.search(before.rstrip())):
            name = name[:1].upper() + name[1:]
        return text.replace(NUMBER, number).replace(NAME, name)

    def _signed(self, text: str, label: Label, annex: int) -> Iterator[str]:
        """Yield the texts with signs that could be filled in to give `text`, the likeliest first."""
        name, number = self._cited(label)
        whole = self._outer(self._own_annex(label)) + name
        spaced = "" if self._locale.language is Language.CHINESE else " "
        for each in (whole, whole[:1].upper() + whole[1:], name, name[:1].upper() + name[1:], number):
            before = text.removesuffix(each)
            if each and before != text and (not before or before.endswith(spaced)):
                yield before + NAME
        if number and number in text:
            before, _, after = text.rpartition(number)
            yield before + NUMBER + after

    def _own_annex(self, label: Label) -> int:
        """Return the annex in which the numbers of what has the label begin with 1 again, 0 if that is the document."""
        if label.kind == Kind.NOTE:
            return self._note(label).annex
        return label.scope[0] if label.kind in _BY_ANNEX else 0

    def _note(self, label: Label) -> NoteNumber:
        number = int(label.value)
        return self._notes.get(number, NoteNumber(number))

    def _outer(self, annex: int) -> str:
        """Return the name of an annex, with a comma, where other parts of the document need it."""
        labels = self._labels.values()
        named = [each.value for each in labels if each.kind == Kind.ANNEX and each.scope[0] == annex]
        value = named[0] if named else str(annex)
        return self._written(Citation(Kind.ANNEX, value)) + _COMMAS.get(self._locale.language, ", ")

    def _cited(self, label: Label) -> tuple[str, str]:
        """Return the name of a labelled part in running text, `paragraph 12`, and its number alone."""
        value = str(self._note(label).number) if label.kind == Kind.NOTE else label.value
        citation = Citation(Kind(label.kind), value)
        return self._written(citation), number_of(citation, self._locale, self._digits)

    def _written(self, citation: Citation) -> str:
        text = write_citation(citation, self._locale, self._digits)
        return text[:1].lower() + text[1:]
