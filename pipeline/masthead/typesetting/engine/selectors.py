"""Selectors that know which classes and elements a document must have so that they can match in it.

WeasyPrint finds selectors by the class or the name of their last element, and tries the others, such as `.total > *`,
on each element. A document has few of the classes that style sheets name: `Matcher.narrowed` leaves out the rest.
"""

from __future__ import annotations

from typing import Any

import cssselect2
from cssselect2 import compiler, parser


class Matcher(cssselect2.Matcher):  # type: ignore[misc]
    """The selectors of a style sheet."""

    def __init__(self) -> None:
        super().__init__()
        self._needs: dict[int, frozenset[str]] = {}  # by the order of selectors

    def add_selector(self, selector: Any, payload: object) -> None:
        """Add a selector of `compile_selector_list`, and what belongs to it."""
        super().add_selector(selector, payload)
        self._needs[self.order] = selector.needs

    def narrowed(self, names: frozenset[str]) -> cssselect2.Matcher:
        """Return the selectors that can match in a document with these names, those of `names_of`."""
        made = cssselect2.Matcher()
        for kind, selectors in vars(self).items():
            if isinstance(selectors, list):
                setattr(made, kind, self._possible(selectors, names))
            elif kind.endswith("_selectors"):
                possible = {key: self._possible(each, names) for key, each in selectors.items()}
                setattr(made, kind, {key: each for key, each in possible.items() if each})
        return made

    def _possible(self, selectors: list[Any], names: frozenset[str]) -> list[Any]:
        return [each for each in selectors if self._needs[each[2]] <= names]


def compile_selector_list(source: Any, namespaces: Any = None) -> list[compiler.CompiledSelector]:
    """Return the selectors of a rule, each with the names that it `needs`."""
    selectors = []
    for parsed in parser.parse(source, namespaces):
        selector = compiler.CompiledSelector(parsed)
        selector.needs = frozenset(_needed(parsed.parsed_tree))
        selectors.append(selector)
    return selectors


def _needed(tree: Any) -> set[str]:
    if isinstance(tree, parser.CombinedSelector):
        return _needed(tree.left) | _needed(tree.right)
    names = {each.lower_local_name for each in tree.simple_selectors if isinstance(each, parser.LocalNameSelector)}
    return names | {f".{each.class_name}" for each in tree.simple_selectors if isinstance(each, parser.ClassSelector)}


def names_of(root: Any) -> frozenset[str]:
    """Return the names of the elements of an HTML document, and those of their classes with a dot before them."""
    names = set()
    for element in root.iter_subtree():
        names.add(element.local_name)
        names.update(f".{name}" for name in element.classes)
    return frozenset(names)
