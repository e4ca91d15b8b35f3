"""Print the numbers of running text in Arabic-Indic or Western digits, as the document says.

Arabic documents of 2017 print Arabic-Indic digits in running text, but Western digits in Latin text: symbols, job
numbers, treaty citations (`vol. 2225, No. 39574`). Their sources use Western digits throughout. What is printed for a
number is said by `masthead.document.numbers`. Nothing is changed in a document that is written from left to right,
but for symbols in Arabic letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from masthead.document import WESTERN, Digits, Direction, Document, Language, model, numbers, organizations, symbols
from masthead.document.references import Link
from masthead.page.symbol_font import with_unicode_signs

_EXPONENT = re.compile(r"[-−⁻+]?\d{1,3}")
_SUPERSCRIPTS = str.maketrans("0123456789-−+", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻⁺")
_OPENING = frozenset("([{«“‘„〈《「『（")
_SPACE_SIGN = "␣"
_LINES = ("session", "agenda_item", "adoption", "place")


_last: tuple[Document, object, Document] | None = None
"""The last document that was printed, with its organization, and how: marking up and preflight ask for the same."""


def as_printed(document: Document) -> Document:
    """Return `document` with the numbers and signs that its pages print."""
    global _last
    last, organization = _last, organizations.current().key
    if last and last[0] is document and last[1] == organization:
        return last[2]
    printed = _as_printed(document)
    _last = document, organization, printed
    return printed


def _as_printed(document: Document) -> Document:
    document = _with_exponents(with_unicode_signs(document))
    if model.has_revisions(document):
        parts = ("preface", "body", "notes", "annexes")
        document = replace(
            document, **{name: model.map_contents(getattr(document, name), _revisions_as_printed) for name in parts}
        )
    digits, preface = document.digits, document.preface
    if document.language.direction is Direction.LTR:
        if not re.search(f"[{symbols.RIGHT_TO_LEFT}]", organizations.current().symbol_example):
            return document
        shaped_document: Document = model.map_contents(
            document, lambda content: tuple(_symbol_shaped(each, digits) for each in content)
        )
        return shaped_document

    def shaped(value: Any) -> Any:
        return model.map_contents(value, partial(shape, digits=digits))

    lines = {name: shape_line(getattr(preface, name), digits) for name in _LINES}
    return replace(
        document,
        preface=replace(shaped(preface), **lines),
        body=shaped(document.body),
        notes=shaped(document.notes),
        annexes=shaped(document.annexes),
        closing=tuple(shape_line(line, digits) for line in document.closing),
    )


def _revisions_as_printed(content: model.Content) -> model.Content:
    """Return content with a space between an old number or word and the new one, and a sign for a space that changed.

    Without the space both would be read as one, and the line through or under a space alone would be read as a dash.
    """
    result: list[model.Inline] = []
    for inline in content:
        if isinstance(inline, model.Revision):
            if result and isinstance(result[-1], model.Revision):
                last, first = model.plain((result[-1],))[-1:], model.plain((inline,))[:1]
                if last and first and not last.isspace() and (first.isalnum() or first in _OPENING):
                    result.append(model.Text(" "))
            if all(isinstance(each, model.Text) and each.text.isspace() for each in inline.content):
                inline = replace(inline, content=(model.Text(_SPACE_SIGN * len(model.plain(inline.content))),))
        result.append(inline)
    return tuple(result)


def _with_exponents(document: Document) -> Document:
    """Return `document` with raised digits after a number as signs of their own, in text as on the page.

    As raised text they would be a note call to the eye of a checker, and 10-4 in the text of the file.
    """
    found = False

    def raised(content: model.Content) -> model.Content:
        nonlocal found
        result: list[model.Inline] = []
        for inline in content:
            before = result[-1] if result else None
            if (
                isinstance(inline, model.Raised)
                and isinstance(before, model.Text)
                and before.text[-1:].isdecimal()
                and _EXPONENT.fullmatch(inline.text)
            ):
                found = True
                result[-1] = model.Text(before.text + inline.text.translate(WESTERN).translate(_SUPERSCRIPTS))
            else:
                result.append(inline)
        return tuple(result)

    names = ("preface", "body", "notes", "annexes")
    changed = {name: model.map_contents(getattr(document, name), raised) for name in names}
    return replace(document, **changed) if found else document


def numbers_in_order(text: str, language: Language) -> str:
    """Return printed text for a place without markup, such as a running head, with controls that keep its numbers."""
    return text if language.direction is Direction.LTR else numbers.isolate_numbers(text, language)[0]


def bookmark(text: str, language: Language) -> str:
    """Return the text of a heading as a bookmark, or an empty string if it needs no controls."""
    controlled = numbers_in_order(text := " ".join(text.split()), language)
    return "" if controlled == text else controlled


def shape_line(line: str, digits: Digits) -> str:
    """Return a line of plain text with the digits of its running text shaped as `digits`."""
    return "".join(inline.text for inline in shape((model.Text(line),), digits) if isinstance(inline, model.Text))


def shape(content: Iterable[model.Inline], digits: Digits) -> model.Content:
    """Return a paragraph's content with its numbers as they are printed in `digits`.

    Symbols, job numbers, addresses and numbers among Latin words keep Western digits.
    """
    content = tuple(_symbol_shaped(inline, digits) for inline in content)
    text, masked = running_text(content, mask=False), running_text(content)
    units, shaped = numbers.numbers_in(masked, Language.ARABIC, digits), digits.shape(text)
    if not units and shaped == text:
        return content
    characters = zip(text, shaped, masked, strict=True)
    printed = [char if hidden == numbers.MASK else new for char, new, hidden in characters]
    for unit in units:
        length = unit.end - unit.start
        # A longer or shorter text is printed where the unit begins, whatever markup is in it.
        chars = unit.printed if len(unit.printed) == length else (unit.printed, *[""] * (length - 1))
        printed[unit.start : unit.end] = chars
    printed = [char if new == numbers.MASK else new for char, new in zip(text, printed, strict=True)]
    return content if "".join(printed) == text else tuple(_replaced(content, iter(printed)))


def _symbol_shaped(inline: model.Inline, digits: Digits) -> model.Inline:
    """Return a symbol in Arabic letters with its printed digits; anything else as it is."""
    match inline:
        case model.Reference(text) if symbols.is_right_to_left(text):
            return replace(inline, text=digits.shape(text))
        case model.Strong(inner) | model.Emphasis(inner):
            return replace(inline, content=tuple(_symbol_shaped(each, digits) for each in inner))
    return inline


def running_text(content: Iterable[model.Inline | Link], *, mask: bool = True) -> str:
    """Return the characters of a paragraph's content, one for one, with `mask` those of symbols as MASK.

    The end of a line, a column or a paragraph is one LINE_END; a note call or the end of a page is one BARRIER, and so
    is each edge of a revision.
    """
    result = ""
    for inline in content:
        match inline:
            case model.Text(text) | model.Raised(text) | model.Lowered(text) | model.Hyperlink(text):
                result += text
            case model.Reference(text):
                result += numbers.MASK * len(text) if mask and inline.is_symbol else text
            case model.Strong(inner) | model.Emphasis(inner) | Link(inner, _):
                result += running_text(inner, mask=mask)
            case model.Revision(_, inner):  # a number never begins in one version and ends in the other
                result += numbers.BARRIER + running_text(inner, mask=mask) + numbers.BARRIER
            case model.LineEnd() | model.ParagraphEnd() | model.Tab():
                result += numbers.LINE_END
            case _:
                result += numbers.BARRIER
    return result


def _replaced(content: Iterable[model.Inline], printed: Iterator[str]) -> Iterator[model.Inline]:
    """Yield the content with what is printed for each of its characters."""
    for inline in content:
        match inline:
            case model.Text(text):
                if new := "".join(next(printed) for _ in text):
                    yield model.Text(new)
            case model.Raised(text) | model.Lowered(text) | model.Reference(text) | model.Hyperlink(text):
                yield replace(inline, text="".join(next(printed) for _ in text))
            case model.Strong(inner):
                yield model.Strong(tuple(_replaced(inner, printed)))
            case model.Emphasis(inner):
                yield model.Emphasis(tuple(_replaced(inner, printed)))
            case model.Revision(kind, inner):
                next(printed)
                yield model.Revision(kind, tuple(_replaced(inner, printed)))
                next(printed)
            case _:
                next(printed)
                yield inline
