"""Elements whose children and siblings are listed once, so that selectors like `p:has(+ .annex)` take linear time.

cssselect2 makes wrappers of all children of an element again for each child that such a selector tests, and keeps for
each element that `a ~ b` tests a list of all elements before it: both grow with the square of a long text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import masthead.typesetting.engine.weasyprint as weasyprint
from masthead.typesetting.engine.weasyprint import cssselect2


class ListedElement(cssselect2.ElementWrapper):  # type: ignore[misc]
    """An element of the tree that WeasyPrint matches selectors with."""

    def __init__(self, etree_element: Any, parent: ListedElement | None, *arguments: Any, **given: Any) -> None:
        super().__init__(etree_element, parent, *arguments, **given)
        self._lists: dict[Any, tuple[ListedElement, ...]] = parent._lists if parent is not None else {}

    @property
    def children(self) -> tuple[ListedElement, ...]:
        """The children, the same wrappers each time."""
        if self.etree_element not in self._lists:
            self._lists[self.etree_element] = tuple(super().iter_children())
        return self._lists[self.etree_element]

    @property
    def previous_siblings(self) -> tuple[ListedElement, ...]:
        """The siblings before the element."""
        return self.parent.children[: self.index] if self.parent is not None else ()

    def iter_children(self) -> Iterator[ListedElement]:
        """Yield the children."""
        return iter(self.children)

    def iter_next_siblings(self) -> Iterator[ListedElement]:
        """Yield the siblings after the element."""
        return iter(self.parent.children[self.index + 1 :] if self.parent is not None else ())

    def forget(self) -> None:
        """Drop the lists of the whole tree, which its elements refer to: so it is freed without the collector."""
        self._lists.clear()


def render(html: Any, *arguments: Any, **given: Any) -> Any:
    """Lay out a document."""
    try:
        return _stock_render(html, *arguments, **given)
    finally:
        html.wrapper_element.forget()


_stock_render: Callable[..., Any] = weasyprint.HTML.render


def apply() -> None:
    """Put the optimization into WeasyPrint."""
    weasyprint.cssselect2 = SimpleNamespace(Matcher=cssselect2.Matcher, ElementWrapper=ListedElement)
    weasyprint.HTML.render = render
