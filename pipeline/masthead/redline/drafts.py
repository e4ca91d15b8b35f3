"""Drafts as they are negotiated: text in brackets, proposals with their authors, alternatives, and decisions on them.

    [shall] [EU: should] [may / can] [Alt 1: …] [placeholder] (agreed ad ref)

Brackets are characters of the text, printed as they are typed. This module finds them in each paragraph, and `clean`
decides about them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from masthead.document import Content, Document, Locale, Paragraph, locales, model, without_lost_notes
from masthead.document.references import Citation, Kind, Scope, number_of, numbered, units
from masthead.redline.contents import ContentPiece, gathered, scattered

_OPEN, _CLOSE = "[［", "]］"
_AUTHOR = re.compile(r"\s*(?P<author>[^\W\d_][^\[\]:：/]{0,60}?)\s*[:：]\s*(?=\S)")
_MOST_WORDS = 6  # of the name of an author: EU, Norway and Switzerland
_SLASH = re.compile(r"\s+/\s+")
_AGREED = re.compile(r"\s*[(\[（［]?\s*(?:[^\W\d_]+ )?ad[ \u00a0]ref(?:erendum|\.)?\s*[)\]）］]?")


class BracketKind(StrEnum):
    """What is in brackets."""

    UNDECIDED = "undecided"  # [text]: some want it, some do not
    PROPOSAL = "proposal"  # [EU: text]
    ALTERNATIVE = "alternative"  # [Alt 1: text]
    CHOICE = "choice"  # [this / that]
    PLACEHOLDER = "placeholder"  # […], [date]


@dataclass(frozen=True, slots=True)
class BracketedText:
    """Text in brackets, and its `place`. `author` is who proposes it, `number` that of an alternative, 0 for none."""

    kind: BracketKind
    text: str
    place: str = ""
    author: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class DraftChoices:
    """What becomes of the brackets of a draft.

    The proposals of `authors` are adopted, and those of others deleted, if any author is named. The alternatives with
    the number `alternative` are adopted, 0 for no decision. Other text in brackets is adopted if `undecided` is true,
    deleted if it is false, and stays as it is with None. With `renumber` paragraphs are counted as in an adopted text.
    """

    authors: tuple[str, ...] = ()
    alternative: int = 0
    undecided: bool | None = None
    renumber: bool = False


def brackets(document: Document) -> tuple[BracketedText, ...]:
    """Return all text in brackets, in reading order, the outer before the inner."""
    locale = locales.load(document.language)
    found: list[BracketedText] = []
    for unit in units(document):
        for group in _groups(list(scattered(unit.content))):
            found += (replace(each, place=unit.place) for each in _described(group, locale))
    return tuple(found)


def clean(document: Document, choices: DraftChoices) -> Document:
    """Return the text that remains after decisions about its brackets. Marks of agreement *ad ref* are removed.

    Placeholders stay: only an author can fill them. A paragraph of which nothing remains is removed, and so is a note
    that nothing calls any more.
    """
    locale = locales.load(document.language)

    def resolved(content: Content) -> Content:
        pieces = list(scattered(content))
        left = list(_resolved(pieces, choices, locale))
        return content if left == pieces and not _AGREED.search(model.plain(content)) else gathered(_tidied(left))

    changed = {name: model.map_contents(getattr(document, name), resolved) for name in ("body", "notes", "annexes")}
    body = tuple(block for old, block in zip(document.body, changed["body"], strict=True) if _remains(old, block))
    left = _without_lost_labels(without_lost_notes(replace(document, **changed | {"body": body}), document))
    return _with_references(renumbered(left) if choices.renumber else left, document.labels)


def renumbered(document: Document) -> Document:
    """Return the document with its paragraphs counted from 1, and their subparagraphs too: 5 bis becomes 6."""
    body, number, part = [], 0, 0
    values: dict[tuple[Scope, str], str] = {}  # the new citation of each paragraph, by its scope and the old one
    for block in document.body:
        if isinstance(block, model.Part):
            number, part = 0, block.ordinal
        if isinstance(block, Paragraph):
            if block.number is not None:
                number += 1
                old, new = (numbered(each, block.section) for each in (block.number, number))
                values.setdefault(((0, part, 0), old), new)
                for at, item in enumerate(block.items, 1):
                    values.setdefault(((0, part, 0), f"{old}({item.ordinal})"), f"{new}({at})")
                block = replace(block, number=number, mark=None)
            block = replace(block, items=_recounted(block.items))
        body.append(block)
    labels = (
        replace(label, value=values.get((label.scope, label.value), label.value))
        if label.kind == Kind.PARAGRAPH
        else label
        for label in document.labels
    )
    return replace(document, body=tuple(body), labels=tuple(labels))


def _without_lost_labels(document: Document) -> Document:
    """Return the document without the labels of parts that it no longer has. Those of notes have been removed."""
    names = {(unit.scope, str(unit.name.kind), unit.name.value) for unit in units(document) if unit.name}
    labels = (
        label for label in document.labels if label.kind == Kind.NOTE or (label.scope, label.kind, label.value) in names
    )
    return replace(document, labels=tuple(labels))


def _with_references(document: Document, before: Iterable[model.Label]) -> Document:
    """Return the document with the new numbers in its references to labels, and those to lost parts as plain text."""
    locale = locales.load(document.language)
    now = {label.name: label for label in document.labels}
    numbers: dict[str, tuple[str, str] | None] = {}
    for label in before:
        if label.name not in now:
            numbers[f"#{label.name}"] = None
        elif (value := now[label.name].value) != label.value:
            old, new = (
                number_of(Citation(Kind(label.kind), each), locale, document.digits) for each in (label.value, value)
            )
            numbers[f"#{label.name}"] = old, new
    if not numbers:
        return document

    def changed(content: Content) -> Content:
        return tuple(map(referring, content))

    def referring(inline: model.Inline) -> model.Inline:
        match inline:
            case model.Hyperlink(text=text, address=address) if address in numbers:
                pair = numbers[address]
                return model.Text(text) if pair is None else replace(inline, text=text.replace(*pair))
            case model.Strong(inner) | model.Emphasis(inner):
                return type(inline)(changed(inner))
            case _:
                return inline

    parts = {name: model.map_contents(getattr(document, name), changed) for name in ("body", "notes", "annexes")}
    return replace(document, **parts)


def _recounted(items: Sequence[model.Item]) -> tuple[model.Item, ...]:
    """Return subparagraphs counted again, where they have letters or numbers."""
    return tuple(
        replace(
            item,
            ordinal=at,
            mark=None if item.mark and any(map(str.isalnum, item.mark)) else item.mark,
            items=_recounted(item.items),
        )
        for at, item in enumerate(items, 1)
    )


def _remains(old: model.Block, new: model.Block) -> bool:
    """Return whether a block still has text, or had none before."""
    texts = ["".join(map(model.plain, model.contents(each))).strip() for each in (old, new)]
    return bool(texts[1]) or not texts[0]


# --- brackets in a paragraph ------------------------------------------------------------------------------------------

_Pieces = list[ContentPiece]


@dataclass(frozen=True, slots=True)
class _BracketGroup:
    """The pieces inside a pair of brackets; each inner pair is a group."""

    opening: ContentPiece
    inside: tuple[ContentPiece | _BracketGroup, ...]
    closing: ContentPiece

    @property
    def text(self) -> str:
        return "".join(
            each.text if isinstance(each, ContentPiece) else f"{each.opening.text}{each.text}{each.closing.text}"
            for each in self.inside
        )


def _parsed(pieces: Iterable[ContentPiece]) -> list[ContentPiece | _BracketGroup]:
    """Return pieces with those between brackets as groups. A bracket without its other one is text."""
    levels: list[tuple[ContentPiece | None, list[ContentPiece | _BracketGroup]]] = [(None, [])]
    for piece in pieces:
        if piece.text and piece.text in _OPEN:
            levels.append((piece, []))
        elif piece.text and piece.text in _CLOSE and (opening := levels[-1][0]) is not None:
            _, inside = levels.pop()
            levels[-1][1].append(_BracketGroup(opening, tuple(inside), piece))
        else:
            levels[-1][1].append(piece)
    while len(levels) > 1:
        opening, inside = levels.pop()
        levels[-1][1].extend((*([opening] if opening else ()), *inside))
    return levels[0][1]


def _groups(pieces: Iterable[ContentPiece]) -> Iterator[_BracketGroup]:
    return (each for each in _parsed(pieces) if isinstance(each, _BracketGroup))


def _described(group: _BracketGroup, locale: Locale) -> Iterator[BracketedText]:
    """Yield what is in brackets, and in those inside them."""
    if _AGREED.fullmatch(f"[{group.text}]"):
        return
    yield _kind_of(group.text, locale)
    for each in group.inside:
        if isinstance(each, _BracketGroup):
            yield from _described(each, locale)


def _kind_of(text: str, locale: Locale) -> BracketedText:
    placeholder = str(locale.word("drafts", "placeholder"))
    if not any(map(str.isalnum, text)) or re.fullmatch(rf"\s*(?:{placeholder})\s*", text, re.IGNORECASE):
        return BracketedText(BracketKind.PLACEHOLDER, text)
    alternative = re.match(rf"\s*(?:{locale.word('drafts', 'alternative')})\s*(\d{{1,2}})?\s*[:：.]?\s+", text)
    if alternative:
        number = int(alternative[1] or 1)
        return BracketedText(BracketKind.ALTERNATIVE, text[alternative.end() :], number=number)
    author = _AUTHOR.match(text)
    if author and len(author["author"].split()) <= _MOST_WORDS:
        return BracketedText(BracketKind.PROPOSAL, text[author.end() :], author=author["author"])
    kind = BracketKind.CHOICE if _SLASH.search(text) else BracketKind.UNDECIDED
    return BracketedText(kind, text)


def _resolved(pieces: Iterable[ContentPiece], choices: DraftChoices, locale: Locale) -> Iterator[ContentPiece]:
    for each in _parsed(pieces):
        if isinstance(each, ContentPiece):
            yield each
        else:
            yield from _decided(each, choices, locale)


def _decided(group: _BracketGroup, choices: DraftChoices, locale: Locale) -> Iterator[ContentPiece]:
    """Yield what remains of text in brackets."""
    text = group.text
    if _AGREED.fullmatch(f"[{text}]"):
        return
    said = _kind_of(text, locale)
    inner = list(_opened(group, choices, locale))
    kept: Sequence[ContentPiece] | None = None
    match said.kind:
        case BracketKind.PROPOSAL if choices.authors:
            adopted = any(_names(said.author, author) for author in choices.authors)
            kept = _without_start(inner, len(text) - len(said.text)) if adopted else ()
        case BracketKind.ALTERNATIVE if choices.alternative:
            is_it = said.number == choices.alternative
            kept = _without_start(inner, len(text) - len(said.text)) if is_it else ()
        case BracketKind.CHOICE if choices.alternative:
            kept = _chosen(inner, choices.alternative)
        case BracketKind.UNDECIDED if choices.undecided is not None:
            kept = inner if choices.undecided else ()
    if kept is None:
        yield from (group.opening, *inner, group.closing)
    else:
        yield from kept


def _opened(group: _BracketGroup, choices: DraftChoices, locale: Locale) -> Iterator[ContentPiece]:
    for each in group.inside:
        if isinstance(each, ContentPiece):
            yield each
        else:
            yield from _decided(each, choices, locale)


def _names(author: str, wanted: str) -> bool:
    """Return whether the authors of a proposal include one: `EU and Norway` includes `EU`."""
    return re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", author, re.IGNORECASE) is not None


def _without_start(pieces: Sequence[ContentPiece], length: int) -> _Pieces:
    """Return pieces without so many characters at the start."""
    for at, piece in enumerate(pieces):
        if length <= 0:
            return list(pieces[at:])
        length -= len(piece.text)
    return []


def _chosen(pieces: Sequence[ContentPiece], number: int) -> _Pieces | None:
    """Return one of the texts between slashes, None if there are not so many."""
    parts: list[_Pieces] = [[]]
    for at, piece in enumerate(pieces):
        around = pieces[at - 1 : at] and pieces[at - 1].text.isspace() and pieces[at + 1 : at + 2]
        if piece.text == "/" and around and pieces[at + 1].text.isspace():
            parts.append([])
        else:
            parts[-1].append(piece)
    return _trimmed(parts[number - 1]) if number <= len(parts) else None


def _trimmed(pieces: _Pieces) -> _Pieces:
    while pieces and pieces[0].text.isspace():
        pieces = pieces[1:]
    while pieces and pieces[-1].text.isspace():
        pieces = pieces[:-1]
    return pieces


def _tidied(pieces: _Pieces) -> _Pieces:
    """Return pieces without marks of agreement, and without the spaces that are left where text was removed."""
    text = "".join(piece.text or "\ufffc" for piece in pieces)
    gone: set[int] = set()
    for found in _AGREED.finditer(text):
        gone.update(range(found.start(), found.end()))
    kept: _Pieces = []
    place = 0
    for piece in pieces:
        length = len(piece.text) or 1
        if not gone.intersection(range(place, place + length)):
            is_space = piece.text.isspace()
            doubled = is_space and (not kept or kept[-1].text.isspace())
            if kept and kept[-1].text.isspace() and piece.text[:1] in tuple(",.;:،؛，。；"):
                kept.pop()
            if not doubled:
                kept.append(piece)
        place += length
    return _trimmed(kept)
