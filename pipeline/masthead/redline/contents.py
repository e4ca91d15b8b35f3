"""Inline content compared: the pieces that two contents share, and one content that shows both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from masthead.document import Content, Emphasis, Inline, Revision, RevisionKind, Strong, Text, joined, model
from masthead.redline.words import DiffStretch, as_compared, is_word, stretches, words

PILCROW = "¶"
"""The mark of the end of a paragraph, where paragraphs were split or merged."""
Emphases = tuple[type[Strong | Emphasis], ...]
PiecePart = tuple[Inline, Emphases]
"""An inline without others inside it, and the emphases around it from the outermost in."""
_Linked = model.Reference | model.Hyperlink


@dataclass(frozen=True, slots=True)
class ContentPiece:
    """A word of a content, or an inline without words. A word may have several parts: half of it bold, or in a link."""

    parts: tuple[PiecePart, ...]

    @property
    def text(self) -> str:
        return "".join(model.characters(inline) for inline, _ in self.parts)

    @property
    def key(self) -> object:
        """What makes two pieces equal. Emphasis, links, and kinds of spaces, hyphens and digits are no part of it."""
        if not isinstance(inline := self.parts[0][0], Text | _Linked):
            return inline
        return " " if self.text.isspace() else as_compared(self.text)


@dataclass(frozen=True, slots=True)
class WordEdit:
    """A place where a text changed: what was removed and what was added there. One of them may be empty."""

    removed: str
    added: str

    @property
    def words(self) -> int:
        """The number of words that changed."""
        return sum(map(is_word, (*words(self.removed), *words(self.added))))


@dataclass(frozen=True, slots=True)
class ContentChange:
    """Two contents in pieces, with the stretches of both in their order."""

    old: tuple[ContentPiece, ...]
    new: tuple[ContentPiece, ...]
    stretches: tuple[DiffStretch, ...]

    @property
    def edits(self) -> tuple[WordEdit, ...]:
        """The places where the text changed."""
        return tuple(
            WordEdit(shown(self.old[each.start : each.end]), shown(self.new[each.new_start : each.new_end]))
            for each in self.stretches
            if not each.equal
        )


def compare_contents(old: Sequence[Inline], new: Sequence[Inline]) -> ContentChange:
    """Return what changed between two contents."""
    if old == new:
        return ContentChange((), (), ())
    before, after = tuple(scattered(old)), tuple(scattered(new))
    keys = [each.key for each in before], [each.key for each in after]
    if keys[0] == keys[1]:
        found = [DiffStretch(True, 0, len(before), 0, len(after))]
    else:
        found = stretches(*keys, [each.text for each in before])
    return ContentChange(before, after, tuple(found))


def merge_contents(old: Sequence[Inline], new: Sequence[Inline], *, moved: bool = False) -> Content:
    """Return one content that shows both: what only one of them has is in revisions.

    With `moved`, what they share is said to have moved here.
    """
    if old == new:
        return revised(new, RevisionKind.MOVED_HERE) if moved else tuple(new)
    if not old or not new:
        return joined((*revised(old, RevisionKind.REMOVED), *revised(new, RevisionKind.ADDED)))
    change = compare_contents(old, new)
    result: list[Inline] = []
    for each in change.stretches:
        added = change.new[each.new_start : each.new_end]
        if each.equal:
            result += _in_paragraphs(added, RevisionKind.MOVED_HERE if moved else None)
        else:
            result += _in_paragraphs(change.old[each.start : each.end], RevisionKind.REMOVED)
            result += _in_paragraphs(added, RevisionKind.ADDED)
    return joined(result)


def _in_paragraphs(pieces: Iterable[ContentPiece], kind: RevisionKind | None) -> Iterator[Inline]:
    """Yield pieces as content, in revisions of this kind if there is one.

    The end of a paragraph in a cell or a note has a mark if it was removed or added.
    """
    for is_end, group in groupby(pieces, lambda piece: isinstance(piece.parts[0][0], model.ParagraphEnd | model.Tab)):
        if not is_end:
            content = gathered(group)
            yield from revised(content, kind) if kind else content
            continue
        for piece in group:
            if isinstance(tab := piece.parts[0][0], model.Tab):  # where columns begin has no mark
                yield from () if kind is RevisionKind.REMOVED else (tab,)
                continue
            if kind in (RevisionKind.REMOVED, RevisionKind.ADDED):
                yield Revision(kind, (Text(PILCROW),))
            if kind is not RevisionKind.REMOVED:
                yield model.ParagraphEnd()


def divide_contents(old: Sequence[Content], new: Sequence[Content]) -> list[Content]:
    """Return the contents of the paragraphs that show how some became others, by splitting or merging.

    There is one for each new paragraph. A paragraph mark (¶) that was added ends one, a mark that was removed is in it.
    """
    mark = (Text(PILCROW),)
    before, after = ([inline for content in each for inline in (*mark, *content)][1:] for each in (old, new))
    change = compare_contents(before, after)
    parts: list[list[Inline]] = [[]]
    for each in change.stretches:
        shared = gathered(change.new[each.new_start : each.new_end])
        if each.equal:
            parts[-1] += shared
            continue
        removed = change.old[each.start : each.end]
        if any(piece.text == PILCROW or not piece.text.isspace() for piece in removed):  # no space at the end is missed
            parts[-1] += revised(gathered(removed), RevisionKind.REMOVED)
        for is_mark, group in groupby(change.new[each.new_start : each.new_end], lambda piece: piece.text == PILCROW):
            for added in [[piece] for piece in group] if is_mark else [list(group)]:
                parts[-1] += revised(gathered(added), RevisionKind.ADDED)
                if is_mark:
                    parts.append([])
    return list(map(joined, parts))


def revised(content: Iterable[Inline], kind: RevisionKind) -> Content:
    """Return content as a revision; nothing for nothing."""
    content = tuple(content)
    return (Revision(kind, content),) if content else ()


def version_of(content: Iterable[Inline], *, new: bool) -> Content:
    """Return the content of one version: that before its revisions, or the `new` one."""
    dropped = (RevisionKind.REMOVED, RevisionKind.MOVED_AWAY) if new else (RevisionKind.ADDED, RevisionKind.MOVED_HERE)
    result: list[Inline] = []
    for inline in content:
        if isinstance(inline, Revision):
            result += () if inline.kind in dropped else version_of(inline.content, new=new)
        elif isinstance(inline, Strong | Emphasis):
            result.append(replace(inline, content=version_of(inline.content, new=new)))
        else:
            result.append(inline)
    return joined(result)


def shown(pieces: Iterable[ContentPiece]) -> str:
    """Return the text of pieces, with the marks of note calls in brackets."""
    return "".join(_shown(inline) for piece in pieces for inline, _ in piece.parts)


def _shown(inline: Inline) -> str:
    match inline:
        case model.NoteCall(number, asterisk):
            return f"[{'*' * number if asterisk else number}]"
        case model.TableNoteCall(ordinal):
            return f"[{chr(96 + ordinal)}]"
    return model.characters(inline)


def scattered(content: Iterable[Inline]) -> Iterator[ContentPiece]:
    """Yield the words of a content, and its inlines without words."""
    for has_words, group in groupby(_parts(content, ()), lambda part: isinstance(part[0], Text | _Linked)):
        parts = list(group)
        yield from _in_words(parts) if has_words else (ContentPiece((part,)) for part in parts)


def _parts(content: Iterable[Inline], emphases: Emphases) -> Iterator[PiecePart]:
    for inline in content:
        match inline:
            case Strong(inner) | Emphasis(inner):
                yield from _parts(inner, (*emphases, type(inline)))
            case model.PageEnd() | model.Fit():
                pass
            case _:
                yield inline, emphases


def _in_words(parts: Sequence[PiecePart]) -> Iterator[ContentPiece]:
    """Yield the words of texts and links that follow one another."""
    at = start = 0  # the part, and the place in it
    for word in words("".join(model.characters(inline) for inline, _ in parts)):
        taken: list[PiecePart] = []
        left = len(word)
        while left:
            inline, emphases = parts[at]
            text = model.characters(inline)
            piece = text[start : start + left]
            if piece:
                taken.append((_with_text(inline, piece), emphases))
            left, start = left - len(piece), start + len(piece)
            if start == len(text):
                at, start = at + 1, 0
        yield ContentPiece(tuple(taken))


def _with_text(inline: Inline, text: str) -> Inline:
    return replace(inline, text=text) if isinstance(inline, _Linked) else Text(text)


def gathered(pieces: Iterable[ContentPiece]) -> Content:
    """Return pieces as content again."""
    return _gathered((part for piece in pieces for part in piece.parts), 0)


def _gathered(parts: Iterable[PiecePart], depth: int) -> Content:
    result: list[Inline] = []
    for kind, group in groupby(parts, lambda part: next(iter(part[1][depth:]), None)):
        if kind is None:
            result += _rejoined(inline for inline, _ in group)
        else:
            result.append(kind(_gathered(group, depth + 1)))
    return joined(result)


def _rejoined(inlines: Iterable[Inline]) -> Iterator[Inline]:
    """Yield inlines, with the words of a link as one again."""
    for link, group in groupby(inlines, lambda inline: _with_text(inline, "") if isinstance(inline, _Linked) else None):
        parts = list(group)
        yield from parts if link is None else (_with_text(link, "".join(map(model.characters, parts))),)
