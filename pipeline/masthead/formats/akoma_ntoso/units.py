"""A paragraph of Akoma Ntoso with its sub-paragraphs, while it is gathered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from masthead.document import Block, Inline, Item, Paragraph, Role
from masthead.formats.akoma_ntoso.spacing import spaced


@dataclass
class Unit:
    """A paragraph, or a sub-paragraph of some degree; `behind` is what cannot be in it."""

    role: Role
    degree: int = 0
    content: tuple[Inline, ...] = ()
    items: list[Item] = field(default_factory=list)
    behind: list[Block] = field(default_factory=list)

    def say(self, content: tuple[Inline, ...]) -> str:
        """Add text behind all there is; return what it is called where it is not the unit's first line."""
        if not self.content and not self.items and (self.degree or not self.behind):
            self.content = content
            return ""
        if not self.degree:
            self.behind.append(Paragraph(self.role, content))
            return "a paragraph of several lines, or with text behind its sub-paragraphs"
        if self.items:
            self.items[-1] = _continued(self.items[-1], content)
            return "text behind the sub-paragraphs of a sub-paragraph, which the last of them has"
        self.content = spaced((self.content, content))
        return "a sub-paragraph of several lines"

    def listed(self) -> Sequence[Item] | None:
        """Return the sub-paragraphs that one more would follow; None where it can be none, behind a table, say."""
        last = self._last()
        if last is None:
            return self.items
        return last.items if isinstance(last, Paragraph) else None

    def add(self, item: Item, behind: Iterable[Block]) -> None:
        """Add a sub-paragraph to what was said last, and behind it what cannot be in it."""
        last = self._last()
        if isinstance(last, Paragraph):
            self.behind[-1] = replace(last, items=(*last.items, item))
        else:
            self.items.append(item)
        self.behind.extend(behind)

    def _last(self) -> Block | None:
        """The last block behind a paragraph: of a sub-paragraph, all blocks stand behind what it says."""
        return self.behind[-1] if self.behind and not self.degree else None


def _continued(item: Item, content: tuple[Inline, ...]) -> Item:
    """Put text behind all that a sub-paragraph and those in it say."""
    if item.items:
        return replace(item, items=(*item.items[:-1], _continued(item.items[-1], content)))
    return replace(item, content=spaced((item.content, content)))
