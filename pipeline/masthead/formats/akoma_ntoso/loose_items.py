"""Subparagraphs that a file has as paragraphs of their own: they belong to the paragraph before them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from masthead.document import Block, Item, Paragraph, Role, model
from masthead.formats.akoma_ntoso.marks import MAX_DEGREE, ItemMaker, shape

_COLONS = (":", "：")
_STOPS = (".", "。")
_QUOTES = '“”«„"'


def gathered(blocks: Iterable[Block], maker: ItemMaker, note: Callable[[], None]) -> list[Block]:
    """Return `blocks` with paragraphs that are subparagraphs inside the paragraph before them.

    Such a paragraph has the mark of a subparagraph, or no mark after a colon. `note` is called for each.
    """
    result: list[Block] = []
    for block in blocks:
        last = result[-1] if result else None
        if isinstance(block, Paragraph) and isinstance(last, Paragraph) and _completes(block, last):
            note()
            result[-1] = replace(last, content=block.content, items=block.items, tail=block.tail)
        elif isinstance(block, Paragraph) and isinstance(last, Paragraph) and _belongs(block, last):
            note()
            result[-1] = replace(last, items=_added(last.items, block, maker))
        else:
            result.append(block)
    return result


def _belongs(block: Paragraph, last: Paragraph) -> bool:
    """Return whether a paragraph is a subparagraph of the one before."""
    if block.number is not None or block.tail or last.tail or _opens(block) is not _opens(last):
        return False
    if block.mark:  # after a paragraph with a mark of the same kind it is one more of these
        return last.number is not None or not last.mark or shape(block.mark, last.mark) != shape(last.mark)
    end = _end(last)
    begins = not last.items and end.endswith(_COLONS)
    continues = bool(last.items) and last.items[-1].mark == "" and (last.number or not end.endswith(_STOPS))
    return bool(begins or continues) and not model.plain(block.content).startswith(tuple(_QUOTES))


def _opens(paragraph: Paragraph) -> bool:
    """Return whether a paragraph belongs to the preamble."""
    return paragraph.role in (Role.FORMULA, Role.PREAMBULAR)


def _completes(block: Paragraph, last: Paragraph) -> bool:
    """Return whether a paragraph is the text of the number before it, which has none."""
    return last.number is not None and not last.content and not last.items and block.number is None and not block.mark


def _end(paragraph: Paragraph | Item) -> str:
    """Return the text of the last subparagraph, or of a paragraph without any."""
    return _end(paragraph.items[-1]) if paragraph.items else model.plain(paragraph.content).rstrip()


def _added(items: tuple[Item, ...], block: Paragraph, maker: ItemMaker) -> tuple[Item, ...]:
    """Return `items` with a paragraph added in the degree of its mark."""
    marks: list[str] = []  # of the last subparagraph of each degree
    kinds: list[str] = []
    inner = items
    while inner:
        *before, mark = ("", *(maker.mark(item, len(marks) + 1) for item in inner[-2:]))
        marks.append(mark)
        kinds.append(shape(mark, before[-1]))
        inner = inner[-1].items
    pairs = reversed(list(enumerate(zip(marks, kinds, strict=True))))
    degree = next((at for at, (mark, kind) in pairs if shape(block.mark or "", mark) == kind), None)
    if degree is None:
        own = shape(block.mark or "")
        degree = kinds.index(own) if own in kinds else min(len(kinds), MAX_DEGREE - 1)
    return _placed(items, block, degree, 1, maker)


def _placed(items: tuple[Item, ...], block: Paragraph, below: int, degree: int, maker: ItemMaker) -> tuple[Item, ...]:
    """Return `items` of a degree with a paragraph added `below` so many degrees."""
    if below and items:
        last = items[-1]
        return (*items[:-1], replace(last, items=_placed(last.items, block, below - 1, degree + 1, maker)))
    inner = maker.moved(block.items, 1, degree + 1)
    return (*items, maker.item(block.mark or "", degree, items, block.content, inner))
