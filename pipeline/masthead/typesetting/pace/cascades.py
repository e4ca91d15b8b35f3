"""The declarations of an element in the order of the cascade, kept by the rules that match it.

WeasyPrint's own style sheet has rules for the calls and marks of notes that match any element, so an element has about
eighty declarations, of which each is weighed against the others. The same rules match many elements, in the next
document too. Selectors that cannot match in the document are not tried.
"""

from __future__ import annotations

from math import inf
from typing import Any

from masthead.typesetting import memory
from masthead.typesetting.engine import selectors
from masthead.typesetting.engine.patching import patched
from masthead.typesetting.engine.weasyprint import css

_DECLARATION = 150  # bytes, roughly

_STOCK = """        for sheet, origin, sheet_specificity in sheets:
            # Add declarations for matching elements.
            for selector in sheet.matcher.match(element):
                specificity, order, pseudo_type, (declarations, layer) = selector
                layer_order = inf if layer is None else sheet.layers.index(layer)
                selectors_keys.append(
                    (sheet, specificity, id(declarations), layer_order))
                specificity = sheet_specificity or specificity
                style = cascaded_styles.setdefault((etree_element, pseudo_type), {})
                for name, values, importance in declarations:
                    precedence = declaration_precedence(origin, importance)
                    weight = (precedence, layer_order, specificity)
                    old_weight = style.get(name, (None, None))[1]
                    if old_weight is None or old_weight <= weight:
                        style[name] = values, weight
"""
_KEPT = """        selectors_keys = add_declarations(
            element, etree_element, matchers, cascaded_styles, font_config)
"""
_EACH_ELEMENT = """    computed_cache = {}
"""
_NARROWED = """    computed_cache = {}
    matchers = narrowed(html.wrapper_element, sheets)
"""

Rule = tuple[Any, str, float, Any, Any, str | None]
"""Declarations, origin, order of their layer, specificity, that of their style sheet, and pseudo-element."""


def narrowed(root: Any, sheets: Any) -> list[tuple[Any, ...]]:
    """Return each style sheet with those of its selectors that can match in a document, its origin and specificity."""
    names = selectors.names_of(root)
    return [(sheet, sheet.matcher.narrowed(names), *others) for sheet, *others in sheets]


def add_declarations(
    element: Any, tree: Any, matchers: Any, cascaded: dict[Any, Any], configuration: Any
) -> tuple[Any, ...]:
    """Add the declarations of the rules that match an element to `cascaded`; return what identifies the rules."""
    rules: list[Rule] = []
    for sheet, matcher, origin, sheet_specificity in matchers:
        for specificity, _, pseudo_type, (declarations, layer) in matcher.match(element):
            order: float = inf if layer is None else sheet.layers.index(layer)
            rules.append((declarations, origin, order, specificity, sheet_specificity, pseudo_type))
    key = tuple((id(declarations), *rest) for declarations, *rest in rules)
    if (tree, None) in cascaded:  # a style attribute
        _weigh(rules, cascaded, tree)
        return key
    known: memory.Memory[tuple[list[Rule], dict[str | None, Any]]] = memory.of(configuration, "cascades")
    kept = known.get(key)
    if kept is None:
        styles: dict[Any, Any] = {}
        _weigh(rules, styles, None)
        own = {pseudo_type: style for (_, pseudo_type), style in styles.items()}
        # With the rules, so that their ids remain theirs.
        kept = known.keep(key, (rules, own), _DECLARATION * (len(key) + sum(map(len, own.values()))))
    for pseudo_type, style in kept[1].items():
        cascaded[tree, pseudo_type] = dict(style)
    return key


def _weigh(rules: list[Rule], cascaded: dict[Any, Any], tree: Any) -> None:
    for declarations, origin, order, specificity, sheet_specificity, pseudo_type in rules:
        style = cascaded.setdefault((tree, pseudo_type), {})
        for name, values, importance in declarations:
            weight = css.declaration_precedence(origin, importance), order, sheet_specificity or specificity
            if name not in style or style[name][1] <= weight:
                style[name] = values, weight


def apply() -> None:
    """Put the optimization into WeasyPrint."""
    vars(css).update(add_declarations=add_declarations, narrowed=narrowed)
    css.StyleFor.__init__ = patched(css.StyleFor, "__init__", (_STOCK, _KEPT), (_EACH_ELEMENT, _NARROWED))
