"""A paragraph of Akoma Ntoso while its parts are collected."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from masthead.document import Block, Inline, Item, Paragraph, Role, join_paragraphs
from masthead.formats.akoma_ntoso.spacing import spaced


@dataclass
class ParagraphDraft:
    """A paragraph (degree 0) or a subparagraph; `following` are the blocks after it that it cannot contain.

    `tail` is the text after the subparagraphs that ends the same sentence.
    """

    role: Role
    degree: int = 0
    content: tuple[Inline, ...] = ()
    items: list[Item] = field(default_factory=list)
    following: list[Block] = field(default_factory=list)
    tail: tuple[Inline, ...] = ()

    def add_tail(self, content: tuple[Inline, ...]) -> str:
        """Add text after the subparagraphs. Return what is flattened by that, empty if nothing is."""
        if self.degree or not self.items or self.following:
            return self.add_text(content)
        self.tail = spaced((self.tail, content))
        return ""

    def add_text(self, content: tuple[Inline, ...]) -> str:
        """Add text after everything so far. If it is not the first line, return what is flattened by that."""
        if not self.content and not self.items and (self.degree or not self.following):
            self.content = content
            return ""
        if not self.degree:
            self.following.append(Paragraph(self.role, content))
            return "a paragraph of several lines, or with text after its subparagraphs"
        if self.items:
            self.items[-1] = _with_text(self.items[-1], content)
            return "text after the subparagraphs of a subparagraph, which is added to the last of them"
        self.content = join_paragraphs((self.content, content))
        return ""

    def preceding_items(self) -> Sequence[Item] | None:
        """Return the subparagraphs before the next one, or None if none can follow, for example after a table."""
        if self.tail and not self.following:
            self.following.append(Paragraph(self.role, self.tail))
            self.tail = ()
        last = self._last_block()
        if last is None:
            return self.items
        return last.items if isinstance(last, Paragraph) else None

    def add_item(self, item: Item, following: Iterable[Block]) -> None:
        """Add a subparagraph to the paragraph that came last, and the blocks after it."""
        last = self._last_block()
        if isinstance(last, Paragraph):
            self.following[-1] = replace(last, items=(*last.items, item))
        else:
            self.items.append(item)
        self.following.extend(following)

    def _last_block(self) -> Block | None:
        """Return the last block after a paragraph. After a subparagraph they all come after its own items."""
        return self.following[-1] if self.following and not self.degree else None


def _with_text(item: Item, content: tuple[Inline, ...]) -> Item:
    """Return a subparagraph with text added after everything in it."""
    if item.items:
        return replace(item, items=(*item.items[:-1], _with_text(item.items[-1], content)))
    return replace(item, content=spaced((item.content, content)))
